//! What a commit changed: two trees side by side, never looking into what both share.

use std::{collections::HashSet, rc::Rc};

use super::{
    Repository,
    error::{DamagedObject, Error, GitTask},
    ids::{BlobId, CommitId, parse_oid},
    journal::FileUpdate,
    path::check_plain,
    snapshot::{FileKind, MOST_ENTRIES, kind},
    tree::{PlacedEntry, RawTree, TreeEntry},
};

/// More commits than this are not counted for a glance at the board.
const MOST_AHEAD: usize = 1_000;
/// A commit that changes more files of a desk is an attack.
const MOST_CHANGED: usize = 1_000_000;
/// Folders of a desk nested deeper than this are an attack.
pub(super) const DEEPEST: usize = 128;
/// What lies beside a desk may be nested deeper, as far as this.
const DEEPEST_BESIDE: usize = 512;

/// What lies under a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathEntry {
    pub id: BlobId,
    pub kind: FileKind,
}

/// A path that two commits hold differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedPath {
    /// Bytes that are not UTF-8 are replaced.
    pub path: String,
    pub old: Option<PathEntry>,
    pub new: Option<PathEntry>,
}

/// A path that two trees hold differently, with its modes.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    pub(super) path: String,
    /// False where the name is not UTF-8, and `path` only looks like it.
    pub(super) is_text: bool,
    pub(super) old: Option<TreeEntry>,
    pub(super) new: Option<TreeEntry>,
}

impl Difference {
    /// The step that leads from the old to the new version.
    pub(super) fn step(self) -> Result<FileUpdate, Error> {
        let Self { path, is_text, old, new } = self;
        if !is_text || [old, new].into_iter().flatten().any(|entry| !entry.is_file()) {
            return Err(Error::NotAFile { path });
        }
        check_plain(&path)?;
        let normal = |side: Option<TreeEntry>| side.map(TreeEntry::normal);
        Ok(FileUpdate { path, old: normal(old), new: normal(new) })
    }

    fn changed(self) -> ChangedPath {
        let held = |side: Option<TreeEntry>| {
            side.map(|entry| PathEntry { id: BlobId(entry.id), kind: kind(self.is_text, entry) })
        };
        ChangedPath { old: held(self.old), new: held(self.new), path: self.path }
    }
}

impl Repository {
    /// The newest commits that lead to `tip`, at most so many.
    pub fn newest(&self, tip: CommitId, most: usize) -> Result<Vec<CommitId>, Error> {
        let failed = || Error::git(GitTask::WalkBack(tip.to_string()));
        let mut walk = self.inner.revwalk().map_err(failed())?;
        walk.push(tip.0).map_err(failed())?;
        walk.take(most).map(|id| id.map(CommitId).map_err(failed())).collect()
    }

    /// How many commits lead to `tip` and not to `since`, up to a thousand, and the last of them
    /// that was met on the way back.
    pub fn ahead(
        &self,
        tip: CommitId,
        since: Option<CommitId>,
    ) -> Result<(usize, Option<CommitId>), Error> {
        let failed = || Error::git(GitTask::WalkBack(tip.to_string()));
        let mut walk = self.inner.revwalk().map_err(failed())?;
        walk.push(tip.0).map_err(failed())?;
        if let Some(since) = since {
            walk.hide(since.0).map_err(failed())?;
        }
        let (mut count, mut last) = (0, None);
        for id in walk.take(MOST_AHEAD) {
            last = Some(CommitId(id.map_err(failed())?));
            count += 1;
        }
        Ok((count, last))
    }

    /// Whether one can come from `old` to `new` without a commit being taken back.
    pub fn descends(&self, new: CommitId, old: CommitId) -> Result<bool, Error> {
        if new == old {
            return Ok(true);
        }
        let failed = Error::git(GitTask::FindBefore { old: old.to_string(), new: new.to_string() });
        match self.inner.graph_descendant_of(new.0, old.0) {
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(false),
            descends => descends.map_err(failed),
        }
    }

