//! Taking over the records of another system: one commit each, dated by that system.

use crate::{
    app::{
        Actor,
        desk::OpenDesk,
        import_context::ImportContext,
        step::{WithContacts, contact_files},
    },
    audit::message,
    domain::{
        analysis::source::{
            RejectedRecord, RowFault, RowLine, RowNote, SourceOpening, SourcePerson, SourceReader,
            SourceRecord, SourceRow,
        },
        base::{
            ids::RecordId,
            personal::PersonalKind,
            terms::{Role, Term},
            text::{LINE, NAME, tidy_visible},
            time::Timestamp,
        },
        deciding::{
            contacts::{nobody_of_the_team, reachable, spelled, told},
            policy::Policy,
            scene::{Lookup, Scene},
            stamp::in_force,
            steps::{decide_unasked, open as opening},
        },
        history::{
            contact::Contact,
            event::{Event, FORMAT, RULES, Stamp},
            facts::free_text,
            intake::{Intake, Source},
            person::PersonDetails,
            record::Record,
            refusal::Refusal,
            steps::{Action, import::Import, open::Open},
        },
    },
    error::{Error, Result},
    store::{
        self,
        git::{Change, Identity, apart::ApartAuthor},
        view::View,
    },
};

/// What became of a record.
#[derive(Debug)]
pub enum RecordImport {
    /// It is new, with so many entries.
    Made { record: RecordId, entries: usize },
    /// So many entries were added to it.
    Continued { record: RecordId, entries: usize },
    /// It is here already, and the file says nothing more of it.
    Already(RecordId),
    /// A row of it cannot be read.
    Rejected(Box<RejectedRecord>),
    /// It cannot be taken.
    Refused(Error),
}

/// What became of the rows of a number.
#[derive(Debug)]
pub struct ImportReport {
    pub outcome: RecordImport,
    pub notes: Vec<RowNote>,
    /// Rows that came too late, with why.
    pub left: Vec<(RowLine, RowFault)>,
    /// Rows that say what is known already.
    pub repeated: usize,
    /// Values of personal data that were taken out of texts.
    pub taken_out: usize,
    /// Whose it is, of a new record.
    pub customer: Option<String>,
}

/// The rows of a number, and how they are read.
#[derive(Clone, Copy)]
pub struct SourceRows<'a> {
    pub reader: &'a SourceReader<'a>,
    pub number: &'a str,
    pub rows: &'a [SourceRow],
}

/// A record as it would be.
struct DecidedImport {
    record: Record,
    before: Option<Record>,
    /// The contacts that it brings.
    contacts: Vec<Contact>,
    actor: Actor,
}

