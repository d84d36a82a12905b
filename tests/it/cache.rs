//! The cache is never the truth: whatever becomes of it, every answer is the one that the files give.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::PathBuf,
};

use crate::desk::{Desk, REQUEST};

/// Everything that asks the cache.
const ASKED: &[&str] = &[
    "list",
    "list --all",
    "list --all --limit 3",
    "list --all --limit 9223372036854775808",
    "list --all --limit 0 --json",
    "list --state closed --state cancelled",
    "list --kind fault --level urgent --all",
    "list --customer ACM --all --sort due",
    "list --assignee li",
    "list --owner chen --from 2026-11-23T09:00:00+08:00 --to 2026-11-23T09:30:00+08:00 --all",
    "list --unit network --category network --channel hotline --all",
    "list --overdue",
    "list --mine",
    "",
    "due",
    "report kpi --month 2026-11",
    "report register --month 2026-11",
    "report faults --month 2026-11",
    "report service --month 2026-11 --format json",
    "report daily",
    "contact show 'Ms Wang' --reveal",
    "search switch",
    "search switch --limit 2 --json",
    "search 'nobody log' --state unfinished",
    "search 交换",
    "search \"Ms Wang\" --reveal",
];

fn desk() -> Desk {
    let desk = Desk::new();
    for state in ["open", "in_progress", "pending", "resolved", "closed", "cancelled"] {
        desk.fault_in(state);
    }
    desk.at("10:20").by("chen").run(REQUEST).succeeds();
    let zh = REQUEST.replace("Account for a new colleague", "三楼交换机坏了，全员断网");
    desk.at("10:21").by("chen").run(&zh).succeeds();
    desk
}

/// What was asked, with the answer.
type Answered = (String, String);

/// Everything that asks the cache, and a few records by id and by tail.
fn asked(desk: &Desk) -> Vec<String> {
    let listed = desk.git(["ls-tree", "-r", "--name-only", "HEAD", "records"]);
    let ids = listed.lines().filter_map(|path| path.rsplit('/').next()?.strip_suffix(".yaml"));
    let of_record = ids.step_by(3).flat_map(|id| {
        let tail = id.rsplit('-').next().unwrap_or_default();
        [
            format!("show {id} --json"),
            format!("show {tail} --reveal"),
            format!("sla explain {tail}"),
            format!("report request {id}"),
            format!("check {id} --fail-on error"),
            format!("log {tail}"),
        ]
    });
    ASKED.iter().map(|words| (*words).to_owned()).chain(of_record).collect()
}

fn answers(desk: &Desk) -> Vec<Answered> {
    let asked = asked(desk).into_iter().map(|words| {
        let ran = desk.at("11:00").by("chen").run(words.as_str()).succeeds();
        let says = |line: &str| line == "nothing found" || line.ends_with("--limit 0 shows all");
        assert!(ran.err().lines().all(says), "{ran}");
        (words, ran.out())
    });
    asked.collect()
}

fn file(desk: &Desk, name: &str) -> PathBuf {
    desk.path(".git/docket").join(name)
}

/// The answers of the files alone.
fn without_cache(desk: &Desk) -> Vec<Answered> {
    for name in ["cache", "cache.stamp", "cache.lock"] {
        let _ = fs::remove_file(file(desk, name));
    }
    fs::create_dir(file(desk, "cache.lock")).unwrap();
    let answers = answers(desk);
    assert!(!file(desk, "cache").exists());
    fs::remove_dir(file(desk, "cache.lock")).unwrap();
    answers
}

#[track_caller]
fn same(found: &[Answered], wanted: &[Answered], story: &str) {
    for ((words, found), (asked, wanted)) in found.iter().zip(wanted) {
        assert_eq!(words, asked, "{story}");
        if words.starts_with("search") {
            // which fits better an index alone can say
            let sorted = |text: &str| {
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                lines.sort();
                lines
            };
            assert_eq!(sorted(found), sorted(wanted), "{words}: {story}");
        } else {
            assert_eq!(found, wanted, "{words}: {story}");
        }
    }
}

