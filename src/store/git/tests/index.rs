use std::fs;

use git2::Oid;

use super::{
    super::error::Error,
    desk::{RECORD, TestDesk, wide_desk, write},
};

const NEW: &str = "records/2026/12/R-261201-9D2KQ.yaml";
const SECOND: &str = "records/2026/11/R-261123-2B3CD.yaml";

fn stored(desk: &TestDesk) -> Vec<u8> {
    fs::read(desk.at(".git/index")).unwrap()
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// All that git knows of the entries, but for those at `paths`.
fn others(desk: &TestDesk, paths: &[&str]) -> String {
    let listed = desk.git(&["ls-files", "--stage", "--debug"]);
    let mut entries = String::new();
    let mut keeps = true;
    for line in listed.lines() {
        if !line.starts_with("  ") {
            keeps = !paths.iter().any(|path| line.ends_with(path));
        }
        if keeps {
            entries += line;
            entries += "\n";
        }
    }
    entries
}

/// Changes a record, opens one and drops one; git must see it as if it had done so itself.
fn goes_through(desk: &TestDesk) {
    let repository = desk.open();
    let changes: [&[(&str, Option<&str>)]; 4] = [
        &[(RECORD, Some("n: 1\n"))],
        &[(NEW, Some("n: 0\n")), (RECORD, Some("n: 2\n"))],
        &[("0-first", Some("a\n")), ("zz-last", Some("b\n"))],
        &[(SECOND, None), (NEW, None), ("zz-last", None)],
    ];
    for files in changes {
        let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        let before = others(desk, &paths);
        write(&repository, files).unwrap();

        assert_eq!(others(desk, &paths), before);
        desk.is_tidy();
        assert_eq!(desk.git(&["write-tree"]), desk.git(&["rev-parse", "HEAD^{tree}"]));
        // git wrote the index again on the way: the sum, the trees and the order are good
        desk.git(&["update-index", "--force-write-index"]);
        desk.leaves_nothing();
    }
}

#[test]
fn every_version_of_the_index_takes_every_kind_of_change() {
    for version in ["2", "4"] {
        let desk = wide_desk();
        desk.git(&["update-index", "--index-version", version]);
        goes_through(&desk);
        assert_eq!(stored(&desk)[7], version.as_bytes()[0] - b'0');
    }
}

#[test]
fn flags_of_version_3_stay() {
    let desk = wide_desk();
    desk.git(&["update-index", "--skip-worktree", "other.txt"]);
    desk.git(&["update-index", "--assume-unchanged", "run.sh", RECORD]);
    assert_eq!(stored(&desk)[7], 3);
    goes_through(&desk);
    let flags = desk.git(&["ls-files", "-v", "other.txt", "run.sh", RECORD]);
    assert_eq!(flags, format!("S other.txt\nh {RECORD}\nh run.sh\n"));

    desk.put("planned.txt", "later\n");
    desk.git(&["add", "-N", "planned.txt"]);
    write(&desk.open(), &[(RECORD, Some("n: 9\n"))]).unwrap();
    assert_eq!(desk.status(), " A planned.txt\n");
}

#[test]
fn a_file_that_is_only_announced_is_somebodys() {
    let desk = wide_desk();
    desk.put("empty.yaml", "");
    desk.git(&["add", "empty.yaml"]);
    desk.git(&["commit", "-q", "-m", "empty"]);
    desk.git(&["rm", "-q", "--cached", "empty.yaml"]);
    desk.git(&["add", "-N", "empty.yaml"]);
    let refused = write(&desk.open(), &[("empty.yaml", Some("n: 1\n"))]);
    assert!(matches!(refused, Err(Error::HandEdited { .. })), "{refused:?}");
}

#[test]
fn an_index_that_another_program_put_back_follows_the_next_step() {
    let desk = wide_desk();
    let index = fs::read(desk.at(".git/index")).unwrap();
    let put_back = || fs::write(desk.at(".git/index"), &index).unwrap();
    write(&desk.open(), &[(RECORD, Some("n: 1\n")), ("new.yaml", Some("n: 1\n"))]).unwrap();
    put_back();
    write(&desk.open(), &[(RECORD, Some("n: 2\n")), ("new.yaml", None)]).unwrap();
    desk.is_tidy();
    put_back();
    write(&desk.open(), &[(RECORD, Some("n: 3\n")), ("new.yaml", Some("n: 2\n"))]).unwrap();
    desk.is_tidy();
}

#[test]
fn only_the_trees_above_a_change_are_forgotten() {
    let desk = wide_desk();
    let tree = |path: &str| {
        let name = desk.git(&["rev-parse", &format!("HEAD:{path}")]);
        Oid::from_str(name.trim()).unwrap().as_bytes().to_vec()
    };
    let above = ["", "records", "records/2026", "records/2026/11"].map(tree);
    let beside = ["contacts", "records/2026/10"].map(tree);
    assert!(above.iter().all(|id| has(&stored(&desk), id)));

    write(&desk.open(), &[(RECORD, Some("n: 1\n"))]).unwrap();

    let index = stored(&desk);
    assert!(has(&index, b"TREE"));
    assert!(beside.iter().all(|id| has(&index, id)));
    assert!(!above.iter().any(|id| has(&index, id)));
}

#[test]
fn an_untracked_cache_stays_on_and_stays_true() {
    let desk = wide_desk();
    desk.git(&["update-index", "--force-untracked-cache"]);
    desk.put("records/2026/12/stray.txt", "mine\n");
    let stray = "?? records/2026/12/\n";
    assert_eq!((desk.status(), desk.status()), (stray.into(), stray.into()));
    let knows = || {
        let index = stored(&desk);
        (has(&index, b"UNTR"), has(&index, b"stray.txt\0"))
    };

    write(&desk.open(), &[(RECORD, Some("n: 1\n"))]).unwrap();
    assert!(knows().0);
    assert_eq!(desk.status(), stray);

    write(&desk.open(), &[(NEW, Some("n: 1\n"))]).unwrap();
    assert_eq!(knows(), (true, false));
    let stray = "?? records/2026/12/stray.txt\n";
    assert_eq!((desk.status(), desk.status()), (stray.into(), stray.into()));
    assert_eq!(desk.git(&["fsck", "--strict"]), "");
}

#[test]
fn what_a_watcher_saw_goes_when_places_shift() {
    let desk = wide_desk();
    let hook = desk.beside("watch.sh");
    fs::write(&hook, "#!/bin/sh\nprintf 'token\\0'\n").unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&hook, mode).unwrap();
    desk.git(&["config", "core.fsmonitor", hook.to_str().unwrap()]);
    desk.git(&["config", "core.fsmonitorHookVersion", "2"]);
    desk.git(&["update-index", "--fsmonitor"]);
    desk.git(&["status"]);
    assert!(has(&stored(&desk), b"FSMN"));

    write(&desk.open(), &[(RECORD, Some("n: 1\n"))]).unwrap();
    assert!(has(&stored(&desk), b"FSMN"));
    assert_eq!(desk.status(), "");

    write(&desk.open(), &[(NEW, Some("n: 1\n"))]).unwrap();
    assert!(!has(&stored(&desk), b"FSMN"));
    assert_eq!(desk.status(), "");
}

