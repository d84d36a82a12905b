//! A person's own verbs: `git config --global docket.alias.mine "list --mine"`. An alias stands for words
//! of docket, hides no verb, and starts no program.

use std::ffi::OsString;

use super::{Global, syntax, verbs::VerbSpec};
use crate::{
    app::environment::Environment,
    error::{Error, Result, usage::Usage},
};

use clap::CommandFactory;

/// The words with an alias of the person's as what it stands for.
pub(super) fn expanded(
    mut words: Vec<OsString>,
    environment: &Environment,
) -> Result<Vec<OsString>> {
    let Some(place) = syntax::place_of_verb(&Global::command(), &words) else { return Ok(words) };
    let Some(typed) = words[place].to_str().filter(|word| VerbSpec::named(word).is_none()) else {
        return Ok(words);
    };
    let key = format!("alias.{}", typed.to_lowercase());
    let Some(meaning) = environment.personal().get(&key) else { return Ok(words) };
    let meant = shlex::split(meaning).unwrap_or_default();
    if meant.first().is_none_or(|word| VerbSpec::named(word).is_none()) {
        let (alias, meaning) = (typed.to_owned(), meaning.to_owned());
        return Err(Error::Usage(Usage::NotAnAlias { alias, meaning }));
    }
    words.splice(place..=place, meant.into_iter().map(OsString::from));
    Ok(words)
}
