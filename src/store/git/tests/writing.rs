use std::{cell::Cell, fs, os::unix::fs::PermissionsExt, process::Command, thread};

use super::{
    super::{Change, Head, Repository, error::Error, snapshot::Snapshot},
    desk::{RECORD, TestDesk, change, count, count_up, git_in, no_notice, opened, try_git, write},
};

#[test]
fn a_write_is_one_commit_and_git_sees_nothing_else() {
    let desk = TestDesk::new();
    let repository = desk.open();
    let before = repository.tip("main").unwrap();

    let commit =
        write(&repository, &[(RECORD, Some("n: 1\n")), ("contacts/C-1.yaml", Some("a\n"))]);

    assert_eq!(desk.git(&["rev-parse", "main"]).trim(), commit.unwrap().to_string());
    assert_eq!(desk.git(&["rev-parse", "main^"]).trim(), before.unwrap().to_string());
    assert_eq!(
        desk.git(&["show", "--name-only", "--format="]),
        format!("contacts/C-1.yaml\n{RECORD}\n")
    );
    assert_eq!(desk.text(RECORD), "n: 1\n");
    assert_eq!(fs::metadata(desk.at("run.sh")).unwrap().permissions().mode() & 0o777, 0o755);
    assert_eq!(fs::metadata(desk.home("lock")).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(desk.git(&["reflog", "-1", "main"]).contains("commit: step"));
    desk.is_tidy();
}

#[test]
fn message_people_and_date_are_written_as_given() {
    let desk = TestDesk::new();
    let message = "ack R-261122-7K3QX: told\n\n# not a comment\n  body  \n\n\nDocket-By: zhang\nDocket-At: x\n\n";
    let deciding = |_: &Snapshot<'_>| Ok::<_, Error>((Some(change(&[], message)), 7));

    let (commit, answer) = desk.open().write("main", &no_notice, deciding).unwrap();

    assert_eq!(answer, 7);
    let raw = desk.git(&["cat-file", "commit", "main"]);
    let (header, written) = raw.split_once("\n\n").unwrap();
    assert_eq!(written, message);
    assert!(header.contains("author Zhang Wei <z@desk.example> 1795309920 +0800"), "{header}");
    assert!(
        header.contains("committer TestDesk PC <pc@desk.example> 1795309920 +0800"),
        "{header}"
    );
    let info = desk.open().commit_info(commit.unwrap()).unwrap();
    assert_eq!(info.subject, "ack R-261122-7K3QX: told");
    assert_eq!(info.time.to_string(), "2026-11-22T09:12:00+08:00");
    desk.is_tidy();
}

#[test]
fn nothing_to_do_writes_nothing() {
    let desk = TestDesk::new();
    let before = desk.git(&["rev-parse", "main"]);
    let deciding = |_: &Snapshot<'_>| Ok::<_, Error>((None::<Change>, "nothing"));
    assert_eq!(desk.open().write("main", &no_notice, deciding).unwrap(), (None, "nothing"));
    assert_eq!(desk.git(&["rev-parse", "main"]), before);
    desk.is_tidy();
}

#[test]
fn other_staged_edited_and_untracked_files_are_left() {
    let desk = TestDesk::new();
    desk.put("staged.txt", "staged\n");
    desk.git(&["add", "staged.txt"]);
    desk.put("other.txt", "edited\n");
    desk.put("untracked.txt", "untracked\n");
    desk.git(&["update-index", "--chmod=-x", "run.sh"]);
    let before = desk.status();

    write(&desk.open(), &[(RECORD, Some("n: 1\n"))]).unwrap();

    assert_eq!(desk.status(), before);
    assert_eq!(before, " M other.txt\nMM run.sh\nA  staged.txt\n?? untracked.txt\n");
    assert_eq!(desk.text("other.txt"), "edited\n");
    assert_eq!(desk.git(&["show", "--name-only", "--format="]).trim(), RECORD);
    desk.leaves_nothing();
}

#[test]
fn an_edit_in_the_moment_of_the_last_git_add_stays_visible() {
    for _ in 0..5 {
        let desk = TestDesk::new();
        desk.put("other.txt", "OTHER\n");
        desk.git(&["add", "other.txt"]);
        desk.put("other.txt", "0ther\n");
        write(&desk.open(), &[(RECORD, Some("n: 1\n"))]).unwrap();
        assert_eq!(desk.status(), "MM other.txt\n");
    }
}

#[test]
fn a_deleted_file_takes_its_empty_folders_along() {
    let desk = TestDesk::new();
    write(&desk.open(), &[(RECORD, None), ("absent.txt", None)]).unwrap();
    assert!(!desk.at("records").exists());
    assert_eq!(desk.git(&["ls-tree", "-r", "--name-only", "main"]), "other.txt\nrun.sh\n");
    assert_eq!(desk.git(&["write-tree"]), desk.git(&["rev-parse", "main^{tree}"]));
    desk.is_tidy();
}

#[test]
fn trees_are_what_git_would_have_written() {
    let desk = TestDesk::new();
    let files = ["a", "a-b", "a.b/x", "a/b", "a0", "b/c/d", "b/c-d", "b-c", "客户/一", "z"];
    let files: Vec<_> = files[1..].iter().map(|path| (*path, Some("x\n"))).collect();
    write(&desk.open(), &files).unwrap();
    assert_eq!(desk.git(&["write-tree"]), desk.git(&["rev-parse", "main^{tree}"]));
    write(&desk.open(), &[("a/b", None), ("a", None), ("a-b", None), ("b/c/d", None)]).unwrap_err();
    write(&desk.open(), &[("a/b", None), ("a-b", None), ("b/c/d", None)]).unwrap();
    assert_eq!(desk.git(&["write-tree"]), desk.git(&["rev-parse", "main^{tree}"]));
    desk.is_tidy();
}

#[test]
fn the_first_commit_of_an_unborn_branch_has_no_parent() {
    let desk = TestDesk::unborn();
    assert_eq!(
        desk.open().head_branch().unwrap(),
        Head::Branch { name: "main".to_owned(), tip: None }
    );
    write(&desk.open(), &[("docket.yaml", Some("format: 1\n"))]).unwrap();
    assert_eq!(desk.git(&["log", "--format=%s %P"]), "step \n");
    desk.is_tidy();
}

#[test]
fn a_bare_repository_takes_commits_too() {
    let desk = TestDesk::new();
    let bare = desk.beside("bare.git");
    desk.git(&["clone", "-q", "--bare", ".", bare.to_str().unwrap()]);
    let repository = opened(&bare);
    assert!(repository.workdir().is_none());
    for _ in 0..3 {
        count_up(&repository).unwrap();
    }
    assert_eq!(git_in(&bare, &["show", &format!("main:{RECORD}")]), "n: 3\n");
    assert!(!bare.join("index").exists());
}

#[test]
fn a_linked_working_tree_follows_its_own_branch() {
    let desk = TestDesk::new();
    let linked = desk.beside("linked");
    desk.git(&["worktree", "add", "-q", "-b", "side", linked.to_str().unwrap()]);
    let repository = opened(&linked);
    let deciding =
        |_: &Snapshot<'_>| Ok::<_, Error>((Some(change(&[(RECORD, Some("n: 9\n"))], "side")), ()));
    repository.write("side", &no_notice, deciding).unwrap();
    assert_eq!(fs::read_to_string(linked.join(RECORD)).unwrap(), "n: 9\n");
    assert_eq!(git_in(&linked, &["status", "--porcelain"]), "");
    assert_eq!(desk.text(RECORD), "n: 0\n");

    let error = repository.write("main", &no_notice, deciding).unwrap_err();
    let elsewhere = matches!(&error, Error::CheckedOutElsewhere { branch, .. } if branch == "main");
    assert!(elsewhere, "{error:?}");
    desk.is_tidy();
}

#[test]
fn a_branch_that_is_not_checked_out_does_not_move_under_a_switch_to_it() {
    let desk = TestDesk::new();
    desk.git(&["branch", "feature/desk"]);
    let deciding =
        |_: &Snapshot<'_>| Ok::<_, Error>((Some(change(&[(RECORD, Some("n: 5\n"))], "there")), ()));
    let error = desk.open().write("feature/desk", &no_notice, deciding).unwrap_err();
    let left = matches!(&error, Error::NotCheckedOut { branch } if branch == "feature/desk");
    assert!(left, "{error:?}");
    assert_eq!(desk.git(&["show", &format!("feature/desk:{RECORD}")]), "n: 0\n");
    assert_eq!(desk.text(RECORD), "n: 0\n");
    desk.is_tidy();
}

#[test]
fn a_shallow_clone_and_an_index_of_version_four_work() {
    let desk = TestDesk::new();
    count_up(&desk.open()).unwrap();
    let shallow = desk.beside("shallow");
    let url = format!("file://{}", desk.root().display());
    desk.git(&["clone", "-q", "--depth=1", &url, shallow.to_str().unwrap()]);
    git_in(&shallow, &["update-index", "--index-version", "4"]);
    let repository = opened(&shallow);
    let tip = count_up(&repository).unwrap();
    assert_eq!(git_in(&shallow, &["status", "--porcelain"]), "");
    assert_eq!(repository.log(tip, RECORD).unwrap().len(), 2);
}

#[test]
fn a_file_outside_a_sparse_checkout_stays_outside() {
    let desk = TestDesk::new();
    desk.git(&["sparse-checkout", "set", "--no-cone", "/*", "!/records/"]);
    assert!(!desk.at(RECORD).exists());
    count_up(&desk.open()).unwrap();
    assert!(!desk.at(RECORD).exists());
    assert_eq!(desk.git(&["show", &format!(":{RECORD}")]), "n: 1\n");
    desk.is_tidy();
}

#[test]
fn a_foreign_commit_between_deciding_and_moving_is_built_upon() {
    let desk = TestDesk::new();
    let repository = desk.open();
    let calls = Cell::new(0);
    let deciding = |tip: &Snapshot<'_>| {
        calls.set(calls.get() + 1);
        let n = count(&tip.read(RECORD)?.unwrap());
        if calls.get() == 1 {
            desk.put("other.txt", "theirs\n");
            desk.put(RECORD, "n: 10\n");
            desk.git(&["commit", "-q", "-a", "-m", "theirs"]);
        }
        let text = format!("n: {}\n", n + 1);
        Ok::<_, Error>((Some(change(&[(RECORD, Some(&text))], "ours")), ()))
    };
    repository.write("main", &no_notice, deciding).unwrap();
    assert_eq!(calls.get(), 2);
    assert_eq!(desk.text(RECORD), "n: 11\n");
    assert_eq!(desk.text("other.txt"), "theirs\n");
    desk.is_tidy();
}

