//! A desk as it stands in one commit.

mod contacts;
mod customers;
mod drafts;
pub mod promises;
pub mod rules;

use std::{
    borrow::Cow,
    cell::{OnceCell, RefCell},
    collections::{HashMap, HashSet},
    rc::Rc,
};

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    domain::{
        base::{
            ids::{AgreementId, ContactId, PersonId, RecordId},
            terms::Party,
            zone::Zone,
        },
        deciding::scene::Lookup,
        history::{
            contact::Contact,
            record::Record,
            redaction::REDACTED,
            refusal::Refusal,
            status::Occupation,
            steps::{redact::Redact, survey_send::SurveyQuestion},
        },
    },
    store::{
        cache::ChosenFile,
        error::{Error, Result},
        git::{
            self, Repository,
            diff::PathEntry,
            ids::{BlobId, CommitId},
            snapshot::{FileKind, Snapshot, TreeFile},
        },
        holders::contains,
        layout, parallel,
        parse::{oversized, parse_own, parse_rules, read_record, text_of},
        read_cache::ReadCache,
        summary::Summary,
        view::rules::RulesAsOf,
        yaml,
        zone::{Notation, told_in},
    },
};

/// Records, contacts and policy of one commit.
#[derive(Debug)]
pub struct View<'a> {
    pub(in crate::store) snapshot: Snapshot<'a>,
    /// Files whose content a cache has named, which spares looking for them in the trees.
    known: RefCell<HashMap<String, BlobId>>,
    /// A file that was only glanced at, for whoever reads it next.
    glanced: RefCell<Option<(String, Vec<u8>)>>,
    /// Contacts that were asked for: their folder is large, and one step asks several times.
    contacts: RefCell<HashMap<ContactId, Option<Contact>>>,
    /// The commit that says who the contacts are, as far as this clone knows today.
    persons: OnceCell<Option<CommitId>>,
    /// What other commits may have held as well.
    memory: &'a ReadCache,
    /// Whether that is so of records and contacts.
    is_one_of_many: bool,
    /// Files that stand in the place of the commit's, or that are taken away.
    overlay: Overlay,
    /// The zone that times of records are told in; as their files tell them where there is none.
    zone: Option<Zone>,
    /// What stands in place of redacted texts; they are there where there is none.
    mark: Option<&'static str>,
    /// The desk as it stands now, where this is how it stood once: what was redacted since is hidden.
    later: Option<Snapshot<'a>>,
    /// As of when its rules are asked for; of the commit where nothing is told.
    as_of: Option<RulesAsOf>,
}

/// Files by their paths, with their content; `None` for one that is taken away.
pub type Overlay = HashMap<String, Option<Vec<u8>>>;

/// A file that could not be read, and why; all others are.
#[derive(Debug)]
pub struct UnreadableFile {
    pub path: String,
    pub why: Error,
}

impl<'a> View<'a> {
    pub(in crate::store) fn of(snapshot: Snapshot<'a>, memory: &'a ReadCache) -> Self {
        Self {
            snapshot,
            known: RefCell::default(),
            glanced: RefCell::default(),
            contacts: RefCell::default(),
            persons: OnceCell::new(),
            memory,
            is_one_of_many: false,
            zone: None,
            mark: None,
            later: None,
            overlay: Overlay::new(),
            as_of: memory.now.get().map(RulesAsOf::Instant),
        }
    }

    /// As [`Self::of`], for one of many commits that are looked at one after the other.
    pub(in crate::store) fn one_of_many(snapshot: Snapshot<'a>, memory: &'a ReadCache) -> Self {
        Self { is_one_of_many: true, ..Self::of(snapshot, memory) }
    }

    /// The same with other files in their places, as if they were committed.
    pub fn with_files(self, overlay: Overlay) -> Self {
        Self { overlay, ..self }
    }

    /// The same for whoever looks: each time of a record is told in `zone`, and `mark` stands in place of
    /// texts that were redacted. What is written, and what an auditor compares, stays as it is.
    pub fn told_in(self, zone: Zone, mark: &'static str) -> Self {
        Self { zone: Some(zone), mark: Some(mark), ..self }
    }

    /// The same, which hides what was redacted until `now` as well.
    pub fn looked_back_from(self, now: &View<'a>) -> Self {
        Self { later: Some(now.snapshot), ..self }
    }
}

