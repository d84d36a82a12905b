//! `docket privacy scan`: where in free texts personal data stands.

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::{
    app::{
        App,
        desk::{AsOf, OpenDesk},
        erasure::NamedText,
        nameless::names_missing,
    },
    commands::Command,
    domain::{
        analysis::privacy_scan::{KnownPeople, PersonalText, personal_texts},
        base::{
            ids::{ContactId, EventId, RecordId},
            personal::PersonalKind,
            terms::Term,
        },
        history::{record::Record, reveal::RevealCommand},
    },
    error::Result,
    store::{
        layout,
        view::{UnreadableFile, View},
    },
    ui::{answer::Answer, terminal::Terminal},
    words::{
        Words,
        message::{Message, PersonalLine},
    },
};

#[derive(Args, Debug)]
pub struct PrivacyCommand {
    #[command(subcommand)]
    what: PrivacySubcommand,
}

#[derive(Debug, Subcommand)]
enum PrivacySubcommand {
    Scan {
        #[arg(value_name = "REV")]
        revision: Option<String>,
        #[arg(long)]
        reveal: bool,
    },
}

/// The texts in which something was found.
#[derive(Debug, Serialize)]
struct ScannedTexts {
    /// How many records were read.
    records: usize,
    texts: Vec<FoundText>,
}

/// A text in which personal data stands.
#[derive(Debug, Serialize)]
struct FoundText {
    record: RecordId,
    event: EventId,
    n: u32,
    #[serde(skip)]
    step: &'static str,
    field: &'static str,
    /// How many values of each kind.
    values: Vec<FoundValues>,
    /// Whose whole names, numbers or addresses stand there.
    contacts: Vec<ContactId>,
    /// A reason for keeping the values is recorded.
    kept: bool,
    /// The values, where they are revealed.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<Vec<String>>,
    /// What hides the text.
    redact: String,
}

/// What stands for the reason in a command that programs read.
const REASON: &str = "TEXT";

/// So many values of a kind.
#[derive(Debug, Serialize)]
struct FoundValues {
    kind: PersonalKind,
    count: usize,
}

impl Command for PrivacyCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let PrivacySubcommand::Scan { revision, reveal } = self.what;
        let desk = app.desk()?;
        let revision = revision.map(AsOf::Revision);
        let view = desk.view_of(revision.as_ref())?;
        let people = known_people(&desk, &view)?;
        let mut records = desk.records(&view)?;
        records.sort_by(|a, b| a.id.cmp(&b.id));
        let found = |record: &Record| {
            let texts = personal_texts(record, &people).into_iter();
            texts.map(|text| FoundText::of(record, text, reveal)).collect::<Vec<_>>()
        };
        let texts: Vec<FoundText> = records.iter().flat_map(found).collect();
        if reveal {
            let ids = texts.iter().map(|text| text.record.to_string());
            desk.note_reveal_of(&view, RevealCommand::PrivacyScan, ids)?;
        }
        Ok(Box::new(ScannedTexts { records: records.len(), texts }))
    }
}

/// Whose names, numbers and addresses are looked for; that some or all of them cannot be is said.
fn known_people(desk: &OpenDesk<'_>, view: &View<'_>) -> Result<KnownPeople> {
    // of a damaged reference nobody can be looked for
    view.persons()?;
    let (contacts, mut left_out) = view.contacts()?;
    let mut unknown = Vec::new();
    for contact in contacts.iter().filter(|it| it.person.is_none()) {
        match view.person(&contact.id) {
            Ok(_) => unknown.push(contact),
            Err(why) => {
                left_out.push(UnreadableFile { path: layout::contact(&contact.id), why });
            }
        }
    }
    if let Some(message) = names_missing(view, unknown)? {
        desk.app.ui.warn(&desk.words.message(&message));
    }
    desk.name_left_out(&left_out);
    Ok(KnownPeople::of(&contacts))
}

/// The command that hides a text.
pub fn redact_command(text: &NamedText) -> String {
    let NamedText { record, event, field } = text;
    let tail = record.tail().to_lowercase();
    format!("docket redact {tail} --event {event} --field {field} --reason {REASON}")
}

/// A command that hides a text, with what stands for the reason in the language of who reads it.
pub fn localised(redact: &str, words: Words) -> String {
    let before = redact.strip_suffix(REASON);
    before.map_or_else(|| redact.to_owned(), |before| format!("{before}{}", words.reason()))
}

/// That texts name somebody, with the commands that hide them, each line with its indent. All of them are
/// told: once the person is erased, no search finds the texts.
pub fn lines_to_hide(commands: &[String], words: Words) -> Vec<(usize, String)> {
    if commands.is_empty() {
        return Vec::new();
    }
    let texts = Message::NamedInTexts { texts: commands.len() };
    let told = commands.iter().map(|command| (2, localised(command, words)));
    std::iter::once((0, words.message(&texts))).chain(told).collect()
}

impl FoundText {
    fn of(record: &Record, text: PersonalText, reveal: bool) -> Self {
        Self {
            record: record.id.clone(),
            redact: redact_command(&NamedText::of(record, &text)),
            step: record.event(&text.event).map_or("", |event| event.act.action().code()),
            event: text.event,
            n: text.n,
            field: text.field,
            values: text
                .values
                .into_iter()
                .map(|(kind, count)| FoundValues { kind, count })
                .collect(),
            contacts: text.contacts.into_iter().collect(),
            kept: text.is_kept,
            told: reveal.then_some(text.told),
        }
    }
}

impl Answer for ScannedTexts {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let mut text = String::new();
        for found in &self.texts {
            let line = Message::PersonalListed(Box::new(PersonalLine {
                record: found.record.clone(),
                n: found.n,
                step: found.step,
                field: found.field,
                values: found.values.iter().map(|it| (it.kind, it.count)).collect(),
                contacts: found.contacts.clone(),
                kept: found.kept,
                told: found.told.clone().unwrap_or_default(),
            }));
            text += &terminal.indented(&words.message(&line), 0);
            text += &terminal.indented(&localised(&found.redact, words), 2);
        }
        let (records, texts) = (self.records, self.texts.len());
        text += &terminal.indented(&words.message(&Message::PersonalScanned { records, texts }), 0);
        text
    }

    fn brief(&self) -> Option<String> {
        let mut records: Vec<_> = self.texts.iter().map(|found| &found.record).collect();
        records.dedup();
        Some(records.into_iter().map(|record| format!("{record}\n")).collect())
    }

    fn status(&self) -> u8 {
        u8::from(!self.texts.is_empty())
    }
}
