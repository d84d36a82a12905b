//! 客户服务请求报告: everything about one record (R8, R55).

use serde::Serialize;

use crate::{
    domain::{contact::Contact, policy::Policy, record::Record},
    report::{
        Error, Made, TEMPLATES,
        shapes::{EventValues, RecordValues},
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
    /// The commit that the data is of, short; empty for the report that a closing keeps, whose
    /// commit is still to come.
    pub revision: &'a str,
}

#[derive(Serialize)]
struct Values {
    template: u32,
    organisation: String,
    desk: String,
    revision: String,
    record: RecordValues,
}

/// The report, with personal data shown as `privacy` says.
///
/// # Errors
/// Values that cannot be written.
pub fn made(case: &Case<'_>, words: Words, privacy: Privacy) -> Result<Made, Error> {
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
        revision: case.revision.to_owned(),
        record: sources.record(case.record),
    };
    let rows = history(&values.record);
    Made::new("request", &values, rows)
}

/// The steps of a record as a table, the head first.
pub(super) fn history(record: &RecordValues) -> Vec<Vec<String>> {
    let steps = record.history.iter().map(|event| {
        let EventValues { n, at, by, action, details, note } = event.clone();
        vec![n.to_string(), at, by, action, details, note]
    });
    let head = ["n", "at", "by", "action", "details", "note"].map(str::to_owned).to_vec();
    [head].into_iter().chain(steps).collect()
}
