//! Whether a commit that claims a step is that step, made by who might make it.

use std::rc::Rc;

use super::{
    class::{Area, trailer},
    event::{Pair, added, decided, in_order, late, named, stands},
    judge::CommitCase,
    message,
};
use crate::{
    domain::{
        analysis::finding::{Finding, FindingCode, phrase::Phrase},
        base::{
            ids::{AgreementId, ContactId, PersonId, RecordId},
            terms::Party,
        },
        deciding::{
            complaint,
            policy::{Policy, people::Person},
            scene::{Lookup, Scene},
        },
        history::{
            contact::Contact,
            event::{Event, FORMAT, RULES, Stamp},
            record::Record,
            refusal::Refusal,
            status::Occupation,
            steps::{Act, Action, survey_send::SurveyQuestion},
        },
    },
    store::{error::Error, layout, record_file, view::View},
};

/// A commit's two sides.
#[derive(Debug)]
pub(super) struct CommitSides<'a> {
    before: &'a View<'a>,
    after: &'a View<'a>,
}

impl Lookup for CommitSides<'_> {
    fn contact(&self, id: &ContactId) -> Result<Option<Contact>, Refusal> {
        Lookup::contact(self.after, id)
    }

    fn record(&self, id: &RecordId) -> Result<Option<Record>, Refusal> {
        Lookup::record(self.before, id)
    }

    fn are_one_customer(&self, one: &str, other: &str) -> Result<bool, Refusal> {
        self.before.are_one_customer(one, other)
    }

    fn party_of(&self, customer: &str) -> Result<Party, Refusal> {
        self.before.party_of(customer)
    }

    fn agreement_of(&self, customer: &str) -> Result<Option<AgreementId>, Refusal> {
        self.before.agreement_of(customer)
    }

    fn parts(&self, whole: &RecordId) -> Result<Vec<Record>, Refusal> {
        self.before.parts(whole)
    }

    fn occupied(&self, engineer: &PersonId, with: Occupation) -> Result<Option<RecordId>, Refusal> {
        self.before.occupied(engineer, with)
    }

    fn asked_otherwise(
        &self,
        set: (u32, Party),
        questions: &[SurveyQuestion],
    ) -> Result<Option<RecordId>, Refusal> {
        self.before.asked_otherwise(set, questions)
    }
}

