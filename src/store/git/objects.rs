//! Making blobs, trees and commits; nothing points at them yet.

use std::{collections::BTreeSet, io::Write, process::Stdio};

use git2::{ObjectType, Oid};

use super::{
    BranchUpdate, Change, FileChange, Identity, Repository,
    apart::{ApartAuthor, NAME},
    diff::Difference,
    error::{DamagedObject, Error, FileTask, PathFault},
    flush::Flusher,
    ids::{BlobId, CommitId, parse_oid},
    journal::FileUpdate,
    object_writer::ObjectWriter,
    path::check_plain,
    snapshot::Snapshot,
    tree::{self, FILE, TreeEntry},
};
use crate::domain::base::{text, time::Timestamp};

/// A change checked against the tip, with the version of every file before and after.
pub(super) struct Plan<'c> {
    pub(super) steps: Vec<FileUpdate>,
    contents: Vec<&'c [u8]>,
}

impl<'c> Plan<'c> {
    /// Checks all paths and finds what the tip holds there; files that would not change are left
    /// out. Nothing is written.
    pub(super) fn of(snapshot: &Snapshot<'_>, update: &'c BranchUpdate) -> Result<Self, Error> {
        match update {
            BranchUpdate::Commits { .. } => Self::of_files(snapshot, files_of(update.changes())),
            BranchUpdate::Merge { other, taken, change } => {
                let mut plan = Self::of_files(snapshot, files_of([change]))?;
                plan.steps.extend(taken_from(snapshot, *other, taken)?);
                Ok(plan)
            }
            BranchUpdate::Forward(to) => {
                let differences = snapshot.repository.differences(snapshot.commit(), *to)?;
                let steps = differences.into_iter().map(Difference::step);
                Ok(Self { steps: steps.collect::<Result<_, _>>()?, contents: Vec::new() })
            }
        }
    }

    pub(super) fn of_files(
        snapshot: &Snapshot<'_>,
        mut files: Vec<&'c FileChange>,
    ) -> Result<Self, Error> {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut plan = Self { steps: Vec::new(), contents: Vec::new() };
        let mut paths = BTreeSet::new();
        for file in files {
            check_plain(&file.path)?;
            let above =
                file.path.match_indices('/').any(|(end, _)| paths.contains(&file.path[..end]));
            if above || !paths.insert(file.path.as_str()) {
                let why = PathFault::NamedTwice;
                return Err(Error::BadPath { path: file.path.clone(), why });
            }
            let old = snapshot.entry(&file.path)?;
            if old.is_some_and(|old| !old.is_file()) {
                return Err(Error::NotAFile { path: file.path.clone() });
            }
            let mode = old.map_or(FILE, |old| old.normal().mode);
            let new = file.content.as_deref().map(|bytes| hashed(bytes, mode)).transpose()?;
            if old.map(TreeEntry::normal) != new {
                plan.steps.push(FileUpdate { path: file.path.clone(), old, new });
                plan.contents.extend(file.content.as_deref());
            }
        }
        Ok(plan)
    }

    /// Stores the blobs and the trees; gives the uppermost tree.
    pub(super) fn store_tree(
        &self,
        objects: &mut ObjectWriter<'_, '_>,
        snapshot: &Snapshot<'_>,
    ) -> Result<Oid, Error> {
        for bytes in &self.contents {
            objects.put(ObjectType::Blob, bytes)?;
        }
        let edits = self.steps.iter().map(|step| (step.path.as_str(), step.new)).collect();
        tree::update(objects, snapshot.root(), &sorted_for_trees(edits))
    }
}

/// The files that several changes come to, the later ones counting.
fn files_of<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Vec<&'c FileChange> {
    let mut files: Vec<&FileChange> = Vec::new();
    for change in changes {
        files.retain(|file| change.files.iter().all(|newer| newer.path != file.path));
        files.extend(&change.files);
    }
    files
}

/// The steps that bring these files to what `other` holds.
fn taken_from(
    snapshot: &Snapshot<'_>,
    other: CommitId,
    taken: &[String],
) -> Result<Vec<FileUpdate>, Error> {
    let other = snapshot.repository.snapshot(other)?;
    let step = |path: &String| {
        let (old, new) = (snapshot.entry(path)?, other.entry(path)?);
        Difference { path: path.clone(), is_text: true, old, new }.step()
    };
    taken.iter().map(step).collect()
}

fn hashed(bytes: &[u8], mode: u32) -> Result<TreeEntry, Error> {
    let id = BlobId::of(bytes).ok_or(Error::Damaged(DamagedObject::Hash))?;
    Ok(TreeEntry { mode, id: id.0 })
}

/// A commit on its way to the disk; nothing points at it yet.
pub(super) struct StoredCommit {
    pub(super) id: CommitId,
    pub(super) flusher: Flusher,
}

impl StoredCommit {
    /// Stores the blobs, the trees and the commits of `plan` on top of `snapshot`.
    pub(super) fn of(
        snapshot: &Snapshot<'_>,
        plan: &Plan<'_>,
        update: &BranchUpdate,
    ) -> Result<Self, Error> {
        let mut flusher = Flusher::default();
        let id = store(snapshot, plan, update, &mut flusher)?;
        Ok(Self { id, flusher })
    }
}

