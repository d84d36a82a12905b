//! Whether a merge holds what its parents give, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    class::{Area, claims, trailer},
    message, unsigned,
};
use crate::{
    domain::{
        contact::Field,
        finding::{Fault, Finding},
        policy::Policy,
        terms::Role,
    },
    store::{
        Store,
        error::{Error, Result},
        git::{
            ids::{BlobId, CommitId},
            log::CommitInfo,
        },
        layout,
        merge::Merge,
    },
    words::{Lang, Words},
};

/// What is wrong with a merge of two.
///
/// # Errors
/// Damage in the history.
pub fn judge(store: &Store, commit: &CommitInfo, is_cut: bool) -> Result<Vec<Finding>> {
    let [ours, theirs] = commit.parents.as_slice() else {
        return Ok(vec![Finding::of(Fault::MergeForged).expected("two parents")]);
    };
    let expected = match store.merge(*ours, *theirs) {
        Ok(expected) => expected,
        // where they parted lies beyond what a shallow clone holds
        Err(Error::Unrelated) if is_cut => return Ok(vec![Finding::of(Fault::CutOff)]),
        Err(why) => {
            let finding = Finding::of(Fault::MergeForged).expected("parents that can be merged");
            return Ok(vec![finding.found(&why)]);
        }
    };
    let case = Case { store, commit, ours: *ours, theirs: *theirs, expected };
    let mut findings = case.files()?;
    let touched = store.changes(Some(*ours), commit.id)?;
    if touched.iter().any(|changed| Area::of(&changed.path).is_some()) {
        case.author(&mut findings)?;
    }
    findings.extend(case.message());
    Ok(findings)
}

struct Case<'a> {
    store: &'a Store,
    commit: &'a CommitInfo,
    ours: CommitId,
    theirs: CommitId,
    expected: Merge,
}

impl Case<'_> {
    /// Every file of the desk that is not what the merge gives.
    fn files(&self) -> Result<Vec<Finding>> {
        let made: BTreeMap<&str, Option<BlobId>> = self
            .expected
            .files
            .iter()
            .map(|file| (file.path.as_str(), file.content.as_deref().and_then(BlobId::of)))
            .collect();
        let taken: BTreeSet<&str> = self.expected.taken.iter().map(String::as_str).collect();
        let changes = self.store.changes(Some(self.ours), self.commit.id)?;
        let mut paths: BTreeSet<&str> = made.keys().chain(&taken).copied().collect();
        paths.extend(changes.iter().map(|change| change.path.as_str()));
        paths.extend(self.expected.conflicts.iter().map(String::as_str));
        let views = [self.ours, self.theirs, self.commit.id].map(|id| self.store.view_of(id));
        let [ours, theirs, merged] = views;
        let (ours, theirs, merged) = (ours?, theirs?, merged?);
        let mut findings = Vec::new();
        for path in paths {
            let Some(area) = Area::of(path) else { continue };
            let there = merged.held(path)?;
            let fits = match made.get(path) {
                Some(made) => there.map(|held| held.id) == *made,
                None if taken.contains(path) => there == theirs.held(path)?,
                None => there == ours.held(path)?,
            };
            let conflicts = self.expected.conflicts.iter().any(|other| other == path);
            let fits = fits && !conflicts;
            let both = conflicts || made.contains_key(path);
            let finding = match area {
                _ if fits => continue,
                // both changed the rules: whoever may change them answers for how they merged
                Area::Policy | Area::Templates if both && there.is_some() => {
                    if self.by_lead() {
                        continue;
                    }
                    Finding::of(Fault::PolicyChanged)
                        .expected(&Words::new(Lang::En).term(Role::TeamLead))
                        .found(&self.commit.author_email)
                }
                Area::Contacts if both && self.is_choice(path) => continue,
                Area::Records | Area::Contacts | Area::Archive | Area::Policy | Area::Templates => {
                    Finding::of(Fault::MergeForged)
                }
            };
            let finding = finding.path(path);
            findings.push(match layout::record_of(path) {
                Some(id) => finding.record(&id),
                None => finding,
            });
        }
        Ok(findings)
    }

    /// Whether each field of a contact is what one of the sides says.
    fn is_choice(&self, path: &str) -> bool {
        let Some(id) = layout::contact_of(path) else { return false };
        let contact = |commit| self.store.view_of(commit)?.contact(&id);
        let sides = (contact(self.ours), contact(self.theirs), contact(self.commit.id));
        let (Ok(Some(ours)), Ok(Some(theirs)), Ok(Some(merged))) = sides else {
            return false;
        };
        merged.id == id
            && Field::ALL.iter().all(|field| {
                let there = merged.get(*field);
                there == ours.get(*field) || there == theirs.get(*field)
            })
    }

    fn policies(&self) -> impl Iterator<Item = Policy> {
        [self.ours, self.theirs]
            .into_iter()
            .filter_map(|side| self.store.view_of(side).ok()?.policy_afresh().ok())
    }

    /// Whether the merge is by somebody who leads the team, by the rules of both sides.
    fn by_lead(&self) -> bool {
        self.policies().all(|policy| {
            let author = policy.people.by_email(&self.commit.author_email);
            author.is_some_and(|author| author.roles.contains(&Role::TeamLead))
        })
    }

    /// Somebody of the team merges, by the rules of one side at least, and signs where one side
    /// requires it.
    fn author(&self, findings: &mut Vec<Finding>) -> Result<()> {
        let email = &self.commit.author_email;
        let known: Vec<_> =
            self.policies().filter_map(|policy| policy.people.by_email(email).cloned()).collect();
        let Some(person) = known.first() else {
            findings.push(
                Finding::of(Fault::Stranger)
                    .expected("somebody of policy/people.yaml")
                    .found(email),
            );
            return Ok(());
        };
        if !known.iter().any(|person| person.is_active(self.commit.authored_at.date())) {
            findings.push(Finding::of(Fault::Inactive).found(&person.id));
        }
        for policy in self.policies() {
            if let Some(finding) = unsigned(self.store, self.commit, &policy)? {
                findings.push(finding);
                break;
            }
        }
        Ok(())
    }

    /// A merge claims to be nothing but a merge.
    fn message(&self) -> Option<Finding> {
        let said = &self.commit.message;
        if !claims(said) {
            return None;
        }
        let author = self.policies().find_map(|policy| {
            policy.people.by_email(&self.commit.author_email).map(|person| person.id.clone())
        });
        let fixed = trailer::<String>(said, "Docket-Clock").as_deref() == Some("fixed");
        let by = author.map_or_else(String::new, |author| author.to_string());
        let at = self.commit.authored_at;
        let expected = message::of_desk(&self.commit.subject, "sync", &by, at, fixed);
        let honest = self.commit.subject.starts_with("sync: merge ")
            && said.trim_end() == expected.trim_end();
        (!honest).then(|| {
            Finding::of(Fault::MessageForged).expected("a merge").found(&self.commit.subject)
        })
    }
}
