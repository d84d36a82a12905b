//! What customers said, at the callback and in the survey (R51, R57); extensions they agreed to.

use crate::domain::{
    analysis::kpi::{Kpi, Tally},
    base::terms::{Callback, Satisfaction, SurveyStanding},
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
            Act::Confirm(confirm) => {
                let reached = confirm.outcome != Callback::NoAnswer;
                found.push((Kpi::CallbackReached, reached));
                if reached {
                    let back = step.after.times.sent_back_at == Some(step.event.stamp.at)
                        && step.after.resolution.is_none();
                    found.push((Kpi::CallbackRework, back));
                    let grades = [Kpi::Satisfaction, Kpi::Csat, Kpi::VeryDissatisfied];
                    found.extend(graded(confirm.satisfaction, grades));
                }
            }
            Act::Survey(answer)
                if step.after.survey.as_ref().is_some_and(|first| {
                    first.at == Some(step.event.stamp.at)
                        && first.by.as_ref() == Some(&answer.answered_by)
                }) =>
            {
                let grades =
                    [Kpi::SurveySatisfaction, Kpi::SurveyCsat, Kpi::SurveyVeryDissatisfied];
                found.extend(graded(Some(answer.satisfaction), grades));
            }
            Act::SurveySend(send) => {
                let survey = past.whole().status.survey.as_ref();
                let answered =
                    survey.is_some_and(|survey| survey.standing == SurveyStanding::Answered);
                // while it may still be answered nothing is known
                if answered || window.now > send.until {
                    found.push((Kpi::SurveyResponse, answered));
                }
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
fn graded(given: Option<Satisfaction>, kpis: [Kpi; 3]) -> Vec<(Kpi, bool)> {
    let Some(given) = given else {
        return Vec::new();
    };
    let met = [given.is_content(), given.grade() >= 4, given.grade() == 1];
    kpis.into_iter().zip(met).collect()
}
