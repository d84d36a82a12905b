//! Findings of rules as they would be in force.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    domain::{
        analysis::{
            check::desk::{not_yet_in_force, on_another_branch, without_staff},
            finding::{Finding, FindingCode, phrase::Phrase},
            kpi::targets::Targets,
        },
        base::rule_place::RulePlace,
        deciding::{
            policy::{
                Policy,
                doubt::{Doubt, DoubtReason},
            },
            roster::keeps_a_lead,
        },
    },
    store::{error::Error, layout, view::View},
    words::Words,
};

/// Everything that stands against the rules that a view shows: files that cannot be read, with the
/// line and what may have been meant; rules of a day to come; values that are hardly what was meant;
/// roles that nobody has; another branch than the desk's.
pub fn judged(view: &View<'_>, branch: &str, today: NaiveDate, words: Words) -> Vec<Finding> {
    let broken = unreadable_rules(view, words);
    match view.policy_afresh() {
        Ok(policy) if broken.is_empty() => {
            let early = not_yet_in_force(&policy, today).into_iter();
            let day = RulePlace::of("document").key("effective_on");
            let mut findings: Vec<_> = early.map(|early| lined(view, early, &day)).collect();
            let other = on_another_branch(&policy.desk, branch);
            findings.extend(other.map(|finding| {
                let finding = Finding { code: FindingCode::OtherBranch, ..finding };
                lined(view, finding, &RulePlace::of("branch"))
            }));
            findings.extend(doubtful(view, &policy, today));
            findings.extend(without_staff(&policy, today));
            findings.extend(unled(&policy, today));
            findings.extend(strange(view));
            findings
        }
        Ok(_) | Err(_) => broken,
    }
}

/// A roster that the audit refuses, for nobody may change it any more.
fn unled(policy: &Policy, today: NaiveDate) -> Option<Finding> {
    let people = &policy.people.people;
    let kept = people.first().map(|first| keeps_a_lead(people, &first.id, today));
    let finding = || Finding::of(FindingCode::NobodyLeads).path(layout::PEOPLE);
    kept.is_none_or(|kept| kept.is_err()).then(finding)
}

/// Files among the rules that nothing reads: what they say does not hold.
pub fn strange(view: &View<'_>) -> Vec<Finding> {
    let finding = |(path, near): (String, Vec<String>)| {
        let finding = Finding::of(FindingCode::Foreign).path(path);
        if near.is_empty() { finding } else { finding.expected(&near.join(", ")) }
    };
    view.strange_rules().unwrap_or_default().into_iter().map(finding).collect()
}

/// The finding with the line of what it is about.
fn lined(view: &View<'_>, finding: Finding, place: &RulePlace) -> Finding {
    let line = finding.path.as_ref().and_then(|path| view.line_of(path, place));
    Finding { line, ..finding }
}

/// Values that are hardly what was meant, each with its line.
pub fn doubtful(view: &View<'_>, policy: &Policy, today: NaiveDate) -> Vec<Finding> {
    let targets = view.targets().ok().flatten();
    let of_targets = targets.as_ref().map(Targets::doubts).unwrap_or_default();
    let mut places: BTreeMap<&'static str, Vec<RulePlace>> = BTreeMap::new();
    let doubts: Vec<_> = policy.doubts(today).into_iter().chain(of_targets).collect();
    for Doubt { file, place, .. } in &doubts {
        places.entry(file).or_default().push(place.clone());
    }
    let lines = |(file, places): (&'static str, Vec<RulePlace>)| {
        (file, view.lines_of(&path_of(file), &places).into_iter())
    };
    let mut lines: BTreeMap<_, _> = places.into_iter().map(lines).collect();
    let mut line = |file: &str| lines.get_mut(file).and_then(Iterator::next).flatten();
    doubts.into_iter().map(|doubt| doubted(line(doubt.file), doubt)).collect()
}

fn path_of(file: &str) -> String {
    format!("policy/{file}.yaml")
}

fn doubted(line: Option<usize>, Doubt { file, place, given, why }: Doubt) -> Finding {
    let finding = |code| Finding { line, ..Finding::of(code).path(path_of(file)) };
    let wanted = match why {
        DoubtReason::WorkedAnyway => {
            return finding(FindingCode::PointlessDay).found(Phrase::WorkedAnyway(given));
        }
        DoubtReason::ShortOfMidnight => {
            return finding(FindingCode::PointlessDay).found(Phrase::ShortOfMidnight(given));
        }
        DoubtReason::Exceeds { place, value } => Phrase::AtMost { place, value },
        DoubtReason::FallsShort { place, value } => Phrase::AtLeast { place, value },
        DoubtReason::MoreUrgent(level) => Phrase::NoMoreUrgentThan(level),
        DoubtReason::Twice => Phrase::Once,
        DoubtReason::EndsBefore(day) => Phrase::NoEarlierDay(day),
        DoubtReason::NoneOfIt => Phrase::OneAtLeast,
    };
    finding(FindingCode::DoubtfulRule).expected(wanted).found(&format!("{place}: {given}"))
}

/// Every file of rules that cannot be read.
pub fn unreadable_rules(view: &View<'_>, words: Words) -> Vec<Finding> {
    let faults = view.policy_faults().into_iter();
    let finding = |(path, why): (String, Error)| {
        let code =
            if why.is_unknown_key() { FindingCode::UnknownRule } else { FindingCode::BrokenPolicy };
        Finding { code, ..unreadable(&path, &why, words) }
    };
    faults.map(finding).collect()
}

/// Why a file cannot be read, with its line.
pub fn unreadable(path: &str, why: &Error, words: Words) -> Finding {
    let line = match why {
        Error::Broken { source, .. } => source.line(),
        Error::Policy { line, .. } => *line,
        _ => None,
    };
    let finding = Finding::of(FindingCode::Malformed).path(path);
    Finding { line, ..finding.found(&words.file_fault(why)) }
}
