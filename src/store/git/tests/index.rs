use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use git2::Oid;
use proptest::prelude::*;
use sha1::{Digest, Sha1};
use tempfile::TempDir;

use super::{
    super::{error::Error, index::StagedIndex, journal::Step, tree::Entry},
    desk::{Desk, RECORD, git_in, write},
};

const NEW: &str = "records/2026/12/R-261201-9D2KQ.yaml";
const SECOND: &str = "records/2026/11/R-261123-2B3CD.yaml";

/// A desk with more records and folders, whose index knows every tree.
fn wide_desk() -> Desk {
    let desk = Desk::new();
    for path in [SECOND, "records/2026/10/a.yaml", "contacts/C-1.yaml", "a-b"] {
        desk.put(path, "n: 0\n");
    }
    desk.git(&["add", "."]);
    desk.git(&["commit", "-q", "-m", "more"]);
    desk.git(&["write-tree"]);
    desk
}

fn stored(desk: &Desk) -> Vec<u8> {
    fs::read(desk.at(".git/index")).unwrap()
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// All that git knows of the entries, but for those at `paths`.
fn others(desk: &Desk, paths: &[&str]) -> String {
    let listed = desk.git(&["ls-files", "--stage", "--debug"]);
    let mut kept = String::new();
    let mut keeps = true;
    for line in listed.lines() {
        if !line.starts_with("  ") {
            keeps = !paths.iter().any(|path| line.ends_with(path));
        }
        if keeps {
            kept += line;
            kept += "\n";
        }
    }
    kept
}

/// Changes a record, opens one and drops one; git must see it as if it had done so itself.
fn goes_through(desk: &Desk) {
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
        assert_eq!(
            desk.git(&["write-tree"]),
            desk.git(&["rev-parse", "HEAD^{tree}"])
        );
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
    assert!(
        matches!(refused, Err(Error::HandEdited { .. })),
        "{refused:?}"
    );
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

/// Steps that bring an index from one set of files to another.
fn bring(gitdir: &Path, home: &Path, from: &Files, to: &Files) -> Result<(), Error> {
    let mut index = StagedIndex::open(gitdir, home)?;
    for (path, new) in to {
        let old = from.get(path).copied().flatten();
        let step = Step {
            path: path.clone(),
            old,
            new: *new,
        };
        index.bring(&step, None);
    }
    index.install()
}

type Files = BTreeMap<String, Option<Entry>>;

/// The files after `from` has become `to`.
fn after(from: &Files, to: &Files) -> Files {
    let both = from.iter().chain(to).map(|(path, entry)| (path, *entry));
    both.map(|(path, entry)| (path.clone(), entry)).collect()
}

/// No file is a folder of another; neighbours in git's order, two bytes wide, and longer than the
/// length that flags can hold.
fn paths() -> Vec<String> {
    let short = [
        "a", "a-b", "a.b", "a0", "b/a", "b/a-b", "b/c/d", "b-", "b0/x", "c/d/e/f", "c/d/e/g",
        "c/d/ee", "c/客户", "c/客服", "日/志", "z", "zz", "zzz/0",
    ];
    let long = [4094, 4095, 4096, 5000].map(|length| format!("m/{:n$}", "x", n = length - 2));
    let long = long.map(|path| path.replace(' ', "y"));
    short.map(str::to_owned).into_iter().chain(long).collect()
}

fn files() -> impl Strategy<Value = Files> {
    let entry = (any::<bool>(), 1..4_u8).prop_map(|(executable, n)| Entry {
        mode: if executable { 0o100_755 } else { 0o100_644 },
        id: Oid::from_bytes(&[n; 20]).unwrap(),
    });
    let entry = proptest::option::weighted(0.7, entry);
    proptest::collection::btree_map(proptest::sample::select(paths()), entry, 0..14)
}

/// Lets git itself put `files` into the index `name`.
fn git_puts(root: &Path, name: &str, files: &Files) {
    let mut git = Command::new("git");
    git.current_dir(root).env("GIT_INDEX_FILE", name);
    git.args(["update-index", "--index-info"]);
    let mut git = git.stdin(Stdio::piped()).spawn().unwrap();
    let mut lines = String::new();
    for (path, entry) in files {
        lines += &match entry {
            Some(entry) => format!("{entry}\t{path}\n"),
            None => format!("0 {}\t{path}\n", Oid::ZERO_SHA1),
        };
    }
    git.stdin
        .take()
        .unwrap()
        .write_all(lines.as_bytes())
        .unwrap();
    assert!(git.wait().unwrap().success());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_changes_give_the_index_that_git_makes(
        version in proptest::sample::select(vec!["2", "3", "4"]),
        begin in files(),
        changes in proptest::collection::vec(files(), 1..4),
    ) {
        let folder = TempDir::new().unwrap();
        let root = folder.path();
        let git = |words: &[&str]| git_in(root, words);
        git(&["init", "-q"]);
        git_puts(root, ".git/index", &begin);
        if !root.join(".git/index").exists() {
            git(&["read-tree", "--empty"]);
        }
        if version == "4" {
            git(&["update-index", "--force-write-index", "--index-version", "4"]);
        }
        if version == "3" && begin.get("a").copied().flatten().is_some() {
            git(&["update-index", "--skip-worktree", "a"]);
        }
        let mut known = begin;
        fs::copy(root.join(".git/index"), root.join(".git/gits")).unwrap();
        for change in changes {
            git(&["write-tree", "--missing-ok"]);
            git_puts(root, ".git/gits", &change);
            bring(&root.join(".git"), root, &known, &change)
                .unwrap_or_else(|error| panic!("{error}"));
            known = after(&known, &change);

            let ours = git(&["ls-files", "--stage"]);
            let trees = git(&["write-tree", "--missing-ok"]);
            fs::rename(root.join(".git/index"), root.join(".git/ours")).unwrap();
            fs::copy(root.join(".git/gits"), root.join(".git/index")).unwrap();
            prop_assert_eq!(&ours, &git(&["ls-files", "--stage"]));
            prop_assert_eq!(&trees, &git(&["write-tree", "--missing-ok"]));
            fs::rename(root.join(".git/ours"), root.join(".git/index")).unwrap();
        }
    }
}

/// Indexes of each version with what git keeps behind the entries.
fn samples() -> Vec<Vec<u8>> {
    let sample = |version: &str, skipped: bool| {
        let desk = wide_desk();
        desk.git(&["update-index", "--force-untracked-cache"]);
        desk.git(&["update-index", "--index-version", version]);
        if skipped {
            desk.git(&["update-index", "--skip-worktree", "a-b"]);
        }
        desk.status();
        stored(&desk)
    };
    vec![sample("2", false), sample("2", true), sample("4", true)]
}

/// Reads `bytes` as an index and, if they pass, changes it.
fn survives(folder: &TempDir, bytes: &[u8]) -> Result<(), Error> {
    let root = folder.path();
    fs::write(root.join("index"), bytes).unwrap();
    fs::create_dir_all(root.join("home")).unwrap();
    let entry = |n| Entry {
        mode: 0o100_644,
        id: Oid::from_bytes(&[n; 20]).unwrap(),
    };
    let to = [
        ("0", Some(entry(1))),
        ("b", Some(entry(2))),
        ("zz", None),
        ("zzz/a", Some(entry(3))),
    ];
    let to = to.map(|(path, entry)| (path.to_owned(), entry));
    bring(root, &root.join("home"), &Files::new(), &to.into())
}

#[test]
fn a_truncated_index_is_an_error_wherever_it_ends() {
    let folder = TempDir::new().unwrap();
    for sample in samples() {
        assert!(survives(&folder, &sample).is_ok());
        let body = sample.len() - 20;
        for end in 0..body {
            assert!(survives(&folder, &sample[..end]).is_err(), "{end}");
            let unsummed = [&sample[..end], &[0; 20][..]].concat();
            // between two extensions nothing is missing that must be there
            let is_between =
                sample[end..].starts_with(b"TREE") || sample[end..].starts_with(b"UNTR");
            assert_eq!(survives(&folder, &unsummed).is_ok(), is_between, "{end}");
        }
    }
}

#[test]
fn lying_bytes_never_stop_the_program() {
    let samples = samples();
    let folder = TempDir::new().unwrap();
    let config = ProptestConfig {
        cases: 4000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let lies = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6);
    let which = (0..samples.len(), lies, any::<bool>());
    proptest!(config, |((sample, lies, summed) in which)| {
        let mut bytes = samples[sample].clone();
        let body = bytes.len() - 20;
        for (at, byte) in lies {
            let at = at.index(body);
            bytes[at] = byte;
        }
        let sum = if summed { Sha1::digest(&bytes[..body]).to_vec() } else { vec![0; 20] };
        bytes.splice(body.., sum);
        let _ = survives(&folder, &bytes);
    });
}
