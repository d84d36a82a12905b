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
    super::{error::Error, index::StagedIndex, journal::FileUpdate, tree::TreeEntry},
    desk::{git_in, wide_desk},
};

type Files = BTreeMap<String, Option<TreeEntry>>;

/// Steps that bring an index from one set of files to another.
fn bring(gitdir: &Path, home: &Path, from: &Files, to: &Files) -> Result<(), Error> {
    let mut index = StagedIndex::open(gitdir, home)?;
    for (path, new) in to {
        let old = from.get(path).copied().flatten();
        let step = FileUpdate { path: path.clone(), old, new: *new };
        index.bring(&step, None);
    }
    index.install()
}

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
    let entry = (any::<bool>(), 1..4_u8).prop_map(|(executable, n)| TreeEntry {
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
    git.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
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
                .unwrap_or_else(|error| panic!("{error:?}"));
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

#[test]
fn the_sum_of_a_long_index_is_right_wherever_it_changes() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    git_in(root, &["init", "-q"]);
    let entry = |n| Some(TreeEntry { mode: 0o100_644, id: Oid::from_bytes(&[n; 20]).unwrap() });
    let name = |nth: usize| format!("f/{nth:05}");
    let begin: Files = (0..16_000).map(|nth| (name(nth), entry(1))).collect();
    git_puts(root, ".git/index", &begin);

    let first = [("a".to_owned(), entry(2)), (name(13_000), None)];
    let late = [("f/15000a".to_owned(), entry(2)), (name(15_500), None)];
    let changes = [0, 7_000, 15_999].map(|nth| Files::from([(name(nth), entry(3))]));
    let changes = changes.into_iter().chain([Files::from(first), Files::from(late)]);
    let mut known = begin;
    for change in changes {
        bring(&root.join(".git"), root, &known, &change)
            .unwrap_or_else(|error| panic!("{error:?}"));
        known = after(&known, &change);
        let stored = fs::read(root.join(".git/index")).unwrap();
        assert!(stored.len() > 1 << 20);
        let (body, sum) = stored.split_at(stored.len() - 20);
        assert_eq!(Sha1::digest(body).as_slice(), sum);
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
        fs::read(desk.at(".git/index")).unwrap()
    };
    vec![sample("2", false), sample("2", true), sample("4", true)]
}

/// Reads `bytes` as an index and, if they pass, changes it.
fn survives(folder: &TempDir, bytes: &[u8]) -> Result<(), Error> {
    let root = folder.path();
    fs::write(root.join("index"), bytes).unwrap();
    fs::create_dir_all(root.join("home")).unwrap();
    let entry = |n| TreeEntry { mode: 0o100_644, id: Oid::from_bytes(&[n; 20]).unwrap() };
    let to =
        [("0", Some(entry(1))), ("b", Some(entry(2))), ("zz", None), ("zzz/a", Some(entry(3)))];
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
    let config =
        ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() };
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
