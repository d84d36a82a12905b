use std::{cell::RefCell, fs, os::unix::fs::symlink, path::Path, time::Instant};

use super::{
    super::{
        Change, Notice, Repository,
        error::{Edit, Error, Unfinished, UnsupportedFormat},
        lock::Signer,
        snapshot::Snapshot,
        variables::GitVariables,
    },
    desk::{RECORD, TestDesk, change, count_up, impatient, no_notice, opened, write},
};

/// Asserts that a write of the record is refused and changes nothing.
#[track_caller]
fn refused(desk: &TestDesk) -> Error {
    let state =
        || (desk.git(&["for-each-ref"]), desk.status(), desk.git(&["ls-files", "-s", "-t"]));
    let before = state();
    let error = write(&desk.open(), &[(RECORD, Some("n: 1\n"))]).unwrap_err();
    assert_eq!(state(), before);
    desk.leaves_nothing();
    error
}

#[track_caller]
fn refused_for(desk: &TestDesk, expected: Edit) {
    match refused(desk) {
        Error::HandEdited { path, edit } => assert_eq!((path.as_str(), edit), (RECORD, expected)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_hand_edit_is_refused() {
    let desk = TestDesk::new();
    desk.put(RECORD, "n: mine\n");
    refused_for(&desk, Edit::Unstaged);
    assert_eq!(desk.text(RECORD), "n: mine\n");
    fs::remove_file(desk.at(RECORD)).unwrap();
    refused_for(&desk, Edit::Unstaged);
    fs::create_dir(desk.at(RECORD)).unwrap();
    refused_for(&desk, Edit::Unstaged);
}

#[test]
fn a_staged_hand_edit_is_refused_even_if_the_file_is_as_before() {
    let desk = TestDesk::new();
    desk.put(RECORD, "n: mine\n");
    desk.git(&["add", "."]);
    refused_for(&desk, Edit::Unstaged);
    desk.put(RECORD, "n: 0\n");
    refused_for(&desk, Edit::Staged);
    desk.git(&["rm", "-q", "--cached", "-f", RECORD]);
    refused_for(&desk, Edit::Staged);
    desk.git(&["reset", "-q"]);
    count_up(&desk.open()).unwrap();
    desk.is_tidy();
}

#[test]
fn a_file_of_somebody_where_a_new_one_belongs_is_refused() {
    let desk = TestDesk::new();
    desk.put("contacts", "a file, not a folder\n");
    let error = write(&desk.open(), &[("contacts/C-1.yaml", Some("x\n"))]).unwrap_err();
    assert!(matches!(error, Error::HandEdited { edit: Edit::Unstaged, .. }), "{error:?}");
    desk.git(&["add", "contacts"]);
    fs::remove_file(desk.at("contacts")).unwrap();
    let error = write(&desk.open(), &[("contacts/C-1.yaml", Some("x\n"))]).unwrap_err();
    assert!(matches!(error, Error::HandEdited { edit: Edit::Staged, .. }), "{error:?}");
    desk.leaves_nothing();
}

#[test]
fn symbolic_links_are_refused() {
    let desk = TestDesk::new();
    fs::rename(desk.at("records"), desk.beside("elsewhere")).unwrap();
    symlink(desk.beside("elsewhere"), desk.at("records")).unwrap();
    assert!(matches!(refused(&desk), Error::Symlinked { path } if path == "records"));
    fs::remove_file(desk.at("records")).unwrap();
    desk.git(&["checkout", "-q", "."]);
    fs::remove_file(desk.at(RECORD)).unwrap();
    symlink("/etc/passwd", desk.at(RECORD)).unwrap();
    assert!(matches!(refused(&desk), Error::Symlinked { path } if path == RECORD));
}

#[test]
fn paths_that_leave_the_repository_and_things_that_are_no_files_are_refused() {
    let desk = TestDesk::new();
    symlink("other.txt", desk.at("link")).unwrap();
    desk.git(&["add", "link"]);
    desk.git(&["commit", "-q", "-m", "link"]);
    for path in ["../x", "/x", ".git/config", "a//b", ""] {
        let error = write(&desk.open(), &[(path, Some("x"))]).unwrap_err();
        assert!(matches!(error, Error::BadPath { .. }), "{path}: {error:?}");
    }
    for path in ["link", "records", "other.txt/x", "link/x"] {
        let error = write(&desk.open(), &[(path, Some("x"))]).unwrap_err();
        let is_named = matches!(
            error,
            Error::NotAFile { .. } | Error::HandEdited { .. } | Error::Symlinked { .. }
        );
        assert!(is_named, "{path}: {error:?}");
    }
    let twice = write(&desk.open(), &[("a", Some("x")), ("a", Some("y"))]).unwrap_err();
    assert!(matches!(twice, Error::BadPath { .. }), "{twice:?}");
    let tip = desk.open().tip("main").unwrap().unwrap();
    let repository = desk.open();
    let snapshot = repository.snapshot(tip).unwrap();
    assert!(matches!(snapshot.read("link"), Err(Error::NotAFile { .. })));
    assert!(matches!(snapshot.read("records"), Err(Error::NotAFile { .. })));
    assert_eq!(snapshot.read("link/x").unwrap(), None);
    desk.is_tidy();
}

#[test]
fn names_that_git_would_not_write_as_they_stand_are_refused() {
    let desk = TestDesk::new();
    for name in ["", "  ", "a\nparent x", "a <b>", "a\0", "\"a\"", "'a", "a:", "a."] {
        for sign in [false, true] {
            let deciding = |_: &Snapshot<'_>| {
                let mut change = change(&[(RECORD, Some("n: 1\n"))], "forged");
                name.clone_into(&mut change.author.name);
                change.sign = sign;
                Ok::<_, Error>((Some(change), ()))
            };
            let error = desk.open().write("main", &no_notice, deciding).unwrap_err();
            assert!(matches!(error, Error::BadPerson { .. }), "{name:?}: {error:?}");
        }
    }
    desk.is_tidy();
}

#[test]
fn a_committer_is_written_as_git_names_it_and_refused_where_programs_would_read_another() {
    let desk = TestDesk::new();
    let by = |name: &str| {
        desk.open().write("main", &no_notice, |_: &Snapshot<'_>| {
            let mut change = change(&[(RECORD, Some("n: 1\n"))], "by a machine");
            name.clone_into(&mut change.committer.name);
            Ok::<_, Error>((Some(change), ()))
        })
    };
    assert!(matches!(by("Front <TestDesk>"), Err(Error::BadPerson { .. })));
    by("Front Desk Inc.").unwrap();
    assert_eq!(desk.git(&["log", "-1", "--format=%cn"]).trim(), "Front Desk Inc.");
    desk.is_tidy();
}

#[test]
fn a_foreign_index_lock_is_waited_for_and_then_told() {
    let desk = TestDesk::new();
    fs::write(desk.at(".git/index.lock"), "").unwrap();
    let before = desk.git(&["rev-parse", "main"]);
    let mut repository = desk.open();
    repository.limits = impatient();
    // on a busy machine all that comes before may take as long as impatience lasts
    repository.limits.wait *= 8;
    let notices = RefCell::new(Vec::new());
    let deciding = |_: &Snapshot<'_>| {
        Ok::<_, Error>((Some(change(&[(RECORD, Some("n: 1\n"))], "locked")), ()))
    };
    let on_notice = |notice| notices.borrow_mut().push(notice);
    let error = repository.write("main", &on_notice, deciding).unwrap_err();
    assert!(matches!(error, Error::GitLocked { .. }), "{error:?}");
    assert!(matches!(notices.borrow().as_slice(), [Notice::WaitingForGit { .. }]));
    assert_eq!(desk.git(&["rev-parse", "main"]), before);
    assert!(!desk.home("journal").exists());

    fs::remove_file(desk.at(".git/index.lock")).unwrap();
    count_up(&repository).unwrap();
    desk.is_tidy();
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long is waited is what is tested")]
fn who_signs_under_the_lock_is_named_and_waited_for_longer() {
    let desk = TestDesk::new();
    count_up(&desk.open()).unwrap();
    let lock = fs::File::open(desk.home("lock")).unwrap();
    lock.lock().unwrap();
    fs::write(desk.home("lock"), "4711 Li Lei\n").unwrap();
    let mut repository = desk.open();
    repository.limits = impatient();
    let notices = RefCell::new(Vec::new());
    let deciding = |_: &Snapshot<'_>| Ok::<_, Error>((None::<Change>, ()));
    let on_notice = |notice| notices.borrow_mut().push(notice);
    let begun = Instant::now();
    let error = repository.write("main", &on_notice, deciding).unwrap_err();
    assert!(begun.elapsed() >= repository.limits.signing);
    let by_li =
        matches!(&error, Error::SignerTimeout(Signer { name, process: 4711 }) if name == "Li Lei");
    assert!(by_li, "{error:?}");
    assert!(matches!(notices.borrow().as_slice(), [Notice::WaitingForSigner(_)]));

    drop(lock);
    count_up(&repository).unwrap();
    assert_eq!(fs::read(desk.home("lock")).unwrap(), b"");
    desk.is_tidy();
}

#[test]
fn another_writer_is_waited_for_and_then_told() {
    let desk = TestDesk::new();
    count_up(&desk.open()).unwrap();
    let lock = fs::File::open(desk.home("lock")).unwrap();
    lock.lock().unwrap();
    let mut repository = desk.open();
    repository.limits = impatient();
    let error = count_up(&repository).unwrap_err();
    assert!(matches!(error, Error::LockTimeout { .. }), "{error:?}");
    lock.unlock().unwrap();
    count_up(&repository).unwrap();
}

#[test]
fn a_branch_that_never_stands_still_is_given_up() {
    let desk = TestDesk::new();
    let mut repository = desk.open();
    repository.limits.tries = 3;
    let deciding = |_: &Snapshot<'_>| {
        desk.git(&["commit", "-q", "--allow-empty", "-m", "theirs"]);
        Ok::<_, Error>((Some(change(&[(RECORD, Some("n: 1\n"))], "ours")), ()))
    };
    let error = repository.write("main", &no_notice, deciding).unwrap_err();
    assert!(matches!(error, Error::Contended { .. }), "{error:?}");
    assert_eq!(desk.git(&["rev-list", "--count", "main"]), "4\n");
    desk.is_tidy();
}

