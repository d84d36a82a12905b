//! 客户服务请求记录跟踪表: one row for each record of a period (R8, R45).

use serde::Serialize;

use crate::{
    domain::record::Record,
    report::{Error, TEMPLATES, render, shapes::RecordValues, values::Sources},
};

/// What the register covers.
#[derive(Clone, Debug, Serialize)]
pub struct Period {
    /// First day, `2026-11-01`.
    pub from: String,
    /// Last day, `2026-11-30`.
    pub to: String,
    /// The period has not ended yet.
    pub incomplete: bool,
    /// The commit that the data is of.
    pub revision: String,
    /// The same, as people quote it.
    pub revision_short: String,
}

#[derive(Serialize)]
struct Values<'a> {
    template: u32,
    organisation: &'a str,
    desk: &'a str,
    period: &'a Period,
    records: Vec<RecordValues>,
}

/// The register as Markdown.
///
/// # Errors
/// A template that cannot be rendered.
pub fn markdown(
    records: &[Record],
    period: &Period,
    sources: &Sources<'_>,
    own: Option<&str>,
) -> Result<String, Error> {
    let values = Values {
        template: TEMPLATES,
        organisation: &sources.policy.desk.organisation,
        desk: &sources.policy.desk.name,
        period,
        records: records.iter().map(|record| sources.record(record)).collect(),
    };
    render("register", sources.words, own, &values)
}
