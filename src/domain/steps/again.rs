//! A step decided once more, by the rules and the record that it found: what an audit compares with.

use crate::domain::{
    refusal::Refusal,
    steps::{
        Act, Scene, amend, extend, pend, recompute, route, sending, settle::Settle, update::Update,
    },
};

/// What the step would be if it were decided now in this scene, from what a person had said for it.
/// A step that asks no policy, or that another record has a say in, is given back as it is.
///
/// # Errors
/// The [`Refusal`] of the rule that stands against it.
pub fn decided(act: &Act, scene: &Scene<'_>) -> Result<Act, Refusal> {
    Ok(match act.clone() {
        Act::Ack(ack) => ack.decide(scene)?.into(),
        Act::Route(said) => {
            let route::Route { to, unit, reason, method, .. } = *said;
            route::Wish { to, unit: Some(unit), reason, method }.decide(scene)?.into()
        }
        Act::Accept(accept) => accept.decide(scene)?.into(),
        Act::Update(said) => updated(&said, scene)?,
        Act::Pend(said) => {
            let pend::Pend { reason, resume_by, evidence, .. } = *said;
            pend::Wish { reason, resume_by, evidence }.decide(scene)?.into()
        }
        Act::Resume(_) => pend::Resume::decide(scene).into(),
        Act::Extend(said) => {
            let extend::Extend { plan, until, consent, .. } = *said;
            extend::Wish { plan, until, consent }.decide(scene)?.into()
        }
        Act::Escalate(escalate) => escalate.decide(scene)?.into(),
        Act::Handover(handover) => handover.decide(scene)?.into(),
        Act::Resolve(resolve) => resolve.decide(scene)?.into(),
        Act::Confirm(confirm) => confirm.decide(scene)?.into(),
        Act::Close(close) => close.decide(scene)?.into(),
        Act::Reopen(reopen) => reopen.decide(scene)?.into(),
        Act::Survey(survey) => survey.decide(scene)?.into(),
        Act::SurveySend(said) => sending::Send::decide(said.drawn.clone(), scene)?.into(),
        Act::Recompute(_) => recompute::Recompute::decide(scene).into(),
        Act::Settle(said) => Settle::decide(scene, said.keep.as_str(), said.reason.clone())?.into(),
        Act::Amend(said) if !said.set.is_empty() => {
            let set = said.set.iter().map(|put| (put.field, put.new.clone())).collect();
            let wish = amend::Wish { set, event: None, reason: said.reason.clone() };
            Act::from(amend::Amend { event: said.event, ..wish.decide(scene)? })
        }
        Act::Open(_)
        | Act::Return(_)
        | Act::Respond(_)
        | Act::Decide(_)
        | Act::Promise(_)
        | Act::Kept(_)
        | Act::Relay(_)
        | Act::Explain(_)
        | Act::Takeover(_)
        | Act::SurveyExpire(_)
        | Act::Cancel(_)
        | Act::Merge(_)
        | Act::Link(_)
        | Act::Amend(_)
        | Act::Import(_) => act.clone(),
    })
}

/// The level of the event is the one that was said, or the one that the facts gave.
fn updated(said: &Update, scene: &Scene<'_>) -> Result<Act, Refusal> {
    let blank =
        Update { priority: None, limits: None, due_before: None, due_after: None, ..said.clone() };
    let by_facts = Update { level: None, ..blank.clone() };
    if by_facts != blank
        && let Ok(decided) = by_facts.decide(scene)
        && decided == *said
    {
        return Ok(decided.into());
    }
    Ok(blank.decide(scene)?.into())
}
