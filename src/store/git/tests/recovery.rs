use std::{fs, path::Path};

use super::{
    super::{
        error::Error,
        ids::{BlobId, CommitId},
        journal::{FileUpdate, Journal},
        recover::Recovery,
        snapshot::Snapshot,
        tree::{FILE, TreeEntry},
    },
    desk::{RECORD, TestDesk, change, count_up, impatient, no_notice, write},
};

const OLD: &str = "n: 0\n";
const NEW: &str = "n: 1\n";

fn entry(text: &str) -> TreeEntry {
    TreeEntry { mode: FILE, id: BlobId::of(text.as_bytes()).unwrap().0 }
}

/// A desk whose journal tells of a commit that changes the record and adds a contact. The commit
/// exists; whether the branch has come to it is the test's choice.
struct Crash {
    desk: TestDesk,
    journal: Journal,
    before: String,
}

impl Crash {
    fn new() -> Self {
        let desk = TestDesk::new();
        let before = desk.git(&["rev-parse", "main"]).trim().to_owned();
        let new = write(&desk.open(), &[(RECORD, Some(NEW)), ("contacts/C-1.yaml", Some("c\n"))])
            .unwrap();
        desk.git(&["reset", "-q", "--hard", &before]);
        let journal = Journal {
            nonce: "0123456789abcdef".to_owned(),
            branch: "main".to_owned(),
            old: before.parse().ok(),
            new,
            gitdir: Some(String::new()),
            files: vec![
                FileUpdate {
                    path: "contacts/C-1.yaml".to_owned(),
                    old: None,
                    new: Some(entry("c\n")),
                },
                FileUpdate {
                    path: RECORD.to_owned(),
                    old: Some(entry(OLD)),
                    new: Some(entry(NEW)),
                },
            ],
        };
        journal.save(&desk.home("")).unwrap();
        Self { desk, journal, before }
    }

    fn locked(self) -> Self {
        fs::hard_link(self.desk.home("journal"), self.desk.at(".git/index.lock")).unwrap();
        self
    }

    fn landed(self) -> Self {
        let new = self.journal.new.to_string();
        self.desk.git(&["update-ref", "refs/heads/main", &new, &self.before]);
        self
    }

    fn recovered(&self) -> Recovery {
        self.desk.open().recover().unwrap().unwrap()
    }

    fn finished(&self) -> Recovery {
        Recovery::Finished { commit: self.journal.new, left: Vec::new() }
    }
}

#[test]
fn without_a_journal_there_is_nothing_to_recover() {
    assert_eq!(TestDesk::new().open().recover().unwrap(), None);
}

#[test]
fn a_crash_before_the_reference_moved_leaves_no_trace() {
    for crash in [Crash::new(), Crash::new().locked()] {
        fs::create_dir(crash.desk.at("contacts")).unwrap();
        crash.desk.put("contacts/.docket-0123456789abcdef-0.tmp", "half");
        fs::write(crash.desk.home("index"), "half").unwrap();
        assert_eq!(crash.recovered(), Recovery::Undone { branch: "main".to_owned() });
        assert_eq!(crash.desk.text(RECORD), OLD);
        crash.desk.is_tidy();
        count_up(&crash.desk.open()).unwrap();
    }
}

#[test]
fn a_crash_after_the_reference_moved_is_finished() {
    let steps: [&dyn Fn(&TestDesk); 4] = [
        &|_| (),
        &|desk| desk.put("contacts/.docket-0123456789abcdef-0.tmp", "half"),
        &|desk| desk.put("contacts/C-1.yaml", "c\n"),
        &|desk| {
            desk.put("contacts/C-1.yaml", "c\n");
            desk.put(RECORD, NEW);
        },
    ];
    for (n, step) in steps.iter().enumerate() {
        let crash = Crash::new().locked().landed();
        step(&crash.desk);
        assert_eq!(crash.recovered(), crash.finished(), "{n}");
        assert_eq!(crash.desk.text(RECORD), NEW);
        assert!(!crash.desk.at("contacts/.docket-0123456789abcdef-0.tmp").exists());
        crash.desk.is_tidy();
    }
}

#[test]
fn a_crash_after_the_index_was_installed_only_cleans_up() {
    for keep_lock in [true, false] {
        let crash = Crash::new().landed();
        crash.desk.git(&["reset", "-q", "--hard"]);
        let crash = if keep_lock { crash.locked() } else { crash };
        assert_eq!(crash.recovered(), crash.finished());
        crash.desk.is_tidy();
    }
}

#[test]
fn the_next_writer_finishes_first() {
    let crash = Crash::new().locked().landed();
    count_up(&crash.desk.open()).unwrap();
    assert_eq!(crash.desk.text(RECORD), "n: 2\n");
    crash.desk.is_tidy();
}

#[test]
fn what_somebody_changed_after_the_crash_is_theirs() {
    let crash = Crash::new().locked().landed();
    crash.desk.put(RECORD, "n: mine\n");
    let left = vec![RECORD.to_owned()];
    assert_eq!(crash.recovered(), Recovery::Finished { commit: crash.journal.new, left });
    assert_eq!(crash.desk.text(RECORD), "n: mine\n");
    assert_eq!(crash.desk.status(), format!(" M {RECORD}\n"));
    crash.desk.leaves_nothing();
}

#[test]
fn a_staged_change_after_the_crash_is_theirs() {
    let crash = Crash::new().landed();
    crash.desk.put(RECORD, "n: mine\n");
    crash.desk.git(&["add", RECORD]);
    crash.recovered();
    assert_eq!(crash.desk.status(), format!("M  {RECORD}\n"));
}

