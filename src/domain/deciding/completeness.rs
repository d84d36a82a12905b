//! What a record must hold before it is closed (R54).

use crate::domain::{
    base::terms::Kind,
    deciding::policy::Policy,
    history::{record::Record, refusal::MissingPart},
};

/// Version of these rules, written into the closing.
pub const RULES: u32 = 1;

/// What is missing, in the order of the report; empty for a complete record.
pub fn gaps(record: &Record, policy: &Policy) -> Vec<MissingPart> {
    let status = &record.status;
    let mut gaps = Vec::new();
    let mut want = |there: bool, gap: MissingPart| {
        if !there {
            gaps.push(gap);
        }
    };
    want(status.contact.is_some(), MissingPart::Contact);
    want(status.need.is_some(), MissingPart::Need);
    want(status.category.is_some(), MissingPart::Category);
    let has_products = !policy.catalog.products.is_empty();
    want(
        status.kind != Kind::Fault || !has_products || status.product.is_some(),
        MissingPart::Product,
    );

    let category = status.category.as_deref().and_then(|id| policy.catalog.category(id));
    let questions = category.map_or(&[][..], |category| &category.questions);
    for question in questions.iter().filter(|question| question.required) {
        want(status.answers.contains_key(&question.key), MissingPart::Answer(question.key.clone()));
    }
    for (number, _) in status.open_promises() {
        want(false, MissingPart::Promise(number));
    }
    let waiting = status.message.as_ref().is_some_and(|message| message.relayed.is_none());
    want(!waiting, MissingPart::Message);
    want(status.resolution.is_some(), MissingPart::Resolution);
    if let Some(complaint) = &status.complaint {
        want(complaint.verification.is_some(), MissingPart::Verified);
        want(complaint.notified.is_some(), MissingPart::Notified);
        want(status.times.routed_at.is_some(), MissingPart::Routed);
        want(complaint.decision.is_some(), MissingPart::Decision);
        let is_informed = status.resolution.as_ref().is_some_and(|done| done.told.is_some());
        want(is_informed, MissingPart::Feedback);
    }
    if let (Some(done), Some(callback)) = (&status.resolution, &status.confirmation) {
        want(done.done_at <= callback.at, MissingPart::Order);
    }
    gaps
}
