//! The files of the rules: which one is meant, and how one is changed (R115).

use std::collections::HashMap;

use crate::{
    app::desk::OpenDesk,
    audit::message,
    domain::{
        base::{document::Document, terms::Role},
        deciding::{contacts::names_nobody, personal::rule_reason, policy::Policy, rule_change},
    },
    error::{Error, Result, usage::Usage},
    store::{
        Revision,
        git::ids::CommitId,
        layout,
        rule_edit::{NoSuchRule, RuleText},
        view::View,
    },
    words::message::Message,
};

/// A file of rules that was changed.
#[derive(Clone, Debug)]
pub struct ChangedRules {
    /// What it says of itself now; `None` of the desk's own file.
    pub document: Option<Document>,
    pub commit: CommitId,
}

/// The file of rules that is called so: `levels`, `levels.yaml` or `policy/levels.yaml`.
///
/// # Errors
/// [`Usage::NotARuleFile`].
pub fn rule_file(given: &str) -> Result<&'static str> {
    let name = stem(file_name(given));
    let found = layout::RULES.into_iter().find(|path| stem(file_name(path)) == name);
    found.ok_or_else(|| {
        let known = layout::RULES.into_iter().map(|path| file_name(path).to_owned()).collect();
        Error::Usage(Usage::NotARuleFile { given: given.to_owned(), known })
    })
}

/// The same, where a command may change it: the roster has commands of its own.
///
/// # Errors
/// [`Usage::NotARuleFile`], or [`Usage::Roster`].
pub fn changeable_file(given: &str) -> Result<&'static str> {
    match rule_file(given)? {
        layout::PEOPLE => Err(Error::Usage(Usage::Roster)),
        path => Ok(path),
    }
}

/// The file of a key such as `levels.limits.urgent.respond`, and the key in it.
///
/// # Errors
/// As [`rule_file`].
pub fn rule_key(given: &str) -> Result<(&'static str, &str)> {
    let (file, key) = given.split_once('.').unwrap_or((given, ""));
    Ok((rule_file(file)?, key))
}

/// A key that leads to no rule, as a command line says it.
pub fn no_such_rule(given: &str, fault: NoSuchRule) -> Error {
    let NoSuchRule { part, known } = fault;
    Error::Usage(Usage::NoSuchRule { given: given.to_owned(), part, known })
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn stem(name: &str) -> &str {
    name.strip_suffix(".yaml").unwrap_or(name)
}

impl OpenDesk<'_> {
    /// Says in one line that a file of the rules cannot be read, and how to go back.
    pub(super) fn tell_unsound_rules(&self) {
        let Ok(view) = self.store.view(&Revision::Tip, &self.desk.branch) else { return };
        let Some(path) = view.unsound_rules() else { return };
        let since = view.commit().map(|tip| self.store.git().last_change(tip, &path));
        let since = since.and_then(std::result::Result::ok).flatten();
        // what a merge brought has two sides to go back to
        let since = since.filter(|commit| commit.parents.len() == 1);
        let commit = since.map(|commit| commit.id.short());
        self.app.ui.warn(&self.words.message(&Message::UnsoundRules { path, commit }));
    }

    /// Refuses who may not change the rules, and a reason that none may have.
    ///
    /// # Errors
    /// What stands against it.
    pub fn may_change_rules(&self, reason: Option<&str>) -> Result<()> {
        self.actor_as(&self.view()?.policy()?, &[Role::TeamLead])?;
        reason.map(rule_reason).transpose()?;
        Ok(())
    }

    /// Commits a file of rules as `change` makes it; `None` where nothing becomes otherwise.
    ///
    /// # Errors
    /// Rules that would not hold, with file and line; somebody who may not change them.
    pub fn change_rules(
        &self,
        path: &'static str,
        reason: &str,
        change: impl Fn(&RuleText) -> Result<RuleText>,
    ) -> Result<Option<ChangedRules>> {
        let reason = rule_reason(reason)?;
        let (people, _) = self.view()?.contacts()?;
        names_nobody(&reason, &people)?;
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        let (commit, document) =
            self.store.write(&branch, &|notice| self.notice(&notice), |view| {
                let policy = view.policy()?;
                let (actor, _) = self.actor_as(&policy, &[Role::TeamLead])?;
                let before = view.rule_text(path)?;
                let mut after = change(&before)?;
                if after.text() == before.text() {
                    return Ok((None, None));
                }
                let now = self.now();
                let (held, told) = (before.document(), after.document());
                let heads = [held.as_ref(), told.as_ref()];
                let document = rule_change::head(path, heads, now.date(), &actor.person.name)?;
                if let Some(document) = &document {
                    after = after.with_document(document)?;
                }
                self.would_hold(view, &policy, &after)?;
                let version = document.as_ref().map(|document| document.version);
                let subject = message::of_rule_change(path, version, &reason);
                let files = vec![after.change()];
                let change = self.plain_change_at(now, &actor, message::POLICY, &subject, files)?;
                Ok::<_, Error>((Some(change), document))
            })?;
        Ok(commit.map(|commit| ChangedRules { document, commit }))
    }

    /// Refuses a file with which the desk would not go on working.
    fn would_hold(&self, view: &View<'_>, policy: &Policy, file: &RuleText) -> Result<()> {
        let Some(commit) = view.commit() else { return Ok(()) };
        let content = Some(file.text().as_bytes().to_vec());
        let overlay = HashMap::from([(file.path().to_owned(), content)]);
        let after = self.store.view_of(commit)?.with_files(overlay);
        if let Some((path, why)) = after.policy_faults().into_iter().next() {
            return Err(Error::WouldNotHold { path, why });
        }
        if after.policy_afresh()?.desk.branch != policy.desk.branch {
            return Err(Error::Usage(Usage::NotByEdit { key: "branch" }));
        }
        Ok(())
    }
}
