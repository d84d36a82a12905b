//! 考核指标: the key figures of a period against their targets (R95, R101).

use serde::Serialize;

use crate::{
    domain::{
        analysis::kpi::{
            Formula, Kpi, KpiWindow, PeriodCases, Split,
            figure::{Figure, Spread, TargetStanding},
            targets::{Target, TargetValue},
        },
        base::{
            print::minute,
            terms::{Channel, Kind, Level, ReportName, Term},
        },
        deciding::policy::{Policy, units::Unit},
    },
    error::template::TemplateError,
    report::{
        EDITION, ReportContent,
        judged::{PeriodRules, RulesValues},
        lateness::{EnteredAfter, Lateness, MissValues},
        register::Period,
    },
    words::{Words, label::Label},
};

/// What the report is made of.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'a> {
    pub counted: &'a PeriodCases<'a>,
    pub window: &'a KpiWindow<'a>,
    pub rules: &'a PeriodRules,
    /// Of today: what the desk, its units and its people are called.
    pub names: &'a Policy,
    pub by: Option<Split>,
    pub words: Words,
}

#[derive(Serialize)]
struct KpiContext<'a> {
    template: u32,
    organisation: &'a str,
    desk: &'a str,
    period: &'a Period,
    /// When the figures were drawn, where the period has not ended yet.
    until: String,
    rules: RulesValues,
    figures: Vec<FigureValues>,
    times: Vec<FigureValues>,
    not_measured: Vec<FigureValues>,
    /// By what the figures are split; empty where they are not.
    by: &'static str,
    split: Vec<FigureValues>,
    balance: BalanceValues,
    lateness: Lateness,
    missed: Vec<MissValues>,
    late_entries: Vec<MissValues>,
    entered_after: Vec<EnteredAfter>,
}

/// A figure in the reader's words, with its numbers.
#[derive(Serialize)]
pub(super) struct FigureValues {
    name: &'static str,
    pub(super) label: &'static str,
    formula: &'static str,
    /// The group it is of, as files spell it and as people call it.
    group: String,
    group_label: String,
    value: String,
    numerator: u32,
    denominator: u32,
    percent: Option<f64>,
    elapsed: Option<SpreadValues>,
    working: Option<SpreadValues>,
    pub(super) target: String,
    standing: &'static str,
    /// It has a target and does not reach it.
    pub(super) missed: bool,
}

/// Minutes, and the same as text.
#[derive(Serialize)]
struct SpreadValues {
    mean: i64,
    median: i64,
    p90: i64,
    mean_text: String,
    median_text: String,
    p90_text: String,
}

#[derive(Serialize)]
pub(super) struct BalanceValues {
    opening: i64,
    received: i64,
    corrected: i64,
    reopened: i64,
    closed: i64,
    cancelled: i64,
    merged: i64,
    closing: i64,
    /// Received and cancelled or merged within the period, which counts in neither.
    void: i64,
    /// The closing backlog is what the others come to.
    adds_up: bool,
    age_to_1: i64,
    age_to_3: i64,
    age_to_7: i64,
    age_to_30: i64,
    age_older: i64,
    age_unknown: i64,
    overdue_ack: i64,
    overdue_respond: i64,
    overdue_commitment: i64,
    overdue_resolve: i64,
    unknown_due: i64,
}

