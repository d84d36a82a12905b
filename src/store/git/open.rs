//! Finding and opening repositories, with words for those that cannot be opened.

use std::{
    cell::RefCell,
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use git2::{ErrorCode, RepositoryOpenFlags};

use super::{
    LIMITS, MOST_INFOS, MOST_OF_TREES, Repository,
    error::{Error, FileTask, GitTask, PathFault, UnsupportedFormat},
    reader::TreeReader,
    settings::last_words,
    variables::GitVariables,
};
use crate::store::recent::Recent;

impl Repository {
    /// Opens the repository that git means in `dir`, be it bare, shallow or a linked working tree.
    /// Where variables name another one, or it does not belong to the user, git itself says which one
    /// that is and whether it is trusted.
    ///
    /// # Errors
    /// [`Error::NotARepository`], [`Error::ForeignOwner`], or [`Error::Unsupported`] naming the
    /// setting that libgit2 cannot read.
    pub fn discover(dir: &Path, variables: &GitVariables) -> Result<Self, Error> {
        if variables.name_a_place() {
            return Self::told(dir, variables);
        }
        let upwards = RepositoryOpenFlags::CROSS_FS;
        match git2::Repository::open_ext(dir, upwards, [] as [&Path; 0]) {
            Ok(found) => {
                let found = Self::wrap(found, variables.clone());
                if found.is_own() { Ok(found) } else { Self::told(dir, variables) }
            }
            Err(error) if error.code() == ErrorCode::Owner => Self::told(dir, variables),
            Err(error) => Err(match git2::Repository::discover_path(dir, [] as [&Path; 0]) {
                Ok(found) => not_opened(&found, error),
                Err(error) if error.code() == ErrorCode::NotFound => {
                    Error::NotARepository { dir: dir.to_owned() }
                }
                Err(error) => {
                    Error::git(GitTask::LookForRepository(dir.display().to_string()))(error)
                }
            }),
        }
    }

    /// Whether all that git looks at belongs to the user, so that it trusts without being told to. A
    /// bare repository it may trust only by name.
    fn is_own(&self) -> bool {
        let user = rustix::process::geteuid().as_raw();
        let of_user = |path: &Path| fs::symlink_metadata(path).is_ok_and(|it| it.uid() == user);
        self.workdir().is_some_and(|top| of_user(top) && of_user(&top.join(".git")))
            && of_user(&self.gitdir)
    }

    /// Opens the repository that git names, and trusts, in `dir`.
    fn told(dir: &Path, variables: &GitVariables) -> Result<Self, Error> {
        let mut git = Command::new("git");
        variables.set(&mut git);
        git.args(["rev-parse", "--absolute-git-dir", "--git-common-dir", "--show-toplevel"]);
        git.env("LC_ALL", "C").current_dir(dir).stdin(Stdio::null());
        let output = git.output().map_err(Error::io(FileTask::Run, "git"))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut lines = text.lines().map(|line| dir.join(line));
        // a bare repository has no top, which git calls an error
        let (Some(gitdir), Some(common)) = (lines.next(), lines.next()) else {
            return Err(not_told(dir, &output.stderr));
        };
        let found = git2::Repository::open_bare(&gitdir).map_err(|why| not_opened(&gitdir, why))?;
        let same = |path: &Path| fs::canonicalize(path).ok();
        if same(found.commondir()) != same(&common) {
            return Err(Error::Unsupported(UnsupportedFormat::CommonDirectory));
        }
        if let Some(top) = lines.next() {
            let failed = GitTask::OpenRepository(top.display().to_string());
            found.set_workdir(&top, false).map_err(Error::git(failed))?;
        }
        Ok(Self::wrap(found, variables.clone()))
    }

    /// Git's own directory of this working tree.
    pub fn gitdir(&self) -> &Path {
        &self.gitdir
    }

    /// Opens the objects and references with this git directory, which was opened before or is our own.
    pub fn at(gitdir: &Path) -> Result<Self, Error> {
        let opened = git2::Repository::open_bare(gitdir);
        let opened = opened.map_err(|error| not_opened(gitdir, error))?;
        Ok(Self::wrap(opened, GitVariables::default()))
    }

    pub(super) fn wrap(inner: git2::Repository, variables: GitVariables) -> Self {
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
            variables,
            settings: RefCell::default(),
            identities: Default::default(),
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

/// Says why git names no repository in `dir`.
fn not_told(dir: &Path, stderr: &[u8]) -> Error {
    let output = last_words(stderr);
    if output.contains("dubious ownership") {
        let named = output.split('\'').nth(1).map(PathBuf::from);
        return Error::ForeignOwner { dir: named.unwrap_or_else(|| dir.to_owned()) };
    }
    if output.starts_with("not a git repository") {
        return Error::NotARepository { dir: dir.to_owned() };
    }
    Error::Refused { task: GitTask::OpenRepository(dir.display().to_string()), output }
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
