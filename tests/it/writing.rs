//! The one road for writing: what it leaves alone, what it commits, and what it never says.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    os::unix::fs::symlink,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use crate::desk::{Desk, FAULT, MACHINE, REQUEST};

#[test]
fn what_others_staged_edited_or_left_lying_is_left_alone() {
    let desk = Desk::new();
    desk.commit("notes/edited.txt", "as committed\n");
    desk.write("notes/edited.txt", "edited\n");
    desk.write("notes/staged.txt", "staged\n");
    desk.git(["add", "notes/staged.txt"]);
    desk.write("notes/untracked.txt", "untracked\n");
    let before = desk.status();

    let id = desk.fault();
    let line = format!("ack {id} --reply-by +1h");
    desk.at("09:10").by("chen").run(&line).succeeds();

    assert_eq!(desk.status(), before);
    assert_eq!(desk.read("notes/edited.txt"), "edited\n");
    let committed = desk.git(["show", "--name-only", "--format=", "HEAD"]);
    assert_eq!(committed.trim(), desk.record_path(&id), "the record and nothing else");
    let staged = desk.git(["diff", "--cached", "--name-only"]);
    assert_eq!(staged.trim(), "notes/staged.txt");
}

#[test]
fn a_commit_by_plain_git_afterwards_reverts_nothing() {
    let desk = Desk::new();
    desk.write("other.txt", "one\n");
    desk.git(["add", "other.txt"]);
    let id = desk.fault_in("acknowledged");
    desk.git(["commit", "-q", "-m", "something else"]);
    let committed = desk.git(["show", "--name-only", "--format=", "HEAD"]);
    assert_eq!(committed.trim(), "other.txt");
    assert_eq!(desk.record(&id)["status"]["state"], "acknowledged");
    assert_eq!(desk.status(), "");
}

#[test]
fn a_record_edited_by_hand_is_refused_with_advice_and_stays_as_it_is() {
    let desk = Desk::new();
    let id = desk.fault();
    let path = desk.record_path(&id);
    let edited = desk.read(&path).replace("ACME", "ACME Ltd");
    let ack = format!("ack {id} --reply-by +1h");

    desk.write(&path, &edited);
    desk.at("09:10").by("chen").run(&ack).refuses(&path).and("git diff HEAD").and("git restore");
    assert_eq!(desk.read(&path), edited);

    desk.git(["add", &path]);
    desk.at("09:10").by("chen").run(&ack).refuses("staged");
    assert_eq!(desk.read(&path), edited);

    let other = desk.request();
    assert_eq!(desk.record(&other)["status"]["state"], "open", "other records go on");
    desk.git(["restore", "--staged", "--worktree", &path]);
    desk.at("09:10").by("chen").run(&ack).succeeds();
}

#[test]
fn the_desk_writes_on_its_own_branch_unless_told() {
    let desk = Desk::new();
    let id = desk.fault();
    let main = desk.head();
    desk.git(["switch", "-q", "-c", "draft"]);
    let ack = format!("ack {id} --reply-by +1h");
    desk.at("09:10").by("chen").run(&ack).fails("branch draft").and("git switch main");

    let line = format!("{ack} --branch draft");
    desk.at("09:10").by("chen").run(&line).succeeds();
    assert_ne!(desk.head(), main);
    assert_eq!(desk.git(["rev-parse", "main"]).trim(), main);
    assert_eq!(desk.status(), "");
}

#[test]
fn nothing_is_written_on_a_detached_head() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.git(["checkout", "-q", "--detach"]);
    let ack = format!("ack {id} --reply-by +1h");
    desk.at("09:10").by("chen").run(&ack).fails("detached").and("git switch");
    desk.at("09:10").run(&format!("show {id}")).says(&id);
}

#[test]
fn nothing_is_written_in_the_middle_of_a_merge() {
    let desk = Desk::new();
    let id = desk.fault();
    let head = desk.git(["rev-parse", "HEAD"]);
    fs::write(desk.path(".git/MERGE_HEAD"), head).unwrap();
    let ack = format!("ack {id} --reply-by +1h");
    desk.at("09:10").by("chen").run(&ack).fails("in progress");
}

