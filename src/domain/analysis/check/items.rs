//! Whether what was done for a record elsewhere went by the rules: visits, remote sessions.

use super::Page;
use crate::domain::{
    analysis::finding::{
        Finding, FindingCode,
        phrase::{Phrase, SessionIrregularity, VisitIrregularity},
    },
    base::{
        terms::{Support, VisitStep},
        time::Timestamp,
    },
    history::intake::DueAt,
};

impl Page<'_> {
    pub(super) fn items(&mut self) {
        self.sessions();
        self.visits();
    }

    /// Sessions are ended on their day and leave other software alone, and what was worked on remotely has
    /// one, with who allowed it (A23).
    fn sessions(&mut self) {
        let status = &self.record.status;
        let zone = self.context.policy.calendar.zone();
        let today = self.context.now.in_zone(zone).date();
        let mut found = Vec::new();
        for (number, session) in status.numbered_sessions() {
            if session.is_running() && session.at.in_zone(zone).date() < today {
                found.push(Phrase::Session { number, what: SessionIrregularity::NotEnded });
            }
            if session.work.as_ref().is_some_and(|work| work.other_software.is_some()) {
                found.push(Phrase::Session { number, what: SessionIrregularity::OtherSoftware });
            }
        }
        let is_remote = status.support == Some(Support::Remote) && status.resolution.is_some();
        if is_remote && status.sessions.iter().all(|session| session.consent.is_none()) {
            found.push(Phrase::NoSession);
        }
        for what in found {
            self.add(Finding::of(FindingCode::RemoteIrregular).found(what));
        }
    }

    /// Visits come when they were promised, keep to the service code, are signed, and their forms come back
    /// (A24).
    fn visits(&mut self) {
        let now = self.context.now;
        let mut found = Vec::new();
        for (number, visit) in self.record.status.numbered_visits() {
            let mut wrong: Vec<_> =
                visit.prohibitions().into_iter().map(VisitIrregularity::Broken).collect();
            if visit.is_ahead() && visit.arrived_at.is_none() && visit.is_late(now) {
                wrong.push(VisitIrregularity::Untold);
            }
            if let Some(signature) = &visit.signature {
                if signature.by.is_none() {
                    wrong.push(VisitIrregularity::Unsigned);
                }
                let is_late = |due: DueAt, done: Option<Timestamp>| {
                    due.time().is_some_and(|due| done.unwrap_or(now) > due)
                };
                match visit.handed_in_at {
                    done if !is_late(signature.hand_in_due, done) => {}
                    Some(_) => wrong.push(VisitIrregularity::Late(VisitStep::HandIn)),
                    None => wrong.push(VisitIrregularity::NotHandedIn),
                }
                match visit.archived_at {
                    done if !is_late(signature.archive_due, done) => {}
                    Some(_) => wrong.push(VisitIrregularity::Late(VisitStep::Archive)),
                    None => wrong.push(VisitIrregularity::NotArchived),
                }
            }
            found.extend(wrong.into_iter().map(|what| Phrase::Visit { number, what }));
        }
        for what in found {
            self.add(Finding::of(FindingCode::VisitIrregular).found(what));
        }
    }
}
