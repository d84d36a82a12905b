//! The files of one commit, read from git and never from the working tree.

use std::path::Path;

use git2::{ObjectType, Oid};

use super::{
    MAX_BLOB, Repository,
    diff::PathEntry,
    error::{DamagedObject, Error, GitTask},
    ids::{BlobId, CommitId},
    read,
    tree::{self, EXECUTABLE, RawTree, SYMLINK, TreeEntry},
};

/// A listing longer than this is an attack, not a desk.
pub(super) const MOST_ENTRIES: usize = 5_000_000;
/// Folders nested deeper than this as well.
const DEEPEST: usize = 128;

/// The files of one commit, or none of a branch without commits.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'r> {
    pub(super) repository: &'r Repository,
    commit: Option<CommitId>,
    root: Option<Oid>,
}

/// One entry of a recursive listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeFile {
    /// From the top of the repository; bytes that are not UTF-8 are replaced.
    pub path: String,
    pub id: BlobId,
    pub kind: FileKind,
}

/// What a listed path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    File,
    /// A file that may be run.
    Executable,
    Symlink,
    /// A submodule, or a file whose name is not UTF-8.
    Other,
}

impl<'r> Snapshot<'r> {
    pub(super) fn of(repository: &'r Repository, commit: CommitId) -> Result<Self, Error> {
        let found = repository.inner.find_commit(commit.0);
        let found = found.map_err(Error::git(GitTask::ReadCommit(commit.to_string())))?;
        Ok(Self { repository, commit: Some(commit), root: Some(found.tree_id()) })
    }

    pub(super) fn empty(repository: &'r Repository) -> Self {
        Self { repository, commit: None, root: None }
    }

    /// The commit whose files these are; `None` on a branch without commits.
    pub fn commit(&self) -> Option<CommitId> {
        self.commit
    }

    pub(super) fn root(&self) -> Option<Oid> {
        self.root
    }

    /// Git's name of the uppermost folder; `None` on a branch without commits.
    pub fn tree(&self) -> Option<String> {
        self.root.map(|root| root.to_string())
    }

    pub(super) fn entry(&self, path: &str) -> Result<Option<TreeEntry>, Error> {
        tree::lookup(self.repository, self.root, path)
    }

    /// The content's name of the file at `path`, `None` if there is nothing.
    ///
    /// # Errors
    /// [`Error::NotAFile`] for a folder, a symbolic link or a submodule.
    pub fn blob_id(&self, path: &str) -> Result<Option<BlobId>, Error> {
        match self.entry(path)? {
            None => Ok(None),
            Some(entry) if entry.is_file() => Ok(Some(BlobId(entry.id))),
            Some(_) => Err(Error::NotAFile { path: path.to_owned() }),
        }
    }

    /// What lies at a path, if anything does.
    ///
    /// # Errors
    /// [`Error::Damaged`] for trees that git could not have made.
    pub fn held(&self, path: &str) -> Result<Option<PathEntry>, Error> {
        Ok(self.entry(path)?.map(|entry| {
            let file = listed("", b"", entry);
            PathEntry { id: file.id, kind: file.kind }
        }))
    }

    /// Git's name of the folder at a path; `None` where there is none.
    ///
    /// # Errors
    /// [`Error::Damaged`] for trees that git could not have made.
    pub fn folder(&self, path: &str) -> Result<Option<String>, Error> {
        let entry = self.entry(path)?.filter(|entry| entry.is_folder());
        Ok(entry.map(|entry| entry.id.to_string()))
    }

    /// The names of all that lies in a folder, `""` for the top; none where there is no folder.
    ///
    /// # Errors
    /// [`Error::Damaged`] for trees that git could not have made.
    pub fn names_in(&self, folder: &str) -> Result<Vec<String>, Error> {
        let entry = match folder {
            "" => self.root.map(TreeEntry::folder),
            folder => self.entry(folder)?.filter(|entry| entry.is_folder()),
        };
        let Some(entry) = entry else { return Ok(Vec::new()) };
        let tree = self.repository.tree(entry.id)?;
        let (mut names, mut at) = (Vec::new(), 0);
        while let Some(placed) = tree.entry_at(at)? {
            names.push(String::from_utf8_lossy(placed.name).into_owned());
            at = placed.end;
        }
        Ok(names)
    }

