//! Whether a commit that claims a step is that step, made by who might make it.

use super::{
    class::{Area, trailer},
    event::{Pair, added, decided, in_order, late, named, same, stands},
    judge::{Case, role},
    message,
};
use crate::{
    domain::{
        contact::{Contact, Field as ContactField},
        deciding::{
            complaint, contacts,
            scene::{Lookup, Scene},
            steps::{Decidable, decide_unasked, open},
        },
        event::{Event, FORMAT, RULES, Stamp},
        finding::{Fault, Finding},
        history::{
            facts::Value,
            steps::{Act, Action, import::Import, open::Open},
        },
        ids::{ContactId, RecordId},
        policy::{Policy, people::Person},
        record::Record,
        refusal::Refusal,
    },
    store::{
        self,
        git::{diff::Changed, ids::BlobId},
        layout, record_file,
        view::View,
    },
    words::{Lang, Refused, Words},
};

/// A commit's two sides.
#[derive(Debug)]
struct Sides<'a> {
    before: &'a View<'a>,
    after: &'a View<'a>,
}

impl Lookup for Sides<'_> {
    fn contact(&self, id: &ContactId) -> Result<Option<Contact>, Refusal> {
        Lookup::contact(self.after, id)
    }

    fn record(&self, id: &RecordId) -> Result<Option<Record>, Refusal> {
        Lookup::record(self.before, id)
    }
}

