//! Several clones that work, sync, pull, are killed and have wrong clocks, at random; after a last
//! quiet round all hold the same, and nothing that was acknowledged is lost.

use std::{collections::BTreeMap, process::Stdio, thread::sleep, time::Duration};

use serde_json::Value;

use crate::desk::Desk;

/// A number that a longer run sets from outside.
#[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// Not chance, only many different choices, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }
}

/// Steps that a clone may try on a record; the procedure refuses most of them most of the time.
const STEPS: &[(&str, &str)] = &[
    ("chen", "ack ID --reply-by +30h"),
    ("chen", "route ID --to li --reason 'beyond the desk'"),
    ("zhang", "route ID --to wu --reason 'his field'"),
    ("li", "accept ID --respond-by +1m --reason 'busy'"),
    ("wu", "accept ID --respond-by +1m --reason 'busy'"),
    ("li", "return ID --reason 'not ours'"),
    ("li", "respond ID --note 'on it'"),
    ("li", "update ID --note 'looked at NTH'"),
    ("chen", "update ID --note 'asked NTH' --follow-up li"),
    ("chen", "update ID --level urgent --reason 'they said so'"),
    ("li", "hold ID --reason waiting_customer --resume-by +3h --evidence 'asked for the key'"),
    ("li", "resume ID"),
    ("chen", "promise ID +2h --to 'Ms Wang' --what 'a call NTH'"),
    ("li", "resolve ID --result 'replaced NTH' --cause 'wear' --code fixed"),
    ("wu", "resolve ID --result 'replaced NTH' --cause 'wear' --code fixed"),
    ("chen", "confirm ID --with 'Ms Wang' --satisfaction 4"),
    ("zhang", "confirm ID --with 'Ms Wang' --satisfaction 1 --comment 'still dark'"),
    ("chen", "close ID"),
    ("chen", "reopen ID --reason 'again NTH'"),
    ("chen", "cancel ID --mistake 'opened twice'"),
    ("zhang", "takeover ID"),
    ("chen", "amend ID --set title='Title NTH' --reason 'clearer'"),
    ("chen", "survey record ID --satisfaction 3 --by 'Ms Wang'"),
    ("chen", "sla recompute ID"),
    ("chen", "attach ID FILE"),
    ("li", "attach ID FILE"),
    ("zhang", "attachment drop ID 1 --reason 'not theirs'"),
];

const OPEN: &str = "open fault 'Fault NTH' --channel hotline --customer ACME --name 'Ms Wang' \
    --phone 1381234NUMBER --reported 'dark NTH' --need 'light' --category network \
    --expected-by none --answer scope=one";

/// A clone with a clock that is wrong by so many minutes.
struct Clone {
    desk: Desk,
    wrong_by: i64,
    seed: String,
}

struct World {
    dice: Dice,
    clones: Vec<Clone>,
    /// Minutes since the first day's midnight.
    now: i64,
    /// Every event that a command said it had made, with its record.
    acknowledged: BTreeMap<String, String>,
    /// What is in the file that each of these events attached.
    attached: BTreeMap<String, String>,
    nth: u64,
}

impl World {
    fn new(seed: u64, clones: usize) -> Self {
        let first = Desk::new();
        first.git(["init", "-q", "--bare", "../door.git"]);
        first.git(["remote", "add", "origin", "../door.git"]);
        first.at("08:30").by("zhang").run("sync").succeeds();
        let door = first.path("../door.git").canonicalize().unwrap();
        let mut dice = Dice(seed);
        let others = (1..clones).map(|_| Desk::clone_of(&door)).collect::<Vec<_>>();
        let clones = std::iter::once(first).chain(others).enumerate();
        let clones = clones.map(|(nth, desk)| Clone {
            desk,
            wrong_by: i64::try_from(dice.roll(600)).unwrap() - 300,
            seed: format!("clone {nth}"),
        });
        let clones = clones.collect();
        Self {
            dice,
            clones,
            now: 15 * 60,
            acknowledged: BTreeMap::new(),
            attached: BTreeMap::new(),
            nth: 0,
        }
    }

    fn time(&self, clone: usize) -> String {
        let minutes = self.now + self.clones[clone].wrong_by;
        let (day, rest) = (minutes.div_euclid(1440), minutes.rem_euclid(1440));
        format!("2026-11-{:02} {:02}:{:02}", 23 + day, rest / 60, rest % 60)
    }

