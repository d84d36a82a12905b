//! `docket init`: makes a directory or a git repository a desk.

mod place;

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::Datelike;
use clap::Args;
use serde::Serialize;

use self::place::{TakenPlace, ZONE_FLAG};
use crate::{
    app::{App, machine::IN_CHINA},
    audit::{beginning, message},
    commands::Command,
    domain::{
        base::{country::calling_code, ids::PersonId, terms::FixedClock, text, zone::Zone},
        deciding::{policy::people::Person, roster},
    },
    error::{Error, Result},
    store::{
        Store,
        defaults::{self, DeskOptions},
        error::Error as StoreError,
        git::{
            Change, FileChange, Head, Identity as Author, error::Error as GitError,
            identity::CommitRole, variables::GitVariables,
        },
        layout,
    },
    ui::{answer::Answer, terminal::Terminal, typed::typed_path},
    words::message::Message,
};

#[derive(Args, Debug, Default)]
pub struct Init {
    pub dir: Option<PathBuf>,
    #[arg(long)]
    pub name: Option<String>,
    #[arg(long)]
    pub organisation: Option<String>,
    #[arg(long, value_name = "ZONE")]
    pub timezone: Option<String>,
    #[arg(long, value_name = "COUNTRY")]
    pub country: Option<String>,
    #[arg(long, value_name = "PREFIX")]
    pub prefix: Option<String>,
}

/// A desk that was made, or was there.
#[derive(Debug, Serialize)]
pub struct NewDesk {
    dir: String,
    commit: Option<String>,
    person: PersonId,
    /// Where it is, if it was made.
    #[serde(flatten)]
    place: Option<Place>,
    /// The directory as it was named; none where the desk is in the present one.
    #[serde(skip)]
    elsewhere: Option<String>,
}

/// Where a desk is.
#[derive(Clone, Debug, Serialize)]
struct Place {
    timezone: String,
    /// What named it.
    timezone_from: Option<&'static str>,
    language: &'static str,
    /// As two letters, where it is known.
    country: Option<String>,
    /// The years whose holidays are known.
    holidays: Vec<i32>,
    #[serde(skip)]
    year: i32,
}

impl Command for Init {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        Ok(Box::new(self.make(app)?))
    }
}

/// Refuses a second desk beside the one that lies on another branch, here or at the remote.
fn refuse_second(store: &Store, branch: &str) -> Result<()> {
    let others = store.git().branches_with(layout::DESK)?;
    if others.is_empty() || others.iter().any(|(_, own)| own == branch) {
        return Ok(());
    }
    let (dir, branch) = (store.root().display().to_string(), branch.to_owned());
    Err(StoreError::NotADesk { dir, branch, others, is_bare: store.is_bare() }.into())
}

impl Init {
    /// Makes the desk; changes nothing where there is one.
    ///
    /// # Errors
    /// No identity, a directory that cannot be written, files of another project where a desk would take
    /// them for its own, or a desk on another branch.
    pub fn make(&self, app: &App<'_>) -> Result<NewDesk> {
        let dir = match &self.dir {
            Some(dir) => app.directory().join(dir),
            None => app.directory(),
        };
        let variables = match &self.dir {
            // git takes a folder that is named for what is meant as well
            Some(_) => app.environment.git.clone().without_place(),
            None => app.environment.git.clone(),
        };
        let found = found(&dir, &variables)?;
        let around = dir.ancestors().find(|place| place.is_dir()).unwrap_or(&dir);
        let outer = self.dir.as_ref().and_then(|_| self::found(around, &variables).ok().flatten());
        if let Some(outer) = outer.filter(|store| !is_root(store, &dir)) {
            let dir = outer.root().display().to_string();
            app.ui.remark(&app.ui.words().message(&Message::InsideAnother { dir }));
        }
        let found = found.filter(|store| self.dir.is_none() || is_root(store, &dir));
        let branch = match found.as_ref().map(|store| store.git().head_branch()).transpose()? {
            None => "main".to_owned(),
            Some(Head::Branch { name, .. }) => name,
            Some(Head::Detached { commit }) => {
                return Err(StoreError::Detached { commit: commit.to_string(), desk: None }.into());
            }
        };
        if let Some(store) = &found {
            refuse_second(store, &branch)?;
        }
        let place = self.place(app, found.as_ref(), &branch)?;
        if let Some(store) = found {
            return self.fill(app, &store, &branch, place);
        }
        // whom git names in a repository may depend on where it is
        let (existed, program) = (dir.exists(), app.environment.program.as_deref());
        let store = Store::create(&dir, &branch, &variables.without_place(), program)?;
        let filled = self.fill(app, &store, &branch, place);
        if filled.is_err() && store.head_commit()?.is_none() {
            store.discard()?;
            if !existed {
                // somebody else may have put something there
                let _ = fs::remove_dir(&dir);
            }
        }
        filled
    }