impl Case<'_> {
    pub(super) fn step(
        &self,
        action: Action,
        policy: &Policy,
        author: &Person,
        findings: &mut Vec<Finding>,
    ) {
        let Some(id) = trailer::<RecordId>(&self.commit.message, "Docket-Record") else {
            return findings.push(
                Finding::of(Fault::MessageForged).expected("Docket-Record: ID").found("none"),
            );
        };
        let Some(pair) = self.pair(&id, findings) else { return };
        let Some(event) = added(&pair, action, findings) else { return };
        if pair.old.is_none() && !is_plain(&pair.new) {
            findings.push(Finding::of(Fault::Planted).record(&id));
        }
        let mut about = Vec::new();
        if event.stamp.rules != RULES {
            let found = format!("rules {}", event.stamp.rules);
            about.push(Finding::of(Fault::Unreadable).found(&found));
        }
        stands(&pair, &event, &mut about);
        self.dated(policy, &mut about);
        self.stamped(&pair, &event, policy, author, &mut about);
        let told = pair.told(&event.stamp);
        let lookup = self.lookup();
        decided(&event, &self.scene(&told, policy, &event.stamp, &lookup), &mut about);
        named(&pair, &event, policy, &mut about);
        if let Act::SurveySend(send) = &event.act
            && let Some(drawn) = &send.drawn
        {
            let today = event.stamp.recorded_at.date();
            let sample = self.samples.fault(drawn, &id, self.before, (policy, today));
            about.extend(
                sample.unwrap_or_else(|why| Some(Finding::of(Fault::Unreadable).found(&why))),
            );
        }
        let before = pair.old.as_ref().map(|old| old.status.state);
        let expected = message::of_step(&pair.new, &event, before, self.fixed());
        self.message(&expected, author, &mut about);
        let opened = self.opened(&pair, &event, policy, &mut about);
        self.around(&pair.new, &event, opened.as_ref(), &mut about);
        self.archive(&told, &event, policy, &mut about);
        findings.extend(about.into_iter().map(|finding| match finding.record {
            Some(_) => finding,
            None => finding.record(&id),
        }));
    }

    /// What the decision saw: the desk before the commit, and the contacts that came with it.
    fn lookup(&self) -> Sides<'_> {
        Sides { before: self.before, after: self.after }
    }

    fn scene<'s>(
        &self,
        record: &'s Record,
        policy: &'s Policy,
        stamp: &'s Stamp,
        lookup: &'s Sides<'_>,
    ) -> Scene<'s> {
        let since = self.since.map_or(stamp.recorded_at, |since| since.max(stamp.recorded_at));
        Scene { record, policy, stamp, now: since, lookup }
    }

    /// Reads a record on both sides.
    fn pair(&self, id: &RecordId, findings: &mut Vec<Finding>) -> Option<Pair> {
        let path = layout::record(id);
        let mut unreadable = |why: &dyn std::fmt::Display| {
            findings.push(Finding::of(Fault::Unreadable).record(id).path(&path).found(&why));
        };
        let old = match self.before.record_and_text(id) {
            Ok(old) => old,
            Err(why) => {
                unreadable(&why);
                return None;
            }
        };
        let (old, before) = old.unzip();
        match self.after.record_and_text(id) {
            Ok(Some((new, after))) => {
                let pair = Pair { old, new, texts: (before, after) };
                spelled(&pair, findings);
                Some(pair)
            }
            Ok(None) => {
                findings.push(Finding::of(Fault::MessageForged).record(id).path(&path));
                None
            }
            Err(why) => {
                unreadable(&why);
                None
            }
        }
    }

    /// Who, when and in which role.
    fn stamped(
        &self,
        pair: &Pair,
        event: &Event,
        policy: &Policy,
        author: &Person,
        findings: &mut Vec<Finding>,
    ) {
        let stamp = &event.stamp;
        if stamp.by != author.id {
            findings.push(Finding::of(Fault::AuthorForged).expected(&author.id).found(&stamp.by));
        }
        if stamp.recorded_at.unix() != self.commit.authored_at.unix() {
            findings.push(
                Finding::of(Fault::TimeForged)
                    .expected(&self.commit.authored_at)
                    .found(&stamp.recorded_at),
            );
        }
        if stamp.recorded_at > self.commit.time {
            findings.push(
                Finding::of(Fault::TimeForged)
                    .expected(&self.commit.time)
                    .found(&stamp.recorded_at),
            );
        }
        in_order(pair, stamp, findings);
        late(pair, stamp, policy, findings);
        let unknown = |record: &Record| record.status.due.has_unknown();
        if unknown(&pair.new) && !pair.old.as_ref().is_some_and(unknown) {
            findings.push(Finding::of(Fault::DueUnknown));
        }
    }

    /// The complaint that the step opened, if it did.
    fn opened(
        &self,
        pair: &Pair,
        event: &Event,
        policy: &Policy,
        findings: &mut Vec<Finding>,
    ) -> Option<RecordId> {
        let caused = pair.old.as_ref().and_then(|old| complaint::caused_by(old, event));
        let (intake, reference) = match (caused, &event.stamp.opened) {
            (None, None) => return None,
            (Some(intake), Some(reference)) => (intake, reference),
            (Some(_), None) => {
                findings.push(Finding::of(Fault::DecidedOtherwise).expected("a complaint"));
                return None;
            }
            (None, Some(reference)) => {
                findings.push(Finding::of(Fault::DecidedOtherwise).found(&reference.record));
                return None;
            }
        };
        let id = reference.record.clone();
        let made = self.pair(&id, findings)?;
        let intake = open::still_known(intake, policy);
        let Some(opening) = made.new.history.first() else { return Some(id) };
        let stamp = Stamp {
            id: opening.stamp.id.clone(),
            n: 1,
            note: None,
            opened: None,
            ..event.stamp.clone()
        };
        let told = Record::told(id.clone(), intake, &stamp);
        let lookup = self.lookup();
        let scene = self.scene(&told, policy, &stamp, &lookup);
        let due = decide_unasked::<Open>(open::Request { major: None }, &scene);
        let due = due.map(|act| told.with(Event { stamp: stamp.clone(), act }));
        let fits = made.old.is_none()
            && opening.stamp.id == reference.event
            && due.is_ok_and(|due| text_of(&due).as_ref() == Some(&made.texts.1));
        if !fits {
            findings.push(Finding::of(Fault::DecidedOtherwise).record(&id));
        }
        Some(id)
    }

    /// Everything else that the commit touches.
    fn around(
        &self,
        record: &Record,
        event: &Event,
        opened: Option<&RecordId>,
        findings: &mut Vec<Finding>,
    ) {
        for (area, changed) in self.watched().filter(|(_, changed)| changed.new.is_some()) {
            match area {
                Area::Records => {
                    let id = layout::record_of(&changed.path);
                    if id.as_ref() != Some(&record.id) && (id.is_none() || id.as_ref() != opened) {
                        findings.push(Finding::of(Fault::Smuggled).path(&changed.path));
                    }
                }
                Area::Contacts => self.contact_of(changed, record, event, findings),
                Area::Policy | Area::Templates | Area::Archive => {}
            }
        }
    }

    /// A contact comes with the record or the event that names it, and is only ever completed.
    fn contact_of(
        &self,
        changed: &Changed,
        record: &Record,
        event: &Event,
        findings: &mut Vec<Finding>,
    ) {
        self.contact(&changed.path, findings);
        let smuggled = || Finding::of(Fault::Smuggled).path(&changed.path);
        let Some(id) = layout::contact_of(&changed.path) else {
            return findings.push(smuggled());
        };
        let opens = matches!(event.act, Act::Open(_)) && record.intake.source.is_none();
        let is_first = matches!(event.act, Act::Open(_) | Act::Import(_));
        let intake = is_first.then(|| record.intake.facts()).into_iter().flatten();
        let mut named = event.facts().into_iter().chain(intake);
        if !named.any(|fact| [Value::Contact(&id), Value::Recipient(&id)].contains(&fact.value)) {
            findings.push(smuggled());
        }
        let side = |view: &View<'_>| view.contact(&id).ok()?;
        let Some(new) = side(self.after) else { return };
        if let Err(why) = contacts::spelled(&new) {
            let why = Words::new(Lang::En).refused(&Refused::plain(why));
            findings.push(Finding::of(Fault::DecidedOtherwise).path(&changed.path).found(&why));
        }
        let spelled = store::file(changed.path.clone(), &new).ok().and_then(|file| file.content);
        if spelled.as_deref().and_then(BlobId::of) != changed.new.map(|new| new.id) {
            findings.push(Finding::of(Fault::Respelled).path(&changed.path));
        }
        let fits = match side(self.before) {
            Some(old) => opens && old.format == new.format && completes(&old, &new),
            None => {
                let named = Contact {
                    salutation: None,
                    phone: None,
                    email: None,
                    site: None,
                    ..new.clone()
                };
                new.format == FORMAT
                    && new.merged_into.is_none()
                    && new.disputed.is_empty()
                    && (opens || named == new)
            }
        };
        if !fits {
            findings.push(smuggled());
        }
    }

    pub(super) fn import(&self, policy: &Policy, author: &Person, findings: &mut Vec<Finding>) {
        role(policy.roles.may(Action::Import), author, findings);
        let Some(id) = trailer::<RecordId>(&self.commit.message, "Docket-Record") else {
            return findings.push(
                Finding::of(Fault::MessageForged).expected("Docket-Record: ID").found("none"),
            );
        };
        let Some(pair) = self.pair(&id, findings) else { return };
        let record = &pair.new;
        if pair.old.is_some() || record.intake.source.is_none() || !is_new(record) {
            findings.push(Finding::of(Fault::Planted).record(&id));
        }
        let Some((first, entries)) = record.history.split_first() else { return };
        for entry in entries {
            if entry.act.action() != Action::Import {
                findings
                    .push(Finding::of(Fault::EventMisplaced).record(&id).found(&entry.stamp.id));
            }
        }
        for (n, event) in (1..).zip(&record.history) {
            if event.stamp.by != author.id {
                findings.push(
                    Finding::of(Fault::AuthorForged)
                        .record(&id)
                        .expected(&author.id)
                        .found(&event.stamp.by),
                );
            }
            let same_id = |other: &&Event| other.stamp.id == event.stamp.id;
            let is_once = record.history.iter().filter(same_id).count() == 1;
            if !is_once || !self.is_imported(n, &event.stamp, policy) {
                let finding = Finding::of(Fault::EventMisplaced).record(&id);
                findings.push(finding.found(&event.stamp.id));
            }
        }
        let last = entries.last().unwrap_or(first);
        if first.stamp.at != record.intake.received_at
            || last.stamp.at.unix() != self.commit.authored_at.unix()
        {
            let finding = Finding::of(Fault::TimeForged).record(&id);
            findings.push(finding.expected(&self.commit.authored_at).found(&last.stamp.at));
        }
        if record.replay() != record.status || !record.status.set_aside.is_empty() {
            findings.push(Finding::of(Fault::StatusForged).record(&id));
        }
        self.imported(record, policy, findings);
        self.dated(policy, findings);
        self.message(&message::of_import(record, last, self.fixed()), author, findings);
        self.around(record, last, None, findings);
        self.archive(record, last, policy, findings);
    }

    /// Whether an entry is stamped as an import stamps it: all at once, in their order.
    fn is_imported(&self, n: u32, stamp: &Stamp, policy: &Policy) -> bool {
        let zone = policy.calendar.zone();
        stamp.n == n
            && stamp.rules == RULES
            && stamp.recorded_at.unix() == self.commit.time.unix()
            && stamp.id.unix() == Some(stamp.recorded_at.unix())
            && stamp.at <= stamp.recorded_at
            && stamp.at.is_in(zone)
            && stamp.recorded_at.is_in(zone)
            && policy.roles.may(Action::Import).contains(&stamp.role)
            && policy.people.get(&stamp.by).is_some_and(|by| by.roles.contains(&stamp.role))
            && stamp.told_by.is_none()
            && stamp.told_via.is_none()
            && stamp.late_because.is_none()
            && stamp.note.is_none()
            && stamp.opened.is_none()
    }

    /// Whether each entry of another system's log is one that an import would have taken.
    fn imported(&self, record: &Record, policy: &Policy, findings: &mut Vec<Finding>) {
        let lookup = self.lookup();
        for event in &record.history {
            let told = Record::told(record.id.clone(), record.intake.clone(), &event.stamp);
            let scene = self.scene(&told, policy, &event.stamp, &lookup);
            let due = match &event.act {
                Act::Open(_) => decide_unasked::<Open>(open::Request { major: None }, &scene),
                Act::Import(import) => decide_unasked::<Import>(import.request(), &scene),
                _ => continue,
            };
            match due {
                Ok(act) if same(&act, &event.act) => {}
                Ok(_) => {
                    findings.push(Finding::of(Fault::DecidedOtherwise).record(&record.id));
                }
                Err(why) => {
                    let why = Words::new(Lang::En).refused(&Refused::plain(why));
                    let finding = Finding::of(Fault::DecidedOtherwise).record(&record.id);
                    findings.push(finding.found(&why));
                }
            }
        }
    }
}

