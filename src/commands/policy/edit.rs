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
        let given = match &self.reason {
            None if app.ui.can_ask() => None,
            given => Some(reason(app, given.as_ref())?),
        };
        let base = desk.view()?.rule_text(path)?;
        let changed = if let Some(file) = &self.from {
            let failed = |source| Error::Io { what: IoPlace::file(file), source };
            let bytes = files::read(&app.environment.directory.join(file)).map_err(failed)?;
            committed(&desk, &base, &bytes, &mut given.clone())?
        } else {
            let mut text = base.text().to_owned();
            let changed = written(app, &base, &mut text, given);
            changed.inspect_err(|why| keep(&desk, &base, &text, why))?
        };
        Ok(Box::new(WrittenRules::of(&desk, path, changed)?))
    }
}

/// Commits what somebody writes in an editor; they may go on writing while it would not hold.
fn written(
    app: &App<'_>,
    base: &RuleText,
    text: &mut String,
    mut reason: Option<String>,
) -> Result<Option<ChangedRules>> {
    loop {
        *text = input::written(&app.environment, text, ".yaml")?;
        // an editor may be open for long, and the desk be another one
        let why = match committed(&app.desk()?, base, text.as_bytes(), &mut reason) {
            Err(why @ Error::WouldNotHold { .. }) if app.ui.can_ask() => why,
            ended => return ended,
        };
        app.ui.warn(&app.ui.words().error(&why));
        Prompts::new(app, "policy edit").confirm(Label::EditAgain)?;
    }
}

fn committed(
    desk: &OpenDesk<'_>,
    base: &RuleText,
    bytes: &[u8],
    given: &mut Option<String>,
) -> Result<Option<ChangedRules>> {
    let path = base.path();
    let would_not_hold = |why| Error::WouldNotHold { path: path.to_owned(), why };
    let edited = RuleText::read(path, bytes).map_err(would_not_hold)?;
    if edited.text() == base.text() {
        return Ok(None);
    }
    let told = reason(desk.app, given.as_ref())?;
    *given = Some(told.clone());
    desk.change_rules(path, &told, |held| {
        let is_stale = match (held.document(), edited.document()) {
            (Some(held), Some(edited)) => edited.version < held.version,
            _ => false,
        };
        if held.text() != base.text() || is_stale {
            return Err(Refusal::RulesMoved { path }.into());
        }
        Ok(edited.clone())
    })
}

fn reason(app: &App<'_>, given: Option<&String>) -> Result<String> {
    let mut prompts = Prompts::new(app, "policy edit");
    let reason = prompts.line(given, "--reason", Label::Reason)?;
    prompts.done()?;
    Ok(reason)
}

/// Keeps what was written and not committed, in a folder of its own, and says how to go on with it.
fn keep(desk: &OpenDesk<'_>, base: &RuleText, text: &str, why: &Error) {
    let name = base.path().rsplit('/').next().unwrap_or(base.path());
    if text == base.text() {
        return;
    }
    let kept = input::kept(&desk.store.git().home(), name, text);
    if let Some(draft) = kept.ok().as_deref().and_then(typed_path) {
        let is_moved =
            matches!(why, Error::Refused(it) if matches!(it.why, Refusal::RulesMoved { .. }));
        let file = (!is_moved).then(|| name.trim_end_matches(".yaml").to_owned());
        desk.app.ui.remark(&desk.words.message(&Message::DraftKept { file, draft }));
    }
}
