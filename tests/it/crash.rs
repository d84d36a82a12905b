//! Programs that are cut off while they write: what was acknowledged is there, what was not is
//! there whole or not at all, and the next command puts right what is left.

use std::{
    process::{Command, Output, Stdio},
    thread::sleep,
    time::Duration,
};

use crate::desk::Desk;

/// What `git fsck` finds wrong; a dangling object is no fault.
fn damage(desk: &Desk) -> String {
    let said = desk.git(["fsck", "--strict", "--no-dangling", "--no-progress"]);
    said.trim().to_owned()
}

fn output(mut command: Command) -> Output {
    command.stdin(Stdio::null()).output().unwrap()
}

/// The repository is sound, the working tree is what the tip says, and writing goes on.
fn assert_sound(desk: &Desk, story: &str) {
    assert_eq!(damage(desk), "", "{story}");
    assert_eq!(desk.status(), "", "{story}");
    let strays = desk.git(["ls-files", "--others"]);
    assert_eq!(strays, "", "{story}");
}

#[cfg(feature = "crash-points")]
pub(crate) mod points {
    use super::{Desk, assert_sound, output};

    /// How many events each record of the desk has, by `show` of its file at the tip.
    fn events(desk: &Desk) -> usize {
        let names = desk.git(["ls-tree", "-r", "--name-only", "HEAD", "records"]);
        let ids = names.lines().filter_map(|name| name.rsplit('/').next()?.strip_suffix(".yaml"));
        ids.map(|id| desk.record(id)["history"].as_array().map_or(0, Vec::len)).sum()
    }

    /// Whether plain git does it.
    fn git_does(desk: &Desk, words: &[&str]) -> bool {
        let mut command = desk.at("10:30").shell("git");
        command.args(words);
        output(command).status.success()
    }

    pub(crate) const POINTS: [&str; 12] = [
        "ObjectsWritten",
        "JournalWritten",
        "Flushed",
        "IndexLocked",
        "ApartMoved",
        "ReferenceMoved",
        "FileHalfWritten",
        "FileWritten",
        "IndexPrepared",
        "IndexInstalled",
        "IndexUnlocked",
        "JournalDropped",
    ];

    /// Where the commit is in the history already.
    fn has_landed(point: &str) -> bool {
        POINTS.iter().position(|known| *known == point) >= Some(5)
    }

    /// Lets a step die at each point, in a fresh desk each, and looks at what the next command
    /// finds.
    fn dies_everywhere(state: &str, time: &str, who: &str, step: &str) {
        for point in POINTS {
            let story = format!("{step} dies at {point}");
            let desk = Desk::new();
            let id = desk.fault_in(state);
            let (commits, before) = (desk.commits(), events(&desk));
            let step = step.replace("ID", &id);
            let dying = desk.at(time).by(who).env("DOCKET_CRASH_AT", point).command(&step);
            let died = output(dying);
            assert_eq!(died.status.code(), None, "{story}: {died:?}");

            // a commit of another file by plain git must not take the step back
            desk.write("notes.txt", point);
            let by_git = git_does(&desk, &["add", "notes.txt"])
                && git_does(&desk, &["commit", "-q", "-m", "notes"]);

            let next = desk.at("13:00").by("chen").run("list").succeeds();
            assert_eq!(
                desk.commits(),
                commits + usize::from(has_landed(point)) + usize::from(by_git),
                "{story}"
            );
            assert!(events(&desk) >= before, "{story}");
            let finished = next.err().contains("completed an interrupted step");
            let undone = next.err().contains("interrupted and not recorded");
            let journal = !matches!(point, "ObjectsWritten" | "JournalDropped");
            assert_eq!(finished, journal && has_landed(point), "{story}: {}", next.err());
            assert_eq!(undone, journal && !has_landed(point), "{story}: {}", next.err());

            if !by_git {
                desk.git(["add", "notes.txt"]);
                desk.git(["commit", "-q", "-m", "notes"]);
            }
            assert_sound(&desk, &story);
            if !has_landed(point) {
                desk.at(time).by(who).run(&step).succeeds();
            }
            assert!(events(&desk) > before, "{story}");
            assert_sound(&desk, &story);
            desk.fault();
            assert_sound(&desk, &story);
        }
    }