/// The file of a record as docket writes it.
fn text_of(record: &Record) -> Option<String> {
    String::from_utf8(record_file(record).ok()?.content?).ok()
}

/// Whether the file is as docket writes it.
fn spelled(pair: &Pair, findings: &mut Vec<Finding>) {
    if text_of(&pair.new).as_ref() != Some(&pair.texts.1) {
        let path = layout::record(&pair.new.id);
        findings.push(Finding::of(Fault::Respelled).record(&pair.new.id).path(path));
    }
}

/// True for a new record that somebody opened here: not one that another system, an answer to a
/// callback or a clash of two clones made.
fn is_plain(record: &Record) -> bool {
    let intake = &record.intake;
    is_new(record) && intake.source.is_none() && intake.cause.is_none()
}

/// True for a record that was never renamed nor taken over from a later docket.
fn is_new(record: &Record) -> bool {
    record.format == FORMAT && record.formerly.is_none() && record.namesakes.is_empty()
}

/// True where more is known of somebody, and nothing else has changed.
fn completes(old: &Contact, new: &Contact) -> bool {
    let told =
        [ContactField::Phone, ContactField::Email, ContactField::Site, ContactField::Salutation];
    ContactField::ALL.iter().all(|field| {
        let same = old.get(*field) == new.get(*field)
            && old.disputed.get(field) == new.disputed.get(field);
        let settled = new.get(*field).is_some() && !new.disputed.contains_key(field);
        same || told.contains(field) && settled
    })
}