    fn words(&mut self, clone: usize) -> (&'static str, String) {
        let desk = &self.clones[clone].desk;
        let listed = desk.git(["ls-tree", "-r", "--name-only", "HEAD", "records"]);
        let ids: Vec<&str> = listed
            .lines()
            .filter_map(|path| path.rsplit('/').next()?.strip_suffix(".yaml"))
            .collect();
        let nth = self.nth.to_string();
        let number = format!("{:04}", self.nth % 7);
        let (who, line) = if ids.len() < 3 || self.dice.roll(12) == 0 {
            ("chen", OPEN)
        } else {
            *self.dice.pick(STEPS)
        };
        let id = if ids.is_empty() { "" } else { *self.dice.pick(&ids) };
        let file = desk.path("../attached.log");
        desk.write("../attached.log", self.content());
        let line = line.replace("FILE", file.to_str().unwrap());
        (who, line.replace("ID", id).replace("NTH", &nth).replace("NUMBER", &number))
    }

    /// What stands in a file that is attached now.
    fn content(&self) -> String {
        format!("log of step {}\n", self.nth)
    }

    /// One of the clones does something.
    fn step(&mut self) {
        self.nth += 1;
        self.now += 1;
        let clone = self.dice.roll(self.clones.len());
        let time = self.time(clone);
        match self.dice.roll(20) {
            0..12 => {
                let (who, line) = self.words(clone);
                self.told(clone, &time, who, &line);
            }
            12..15 => {
                let own = &self.clones[clone];
                let ran = own.desk.at(&time).by("zhang").env("DOCKET_SEED", &own.seed).run("sync");
                assert_eq!(ran.status(), Some(0), "step {}: {ran}", self.nth);
            }
            15 => {
                // without an identity of the desk, or where docket was killed, git may refuse
                let mut pull = self.clones[clone].desk.at(&time).by("zhang").shell("git");
                let stamp = self.stamp(clone);
                pull.env("GIT_AUTHOR_DATE", &stamp).env("GIT_COMMITTER_DATE", &stamp);
                let pulled = pull.args(["pull", "-q", "--no-edit", "origin", "main"]).output();
                assert!(pulled.is_ok());
            }
            16 => {
                let own = &self.clones[clone].desk;
                own.write(&format!("notes-{}.txt", self.clones[clone].seed), self.nth.to_string());
                let mut add = own.at(&time).by("zhang").shell("git");
                let _ = add.args(["add", "--", "notes-*"]).output();
                let mut commit = own.at(&time).by("zhang").shell("git");
                let stamp = self.stamp(clone);
                commit.env("GIT_AUTHOR_DATE", &stamp).env("GIT_COMMITTER_DATE", &stamp);
                let _ = commit.args(["commit", "-q", "-m", "notes"]).output();
            }
            _ => {
                let (who, line) = if self.dice.roll(3) == 0 {
                    ("zhang", "sync".to_owned())
                } else {
                    self.words(clone)
                };
                let own = &self.clones[clone];
                let run = own.desk.at(&time).by(who).env("DOCKET_SEED", &own.seed);
                let mut command = run.command(&*line);
                command.arg("--json");
                command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
                let mut child = command.spawn().unwrap();
                sleep(Duration::from_micros(self.dice.roll(30_000).try_into().unwrap()));
                let _ = child.kill();
                let output = child.wait_with_output().unwrap();
                if output.status.success() && line != "sync" {
                    self.note(&serde_json::from_slice(&output.stdout).unwrap());
                }
            }
        }
    }

    fn stamp(&self, clone: usize) -> String {
        format!("{}:00+08:00", self.time(clone).replace(' ', "T"))
    }

    fn told(&mut self, clone: usize, time: &str, who: &str, line: &str) {
        let own = &self.clones[clone];
        let seeded = own.desk.at(time).by(who).env("DOCKET_SEED", &own.seed);
        let ran = seeded.run(&*format!("{line} --json"));
        let refused = matches!(ran.status(), Some(1 | 2));
        assert!(refused || ran.status() == Some(0), "step {}: {ran}", self.nth);
        if !refused {
            let told: Value = serde_json::from_str(&ran.out()).unwrap();
            self.note(&told);
        }
    }

