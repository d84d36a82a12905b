//! `docket report kpi`: the key figures of a period, and what each of them counts.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::{
    app::{desk::OpenDesk, period_rules::in_force},
    domain::{
        analysis::{
            kpi::{
                CountedCase, EarlierFault, Formula, Kpi, KpiWindow, PeriodCases, Split,
                count_after, figure::Figure,
            },
            record_filter::RecordFilter,
        },
        base::{
            ids::{CustomerId, RecordId},
            nearest::nearest,
            print::minute_if_any,
            terms::{State, Term},
            time::Timestamp,
        },
        history::{
            customer::{Customer, CustomerNames},
            record::Record,
        },
    },
    error::{Error, Result, usage::Usage},
    report::{
        ReportContent,
        filter::FilterValues,
        judged::PeriodRules,
        kpi::{Figures, value},
        register::Period,
    },
    store::{
        selection::{Condition, Selection},
        view::View,
    },
    ui::{answer::Answer, terminal::Terminal},
    words::{Words, kpi::read_kpi, label::Label},
};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct KpiQuery<'a> {
    pub from: Timestamp,
    /// The instant at which the period is over.
    pub to: Timestamp,
    pub by: Option<Split>,
    pub only: &'a RecordFilter,
    pub period: &'a Period,
}

/// The records that figures of a period can hang on: what was unfinished or touched since it began;
/// and the faults before it that one of it may repeat. A listed customer is called by its name, and any
/// other by the first spelling of it, whatever the record says: figures are of customers, not of
/// spellings.
pub fn that_matter(
    desk: &OpenDesk<'_>,
    view: &View<'_>,
    from: Timestamp,
    repeat_days: u32,
) -> Result<(Vec<Record>, Vec<EarlierFault>)> {
    let before = from.plus_minutes(-(i64::from(repeat_days) + 1) * 24 * 60);
    let earlier = desk.faults(view, before);
    let since = if earlier.is_some() { from } else { before };
    let wanted = Selection::of(Condition::TouchedSince(since));
    let (mut records, _) = desk.chosen(view, &wanted)?;
    let mut earlier = earlier.unwrap_or_default();
    let (names, (listed, _)) = (view.customer_names()?, view.customers()?);
    let mut all: Vec<&mut String> = earlier.iter_mut().map(|fault| &mut fault.customer).collect();
    for record in &mut records {
        // as it stood at the end of a period it is replayed from what its intake says
        all.extend([&mut record.status.customer, &mut record.intake.customer]);
    }
    name_alike(all, &names, &listed);
    Ok((records, earlier))
}

/// Lets all names of one customer be the same.
fn name_alike(
    called: Vec<&mut String>,
    names: &CustomerNames,
    listed: &BTreeMap<CustomerId, Customer>,
) {
    let mut spelled: BTreeMap<String, String> = BTreeMap::new();
    for name in &called {
        let listed = names.listed(name).and_then(|id| listed.get(id));
        let name = listed.map_or_else(|| (*name).clone(), |customer| customer.name.clone());
        let first = spelled.entry(names.key(&name)).or_insert_with(|| name.clone());
        if name < *first {
            *first = name;
        }
    }
    for name in called {
        if let Some(first) = spelled.get(&names.key(name)) {
            name.clone_from(first);
        }
    }
}

/// The report.
pub fn content(
    desk: &OpenDesk<'_>,
    view: &View<'_>,
    query: &KpiQuery<'_>,
) -> Result<ReportContent> {
    let (names, words) = (&view.policy()?, desk.paper);
    let KpiQuery { by, period, .. } = *query;
    let counted = |counted: &PeriodCases<'_>, window: &KpiWindow<'_>, rules: &PeriodRules| {
        Ok(Figures { counted, window, rules, names, by, words }.content(period)?)
    };
    counting(desk, view, query, counted)
}

