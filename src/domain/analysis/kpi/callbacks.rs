//! What customers said at the callback (R51), and the extensions that they agreed to.

use crate::domain::{
    analysis::kpi::{Kpi, Tally},
    base::terms::{Callback, Satisfaction},
    history::steps::Act,
};

pub(super) fn count(tally: &mut Tally<'_, '_>) {
    let (past, window) = (tally.past, tally.window);
    if past.is_void() {
        return;
    }
    let mut found: Vec<(Kpi, bool)> = Vec::new();
    past.steps(|step| {
        if !window.has(step.at) {
            return;
        }
        match &step.event.act {
            // nobody called a customer whose callback was not needed
            Act::Confirm(confirm) if confirm.outcome != Callback::NotNeeded => {
                let reached = confirm.outcome != Callback::NoAnswer;
                found.push((Kpi::CallbackReached, reached));
                if reached {
                    let back = confirm.sends_back(step.after.kind);
                    found.push((Kpi::CallbackRework, back));
                    let grades = [Kpi::Satisfaction, Kpi::Csat, Kpi::VeryDissatisfied];
                    found.extend(graded(confirm.satisfaction, grades));
                }
            }
            Act::Import(import) => {
                let grades = [Kpi::Satisfaction, Kpi::Csat, Kpi::VeryDissatisfied];
                found.extend(graded(import.satisfaction, grades));
            }
            Act::Extend(extend) if extend.due_after.resolve.is_some() => {
                found.push((Kpi::ExtensionConsent, extend.consent.given));
            }
            _ => {}
        }
    });
    for (kpi, met) in found {
        tally.add(kpi, met);
    }
}

/// Content (3 and better), in the top two grades, at the lowest one; nothing without a grade.
pub(super) fn graded(given: Option<Satisfaction>, kpis: [Kpi; 3]) -> Vec<(Kpi, bool)> {
    let Some(given) = given else {
        return Vec::new();
    };
    let met = [given.is_content(), given.grade() >= 4, given.grade() == 1];
    kpis.into_iter().zip(met).collect()
}
