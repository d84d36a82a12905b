//! The files of the rules: which one is meant, and how one is changed, drafted and adopted (R115).

use chrono::NaiveDate;

use crate::{
    app::{App, desk::OpenDesk},
    audit::message,
    domain::{
        base::{document::Document, nearest::nearest, terms::Role},
        deciding::{
            contacts::names_nobody,
            personal::rule_reason,
            policy::Policy,
            rule_change::{self, Approval},
        },
        history::refusal::Refusal,
    },
    error::{Error, Result, usage::Usage},
    store::{
        Revision,
        error::Error as StoreError,
        git::{FileChange, ids::CommitId},
        layout,
        rule_edit::{NoSuchRule, RuleText},
        view::View,
    },
    words::{Words, message::Message},
};

/// A file of rules that was changed.
#[derive(Clone, Debug)]
pub struct ChangedRules {
    /// What it says of itself now; `None` of the desk's own file.
    pub document: Option<Document>,
    pub commit: CommitId,
    /// Where it lies, where that is not its usual place.
    pub place: Option<String>,
    /// Who wrote it is who put it in force, for nobody else may.
    pub is_alone: bool,
}

/// The file of rules that is called so: `levels`, `levels.yaml` or `policy/levels.yaml`.
///
/// # Errors
/// [`Usage::NotARuleFile`].
pub fn rule_file(given: &str) -> Result<&'static str> {
    let name = layout::rule_name(given);
    let found = layout::RULES.into_iter().find(|path| layout::rule_name(path) == name);
    found.ok_or_else(|| not_a_rule_file(given))
}

fn not_a_rule_file(given: &str) -> Error {
    let near = nearest(layout::rule_name(given), layout::RULES.map(layout::rule_name));
    let is_near =
        |path: &&str| near.is_empty() || near.iter().any(|it| it == layout::rule_name(path));
    let known = layout::RULES.into_iter().filter(is_near);
    let known = known.map(|path| file_name(path).to_owned()).collect();
    Error::Usage(Usage::NotARuleFile { given: given.to_owned(), known })
}

/// The same, where a command may change it: the roster has commands of its own. The path of a draft, or of
/// an adopted file, stands for no other file.
///
/// # Errors
/// [`Usage::NotARuleFile`], or [`Usage::Roster`].
pub fn changeable_file(given: &str) -> Result<&'static str> {
    let waits = layout::draft_of(given).is_some() || layout::adopted_of(given).is_some();
    match rule_file(given) {
        Ok(_) if waits => Err(not_a_rule_file(given)),
        Ok(layout::PEOPLE) => Err(Error::Usage(Usage::Roster)),
        found => found,
    }
}

/// The same, where it can be drafted and adopted for a day; the path of its draft stands for it.
///
/// # Errors
/// As [`changeable_file`], and [`Usage::NotAdoptable`] for the desk's own, which holds at once.
pub fn adoptable_file(given: &str) -> Result<&'static str> {
    let path = layout::draft_of(given).map_or_else(|| changeable_file(given), Ok)?;
    if layout::draft(path).is_none() {
        return Err(Error::Usage(Usage::NotAdoptable { path }));
    }
    Ok(path)
}

/// The file whose adoption is meant, with its day where it is called by the path of the adopted one.
///
/// # Errors
/// As [`adoptable_file`].
pub fn adopted_file(given: &str) -> Result<(&'static str, Option<NaiveDate>)> {
    match layout::adopted_of(given) {
        Some((path, day)) => Ok((path, Some(day))),
        None => Ok((adoptable_file(given)?, None)),
    }
}

/// The file of a key such as `levels.limits.urgent.respond`, and the key in it.
///
/// # Errors
/// As [`rule_file`].
pub fn rule_key(given: &str) -> Result<(&'static str, &str)> {
    let (file, key) = given.split_once('.').unwrap_or((given, ""));
    if file.rsplit_once('/').is_some_and(|(folder, _)| folder != "policy") {
        return Err(not_a_rule_file(given));
    }
    Ok((rule_file(file)?, key))
}

/// A file of rules that does not hold yet, called by its path, and the key in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingKey<'g> {
    /// The file that it is to replace.
    pub of: &'static str,
    pub path: String,
    pub key: &'g str,
}