/// What `made` makes of the cases of a period, counted by the rules that were in force at its end.
pub fn counting<T>(
    desk: &OpenDesk<'_>,
    view: &View<'_>,
    query: &KpiQuery<'_>,
    made: impl FnOnce(&PeriodCases<'_>, &KpiWindow<'_>, &PeriodRules) -> Result<T>,
) -> Result<T> {
    let KpiQuery { from, to, .. } = *query;
    let rules = in_force(desk, view, [to])?;
    let Some(rules) = rules.first() else { return Err(Error::Usage(Usage::Backwards)) };
    let days = rules.repeat_days();
    let (records, earlier) = that_matter(desk, view, from, days)?;
    let only = Some(query.only);
    let (now, policy) = (desk.now(), &rules.policy);
    let window = KpiWindow { from, to, now, policy, repeat_days: days, only };
    made(&count_after(&records, &earlier, &window), &window, rules)
}

/// A figure with everything that it counts.
#[derive(Debug)]
pub struct FigureExplanation {
    figure: Figure,
    cases: Vec<(CountedCase, Record, String)>,
    filter: Option<FilterValues>,
    words: Words,
}

/// What a figure counts in a period.
pub fn explained(
    desk: &OpenDesk<'_>,
    view: &View<'_>,
    kpi: Kpi,
    query: &KpiQuery<'_>,
) -> Result<FigureExplanation> {
    let words = desk.paper;
    counting(desk, view, query, |counted, _, _| {
        let mut cases: Vec<_> =
            counted.of(kpi).map(|case| of_record(counted, case, query.by)).collect();
        cases.sort_by_key(|(case, record, group)| (group.clone(), !case.met, record.id.clone()));
        let filter = FilterValues::of(query.only, &view.policy()?, words);
        Ok(FigureExplanation { figure: counted.figure(kpi), cases, filter, words })
    })
}

fn of_record(
    counted: &PeriodCases<'_>,
    case: &CountedCase,
    by: Option<Split>,
) -> (CountedCase, Record, String) {
    let group = by.map(|by| counted.group(case, by)).unwrap_or_default();
    (case.clone(), counted.record(case).clone(), group)
}

/// The figure that is meant.
///
/// # Errors
/// A name that no figure has, with the nearest ones.
pub fn named(typed: &str) -> Result<Kpi> {
    read_kpi(typed).ok_or_else(|| {
        let near = nearest(typed, Kpi::ALL.iter().map(|kpi| kpi.code()));
        Error::Usage(Usage::NoKpi { given: typed.to_owned(), near })
    })
}

impl FigureExplanation {
    /// What it counts as a table for a spreadsheet.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let head = [
            "id",
            "group",
            "numerator",
            "kind",
            "level",
            "state",
            "customer",
            "due",
            "done",
            "elapsed_minutes",
            "working_minutes",
            "late_entry",
        ];
        let row = |(case, record, group): &(CountedCase, Record, String)| {
            let time = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
            let status = &record.status;
            let working = case.length.and_then(|length| length.working);
            vec![
                record.id.to_string(),
                group.clone(),
                u8::from(case.met).to_string(),
                status.kind.to_string(),
                status.level.map(|level| level.to_string()).unwrap_or_default(),
                status.state.to_string(),
                status.customer.clone(),
                time(case.due),
                time(case.done),
                case.length.map(|length| length.elapsed.to_string()).unwrap_or_default(),
                working.map(|minutes| minutes.to_string()).unwrap_or_default(),
                u8::from(case.late_entry).to_string(),
            ]
        };
        let head = head.map(str::to_owned).to_vec();
        [head].into_iter().chain(self.cases.iter().map(row)).collect()
    }

    fn row(&self, case: &CountedCase, record: &Record, group: &str) -> Vec<String> {
        let words = self.words;
        let status = &record.status;
        let took = case.length.map(|took| words.length(took.elapsed)).unwrap_or_default();
        let sign = match self.figure.kpi.formula() {
            Formula::Share if case.met => "✓",
            Formula::Share => "✗",
            Formula::Count | Formula::Time | Formula::NotMeasured => "·",
        };
        let late = if case.late_entry { words.label(Label::KeptByLateEntry) } else { "" };
        vec![
            record.id.to_string(),
            sign.to_owned(),
            group.to_owned(),
            words.term(status.state).to_owned(),
            minute_if_any(case.due),
            minute_if_any(case.done),
            took,
            status.customer.clone(),
            format!("{late}{}{}", if late.is_empty() { "" } else { " · " }, status.title),
        ]
    }
}

