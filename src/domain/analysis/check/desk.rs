//! What is wrong with records beside each other, and with the rules they are held to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::{CheckContext, people, waits};
use crate::domain::{
    analysis::{
        finding::{
            Detail, Finding, FindingCode,
            phrase::{DisputedField, Phrase},
        },
        kpi::{self, KpiWindow},
    },
    base::{
        calendar::Calendar,
        ids::{ContactId, RecordId},
        month::Month,
        terms::{Kind, Role, State},
        text::{as_author, author_line},
    },
    deciding::policy::{Policy, desk::DeskSettings},
    history::{
        contact::{Contact, ContactField},
        intake::{Reference, Source},
        lifecycle,
        record::Record,
        steps::{Act, Action},
    },
};

/// The month from which next year's holidays are usually published.
const PUBLISHED: u32 = 11;
/// Within so many days the same fault of the same customer is a repeat.
const REPEAT_DAYS: u32 = 7;

/// Everything that records, contacts and rules show only together.
pub fn together(
    records: &[Record],
    contacts: &[Contact],
    context: &CheckContext<'_>,
) -> Vec<Finding> {
    let mut findings = rules(context);
    findings.extend(dangling(records, contacts));
    findings.extend(people::named_as_team(contacts, context.policy));
    findings.extend(people::erased_and_known(contacts));
    findings.extend(causes(records));
    findings.extend(imported_twice(records));
    findings.extend(remarks(records));
    findings.extend(balance(records, context));
    findings
}

/// Rules that hold today, a calendar of this year, names that commits can bear, and somebody for each
/// role (A27–A29).
pub fn rules(context: &CheckContext<'_>) -> Vec<Finding> {
    let CheckContext { now, policy } = *context;
    let today = now.date();
    let mut findings = not_yet_in_force(policy, today);
    findings.extend(without_holidays(&policy.calendar, "policy/calendar.yaml", today));
    // those without years of their own have the desk's
    let own = policy.agreements.calendars().values();
    let own = own.filter(|hours| hours.rules().years != policy.calendar.rules().years);
    findings
        .extend(own.filter_map(|hours| without_holidays(hours, "policy/agreements.yaml", today)));
    for person in policy.people.people.iter().filter(|person| person.is_active(today)) {
        let names = std::iter::once(&person.name).chain(&person.emails);
        for name in names.filter(|name| author_line(name).is_err()) {
            let finding = Finding::of(FindingCode::Unnamable).path("policy/people.yaml");
            findings.push(finding.expected(&as_author(name)).found(name));
        }
    }
    findings.extend(without_staff(policy, today));
    findings
}

/// A calendar without this year (A27), or soon without the next one (A42).
fn without_holidays(calendar: &Calendar, path: &str, today: NaiveDate) -> Option<Finding> {
    let (code, year) = if !calendar.is_loaded(today.year()) {
        (FindingCode::PolicyStale, today.year())
    } else if today.month() >= PUBLISHED && !calendar.is_loaded(today.year() + 1) {
        (FindingCode::NextYearMissing, today.year() + 1)
    } else {
        return None;
    };
    Some(Finding::of(code).path(path).expected(Phrase::Holidays(year)))
}

/// The roles that the procedure needs and nobody has.
pub fn without_staff(policy: &Policy, today: NaiveDate) -> Vec<Finding> {
    let is_held = |role: &Role| {
        let mut people = policy.people.people.iter();
        people.any(|person| person.is_active(today) && person.roles.contains(role))
    };
    let needed = [Role::TeamLead, Role::Agent, Role::RelationshipManager].into_iter();
    let finding = |role| {
        let finding = Finding::of(FindingCode::StaffMissing).path("policy/people.yaml");
        finding.expected(&role)
    };
    needed.filter(|role| !is_held(role)).map(finding).collect()
}

