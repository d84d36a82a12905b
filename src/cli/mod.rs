//! The command line: what was said, and which command it means.

mod alias;
mod help;
mod manual;
mod offers;
mod syntax;
mod ui;
mod verbs;
mod watch;

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, ValueEnum};

use self::verbs::{Verb, VerbSpec, heeds};
use crate::{
    app::{
        App, GlobalOptions,
        clock::{Ids, TimeSource},
        environment::Environment,
        input,
    },
    commands::{Command, board, demo, shell},
    complete::{self},
    domain::base::moment::Moment,
    error::{
        Error, Result,
        usage::{SyntaxError, Usage, ValueFault},
    },
    ui::{
        Ui,
        answer::{Answer, AnswerFormat},
    },
    words::{Lang, Words},
};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What was said.
struct Cli {
    global: Global,
    verb: Option<Verb>,
}

// What every command takes; what it is called in help stands in the catalogue.
#[derive(Debug, Parser)]
#[command(name = "docket", version, disable_help_subcommand = true)]
struct Global {
    #[arg(short = 'C', value_name = "DIR", global = true)]
    directory: Option<PathBuf>,
    #[arg(long, global = true)]
    json: bool,
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = lang)]
    lang: Option<Lang>,
    #[arg(long, global = true, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<Moment>,
    #[arg(long, global = true, value_name = "TEXT")]
    late_because: Option<String>,
    #[arg(long, global = true, value_name = "TEXT")]
    note: Option<String>,
    #[arg(long, global = true, value_name = "TEXT", hide_short_help = true)]
    contains_personal: Option<String>,
    #[arg(long, global = true, hide_short_help = true)]
    ids: bool,
    #[arg(long, global = true, value_name = "TEXT")]
    namesake: Option<String>,
    #[arg(long, global = true, value_name = "BRANCH")]
    branch: Option<String>,
    #[arg(long, global = true)]
    edit: bool,
    #[arg(long, global = true)]
    no_input: bool,
    #[arg(short, long, global = true, action = ArgAction::SetTrue)]
    quiet: bool,
    #[arg(long)]
    watch: bool,
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    color: When,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

fn lang(typed: &str) -> std::result::Result<Lang, ValueFault> {
    let codes = || Lang::ALL.iter().map(|lang| lang.code().to_owned()).collect();
    Lang::from_tag(typed).ok_or_else(|| ValueFault::NoneOf { vocabulary: "", known: codes() })
}

/// Runs docket with these arguments.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let environment = Environment::read();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let offered = || {
        let words = Words::new(ui::language(&arguments, &environment));
        help::described(command(), words)
    };
    let asking = || offers::asking(&arguments, &environment);
    match complete::answered(offered, &arguments, &environment.directory, asking) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(_) => return ExitCode::FAILURE,
    }
    let words = match alias::expanded(arguments.clone(), &environment) {
        Ok(words) => help::first(words),
        Err(error) => return ended(&ui::of_words(&arguments, &environment), Err(error)),
    };
    let takes_value = |flag: &str| {
        let line = built(as_needed(&words));
        syntax::named(&line, &words).iter().any(|verb| syntax::has_value_behind(verb, flag))
    };
    let words = match input::with_standard_input(words.clone(), takes_value) {
        Ok(words) => texts_apart(words),
        Err(error) => return ended(&ui::of_words(&arguments, &environment), Err(error)),
    };
    match Cli::read(&words) {
        Ok(cli) => {
            let ui = ui::of(&cli, &environment);
            let surroundings = environment.clone();
            let outcome = match unheeded(&cli, &words) {
                Some(error) => Err(error),
                None if cli.watches() => watch::watch(&words, &environment),
                None => answer(cli, environment, &ui),
            };
            // what is wrong with a command may be found before it opened the desk that says its language
            if matches!(outcome, Err(Error::Usage(_))) && !ui.has_spoken() {
                ui.speak(ui::language(&words, &surroundings));
            }
            let is_lost = outcome.as_ref().inspect_err(|error| ui.forget_refused(error)).is_err();
            let ended = ended(&ui, outcome);
            if is_lost {
                ui.give_back(&arguments);
            }
            ended
        }
        Err(fault) => {
            let ui = ui::of_words(&words, &environment);
            ended(&ui, help::or_version(&fault, &words, &environment, &ui))
        }
    }
}

