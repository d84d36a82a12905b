//! What a file of rules says of itself when a command changes, drafts or adopts it (R115).

use chrono::NaiveDate;

use crate::domain::{
    base::{document::Document, ids::PersonId},
    deciding::policy::people::{People, Person},
    history::refusal::Refusal,
};

/// The head of a file at `path` that was as `before` and is to be as somebody told it: one version after
/// the `latest` of its name, in force from `today`, put there by `approver`. Who read it through stays as
/// told. `None` for a file without a head, such as the desk's own.
///
/// # Errors
/// [`Refusal::HeadLost`]: its version would begin anew.
pub fn head(
    path: &'static str,
    [before, told]: [Option<&Document>; 2],
    latest: u32,
    today: NaiveDate,
    approver: &str,
) -> Result<Option<Document>, Refusal> {
    let Some(told) = told else {
        return if before.is_some() { Err(Refusal::HeadLost { path }) } else { Ok(None) };
    };
    Ok(Some(Document {
        version: latest.saturating_add(1),
        effective_on: today,
        reviewed_by: told.reviewed_by.clone(),
        approved_by: approver.to_owned(),
    }))
}

/// Refuses a day on which a draft of the file at `path` could not be adopted any more.
///
/// # Errors
/// [`Refusal::DayPast`] where it is not after `today`.
pub fn day_ahead(path: &'static str, [day, today]: [NaiveDate; 2]) -> Result<NaiveDate, Refusal> {
    if day > today { Ok(day) } else { Err(Refusal::DayPast { path, day }) }
}

/// The head of a draft of the file at `path`: what it will be, without who puts it in force.
///
/// # Errors
/// [`Refusal::HeadLost`], or as [`day_ahead`].
pub fn draft_head(
    path: &'static str,
    told: Option<&Document>,
    latest: u32,
    days: [NaiveDate; 2],
) -> Result<Document, Refusal> {
    let told = told.ok_or(Refusal::HeadLost { path })?;
    Ok(Document {
        version: latest.saturating_add(1),
        effective_on: day_ahead(path, days)?,
        reviewed_by: told.reviewed_by.clone(),
        approved_by: String::new(),
    })
}

/// The head of a draft that `approver` adopts today, before its day.
///
/// # Errors
/// As [`draft_head`].
pub fn adopted_head(
    path: &'static str,
    draft: Option<&Document>,
    latest: u32,
    today: NaiveDate,
    approver: &str,
) -> Result<Document, Refusal> {
    let day = draft.ok_or(Refusal::HeadLost { path })?.effective_on;
    let head = draft_head(path, draft, latest, [day, today])?;
    Ok(Document { approved_by: approver.to_owned(), ..head })
}

/// The day for which the file at `path` was `adopted`, and is no more: the one that is meant, or the only one
/// that has not come.
///
/// # Errors
/// [`Refusal::NothingAdopted`], [`Refusal::AdoptedForDays`] where it is for others or several, or
/// [`Refusal::AdoptedInForce`] where the day has come.
pub fn withdrawn_day(
    path: &'static str,
    adopted: &[NaiveDate],
    meant: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<NaiveDate, Refusal> {
    let is_meant = |day: &NaiveDate| meant.is_none_or(|meant| meant == *day);
    let (past, ahead): (Vec<NaiveDate>, Vec<NaiveDate>) =
        adopted.iter().partition(|day| **day <= today);
    let found: Vec<NaiveDate> = ahead.iter().copied().filter(is_meant).collect();
    match (&found[..], past.into_iter().filter(is_meant).max()) {
        ([day], _) => Ok(*day),
        ([], Some(day)) => Err(Refusal::AdoptedInForce { path, day }),
        ([], None) if ahead.is_empty() => Err(Refusal::NothingAdopted { path: Some(path) }),
        ([..], _) => Err(Refusal::AdoptedForDays { path, days: ahead }),
    }
}

/// Who looked at a draft before it was adopted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    /// Somebody else than who wrote it.
    ByAnother,
    /// Who wrote it, for nobody else may.
    ByItsAuthor,
}

/// Where a draft comes from.
#[derive(Clone, Debug, Default)]
pub struct DraftOrigin {
    /// Who changed it last, where that was somebody of the roster then.
    pub author: Option<Person>,
    /// Whether a file that it is to replace was changed since.
    pub is_overtaken: bool,
}

/// Whether a lead may adopt a draft: one that takes back nothing that was changed since, and their own one
/// only where nobody else may. Somebody who was not in the roster is somebody else.
///
/// # Errors
/// [`Refusal::DraftOvertaken`], or [`Refusal::OwnDraft`], with another who may.
pub fn approval(
    path: &'static str,
    DraftOrigin { author, is_overtaken }: &DraftOrigin,
    lead: &PersonId,
    people: &People,
    today: NaiveDate,
) -> Result<Approval, Refusal> {
    if *is_overtaken {
        return Err(Refusal::DraftOvertaken { path });
    }
    if author.as_ref().is_none_or(|author| author.id != *lead) {
        return Ok(Approval::ByAnother);
    }
    let may = |person: &&Person| person.id != *lead && person.leads(today);
    match people.people.iter().find(may) {
        None => Ok(Approval::ByItsAuthor),
        Some(other) => Err(Refusal::OwnDraft { path, other: other.id.clone() }),
    }
}
