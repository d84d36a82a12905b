//! Objects that are written without libgit2, as libgit2 and git read them.

use git2::ObjectType;
use proptest::{collection::vec, prelude::*};

use super::desk::Desk;
use crate::store::git::{flush::Flusher, loose::ObjectWriter};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn git_reads_back_what_was_written(
        short in vec(any::<u8>(), 0..64),
        about_a_block in vec(any::<u8>(), 4_000..4_064),
        several_blocks in vec(any::<u8>(), 65_500..140_000),
    ) {
        let desk = Desk::new();
        let repository = desk.open();
        let mut flusher = Flusher::default();
        let mut objects = ObjectWriter::of(&repository, &mut flusher).unwrap();
        let written = [
            (ObjectType::Blob, &short),
            (ObjectType::Blob, &about_a_block),
            (ObjectType::Blob, &several_blocks),
            (ObjectType::Tree, &several_blocks),
        ];
        for (kind, bytes) in written {
            let id = objects.put(kind, bytes).unwrap();
            prop_assert_eq!(objects.put(kind, bytes).unwrap(), id);
            let read = repository.odb().unwrap();
            let read = read.read(id).unwrap();
            prop_assert_eq!((read.kind(), read.data()), (kind, &bytes[..]));
            let size = desk.git(&["cat-file", "-s", &id.to_string()]);
            prop_assert_eq!(size.trim(), bytes.len().to_string());
            let name = desk.git(&["rev-parse", "--verify", &format!("{id}^{{{kind}}}")]);
            prop_assert_eq!(name.trim(), id.to_string());
        }
        flusher.finish().unwrap();
    }
}

#[test]
fn an_object_that_is_there_is_kept_from_being_pruned() {
    let desk = Desk::new();
    let repository = desk.open();
    let mut flusher = Flusher::default();
    let mut objects = ObjectWriter::of(&repository, &mut flusher).unwrap();
    let id = objects.put(ObjectType::Blob, b"wanted again").unwrap().to_string();
    let file = desk.root().join(".git/objects").join(&id[..2]).join(&id[2..]);
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    std::fs::File::open(&file).unwrap().set_modified(long_ago).unwrap();
    objects.put(ObjectType::Blob, b"wanted again").unwrap();
    desk.git(&["prune", "--expire=1.hour.ago"]);
    assert!(file.exists());
}

#[test]
fn where_a_group_writes_git_gives_the_rights() {
    let desk = Desk::new();
    desk.git(&["config", "core.sharedRepository", "0664"]);
    let repository = desk.open();
    let mut flusher = Flusher::default();
    let mut objects = ObjectWriter::of(&repository, &mut flusher).unwrap();
    let id = objects.put(ObjectType::Blob, b"for all of us").unwrap().to_string();
    let own = git2::Repository::open(desk.root()).unwrap().blob(b"by libgit2").unwrap().to_string();
    let mode = |id: &str| {
        let file = desk.root().join(".git/objects").join(&id[..2]).join(&id[2..]);
        std::os::unix::fs::MetadataExt::mode(&file.metadata().unwrap())
    };
    assert_eq!(mode(&id), mode(&own));
}
