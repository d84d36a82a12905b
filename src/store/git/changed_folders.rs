//! What lies now in the folders that are not as they were, without a look at what lay in them.

use std::collections::{BTreeMap, BTreeSet};

use git2::{Odb, Oid};

use super::{
    Repository,
    diff::{DEEPEST, PathEntry},
    error::{DamagedObject, Error},
    ids::{BlobId, parse_oid},
    snapshot::{MOST_ENTRIES, kind},
    tree::RawTree,
};

/// The folders below one that are not as they were, with what lies in them now.
#[derive(Debug, Default)]
pub struct ChangedFolders {
    folders: BTreeMap<String, Listing>,
    /// Entries that were read, of all folders.
    seen: usize,
}

/// What lies right in a folder now.
#[derive(Debug, Default)]
struct Listing {
    files: BTreeMap<String, PathEntry>,
    folders: BTreeSet<String>,
}

/// What became of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathChange {
    /// Whatever it was, it is that still.
    AsItWas,
    Gone,
    Holds(PathEntry),
}

impl ChangedFolders {
    pub fn at(&self, path: &str) -> PathChange {
        let above = path.rmatch_indices('/').map(|(end, _)| path.split_at(end));
        let mut renewed =
            above.filter_map(|(folder, rest)| Some((self.folders.get(folder)?, rest)));
        let Some((listing, rest)) = renewed.next() else { return PathChange::AsItWas };
        match rest[1..].split_once('/') {
            Some((folder, _)) if listing.folders.contains(folder) => PathChange::AsItWas,
            Some(_) => PathChange::Gone,
            None => {
                listing.files.get(&rest[1..]).copied().map_or(PathChange::Gone, PathChange::Holds)
            }
        }
    }

    /// The paths of the files that lie there now.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        self.folders.iter().flat_map(|(folder, listing)| {
            listing.files.keys().map(move |name| format!("{folder}/{name}"))
        })
    }

    /// Adds those below another folder.
    pub fn extend(&mut self, other: Self) {
        self.folders.extend(other.folders);
    }

    fn compare(
        &mut self,
        odb: &Odb<'_>,
        path: String,
        (old, new): (Option<Oid>, Option<Oid>),
        depth: usize,
    ) -> Result<(), Error> {
        if old == new {
            return Ok(());
        }
        let new = new.map_or_else(|| Ok(RawTree::empty()), |new| RawTree::read(odb, new))?;
        let mut listing = Listing::default();
        let mut below = BTreeMap::new();
        let mut at = 0;
        while let Some(placed) = new.entry_at(at)? {
            at = placed.end;
            self.seen += 1;
            if depth > DEEPEST || self.seen > MOST_ENTRIES {
                return Err(Error::Damaged(DamagedObject::FolderTooLarge(path.clone())));
            }
            let is_text = std::str::from_utf8(placed.name).is_ok();
            let name = String::from_utf8_lossy(placed.name).into_owned();
            if placed.entry.is_folder() {
                below.insert(name.clone(), (None, placed.entry.id));
                listing.folders.insert(name);
            } else {
                let kind = kind(is_text, placed.entry);
                listing.files.insert(name, PathEntry { id: BlobId(placed.entry.id), kind });
            }
        }
        // A folder of files alone needs no looking at what it was: it may be far down in a pack.
        if let Some(old) = old.filter(|_| !below.is_empty()) {
            let old = RawTree::read(odb, old)?;
            for (name, (was, _)) in &mut below {
                *was = old.find(name)?.filter(|entry| entry.is_folder()).map(|entry| entry.id);
            }
        }
        for (name, (old, new)) in below {
            self.compare(odb, format!("{path}/{name}"), (old, Some(new)), depth + 1)?;
        }
        self.folders.insert(path, listing);
        Ok(())
    }
}

impl Repository {
    /// The folders below `folder` that are not the same in two versions of it, by git's names of
    /// them; `None` stands for no folder. What was in them is not looked at.
    ///
    /// # Errors
    /// [`Error::Damaged`], also where git no longer has one of them.
    pub fn renewed(
        &self,
        folder: &str,
        old: Option<&str>,
        new: Option<&str>,
    ) -> Result<ChangedFolders, Error> {
        let id = |name: &str| {
            parse_oid(name).ok_or_else(|| Error::Damaged(DamagedObject::Named(name.to_owned())))
        };
        let sides = (old.map(id).transpose()?, new.map(id).transpose()?);
        let mut renewed = ChangedFolders::default();
        renewed.compare(&self.odb()?, folder.to_owned(), sides, 0)?;
        Ok(renewed)
    }
}
