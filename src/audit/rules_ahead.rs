//! Whether drafts of the rules are written, and adopted, as `docket policy` does it (R115).

use chrono::NaiveDate;

use super::{judge::CommitCase, message};
use crate::{
    domain::{
        analysis::finding::{Finding, FindingCode},
        deciding::{
            policy::{Policy, people::Person},
            rule_change::{self, Approval},
        },
        history::refusal::Refusal,
    },
    store::layout,
};

/// What a commit of the class of rules does to what does not hold yet.
#[derive(Clone, Copy, Debug)]
pub(super) enum AheadChange {
    /// A draft of this file is written.
    Draft(&'static str),
    /// The draft of this file is dropped.
    Dropped(&'static str),
    /// The draft of this file is adopted for that day.
    Adoption(&'static str, NaiveDate),
    /// That this file was adopted for that day is taken back.
    Withdrawal(&'static str, NaiveDate),
}

impl CommitCase<'_> {
    /// What the commit writes of what does not hold yet; `None` where it changes what holds.
    pub(super) fn ahead(&self) -> Option<AheadChange> {
        let written = || self.watched().filter(|(_, file)| file.new.is_some());
        let adopted = written().find_map(|(_, file)| layout::adopted_of(&file.path));
        if let Some((of, day)) = adopted {
            return Some(AheadChange::Adoption(of, day));
        }
        // what takes the place of adopted files at once takes them away as well
        if written().any(|(_, file)| layout::rules_of(&file.path).is_some()) {
            return None;
        }
        let gone = || self.watched().filter(|(_, file)| file.new.is_none());
        if let Some((of, day)) = gone().find_map(|(_, file)| layout::adopted_of(&file.path)) {
            return Some(AheadChange::Withdrawal(of, day));
        }
        let draft = written().find_map(|(_, file)| layout::draft_of(&file.path));
        let dropped = || gone().find_map(|(_, file)| layout::draft_of(&file.path));
        draft.map(AheadChange::Draft).or_else(|| dropped().map(AheadChange::Dropped))
    }

    /// An adoption as `docket policy adopt --withdraw` takes it back: before its day, with its draft there
    /// again, and nothing else.
    pub(super) fn withdrawal(
        &self,
        (of, day): (&'static str, NaiveDate),
        author: &Person,
        findings: &mut Vec<Finding>,
    ) {
        let path = layout::adopted(of, day);
        let read = self.before.rules_day().and_then(|today| {
            let adopted: Vec<_> = self.before.rule_days()?.adopted(of).collect();
            Ok((today, adopted))
        });
        let Ok((today, adopted)) = read else {
            return findings.push(Finding::of(FindingCode::Smuggled).path(&path));
        };
        if let Err(why) = rule_change::withdrawn_day(of, &adopted, Some(day), today) {
            return findings.push(self.against(why).path(&path));
        }
        let Ok(files) = self.before.withdrawn(of, day) else {
            return findings.push(Finding::of(FindingCode::CutOff).path(&path));
        };
        let is_due = |path: &str| files.iter().any(|file| file.path == path);
        let others = self.watched().filter(|(_, it)| !is_due(&it.path));
        findings.extend(others.map(|(_, it)| Finding::of(FindingCode::Smuggled).path(&it.path)));
        let otherwise = files.iter().filter(|file| !self.leaves(Ok((*file).clone())));
        findings.extend(otherwise.map(|file| Finding::of(FindingCode::Smuggled).path(&file.path)));
        let reason = self.reason_of_rules(findings);
        let subject = message::of_withdrawal(of, day, &reason);
        self.plain_message(&subject, message::POLICY, author, findings);
    }

    /// A draft as `docket policy edit --next` writes it.
    pub(super) fn draft(&self, of: &'static str, author: &Person, findings: &mut Vec<Finding>) {
        let path = layout::draft(of).unwrap_or_default();
        self.only(&path, findings);
        let smuggled = || Finding::of(FindingCode::Smuggled).path(&path);
        let today = self.commit.authored_at.date();
        let head = self.after.draft_text(of).ok().flatten().and_then(|draft| draft.document());
        let (Some(head), Ok(latest)) = (head, self.before.latest_version(of)) else {
            return findings.push(smuggled());
        };
        match rule_change::draft_head(of, Some(&head), latest, [head.effective_on, today]) {
            Ok(due) if due == head => {}
            Ok(_) => findings.push(smuggled()),
            Err(why) => findings.push(self.against(why).path(&path)),
        }
        let reason = self.reason_of_rules(findings);
        let subject = message::of_rule_draft(of, head.effective_on, &reason);
        self.plain_message(&subject, message::POLICY, author, findings);
    }

    /// A draft as `docket policy edit --drop` takes it away, and nothing else.
    pub(super) fn dropped(&self, of: &'static str, author: &Person, findings: &mut Vec<Finding>) {
        self.only(&layout::draft(of).unwrap_or_default(), findings);
        let reason = self.reason_of_rules(findings);
        let subject = message::of_dropped_draft(of, &reason);
        self.plain_message(&subject, message::POLICY, author, findings);
    }

    /// The draft of a file as `docket policy adopt` adopts it: before its day, by another lead than who
    /// wrote it where there is one, and nothing else.
    pub(super) fn adoption(
        &self,
        (of, day): (&'static str, NaiveDate),
        policy: &Policy,
        author: &Person,
        findings: &mut Vec<Finding>,
    ) {
        let path = layout::adopted(of, day);
        let draft = layout::draft(of).unwrap_or_default();
        let others = self.watched().filter(|(_, it)| it.path != path && it.path != draft);
        findings.extend(others.map(|(_, it)| Finding::of(FindingCode::Smuggled).path(&it.path)));
        let smuggled = || Finding::of(FindingCode::Smuggled).path(&path);
        let (Ok(Some(text)), Ok(latest)) =
            (self.before.draft_text(of), self.before.latest_version(of))
        else {
            let finding = Finding::of(FindingCode::HandMade).path(&path);
            return findings.push(finding.expected("docket policy adopt"));
        };
        // a commit that is dated before its parent is judged as of that
        let Ok(today) = self.before.rules_day() else { return findings.push(smuggled()) };
        let told = text.document();
        let head = rule_change::adopted_head(of, told.as_ref(), latest, today, &author.name);
        let head = match head {
            Ok(head) => head,
            Err(why) => return findings.push(self.against(why).path(&path)),
        };
        let files = text.adopted(&head).map(|files| files.map(Ok));
        if !files.is_ok_and(|files| files.into_iter().all(|file| self.leaves(file))) {
            findings.push(smuggled());
        }
        let Ok(origin) = self.before.draft_origin(of) else {
            return findings.push(Finding::of(FindingCode::CutOff).path(&path));
        };
        let approval = rule_change::approval(of, &origin, &author.id, &policy.people, today);
        let approval = match approval {
            Ok(approval) => approval,
            Err(why @ Refusal::OwnDraft { .. }) => {
                findings.push(self.against(why).path(&path));
                Approval::ByAnother
            }
            Err(why) => return findings.push(self.against(why).path(&path)),
        };
        if approval == Approval::ByItsAuthor {
            findings.push(Finding::of(FindingCode::AdoptedAlone).path(&path).found(&author.id));
        }
        let wrote = origin.author.map(|wrote| wrote.id);
        let subject = message::of_adoption(of, &head, wrote.as_ref(), approval);
        self.plain_message(&subject, message::POLICY, author, findings);
    }
}