    #[test]
    fn the_lock_of_a_branch_whose_writer_was_killed_is_taken_away() {
        for text in ["", "no commit\n"] {
            let desk = Desk::new();
            let id = desk.fault_in("in_progress");
            let step = format!("update {id} --note 'on my way'");
            let dying = desk.at("10:30").by("li").env("DOCKET_CRASH_AT", "IndexLocked");
            assert_eq!(output(dying.command(&*step)).status.code(), None);
            desk.write(".git/refs/heads/main.lock", text);
            desk.at("10:31").by("li").run(&step).succeeds();
            assert_sound(&desk, "a branch's lock was left");
        }
    }

    /// Two clones, of which one has gone on and the other has come before it, or has not.
    fn meets_everywhere(both: bool) {
        for point in POINTS {
            let story = format!("sync dies at {point}, both went on: {both}");
            let desk = Desk::new();
            let id = desk.fault_in("in_progress");
            desk.git(["init", "-q", "--bare", "../door.git"]);
            desk.git(["remote", "add", "origin", "../door.git"]);
            desk.at("10:20").by("zhang").run("sync").succeeds();
            let other = Desk::clone_of(&desk.path("../door.git"));
            other.at("10:21").by("li").run(&format!("update {id} --note there")).succeeds();
            other.at("10:22").by("chen").run(crate::desk::REQUEST).succeeds();
            other.at("10:23").by("zhang").run("sync").succeeds();
            if both {
                desk.at("10:24").by("li").run(&format!("update {id} --note here")).succeeds();
            }
            let before = events(&desk);

            let dying = desk.at("10:30").by("zhang").env("DOCKET_CRASH_AT", point).command("sync");
            let died = output(dying);
            assert_eq!(died.status.code(), None, "{story}: {died:?}");
            desk.at("13:00").by("chen").run("list").succeeds();
            assert_sound(&desk, &story);
            assert!(events(&desk) >= before, "{story}");

            desk.at("13:01").by("zhang").run("sync").succeeds();
            other.at("13:02").by("zhang").run("sync").succeeds();
            assert_eq!(desk.head(), other.head(), "{story}");
            assert_eq!(events(&desk), before + 2, "{story}");
            assert_sound(&desk, &story);
            desk.is_honest();
        }
    }

    #[test]
    fn a_sync_that_merges_cut_off_anywhere_is_finished_or_begun_anew() {
        meets_everywhere(true);
    }

    #[test]
    fn a_sync_that_only_takes_cut_off_anywhere_is_finished_or_begun_anew() {
        meets_everywhere(false);
    }

    #[test]
    fn a_note_cut_off_anywhere_is_there_whole_or_not_at_all() {
        dies_everywhere("in_progress", "10:30", "li", "update ID --note 'on my way'");
    }

    #[test]
    fn a_closing_with_its_archive_cut_off_anywhere_is_there_whole_or_not_at_all() {
        dies_everywhere("confirmed", "10:30", "chen", "close ID");
    }

    #[test]
    fn a_merge_of_two_records_cut_off_anywhere_is_there_whole_or_not_at_all() {
        dies_everywhere(
            "resolved",
            "10:30",
            "chen",
            "confirm ID --with 'Ms Wang' --satisfaction 1 --comment 'still broken'",
        );
    }
}

/// How many programs to kill: `DOCKET_TEST_KILLS`, else a few.
#[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
fn kills() -> u64 {
    let asked = std::env::var("DOCKET_TEST_KILLS").ok().and_then(|kills| kills.parse().ok());
    asked.unwrap_or(40)
}

/// Steps to be killed; each that is acknowledged leaves its mark.
const STEPS: [&str; 4] = [
    "update ID --note 'mark N'",
    "open request 'Account' --channel email --customer Globex --name 'Mr N' \
        --email ray@globex.example --reported 'mark N' --need 'an account' --category account",
    "promise ID +2h --to 'Ms Wang' --what 'a call' --note 'mark N'",
    "close ID --note 'mark N'",
];

/// Starts a step and kills it some time later, unless it has ended; gives whether it said that it
/// was done.
fn survives(desk: &Desk, words: &str, seed: u64, micros: u64) -> bool {
    let run = desk.at("10:30").by("chen").env("DOCKET_SEED", &format!("seed {seed}"));
    let mut command = run.command(words);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    sleep(Duration::from_micros(micros));
    let _ = child.kill();
    child.wait_with_output().unwrap().status.success()
}