#[test]
fn whatever_becomes_of_the_cache_every_answer_is_that_of_the_files() {
    let desk = desk();
    let wanted = without_cache(&desk);
    same(&answers(&desk), &wanted, "made");
    assert!(file(&desk, "cache").exists());
    let mode = fs::metadata(file(&desk, "cache")).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "readable by its owner only");

    let whole = fs::read(file(&desk, "cache")).unwrap();
    fs::remove_file(file(&desk, "cache")).unwrap();
    same(&answers(&desk), &wanted, "deleted");

    for part in [0, 10, whole.len() / 2] {
        fs::write(file(&desk, "cache"), &whole[..part]).unwrap();
        same(&answers(&desk), &wanted, "truncated");
    }
    for place in (100..whole.len()).step_by(whole.len() / 7) {
        let mut scribbled = fs::read(file(&desk, "cache")).unwrap();
        let end = (place + 64).min(scribbled.len());
        scribbled[place.min(end)..end].fill(b'x');
        fs::write(file(&desk, "cache"), scribbled).unwrap();
        same(&answers(&desk), &wanted, "scribbled on");
    }
    let old = fs::File::options().write(true).open(file(&desk, "cache")).unwrap();
    old.set_modified(std::time::UNIX_EPOCH).unwrap();
    drop(old);
    same(&answers(&desk), &wanted, "back-dated");

    fs::write(file(&desk, "cache.stamp"), "another docket's\n").unwrap();
    same(&answers(&desk), &wanted, "of another docket");
    fs::remove_file(file(&desk, "cache")).unwrap();
    symlink("/dev/null", file(&desk, "cache")).unwrap();
    same(&answers(&desk), &wanted, "a link");
}

#[test]
fn a_cache_that_is_behind_or_ahead_is_brought_to_the_present() {
    let desk = desk();
    answers(&desk);
    let before = desk.head();
    let old = (
        fs::read(file(&desk, "cache")).unwrap(),
        fs::read_to_string(file(&desk, "cache.stamp")).unwrap(),
    );
    let id = desk.at("10:30").by("chen").run(REQUEST).id();
    desk.at("10:31").by("chen").run(&format!("ack {id} --reply-by 12:00")).succeeds();
    let by_cache = answers(&desk);
    same(&by_cache, &without_cache(&desk), "one more");

    desk.git(["reset", "-q", "--hard", &before]);
    let by_cache = answers(&desk);
    same(&by_cache, &without_cache(&desk), "taken back");
    desk.git(["reset", "-q", "--hard", "HEAD@{1}"]);
    fs::write(file(&desk, "cache"), old.0).unwrap();
    fs::write(file(&desk, "cache.stamp"), old.1).unwrap();
    let by_cache = answers(&desk);
    same(&by_cache, &without_cache(&desk), "an old copy put back");
}

#[test]
fn what_is_long_over_is_read_from_the_files_and_a_clock_that_was_wrong_changes_no_answer() {
    let desk = desk();
    // months later, by a clock that is ahead, and by one that is right again
    let before = desk.head();
    let ahead = desk.at("10:45").by("chen").env("DOCKET_NOW", "2027-02-24T10:00:00+08:00");
    ahead.run(REQUEST).succeeds();
    let late = answers(&desk);
    same(&late, &without_cache(&desk), "months later");
    answers(&desk);
    desk.git(["reset", "-q", "--hard", &before]);
    desk.at("10:50").by("chen").run(REQUEST).succeeds();
    let right = answers(&desk);
    same(&right, &without_cache(&desk), "right again");
}

