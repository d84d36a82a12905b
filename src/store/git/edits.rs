//! What somebody changed in the working tree or in the index.

use std::{
    collections::HashMap,
    ffi::OsStr,
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

use git2::{ErrorCode, Status, StatusOptions, StatusShow};

use super::{
    Repository,
    error::{Error, GitTask},
    ids::{BlobId, parse_oid},
};

/// The mark of an entry whose file a sparse checkout leaves out (`skip-worktree`).
const LEFT_OUT: u16 = 1 << 14;

impl Repository {
    /// Paths under `places` that differ from HEAD in the working tree or in the index, new ones
    /// among them; empty in a bare repository.
    pub fn edits(&self, places: &[&str]) -> Result<Vec<String>, Error> {
        self.differing(places, StatusShow::IndexAndWorkdir)
    }

    /// Paths under `places` that the index holds otherwise than HEAD.
    pub fn staged(&self, places: &[&str]) -> Result<Vec<String>, Error> {
        self.differing(places, StatusShow::Index)
    }

    /// The files in `places` that the next commit changes, with what it puts there; `None` for one that it
    /// takes away. Git itself is asked, for it may be committing from another `index` than its usual one.
    pub fn staged_files(
        &self,
        places: &[&str],
        index: Option<&str>,
    ) -> Result<HashMap<String, Option<Vec<u8>>>, Error> {
        let index: Vec<_> =
            index.map(|index| ("GIT_INDEX_FILE", index.to_owned())).into_iter().collect();
        let asked = [&["diff", "--cached", "--name-only", "--no-renames", "--"], places].concat();
        let changed = self.git_as(&asked, &index, &|_| {})?;
        if !changed.succeeded {
            let output = changed.blamed();
            return Err(Error::Refused { task: GitTask::CompareWorkingTree, output });
        }
        let content = |path: &str| {
            let staged = format!(":{path}");
            let named = self.git_as(&["rev-parse", "--verify", "-q", &staged], &index, &|_| {})?;
            let blob = parse_oid(named.out.trim()).filter(|_| named.succeeded).map(BlobId);
            Ok((path.to_owned(), blob.map(|blob| self.read_blob(blob)).transpose()?))
        };
        changed.out.lines().map(content).collect()
    }

    /// The folder where git looks for hooks.
    pub fn hooks(&self) -> Result<PathBuf, Error> {
        let git = ["rev-parse", "--git-path", "hooks"];
        let said = self.git(&git, &|_| {})?;
        let root = self.workdir().unwrap_or(&self.gitdir);
        if said.succeeded {
            return Ok(root.join(said.out.trim_end_matches('\n')));
        }
        Err(Error::Refused { task: GitTask::ReadSettings, output: said.blamed() })
    }

    fn differing(&self, places: &[&str], show: StatusShow) -> Result<Vec<String>, Error> {
        let mut wanted = StatusOptions::new();
        wanted.show(show).update_index(false).disable_pathspec_match(true);
        wanted.include_untracked(true).recurse_untracked_dirs(true);
        for place in places {
            wanted.pathspec(place);
        }
        let found = match self.inner.statuses(Some(&mut wanted)) {
            Ok(found) => found,
            Err(why) if why.code() == ErrorCode::BareRepo => return Ok(Vec::new()),
            Err(why) => return Err(Error::git(GitTask::CompareWorkingTree)(why)),
        };
        // a file that a sparse checkout leaves out is not one that somebody removed
        let index = self.inner.index().map_err(Error::git(GitTask::ReadIndex))?;
        let is_left_out = |path: &[u8]| {
            let entry = index.get_path(Path::new(OsStr::from_bytes(path)), 0);
            entry.is_some_and(|entry| entry.flags_extended & LEFT_OUT != 0)
        };
        let changed = found.iter().filter(|entry| match entry.status() {
            Status::CURRENT => false,
            Status::WT_DELETED => !is_left_out(entry.path_bytes()),
            _ => true,
        });
        Ok(changed.map(|entry| String::from_utf8_lossy(entry.path_bytes()).into()).collect())
    }
}
