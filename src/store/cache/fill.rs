//! Rows: made of files, a few thousand at a time on all cores.

use std::borrow::Cow;

use rusqlite::{Connection, Transaction, params};
use serde::Serialize;

use super::{CachedFolders, VERSION, tokens};
use crate::{
    domain::{
        analysis::duties::next_due,
        base::{
            ids::{ContactId, PersonId, UnitId},
            terms::Term,
            text::folded,
            time::Timestamp,
        },
        history::{
            contact::Contact,
            person::PersonDetails,
            reach::{ReachList, reach_key},
            record::Record,
            redaction::REDACTED,
            steps::Act,
        },
    },
    store::{
        Store,
        error::Error,
        git::{diff::ChangedPath, ids::BlobId, snapshot::FileKind},
        layout,
        parse::{parse_own, read_person, read_record},
        selection::{contents, happened, is_on_board, reference, touched},
        summary::to_keep,
        yaml,
    },
};

/// So many files are read before their rows are put down.
const BATCH: usize = 4_096;
/// Records are kept whole so many seconds after what happened to them: through this month and the
/// one before, of which reports are made.
pub(super) const RECENT: i64 = 62 * 24 * 60 * 60;

/// A cache could not be brought up to date; why is nobody's matter, it is built anew.
#[derive(Debug)]
pub(super) struct CacheError;

impl From<rusqlite::Error> for CacheError {
    fn from(_: rusqlite::Error) -> Self {
        Self
    }
}

impl From<Error> for CacheError {
    fn from(_: Error) -> Self {
        Self
    }
}

const TABLES: &str = "
    CREATE TABLE made (version TEXT, records TEXT, contacts TEXT, persons TEXT);
    CREATE TABLE record (
        row INTEGER PRIMARY KEY, path TEXT UNIQUE, blob BLOB, id TEXT, tail TEXT, state TEXT,
        unfinished INTEGER, kind TEXT, level TEXT, unit TEXT, assignee TEXT, owner TEXT,
        customer TEXT, called TEXT, channel TEXT, category TEXT, contact TEXT, persons TEXT, received INTEGER,
        touched INTEGER, happened INTEGER, board INTEGER, own INTEGER, product TEXT,
        due INTEGER, updated INTEGER, priority INTEGER, reference TEXT, contents TEXT, summary TEXT,
        body TEXT
    );
    CREATE INDEX record_reference ON record (reference) WHERE reference IS NOT NULL;
    CREATE INDEX record_contents ON record (contents) WHERE contents IS NOT NULL;
    CREATE INDEX record_tail ON record (tail);
    CREATE INDEX record_open ON record (unfinished, received, id);
    CREATE INDEX record_received ON record (received, id);
    CREATE INDEX record_touched ON record (touched);
    CREATE INDEX record_contact ON record (contact);
    CREATE INDEX record_called ON record (called);
    CREATE INDEX record_board ON record (board) WHERE board;
    CREATE INDEX record_kept ON record (happened) WHERE body IS NOT NULL AND NOT board;
    CREATE INDEX record_bare ON record (happened) WHERE body IS NULL;
    CREATE TABLE twin (tail TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TRIGGER record_added AFTER INSERT ON record BEGIN
        INSERT OR IGNORE INTO twin SELECT new.tail
            WHERE EXISTS (SELECT 1 FROM record WHERE tail = new.tail AND row <> new.row);
    END;
    CREATE TRIGGER record_removed AFTER DELETE ON record BEGIN
        DELETE FROM twin WHERE tail = old.tail
            AND (SELECT count(*) FROM record WHERE tail = old.tail) < 2;
    END;
    CREATE TABLE part (whole TEXT, id TEXT);
    CREATE INDEX part_whole ON part (whole);
    CREATE INDEX part_id ON part (id);
    CREATE TABLE occupied (occupation TEXT, engineer TEXT, id TEXT);
    CREATE INDEX occupied_engineer ON occupied (engineer);
    CREATE INDEX occupied_id ON occupied (id);
    CREATE TABLE contact (
        path TEXT PRIMARY KEY, blob BLOB, id TEXT, customer TEXT, called TEXT, merged INTEGER
    );
    CREATE INDEX contact_called ON contact (called);
    CREATE INDEX contact_merged ON contact (id) WHERE merged;
    CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
    CREATE INDEX person_name ON person (name);
    CREATE TABLE reach (id TEXT, key TEXT);
    CREATE INDEX reach_id ON reach (id);
    CREATE INDEX reach_key ON reach (key);
    CREATE TABLE broken (path TEXT PRIMARY KEY, folder TEXT);
    CREATE VIRTUAL TABLE words USING fts5 (
        title, body, content = '', contentless_delete = 1, detail = column, tokenize = 'unicode61'
    );
";

pub(super) fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES)?;
    connection.execute("INSERT INTO made VALUES (?1, NULL, NULL, NULL)", [VERSION])?;
    Ok(())
}

