//! The record that somebody touched last in this clone.

use super::Store;
use crate::domain::ids::RecordId;

/// The file's name in docket's own folder; it has a line `PERSON ID` for each person.
const NAME: &str = "last";

impl Store {
    /// The record that `person` touched last in this clone.
    #[must_use]
    pub fn last(&self, person: &str) -> Option<RecordId> {
        id_in(&self.lasts(), person)?.parse().ok()
    }

    /// Remembers the record that `person` touched last; a convenience, so a failure is no matter.
    pub fn remember(&self, person: &str, id: &RecordId) {
        let before = self.lasts();
        if id_in(&before, person) == Some(id.as_str()) {
            return;
        }
        let others = before
            .lines()
            .filter(|line| line.strip_prefix(person).is_none_or(|rest| !rest.starts_with(' ')));
        let mut text: String = others.map(|line| format!("{line}\n")).collect();
        text += &format!("{person} {id}\n");
        self.repository.note(NAME, text.as_bytes());
    }

    fn lasts(&self) -> String {
        let bytes = self.repository.recall(NAME).unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

fn id_in<'t>(lines: &'t str, person: &str) -> Option<&'t str> {
    lines.lines().find_map(|line| line.strip_prefix(person)?.strip_prefix(' '))
}
