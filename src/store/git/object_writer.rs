//! Writing objects and putting them on the way to the disk.

use std::{
    fs,
    path::{Path, PathBuf},
};

use git2::{ObjectType, Odb, OdbLookupFlags, Oid};

use super::{
    Repository,
    error::{Error, FileTask, GitTask},
    flush::Flusher,
};

/// Where new objects go, on their way to the disk; nothing points at them yet.
pub(super) struct ObjectWriter<'r, 'f> {
    odb: Odb<'r>,
    folder: PathBuf,
    flusher: &'f mut Flusher,
}

impl<'r, 'f> ObjectWriter<'r, 'f> {
    pub(super) fn of(repository: &'r Repository, flusher: &'f mut Flusher) -> Result<Self, Error> {
        Ok(Self { odb: repository.odb()?, folder: repository.common.join("objects"), flusher })
    }

    pub(super) fn odb(&self) -> &Odb<'r> {
        &self.odb
    }

    /// Writes an object and gives its name.
    pub(super) fn put(&mut self, kind: ObjectType, bytes: &[u8]) -> Result<Oid, Error> {
        let failed = || Error::git(GitTask::WriteObject);
        let id = Oid::hash_object(kind, bytes).map_err(failed())?;
        let is_there = self.odb.exists_ext(id, OdbLookupFlags::NO_REFRESH);
        if is_there && !self.odb.read(id).is_ok_and(|object| object.data() == bytes) {
            // a power cut left it empty; libgit2 would believe it and write nothing
            let place = self.place(id);
            fs::remove_file(&place).map_err(Error::io(FileTask::Replace, &place))?;
        }
        self.odb.write(kind, bytes).map_err(failed())?;
        self.written(id);
        Ok(id)
    }

    /// Takes up an object that somebody else has written.
    pub(super) fn written(&mut self, id: Oid) {
        let place = self.place(id);
        self.flusher.begin(place.clone());
        // the upper one as well: somebody may have made the lower one a moment ago, and not flushed
        let own = place.parent().map(Path::to_path_buf);
        own.into_iter().chain([self.folder.clone()]).for_each(|folder| self.flusher.add(folder));
    }

    fn place(&self, id: Oid) -> PathBuf {
        let name = id.to_string();
        let (first, rest) = name.split_at(2);
        self.folder.join(first).join(rest)
    }
}
