//! The files of records, which lie outside the branch: `refs/docket/files/` and the record's id.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::{
    Store,
    error::Result,
    git::{
        FileChange,
        apart::ApartChange,
        ids::CommitId,
        snapshot::{FileKind, Snapshot},
    },
    layout,
    view::View,
};
use crate::domain::{
    base::ids::RecordId,
    history::{
        record::Record,
        status::parts::AttachmentEntry,
        steps::{
            Act,
            attach::{KeptFile, path_of},
        },
    },
};

/// The folder of the references.
pub const FOLDER: &str = "refs/docket/files/";
/// What the remotes hold as far as this clone knows: lines `REMOTE RECORD COMMIT`, or [`LOST`] in the place
/// of the commit.
const SENT: &str = "files-sent";
/// That neither this clone nor the remote had a record's files when it was last asked.
const LOST: &str = "-";
/// On which day this clone last asked which remote what it holds: a line `REMOTE DAY`.
const ASKED: &str = "files-asked";
/// Up to which commit the files that are here were held against the records.
const SEEN: &str = "files-seen";

/// The reference under which the files of a record lie.
pub fn reference(id: &RecordId) -> String {
    format!("{FOLDER}{id}")
}

/// The record whose files lie under a reference; `None` for any other.
pub fn record_of(reference: &str) -> Option<RecordId> {
    reference.strip_prefix(FOLDER)?.parse().ok()
}

/// The SHA-256 of a content, as `sha256sum` prints it.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The content of a file that is to be kept, where it lies there as it was attached.
fn content_in(files: &Snapshot<'_>, kept: KeptFile<'_>) -> Result<Option<Vec<u8>>> {
    let path = kept.path();
    if files.held(&path)?.is_none_or(|held| held.kind != FileKind::File) {
        return Ok(None);
    }
    let is_kept = |bytes: &Vec<u8>| {
        bytes.len() as u64 == u64::from(kept.attached.size) && sha256(bytes) == kept.attached.sha256
    };
    Ok(files.read(&path)?.filter(is_kept))
}

/// The paths of all files that a record ever had.
fn files_had(record: &Record) -> BTreeSet<String> {
    let had = record.history.iter().filter_map(|event| match &event.act {
        Act::Attach(attach) => Some(path_of(&event.stamp.id, attach.file_type)),
        _ => None,
    });
    had.collect()
}

impl Store {
    /// The records of which this clone has files, each with the commit of them.
    pub fn records_with_files(&self) -> Result<Vec<(RecordId, CommitId)>> {
        let all = self.git().apart_under(FOLDER)?;
        let known = all.into_iter().filter_map(|(name, commit)| Some((record_of(&name)?, commit)));
        Ok(known.collect())
    }

    /// What this clone has in the place of an attachment.
    pub fn attached(&self, record: &Record, entry: &AttachmentEntry) -> Result<Option<Vec<u8>>> {
        let path = entry.path();
        for files in self.own_files(record)? {
            if let Some(bytes) = files.read(&path)? {
                return Ok(Some(bytes));
            }
        }
        Ok(None)
    }

    /// The names of a record's files that are to be here and are not: all of them where this clone has
    /// some, or `is_last` says that nobody else could have them; else they may be got from elsewhere.
    pub fn files_missing(&self, record: &Record, is_last: bool) -> Result<Vec<String>> {
        let kept: Vec<_> =
            record.status.attachments.iter().filter(|it| it.dropped_at.is_none()).collect();
        let has_some = || self.git().apart_commit(&reference(&record.id)).map(|it| it.is_some());
        if kept.is_empty() || !is_last && !has_some()? {
            return Ok(Vec::new());
        }
        let own = self.own_files(record)?;
        let mut missing = Vec::new();
        for entry in kept {
            let path = entry.path();
            let held = own.iter().map(|files| files.held(&path));
            if held.collect::<std::result::Result<Vec<_>, _>>()?.iter().all(Option::is_none) {
                missing.push(entry.name.clone());
            }
        }
        Ok(missing)
    }