#[test]
fn a_bare_repository_is_read_like_any_other() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.git(["clone", "-q", "--bare", ".", "../bare.git"]);
    let bare = desk.path("../bare.git");
    for line in [
        "list".to_owned(),
        format!("show {id}"),
        format!("log {id}"),
        "report register".to_owned(),
        format!("report request {id}"),
    ] {
        let ran = desk.at("10:00").in_dir(&bare).run(&line).succeeds();
        assert!(ran.out().contains(&id) || line.starts_with("log"), "{ran}");
    }
}

#[test]
fn an_adopted_repository_keeps_its_files_and_attributes() {
    let desk = Desk::nowhere();
    desk.git(["init", "-q"]);
    desk.commit(".gitattributes", "*.png binary\n");
    desk.commit("README.md", "ours\n");
    desk.write("staged.txt", "staged\n");
    desk.git(["add", "staged.txt"]);

    desk.at("08:00").by("zhang").run("init").succeeds();

    assert_eq!(desk.read("README.md"), "ours\n");
    assert!(desk.read(".gitattributes").starts_with("*.png binary\n"));
    assert!(desk.read(".gitattributes").lines().count() > 1);
    assert_eq!(desk.status().trim(), "A  staged.txt");
    assert_eq!(desk.commits(), 3);
    assert_eq!(desk.git(["config", "pull.rebase"]).trim(), "false");
}

#[test]
fn init_writes_a_desk_in_one_commit_and_says_what_you_are() {
    let desk = Desk::nowhere();
    desk.at("08:00")
        .by("zhang")
        .run("init --name 'IT desk' --organisation ACME --timezone Europe/Berlin --prefix SD")
        .says("team lead")
        .says("nobody can confirm their own work");
    assert_eq!(desk.commits(), 1);
    assert_eq!(desk.status(), "");
    for file in [
        "docket.yaml",
        ".gitattributes",
        "policy/people.yaml",
        "policy/units.yaml",
        "policy/catalog.yaml",
        "policy/levels.yaml",
        "policy/calendar.yaml",
        "policy/major_contacts.yaml",
        "policy/survey.yaml",
    ] {
        assert!(desk.path(file).exists(), "{file}");
    }
    let id = desk.at("15:00").by("zhang").run(FAULT).id();
    assert!(id.starts_with("SD-261123-"), "{id}");
    let received = &desk.record(&id)["intake"]["received_at"];
    assert_eq!(received, "2026-11-23T08:00:00+01:00", "the desk's own zone");
}

#[test]
fn a_directory_named_inside_of_a_repository_gets_a_desk_of_its_own() {
    let desk = Desk::nowhere();
    desk.git(["init", "-q"]);
    desk.commit("README.md", "a program, no desk\n");
    desk.write("there/.keep", "");
    for dir in ["new", "there"] {
        let line = format!("init {dir}");
        desk.at("08:00").by("zhang").run(&line).succeeds();
        assert_eq!(desk.git(["-C", dir, "rev-list", "--count", "HEAD"]).trim(), "1");
        desk.at("08:10").by("zhang").run(&line).says("already a desk");
    }
    assert_eq!(desk.commits(), 1, "the outer repository is left alone");
    assert!(!desk.path("docket.yaml").exists());
}

#[test]
fn init_twice_changes_nothing_and_says_so() {
    let desk = Desk::of_zhang();
    let head = desk.head();
    desk.at("09:00")
        .by("zhang")
        .run("init --name Other")
        .says("is already a desk; nothing was changed");
    assert_eq!(desk.head(), head);
    assert_eq!(desk.status(), "");
}

#[test]
fn init_that_was_killed_at_any_moment_works_again_and_leaves_nothing() {
    for nth in 0..24 {
        let desk = Desk::nowhere();
        let mut command = desk.at("08:00").by("zhang").command("init");
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(nth * 2));
        child.kill().unwrap();
        child.wait().unwrap();
        desk.at("08:10").by("zhang").run("init").succeeds();
        assert_eq!(desk.status(), "", "killed after {} ms", nth * 2);
        assert_eq!(desk.commits(), 1);
        assert_eq!(desk.git(["config", "pull.rebase"]).trim(), "false");
    }
}

