//! Where two commits parted, what each side changed since, and git's own merge of one text.

use std::collections::{BTreeMap, BTreeSet};

use git2::{IndexEntry, IndexTime, MergeFileInput, MergeFileOptions, Oid, merge_file};

use super::{
    Repository,
    diff::PathEntry,
    error::{Error, GitTask},
    ids::{BlobId, CommitId, parse_oid},
    isolated::Isolated,
    tree::{self, TreeEntry},
};

/// What each side of a fork did to one path.
#[derive(Clone, Debug)]
pub struct ForkedPath {
    pub path: String,
    base: Option<TreeEntry>,
    ours: Option<TreeEntry>,
    theirs: Option<TreeEntry>,
}

/// The tree that git's own merge gives.
pub struct GitMerge<'r> {
    pub(super) place: MergePlace<'r>,
    pub(super) tree: Oid,
    pub(super) conflicts: BTreeSet<String>,
}

/// Where git has put what it merged.
pub(super) enum MergePlace<'r> {
    Here(&'r Repository),
    Apart(Box<Isolated>),
}

impl MergePlace<'_> {
    fn repository(&self) -> &Repository {
        match self {
            Self::Here(repository) => repository,
            Self::Apart(isolated) => isolated.repository(),
        }
    }
}

/// Whose ways of merging git may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeSettings {
    /// Those of this clone: what its settings and attributes name is run.
    OfClone,
    /// Git's own, whatever the clone says: nothing of it is run.
    OfGit,
}

impl GitMerge<'_> {
    /// The content of a file after the merge, `None` for none; the outer one where it is in conflict.
    #[expect(clippy::option_option, reason = "in conflict, gone, or there")]
    pub fn content(&self, path: &str) -> Result<Option<Option<Vec<u8>>>, Error> {
        if self.conflicts.contains(path) {
            return Ok(None);
        }
        let repository = self.place.repository();
        let entry = tree::lookup(repository, Some(self.tree), path)?;
        let Some(entry) = entry else { return Ok(Some(None)) };
        if !entry.is_file() {
            return Err(Error::NotAFile { path: path.to_owned() });
        }
        Ok(Some(Some(repository.read_blob(BlobId(entry.id))?)))
    }
}

/// Which side of a fork changed a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Ours,
    Theirs,
    /// Both, to the same.
    Alike,
    /// Both, each to something else.
    Apart,
}

impl ForkedPath {
    /// Who changed it.
    pub fn side(&self) -> Side {
        match (self.ours == self.base, self.theirs == self.base) {
            _ if self.ours == self.theirs => Side::Alike,
            (true, _) => Side::Theirs,
            (_, true) => Side::Ours,
            (false, false) => Side::Apart,
        }
    }

    /// The files of base, ours and theirs; `None` where there is none.
    pub fn held(&self) -> [Option<PathEntry>; 3] {
        [self.base, self.ours, self.theirs].map(|side| {
            side.map(|entry| PathEntry {
                id: BlobId(entry.id),
                kind: super::snapshot::kind(true, entry),
            })
        })
    }
}

impl Repository {
    /// Every path that one side of a fork holds otherwise than the base, in git's order; where
    /// `places` are said, only what lies in these folders or is called so.
    ///
    /// # Errors
    /// [`Error::NotAFile`] for a name that is not UTF-8; damage in the history.
    pub fn forked(
        &self,
        base: CommitId,
        ours: CommitId,
        theirs: CommitId,
        places: Option<&[&str]>,
    ) -> Result<Vec<ForkedPath>, Error> {
        let ours_alone = |path: &str| {
            let top = path.split('/').next().unwrap_or_default();
            places.is_none_or(|places| places.contains(&top))
        };
        let mut found: BTreeMap<String, ForkedPath> = BTreeMap::new();
        for (ours_side, tip) in [(true, ours), (false, theirs)] {
            for change in self.differences_in(Some(base), tip, places)? {
                if !ours_alone(&change.path) {
                    continue;
                }
                if !change.is_text {
                    return Err(Error::NotAFile { path: change.path });
                }
                let (old, new) =
                    (change.old.map(TreeEntry::normal), change.new.map(TreeEntry::normal));
                let fork = found.entry(change.path.clone()).or_insert_with(|| ForkedPath {
                    path: change.path,
                    base: old,
                    ours: old,
                    theirs: old,
                });
                if ours_side {
                    fork.ours = new;
                } else {
                    fork.theirs = new;
                }
            }
        }
        Ok(found.into_values().collect())
    }