/// The words as clap reads them, where a text begins with a dash.
fn texts_apart(words: Vec<OsString>) -> Vec<OsString> {
    let begins_with_dash = |word: &OsString| {
        word.to_str()
            .is_some_and(|word| word.starts_with('-') && (word.contains(' ') || !word.is_ascii()))
    };
    if !words.iter().any(begins_with_dash) {
        return words;
    }
    let line = built(as_needed(&words));
    let path = syntax::named(&line, &words);
    syntax::with_texts_apart(path[path.len() - 1], words)
}

fn ended(ui: &Ui, outcome: Result<u8>) -> ExitCode {
    ExitCode::from(outcome.unwrap_or_else(|error| {
        ui.error(&error);
        error.status()
    }))
}

/// What is wrong with words of which no command could be read.
fn misspelled(fault: &clap::Error, words: &[OsString]) -> Error {
    Error::Usage(syntax::usage(fault, &built(as_needed(words)), words))
}

/// The flag of a step that was given to what makes none.
fn unheeded(cli: &Cli, words: &[OsString]) -> Option<Error> {
    let global = &cli.global;
    let given = [
        (global.at.is_some(), "--at"),
        (global.late_because.is_some(), "--late-because"),
        (global.note.is_some(), "--note"),
        (global.contains_personal.is_some(), "--contains-personal"),
        (global.ids, "--ids"),
        (global.namesake.is_some(), "--namesake"),
        (global.edit, "--edit"),
        (global.branch.is_some(), "--branch"),
        (global.watch, "--watch"),
    ];
    if given.iter().all(|(given, _)| !given) {
        return None;
    }
    let line = built(as_needed(words));
    let path = syntax::named(&line, words);
    let names: Vec<_> = path.iter().map(|command| command.get_name()).collect();
    let own = names[1..].join(" ");
    let (_, flag) = given.into_iter().find(|(given, flag)| *given && !heeds(&own, flag))?;
    let error = Box::new(SyntaxError::Unheeded { flag });
    Some(Error::Usage(Usage::Syntax { command: names.join(" "), error }))
}

impl Cli {
    /// Whether the answer is to be drawn again and again.
    fn watches(&self) -> bool {
        let of_list = matches!(&self.verb, Some(Verb::List(list)) if list.watch);
        self.global.watch || of_list
    }

    fn read(arguments: &[OsString]) -> std::result::Result<Self, clap::Error> {
        let mut matches = as_needed(arguments).try_get_matches_from_mut(arguments)?;
        let verb = matches.remove_subcommand().and_then(|(word, mut matches)| {
            VerbSpec::named(&word).map(|verb| (verb.read)(&mut matches))
        });
        Ok(Self { global: Global::from_arg_matches_mut(&mut matches)?, verb: verb.transpose()? })
    }
}

/// The command line with no verb but the one that these words can mean: clap gives every verb a
/// copy of what all of them take, which would be most of the work of a short command.
fn as_needed(words: &[OsString]) -> clap::Command {
    let line = Global::command();
    if words.len() < 2 {
        return line;
    }
    let verb = syntax::place_of_verb(&line, words).and_then(|place| words[place].to_str());
    match verb.and_then(VerbSpec::named) {
        Some(verb) => line.subcommand((verb.takes)(verb.bare())),
        None => with_every_verb(line),
    }
}

/// Verbs that are not meant are not built.
fn with_every_verb(line: clap::Command) -> clap::Command {
    let verbs = Verb::ALL.iter();
    line.subcommands(verbs.map(|verb| verb.bare().defer(verb.takes)))
}

fn answer(cli: Cli, environment: Environment, ui: &Ui) -> Result<u8> {
    let answer = perform(cli, environment, ui)?;
    ui.answer(answer.as_ref())?;
    if let Some(error) = answer.ended().filter(|_| ui.shape == AnswerFormat::Human) {
        ui.error(error);
    }
    Ok(answer.status())
}

/// Does what was said; printing what came of it is left to the caller.
fn perform(cli: Cli, environment: Environment, ui: &Ui) -> Result<Box<dyn Answer>> {
    let app = App {
        options: options(&cli, &environment, ui)?,
        clock: TimeSource::from(&environment)?,
        ids: Ids::from(&environment),
        environment,
        ui,
    };
    match cli.verb {
        None => board::Board.run(&app),
        Some(verb) => verb.run(&app),
    }
}