impl OpenDesk<'_> {
    /// Refuses who may not import, and a branch that is not written to, before anything is read.
    pub fn may_import(&self, policy: &Policy) -> Result<()> {
        self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        self.actor_as(policy, policy.roles.may(Action::Import))?;
        in_force(policy, self.now().date())?;
        self.committer()?;
        self.signs().map(drop)
    }

    /// Decides what becomes of the rows of a number, and writes nothing.
    pub fn would_import(
        &self,
        view: &View<'_>,
        known: &ImportContext,
        source: SourceRows<'_>,
    ) -> ImportReport {
        self.decided_import(view, known, source).0
    }

    /// Imports what the rows of a number say beyond what is here, in one commit.
    ///
    /// # Errors
    /// What keeps it from being written.
    pub fn import(
        &self,
        known: &mut ImportContext,
        source: SourceRows<'_>,
    ) -> Result<ImportReport> {
        let (_, report) = self.commit(|view| {
            known.follow(&self.store, view)?;
            let (report, decided) = self.decided_import(view, known, source);
            let change = decided.map(|decided| self.import_change(&decided)).transpose()?;
            Ok((change, report))
        })?;
        Ok(report)
    }

    fn decided_import(
        &self,
        view: &View<'_>,
        known: &ImportContext,
        source: SourceRows<'_>,
    ) -> (ImportReport, Option<DecidedImport>) {
        let only = |outcome| {
            let report = ImportReport {
                outcome,
                notes: Vec::new(),
                left: Vec::new(),
                repeated: 0,
                taken_out: 0,
                customer: None,
            };
            (report, None)
        };
        let SourceRows { reader, number, rows } = source;
        let own = Source { system: reader.system(), number: number.to_owned() };
        // one record is entered in one moment, however long it is
        let now = self.now();
        let before = match known.imported(view, &own) {
            Ok(before) => before,
            Err(why) => return only(RecordImport::Refused(why)),
        };
        // rows that tell all that was known of a record go on from one another, as files do
        let at_once = if reader.has_whole_records() { 1 } else { rows.len().max(1) };
        let mut decided: Option<DecidedImport> = None;
        let (mut notes, mut left, mut repeated) = (Vec::new(), Vec::new(), 0);
        for rows in rows.chunks(at_once) {
            let (so_far, contacts) = match decided {
                Some(decided) => (Some(decided.record), decided.contacts),
                None => (before.clone(), Vec::new()),
            };
            let case = match reader.record(number, rows, so_far.as_ref()) {
                Ok(case) => case,
                Err(rejected) => return only(RecordImport::Rejected(rejected)),
            };
            notes.extend_from_slice(&case.notes);
            left.extend_from_slice(&case.left);
            repeated += case.repeated;
            decided = match self.decided_record(view, known, (case, now), (so_far, contacts)) {
                Ok(next) => Some(DecidedImport { before: before.clone(), ..next }),
                Err(why) => return only(RecordImport::Refused(why)),
            };
        }
        let Some(decided) = decided else { return only(RecordImport::Refused(Error::GivenUp)) };
        let taken_out = decided.taken_out(&|kind| self.mark(kind));
        let is_made = decided.before.is_none();
        let customer = is_made.then(|| decided.record.intake.customer.clone());
        let outcome = decided.outcome();
        let report = ImportReport { outcome, notes, left, repeated, taken_out, customer };
        let is_new = !matches!(report.outcome, RecordImport::Already(_));
        (report, is_new.then_some(decided))
    }

    /// The record as it would be.
    fn decided_record(
        &self,
        view: &View<'_>,
        known: &ImportContext,
        (case, now): (SourceRecord, Timestamp),
        (before, mut contacts): (Option<Record>, Vec<Contact>),
    ) -> Result<DecidedImport> {
        let policy = view.policy()?;
        let (actor, role) = self.actor_as(&policy, policy.roles.may(Action::Import))?;
        let seed_context = self.seed_context(view, Action::Import, &actor.person.id)?;
        let stamp = |n: u32, at| self.import_stamp((n, at, now), (&actor, role), &seed_context);
        let mut record = match (before, &case.opening) {
            (Some(record), _) => record,
            (None, None) => {
                let (given, nearest) = (case.number, Vec::new());
                return Err(store::error::Error::NoRecord { given, nearest }.into());
            }
            (None, Some(opening)) => {
                let stamp = stamp(1, opening.intake.received_at)?;
                let (intake, new) =
                    self.with_contact(view, &policy, opening, known, &seed_context)?;
                contacts.extend(new);
                let id = self.free_id_of_source(view, &policy, &intake)?;
                let opened = Record::opened(id, intake, &stamp);
                let lookup = WithContacts { store: &self.store, view, contacts: &contacts };
                let scene = scene(&opened, &policy, &stamp, &lookup);
                let act = decide_unasked::<Open>(opening::Request { major: None }, &scene)?;
                opened.with(Event { stamp, act })
            }
        };
        let lookup = WithContacts { store: &self.store, view, contacts: &contacts };
        for (at, entry) in case.entries {
            let stamp = stamp(record.next_number().unwrap_or(u32::MAX), at)?;
            let scene = scene(&record, &policy, &stamp, &lookup);
            let act = decide_unasked::<Import>(entry, &scene)?;
            record = record.with(Event { stamp, act });
        }
        Ok(DecidedImport { record, before: None, contacts, actor })
    }

    /// An id that no record has.
    fn free_id_of_source(
        &self,
        view: &View<'_>,
        policy: &Policy,
        intake: &Intake,
    ) -> Result<RecordId> {
        let nothing = Source { system: String::new(), number: String::new() };
        let source = intake.source.as_ref().unwrap_or(&nothing);
        let mut nth = 0;
        loop {
            let id =
                self.app.ids.imported(&policy.desk.prefix, intake.received_at, (source, nth))?;
            if view.record(&id)?.is_none() {
                return Ok(id);
            }
            nth += 1;
        }
    }

    fn import_change(&self, decided: &DecidedImport) -> Result<Change> {
        let DecidedImport { record, before, contacts, actor } = decided;
        let mut files = contact_files(contacts)?;
        files.push(store::record_file(record)?);
        let event = &record.history[record.history.len() - 1];
        let author = Identity { name: actor.person.name.clone(), email: actor.email.clone() };
        let fixed = self.app.clock.is_fixed();
        let mut change = Change {
            apart: Vec::new(),
            files,
            message: message::of_import(record, before.as_ref(), event, fixed),
            committer: self.committer()?,
            author,
            at: event.stamp.recorded_at,
            done_at: Some(event.stamp.at),
            sign: self.signs()?,
        };
        change.apart =
            self.store.with_persons(contacts, ApartAuthor::of(&change), &event.stamp.id)?;
        Ok(change)
    }

    /// The stamp of the opening or of an entry, made now.
    fn import_stamp(
        &self,
        (n, at, now): (u32, Timestamp, Timestamp),
        (actor, role): (&Actor, Role),
        seed_context: &str,
    ) -> Result<Stamp> {
        Ok(Stamp {
            id: self.app.ids.event(now, seed_context)?,
            n,
            at,
            recorded_at: now,
            by: actor.person.id.clone(),
            role,
            told_by: None,
            told_via: None,
            rules: RULES,
            late_because: None,
            note: None,
            personal: None,
            opened: None,
        })
    }

    /// What was told, with the contact of this name at the record's customer, else with a new one.
    fn with_contact(
        &self,
        view: &View<'_>,
        policy: &Policy,
        opening: &SourceOpening,
        known: &ImportContext,
        seed_context: &str,
    ) -> Result<(Intake, Option<Contact>)> {
        let mut intake = opening.intake.clone();
        let Some(SourcePerson { name, phone, email }) = &opening.person else {
            return Ok((intake, None));
        };
        let said = |flag, text: &str, most| {
            tidy_visible(text, most).map_err(|fault| Refusal::Text { flag, fault })
        };
        let name = &said("name", name, NAME)?;
        if let Some(found) = known.contact(name, &intake.customer)? {
            nobody_of_the_team(&found, policy)?;
            intake.contact = Some(found.id);
            return Ok((intake, None));
        }
        let id = self.free_contact_id(view, seed_context)?;
        let mut person = PersonDetails::named(FORMAT, id.clone(), name.clone());
        if let Some(number) = phone {
            person.told_phone(&said("phones", number, LINE)?);
        }
        if let Some(address) = email {
            person.told_email(&said("emails", address, LINE)?);
        }
        told(&person)?;
        reachable(&person, None)?;
        let contact = Contact::new(FORMAT, id, intake.customer.clone(), person);
        spelled(&contact)?;
        nobody_of_the_team(&contact, policy)?;
        intake.contact = Some(contact.id.clone());
        Ok((intake, Some(contact)))
    }
}

