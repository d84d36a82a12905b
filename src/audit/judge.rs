//! Whether one commit is what a permitted command would have made of its parent.

use std::collections::HashSet;

use super::{
    checkout,
    class::{Area, Class, claims, trailer},
    message,
    samples::Samples,
};
use crate::{
    domain::{
        analysis::finding::{Detail, Finding, FindingCode, phrase::Phrase},
        base::{
            terms::{FixedClock, Role},
            text::folded,
            time::Timestamp,
        },
        deciding::policy::{
            Policy,
            people::{People, Person},
        },
        history::{refusal::Refusal, steps::Action},
    },
    error::RefusalDetails,
    store::{
        Store,
        error::Result,
        git::{
            FileChange,
            diff::ChangedPath,
            ids::{BlobId, CommitId},
            log::CommitInfo,
            snapshot::FileKind,
        },
        view::View,
    },
    words::Words,
};

/// Clocks may differ by so much.
pub(super) const AHEAD_MINUTES: i64 = 30;

/// Whether a desk begins with a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// It began before.
    Earlier,
    Here,
    /// The desk began with another commit, and here another one does.
    Second,
}

/// A commit with what stood before it and what stands after it.
#[derive(Clone, Copy, Debug)]
pub struct CommitCase<'a> {
    pub store: &'a Store,
    pub commit: &'a CommitInfo,
    /// When it was authored and committed, in the offsets that it was told in.
    pub as_written: [Timestamp; 2],
    pub before: &'a View<'a>,
    pub after: &'a View<'a>,
    pub changed: &'a [ChangedPath],
    /// The rules of the parent; `None` where there are none that can be read.
    pub policy: Option<&'a Policy>,
    pub beginning: Beginning,
    /// What the desk said of fixed clocks when it began.
    pub fixed_clock: FixedClock,
    /// Where a shallow clone ends.
    pub cut_at: &'a HashSet<CommitId>,
    /// When the audit is made.
    pub now: Timestamp,
    pub words: Words,
    /// When the parent was committed.
    pub since: Option<Timestamp>,
    /// Samples of surveys that were drawn again.
    pub(super) samples: &'a Samples,
}

/// Everything that is wrong with a commit of one parent or none; empty for an honest one, and for
/// one that touches nothing of the desk's.
pub fn judge(case: &CommitCase<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_watched = case.watched().next().is_some();
    findings.extend(checkout::oddity(case.store, case.commit.id, is_watched, case.words));
    let sides = (case.before, case.after);
    checkout::disturbed(case.store, case.changed, sides, (case.policy, case.words), &mut findings);
    let action = trailer::<String>(&case.commit.message, "Docket-Action");
    if is_watched || is_only_said(action.as_deref(), &case.commit.message) {
        case.judge(&mut findings);
    } else if let Some(action) = action {
        findings
            .push(Finding::of(FindingCode::EventMisplaced).expected(&action).found(Phrase::None));
    } else if claims(&case.commit.message) {
        findings.push(
            Finding::of(FindingCode::MessageForged)
                .expected(Phrase::NoTrailers)
                .found(Phrase::Trailers),
        );
    }
    findings
}

/// Whether a commit says what lies elsewhere, and so changes nothing itself.
fn is_only_said(action: Option<&str>, message: &str) -> bool {
    match Class::claimed(action) {
        Ok(Class::Reveal) => true,
        Ok(Class::Contact) => message::contact_change_of_message(message).is_some(),
        Ok(
            Class::Genesis
            | Class::Step(_)
            | Class::Import
            | Class::Policy
            | Class::People
            | Class::Customer
            | Class::Repair
            | Class::Plain,
        )
        | Err(_) => false,
    }
}

/// When what a commit does was decided. What another system tells has its own dates.
pub(super) fn decided_at(commit: &CommitInfo) -> Timestamp {
    let action: Option<String> = trailer(&commit.message, "Docket-Action");
    let imports = Class::claimed(action.as_deref()) == Ok(Class::Import);
    if imports { commit.time } else { commit.authored_at }
}

