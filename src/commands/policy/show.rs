//! `docket policy show`: the rules in force and those that wait for their day, a file of them, or one value.

use clap::Args;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{
    app::{
        App,
        desk::AsOf,
        rule_files::{WaitingKey, no_such_rule, rule_key},
    },
    domain::{
        base::{characters::clean, document::Document},
        deciding::rule_days::WaitingStage,
        history::refusal::Refusal,
    },
    error::Result,
    store::{error::Error as StoreError, layout, rule_edit::RuleText, view::View, yaml},
    ui::{answer::Answer, terminal::Terminal},
    words::{Words, label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct ShowPolicy {
    #[arg(value_name = "FILE|RULE")]
    key: Option<String>,
    #[arg(long, value_name = "TIME|REVISION", allow_hyphen_values = true)]
    as_of: Option<AsOf>,
}

/// The files of the rules.
#[derive(Debug, Serialize)]
struct RuleFiles {
    files: Vec<RuleFile>,
    /// Those that do not hold yet.
    waiting: Vec<WaitingFile>,
}

/// A file of the rules, with what it says of itself.
#[derive(Debug, Serialize)]
struct RuleFile {
    path: String,
    document: Option<Document>,
}

/// A file of the rules that does not hold yet.
#[derive(Debug, Serialize)]
struct WaitingFile {
    /// What it is to replace.
    of: &'static str,
    #[serde(rename = "adopted", serialize_with = "is_adopted")]
    stage: WaitingStage,
    #[serde(flatten)]
    file: RuleFile,
}

/// A file of the rules as its people wrote it.
#[derive(Debug, Serialize)]
struct RulePage {
    path: String,
    text: String,
    /// What is to replace it.
    #[serde(skip)]
    ahead: Vec<Message>,
}

/// One value of the rules.
#[derive(Debug, Serialize)]
struct RuleValue {
    path: String,
    key: String,
    value: Option<Value>,
}

impl ShowPolicy {
    pub fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.rules_of(self.as_of.as_ref())?;
        let Some(given) = self.key else { return Ok(Box::new(RuleFiles::of(&view)?)) };
        if let Some(waiting) = WaitingKey::of(&given) {
            return waiting_page(&view, &given, waiting);
        }
        let (path, key) = match given.strip_suffix(".yaml") {
            Some(file) => rule_key(file)?,
            None => rule_key(&given)?,
        };
        let rules = view.rule_text(path)?;
        // what waits now is no part of the rules of another time
        let is_now = key.is_empty() && self.as_of.is_none();
        let ahead = if is_now { ahead_of(&view, path)? } else { Vec::new() };
        let path = view.rules_at(path)?;
        if !view.has_rules(&path)? {
            for message in &ahead {
                app.ui.remark(&desk.words.message(message));
            }
            return Err(StoreError::no_rules(path).into());
        }
        if key.is_empty() {
            return Ok(Box::new(RulePage { path, text: rules.text().to_owned(), ahead }));
        }
        RuleValue::of(&rules, path, (&given, key))
    }
}

/// What a draft or an adopted file says, or one value of it.
fn waiting_page(
    view: &View<'_>,
    given: &str,
    WaitingKey { of, path, key }: WaitingKey<'_>,
) -> Result<Box<dyn Answer>> {
    let Some(text) = view.text_anyway(&path)? else {
        return Err(match layout::draft_of(&path) {
            Some(_) => Refusal::NoDraft { path: Some(of) }.into(),
            None => StoreError::NoPolicy { path }.into(),
        });
    };
    if key.is_empty() {
        return Ok(Box::new(RulePage { path, text, ahead: Vec::new() }));
    }
    let rules = RuleText::read(of, text.as_bytes()).map_err(|why| why.lying_at(&path))?;
    RuleValue::of(&rules, path, (given, key))
}

/// What is said of the files that are to replace these rules.
fn ahead_of(view: &View<'_>, of: &'static str) -> Result<Vec<Message>> {
    let waits = view.adopted_ahead()?.into_iter().chain(view.drafts()?);
    let waits = waits.filter(|waiting| waiting.of == of).map(|waiting| {
        let (stage, path) = (waiting.stage(), waiting.path);
        match stage {
            WaitingStage::Adopted(day) => Message::AdoptionCame { of, path, day },
            WaitingStage::Draft(day) => Message::DraftWaits { of, path, day },
        }
    });
    Ok(waits.collect())
}

impl RuleValue {
    fn of(rules: &RuleText, path: String, (given, key): (&str, &str)) -> Result<Box<dyn Answer>> {
        let place = rules.place_of(key).map_err(|fault| no_such_rule(given, rules, fault))?;
        let value = rules.value(&place).cloned();
        Ok(Box::new(Self { path, key: key.to_owned(), value }))
    }
}

impl RuleFiles {
    fn of(view: &View<'_>) -> Result<Self> {
        let file = |of: &'static str| -> Result<RuleFile> {
            // one that cannot be read is there as well
            let document = view.rule_text(of).ok().and_then(|rules| rules.document());
            Ok(RuleFile { path: view.rules_at(of)?, document })
        };
        let files = view.rule_files().into_iter().map(file).collect::<Result<_>>()?;
        let waits = view.adopted_ahead()?.into_iter().chain(view.drafts()?);
        let waiting = waits.map(|waits| {
            let document = view.head_of(&waits.path);
            let (of, stage) = (waits.of, waits.stage());
            WaitingFile { of, stage, file: RuleFile { path: waits.path, document } }
        });
        Ok(Self { files, waiting: waiting.collect() })
    }
}

