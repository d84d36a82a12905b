//! What a record must hold before it is closed (R54).

use crate::domain::{
    base::terms::Kind,
    deciding::policy::Policy,
    history::{record::Record, refusal::Gap},
};

/// Version of these rules, written into the closing.
pub const RULES: u32 = 1;

/// What is missing, in the order of the report; empty for a complete record.
pub fn gaps(record: &Record, policy: &Policy) -> Vec<Gap> {
    let status = &record.status;
    let mut gaps = Vec::new();
    let mut want = |there: bool, gap: Gap| {
        if !there {
            gaps.push(gap);
        }
    };
    want(status.contact.is_some(), Gap::Contact);
    want(status.need.is_some(), Gap::Need);
    want(status.category.is_some(), Gap::Category);
    let has_products = !policy.catalog.products.is_empty();
    want(status.kind != Kind::Fault || !has_products || status.product.is_some(), Gap::Product);

    let category = status.category.as_deref().and_then(|id| policy.catalog.category(id));
    let questions = category.map_or(&[][..], |category| &category.questions);
    for question in questions.iter().filter(|question| question.required) {
        want(status.answers.contains_key(&question.key), Gap::Answer(question.key.clone()));
    }
    for (number, _) in status.open_promises() {
        want(false, Gap::Promise(number));
    }
    let waiting = status.message.as_ref().is_some_and(|message| message.relayed.is_none());
    want(!waiting, Gap::Message);
    want(status.resolution.is_some(), Gap::Resolution);
    if let Some(complaint) = &status.complaint {
        want(complaint.verification.is_some(), Gap::Verified);
        want(complaint.notified.is_some(), Gap::Notified);
        want(status.times.routed_at.is_some(), Gap::Routed);
        want(complaint.decision.is_some(), Gap::Decision);
        let is_informed = status.resolution.as_ref().is_some_and(|done| done.told.is_some());
        want(is_informed, Gap::Feedback);
    }
    if let (Some(done), Some(callback)) = (&status.resolution, &status.confirmation) {
        want(done.done_at <= callback.at, Gap::Order);
    }
    gaps
}