#[test]
fn a_cache_that_stays_behind_names_nothing_that_is_gone_or_was_otherwise() {
    let desk = desk();
    let id = desk.at("10:30").by("chen").run(REQUEST).id();
    let fault = desk.fault();
    let end = |id: &str| id[id.len() - 5..].to_owned();
    let show = |id: &str| {
        let ran = desk.at("11:00").by("chen").run(&format!("show {} --reveal", end(id)));
        (ran.out(), ran.err())
    };
    desk.at("10:40").by("chen").run("list").succeeds();
    let kept = ["cache", "cache.stamp"].map(|name| fs::read(file(&desk, name)).unwrap());
    let shown = |id: &str, story: &str| {
        let by_cache = show(id);
        let now = ["cache", "cache.stamp"].map(|name| fs::read(file(&desk, name)).unwrap());
        assert!(now == kept, "the cache stays behind: {story}");
        fs::rename(file(&desk, "cache"), file(&desk, "aside")).unwrap();
        assert_eq!(by_cache, show(id), "{story}");
        fs::remove_file(file(&desk, "cache")).ok();
        fs::rename(file(&desk, "aside"), file(&desk, "cache")).unwrap();
        fs::write(file(&desk, "cache.stamp"), &kept[1]).unwrap();
        by_cache
    };
    assert!(shown(&id, "as it was").0.contains(&id));

    desk.at("10:41").by("chen").run(&format!("update {id} --note 'a new note'")).succeeds();
    assert!(shown(&id, "a new step").0.contains("a new note"));

    desk.retell_people("name: ", "name: New ");
    assert!(shown(&fault, "a contact by another name").0.contains("New Ms Wang"));

    let later = desk.at("10:50").by("chen").env("DOCKET_NOW", "2026-12-01T09:00:00+08:00");
    let later = later.run(REQUEST).id();
    assert!(shown(&later, "a new month").0.contains(&later));

    desk.git(["rm", "-q", &desk.record_path(&fault)]);
    desk.git(["commit", "-q", "-m", "one less"]);
    assert!(shown(&fault, "one less").1.contains("no record"));

    let listed = desk.git(["ls-files", "records/2026/11"]);
    let first = listed.lines().find(|path| !path.contains(&id)).unwrap();
    let link = first.rsplit('/').next().unwrap().replace(".yaml", "");
    desk.git(["rm", "-q", &desk.record_path(&link)]);
    symlink("/etc/passwd", desk.path(&desk.record_path(&link))).unwrap();
    desk.git(["add", &desk.record_path(&link)]);
    desk.git(["commit", "-q", "-m", "a link"]);
    assert!(shown(&link, "a link").1.contains("not a plain file"));

    // without folders below there is nothing that was looked into before
    for (folder, beside) in
        [("records/2026/11", "records/2026/README"), ("records", "records/README")]
    {
        desk.git(["rm", "-q", "-r", folder]);
        if folder == "records/2026/11" {
            desk.git(["rm", "-q", "-r", "records/2026"]);
        }
        fs::create_dir_all(desk.path(beside).parent().unwrap()).unwrap();
        desk.commit(beside, "nothing here\n");
        assert!(shown(&id, folder).1.contains("no record"), "{folder}");
    }
    desk.git(["rm", "-q", "-r", "records"]);
    desk.git(["commit", "-q", "-m", "nothing"]);
    for id in [&id, &later] {
        assert!(shown(id, "nothing at all").1.contains("no record"));
    }
}

