//! Repositories of several users of one machine (`core.sharedRepository`): who may read and write what
//! docket puts beside git's own files.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
    sync::{
        Once,
        atomic::{AtomicU32, Ordering},
    },
};

use rustix::{fs::Mode, process::umask};

use super::{Repository, error::Error};

/// Bits of the group that belong to the present process's files; none where nothing is shared.
static GROUP: AtomicU32 = AtomicU32::new(0);
/// The mask that the process began with, for files of the working tree.
static MASK: AtomicU32 = AtomicU32::new(0);

/// The mode of a file that is the user's, or the group's.
pub(super) fn file_mode() -> u32 {
    0o600 | GROUP.load(Ordering::Relaxed)
}

/// The mode of a folder of such files.
pub(super) fn folder_mode() -> u32 {
    match GROUP.load(Ordering::Relaxed) {
        0 => 0o700,
        group => 0o2700 | group | (group & 0o040) >> 2,
    }
}

/// The mode of a file of the working tree, which no setting shares.
pub(super) fn tree_mode(mode: u32) -> u32 {
    mode & !MASK.load(Ordering::Relaxed)
}

/// Gives what is there already to the group as well; only its owner can.
pub(super) fn open_up(path: &Path, mode: u32) {
    let found = fs::metadata(path).map(|found| found.permissions().mode() & 0o7777);
    if GROUP.load(Ordering::Relaxed) != 0 && found.is_ok_and(|found| found & mode != mode) {
        // whoever else may not use it is told when they try
        let _ = fs::set_permissions(path, Permissions::from_mode(mode));
    }
}

/// Who may use files by a value of the setting: the bits that it adds, and whether it takes all
/// others away. `None` for the user's own mask.
fn bits(value: &str) -> Option<(u32, bool)> {
    let (group, everybody) = (Some((0o660, false)), Some((0o664, false)));
    match value {
        "" | "group" => return group,
        "all" | "world" | "everybody" => return everybody,
        _ => {}
    }
    match u32::from_str_radix(value, 8) {
        Ok(0) => None,
        Ok(1) => group,
        Ok(2) => everybody,
        // git refuses a mode that takes the owner's own rights
        Ok(mode) => Some((mode & 0o666, true)).filter(|(mode, _)| mode & 0o600 == 0o600),
        Err(_) => {
            let is_on = matches!(value.to_ascii_lowercase().as_str(), "true" | "yes" | "on");
            group.filter(|_| is_on)
        }
    }
}

impl Repository {
    /// Lets what this process writes be shared as git shares it.
    ///
    /// # Errors
    /// Settings that git cannot read.
    pub(super) fn share(&self) -> Result<(), Error> {
        static ONCE: Once = Once::new();
        let shared = self.config("core.sharedRepository")?.and_then(|value| bits(&value));
        let Some((bits, alone)) = shared else { return Ok(()) };
        ONCE.call_once(|| {
            let own = umask(Mode::empty()).bits();
            let granted = bits | (bits & 0o444) >> 2;
            let mask = if alone { !granted & 0o777 } else { own & !granted };
            umask(Mode::from_raw_mode(mask));
            MASK.store(own, Ordering::Relaxed);
            GROUP.store(bits & 0o060, Ordering::Relaxed);
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_setting_is_read_as_git_spells_it() {
        for (value, read) in [
            ("group", Some((0o660, false))),
            ("True", Some((0o660, false))),
            ("everybody", Some((0o664, false))),
            ("0640", Some((0o640, true))),
            ("640", Some((0o640, true))),
            ("00", None),
            ("02", Some((0o664, false))),
            ("0060", None),
            ("8", None),
            ("umask", None),
            ("false", None),
            ("0", None),
        ] {
            assert_eq!(bits(value), read, "{value}");
        }
    }
}
