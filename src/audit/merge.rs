//! Whether a merge holds what its parents give, and nothing else.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;

use super::{
    checkout,
    class::{Area, claims},
    contact::is_spelled,
    judge::{
        AHEAD_MINUTES, clock, committed_before, is_called, is_fixed, is_named_as_another, rebased,
        written_elsewhere,
    },
    message,
    rules::unreadable_policy,
    unsigned,
};
use crate::{
    domain::{
        analysis::{
            check::desk::on_another_branch,
            finding::{Finding, FindingCode, phrase::Phrase},
        },
        base::{
            terms::{FixedClock, Role},
            time::Timestamp,
            zone::Zone,
        },
        deciding::policy::{Policy, people::Person},
        history::contact::ContactField,
    },
    store::{
        Store,
        error::{Error, Result},
        git::{
            diff::ChangedPath,
            ids::{BlobId, CommitId},
            log::CommitInfo,
            remote::is_remote_branch,
        },
        layout,
        merge::DeskMerge,
        view::View,
    },
    words::Words,
};

/// What is known around a merge.
pub(super) struct MergeContext {
    /// The parent that holds the desk, where the other one is another project's.
    pub(super) desk: Option<CommitId>,
    /// The rules of the parents, or the nearest ones before them that can be read.
    pub(super) policies: Vec<Arc<Policy>>,
    /// When it was authored and committed, in the offsets that it was told in.
    pub(super) as_written: [Timestamp; 2],
    /// When the audit is made, by the later clock.
    pub(super) now: Timestamp,
    pub(super) words: Words,
    /// When the younger parent was committed, in the desk's zone.
    pub(super) since: Timestamp,
    /// As [`merged_on`].
    pub(super) on: NaiveDate,
    /// What the desk said of fixed clocks when it began.
    pub(super) fixed_clock: FixedClock,
    /// Whether a shallow clone holds only a part.
    pub(super) is_cut: bool,
}

/// The day in the desk's zone on which a merge of commits of these times counts: whoever dates it before what
/// it is built on gains nothing by it.
pub fn merged_on(authored_at: Timestamp, parents: [Timestamp; 2], zone: Zone) -> NaiveDate {
    parents.into_iter().fold(authored_at, Timestamp::max).in_zone(zone).date()
}

/// What is wrong with a merge of these two.
pub(super) fn judge(
    store: &Store,
    commit: &CommitInfo,
    [ours, theirs]: [CommitId; 2],
    setting: &MergeContext,
) -> Result<Vec<Finding>> {
    let expected = match setting.desk {
        // nothing of another project comes into the desk
        Some(_) => Ok(DeskMerge::default()),
        None => store.expected_merge(ours, theirs),
    };
    let expected = match expected {
        Ok(expected) => expected,
        // where they parted lies beyond what a shallow clone holds
        Err(Error::Unrelated) if setting.is_cut => {
            return Ok(vec![Finding::of(FindingCode::CutOff)]);
        }
        Err(why) if why.is_missing() => return Err(why),
        Err(why) => {
            let finding = Finding::of(FindingCode::MergeForged).expected(Phrase::MergeableParents);
            return Ok(vec![finding.found(&setting.words.store_error(&why))]);
        }
    };
    let sides = [store.changes(Some(ours), commit.id)?, store.changes(Some(theirs), commit.id)?];
    // who merges has nothing to answer for where the desk is what it is on one side
    let touches = |side: &Vec<ChangedPath>| side.iter().any(|it| Area::of(&it.path).is_some());
    let is_watched = sides.iter().all(touches);
    let one = setting.desk.unwrap_or(ours);
    let [of_ours, of_theirs] = sides;
    let case = MergeCase {
        store,
        commit,
        setting,
        ours: store.view_of(one)?.at(commit.authored_at),
        theirs: store.view_of(theirs)?.at(commit.authored_at),
        merged: store.view_of(commit.id)?.at(commit.authored_at),
        expected,
        changes: if one == ours { of_ours } else { of_theirs },
    };
    let mut findings = case.files()?;
    findings.extend(checkout::oddity(store, commit.id, is_watched, setting.words));
    case.disturbed(&mut findings)?;
    if is_watched {
        case.author(&mut findings)?;
        case.rules(&mut findings)?;
        case.dates(&mut findings);
    }
    // by the side on which docket merges
    let clock_rule = case.policies().next().map(|policy| policy.desk.fixed_clock);
    findings.extend(clock(&commit.message, clock_rule.into_iter().chain([setting.fixed_clock])));
    case.message(&mut findings);
    Ok(findings)
}