#[test]
fn an_end_of_an_id_that_a_broken_record_shares_is_not_taken_for_the_only_one() {
    let desk = desk();
    let ids: Vec<String> = (0..40)
        .map(|nth| {
            desk.at("10:30").by("chen").env("DOCKET_SEED", &nth.to_string()).run(REQUEST).id()
        })
        .collect();
    let end = |id: &str| id[id.len() - 1..].to_owned();
    let (one, other) = ids
        .iter()
        .flat_map(|one| ids.iter().map(move |other| (one, other)))
        .find(|(one, other)| one != other && end(one) == end(other))
        .expect("two of forty end alike");
    for id in ids.iter().filter(|id| end(id) == end(one) && *id != one && *id != other) {
        desk.git(["rm", "-q", &desk.record_path(id)]);
    }
    desk.git(["commit", "-q", "--allow-empty", "-m", "fewer"]);
    desk.commit(&desk.record_path(other), "format: 1\n");
    let asked = format!("show {}", end(one));
    for cache in ["behind", "current"] {
        let said = desk.at("11:00").by("chen").run(&asked).refuses(one);
        assert!(said.err().contains(other.as_str()), "{cache}: {said}");
        desk.at("11:00").by("chen").run("list").succeeds();
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_a_cache_as_without() {
    let desk = desk();
    let id = desk.fault();
    let path = desk.record_path(&id);
    desk.commit(&path, "format: 1\n");
    let named = |desk: &Desk| {
        let ran = desk.at("11:00").by("chen").run("list").succeeds();
        assert!(ran.err().contains(&path), "{ran}");
        (ran.out(), ran.err())
    };
    let with = named(&desk);
    assert_eq!(named(&desk), with);
    fs::remove_file(file(&desk, "cache.lock")).unwrap();
    fs::create_dir(file(&desk, "cache.lock")).unwrap();
    assert_eq!(named(&desk), with);
}

#[test]
fn readers_and_writers_at_once_see_what_is_in_the_history() {
    let desk = desk();
    std::thread::scope(|scope| {
        for writer in 0..3 {
            let desk = &desk;
            scope.spawn(move || {
                for nth in 0..4 {
                    let seed = format!("{writer} {nth}");
                    let run = desk.at("10:40").by("chen").env("DOCKET_SEED", &seed);
                    let done = run.command(REQUEST).output().unwrap();
                    assert!(done.status.success(), "{done:?}");
                }
            });
        }
        for _ in 0..4 {
            let desk = &desk;
            scope.spawn(move || {
                for _ in 0..6 {
                    let listed = desk.at("11:00").by("chen").command("list --json --limit 0");
                    let mut listed = listed;
                    let listed = listed.output().unwrap();
                    assert!(listed.status.success(), "{listed:?}");
                }
            });
        }
    });
    let by_cache = answers(&desk);
    same(&by_cache, &without_cache(&desk), "after all");
}

#[test]
fn search_finds_words_of_both_languages_in_titles_notes_and_results_with_their_passage() {
    let desk = desk();
    let id = desk.fault_in("in_progress");
    let note = format!("update {id} --note '换了电源，指示灯正常'");
    desk.at("10:40").by("li").run(&note).succeeds();
    let solved = "resolve ID --result 'Fuse of the rack blew' --cause 'overload' --code fixed";
    desk.at("10:41").by("li").run(&solved.replace("ID", &id)).succeeds();
    for words in ["电源", "指示灯", "换", "fuse", "FUSE rack", "overload", "blew"] {
        let ran = desk.at("11:00").run(vec!["search", words]).succeeds();
        assert!(ran.out().contains(&id), "{words}: {ran}");
    }
    let ran = desk.at("11:00").run("search 指示灯").out();
    assert!(ran.contains("换了电源，指示灯正常"), "{ran}");
    desk.at("11:00").run("search 灯示").succeeds().and("nothing found");
    desk.at("11:00").run("search use").succeeds().and("nothing found");
    let closed = desk.at("11:00").run("search 'switch replaced' --state closed --json").json();
    assert!(closed["total"].as_u64().unwrap() >= 1, "{closed}");
    assert!(closed["hits"][0]["passage"].as_str().unwrap().contains("switch"), "{closed}");
    // the whole number of a person finds what is theirs, without saying more of them
    let person = desk.at("11:00").run("search 13812341234").out();
    assert!(person.contains(&id) && !person.contains("Wang"), "{person}");
    desk.at("11:00").run("search 1381234").succeeds().and("nothing found");
    desk.at("11:00").run("search").usage("TEXT");
    desk.at("11:00").run("search '\" OR *' ").succeeds().and("nothing found");
    desk.at("11:00").run("search 开户 --lang zh-CN").succeeds();
}
