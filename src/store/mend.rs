//! What a broken file held when it was last sound.

use std::collections::HashSet;

use crate::{
    domain::{contact::Contact, merge, record::Record},
    store::{
        Store,
        error::{Error, Result},
        file,
        git::{FileChange, ids::CommitId},
        layout, record_file,
        view::View,
    },
};

/// So many commits back a sound version is looked for.
const FURTHEST: usize = 20_000;

/// A record whose status is what its history gives, or a contact under its own name.
#[expect(clippy::large_enum_variant, reason = "a handful at a time")]
enum Sound {
    Record(Record),
    Contact(Contact),
}

impl Store {
    /// The newest sound versions of a record's or contact's file before and in this commit, as one;
    /// `None` where there never was one. Behind a merge that broke the file those of both sides are
    /// put together.
    ///
    /// # Errors
    /// [`Error::Unmergeable`] where the versions are not of one matter; damage in the history.
    pub fn mended(&self, commit: CommitId, path: &str) -> Result<Option<FileChange>> {
        let mut open = vec![commit];
        let mut seen = HashSet::new();
        let mut mended: Option<Sound> = None;
        while let Some(commit) = open.pop() {
            if seen.len() >= FURTHEST || !seen.insert(commit) {
                continue;
            }
            let Some(version) = sound(&self.view_of(commit)?, path) else {
                open.extend(self.commit(commit)?.parents);
                continue;
            };
            mended = Some(match (mended, version) {
                (None, version) => version,
                (Some(Sound::Record(one)), Sound::Record(other)) => {
                    let both = merge::records(&one, &other);
                    let id = one.id.clone();
                    Sound::Record(both.map_err(|clash| Error::Unmergeable { id, clash })?)
                }
                (Some(Sound::Contact(one)), Sound::Contact(other)) => {
                    Sound::Contact(merge::contacts(None, &one, &other))
                }
                (Some(known), _) => known,
            });
        }
        mended
            .map(|version| match version {
                Sound::Record(record) => record_file(&record),
                Sound::Contact(contact) => file(path.to_owned(), &contact),
            })
            .transpose()
    }
}

fn sound(view: &View<'_>, path: &str) -> Option<Sound> {
    if let Some(id) = layout::record_of(path) {
        let record = view.record(&id).ok()??;
        return (record.replay() == record.status).then_some(Sound::Record(record));
    }
    let id = layout::contact_of(path)?;
    let contact = view.contact(&id).ok()??;
    (contact.id == id).then_some(Sound::Contact(contact))
}
