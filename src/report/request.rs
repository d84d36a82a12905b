//! 客户服务请求报告: everything about one record (R8, R55).

use serde::Serialize;

use crate::{
    domain::{
        base::{
            terms::{ReportName, Term},
            time::Timestamp,
        },
        deciding::policy::Policy,
        history::{contact::Contact, record::Record},
    },
    error::template::TemplateError,
    report::{
        EDITION, ReportContent,
        facts::more,
        shapes::{EventValues, FactValues, RecordValues},
        standing,
        values::{Notes, Privacy, Sources},
    },
    words::Words,
};

/// The record with what it is read with.
#[derive(Clone, Copy, Debug)]
pub struct RequestInput<'a> {
    pub record: &'a Record,
    pub policy: &'a Policy,
    /// Contacts whose names may be shown; without them only their ids are.
    pub contacts: &'a [Contact],
    /// When it is looked at.
    pub now: Timestamp,
    /// The commit that the data is of, short; empty for the report that a closing keeps, whose
    /// commit is still to come.
    pub revision: &'a str,
}

/// What every report of one record begins with.
#[derive(Serialize)]
pub(super) struct SheetHead<'a> {
    template: u32,
    organisation: &'a str,
    desk: &'a str,
    revision: &'a str,
    party: &'static str,
}

impl<'a> SheetHead<'a> {
    pub(super) fn of(case: &RequestInput<'a>, words: Words) -> Self {
        Self {
            template: EDITION,
            organisation: &case.policy.desk.organisation,
            desk: &case.policy.desk.name,
            revision: case.revision,
            party: words.party().code(),
        }
    }
}

#[derive(Serialize)]
struct RequestContext<'a> {
    #[serde(flatten)]
    head: SheetHead<'a>,
    record: RecordValues,
    /// What was told and stands nowhere else in the report.
    more: Vec<FactValues>,
}

/// The fields of the intake that the template has a place for.
const DISPLAYED: &[&str] = &[
    "kind",
    "customer",
    "contact",
    "site",
    "channel",
    "received_at",
    "expected_by",
    "category",
    "product",
    "reference",
    "occurred_at",
    "detected_at",
    "source",
    "location",
    "symptom",
    "title",
    "reported",
    "need",
    "soothed",
    "answers",
];

/// The report, with personal data shown as `privacy` says.
pub fn content(
    case: &RequestInput<'_>,
    words: Words,
    privacy: Privacy,
) -> Result<ReportContent, TemplateError> {
    let sources = Sources {
        policy: case.policy,
        words,
        contacts: case.contacts,
        privacy,
        notes: Notes::Shared,
    };
    let record = sheet(case, &sources);
    let shown = serde_json::json!({ "record": record });
    let values = RequestContext {
        head: SheetHead::of(case, words),
        more: more(&record, DISPLAYED, &shown),
        record,
    };
    let rows = history(&values.record);
    ReportContent::new(ReportName::Request, &values, rows)
}

/// The values of a record with how its clocks and promises stand.
pub(super) fn sheet(case: &RequestInput<'_>, sources: &Sources<'_>) -> RecordValues {
    let RequestInput { record, policy, now, .. } = *case;
    let mut values = sources.record(record);
    values.standing = standing::clocks(record, now, policy, sources.words);
    let promises = standing::of_promises(&record.status, now, sources.words);
    for (promise, standing) in values.promises.iter_mut().zip(promises) {
        promise.standing = standing;
    }
    values
}

/// The steps of a record as a table, the head first.
pub(super) fn history(record: &RecordValues) -> Vec<Vec<String>> {
    let steps = record.history.iter().map(|event| {
        let EventValues { n, at, by, action, details, note, .. } = event.clone();
        vec![n.to_string(), at, by, action, details, note]
    });
    let head = ["n", "at", "by", "action", "details", "note"].map(str::to_owned).to_vec();
    [head].into_iter().chain(steps).collect()
}