    /// The repository that it belongs to.
    pub fn repository(&self) -> &'r Repository {
        self.repository
    }

    /// Git's own directory of the working tree.
    pub fn gitdir(&self) -> &'r Path {
        self.repository.gitdir()
    }

    /// Git's names of what lies at these paths, files or folders; those with nothing are left out.
    ///
    /// # Errors
    /// [`Error::Damaged`] for trees that git could not have made.
    pub fn names(&self, paths: &[&str]) -> Result<Vec<String>, Error> {
        let found = paths.iter().filter_map(|path| self.entry(path).transpose());
        found.map(|entry| Ok(entry?.id.to_string())).collect()
    }

    /// The content of the file at `path`, `None` if there is nothing.
    ///
    /// # Errors
    /// [`Error::NotAFile`] for what is not a file, [`Error::TooLarge`] beyond [`MAX_BLOB`] bytes.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let id = self.blob_id(path)?;
        id.map(|id| self.repository.read_limited(id, path)).transpose()
    }

    /// Every file below `folder` in git's order, without reading one; `""` is the whole
    /// repository, and an absent folder is empty.
    ///
    /// # Errors
    /// [`Error::Damaged`] for trees that git could not have made.
    pub fn files_under(&self, folder: &str) -> Result<Vec<TreeFile>, Error> {
        let odb = self.repository.odb()?;
        let folder = folder.trim_end_matches('/');
        let top = match folder {
            "" => self.root.map(TreeEntry::folder),
            _ => self.entry(folder)?.filter(|entry| entry.is_folder()),
        };
        let Some(top) = top else {
            return Ok(Vec::new());
        };
        let mut files = Vec::new();
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        // (tree, next byte, path of the folder with its slash)
        let mut open = vec![(RawTree::read(&odb, top.id)?, 0, prefix)];
        let mut seen = 0_usize;
        while let Some((tree, at, prefix)) = open.last_mut() {
            let Some(placed) = tree.entry_at(*at)? else {
                open.pop();
                continue;
            };
            seen += 1;
            let file = listed(prefix, placed.name, placed.entry);
            let folder = Some(placed.entry).filter(|entry| entry.is_folder());
            *at = placed.end;
            let Some(folder) = folder else {
                files.push(file);
                continue;
            };
            if seen > MOST_ENTRIES || open.len() >= DEEPEST {
                return Err(Error::Damaged(DamagedObject::FolderTooLarge(file.path.clone())));
            }
            open.push((RawTree::read(&odb, folder.id)?, 0, file.path + "/"));
        }
        Ok(files)
    }
}

pub(super) fn listed(prefix: &str, name: &[u8], entry: TreeEntry) -> TreeFile {
    let path = format!("{prefix}{}", String::from_utf8_lossy(name));
    let kind = kind(std::str::from_utf8(name).is_ok(), entry);
    TreeFile { path, id: BlobId(entry.id), kind }
}

pub(super) fn kind(is_text: bool, entry: TreeEntry) -> FileKind {
    match entry.mode {
        _ if !is_text => FileKind::Other,
        SYMLINK => FileKind::Symlink,
        EXECUTABLE => FileKind::Executable,
        _ if entry.is_file() => FileKind::File,
        _ => FileKind::Other,
    }
}

impl Repository {
    /// The content of a blob.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond [`MAX_BLOB`] bytes.
    pub fn read_blob(&self, id: BlobId) -> Result<Vec<u8>, Error> {
        self.read_limited(id, &id.to_string())
    }

    /// The content of a blob that lies at `path`.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond [`MAX_BLOB`] bytes.
    pub fn read_file(&self, id: BlobId, path: &str) -> Result<Vec<u8>, Error> {
        self.read_limited(id, path)
    }

    fn read_limited(&self, id: BlobId, path: &str) -> Result<Vec<u8>, Error> {
        let odb = self.odb()?;
        let failed = || Error::git(GitTask::ReadFile(path.to_string()));
        let (size, kind) = odb.read_header(id.0).map_err(failed())?;
        if kind != ObjectType::Blob {
            return Err(Error::NotAFile { path: path.to_owned() });
        }
        let size = size as u64;
        if size > MAX_BLOB {
            return Err(Error::TooLarge { path: path.to_owned(), size });
        }
        Ok(read::object(&odb, id.0).map_err(failed())?.data().to_vec())
    }
}
