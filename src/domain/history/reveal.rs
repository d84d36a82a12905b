//! Looks at whole names and numbers, as they are kept: who looked when is kept with them, never what was
//! seen.

use serde::Serialize;

use crate::domain::base::{
    ids::{ContactId, RecordId},
    terms::{ReportName, Term as _},
};

/// One look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reveal {
    /// One of [`COMMANDS`].
    pub command: &'static str,
    /// Ids of the first records and contacts that were looked at; of a report its name comes first.
    pub ids: Vec<String>,
    /// How many they were.
    pub count: usize,
}

/// The commands that show names and numbers whole.
pub const COMMANDS: [&str; 8] =
    ["contact list", "contact show", "export", "phone", "privacy scan", "report", "search", "show"];

/// So many records and contacts are named; of more their number says enough.
const NAMED: usize = 20;

impl Reveal {
    /// A look by a command at these records and contacts.
    pub fn of(command: &'static str, ids: impl IntoIterator<Item = String>) -> Self {
        let mut ids: Vec<String> = ids.into_iter().collect();
        let count = ids.len();
        ids.truncate(NAMED);
        Self { command, ids, count }
    }

    /// The look that a commit tells in these lines; `None` where they tell none.
    pub fn read(lines: &str) -> Option<Self> {
        let [command, ids, count] = lines.lines().collect::<Vec<_>>()[..] else { return None };
        let command = command.strip_prefix("command ")?;
        let command = COMMANDS.into_iter().find(|known| *known == command)?;
        let ids: Vec<_> = ids.strip_prefix("of")?.split_whitespace().map(str::to_owned).collect();
        let count = count.strip_prefix("count ")?.parse().ok()?;
        let is_whole = ids.iter().all(|id| is_id(id)) && ids.len() == NAMED.min(count);
        is_whole.then_some(Self { command, ids, count })
    }

    /// As a commit tells it.
    pub fn lines(&self) -> String {
        let ids: String = self.ids.iter().map(|id| format!(" {id}")).collect();
        format!("command {}\nof{ids}\ncount {}", self.command, self.count)
    }
}

/// Whether this names a record, a contact or a report, and so nobody.
fn is_id(text: &str) -> bool {
    text.parse::<RecordId>().is_ok()
        || text.parse::<ContactId>().is_ok()
        || ReportName::from_code(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_read_back_from_its_lines_and_nothing_else_is() {
        let ids = |count: usize| (0..count).map(|nth| format!("C-{nth:0>5}"));
        for count in [0, 1, 20, 400] {
            let look = Reveal::of("contact list", ids(count));
            assert_eq!(look.count, count);
            assert_eq!(Reveal::read(&look.lines()), Some(look));
        }
        for lines in [
            "command contact list\nof C-00001\ncount 2",
            "command contact list\nof 13812341234\ncount 1",
            "command Wang\nof C-00001\ncount 1",
            "command phone\nof C-00001\ncount 1\nWang",
            "command phone\ncount 0",
            "",
        ] {
            assert_eq!(Reveal::read(lines), None, "{lines}");
        }
    }
}
