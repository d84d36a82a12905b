//! A temporary desk, and the one way to run docket at it: at a time, by a person, with words.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::OnceLock,
};

use docket::testing::{
    domain::history::contact::PersonDetails,
    store::{
        ApartAuthor, ApartChange, FileChange, GitVariables, Revision, Store, error, file, layout,
    },
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The Monday on which every test begins.
pub(crate) const DAY: &str = "2026-11-23";
/// The machine's own identity, which commits for whoever acts.
pub(crate) const MACHINE: &str = "frontdesk@example.com";

/// Who works at the desk besides zhang: id, name, role, unit.
const TEAM: [(&str, &str, &str, &str); 3] = [
    ("chen", "陈静", "agent", "desk"),
    ("li", "李雷", "engineer", "network"),
    ("wu", "Wu Gang", "engineer", "systems"),
];

/// A directory with a home, a repository and nothing of the outside.
#[derive(Debug)]
pub(crate) struct Desk {
    dir: TempDir,
}

/// A run that is being worded.
#[derive(Debug)]
pub(crate) struct Run<'d> {
    desk: &'d Desk,
    command: Command,
    input: Option<Vec<u8>>,
}

/// A run that ended, with what lay in the repository before it.
#[derive(Debug)]
pub(crate) struct Ran<'d> {
    desk: &'d Desk,
    words: Vec<OsString>,
    before: Files,
    output: Output,
}

/// Every file of the work tree, HEAD, branches and index, with their content.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Words on a command line: one text split as a shell would, or a list as it stands.
pub(crate) trait Words {
    fn words(self) -> Vec<OsString>;
}

impl Desk {
    /// A home without any repository.
    pub(crate) fn nowhere() -> Self {
        let desk = Self { dir: TempDir::new().unwrap() };
        fs::create_dir_all(desk.path("")).unwrap();
        fs::create_dir_all(desk.home()).unwrap();
        let config = format!(
            "[user]\n\tname = Front Desk\n\temail = {MACHINE}\n[init]\n\tdefaultBranch = main\n"
        );
        fs::write(desk.home().join(".gitconfig"), config).unwrap();
        desk
    }

    /// A desk of zhang alone, who leads it.
    pub(crate) fn of_zhang() -> Self {
        let desk = Self::nowhere();
        desk.at("08:00").by("zhang").run("init").succeeds();
        desk
    }