#[test]
fn a_merge_in_progress_is_refused() {
    let desk = TestDesk::new();
    desk.git(&["checkout", "-q", "-b", "side"]);
    desk.put("other.txt", "side\n");
    desk.git(&["commit", "-q", "-a", "-m", "side"]);
    desk.git(&["checkout", "-q", "main"]);
    desk.put("more.txt", "main\n");
    desk.git(&["add", "."]);
    desk.git(&["commit", "-q", "-m", "main"]);
    desk.git(&["merge", "-q", "--no-commit", "--no-ff", "side"]);
    assert!(matches!(refused(&desk), Error::InProgress { what: Unfinished::Merge }));
}

#[test]
fn what_libgit2_cannot_read_is_named() {
    let desk = TestDesk::new();
    let opens = |name: &str, words: &[&str]| {
        let at = desk.beside(name);
        desk.git(&[&["init", "-q"], words, &[at.to_str().unwrap()]].concat());
        Repository::discover(&at, &GitVariables::default()).map(|_| ()).unwrap_err()
    };
    let named = |error: Error, format: UnsupportedFormat| match error {
        Error::Unsupported(found) => assert_eq!(found, format),
        other => panic!("{other:?}"),
    };
    let error = opens("sha256", &["--object-format=sha256"]);
    named(error, UnsupportedFormat::Objects("sha256".to_owned()));
    let error = opens("reftable", &["--ref-format=reftable"]);
    named(error, UnsupportedFormat::References("reftable".to_owned()));

    desk.git(&["update-index", "--split-index"]);
    named(refused(&desk), UnsupportedFormat::SplitIndex);
    desk.git(&["update-index", "--no-split-index"]);
    desk.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "nothing"]);
    let error = write(&desk.open(), &[("a", Some("x"))]).unwrap_err();
    named(error, UnsupportedFormat::SparseIndex);
}

#[test]
fn what_is_no_repository_is_told_as_such() {
    let desk = TestDesk::new();
    let nowhere = desk.beside("nowhere");
    fs::create_dir(&nowhere).unwrap();
    let error = Repository::discover(&nowhere, &GitVariables::default()).map(|_| ()).unwrap_err();
    assert!(matches!(error, Error::NotARepository { .. }), "{error:?}");
    let create = |dir: &Path| {
        Repository::create(dir, "main", &GitVariables::default(), |_| Ok(()))
            .map(|_| ())
            .unwrap_err()
    };
    let error = create(&desk.root());
    assert!(matches!(error, Error::AlreadyARepository { .. }), "{error:?}");
    let error = create(Path::new("/proc/none"));
    assert!(matches!(error, Error::Io { .. }), "{error:?}");
    for branch in ["", "a b", "-x", "a..b", "\n"] {
        let error = opened(&desk.root()).tip(branch).unwrap_err();
        assert!(matches!(error, Error::BadBranch { .. }), "{branch:?}: {error:?}");
    }
}
