//! All that the forger and the judge take from the library: how a record is read, replayed and
//! spelled, what a commit says of a step, and what an audit finds.

use std::path::Path;

use docket::testing::{
    audit::{self, Present, Range, message},
    domain::{
        analysis::finding::Severity,
        base::terms::{
            Callback, Channel, Code, Exception, FaultSource, Field, Form, Grade, Kind, Level,
            LinkKind, Mood, Phase, Progress, Prohibition, Role, Satisfaction, State, Term, Trigger,
            Validity,
        },
        history::{
            contact::Contact,
            record::Record,
            steps::{Act, Action},
        },
    },
    report,
    store::{self, GitVariables, Store, layout},
    words::{Lang, Words},
};
use serde_json::Value;

use super::forger::{Draft, File, Step};

/// When the audits are made: after everything that the story tells.
const NOW: &str = "2027-12-31T20:00:00+08:00";

/// A record as a command leaves it: its file, with the message of the commit.
pub(super) struct Written {
    pub(super) files: Vec<File>,
    pub(super) message: String,
}

/// An error or a warning, in words that are the same for the same fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) commit: String,
    pub(super) what: String,
}

/// The desk as the audit reads it.
pub(super) struct Library {
    store: Store,
}

impl Library {
    pub(super) fn at(path: &Path) -> Self {
        let store = Store::discover(path, &GitVariables::default()).unwrap();
        store.verify_objects();
        Self { store }
    }

    /// A record as a value, by the text of its file.
    pub(super) fn record(&self, commit: &str, id: &str) -> Option<Value> {
        let view = self.store.view_of(commit.parse().unwrap()).unwrap();
        let record = view.record(&id.parse().unwrap()).unwrap()?;
        Some(serde_json::to_value(record).unwrap())
    }

    /// A contact as a value.
    pub(super) fn contact(&self, commit: &str, id: &str) -> Option<Value> {
        let view = self.store.view_of(commit.parse().unwrap()).unwrap();
        let contact = view.contact(&id.parse().unwrap()).unwrap()?;
        Some(serde_json::to_value(contact).unwrap())
    }

    /// What a draft is written as; an error for what cannot be read back.
    pub(super) fn write(&self, step: &Step, draft: &Draft) -> Result<Written, String> {
        let mut record = parsed(&draft.record)?;
        record.status = record.replay();
        let at = record.history.iter().position(|one| one.stamp.id.as_str() == draft.event);
        let at = at.ok_or("no such event")?;
        let mut files = Vec::new();
        if let Some(report) = self.report(step, &record, at) {
            let report = draft.report.clone().unwrap_or(report);
            if let Act::Close(close) = &mut record.history[at].act {
                let archive = close.archive.as_mut().ok_or("nothing is kept")?;
                archive.blob = store::blob_name(&report);
                files.push(File { path: archive.path.clone(), content: report });
            }
            record.status = record.replay();
        }
        let file = spelled(store::record_file(&record))?;
        let event = &record.history[at];
        let message = if step.imports {
            let before: Option<Record> = step.before.as_ref().map(|it| parsed(it).unwrap());
            let last = record.history.last().unwrap_or(event);
            message::of_import(&record, before.as_ref(), last, true)
        } else {
            let before = step.before.as_ref().map(|before| parsed(before).unwrap().status.state);
            message::of_step(&record, event, before, true)
        };
        files.push(file);
        Ok(Written { files, message })
    }

    /// The file of a record that is opened beside the one that the step is on.
    pub(super) fn write_beside(record: &Value) -> Result<File, String> {
        let mut record = parsed(record)?;
        record.status = record.replay();
        spelled(store::record_file(&record))
    }

    pub(super) fn write_contact(contact: &Value) -> Result<File, String> {
        let contact: Contact = serde_json::from_value(contact.clone()).map_err(text)?;
        spelled(store::file(layout::contact(&contact.id), &contact))
    }

