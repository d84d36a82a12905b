//! What lies beside the branch of the customers' people: whether a clone can tell them from the team, and
//! whether a push to it is what docket would send.

use super::judge::AHEAD_MINUTES;
use crate::{
    domain::{
        analysis::{
            check::people::unknown,
            finding::{Finding, FindingCode, counted, phrase::Phrase},
        },
        base::{ids::EventId, time::Timestamp, zone::Zone},
        deciding::{
            contact_change::{changed_of_person, tells_from_team},
            contacts::{few_met, has_name, nobody_of_the_team, reachable},
        },
        history::{contact::Contact, person::PersonDetails},
    },
    store::{
        Store,
        error::Result,
        git::ids::CommitId,
        layout,
        persons::erased::{PersonStanding, standing},
        pushed_persons::PushedPerson,
        view::View,
    },
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

/// What is wrong with a push to the reference of people: who made it, that it keeps nothing earlier, that
/// it says of those whom the branch knows and has not erased, and nothing else, and that it loses none of
/// them and nothing of what was said of them. `desk` is the branch as it is after the push, with the people
/// of the push; where there is none, as with a remote for people alone, only the shape is judged. Who
/// pushes does not set the clock: `now` does.
///
/// # Errors
/// What cannot be read of the repository itself.
pub fn pushed(
    store: &Store,
    (old, new): (Option<CommitId>, Option<CommitId>),
    desk: Option<&View<'_>>,
    now: Timestamp,
) -> Result<Vec<Finding>> {
    let policy = desk.and_then(|view| view.policy().ok());
    let forged = || Finding::of(FindingCode::PeopleForged).path(layout::PERSONS);
    let Some(new) = new else {
        // what is exchanged elsewhere by now is to go from where it was
        if policy.as_ref().is_some_and(|policy| policy.desk.people.remote.is_some()) {
            return Ok(Vec::new());
        }
        let deleted = Finding::of(FindingCode::PeopleForged).path(layout::PERSONS);
        return Ok(vec![deleted.found(Phrase::DeletedBranch)]);
    };
    let info = store.git().commit_info(new)?;
    let mut findings = Vec::new();
    if !info.parents.is_empty() {
        findings.push(forged().found(Phrase::HasParents));
    }
    if !store.is_people_tree(new)? {
        let finding = Finding { commit: Some(new.to_string()), ..forged() };
        return Ok(vec![finding.found(Phrase::NotOfDocket)]);
    }
    if !store.git().is_plain_apart(new)? {
        findings.push(forged().found(Phrase::NotOfDocket));
    }
    if let Some(policy) = &policy {
        match policy.people.by_email(&info.author_email) {
            None => findings.push(Finding::of(FindingCode::Stranger).found(&info.author_email)),
            Some(person) => {
                let zone = Zone::named(&policy.desk.timezone).unwrap_or(Zone::UTC);
                if !person.is_active(now.in_zone(zone).date()) {
                    findings.push(Finding::of(FindingCode::Inactive).found(&person.id));
                }
            }
        }
    }
    if info.time > now.plus_minutes(AHEAD_MINUTES) {
        findings.push(Finding::of(FindingCode::TimeForged).expected(now).found(info.time));
    }
    let found =
        |path: &str, what: Phrase| forged().path(format!("{}:{path}", layout::PERSONS)).found(what);
    for PushedPerson { path, person, old: before, is_newer } in store.pushed_persons(old, new)? {
        if !is_newer {
            findings.push(found(&path, Phrase::PersonOvertaken));
        }
        let ahead = now.plus_minutes(AHEAD_MINUTES).unix();
        let is_sound = |it: &PersonDetails| {
            // of too many changes the first are forgotten, so none may be of a time to come
            let is_of_its_time = |id: &EventId| id.unix().is_some_and(|at| at <= ahead);
            it.changes.iter().all(is_of_its_time)
                && reachable(it, before.as_ref()).is_ok()
                && has_name(it, before.as_ref()).is_ok()
        };
        let Some(person) = person.filter(is_sound) else {
            findings.push(found(&path, Phrase::NotAPerson));
            continue;
        };
        if few_met(&person, before.as_ref()).is_err() {
            findings.push(found(&path, Phrase::TooManyReaches));
        }
        let contact = desk.map(|view| view.contact(&person.id)).transpose()?;
        let is_colleague = |contact: &Contact| {
            policy.as_ref().is_some_and(|policy| nobody_of_the_team(contact, policy).is_err())
        };
        match contact {
            Some(None) => findings.push(found(&path, Phrase::UnknownPerson)),
            // of a customer's person who joins the team later nothing new is said
            Some(Some(contact)) if old.is_some() && is_said_anew(&person, before.as_ref()) => {
                let of_team = is_colleague(&Contact { person: Some(person), ..contact });
                findings.extend(of_team.then(|| found(&path, Phrase::PersonOfTeam)));
            }
            Some(Some(_)) | None => {}
        }
    }
    if let (Some(view), Some(old)) = (desk, old) {
        for id in store.people_gone(old, new)? {
            if standing(view, &id)? == PersonStanding::Known {
                findings.push(found(&layout::person(&id), Phrase::PersonLost));
            }
        }
    }
    let erased = desk.map(|view| store.erased_and_known(view)).transpose()?;
    let erased = erased.into_iter().flatten();
    findings.extend(erased.map(|id| found(&layout::person(&id), Phrase::ErasedPerson)));
    let findings = findings.into_iter().map(|it| Finding { commit: Some(new.to_string()), ..it });
    Ok(counted(findings.collect(), &format!("{}:", layout::PERSONS)))
}

/// Whether that which tells somebody from the team is not what it was.
fn is_said_anew(person: &PersonDetails, before: Option<&PersonDetails>) -> bool {
    before.is_none_or(|before| tells_from_team(&changed_of_person(before, person)))
}
