//! `docket demo`: a sample desk, made in the same way as every desk.

mod days;
mod story;

use std::{
    collections::BTreeMap,
    fs::{self, Permissions},
    io::{self, ErrorKind},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use clap::Args;
use serde::Serialize;
use tempfile::TempDir;

use self::story::{DemoStory, StoryStep};
use crate::{
    app::{App, environment::Environment},
    domain::base::time::Timestamp,
    error::{Error, IoPlace, Result, usage::Usage},
    store::{
        Store,
        git::{Change, FileChange, Identity, variables::GitVariables},
        layout,
        view::View,
    },
    ui::{answer::Answer, terminal::Terminal, typed::typed_path},
    words::{Lang, label::Label, message::Message},
};

/// The people of the story who have a shell; their addresses are their ids at desk.example.
const PEOPLE: [(&str, &str); 5] =
    [("zhang", "张伟"), ("chen", "陈晨"), ("li", "李娜"), ("wu", "吴强"), ("anna", "Anna Schmidt")];
/// As whom the user goes on.
const USER: &str = "zhang";
/// As whom the user may go on as well.
const OTHER: &str = "chen";
/// From it the ids follow, so that every demo has the same ones.
const SEED: &str = "docket demo";
/// A matter of the story that shows much, in each language.
const WORTH_SHOWING: [(&str, &str); 2] = [("en", "printer"), ("zh-CN", "outage")];
/// A matter of the story that nobody has acknowledged.
const TO_ACKNOWLEDGE: &str = "tills";

/// What is committed with plain git, as a team lead does with rules.
const COMMIT: &str = "commit";
const AGREEMENTS: &[u8] = include_bytes!("files/agreements.yaml");

/// Files that people of the story attach.
const FILES: [(&str, &[u8]); 4] = [
    ("gateway.log", include_bytes!("files/gateway.log")),
    ("rollers.jpg", include_bytes!("files/rollers.jpg")),
    ("scan-preview.png", include_bytes!("files/scan-preview.png")),
    ("parcel.eml", include_bytes!("files/parcel.eml")),
];

#[derive(Args, Debug)]
pub struct Demo {
    dir: Option<PathBuf>,
    #[arg(long)]
    fixed: bool,
}

/// Runs a command with these words in these surroundings, without a word to the terminal.
pub type Perform<'p> = &'p dyn Fn(Environment, &[String]) -> Result<Box<dyn Answer>>;

#[derive(Serialize)]
struct DemoDesk {
    dir: String,
    /// How many records it has.
    records: usize,
    commits: usize,
    /// Where it is, as one types it.
    #[serde(skip)]
    way: Option<String>,
    /// The time at which it stands still, if it does.
    #[serde(skip)]
    clock: Option<String>,
    #[serde(skip)]
    to_try: Vec<String>,
    board: Box<dyn Answer>,
}

impl Demo {
    /// Makes the desk in a fresh directory, and looks at its board.
    ///
    /// # Errors
    /// A directory that is not empty, or that cannot be written.
    pub fn make(&self, app: &App<'_>, perform: Perform<'_>) -> Result<Box<dyn Answer>> {
        let dir = self.dir.clone().unwrap_or_else(|| "docket-demo".into());
        let shown = app.shown(&dir);
        let dir = app.directory().join(dir);
        if let Ok(store) = Store::discover(&dir, &app.environment.git.clone().without_place()) {
            app.speak_as_in(&store);
        }
        let lang = app.options.lang.unwrap_or_default();
        let story = if self.fixed {
            DemoStory::fixed()
        } else {
            DemoStory::until(app.clock.now(story::zone()))?
        };
        let now = story.now;
        empty(&dir, &shown)?;
        let made = place_for(&dir, &shown)?;
        let place = made.as_ref().map_or(dir.as_path(), TempDir::path);
        found(place, now, app.environment.program.as_deref())?;

        let files = laid_out(&shown)?;
        let progress = app.ui.progress(app.ui.words().label(Label::SampleDesk));
        let mut records = BTreeMap::new();
        for (nth, step) in story.steps.iter().enumerate() {
            progress.show(nth, story.steps.len());
            let mut words = spelled(step, &records, files.path());
            if words[0] == "init" {
                words.extend(["--lang", lang.code()].map(str::to_owned));
            }
            if words[0] == COMMIT {
                agree(place, step)?;
                continue;
            }
            let answer = perform(surroundings(place, &step.person, step.at), &words)?;
            if let ("open" | "remark", Some(id)) = (words[0].as_str(), answer.brief()) {
                records.insert(step.thread.clone(), id.trim_end().to_owned());
            }
            if let Some(complaint) = answer.json()["complaint"].as_str() {
                records.insert(format!("{}!", step.thread), complaint.to_owned());
            }
        }

        drop(progress);
        if let Some(made) = made {
            fs::rename(made.path(), &dir).map_err(|source| unusable(&shown, source))?;
            let _ = made.keep();
        }

        let lang = app.spoken().unwrap_or(lang);
        app.ui.speak(lang);
        Ok(Box::new(DemoDesk {
            way: typed_path(&shown),
            clock: self.fixed.then(|| now.to_string()),
            to_try: to_try(&story, &records, lang),
            dir: shown.display().to_string(),
            records: records.len(),
            commits: story.steps.len(),
            board: perform(surroundings(&dir, USER, now), &[])?,
        }))
    }
}

/// What is worth trying there: a step, a look, a report.
fn to_try(story: &DemoStory, records: &BTreeMap<String, String>, lang: Lang) -> Vec<String> {
    let tail = |thread| {
        let id: Option<&String> = records.get(thread);
        id.and_then(|id| id.rsplit('-').next()).unwrap_or("last").to_lowercase()
    };
    let shown = WORTH_SHOWING.iter().find(|(spoken, _)| *spoken == lang.code());
    let since = story.steps.first().map_or(story.now, |step| step.at).date();
    vec![
        format!("docket ack {} +30m", tail(TO_ACKNOWLEDGE)),
        format!("docket show {}", tail(shown.map_or("", |(_, thread)| thread))),
        format!("docket report service --from {since} --format html -o service.html"),
    ]
}

/// Refuses a directory that holds anything.
fn empty(dir: &Path, shown: &Path) -> Result<()> {
    let unreadable = |source| unusable(shown, source);
    match fs::read_dir(dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => Err(not_empty(shown)),
        Err(error) => Err(unreadable(error)),
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(Err(error)) => Err(unreadable(error)),
            Some(Ok(_)) => Err(not_empty(shown)),
        },
    }
}