    /// The report that a closing keeps.
    fn report(&self, step: &Step, record: &Record, at: usize) -> Option<Vec<u8>> {
        let Act::Close(close) = &record.history[at].act else { return None };
        close.archive.as_ref()?;
        let mut closed = record.clone();
        if let Act::Close(close) = &mut closed.history[at].act {
            close.archive = None;
        }
        closed.status = closed.replay();
        let view = self.store.view_of(step.parent.parse().unwrap()).unwrap();
        let policy = view.policy().unwrap();
        let words = Words::new(Lang::from_tag(&policy.desk.locale).unwrap_or(Lang::En));
        let draft = report::kept_report::draft(&closed, &policy, words, None).unwrap();
        let text = draft.rendered().unwrap().text;
        Some(text.into_bytes())
    }

    /// The errors and warnings of the commits from `parent` to `tip`; an error where the audit ends.
    pub(super) fn audit(&self, parent: &str, tip: &str) -> Result<Vec<Found>, String> {
        let range =
            Range { tip: tip.parse().map_err(text)?, since: Some(parent.parse().map_err(text)?) };
        let now = NOW.parse().map_err(text)?;
        let words = Words::new(Lang::En);
        let present = Present { now, wall: now, words };
        let done = audit::run(&self.store, &range, present, &|_, _| {})
            .map_err(|why| format!("{why:?}"))?;
        let grave = done.findings.into_iter().filter(|one| one.code.severity() > Severity::Note);
        let told = |detail: Option<_>| detail.map_or_else(String::new, |it| words.detail(&it));
        Ok(grave
            .map(|one| Found {
                what: format!(
                    "{} {} {} {}",
                    one.code.code(),
                    one.path.unwrap_or_default(),
                    told(one.expected),
                    told(one.found)
                ),
                commit: one.commit.unwrap_or_default(),
            })
            .collect())
    }
}

/// Every action that there is, by its code.
pub(super) fn actions() -> Vec<&'static str> {
    codes::<Action>()
}

/// The words of every closed and open vocabulary that has this one.
pub(super) fn vocabularies(word: &str) -> Vec<Vec<&'static str>> {
    let all = [
        codes::<Kind>(),
        codes::<State>(),
        codes::<Role>(),
        codes::<Grade>(),
        codes::<Level>(),
        codes::<Progress>(),
        codes::<Phase>(),
        codes::<Mood>(),
        codes::<Trigger>(),
        codes::<Validity>(),
        codes::<Form>(),
        codes::<Prohibition>(),
        codes::<LinkKind>(),
        codes::<FaultSource>(),
        codes::<Exception>(),
        codes::<Callback>(),
        codes::<Satisfaction>(),
        codes::<Field>(),
        Channel::KNOWN.to_vec(),
        Code::KNOWN.to_vec(),
        PAUSE_REASONS.to_vec(),
    ];
    all.into_iter().filter(|words| words.contains(&word)).collect()
}

/// The reasons for a pause that the policy of a new desk has.
pub const PAUSE_REASONS: [&str; 4] =
    ["waiting_customer", "waiting_supplier", "waiting_approval", "scheduled_by_customer"];

/// Whether it is a channel by which nobody can be told anything.
pub(super) fn is_deaf(word: &str) -> bool {
    Channel::KNOWN.contains(&word) && !Channel::new(word).reaches_people()
}

fn codes<T: Term>() -> Vec<&'static str> {
    T::ALL.iter().map(|term| term.code()).collect()
}

fn parsed(record: &Value) -> Result<Record, String> {
    serde_json::from_value(record.clone()).map_err(text)
}

fn spelled(file: store::error::Result<store::FileChange>) -> Result<File, String> {
    let file = file.map_err(|why| format!("{why:?}"))?;
    let content = file.content.ok_or("no content")?;
    Ok(File { path: file.path, content })
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn text(why: impl ToString) -> String {
    why.to_string()
}