#[test]
fn init_takes_away_what_a_killed_one_began_and_tells_what_is_not_its_own() {
    let desk = Desk::nowhere();
    desk.write(".docket-init-0123456789abcdef/.git/config.lock", "");
    desk.write(".git/HEAD.lock", "");
    desk.at("08:00").by("zhang").run("init").fails(".git is not a repository").and("rm -r");
    fs::remove_dir_all(desk.path(".git")).unwrap();
    desk.at("08:00").by("zhang").run("init").succeeds();
    assert_eq!(desk.status(), "");
    assert!(!desk.path(".docket-init-0123456789abcdef").exists());

    let adopted = Desk::nowhere();
    adopted.git(["init", "-q"]);
    adopted.write(".git/config.lock", "");
    let ran = adopted.at("08:00").by("zhang").run("init");
    assert_eq!(ran.status(), Some(3), "{ran}");
    let ran = ran.and("git's own lock exists").and("rm ");
    assert!(ran.err().contains("was already made and is kept"), "{ran}");
    fs::remove_file(adopted.path(".git/config.lock")).unwrap();
    adopted.at("08:10").by("zhang").run("init").says("is already a desk");
    assert_eq!(adopted.git(["config", "pull.rebase"]).trim(), "false");
}

#[test]
fn init_takes_over_nothing_of_another_project() {
    for (path, taken) in [
        ("templates/en/request.md", "templates/en/request.md"),
        ("templates/zh-CN/questionnaire.html", "templates/zh-CN/questionnaire.html"),
        ("policy/people.yaml", "policy/people.yaml"),
        ("archive/2019/report.txt", "archive"),
    ] {
        let project = Desk::nowhere();
        project.git(["init", "-q"]);
        project.commit(path, "ours\n");
        let ran = project.at("08:00").by("zhang").run("init");
        ran.fails(&format!("existing files: {taken}")).and("git mv");
        assert_eq!(project.commits(), 1);
        project.git(["mv", path, "elsewhere"]);
        project.git(["commit", "-q", "-m", "room for a desk"]);
        project.at("08:00").by("zhang").run("init").succeeds();
        project.is_honest();
    }
}

#[test]
fn a_commit_holds_no_personal_data() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    let line = format!("survey record {id} --satisfaction 5 --by 'Ms Wang' --comment 'call Bob'");
    desk.at("15:00").by("chen").run(&line).succeeds();
    desk.at("16:00").by("chen").run(REQUEST).succeeds();
    let messages = desk.git(["log", "--format=%B"]);
    for personal in
        ["Wang", "Ray", "1381234", "globex", "Switch", "floor", "Bob", "replaced", "power", "ACME"]
    {
        let found = messages.lines().find(|line| line.contains(personal));
        assert_eq!(found, None, "{personal}");
    }
    let blobs = desk.git(["grep", "--all-match", "-c", "", "HEAD"]);
    assert!(blobs.contains("contacts/"), "{blobs}");
    let mut grep = desk.at("16:00").shell("git");
    let found = grep.args(["grep", "-l", "-e", "Wang", "-e", "13812341234", "HEAD"]);
    assert_eq!(String::from_utf8(found.output().unwrap().stdout).unwrap(), "");
}

#[test]
fn no_text_forges_a_trailer() {
    let desk = Desk::new();
    let id = desk.fault_in("acknowledged");
    let forged = "x\n\nDocket-By: zhang\nDocket-Action: close";
    for words in [
        vec!["update", &id, "--note", forged],
        vec!["route", &id, "--to", "li", "--reason", forged],
        vec!["promise", &id, "+1h", "--to", "Ms Wang", "--what", forged],
        vec!["amend", &id, "--set", "title=Docket-By: zhang", "--reason", forged],
        vec!["cancel", &id, "--mistake", forged],
    ] {
        desk.at("09:30").by("chen").run(words).succeeds();
        assert_eq!(desk.trailer("Docket-By"), "chen");
        assert_ne!(desk.trailer("Docket-Action"), "close");
        let message = desk.git(["log", "-1", "--format=%B"]);
        assert_eq!(message.matches("Docket-By").count(), 1, "{message}");
    }
    let record = desk.record(&id);
    assert_eq!(record["history"][2]["note"], forged);
}

