//! 客户服务请求记录跟踪表: one row for each record of a period (R8, R45).

use serde::Serialize;

use crate::{
    domain::{base::terms::ReportName, history::record::Record},
    error::template::TemplateError,
    report::{EDITION, ReportContent, shapes::RecordValues, values::Sources},
};

/// What the register covers.
#[derive(Clone, Debug, Serialize)]
pub struct Period {
    /// First day, `2026-11-01`.
    pub from: String,
    /// Last day, `2026-11-30`.
    pub to: String,
    /// The month that it is, in words; empty for other periods.
    pub month: String,
    /// The period has not ended yet.
    pub incomplete: bool,
    /// The commit that the data is of.
    pub revision: String,
    /// The same, as people quote it.
    pub revision_short: String,
}

#[derive(Serialize)]
struct RegisterContext<'a> {
    template: u32,
    organisation: &'a str,
    desk: &'a str,
    period: &'a Period,
    records: Vec<RecordValues>,
}

/// The register.
pub fn content(
    records: &[Record],
    period: &Period,
    sources: &Sources<'_>,
) -> Result<ReportContent, TemplateError> {
    let values = RegisterContext {
        template: EDITION,
        organisation: &sources.policy.desk.organisation,
        desk: &sources.policy.desk.name,
        period,
        records: records.iter().map(|record| sources.record(record)).collect(),
    };
    let rows = values.records.iter().map(row);
    let rows = [HEAD.map(str::to_owned).to_vec()].into_iter().chain(rows).collect();
    ReportContent::new(ReportName::Register, &values, rows)
}

const HEAD: [&str; 26] = [
    "id",
    "received_at",
    "kind",
    "level",
    "customer",
    "title",
    "channel",
    "state",
    "responsible",
    "progress",
    "updated_at",
    "done_at",
    "confirmed_at",
    "satisfaction",
    "closed_at",
    "owner",
    "unit",
    "contact",
    "phone",
    "respond_due",
    "commitment_due",
    "escalated",
    "extended",
    "confirmed_by",
    "confirmed_with",
    "latest_note",
];

fn row(record: &RecordValues) -> Vec<String> {
    [
        &record.id,
        &record.received_at,
        &record.kind,
        &record.level,
        &record.customer,
        &record.title,
        &record.channel,
        &record.state,
        &record.responsible,
        &record.progress,
        &record.updated_at,
        &record.done_at,
        &record.confirmed_at,
        &record.satisfaction,
        &record.closed_at,
        &record.owner,
        &record.unit,
        &record.contact.id,
        &record.contact.phone,
        &record.due.respond,
        &record.due.commitment,
        &record.escalated,
        &record.extended,
        &record.confirmed_by,
        &record.confirmed_with,
        &record.latest_note,
    ]
    .map(Clone::clone)
    .to_vec()
}
