//! The record that somebody touched last in this clone.

use super::Store;
use crate::domain::base::ids::RecordId;

/// The file's name in docket's own folder; it has a line `PERSON ID` for each person.
const NAME: &str = "last";

impl Store {
    /// The record that `person` touched last in this clone.
    pub fn last(&self, person: &str) -> Option<RecordId> {
        let lines = String::from_utf8(self.repository.recall(NAME)?).ok()?;
        entries(&lines).find_map(|(who, id)| (who == person).then_some(id))
    }

    /// Remembers the record that `person` touched last; a convenience, so a failure is no matter.
    pub fn remember(&self, person: &str, id: &RecordId) {
        self.repository.note(NAME, |before| {
            let before = String::from_utf8(before).unwrap_or_default();
            if entries(&before).any(|(who, last)| who == person && last == *id) {
                return None;
            }
            let others = entries(&before).filter(|(who, _)| *who != person);
            let mut lines: String = others.map(|(who, last)| format!("{who} {last}\n")).collect();
            lines += &format!("{person} {id}\n");
            Some(lines.into_bytes())
        });
    }
}

/// Who touched what last; half a line tells nothing.
fn entries(lines: &str) -> impl Iterator<Item = (&str, RecordId)> {
    lines.lines().filter_map(|line| {
        let (who, id) = line.rsplit_once(' ')?;
        Some((who, id.parse().ok()?))
    })
}
