//! The record that somebody touched last in this clone.

use std::{fs, path::PathBuf};

use super::Store;
use crate::domain::ids::RecordId;

impl Store {
    /// The record that `person` touched last in this clone.
    #[must_use]
    pub fn last(&self, person: &str) -> Option<RecordId> {
        let text = fs::read_to_string(self.last_path()).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix(person)?.strip_prefix(' '))?;
        line.parse().ok()
    }

    /// Remembers the record that `person` touched last; a convenience, so a failure is no matter.
    pub fn remember(&self, person: &str, id: &RecordId) {
        if self.last(person).as_ref() == Some(id) {
            return;
        }
        let path = self.last_path();
        let before = fs::read_to_string(&path).unwrap_or_default();
        let others = before
            .lines()
            .filter(|line| line.strip_prefix(person).is_none_or(|rest| !rest.starts_with(' ')));
        let mut text: String = others.map(|line| format!("{line}\n")).collect();
        text += &format!("{person} {id}\n");
        let folder = self.repository.common_dir().join("docket");
        if let Ok(mut file) = tempfile::NamedTempFile::new_in(&folder)
            && std::io::Write::write_all(&mut file, text.as_bytes()).is_ok()
        {
            drop(file.persist(path));
        }
    }

    fn last_path(&self) -> PathBuf {
        self.repository.common_dir().join("docket/last")
    }
}