fn store(
    snapshot: &Snapshot<'_>,
    plan: &Plan<'_>,
    update: &BranchUpdate,
    flusher: &mut Flusher,
) -> Result<CommitId, Error> {
    let mut parents: Vec<CommitId> = snapshot.commit().into_iter().collect();
    let (earlier, last) = match update {
        BranchUpdate::Commits { earlier, last } => (&earlier[..], last),
        BranchUpdate::Merge { change, other, .. } => {
            parents.push(*other);
            (&[][..], change)
        }
        BranchUpdate::Forward(to) => return Ok(*to),
    };
    let mut objects = ObjectWriter::of(snapshot.repository, flusher)?;
    for (before, change) in earlier.iter().enumerate() {
        let plan = Plan::of_files(snapshot, files_of(&earlier[..=before]))?;
        parents = vec![put_commit(&mut objects, snapshot, &plan, &parents, change)?];
    }
    put_commit(&mut objects, snapshot, plan, &parents, last)
}

/// Stores the blobs and trees of a plan, and the commit that holds them.
fn put_commit(
    objects: &mut ObjectWriter<'_, '_>,
    snapshot: &Snapshot<'_>,
    plan: &Plan<'_>,
    parents: &[CommitId],
    change: &Change,
) -> Result<CommitId, Error> {
    let tree = plan.store_tree(objects, snapshot)?;
    if change.sign {
        let id = signed(snapshot.repository, parents, tree, change)?;
        objects.written(id);
        return Ok(CommitId(id));
    }
    let commit = plain(parents, tree, change)?;
    objects.put(ObjectType::Commit, &commit).map(CommitId)
}

/// Paths of one folder must be neighbours, which byte order of whole paths does not promise
/// (`a-b` lies between `a` and `a/b`).
fn sorted_for_trees<T>(mut edits: Vec<(&str, T)>) -> Vec<(&str, T)> {
    edits.sort_by(|(a, _), (b, _)| a.split('/').cmp(b.split('/')));
    edits
}

/// The text of a commit.
fn plain(parents: &[CommitId], tree: Oid, change: &Change) -> Result<Vec<u8>, Error> {
    let Change { author, committer, at, done_at, message, .. } = change;
    people(author, committer)?;
    Ok(spelled(parents, tree, [(author, done_at.unwrap_or(*at)), (committer, *at)], message))
}

/// The text of a commit by somebody at a time.
pub(super) fn commit_text(
    parents: &[CommitId],
    tree: Oid,
    by: &ApartAuthor,
    message: &str,
) -> Result<Vec<u8>, Error> {
    let author = Identity { name: NAME.to_owned(), email: by.email.clone() };
    people(&author, &author)?;
    Ok(spelled(parents, tree, [(&author, by.at); 2], message))
}

/// Libgit2 would drop other signs of a name than this git does.
fn spelled(
    parents: &[CommitId],
    tree: Oid,
    [author, committer]: [(&Identity, Timestamp); 2],
    message: &str,
) -> Vec<u8> {
    let line = |role: &str, (Identity { name, email }, at): (&Identity, Timestamp)| {
        format!("{role} {name} <{email}> {} {}\n", at.unix(), git_offset(at))
    };
    let mut text = format!("tree {tree}\n");
    text.extend(parents.iter().map(|parent| format!("parent {parent}\n")));
    text += &line("author", author);
    text += &line("committer", committer);
    text.push('\n');
    text += message;
    text.into_bytes()
}

/// Refuses an author that some git would not name as they are called, and a committer whom this git
/// would not name.
fn people(author: &Identity, committer: &Identity) -> Result<(), Error> {
    let refused = |person: &Identity, why| {
        let person = format!("{} <{}>", person.name, person.email);
        Error::BadPerson { person, why }
    };
    for text in [&author.name, &author.email] {
        text::author_line(text).map_err(|why| refused(author, why))?;
    }
    for text in [&committer.name, &committer.email] {
        text::committer_line(text).map_err(|why| refused(committer, why))?;
    }
    Ok(())
}

/// Lets the git program make and sign the commit, so that its own settings hold: the kind of
/// signature, the key, the agent.
fn signed(
    repository: &Repository,
    parents: &[CommitId],
    tree: Oid,
    change: &Change,
) -> Result<Oid, Error> {
    let mut git = repository.git_command();
    git.args(["-c", "i18n.commitEncoding=UTF-8", "commit-tree", "-S"]);
    for parent in parents {
        git.args(["-p", &parent.to_string()]);
    }
    git.arg(tree.to_string());
    let Change { author, committer, .. } = change;
    people(author, committer)?;
    let people = [
        ("AUTHOR", author, change.done_at.unwrap_or(change.at)),
        ("COMMITTER", committer, change.at),
    ];
    for (role, person, at) in people {
        git.env(format!("GIT_{role}_NAME"), &person.name);
        git.env(format!("GIT_{role}_EMAIL"), &person.email);
        git.env(format!("GIT_{role}_DATE"), git_date(at));
    }
    let mut run = || -> std::io::Result<_> {
        let mut child =
            git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        if let Some(mut input) = child.stdin.take() {
            // a git that died early tells why on its stderr
            let _ = input.write_all(change.message.as_bytes());
        }
        child.wait_with_output()
    };
    let output = run().map_err(Error::io(FileTask::Run, "git"))?;
    let id = String::from_utf8_lossy(&output.stdout);
    match parse_oid(id.trim()).filter(|_| output.status.success()) {
        Some(id) => Ok(id),
        None => Err(Error::NotSigned {
            output: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        }),
    }
}

fn git_date(at: Timestamp) -> String {
    format!("@{} {}", at.unix(), git_offset(at))
}

fn git_offset(at: Timestamp) -> String {
    let minutes = at.offset_minutes();
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", minutes.abs() / 60, minutes.abs() % 60)
}
