//! 服务报告: what the desk did in a period, against its targets and the periods before (R113).

use std::rc::Rc;

use serde::Serialize;

use crate::{
    domain::{
        analysis::kpi::{Formula, Kpi, PeriodCases, Split, figure::Figure},
        base::{
            print::minute,
            terms::{Level, ReportName, Term},
        },
        history::record::Record,
    },
    error::template::TemplateError,
    report::{
        EDITION, ReportContent,
        chart::{Chart, ChartKind, ChartPoint},
        judged::{PeriodRules, RulesValues},
        kpi::{BalanceValues, FigureValues, Figures, value},
        lateness::{EnteredAfter, Lateness, MissValues},
        register::Period,
        shapes::{ComplaintValues, RecordValues},
        values::Sources,
    },
    words::Words,
};

/// What the report is made of.
#[derive(Clone, Copy, Debug)]
pub struct ServiceInput<'a> {
    pub figures: Figures<'a>,
    /// The period and those before it, oldest first.
    pub trend: &'a [TrendPeriod<'a>],
    pub period: &'a Period,
}

/// One of the periods that are compared.
#[derive(Debug)]
pub struct TrendPeriod<'a> {
    /// What it is called.
    pub label: String,
    pub counted: PeriodCases<'a>,
    pub rules: Rc<PeriodRules>,
}

#[derive(Serialize)]
struct ServiceContext<'a> {
    template: u32,
    organisation: &'a str,
    desk: &'a str,
    period: &'a Period,
    until: String,
    rules: RulesValues,
    targets: Vec<FigureValues>,
    times: Vec<FigureValues>,
    workload: Vec<FigureValues>,
    quality: Vec<FigureValues>,
    balance: BalanceValues,
    trend: Vec<TrendValues>,
    /// The periods that were judged by other rules than the present one.
    other_rules: Vec<OtherRules>,
    charts: Charts,
    major: Vec<MajorValues>,
    complaints: Vec<ComplaintRow>,
    lateness: Lateness,
    missed: Vec<MissValues>,
    entered_after: Vec<EnteredAfter>,
    improvements: Vec<Improvement>,
}

/// The figures of one period beside those of others.
#[derive(Serialize)]
struct TrendValues {
    label: String,
    received: u32,
    closed: i64,
    backlog: i64,
    response: String,
    resolve: String,
    satisfaction: String,
    complaints: u32,
}

#[derive(Serialize)]
struct OtherRules {
    label: String,
    rules: RulesValues,
}

#[derive(Serialize)]
struct Charts {
    received: Chart,
    response: Chart,
    resolve: Chart,
    satisfaction: Chart,
    kinds: Chart,
    units: Chart,
}

#[derive(Serialize)]
struct MajorValues {
    record: RecordValues,
    criterion: String,
    escalated: String,
}

#[derive(Serialize)]
struct ComplaintRow {
    record: RecordValues,
    complaint: ComplaintValues,
}

/// Something to be done better; without a measure it is to be filled in.
#[derive(Serialize)]
struct Improvement {
    source: String,
    measure: String,
}

/// The figures that speak of how good the work was, with or without a target.
const QUALITY: [Kpi; 8] = [
    Kpi::Fcr,
    Kpi::FirstDispatch,
    Kpi::CallbackRate,
    Kpi::Satisfaction,
    Kpi::Csat,
    Kpi::SurveyResponse,
    Kpi::ReopenRate,
    Kpi::ComplaintValid,
];

/// The report.
pub fn content(
    input: &ServiceInput<'_>,
    sources: &Sources<'_>,
) -> Result<ReportContent, TemplateError> {
    let ServiceInput { figures, period, .. } = *input;
    let (desk, window, counted) = (&sources.policy.desk, figures.window, figures.counted);
    let measured = Kpi::ALL.iter().filter(|kpi| kpi.formula() != Formula::NotMeasured);
    let mut targets: Vec<_> =
        measured.map(|kpi| figures.figure(&counted.figure(*kpi), "")).collect();
    targets.retain(|figure| !figure.target.is_empty());
    let came = |record: &&Record| window.has(record.status.received_at);
    let missed_targets = targets.iter().filter(|figure| figure.missed);
    let improvements = missed_targets
        .map(|figure| Improvement { source: figure.label.to_owned(), measure: String::new() })
        .chain(counted.records().filter_map(|record| improved(record, input, sources.words)))
        .collect();
    let values = ServiceContext {
        template: EDITION,
        organisation: &desk.organisation,
        desk: &desk.name,
        period,
        until: if period.incomplete { minute(window.now) } else { String::new() },
        workload: workload(input),
        rules: figures.rules.values(),
        times: figures.of(&[Formula::Time]),
        quality: QUALITY.iter().map(|kpi| figures.figure(&counted.figure(*kpi), "")).collect(),
        targets,
        balance: figures.balance(),
        trend: input.trend.iter().map(|period| trend(period, input)).collect(),
        other_rules: other_rules(input),
        charts: charts(input),
        major: counted
            .records()
            .filter(came)
            .filter(|record| record.status.level == Some(Level::Major))
            .map(|record| major(record, sources))
            .collect(),
        complaints: counted
            .records()
            .filter(came)
            .filter_map(|record| {
                let complaint = sources.complaint(record)?;
                Some(ComplaintRow { record: sources.record(record), complaint })
            })
            .collect(),
        lateness: figures.lateness(),
        missed: figures.missed(),
        entered_after: figures.entered_after(),
        improvements,
    };
    let rows = rows(&values);
    ReportContent::new(ReportName::Service, &values, rows)
}

