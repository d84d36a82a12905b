//! An assessor's sample: records that nobody at the desk can choose, and what to look at in each.
//!
//! 1. Of the records that stood closed at the end of the month and were last closed in it, by the
//!    times of entry in the desk's zone; remarks are left out.
//! 2. The number of a record is made of the first eight hexadecimal digits of the SHA-1 of its id,
//!    one blank and the seed: `printf '%s' 'R-261122-7K3QX 2026-Q4' | sha1sum | cut -c1-8`.
//! 3. Drawn are as many as are wanted, with the smallest numbers; the id decides between equal ones.

use super::CheckContext;
use crate::domain::{
    analysis::{
        clock::reading::{ClockKind, Reading, readings},
        survey::sample::closed_in,
    },
    base::{
        month::Month,
        print::{minute, minute_if_any},
        terms::Level,
        zone::Zone,
    },
    deciding::policy::levels::ImpactUrgency,
    history::{record::Record, status::Clock},
};

/// What an assessor looks at in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckPoint {
    Classified,
    Priority,
    Response,
    Resolution,
    Escalation,
    Extension,
    Callback,
    Closing,
}

/// One look, with what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    pub look: CheckPoint,
    pub fact: String,
    /// Whether it is as it should be; `None` where a person has to judge.
    pub holds: Option<bool>,
}

/// The records that are drawn, by id.
pub fn draw<'r>(
    records: &'r [Record],
    month: Month,
    zone: Zone,
    (wanted, seed): (usize, &str),
    sha1: impl Fn(&str) -> [u8; 20],
) -> Vec<&'r Record> {
    let closed = records.iter().filter(|record| closed_in(record, month, zone).is_some());
    let mut numbered: Vec<_> = closed
        .map(|record| {
            let hash = sha1(&format!("{} {seed}", record.id));
            ([hash[0], hash[1], hash[2], hash[3]], record)
        })
        .collect();
    numbered.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
    let mut drawn: Vec<_> = numbered.into_iter().take(wanted).map(|(_, record)| record).collect();
    drawn.sort_by(|a, b| a.id.cmp(&b.id));
    drawn
}

/// What there is to see in a record, in the order of the procedure.
pub fn look(record: &Record, measure: &CheckContext<'_>) -> Vec<Observation> {
    let CheckContext { now, policy } = *measure;
    let status = &record.status;
    let clocks = readings(record, now, &policy.calendar);
    let clock = |wanted: Clock| clocks.iter().find(|it| it.clock == ClockKind::Limit(wanted));
    let (response, resolution) = (clock(Clock::Respond), clock(Clock::Resolve));
    let seen = |look, fact: String, holds| Observation { look, fact, holds };

    let category = status.category.clone().unwrap_or_default();
    let known = policy.catalog.category(&category).is_some();
    let grades = status.impact.zip(status.urgency);
    let due =
        grades.map(|(impact, urgency)| policy.levels.priority(ImpactUrgency { impact, urgency }));
    let rated = match (grades, status.priority) {
        (Some((impact, urgency)), Some(priority)) => format!("{impact} × {urgency} → {priority}"),
        _ => String::new(),
    };
    let level = status.level.map(|level| level.to_string()).unwrap_or_default();
    let late = |reading: Option<&Reading>| reading.is_some_and(|it| it.breached_at.is_some());
    let wanted = status.level == Some(Level::Major) && status.complaint.is_none();
    let told: Vec<String> =
        status.escalations.iter().map(|it| format!("{} {}", it.to, minute(it.at))).collect();
    let callback = match (&status.confirmation, status.exception) {
        (Some(given), _) => format!("{} {} {}", given.by, minute(given.at), given.satisfaction),
        (None, Some(exception)) => exception.to_string(),
        (None, None) => String::new(),
    };
    let resolver = status.resolution.as_ref().map(|done| &done.by);
    let by_other = status.confirmation.as_ref().map(|given| Some(&given.by) != resolver);
    let closed = minute_if_any(status.times.closed_at);
    vec![
        seen(CheckPoint::Classified, format!("{} {category}", status.kind), Some(known)),
        seen(
            CheckPoint::Priority,
            format!("{rated} {level}"),
            due.map(|due| Some(due) == status.priority),
        ),
        seen(CheckPoint::Response, span(response), response.map(|_| !late(response))),
        seen(CheckPoint::Resolution, span(resolution), resolution.map(|_| !late(resolution))),
        seen(CheckPoint::Escalation, told.join(", "), wanted.then_some(!told.is_empty())),
        seen(CheckPoint::Extension, status.counts.extensions.to_string(), None),
        seen(CheckPoint::Callback, callback, by_other),
        seen(CheckPoint::Closing, closed, None),
    ]
}

/// By when and when.
fn span(reading: Option<&Reading>) -> String {
    let Some(reading) = reading else {
        return String::new();
    };
    let due = minute_if_any(reading.due.time());
    let done = minute_if_any(reading.stopped_at);
    format!("≤ {due}: {done}")
}
