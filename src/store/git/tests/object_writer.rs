//! Objects that are written where there may be something already.

use std::{
    fs::{self, File},
    path::PathBuf,
    time::SystemTime,
};

use git2::ObjectType;

use super::desk::TestDesk;
use crate::store::git::{flush::Flusher, object_writer::ObjectWriter};

/// Writes an object, twice over, and has libgit2 and git read it.
fn written(desk: &TestDesk, kind: ObjectType, bytes: &[u8]) -> String {
    let repository = desk.open();
    let mut flusher = Flusher::default();
    let mut objects = ObjectWriter::of(&repository, &mut flusher).unwrap();
    let id = objects.put(kind, bytes).unwrap();
    assert_eq!(objects.put(kind, bytes).unwrap(), id);
    flusher.finish().unwrap();

    let odb = repository.odb().unwrap();
    let read = odb.read(id).unwrap();
    assert_eq!((read.kind(), read.data()), (kind, bytes));
    let size = desk.git(&["cat-file", "-s", &id.to_string()]);
    assert_eq!(size.trim(), bytes.len().to_string());
    let name = desk.git(&["rev-parse", "--verify", &format!("{id}^{{{kind}}}")]);
    assert_eq!(name.trim(), id.to_string());
    id.to_string()
}

fn file(desk: &TestDesk, id: &str) -> PathBuf {
    desk.root().join(".git/objects").join(&id[..2]).join(&id[2..])
}

#[test]
fn an_object_that_is_there_is_kept_from_being_pruned() {
    let desk = TestDesk::new();
    let id = written(&desk, ObjectType::Blob, b"wanted again");
    File::open(file(&desk, &id)).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    written(&desk, ObjectType::Blob, b"wanted again");
    desk.git(&["prune", "--expire=1.hour.ago"]);
    assert!(file(&desk, &id).exists());
}

#[test]
fn an_object_that_a_power_cut_left_empty_is_written_again() {
    let desk = TestDesk::new();
    for size in [4, 20_000] {
        let bytes = vec![b'x'; size];
        let id = written(&desk, ObjectType::Blob, &bytes);
        fs::remove_file(file(&desk, &id)).unwrap();
        fs::write(file(&desk, &id), "").unwrap();
        assert_eq!(written(&desk, ObjectType::Blob, &bytes), id);
    }
    desk.git(&["fsck", "--strict"]);
}

#[test]
fn an_object_in_a_pack_stays_there() {
    let desk = TestDesk::new();
    desk.put("notes.txt", "in a pack");
    desk.git(&["add", "notes.txt"]);
    desk.git(&["commit", "-q", "-m", "notes"]);
    desk.git(&["repack", "-q", "-a", "-d"]);
    desk.git(&["prune-packed"]);
    let id = written(&desk, ObjectType::Blob, b"in a pack");
    assert!(!file(&desk, &id).exists());
}
