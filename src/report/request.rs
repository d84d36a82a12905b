//! 客户服务请求报告: everything about one record (R8, R55).

use serde::Serialize;

use crate::{
    domain::{contact::Contact, policy::Policy, record::Record},
    report::{
        Error, TEMPLATES, render,
        shapes::RecordValues,
        values::{Notes, Privacy, Sources},
    },
    words::Words,
};

/// The record with what it is read with.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    pub record: &'a Record,
    pub policy: &'a Policy,
    /// Contacts whose names may be shown; without them only their ids are.
    pub contacts: &'a [Contact],
}

#[derive(Serialize)]
struct Values {
    template: u32,
    organisation: String,
    desk: String,
    record: RecordValues,
}

/// The report as Markdown, personal data masked.
///
/// # Errors
/// A template that cannot be rendered.
pub fn markdown(case: &Case<'_>, words: Words, own: Option<&str>) -> Result<String, Error> {
    revealed(case, words, own, Privacy::Masked)
}

/// The report as Markdown, with personal data shown as `privacy` says.
///
/// # Errors
/// A template that cannot be rendered.
pub fn revealed(
    case: &Case<'_>,
    words: Words,
    own: Option<&str>,
    privacy: Privacy,
) -> Result<String, Error> {
    let sources = Sources {
        policy: case.policy,
        words,
        contacts: case.contacts,
        privacy,
        notes: Notes::Shared,
    };
    let values = Values {
        template: TEMPLATES,
        organisation: case.policy.desk.organisation.clone(),
        desk: case.policy.desk.name.clone(),
        record: sources.record(case.record),
    };
    render("request", words, own, &values)
}
