//! The months and periods that reports, samples and surveys are about.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use crate::{
    app::desk::OpenDesk,
    domain::base::{
        month::Month,
        print::minute,
        time::{Timestamp, WallTime},
        zone::Zone,
    },
    error::{
        Error, Result,
        usage::{Usage, ValueFault},
    },
    report::register::Period,
    store::{git::ids::CommitId, view::View},
};

/// How many periods a trend goes back, the present one among them.
const PERIODS: u64 = 6;

/// First day of a month such as `2026-11`, of `last`, or of this month.
pub fn month_of(given: Option<&str>, today: NaiveDate) -> Result<NaiveDate> {
    match given {
        None => Ok(today.with_day(1).unwrap_or(today)),
        Some("last") => Ok(month_before(today)),
        Some(given) => NaiveDate::parse_from_str(&format!("{given}-01"), "%Y-%m-%d")
            .map_err(|_| Error::Usage(Usage::value("--month", given, ValueFault::Month))),
    }
}

fn month_before(day: NaiveDate) -> NaiveDate {
    let before = day.with_day(1).and_then(|first| first.pred_opt()).unwrap_or(day);
    before.with_day(1).unwrap_or(before)
}

/// The last day of the month that begins then.
pub fn last_of(first: NaiveDate) -> NaiveDate {
    let next = first.checked_add_months(chrono::Months::new(1));
    next.and_then(|next| next.pred_opt()).unwrap_or(first)
}

/// A period that figures are of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first and its last month, day or minute; one where they are the same.
    pub label: String,
    pub from: Timestamp,
    /// The instant at which it is over.
    pub to: Timestamp,
}

/// The period and the five before it, the latest first: whole months before whole months, whole days
/// before whole days, else as many seconds.
pub fn spans(from: Timestamp, to: Timestamp, zone: Zone) -> Vec<Span> {
    let months = months_between(from, to, zone);
    let days = days_between(from, to, zone);
    (0..PERIODS)
        .map_while(|nth| match (months, days) {
            (Some((first, count)), _) => {
                let first = (0..nth * count).fold(first, |month, _| month.before());
                let last = (1..count).fold(first, |month, _| month.after());
                let label = both_ends(&first.to_string(), &last.to_string());
                Some(Span { label, from: first.starts(zone), to: last.ends(zone) })
            }
            (None, Some((first, count))) => {
                let first = first.checked_sub_days(Days::new(nth * count))?;
                let next = first.checked_add_days(Days::new(count))?;
                let last = next.pred_opt()?;
                let label = both_ends(&first.to_string(), &last.to_string());
                Some(Span { label, from: midnight(first, zone), to: midnight(next, zone) })
            }
            (None, None) => {
                let length = to.seconds_since(from);
                let back = i64::try_from(nth).ok()?.checked_mul(length)?;
                let [from, to] = [from, to].map(|at| at.plus_seconds(-back).in_zone(zone));
                let label = both_ends(&minute(from), &minute(to));
                Some(Span { label, from, to })
            }
        })
        .collect()
}

/// The month of an instant and the five before it, the oldest first.
pub fn months_until(at: Timestamp, zone: Zone) -> Vec<Span> {
    let last = Month::of(at.in_zone(zone).date());
    let month = |nth: u64| (0..nth).fold(last, |month, _| month.before());
    let span = |month: Month| Span {
        label: month.to_string(),
        from: month.starts(zone),
        to: month.ends(zone),
    };
    (0..PERIODS).rev().map(month).map(span).collect()
}

/// `2026-09 – 2026-11`.
fn both_ends(first: &str, last: &str) -> String {
    if first == last { first.to_owned() } else { format!("{first} – {last}") }
}

/// The first month of a period of whole months, and how many they are.
fn months_between(from: Timestamp, to: Timestamp, zone: Zone) -> Option<(Month, u64)> {
    let first = Month::of(from.in_zone(zone).date());
    let (mut month, mut count) = (first, 0);
    while month.starts(zone) < to {
        (month, count) = (month.after(), count + 1);
    }
    (first.starts(zone) == from && month.starts(zone) == to).then_some((first, count))
}

/// The first day of a period of whole days, and how many they are.
fn days_between(from: Timestamp, to: Timestamp, zone: Zone) -> Option<(NaiveDate, u64)> {
    let [first, next] = [from, to].map(|at| at.in_zone(zone).date());
    let whole = midnight(first, zone) == from && midnight(next, zone) == to;
    let count = u64::try_from(next.signed_duration_since(first).num_days()).ok()?;
    whole.then_some((first, count))
}

/// When a day begins, the first time where the clock was put back over midnight.
pub fn midnight(day: NaiveDate, zone: Zone) -> Timestamp {
    WallTime::new(day.and_time(NaiveTime::MIN), zone).earliest()
}

/// What a report of a period says of it.
pub fn period_of(desk: &OpenDesk<'_>, view: &View<'_>, from: Timestamp, to: Timestamp) -> Period {
    let commit = view.commit();
    let edge_text = |at: Timestamp, edge: Option<NaiveTime>| {
        if Some(at.local().time()) == edge { at.date().to_string() } else { minute(at) }
    };
    let month = Month::of(from.date());
    let is_month = (month.starts(desk.zone), month.ends(desk.zone)) == (from, to.plus_seconds(1));
    Period {
        month: if is_month { desk.paper.month(month) } else { String::new() },
        from: edge_text(from, Some(NaiveTime::MIN)),
        to: edge_text(to, NaiveTime::from_hms_opt(23, 59, 59)),
        incomplete: desk.now() < to,
        revision: commit.map(|commit| commit.to_string()).unwrap_or_default(),
        revision_short: commit.map(CommitId::short).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `spans` gives, as `label from to`, the present period first.
    fn told(from: &str, to: &str, zone: &str) -> Vec<String> {
        let spans = spans(from.parse().unwrap(), to.parse().unwrap(), Zone::named(zone).unwrap());
        spans.iter().map(|span| format!("{} | {} {}", span.label, span.from, span.to)).collect()
    }

    #[test]
    fn whole_months_go_before_whole_months_however_many_they_are() {
        let told = told("2026-01-01T00:00:00+08:00", "2026-04-01T00:00:00+08:00", "Asia/Shanghai");
        assert_eq!(told.len(), 6);
        assert_eq!(
            told[..3],
            [
                "2026-01 – 2026-03 | 2026-01-01T00:00:00+08:00 2026-04-01T00:00:00+08:00",
                "2025-10 – 2025-12 | 2025-10-01T00:00:00+08:00 2026-01-01T00:00:00+08:00",
                "2025-07 – 2025-09 | 2025-07-01T00:00:00+08:00 2025-10-01T00:00:00+08:00",
            ]
        );
    }

    #[test]
    fn days_go_before_days_over_a_change_of_the_clock_and_hours_before_hours() {
        let week = told("2026-03-30T00:00:00+02:00", "2026-04-06T00:00:00+02:00", "Europe/Berlin");
        let before =
            "2026-03-23 – 2026-03-29 | 2026-03-23T00:00:00+01:00 2026-03-30T00:00:00+02:00";
        assert_eq!(week[1], before);
        let shift = told("2026-11-23T09:00:00+08:00", "2026-11-23T17:00:00+08:00", "Asia/Shanghai");
        assert!(shift[1].starts_with("2026-11-23 01:00 – 2026-11-23 09:00 | "), "{shift:?}");
        let day = told("2026-11-23T00:00:00+08:00", "2026-11-24T00:00:00+08:00", "Asia/Shanghai");
        assert!(day[1].starts_with("2026-11-22 | "), "{day:?}");
    }
}
