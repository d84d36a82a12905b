//! `docket hook`: git hooks that refuse what would fail the audit.

mod pushed;

use std::{fs, io, os::unix::fs::PermissionsExt, path::Path};

use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;

use self::pushed::{judge, judge_apart};

use crate::{
    answers::{
        findings::{FindingFacts, Findings},
        rules::judged,
    },
    app::{App, input},
    arguments::findings::{FailOn, FindingFormat},
    commands::Command,
    domain::{
        analysis::finding::{Finding, FindingCode},
        base::zone::Zone,
    },
    error::{Error, IoPlace, Result},
    store::{Store, files, layout, view::Overlay},
    ui::{answer::Answer, terminal::Terminal},
    words::message::Message,
};

#[derive(Args, Debug)]
pub struct HookCommand {
    #[command(subcommand)]
    what: HookSubcommand,
}

#[derive(Debug, Subcommand)]
enum HookSubcommand {
    Install(Install),
    Run(RunHook),
}

#[derive(Args, Debug)]
struct Install {}

#[derive(Args, Debug)]
#[command(hide = true)]
struct RunHook {
    hook: Hook,
    #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// A moment at which git asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
enum Hook {
    #[value(name = "pre-receive")]
    #[serde(rename = "pre-receive")]
    Receive,
    #[value(name = "pre-push")]
    #[serde(rename = "pre-push")]
    Push,
    #[value(name = "pre-commit")]
    #[serde(rename = "pre-commit")]
    Commit,
}

impl Hook {
    /// As git calls its file.
    fn name(self) -> &'static str {
        match self {
            Self::Receive => "pre-receive",
            Self::Push => "pre-push",
            Self::Commit => "pre-commit",
        }
    }

    /// The line that a hook of one's own gets.
    fn line(self, program: &str) -> String {
        // who pushes must not say which program judges the push
        let program = match self {
            Self::Receive => format!("'{program}'"),
            Self::Push | Self::Commit => format!("\"${{DOCKET:-{program}}}\""),
        };
        format!("{program} hook run {} \"$@\"", self.name())
    }

    fn script(self, program: &str) -> String {
        format!(
            "#!/bin/sh\n# Refuses what docket audit would not pass; written by docket hook install.\n\
             exec {}\n",
            self.line(program)
        )
    }
}

/// What became of a hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Installation {
    Written,
    Already,
    /// Somebody's own is there.
    Kept,
}

/// The hooks of a repository.
#[derive(Debug, Serialize)]
struct Hooks {
    /// What they call.
    #[serde(skip)]
    program: String,
    hooks: Vec<InstalledHook>,
}

/// A hook with its file and what became of it.
#[derive(Debug, Serialize)]
struct InstalledHook {
    hook: Hook,
    path: String,
    outcome: Installation,
}

impl Command for HookCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        match self.what {
            HookSubcommand::Install(Install {}) => install(app),
            HookSubcommand::Run(run) => run.run(app),
        }
    }
}

fn install(app: &App<'_>) -> Result<Box<dyn Answer>> {
    let store = app.store()?;
    app.speak_as_in(&store);
    let folder = store.git().hooks()?;
    let wanted: &[Hook] =
        if store.is_bare() { &[Hook::Receive] } else { &[Hook::Push, Hook::Commit] };
    let mut hooks = Vec::new();
    let own = app.environment.program.as_ref().and_then(|program| program.to_str());
    let plain = |program: &&str| !program.contains(['\'', '"', '$', '`', '\\', '\n']);
    let program = own.filter(plain).unwrap_or("docket").to_owned();
    for hook in wanted {
        let path = folder.join(hook.name());
        let failed = |source| Error::Io { what: IoPlace::file(&path), source };
        let outcome = put(*hook, &path, &program).map_err(failed)?;
        hooks.push(InstalledHook { hook: *hook, path: path.display().to_string(), outcome });
    }
    Ok(Box::new(Hooks { program, hooks }))
}

