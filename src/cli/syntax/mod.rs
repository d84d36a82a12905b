//! Why words make no command line: what clap finds, as the catalogue says it.

#[cfg(test)]
mod tests;

use std::{error::Error as _, ffi::OsString, num::ParseIntError};

use clap::{
    Arg, Command,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::help::argument_name;
use crate::{
    commands::help::topics,
    domain::base::{ids::BadId, moment::MomentError, nearest::nearest},
    error::usage::{ArgumentName, BadValue, SyntaxError, Usage, ValueFault},
    words::{Lang, tried::tried},
};

/// So many options are listed where none is near.
const MOST_LISTED: usize = 12;

/// What is wrong with these words, of which clap could make nothing.
pub(super) fn usage(fault: &clap::Error, line: &Command, words: &[OsString]) -> Usage {
    let path = named(line, words);
    let names: Vec<_> = path.iter().map(|command| command.get_name()).collect();
    let command = names.join(" ");
    let own = names[1..].join(" ");
    let mut error = Box::new(error(fault, path[path.len() - 1], &own));
    match &mut *error {
        // nothing like it, for somebody who wants help
        SyntaxError::UnknownCommand { known, .. }
            if own.is_empty() && words.iter().any(|word| word == "--help") =>
        {
            known.extend(topics().iter().map(|topic| format!("docket help {topic}")));
        }
        _ => {}
    }
    Usage::Syntax { command, error }
}

/// The commands that words name, each one of the one before it; docket itself is the first.
pub(super) fn named<'a>(line: &'a Command, words: &[OsString]) -> Vec<&'a Command> {
    let mut path = vec![line];
    let mut words = words.iter().skip(1).map(|word| word.to_str().unwrap_or_default());
    while let Some(word) = words.next() {
        let command = path[path.len() - 1];
        if word == "--" || !command.has_subcommands() {
            break;
        }
        if word.starts_with('-') {
            if has_value_behind(command, word) {
                words.next();
            }
            continue;
        }
        let Some(next) = command.find_subcommand(word) else { break };
        path.push(next);
    }
    path
}

/// The place of the first word that is no option: the verb, if there is one.
pub(super) fn place_of_verb(line: &Command, words: &[OsString]) -> Option<usize> {
    place_of_word(line, words, 1)
}

/// As [`place_of_verb`], of the first such word from a place on.
pub(super) fn place_of_word(line: &Command, words: &[OsString], from: usize) -> Option<usize> {
    let mut place = from;
    loop {
        match words.get(place)?.to_str()? {
            "--" => return None,
            word if word.starts_with('-') => place += 1 + usize::from(has_value_behind(line, word)),
            _ => return Some(place),
        }
    }
}

/// Whether the word behind this one is the value of an option.
pub(super) fn has_value_behind(command: &Command, word: &str) -> bool {
    let takes_value = |one: Option<&Arg>| one.is_some_and(|one| one.get_action().takes_values());
    let mut arguments = command.get_arguments();
    if let Some(long) = word.strip_prefix("--") {
        return takes_value(arguments.find(|one| one.get_long() == Some(long)));
    }
    let mut letters = word.chars().skip(1);
    let by_short = |letter| command.get_arguments().find(|one| one.get_short() == Some(letter));
    let first = letters.find(|letter| takes_value(by_short(*letter)));
    first.is_some() && letters.next().is_none()
}

/// The words with every text that begins with a dash where no command takes it for a flag: behind
/// the `=` of its flag, or behind `--`.
pub(super) fn with_texts_apart(command: &Command, words: Vec<OsString>) -> Vec<OsString> {
    let (mut kept, mut texts): (Vec<OsString>, Vec<OsString>) = (Vec::new(), Vec::new());
    let mut rest = words.into_iter();
    while let Some(word) = rest.next() {
        if word == "--" {
            texts.extend(rest);
            break;
        }
        let is_text = kept.len() > 1 && word.to_str().is_some_and(|word| is_text(command, word));
        let flag = kept.last().and_then(|flag| flag.to_str()).filter(|flag| flag.starts_with('-'));
        match flag.filter(|flag| has_value_behind(command, flag)) {
            Some(flag) if is_text && flag.starts_with("--") => {
                let mut joined = OsString::from(format!("{flag}="));
                joined.push(word);
                kept.pop();
                kept.push(joined);
            }
            None if is_text => texts.push(word),
            Some(_) | None => kept.push(word),
        }
    }
    if !texts.is_empty() {
        kept.push("--".into());
        kept.extend(texts);
    }
    kept
}