    /// Where files of a record may lie here: under its id, or the one it was opened under.
    fn own_files(&self, record: &Record) -> Result<Vec<Snapshot<'_>>> {
        let ids = std::iter::once(&record.id).chain(&record.formerly);
        ids.map(|id| Ok(self.git().apart(&reference(id))?)).collect()
    }

    /// What has to change so that this clone holds of a record's files those that it is to have, as
    /// far as they are here or in `theirs`, and nothing else. A record that was opened under this one's
    /// id elsewhere comes first: its files may still lie here.
    pub fn files_in_step(
        &self,
        view: &View<'_>,
        record: &Record,
        theirs: Option<CommitId>,
    ) -> Result<Vec<ApartChange>> {
        let mut changes = Vec::new();
        for other in &record.namesakes {
            if let Some(other) = view.record(other)? {
                let change = self.files_of(&other, theirs)?;
                changes.extend(Some(change).filter(|change| !change.files.is_empty()));
            }
        }
        changes.push(self.files_of(record, theirs)?);
        Ok(changes)
    }

    fn files_of(&self, record: &Record, theirs: Option<CommitId>) -> Result<ApartChange> {
        let own = self.git().apart(&reference(&record.id))?;
        let theirs = theirs.map(|commit| self.git().snapshot(commit)).transpose()?;
        let sources: Vec<Snapshot<'_>> =
            self.own_files(record)?.into_iter().skip(1).chain(theirs).collect();
        let mut files = Vec::new();
        let mut paths = BTreeSet::new();
        for kept in record.kept_files() {
            let path = kept.path();
            if content_in(&own, kept)?.is_none() {
                let found = sources.iter().find_map(|it| content_in(it, kept).transpose());
                // what is here and is not what was attached goes, or it would be sent
                let Some(content) = found.transpose()? else { continue };
                files.push(FileChange { path: path.clone(), content: Some(content) });
            }
            paths.insert(path);
        }
        let held = own.files_under("")?.into_iter().map(|file| file.path);
        let mut gone: Vec<String> = held.filter(|path| !paths.contains(path)).collect();
        if !gone.is_empty() {
            gone = self.given_up(record, gone)?;
        }
        files.extend(gone.into_iter().map(|path| FileChange { path, content: None }));
        Ok(ApartChange { reference: reference(&record.id), files, by: None })
    }

    /// Of these files, which a record has not, those that go: what it had and gave up, and what no other
    /// branch of this clone has it keep either. Where another branch cannot be read, only the former.
    fn given_up(&self, record: &Record, mut files: Vec<String>) -> Result<Vec<String>> {
        let had = files_had(record);
        for tip in self.git().tips_with(&layout::record(&record.id))? {
            let there = self.view_of(tip).and_then(|view| view.record(&record.id));
            let kept = there.ok().map(|there| -> BTreeSet<String> {
                there.iter().flat_map(Record::kept_files).map(|file| file.path()).collect()
            });
            let is_kept = |path: &String| kept.as_ref().is_none_or(|kept| kept.contains(path));
            files.retain(|path| had.contains(path) || !is_kept(path));
        }
        Ok(files)
    }

    /// Whether every file of a commit is one that the record, or one that had its id, has or had.
    pub fn are_files_known(
        &self,
        view: &View<'_>,
        id: &RecordId,
        commit: CommitId,
    ) -> Result<bool> {
        let Some(record) = view.record(id)? else { return Ok(false) };
        let namesakes = record.namesakes.iter().map(|other| view.record(other));
        let namesakes = namesakes.collect::<Result<Vec<_>>>()?.into_iter().flatten();
        let known: BTreeSet<String> = std::iter::once(record.clone())
            .chain(namesakes)
            .flat_map(|it| files_had(&it))
            .collect();
        let held = self.git().snapshot(commit)?.files_under("")?;
        Ok(held.iter().all(|file| known.contains(&file.path)))
    }

    /// A commit of a record's files as others are to get it: without those that the record has not, which
    /// stay here for another branch. `None` where it has none of them.
    pub fn files_to_send(&self, record: &Record, commit: CommitId) -> Result<Option<CommitId>> {
        let paths: BTreeSet<String> = record.kept_files().map(|file| file.path()).collect();
        let held = self.git().snapshot(commit)?.files_under("")?;
        let other = held.into_iter().map(|file| file.path).filter(|path| !paths.contains(path));
        let other: Vec<String> = other.collect();
        if other.is_empty() {
            return Ok(Some(commit));
        }
        Ok(self.git().apart_without(commit, &other)?)
    }

    /// What stands against letting a reference hold a commit: a sentence of the audit, or nothing.
    pub fn files_that_differ(
        &self,
        record: &Record,
        before: Option<CommitId>,
        commit: CommitId,
    ) -> Result<Option<FilesFault>> {
        if !self.git().is_apart(commit)? || !self.git().is_exact_tree(commit, 0)? {
            return Ok(Some(FilesFault::NotApart));
        }
        let files = self.git().snapshot(commit)?;
        for file in files.files_under("")? {
            let known = record.kept_files().find(|kept| kept.path() == file.path);
            let fits = match known {
                Some(kept) => content_in(&files, kept)?.is_some(),
                None => false,
            };
            if !fits {
                return Ok(Some(FilesFault::Other(file.path)));
            }
        }
        let before = before.map(|before| self.git().snapshot(before)).transpose()?;
        for kept in record.kept_files() {
            let was_there = match &before {
                Some(before) => content_in(before, kept)?.is_some(),
                None => false,
            };
            if was_there && content_in(&files, kept)?.is_none() {
                return Ok(Some(FilesFault::Lost(kept.path())));
            }
        }
        Ok(None)
    }

    /// What a remote holds of the records' files as far as this clone knows.
    pub fn files_sent(&self, remote: &str) -> BTreeMap<RecordId, CommitId> {
        let lines = self.sent_lines();
        let own = sent(&lines).filter(|(to, _, _)| *to == remote);
        own.filter_map(|(_, id, commit)| Some((id.parse().ok()?, commit.parse().ok()?))).collect()
    }

    /// The records whose files neither this clone nor the remote had when it was last asked.
    pub fn files_lost(&self, remote: &str) -> BTreeSet<RecordId> {
        let lines = self.sent_lines();
        let lost = sent(&lines).filter(|(to, _, commit)| *to == remote && *commit == LOST);
        lost.filter_map(|(_, id, _)| id.parse().ok()).collect()
    }

    /// Whether anything was ever heard of the records' files at a remote.
    pub fn has_heard_of_files(&self, remote: &str) -> bool {
        sent(&self.sent_lines()).any(|(to, _, _)| to == remote)
    }

    fn sent_lines(&self) -> String {
        String::from_utf8(self.repository.recall(SENT).unwrap_or_default()).unwrap_or_default()
    }

    /// Notes what a remote holds of a record's files; not to know it costs a question.
    pub fn note_files_sent(&self, remote: &str, id: &RecordId, commit: Option<CommitId>) {
        self.note_held(remote, id, commit.map(|commit| commit.to_string()));
    }

    /// Notes that a remote has lost a record's files, which are not here either.
    pub fn note_files_lost(&self, remote: &str, id: &RecordId) {
        self.note_held(remote, id, Some(LOST.to_owned()));
    }

    fn note_held(&self, remote: &str, id: &RecordId, held: Option<String>) {
        self.repository.note(SENT, |before| {
            let before = String::from_utf8(before).unwrap_or_default();
            let others =
                sent(&before).filter(|(to, record, _)| *to != remote || *record != id.as_str());
            let mut lines: String =
                others.map(|(to, record, commit)| format!("{to} {record} {commit}\n")).collect();
            if let Some(held) = held {
                lines += &format!("{remote} {id} {held}\n");
            }
            Some(lines.into_bytes())
        });
    }

    /// Keeps of what a remote held what `held` says by the names of references: it lost the rest. That is
    /// sent again where it is `here`, and else noted as lost.
    pub fn keep_files_sent(
        &self,
        remote: &str,
        held: &BTreeMap<String, CommitId>,
        here: &BTreeSet<RecordId>,
    ) {
        self.repository.note(SENT, |before| {
            let before = String::from_utf8(before).unwrap_or_default();
            let is_here = |record: &str| record.parse().is_ok_and(|id| here.contains(&id));
            let line = |(to, record, commit): (&str, &str, &str)| {
                let held = held.get(&format!("{FOLDER}{record}")).map(ToString::to_string);
                let commit = match held {
                    _ if to != remote => commit,
                    Some(held) if held == commit => commit,
                    None if !is_here(record) => LOST,
                    Some(_) | None => return None,
                };
                Some(format!("{to} {record} {commit}\n"))
            };
            Some(sent(&before).filter_map(line).collect::<String>().into_bytes())
        });
    }

    /// Whether this clone asked a remote on a day what it holds.
    pub fn asked_for_files(&self, remote: &str, day: NaiveDate) -> bool {
        self.repository.recall(ASKED).is_some_and(|noted| noted == asked(remote, day))
    }

    /// Notes that this clone asked a remote on a day what it holds.
    pub fn note_asked_for_files(&self, remote: &str, day: NaiveDate) {
        self.repository.remember(ASKED, &asked(remote, day));
    }

    /// Lets the next sync ask what a remote holds, which may have lost it.
    pub fn forget_asked_for_files(&self) {
        self.repository.remember(ASKED, &[]);
    }

    /// The commit up to which the files that are here were held against the records.
    pub fn files_seen(&self) -> Option<CommitId> {
        let text = String::from_utf8(self.repository.recall(SEEN)?).ok()?;
        text.trim().parse().ok()
    }

    /// Notes that the files which are here were held against the records of a commit.
    pub fn note_files_seen(&self, commit: CommitId) {
        self.repository.note(SEEN, |_| Some(format!("{commit}\n").into_bytes()));
    }
}

/// What is wrong with a reference of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesFault {
    /// A commit that docket did not make: with parents, an author or words of its own.
    NotApart,
    /// A file that the record does not have, or has otherwise.
    Other(String),
    /// A file that was there, and that the record still has.
    Lost(String),
}

fn asked(remote: &str, day: NaiveDate) -> Vec<u8> {
    format!("{remote} {day}\n").into_bytes()
}

fn sent(lines: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    lines.lines().filter_map(|line| {
        let mut words = line.split(' ');
        let known = (words.next()?, words.next()?, words.next()?);
        words.next().is_none().then_some(known)
    })
}