#[test]
fn a_foreign_commit_of_another_file_makes_the_write_start_again() {
    let desk = TestDesk::new();
    let calls = Cell::new(0);
    let deciding = |tip: &Snapshot<'_>| {
        calls.set(calls.get() + 1);
        if calls.get() == 1 {
            desk.put("other.txt", "theirs\n");
            desk.git(&["commit", "-q", "-a", "-m", "theirs"]);
        }
        assert_eq!(tip.read(RECORD)?.unwrap(), b"n: 0\n");
        Ok::<_, Error>((Some(change(&[(RECORD, Some("n: 1\n"))], "ours")), ()))
    };
    desk.open().write("main", &no_notice, deciding).unwrap();
    assert_eq!(calls.get(), 2);
    assert_eq!(desk.git(&["log", "--format=%s"]), "ours\ntheirs\nbegin\n");
    desk.is_tidy();
}

#[test]
fn sixteen_writers_land_every_change_exactly_once() {
    let desk = TestDesk::new();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                let repository = desk.open();
                for _ in 0..4 {
                    count_up(&repository).unwrap();
                }
            });
        }
    });
    assert_eq!(desk.text(RECORD), "n: 64\n");
    assert_eq!(desk.git(&["rev-list", "--count", "main"]), "65\n");
    desk.is_tidy();
}