/// What one file becomes.
enum CacheRow {
    /// With the pieces of its title and of everything else, and whether it is spelled as docket
    /// spells it.
    Record(Box<Record>, BlobId, [String; 2], bool),
    Contact(Contact, BlobId),
    Person(PersonDetails),
    Broken,
    Gone,
}

impl CacheRow {
    /// Whether the last thing that happened to a record is that a text was hidden.
    fn hides(&self) -> bool {
        match self {
            Self::Record(record, ..) => {
                record.history.last().is_some_and(|event| matches!(event.act, Act::Redact(_)))
            }
            Self::Contact(..) | Self::Person(_) | Self::Broken | Self::Gone => false,
        }
    }
}

/// Brings the rows from the folders they were made from to the present ones, in one transaction.
/// What happened at `recent` or later is kept whole.
pub(super) fn bring(
    store: &Store,
    connection: &Connection,
    held: &CachedFolders,
    wanted: &CachedFolders,
    recent: i64,
    on_progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(), CacheError> {
    let git = &store.repository;
    let mut changes = git
        .changes_of_folder(
            layout::RECORDS,
            held.records.as_deref(),
            wanted.records.as_deref(),
            usize::MAX,
        )
        .map_err(Error::from)?;
    changes.extend(
        git.changes_of_folder(
            layout::CONTACTS,
            held.contacts.as_deref(),
            wanted.contacts.as_deref(),
            usize::MAX,
        )
        .map_err(Error::from)?,
    );
    let transaction = connection.unchecked_transaction()?;
    changes.extend(changed_persons(store, &transaction, held, wanted)?);
    let all = changes.len();
    let mut hides = false;
    for (nth, batch) in changes.chunks(BATCH).enumerate() {
        let rows = store.in_parallel(batch, row)?;
        for (change, row) in batch.iter().zip(rows) {
            hides |= row.hides();
            put(&transaction, &change.path, row, recent)?;
        }
        on_progress((nth * BATCH + batch.len()).min(all), all);
    }
    keep_recent(store, &transaction, recent)?;
    if hides {
        // else the words that are gone stand in the index until it is next put together
        transaction.execute("INSERT INTO words (words) VALUES ('optimize')", [])?;
    }
    transaction.execute(
        "UPDATE made SET records = ?1, contacts = ?2, persons = ?3",
        params![wanted.records, wanted.contacts, wanted.persons],
    )?;
    transaction.commit()?;
    Ok(())
}

/// The record without what was redacted in it: a cache holds nothing that nobody may see.
fn hidden(record: Record) -> Record {
    let hidden = match record.as_seen(&[], REDACTED) {
        Cow::Owned(seen) => Some(seen),
        Cow::Borrowed(_) => None,
    };
    hidden.unwrap_or(record)
}

/// The files of who the contacts are that changed; all of them where git no longer has those that were
/// there, which are let go of then.
fn changed_persons(
    store: &Store,
    transaction: &Transaction<'_>,
    held: &CachedFolders,
    wanted: &CachedFolders,
) -> Result<Vec<ChangedPath>, CacheError> {
    let changes = |held| {
        let git = &store.repository;
        git.changes_of_folder(layout::PERSONS, held, wanted.persons.as_deref(), usize::MAX)
    };
    if let Ok(changes) = changes(held.persons.as_deref()) {
        return Ok(changes);
    }
    transaction.execute_batch("DELETE FROM person; DELETE FROM reach;")?;
    Ok(changes(None).map_err(Error::from)?)
}

/// Lets go of what is recent no more, and takes in again what a clock that was wrong let go of.
fn keep_recent(
    store: &Store,
    transaction: &Transaction<'_>,
    recent: i64,
) -> Result<(), CacheError> {
    transaction.execute(
        "UPDATE record SET summary = NULL, body = NULL WHERE body IS NOT NULL AND NOT board AND happened < ?1",
        [recent],
    )?;
    let text = "SELECT row, path, blob FROM record WHERE body IS NULL AND happened >= ?1";
    let bare = transaction
        .prepare(text)?
        .query_map([recent], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<Vec<(i64, String, [u8; 20])>>>()?;
    for (row, path, blob) in bare {
        let bytes = store.repository.read_blob(BlobId::from_bytes(blob)).map_err(Error::from)?;
        let record = hidden(read_record(&path, &bytes)?);
        transaction
            .prepare_cached("UPDATE record SET summary = ?2, body = ?3 WHERE row = ?1")?
            .execute(params![row, json(&to_keep(&record)), json(&record)])?;
    }
    Ok(())
}

/// # Errors
/// A file whose content this clone was made without: no cache knows what is in it.
fn row(store: &Store, change: &ChangedPath) -> Result<CacheRow, Error> {
    let Some(held) = change.new else { return Ok(CacheRow::Gone) };
    if !matches!(held.kind, FileKind::File | FileKind::Executable) {
        return Ok(CacheRow::Broken);
    }
    let bytes = match store.repository.read_blob(held.id).map_err(Error::from) {
        Err(why) if why.is_missing() && store.repository.is_partial() => return Err(why),
        Err(_) => return Ok(CacheRow::Broken),
        Ok(bytes) => bytes,
    };
    Ok(if change.path.starts_with(layout::RECORDS) {
        let plain = yaml::from_plain::<Record>(&bytes);
        let plain = plain.filter(|record| layout::record(&record.id) == change.path);
        let own = plain.is_some();
        let Some(record) = plain.or_else(|| read_record(&change.path, &bytes).ok()) else {
            return Ok(CacheRow::Broken);
        };
        let record = hidden(record);
        let words = [record.status.title.clone(), tokens::texts(&record).join("\n")];
        let words = words.map(|text| tokens::pieces(&text));
        CacheRow::Record(Box::new(record), held.id, words, own)
    } else if let Some(path) = in_persons(&change.path) {
        read_person(path, &bytes).map_or(CacheRow::Broken, CacheRow::Person)
    } else if layout::contact_of(&change.path).is_some() {
        let contact = parse_own(&change.path, &bytes);
        contact.map_or(CacheRow::Broken, |contact| CacheRow::Contact(contact, held.id))
    } else {
        CacheRow::Broken
    })
}

/// A path under the reference of who the contacts are, as it is there.
pub(super) fn in_persons(path: &str) -> Option<&str> {
    path.strip_prefix(layout::PERSONS)?.strip_prefix('/')
}

fn put(
    transaction: &Transaction<'_>,
    path: &str,
    row: CacheRow,
    recent: i64,
) -> rusqlite::Result<()> {
    let known: Option<i64> = {
        let mut find = transaction.prepare_cached("SELECT row FROM record WHERE path = ?1")?;
        let mut found = find.query([path])?;
        found.next()?.map(|row| row.get(0)).transpose()?
    };
    if let Some(known) = known {
        transaction.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([known])?;
        transaction.prepare_cached("DELETE FROM record WHERE row = ?1")?.execute([known])?;
    }
    if let Some(id) = layout::record_of(path) {
        transaction.prepare_cached("DELETE FROM part WHERE id = ?1")?.execute([id.as_str()])?;
        transaction.prepare_cached("DELETE FROM occupied WHERE id = ?1")?.execute([id.as_str()])?;
    }
    transaction.prepare_cached("DELETE FROM contact WHERE path = ?1")?.execute([path])?;
    transaction.prepare_cached("DELETE FROM broken WHERE path = ?1")?.execute([path])?;
    if let Some(id) = in_persons(path).and_then(layout::person_of) {
        transaction.prepare_cached("DELETE FROM person WHERE id = ?1")?.execute([id.as_str()])?;
        transaction.prepare_cached("DELETE FROM reach WHERE id = ?1")?.execute([id.as_str()])?;
    }
    match row {
        CacheRow::Gone => {}
        CacheRow::Broken => {
            let folder = path.split('/').next().unwrap_or_default();
            transaction
                .prepare_cached("INSERT INTO broken VALUES (?1, ?2)")?
                .execute([path, folder])?;
        }
        CacheRow::Contact(contact, blob) => {
            transaction
                .prepare_cached("INSERT INTO contact VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
                .execute(params![
                    path,
                    blob.bytes(),
                    contact.id.as_str(),
                    contact.customer,
                    folded(&contact.customer),
                    contact.merged_into.is_some(),
                ])?;
        }
        CacheRow::Person(person) => {
            transaction
                .prepare_cached("INSERT INTO person VALUES (?1, ?2)")?
                .execute(params![person.id.as_str(), folded(&person.name)])?;
            let reaches = ReachList::ALL.iter().flat_map(|list| person.reaches(*list));
            for key in reaches.filter_map(|reach| reach_key(&reach.at)) {
                transaction
                    .prepare_cached("INSERT INTO reach VALUES (?1, ?2)")?
                    .execute(params![person.id.as_str(), key])?;
            }
        }
        CacheRow::Record(record, blob, words, own) => {
            let row = insert(transaction, path, &record, blob, own, recent)?;
            transaction
                .prepare_cached("INSERT INTO words (rowid, title, body) VALUES (?1, ?2, ?3)")?
                .execute(params![row, words[0], words[1]])?;
        }
    }
    Ok(())
}

/// Adds a record with what it is a part of, and who is away for it; the number of its row.
pub(super) fn insert(
    connection: &Connection,
    path: &str,
    record: &Record,
    blob: BlobId,
    own: bool,
    recent: i64,
) -> rusqlite::Result<i64> {
    let happened = happened(record);
    let is_kept = is_on_board(record) || happened >= recent;
    let persons: Vec<String> = record.contacts().iter().map(ToString::to_string).collect();
    let contents: Vec<&str> = contents(record).map(String::as_str).collect();
    let status = &record.status;
    connection
        .prepare_cached(
            "INSERT INTO record (path, blob, id, tail, state, unfinished, kind, level, unit,
                assignee, owner, customer, called, channel, category, contact, persons, received, touched,
                happened, board, own, product, due, updated, priority, reference, contents,
                summary, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)",
        )?
        .execute(params![
            path,
            blob.bytes(),
            record.id.as_str(),
            record.id.tail(),
            status.state.code(),
            status.state.is_unfinished(),
            status.kind.code(),
            status.level.map(Term::code),
            status.unit.as_ref().map(UnitId::as_str),
            status.assignee.as_ref().map(PersonId::as_str),
            status.follower().map(PersonId::as_str),
            status.customer,
            folded(&status.customer),
            status.channel.code(),
            status.category,
            status.contact.as_ref().map(ContactId::as_str),
            persons.join(" "),
            status.received_at.unix(),
            touched(record),
            happened,
            is_on_board(record),
            own,
            status.product,
            next_due(status).map(Timestamp::unix),
            status.times.last_at.unix(),
            status.priority,
            reference(record),
            Some(contents.join(" ")).filter(|contents| !contents.is_empty()),
            is_kept.then(|| json(&to_keep(record))).flatten(),
            is_kept.then(|| json(record)).flatten(),
        ])?;
    let row = connection.last_insert_rowid();
    for whole in record.wholes() {
        connection
            .prepare_cached("INSERT INTO part VALUES (?1, ?2)")?
            .execute([whole.record.as_str(), record.id.as_str()])?;
    }
    for (engineer, with) in status.occupied() {
        connection.prepare_cached("INSERT INTO occupied VALUES (?1, ?2, ?3)")?.execute([
            with.code(),
            engineer.as_str(),
            record.id.as_str(),
        ])?;
    }
    Ok(row)
}

/// A record as it is kept, whole or for lists, where most looks at the desk are about it.
fn json(kept: &impl Serialize) -> Option<String> {
    serde_json::to_string(kept).ok()
}
