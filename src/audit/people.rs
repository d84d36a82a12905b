//! What lies beside the branch of the customers' people: whether a clone can tell them from the team, and
//! whether a push to it is what docket would send.

use crate::{
    domain::{
        analysis::{
            check::desk::unknown,
            finding::{Finding, FindingCode, phrase::Phrase},
        },
        base::zone::Zone,
    },
    store::{Store, error::Result, git::ids::CommitId, layout, persons::PushedPerson, view::View},
};

/// A note where a clone does not know who some of the contacts are: then nobody can say that none of them
/// is of the team (P2).
pub fn nameless(store: &Store, tip: CommitId) -> Option<Finding> {
    let (contacts, _) = store.view_of(tip).ok()?.contacts().ok()?;
    let unknown = unknown(&contacts).len();
    (unknown > 0).then(|| {
        let note = Finding::of(FindingCode::NamesUnjudged).path(layout::CONTACTS);
        let note = note.found(Phrase::People(unknown));
        Finding { commit: Some(tip.to_string()), ..note }
    })
}

/// What is wrong with a push to the reference of people: who made it, that it keeps nothing earlier, and
/// that it says of those whom the branch knows and has not erased, and nothing else. `desk` is the
/// branch as it is after the push, with the people of the push; where there is none, as with a remote for people alone, only the
/// shape is judged.
///
/// # Errors
/// What cannot be read of the repository itself.
pub fn pushed(
    store: &Store,
    (old, new): (Option<CommitId>, Option<CommitId>),
    desk: Option<&View<'_>>,
) -> Result<Vec<Finding>> {
    let forged = || Finding::of(FindingCode::PeopleForged).path(layout::PERSONS);
    let Some(new) = new else {
        let deleted = Finding::of(FindingCode::PeopleForged).path(layout::PERSONS);
        return Ok(vec![deleted.found(Phrase::DeletedBranch)]);
    };
    let info = store.git().commit_info(new)?;
    let mut findings = Vec::new();
    if !info.parents.is_empty() {
        findings.push(forged().found(Phrase::HasParents));
    }
    if !store.git().is_plain_apart(new)? || store.has_odd_folders(new)? {
        findings.push(forged().found(Phrase::NotOfDocket));
    }
    if let Some(policy) = desk.and_then(|view| view.policy().ok()) {
        match policy.people.by_email(&info.author_email) {
            None => findings.push(Finding::of(FindingCode::Stranger).found(&info.author_email)),
            Some(person) => {
                let zone = Zone::named(&policy.desk.timezone).unwrap_or(Zone::UTC);
                if !person.is_active(info.time.in_zone(zone).date()) {
                    findings.push(Finding::of(FindingCode::Inactive).found(&person.id));
                }
            }
        }
    }
    let found =
        |path: &str, what: Phrase| forged().path(format!("{}:{path}", layout::PERSONS)).found(what);
    for PushedPerson { path, person } in store.pushed_persons(old, new)? {
        match person {
            None => findings.push(found(&path, Phrase::NotAPerson)),
            Some(person) => {
                let contact = desk.map(|view| view.contact(&person.id)).transpose()?;
                if contact == Some(None) {
                    findings.push(found(&path, Phrase::UnknownPerson));
                }
            }
        }
    }
    let erased = desk.map(|view| store.erased_and_known(view)).transpose()?;
    let erased = erased.into_iter().flatten();
    findings.extend(erased.map(|id| found(&layout::person(&id), Phrase::ErasedPerson)));
    Ok(findings.into_iter().map(|it| Finding { commit: Some(new.to_string()), ..it }).collect())
}
