//! Small files in docket's own folder that only save time. They may be gone, old or damaged at any
//! moment, and never keep a command from its work.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{Read, Seek, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use super::{MAX_BLOB, journal::draw_nonce, lock::private};

/// No link is followed, and no pipe waited for.
const PLAIN: i32 =
    rustix::fs::OFlags::NOFOLLOW.union(rustix::fs::OFlags::NONBLOCK).bits().cast_signed();

pub(super) fn recall(home: &Path, name: &str) -> Option<Vec<u8>> {
    let file = OpenOptions::new().read(true).custom_flags(PLAIN).open(home.join(name)).ok()?;
    read(&file)
}

fn read(file: &File) -> Option<Vec<u8>> {
    let found = file.metadata().ok().filter(Metadata::is_file)?;
    let size = found.len().min(MAX_BLOB);
    // one byte more, so that the end is found without more room
    let mut bytes = Vec::with_capacity(usize::try_from(size).ok()? + 1);
    file.take(MAX_BLOB).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Puts the file there whole or not at all, readable by its owner only.
pub(super) fn remember(home: &Path, name: &str, bytes: &[u8]) {
    let Ok(nonce) = draw_nonce() else { return };
    let draft = home.join(format!("{name}.{nonce}.tmp"));
    let Ok(mut file) = private().create_new(true).open(&draft) else { return };
    let written = file.write_all(bytes).and_then(|()| fs::rename(&draft, home.join(name)));
    if written.is_err() {
        // what lies around costs nothing but its room
        let _ = fs::remove_file(&draft);
    }
}

/// Removes what a process that was killed in [`remember`] left: it may be of somebody who was erased since.
/// One that writes just now keeps nothing, as where it could not write.
pub(super) fn drop_drafts(home: &Path) {
    let Ok(entries) = fs::read_dir(home) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_draft = name
            .to_str()
            .is_some_and(|name| name.strip_suffix(".tmp").is_some_and(|of| of.contains('.')));
        if is_draft {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Changes a file of a few lines where it lies; `None` leaves it. A file that takes the place of
/// another is written out at once, for which a few lines are not worth waiting. Writers keep each
/// other out, and one that finds another at work leaves it: a reader finds lines of before, of
/// after, or the end of a longer one that was there, of which it makes nothing.
pub(super) fn note(home: &Path, name: &str, change: impl FnOnce(Vec<u8>) -> Option<Vec<u8>>) {
    let mut options = private();
    options.read(true).create(true).truncate(false).custom_flags(PLAIN);
    let Ok(mut file) = options.open(home.join(name)) else { return };
    if file.try_lock().is_err() {
        return;
    }
    if let Some(bytes) = read(&file).and_then(change) {
        // cut last: until then every line that was there is whole
        let _ = file
            .rewind()
            .and_then(|()| file.write_all(&bytes))
            .and_then(|()| file.set_len(bytes.len() as u64));
    }
    // closing would do, but not while a child that is just being started shares the file
    let _ = file.unlock();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_writer_at_a_time_notes_lines_and_a_shorter_text_leaves_nothing_of_a_longer() {
        let home = tempfile::tempdir().unwrap();
        let put = |text: &str| note(home.path(), "lines", |_| Some(text.as_bytes().to_vec()));
        put("a long line\n");
        put("short\n");
        assert_eq!(recall(home.path(), "lines").unwrap(), b"short\n");

        let other = File::open(home.path().join("lines")).unwrap();
        other.lock().unwrap();
        put("not now\n");
        assert_eq!(recall(home.path(), "lines").unwrap(), b"short\n");
        other.unlock().unwrap();
        note(home.path(), "lines", |before| Some([&before[..], b"and more\n"].concat()));
        assert_eq!(recall(home.path(), "lines").unwrap(), b"short\nand more\n");
    }

    #[test]
    fn what_is_no_plain_file_is_neither_read_nor_waited_for() {
        let home = tempfile::tempdir().unwrap();
        let status = std::process::Command::new("mkfifo").arg(home.path().join("pipe")).status();
        assert!(status.unwrap().success());
        fs::create_dir(home.path().join("folder")).unwrap();
        fs::write(home.path().join("own"), "mine").unwrap();
        std::os::unix::fs::symlink(home.path().join("own"), home.path().join("link")).unwrap();
        for name in ["pipe", "folder", "link", "absent"] {
            assert_eq!(recall(home.path(), name), None, "{name}");
        }
        for name in ["pipe", "folder", "link"] {
            note(home.path(), name, |_| Some(b"x".to_vec()));
        }
        assert_eq!(fs::read(home.path().join("own")).unwrap(), b"mine");
    }
}
