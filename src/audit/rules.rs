//! Whether rules may be changed so: by a team lead, and so that the desk goes on working by them.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    class::Area,
    judge::{CommitCase, is_named_as_another},
    message,
    rules_ahead::AheadChange,
};
use crate::{
    domain::{
        analysis::{
            check::desk::{is_about_branch, not_yet_in_force, on_another_branch},
            finding::{Finding, FindingCode},
        },
        base::{
            terms::Role,
            text::{LINE, tidy_line},
        },
        deciding::{
            policy::{Policy, people::Person},
            roster, rule_change,
        },
        history::refusal::Refusal,
    },
    store::{error::Error as StoreError, git::ids::CommitId, layout, view::View},
    words::Words,
};

impl CommitCase<'_> {
    /// A change of the rules: by a team lead, and readable afterwards. Gives the rules that came of
    /// it.
    pub(super) fn rules(
        &self,
        policy: &Policy,
        author: &Person,
        findings: &mut Vec<Finding>,
    ) -> Option<Policy> {
        let touches = self.watched().any(|(area, _)| area == Area::Policy);
        if touches && !author.roles.contains(&Role::TeamLead) {
            findings.push(
                Finding::of(FindingCode::PolicyChanged)
                    .expected(self.words.term(Role::TeamLead))
                    .found(&author.id),
            );
        }
        let after = match self.after.policy_afresh() {
            Ok(after) => after,
            Err(why) => {
                findings.push(unreadable_policy(&why, self.words));
                return None;
            }
        };
        if touches {
            // files as well that no step reads, and what others say on a day to come
            let faults = self.after.policy_faults().into_iter();
            let faults = faults.filter(|(path, _)| self.changes(path));
            let faults = faults.map(|(_, why)| why);
            let others = match self.after.faults_since(self.before) {
                Ok(new) => new.into_iter().filter(|(path, _)| !self.changes(path)).collect(),
                Err(why) => vec![(String::new(), why)],
            };
            let others = others.into_iter().map(|(_, why)| why);
            findings.extend(faults.chain(others).map(|why| unreadable_policy(&why, self.words)));
            let changed = self
                .after
                .changed_promises(self.before, &policy.agreements)
                .unwrap_or_default()
                .into_iter();
            findings.extend(changed.map(|why| {
                let finding = Finding::of(FindingCode::PromiseChanged);
                let path = why.file().unwrap_or(layout::AGREEMENTS).to_owned();
                finding.path(path).found(&self.words.file_fault(&why))
            }));
            let early = not_yet_in_force(&after, self.commit.time.date()).into_iter();
            findings
                .extend(early.filter(|finding| {
                    finding.path.as_ref().is_some_and(|path| self.changes(path))
                }));
        }
        // everything else is looked for on the branch that the desk names
        findings.extend(on_another_branch(&after.desk, &policy.desk.branch));
        Some(after)
    }

    /// A change of rules or templates with plain git, under words of one's own.
    pub(super) fn by_hand(&self, policy: &Policy, author: &Person, findings: &mut Vec<Finding>) {
        let after = self.rules(policy, author, findings);
        let adopted = self.watched().filter(|(_, it)| it.new.is_some());
        let is_adopted = |path: &str| {
            path.strip_prefix(layout::ADOPTED).is_some_and(|rest| rest.starts_with('/'))
        };
        let adopted = adopted.filter(|(_, it)| is_adopted(&it.path));
        findings.extend(adopted.map(|(_, it)| {
            let finding = Finding::of(FindingCode::HandMade).path(&it.path);
            finding.expected("docket policy adopt")
        }));
        // before its day a lead may take an adoption back with plain git; what holds goes as the command
        // takes it away, with the rules that hold in its place
        let today = self.commit.time.date();
        let gone = self.watched().filter(|(_, it)| it.new.is_none());
        let gone = gone.filter(|(_, it)| {
            let adopted = layout::adopted_of(&it.path);
            adopted.is_some_and(|(of, day)| day <= today && !self.changes(of))
        });
        findings.extend(gone.map(|(_, it)| {
            let finding = Finding::of(FindingCode::HandMade).path(&it.path);
            finding.expected("docket policy edit")
        }));
        if let Some(after) = after.filter(|_| self.changes(layout::PEOPLE)) {
            let kept = roster::keeps_a_lead(&after.people.people, &author.id, today);
            findings.extend(kept.err().map(|why| self.against(why).path(layout::PEOPLE)));
        }
        if is_named_as_another(author, &self.commit.author_name, &policy.people) {
            let finding = Finding::of(FindingCode::AuthorForged).expected(&author.name);
            findings.push(finding.found(&self.commit.author_name));
        }
    }

    /// A change of one file of rules, as `docket policy` makes it (R115).
    pub(super) fn rule_file(&self, policy: &Policy, author: &Person, findings: &mut Vec<Finding>) {
        self.rules(policy, author, findings);
        match self.ahead() {
            Some(AheadChange::Draft(of)) => self.draft(of, author, findings),
            Some(AheadChange::Dropped(of)) => self.dropped(of, author, findings),
            Some(AheadChange::Adoption(of, day)) => {
                self.adoption((of, day), policy, author, findings);
            }
            Some(AheadChange::Withdrawal(of, day)) => self.withdrawal((of, day), author, findings),
            None => self.at_once(author, findings),
        }
    }

    /// A change of one file of rules that holds at once.
    fn at_once(&self, author: &Person, findings: &mut Vec<Finding>) {
        let changeable = layout::RULES.into_iter().filter(|path| *path != layout::PEOPLE);
        let path = changeable.into_iter().find(|path| self.changes(path));
        let is_there = |path: &&str| self.after.held(path).is_ok_and(|held| held.is_some());
        let Some(path) = path.filter(is_there) else {
            let touched = self.watched().map(|(_, changed)| &changed.path);
            return findings
                .extend(touched.map(|path| Finding::of(FindingCode::Smuggled).path(path)));
        };
        self.only_rules(path, findings);
        let mut version = None;
        let today = self.commit.authored_at.date();
        let latest = self.before.latest_version(path).unwrap_or_default();
        match [self.before, self.after].map(|view| view.rule_text(path).map(|it| it.document())) {
            [Ok(before), Ok(after)] => {
                let heads = [before.as_ref(), after.as_ref()];
                match rule_change::head(path, heads, latest, today, &author.name) {
                    Ok(due) if due == after => {}
                    Ok(_) => findings.push(Finding::of(FindingCode::Smuggled).path(path)),
                    Err(why) => findings.push(self.against(why).path(path)),
                }
                version = after.map(|document| document.version);
            }
            _ => findings.push(Finding::of(FindingCode::Smuggled).path(path)),
        }
        let reason = self.reason_of_rules(findings);
        let subject = message::of_rule_change(path, version, &reason);
        self.plain_message(&subject, message::POLICY, author, findings);
    }

    /// The reason that the commit gives for a change of the rules. What counts as personal data grows with
    /// docket: a reason that was given is judged by its form.
    pub(super) fn reason_of_rules(&self, findings: &mut Vec<Finding>) -> String {
        let told = message::reason_of_rules(&self.commit.message);
        tidy_line(told, LINE).unwrap_or_else(|fault| {
            let flag = "--reason";
            findings.push(self.against(Refusal::Text { flag, fault }));
            String::new()
        })
    }

    /// Names what is changed beside one file of rules, and the adopted files that it takes the place of.
    pub(super) fn only_rules(&self, path: &'static str, findings: &mut Vec<Finding>) {
        let superseded = self.before.superseded(path).unwrap_or_default();
        let is_gone = |path: &String| self.after.held(path).is_ok_and(|held| held.is_none());
        let left = superseded.iter().filter(|path| !is_gone(path)).cloned();
        let others = self.watched().map(|(_, changed)| changed.path.clone());
        let others = others.filter(|it| it != path && !superseded.contains(it));
        let smuggled = others.chain(left).collect::<BTreeSet<_>>();
        findings.extend(smuggled.iter().map(|path| Finding::of(FindingCode::Smuggled).path(path)));
    }

    fn changes(&self, path: &str) -> bool {
        self.changed.iter().any(|file| file.path == path)
    }
}