#[test]
fn writers_and_plain_commits_of_other_files_lose_nothing() {
    let desk = TestDesk::new();
    let committed = thread::scope(|scope| {
        let foreign = scope.spawn(|| {
            let tries = (0..20).map(|n| {
                desk.put("other.txt", &format!("{n}\n"));
                try_git(&desk.root(), &["commit", "-q", "-m", "plain", "other.txt"])
            });
            tries.filter(|output| output.status.success()).count()
        });
        for _ in 0..2 {
            scope.spawn(|| {
                let repository = desk.open();
                for _ in 0..10 {
                    count_up(&repository).unwrap();
                }
            });
        }
        foreign.join().unwrap()
    });
    assert!(committed > 0);
    assert_eq!(desk.git(&["rev-list", "--count", "main"]), format!("{}\n", 21 + committed));
    assert_eq!(desk.git(&["show", &format!("main:{RECORD}")]), "n: 20\n");
    assert_eq!(desk.text(RECORD), "n: 20\n");
    let reverts = desk.git(&["log", "--format=%s", "--", RECORD]);
    assert!(!reverts.contains("plain"), "{reverts}");
    desk.leaves_nothing();
}

#[test]
fn a_commit_is_signed_by_gits_own_settings() {
    let desk = TestDesk::new();
    let key = desk.beside("key");
    let keygen =
        Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).output();
    if !keygen.is_ok_and(|output| output.status.success()) {
        return; // no ssh-keygen on this machine
    }
    let public = fs::read_to_string(key.with_extension("pub")).unwrap();
    fs::write(desk.beside("allowed"), format!("pc@desk.example {public}")).unwrap();
    desk.git(&["config", "gpg.format", "ssh"]);
    desk.git(&["config", "user.signingkey", key.to_str().unwrap()]);
    desk.git(&["config", "gpg.ssh.allowedSignersFile", desk.beside("allowed").to_str().unwrap()]);
    let message = "signed\n\nDocket-By: zhang\n  \n";
    let signing = |_: &Snapshot<'_>| {
        let change = change(&[(RECORD, Some("n: 1\n"))], message);
        Ok::<_, Error>((Some(Change { sign: true, ..change }), ()))
    };
    desk.open().write("main", &no_notice, signing).unwrap();
    desk.git(&["verify-commit", "main"]);
    let raw = desk.git(&["cat-file", "commit", "main"]);
    assert!(raw.ends_with(&format!("-----END SSH SIGNATURE-----\n\n{message}")), "{raw}");
    assert!(raw.contains("author Zhang Wei <z@desk.example> 1795309920 +0800"));
    desk.is_tidy();

    desk.git(&["config", "user.signingkey", "/nowhere/key"]);
    let before = desk.git(&["rev-parse", "main"]);
    let error = desk.open().write("main", &no_notice, signing).unwrap_err();
    assert!(matches!(error, Error::NotSigned { .. }), "{error:?}");
    assert_eq!(desk.git(&["rev-parse", "main"]), before);
    desk.is_tidy();
}

#[test]
fn settings_of_the_clone_are_read_and_set() {
    let desk = TestDesk::new();
    let repository: Repository = desk.open();
    assert_eq!(repository.config("docket.test").unwrap(), None);
    repository.set_config("docket.test", "Yes").unwrap();
    assert_eq!(desk.git(&["config", "docket.test"]), "Yes\n");
    assert_eq!(repository.config_switch("docket.test").unwrap(), Some(true));
    assert!(repository.set_config("nonsense", "x").is_err());
}
