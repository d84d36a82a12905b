//! Whether engineers came when they were promised (P4), and their forms came back (R70).

use crate::domain::{
    analysis::kpi::{CountedCase, Kpi, Tally},
    base::{terms::VisitState, time::Timestamp},
    history::{intake::DueAt, status::visit::VisitEntry},
};

pub(super) fn count(tally: &mut Tally<'_, '_>) {
    let visits = tally.past.status().visits.clone();
    for visit in visits.iter().filter(|visit| visit.state != VisitState::Cancelled) {
        appointment(tally, visit);
        form(tally, visit);
    }
}

/// An appointment of the period, once somebody came, or it is missed or over; an arrival by its end keeps it.
fn appointment(tally: &mut Tally<'_, '_>, visit: &VisitEntry) {
    let due = visit.window.until;
    put(tally, visit, Kpi::AppointmentKept, due, visit.arrived_at);
}

/// A form that was to be archived in the period.
fn form(tally: &mut Tally<'_, '_>, visit: &VisitEntry) {
    let due = visit.signature.as_ref().map(|signature| signature.archive_due);
    if let Some(due) = due.and_then(DueAt::time) {
        put(tally, visit, Kpi::FormArchive, due, visit.archived_at);
    }
}

fn put(
    tally: &mut Tally<'_, '_>,
    visit: &VisitEntry,
    kpi: Kpi,
    due: Timestamp,
    done: Option<Timestamp>,
) {
    let is_missed = visit.state == VisitState::Missed || due < tally.window.instant();
    if !tally.window.has(due) || done.is_none() && !is_missed {
        return;
    }
    let met = done.is_some_and(|at| at <= due);
    // of what was cancelled or merged a breach stays
    if tally.past.is_void() && met {
        return;
    }
    let case = CountedCase::new(kpi, 0, met);
    let by = Some(visit.engineer.clone());
    tally.put(CountedCase { due: Some(due), done, by, ..case });
}