impl CommitCase<'_> {
    pub(super) fn step(
        &self,
        action: Action,
        policy: &Policy,
        author: &Person,
        findings: &mut Vec<Finding>,
    ) {
        let Some(id) = trailer::<RecordId>(&self.commit.message, "Docket-Record") else {
            return findings.push(
                Finding::of(FindingCode::MessageForged)
                    .expected("Docket-Record: ID")
                    .found(Phrase::None),
            );
        };
        let Some(pair) = self.pair(&id, findings) else { return };
        let Some(event) = added(&pair, action, findings) else { return };
        if pair.old.is_none() && !is_plain(&pair.new) {
            findings.push(Finding::of(FindingCode::Planted).record(&id));
        }
        let mut about = Vec::new();
        // no program builds on what was made under later rules than it knows
        let earlier = pair.old.iter().flat_map(|old| &old.history);
        let least = earlier.map(|event| event.stamp.rules).max().unwrap_or(1);
        if !(least..=RULES).contains(&event.stamp.rules) {
            let found = format!("rules {}", event.stamp.rules);
            about.push(Finding::of(FindingCode::Unreadable).found(&found));
        }
        stands(&pair, &event, &mut about);
        self.dated(&mut about);
        self.stamped(&pair, &event, policy, author, &mut about);
        let record = pair.opened(&event.stamp);
        let lookup = self.lookup();
        let scene = self.scene(&record, policy, &event.stamp, &lookup);
        decided(&event, &scene, self.words, &mut about);
        named(&pair, &event, policy, &mut about);
        if let Act::SurveySend(send) = &event.act
            && let Some(drawn) = &send.drawn
        {
            let drawn = (drawn, send.party);
            let today = event.stamp.recorded_at.date();
            let sample = self.samples.fault(self, drawn, &id, (policy, today));
            about.extend(sample.unwrap_or_else(|why| {
                Some(Finding::of(FindingCode::Unreadable).found(&self.words.store_error(&why)))
            }));
        }
        let before = pair.old.as_ref().map(|old| old.status.state);
        let expected = message::of_step(&pair.new, &event, before, self.fixed());
        self.message(&expected, author, &mut about);
        let opened = self.opened(&pair, &event, policy, &mut about);
        self.around(&pair.new, &event, opened.as_ref(), &mut about);
        self.archive(&record, &event, policy, &mut about);
        findings.extend(about.into_iter().map(|finding| match finding.record {
            Some(_) => finding,
            None => finding.record(&id),
        }));
    }

    /// What the decision saw: the desk before the commit, and the contacts that came with it.
    pub(super) fn lookup(&self) -> CommitSides<'_> {
        CommitSides { before: self.before, after: self.after }
    }

    pub(super) fn scene<'s>(
        &self,
        record: &'s Record,
        policy: &'s Policy,
        stamp: &'s Stamp,
        lookup: &'s CommitSides<'_>,
    ) -> Scene<'s> {
        let since = self.since.map_or(stamp.recorded_at, |since| since.max(stamp.recorded_at));
        Scene { record, policy, stamp, now: since, lookup }
    }

    /// Reads a record on both sides.
    pub(super) fn pair(&self, id: &RecordId, findings: &mut Vec<Finding>) -> Option<Pair> {
        let path = layout::record(id);
        let mut unreadable = |why: &Error| {
            findings.push(
                Finding::of(FindingCode::Unreadable)
                    .record(id)
                    .path(&path)
                    .found(&self.words.store_error(why)),
            );
        };
        let old = match self.before.record_and_text(id) {
            Ok(old) => old.map(Rc::unwrap_or_clone),
            Err(why) => {
                unreadable(&why);
                return None;
            }
        };
        let (old, before) = old.unzip();
        match self.after.record_and_text(id) {
            Ok(Some(told)) => {
                let (new, after) = Rc::unwrap_or_clone(told);
                let pair = Pair { old, new, texts: (before, after) };
                spelled(&pair, findings);
                Some(pair)
            }
            Ok(None) => {
                findings.push(Finding::of(FindingCode::MessageForged).record(id).path(&path));
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
            findings
                .push(Finding::of(FindingCode::AuthorForged).expected(&author.id).found(&stamp.by));
        }
        if stamp.recorded_at.unix() != self.commit.authored_at.unix() {
            findings.push(
                Finding::of(FindingCode::TimeForged)
                    .expected(self.commit.authored_at)
                    .found(stamp.recorded_at),
            );
        }
        in_order(pair, stamp, findings);
        late(pair, stamp, policy, findings);
        let unknown = |record: &Record| record.status.due.has_unknown();
        if unknown(&pair.new) && !pair.old.as_ref().is_some_and(unknown) {
            findings.push(Finding::of(FindingCode::DueUnknown));
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
        let lookup = self.lookup();
        let old = &pair.opened(&event.stamp);
        let causes = complaint::caused_intake(old, event).is_some();
        let reference = match (causes, &event.stamp.opened) {
            (false, None) => return None,
            (true, Some(reference)) => reference,
            (true, None) => {
                findings
                    .push(Finding::of(FindingCode::DecidedOtherwise).expected(Phrase::Complaint));
                return None;
            }
            (false, Some(reference)) => {
                findings.push(Finding::of(FindingCode::DecidedOtherwise).found(&reference.record));
                return None;
            }
        };
        let id = reference.record.clone();
        let new_pair = self.pair(&id, findings)?;
        if let Some(first) = new_pair.new.history.first() {
            named(&new_pair, first, policy, findings);
        }
        let scene = self.scene(old, policy, &event.stamp, &lookup);
        let names = (id.clone(), reference.event.clone());
        let due = complaint::opened_by(event, &scene, names).ok().flatten();
        let fits = due.is_some_and(|due| text_of(&due).as_ref() == Some(&new_pair.texts.1));
        if new_pair.old.is_some() || !fits {
            findings.push(Finding::of(FindingCode::DecidedOtherwise).record(&id));
        }
        Some(id)
    }

    /// Everything else that the commit touches.
    pub(super) fn around(
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
                        findings.push(Finding::of(FindingCode::Smuggled).path(&changed.path));
                    }
                }
                Area::Contacts => self.contact_of(changed, record, event, findings),
                Area::Customers | Area::Policy | Area::Templates | Area::Archive => {}
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
        findings.push(Finding::of(FindingCode::Respelled).record(&pair.new.id).path(path));
    }
}

/// True for a new record that somebody opened here: not one that another system, an answer to a
/// callback or a clash of two clones made.
fn is_plain(record: &Record) -> bool {
    let intake = &record.intake;
    is_new(record) && intake.source.is_none() && intake.cause.is_none()
}

/// True for a record that was never renamed nor taken over from a later docket.
pub(super) fn is_new(record: &Record) -> bool {
    record.format == FORMAT
        && record.formerly.is_none()
        && record.namesakes.is_empty()
        && record.crossed.is_empty()
}
