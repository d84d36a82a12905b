//! `docket policy edit`: a file of rules, or a draft of one, in an editor or as another file has it.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::{WrittenRules, day_of};
use crate::{
    app::{
        App,
        desk::OpenDesk,
        input,
        rule_files::{ChangedRules, adoptable_file, changeable_file},
    },
    arguments::prompts::Prompts,
    domain::{base::moment::Moment, deciding::rule_change, history::refusal::Refusal},
    error::{Error, IoPlace, Result},
    store::{defaults, files, rule_edit::RuleText},
    ui::{answer::Answer, typed::typed_path},
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct EditPolicy {
    file: Option<String>,
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[arg(long)]
    next: bool,
    #[arg(long, value_name = "DAY", requires = "next")]
    on: Option<Moment>,
    #[arg(long, conflicts_with_all = ["from", "next"])]
    drop: bool,
}

/// What becomes of an edited text.
#[derive(Clone, Copy, Debug)]
enum EditTarget {
    InForce,
    /// A draft for this day.
    Draft(NaiveDate),
}

impl EditTarget {
    /// The day from which it is to hold, where that is not at once.
    fn day(self) -> Option<NaiveDate> {
        match self {
            Self::InForce => None,
            Self::Draft(day) => Some(day),
        }
    }
}

impl EditPolicy {
    pub fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        if self.file.is_none() {
            desk.may_change_rules(self.reason.as_deref())?;
        }
        let mut prompts = Prompts::new(app, "policy edit");
        let file = prompts.rule_file(self.file.as_ref())?;
        prompts.done()?;
        let is_draft = self.next || self.drop;
        let path = if is_draft { adoptable_file(&file) } else { changeable_file(&file) }?;
        desk.may_change_rules(self.reason.as_deref())?;
        if self.drop {
            let reason = reason(app, self.reason.as_ref())?;
            let commit = desk.drop_draft(path, &reason)?;
            return Ok(Box::new(WrittenRules::dropped(path, commit)));
        }
        let target = self.target(&desk, path)?;
        let base = match target {
            EditTarget::InForce => desk.view()?.rule_text(path)?,
            EditTarget::Draft(day) => desk.view()?.draft_base(path, day)?,
        };
        let given = match &self.reason {
            None if app.ui.can_ask() => None,
            given => Some(reason(app, given.as_ref())?),
        };
        let changed = if let Some(file) = &self.from {
            let failed = |source| Error::Io { what: IoPlace::file(file), source };
            let bytes = files::read(&app.environment.directory.join(file)).map_err(failed)?;
            committed(&desk, (&base, target), &bytes, &mut given.clone())?
        } else {
            let offered = offered(&desk, &base, target)?;
            let mut text = offered.clone();
            let changed = written(app, (&base, target), &mut text, &offered, given);
            let texts = [&offered, &text];
            changed.inspect_err(|why| keep(&desk, (&base, target), texts, why))?
        };
        Ok(Box::new(WrittenRules::of(&desk, path, changed)?))
    }

    fn target(&self, desk: &OpenDesk<'_>, path: &'static str) -> Result<EditTarget> {
        if !self.next {
            return Ok(EditTarget::InForce);
        }
        let day = if let Some(on) = &self.on {
            day_of(desk, on)?
        } else {
            let there = desk.view()?.draft_text(path)?.and_then(|draft| draft.document());
            there.ok_or(Refusal::NoDraft { path: Some(path) })?.effective_on
        };
        Ok(EditTarget::Draft(rule_change::day_ahead(path, [day, desk.now().date()])?))
    }
}

/// What an editor begins with: the file, or a beginning of one that is not there.
fn offered(desk: &OpenDesk<'_>, base: &RuleText, target: EditTarget) -> Result<String> {
    let day = target.day().unwrap_or(desk.now().date());
    let begun = || defaults::begun(base.path(), &desk.desk, day, desk.words.unit_names());
    let begun = if base.text().is_empty() { begun()? } else { None };
    Ok(begun.unwrap_or_else(|| base.text().to_owned()))
}

