//! Words that ask for help or the version.

use std::ffi::OsString;

use clap::{Arg, CommandFactory, error::ErrorKind};

use super::{HelpLength, HelpPage};
use crate::{
    app::environment::Environment,
    cli::{Global, VERSION, as_needed, built, misspelled, offers, syntax, ui::values_of},
    commands::help::{is_finding, topics},
    error::Result,
    ui::{Ui, answer::Text},
    words::read_code,
};

/// Shows what words ask for that are no command to be done: help and version are answers,
/// everything else is a usage error.
pub(in crate::cli) fn or_version(
    fault: &clap::Error,
    words: &[OsString],
    environment: &Environment,
    ui: &Ui,
) -> Result<u8> {
    let text = match fault.kind() {
        ErrorKind::DisplayHelp => {
            let line = built(as_needed(words));
            let wants_all =
                words.iter().take_while(|word| *word != "--").any(|word| word == "--help");
            let length = if wants_all { HelpLength::Whole } else { HelpLength::Short };
            let directory = values_of("-C", "", words).next().unwrap_or_default();
            let directory = environment.directory.join(directory);
            let place = (directory.as_path(), &environment.git);
            let listed = |argument: &Arg| offers::listed(argument, place, ui.words());
            let page = HelpPage::of(&syntax::named(&line, words), ui.words(), length, &listed);
            page.text(&ui.terminal())
        }
        ErrorKind::DisplayVersion => format!("docket {VERSION}\n"),
        _ => return Err(misspelled(fault, words)),
    };
    ui.answer(&Text { text })?;
    Ok(0)
}

/// `docket help VERB` as `docket VERB --help`, `docket help A31` as `docket help findings A31`; a topic
/// is a command of its own.
pub(in crate::cli) fn first(mut words: Vec<OsString>) -> Vec<OsString> {
    if !words.iter().any(|word| word == "help") {
        return words;
    }
    let line = Global::command();
    if let Some(place) = syntax::place_of_verb(&line, &words)
        && words[place] == "help"
    {
        let about = syntax::place_of_word(&line, &words, place + 1).unwrap_or(place + 1);
        let typed = words.get(about).and_then(|word| word.to_str()).unwrap_or_default();
        let topics = topics();
        if let Some(topic) = read_code("help topic", typed, topics.iter().map(String::as_str)) {
            words[about] = topic.into();
        } else if is_finding(typed) {
            words.insert(about, "findings".into());
        } else {
            words.remove(place);
            words.push("--help".into());
        }
    }
    words
}