impl<'g> WaitingKey<'g> {
    /// The one that is called so: `policy/next/levels.yaml`, or `next/levels.limits.urgent.respond`; `None`
    /// where something else is.
    pub fn of(given: &'g str) -> Option<Self> {
        let given = given.strip_suffix(".yaml").unwrap_or(given);
        let (file, key) = given.split_once('.').unwrap_or((given, ""));
        let name = file.strip_prefix(layout::POLICY).and_then(|rest| rest.strip_prefix('/'));
        let path = format!("{}/{}.yaml", layout::POLICY, name.unwrap_or(file));
        let adopted = || layout::adopted_of(&path).map(|(of, _)| of);
        let of = layout::draft_of(&path).or_else(adopted)?;
        Some(Self { of, path, key })
    }
}

/// A key that leads to no rule, as a command line says it.
pub fn no_such_rule(given: &str, rules: &RuleText, fault: NoSuchRule) -> Error {
    let NoSuchRule { part, known } = fault;
    let (file, key) = given.split_once('.').unwrap_or((given, ""));
    let is_first = key.split('.').next() == Some(&part);
    let meant = if is_first { rules.meant(key) } else { Vec::new() };
    let meant = meant.into_iter().map(|key| format!("{file}.{key}")).collect();
    Error::Usage(Usage::NoSuchRule { given: given.to_owned(), part, known, meant })
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

impl App<'_> {
    /// As [`OpenDesk::tell_unsound_rules`], of the desk's own file, without which there is no desk to open.
    pub(super) fn tell_unsound_desk(&self) {
        let Ok(store) = self.store() else { return };
        let Ok(Some(tip)) = store.head_commit() else { return };
        let is_other = matches!(store.desk(), Ok(_) | Err(StoreError::NotADesk { .. }));
        let Some(last) = store.last_desk(tip).filter(|_| !is_other) else { return };
        let Ok(view) = store.view_of(tip) else { return };
        let path = layout::DESK.to_owned();
        let back = store.way_back(&view, &path);
        let words = Words::new(self.speak_as(&last));
        self.ui.warn(&words.message(&Message::UnsoundRules { path, back }));
    }
}

