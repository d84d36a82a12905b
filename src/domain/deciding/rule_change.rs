//! What a file of rules says of itself when a command changes it (R115).

use chrono::NaiveDate;

use crate::domain::{base::document::Document, history::refusal::Refusal};

/// The head of a file at `path` that was as `before` and is to be as somebody told it: one version on, in
/// force from `today`, put there by `approver`. Who read it through stays as told. `None` for a file
/// without a head, such as the desk's own.
///
/// # Errors
/// [`Refusal::HeadLost`]: its version would begin anew.
pub fn head(
    path: &'static str,
    [before, told]: [Option<&Document>; 2],
    today: NaiveDate,
    approver: &str,
) -> Result<Option<Document>, Refusal> {
    let Some(told) = told else {
        return if before.is_some() { Err(Refusal::HeadLost { path }) } else { Ok(None) };
    };
    Ok(Some(Document {
        version: before.map_or(0, |before| before.version).saturating_add(1),
        effective_on: today,
        reviewed_by: told.reviewed_by.clone(),
        approved_by: approver.to_owned(),
    }))
}