/// Rules that say that they hold from a day to come on: until then every step is refused.
pub fn not_yet_in_force(policy: &Policy, today: NaiveDate) -> Vec<Finding> {
    let finding = |(file, from)| {
        let finding = Finding::of(FindingCode::NotYetInForce).path(format!("policy/{file}.yaml"));
        finding.expected(Phrase::NoLaterDay(today)).found(Phrase::InForceFrom(from))
    };
    policy.not_yet_in_force(today).map(finding).collect()
}

/// A desk that would be looked for on another branch than the one it lies on.
pub fn on_another_branch(desk: &DeskSettings, branch: &str) -> Option<Finding> {
    let finding = || {
        Finding::of(FindingCode::PolicyChanged)
            .path("docket.yaml")
            .expected(Phrase::Branch(branch.to_owned()))
            .found(Phrase::Branch(desk.branch.clone()))
    };
    (desk.branch != branch).then(finding)
}

/// True for what [`on_another_branch`] found, and for nothing else that may not be changed.
pub fn is_about_branch(finding: &Finding) -> bool {
    let is_branch = matches!(finding.expected, Some(Detail::Phrase(Phrase::Branch(_))));
    finding.code == FindingCode::PolicyChanged && is_branch
}

/// References lead to what is there, and never in a circle (A31).
fn dangling(records: &[Record], contacts: &[Contact]) -> Vec<Finding> {
    let by_id: BTreeMap<&RecordId, &Record> = records.iter().map(|it| (&it.id, it)).collect();
    let people = people::by_id(contacts);
    let mut findings = Vec::new();
    for record in records {
        let finding = || Finding::of(FindingCode::Dangling).record(&record.id);
        for reference in references(record) {
            if referred(&by_id, reference).is_none() {
                findings.push(finding().expected(&reference.record));
            }
        }
        if let Some(contact) = &record.status.contact
            && !people.contains_key(contact)
        {
            findings.push(finding().expected(contact));
        }
        let next = |id: &RecordId| {
            let into = by_id.get(id)?.status.merged_into.as_ref()?;
            Some(referred(&by_id, into)?.id.clone())
        };
        if in_circle(&record.id, next) {
            findings.push(finding().found(Phrase::MergedInCircle));
        } else if let Some(end) = ended_unseen(record, &by_id) {
            let (record, state) = (end.id.clone(), end.status.state);
            findings.push(finding().found(Phrase::EndedUnseen { record, state }));
        }
        if let Some(other) = parted_again(record, &by_id) {
            let (record, of) = (record.id.clone(), Finding::of(FindingCode::Clash));
            let phrase = Phrase::GoesOnByItself { record: record.clone(), other };
            findings.push(of.record(&record).found(phrase));
        }
    }
    findings.extend(people::nameless(records, contacts));
    findings.extend(waits::in_circles(records, &by_id));
    findings.extend(waits::closed_over(records, &by_id));
    for contact in contacts {
        for (field, values) in contact.unsettled() {
            let path = format!("contacts/{}", contact.id.file());
            let other = values.iter().find(|value| !value.is_empty());
            let phrase = match other.filter(|_| field == ContactField::MergedInto) {
                Some(other) => {
                    let (contact, other) = (contact.id.clone(), other.clone());
                    Phrase::MergedBothWays { contact, other }
                }
                None => Phrase::ValuesOf(DisputedField::Contact(field), values.len()),
            };
            findings.push(Finding::of(FindingCode::Clash).path(path).found(phrase));
        }
        for (field, values) in contact.person.iter().flat_map(|person| &person.disputed) {
            let path = format!("contacts/{}", contact.id.file());
            let phrase = Phrase::ValuesOf(DisputedField::Person(*field), values.len());
            findings.push(Finding::of(FindingCode::Clash).path(path).found(phrase));
        }
        let path = format!("contacts/{}", contact.id.file());
        if contact.merged_into.as_ref().is_some_and(|into| !people.contains_key(into)) {
            findings.push(Finding::of(FindingCode::Dangling).path(&path));
        }
        let next = |id: &ContactId| people.get(id)?.merged_into.clone();
        if in_circle(&contact.id, next) {
            findings
                .push(Finding::of(FindingCode::Dangling).path(path).found(Phrase::MergedInCircle));
        }
    }
    findings
}