impl OpenDesk<'_> {
    /// Says in one line that a file of the rules cannot be read, and how to go back.
    pub(super) fn tell_unsound_rules(&self) {
        let Ok(view) = self.store.view(&Revision::Tip, &self.desk.branch) else { return };
        let Some(path) = view.unsound_rules() else { return };
        let back = self.store.way_back(&view, &path);
        self.app.ui.warn(&self.words.message(&Message::UnsoundRules { path, back }));
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
                let (latest, name) = (view.latest_version(path)?, &actor.person.name);
                let document = rule_change::head(path, heads, latest, now.date(), name)?;
                let given = after.clone();
                if let Some(document) = &document {
                    after = after.with_document(document)?;
                }
                let files = view.at_once(after.change(), path)?;
                // a fault is told with the line of what was given, which has no such head
                would_hold(view, &policy, &files).map_err(|why| {
                    let files = view.at_once(given.change(), path).map_err(Error::from);
                    let given = files.and_then(|files| would_hold(view, &policy, &files));
                    given.err().unwrap_or(why)
                })?;
                let version = document.as_ref().map(|document| document.version);
                let subject = message::of_rule_change(path, version, &reason);
                let change = self.plain_change_at(now, &actor, message::POLICY, &subject, files)?;
                Ok::<_, Error>((Some(change), document))
            })?;
        let changed = |commit| ChangedRules { document, commit, place: None, is_alone: false };
        Ok(commit.map(changed))
    }

    /// Commits a draft of a file of rules, as `change` makes it of [`View::draft_base`], for a day to come;
    /// `None` where nothing becomes otherwise.
    ///
    /// # Errors
    /// Rules that would not hold on that day, with file and line; a day that is past; somebody who may not
    /// change rules.
    pub fn draft_rules(
        &self,
        path: &'static str,
        (day, reason): (NaiveDate, &str),
        change: impl Fn(&RuleText) -> Result<RuleText>,
    ) -> Result<Option<ChangedRules>> {
        let reason = rule_reason(reason)?;
        let (people, _) = self.view()?.contacts()?;
        names_nobody(&reason, &people)?;
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        let (commit, document) =
            self.store.write(&branch, &|notice| self.notice(&notice), |view| {
                let (actor, _) = self.actor_as(&view.policy()?, &[Role::TeamLead])?;
                let now = self.now();
                let after = change(&view.draft_base(path, day)?)?;
                if view.is_drafted(&after, day)? {
                    return Ok((None, None));
                }
                let (latest, told) = (view.latest_version(path)?, after.document());
                let days = [day, now.date()];
                let head = rule_change::draft_head(path, told.as_ref(), latest, days)?;
                // a fault is told with the line of what was given, which may have no such head
                let headed = after.with_document(&head)?;
                let fault = |text: &RuleText| draft_fault(view, text, [day, now.date()]);
                if let Some(why) = fault(&headed)? {
                    return Err(draft_refused(view, path, fault(&after)?.unwrap_or(why))?);
                }
                let file = headed.into_draft()?;
                let subject = message::of_rule_draft(path, day, &reason);
                let files = vec![file];
                let change = self.plain_change_at(now, &actor, message::POLICY, &subject, files)?;
                Ok::<_, Error>((Some(change), Some(head)))
            })?;
        let place = layout::draft(path);
        Ok(commit.map(|commit| ChangedRules { document, commit, place, is_alone: false }))
    }

    /// Takes the draft of a file of rules away.
    ///
    /// # Errors
    /// No draft, also where it is adopted already, or somebody who may not change rules.
    pub fn drop_draft(&self, path: &'static str, reason: &str) -> Result<Option<CommitId>> {
        let reason = rule_reason(reason)?;
        let (people, _) = self.view()?.contacts()?;
        names_nobody(&reason, &people)?;
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        let (commit, ()) = self.store.write(&branch, &|notice| self.notice(&notice), |view| {
            let (actor, _) = self.actor_as(&view.policy()?, &[Role::TeamLead])?;
            let no_draft = || Refusal::NoDraft { path: Some(path) };
            let draft = layout::draft(path).ok_or_else(no_draft)?;
            if view.held(&draft)?.is_none() {
                let ahead = view.adopted_ahead()?.into_iter().filter(|it| it.of == path);
                let days: Vec<_> = ahead.filter_map(|it| it.day).collect();
                let is_adopted = !days.is_empty();
                let adopted = is_adopted.then_some(Refusal::DraftAdopted { path, days });
                return Err(adopted.unwrap_or_else(no_draft).into());
            }
            let files = vec![FileChange { path: draft, content: None }];
            let subject = message::of_dropped_draft(path, &reason);
            let change =
                self.plain_change_at(self.now(), &actor, message::POLICY, &subject, files)?;
            Ok::<_, Error>((Some(change), ()))
        })?;
        Ok(commit)
    }

    /// Adopts the draft of a file of rules for its day.
    ///
    /// # Errors
    /// No draft, a day that is past, an own draft where another may adopt it, or rules that would not hold.
    pub fn adopt_rules(&self, path: &'static str) -> Result<Option<ChangedRules>> {
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        let (commit, (document, is_alone)) =
            self.store.write(&branch, &|notice| self.notice(&notice), |view| {
                let policy = view.policy()?;
                let (actor, _) = self.actor_as(&policy, &[Role::TeamLead])?;
                let (now, lead) = (self.now(), &actor.person);
                let draft = view.draft_text(path)?.ok_or(Refusal::NoDraft { path: Some(path) })?;
                let (latest, told) = (view.latest_version(path)?, draft.document());
                let today = self.no_earlier(view, now)?.date();
                let head =
                    rule_change::adopted_head(path, told.as_ref(), latest, today, &lead.name)?;
                let origin = view.draft_origin(path)?;
                let approval =
                    rule_change::approval(path, &origin, &lead.id, &policy.people, today)
                        .map_err(|why| Error::from(why).with_names(&policy.people))?;
                let files = draft.adopted(&head)?.to_vec();
                would_hold(view, &policy, &files)?;
                let author = origin.author.map(|author| author.id);
                let subject = message::of_adoption(path, &head, author.as_ref(), approval);
                let change = self.plain_change_at(now, &actor, message::POLICY, &subject, files)?;
                Ok::<_, Error>((Some(change), (head, approval == Approval::ByItsAuthor)))
            })?;
        let place = Some(layout::adopted(path, document.effective_on));
        let document = Some(document);
        Ok(commit.map(|commit| ChangedRules { document, commit, place, is_alone }))
    }
}