    /// A desk with zhang (leads it), chen (agent), li (network) and wu (systems).
    pub(crate) fn new() -> Self {
        static MADE: OnceLock<Files> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let desk = Self::of_zhang();
            for (id, name, role, unit) in TEAM {
                let line = format!(
                    "people add {id} --name '{name}' --email {id}@example.com --role {role} --unit {unit}"
                );
                desk.at("08:05").by("zhang").run(&line).succeeds();
            }
            let mut files = Files::new();
            gather(&desk.path(""), &|_| true, &mut files);
            let root = desk.path("");
            let relative = |path: PathBuf| path.strip_prefix(&root).unwrap().to_owned();
            files.into_iter().map(|(path, content)| (relative(path), content)).collect()
        });
        let desk = Self::nowhere();
        for folder in [".git/objects/pack", ".git/refs/tags"] {
            fs::create_dir_all(desk.path(folder)).unwrap();
        }
        for (path, content) in made {
            desk.write(path.to_str().unwrap(), content);
        }
        desk.git(["status", "--porcelain"]);
        desk
    }

    /// Loads the calendar of 2027, without which `check` notes that it is not there.
    pub(crate) fn knows_next_year(&self) {
        let file = self.home().join("2027.json");
        let days = r#"[{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]"#;
        fs::write(&file, format!(r#"{{"year": 2027, "papers": ["x"], "days": {days}}}"#)).unwrap();
        let import = format!("calendar import {}", file.display());
        self.at("08:06").by("zhang").run(&import).succeeds();
    }

    /// Another clone, of what lies at `remote`, with a home of its own, that knows who the people are.
    pub(crate) fn clone_of(remote: &Path) -> Self {
        let desk = Self::plain_clone_of(remote);
        // a star, for there may be none
        desk.git(["fetch", "-q", "origin", "refs/docket/people*:refs/docket/people*"]);
        desk
    }

    /// As [`Self::clone_of`], as git makes it: without names.
    pub(crate) fn plain_clone_of(remote: &Path) -> Self {
        let desk = Self::nowhere();
        desk.git(["clone", "-q", remote.to_str().unwrap(), "."]);
        desk
    }

    /// The same desk once more, home and all: what is done to it does nothing to this one.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self { dir: TempDir::new().unwrap() };
        let mut command = Command::new("cp");
        command.arg("-a").arg(self.dir.path().join(".")).arg(copy.dir.path());
        assert!(command.status().unwrap().success(), "{command:?}");
        copy
    }

    /// A run at a time of the first day, or at `2026-11-24 09:15`.
    pub(crate) fn at(&self, time: &str) -> Run<'_> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docket"));
        self.hermetic(&mut command);
        let now = match time.split_once(' ') {
            Some((day, time)) => format!("{day}T{time}:00+08:00"),
            None => format!("{DAY}T{time}:00+08:00"),
        };
        command.env("DOCKET_NOW", now).env("DOCKET_SEED", "test");
        Run { desk: self, command, input: None }
    }

    /// Opens the network fault that most stories are about, by chen at 09:00.
    pub(crate) fn fault(&self) -> String {
        self.at("09:00").by("chen").run(FAULT).id()
    }

    /// Opens a request for an account, by chen at 09:00.
    pub(crate) fn request(&self) -> String {
        self.at("09:00").by("chen").run(REQUEST).id()
    }

    /// Opens a fault and takes it to a state, the last step at 10:00 or before.
    pub(crate) fn fault_in(&self, state: &str) -> String {
        let id = self.fault();
        let other = if state == "merged" { self.fault() } else { String::new() };
        for (time, who, words) in way_to(state) {
            let line = words.replace("ID", &id).replace("OTHER", &other);
            self.at(time).by(who).run(&line).succeeds();
        }
        assert_eq!(self.record(&id)["status"]["state"], state);
        id
    }

    /// The record as `show --json` gives it.
    pub(crate) fn record(&self, id: &str) -> Value {
        self.at("20:00").run(&format!("show {id} --json")).json()
    }

    /// The path of the record's file in the repository.
    #[expect(clippy::unused_self, reason = "it reads as what belongs to the desk")]
    pub(crate) fn record_path(&self, id: &str) -> String {
        format!("records/2026/11/{id}.yaml")
    }

    /// A path in the repository's work tree.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.dir.path().join("desk").join(relative)
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.dir.path().join("home")
    }

    pub(crate) fn read(&self, relative: &str) -> String {
        fs::read_to_string(self.path(relative)).unwrap()
    }

    pub(crate) fn write(&self, relative: &str, content: impl AsRef<[u8]>) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Lets this clone know who these people are.
    pub(crate) fn know<'p>(&self, people: impl IntoIterator<Item = &'p PersonDetails>) {
        let file = |person: &PersonDetails| file(layout::person(&person.id), person).unwrap();
        self.keep_apart(people.into_iter().map(file).collect());
    }

    /// Lets everybody whom this clone knows be told of in other words.
    pub(crate) fn retell_people(&self, old: &str, new: &str) {
        let listed = self.git(["ls-tree", "-r", "--name-only", layout::PERSONS]);
        let file = |path: &str| {
            let text = self.git(["show", &format!("{}:{path}", layout::PERSONS)]);
            let content = Some(text.replace(old, new).into_bytes());
            FileChange { path: path.to_owned(), content }
        };
        self.keep_apart(listed.lines().map(file).collect());
    }

    /// Changes files that are kept apart from the branch.
    pub(crate) fn keep_apart(&self, files: Vec<FileChange>) {
        let store = Store::discover(&self.path(""), &GitVariables::default()).unwrap();
        let at = format!("{DAY}T09:00:00+08:00").parse().unwrap();
        let by = Some(ApartAuthor { email: MACHINE.to_owned(), at });
        let known = ApartChange { reference: layout::PERSONS.to_owned(), files, by };
        let known = || Ok::<_, error::Error>((vec![known.clone()], ()));
        store.git().write_apart(&|_| {}, known).unwrap();
    }

    /// Everybody whom this clone knows, with their customers.
    pub(crate) fn people(&self) -> Vec<Value> {
        let store = Store::discover(&self.path(""), &GitVariables::default()).unwrap();
        let view = store.view(&Revision::Tip, "main").unwrap();
        let known = view.contacts().unwrap().0.into_iter();
        let told = known.map(|contact| {
            json!({"id": contact.id, "name": contact.name(), "customer": contact.customer})
        });
        told.collect()
    }

    /// Runs git here as the machine, and gives what it prints.
    pub(crate) fn git<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> String {
        let mut command = Command::new("git");
        self.hermetic(&mut command);
        let output = command.args(words).output().unwrap();
        assert!(output.status.success(), "{command:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Commits a file with plain git, as somebody without docket would.
    pub(crate) fn commit(&self, relative: &str, content: impl AsRef<[u8]>) {
        self.write(relative, content);
        self.git(["add", relative]);
        self.git(["commit", "-q", "-m", "by hand"]);
    }

    pub(crate) fn head(&self) -> String {
        self.git(["rev-parse", "HEAD"]).trim().to_owned()
    }

    /// An audit of everything that happened here finds no error.
    #[track_caller]
    pub(crate) fn is_honest(&self) {
        self.at("2027-12-31 20:00").run("audit --json --fail-on error").succeeds();
    }

    /// What `git status` has to say; empty for a clean tree.
    pub(crate) fn status(&self) -> String {
        self.git(["status", "--porcelain"])
    }

    pub(crate) fn commits(&self) -> usize {
        let count = self.git(["rev-list", "--count", "HEAD"]);
        count.trim().parse().unwrap()
    }

    /// A trailer of the last commit.
    pub(crate) fn trailer(&self, key: &str) -> String {
        let format = format!("--format=%(trailers:key={key},valueonly)");
        self.git(["log", "-1", &format]).trim().to_owned()
    }

    fn hermetic(&self, command: &mut Command) {
        let home = self.home();
        command
            .env_clear()
            .env("HOME", &home)
            .env("GIT_CONFIG_GLOBAL", home.join(".gitconfig"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("LANG", "C.UTF-8")
            .env("TZ", "Asia/Shanghai")
            .env("PATH", path_of_programs())
            .current_dir(self.path(""));
    }

    fn files(&self) -> Files {
        let git = self.path(".git");
        let wanted = |path: &Path| match path.strip_prefix(&git) {
            Ok(inside) => inside.components().next().is_none_or(|part| {
                ["HEAD", "index", "refs"].iter().any(|kept| part.as_os_str() == *kept)
            }),
            Err(_) => true,
        };
        let mut files = Files::new();
        gather(&self.path(""), &wanted, &mut files);
        files
    }
}

impl<'d> Run<'d> {
    /// Acts as somebody: their address is git's author.
    pub(crate) fn by(self, person: &str) -> Self {
        self.env("GIT_AUTHOR_NAME", person)
            .env("GIT_AUTHOR_EMAIL", &format!("{person}@example.com"))
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs in another directory.
    pub(crate) fn in_dir(mut self, dir: impl AsRef<Path>) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Gives standard input.
    pub(crate) fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = Some(bytes.into());
        self
    }

    pub(crate) fn run(mut self, words: impl Words) -> Ran<'d> {
        let words = words.words();
        let before = self.desk.files();
        self.command
            .args(&words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = self.command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that does not read what it is given closes the pipe.
        let _ = stdin.write_all(&self.input.unwrap_or_default());
        drop(stdin);
        Ran { desk: self.desk, words, before, output: child.wait_with_output().unwrap() }
    }

    /// Another program in the surroundings of this run; what git commits in it is dated as the run is.
    pub(crate) fn shell(self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.command.get_envs().filter_map(|(k, v)| Some((k, v?))));
        let named = |(name, value)| (name == "DOCKET_NOW").then_some(value)?;
        if let Some(now) = self.command.get_envs().find_map(named) {
            command.env("GIT_AUTHOR_DATE", now).env("GIT_COMMITTER_DATE", now);
        }
        command.current_dir(self.desk.path(""));
        command
    }

    /// The process as it stands, for runs that go on at the same time.
    pub(crate) fn command(mut self, words: impl Words) -> Command {
        self.command.args(words.words());
        self.command
    }
}

impl Ran<'_> {
    pub(crate) fn status(&self) -> Option<i32> {
        self.output.status.code()
    }

    pub(crate) fn out(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).unwrap()
    }

    pub(crate) fn err(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).unwrap()
    }

    /// Status 0.
    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        assert_eq!(self.status(), Some(0), "{self}");
        self
    }

    /// Status 0, and the answer has these words.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        let ran = self.succeeds();
        assert!(ran.out().contains(text), "no “{text}” in {ran}");
        ran
    }

    /// Status 1, these words among the error's, and nothing changed.
    #[track_caller]
    pub(crate) fn refuses(self, text: &str) -> Self {
        self.leaves_all_alone(1, text)
    }

    /// Status 1, and these words among the answer's.
    #[track_caller]
    pub(crate) fn finds(self, text: &str) -> Self {
        assert_eq!(self.status(), Some(1), "{self}");
        assert!(self.out().contains(text), "no “{text}” in {self}");
        self
    }

    /// Status 2, these words among the error's, and nothing changed.
    #[track_caller]
    pub(crate) fn usage(self, text: &str) -> Self {
        self.leaves_all_alone(2, text)
    }

    /// Status 3, these words among the error's, and nothing changed.
    #[track_caller]
    pub(crate) fn fails(self, text: &str) -> Self {
        self.leaves_all_alone(3, text)
    }

    /// Also among the error's words.
    #[track_caller]
    pub(crate) fn and(self, text: &str) -> Self {
        assert!(self.err().contains(text), "no “{text}” in {self}");
        self
    }

    /// The answer as JSON.
    #[track_caller]
    pub(crate) fn json(self) -> Value {
        let ran = self.succeeds();
        serde_json::from_str(&ran.out()).unwrap_or_else(|why| panic!("{why} in {ran}"))
    }

    /// The id of the record that was opened.
    #[track_caller]
    pub(crate) fn id(self) -> String {
        let ran = self.succeeds();
        let found =
            ran.out().split_whitespace().find(|word| word.contains("-26")).map(str::to_owned);
        found.unwrap_or_else(|| panic!("no id in {ran}"))
    }

    #[track_caller]
    fn leaves_all_alone(self, status: i32, text: &str) -> Self {
        assert_eq!(self.status(), Some(status), "{self}");
        assert!(self.err().contains(text), "no “{text}” in {self}");
        assert_eq!(self.out(), "", "an answer beside the error: {self}");
        assert!(!self.err().contains("panicked"), "{self}");
        let after = self.desk.files();
        let changed: Vec<_> = after
            .iter()
            .filter(|(path, content)| self.before.get(*path) != Some(*content))
            .map(|(path, _)| path)
            .chain(self.before.keys().filter(|path| !after.contains_key(*path)))
            .collect();
        assert!(changed.is_empty(), "changed {changed:?} by {self}");
        self
    }
}

