//! References that are kept apart, in exchange with other clones. Nothing of what came is pointed at,
//! by no tracking reference and no `FETCH_HEAD`: what others took out would be kept alive by them.

use std::collections::BTreeSet;

use chrono::DateTime;
use git2::{ObjectType, Oid};

use super::{
    Repository,
    apart::{ApartDraft, NAME},
    error::{Error, GitTask, Transfer},
    ids::CommitId,
    read,
    remote::{GitOutput, is_late},
};

/// So many references are sent at once: more make a command line too long.
const AT_ONCE: usize = 100;
/// So often a reference is asked for again that another clone replaced meanwhile.
const TURNS: usize = 5;

/// A reference to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApartPush {
    pub reference: String,
    /// What the remote held when this clone last heard of it.
    pub seen: Option<CommitId>,
    pub new: CommitId,
}

/// How git says that a remote does not hold what was seen there.
const STALE: &str = "stale info";
/// Where a fetch of the branch puts what the remote keeps apart, until it is taken in.
pub const FETCHED: &str = "refs/docket/fetched/";
/// Before the names of what is kept apart.
pub const SIDE_REFERENCES: &str = "refs/docket/";
/// Modes of the entries of a tree.
const FILE: i32 = 0o100_644;
const FOLDER: i32 = 0o40_000;

impl ApartPush {
    /// The words with which git sends it, over what the remote is known to hold and nothing else.
    pub(super) fn words(&self) -> [String; 2] {
        let seen = self.seen.map(|seen| seen.to_string()).unwrap_or_default();
        let name = &self.reference;
        [format!("--force-with-lease={name}:{seen}"), format!("{}:{name}", self.new)]
    }

    /// What git says became of it; `None` where it says nothing.
    pub(super) fn outcome(&self, output: &GitOutput) -> Option<ApartPushed> {
        let line = output.out.lines().find(|line| {
            let names = line.split('\t').nth(1).unwrap_or_default();
            names.split_once(':').is_some_and(|(_, there)| there == self.reference)
        })?;
        let summary = line.split('\t').next_back().unwrap_or_default();
        let late = [STALE, "fetch first", "non-fast-forward"];
        let is_late = || late.iter().any(|sign| summary.contains(sign)) || is_late(summary);
        Some(match line.chars().next() {
            Some('!') if is_late() => ApartPushed::TooLate(output.blamed()),
            Some('!') => ApartPushed::Refused(output.blamed()),
            Some('=') => ApartPushed::UpToDate,
            _ => ApartPushed::Done,
        })
    }
}

/// What became of a reference that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApartPushed {
    Done,
    /// The remote held it already.
    UpToDate,
    /// The remote holds another commit than was seen, or somebody writes it there just now; what git said.
    TooLate(String),
    /// What the remote said against it.
    Refused(String),
}

impl Repository {
    /// The references below a folder of them, each with its commit.
    ///
    /// # Errors
    /// [`Error::Git`] where they cannot be listed, [`Error::Damaged`] with one that names nothing.
    pub fn apart_under(&self, folder: &str) -> Result<Vec<(String, CommitId)>, Error> {
        let found = self.inner.references_glob(&format!("{folder}*"));
        let mut all = Vec::new();
        for reference in found.map_err(Error::git(GitTask::ListBranches))?.flatten() {
            let Ok(name) = reference.name() else { continue };
            let id = reference
                .target()
                .map_or_else(|| self.apart_commit(name), |id| Ok(Some(CommitId(id))))?;
            all.extend(id.map(|id| (name.to_owned(), id)));
        }
        all.sort_unstable();
        for name in self.loose_side_references(folder) {
            let is_listed = all.binary_search_by(|(listed, _)| listed.cmp(&name)).is_ok();
            // that of another process may have come meanwhile
            if !is_listed {
                self.apart_commit(&name)?;
            }
        }
        Ok(all)
    }