fn put(hook: Hook, path: &Path, program: &str) -> io::Result<Installation> {
    match fs::read_to_string(path) {
        Ok(text) if text.contains(&format!("hook run {}", hook.name())) => {
            return Ok(Installation::Already);
        }
        Ok(_) => return Ok(Installation::Kept),
        Err(why) if why.kind() == io::ErrorKind::NotFound => {}
        Err(why) => return Err(why),
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    files::put(path, hook.script(program).as_bytes())?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    Ok(Installation::Written)
}

impl RunHook {
    fn run(&self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let store = app.store()?;
        app.speak_as_in(&store);
        let store = store.with_objects(app.environment.objects.clone())?;
        store.verify_objects();
        let mut findings = Vec::new();
        let mut commits = 0;
        match self.hook {
            Hook::Commit => return before_commit(&store, app),
            Hook::Receive | Hook::Push => {
                let lines = input::text_of(&app.environment, Path::new("-"))?;
                let pushed = lines.lines().map(|line| self.hook.pushed(&store, line));
                let pushed = pushed.collect::<Result<Vec<_>>>()?;
                let people = pushed.iter().find(|moved| moved.name == layout::PERSONS);
                if let Some(commit) = people.and_then(|people| people.new) {
                    store.know_pushed_persons(commit);
                }
                for moved in &pushed {
                    commits += judge(&store, app.clock, moved, &mut findings)?;
                }
                judge_apart(&store, app.clock, &pushed, &mut findings)?;
            }
        }
        Ok(Box::new(Findings {
            by: "audit",
            findings,
            seen: Message::HookCommits { hook: self.hook.name(), commits },
            facts: FindingFacts::Hook { hook: self.hook.name(), commits },
            form: FindingFormat::Text,
            fail_on: FailOn::Error,
            words: app.ui.words(),
        }))
    }
}

/// Looks at what the next commit would bring by hand: rules, and what docket alone writes.
fn before_commit(store: &Store, app: &App<'_>) -> Result<Box<dyn Answer>> {
    let hook = Hook::Commit.name();
    let mut findings = staged(store)?;
    let others = findings.len();
    let rules = store.policy_staged(app.environment.index.as_deref())?;
    findings.extend(adopted_by_hand(&rules));
    let seen = Message::HookStaged { hook, rules: rules.len(), others };
    findings.extend(staged_rules(store, rules, app)?);
    Ok(Box::new(Findings {
        by: "check",
        findings,
        seen,
        facts: FindingFacts::Hook { hook, commits: 0 },
        form: FindingFormat::Text,
        fail_on: FailOn::Error,
        words: app.ui.words(),
    }))
}

/// Records, contacts and archived reports that the next commit would change by hand.
fn staged(store: &Store) -> Result<Vec<Finding>> {
    let staged = store.staged()?.into_iter();
    let named = staged.map(|path| {
        let finding = Finding::of(FindingCode::HandMade).path(&path);
        match layout::record_of(&path) {
            Some(id) => finding.record(&id),
            None => finding,
        }
    });
    Ok(named.collect())
}

/// Rules that nobody adopted, among those that were.
fn adopted_by_hand(rules: &Overlay) -> Vec<Finding> {
    let written = rules.iter().filter(|(_, content)| content.is_some()).map(|(path, _)| path);
    let mut adopted: Vec<_> = written.filter(|path| layout::adopted_of(path).is_some()).collect();
    adopted.sort();
    let finding = |path: &String| {
        Finding::of(FindingCode::HandMade).path(path).expected("docket policy adopt")
    };
    adopted.into_iter().map(finding).collect()
}

/// What stands against the rules that the next commit would put in force.
fn staged_rules(store: &Store, staged: Overlay, app: &App<'_>) -> Result<Vec<Finding>> {
    if staged.is_empty() || store.git().operation_in_progress().is_some() {
        return Ok(Vec::new());
    }
    let view = store.view_of_head()?;
    let branch = view.desk().ok().flatten().map(|desk| desk.branch);
    let view = view.with_files(staged);
    let zone = view.desk().ok().flatten().and_then(|desk| Zone::named(&desk.timezone));
    let today = app.clock.now(zone.unwrap_or(Zone::UTC)).date();
    // a desk that cannot be read yet is on the branch that it is about to name
    let named = || view.desk().ok().flatten().map(|desk| desk.branch);
    let branch = branch.or_else(named).unwrap_or_default();
    Ok(judged(&view, &branch, today, app.ui.words()))
}

impl Answer for Hooks {
    fn human(&self, terminal: &Terminal) -> String {
        let line = |InstalledHook { hook, path, outcome }: &InstalledHook| {
            let path = path.clone();
            let said = |message| terminal.indented(&terminal.words.message(&message), 0);
            match outcome {
                Installation::Written => said(Message::HookWritten { path }),
                Installation::Already => said(Message::HookExists { path }),
                // a line to be copied
                Installation::Kept => {
                    let line = hook.line(&self.program);
                    terminal.words.message(&Message::HookKept { path, line }) + "\n"
                }
            }
        };
        self.hooks.iter().map(line).collect()
    }

    fn status(&self) -> u8 {
        u8::from(self.hooks.iter().any(|hook| hook.outcome == Installation::Kept))
    }
}