impl View<'_> {
    /// The commit, unless nothing was committed yet.
    pub fn commit(&self) -> Option<CommitId> {
        self.snapshot.commit()
    }

    /// What lies at a path, if anything does.
    pub fn held(&self, path: &str) -> Result<Option<PathEntry>> {
        Ok(self.snapshot.held(path)?)
    }

    /// A record; `None` where there is none with this id.
    ///
    /// # Errors
    /// A file that cannot be read, is of a later format, or holds another record.
    pub fn record(&self, id: &RecordId) -> Result<Option<Record>> {
        if self.is_one_of_many {
            return Ok(self.record_and_text(id)?.map(|told| told.0.clone()));
        }
        let path = layout::record(id);
        let later = self.later.as_ref().and_then(|later| later.blob_id(&path).ok()?);
        let later = redactions_in(self.snapshot.repository(), later, &path);
        self.read_with(&path, |bytes| {
            Ok(seen(read_record(&path, &retold(bytes, self.zone))?, &later, self.mark))
        })
    }

    /// As [`Self::record`], with the text of its file.
    pub fn record_and_text(&self, id: &RecordId) -> Result<Option<Rc<(Record, String)>>> {
        let path = layout::record(id);
        let read = |bytes| {
            let text = text_of(&path, bytes)?;
            Ok((read_record(&path, text.as_bytes())?, text))
        };
        if !self.is_one_of_many {
            return self.bytes(&path)?.map(|bytes| read(bytes).map(Rc::new)).transpose();
        }
        let Some(blob) = self.snapshot.blob_id(&path)? else { return Ok(None) };
        let afresh = || read(self.snapshot.repository().read_file(blob, &path)?);
        self.memory.record((blob, id.clone()), afresh).map(Some)
    }

    /// Ids of all records, out of the names of their files.
    pub fn record_ids(&self) -> Result<Vec<RecordId>> {
        let files = self.snapshot.files_under(layout::RECORDS)?;
        Ok(files.iter().filter_map(|file| layout::record_of(&file.path)).collect())
    }

    /// Every record that can be read, and the files that cannot.
    pub fn records(&self) -> Result<(Vec<Record>, Vec<UnreadableFile>)> {
        let mut files = Vec::new();
        let mut left_out = Vec::new();
        for TreeFile { path, id, kind } in self.snapshot.files_under(layout::RECORDS)? {
            match kind {
                FileKind::File | FileKind::Executable => files.push((path, id)),
                FileKind::Symlink | FileKind::Other => {
                    let why = git::error::Error::NotAFile { path: path.clone() }.into();
                    left_out.push(UnreadableFile { path, why });
                }
            }
        }
        let (records, unread) = self.records_in(&files);
        left_out.extend(unread);
        Ok((records, self.all_fetched(left_out)?))
    }

    /// The files that cannot be read, unless the clone was made without some of what they hold: then
    /// nothing is wrong with them, and without them every answer would be.
    fn all_fetched(&self, mut left_out: Vec<UnreadableFile>) -> Result<Vec<UnreadableFile>> {
        match left_out.iter().position(|file| file.why.is_missing()) {
            Some(place) if self.snapshot.repository().is_partial() => {
                Err(left_out.swap_remove(place).why)
            }
            _ => Ok(left_out),
        }
    }

    /// The records that a cache has chosen, in their order, and the files that cannot be read.
    pub fn chosen(&self, chosen: &[ChosenFile]) -> Result<(Vec<Record>, Vec<UnreadableFile>)> {
        let told = (self.zone, self.mark);
        let read = |file: &ChosenFile| serde_json::from_str(&body(file, told)?).ok();
        let several = |some: &[ChosenFile]| some.iter().map(read).collect::<Vec<Option<Record>>>();
        let records = parallel::chunks(chosen, several, several).into_iter().flatten().collect();
        self.with_others(chosen, records, |record| record)
    }

    /// As [`Self::chosen`], as far as lists show them.
    pub fn summaries(&self, chosen: &[ChosenFile]) -> Result<(Vec<Summary>, Vec<UnreadableFile>)> {
        let told = (self.zone, self.mark);
        let read = |file: &ChosenFile| Summary::cached(&body(file, told)?);
        let several = |some: &[ChosenFile]| some.iter().map(read).collect::<Vec<_>>();
        let known = parallel::chunks(chosen, several, several).into_iter().flatten().collect();
        let (mut summaries, left_out) = self.with_others(chosen, known, Summary::whole)?;
        let twins = chosen.iter().filter(|file| file.has_twin);
        let twins: HashSet<_> = twins.filter_map(|file| layout::record_of(&file.path)).collect();
        for summary in summaries.iter_mut().filter(|_| !twins.is_empty()) {
            summary.has_twin = twins.contains(summary.id());
        }
        Ok((summaries, left_out))
    }

    /// As [`Self::summaries`], of records that were read.
    pub fn summaries_of(&self, records: Vec<Record>) -> Result<Vec<Summary>> {
        let mut tails: HashMap<String, usize> = HashMap::new();
        for id in self.record_ids()? {
            *tails.entry(id.tail().to_owned()).or_default() += 1;
        }
        let mut summaries: Vec<_> = records.into_iter().map(Summary::whole).collect();
        for summary in &mut summaries {
            summary.has_twin = tails.get(summary.id().tail()).is_some_and(|count| *count > 1);
        }
        Ok(summaries)
    }

    /// Those that are known, in their places the others, and the files that cannot be read.
    fn with_others<T>(
        &self,
        chosen: &[ChosenFile],
        known: Vec<Option<T>>,
        whole: impl Fn(Record) -> T,
    ) -> Result<(Vec<T>, Vec<UnreadableFile>)> {
        let missing = chosen.iter().zip(&known).filter(|(_, known)| known.is_none());
        let files: Vec<_> =
            missing.map(|(kept, _)| (kept.path.clone(), kept.blob, kept.own)).collect();
        let (read, left_out) = self.records_of(&files);
        let mut read: HashMap<RecordId, Record> =
            read.into_iter().map(|record| (record.id.clone(), record)).collect();
        let all = chosen.iter().zip(known).filter_map(|(kept, known)| {
            known.or_else(|| read.remove(&layout::record_of(&kept.path)?).map(&whole))
        });
        Ok((all.collect(), self.all_fetched(left_out)?))
    }

    /// The records in these files, in their order, and the files that cannot be read.
    pub fn records_in(&self, files: &[(String, BlobId)]) -> (Vec<Record>, Vec<UnreadableFile>) {
        let files: Vec<_> = files.iter().map(|(path, id)| (path.clone(), *id, false)).collect();
        self.records_of(&files)
    }

    /// As [`Self::records_in`], with whether a file is known to be spelled as docket spells it.
    fn records_of(&self, files: &[(String, BlobId, bool)]) -> (Vec<Record>, Vec<UnreadableFile>) {
        let (zone, mark) = (self.zone, self.mark);
        let later = self.later.as_ref().and_then(|later| later.files_under(layout::RECORDS).ok());
        let later: HashMap<String, BlobId> =
            later.into_iter().flatten().map(|file| (file.path, file.id)).collect();
        let read = |own: &Repository, (path, id, known): &(String, BlobId, bool)| {
            let read = own.read_file(*id, path).map_err(Error::from);
            let read = read.and_then(|bytes| {
                let bytes = retold(&bytes, zone);
                let whole = || yaml::from_known::<Record>(&bytes).ok();
                let whole = known.then(whole).flatten();
                let whole = whole.filter(|record| layout::record(&record.id) == *path);
                whole.map_or_else(|| read_record(path, &bytes), Ok)
            });
            let later = later.get(path).copied().filter(|later| later != id);
            let read = read.map(|record| seen(record, &redactions_in(own, later, path), mark));
            read.map_err(|why| UnreadableFile { path: path.clone(), why })
        };
        let gitdir = self.snapshot.gitdir();
        let parsed = parallel::chunks(
            files,
            |files| files.iter().map(|file| read(self.snapshot.repository(), file)).collect(),
            |files| match Repository::at(gitdir) {
                Ok(own) => files.iter().map(|file| read(&own, file)).collect(),
                Err(why) => {
                    let path = files.first().map(|(path, ..)| path.clone()).unwrap_or_default();
                    vec![Err(UnreadableFile { path, why: why.into() })]
                }
            },
        );
        let (mut records, mut left_out) = (Vec::with_capacity(files.len()), Vec::new());
        for outcome in parsed.into_iter().flatten() {
            match outcome {
                Ok(record) => records.push(record),
                Err(fault) => left_out.push(fault),
            }
        }
        (records, left_out)
    }

    /// Notes where a cache says that files are. Only what is looked at is read by it: what is
    /// changed is looked for in the trees.
    pub(in crate::store) fn know(&self, files: Vec<(String, BlobId)>) {
        self.known.borrow_mut().extend(files);
    }

    /// What is in the file at a path; `None` if there is nothing.
    pub(in crate::store) fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>> {
        if let Some(held) = self.overlay.get(path) {
            return Ok(held.clone());
        }
        if let Some((_, bytes)) = self.glanced.take().filter(|(glanced, _)| glanced == path) {
            return Ok(Some(bytes));
        }
        let blob = self.known.borrow().get(path).copied();
        let blob = blob.map(|id| self.snapshot.repository().read_file(id, path));
        match blob {
            Some(Ok(bytes)) => Ok(Some(bytes)),
            Some(Err(_)) | None => Ok(self.snapshot.read(path)?),
        }
    }

    /// Whether these words stand in a file, before any parsing; false where it cannot be read.
    pub(in crate::store) fn holds(&self, path: &str, words: &str) -> bool {
        let bytes = self.bytes(path).ok().flatten();
        bytes.is_some_and(|bytes| contains(&bytes, words.as_bytes()))
    }

    /// Spares the next reader of a file the way to it.
    pub(in crate::store) fn glanced_at(&self, path: String, bytes: Vec<u8>) {
        self.glanced.replace(Some((path, bytes)));
    }

    /// What `read` makes of a file; where it makes nothing of what a cache named, of the one in the
    /// tree.
    fn read_with<T>(&self, path: &str, read: impl Fn(&[u8]) -> Result<T>) -> Result<Option<T>> {
        let Some(bytes) = self.bytes(path)? else { return Ok(None) };
        match read(&bytes) {
            Err(_) if self.known.borrow_mut().remove(path).is_some() => {
                self.bytes(path)?.map(|bytes| read(&bytes)).transpose()
            }
            read => read.map(Some),
        }
    }

    /// Why a record's file cannot be read; `None` where it can.
    pub fn left_out(&self, path: &str) -> Option<UnreadableFile> {
        let read = |path: &str| -> Result<()> {
            match self.bytes(path)? {
                Some(bytes) => read_record(path, &bytes).map(drop),
                None => Ok(()),
            }
        };
        read(path).err().map(|why| UnreadableFile { path: path.to_owned(), why })
    }

    /// The text of a file; `None` where there is none.
    pub fn text(&self, path: &str) -> Result<Option<String>> {
        let Some(bytes) = self.bytes(path)? else {
            return Ok(None);
        };
        text_of(path, bytes).map(Some)
    }

    /// As [`Self::text`], with what is no text replaced.
    pub fn text_anyway(&self, path: &str) -> Result<Option<String>> {
        let bytes = self.bytes(path)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The names of all that lies in a folder, `""` for the top; none where there is no folder.
    pub fn names_in(&self, folder: &str) -> Result<Vec<String>> {
        Ok(self.snapshot.names_in(folder)?)
    }

    fn parsed_own<T: DeserializeOwned + Serialize>(&self, path: &str) -> Result<Option<T>> {
        self.read_with(path, |bytes| parse_own(path, bytes))
    }

    pub(in crate::store) fn parsed<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>> {
        let bytes = match self.bytes(path) {
            Err(Error::Git(git::error::Error::TooLarge { path, .. })) => {
                return Err(oversized(&path));
            }
            read => read?,
        };
        bytes.map(|bytes| parse_rules(path, &bytes)).transpose()
    }
}