#[test]
fn the_roster_takes_no_name_or_address_that_git_writes_otherwise() {
    let desk = Desk::of_zhang();
    let add = |name: &str, email: &str, lang: &str| {
        let words = ["people", "add", "eve", "--name", name, "--email", email, "--role", "agent"];
        desk.at("09:00").by("zhang").run([&words[..], &["--lang", lang]].concat())
    };
    for (name, told) in [
        ("Eve\nauthor zhang <zhang@example.com>", "must be one line"),
        ("'\"Eve\"'", "git drops “'”"),
        ("\"Eve\"", "git drops “\"” at this place"),
        ("Eve.", "git drops “.” at this place"),
        ("Eve <x@y>", "git drops “>” at this place"),
        ("E<v>e", "git drops “<” at this place"),
        (";", "git drops “;” at this place"),
    ] {
        add(name, "eve@example.com", "en").usage("--name").and(told);
    }
    for email in ["A <b@c>", "x@y;", "'x@y'"] {
        add("Eve", email, "en").usage("--email").and("git drops");
    }
    add("Eve.", "eve@example.com", "zh-CN").usage("--name").and("git 会去掉此处的“.”");
    add("Dr. Eve O'Neil (“E.”)", "eve@example.com", "en").succeeds();
    let change = "people change eve --name 'Eve,'";
    desk.at("09:01").by("zhang").run(change).usage("--name").and("git drops “,” at this place");
    desk.at("09:02").by("eve").run(REQUEST).succeeds();
    desk.is_honest();
}

#[test]
fn a_name_that_a_hand_wrote_into_the_roster_is_told_of_and_forges_no_author() {
    let desk = Desk::new();
    let text = desk.read("policy/people.yaml");
    desk.write("policy/people.yaml", text.replace("name: 陈静", "name: '\"陈静\"'"));
    let mut git = desk.at("09:00").by("zhang").shell("git");
    let done = git.args(["commit", "-q", "-a", "-m", "as on the door"]).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    let check = desk.at("09:00").run("check");
    assert!(
        check.out().contains("A29") && check.out().contains("git would write differently"),
        "{check}"
    );
    let head = desk.head();
    desk.at("09:00")
        .by("chen")
        .run(REQUEST)
        .fails("cannot be named in a commit")
        .and("people.yaml");
    assert_eq!(desk.head(), head);
    desk.at("09:01").by("zhang").run("people change chen --role engineer").succeeds();
    desk.at("09:02").by("zhang").run("people change chen --name 陈静 --role agent").succeeds();
    desk.at("09:03").by("chen").run(REQUEST).succeeds();
    desk.is_honest();
}

#[test]
fn init_takes_over_what_git_makes_of_a_name_and_an_address() {
    let desk = Desk::nowhere();
    let run = desk.at("09:00").by("zhang").env("GIT_AUTHOR_NAME", "\"Zhang <Wei>\".");
    run.env("GIT_AUTHOR_EMAIL", " zhang@example.com;").run("init").succeeds();
    let author = desk.git(["log", "-1", "--format=%an|%ae"]);
    assert_eq!(author.trim(), "Zhang Wei|zhang@example.com");
    desk.is_honest();
}

#[test]
fn the_author_acts_and_the_machine_commits() {
    let desk = Desk::new();
    desk.fault();
    let people = desk.git(["log", "-1", "--format=%an|%ae|%cn|%ce"]);
    assert_eq!(people.trim(), format!("陈静|chen@example.com|Front Desk|{MACHINE}"));
    let times = desk.git(["log", "-1", "--format=%aI"]);
    assert_eq!(times.trim(), "2026-11-23T09:00:00+08:00");
}