/// The record that was to go on in this one, as somebody settled it, while another clone settled that it
/// does not: both go on.
fn parted_again(record: &Record, by_id: &BTreeMap<&RecordId, &Record>) -> Option<RecordId> {
    let settled = record.effective_events().filter_map(|event| match &event.act {
        Act::Settle(settle) if record.event(&settle.keep).is_none() => Some(&settle.settled),
        _ => None,
    });
    let merges = settled.flatten().filter_map(|id| match &record.event(id)?.act {
        Act::Merge(merge) => referred(by_id, &merge.into),
        _ => None,
    });
    let goes_on = |record: &Record| record.status.state.is_unfinished();
    let mut parted = merges.filter(|other| goes_on(record) && goes_on(other));
    parted.next().map(|other| other.id.clone())
}

/// The record in which a merged one goes on, where it was cancelled or had been closed, and neither its
/// cancelling nor a remark on the merge says what became of that one: two clones may have done the
/// one and the other.
fn ended_unseen<'r>(
    record: &'r Record,
    by_id: &BTreeMap<&RecordId, &'r Record>,
) -> Option<&'r Record> {
    let merge = record.merge()?;
    let mut end = record;
    for _ in 0..by_id.len() {
        let Some(into) = &end.status.merged_into else { break };
        end = referred(by_id, into)?;
    }
    let is_named = end.effective_events().any(|event| match &event.act {
        Act::Cancel(cancel) => cancel.merged.iter().any(|it| record.is_meant_by(it)),
        _ => false,
    });
    let is_over = end.status.state == State::Cancelled && !is_named
        || end.closing().is_some_and(|closing| closing < merge);
    (is_over && !record.is_remarked_on(merge)).then_some(end)
}

/// The record that a reference means: under the id it names, or under the one that record got when
/// two clones had given that id to two matters.
pub(super) fn referred<'r>(
    known: &BTreeMap<&RecordId, &'r Record>,
    reference: &Reference,
) -> Option<&'r Record> {
    let named = *known.get(&reference.record)?;
    let others = named.namesakes.iter().filter_map(|id| known.get(id).copied());
    let mut all = std::iter::once(named).chain(others);
    all.find(|record| record.is_meant_by(reference))
}

/// Every other record that a record names.
fn references(record: &Record) -> Vec<&Reference> {
    let (intake, status) = (&record.intake, &record.status);
    let references = [&intake.from, &intake.cause, &intake.follows, &status.merged_into];
    let about = intake.complaint.iter().filter_map(|complaint| complaint.about.as_ref());
    let opened = record.history.iter().filter_map(|event| event.stamp.opened.as_ref());
    let links = status.links.iter().map(|link| &link.to);
    let mut all: Vec<_> =
        references.into_iter().flatten().chain(about).chain(opened).chain(links).collect();
    all.sort_by_key(|reference| (&reference.record, &reference.event));
    all.dedup();
    all
}

/// True when following `next` leads back.
fn in_circle<T: Clone + Ord>(from: &T, next: impl Fn(&T) -> Option<T>) -> bool {
    let mut passed = BTreeSet::new();
    let mut here = next(from);
    while let Some(place) = here {
        if place == *from {
            return true;
        }
        if !passed.insert(place.clone()) {
            return false;
        }
        here = next(&place);
    }
    false
}

