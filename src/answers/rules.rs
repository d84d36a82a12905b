//! Findings of rules as they would be in force.

use chrono::NaiveDate;

use crate::{
    domain::analysis::{
        check::desk::{not_yet_in_force, on_another_branch, pointless_days, without_staff},
        finding::{Finding, FindingCode},
    },
    store::{error::Error, view::View},
    words::Words,
};

/// Everything that stands against the rules that a view shows: files that cannot be read, with the
/// line and what may have been meant; rules of a day to come; days of the calendar that say nothing;
/// roles that nobody has; another branch than the desk's.
pub fn judged(view: &View<'_>, branch: &str, today: NaiveDate, words: Words) -> Vec<Finding> {
    let broken = unreadable_rules(view, words);
    match view.policy_afresh() {
        Ok(policy) if broken.is_empty() => {
            let mut findings = not_yet_in_force(&policy, today);
            let other = on_another_branch(&policy.desk, branch);
            findings
                .extend(other.map(|finding| Finding { code: FindingCode::OtherBranch, ..finding }));
            findings.extend(pointless_days(&policy.calendar));
            findings.extend(without_staff(&policy, today));
            findings
        }
        Ok(_) | Err(_) => broken,
    }
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
