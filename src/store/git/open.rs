//! Finding and opening repositories, with words for those that cannot be opened.

use std::{
    cell::RefCell,
    fs,
    path::{Path, PathBuf},
};

use git2::{ErrorCode, RepositoryOpenFlags};

use super::{
    LIMITS, MOST_INFOS, MOST_OF_TREES, Repository,
    error::{Error, GitTask, PathFault, UnsupportedFormat},
    reader::TreeReader,
};
use crate::store::recent::Recent;

impl Repository {
    /// Opens the repository that `dir` lies in, be it bare, shallow or a linked working tree.
    ///
    /// # Errors
    /// [`Error::NotARepository`], [`Error::ForeignOwner`], or [`Error::Unsupported`] naming the
    /// setting that libgit2 cannot read.
    pub fn discover(dir: &Path) -> Result<Self, Error> {
        let upwards = RepositoryOpenFlags::CROSS_FS;
        git2::Repository::open_ext(dir, upwards, [] as [&Path; 0]).map(Self::wrap).map_err(
            |error| match git2::Repository::discover_path(dir, [] as [&Path; 0]) {
                Ok(found) => not_opened(&found, error),
                Err(error) if error.code() == ErrorCode::NotFound => {
                    Error::NotARepository { dir: dir.to_owned() }
                }
                Err(error) => {
                    Error::git(GitTask::LookForRepository(dir.display().to_string()))(error)
                }
            },
        )
    }

    /// Git's own directory of this working tree.
    pub fn gitdir(&self) -> &Path {
        &self.gitdir
    }

    /// Opens the repository with this git directory.
    pub fn at(gitdir: &Path) -> Result<Self, Error> {
        git2::Repository::open(gitdir).map(Self::wrap).map_err(|error| not_opened(gitdir, error))
    }

    pub(super) fn wrap(inner: git2::Repository) -> Self {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| git2::opts::strict_hash_verification(false));
        let trimmed = |path: &Path| path.components().collect::<PathBuf>();
        let common = trimmed(inner.commondir());
        let gitdir = trimmed(inner.path());
        Self {
            inner,
            common,
            gitdir,
            limits: LIMITS,
            also: None,
            settings: RefCell::default(),
            trees: RefCell::new(Recent::up_to(MOST_OF_TREES)),
            tree_reader: TreeReader::default(),
            infos: RefCell::new(Recent::up_to(MOST_INFOS)),
        }
    }

    /// The repository with the objects of another folder beside its own.
    pub fn with_objects(self, folder: Option<PathBuf>) -> Result<Self, Error> {
        if let Some(path) = folder.as_ref().and_then(|folder| folder.to_str()) {
            let failed = Error::git(GitTask::ReadObjects(path.to_owned()));
            self.odb()?.add_disk_alternate(path).map_err(failed)?;
        }
        Ok(Self { also: folder, ..self })
    }

    /// Where else objects lie.
    pub fn also(&self) -> Option<PathBuf> {
        self.also.clone()
    }

    /// This working tree's git directory as the journal names it: seen from the common directory,
    /// so that a clone may be moved.
    pub(super) fn gitdir_name(&self) -> Result<String, Error> {
        let path = self.gitdir.strip_prefix(&self.common).unwrap_or(&self.gitdir);
        path.to_str().map(str::to_owned).ok_or_else(|| Error::BadPath {
            path: path.display().to_string(),
            why: PathFault::NotUtf8,
        })
    }
}

/// Says why the repository at `found` cannot be opened.
fn not_opened(found: &Path, error: git2::Error) -> Error {
    if error.code() == ErrorCode::Owner {
        let dir = found.parent().filter(|_| found.ends_with(".git")).unwrap_or(found);
        return Error::ForeignOwner { dir: dir.to_owned() };
    }
    match unknown_extension(found) {
        Some(format) => Error::Unsupported(format),
        None => Error::git(GitTask::OpenRepository(found.display().to_string()))(error),
    }
}

/// The first extension of the repository's format that libgit2 does not know.
fn unknown_extension(gitdir: &Path) -> Option<UnsupportedFormat> {
    let common = fs::read_to_string(gitdir.join("commondir")).ok();
    let common = common.map_or_else(|| gitdir.to_owned(), |text| gitdir.join(text.trim_end()));
    let config = git2::Config::open(&common.join("config")).ok()?;
    let mut entries = config.entries(Some("^extensions\\.")).ok()?;
    while let Some(Ok(entry)) = entries.next() {
        let (name, value) = (entry.name().ok()?.to_owned(), entry.value().unwrap_or_default());
        let known = match name.as_str() {
            "extensions.objectformat" => value.eq_ignore_ascii_case("sha1"),
            "extensions.noop"
            | "extensions.worktreeconfig"
            | "extensions.preciousobjects"
            | "extensions.relativeworktrees" => true,
            _ => false,
        };
        if !known {
            return Some(match name.as_str() {
                "extensions.objectformat" => UnsupportedFormat::Objects(value.to_owned()),
                "extensions.refstorage" => UnsupportedFormat::References(value.to_owned()),
                _ => UnsupportedFormat::Extension(format!("{name}={value}")),
            });
        }
    }
    None
}