    /// The references of a remote that fit a pattern of git's, each with what it names.
    ///
    /// # Errors
    /// [`Error::Remote`] with what git said.
    pub fn list_apart(
        &self,
        remote: &str,
        pattern: &str,
        on_progress: &dyn Fn(&str),
    ) -> Result<Vec<(String, CommitId)>, Error> {
        let listed = self.git(&["ls-remote", remote, pattern], on_progress)?;
        if !listed.succeeded {
            return Err(fetch_failed(remote, &listed));
        }
        let lines = listed.out.lines().filter_map(|line| line.split_once('\t'));
        Ok(lines.filter_map(|(id, name)| Some((name.to_owned(), id.parse().ok()?))).collect())
    }

    /// Gets what a remote's reference holds, be it a commit or, as a remote may have it, anything else, and
    /// points at it with nothing; `None` where the remote has no such reference.
    ///
    /// # Errors
    /// [`Error::Remote`] with what git said.
    pub fn fetch_apart(
        &self,
        remote: &str,
        reference: &str,
        on_progress: &dyn Fn(&str),
    ) -> Result<Option<CommitId>, Error> {
        let mut words =
            vec!["fetch", "--progress", "--no-tags", "--refmap=", "--no-write-fetch-head"];
        if self.is_partial() {
            words.push("--no-filter");
        }
        words.extend([remote, reference]);
        for _ in 0..TURNS {
            let listed = self.list_apart(remote, reference, on_progress)?;
            let held = listed.into_iter().find(|(name, _)| name == reference);
            let Some((_, held)) = held else { return Ok(None) };
            // whether all of a commit that nothing names came before a kill, only git's fetch looks at
            if self.target_of(reference) == Some(held) {
                return Ok(Some(held));
            }
            let output = self.git(&words, on_progress)?;
            // gone or replaced between the two questions
            if !output.succeeded && !output.says("couldn't find remote ref") {
                return Err(fetch_failed(remote, &output));
            }
            if self.has_object(held) {
                return Ok(Some(held));
            }
        }
        Err(Error::Contended { branch: reference.to_owned() })
    }

    /// Whether a remote holds a reference that it shows to nobody who fetches (`uploadpack.hideRefs`), since
    /// git said this when it came too late for an unseen one.
    ///
    /// # Errors
    /// [`Error::Remote`] with what git said.
    pub fn is_hidden(
        &self,
        remote: &str,
        (push, said): (&ApartPush, &str),
        on_progress: &dyn Fn(&str),
    ) -> Result<bool, Error> {
        if push.seen.is_some() || !said.contains(STALE) {
            return Ok(false);
        }
        let there = self.list_apart(remote, &push.reference, on_progress)?;
        Ok(there.iter().all(|(name, _)| *name != push.reference))
    }

    /// Sends references, each only over what was seen there, whatever the others meet.
    ///
    /// # Errors
    /// [`Error::Remote`] where the remote was not reached.
    pub fn push_apart(
        &self,
        remote: &str,
        wanted: &[ApartPush],
        on_progress: &dyn Fn(&str),
    ) -> Result<Vec<ApartPushed>, Error> {
        let mut all = Vec::with_capacity(wanted.len());
        for some in wanted.chunks(AT_ONCE) {
            let pushed = self.push_some(remote, some, on_progress)?;
            for (push, result) in some.iter().zip(pushed) {
                // a hook that refuses one refuses all that came with it
                let is_beside = some.len() > 1 && matches!(result, ApartPushed::Refused(_));
                let again = is_beside
                    .then(|| self.push_some(remote, std::slice::from_ref(push), on_progress))
                    .transpose()?;
                all.push(again.and_then(|again| again.into_iter().next()).unwrap_or(result));
            }
        }
        Ok(all)
    }

    fn push_some(
        &self,
        remote: &str,
        wanted: &[ApartPush],
        on_progress: &dyn Fn(&str),
    ) -> Result<Vec<ApartPushed>, Error> {
        let all: Vec<[String; 2]> = wanted.iter().map(ApartPush::words).collect();
        let mut words = vec!["push", "--progress", "--porcelain", "--no-follow-tags"];
        words.extend(all.iter().map(|[lease, _]| lease.as_str()));
        words.push(remote);
        words.extend(all.iter().map(|[_, spec]| spec.as_str()));
        let output = self.git(&words, on_progress)?;
        wanted
            .iter()
            .map(|push| {
                push.outcome(&output).ok_or_else(|| Error::Remote {
                    transfer: Transfer::Push,
                    remote: remote.to_owned(),
                    output: output.blamed(),
                })
            })
            .collect()
    }

