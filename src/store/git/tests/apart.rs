use super::{
    super::{
        FileChange,
        apart::ApartChange,
        error::Error,
        snapshot::{FileKind, Snapshot},
    },
    desk::{RECORD, TestDesk, change, no_notice, try_git},
};

const FILES: &str = "refs/docket/files/R-261122-7K3QX";

fn apart(files: &[(&str, Option<&str>)]) -> ApartChange {
    let file = |(path, text): &(&str, Option<&str>)| FileChange {
        path: (*path).to_owned(),
        content: text.map(|text| text.as_bytes().to_vec()),
    };
    ApartChange { reference: FILES.to_owned(), files: files.iter().map(file).collect(), by: None }
}

fn put(desk: &TestDesk, files: &[(&str, Option<&str>)]) {
    let deciding = || Ok::<_, Error>((vec![apart(files)], ()));
    desk.open().write_apart(&no_notice, deciding).unwrap();
}

#[test]
fn files_kept_apart_are_one_commit_without_parent_the_same_on_every_clone() {
    let (desk, other) = (TestDesk::new(), TestDesk::new());
    put(&desk, &[("01K4/a.txt", Some("Wang\n"))]);
    put(&desk, &[("01K4/b.txt", Some("Li\n"))]);
    put(&other, &[("01K4/b.txt", Some("Li\n")), ("01K4/a.txt", Some("Wang\n"))]);

    assert_eq!(desk.git(&["rev-parse", FILES]), other.git(&["rev-parse", FILES]));
    assert_eq!(desk.git(&["rev-list", "--count", FILES]).trim(), "1");
    let repository = desk.open();
    let kept = repository.apart(FILES).unwrap();
    assert_eq!(kept.read("01K4/a.txt").unwrap().unwrap(), b"Wang\n");
    let files = kept.files_under("").unwrap();
    assert_eq!(files.len(), 2);
    assert!(files.iter().all(|file| file.kind == FileKind::File));
    assert_eq!(repository.apart("refs/docket/none").unwrap().commit(), None);
    desk.is_tidy();
}

#[test]
fn what_is_taken_out_is_gone_after_gc_though_git_keeps_logs_of_all_references() {
    let desk = TestDesk::new();
    desk.git(&["config", "core.logAllRefUpdates", "always"]);
    put(&desk, &[("01K4/a.txt", Some("Wang Min 13812341234\n"))]);
    let blob = desk.git(&["rev-parse", &format!("{FILES}:01K4/a.txt")]);
    desk.git(&["gc", "-q"]);
    put(&desk, &[("01K4/a.txt", None)]);

    desk.git(&["gc", "-q", "--prune=now"]);

    let found = try_git(&desk.root(), &["cat-file", "-e", blob.trim()]);
    assert!(!found.status.success(), "{blob} is still there");
    assert!(!desk.at(".git/logs").join(FILES).exists());
    desk.leaves_nothing();
}

#[test]
fn a_step_writes_what_it_keeps_apart_before_the_branch() {
    let desk = TestDesk::new();
    let repository = desk.open();
    let mut step = change(&[(RECORD, Some("n: 1\n"))], "step");
    step.apart = vec![apart(&[("01K4/a.txt", Some("Wang\n"))])];
    let deciding = |_: &Snapshot<'_>| Ok::<_, Error>((Some(step.clone()), ()));
    repository.write("main", &no_notice, deciding).unwrap();

    assert_eq!(desk.git(&["show", &format!("{FILES}:01K4/a.txt")]), "Wang\n");
    assert_eq!(desk.git(&["show", "--name-only", "--format="]).trim(), RECORD);
    desk.is_tidy();
}

#[test]
fn another_name_of_a_branch_is_not_written_through() {
    let desk = TestDesk::new();
    desk.git(&["symbolic-ref", FILES, "refs/heads/main"]);
    let before = desk.git(&["rev-parse", "main"]);
    let deciding = || Ok::<_, Error>((vec![apart(&[("01K4/a.txt", Some("Wang\n"))])], ()));
    let refused = desk.open().write_apart(&no_notice, deciding).unwrap_err();
    assert!(matches!(refused, Error::Damaged(_)), "{refused:?}");
    assert_eq!(desk.git(&["rev-parse", "main"]), before);
}

#[test]
fn the_lock_of_a_writer_who_was_killed_is_taken_away() {
    let desk = TestDesk::new();
    desk.put(".git/refs/docket/files/R-261122-7K3QX.lock", "");
    put(&desk, &[("01K4/a.txt", Some("Wang\n"))]);
    assert_eq!(desk.git(&["show", &format!("{FILES}:01K4/a.txt")]), "Wang\n");
    desk.is_tidy();
}