impl std::fmt::Display for Ran<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "docket {:?}: {}\n--- stdout\n{}--- stderr\n{}",
            self.words,
            self.output.status,
            String::from_utf8_lossy(&self.output.stdout),
            String::from_utf8_lossy(&self.output.stderr)
        )
    }
}

impl Words for &str {
    fn words(self) -> Vec<OsString> {
        let words = shlex::split(self).unwrap_or_else(|| panic!("{self}: an open quote"));
        words.into_iter().map(OsString::from).collect()
    }
}

impl Words for &String {
    fn words(self) -> Vec<OsString> {
        self.as_str().words()
    }
}

impl<const N: usize> Words for [&str; N] {
    fn words(self) -> Vec<OsString> {
        self.map(OsString::from).to_vec()
    }
}

impl Words for Vec<&str> {
    fn words(self) -> Vec<OsString> {
        self.into_iter().map(OsString::from).collect()
    }
}

pub(crate) const FAULT: &str = "open fault 'Switch on floor 3 is down' --channel hotline \
    --customer ACME --name 'Ms Wang' --phone 13812341234 --reported 'nobody can log in' \
    --need 'everybody works again' --category network --expected-by 17:00";

pub(crate) const REQUEST: &str = "open request 'Account for a new colleague' --channel email \
    --customer Globex --name 'Mr Ray' --email ray@globex.example --reported 'she starts tomorrow' \
    --need 'an account with mail' --category account";