impl Lookup for View<'_> {
    fn contact(&self, id: &ContactId) -> std::result::Result<Option<Contact>, Refusal> {
        self.contact(id).map_err(|_| Refusal::Unreadable { path: layout::contact(id) })
    }

    fn record(&self, id: &RecordId) -> std::result::Result<Option<Record>, Refusal> {
        self.record(id).map_err(|_| Refusal::Unreadable { path: layout::record(id) })
    }

    fn are_one_customer(&self, one: &str, other: &str) -> std::result::Result<bool, Refusal> {
        let unreadable = |_| Refusal::Unreadable { path: layout::CUSTOMERS.to_owned() };
        Ok(one == other || self.customer_names().map_err(unreadable)?.are_one(one, other))
    }

    fn party_of(&self, customer: &str) -> std::result::Result<Party, Refusal> {
        let unreadable = |_| Refusal::Unreadable { path: layout::CUSTOMERS.to_owned() };
        Ok(self.customer_names().map_err(unreadable)?.party(customer))
    }

    fn agreement_of(&self, customer: &str) -> std::result::Result<Option<AgreementId>, Refusal> {
        let unreadable = |_| Refusal::Unreadable { path: layout::CUSTOMERS.to_owned() };
        let names = self.customer_names().map_err(unreadable)?;
        let listed = names.listed(customer).map(|id| self.customer(id)).transpose();
        Ok(listed.map_err(unreadable)?.flatten().and_then(|listed| listed.agreement))
    }

    fn parts(&self, whole: &RecordId) -> std::result::Result<Vec<Record>, Refusal> {
        let mut parts = self.memory.parts.borrow_mut();
        let followed = parts.follow(&self.snapshot);
        followed.map_err(|_| Refusal::Unreadable { path: layout::RECORDS.to_owned() })?;
        let read = |id: RecordId| self.record(&id).ok().flatten();
        Ok(parts.of(whole).into_iter().filter_map(read).collect())
    }

    fn occupied(
        &self,
        engineer: &PersonId,
        with: Occupation,
    ) -> std::result::Result<Option<RecordId>, Refusal> {
        let mut occupied = self.memory.occupied.borrow_mut();
        let followed = occupied.follow(&self.snapshot);
        followed.map_err(|_| Refusal::Unreadable { path: layout::RECORDS.to_owned() })?;
        Ok(occupied.of(&(engineer.clone(), with)).into_iter().next())
    }

    fn asked_otherwise(
        &self,
        set: (u32, Party),
        questions: &[SurveyQuestion],
    ) -> std::result::Result<Option<RecordId>, Refusal> {
        let mut sendings = self.memory.sendings.borrow_mut();
        let followed = sendings.follow(&self.snapshot);
        followed.map_err(|_| Refusal::Unreadable { path: layout::RECORDS.to_owned() })?;
        Ok(sendings.asked_otherwise(set, questions))
    }
}

