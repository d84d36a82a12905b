//! References that are kept apart and name no commit: other tools made tags, links or nothing that can
//! be read of them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use git2::{ObjectType, Oid};

use super::{
    Notice, Repository,
    apart::{ApartAuthor, ApartDraft, MESSAGE, text_of},
    apart_remote::SIDE_REFERENCES,
    error::{DamagedObject, Error, FileTask, GitTask},
    flush::Flusher,
    ids::CommitId,
    journal::remove_if_there,
    lock::Patience,
    object_writer::ObjectWriter,
    objects::commit_text,
};

impl Repository {
    /// The references kept apart that name no commit.
    ///
    /// # Errors
    /// [`Error::Git`] where they cannot be listed.
    pub fn unsound_side_references(&self) -> Result<Vec<String>, Error> {
        let mut names = BTreeSet::new();
        let listed = self.inner.references_glob(&format!("{SIDE_REFERENCES}*"));
        let mut listed = listed.map_err(Error::git(GitTask::ListBranches))?;
        names.extend(listed.names().flatten().map(str::to_owned));
        names.extend(self.loose_side_references(SIDE_REFERENCES));
        let is_unsound = |name: &String| matches!(self.apart_commit(name), Err(Error::Damaged(_)));
        Ok(names.into_iter().filter(is_unsound).collect())
    }

    /// The references below a folder that have a file of their own, also such as git does not list, for
    /// it cannot read them.
    pub(super) fn loose_side_references(&self, folder: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.common.join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                let is_lock = path.extension().is_some_and(|ending| ending == "lock");
                match path.strip_prefix(&self.common).ok().and_then(Path::to_str) {
                    _ if is_folder => folders.push(path),
                    Some(name) if !is_lock => found.push(name.to_owned()),
                    Some(_) | None => {}
                }
            }
        }
        found
    }

    /// Lets a reference name a commit without a parent, of the files to which it led; removes it where
    /// it led to none.
    ///
    /// # Errors
    /// [`Error::Git`] or [`Error::Io`] where it cannot be written.
    pub fn repair_side_reference(
        &self,
        reference: &str,
        by: Option<&ApartAuthor>,
        on_notice: &dyn Fn(Notice),
    ) -> Result<(), Error> {
        let mut patience = Patience::new(self.limits, on_notice);
        let _lock = self.lock(&mut patience)?;
        if !matches!(self.apart_commit(reference), Err(Error::Damaged(DamagedObject::Apart(_)))) {
            return Ok(());
        }
        // stored before anything is removed
        let new = self
            .files_under(reference)
            .map(|tree| self.stored_side_commit(tree, by))
            .transpose()?;
        let failed = || Error::git(GitTask::MoveBranch(reference.to_owned()));
        match (self.link_to(reference), self.inner.find_reference(reference)) {
            (None, Ok(mut found)) => found.delete().map_err(failed())?,
            (link, _) => {
                let file = link.unwrap_or_else(|| self.common.join(reference));
                remove_if_there(&file).map_err(Error::io(FileTask::Remove, file))?;
            }
        }
        let Some(new) = new else { return Ok(()) };
        self.move_apart(&[ApartDraft { reference: reference.to_owned(), old: None, new }]).map(drop)
    }

    /// The tree to which a reference leads, through tags and other names.
    fn files_under(&self, reference: &str) -> Option<Oid> {
        let found = self.inner.find_reference(reference).ok()?;
        found.peel_to_tree().ok().map(|tree| tree.id())
    }

    fn stored_side_commit(&self, tree: Oid, by: Option<&ApartAuthor>) -> Result<CommitId, Error> {
        let text = match by {
            Some(by) => commit_text(&[], tree, by, MESSAGE)?,
            None => text_of(&tree).into_bytes(),
        };
        let mut flusher = Flusher::default();
        let new = ObjectWriter::of(self, &mut flusher)?.put(ObjectType::Commit, &text)?;
        flusher.finish().map_err(Error::io(FileTask::Flush, &self.common))?;
        Ok(CommitId(new))
    }

    /// The link on the way to a reference's file, which would lead writes to another place.
    pub(super) fn link_to(&self, reference: &str) -> Option<PathBuf> {
        let place = self.common.join(reference);
        let within = place.ancestors().take_while(|it| *it != self.common);
        within.filter(|it| it.is_symlink()).last().map(Path::to_owned)
    }
}
