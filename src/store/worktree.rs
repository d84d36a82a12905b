//! Files of the working tree that are not, or no longer, what is committed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    Store,
    error::{Error, Result},
    files, layout,
    parse::MOST_OF_RULES,
    view::{Overlay, View},
};

impl Store {
    /// Files of the desk that the next commit would change; empty while git finishes a merge, whose
    /// changes are those of its parents.
    pub fn staged(&self) -> Result<Vec<String>> {
        if self.repository.operation_in_progress().is_some() {
            return Ok(Vec::new());
        }
        self.staged_anyway()
    }

    /// As [`Self::staged`], also in the midst of a merge.
    pub fn staged_anyway(&self) -> Result<Vec<String>> {
        Ok(self.repository.staged(&layout::WRITTEN)?)
    }

    /// Files of the rules as they lie in the working tree, where they differ from the commit that is
    /// checked out or from `view`, which is of the desk's branch even where another one is.
    pub fn policy_edits(&self, view: &View<'_>) -> Result<Overlay> {
        let edits = self.repository.edits(&[layout::DESK, layout::POLICY])?;
        let mut found = Overlay::new();
        for path in edits {
            let bytes = self.edited_rules(&path)?;
            found.insert(path, bytes);
        }
        for path in
            layout::RULES.into_iter().filter(|path| !found.contains_key(*path)).collect::<Vec<_>>()
        {
            let bytes = self.edited_rules(path)?;
            // one that is too large to be read is none that could be the same
            let held = view.text_anyway(path).ok().flatten();
            if bytes.is_some() && bytes.as_deref() != held.as_deref().map(str::as_bytes) {
                found.insert(path.to_owned(), bytes);
            }
        }
        Ok(found)
    }

    /// Files of the rules as the next commit would have them, where it changes them.
    /// `index` is the one that git commits from, where that is not its usual one.
    pub fn policy_staged(&self, index: Option<&str>) -> Result<Overlay> {
        let places = [layout::DESK, layout::POLICY];
        Ok(self.repository.staged_files(&places, index)?)
    }

    /// Files of the desk that were changed by hand and are not committed.
    pub fn edits(&self) -> Result<Vec<String>> {
        let places = [&[layout::DESK, layout::POLICY], &layout::WRITTEN[..]].concat();
        Ok(self.repository.edits(&places)?)
    }

    /// Files that an interrupted write left among the desk's own.
    pub fn temporaries(&self) -> Vec<PathBuf> {
        self.repository.temporaries(&layout::WRITTEN)
    }

    /// Removes one of [`Self::temporaries`].
    pub fn remove_stray(&self, place: &Path) -> Result<()> {
        fs::remove_file(place).map_err(|source| file_error(place, source))
    }

    /// What lies in the working tree at a path; `None` where there is no plain file.
    pub fn edited(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let Some(place) = self.plain_file(path) else { return Ok(None) };
        files::read(&place).map(Some).map_err(|source| file_error(&place, source))
    }

    /// As [`Self::edited`], of a file of rules; of one that is too large so much that it is seen to be.
    fn edited_rules(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let Some(place) = self.plain_file(path) else { return Ok(None) };
        let read = files::read_start(&place, MOST_OF_RULES as u64 + 1);
        read.map(Some).map_err(|source| file_error(&place, source))
    }

    fn plain_file(&self, path: &str) -> Option<PathBuf> {
        let place = self.repository.file_at(path)?;
        fs::symlink_metadata(&place).is_ok_and(|found| found.is_file()).then_some(place)
    }

    /// Puts a file into the working tree, whole or not at all.
    pub fn put_file(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let Some(place) = self.repository.file_at(path) else { return Ok(()) };
        let folder = place.parent().unwrap_or(&place);
        fs::create_dir_all(folder)
            .and_then(|()| files::put(&place, bytes))
            .map_err(|source| file_error(&place, source))
    }
}

fn file_error(path: &Path, source: std::io::Error) -> Error {
    Error::File { path: path.display().to_string(), source }
}