    /// Where git's own merge of two commits puts plain files, records and contacts apart; `None`
    /// where this git cannot say.
    pub fn merged_by_git(
        &self,
        ours: CommitId,
        theirs: CommitId,
        ways: MergeSettings,
    ) -> Result<Option<GitMerge<'_>>, Error> {
        let (ours, theirs) = (ours.to_string(), theirs.to_string());
        if ways == MergeSettings::OfGit {
            let isolated = Isolated::beside(self)?;
            let Some(out) = isolated.merge_tree(&ours, &theirs)? else { return Ok(None) };
            return Ok(read_merge(&out, MergePlace::Apart(Box::new(isolated))));
        }
        let words = [
            "-c",
            "merge.renames=false",
            // what it decides on records is not asked for
            "-c",
            "merge.docket.driver=true",
            "merge-tree",
            "--write-tree",
            "--name-only",
            "--no-messages",
            "-z",
            &ours,
            &theirs,
        ];
        let output = self.git(&words, &|_| {})?;
        Ok(read_merge(&output.out, MergePlace::Here(self)))
    }

    /// Git's merge of one text; `None` where the same lines were changed, or a side has none.
    pub fn merge_text(&self, fork: &ForkedPath) -> Result<Option<Vec<u8>>, Error> {
        let sides = [fork.base, fork.ours, fork.theirs];
        let [Some(base), Some(ours), Some(theirs)] = sides else {
            return Ok(None);
        };
        if sides.into_iter().flatten().any(|entry| !entry.is_file()) {
            return Ok(None);
        }
        let indexed = |entry: TreeEntry| IndexEntry {
            ctime: IndexTime::new(0, 0),
            mtime: IndexTime::new(0, 0),
            dev: 0,
            ino: 0,
            mode: entry.mode,
            uid: 0,
            gid: 0,
            file_size: 0,
            id: entry.id,
            flags: 0,
            flags_extended: 0,
            path: fork.path.clone().into_bytes(),
        };
        let merged = self
            .inner
            .merge_file_from_index(
                &indexed(base),
                &indexed(ours),
                &indexed(theirs),
                Some(&mut MergeFileOptions::new()),
            )
            .map_err(Error::git(GitTask::MergeFile(fork.path.clone())))?;
        Ok(merged.is_automergeable().then(|| merged.content().to_vec()))
    }
}

/// Git's merge of three texts, the first of which is what the others began with; `None` where both changed
/// the same lines.
pub fn lines_merged(sides: [&[u8]; 3]) -> Option<Vec<u8>> {
    let [base, ours, theirs] = sides.map(|side| {
        let mut input = MergeFileInput::new();
        input.content(side);
        input
    });
    let merged = merge_file(&base, &ours, &theirs, Some(&mut MergeFileOptions::new())).ok()?;
    merged.is_automergeable().then(|| merged.content().to_vec())
}

/// What `git merge-tree -z --name-only` printed.
fn read_merge<'r>(out: &str, place: MergePlace<'r>) -> Option<GitMerge<'r>> {
    let mut parts = out.split('\0').filter(|part| !part.is_empty());
    let tree = parse_oid(parts.next()?.trim())?;
    Some(GitMerge { place, tree, conflicts: parts.map(str::to_owned).collect() })
}
