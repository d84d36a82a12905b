//! The command line: what was said, and which command it means.

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand, ValueEnum, error::ErrorKind};

use crate::{
    app::{
        App, Wishes,
        clock::{Clock, Ids},
        environment::Environment,
    },
    commands::{
        Command, accept, ack, amend, board, close, confirm, contact, demo, escalate, extend, fill,
        handover, help, init, list, log, open, pend, people, phone, promise, report, resolve,
        respond, route, show, survey, tie, update,
    },
    domain::moment::Moment,
    error::{Error, Result, Usage},
    ui::{
        Color, Ui,
        answer::{Answer, Shape},
    },
    words::Lang,
};

/// The service desk of a small IT team, over a git repository
#[derive(Debug, Parser)]
#[command(
    name = "docket",
    version,
    disable_help_subcommand = true,
    after_help = "Without a command: today's board. docket help procedure shows the steps."
)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// What every command takes.
#[derive(Args, Debug)]
#[command(next_help_heading = "Everywhere")]
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
    #[arg(long, global = true, value_name = "T")]
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

macro_rules! verbs {
    ($($(#[$meta:meta])* $name:ident($command:path),)+) => {
        #[derive(Debug, Subcommand)]
        enum Verb { $($(#[$meta])* $name(Box<$command>),)+ }

        impl Verb {
            fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
                match self { $(Self::$name(command) => command.run(app),)+ }
            }
        }
    };
}

verbs! {
    Open(open::Open),
    Remark(open::RemarkCommand),
    Ack(ack::Ack),
    Route(route::Route),
    Accept(accept::Accept),
    Return(accept::Return),
    Respond(respond::Respond),
    Update(update::Update),
    Promise(promise::Promise),
    Kept(promise::Kept),
    Explain(promise::Explain),
    Pend(pend::Pend),
    Resume(pend::Resume),
    Extend(extend::Extend),
    Escalate(escalate::Escalate),
    Handover(handover::Handover),
    Takeover(handover::Takeover),
    Resolve(resolve::Resolve),
    Confirm(confirm::Confirm),
    Close(close::Close),
    Survey(survey::Survey),
    Reopen(close::Reopen),
    Cancel(close::Cancel),
    Merge(tie::Merge),
    Link(tie::Link),
    Amend(amend::Amend),
    List(list::List),
    Show(show::Show),
    Log(log::Log),
    Phone(phone::Phone),
    Contact(contact::ContactCommand),
    Report(report::Report),
    People(people::People),
    Init(init::Init),
    Demo(demo::Demo),
    Help(help::Help),
}

fn lang(typed: &str) -> std::result::Result<Lang, String> {
    Lang::from_tag(typed).ok_or_else(|| "en or zh-CN".to_owned())
}

/// Runs docket with these arguments.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let environment = Environment::read();
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
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

fn answer(cli: Cli, environment: Environment, ui: &Ui) -> Result<u8> {
    let answer = perform(cli, environment, ui)?;
    ui.answer(answer.as_ref())?;
    Ok(answer.status())
}

/// Does what was said; printing what came of it is left to the caller.
fn perform(cli: Cli, environment: Environment, ui: &Ui) -> Result<Box<dyn Answer>> {
    let app = App {
        wishes: wishes(&cli.global)?,
        clock: Clock::from(&environment)?,
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
            let said = ["docket"]
                .into_iter()
                .chain(words.iter().map(String::as_str));
            let cli = Cli::try_parse_from(said).map_err(|fault| {
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

/// Help and version are answers; everything else is a usage error.
fn usage(error: &clap::Error) -> ExitCode {
    // A closed pipe is nobody's error.
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => ExitCode::from(2),
    }
}

fn wishes(global: &Global) -> Result<Wishes> {
    Ok(Wishes {
        directory: global.directory.clone(),
        lang: global.lang,
        at: global.at,
        late_because: global.late_because.clone(),
        note: fill::maybe(global.note.as_ref())?,
        branch: global.branch.clone(),
        namesake: global.namesake.clone(),
        no_input: global.no_input,
    })
}

fn ui(cli: &Cli, environment: &Environment) -> Ui {
    let global = &cli.global;
    let own = match &cli.verb {
        Some(Verb::List(list)) => list.shape(),
        _ => None,
    };
    let shape = own.unwrap_or(if global.json {
        Shape::Json
    } else {
        Shape::Human
    });
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
    let mut ui = Ui::new(shape, global.lang.or(spoken).unwrap_or(Lang::En));
    ui.quiet = global.quiet;
    ui.styled = styled(environment.stdout_is_terminal) && shape == Shape::Human;
    ui.styled_errors = styled(environment.stderr_is_terminal);
    ui.interactive = environment.interactive && !global.no_input && shape == Shape::Human;
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
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}
