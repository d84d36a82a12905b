//! `docket policy check`: the rules as they would be in force.

use std::{collections::HashMap, path::PathBuf};

use clap::Args;

use crate::{
    answers::{
        findings::{FindingFacts, Findings},
        rules::judged,
    },
    app::{App, desk::OpenDesk, rule_files::rule_file},
    arguments::findings::{FailOn, FindingFormat},
    error::{Error, IoPlace, Result},
    store::{error::Error as StoreError, files, layout, rule_edit::RuleText, view::Overlay},
    ui::answer::Answer,
    words::message::Message,
};

#[derive(Args, Debug)]
pub struct CheckPolicy {
    file: Option<PathBuf>,
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    fail_on: FailOn,
    #[arg(long, default_value = "text")]
    format: FindingFormat,
}

impl CheckPolicy {
    pub fn run(&self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.view()?;
        let mut overlay = desk.store.policy_edits(&view)?;
        overlay.extend(self.draft(&desk)?);
        let view = view.with_files(overlay);
        let findings = judged(&view, &desk.desk.branch, desk.now().date(), desk.words);
        Ok(Box::new(Findings {
            by: "check",
            findings,
            seen: Message::PolicyChecked { files: view.rule_files().len() },
            facts: FindingFacts::Check { records: 0, contacts: 0 },
            form: self.format,
            fail_on: self.fail_on,
            words: desk.words,
        }))
    }

    /// The file that was named, in the place of the one of the desk that is called so.
    fn draft(&self, desk: &OpenDesk<'_>) -> Result<Overlay> {
        let Some(file) = &self.file else { return Ok(HashMap::new()) };
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let path = rule_file(&name)?;
        let mut place = desk.app.environment.directory.join(file);
        if !place.exists() && file.components().count() == 1 && path.starts_with(layout::POLICY) {
            place = desk.store.root().join(path);
            if !place.exists() {
                return Err(StoreError::no_rules(path.to_owned()).into());
            }
        }
        let failed = |source| Error::Io { what: IoPlace::file(&place), source };
        let bytes = files::read(&place).map_err(failed)?;
        // what is to hold on a day to come is looked at as a draft
        let head = RuleText::read(path, &bytes).ok().and_then(|rules| rules.document());
        let is_ahead = head.is_some_and(|head| head.effective_on > desk.now().date());
        let draft = layout::draft(path).filter(|_| is_ahead);
        Ok([(draft.unwrap_or_else(|| path.to_owned()), Some(bytes))].into())
    }
}