impl CommitCase<'_> {
    /// What changed of the desk's.
    pub(super) fn watched(&self) -> impl Iterator<Item = (Area, &ChangedPath)> {
        self.changed.iter().filter_map(|changed| Some((Area::of(&changed.path)?, changed)))
    }

    fn judge(&self, findings: &mut Vec<Finding>) {
        let action: Option<String> = trailer(&self.commit.message, "Docket-Action");
        let class = Class::claimed(action.as_deref());
        self.committer(class == Ok(Class::Import), findings);
        match self.beginning {
            Beginning::Earlier => {}
            Beginning::Here => return self.genesis(&class, findings),
            Beginning::Second => {
                findings.push(Finding::of(FindingCode::Ungrounded).found(Phrase::SecondBeginning));
                return self.genesis(&class, findings);
            }
        }
        let Some(policy) = self.policy else {
            return findings.push(
                Finding::of(FindingCode::Unreadable).path("policy/").expected(Phrase::ParentsRules),
            );
        };
        findings.extend(clock(&self.commit.message, [self.fixed_clock, policy.desk.fixed_clock]));
        self.dates(class == Ok(Class::Import), findings);
        let Some(author) = policy.people.by_email(&self.commit.author_email) else {
            return findings.push(
                Finding::of(FindingCode::Stranger)
                    .expected(Phrase::Teammate)
                    .found(&self.commit.author_email),
            );
        };
        let at = decided_at(self.commit);
        // an entry that is dated before what it is built on is judged as of that
        let at = self.since.map_or(at, |since| since.max(at));
        if !author.is_active(at.date()) {
            findings.push(Finding::of(FindingCode::Inactive).found(&author.id));
        }
        let class = match class {
            Ok(class) => class,
            Err(claimed) => {
                let paths = self.watched().map(|(_, changed)| &changed.path);
                findings.extend(paths.map(|path| {
                    Finding::of(FindingCode::HandMade)
                        .path(path)
                        .found(&format!("Docket-Action: {claimed}"))
                }));
                return;
            }
        };
        self.allowed(class, findings);
        self.shapes(findings);
        if class == Class::Plain && claims(&self.commit.message) {
            findings.push(
                Finding::of(FindingCode::MessageForged)
                    .expected("Docket-Action")
                    .found(Phrase::None),
            );
        }
        match class {
            Class::Genesis => {
                findings.push(Finding::of(FindingCode::Ungrounded).found(Phrase::SecondInit));
            }
            Class::Step(action) => self.step(action, policy, author, findings),
            Class::Import => self.import(policy, author, findings),
            Class::Policy if self.commit.subject == message::CALENDAR => {
                self.calendar(policy, author, findings);
            }
            Class::Policy => self.rule_file(policy, author, findings),
            Class::People => self.roster(policy, author, findings),
            Class::Plain => self.by_hand(policy, author, findings),
            Class::Reveal => self.reveal(author, findings),
            Class::Repair => {
                self.role(policy.roles.may(Action::Open), author, findings);
                self.repaired(author, findings);
            }
            Class::Customer => self.customer(policy, author, findings),
            Class::Contact => {
                if let Some(id) = message::erased_of_subject(&self.commit.subject) {
                    return self.contact_erased(&id, author, findings);
                }
                self.role(policy.roles.may(Action::Open), author, findings);
                if let Some(id) = message::new_contact_of_subject(&self.commit.subject) {
                    return self.contact_added(&id, author, findings);
                }
                let message = &self.commit.message;
                match message::contact_change_of_message(message) {
                    Some(change) => self.contact_changed(change, author, findings),
                    None => self.contact_merged(author, findings),
                }
            }
        }
    }

    /// Names what such a commit does not touch, and what is gone.
    pub(super) fn allowed(&self, class: Class, findings: &mut Vec<Finding>) {
        let beside = self.changed.iter().filter(|changed| Area::of(&changed.path).is_none());
        for changed in beside.filter(|changed| !class.may_touch_beside(&changed.path)) {
            findings.push(Finding::of(FindingCode::Smuggled).path(&changed.path));
        }
        for (area, changed) in self.watched() {
            // rules and templates may go: who may change them answers for it
            let may_go = matches!(area, Area::Policy | Area::Templates);
            let fault = if changed.new.is_none() && !may_go {
                FindingCode::Deleted
            } else if class.areas().contains(&area) {
                continue;
            } else if class == Class::Plain {
                FindingCode::HandMade
            } else {
                FindingCode::Smuggled
            };
            findings.push(Finding::of(fault).path(&changed.path));
        }
    }

    fn committer(&self, imports: bool, findings: &mut Vec<Finding>) {
        let commit = self.commit;
        if !commit.author_email.eq_ignore_ascii_case(&commit.committer_email) {
            findings.push(
                Finding::of(FindingCode::CommittedByOther)
                    .expected(&commit.author_email)
                    .found(&commit.committer_email),
            );
        }
        findings.extend(rebased(commit).filter(|_| !imports));
    }

    /// Nothing is dated after the audit; before its parent only where clocks differ.
    pub(super) fn dates(&self, imports: bool, findings: &mut Vec<Finding>) {
        let at = if imports { self.commit.time } else { self.commit.authored_at };
        if at > self.now.plus_minutes(AHEAD_MINUTES) {
            findings.push(Finding::of(FindingCode::TimeForged).expected(self.now).found(at));
        }
        if let Some(since) = self.since.filter(|since| *since > self.commit.time) {
            findings.push(
                Finding::of(FindingCode::ClockBackwards).expected(since).found(self.commit.time),
            );
        }
    }

    /// Only plain files lie in a desk.
    fn shapes(&self, findings: &mut Vec<Finding>) {
        for (area, changed) in self.watched() {
            // docket never writes rules and templates for running, but a shared disk may mark them
            let lax = matches!(area, Area::Policy | Area::Templates);
            let odd = changed.new.is_some_and(|new| match new.kind {
                FileKind::File => false,
                FileKind::Executable => !lax,
                FileKind::Symlink | FileKind::Other => true,
            });
            if odd {
                findings.push(Finding::of(FindingCode::Smuggled).path(&changed.path));
            }
        }
    }

    /// Whether the commit says that its clock was fixed.
    pub(super) fn fixed(&self) -> bool {
        is_fixed(&self.commit.message)
    }

    /// Names what is changed beside the one file that a command writes.
    pub(super) fn only(&self, path: &str, findings: &mut Vec<Finding>) {
        let others = self.watched().filter(|(_, changed)| changed.path != path);
        findings.extend(
            others.map(|(_, changed)| Finding::of(FindingCode::Smuggled).path(&changed.path)),
        );
    }

    /// Whether the commit leaves a file as a command writes it.
    pub(super) fn leaves(&self, due: Result<FileChange>) -> bool {
        let Ok(FileChange { path, content }) = due else { return false };
        let held = self.after.held(&path).ok().flatten().map(|held| held.id);
        content.and_then(|content| BlobId::of(&content)) == held
    }

    /// Message and dates of a commit that makes no step.
    pub(super) fn plain_message(
        &self,
        subject: &str,
        action: &str,
        author: &Person,
        findings: &mut Vec<Finding>,
    ) {
        let expected = message::of_desk(
            subject,
            action,
            author.id.as_str(),
            self.commit.authored_at,
            self.fixed(),
        );
        self.message(&expected, author, findings);
        self.dated(findings);
    }

    /// Whether a commit of docket's is dated in the desk's zone and not before it was made, by a
    /// committer who has a name.
    pub(super) fn dated(&self, findings: &mut Vec<Finding>) {
        findings.extend(written_elsewhere(self.as_written, self.commit));
        findings.extend(committed_before(self.commit));
        if self.commit.committer_name.trim().is_empty() {
            findings.push(Finding::of(FindingCode::MessageForged).expected(Phrase::CommitterName));
        }
    }

    /// Compares what the commit says with what it does.
    pub(super) fn message(&self, expected: &str, author: &Person, findings: &mut Vec<Finding>) {
        let message = self.commit.message.as_str();
        if message != expected {
            let finding = Finding::of(FindingCode::MessageForged);
            findings.push(match first_other_line(expected, message) {
                Some([expected, found]) => finding.expected(expected).found(found),
                None => finding.expected("").found(Phrase::MoreLines),
            });
        }
        if self.commit.author_name != author.name {
            findings.push(
                Finding::of(FindingCode::AuthorForged)
                    .expected(&author.name)
                    .found(&self.commit.author_name),
            );
        }
    }
}

