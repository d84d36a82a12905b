//! Findings of rules as they would be in force.

use std::collections::{BTreeMap, BTreeSet};

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
    store::{
        error::Error,
        git::FileChange,
        layout,
        view::{View, promises::BrokenPromise, rules::WaitingRules},
    },
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
            findings.extend(promised_otherwise(view, today, words));
            findings.extend(waiting(view, today, words));
            findings
        }
        Ok(_) | Err(_) => broken,
    }
}

/// What agreements promise otherwise than in the commit that the view changes, or than before a commit that
/// gave a version which had begun another content.
fn promised_otherwise(view: &View<'_>, today: NaiveDate, words: Words) -> Option<Finding> {
    if let Some(broken) = view.broken_promise().ok().flatten() {
        return of_broken_promise(view, &broken, words);
    }
    let why = view.otherwise_than(&view.committed(), today).ok()??;
    Some(of_promise(&why, words))
}

/// What a commit made agreements promise otherwise, and what is not put back.
pub fn committed_otherwise(view: &View<'_>, words: Words) -> Option<Finding> {
    of_broken_promise(view, &view.broken_promise().ok().flatten()?, words)
}

fn of_broken_promise(view: &View<'_>, broken: &BrokenPromise, words: Words) -> Option<Finding> {
    let why = view.breaks(broken).ok()??;
    Some(Finding { commit: Some(broken.by.to_string()), ..of_promise(&why, words) })
}

fn of_promise(why: &Error, words: Words) -> Finding {
    let finding = unreadable(why.file().unwrap_or(layout::AGREEMENTS), why, words);
    Finding { code: FindingCode::AgreementChanged, ..finding }
}

/// What stands against rules that do not hold yet, each as it would be in force on its day: adopted ones
/// alone, drafts beside those that are for no later day; drafts whose day has come; and files in whose place
/// another one holds.
pub fn waiting(view: &View<'_>, today: NaiveDate, words: Words) -> Vec<Finding> {
    let read = || -> Result<Vec<Finding>, Error> {
        let mut findings = shadowed(view, today)?;
        findings.extend(overtaken(view)?);
        let drafts = view.drafts()?;
        for draft in &drafts {
            match draft.day {
                Some(day) if day <= today => {
                    let finding = Finding::of(FindingCode::DraftOverdue).path(&draft.path);
                    findings.push(finding.found(Phrase::InForceFrom(day)));
                }
                Some(_) => {}
                None => findings.extend(unheaded(view, draft, words)?),
            }
        }
        let of_drafts = drafts.iter().filter_map(|draft| draft.day);
        let days: BTreeSet<_> = view.rule_days()?.turns().into_iter().chain(of_drafts).collect();
        for day in days.into_iter().filter(|day| *day > today) {
            let drafts = view.drafts_by(today, day)?;
            let found = on_its_day(view, (day, &drafts), words)?;
            let known = |finding: &Finding| {
                findings.iter().any(|it| it.path == finding.path && it.line == finding.line)
            };
            let new: Vec<_> = found.into_iter().filter(|finding| !known(finding)).collect();
            findings.extend(new);
        }
        Ok(findings)
    };
    read().unwrap_or_else(|why| vec![unreadable(layout::POLICY, &why, words)])
}

/// What stands against the rules of a day with these drafts, of the files that begin to hold by then.
fn on_its_day(
    view: &View<'_>,
    (day, drafts): (NaiveDate, &[WaitingRules]),
    words: Words,
) -> Result<Vec<Finding>, Error> {
    let then = view.on(day, drafts)?;
    let mut findings = unreadable_rules(&then, words);
    if findings.is_empty() {
        let policy = then.policy_afresh()?;
        findings.extend(doubtful(&then, &policy, day));
        findings.retain(|finding| {
            let begins = finding.path.as_deref().and_then(layout::adopted_of);
            begins.is_some_and(|(_, from)| from == day)
        });
        findings.extend(view.promises_on(day, drafts)?.map(|why| of_promise(&why, words)));
    }
    // a draft is told where it lies
    let lies = |path: String| {
        let draft = drafts
            .iter()
            .find(|draft| draft.day.is_some_and(|day| layout::adopted(draft.of, day) == path));
        draft.map_or(path, |draft| draft.path.clone())
    };
    let told = findings.into_iter().map(|finding| {
        let path = finding.path.clone().map(lies);
        Finding { path, ..finding }
    });
    Ok(told.collect())
}

/// Why it cannot be read from when a draft is to hold.
fn unheaded(view: &View<'_>, draft: &WaitingRules, words: Words) -> Result<Vec<Finding>, Error> {
    let content = view.text_anyway(&draft.path)?.map(String::into_bytes);
    let usual = view.changed(&[FileChange { path: draft.of.to_owned(), content }]);
    let faults = unreadable_rules(&usual, words).into_iter();
    let faults = faults.filter(|fault| fault.path.as_deref() == Some(draft.of));
    Ok(faults.map(|fault| fault.path(&draft.path)).collect())
}

/// Files of rules that somebody changes, or adopted, and that do not hold although their day has come.
fn shadowed(view: &View<'_>, today: NaiveDate) -> Result<Vec<Finding>, Error> {
    let days = view.rule_days()?;
    let mut findings = Vec::new();
    for of in days.paths() {
        let holds = view.rules_at(of)?;
        let past = days.adopted(of).filter(|day| *day <= today).max();
        let adopted = past.map(|day| layout::adopted(of, day));
        let usual = view.is_changed(of).then(|| of.to_owned());
        let shadowed = adopted.into_iter().chain(usual).filter(|path| *path != holds);
        findings.extend(
            shadowed.map(|path| Finding::of(FindingCode::RulesShadowed).path(path).found(&holds)),
        );
    }
    Ok(findings)
}

/// Files that were adopted for a day to come, and would take back what was changed since they were drafted. A
/// shallow clone may not know of it.
fn overtaken(view: &View<'_>) -> Result<Vec<Finding>, Error> {
    let overtaken = match view.overtaken() {
        Err(Error::CutOff { .. }) => Vec::new(),
        overtaken => overtaken?,
    };
    let finding = |it: WaitingRules| {
        let finding = Finding::of(FindingCode::RulesOvertaken).path(it.path);
        it.day.into_iter().fold(finding, |finding, day| finding.found(Phrase::InForceFrom(day)))
    };
    Ok(overtaken.into_iter().map(finding).collect())
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
        (file, view.lines_of(&path_of(view, file), &places).into_iter())
    };
    let mut lines: BTreeMap<_, _> = places.into_iter().map(lines).collect();
    let mut line = |file: &str| lines.get_mut(file).and_then(Iterator::next).flatten();
    let told = |doubt: Doubt| {
        let path = path_of(view, doubt.file);
        doubted(line(doubt.file), &path, doubt)
    };
    doubts.into_iter().map(told).collect()
}

/// Where the file lies that holds.
fn path_of(view: &View<'_>, file: &str) -> String {
    let path = format!("policy/{file}.yaml");
    view.rules_at(&path).unwrap_or(path)
}

fn doubted(line: Option<usize>, path: &str, doubt: Doubt) -> Finding {
    let Doubt { place, given, why, .. } = doubt;
    let finding = |code| Finding { line, ..Finding::of(code).path(path) };
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
