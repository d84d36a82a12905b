//! 客户软硬件故障处理表: solved faults with symptom, cause and what was done, so that the next one of
//! its kind is handled fast (R67).

use serde::Serialize;

use crate::{
    domain::{
        analysis::kpi::PeriodCases,
        base::terms::ReportName,
        history::{
            record::Record,
            steps::{Act, remote::Remote, visit::Visit},
        },
    },
    error::template::TemplateError,
    report::{
        EDITION, ReportContent,
        fault_analysis::{FaultAnalysis, MonthFaults, analysis, solved},
        register::Period,
        shapes::RecordValues,
        values::Sources,
    },
};

/// What the table is made of.
#[derive(Clone, Copy, Debug)]
pub struct FaultsInput<'a> {
    pub counted: &'a PeriodCases<'a>,
    /// The months until the end of the period, the oldest first.
    pub trend: &'a [MonthFaults<'a>],
    /// Within so many days the same fault of the same customer is a repeat.
    pub repeat_days: u32,
    pub period: &'a Period,
}

#[derive(Serialize)]
struct FaultsContext<'a> {
    template: u32,
    organisation: &'a str,
    desk: &'a str,
    period: &'a Period,
    rows: Vec<FaultRow>,
    analysis: FaultAnalysis,
}

/// A solved fault.
#[derive(Serialize)]
struct FaultRow {
    record: RecordValues,
    /// What was tried and done, in order.
    steps: String,
    /// How many faults of its category the table has.
    alike: usize,
}

/// The table of the solved faults, those of one category and product together, and what they have in
/// common.
pub fn content(
    input: &FaultsInput<'_>,
    sources: &Sources<'_>,
) -> Result<ReportContent, TemplateError> {
    let FaultsInput { counted, trend, repeat_days, period } = *input;
    let mut faults: Vec<&Record> = solved(counted).collect();
    faults.sort_by_key(|fault| {
        let status = &fault.status;
        let done_at = status.resolution.as_ref().map(|done| done.done_at);
        (status.category.clone(), status.product.clone(), done_at, fault.id.clone())
    });
    let row = |fault: &&Record| FaultRow {
        record: sources.record(fault),
        steps: steps(fault),
        alike: faults.iter().filter(|f| f.status.category == fault.status.category).count(),
    };
    let values = FaultsContext {
        template: EDITION,
        organisation: &sources.policy.desk.organisation,
        desk: &sources.policy.desk.name,
        period,
        rows: faults.iter().map(row).collect(),
        analysis: analysis(counted, trend, repeat_days, sources),
    };
    let rows = values.rows.iter().map(FaultRow::cells);
    let rows = [HEAD.map(str::to_owned).to_vec()].into_iter().chain(rows).collect();
    ReportContent::new(ReportName::Faults, &values, rows)
}

fn steps(fault: &Record) -> String {
    let steps = fault.effective_events().filter_map(|event| match &event.act {
        Act::Update(update) => update.first_line.as_deref(),
        Act::Remote(remote) => match &**remote {
            Remote::End(end) => Some(end.steps.as_str()),
            Remote::Start(_) | Remote::Refused(_) => None,
        },
        Act::Visit(visit) => match &**visit {
            Visit::Done(done) => Some(done.work.as_str()),
            _ => None,
        },
        Act::Resolve(resolve) => resolve.steps.as_deref(),
        _ => None,
    });
    steps.collect::<Vec<_>>().join("\n")
}

const HEAD: [&str; 16] = [
    "id",
    "category",
    "product",
    "customer",
    "location",
    "symptom",
    "cause",
    "steps",
    "result",
    "done_at",
    "resolver",
    "occurred_at",
    "support",
    "cause_category",
    "detected_at",
    "source",
];

impl FaultRow {
    fn cells(&self) -> Vec<String> {
        let record = &self.record;
        [
            &record.id,
            &record.category,
            &record.product,
            &record.customer,
            &record.location,
            &record.symptom,
            &record.cause,
            &self.steps,
            &record.result,
            &record.done_at,
            &record.resolver,
            &record.occurred_at,
            &record.support,
            &record.cause_category,
            &record.detected_at,
            &record.source,
        ]
        .map(Clone::clone)
        .to_vec()
    }
}