/// Commits what somebody writes in an editor; they may go on writing while it would not hold.
fn written(
    app: &App<'_>,
    (base, target): (&RuleText, EditTarget),
    text: &mut String,
    offered: &str,
    mut reason: Option<String>,
) -> Result<Option<ChangedRules>> {
    loop {
        *text = input::written(&app.environment, text, ".yaml")?;
        if base.text().is_empty() && text == offered {
            return Ok(None);
        }
        // an editor may be open for long, and the desk be another one
        let why = match committed(&app.desk()?, (base, target), text.as_bytes(), &mut reason) {
            Err(why @ Error::WouldNotHold { .. }) if app.ui.can_ask() => why,
            ended => return ended,
        };
        app.ui.warn(&app.ui.words().error(&why));
        Prompts::new(app, "policy edit").confirm(Label::EditAgain)?;
    }
}

fn committed(
    desk: &OpenDesk<'_>,
    (base, target): (&RuleText, EditTarget),
    bytes: &[u8],
    given: &mut Option<String>,
) -> Result<Option<ChangedRules>> {
    let path = base.path();
    let would_not_hold = |why| Error::WouldNotHold { path: path.to_owned(), why };
    let edited = RuleText::read(path, bytes).map_err(would_not_hold)?;
    let is_there = match target {
        EditTarget::InForce => edited.text() == base.text(),
        EditTarget::Draft(day) => desk.view()?.is_drafted(&edited, day)?,
    };
    if is_there {
        return Ok(None);
    }
    let told = reason(desk.app, given.as_ref())?;
    *given = Some(told.clone());
    let has_draft = desk.view()?.draft_text(path)?.is_some();
    let change = |held: &RuleText| {
        if held.text() != base.text() {
            return Err(Refusal::RulesMoved { path, day: target.day() }.into());
        }
        let versions = [held, &edited].map(|file| file.document().map(|head| head.version));
        match (versions, target) {
            ([Some(held), Some(given)], EditTarget::Draft(_)) if given < held && has_draft => {
                Err(Refusal::DraftThere { path, held, given }.into())
            }
            ([Some(held), Some(given)], EditTarget::Draft(day)) if given < held => {
                Err(Refusal::DraftBehind { path, day, held, given }.into())
            }
            ([Some(held), Some(given)], EditTarget::InForce) if given < held => {
                Err(Refusal::RulesMoved { path, day: None }.into())
            }
            _ => Ok(edited.clone()),
        }
    };
    match target {
        EditTarget::InForce => desk.change_rules(path, &told, change),
        EditTarget::Draft(day) => desk.draft_rules(path, (day, &told), change),
    }
}

fn reason(app: &App<'_>, given: Option<&String>) -> Result<String> {
    let mut prompts = Prompts::new(app, "policy edit");
    let reason = prompts.line(given, "--reason", Label::Reason)?;
    prompts.done()?;
    Ok(reason)
}

/// Keeps what was written and not committed, in a folder of its own, and says how to go on with it.
fn keep(
    desk: &OpenDesk<'_>,
    (base, target): (&RuleText, EditTarget),
    [offered, text]: [&String; 2],
    why: &Error,
) {
    if text == offered {
        return;
    }
    let name = base.path().rsplit('/').next().unwrap_or(base.path());
    let kept = input::kept(&desk.store.git().home(), name, text);
    if let Some(draft) = kept.ok().as_deref().and_then(typed_path) {
        let is_moved =
            matches!(why, Error::Refused(it) if matches!(it.why, Refusal::RulesMoved { .. }));
        let file = (!is_moved).then(|| name.trim_end_matches(".yaml").to_owned());
        let file = file.map(|file| match target {
            EditTarget::InForce => file,
            EditTarget::Draft(day) => format!("{file} --next --on {day}"),
        });
        desk.app.ui.remark(&desk.words.message(&Message::DraftKept { file, draft }));
    }
}