/// Whether nothing stands against the rules that a view shows.
pub(super) fn are_in_order(view: &View<'_>, today: NaiveDate) -> bool {
    let policy = view.policy_afresh();
    view.policy_faults().is_empty()
        && policy.is_ok_and(|policy| not_yet_in_force(&policy, today).is_empty())
}

/// Whether the desk is looked for on the branch on which it began.
pub(super) fn name_one_branch(tip: &View<'_>, began: &View<'_>) -> bool {
    let branch = |view: &View<'_>| view.desk().ok().flatten().map(|desk| desk.branch);
    branch(tip).is_some_and(|tip| branch(began) == Some(tip))
}

/// A slip in the rules that was mended since is history, for its commit and those after it are judged
/// by the rules before. Not so at the beginning, or where the rules before are not known: nothing of
/// such a commit is judged. Another branch was one, where the desk `is_at_home` again: every commit is
/// on the branch that is looked at.
pub(super) fn mended(finding: Finding, genesis: Option<CommitId>, is_at_home: bool) -> Finding {
    let is_unread =
        matches!(finding.code, FindingCode::Unreadable | FindingCode::UnknownRuleCommitted);
    let is_judged = finding.path.as_deref() == Some(POLICY_FOLDER)
        && finding.expected.is_none()
        && finding.commit != genesis.map(|genesis| genesis.to_string());
    let is_of_branch = is_about_branch(&finding);
    if finding.code == FindingCode::NotYetInForce
        || is_unread && is_judged
        || is_of_branch && is_at_home
    {
        return Finding { code: FindingCode::SlipMended, ..finding };
    }
    finding
}

/// What a finding of rules that cannot be read names.
const POLICY_FOLDER: &str = "policy/";

/// Rules that cannot be read, of a newer docket or broken.
pub(super) fn unreadable_policy(why: &StoreError, words: Words) -> Finding {
    let fault = if why.is_unknown_key() {
        FindingCode::UnknownRuleCommitted
    } else {
        FindingCode::Unreadable
    };
    Finding::of(fault).path(POLICY_FOLDER).found(&words.store_error(why))
}