impl Answer for FigureExplanation {
    fn human(&self, terminal: &Terminal) -> String {
        let words = self.words;
        let figure = &self.figure;
        let (kpi, value) = (figure.kpi, value(figure, words));
        let share = match kpi.formula() {
            Formula::Share => format!("{value} = {} ÷ {}", figure.met, figure.all),
            Formula::Time => words.remarked(&value, &figure.all.to_string()),
            Formula::Count | Formula::NotMeasured => value,
        };
        let name = words.remarked(words.kpi(kpi), kpi.code());
        let mut text = terminal.indented(&words.pair(&name, &share), 0);
        text += &terminal.indented(words.formula(kpi), 0);
        if let Some(filter) = &self.filter {
            text += &terminal.indented(&filter.text, 0);
        }
        if self.cases.is_empty() {
            return text;
        }
        let mut head = vec![
            Label::Id,
            Label::Met,
            Label::Group,
            Label::State,
            Label::Due,
            Label::StoppedAt,
            Label::Used,
            Label::Customer,
            Label::Title,
        ];
        let row =
            |(case, record, group): &(CountedCase, Record, String)| self.row(case, record, group);
        let mut rows: Vec<_> = self.cases.iter().map(row).collect();
        for column in [6, 5, 4, 2] {
            if rows.iter().all(|row| row[column].is_empty()) {
                head.remove(column);
                for row in &mut rows {
                    row.remove(column);
                }
            }
        }
        text + "\n" + &terminal.table(&head, &rows)
    }

    fn csv(&self, _: &Terminal) -> String {
        crate::ui::spreadsheet::csv(&self.rows())
    }
}

impl Serialize for FigureExplanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct FigureKeys<'f> {
            kpi: Kpi,
            label: &'static str,
            formula: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            filter: &'f Option<FilterValues>,
            value: String,
            numerator: Vec<&'f RecordId>,
            denominator: Vec<&'f RecordId>,
            cases: Vec<CaseKeys<'f>>,
        }
        #[derive(Serialize)]
        struct CaseKeys<'f> {
            id: &'f RecordId,
            group: &'f str,
            numerator: bool,
            state: State,
            due: Option<Timestamp>,
            done: Option<Timestamp>,
            elapsed_minutes: Option<i64>,
            working_minutes: Option<i64>,
            late_entry: bool,
        }
        let cases = self.cases.iter().map(|(case, record, group)| CaseKeys {
            id: &record.id,
            group,
            numerator: case.met,
            state: record.status.state,
            due: case.due,
            done: case.done,
            elapsed_minutes: case.length.map(|length| length.elapsed),
            working_minutes: case.length.and_then(|length| length.working),
            late_entry: case.late_entry,
        });
        let met = self.cases.iter().filter(|(case, _, _)| case.met);
        let kpi = self.figure.kpi;
        let keys = FigureKeys {
            kpi,
            label: self.words.kpi(kpi),
            formula: self.words.formula(kpi),
            filter: &self.filter,
            value: value(&self.figure, self.words),
            numerator: met.map(|(_, record, _)| &record.id).collect(),
            denominator: self.cases.iter().map(|(_, record, _)| &record.id).collect(),
            cases: cases.collect(),
        };
        keys.serialize(serializer)
    }
}