/// What is wrong with a merge of more than two: it may bring nothing into the desk.
pub(super) fn judge_several(
    store: &Store,
    commit: &CommitInfo,
    policy: Option<&Policy>,
    words: Words,
) -> Result<Vec<Finding>> {
    let forged = |expected: Phrase| Finding::of(FindingCode::MergeForged).expected(expected);
    let mut one = None;
    for parent in &commit.parents {
        let changes = store.changes(Some(*parent), commit.id)?;
        if !changes.iter().any(|it| layout::is_ours(&it.path)) {
            one = Some((*parent, changes));
            break;
        }
    }
    let Some((one, mut changes)) = one else { return Ok(vec![forged(Phrase::TwoParents)]) };
    let mut findings = Vec::new();
    for other in commit.parents.iter().filter(|other| **other != one) {
        let view = store.view_of(*other)?;
        let mut own = Vec::new();
        for changed in changes {
            if view.held(&changed.path)? != changed.new {
                own.push(changed);
            }
        }
        changes = own;
        if !store.holds_desk(*other) {
            continue;
        }
        let DeskMerge { taken, files, conflicts, .. } = match store.expected_merge(one, *other) {
            Err(why) if why.is_missing() => return Err(why),
            Err(why) => {
                let finding = forged(Phrase::MergeableParents);
                return Ok(vec![finding.found(&words.store_error(&why))]);
            }
            Ok(expected) => expected,
        };
        let paths = files.iter().map(|file| &file.path);
        if taken.iter().chain(&conflicts).chain(paths).any(|path| layout::is_ours(path)) {
            return Ok(vec![forged(Phrase::TwoParents)]);
        }
    }
    findings.extend(checkout::oddity(store, commit.id, false, words));
    let views = (&store.view_of(one)?, &store.view_of(commit.id)?);
    checkout::disturbed(store, &changes, views, (policy, words), &mut findings);
    if claims(&commit.message) {
        let finding = Finding::of(FindingCode::MessageForged).expected(Phrase::Merge);
        findings.push(finding.found(&commit.subject));
    }
    Ok(findings)
}

struct MergeCase<'a> {
    store: &'a Store,
    commit: &'a CommitInfo,
    setting: &'a MergeContext,
    /// The desk's side, where one of them is another project's.
    ours: View<'a>,
    theirs: View<'a>,
    merged: View<'a>,
    expected: DeskMerge,
    /// What it changed of ours.
    changes: Vec<ChangedPath>,
}