impl Figures<'_> {
    /// The report.
    pub fn content(&self, period: &Period) -> Result<ReportContent, TemplateError> {
        let desk = &self.names.desk;
        let values = KpiContext {
            template: EDITION,
            organisation: &desk.organisation,
            desk: &desk.name,
            period,
            until: if period.incomplete { minute(self.window.now) } else { String::new() },
            rules: self.rules.values(),
            figures: self.of(&[Formula::Count, Formula::Share]),
            times: self.of(&[Formula::Time]),
            not_measured: self.of(&[Formula::NotMeasured]),
            by: self.by.map_or("", |by| self.words.term(by)),
            split: self.by.map(|by| self.split(by)).unwrap_or_default(),
            balance: self.balance(),
            lateness: self.lateness(),
            missed: self.missed(),
            late_entries: self.misses(|case| case.late_entry),
            entered_after: self.entered_after(),
        };
        let lists = [&values.figures, &values.times, &values.not_measured, &values.split];
        let rows = lists.into_iter().flatten().map(row);
        let rows = [HEAD.map(str::to_owned).to_vec()].into_iter().chain(rows).collect();
        ReportContent::new(ReportName::Kpi, &values, rows)
    }

    /// The figures of these kinds, in the order of reports.
    pub(super) fn of(&self, kinds: &[Formula]) -> Vec<FigureValues> {
        let chosen = Kpi::ALL.iter().copied().filter(|kpi| kinds.contains(&kpi.formula()));
        chosen.map(|kpi| self.figure(&self.counted.figure(kpi), "")).collect()
    }

    pub(super) fn figure(&self, figure: &Figure, group: &str) -> FigureValues {
        let (words, kpi) = (self.words, figure.kpi);
        let targets = self.rules.targets.as_ref().filter(|_| group.is_empty());
        let target = targets.and_then(|targets| targets.of(kpi));
        let calendar = &self.window.policy.calendar;
        FigureValues {
            name: kpi.code(),
            label: words.kpi(kpi),
            formula: words.formula(kpi),
            group: group.to_owned(),
            group_label: self.by.map_or_else(String::new, |by| self.group_name(by, group)),
            value: value(figure, words),
            numerator: figure.met,
            denominator: figure.all,
            percent: match kpi.formula() {
                Formula::Share => figure.tenths().map(|tenths| f64::from(tenths) / 10.0),
                Formula::Count | Formula::Time | Formula::NotMeasured => None,
            },
            elapsed: figure.elapsed.map(|spread| spread_values(spread, words)),
            working: figure.working.map(|spread| spread_values(spread, words)),
            target: target.map(|target| bound(target, kpi, self.words)).unwrap_or_default(),
            standing: target.map_or("", |target| words.against(figure.against(target, calendar))),
            missed: target
                .is_some_and(|target| figure.against(target, calendar) == TargetStanding::Missed),
        }
    }

    fn split(&self, by: Split) -> Vec<FigureValues> {
        let measured = Kpi::ALL.iter().copied();
        let groups = measured.flat_map(|kpi| self.counted.split(kpi, by));
        let mut rows: Vec<_> = groups.map(|(group, figure)| self.figure(&figure, &group)).collect();
        for row in rows.iter_mut().filter(|row| row.group.is_empty()) {
            row.group_label = self.group_name(by, "");
        }
        rows
    }

    /// What people call a group.
    pub(super) fn group_name(&self, by: Split, group: &str) -> String {
        let (words, policy) = (self.words, self.names);
        if group.is_empty() {
            return "–".to_owned();
        }
        let named = match by {
            Split::Kind => Kind::from_code(group).map(|kind| words.term(kind).to_owned()),
            Split::Level => Level::from_code(group).map(|level| words.term(level).to_owned()),
            Split::Unit => {
                let units = policy.units.units.iter();
                let unit = units.into_iter().find(|unit: &&Unit| unit.id.as_str() == group);
                unit.map(|unit| unit.name.clone())
            }
            Split::Person => {
                let mut people = policy.people.people.iter();
                people.find(|person| person.id.as_str() == group).map(|person| person.name.clone())
            }
            Split::Customer => None,
            Split::Cause => {
                let cause = policy.catalog.cause(group);
                cause.map(|cause| words.of_policy(&cause.en, &cause.zh).to_owned())
            }
            Split::Channel => Some(words.open_term(Channel::VOCABULARY, group)),
        };
        named.unwrap_or_else(|| group.to_owned())
    }

    pub(super) fn balance(&self) -> BalanceValues {
        let balance = &self.counted.balance;
        let (ages, overdue) = (&balance.ages, &balance.overdue);
        BalanceValues {
            opening: balance.opening,
            received: balance.received,
            corrected: balance.corrected,
            reopened: balance.reopened,
            closed: balance.closed,
            cancelled: balance.cancelled,
            merged: balance.merged,
            closing: balance.closing,
            void: balance.void,
            adds_up: balance.expected() == balance.closing,
            age_to_1: ages.to_1,
            age_to_3: ages.to_3,
            age_to_7: ages.to_7,
            age_to_30: ages.to_30,
            age_older: ages.older,
            age_unknown: ages.unknown,
            overdue_ack: overdue.ack,
            overdue_respond: overdue.respond,
            overdue_commitment: overdue.commitment,
            overdue_resolve: overdue.resolve,
            unknown_due: balance.unknown_due,
        }
    }
}

/// The figure as people read it.
pub fn value(figure: &Figure, words: Words) -> String {
    let text = match figure.kpi.formula() {
        Formula::NotMeasured => return words.label(Label::NotMeasured).to_owned(),
        Formula::Count => Some(figure.all.to_string()),
        Formula::Share => figure.tenths().map(|tenths| words.percent(tenths)),
        Formula::Time => figure.elapsed.map(|spread| words.length(spread.mean)),
    };
    text.unwrap_or_else(|| words.label(Label::NoFigure).to_owned())
}

fn spread_values(spread: Spread, words: Words) -> SpreadValues {
    let Spread { mean, median, p90 } = spread;
    SpreadValues {
        mean,
        median,
        p90,
        mean_text: words.length(mean),
        median_text: words.length(median),
        p90_text: words.length(p90),
    }
}

/// `≥ 90 %`, `≤ 8 working hours`.
fn bound(target: &Target, kpi: Kpi, words: Words) -> String {
    let is_share = kpi.formula() == Formula::Share;
    let mark = |sign: &str, mark: &Option<TargetValue>| match mark {
        Some(TargetValue::Number(number)) => Some(words.bound(sign, &number.to_string(), is_share)),
        Some(TargetValue::Length(limit)) => Some(words.bound(sign, &words.limit(*limit), false)),
        None => None,
    };
    let bounds = [mark("≥", &target.at_least), mark("≤", &target.at_most)];
    bounds.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

const HEAD: [&str; 15] = [
    "name",
    "label",
    "group",
    "value",
    "numerator",
    "denominator",
    "percent",
    "elapsed_mean",
    "elapsed_median",
    "elapsed_p90",
    "working_mean",
    "working_median",
    "working_p90",
    "target",
    "standing",
];

fn row(figure: &FigureValues) -> Vec<String> {
    let spread = |spread: &Option<SpreadValues>| match spread {
        Some(spread) => [spread.mean, spread.median, spread.p90].map(|minutes| minutes.to_string()),
        None => [const { String::new() }; 3],
    };
    let mut row = vec![
        figure.name.to_owned(),
        figure.label.to_owned(),
        figure.group.clone(),
        figure.value.clone(),
        figure.numerator.to_string(),
        figure.denominator.to_string(),
        figure.percent.map(|percent| percent.to_string()).unwrap_or_default(),
    ];
    row.extend(spread(&figure.elapsed));
    row.extend(spread(&figure.working));
    row.extend([figure.target.clone(), figure.standing.to_owned()]);
    row
}
