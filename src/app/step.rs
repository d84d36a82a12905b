//! From a wish to a commit: the same road for every step.

use std::cell::RefCell;

use crate::{
    app::{
        Actor,
        desk::OpenDesk,
        draft::{self, Draft},
        stamp::active,
    },
    audit::message,
    domain::{
        complaint,
        contact::Contact,
        event::{Event, RULES, Stamp},
        ids::RecordId,
        intake::Intake,
        lifecycle,
        policy::Policy,
        record::Record,
        refusal::Refusal,
        status::{Status, parts::Archive},
        steps::{Act, open},
        terms::{Action, Role, State},
        time::Timestamp,
    },
    error::{Error, Result},
    report,
    store::{
        self, blob_name,
        error::Error as StoreError,
        find::{Purpose, RecordRef},
        git::{self, Change, FileChange},
        layout,
        view::View,
    },
    words::{Lang, Refused, Words, said::Said},
};

/// A step that somebody wants.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    pub record: &'a RecordRef,
    pub action: Action,
    /// Whose deed it is, where the desk enters it for somebody without a shell.
    pub told_by: Option<&'a str>,
    pub told_via: Option<&'a str>,
    /// The role in which it is meant, where the person has several.
    pub role: Option<Role>,
    /// What the event notes, where it is not what `--note` says.
    pub note: Option<&'a str>,
}

/// A step that was made.
#[derive(Clone, Debug)]
pub struct Done {
    pub record: Record,
    pub event: Event,
    /// The state before; `None` for a new record.
    pub before: Option<State>,
    /// The complaint that the step opened.
    pub complaint: Option<Record>,
    pub contacts: Vec<Contact>,
    pub remarks: Vec<Said>,
}

impl<'a> Asked<'a> {
    /// A step of the acting person.
    #[must_use]
    pub fn new(record: &'a RecordRef, action: Action) -> Self {
        Self { record, action, told_by: None, told_via: None, role: None, note: None }
    }

    /// The same step, meant in a role if the person has it.
    #[must_use]
    pub fn meant_as(self, role: Option<Role>) -> Self {
        Self { role, ..self }
    }

    /// The same step with a note.
    #[must_use]
    pub fn noted(self, note: &'a str) -> Self {
        Self { note: Some(note), ..self }
    }
}

