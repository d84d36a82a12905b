//! `docket policy edit`: a file of rules in an editor, or as another file has it.

use std::path::PathBuf;

use clap::Args;

use super::WrittenRules;
use crate::{
    app::{
        App,
        desk::OpenDesk,
        input,
        rule_files::{ChangedRules, changeable_file},
    },
    arguments::prompts::Prompts,
    domain::history::refusal::Refusal,
    error::{Error, IoPlace, Result},
    store::{files, rule_edit::RuleText},
    ui::{answer::Answer, typed::typed_path},
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct EditPolicy {
    file: String,
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl EditPolicy {
    pub fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let path = changeable_file(&self.file)?;
        desk.may_change_rules(self.reason.as_deref())?;
        if !app.ui.can_ask() {
            self.reason(app)?;
        }
        let base = desk.view()?.rule_text(path)?;
        let changed = match &self.from {
            Some(file) => {
                let failed = |source| Error::Io { what: IoPlace::file(file), source };
                let bytes = files::read(&app.environment.directory.join(file)).map_err(failed)?;
                let text = String::from_utf8_lossy(&bytes).into_owned();
                self.committed(&desk, &base, &text)?
            }
            None => self.written(&desk, &base)?,
        };
        Ok(Box::new(WrittenRules::of(&desk, path, changed)?))
    }

    /// Commits what somebody writes in an editor; they may go on writing while it would not hold.
    fn written(&self, desk: &OpenDesk<'_>, base: &RuleText) -> Result<Option<ChangedRules>> {
        let prompts = Prompts::new(desk.app, "policy edit");
        let mut text = base.text().to_owned();
        loop {
            text = input::written(&desk.app.environment, &text, ".yaml")?;
            let why = match self.committed(desk, base, &text) {
                Err(why @ Error::WouldNotHold { .. }) => why,
                ended => return ended.inspect_err(|_| Self::keep(desk, base, &text)),
            };
            if !desk.app.ui.can_ask() {
                Self::keep(desk, base, &text);
                return Err(why);
            }
            desk.app.ui.warn(&desk.words.error(&why));
            if prompts.confirm(Label::EditAgain).is_err() {
                Self::keep(desk, base, &text);
                return Err(why);
            }
        }
    }

    fn committed(
        &self,
        desk: &OpenDesk<'_>,
        base: &RuleText,
        text: &str,
    ) -> Result<Option<ChangedRules>> {
        let path = base.path();
        let edited = RuleText::read(path, text.to_owned());
        let edited = edited.map_err(|why| Error::WouldNotHold { path, why })?;
        let is_stale = |held: &RuleText| match (held.document(), edited.document()) {
            (Some(held), Some(edited)) => edited.version < held.version,
            _ => false,
        };
        if edited.text() == base.text() {
            return Ok(None);
        }
        let reason = self.reason(desk.app)?;
        desk.change_rules(path, &reason, |held| {
            if held.text() != base.text() || is_stale(held) {
                return Err(Refusal::RulesMoved { path }.into());
            }
            Ok(edited.clone())
        })
    }

    fn reason(&self, app: &App<'_>) -> Result<String> {
        let mut prompts = Prompts::new(app, "policy edit");
        let reason = prompts.line(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;
        Ok(reason)
    }

    /// Keeps what was written and not committed, in a folder of its own, and says how to go on with it.
    fn keep(desk: &OpenDesk<'_>, base: &RuleText, text: &str) {
        let name = base.path().rsplit('/').next().unwrap_or(base.path());
        let kept = input::kept(&desk.store.git().home(), name, text);
        if let Some(draft) = kept.ok().as_deref().and_then(typed_path) {
            let file = name.trim_end_matches(".yaml").to_owned();
            desk.app.ui.remark(&desk.words.message(&Message::DraftKept { file, draft }));
        }
    }
}
