//! Whether the procedure was followed to the end (A13–A19, A28, A32). The guards of the steps keep
//! docket from writing such a record; other tools know no guards.

use super::Page;
use crate::domain::{
    analysis::finding::{
        Detail, Finding, FindingCode,
        phrase::{ComplaintIrregularity, Phrase},
    },
    base::{
        ids::PersonId,
        personal::personal_values,
        terms::{Kind, Level, Role, State},
    },
    deciding::{self, completeness, policy::people::Person},
    history::{
        event::Event, record::Record, refusal::MissingPart, roles, status::parts::ComplaintDetails,
        steps::Act,
    },
};

/// So long after it was acknowledged, a matter that was answered on the spot is solved.
const ANSWERED_WITHIN_MINUTES: i64 = 15;

/// With this priority, or a greater number, a matter waits.
const LOW_PRIORITY: u8 = 4;

impl Page<'_> {
    pub(super) fn procedure(&mut self) {
        self.answered();
        let status = &self.record.status;
        if status.kind == Kind::Remark || status.source.is_some() {
            return;
        }
        self.major();
        self.ended();
        self.discontent();
        if let Some(complaint) = status.complaint.clone() {
            self.complaint(&complaint);
        }
        self.items();
        self.staffed();
        self.rated();
        self.personal_data();
    }

    /// Who is told nothing of when a reply comes has the answer, by the times of entry (R21); else a remark on
    /// the acknowledgement says how they got it.
    fn answered(&mut self) {
        let mut events = self.record.effective_events();
        let answered = |event: &&Event| matches!(&event.act, Act::Ack(ack) if ack.answered);
        let Some(ack) = events.find(answered) else { return };
        let until = ack.stamp.recorded_at.plus_minutes(ANSWERED_WITHIN_MINUTES);
        let is_in_time = |event: &Event| {
            let is_end = match &event.act {
                Act::Resolve(_) => roles::is_desk(event.stamp.role),
                Act::Cancel(_) | Act::Merge(_) => true,
                _ => false,
            };
            is_end && event.stamp.recorded_at <= until
        };
        let was_answered = events.any(is_in_time) || self.record.is_remarked_on(&ack.stamp.id);
        if !was_answered && self.context.now > until {
            self.add(Finding::of(FindingCode::NotAnswered).expected(Phrase::NotAfter(until)));
        }
    }

    fn major(&mut self) {
        let status = &self.record.status;
        if status.level == Some(Level::Major)
            && status.complaint.is_none()
            && status.escalations.is_empty()
            && !matches!(status.state, State::Cancelled | State::Merged)
        {
            let criterion = status.major.clone().map(Detail::Value);
            let found = criterion.unwrap_or_else(|| Phrase::NoCriterion.into());
            self.add(Finding::of(FindingCode::MajorUntold).found(found));
        }
    }

    /// What must be there once it is solved, and once it is closed.
    fn ended(&mut self) {
        let status = &self.record.status;
        let (closed, excepted) = (status.state == State::Closed, status.exception.is_some());
        let solved = matches!(status.state, State::Resolved | State::Confirmed) || closed;
        if solved && !excepted && status.resolution.is_none() {
            self.add(Finding::of(FindingCode::NoResult));
        }
        if !closed || excepted {
            return;
        }
        let called = match &status.complaint {
            Some(complaint) => complaint.callback.as_ref().map(|callback| callback.by.clone()),
            None => status.confirmation.as_ref().map(|confirmation| confirmation.by.clone()),
        };
        let resolver = status.resolution.as_ref().and_then(|done| done.by.clone());
        if called.is_none() || called == resolver {
            let found = called.map_or_else(|| Phrase::Nobody.into(), |by| Detail::from(&by));
            self.add(Finding::of(FindingCode::NotCalledBack).found(found));
        }
        let given = status.confirmation.as_ref().map(|confirmation| confirmation.satisfaction);
        if status.complaint.is_none() && given.is_some_and(|given| !given.is_content()) {
            let found = given.map(|given| Detail::from(&given));
            self.add(Finding { found, ..Finding::of(FindingCode::NotContent) });
        }
        self.complete();
    }

    /// Fields that no policy of another day could have waived (A19).
    fn complete(&mut self) {
        let gaps = completeness::gaps(self.record, self.context.policy);
        for gap in gaps {
            let is_always_needed = matches!(
                gap,
                MissingPart::Contact
                    | MissingPart::Need
                    | MissingPart::Promise(_)
                    | MissingPart::Message
                    | MissingPart::Feedback
            );
            if is_always_needed {
                self.add(Finding::of(FindingCode::Incomplete).expected(Phrase::Missing(gap)));
            }
        }
    }

    /// A customer who is not content has a complaint (A17).
    fn discontent(&mut self) {
        let mut found = Vec::new();
        for (place, event) in self.record.history.iter().enumerate() {
            let may_open = matches!(event.act, Act::Confirm(_) | Act::Survey(_) | Act::Visit(_));
            if !may_open || event.stamp.opened.is_some() {
                continue;
            }
            let history = self.record.history[..place].to_vec();
            let mut before = Record { history, ..self.record.clone() };
            before.status = before.replay();
            if deciding::complaint::caused_intake(&before, event).is_some() {
                found.push(event.stamp.n);
            }
        }
        for number in found {
            self.add(Finding::of(FindingCode::ComplaintUnopened).found(Phrase::Event(number)));
        }
    }

    fn complaint(&mut self, complaint: &ComplaintDetails) {
        let status = &self.record.status;
        let routed = status.times.routed_at.is_some();
        let resolver = status.resolution.as_ref().and_then(|done| done.by.as_ref());
        let handlers = status.assignee.iter().chain(resolver);
        let has_role = |person: &PersonId| {
            let person = self.person(person);
            person.is_some_and(|it| {
                it.roles.iter().any(|role| matches!(role, Role::TeamLead | Role::Leader))
            })
        };
        let major = status.level == Some(Level::Major);
        let wrong = [
            (routed && complaint.notified.is_none(), ComplaintIrregularity::NotifiedLate),
            (
                status.resolution.is_some() && complaint.decision.is_none(),
                ComplaintIrregularity::DecidedLate,
            ),
            (
                handlers.clone().any(|person| complaint.is_against(person)),
                ComplaintIrregularity::OwnCase,
            ),
            (
                major && status.state.is_unfinished() && handlers.clone().any(|it| !has_role(it)),
                ComplaintIrregularity::NotWithLead,
            ),
            (
                status.state == State::Closed
                    && status.exception.is_none()
                    && complaint.is_unhappy()
                    && complaint.dissatisfied.is_none(),
                ComplaintIrregularity::NoReason,
            ),
        ];
        for (_, irregularity) in wrong.iter().filter(|it| it.0) {
            let finding = Finding::of(FindingCode::ComplaintIrregular);
            self.add(finding.found(Phrase::Irregular(*irregularity)));
        }
    }

    /// Whoever holds unfinished work is here (A28).
    fn staffed(&mut self) {
        let status = &self.record.status;
        if !status.state.is_unfinished() {
            return;
        }
        let mut holders = vec![status.desk_owner.clone()];
        holders.extend(status.assignee.clone());
        let ahead = status.visits.iter().filter(|visit| visit.is_ahead());
        holders.extend(ahead.map(|visit| visit.engineer.clone()));
        holders.sort();
        holders.dedup();
        for holder in holders {
            let today = self.context.now.date();
            if !self.person(&holder).is_some_and(|person| person.is_active(today)) {
                self.add(Finding::of(FindingCode::StaffMissing).found(&holder));
            }
        }
    }

    /// Who cannot work does not wait behind the rest (A32).
    fn rated(&mut self) {
        let status = &self.record.status;
        let stopped = self.record.intake.stops_work == Some(true);
        let low = status.priority.is_some_and(|priority| priority >= LOW_PRIORITY);
        if stopped && low && status.state.is_unfinished() {
            let found = status.priority.map(|priority| Phrase::Priority(priority).into());
            self.add(Finding { found, ..Finding::of(FindingCode::Underrated) });
        }
    }

    /// A title stands in lists and reports, so it names nobody by number or address (A26), whatever the
    /// reason why it was kept.
    fn personal_data(&mut self) {
        for value in personal_values(&self.record.status.title) {
            let what = Phrase::InTitle(value.kind);
            self.add(Finding::of(FindingCode::PersonalData).found(what));
        }
    }

    fn person(&self, id: &PersonId) -> Option<&Person> {
        self.context.policy.people.get(id)
    }
}