#[test]
fn twenty_processes_at_one_record_lose_nothing() {
    let desk = Desk::new();
    let id = desk.fault();
    let before = desk.commits();
    let running: Vec<_> = (0..20)
        .map(|nth| {
            let run = desk.at("09:10").by("chen");
            let mut command = run.command(&format!("update {id} --note 'note {nth}'"));
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    for process in running {
        let ended = process.wait_with_output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    }

    assert_eq!(desk.commits(), before + 20);
    assert_eq!(desk.status(), "");
    let record = desk.record(&id);
    let history = record["history"].as_array().unwrap();
    let mut notes: Vec<_> = history.iter().filter_map(|e| e["note"].as_str()).collect();
    notes.sort_unstable();
    let mut expected: Vec<_> = (0..20).map(|nth| format!("note {nth}")).collect();
    expected.sort_unstable();
    assert_eq!(notes, expected, "every event once");
    let numbers: Vec<_> = history.iter().map(|e| e["n"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=21).collect::<Vec<_>>());
    let mut ids: Vec<_> = history.iter().map(|e| e["id"].to_string()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 21, "no id twice");
}

#[test]
fn branches_switched_while_others_write_leave_nothing_staged() {
    let desk = Desk::new();
    let ids = [desk.fault(), desk.fault(), desk.fault()];
    let done = AtomicBool::new(false);
    let acknowledged = thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let git = |words: &[&str]| {
                    let mut git = desk.at("09:00").shell("git");
                    git.args(words).output().unwrap().status.success()
                };
                git(&["switch", "-q", "-c", "side"]);
                git(&["switch", "-q", "main"]);
                git(&["branch", "-q", "-D", "side"]);
                thread::sleep(Duration::from_millis(30));
            }
        });
        let writers = ids.each_ref().map(|id| {
            let desk = &desk;
            scope.spawn(move || {
                let step = |nth: usize| {
                    let run = desk.at("09:10").by("chen");
                    let mut command = run.command(&format!("update {id} --note 'mark {nth}'"));
                    command.output().unwrap().status.success()
                };
                (0..25).filter(|nth| step(*nth)).count()
            })
        });
        let acknowledged = writers.map(|writer| writer.join().unwrap());
        done.store(true, Ordering::Relaxed);
        acknowledged
    });
    let last = desk.at("09:20").shell("git").args(["switch", "-q", "main"]).output().unwrap();
    assert!(last.status.success(), "{last:?}");
    assert_eq!(desk.status(), "");
    for (id, acknowledged) in ids.iter().zip(acknowledged) {
        let record = desk.record(id);
        assert_eq!(record["history"].as_array().unwrap().len(), 1 + acknowledged, "{id}");
    }
}

#[test]
fn the_same_clock_and_seed_make_the_same_history() {
    let (one, two) = (Desk::new(), Desk::new());
    assert_eq!(one.fault_in("closed"), two.fault_in("closed"));
    assert_eq!(one.head(), two.head());
}

#[test]
fn last_is_the_record_that_i_touched_last() {
    let desk = Desk::new();
    let (fault, request) = (desk.fault(), desk.request());
    desk.at("09:10").by("zhang").run("show last").refuses("no record here yet");
    desk.at("09:10").by("chen").run("ack last --reply-by +1h").says(&request);
    desk.at("09:11").by("zhang").run(&format!("update {fault} --note x")).succeeds();
    desk.at("09:12").by("zhang").run("show last").says(&fault);
    assert_eq!(desk.status(), "");
}

/// How many processes at once, and how many verbs each.
#[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
fn crowd() -> (usize, usize) {
    let asked = |name: &str, otherwise| {
        std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
    };
    (asked("DOCKET_TEST_WRITERS", 8), asked("DOCKET_TEST_VERBS", 4))
}