impl OpenDesk<'_> {
    /// Makes a step on a record: decides on the tip, appends one event, commits it.
    ///
    /// # Errors
    /// What stands against the step, or what keeps it from being written.
    pub fn step(
        &self,
        asked: &Asked<'_>,
        decide: impl Fn(&Draft<'_>) -> Result<Act>,
    ) -> Result<Done> {
        self.writing(|view| {
            let policy = view.policy()?;
            let actor = self.actor(&policy)?;
            let id = self.id(view, asked.record, Purpose::Change)?;
            let record = view.record(&id)?.ok_or_else(|| missing(&id))?;
            trusted(&record)?;
            let refused = |why| refused(&record, asked.action, why);
            lifecycle::allows(asked.action, record.status.state).map_err(refused)?;
            let stamp = self.stamp(&record, &policy, &actor, asked, view)?;
            let draft = Draft {
                desk: self,
                view,
                policy: &policy,
                actor: &actor,
                record: &record,
                stamp: &stamp,
                action: asked.action,
                opening: false,
                contacts: RefCell::default(),
                files: RefCell::default(),
                remarks: RefCell::default(),
            };
            let act = decide(&draft)?;
            let mut event = Event { stamp: stamp.clone(), act };
            lifecycle::legal(&event, &record.status).map_err(refused)?;
            let complaint = self.spawn(&draft, &mut event)?;
            let kept = self.keep_report(view, &policy, &record, &mut event)?;
            let next = record.with(event.clone());
            let mut files = draft.files.take();
            files.push(store::record_file(&next)?);
            if let Some(complaint) = &complaint {
                files.push(store::record_file(complaint)?);
                draft.remark(Said::ComplaintOpened { complaint: complaint.id.clone() });
            }
            files.extend(kept);
            let change = self.change(&actor, &next, &event, Some(record.status.state), files);
            let done = Done {
                record: next,
                event,
                before: Some(record.status.state),
                complaint,
                contacts: draft.contacts.take(),
                remarks: draft.remarks.take(),
            };
            Ok((Some(change), done))
        })
    }

    /// Opens a record: what was told, with what policy decides about it.
    ///
    /// # Errors
    /// What stands against it, or what keeps it from being written.
    pub fn open(
        &self,
        told: impl Fn(&Draft<'_>) -> Result<(Intake, Option<String>)>,
    ) -> Result<Done> {
        self.writing(|view| {
            let policy = view.policy()?;
            let actor = self.actor(&policy)?;
            let now = self.now();
            let role = policy
                .roles
                .role_for(Action::Open, &actor.person)
                .and_then(|role| active(&actor, now).map(|()| role))
                .map_err(unopened)?;
            let doing = draft::doing(view, Action::Open, &actor.person.id);
            let at = self.told_at(&policy, now, None)?;
            let stamp = Stamp {
                id: self.app.ids.event(now, &doing)?,
                n: 1,
                at,
                recorded_at: now,
                by: actor.person.id.clone(),
                role,
                told_by: None,
                told_via: None,
                rules: RULES,
                late_because: self.late_because()?,
                note: self.note()?,
                opened: None,
            };
            let id = self.free_id(view, &policy, now, &doing)?;
            let blank = blank(&id, &stamp);
            let draft = Draft {
                desk: self,
                view,
                policy: &policy,
                actor: &actor,
                record: &blank,
                stamp: &stamp,
                action: Action::Open,
                opening: true,
                contacts: RefCell::default(),
                files: RefCell::default(),
                remarks: RefCell::default(),
            };
            let (intake, major) = told(&draft)?;
            let act = draft.refuse(open::decide(&intake, major, &stamp, &policy))?;
            let event = Event { stamp: stamp.clone(), act: act.into() };
            let record = Record::open(id, intake, event.clone());
            let mut files = draft.files.take();
            files.push(store::record_file(&record)?);
            let change = self.change(&actor, &record, &event, None, files);
            let done = Done {
                record,
                event,
                before: None,
                complaint: None,
                contacts: draft.contacts.take(),
                remarks: draft.remarks.take(),
            };
            Ok((Some(change), done))
        })
    }

    /// The complaint that a dissatisfied callback or the worst answer to a survey opens (R77, R78),
    /// owned by who entered that answer; the event names it.
    fn spawn(&self, draft: &Draft<'_>, event: &mut Event) -> Result<Option<Record>> {
        let Some(intake) = complaint::caused_by(draft.record, event) else {
            return Ok(None);
        };
        let intake = open::still_known(intake, draft.policy);
        let doing = draft.doing();
        let id = self.free_id(draft.view, draft.policy, event.stamp.recorded_at, &doing)?;
        let stamp = Stamp {
            id: self.app.ids.event(event.stamp.recorded_at, &doing)?,
            n: 1,
            note: None,
            ..event.stamp.clone()
        };
        let act = open::decide(&intake, None, &stamp, draft.policy).map_err(unopened)?;
        let owner = complaint::owner(&intake, draft.record, &stamp, draft.policy);
        let opening = Event { stamp, act: open::Open { owner, ..act }.into() };
        let complaint = Record::open(id, intake, opening);
        event.stamp.opened = complaint.reference();
        Ok(Some(complaint))
    }

    /// An id of the day of `opened` that no record has.
    pub(super) fn free_id(
        &self,
        view: &View<'_>,
        policy: &Policy,
        opened: Timestamp,
        doing: &str,
    ) -> Result<RecordId> {
        loop {
            let id = self.app.ids.record(&policy.desk.prefix, opened, doing)?;
            if view.record(&id).is_ok_and(|taken| taken.is_none()) {
                return Ok(id);
            }
        }
    }

    /// Takes the road, and remembers the record for `last`.
    pub(super) fn writing(
        &self,
        decide: impl FnMut(&View<'_>) -> Result<(Option<Change>, Done)>,
    ) -> Result<Done> {
        let branch = self.store.writing_branch(&self.desk, self.app.wishes.branch.as_deref())?;
        self.prepare()?;
        let (_, done) = self.store.write(&branch, &|notice| self.notice(&notice), decide)?;
        if let Ok(email) = self.app.email(|key| self.store.setting(key)) {
            self.store.remember(&email, &done.record.id);
        }
        Ok(done)
    }

    /// Renders the report that a closing keeps, and names it in the event.
    fn keep_report(
        &self,
        view: &View<'_>,
        policy: &Policy,
        record: &Record,
        event: &mut Event,
    ) -> Result<Option<FileChange>> {
        if !matches!(event.act, Act::Close(_)) {
            return Ok(None);
        }
        let path = layout::archive(&record.id, event);
        let closed = record.with(event.clone());
        let lang = Lang::from_tag(&self.desk.locale).unwrap_or(Lang::En);
        let name = if closed.status.complaint.is_some() { "complaint-form" } else { "request" };
        let own = view.text(&report::override_path(name, lang))?;
        let case = report::request::Case { record: &closed, policy, contacts: &[], revision: "" };
        let form = report::complaint::form(&case, Words::new(lang), own.as_deref())?;
        let text = match form {
            Some(form) => form,
            None => report::request::markdown(&case, Words::new(lang), own.as_deref())?,
        };
        if let Act::Close(close) = &mut event.act {
            close.archive = Some(Archive { path: path.clone(), blob: blob_name(text.as_bytes()) });
        }
        Ok(Some(FileChange { path, content: Some(text.into_bytes()) }))
    }

    /// The commit of a step.
    fn change(
        &self,
        actor: &Actor,
        record: &Record,
        event: &Event,
        before: Option<State>,
        files: Vec<FileChange>,
    ) -> Change {
        let author = git::Person { name: actor.person.name.clone(), email: actor.email.clone() };
        Change {
            files,
            message: message::of_step(record, event, before, self.app.clock.is_fixed()),
            committer: self.committer(&author),
            author,
            at: event.stamp.recorded_at,
            done_at: None,
            sign: self.signs(),
        }
    }

    /// Another record that the step speaks of.
    ///
    /// # Errors
    /// No such record, or one that cannot be read.
    pub fn other(&self, view: &View<'_>, wanted: &RecordRef) -> Result<Record> {
        let id = self.id(view, wanted, Purpose::Change)?;
        Ok(view.record(&id)?.ok_or_else(|| missing(&id))?)
    }
}

/// Refuses to build on a record whose status its history does not give, or that a later docket
/// wrote to.
fn trusted(record: &Record) -> Result<()> {
    let path = layout::record(&record.id);
    if let Some(event) = record.history.iter().find(|event| event.stamp.rules > RULES) {
        let (format, ours) = (event.stamp.rules, RULES);
        return Err(StoreError::Newer { path, format, ours }.into());
    }
    if record.replay() == record.status {
        Ok(())
    } else {
        Err(StoreError::OutOfStep { path }.into())
    }
}

fn missing(id: &RecordId) -> StoreError {
    StoreError::NoRecord { given: id.to_string(), nearest: Vec::new() }
}

pub(super) fn refused(record: &Record, action: Action, why: Refusal) -> Error {
    Error::Refused(Box::new(Refused::of(record, action, why)))
}

pub(super) fn unopened(why: Refusal) -> Error {
    Error::Refused(Box::new(Refused::plain(why)))
}

/// The record before anything is known of it, for the draft to stand on.
fn blank(id: &RecordId, stamp: &Stamp) -> Record {
    let intake = Intake::blank(stamp.at);
    let status = Status::before(&intake, &stamp.by, stamp.at);
    Record {
        format: crate::domain::event::FORMAT,
        id: id.clone(),
        formerly: None,
        namesakes: std::collections::BTreeSet::new(),
        intake,
        status,
        history: Vec::new(),
    }
}
