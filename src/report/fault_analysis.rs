//! What the solved faults of a period have in common: causes, products, customers, repeats, and how
//! they came month by month (R61).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    domain::{
        analysis::kpi::{Kpi, PeriodCases},
        base::{print::minute, terms::Kind},
        history::record::Record,
    },
    report::values::Sources,
};

/// The faults of one month.
#[derive(Debug)]
pub struct MonthFaults<'a> {
    /// `2026-11`.
    pub month: String,
    pub counted: PeriodCases<'a>,
}

/// What the faults have in common, in the reader's words.
#[derive(Serialize)]
pub(super) struct FaultAnalysis {
    causes: Vec<RankedName>,
    categories: Vec<RankedName>,
    products: Vec<RankedName>,
    customers: Vec<RankedName>,
    /// Within so many days the same fault of the same customer is a repeat.
    repeat_days: u32,
    /// Faults that came in during the period.
    received: usize,
    /// How many of them are repeats.
    repeated: usize,
    repeats: Vec<RepeatValues>,
    trend: Vec<MonthValues>,
}

/// How many of the solved faults have this in common.
#[derive(Serialize)]
struct RankedName {
    name: String,
    faults: usize,
    percent: String,
}

/// The repeats of one customer, product and category.
#[derive(Serialize)]
struct RepeatValues {
    customer: String,
    product: String,
    category: String,
    faults: usize,
    /// Their numbers, each with when it came in.
    records: String,
}

#[derive(Serialize)]
struct MonthValues {
    month: String,
    received: usize,
    solved: usize,
    repeated: usize,
}

/// So many names are shown of what is ranked.
const TOP: usize = 5;

/// The faults that the figures of the period count as solved.
pub(super) fn solved<'c>(counted: &'c PeriodCases<'_>) -> impl Iterator<Item = &'c Record> {
    faults(counted, Kpi::Mttr, |_| true)
}

pub(super) fn analysis(
    counted: &PeriodCases<'_>,
    trend: &[MonthFaults<'_>],
    repeat_days: u32,
    sources: &Sources<'_>,
) -> FaultAnalysis {
    let solved: Vec<&Record> = solved(counted).collect();
    let ranked = |name: &dyn Fn(&Record) -> Option<String>| ranked(&solved, sources, name);
    let repeats: Vec<&Record> = faults(counted, Kpi::RepeatFault, |met| met).collect();
    FaultAnalysis {
        causes: ranked(&|fault| {
            let code = fault.status.resolution.as_ref()?.cause_category.as_deref()?;
            Some(sources.cause_name(code))
        }),
        categories: ranked(&|fault| Some(sources.category_name(fault.status.category.as_deref()?))),
        products: ranked(&|fault| Some(sources.product_name(fault.status.product.as_deref()?))),
        customers: ranked(&|fault| Some(fault.status.customer.clone())),
        repeat_days,
        received: received(counted),
        repeated: repeats.len(),
        repeats: alike(&repeats, sources),
        trend: trend.iter().map(month).collect(),
    }
}

fn faults<'c>(
    counted: &'c PeriodCases<'_>,
    kpi: Kpi,
    wanted: impl Fn(bool) -> bool,
) -> impl Iterator<Item = &'c Record> {
    let cases = counted.of(kpi).filter(move |case| wanted(case.met));
    cases.map(|case| counted.record(case)).filter(|it| it.status.kind == Kind::Fault)
}

fn received(counted: &PeriodCases<'_>) -> usize {
    faults(counted, Kpi::Received, |_| true).count()
}

fn month(of: &MonthFaults<'_>) -> MonthValues {
    let counted = &of.counted;
    MonthValues {
        month: of.month.clone(),
        received: received(counted),
        solved: solved(counted).count(),
        repeated: faults(counted, Kpi::RepeatFault, |met| met).count(),
    }
}

/// The names that most of the faults have, the most frequent first; what has none comes last.
fn ranked(
    faults: &[&Record],
    sources: &Sources<'_>,
    name: &dyn Fn(&Record) -> Option<String>,
) -> Vec<RankedName> {
    let mut counts: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for fault in faults {
        *counts.entry(name(fault)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(name, count)| (name.is_none(), std::cmp::Reverse(*count)));
    let all = faults.len().max(1);
    let tenths = |count: usize| u32::try_from((count * 2000 + all) / (2 * all)).unwrap_or(1000);
    let shown = counts.into_iter().take(TOP).map(|(name, faults)| RankedName {
        name: name.unwrap_or_else(|| "–".to_owned()),
        faults,
        percent: sources.words.percent(tenths(faults)),
    });
    shown.collect()
}

/// The repeats, those of one customer, product and category together, the most frequent first.
fn alike(repeats: &[&Record], sources: &Sources<'_>) -> Vec<RepeatValues> {
    let mut groups: BTreeMap<_, Vec<&Record>> = BTreeMap::new();
    for fault in repeats {
        let status = &fault.status;
        let matter = (status.customer.clone(), status.product.clone(), status.category.clone());
        groups.entry(matter).or_default().push(fault);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, faults)| std::cmp::Reverse(faults.len()));
    let values = groups.into_iter().map(|((customer, product, category), mut faults)| {
        faults.sort_by_key(|fault| (fault.status.received_at, fault.id.clone()));
        let words = sources.words;
        let records = faults
            .iter()
            .map(|fault| words.remarked(&fault.id.to_string(), &minute(fault.status.received_at)));
        RepeatValues {
            customer,
            product: product.map(|id| sources.product_name(&id)).unwrap_or_default(),
            category: category.map(|id| sources.category_name(&id)).unwrap_or_default(),
            faults: faults.len(),
            records: words.listed(&records.collect::<Vec<_>>()),
        }
    });
    values.collect()
}
