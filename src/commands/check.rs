//! `docket check`: checks everything as it stands now.

use std::collections::BTreeSet;

use clap::Args;

use crate::{
    answers::{
        findings::{FindingFacts, Findings},
        rules::{
            committed_otherwise, doubtful, judged, strange, unreadable, unreadable_rules, waiting,
        },
    },
    app::{App, desk::OpenDesk},
    arguments::findings::{FailOn, FindingFormat},
    commands::Command,
    domain::{
        analysis::{
            check::{self, CheckContext},
            finding::{Detail, Finding, FindingCode},
        },
        base::ids::RecordId,
        history::record::Record,
    },
    error::Result,
    store::{
        attachments,
        find::{Purpose, RecordRef},
        git::diff::PathEntry,
        known_format, layout,
        view::{UnreadableFile, View},
    },
    ui::answer::Answer,
    words::{Words, message::Message},
};

#[derive(Args, Debug)]
pub struct Check {
    #[arg(value_name = "RECORD")]
    records: Vec<RecordRef>,
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    fail_on: FailOn,
    #[arg(long, default_value = "text")]
    format: FindingFormat,
}

impl Command for Check {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        known_format(&desk.desk)?;
        let view = desk.view()?;
        let wanted: BTreeSet<RecordId> = self
            .records
            .iter()
            .map(|record| desk.id(&view, record, Purpose::Look))
            .collect::<Result<_>>()?;
        let mut findings = Vec::new();
        let (records, unread) = view.records()?;
        let (contacts, unread_contacts) = view.contacts()?;
        let (customers, unread_customers) = view.customers()?;
        let unread = unread.iter().chain(&unread_contacts).chain(&unread_customers);
        findings.extend(unread.map(|file| malformed(file, desk.words)));
        let broken = unreadable_rules(&view, desk.words);
        let has_rules = broken.is_empty();
        findings.extend(broken);
        let policy = desk.policy_to_look(&view)?;
        let elsewhere = FilesElsewhere::of(&desk)?;
        let context = CheckContext { now: desk.now(), policy: &policy };
        for record in &records {
            findings.extend(check::record(record, &context));
            findings.extend(archived(record, &view)?);
            findings.extend(without_files(&desk, record, &elsewhere)?);
        }
        findings.extend(check::desk::together(&records, &contacts, &context));
        findings.extend(check::customers::clashes(&customers));
        findings.extend(check::agreements::of_customers(customers.values(), &context));
        findings.extend(doubtful(&view, &policy, desk.now().date()));
        findings.extend(strange(&view));
        if has_rules {
            findings.extend(committed_otherwise(&view, desk.words));
            findings.extend(waiting(&view, desk.now().date(), desk.words));
        }
        if !has_rules {
            // plain rules stand in for the desk's own, and know nobody of the team
            let of_rules =
                |fault| matches!(fault, FindingCode::StaffMissing | FindingCode::PolicyStale);
            findings.retain(|finding| !of_rules(finding.code));
        }
        findings.extend(edited(&desk)?);
        let edits = desk.store.policy_edits(&desk.view()?)?;
        if !edits.is_empty() {
            let edited = desk.view()?.with_files(edits);
            let new = judged(&edited, &desk.desk.branch, desk.now().date(), desk.words).into_iter();
            let new: Vec<_> = new.filter(|finding| !findings.contains(finding)).collect();
            findings.extend(new);
        }
        if !wanted.is_empty() {
            findings.retain(|finding| about(finding).is_some_and(|id| wanted.contains(&id)));
        }

        let looked_at = if wanted.is_empty() { records.len() } else { wanted.len() };
        Ok(Box::new(Findings {
            by: "check",
            findings,
            seen: Message::Checked { records: looked_at, contacts: contacts.len() },
            facts: FindingFacts::Check { records: looked_at, contacts: contacts.len() },
            form: self.format,
            fail_on: self.fail_on,
            words: desk.words,
        }))
    }
}

/// The record that a finding is about, by its id or by its file.
fn about(finding: &Finding) -> Option<RecordId> {
    finding.record.clone().or_else(|| layout::record_of(finding.path.as_ref()?))
}

/// A file that cannot be read; in the folder of the records, one that is none of ours.
fn malformed(unread: &UnreadableFile, words: Words) -> Finding {
    let is_ours = unread.path.rsplit('.').next() == Some("yaml");
    let code = if is_ours { FindingCode::Malformed } else { FindingCode::Foreign };
    let finding = unreadable(&unread.path, &unread.why, words);
    let finding = if is_ours { finding } else { Finding { found: None, ..finding } };
    match layout::record_of(&unread.path) {
        Some(id) => Finding { code, ..finding }.record(&id),
        None => Finding { code, ..finding },
    }
}

/// The report that a closing kept is the one that lies in the archive (A20).
fn archived(record: &Record, view: &View<'_>) -> Result<Option<Finding>> {
    let Some(archive) = &record.status.archive else {
        return Ok(None);
    };
    let held = view.held(&archive.path)?.map(|PathEntry { id, .. }| id.to_string());
    Ok((held.as_ref() != Some(&archive.blob)).then(|| {
        let finding =
            Finding::of(FindingCode::ArchiveDiffers).record(&record.id).path(&archive.path);
        Finding { found: held.map(Detail::Value), ..finding.expected(&archive.blob) }
    }))
}

/// Where files may be that are not here.
struct FilesElsewhere {
    /// Nobody else could have them.
    is_last: bool,
    /// The records of whose files the remote had none when it was last asked.
    lost: BTreeSet<RecordId>,
}

impl FilesElsewhere {
    fn of(desk: &OpenDesk<'_>) -> Result<Self> {
        let remote = desk.store.git().remote_of(&desk.desk.branch, None)?;
        let lost = remote.as_ref().map(|remote| desk.store.files_lost(remote)).unwrap_or_default();
        Ok(Self { is_last: desk.store.is_bare() || remote.is_none(), lost })
    }
}

/// The files of a record that are to be here and are not (A50). Those that a clone never asked for are
/// for the remote to have.
fn without_files(
    desk: &OpenDesk<'_>,
    record: &Record,
    elsewhere: &FilesElsewhere,
) -> Result<Vec<Finding>> {
    if record.status.attachments.is_empty() {
        return Ok(Vec::new());
    }
    let is_last = elsewhere.is_last || elsewhere.lost.contains(&record.id);
    let missing = desk.store.files_missing(record, is_last)?.into_iter();
    let finding = |name: String| {
        let finding = Finding::of(FindingCode::FileMissing).record(&record.id);
        finding.path(attachments::reference(&record.id)).expected(&name)
    };
    Ok(missing.map(finding).collect())
}

/// Files that were changed by hand.
fn edited(desk: &OpenDesk<'_>) -> Result<Vec<Finding>> {
    let edits = desk.store.edits()?.into_iter();
    let named = edits.map(|path| {
        let finding = Finding::of(FindingCode::HandEdit).path(&path);
        match layout::record_of(&path) {
            Some(id) => finding.record(&id),
            None => finding,
        }
    });
    Ok(named.collect())
}