/// Where a desk is made that is there once it is whole; `None` where its directory is there already.
fn place_for(dir: &Path, shown: &Path) -> Result<Option<TempDir>> {
    if dir.is_dir() {
        return Ok(None);
    }
    let around = dir.parent().unwrap_or(dir);
    fs::create_dir_all(around).map_err(|source| unusable(shown, source))?;
    let made = tempfile::Builder::new()
        .prefix(".docket-demo-")
        .permissions(Permissions::from_mode(0o777))
        .tempdir_in(around);
    made.map(Some).map_err(|source| unusable(shown, source))
}

fn unusable(dir: &Path, source: io::Error) -> Error {
    Error::Io { what: IoPlace::file(dir), source }
}

fn not_empty(dir: &Path) -> Error {
    Error::Usage(Usage::NotEmpty { dir: dir.display().to_string() })
}

/// A repository of its own, even inside another one, whose settings are all that the user needs
/// to go on there; git merges in it by `program`.
fn found(dir: &Path, now: Timestamp, program: Option<&Path>) -> Result<()> {
    let store = Store::create(dir, "main", &surroundings(dir, USER, now).git, program)?;
    let (name, email) = called(USER);
    // With signatures the commits would differ each time.
    for (key, value) in
        [("user.name", name), ("user.email", email.as_str()), ("commit.gpgsign", "false")]
    {
        store.git().set_config(key, value)?;
    }
    Ok(())
}