impl MergeCase<'_> {
    /// Every file of the desk that is not what the merge gives.
    fn files(&self) -> Result<Vec<Finding>> {
        let expected: BTreeMap<&str, Option<BlobId>> = self
            .expected
            .files
            .iter()
            .map(|file| (file.path.as_str(), file.content.as_deref().and_then(BlobId::of)))
            .collect();
        let taken: BTreeSet<&str> = self.expected.taken.iter().map(String::as_str).collect();
        let mut paths: BTreeSet<&str> = expected.keys().chain(&taken).copied().collect();
        paths.extend(self.changes.iter().map(|change| change.path.as_str()));
        paths.extend(self.expected.conflicts.iter().map(String::as_str));
        let Self { ours, theirs, merged, .. } = self;
        let mut findings = Vec::new();
        let is_by_docket = claims(&self.commit.message);
        for path in paths {
            let Some(area) = Area::of(path) else { continue };
            let there = merged.held(path)?;
            let crossed = self.expected.crossed.iter().find(|file| file.path == path);
            let crossed = crossed.and_then(|file| file.content.as_deref().and_then(BlobId::of));
            let by_lines = self.expected.by_lines.iter().filter(|file| file.path == path);
            let mut by_lines = by_lines.map(|file| file.content.as_deref().and_then(BlobId::of));
            let fits = match expected.get(path) {
                // what git alone makes of rules, as an older docket took it
                _ if by_lines.any(|lines| lines == there.map(|held| held.id)) => true,
                // git merges each file by itself, and cannot know of two merged into each other
                Some(_) if crossed.is_some() && there.map(|held| held.id) == crossed => true,
                Some(expected) => there.map(|held| held.id) == *expected,
                None if taken.contains(path) => there == theirs.held(path)?,
                None => there == ours.held(path)?,
            };
            let conflicts = self.expected.conflicts.iter().any(|other| other == path);
            let fits = fits && !conflicts;
            let both = conflicts || expected.contains_key(path);
            let finding = match area {
                _ if fits => continue,
                // docket does not merge otherwise than docket
                Area::Policy if is_by_docket && layout::rules_of(path).is_some() => {
                    Finding::of(FindingCode::MergeForged)
                }
                // what was adopted is nobody's to write anew
                Area::Policy
                    if layout::adopted_of(path).is_some()
                        && there != ours.held(path)?
                        && there != theirs.held(path)? =>
                {
                    Finding::of(FindingCode::HandMade).expected("docket policy adopt")
                }
                // both changed the rules: whoever may change them answers for how they merged
                Area::Policy | Area::Templates
                    if both
                        && (there.is_some()
                            || there == ours.held(path)?
                            || there == theirs.held(path)?) =>
                {
                    if has_marks(merged, path) {
                        let finding = Finding::of(FindingCode::MergeForged).path(path);
                        findings.push(finding.found(Phrase::ConflictMarks));
                        continue;
                    }
                    if self.by_lead() {
                        continue;
                    }
                    Finding::of(FindingCode::PolicyChanged)
                        .expected(self.setting.words.term(Role::TeamLead))
                        .found(&self.commit.author_email)
                }
                Area::Contacts if both && self.is_choice(path, there.map(|held| held.id)) => {
                    continue;
                }
                Area::Records
                | Area::Contacts
                | Area::Customers
                | Area::Archive
                | Area::Policy
                | Area::Templates => Finding::of(FindingCode::MergeForged),
            };
            let finding = finding.path(path);
            findings.push(match layout::record_of(path) {
                Some(id) => finding.record(&id),
                None => finding,
            });
        }
        Ok(findings)
    }

    /// Entries beside the desk that the merge brings, and neither side of the desk has.
    fn disturbed(&self, findings: &mut Vec<Finding>) -> Result<()> {
        let mut own = Vec::new();
        for changed in &self.changes {
            if self.setting.desk.is_some() || changed.new != self.theirs.held(&changed.path)? {
                own.push(changed.clone());
            }
        }
        if own.is_empty() {
            return Ok(());
        }
        let views = (&self.ours, &self.merged);
        let for_whom = (self.policies().next(), self.setting.words);
        checkout::disturbed(self.store, &own, views, for_whom, findings);
        Ok(())
    }

    /// The rules can be read afterwards, and name the branch that one side names.
    fn rules(&self, findings: &mut Vec<Finding>) -> Result<()> {
        let names = self.merged.policy_names()?;
        for side in [&self.ours, &self.theirs] {
            // what one side made unreadable is told where it did
            if side.policy_names()? == names {
                return Ok(());
            }
        }
        let policy = match self.merged.policy_afresh() {
            Ok(policy) => policy,
            Err(why) => {
                findings.push(unreadable_policy(&why, self.setting.words));
                return Ok(());
            }
        };
        // those as well that no step reads, and what does not hold on a day to come
        let faults = self.merged.faults_of_merge([&self.ours, &self.theirs])?.into_iter();
        findings.extend(faults.map(|(_, why)| unreadable_policy(&why, self.setting.words)));
        let branches: Vec<&String> = self.policies().map(|policy| &policy.desk.branch).collect();
        if let Some(first) = branches.first().filter(|_| !branches.contains(&&policy.desk.branch)) {
            findings.extend(on_another_branch(&policy.desk, first));
        }
        Ok(())
    }

    /// Nothing is dated after the audit; before its parents only where clocks differ.
    fn dates(&self, findings: &mut Vec<Finding>) {
        let setting = self.setting;
        let at = self.commit.authored_at.max(self.commit.time);
        if at > setting.now.plus_minutes(AHEAD_MINUTES) {
            findings.push(Finding::of(FindingCode::TimeForged).expected(setting.now).found(at));
        }
        let first = self.commit.authored_at.min(self.commit.time);
        if first < setting.since {
            let finding = Finding::of(FindingCode::ClockBackwards).expected(setting.since);
            findings.push(finding.found(first));
        }
    }

    /// Whether each field of a contact is what one of the sides says, and so is what is disputed.
    fn is_choice(&self, path: &str, held: Option<BlobId>) -> bool {
        let Some(id) = layout::contact_of(path) else { return false };
        let sides = (self.ours.contact(&id), self.theirs.contact(&id), self.merged.contact(&id));
        let (Ok(Some(ours)), Ok(Some(theirs)), Ok(Some(merged))) = sides else {
            return false;
        };
        merged.id == id
            && ContactField::ALL.iter().all(|field| {
                let there = merged.get(*field);
                let sides = [&ours, &theirs];
                let disputes = sides.into_iter().filter_map(|side| side.disputed.get(field));
                let values = sides.into_iter().filter_map(|side| side.get(*field));
                let mut open = merged.disputed.get(field).into_iter().flatten();
                sides.into_iter().any(|side| there == side.get(*field))
                    && open.all(|value| {
                        values.clone().any(|other| other == value)
                            || disputes.clone().any(|other| other.contains(value))
                    })
            })
            && is_spelled(&merged, path, held)
    }

    fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.setting.policies.iter().map(AsRef::as_ref)
    }

    /// Whether the merge is by somebody who leads the team on its day, by the rules of both sides: who left,
    /// or leads no longer, on one of them has no say in what becomes of that.
    fn by_lead(&self) -> bool {
        let (email, on) = (&self.commit.author_email, self.setting.on);
        self.policies().all(|policy| policy.people.is_lead(email, on))
    }

    /// Somebody of the team merges, by the rules of one side at least, and signs where one side
    /// requires it.
    fn author(&self, findings: &mut Vec<Finding>) -> Result<()> {
        let email = &self.commit.author_email;
        let known: Vec<_> =
            self.policies().filter_map(|policy| policy.people.by_email(email).cloned()).collect();
        let Some(person) = known.first() else {
            findings
                .push(Finding::of(FindingCode::Stranger).expected(Phrase::Teammate).found(email));
            return Ok(());
        };
        // whoever left in between merges what they did before, and cannot have known of it
        let on = self.setting.on;
        if !known.iter().any(|person| person.is_active(on)) {
            findings.push(Finding::of(FindingCode::Inactive).found(&person.id));
        }
        self.name(person, findings);
        for policy in self.policies() {
            if let Some(finding) = unsigned(self.store, self.commit, policy, self.setting.words)? {
                findings.push(finding);
                break;
            }
        }
        Ok(())
    }

    /// Who merges bears their own name. Plain git and the pages of a host know people by names of
    /// their own, so that only the name of somebody else of the team is a lie.
    fn name(&self, person: &Person, findings: &mut Vec<Finding>) {
        let name = &self.commit.author_name;
        if is_called(person, name) {
            return;
        }
        let by_docket = claims(&self.commit.message);
        let another =
            self.policies().any(|policy| is_named_as_another(person, name, &policy.people));
        let fault = if by_docket || another {
            FindingCode::AuthorForged
        } else {
            FindingCode::NamedOtherwise
        };
        findings.push(Finding::of(fault).expected(&person.name).found(name));
    }

    /// A merge claims to be nothing but a merge, and where docket made it, it is dated as docket
    /// dates.
    fn message(&self, findings: &mut Vec<Finding>) {
        let message = &self.commit.message;
        if !claims(message) {
            return;
        }
        let author = self.policies().find_map(|policy| {
            policy.people.by_email(&self.commit.author_email).map(|person| person.id.clone())
        });
        let fixed = is_fixed(message);
        let by = author.map_or_else(String::new, |author| author.to_string());
        let at = self.commit.authored_at;
        let expected = message::of_desk(&self.commit.subject, "sync", &by, at, fixed);
        let branch = self.commit.subject.strip_prefix(message::SYNC);
        let honest =
            branch.is_some_and(is_remote_branch) && message.trim_end() == expected.trim_end();
        if !honest {
            let finding = Finding::of(FindingCode::MessageForged).expected(Phrase::Merge);
            findings.push(finding.found(&self.commit.subject));
        }
        findings.extend(written_elsewhere(self.setting.as_written, self.commit));
        findings.extend(committed_before(self.commit).or_else(|| rebased(self.commit)));
    }
}

/// Whether git's marks of a conflict are left in a file.
fn has_marks(view: &View<'_>, path: &str) -> bool {
    let text = view.text_anyway(path).ok().flatten().unwrap_or_default();
    let begins = |mark: &str| text.lines().any(|line| line.starts_with(mark));
    begins("<<<<<<<") && begins(">>>>>>>")
}