/// Steps from `open` to a state: time, person, words.
pub(crate) fn way_to(state: &str) -> Vec<(&'static str, &'static str, &'static str)> {
    let ack = ("09:10", "chen", "ack ID --reply-by +1h");
    let route = ("09:20", "chen", "route ID --to li --reason 'beyond the desk'");
    let accept = ("09:30", "li", "accept ID --respond-by +1h");
    let resolve = (
        "09:50",
        "li",
        "resolve ID --result 'switch replaced' --cause 'power supply' --code fixed",
    );
    let confirm = ("09:55", "chen", "confirm ID --with 'Ms Wang' --satisfaction 4");
    let whole = [ack, route, accept, resolve, confirm, ("10:00", "chen", "close ID")];
    let pend = (
        "09:40",
        "li",
        "hold ID --reason waiting_customer --resume-by +2h --evidence 'asked for the key'",
    );
    let merge = ("09:10", "chen", "merge ID --into OTHER --reason 'same matter'");
    match state {
        "open" => Vec::new(),
        "acknowledged" => whole[..1].to_vec(),
        "routed" => whole[..2].to_vec(),
        "in_progress" => whole[..3].to_vec(),
        "pending" => [&whole[..3], &[pend]].concat(),
        "resolved" => whole[..4].to_vec(),
        "confirmed" => whole[..5].to_vec(),
        "closed" => whole.to_vec(),
        "cancelled" => vec![("09:10", "chen", "cancel ID --mistake 'wrong customer'")],
        "merged" => vec![merge],
        other => panic!("no state {other}"),
    }
}

/// The part of an id that people type.
pub(crate) fn tail(id: &str) -> String {
    id.rsplit('-').next().unwrap_or_default().to_lowercase()
}

/// Reads the files below a folder whose paths are wanted.
fn gather(dir: &Path, wanted: &dyn Fn(&Path) -> bool, files: &mut Files) {
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if !wanted(&path) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            gather(&path, wanted, files);
        } else if let Ok(content) = fs::read(&path) {
            files.insert(path, content);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "git is found where the test's own process finds it")]
fn path_of_programs() -> OsString {
    std::env::var_os("PATH").unwrap_or_default()
}
