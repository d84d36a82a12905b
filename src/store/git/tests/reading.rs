use std::{collections::BTreeSet, fs};

use git2::Oid;

use super::{
    super::{
        Head, MAX_BLOB, Repository, error::Error, ids::BlobId, ids::CommitId, read,
        reader::TreeReader, snapshot::FileKind,
    },
    desk::{RECORD, TestDesk, count_up, write},
};

#[test]
fn files_are_listed_in_gits_order_without_what_is_not_asked() {
    let desk = TestDesk::new();
    write(&desk.open(), &[("records/a.yaml", Some("")), ("records-b", Some(""))]).unwrap();
    std::os::unix::fs::symlink("x", desk.at("records/link")).unwrap();
    desk.git(&["add", "."]);
    desk.git(&["commit", "-q", "-m", "link"]);
    let repository = desk.open();
    let tip = repository.tip("main").unwrap().unwrap();
    let snapshot = repository.snapshot(tip).unwrap();

    let listed = snapshot.files_under("records").unwrap();
    let paths: Vec<_> = listed.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, [RECORD, "records/a.yaml", "records/link"]);
    assert_eq!(listed[2].kind, FileKind::Symlink);
    assert_eq!(repository.read_blob(listed[0].id).unwrap(), b"n: 0\n");
    let all: Vec<_> = snapshot.files_under("").unwrap().into_iter().map(|file| file.path).collect();
    assert_eq!(all.join("\n") + "\n", desk.git(&["ls-tree", "-r", "--name-only", "main"]));
    assert_eq!(snapshot.files_under("absent").unwrap(), []);
    assert_eq!(snapshot.files_under("records-b").unwrap(), []);
    assert_eq!(snapshot.blob_id("records/a.yaml").unwrap(), BlobId::of(b""));
    assert_eq!(repository.empty_snapshot().files_under("").unwrap(), []);
    assert_eq!(repository.empty_snapshot().read(RECORD).unwrap(), None);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let desk = TestDesk::new();
    for (extra, fits) in [(0, true), (1, false)] {
        fs::File::create(desk.at("big")).unwrap().set_len(MAX_BLOB + extra).unwrap();
        desk.git(&["add", "big"]);
        desk.git(&["commit", "-q", "-m", "big"]);
        let repository = desk.open();
        let tip = repository.tip("main").unwrap().unwrap();
        let read = repository.snapshot(tip).unwrap().read("big");
        assert_eq!(read.is_ok(), fits);
        assert!(fits || matches!(read, Err(Error::TooLarge { size, .. }) if size == MAX_BLOB + 1));
    }
}

#[test]
fn the_log_of_a_path_is_gits_own() {
    let desk = TestDesk::new();
    for n in 0..4 {
        count_up(&desk.open()).unwrap();
        write(&desk.open(), &[("other.txt", Some(&format!("{n}\n")))]).unwrap();
    }
    desk.git(&["checkout", "-q", "-b", "side", "main~4"]);
    desk.put(RECORD, "n: side\n");
    desk.git(&["commit", "-q", "-a", "-m", "side"]);
    desk.git(&["checkout", "-q", "main"]);
    desk.git(&["merge", "-q", "-s", "ours", "-m", "merge", "side"]);
    write(&desk.open(), &[(RECORD, None)]).unwrap();
    write(&desk.open(), &[(RECORD, Some("again\n"))]).unwrap();
    let repository = desk.open();
    let tip = repository.tip("main").unwrap().unwrap();
    for path in [RECORD, "other.txt", "records", "run.sh", "absent"] {
        let ours: Vec<_> =
            repository.log(tip, path).unwrap().iter().map(|info| info.id.to_string()).collect();
        let gits = desk.git(&["log", "--format=%H", "main", "--", path]);
        let mut gits: Vec<_> = gits.lines().collect();
        // commits of one second have no order of their own
        let mut ours: Vec<_> = ours.iter().map(String::as_str).collect();
        gits.sort_unstable();
        ours.sort_unstable();
        assert_eq!(ours, gits, "{path}");
    }
}

