//! A file in docket's own folder that only ever grows.

use std::{fs::OpenOptions, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::PathBuf};

use super::{
    Repository,
    error::{Error, FileTask},
    lock, shared,
};

impl Repository {
    /// Adds a line to a file of docket's own folder, which only its owner may read, or those who share the
    /// repository; whole, whoever else adds one at the same time. Gives its path.
    ///
    /// # Errors
    /// A folder that cannot be written in, or something else than a file in that place.
    pub fn append(&self, name: &str, line: &str) -> Result<PathBuf, Error> {
        self.share()?;
        let home = self.home();
        lock::make_home(&home)?;
        let path = home.join(name);
        let mut options = OpenOptions::new();
        options.append(true).create(true).mode(shared::file_mode());
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
        let mut file = options.open(&path).map_err(Error::io(FileTask::Write, &path))?;
        // one write at the end of the file: what two processes add does not mix
        file.write_all(format!("{line}\n").as_bytes())
            .and_then(|()| file.sync_data())
            .map_err(Error::io(FileTask::Write, &path))?;
        Ok(path)
    }
}