/// What came in, by kind.
fn workload(input: &ServiceInput<'_>) -> Vec<FigureValues> {
    let by_kind = Figures { by: Some(Split::Kind), ..input.figures };
    let groups = input.figures.counted.split(Kpi::Received, Split::Kind);
    groups.into_iter().map(|(kind, figure)| by_kind.figure(&figure, &kind)).collect()
}

/// The periods that were judged by other rules than the present one.
fn other_rules(input: &ServiceInput<'_>) -> Vec<OtherRules> {
    let others = input.trend.iter().filter(|period| !period.rules.same(input.figures.rules));
    let told = others
        .map(|period| OtherRules { label: period.label.clone(), rules: period.rules.values() });
    told.collect()
}

fn trend(period: &TrendPeriod<'_>, input: &ServiceInput<'_>) -> TrendValues {
    let TrendPeriod { label, counted: of, .. } = period;
    let words = input.figures.words;
    let figure = |kpi| value(&of.figure(kpi), words);
    TrendValues {
        label: label.clone(),
        received: of.figure(Kpi::Received).all,
        closed: of.balance.closed,
        backlog: of.balance.closing,
        response: figure(Kpi::ResponseOntime),
        resolve: figure(Kpi::ResolveOntime),
        satisfaction: figure(Kpi::Satisfaction),
        complaints: of.figure(Kpi::ComplaintRate).met,
    }
}

fn charts(input: &ServiceInput<'_>) -> Charts {
    let words = input.figures.words;
    let over_time = |kind, kpi: Kpi, number: fn(&Figure) -> Option<f64>| {
        let point = |period: &TrendPeriod<'_>| ChartPoint {
            label: period.label.clone(),
            value: number(&period.counted.figure(kpi)),
        };
        Chart {
            kind,
            title: match kind {
                ChartKind::Line => words.in_percent(words.kpi(kpi)),
                ChartKind::Bar | ChartKind::Distribution => words.kpi(kpi).to_owned(),
            },
            points: input.trend.iter().map(point).collect(),
        }
    };
    let percent = |figure: &Figure| figure.tenths().map(|tenths| f64::from(tenths) / 10.0);
    let parted = |by: Split| {
        let figures = Figures { by: Some(by), ..input.figures };
        let groups = input.figures.counted.split(Kpi::Received, by).into_iter();
        let point = |(group, figure): (String, Figure)| ChartPoint {
            label: figures.group_name(by, &group),
            value: Some(f64::from(figure.all)),
        };
        let title = words.grouped(words.kpi(Kpi::Received), words.term(by));
        Chart { kind: ChartKind::Distribution, title, points: groups.map(point).collect() }
    };
    Charts {
        received: over_time(ChartKind::Bar, Kpi::Received, |figure| Some(f64::from(figure.all))),
        response: over_time(ChartKind::Line, Kpi::ResponseOntime, percent),
        resolve: over_time(ChartKind::Line, Kpi::ResolveOntime, percent),
        satisfaction: over_time(ChartKind::Line, Kpi::Satisfaction, percent),
        kinds: parted(Split::Kind),
        units: parted(Split::Unit),
    }
}

fn major(record: &Record, sources: &Sources<'_>) -> MajorValues {
    let status = &record.status;
    let people = status.escalations.iter().map(|people| sources.person(Some(people.to.as_str())));
    MajorValues {
        record: sources.record(record),
        criterion: status.major.as_deref().map(|id| sources.criterion(id)).unwrap_or_default(),
        escalated: sources.words.listed(&people.collect::<Vec<_>>()),
    }
}

/// What a complaint that was solved in the period led to.
fn improved(record: &Record, input: &ServiceInput<'_>, words: Words) -> Option<Improvement> {
    let done = record.status.resolution.as_ref()?;
    if !input.figures.window.has(done.done_at) {
        return None;
    }
    let measures: Vec<_> =
        [&done.corrective, &done.preventive].into_iter().flatten().map(String::as_str).collect();
    let measure = words.joined(&measures);
    (!measure.is_empty()).then(|| Improvement { source: record.id.to_string(), measure })
}

fn rows(values: &ServiceContext<'_>) -> Vec<Vec<String>> {
    let head = [
        "period",
        "received",
        "closed",
        "backlog",
        "response",
        "resolve",
        "satisfaction",
        "complaints",
    ];
    let row = |trend: &TrendValues| {
        vec![
            trend.label.clone(),
            trend.received.to_string(),
            trend.closed.to_string(),
            trend.backlog.to_string(),
            trend.response.clone(),
            trend.resolve.clone(),
            trend.satisfaction.clone(),
            trend.complaints.to_string(),
        ]
    };
    let head = head.map(str::to_owned).to_vec();
    [head].into_iter().chain(values.trend.iter().map(row)).collect()
}
