//! What somebody changed in the working tree and did not commit.

use git2::{ErrorCode, StatusOptions};

use super::{Repository, error::Error};

impl Repository {
    /// Paths under `places` that differ from HEAD in the working tree or in the index, new ones
    /// among them; empty in a bare repository.
    ///
    /// # Errors
    /// A working tree or index that cannot be read.
    pub fn edits(&self, places: &[&str]) -> Result<Vec<String>, Error> {
        let mut wanted = StatusOptions::new();
        wanted.include_untracked(true).recurse_untracked_dirs(true).update_index(false);
        wanted.disable_pathspec_match(true);
        for place in places {
            wanted.pathspec(place);
        }
        let found = match self.inner.statuses(Some(&mut wanted)) {
            Ok(found) => found,
            Err(why) if why.code() == ErrorCode::BareRepo => return Ok(Vec::new()),
            Err(why) => return Err(Error::git("compare the working tree".to_owned())(why)),
        };
        let paths = found.iter().map(|entry| String::from_utf8_lossy(entry.path_bytes()).into());
        Ok(paths.collect())
    }
}
