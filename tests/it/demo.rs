//! The sample desk is whole, alive at any moment, and with `--fixed` the same one every time.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::LazyLock,
    thread,
    time::Duration,
};

use docket::testing::{
    domain::{
        base::terms::{Kind, State, Term},
        history::record::Record,
    },
    store::{GitVariables, Revision, Store},
};
use tempfile::TempDir;

/// The desk that most tests look at, and what was said when it was made.
static DEMO: LazyLock<(TempDir, Output)> = LazyLock::new(|| {
    let dir = TempDir::new().expect("a directory");
    let made = demo(dir.path(), "desk", &[]);
    assert!(made.status.success(), "{made:?}");
    (dir, made)
});

fn demo(base: &Path, name: &str, variables: &[(&str, &str)]) -> Output {
    made(base, &[name, "--fixed"], variables)
}

fn made(base: &Path, words: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docket"));
    command.current_dir(base).arg("demo").args(words);
    for unset in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "DOCKET_NOW", "DOCKET_SEED"] {
        command.env_remove(unset);
    }
    command.env("HOME", base).envs(variables.iter().copied());
    command.output().expect("docket runs")
}

fn git(dir: &Path, words: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(dir).args(words);
    let output = command.output().expect("git runs");
    assert!(output.status.success(), "git {words:?}: {output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn desk() -> PathBuf {
    DEMO.0.path().join("desk")
}

fn records() -> Vec<Record> {
    let store = Store::discover(&desk(), &GitVariables::default()).expect("a repository");
    let view = store.view(&Revision::Tip, "main").expect("a desk");
    let (records, left_out) = view.records().expect("records");
    assert!(left_out.is_empty(), "{left_out:?}");
    records
}

#[test]
fn two_demos_end_in_the_same_commit_whoever_makes_them_wherever() {
    let other = TempDir::new().unwrap();
    git(other.path(), &["init", "--quiet", "--initial-branch=mine"]);
    fs::write(
        other.path().join(".gitconfig"),
        "[user]\nname = Somebody\nemail = somebody@else.example\n[commit]\ngpgsign = true\n\
         [core]\nautocrlf = true\n[init]\ndefaultBranch = trunk\n",
    )
    .unwrap();
    let before = fs::read(other.path().join(".gitconfig")).unwrap();
    let made = demo(
        other.path(),
        "elsewhere",
        &[
            ("TZ", "America/New_York"),
            ("LANG", "zh_CN.UTF-8"),
            ("GIT_AUTHOR_NAME", "Somebody"),
            ("GIT_AUTHOR_EMAIL", "somebody@else.example"),
            ("DOCKET_NOW", "2031-01-01T00:00:00Z"),
            ("DOCKET_SEED", "another"),
        ],
    );
    assert!(made.status.success(), "{made:?}");

    let head = |dir: &Path| git(dir, &["rev-parse", "HEAD"]);
    assert_eq!(head(&desk()), head(&other.path().join("elsewhere")));
    // The user's settings, and the repository that the demo lies in, are as they were.
    assert_eq!(fs::read(other.path().join(".gitconfig")).unwrap(), before);
    assert_eq!(git(other.path(), &["for-each-ref"]), "");
}

#[test]
fn every_kind_and_every_state_occurs() {
    let records = records();
    for kind in Kind::ALL {
        assert!(records.iter().any(|r| r.status.kind == *kind), "{kind}");
    }
    for state in State::ALL {
        assert!(records.iter().any(|r| r.status.state == *state), "{state}");
    }
}

#[test]
fn every_status_is_what_replaying_its_history_gives() {
    for record in records() {
        assert_eq!(record.status, record.replay(), "{}", record.id);
        assert!(record.status.set_aside.is_empty(), "{}", record.id);
    }
}

#[test]
fn git_finds_nothing_amiss() {
    assert_eq!(git(&desk(), &["status", "--porcelain"]), "");
    git(&desk(), &["fsck", "--strict"]);
}

#[test]
fn every_commit_is_by_its_actor_and_under_the_fixed_clock() {
    let format = "--format=%ae|%ce|%(trailers:key=Docket-By,valueonly,separator=)|\
                  %(trailers:key=Docket-Clock,valueonly,separator=)";
    let log = git(&desk(), &["log", format]);
    let mut by_hand = Vec::new();
    for line in log.lines() {
        let [author, committer, by, clock] = line.split('|').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        assert_eq!(author, committer, "{line}");
        // the rules are committed with plain git, which knows no clock
        if by.is_empty() {
            by_hand.push(author);
            continue;
        }
        assert_eq!(author, format!("{by}@desk.example"), "{line}");
        assert_eq!(clock, "fixed", "{line}");
    }
    assert_eq!(by_hand, ["zhang@desk.example"]);
}

#[test]
fn the_answer_is_the_board_and_how_to_go_on() {
    let said = String::from_utf8_lossy(&DEMO.1.stdout);
    assert!(said.contains("2026-11-20 16:30"), "{said}");
    assert!(said.contains("cd desk"), "{said}");
    assert_eq!(String::from_utf8_lossy(&DEMO.1.stderr), "");
}

#[test]
fn a_demo_that_is_killed_leaves_none_behind_and_the_next_is_whole() {
    let base = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_docket"));
    command.current_dir(base.path()).args(["demo", "desk", "--fixed"]).env("HOME", base.path());
    let mut killed = command.stdout(Stdio::null()).spawn().unwrap();
    while fs::read_dir(base.path()).unwrap().next().is_none() {
        assert!(killed.try_wait().unwrap().is_none(), "it made nothing");
        thread::sleep(Duration::from_millis(5));
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(!base.path().join("desk").exists());
    let made = demo(base.path(), "desk", &[]);
    assert!(made.status.success(), "{made:?}");
    assert_eq!(git(&base.path().join("desk"), &["status", "--porcelain"]), "");
}

#[test]
fn a_clock_that_ids_cannot_name_makes_no_demo() {
    let base = TempDir::new().unwrap();
    for year in ["0001", "1970", "1999", "2100", "9999"] {
        let now = format!("{year}-12-31T23:59:59Z");
        let refused = made(base.path(), &["desk"], &[("DOCKET_NOW", &now)]);
        assert_eq!(refused.status.code(), Some(3), "{refused:?}");
        let told = String::from_utf8(refused.stderr).unwrap();
        assert!(told.contains("2000 to 2099"), "{told}");
    }
    assert_eq!(fs::read_dir(base.path()).unwrap().count(), 0);
}

#[test]
fn a_directory_that_holds_anything_is_refused_and_left_alone() {
    let base = TempDir::new().unwrap();
    let mine = base.path().join("desk/mine.txt");
    fs::create_dir(base.path().join("desk")).unwrap();
    fs::write(&mine, "mine").unwrap();

    let refused = demo(base.path(), "desk", &[]);

    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(told.contains("desk is not an empty directory"), "{told}");
    assert!(told.contains("docket demo DIR"), "{told}");
    let left: Vec<_> = fs::read_dir(base.path().join("desk")).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(fs::read_to_string(mine).unwrap(), "mine");
}

#[test]
fn the_history_of_the_sample_desk_proves_itself() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docket"));
    let audited = command.arg("-C").arg(desk()).args(["audit", "--json"]).output();
    let audited = audited.expect("docket runs");
    assert!(audited.status.success(), "{audited:?}");
    let told: serde_json::Value = serde_json::from_slice(&audited.stdout).expect("JSON");
    assert_eq!(told["errors"], 0);
    assert_eq!(told["warnings"], 0);
}

/// Moments at which a demo may be made: by day and night, at a weekend, after a holiday, at the ends of a
/// month and a year, on leap days, in years that no calendar tells of.
const MOMENTS: [&str; 6] = [
    "2026-11-24T09:01:00+08:00",
    "2024-02-29T23:59:59+08:00",
    "2026-10-08T07:28:00+08:00",
    "2026-12-31T18:05:00-05:00",
    "2028-02-29T12:00:00+01:00",
    "2031-06-01T05:30:00Z",
];

#[test]
fn a_demo_made_at_any_moment_is_alive_and_proves_itself() {
    let base = TempDir::new().unwrap();
    let alive = |now: &str, nth: usize| {
        let desk = format!("desk{nth}");
        let clock = [("DOCKET_NOW", now)];
        let made = made(base.path(), &[&desk], &clock);
        assert!(made.status.success(), "{now}: {made:?}");
        assert!(!String::from_utf8_lossy(&made.stdout).contains("export"), "{now}");
        let ask = |words: &[&str]| -> serde_json::Value {
            let mut command = Command::new(env!("CARGO_BIN_EXE_docket"));
            command.current_dir(base.path().join(&desk)).args(words).arg("--json");
            command.env("HOME", base.path()).env_remove("GIT_AUTHOR_EMAIL").envs(clock);
            serde_json::from_slice(&command.output().unwrap().stdout).unwrap()
        };
        let board = ask(&[]);
        let records = |part: &str| -> BTreeSet<String> {
            let rows = board[part].as_array().unwrap().iter();
            rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect()
        };
        for part in ["late", "at_risk", "waits_for_me", "untaken"] {
            assert!(!records(part).is_empty(), "{now}: nothing is {part}: {board}");
        }
        let unfinished = board["unfinished"].as_u64().unwrap();
        assert!(records("late").len() as u64 * 2 <= unfinished, "{now}: {board}");
        assert_eq!(board["missing_year"], serde_json::Value::Null, "{now}");
        let check = ask(&["check"]);
        let grave = check["findings"].as_array().unwrap().iter();
        assert!(grave.clone().all(|finding| finding["severity"] != "error"), "{now}: {check}");
        let audit = ask(&["audit"]);
        assert_eq!(
            (&audit["errors"], &audit["warnings"]),
            (&0.into(), &0.into()),
            "{now}: {audit}"
        );
    };
    thread::scope(|scope| {
        for (nth, now) in MOMENTS.iter().enumerate() {
            scope.spawn(move || alive(now, nth));
        }
    });
}

#[test]
fn a_demo_that_ends_when_the_story_does_is_the_fixed_one() {
    let base = TempDir::new().unwrap();
    let clock = [("DOCKET_NOW", "2026-11-20T16:30:00+08:00")];
    let made = made(base.path(), &["desk"], &clock);
    assert!(made.status.success(), "{made:?}");
    let head = |dir: &Path| git(dir, &["rev-parse", "HEAD"]);
    assert_eq!(head(&base.path().join("desk")), head(&desk()));
}

#[test]
fn what_the_demo_says_to_try_works_as_it_is_printed() {
    for words in [
        &["my desk", "--lang", "en"][..],
        &["my desk", "--lang", "zh-CN"],
        &["my desk", "--lang", "zh-CN", "--fixed"],
    ] {
        let fixed = words.contains(&"--fixed");
        let base = TempDir::new().unwrap();
        let made = made(base.path(), words, &[]);
        assert!(made.status.success(), "{made:?}");
        let said = String::from_utf8(made.stdout).unwrap();
        let typed = |line: &str| {
            let place = ["  ", "cd ", "export "].iter().find_map(|begin| line.find(begin))?;
            Some(line[place..].trim_start().to_owned())
        };
        let told = said.lines().skip_while(|line| !line.contains(" git ")).skip(1);
        let printed: Vec<String> = told.filter_map(typed).collect();
        assert_eq!(printed.len(), if fixed { 6 } else { 5 }, "{said}");
        assert_eq!(printed.iter().any(|line| line.starts_with("export")), fixed, "{said}");

        let mut shell = Command::new("sh");
        let docket = Path::new(env!("CARGO_BIN_EXE_docket")).parent().unwrap();
        shell.env("HOME", base.path());
        for unset in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "DOCKET_NOW", "DOCKET_SEED"] {
            shell.env_remove(unset);
        }
        let (here, typed) = (docket.display(), printed.join("\n"));
        let script = format!("set -e\nPATH='{here}':$PATH\n{typed}\ndocket");
        let done = shell.current_dir(base.path()).args(["-c", &script]).output().unwrap();
        assert!(done.status.success(), "{printed:?}: {done:?}");
        assert_eq!(String::from_utf8_lossy(&done.stderr), "");
        // the last one said who acts from then on
        let shown = String::from_utf8(done.stdout).unwrap();
        let board = shown.rsplit_once("示例服务台 · 陈晨 · ");
        assert!(board.is_some(), "{shown}");
    }
}