    /// What to add to a fetch so that it brings these references where the remote has them.
    pub(super) fn wanted_apart(&self, references: &[&str]) -> Result<Vec<String>, Error> {
        references
            .iter()
            .map(|reference| {
                let name = reference.trim_start_matches(SIDE_REFERENCES);
                let fetched = format!("{FETCHED}{name}");
                self.free_lock(&fetched)?;
                // one of an earlier fetch would pass for the remote's
                self.drop_apart(&fetched)?;
                // a star, for git refuses to fetch what is not there by its name
                Ok(format!("+{reference}*:{FETCHED}{name}*"))
            })
            .collect()
    }

    /// What the last fetch of the branch brought of a reference, which is taken away here; `None` where
    /// the remote has no such reference. It need not be a commit.
    ///
    /// # Errors
    /// [`Error::Git`] where it cannot be read.
    pub fn take_fetched(&self, reference: &str) -> Result<Option<CommitId>, Error> {
        let name = format!("{FETCHED}{}", reference.trim_start_matches(SIDE_REFERENCES));
        let found = self.target_of(&name);
        // the star of the fetch may have brought more
        self.drop_fetched()?;
        Ok(found)
    }

    /// Lets go of what fetches brought, also of one that was killed: it would be kept alive for ever.
    ///
    /// # Errors
    /// [`Error::Git`] where it cannot be read.
    pub fn drop_fetched(&self) -> Result<(), Error> {
        let all = self.inner.references_glob(&format!("{FETCHED}*"));
        let mut all = all.map_err(Error::git(GitTask::ListBranches))?;
        let names: Vec<String> = all.names().flatten().map(str::to_owned).collect();
        names.iter().try_for_each(|name| self.drop_apart(name))
    }

    /// Removes a reference that is kept apart, if it is there.
    fn drop_apart(&self, reference: &str) -> Result<(), Error> {
        self.move_apart_to(reference, self.target_of(reference), None).map(drop)
    }

    /// What a reference names, be it a commit or, as a remote may have it, anything else.
    fn target_of(&self, reference: &str) -> Option<CommitId> {
        self.inner.find_reference(reference).ok()?.target().map(CommitId)
    }

    /// Lets a reference name this commit, whatever it named.
    ///
    /// # Errors
    /// [`Error::Git`] where it cannot be written.
    pub fn set_apart(&self, reference: &str, commit: CommitId) -> Result<(), Error> {
        let old = self.apart_commit(reference)?;
        let draft = ApartDraft { reference: reference.to_owned(), old, new: commit };
        if old != Some(commit) {
            self.move_apart(&[draft])?;
        }
        Ok(())
    }

    /// Lets a reference name another commit; false if it is not where it was.
    ///
    /// # Errors
    /// [`Error::Git`] where it cannot be written.
    pub fn replace_apart(
        &self,
        reference: &str,
        old: Option<CommitId>,
        new: CommitId,
    ) -> Result<bool, Error> {
        self.move_apart(&[ApartDraft { reference: reference.to_owned(), old, new }])
    }

    /// Whether what a reference names is here, be it a commit or not.
    fn has_object(&self, named: CommitId) -> bool {
        self.inner.find_object(named.0, None).is_ok()
    }

    /// Whether the tree of a commit is one that docket writes: files and folders as deep as `folders` says,
    /// each with a name of its own, in git's order and in its usual modes, and no folder empty. What stands
    /// beside that would be read by nobody and kept by all.
    ///
    /// # Errors
    /// [`Error::Git`] for a commit that cannot be read.
    pub fn is_exact_tree(&self, commit: CommitId, folders: usize) -> Result<bool, Error> {
        let task = || GitTask::ReadCommit(commit.to_string());
        let commit = self.inner.find_commit(commit.0).map_err(Error::git(task()))?;
        Ok(self.is_exact(commit.tree_id(), folders, true))
    }

