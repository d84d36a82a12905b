//! `docket policy set`: one value of the rules.

use clap::Args;

use super::WrittenRules;
use crate::{
    app::{
        App,
        rule_files::{changeable_file, no_such_rule, rule_key},
    },
    arguments::prompts::Prompts,
    domain::{
        base::rule_place::{RulePlace, RuleStep},
        deciding::personal::plain_rule,
        history::merge::rules::DOCUMENT,
    },
    error::{Error, Result, usage::Usage},
    store::{
        error::Error as StoreError,
        rule_edit::{NoSuchRule, RuleText, spelled},
    },
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct SetPolicy {
    #[arg(value_name = "RULE")]
    key: Option<String>,
    #[arg(allow_hyphen_values = true)]
    value: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl SetPolicy {
    pub fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "policy set");
        if self.key.is_none() {
            desk.may_change_rules(self.reason.as_deref())?;
        }
        let Some(given) = prompts.rule(&desk, self.key.as_ref())? else {
            prompts.rule_value(self.value.as_ref(), None)?;
            prompts.line(self.reason.as_ref(), "--reason", Label::Reason)?;
            prompts.done()?;
            return Err(Error::GivenUp);
        };
        let (path, key) = rule_key(&given)?;
        changeable_file(path)?;
        let place =
            |rules: &RuleText| rules.place(key).map_err(|fault| no_such_rule(&given, rules, fault));
        let view = desk.view()?;
        let held = view.rule_text(path)?;
        if !view.has_rules(path)? {
            return Err(StoreError::no_rules(path.to_owned()).into());
        }
        let steps = place(&held)?;
        // docket itself writes what a file says of itself
        if steps.steps().first() == Some(&RuleStep::Key(DOCUMENT.to_owned())) {
            return Err(Error::Usage(Usage::NotByEdit { key: DOCUMENT }));
        }
        desk.may_change_rules(self.reason.as_deref())?;
        let now = held.value(&steps).and_then(spelled).filter(|now| !now.is_empty());
        let value = prompts.rule_value(self.value.as_ref(), now.as_deref())?;
        if self.value.is_some() || app.ui.can_ask() {
            plain_rule(&value)?;
        }
        let reason = prompts.line(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;
        let with_value = |rules: &RuleText| {
            let changed = rules.with(&place(rules)?, &value);
            changed.map_err(|why| Error::WouldNotHold { path: path.to_owned(), why })
        };
        let changed = desk.change_rules(path, &reason, with_value);
        let changed = changed.map_err(|why| refused(why, &given, (&held, &steps)))?;
        let version_taken = held.version_taken(key);
        Ok(Box::new(WrittenRules { version_taken, ..WrittenRules::of(&desk, path, changed)? }))
    }
}

/// Why a value was refused: a key that names no rule is answered as such, and one that is new has no line in
/// the file.
fn refused(why: Error, given: &str, (held, place): (&RuleText, &RulePlace)) -> Error {
    let Error::WouldNotHold { path, why } = why else { return why };
    let is_of_file = why.file() == Some(held.path());
    if held.value(place).is_some() || why.is_not_read_back() || !is_of_file {
        return Error::WouldNotHold { path, why };
    }
    let (_, key) = given.split_once('.').unwrap_or((given, ""));
    if why.is_unknown_key() && !held.meant(key).is_empty() {
        let part = key.split('.').next().unwrap_or(key).to_owned();
        return no_such_rule(given, held, NoSuchRule { part, known: held.top() });
    }
    Error::WouldNotHold { path, why: why.without_line() }
}
