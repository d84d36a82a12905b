//! Which records an id, or the end of one, may mean.

use rusqlite::{Connection, OptionalExtension as _, Row};

use super::{Cache, CachedFolders, Store, View, query::blob};
use crate::{
    domain::base::{
        ids::{RecordId, TAIL},
        text::folded,
    },
    store::{
        find::Purpose,
        git::{changed_folders::PathChange, diff::PathEntry, ids::BlobId, snapshot::FileKind},
        layout,
        selection::reference,
    },
};

/// A file without this names no number.
const REFERENCE: &str = "reference";

/// A record that was asked for by the end of its id.
#[derive(Clone, Debug)]
pub struct LocatedRecord {
    pub id: RecordId,
    /// Its own file and those of the persons it names, by git's names of what is in them, as far as
    /// they are known.
    pub files: Vec<(String, BlobId)>,
}

impl LocatedRecord {
    /// A record of which nothing is known but that it is there.
    pub fn somewhere(id: RecordId) -> Self {
        Self { id, files: Vec::new() }
    }
}

impl Store {
    /// The records with this tail, or an end of it, and their files where they are to be shown;
    /// `None` where the cache cannot say. A cache that is behind will do, with the names that lie in
    /// the folders that have changed since.
    pub fn tails(
        &self,
        view: &View<'_>,
        tail: &str,
        purpose: Purpose,
    ) -> Option<Vec<LocatedRecord>> {
        let now = CachedFolders::of(view).ok()?;
        let (then, Cache { connection, .. }) = &self.as_it_is()?;
        let renewed = |folder, then: &Option<String>, now: &Option<String>| {
            self.repository.renewed(folder, then.as_deref(), now.as_deref()).ok()
        };
        let mut since = renewed(layout::RECORDS, &then.records, &now.records)?;
        if purpose == Purpose::Show {
            since.extend(renewed(layout::CONTACTS, &then.contacts, &now.contacts)?);
        }
        let mut found = located(connection, tail).ok()?;
        found.retain(|known| since.at(&layout::record(&known.id)) != PathChange::Gone);
        for known in &mut found {
            known.files.retain_mut(|(path, id)| match since.at(path) {
                PathChange::AsItWas => purpose == Purpose::Show,
                PathChange::Holds(PathEntry {
                    id: now,
                    kind: FileKind::File | FileKind::Executable,
                }) => {
                    *id = now;
                    purpose == Purpose::Show
                }
                // what is no plain file is for the trees to tell
                PathChange::Holds(_) | PathChange::Gone => false,
            });
        }
        for id in since.paths().filter_map(|path| layout::record_of(&path)) {
            if id.tail().ends_with(tail) && found.iter().all(|known| known.id != id) {
                found.push(LocatedRecord::somewhere(id));
            }
        }
        Some(found)
    }

    /// The records that have this number elsewhere; `None` where the cache, with what has changed
    /// since, cannot say.
    pub fn referred(&self, view: &View<'_>, number: &str) -> Option<Vec<RecordId>> {
        let (Cache { connection, .. }, since) = &self.behind(view)?;
        let number = folded(number);
        let mut ask = connection.prepare("SELECT id FROM record WHERE reference = ?1").ok()?;
        let known = ask.query_map([&number], |row| row.get::<_, String>(0)).ok()?;
        let mut found: Vec<RecordId> = known.filter_map(|id| id.ok()?.parse().ok()).collect();
        for id in since.iter().filter_map(|change| layout::record_of(&change.path)) {
            found.retain(|known| *known != id);
            if view.holds(&layout::record(&id), REFERENCE) {
                found.push(id);
            }
        }
        // what a cache says, and what may have changed since, is for the files to confirm
        found.retain(|id| {
            let record = view.record(id).ok().flatten();
            record.is_some_and(|record| reference(&record).as_ref() == Some(&number))
        });
        found.sort();
        found.dedup();
        Some(found)
    }

    /// The record with this id, by a cache of the very folders that are looked at.
    pub fn located(&self, view: &View<'_>, id: &RecordId) -> Option<LocatedRecord> {
        let Cache { connection, .. } = &self.current(view)?;
        let found = located(connection, id.tail()).ok()?.into_iter();
        let own = layout::record(id);
        found.into_iter().find(|known| known.files.iter().any(|(path, _)| *path == own))
    }
}

fn located(connection: &Connection, tail: &str) -> rusqlite::Result<Vec<LocatedRecord>> {
    let condition = if tail.len() < TAIL { "substr(tail, -length(?1)) = ?1" } else { "tail = ?1" };
    let text = format!("SELECT id, path, blob, persons FROM record WHERE {condition}");
    let mut ask = connection.prepare(&text)?;
    let mut of_contact = connection.prepare("SELECT path, blob FROM contact WHERE path = ?1")?;
    let file = |row: &Row<'_>, at| Ok((row.get(at)?, blob(row.get(at + 1)?)));
    let mut rows = ask.query([tail])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let Ok(id) = row.get::<_, String>(0)?.parse() else { continue };
        let mut files = vec![file(row, 1)?];
        let persons: String = row.get(3)?;
        for id in persons.split(' ').filter_map(|id| id.parse().ok()) {
            let path = layout::contact(&id);
            files.extend(of_contact.query_row([path], |row| file(row, 0)).optional()?);
        }
        found.push(LocatedRecord { id, files });
    }
    // what cannot be read is there all the same
    let mut ask = connection.prepare("SELECT path FROM broken WHERE folder = 'records'")?;
    for path in ask.query_map([], |row| row.get::<_, String>(0))? {
        let id = layout::record_of(&path?).filter(|id| id.tail().ends_with(tail));
        found.extend(id.map(LocatedRecord::somewhere));
    }
    Ok(found)
}