    /// The newest commit that leads to both.
    pub fn merge_base(&self, one: CommitId, other: CommitId) -> Result<Option<CommitId>, Error> {
        match self.inner.merge_base(one.0, other.0) {
            Ok(id) => Ok(Some(CommitId(id))),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(error) => Err(Error::git(GitTask::FindFork {
                one: one.to_string(),
                other: other.to_string(),
            })(error)),
        }
    }

    /// Whether two commits parted more than once, and met in between.
    pub fn parted_often(&self, one: CommitId, other: CommitId) -> Result<bool, Error> {
        match self.inner.merge_bases(one.0, other.0) {
            Ok(bases) => Ok(bases.len() > 1),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(false),
            Err(error) => Err(Error::git(GitTask::FindFork {
                one: one.to_string(),
                other: other.to_string(),
            })(error)),
        }
    }

    /// The files that differ between two commits, in git's order; `None` stands for no files. Of
    /// the folders at the top only those in `places` are looked into; another one that differs is
    /// named itself, as [`FileKind::Other`].
    ///
    /// # Errors
    /// [`Error::Damaged`] for trees that git could not have made.
    pub fn changes(
        &self,
        old: Option<CommitId>,
        new: CommitId,
        places: &[&str],
    ) -> Result<Vec<ChangedPath>, Error> {
        let found = self.differences_in(old, new, Some(places))?;
        Ok(found.into_iter().map(Difference::changed).collect())
    }

    /// The files below a folder that differ between two versions of it, by git's names of them;
    /// `None` stands for no folder. Whoever wants no more than `most` gets a few more where there
    /// are, and not all.
    ///
    /// # Errors
    /// [`Error::Damaged`], also where git no longer has one of them.
    pub fn changes_of_folder(
        &self,
        folder: &str,
        old: Option<&str>,
        new: Option<&str>,
        most: usize,
    ) -> Result<Vec<ChangedPath>, Error> {
        let entry = |name: &str| {
            let id = parse_oid(name)
                .ok_or_else(|| Error::Damaged(DamagedObject::Named(name.to_owned())))?;
            Ok::<_, Error>(TreeEntry::folder(id))
        };
        let sides = (old.map(entry).transpose()?, new.map(entry).transpose()?);
        let mut comparison = Comparison { repository: self, found: Vec::new(), most, places: None };
        comparison.compare(&format!("{folder}/"), sides, 0)?;
        Ok(comparison.found.into_iter().map(Difference::changed).collect())
    }

    /// The paths below a folder where `is` holds for the name of what `new` has and `old` has not,
    /// files and folders; none where there is no folder. What cannot be read is left out.
    pub fn new_names(
        &self,
        folder: &str,
        (old, new): (Option<PathEntry>, PathEntry),
        is: &dyn Fn(&str, FileKind) -> bool,
    ) -> Vec<String> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut open = vec![(folder.to_owned(), old.map(|old| old.id.0), new.id.0)];
        while let Some((folder, old, new)) = open.pop() {
            let Some(tree) = seen.insert(new).then(|| self.tree(new).ok()).flatten() else {
                continue;
            };
            let old = old.and_then(|old| self.tree(old).ok());
            let mut at = 0;
            while let Ok(Some(placed)) = tree.entry_at(at) {
                at = placed.end;
                let name = String::from_utf8_lossy(placed.name);
                let was = old.as_ref().and_then(|old| old.find(&name).ok().flatten());
                if was == Some(placed.entry) {
                    continue;
                }
                let path = format!("{folder}/{name}");
                if is(&name, kind(true, placed.entry)) {
                    found.push(path);
                } else if placed.entry.is_folder() {
                    open.push((path, was.map(|was| was.id), placed.entry.id));
                }
            }
        }
        found
    }

    pub(super) fn differences(
        &self,
        old: Option<CommitId>,
        new: CommitId,
    ) -> Result<Vec<Difference>, Error> {
        self.differences_in(old, new, None)
    }

    /// As [`Self::changes`], with modes; `None` looks into every folder.
    pub(super) fn differences_in(
        &self,
        old: Option<CommitId>,
        new: CommitId,
        places: Option<&[&str]>,
    ) -> Result<Vec<Difference>, Error> {
        let root = |commit| -> Result<Option<TreeEntry>, Error> {
            Ok(self.snapshot(commit)?.root().map(TreeEntry::folder))
        };
        let sides = (old.map(root).transpose()?.flatten(), root(new)?);
        let (found, most) = (Vec::new(), usize::MAX);
        let mut comparison = Comparison { repository: self, found, most, places };
        comparison.compare("", sides, 0)?;
        Ok(comparison.found)
    }
}