    /// Makes the first commit of a desk.
    fn fill(
        &self,
        app: &App<'_>,
        store: &Store,
        branch: &str,
        place: TakenPlace,
    ) -> Result<NewDesk> {
        let git = store.git();
        let (known, committer) =
            (git.identity(CommitRole::Author)?, git.identity(CommitRole::Committer)?);
        let TakenPlace { timezone, timezone_from, country } = place;
        let (options, founder) = self.options(app, branch, (timezone, country.as_deref()), &known);
        let author = Author { name: founder.name, email: known.email };
        let person = founder.id;
        let sign = store.switch("commit.gpgsign")?;
        let (commit, ()) = store.write(branch, &|_| {}, |view| {
            if let Some(desk) = view.desk()? {
                app.speak_as(&desk);
                return Ok::<_, Error>((None, ()));
            }
            let zone = Zone::named(&options.timezone).unwrap_or(Zone::UTC);
            let now = app.clock.now(zone);
            let paths = beginning::in_the_way(view)?;
            if !paths.is_empty() {
                return Err(StoreError::Taken { paths }.into());
            }
            let mut files = defaults::files(&options)?;
            keep_attributes(&mut files, view.text(layout::ATTRIBUTES)?);
            let change = Change {
                apart: Vec::new(),
                files,
                message: message::of_desk(
                    message::BEGINNING,
                    "init",
                    person.as_str(),
                    now,
                    app.clock.is_fixed(),
                ),
                committer: committer.clone(),
                author: author.clone(),
                at: now,
                done_at: None,
                sign,
            };
            Ok((Some(change), ()))
        })?;
        let commit = commit.map(|commit| commit.to_string());
        if let Some(commit) = &commit {
            app.ui.committed(commit);
        }
        if let Some(program) = &app.environment.program {
            store.git().install_merge_driver(program, &layout::RULES)?;
        }
        let place = commit.is_some().then(|| {
            Ok(Place {
                timezone: options.timezone.clone(),
                timezone_from,
                language: options.locale,
                country: country.clone(),
                holidays: defaults::years(&options)?,
                year: app
                    .clock
                    .now(Zone::named(&options.timezone).unwrap_or(Zone::UTC))
                    .date()
                    .year(),
            })
        });
        let place = place.transpose().map_err(|why: StoreError| Error::from(why))?;
        let elsewhere = self.dir.as_ref().and_then(|dir| typed_path(&app.shown(dir)));
        Ok(NewDesk { dir: store.root().display().to_string(), commit, person, place, elsewhere })
    }

    fn prefix(&self) -> &str {
        self.prefix.as_deref().unwrap_or("R")
    }

    fn options(
        &self,
        app: &App<'_>,
        branch: &str,
        (timezone, country): (String, Option<&str>),
        known: &Author,
    ) -> (DeskOptions, Person) {
        let words = app.ui.words();
        let zone = Zone::named(&timezone).unwrap_or(Zone::UTC);
        let today = app.clock.now(zone).date();
        let person = roster::founder(person_name(known), &known.email, today);
        let line = |given: &Option<String>, fallback: &str| {
            let given = given.as_deref().unwrap_or(fallback);
            text::tidy_line(given, 200).unwrap_or_else(|_| fallback.to_owned())
        };
        let options = DeskOptions {
            name: line(&self.name, words.desk_name()),
            organisation: line(&self.organisation, ""),
            timezone,
            country: country.filter(|it| calling_code(it).is_some()).map(str::to_owned),
            in_china: country == Some(IN_CHINA),
            locale: words.lang().code(),
            unit_names: words.unit_names(),
            prefix: self.prefix().to_owned(),
            branch: branch.to_owned(),
            fixed_clock: if app.clock.is_fixed() {
                FixedClock::Allowed
            } else {
                FixedClock::Forbidden
            },
            people: vec![person.clone()],
            effective_on: today.to_string(),
        };
        (options, person)
    }
}

/// The repository that is there already.
fn found(dir: &Path, variables: &GitVariables) -> Result<Option<Store>> {
    match Store::discover(dir, variables) {
        Ok(store) => Ok(Some(store)),
        Err(StoreError::Git(GitError::NotARepository { .. })) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// True for the repository's own directory: one that is named inside of another gets its own desk.
fn is_root(store: &Store, dir: &Path) -> bool {
    match (store.root().canonicalize(), dir.canonicalize()) {
        (Ok(root), Ok(dir)) => root == dir,
        (Err(_), _) | (_, Err(_)) => false,
    }
}

/// Attributes that a repository had stay; ours come after them.
fn keep_attributes(files: &mut [FileChange], own: Option<String>) {
    let Some(mut own) = own else { return };
    for file in files.iter_mut().filter(|file| file.path == layout::ATTRIBUTES) {
        if !own.is_empty() && !own.ends_with('\n') {
            own.push('\n');
        }
        own += &String::from_utf8_lossy(file.content.as_deref().unwrap_or_default());
        file.content = Some(own.clone().into_bytes());
    }
}

/// The name that git knows somebody by, where the roster takes it.
fn person_name(known: &Author) -> String {
    // other versions of git drop more of it
    roster::name(&text::as_author(&known.name)).unwrap_or_else(|_| known.email.clone())
}

impl Answer for NewDesk {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let dir = self.dir.clone();
        if self.commit.is_none() {
            return terminal.indented(&words.message(&Message::DeskExists { dir }), 0);
        }
        let message = Message::DeskCreated { dir, person: self.person.to_string() };
        let place = self.place.clone().map(|place| Message::DeskPlace {
            timezone: place.timezone,
            from: place.timezone_from,
            language: place.language,
            country: place.country,
            holidays: place.holidays,
            year: place.year,
        });
        let there = self.elsewhere.clone().map(|dir| Message::GoThere { dir });
        let from = self.place.as_ref().and_then(|place| place.timezone_from);
        let has_holidays = self.place.as_ref().is_some_and(|place| !place.holidays.is_empty());
        let otherwise = from.filter(|from| *from != ZONE_FLAG);
        let otherwise = otherwise.map(|_| Message::PlaceOtherwise { has_holidays });
        let steps = [Some(Message::FirstCall), Some(Message::AloneInRoster)];
        let lines = [Some(message), place, otherwise, there].into_iter().chain(steps).flatten();
        lines.map(|line| terminal.indented(&words.message(&line), 0)).collect()
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.dir))
    }
}
