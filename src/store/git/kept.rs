//! Small files in docket's own folder that only save time. They may be gone, old or damaged at any
//! moment, and never keep a command from its work.

use std::{
    fs::{self, File},
    io::{Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use super::{MAX_BLOB, journal::draw_nonce, lock::private};

pub(super) fn recall(home: &Path, name: &str) -> Option<Vec<u8>> {
    let file = File::open(home.join(name)).ok()?;
    let size = file.metadata().ok()?.len().min(MAX_BLOB);
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
    let kept = file.write_all(bytes).and_then(|()| fs::rename(&draft, home.join(name)));
    if kept.is_err() {
        // what lies around costs nothing but its room
        let _ = fs::remove_file(&draft);
    }
}

/// Writes into the file where it lies. A file that takes the place of another is written out at
/// once, for which a few words are not worth waiting.
pub(super) fn note(home: &Path, name: &str, bytes: &[u8]) {
    let no_link = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
    let opened = private().create(true).custom_flags(no_link).open(home.join(name));
    // half of them may be there, of which their reader makes nothing
    let _ = opened.and_then(|mut file| {
        file.write_all(bytes)?;
        file.set_len(bytes.len() as u64)
    });
}