    fn note(&mut self, told: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let event = text(&told["event"]["id"]);
        if told["event"]["action"] == "attach" {
            self.attached.insert(event.clone(), self.content());
        }
        self.acknowledged.insert(event, text(&told["id"]));
    }

    /// All meet until nobody has anything new.
    fn quiet(&mut self) {
        self.now += 10;
        for _ in 0..2 {
            for clone in 0..self.clones.len() {
                let time = self.time(clone);
                self.clones[clone].desk.at(&time).by("zhang").run("sync").succeeds();
            }
        }
    }

    fn prove(&self, story: &str) {
        let first = &self.clones[0].desk;
        let tree = |desk: &Desk| desk.git(["ls-tree", "HEAD", "records", "contacts", "archive"]);
        for clone in &self.clones {
            assert_eq!(tree(&clone.desk), tree(first), "{story}");
            let status = clone.desk.status();
            let own: Vec<_> = status.lines().filter(|line| !line.contains("notes-")).collect();
            assert!(own.is_empty(), "{story}: {status}");
            let damage = clone.desk.git(["fsck", "--strict", "--no-dangling", "--no-progress"]);
            assert_eq!(damage.trim(), "", "{story}");
        }
        let kept =
            first.git(["grep", "-h", "-o", "-E", "^- id: [0-9A-Z]+", "HEAD", "--", "records"]);
        for (event, record) in &self.acknowledged {
            let there = kept.lines().filter(|line| line.ends_with(event.as_str())).count();
            assert_eq!(there, 1, "{story}: event {event} of {record}");
        }
        self.prove_files(story);
        let audit = first.at("2027-12-31 20:00").run("audit --fail-on error --json");
        let told: Value = serde_json::from_str(&audit.out()).unwrap();
        let errors = told["findings"].as_array().unwrap().iter();
        let errors: Vec<_> = errors.filter(|finding| finding["severity"] == "error").collect();
        assert!(errors.is_empty(), "{story}: {errors:#?}");
        let check = first.at("2027-12-31 20:00").run("check --json");
        let told: Value = serde_json::from_str(&check.out()).unwrap();
        let broken: Vec<_> = told["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| matches!(finding["code"].as_str(), Some("A01" | "A02" | "A31")))
            .collect();
        assert!(broken.is_empty(), "{story}: {broken:?}");
    }
}

impl World {
    /// Every file that was attached is had from any clone, unless it was dropped.
    fn prove_files(&self, story: &str) {
        let (first, last) = (&self.clones[0].desk, &self.clones[self.clones.len() - 1].desk);
        for (event, content) in &self.attached {
            let id = &self.acknowledged[event];
            let files = format!("attachment list {id} --json");
            let told = first.at("2027-12-31 20:00").run(&*files).json();
            let files = told["attachments"].as_array().unwrap();
            let file = files.iter().find(|file| file["event"] == **event);
            let file = file.unwrap_or_else(|| panic!("{story}: {event} of {id} is gone: {told}"));
            if file["dropped_at"].is_null() {
                let get = format!("attachment get {id} {} -o -", file["number"]);
                for desk in [first, last] {
                    let got = desk.at("2027-12-31 20:00").run(&*get).succeeds().out();
                    assert_eq!(got, *content, "{story}: {event} of {id}");
                }
            }
        }
    }
}

#[test]
fn clones_that_do_anything_at_random_come_to_the_same_and_lose_nothing() {
    let steps = setting("DOCKET_TEST_STEPS", 150);
    let seed = setting("DOCKET_TEST_SEED", 0x5eed);
    let clones = usize::try_from(setting("DOCKET_TEST_CLONES", 3)).unwrap();
    let story = format!("DOCKET_TEST_SEED={seed} DOCKET_TEST_STEPS={steps}");
    let mut world = World::new(seed, clones);
    for nth in 1..=steps {
        world.step();
        if nth % 500 == 0 {
            world.quiet();
            world.prove(&story);
        }
    }
    world.quiet();
    world.prove(&story);
    assert!(!world.attached.is_empty(), "{story}: nothing was attached");
    assert!(world.acknowledged.len() > 20, "{story}: {} steps", world.acknowledged.len());
}