/// The story is told in words, and only here is it known which commands they mean.
impl Command for demo::Demo {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        self.make(app, &|environment, words| {
            let line = ["docket"].into_iter().chain(words.iter().map(String::as_str));
            let line: Vec<OsString> = line.map(OsString::from).collect();
            let cli = Cli::read(&line).map_err(|fault| misspelled(&fault, &line))?;
            let mut ui = ui::of(&cli, &environment);
            ui.quiet = true;
            ui.shape = app.ui.shape;
            perform(cli, environment, &ui)
        })
    }
}

/// Only here is the whole command line known, of which the manual tells.
impl Command for shell::Man {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        self.write(app, &manual::pages(&command(), app.ui.words()))
    }
}

/// The note as said, or as written in an editor; `open` has its own text to write.
fn note(cli: &Cli, environment: &Environment, ui: &Ui) -> Result<Option<String>> {
    let global = &cli.global;
    let own = matches!(cli.verb, Some(Verb::Open(_) | Verb::Remark(_)));
    if global.edit && !own {
        let note = input::written(environment, global.note.as_deref().unwrap_or_default(), ".md")?;
        ui.typed("--note", note.trim());
        return Ok(Some(note));
    }
    Ok(global.note.clone())
}

fn options(cli: &Cli, environment: &Environment, ui: &Ui) -> Result<GlobalOptions> {
    let global = &cli.global;
    if global.lang.is_none() {
        environment.spoken().map_err(Error::Usage)?;
    }
    Ok(GlobalOptions {
        directory: global.directory.clone(),
        lang: global.lang,
        at: global.at,
        late_because: global.late_because.clone(),
        note: note(cli, environment, ui)?,
        branch: global.branch.clone(),
        namesake: global.namesake.clone(),
        contains_personal: global.contains_personal.clone(),
        ids: global.ids,
        edit: global.edit,
    })
}

/// The command line as clap knows it, for help and tests.
pub fn command() -> clap::Command {
    built(with_every_verb(Global::command()))
}

/// With what every command takes in each of them.
fn built(mut line: clap::Command) -> clap::Command {
    line.build();
    line
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use std::any::TypeId;

    use clap::Arg;

    use super::*;
    use crate::{
        complete::ForStep,
        store::find::RecordRef,
        words::{help::VerbGroup, tried::all_tried},
    };

    #[test]
    fn every_step_offers_the_records_to_which_it_applies() {
        let steps = Verb::ALL.iter().filter(|verb| verb.group == VerbGroup::Procedure);
        let mut seen = 0;
        for step in steps.map(|verb| (verb.takes)(verb.bare())) {
            for command in [&step].into_iter().chain(step.get_subcommands()) {
                let is_record = |one: &&Arg| {
                    let is_offered = one.get::<ForStep>().is_some();
                    let is_read = one.get_value_parser().type_id() == TypeId::of::<RecordRef>();
                    one.is_positional() && (is_read || is_offered)
                };
                for argument in command.get_arguments().filter(is_record) {
                    let offers = argument.get::<ForStep>().is_some();
                    assert!(offers, "{} {argument} needs ForStep", command.get_name());
                    seen += 1;
                }
            }
        }
        assert!(seen > 25, "{seen}");
    }

    /// What clap says to these words.
    fn said(mut line: clap::Command, words: &[&str]) -> String {
        let words = ["docket"].iter().chain(words);
        line.try_get_matches_from_mut(words).map_or_else(|why| why.to_string(), |_| String::new())
    }

    #[test]
    fn every_word_that_people_try_leads_to_a_command_and_is_none_itself() {
        let line = command();
        let find = |words: &str| {
            let mut words = words.split(' ').filter(|word| !word.is_empty());
            words.try_fold(&line, |command, word| command.find_subcommand(word))
        };
        for (word, commands) in all_tried() {
            assert!(find(word).is_none(), "{word} is a command");
            assert!(
                !commands.is_empty() && commands.iter().all(|name| find(name).is_some()),
                "{word}"
            );
        }
    }

    #[test]
    fn a_verb_alone_is_refused_as_among_all() {
        let words: BTreeSet<_> = Verb::ALL.iter().map(|verb| verb.word).collect();
        assert_eq!(words.len(), Verb::ALL.len());
        for verb in words {
            for rest in [&[][..], &["--bogus"], &["--color", "odd"], &["a", "b", "c", "--json"]] {
                let said_of = [&[verb], rest].concat();
                let arguments: Vec<OsString> =
                    ["docket"].iter().chain(&said_of).map(OsString::from).collect();
                assert_eq!(said(as_needed(&arguments), &said_of), said(command(), &said_of));
            }
        }
    }
}