/// One callback or answer opens one complaint, also where two clones recorded it (A34).
fn causes(records: &[Record]) -> Vec<Finding> {
    let by_id: BTreeMap<&RecordId, &Record> = records.iter().map(|it| (&it.id, it)).collect();
    let mut first: BTreeMap<(&RecordId, &str), &RecordId> = BTreeMap::new();
    let mut findings = Vec::new();
    for record in records {
        let Some(cause) = &record.intake.cause else { continue };
        if let Some(other) = first.insert((&cause.record, cause.event.as_str()), &record.id) {
            let phrase = Phrase::SecondComplaint(other.clone());
            findings.push(Finding::of(FindingCode::Clash).record(&record.id).found(phrase));
        }
        let about = referred(&by_id, cause);
        let aside = about.is_some_and(|about| about.status.set_aside.contains(&cause.event));
        if aside && record.status.state.is_unfinished() {
            let phrase = Phrase::AnswerSetAside(cause.record.clone());
            findings.push(Finding::of(FindingCode::Clash).record(&record.id).found(phrase));
        }
    }
    findings
}

/// Two records for one number of another system: two clones took it over, and no later file can go on
/// with either until they are one, or tied (A34).
fn imported_twice(records: &[Record]) -> Vec<Finding> {
    let mut by_opening: Vec<&Record> =
        records.iter().filter(|record| record.stands_for().is_some()).collect();
    by_opening.sort_by_key(|record| record.history.first().map(|event| &event.stamp.id));
    let mut first: BTreeMap<&Source, &Record> = BTreeMap::new();
    let mut findings = Vec::new();
    for record in by_opening {
        let Some(source) = record.stands_for() else { continue };
        let other = *first.entry(source).or_insert(record);
        if other.id == record.id || are_tied(record, other) {
            continue;
        }
        let is_open = lifecycle::allows(Action::Merge, record.status.state).is_ok()
            && other.status.state.is_unfinished();
        let phrase = Phrase::ImportedTwice {
            record: record.id.clone(),
            other: other.id.clone(),
            number: source.number.clone(),
            is_open,
        };
        findings.push(Finding::of(FindingCode::Clash).record(&record.id).found(phrase));
    }
    findings
}

/// Whether one of two records names the other.
fn are_tied(one: &Record, other: &Record) -> bool {
    let names = |one: &Record, other: &Record| {
        references(one).iter().any(|reference| reference.record == other.id)
    };
    names(one, other) || names(other, one)
}

/// A remark of a customer who came with the same again, and nobody tied the two (A25).
fn remarks(records: &[Record]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_remark = |record: &&Record| record.status.kind == Kind::Remark;
    for remark in records.iter().filter(is_remark) {
        let (own, contact) = (&remark.status, remark.status.contact.as_ref());
        let again = records.iter().find(|other| {
            let that = &other.status;
            that.kind != Kind::Remark
                && contact.is_some()
                && that.contact.as_ref() == contact
                && own.category.is_some()
                && that.category == own.category
                && that.received_at > own.received_at
        });
        if let Some(again) = again.filter(|other| !are_tied(remark, other)) {
            let finding = Finding::of(FindingCode::RemarkRepeated).record(&remark.id);
            findings.push(finding.found(&again.id));
        }
    }
    findings
}

/// Opening + received + reopened − closed − cancelled − merged = closing, for this month and the
/// last (A33).
fn balance(records: &[Record], context: &CheckContext<'_>) -> Vec<Finding> {
    let CheckContext { now, policy } = *context;
    let zone = policy.calendar.zone();
    let this = Month::of(now.date());
    let last = this.before();
    let mut findings = Vec::new();
    for month in [last, this] {
        let (from, to) = (month.starts(zone), month.ends(zone));
        let window = KpiWindow { from, to, now, policy, repeat_days: REPEAT_DAYS, only: None };
        let balance = kpi::count(records, &window).balance;
        if balance.expected() != balance.closing {
            let (expected, found) = (balance.expected(), balance.closing);
            let place = Finding::of(FindingCode::Unbalanced).path(month.to_string());
            findings.push(place.expected(&expected).found(&found));
        }
    }
    findings
}
