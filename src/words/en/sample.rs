//! What an assessor looks at, in English.

use crate::{
    domain::{
        analysis::check::sample::{CheckPoint, ObservedFact},
        base::print::{minute, minute_if_any},
        deciding::policy::{levels::ImpactUrgency, people::People},
    },
    words::Words,
};

const WORDS: Words = Words::of(&super::ENGLISH);

pub(super) fn check_point(point: CheckPoint) -> &'static str {
    match point {
        CheckPoint::Classified => "classified",
        CheckPoint::Priority => "priority",
        CheckPoint::Response => "answered in time",
        CheckPoint::Resolution => "resolved in time",
        CheckPoint::Escalation => "escalated",
        CheckPoint::Extension => "extensions",
        CheckPoint::Callback => "called back by someone else",
        CheckPoint::Closing => "closed",
    }
}

/// What is to be seen; `category` is the name of the record's.
pub(super) fn observed(fact: &ObservedFact, category: &str, people: &People) -> String {
    match fact {
        ObservedFact::Class { kind, .. } if category.is_empty() => WORDS.term(*kind).to_owned(),
        ObservedFact::Class { kind, .. } => format!("{} / {category}", WORDS.term(*kind)),
        ObservedFact::Rating { grades, priority, level } => {
            let level = level.map_or("", |level| WORDS.term(level));
            match (grades, priority) {
                (Some(ImpactUrgency { impact, urgency }), Some(priority)) => format!(
                    "impact {} × urgency {} → priority {priority}, {level}",
                    WORDS.term(*impact),
                    WORDS.term(*urgency)
                ),
                _ => level.to_owned(),
            }
        }
        ObservedFact::Span { due, done } => {
            let done = done.map_or_else(|| "not yet".to_owned(), minute);
            format!("due {}, done {done}", minute_if_any(*due))
        }
        ObservedFact::Escalations(escalations) => {
            let named = escalations
                .iter()
                .map(|(to, at)| format!("{} {}", people.name_of(to), minute(*at)));
            named.collect::<Vec<_>>().join(", ")
        }
        ObservedFact::Count(count) => count.to_string(),
        ObservedFact::Callback { by, at, satisfaction } => {
            format!("{} {}, {}", people.name_of(by), minute(*at), WORDS.term(*satisfaction))
        }
        ObservedFact::Exception(exception) => WORDS.term(*exception).to_owned(),
        ObservedFact::Time(at) => minute(*at),
        ObservedFact::Nothing => String::new(),
    }
}