struct Comparison<'o> {
    repository: &'o Repository,
    found: Vec<Difference>,
    /// With more than so many it ends.
    most: usize,
    /// The folders at the top that are looked into; `None` for all.
    places: Option<&'o [&'o str]>,
}

impl Comparison<'_> {
    /// Looks at one path on both sides; `path` of a folder ends with a slash.
    fn compare(
        &mut self,
        path: &str,
        (old, new): (Option<TreeEntry>, Option<TreeEntry>),
        depth: usize,
    ) -> Result<(), Error> {
        if old == new {
            return Ok(());
        }
        let deepest = if self.places.is_some() { DEEPEST } else { DEEPEST_BESIDE };
        if depth > deepest {
            let top = path.split('/').next().unwrap_or_default();
            return Err(Error::Damaged(DamagedObject::FolderTooDeep(top.to_string())));
        }
        let tree = |side: Option<TreeEntry>, size| match side {
            Some(entry) => self.repository.tree_of_about(entry.id, size),
            None => Ok(Rc::new(RawTree::empty())),
        };
        let old = tree(old, 0)?;
        let new = tree(new, old.len())?;
        let start = old.same_until(&new);
        let (mut left, mut right) = (old.entry_at(start)?, new.entry_at(start)?);
        // where both go on behind what was compared last
        let mut next = (start, start);
        while self.found.len() <= self.most {
            let (mine, theirs) = match (&left, &right) {
                (None, None) => return Ok(()),
                (Some(_), None) => (left.take(), None),
                (None, Some(_)) => (None, right.take()),
                (Some(a), Some(b)) => match a.key().cmp(&b.key()) {
                    std::cmp::Ordering::Less => (left.take(), None),
                    std::cmp::Ordering::Greater => (None, right.take()),
                    std::cmp::Ordering::Equal => (left.take(), right.take()),
                },
            };
            let differs = self.entry(path, mine.as_ref(), theirs.as_ref(), depth)?;
            if let Some(mine) = mine {
                left = old.entry_at(mine.end)?;
                next.0 = mine.end;
            }
            if let Some(theirs) = theirs {
                right = new.entry_at(theirs.end)?;
                next.1 = theirs.end;
            }
            if differs && old.ends_like(next.0, &new, next.1) {
                new.starts_like(&old, start, next);
                return Ok(());
            }
        }
        Ok(())
    }

    /// Whether the two differ at one name; what differs is noted.
    fn entry(
        &mut self,
        prefix: &str,
        old: Option<&PlacedEntry<'_>>,
        new: Option<&PlacedEntry<'_>>,
        depth: usize,
    ) -> Result<bool, Error> {
        let (before, after) = (old.map(|old| old.entry), new.map(|new| new.entry));
        let Some(placed) = old.or(new).filter(|_| before != after) else {
            return Ok(false);
        };
        let ours = |places: &[&str]| places.iter().any(|place| place.as_bytes() == placed.name);
        let most = if self.places.is_some() { MOST_CHANGED } else { MOST_ENTRIES };
        if self.found.len() >= most {
            return Err(Error::Damaged(DamagedObject::FolderTooLarge(prefix.to_string())));
        }
        let looked_into = depth > 0 || self.places.is_none_or(ours);
        if placed.entry.is_folder() && looked_into {
            let path = format!("{prefix}{}/", String::from_utf8_lossy(placed.name));
            self.compare(&path, (before, after), depth + 1)?;
            return Ok(true);
        }
        self.found.push(Difference {
            path: format!("{prefix}{}", String::from_utf8_lossy(placed.name)),
            is_text: std::str::from_utf8(placed.name).is_ok(),
            old: before,
            new: after,
        });
        Ok(true)
    }
}