/// For programs, whether it is adopted.
fn is_adopted<S: Serializer>(
    stage: &WaitingStage,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_bool(matches!(stage, WaitingStage::Adopted(_)))
}

impl Answer for RuleFiles {
    fn human(&self, terminal: &Terminal) -> String {
        let head = [
            Label::FileName,
            Label::RuleVersion,
            Label::EffectiveOn,
            Label::ReviewedBy,
            Label::ApprovedBy,
        ];
        let row = |file: &RuleFile, since: &str, standing: Option<String>| {
            let document = file.document.as_ref();
            let told = |told: fn(&Document) -> String| document.map(told).unwrap_or_default();
            let cells = [
                file.path.clone(),
                told(|it| it.version.to_string()),
                since.to_owned(),
                told(|it| it.reviewed_by.clone()),
                told(|it| it.approved_by.clone()),
            ];
            cells.into_iter().chain(standing).collect::<Vec<_>>()
        };
        let words = terminal.words;
        let in_force = |file: &RuleFile, standing| {
            let since = file.document.as_ref().map(|it| it.effective_on.to_string());
            row(file, &since.unwrap_or_default(), standing)
        };
        if self.waiting.is_empty() {
            let rows: Vec<_> = self.files.iter().map(|file| in_force(file, None)).collect();
            return terminal.table(&head, &rows);
        }
        let standing = words.label(Label::InForce);
        let files = self.files.iter().map(|file| in_force(file, Some(standing.to_owned())));
        let waiting =
            self.waiting.iter().map(|it| row(&it.file, "", Some(words.waiting_rules(it.stage))));
        let rows: Vec<_> = files.chain(waiting).collect();
        let head: Vec<_> = head.into_iter().chain([Label::Standing]).collect();
        terminal.table(&head, &rows)
    }
}

impl Answer for RulePage {
    fn human(&self, _terminal: &Terminal) -> String {
        clean(&self.text)
    }

    fn remark(&self, words: Words) -> Option<String> {
        let told: Vec<_> = self.ahead.iter().map(|message| words.message(message)).collect();
        (!told.is_empty()).then(|| told.join("\n"))
    }
}

impl Answer for RuleValue {
    fn human(&self, _terminal: &Terminal) -> String {
        self.value.as_ref().and_then(|value| yaml::to_text(value).ok()).unwrap_or_default()
    }
}
