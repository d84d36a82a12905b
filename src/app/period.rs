//! The months and periods that reports, samples and surveys are about.

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::{
    app::desk::OpenDesk,
    domain::base::{month::Month, print::minute, time::Timestamp, zone::Zone},
    error::{
        Error, Result,
        usage::{Usage, ValueFault},
    },
    report::register::Period,
    store::{git::ids::CommitId, view::View},
};

/// How many periods a trend goes back, the present one among them.
const PERIODS: i64 = 6;

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

/// The period and the five before it, oldest first, with what each is called.
pub fn spans(from: Timestamp, to: Timestamp, zone: Zone) -> Vec<(String, Timestamp, Timestamp)> {
    let month = Month::of(from.in_zone(zone).date());
    let mut spans = Vec::new();
    if (month.starts(zone), month.ends(zone)) == (from, to) {
        let mut month = month;
        for _ in 0..PERIODS {
            spans.push((month.to_string(), month.starts(zone), month.ends(zone)));
            month = month.before();
        }
    } else {
        let length = to.seconds_since(from);
        for nth in 0..PERIODS {
            let back = |at: Timestamp| at.plus_seconds(-length.saturating_mul(nth)).in_zone(zone);
            spans.push((back(from).date().to_string(), back(from), back(to)));
        }
    }
    spans.reverse();
    spans
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
        month: if is_month { desk.words.month(month) } else { String::new() },
        from: edge_text(from, Some(NaiveTime::MIN)),
        to: edge_text(to, NaiveTime::from_hms_opt(23, 59, 59)),
        incomplete: desk.now() < to,
        revision: commit.map(|commit| commit.to_string()).unwrap_or_default(),
        revision_short: commit.map(CommitId::short).unwrap_or_default(),
    }
}