#[test]
fn offsets_of_the_old_file_are_left_out() {
    for version in ["2", "4"] {
        let desk = wide_desk();
        desk.git(&["config", "index.recordEndOfIndexEntries", "true"]);
        desk.git(&["config", "index.recordOffsetTable", "true"]);
        desk.git(&["config", "index.threads", "2"]);
        desk.git(&["update-index", "--index-version", version]);
        desk.git(&["update-index", "--force-write-index"]);
        assert!(has(&stored(&desk), b"EOIE"));
        write(&desk.open(), &[(NEW, Some("n: 1\n"))]).unwrap();
        assert!(!has(&stored(&desk), b"EOIE") && !has(&stored(&desk), b"IEOT"));
        goes_through(&desk);
    }
}

#[test]
fn an_index_without_a_sum_stays_so() {
    let desk = wide_desk();
    desk.git(&["config", "index.skipHash", "true"]);
    desk.git(&["update-index", "--force-write-index"]);
    assert!(stored(&desk).ends_with(&[0; 20]));
    write(&desk.open(), &[(NEW, Some("n: 1\n"))]).unwrap();
    assert!(stored(&desk).ends_with(&[0; 20]));
    goes_through(&desk);
}

#[test]
fn a_damaged_index_is_refused_and_left() {
    let desk = wide_desk();
    let before = desk.git(&["rev-parse", "main"]);
    let mut bytes = stored(&desk);
    bytes[40] ^= 1;
    fs::write(desk.at(".git/index"), &bytes).unwrap();

    let refused = write(&desk.open(), &[(RECORD, Some("n: 1\n"))]);

    assert!(matches!(refused, Err(Error::Damaged { .. })), "{refused:?}");
    assert_eq!(desk.git(&["rev-parse", "main"]), before);
    assert_eq!(desk.text(RECORD), "n: 0\n");
    assert_eq!(stored(&desk), bytes);
}