    fn is_exact(&self, tree: Oid, folders: usize, is_top: bool) -> bool {
        let Ok(tree) = self.inner.find_tree(tree) else { return false };
        let (mut names, mut last) = (BTreeSet::new(), Vec::new());
        for entry in &tree {
            let is_folder = entry.kind() == Some(ObjectType::Tree);
            // git sorts a folder as if its name ended in a slash
            let slash: &[u8] = if is_folder { b"/" } else { b"" };
            let key = [entry.name_bytes(), slash].concat();
            let is_sound = match entry.filemode_raw() {
                FILE => !is_folder,
                FOLDER => is_folder && folders > 0 && self.is_exact(entry.id(), folders - 1, false),
                _ => false,
            };
            if !is_sound || key <= last || !names.insert(entry.name_bytes().to_vec()) {
                return false;
            }
            last = key;
        }
        is_top || !names.is_empty()
    }

    /// Whether a commit of files that are kept apart says by whose address it was made, when, and nothing
    /// else.
    ///
    /// # Errors
    /// [`Error::Git`] for what cannot be read.
    pub fn is_plain_apart(&self, commit: CommitId) -> Result<bool, Error> {
        let odb = self.odb()?;
        let failed = Error::git(GitTask::ReadCommit(commit.to_string()));
        let object = read::object(&odb, commit.0).map_err(failed)?;
        let text = String::from_utf8_lossy(object.data()).into_owned();
        let Some((head, message)) = text.split_once("\n\n") else { return Ok(false) };
        let lines: Vec<&str> = head.lines().collect();
        let [tree, author, committer] = lines[..] else { return Ok(false) };
        let author = author.strip_prefix("author ");
        Ok(tree.starts_with("tree ")
            && author.is_some_and(is_plain_author)
            && committer.strip_prefix("committer ") == author
            && message == super::apart::MESSAGE)
    }

    /// Whether a commit is one of files that are kept apart, to the letter: with no parent, of nobody
    /// and of no time.
    ///
    /// # Errors
    /// [`Error::Git`] for what cannot be read.
    pub fn is_apart(&self, commit: CommitId) -> Result<bool, Error> {
        let odb = self.odb()?;
        let failed = Error::git(GitTask::ReadCommit(commit.to_string()));
        let object = read::object(&odb, commit.0).map_err(failed)?;
        let text = object.data();
        let tree = text.strip_prefix(b"tree ").and_then(|rest| rest.get(..40));
        let due = tree.map(|tree| {
            let tree = String::from_utf8_lossy(tree);
            super::apart::text_of(&tree).into_bytes()
        });
        Ok(object.kind() == ObjectType::Commit && due.as_deref() == Some(text))
    }
}

fn fetch_failed(remote: &str, output: &GitOutput) -> Error {
    let (transfer, remote) = (Transfer::Fetch, remote.to_owned());
    Error::Remote { transfer, remote, output: output.blamed() }
}

/// Whether an author is told as docket tells one: `docket <zhang@example.com> 1764500000 +0800`, with no
/// words of anybody's anywhere.
fn is_plain_author(author: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let address = author.strip_prefix(NAME).and_then(|rest| rest.strip_prefix(" <"));
    let Some((email, when)) = address.and_then(|rest| rest.split_once("> ")) else { return false };
    let Some((seconds, zone)) = when.split_once(' ') else { return false };
    let offset = zone.strip_prefix(['+', '-']).unwrap_or_default();
    // to the letter, so that no program takes it for another time than docket
    let is_time = seconds.parse::<i64>().is_ok_and(|unix| {
        unix.to_string() == seconds && DateTime::from_timestamp(unix, 0).is_some()
    });
    let is_offset = offset.len() == 4
        && digits(offset)
        && offset[..2].parse::<u32>().is_ok_and(|hours| hours <= 14)
        && offset[2..].parse::<u32>().is_ok_and(|minutes| minutes < 60);
    !email.contains(['<', '>', ' ']) && digits(seconds) && is_time && is_offset
}