#[test]
fn a_commit_on_top_of_the_crash_stands() {
    let crash = Crash::new().landed();
    // somebody removed the stale lock and committed another file from the stale index
    crash.desk.put("other.txt", "theirs\n");
    crash.desk.git(&["add", "other.txt"]);
    crash.desk.git(&["commit", "-q", "-m", "reverts the step"]);
    crash.recovered();
    assert_eq!(crash.desk.text(RECORD), OLD);
    crash.desk.is_tidy();
}

#[test]
fn a_foreign_index_lock_leaves_the_journal_for_the_next_command() {
    let crash = Crash::new().landed();
    fs::write(crash.desk.at(".git/index.lock"), "").unwrap();
    let mut repository = crash.desk.open();
    repository.limits = impatient();
    assert!(repository.recover().is_err());
    assert!(count_up(&repository).is_err());
    assert!(crash.desk.home("journal").exists());
    fs::remove_file(crash.desk.at(".git/index.lock")).unwrap();
    assert_eq!(crash.recovered(), crash.finished());
    crash.desk.is_tidy();
}

#[test]
fn a_reader_leaves_recovery_to_the_writer_at_work() {
    let crash = Crash::new().locked().landed();
    let lock = fs::File::open(crash.desk.home("lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(crash.desk.open().recover().unwrap(), None);
    lock.unlock().unwrap();
    assert_eq!(crash.recovered(), crash.finished());
}

#[test]
fn a_damaged_journal_is_set_aside() {
    for text in ["", "{", "[]", "{\"nonce\":\"../../x\"}", "\u{0}\u{0}"] {
        let desk = TestDesk::new();
        count_up(&desk.open()).unwrap();
        fs::write(desk.home("journal"), text).unwrap();
        if !text.is_empty() {
            fs::hard_link(desk.home("journal"), desk.at(".git/index.lock")).unwrap();
        }
        let aside =
            desk.home("journal.damaged").canonicalize().unwrap_or(desk.home("journal.damaged"));
        assert_eq!(
            desk.open().recover().unwrap(),
            Some(Recovery::SetAside { path: aside }),
            "{text:?}"
        );
        count_up(&desk.open()).unwrap();
        desk.is_tidy();
    }
}

#[test]
fn a_journal_that_points_outside_is_not_followed() {
    let crash = Crash::new().landed();
    let mut journal = crash.journal.clone();
    journal.files[0].path = "../outside".to_owned();
    journal.save(&crash.desk.home("")).unwrap();
    assert!(matches!(crash.recovered(), Recovery::SetAside { .. }));
    assert!(!crash.desk.beside("outside").exists());
}

#[test]
fn a_reference_that_a_power_cut_emptied_is_repaired() {
    for emptied in ["", "\0\0\0\0"] {
        let crash = Crash::new().locked();
        fs::write(crash.desk.at(".git/refs/heads/main"), emptied).unwrap();
        assert_eq!(crash.recovered(), crash.finished());
        assert_eq!(crash.desk.text(RECORD), NEW);
        crash.desk.is_tidy();
    }
}

#[test]
fn a_crash_in_a_linked_working_tree_is_finished_from_the_main_one() {
    let desk = TestDesk::new();
    let linked = desk.beside("linked");
    desk.git(&["worktree", "add", "-q", "-b", "side", linked.to_str().unwrap()]);
    let before = desk.git(&["rev-parse", "side"]).trim().to_owned();
    let repository = super::desk::opened(&linked);
    let deciding =
        |_: &Snapshot<'_>| Ok::<_, Error>((Some(change(&[(RECORD, Some(NEW))], "side")), ()));
    let new = repository.write("side", &no_notice, deciding).unwrap().0.unwrap();
    git_reset(&linked, &before);
    let journal = Journal {
        nonce: "0123456789abcdef".to_owned(),
        branch: "side".to_owned(),
        old: before.parse().ok(),
        new,
        gitdir: Some("worktrees/linked".to_owned()),
        files: vec![FileUpdate {
            path: RECORD.to_owned(),
            old: Some(entry(OLD)),
            new: Some(entry(NEW)),
        }],
    };
    assert_eq!(repository.gitdir_name().unwrap(), "worktrees/linked");
    journal.save(&desk.home("")).unwrap();
    desk.git(&["update-ref", "refs/heads/side", &new.to_string()]);

    desk.open().recover().unwrap().unwrap();

    assert_eq!(fs::read_to_string(linked.join(RECORD)).unwrap(), NEW);
    assert_eq!(super::desk::git_in(&linked, &["status", "--porcelain"]), "");
    desk.is_tidy();
}

#[test]
fn a_branch_switched_after_the_crash_is_not_touched() {
    let crash = Crash::new().landed();
    crash.desk.git(&["symbolic-ref", "HEAD", "refs/heads/elsewhere"]);
    crash.desk.git(&["update-ref", "refs/heads/elsewhere", &crash.before]);
    crash.recovered();
    assert_eq!(crash.desk.text(RECORD), OLD);
    crash.desk.is_tidy();
}

fn git_reset(root: &Path, to: &str) {
    super::desk::git_in(root, &["reset", "-q", "--hard", to]);
}

#[test]
fn a_commit_id_survives_the_journal() {
    let crash = Crash::new();
    let text = fs::read_to_string(crash.desk.home("journal")).unwrap();
    let back: Journal = serde_json::from_str(&text).unwrap();
    assert_eq!(back, crash.journal);
    assert_eq!(back.new.to_string().parse::<CommitId>(), Ok(back.new));
}
