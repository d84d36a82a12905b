//! The command line: what was said, and which command it means.

mod verbs;

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, ValueEnum, error::ErrorKind};

use self::verbs::{Verb, VerbSpec};
use crate::{
    app::{
        App, GlobalOptions,
        clock::{Ids, TimeSource},
        environment::Environment,
        input,
    },
    commands::{Command, board, demo, shell},
    complete,
    domain::base::moment::Moment,
    error::{Error, Result, usage::Usage},
    ui::{
        Color, Ui,
        answer::{Answer, AnswerFormat},
    },
    words::Lang,
};

/// What was said.
struct Cli {
    global: Global,
    verb: Option<Verb>,
}

// What every command takes. The line below is not about it: clap prints it as what docket is.
/// The service desk of a small IT team, over a git repository
#[derive(Debug, Parser)]
#[command(
    name = "docket",
    version,
    disable_help_subcommand = true,
    after_help = "Without a command: today's board. docket help procedure shows the steps.",
    next_help_heading = "Everywhere"
)]
struct Global {
    /// Work in this directory
    #[arg(short = 'C', value_name = "DIR", global = true)]
    directory: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long, global = true)]
    json: bool,
    /// Language: en or zh-CN
    #[arg(long, global = true, value_parser = lang)]
    lang: Option<Lang>,
    /// When the step really happened
    #[arg(long, global = true, value_name = "T", allow_hyphen_values = true)]
    at: Option<Moment>,
    /// Why it is entered late
    #[arg(long, global = true, value_name = "TEXT")]
    late_because: Option<String>,
    /// A note on the step; `-` reads standard input
    #[arg(long, global = true, value_name = "TEXT")]
    note: Option<String>,
    /// Tells a customer's person from another of the same name
    #[arg(long, global = true, value_name = "TEXT")]
    namesake: Option<String>,
    /// Write on this branch although it is not the desk's
    #[arg(long, global = true, value_name = "BRANCH")]
    branch: Option<String>,
    /// Write the note, or what was reported, in $EDITOR
    #[arg(long, global = true)]
    edit: bool,
    /// Never ask
    #[arg(long, global = true)]
    no_input: bool,
    /// Print only the id
    #[arg(short, long, global = true, action = ArgAction::SetTrue)]
    quiet: bool,
    /// Colour: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: When,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

fn lang(typed: &str) -> std::result::Result<Lang, String> {
    Lang::from_tag(typed).ok_or_else(|| "en or zh-CN".to_owned())
}

/// Runs docket with these arguments.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let environment = Environment::read();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    match complete::answered(command, &arguments, &environment.directory) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(_) => return ExitCode::FAILURE,
    }
    let in_json = in_json(&arguments);
    let read = input::with_standard_input(help_first(arguments));
    let cli = match read.map(|words| Cli::read(&words)) {
        Ok(Ok(cli)) => cli,
        Ok(Err(error)) => return usage(&error, in_json),
        Err(error) => {
            Ui::new(AnswerFormat::Human, Lang::En).error(&error);
            return ExitCode::from(error.status());
        }
    };
    let ui = ui(&cli, &environment);
    match answer(cli, environment, &ui) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            ui.error(&error);
            ExitCode::from(error.status())
        }
    }
}

impl Cli {
    fn read(arguments: &[OsString]) -> std::result::Result<Self, clap::Error> {
        let mut command = as_needed(arguments);
        let mut said = command.try_get_matches_from_mut(arguments).map_err(|error| {
            let help = error.kind() == ErrorKind::DisplayHelp;
            let shown = || self::command().try_get_matches_from(arguments).err();
            help.then(shown).flatten().unwrap_or(error)
        })?;
        let mut read = || {
            let verb = said.remove_subcommand().and_then(|(word, mut said)| {
                VerbSpec::named(&word).map(|verb| (verb.read)(&mut said))
            });
            Ok(Self { global: Global::from_arg_matches_mut(&mut said)?, verb: verb.transpose()? })
        };
        read().map_err(|error: clap::Error| error.format(&mut command))
    }
}

/// The command line with no verb but the one that these words can mean: clap gives every verb a
/// copy of what all of them take, which would be most of the work of a short command.
fn as_needed(arguments: &[OsString]) -> clap::Command {
    let line = Global::command();
    let Some(first) = arguments.get(1) else { return line };
    match first.to_str().and_then(VerbSpec::named) {
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
    Ok(answer.status())
}

/// Does what was said; printing what came of it is left to the caller.
fn perform(cli: Cli, environment: Environment, ui: &Ui) -> Result<Box<dyn Answer>> {
    let app = App {
        wishes: wishes(&cli, &environment)?,
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
            let said = ["docket"].into_iter().chain(words.iter().map(String::as_str));
            let said: Vec<OsString> = said.map(OsString::from).collect();
            let cli = Cli::read(&said).map_err(|fault| {
                Error::Usage(Usage::NotACommand {
                    given: words.join(" "),
                    why: fault.kind().to_string(),
                })
            })?;
            let mut ui = ui(&cli, &environment);
            ui.quiet = true;
            perform(cli, environment, &ui)
        })
    }
}