impl ImportReport {
    /// What becomes of a row whose number cannot be read.
    pub fn rejected(line: RowLine, fault: RowFault) -> Self {
        let (number, lines) = (String::new(), vec![line]);
        let outcome =
            RecordImport::Rejected(Box::new(RejectedRecord { number, lines, line, fault }));
        let (notes, left) = (Vec::new(), Vec::new());
        Self { outcome, notes, left, repeated: 0, taken_out: 0, customer: None }
    }
}

impl DecidedImport {
    /// How many marks of what was taken out stand in what is new.
    fn taken_out(&self, mark: &dyn Fn(PersonalKind) -> &'static str) -> usize {
        let known = self.before.as_ref().map_or(0, |before| before.history.len());
        let intake = self.before.is_none().then(|| self.record.intake.facts());
        let events = self.record.history.iter().skip(known).flat_map(Event::facts);
        let texts = intake.into_iter().flatten().chain(events);
        let marks = |text: &str| -> usize {
            PersonalKind::ALL.iter().map(|kind| text.matches(mark(*kind)).count()).sum()
        };
        texts.filter_map(|fact| free_text(&fact)).map(marks).sum()
    }

    fn outcome(&self) -> RecordImport {
        let (record, all) = (self.record.id.clone(), self.record.history.len());
        match &self.before {
            None => RecordImport::Made { record, entries: all - 1 },
            Some(before) if before.history.len() == all => RecordImport::Already(record),
            Some(before) => RecordImport::Continued { record, entries: all - before.history.len() },
        }
    }
}

fn scene<'s>(
    record: &'s Record,
    policy: &'s Policy,
    stamp: &'s Stamp,
    lookup: &'s dyn Lookup,
) -> Scene<'s> {
    Scene { record, policy, stamp, now: stamp.recorded_at, lookup }
}
