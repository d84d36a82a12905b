//! What was late in a period, and what was entered when it was over.

use std::cmp::Reverse;

use serde::Serialize;

use crate::{
    domain::{
        analysis::kpi::{CountedCase, Kpi, Split},
        base::{
            print::{minute, minute_if_any},
            terms::{PauseReason, Term},
        },
        history::{record::Record, steps::Act},
    },
    report::kpi::Figures,
    words::Words,
};

/// What was late in a period, as far as a page has room.
#[derive(Serialize)]
pub(super) struct Lateness {
    /// How much was late by each limit.
    limits: Vec<LateCount>,
    /// What was late longest, by due time.
    worst: Vec<MissValues>,
    /// How many are not among these.
    more: usize,
}

#[derive(Serialize)]
struct LateCount {
    name: &'static str,
    label: &'static str,
    count: usize,
}

/// A step of the period that was entered after its end, when its figures could already be read.
#[derive(Serialize)]
pub(super) struct EnteredAfter {
    id: String,
    what: &'static str,
    by: String,
    at: String,
    entered: String,
}

/// So many lines of one list are printed; programs get all.
const MOST: usize = 20;

/// Something that was late, or in time by a late entry alone.
#[derive(Serialize)]
pub(super) struct MissValues {
    id: String,
    name: &'static str,
    label: &'static str,
    customer: String,
    responsible: String,
    due: String,
    done: String,
    state: &'static str,
    /// What the record tells of why: plans, pauses, explanations.
    reason: String,
}

impl Figures<'_> {
    /// Everything that was late.
    pub(super) fn missed(&self) -> Vec<MissValues> {
        self.misses(is_late)
    }

    /// The same as far as a page has room.
    pub(super) fn lateness(&self) -> Lateness {
        let late: Vec<&CountedCase> =
            self.counted.cases.iter().filter(|case| is_late(case)).collect();
        let limits = Kpi::ALL.iter().filter_map(|kpi| {
            let count = late.iter().filter(|case| case.kpi == *kpi).count();
            let label = self.words.limit_of(*kpi);
            (count > 0).then_some(LateCount { name: kpi.code(), label, count })
        });
        let mut longest = late.clone();
        longest.sort_by_key(|case| {
            let until = case.done.unwrap_or(self.window.instant());
            let over = case.due.map(|due| until.seconds_since(due));
            (Reverse(over), &self.counted.record(case).id, case.kpi)
        });
        longest.truncate(MOST);
        Lateness {
            limits: limits.collect(),
            more: late.len() - longest.len(),
            worst: self.told(longest),
        }
    }

    pub(super) fn misses(&self, wanted: impl Fn(&CountedCase) -> bool) -> Vec<MissValues> {
        self.told(self.counted.cases.iter().filter(|case| wanted(case)).collect())
    }

    /// These cases by due time.
    fn told(&self, mut found: Vec<&CountedCase>) -> Vec<MissValues> {
        found.sort_by_key(|case| (case.due, &self.counted.record(case).id, case.kpi));
        let miss = |case: &&CountedCase| {
            let record = self.counted.record(case);
            MissValues {
                id: record.id.to_string(),
                name: case.kpi.code(),
                label: self.words.limit_of(case.kpi),
                customer: record.status.customer.clone(),
                responsible: self
                    .group_name(Split::Person, &self.counted.group(case, Split::Person)),
                due: minute_if_any(case.due),
                done: minute_if_any(case.done),
                state: self.words.term(record.status.state),
                reason: why(record, self.words),
            }
        };
        found.iter().map(miss).collect()
    }

    /// The steps of the period that were entered after its end.
    pub(super) fn entered_after(&self) -> Vec<EnteredAfter> {
        let told = self.counted.entered_after().map(|(record, event)| EnteredAfter {
            id: record.id.to_string(),
            what: self.words.did(&event.act, record.status.kind),
            by: self.names.people.name_of(event.stamp.actor()).to_owned(),
            at: minute(event.act.done_at().unwrap_or(event.stamp.at)),
            entered: minute(event.stamp.recorded_at),
        });
        told.collect()
    }
}

fn is_late(case: &CountedCase) -> bool {
    !case.met && case.kpi.is_about_time()
}

/// What a record itself tells of why something took long.
fn why(record: &Record, words: Words) -> String {
    let events = record.effective_events().filter_map(|event| match &event.act {
        Act::Extend(extend) => Some(extend.plan.clone()),
        Act::Hold(pend) => Some(words.open_term(PauseReason::VOCABULARY, pend.reason.code())),
        Act::Explain(explain) => Some(explain.text.clone()),
        Act::Accept(accept) => accept.reason.clone(),
        Act::Return(back) => Some(back.reason.clone()),
        _ => event.stamp.late_because.clone(),
    });
    let mut reasons: Vec<String> = Vec::new();
    for reason in events {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    words.joined(&reasons)
}