/// The first line that is another one than expected, with that; nothing stands against a line that is too
/// many, or missing. `None` where only more follows.
fn first_other_line<'m>(expected: &'m str, message: &'m str) -> Option<[&'m str; 2]> {
    let [due, told] = [expected, message].map(|text| text.lines().collect::<Vec<_>>());
    let same = due.iter().zip(&told).take_while(|(due, told)| due == told).count();
    let (due, told) = (&due[same..], &told[same..]);
    let [first_due, first_told] = [due, told].map(|lines| lines.first().copied().unwrap_or(""));
    match due {
        [] => None,
        _ if told.get(1..) == Some(due) => Some(["", first_told]),
        [_, rest @ ..] if rest == told => Some([first_due, ""]),
        _ => Some([first_due, first_told]),
    }
}

/// Whether this is the name of a person, as the roster has it or by their id.
pub(super) fn is_called(person: &Person, name: &str) -> bool {
    [person.name.as_str(), person.id.as_str()].iter().any(|own| folded(own) == folded(name))
}

/// Whether plain git shows what a person did under the name of somebody else of the team. It knows
/// people by names of their own, so that no other name is a lie.
pub(super) fn is_named_as_another(person: &Person, name: &str, people: &People) -> bool {
    !is_called(person, name)
        && people.people.iter().any(|other| other.id != person.id && is_called(other, name))
}