/// The record as whoever looks may see it.
fn seen(record: Record, later: &[Redact], mark: Option<&'static str>) -> Record {
    let hidden = mark.and_then(|mark| match record.as_seen(later, mark) {
        Cow::Owned(hidden) => Some(hidden),
        Cow::Borrowed(_) => None,
    });
    hidden.unwrap_or(record)
}

/// What was redacted in a record as a later version of its file has it.
fn redactions_in(git: &Repository, later: Option<BlobId>, path: &str) -> Vec<Redact> {
    let bytes = later.and_then(|later| git.read_file(later, path).ok());
    // most have none, and need not be parsed to know it
    let bytes = bytes.filter(|bytes| contains(bytes, b"action: redact"));
    let record = bytes.and_then(|bytes| read_record(path, &bytes).ok());
    record.iter().flat_map(Record::redactions).cloned().collect()
}

/// A record as a cache keeps it, with its times told in the zone of whoever looks, and hidden texts in
/// their language.
fn body<'f>(
    file: &'f ChosenFile,
    (zone, mark): (Option<Zone>, Option<&'static str>),
) -> Option<Cow<'f, str>> {
    let body = file.body.as_deref()?;
    let body = zone.map_or(Cow::Borrowed(body), |zone| told_in(body, zone, Notation::Json));
    let mark = mark.filter(|mark| *mark != REDACTED);
    let quoted = |text: &str| format!("\"{text}\"");
    Some(match mark {
        Some(mark) if body.contains(REDACTED) => {
            Cow::Owned(body.replace(&quoted(REDACTED), &quoted(mark)))
        }
        Some(_) | None => body,
    })
}

/// The bytes of a record with its times told in the zone of whoever looks.
fn retold(bytes: &[u8], zone: Option<Zone>) -> Cow<'_, [u8]> {
    let text = zone.and_then(|zone| Some((zone, str::from_utf8(bytes).ok()?)));
    match text.map(|(zone, text)| told_in(text, zone, Notation::Yaml)) {
        Some(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
        Some(Cow::Borrowed(_)) | None => Cow::Borrowed(bytes),
    }
}
