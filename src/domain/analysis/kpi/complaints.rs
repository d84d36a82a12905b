//! How complaints ended (R74–R94).

use crate::domain::{
    analysis::{
        clock::reading::{ClockKind, readings},
        kpi::{CountedCase, Kpi, Tally, intake::is_valid},
    },
    base::terms::{Kind, State},
    history::status::Clock,
};

pub(super) fn count(tally: &mut Tally<'_, '_>) {
    let (past, window) = (tally.past, tally.window);
    let status = past.status();
    if status.kind != Kind::Complaint {
        return;
    }
    let mut closed = None;
    past.steps(|step| {
        if step.after.state == State::Closed && step.from != State::Closed {
            closed = Some(step.at);
        }
    });
    let decided = status.complaint.as_ref().and_then(|complaint| complaint.decision.as_ref());
    if let Some(valid) = is_valid(past.record())
        && decided.is_some_and(|decision| window.has(decision.at))
        && !past.is_void()
    {
        tally.add(Kpi::ComplaintUpheld, valid);
    }
    let closed = closed.filter(|_| status.state == State::Closed);
    if closed.is_some_and(|at| window.has(at)) {
        let content = status.confirmation.as_ref().is_some_and(|c| c.satisfaction.is_content());
        tally.add(Kpi::ComplaintSatisfaction, content);
    }
    let readings = readings(past.record(), window.instant(), window.calendar_of(past.record()));
    let clock = readings.iter().find(|reading| reading.clock == ClockKind::Limit(Clock::Resolve));
    let Some((clock, due)) = clock.and_then(|clock| Some((clock, clock.due.time()?))) else {
        return;
    };
    let end = closed.unwrap_or(window.instant());
    let over = (end > due && !past.is_void()).then_some(due);
    let late = [clock.breached_at, over].into_iter().flatten().min();
    let here =
        closed.or(late).is_some_and(|at| window.has(at)) || late.is_some_and(|at| window.has(at));
    if here && !(past.is_void() && late.is_none()) {
        let case = CountedCase::new(Kpi::ComplaintOntime, 0, late.is_none());
        let missed = if late == clock.breached_at { clock.missed } else { late };
        tally.put(CountedCase { due: missed.or(Some(due)), done: closed, ..case });
    }
}
