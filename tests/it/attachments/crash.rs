//! Attaching, dropping and sending that is cut off: what was acknowledged is there, and nothing is half
//! there.

use std::{process::Stdio, thread::sleep, time::Duration};

use serde_json::Value;

use super::{attach_log, file, held, sha256_of};
use crate::desk::Desk;

const DOOR: &str = "../door.git";

/// Every attachment of a record is there as its hash says, and there is no file besides.
#[track_caller]
fn assert_whole(desk: &Desk, id: &str, story: &str) {
    let verify = desk.at("12:00").run(&format!("attachment verify {id}"));
    assert_eq!(verify.status(), Some(0), "{story}: {verify}");
    let record = desk.record(id);
    let all = record["status"]["attachments"].as_array().cloned().unwrap_or_default();
    let kept = all.iter().filter(|entry| entry["dropped_at"] == Value::Null).count();
    assert_eq!(held(desk, id).len(), kept, "{story}: {record}");
    assert_eq!(desk.status(), "", "{story}");
    let damage = desk.git(["fsck", "--strict", "--no-dangling", "--no-progress"]);
    assert_eq!(damage.trim(), "", "{story}");
}

#[cfg(feature = "crash-points")]
mod points {
    use std::process::Command;

    use super::{Desk, Stdio, assert_whole, attach_log, file, held};

    const POINTS: [&str; 12] = [
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

    fn dies(mut command: Command) {
        let status = command.stdin(Stdio::null()).output().unwrap().status;
        assert_eq!(status.code(), None, "it did not die");
    }

    #[test]
    fn an_attachment_cut_off_anywhere_is_there_whole_or_not_at_all() {
        for point in POINTS {
            let story = format!("attach dies at {point}");
            let desk = Desk::new();
            let id = desk.fault();
            attach_log(&desk, "09:05", &id, "before\n");
            let path = file(&desk, "x.log", "cut off\n");
            let line = format!("attach {id} {}", path.display());
            let run = desk.at("09:06").by("chen").env("DOCKET_CRASH_AT", point);
            dies(run.command(&line));

            desk.at("09:07").by("chen").run("list").succeeds();
            let told = desk.record(&id)["status"]["attachments"].as_array().unwrap().len();
            assert_eq!(told, 1 + usize::from(has_landed(point)), "{story}");
            // a file whose event never came is all that may be left, and the doctor takes it away
            let left = usize::from(point == "ApartMoved");
            assert_eq!(held(&desk, &id).len(), told + left, "{story}");
            let doctor = desk.at("09:08").by("zhang").run("doctor").status();
            assert_eq!(doctor, Some(i32::from(left == 1)), "{story}");
            desk.at("09:08").by("zhang").run("doctor --repair").succeeds();
            assert_whole(&desk, &id, &story);
            attach_log(&desk, "09:09", &id, "afterwards\n");
            assert_whole(&desk, &id, &story);
            desk.is_honest();
        }
    }

    #[test]
    fn a_drop_cut_off_anywhere_never_loses_a_file_that_is_not_dropped() {
        for point in POINTS {
            let story = format!("drop dies at {point}");
            let desk = Desk::new();
            let id = desk.fault();
            attach_log(&desk, "09:05", &id, "to be dropped\n");
            let line = format!("attachment drop {id} --reason 'wrong file'");
            let run = desk.at("09:06").by("chen").env("DOCKET_CRASH_AT", point);
            dies(run.command(&line));

            desk.at("09:07").by("chen").run("list").succeeds();
            let dropped = &desk.record(&id)["status"]["attachments"][0]["dropped_at"];
            assert_eq!(dropped.is_string(), has_landed(point), "{story}");
            assert_eq!(held(&desk, &id).len(), 1, "{story}");
            desk.at("09:08").by("zhang").run("doctor --repair").succeeds();
            assert_whole(&desk, &id, &story);
            assert_eq!(held(&desk, &id).is_empty(), has_landed(point), "{story}");
        }
    }
}

/// How many runs are killed; `DOCKET_TEST_KILLS` sets another number.
#[expect(clippy::disallowed_methods, reason = "a test's own setting")]
fn kills() -> u64 {
    let asked = std::env::var("DOCKET_TEST_KILLS").ok().and_then(|kills| kills.parse().ok());
    asked.unwrap_or(40)
}

#[test]
fn attaching_dropping_and_sending_killed_at_random_lose_nothing_that_was_acknowledged() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.git(["init", "-q", "--bare", DOOR]);
    desk.git(["remote", "add", "origin", DOOR]);
    desk.at("09:01").by("zhang").run("sync").succeeds();
    let mut chance = 0x2545_f491_u64;
    // one that nobody kills, for on a busy machine every other may be
    attach_log(&desk, "09:02", &id, "unharmed\n");
    let mut attached = vec![sha256_of(&desk, &desk.home().join("router.log"))];
    let mut dropped = 0;
    for nth in 0..kills() {
        let text = format!("log {nth}\n");
        let path = file(&desk, &format!("{nth}.log"), &text);
        let line = match nth % 4 {
            0 | 1 => format!("attach {id} {}", path.display()),
            2 => "sync".to_owned(),
            _ => format!("attachment drop {id} {} --reason 'wrong file'", nth / 4 + 2),
        };
        let run = desk.at("10:30").by("chen").env("DOCKET_SEED", &format!("seed {nth}"));
        let mut command = run.command(&line);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        // not chance, only many different moments
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        sleep(Duration::from_micros((chance >> 33) % 150_000));
        let _ = child.kill();
        if child.wait().unwrap().success() {
            match nth % 4 {
                0 | 1 => attached.push(sha256_of(&desk, &path)),
                3 => dropped += 1,
                _ => {}
            }
        }
    }
    // killed git programs leave their locks
    let mut clean = desk.at("11:00").shell("sh");
    let line = "find .git ../door.git -name '*.lock' -delete";
    assert!(clean.args(["-c", line]).status().unwrap().success());
    desk.at("11:01").by("zhang").run("sync").succeeds();
    let record = desk.record(&id);
    let all = record["status"]["attachments"].as_array().unwrap();
    for hash in &attached {
        assert!(all.iter().any(|entry| entry["sha256"] == *hash.as_str()), "{hash}: {record}");
    }
    let gone = all.iter().filter(|entry| entry["dropped_at"].is_string()).count();
    assert!(gone >= dropped, "{gone} of {dropped}");
    assert_whole(&desk, &id, "after all kills");
    desk.is_honest();
    let door = desk.path(DOOR).canonicalize().unwrap();
    let fresh = Desk::clone_of(&door);
    assert_whole(&fresh, &id, "in another clone");
}
