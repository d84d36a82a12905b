//! `docket policy show`: the rules in force, a file of them, or one value.

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use crate::{
    app::{
        App,
        desk::AsOf,
        rule_files::{no_such_rule, rule_file, rule_key},
    },
    domain::base::{characters::clean, document::Document},
    error::Result,
    store::{error::Error as StoreError, view::View, yaml},
    ui::{answer::Answer, terminal::Terminal},
    words::label::Label,
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
}

/// A file of the rules, with what it says of itself.
#[derive(Debug, Serialize)]
struct RuleFile {
    path: &'static str,
    document: Option<Document>,
}

/// A file of the rules as its people wrote it.
#[derive(Debug, Serialize)]
struct RulePage {
    path: &'static str,
    text: String,
}

/// One value of the rules.
#[derive(Debug, Serialize)]
struct RuleValue {
    path: &'static str,
    key: String,
    value: Option<Value>,
}

impl ShowPolicy {
    pub fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.view_of(self.as_of.as_ref())?;
        let Some(given) = self.key else { return Ok(Box::new(RuleFiles::of(&view))) };
        let (path, key) = match given.strip_suffix(".yaml") {
            Some(file) => (rule_file(file)?, ""),
            None => rule_key(&given)?,
        };
        if view.held(path)?.is_none() {
            return Err(StoreError::NoPolicy { path: path.to_owned() }.into());
        }
        let rules = view.rule_text(path)?;
        if key.is_empty() {
            return Ok(Box::new(RulePage { path, text: rules.text().to_owned() }));
        }
        let place = rules.place_of(key).map_err(|fault| no_such_rule(&given, fault))?;
        let value = rules.value(&place).cloned();
        Ok(Box::new(RuleValue { path, key: key.to_owned(), value }))
    }
}

impl RuleFiles {
    fn of(view: &View<'_>) -> Self {
        let file = |path| {
            // one that cannot be read is there as well
            let document = view.rule_text(path).ok().and_then(|rules| rules.document());
            RuleFile { path, document }
        };
        Self { files: view.rule_files().into_iter().map(file).collect() }
    }
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
        let row = |file: &RuleFile| {
            let document = file.document.as_ref();
            let told = |told: fn(&Document) -> String| document.map(told).unwrap_or_default();
            vec![
                file.path.to_owned(),
                told(|it| it.version.to_string()),
                told(|it| it.effective_on.to_string()),
                told(|it| it.reviewed_by.clone()),
                told(|it| it.approved_by.clone()),
            ]
        };
        let rows: Vec<_> = self.files.iter().map(row).collect();
        terminal.table(&head, &rows)
    }
}

impl Answer for RulePage {
    fn human(&self, _terminal: &Terminal) -> String {
        clean(&self.text)
    }
}

impl Answer for RuleValue {
    fn human(&self, _terminal: &Terminal) -> String {
        self.value.as_ref().and_then(|value| yaml::to_text(value).ok()).unwrap_or_default()
    }
}
