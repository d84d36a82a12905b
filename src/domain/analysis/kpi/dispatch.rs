//! How well the desk finds who can solve it (R31, R35).

use crate::domain::{
    analysis::kpi::{Kpi, Tally},
    history::steps::Act,
};

pub(super) fn count(tally: &mut Tally<'_, '_>) {
    let (past, window) = (tally.past, tally.window);
    if past.is_void() {
        return;
    }
    let mut dispatched = Vec::new();
    past.steps(|step| match &step.event.act {
        Act::Route(_) => dispatched.push((step.at, false)),
        Act::Return(_) => {
            if let Some(last) = dispatched.last_mut() {
                last.1 = true;
            }
        }
        _ => {}
    });
    let again = dispatched.len() > 1;
    for (at, returned) in &dispatched {
        if window.has(*at) {
            tally.add(Kpi::FirstDispatch, !returned);
            tally.add(Kpi::ReturnRate, *returned);
        }
    }
    if dispatched.iter().any(|(at, _)| window.has(*at)) {
        tally.add(Kpi::RerouteRate, again);
    }
}