#[test]
fn revisions_and_heads_are_resolved() {
    let desk = TestDesk::new();
    let first = desk.open().tip("main").unwrap();
    count_up(&desk.open()).unwrap();
    desk.git(&["tag", "-a", "-m", "a tag", "v1", "main~1"]);
    let repository = desk.open();
    for rev in ["main~1", "HEAD^", "v1", &first.unwrap().short()] {
        assert_eq!(repository.resolve(rev).unwrap(), first, "{rev}");
    }
    for rev in ["nowhere", "main~9", "main:other.txt", "", "@{", "a b", "\u{0}"] {
        assert!(!matches!(repository.resolve(rev), Ok(Some(_))), "{rev:?}");
    }
    desk.git(&["checkout", "-q", "--detach", "v1"]);
    assert_eq!(repository.head_branch().unwrap(), Head::Detached { commit: first.unwrap() });
}

#[test]
fn every_name_of_a_large_folder_is_found_in_each_of_its_versions() {
    let desk = TestDesk::new();
    let repository = desk.open();
    let path = |n: usize| format!("many/{n:03}");
    let mut held: BTreeSet<usize> = (1..400).step_by(2).collect();
    let mut before = None;
    // names that change, come and go: at the front, in the middle, at the end and far apart
    let versions: [&[usize]; 8] =
        [&[], &[1], &[201], &[399], &[0, 400], &[2, 4, 300], &[3, 201, 398], &[200]];
    for (turn, names) in versions.into_iter().enumerate() {
        let (mut files, mut told) = (Vec::new(), Vec::new());
        for n in names {
            let goes = turn % 2 == 0 && held.remove(n);
            if !goes {
                held.insert(*n);
            }
            files.push((path(*n), (!goes).then(|| format!("{turn}\n"))));
            told.push(path(*n));
        }
        if turn == 0 {
            files = held.iter().map(|n| (path(*n), Some("0\n".to_owned()))).collect();
            told = held.iter().map(|n| path(*n)).collect();
        }
        let files: Vec<_> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_deref())).collect();
        let commit = write(&repository, &files).unwrap();
        let before = before.replace(commit).unwrap_or_else(|| {
            repository.commit_info(commit).unwrap().parents.first().copied().unwrap()
        });
        let changed = repository.changes(Some(before), commit, &["many"]).unwrap();
        assert_eq!(changed.into_iter().map(|it| it.path).collect::<Vec<_>>(), told);
        let snapshot = repository.snapshot(commit).unwrap();
        for n in 0..=400 {
            assert_eq!(
                snapshot.held(&path(n)).unwrap().is_some(),
                held.contains(&n),
                "{turn}: {n}"
            );
        }
    }
}

#[test]
fn git_reads_a_folder_to_the_same_byte() {
    let desk = TestDesk::new();
    let repository = desk.open();
    let named = |name: &str| desk.git(&["rev-parse", name]).trim().parse().unwrap();
    for name in ["main:records", "main^{tree}"] {
        let bytes = repository.tree_reader.read(&repository, named(name));
        let odb = repository.odb().unwrap();
        assert_eq!(bytes.as_deref(), Some(odb.read(named(name)).unwrap().data()));
    }
    assert_eq!(repository.tree_reader.read(&repository, Oid::ZERO_SHA1), None);
    // it has lost its place, and is not asked again
    assert_eq!(repository.tree_reader.read(&repository, named("main:records")), None);
}

#[test]
fn a_large_folder_under_the_name_of_another_is_refused_whoever_reads_it() {
    let desk = TestDesk::new();
    let commits = [1, 2, 3].map(|_| count_up(&desk.open()).unwrap());
    read::verify();
    for from in [0, usize::MAX] {
        let repository = desk.open();
        let repository = Repository { tree_reader: TreeReader::from(from), ..repository };
        let changed = repository.changes(Some(commits[0]), commits[1], &["records"]).unwrap();
        assert_eq!(changed.len(), 1);
    }
    let folder = |commit: CommitId| desk.git(&["rev-parse", &format!("{commit}:records")]);
    let place = |name: &str| desk.at(&format!(".git/objects/{}/{}", &name[..2], name[2..].trim()));
    let (old, new) = (place(&folder(commits[1])), place(&folder(commits[2])));
    fs::remove_file(&new).unwrap();
    fs::copy(old, new).unwrap();
    for from in [0, usize::MAX] {
        let repository = desk.open();
        let repository = Repository { tree_reader: TreeReader::from(from), ..repository };
        assert!(repository.changes(Some(commits[0]), commits[2], &["records"]).is_err());
    }
}