/// An adoption that was taken back.
#[derive(Clone, Debug)]
pub struct WithdrawnAdoption {
    pub day: NaiveDate,
    pub commit: Option<CommitId>,
    /// Whether the draft that was adopted is there again.
    pub is_draft_again: bool,
}

impl OpenDesk<'_> {
    /// Takes back that a file of rules was adopted for a day to come; without one for the only such day.
    ///
    /// # Errors
    /// No such adoption, one whose day has come, rules that would not hold without it, or somebody who may
    /// not change rules.
    pub fn withdraw_rules(
        &self,
        (path, day): (&'static str, Option<NaiveDate>),
        reason: &str,
    ) -> Result<WithdrawnAdoption> {
        let reason = rule_reason(reason)?;
        let (people, _) = self.view()?.contacts()?;
        names_nobody(&reason, &people)?;
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        let (commit, withdrawn) =
            self.store.write(&branch, &|notice| self.notice(&notice), |view| {
                let policy = view.policy()?;
                let (actor, _) = self.actor_as(&policy, &[Role::TeamLead])?;
                let now = self.now();
                let today = self.no_earlier(view, now)?.date();
                let adopted: Vec<_> = view.rule_days()?.adopted(path).collect();
                let day = rule_change::withdrawn_day(path, &adopted, day, today)?;
                let files = view.withdrawn(path, day)?;
                would_hold(view, &policy, &files)?;
                let is_draft_again = files.iter().any(|file| file.content.is_some());
                let subject = message::of_withdrawal(path, day, &reason);
                let change = self.plain_change_at(now, &actor, message::POLICY, &subject, files)?;
                Ok::<_, Error>((Some(change), (day, is_draft_again)))
            })?;
        let (day, is_draft_again) = withdrawn;
        Ok(WithdrawnAdoption { day, commit, is_draft_again })
    }
}

/// What would stand against the rules of a day to come, if this were the draft for it.
fn draft_fault(
    view: &View<'_>,
    draft: &RuleText,
    [day, today]: [NaiveDate; 2],
) -> Result<Option<StoreError>> {
    let place = layout::adopted(draft.path(), day);
    let drafted = view.changed(&[FileChange { path: place, ..draft.clone().change() }]);
    let mut drafts = view.drafts_by(today, day)?;
    let before = view.on(day, &drafts)?;
    drafts.retain(|other| other.of != draft.path());
    let fault = drafted.on(day, &drafts)?.faults_since(&before)?.into_iter().next();
    Ok(match fault {
        Some((_, why)) => Some(why),
        None => drafted.promises_on(day, &drafts)?,
    })
}

/// That a draft would not hold: a fault in it is told where it is to lie, and what is there now is shown.
fn draft_refused(view: &View<'_>, path: &'static str, why: StoreError) -> Result<Error> {
    let Some(draft) = layout::draft(path) else {
        return Ok(Error::WouldNotHold { path: path.to_owned(), why });
    };
    let is_own = why.file().and_then(layout::adopted_of).is_some_and(|(of, _)| of == path);
    let why = if is_own { why.lying_at(&draft) } else { why };
    let shown = if view.held(&draft)?.is_some() { draft } else { path.to_owned() };
    Ok(Error::WouldNotHold { path: shown, why })
}

/// Refuses changes of the rules with which the desk would not go on working, now or on a day to come.
fn would_hold(view: &View<'_>, policy: &Policy, files: &[FileChange]) -> Result<()> {
    let after = view.changed(files);
    let mut faults = after.faults_since(view)?;
    if faults.is_empty() {
        let changed = after.changed_promises(view, &view.policy()?.agreements)?.into_iter();
        faults.extend(changed.map(|why| (layout::AGREEMENTS.to_owned(), why)));
    }
    if let Some((path, why)) = faults.into_iter().next() {
        let path = files.first().map_or(path, |file| file.path.clone());
        return Err(Error::WouldNotHold { path, why });
    }
    if after.policy_afresh()?.desk.branch != policy.desk.branch {
        return Err(Error::Usage(Usage::NotByEdit { key: "branch" }));
    }
    Ok(())
}
