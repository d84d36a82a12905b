//! An assessor's sample: records that nobody at the desk can choose, and what to look at in each.
//!
//! 1. Of the records that stood closed at the end of the month and were last closed in it, by the
//!    times of entry in the desk's zone; remarks are left out.
//! 2. The number of a record is made of the first eight hexadecimal digits of the SHA-1 of its id,
//!    one blank and the seed: `printf '%s' 'R-261122-7K3QX 2026-Q4' | sha1sum | cut -c1-8`.
//! 3. Drawn are as many as are wanted, with the smallest numbers; the id decides between equal ones.

use std::fmt;

use super::CheckContext;
use crate::domain::{
    analysis::{
        clock::reading::{ClockKind, Reading, readings},
        survey::sample::closed_in,
    },
    base::{
        ids::PersonId,
        month::Month,
        print::{minute, minute_if_any},
        terms::{Exception, Kind, Level, Satisfaction},
        time::Timestamp,
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

impl CheckPoint {
    /// The name for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Classified => "classified",
            Self::Priority => "priority",
            Self::Response => "answered in time",
            Self::Resolution => "solved in time",
            Self::Escalation => "escalated",
            Self::Extension => "extensions",
            Self::Callback => "called back by another",
            Self::Closing => "closed",
        }
    }
}

/// What is there to be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObservedFact {
    Class { kind: Kind, category: Option<String> },
    Rating { grades: Option<ImpactUrgency>, priority: Option<u8>, level: Option<Level> },
    Span { due: Option<Timestamp>, done: Option<Timestamp> },
    Escalations(Vec<(PersonId, Timestamp)>),
    Count(u32),
    Callback { by: PersonId, at: Timestamp, satisfaction: Satisfaction },
    Exception(Exception),
    Time(Timestamp),
    Nothing,
}

impl fmt::Display for ObservedFact {
    /// For programs, in the codes of files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Class { kind, category } => {
                write!(f, "{kind}")?;
                category.as_ref().map_or(Ok(()), |category| write!(f, " {category}"))
            }
            Self::Rating { grades, priority, level } => {
                if let (Some(ImpactUrgency { impact, urgency }), Some(priority)) =
                    (grades, priority)
                {
                    write!(f, "{impact} × {urgency} → {priority} ")?;
                }
                level.map_or(Ok(()), |level| write!(f, "{level}"))
            }
            Self::Span { due, done } => {
                write!(f, "≤ {}: {}", minute_if_any(*due), minute_if_any(*done))
            }
            Self::Escalations(escalations) => {
                let people: Vec<_> =
                    escalations.iter().map(|(to, at)| format!("{to} {}", minute(*at))).collect();
                f.write_str(&people.join(", "))
            }
            Self::Count(count) => write!(f, "{count}"),
            Self::Callback { by, at, satisfaction } => {
                write!(f, "{by} {} {satisfaction}", minute(*at))
            }
            Self::Exception(exception) => write!(f, "{exception}"),
            Self::Time(at) => f.write_str(&minute(*at)),
            Self::Nothing => Ok(()),
        }
    }
}

/// One look, with what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    pub look: CheckPoint,
    pub fact: ObservedFact,
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
pub fn look(record: &Record, context: &CheckContext<'_>) -> Vec<Observation> {
    let CheckContext { now, policy } = *context;
    let status = &record.status;
    let clocks = readings(record, now, policy.calendar_of(status));
    let clock = |wanted: Clock| clocks.iter().find(|it| it.clock == ClockKind::Limit(wanted));
    let (response, resolution) = (clock(Clock::Respond), clock(Clock::Resolve));
    let seen = |look, fact, holds| Observation { look, fact, holds };

    let category = status.category.clone().unwrap_or_default();
    let known = policy.catalog.category(&category).is_some();
    let grades = status
        .impact
        .zip(status.urgency)
        .map(|(impact, urgency)| ImpactUrgency { impact, urgency });
    let due = grades.map(|grades| policy.levels.priority(grades));
    let rated = ObservedFact::Rating { grades, priority: status.priority, level: status.level };
    let late = |reading: Option<&Reading>| reading.is_some_and(|it| it.breached_at.is_some());
    let wanted = status.level == Some(Level::Major) && status.complaint.is_none();
    let escalations: Vec<_> = status.escalations.iter().map(|it| (it.to.clone(), it.at)).collect();
    let escalated = wanted.then_some(!escalations.is_empty());
    let callback = match (&status.confirmation, status.exception) {
        (Some(given), _) => ObservedFact::Callback {
            by: given.by.clone(),
            at: given.at,
            satisfaction: given.satisfaction,
        },
        (None, Some(exception)) => ObservedFact::Exception(exception),
        (None, None) => ObservedFact::Nothing,
    };
    let resolver = status.resolution.as_ref().and_then(|done| done.by.as_ref());
    let by_other = status.confirmation.as_ref().map(|given| Some(&given.by) != resolver);
    let closed = status.times.closed_at.map_or(ObservedFact::Nothing, ObservedFact::Time);
    let class = ObservedFact::Class { kind: status.kind, category: status.category.clone() };
    vec![
        seen(CheckPoint::Classified, class, Some(known)),
        seen(CheckPoint::Priority, rated, due.map(|due| Some(due) == status.priority)),
        seen(CheckPoint::Response, span(response), response.map(|_| !late(response))),
        seen(CheckPoint::Resolution, span(resolution), resolution.map(|_| !late(resolution))),
        seen(CheckPoint::Escalation, ObservedFact::Escalations(escalations), escalated),
        seen(CheckPoint::Extension, ObservedFact::Count(status.counts.extensions), None),
        seen(CheckPoint::Callback, callback, by_other),
        seen(CheckPoint::Closing, closed, None),
    ]
}

/// By when, or which due time was missed, and when.
fn span(reading: Option<&Reading>) -> ObservedFact {
    reading.map_or(ObservedFact::Nothing, |reading| ObservedFact::Span {
        due: reading.missed.or(reading.due.time()),
        done: reading.stopped_at,
    })
}
