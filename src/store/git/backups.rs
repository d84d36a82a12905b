//! Copies of files that were given up on request, in docket's own folder.

use std::{fs, io::Write, path::PathBuf};

use super::{
    Repository,
    error::{Error, FileTask},
    journal::draw_nonce,
    lock::private,
};

/// How the name of each begins.
const PREFIX: &str = "dropped-";

impl Repository {
    /// Keeps a copy of a file that is about to be given up; gives where.
    ///
    /// # Errors
    /// [`Error::Io`] where it cannot be written.
    pub fn back_up(&self, path: &str, bytes: &[u8]) -> Result<PathBuf, Error> {
        self.make_home()?;
        let name = path.rsplit('/').next().unwrap_or(path);
        let copy = self.home().join(format!("{PREFIX}{}-{name}", draw_nonce()?));
        let written = private().create_new(true).open(&copy).and_then(|mut it| it.write_all(bytes));
        written.map_err(Error::io(FileTask::Write, &copy))?;
        Ok(copy)
    }

    /// Removes all of them: any may be of somebody who was erased.
    ///
    /// # Errors
    /// [`Error::Io`] for one that stays.
    pub fn drop_backups(&self) -> Result<(), Error> {
        for entry in fs::read_dir(self.home()).into_iter().flatten().flatten() {
            if entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
                let copy = entry.path();
                fs::remove_file(&copy).map_err(Error::io(FileTask::Remove, copy))?;
            }
        }
        Ok(())
    }
}