/// Whether a message says that the clock was fixed.
pub(super) fn is_fixed(message: &str) -> bool {
    trailer::<String>(message, "Docket-Clock").as_deref() == Some("fixed")
}

/// A date that is not written in the desk's zone, as all are that docket writes; `commit` tells them
/// in it.
pub(super) fn written_elsewhere(
    as_written: [Timestamp; 2],
    commit: &CommitInfo,
) -> Option<Finding> {
    let dates = as_written.into_iter().zip([commit.authored_at, commit.time]);
    let mut elsewhere = dates.filter(|(at, due)| at.offset_minutes() != due.offset_minutes());
    let (found, expected) = elsewhere.next()?;
    // only the zones differ
    let [expected, found] = [expected, found].map(|at| Detail::Value(at.to_string()));
    Some(Finding::of(FindingCode::TimeForged).expected(expected).found(found))
}

/// A commit of docket's that is dated before it was authored.
pub(super) fn committed_before(commit: &CommitInfo) -> Option<Finding> {
    let (made, at) = (commit.authored_at, commit.time);
    (made > at).then(|| Finding::of(FindingCode::TimeForged).expected(made).found(at))
}

/// A commit that was made again later than it was authored.
pub(super) fn rebased(commit: &CommitInfo) -> Option<Finding> {
    let (made, at) = (commit.authored_at, commit.time);
    (at > made).then(|| Finding::of(FindingCode::Rebased).expected(made).found(at))
}

/// What is to be said of a clock that was fixed, by all that the desk said of it.
pub(super) fn clock(message: &str, said: impl IntoIterator<Item = FixedClock>) -> Option<Finding> {
    let is_forbidden = said.into_iter().any(|said| said == FixedClock::Forbidden);
    let fault = if is_forbidden { FindingCode::ClockFixed } else { FindingCode::ClockFixedAllowed };
    is_fixed(message).then(|| Finding::of(fault))
}

impl CommitCase<'_> {
    /// The rule that stands against what a commit made.
    pub(super) fn against(&self, why: Refusal) -> Finding {
        let refused = RefusalDetails::plain(why);
        let refused = match self.policy {
            Some(policy) => refused.with_names(&policy.people),
            None => refused,
        };
        Finding::of(FindingCode::DecidedOtherwise).found(&self.words.refused(&refused))
    }

    /// Whether the person has one of these roles.
    pub(super) fn role(&self, may: &[Role], author: &Person, findings: &mut Vec<Finding>) {
        if author.role_among(may).is_none() {
            let names: Vec<_> = may.iter().map(|role| self.words.term(*role)).collect();
            let finding = Finding::of(FindingCode::RoleMissing).expected(&names.join(", "));
            findings.push(finding.found(&author.id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_too_many_or_missing_is_told_for_itself() {
        let due = "policy levels.yaml: version 2\n\nreason: x\n\nDocket-Action: policy\n";
        for (old, new, told) in [
            ("reason: x\n", "reason: x\nmore\n", Some(["", "more"])),
            ("reason: x\n", "", Some(["reason: x", ""])),
            ("reason: x", "reason: y", Some(["reason: x", "reason: y"])),
            ("Action: policy\n", "Action: policy\nmore\n", None),
        ] {
            let message = due.replacen(old, new, 1);
            assert_eq!(first_other_line(due, &message), told, "{message}");
        }
    }
}