/// Whether a word that begins with a dash can only be a text: it has a blank, or a letter beyond
/// ASCII, and names no flag.
fn is_text(command: &Command, word: &str) -> bool {
    let Some(rest) = word.strip_prefix('-') else { return false };
    let is_flag = match rest.strip_prefix('-') {
        Some(long) => {
            let name = long.split('=').next().unwrap_or_default();
            long.contains('=') && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        }
        None => rest.chars().next().is_some_and(|letter| {
            command.get_arguments().any(|one| one.get_short() == Some(letter))
        }),
    };
    !is_flag && (word.contains(char::is_whitespace) || !word.is_ascii())
}

fn error(fault: &clap::Error, command: &Command, name: &str) -> SyntaxError {
    let context = |kind| strings(fault.get(kind));
    let first = |kind| context(kind).into_iter().next().unwrap_or_default();
    let argument = || spelled(command, &first(ContextKind::InvalidArg));
    match fault.kind() {
        ErrorKind::InvalidSubcommand => {
            let given = first(ContextKind::InvalidSubcommand);
            let meant = tried(name, &given);
            let mut near =
                if meant.is_empty() { nearest(&given, commands(command)) } else { Vec::new() };
            if let Some(help) = command.find_subcommand("help").filter(|_| meant.is_empty()) {
                let topics = nearest(&given, commands(help)).into_iter();
                near.extend(topics.map(|topic| format!("help {topic}")));
            }
            let is_group = !name.is_empty();
            let known = commands(command).filter(|_| is_group).map(str::to_owned).collect();
            SyntaxError::UnknownCommand { given, near, meant, known }
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            SyntaxError::NoCommand { known: commands(command).map(str::to_owned).collect() }
        }
        ErrorKind::UnknownArgument => unknown(first(ContextKind::InvalidArg), command),
        ErrorKind::TooManyValues => {
            let given = first(ContextKind::InvalidValue);
            SyntaxError::TakesNoValue { argument: argument(), given }
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = context(ContextKind::InvalidArg);
            let arguments = missing.iter().map(|one| spelled(command, one)).collect();
            SyntaxError::Missing { arguments }
        }
        ErrorKind::ArgumentConflict => {
            let argument = argument();
            let prior = context(ContextKind::PriorArg);
            let others: Vec<_> = prior.iter().map(|one| spelled(command, one)).collect();
            if others.iter().all(|other| *other == argument) {
                SyntaxError::Repeated { argument }
            } else {
                SyntaxError::Conflict { argument, others }
            }
        }
        ErrorKind::InvalidValue => match first(ContextKind::InvalidValue) {
            given if given.is_empty() => no_value(command, &first(ContextKind::InvalidArg)),
            given => {
                let known = context(ContextKind::ValidValue);
                let why = ValueFault::NoneOf { vocabulary: "", known };
                SyntaxError::Value(BadValue { argument: argument(), given, why })
            }
        },
        ErrorKind::ValueValidation => SyntaxError::Value(BadValue {
            argument: argument(),
            given: first(ContextKind::InvalidValue),
            why: reason(fault),
        }),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            no_value(command, &first(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidUtf8 => SyntaxError::NotUtf8,
        _ => SyntaxError::Unreadable,
    }
}

fn unknown(given: String, command: &Command) -> SyntaxError {
    let shown = || command.get_arguments().filter(|one| !one.is_hide_set());
    let own = || shown().filter(|one| !one.is_global_set() && one.get_id() != "help");
    let spelled = |longs: Vec<&str>| -> Vec<String> {
        longs.iter().map(|long| format!("--{long}")).collect()
    };
    let all = || {
        let longs: Vec<&str> = own().filter_map(Arg::get_long).collect();
        if longs.len() > MOST_LISTED { Vec::new() } else { spelled(longs) }
    };
    if let Some(typed) = given.strip_prefix("--") {
        let near = nearest(typed, shown().filter_map(Arg::get_long));
        let near = spelled(near.iter().map(String::as_str).collect());
        return SyntaxError::UnknownOption { near, known: all(), given };
    }
    let Some(typed) = given.strip_prefix('-') else { return SyntaxError::Unexpected { given } };
    let letter = typed.chars().next().filter(char::is_ascii_alphabetic);
    let Some(letter) = letter.map(|letter| letter.to_ascii_lowercase()) else {
        return SyntaxError::UnknownOption { given, near: Vec::new(), known: Vec::new() };
    };
    let near =
        spelled(own().filter_map(Arg::get_long).filter(|it| it.starts_with(letter)).collect());
    let lettered = own().filter_map(|one| {
        let (short, long) = one.get_short().zip(one.get_long())?;
        Some(format!("-{short} --{long}"))
    });
    let lettered: Vec<_> = lettered.collect();
    let known = if lettered.is_empty() { all() } else { lettered };
    SyntaxError::UnknownOption { given, near, known }
}

/// Why a value is not taken, as what read it says.
fn reason(fault: &clap::Error) -> ValueFault {
    let Some(source) = fault.source() else { return ValueFault::Other };
    if let Some(fault) = source.downcast_ref::<ValueFault>() {
        fault.clone()
    } else if let Some(fault) = source.downcast_ref::<MomentError>() {
        ValueFault::Time(fault.clone())
    } else if let Some(bad) = source.downcast_ref::<BadId>() {
        ValueFault::Id { like: bad.like }
    } else if source.is::<ParseIntError>() {
        ValueFault::Number
    } else {
        ValueFault::Other
    }
}

fn commands(command: &Command) -> impl Iterator<Item = &str> {
    command.get_subcommands().filter(|one| !one.is_hide_set()).map(Command::get_name)
}

/// An argument that needs a value, with those that there are.
fn no_value(command: &Command, shown: &str) -> SyntaxError {
    let argument = spelled(command, shown);
    let long = argument.flag.as_deref().map(|flag| flag.trim_start_matches('-'));
    let own = command.get_arguments().find(|one| long.is_some() && one.get_long() == long);
    let values = own.map(Arg::get_possible_values).unwrap_or_default();
    let known = values.iter().map(|value| {
        let vocabulary = value.get_help().map(ToString::to_string).unwrap_or_default();
        (vocabulary, value.get_name().to_owned())
    });
    // a language may be written in more ways than clap could list
    let languages = Lang::ALL.iter().filter(|_| long == Some("lang"));
    let languages = languages.map(|lang| (String::new(), lang.code().to_owned()));
    let known = known.chain(languages).collect();
    SyntaxError::NoValue { argument, known }
}

/// The argument that clap shows so: `--into <RECORD>`, `[RECORD]...`.
fn spelled(command: &Command, shown: &str) -> ArgumentName {
    let bare = |text: &str| {
        let text = text.trim_end_matches("...").trim_start_matches(['<', '[']);
        text.trim_end_matches(['>', ']']).to_owned()
    };
    let wanted = bare(shown);
    let argument = command.get_arguments().find(|one| bare(&one.to_string()) == wanted);
    argument.map_or_else(
        || ArgumentName { flag: shown.split(' ').next().map(str::to_owned), placeholder: None },
        argument_name,
    )
}

fn strings(value: Option<&ContextValue>) -> Vec<String> {
    match value {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(several)) => several.clone(),
        _ => Vec::new(),
    }
}