#[test]
fn programs_killed_at_random_lose_nothing_that_was_acknowledged() {
    let mut chance = 0x9e37_79b9_u64;
    for first in (0..kills()).step_by(40) {
        let desk = Desk::new();
        let ids = (desk.fault_in("in_progress"), desk.fault_in("confirmed"));
        let unharmed = format!("update {} --note 'mark {}'", ids.0, first + 40);
        desk.at("10:20").by("chen").run(&unharmed).succeeds();
        let mut acknowledged = vec![format!("mark {}", first + 40)];
        for nth in first..first + 40 {
            let step = STEPS[usize::try_from(nth % 4).unwrap()];
            let id = if step.starts_with("close") { &ids.1 } else { &ids.0 };
            let words = step.replace("ID", id).replace('N', &nth.to_string());
            // not chance, only many different moments
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            if survives(&desk, &words, nth, (chance >> 33) % 40_000) {
                acknowledged.push(format!("mark {nth}"));
            }
        }
        desk.at("12:00").by("chen").run("list --json").succeeds();
        assert_sound(&desk, &format!("after kill {first} and more"));
        let words = ["grep", "-h", "-o", "-w", "mark [0-9]*", "HEAD", "--", "records"];
        let kept = desk.git(words);
        for mark in acknowledged {
            assert_eq!(kept.lines().filter(|line| *line == mark).count(), 1, "{mark}: {kept}");
        }
    }
}

/// A desk on a disk that is full.
const FULL: &str = r#"
head -c 3000000 /dev/zero > filler 2>/dev/null || true
before=$(git rev-parse HEAD)
status=0
"$docket" update "$id" --note 'on a full disk' || status=$?
test "$(git rev-parse HEAD)" = "$before"
test "$status" = 3
rm filler
"$docket" update "$id" --note 'with room again'
test "$(git rev-parse HEAD^)" = "$before"
"#;

/// A desk that may only be read for a while.
const READ_ONLY: &str = r#"
before=$(git rev-parse HEAD)
status=0
mount -o remount,ro "$PWD"
"$docket" show "$id" > ../shown
"$docket" update "$id" --note 'not to be written' || status=$?
test "$status" = 3
mount -o remount,rw "$PWD"
test "$(git rev-parse HEAD)" = "$before"
"$docket" update "$id" --note 'may be written again'
test "$(git rev-parse HEAD^)" = "$before"
"#;

/// A directory that goes away under the feet.
const VANISHED: &str = r#"
status=0
mkdir gone
cd gone
rmdir ../gone
"$docket" update "$id" --note 'from nowhere' || status=$?
test "$status" = 3
cd ..
"#;

/// Tells a story on a small file system of its own, and looks at the repository afterwards; gives
/// what was said on the way. `None` where nobody may mount one.
fn on_a_small_disk(story: &str) -> Option<String> {
    let may_mount = Command::new("unshare").args(["-rm", "true"]).output();
    if !may_mount.is_ok_and(|output| output.status.success()) {
        return None;
    }
    let desk = Desk::new();
    let id = desk.fault();
    let small = desk.home().join("disk");
    std::fs::create_dir(&small).unwrap();
    let script = format!(
        "set -eu\ndisk=$1 docket=$3 id=$4\nmount -t tmpfs -o size=1536k none \"$disk\"\n\
         cp -a \"$2/.\" \"$disk\"\ncd \"$disk\"\n{story}\n\
         test -z \"$(git status --porcelain)\"\ngit fsck --strict --no-dangling\n"
    );
    let mut command = desk.at("09:30").by("chen").shell("unshare");
    command.args(["-rm", "sh", "-c", &script, "story"]);
    command.args([small.as_os_str(), desk.path("").as_os_str()]);
    command.args([env!("CARGO_BIN_EXE_docket"), &id]);
    let ended = output(command);
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(ended.status.success(), "{said}");
    Some(said)
}

#[test]
fn a_full_disk_is_told_and_leaves_no_trace() {
    let said = on_a_small_disk(FULL);
    assert!(said.is_none_or(|said| said.contains("No space left on device")));
}

#[test]
fn a_desk_that_may_only_be_read_is_read_and_not_written() {
    let said = on_a_small_disk(READ_ONLY);
    assert!(said.is_none_or(|said| said.contains("Read-only file system")));
}

#[test]
fn a_directory_that_vanished_is_told() {
    let said = on_a_small_disk(VANISHED);
    assert!(said.is_none_or(|said| said.contains("error:") && !said.contains("panicked")));
}
