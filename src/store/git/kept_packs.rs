//! Packs that a fetch or a push marked to be kept and left so when it was killed: git's garbage
//! collection never looks into them again, so that what was taken out would stay in them for ever.

use std::{fs, path::Path};

use super::Repository;

/// Who marks a pack while what came is not pointed at yet.
const MARKERS: [&str; 2] = ["fetch-pack ", "receive-pack "];
/// What this machine is called, where the system says so in a file.
const HOST: &str = "/proc/sys/kernel/hostname";

impl Repository {
    /// Takes the marks away of programs of this machine that are gone. Whoever marked a pack for a reason
    /// of their own is left alone; what cannot be read or removed stays.
    pub fn free_kept_packs(&self) {
        let Ok(host) = fs::read_to_string(HOST) else { return };
        let packs = fs::read_dir(self.common.join("objects/pack"));
        for entry in packs.into_iter().flatten().flatten() {
            let path = entry.path();
            let is_mark = path.extension().is_some_and(|extension| extension == "keep");
            if is_mark && is_of_the_dead(&fs::read_to_string(&path).unwrap_or_default(), &host) {
                // another docket may have done it
                let _ = fs::remove_file(&path);
            }
        }
    }
}

/// Whether a mark names a program of this host that runs no more: `fetch-pack 4711 on desk`.
fn is_of_the_dead(mark: &str, host: &str) -> bool {
    let told = MARKERS.iter().find_map(|marker| mark.strip_prefix(marker));
    let told = told.and_then(|told| told.split_once(" on "));
    told.is_some_and(|(process, own)| {
        let number = process.parse::<u32>().is_ok();
        number && own.trim() == host.trim() && !Path::new("/proc").join(process).exists()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_mark_of_a_program_of_this_machine_that_is_gone_is_nobody_s() {
        let own = std::process::id();
        for (mark, is_dead) in [
            ("fetch-pack 4294967290 on desk\n".to_owned(), true),
            ("receive-pack 4294967290 on desk\n".to_owned(), true),
            (format!("fetch-pack {own} on desk\n"), false),
            ("fetch-pack 4294967290 on another\n".to_owned(), false),
            ("fetch-pack ../.. on desk\n".to_owned(), false),
            ("kept by hand\n".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(is_of_the_dead(&mark, "desk\n"), is_dead, "{mark}");
        }
    }
}
