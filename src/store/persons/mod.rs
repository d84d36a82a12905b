//! Who the customers' persons are, in the files beside the branch.

mod agreed;
pub mod erased;
pub mod merge;

use crate::{
    domain::{
        base::ids::{ContactId, EventId},
        history::{contact::Contact, person::PersonDetails},
    },
    store::{
        Store,
        error::{Error, Result},
        git::{
            FileChange,
            apart::{ApartAuthor, ApartChange},
            diff::{ChangedPath, PathEntry},
            ids::CommitId,
            snapshot::{FileKind, Snapshot},
        },
        layout,
        parse::{person_file, read_person},
    },
};

/// The file in which a repair notes whom it took away because no branch knows them.
const STRAYS: &str = "strays";

impl Store {
    /// The files after which this clone knows who these contacts are; those it knew before name the change
    /// that is made.
    ///
    /// # Errors
    /// What cannot be read, and a person of whom more is told than a file holds.
    pub fn with_persons(
        &self,
        contacts: &[Contact],
        by: ApartAuthor,
        change: &EventId,
    ) -> Result<Vec<ApartChange>> {
        let known = self.repository.apart(layout::PERSONS)?;
        let mut files = Vec::new();
        for person in contacts.iter().filter_map(|contact| contact.person.as_ref()) {
            let path = layout::person(&person.id);
            let mut person = person.clone();
            if known.blob_id(&path)?.is_some() {
                person.note_changes([change.clone()]);
            }
            files.push(person_file(path, &person)?);
        }
        let (reference, by) = (layout::PERSONS.to_owned(), Some(by));
        let change = ApartChange { reference, files, by };
        Ok(Some(change).filter(|change| !change.files.is_empty()).into_iter().collect())
    }

    /// Notes that these files said of nobody whom a branch knows, and were taken away.
    pub fn note_strays(&self, paths: &[String]) {
        let mut noted = self.repository.recall(STRAYS).unwrap_or_default();
        for id in paths.iter().filter_map(|path| layout::person_of(path)) {
            if !self.is_stray(&id) {
                noted.extend(format!("{id}\n").into_bytes());
            }
        }
        self.repository.remember(STRAYS, &noted);
    }

    /// Whether [`Self::note_strays`] has noted somebody.
    pub(super) fn is_stray(&self, id: &ContactId) -> bool {
        let noted = self.repository.recall(STRAYS).unwrap_or_default();
        noted.split(|byte| *byte == b'\n').any(|line| line == id.as_str().as_bytes())
    }

    /// Lets contacts be known by their ids alone, as in a clone without names.
    pub fn know_nobody(&self) {
        self.memory.knows_nobody.set(true);
    }

    /// Lets contacts be who a push says, until the push is taken.
    pub fn know_pushed_persons(&self, commit: CommitId) {
        self.memory.pushed_persons.set(Some(commit));
    }
}

impl ChangedPath {
    /// The path under the reference of people.
    pub(super) fn in_persons(&self) -> &str {
        let path = self.path.strip_prefix(layout::PERSONS).unwrap_or(&self.path);
        path.trim_start_matches('/')
    }

    /// What lies there on each side, if it is what docket writes of a person.
    ///
    /// # Errors
    /// [`Error::Newer`] where a later docket wrote it: what it means is not for this one to say.
    pub(super) fn persons(&self, store: &Store) -> Result<[Option<PersonDetails>; 2]> {
        let path = self.in_persons();
        let read = |held: Option<PathEntry>| {
            let held = held.filter(|held| held.kind == FileKind::File);
            let bytes = held.and_then(|held| store.repository.read_blob(held.id).ok());
            match bytes.map(|bytes| read_person(path, &bytes)) {
                Some(Err(newer @ Error::Newer { .. })) => Err(newer),
                read => Ok(read.and_then(Result::ok)),
            }
        };
        Ok([read(self.old)?, read(self.new)?])
    }
}

pub(super) fn person_in(persons: &Snapshot<'_>, path: &str) -> Option<PersonDetails> {
    read_person(path, &persons.read(path).ok()??).ok()
}

/// The changes after which this clone knows nothing of these people.
pub fn without_persons(ids: &[ContactId], by: &ApartAuthor) -> Vec<ApartChange> {
    without_files(&ids.iter().map(layout::person).collect::<Vec<_>>(), by)
}

/// The changes that take files out of all that this clone knows of people.
pub fn without_files(paths: &[String], by: &ApartAuthor) -> Vec<ApartChange> {
    if paths.is_empty() {
        return Vec::new();
    }
    let gone = |path: &String| FileChange { path: path.clone(), content: None };
    let of = |reference: &str| ApartChange {
        reference: reference.to_owned(),
        files: paths.iter().map(gone).collect(),
        // what was agreed on is nobody's word, and older than whatever the remote has
        by: (reference == layout::PERSONS).then(|| by.clone()),
    };
    layout::PEOPLE_REFERENCES.map(of).to_vec()
}