/// Only here is the whole command line known, of which the manual tells.
impl Command for shell::Man {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        self.write(app, command())
    }
}

/// `docket help VERB` as `docket VERB --help`; `docket help procedure` is a command of its own.
fn help_first(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_some_and(|word| word == "help") {
        match arguments.get(2).and_then(|word| word.to_str()) {
            Some("procedure" | "findings") => {}
            Some(_) => {
                arguments.remove(1);
                arguments.push("--help".into());
            }
            None => arguments[1] = "--help".into(),
        }
    }
    arguments
}

/// True where the words ask for an answer in JSON, although they may not make sense otherwise.
fn in_json(arguments: &[OsString]) -> bool {
    let mut words = arguments.iter().take_while(|word| *word != "--");
    words.any(|word| word == "--json" || word == "--jsonl")
}

/// Help and version are answers; everything else is a usage error.
fn usage(error: &clap::Error, in_json: bool) -> ExitCode {
    let answers = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if in_json && !answers {
        let said = error.to_string();
        let why = said.split("\n\n").next().unwrap_or(&said);
        let why = why.strip_prefix("error: ").unwrap_or(why).to_owned();
        Ui::new(AnswerFormat::Json, Lang::En).error(&Error::Usage(Usage::NotUnderstood { why }));
    } else {
        // A closed pipe is nobody's error.
        let _ = error.print();
    }
    if answers { ExitCode::SUCCESS } else { ExitCode::from(2) }
}

/// The note as said, or as written in an editor; `open` has its own text to write.
fn note(cli: &Cli, environment: &Environment) -> Result<Option<String>> {
    let global = &cli.global;
    let own = matches!(cli.verb, Some(Verb::Open(_) | Verb::Remark(_)));
    if global.edit && !own {
        return input::written(environment, global.note.as_deref().unwrap_or_default()).map(Some);
    }
    Ok(global.note.clone())
}

fn wishes(cli: &Cli, environment: &Environment) -> Result<GlobalOptions> {
    let global = &cli.global;
    Ok(GlobalOptions {
        directory: global.directory.clone(),
        lang: global.lang,
        at: global.at,
        late_because: global.late_because.clone(),
        note: note(cli, environment)?,
        branch: global.branch.clone(),
        namesake: global.namesake.clone(),
        edit: global.edit,
    })
}

fn ui(cli: &Cli, environment: &Environment) -> Ui {
    let global = &cli.global;
    let own = match &cli.verb {
        Some(Verb::List(list)) => list.shape(),
        _ => None,
    };
    let shape = own.unwrap_or(if global.json { AnswerFormat::Json } else { AnswerFormat::Human });
    let color = match global.color {
        When::Auto => Color::Auto,
        When::Always => Color::Always,
        When::Never => Color::Never,
    };
    let styled = |terminal: bool| match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !environment.no_color && !environment.dumb,
    };
    let spoken = environment.locale.as_deref().and_then(Lang::from_tag);
    let mut ui = Ui::new(shape, global.lang.or(spoken).unwrap_or_default());
    ui.quiet = global.quiet;
    ui.styled = styled(environment.stdout_is_terminal) && shape == AnswerFormat::Human;
    ui.styled_errors = styled(environment.stderr_is_terminal);
    ui.interactive = environment.interactive && !global.no_input && shape == AnswerFormat::Human;
    ui.width = width(environment);
    ui
}

/// Columns of the terminal; wide where there is none, so that nothing is cut in a pipe.
fn width(environment: &Environment) -> u16 {
    let terminal = || terminal_size::terminal_size().map(|(width, _)| width.0);
    match environment.columns {
        Some(columns) => columns,
        None if environment.stdout_is_terminal => terminal().unwrap_or(80),
        None => 400,
    }
    .max(40)
}

/// The command line as clap knows it, for help and tests.
pub fn command() -> clap::Command {
    let mut command = with_every_verb(Global::command());
    command.build();
    command
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What clap says to these words.
    fn said(mut line: clap::Command, words: &[&str]) -> String {
        let words = ["docket"].iter().chain(words);
        line.try_get_matches_from_mut(words).map_or_else(|why| why.to_string(), |_| String::new())
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