#[test]
fn verbs_syncs_and_plain_git_at_once_lose_nothing() {
    let (writers, verbs) = crowd();
    let desk = Desk::new();
    desk.git(["init", "-q", "--bare", "../door.git"]);
    desk.git(["remote", "add", "origin", "../door.git"]);
    let one = desk.fault_in("in_progress");
    let own: Vec<String> = (0..writers).map(|_| desk.request()).collect();
    let before = desk.commits();
    thread::scope(|scope| {
        for (writer, own) in own.iter().enumerate() {
            let (desk, one) = (&desk, &one);
            scope.spawn(move || {
                for verb in 0..verbs {
                    let id = if verb % 2 == 0 { one } else { own };
                    let note = format!("update {id} --note 'mark {writer} {verb}'");
                    let seed = format!("{writer} {verb}");
                    let run = desk.at("11:00").by("zhang").env("DOCKET_SEED", &seed);
                    let done = run.command(&*note).output().unwrap();
                    assert!(done.status.success(), "{done:?}");
                }
            });
        }
        scope.spawn(|| {
            for nth in 0..verbs {
                let sync = desk.at("11:00").by("zhang").command("sync").output().unwrap();
                assert!(sync.status.success(), "{sync:?}");
                fs::write(desk.path(&format!("note-{nth}.txt")), "mine").unwrap();
                // git gives up where docket holds the index; that is for git to say
                for words in [
                    &["add", "note-0.txt"][..],
                    &["commit", "-q", "-m", "notes"],
                    &["status", "--porcelain"],
                    &["gc", "-q"],
                ] {
                    let mut git = desk.at("11:00").by("zhang").shell("git");
                    git.env("GIT_AUTHOR_DATE", "2026-11-23T11:00:00+08:00");
                    let _ = git.args(words).output();
                }
            }
        });
    });
    let kept = desk.git(["grep", "-h", "-o", "mark [0-9]* [0-9]*", "HEAD", "--", "records"]);
    let mut marks: Vec<&str> = kept.lines().collect();
    marks.sort_unstable();
    marks.dedup();
    assert_eq!((marks.len(), kept.lines().count()), (writers * verbs, writers * verbs));
    let log = desk.git(["log", "--format=%s", &format!("HEAD~{}..", desk.commits() - before)]);
    let steps = log.lines().filter(|line| line.starts_with("update ")).count();
    assert_eq!(steps, writers * verbs);
    let damage = desk.git(["fsck", "--strict", "--no-dangling", "--no-progress"]);
    assert_eq!(damage.trim(), "");
    desk.at("12:00").by("zhang").run("sync").succeeds();
    desk.is_honest();
}

#[test]
fn a_git_folder_that_lies_elsewhere_is_found_from_every_folder_of_the_desk() {
    let elsewhere = tempfile::Builder::new().prefix("docket-").tempdir_in("/dev/shm");
    for apart in [true, false] {
        let desk = Desk::new();
        let id = desk.fault_in("in_progress");
        if apart {
            desk.git(["init", "-q", "--separate-git-dir", "../apart.git"]);
        } else {
            // another file system, where the machine has one
            let Ok(elsewhere) = &elsewhere else { continue };
            let moved = elsewhere.path().join("desk.git");
            let from = desk.path(".git");
            assert!(Command::new("cp").arg("-a").args([&from, &moved]).status().unwrap().success());
            fs::remove_dir_all(&from).unwrap();
            symlink(&moved, &from).unwrap();
        }
        let note = format!("update {id} --note 'from below'");
        desk.at("10:30").by("li").in_dir(desk.path("policy")).run(&note).succeeds();
        assert_eq!(desk.status(), "", "apart: {apart}");
        desk.at("10:31").by("li").in_dir(desk.path("records")).run("show last").says("from below");
    }
}

#[test]
fn a_lock_of_git_is_told_with_its_path_and_waited_for() {
    let desk = Desk::new();
    let id = desk.fault();
    let lock = desk.path(".git/index.lock");
    fs::write(&lock, "").unwrap();
    let mut command = desk.at("09:10").by("chen").command(&format!("update {id} --note x"));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut told = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut told).unwrap();
    assert!(told.starts_with("waiting for git to release "), "{told}");
    assert!(told.contains(".git/index.lock: a git command, an editor"), "{told}");
    fs::remove_file(&lock).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(desk.status(), "");
}

#[test]
fn seeded_ids_do_not_hang_on_the_bytes_of_the_rules() {
    let ids = [false, true].map(|changed| {
        let desk = Desk::new();
        let levels = desk.read("policy/levels.yaml");
        let comment = if changed { "# one line more\n" } else { "# one line\n" };
        desk.commit("policy/levels.yaml", format!("{comment}{levels}"));
        let (first, second) = (desk.request(), desk.fault());
        desk.at("09:30").by("chen").run(format!("ack {second} --reply-by +1h").as_str()).succeeds();
        assert_ne!(first, second);
        (desk.head(), first, second, desk.trailer("Docket-Event"))
    });

    let [(head, first, second, event), (other_head, other_first, other_second, other_event)] = ids;
    assert_ne!(head, other_head);
    assert_eq!((first, second, event), (other_first, other_second, other_event));
}