/// Commits the agreements as the person of the step, who leads the desk.
fn agree(dir: &Path, step: &StoryStep) -> Result<()> {
    let store = Store::discover(dir, &surroundings(dir, &step.person, step.at).git)?;
    let (name, email) = called(&step.person);
    let author = Identity { name: name.to_owned(), email };
    let file =
        FileChange { path: layout::AGREEMENTS.to_owned(), content: Some(AGREEMENTS.to_vec()) };
    let change = Change {
        files: vec![file],
        apart: Vec::new(),
        message: format!("{}\n", step.words[1..].join(" ")),
        committer: author.clone(),
        author,
        at: step.at,
        done_at: None,
        sign: false,
    };
    let decide = |_: &View<'_>| Ok::<_, Error>((Some(change.clone()), ()));
    store.write("main", &|_| (), decide)?;
    Ok(())
}

/// The name and the address of a person of the story.
fn called(person: &str) -> (&str, String) {
    let name = PEOPLE.iter().find(|(id, _)| *id == person).map_or(person, |(_, name)| name);
    (name, format!("{person}@desk.example"))
}

/// What surrounds a person of the story at a time; nothing of the user's own.
fn surroundings(dir: &Path, person: &str, now: Timestamp) -> Environment {
    let (name, email) = called(person);
    let variable = |variable: &str| match variable {
        "HOME" => Some(dir.into()),
        "GIT_CONFIG_GLOBAL" => Some("/dev/null".into()),
        "GIT_CONFIG_NOSYSTEM" => Some("1".into()),
        "GIT_AUTHOR_NAME" | "GIT_COMMITTER_NAME" => Some(name.into()),
        "GIT_AUTHOR_EMAIL" | "GIT_COMMITTER_EMAIL" => Some(email.clone().into()),
        _ => None,
    };
    Environment {
        directory: dir.to_owned(),
        git: GitVariables::of(variable, None),
        now: Some(now.to_string()),
        seed: Some(SEED.to_owned()),
        ..Environment::default()
    }
}

/// The files of the story, where they can be attached from while it is told.
fn laid_out(shown: &Path) -> Result<TempDir> {
    let folder = tempfile::tempdir().map_err(|source| unusable(shown, source))?;
    for (name, content) in FILES {
        let written = fs::write(folder.path().join(name), content);
        written.map_err(|source| unusable(shown, source))?;
    }
    Ok(folder)
}

/// The words of a step with the ids that its names stand for: `@` for the thread's own record, `@NAME!` for
/// the complaint that another thread's record opened; and with the place of files, `%NAME`.
fn spelled(step: &StoryStep, records: &BTreeMap<String, String>, files: &Path) -> Vec<String> {
    let spelled = |word: &String| match (word.strip_prefix('@'), word.strip_prefix('%')) {
        (Some(""), _) => records.get(&step.thread).unwrap_or(word).clone(),
        (Some(name), _) => records.get(name).unwrap_or(word).clone(),
        (None, Some(name)) => files.join(name).display().to_string(),
        (None, None) => word.clone(),
    };
    step.words.iter().map(spelled).collect()
}

impl Answer for DemoDesk {
    fn human(&self, terminal: &Terminal) -> String {
        let (person, _) = called(USER);
        let (other, email) = called(OTHER);
        let made = Message::DemoMade {
            dir: self.dir.clone(),
            person: person.to_owned(),
            records: self.records,
            commits: self.commits,
        };
        let there = self.way.clone().map(|dir| Message::GoThere { dir });
        let clock = self.clock.clone().map(|now| Message::DemoClock { now });
        let tries = Message::ToTry {
            commands: self.to_try.clone(),
            other: other.to_owned(),
            switch: format!("git config user.email {email}"),
        };
        let lines = [Some(made), there, clock, Some(tries)].into_iter().flatten();
        let lines = lines.map(|line| terminal.words.message(&line) + "\n");
        format!("{}\n{}", self.board.human(terminal), lines.collect::<String>())
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.dir))
    }
}
