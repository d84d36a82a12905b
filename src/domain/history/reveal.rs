//! Looks at whole names and numbers, as they are kept: who looked when is kept with them, never what was
//! seen.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use crate::domain::base::{
    ids::{ContactId, RecordId},
    terms::{ReportName, Term as _},
};

/// One look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reveal {
    pub command: RevealCommand,
    /// Ids of the first records and contacts that were looked at; none where a report is of many.
    pub ids: Vec<String>,
    /// How many ids there were.
    pub count: usize,
}

/// A command that shows names and numbers whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevealCommand {
    ContactList,
    ContactShow,
    Export,
    Phone,
    PrivacyScan,
    Report(ReportName),
    Search,
    Show,
}

/// So many records and contacts are named; of more their number says enough.
const NAMED: usize = 20;

impl RevealCommand {
    const PLAIN: [Self; 7] = [
        Self::ContactList,
        Self::ContactShow,
        Self::Export,
        Self::Phone,
        Self::PrivacyScan,
        Self::Search,
        Self::Show,
    ];

    /// As it is typed.
    pub fn typed(self) -> String {
        match self {
            Self::ContactList => "contact list".to_owned(),
            Self::ContactShow => "contact show".to_owned(),
            Self::Export => "export".to_owned(),
            Self::Phone => "phone".to_owned(),
            Self::PrivacyScan => "privacy scan".to_owned(),
            Self::Report(name) => format!("report {name}"),
            Self::Search => "search".to_owned(),
            Self::Show => "show".to_owned(),
        }
    }

    fn read(typed: &str) -> Option<Self> {
        match typed.strip_prefix("report ") {
            Some(name) => ReportName::from_code(name).map(Self::Report),
            None => Self::PLAIN.into_iter().find(|command| command.typed() == typed),
        }
    }
}

impl Serialize for RevealCommand {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.typed())
    }
}

impl Reveal {
    /// A look by a command at these records and contacts.
    pub fn of(command: RevealCommand, ids: impl IntoIterator<Item = String>) -> Self {
        let mut noted = BTreeSet::new();
        let mut ids: Vec<String> = ids.into_iter().filter(|id| noted.insert(id.clone())).collect();
        let count = ids.len();
        ids.truncate(NAMED);
        Self { command, ids, count }
    }

    /// The look that a commit tells in these lines; `None` where they tell none.
    pub fn read(lines: &str) -> Option<Self> {
        let [command, ids, count] = lines.lines().collect::<Vec<_>>()[..] else { return None };
        let command = RevealCommand::read(command.strip_prefix("command ")?)?;
        let ids: Vec<_> = ids.strip_prefix("of")?.split_whitespace().map(str::to_owned).collect();
        let count = count.strip_prefix("count ")?.parse().ok()?;
        let is_whole = ids.iter().all(|id| is_id(id)) && ids.len() == NAMED.min(count);
        is_whole.then_some(Self { command, ids, count })
    }

    /// As a commit tells it.
    pub fn lines(&self) -> String {
        let ids: String = self.ids.iter().map(|id| format!(" {id}")).collect();
        format!("command {}\nof{ids}\ncount {}", self.command.typed(), self.count)
    }
}

/// Whether this names a record or a contact, and so nobody.
fn is_id(text: &str) -> bool {
    text.parse::<RecordId>().is_ok() || text.parse::<ContactId>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_read_back_from_its_lines_and_nothing_else_is() {
        let ids = |count: usize| (0..count).map(|nth| format!("C-{nth:0>5}"));
        let reports = ReportName::ALL.iter().map(|name| RevealCommand::Report(*name));
        for command in RevealCommand::PLAIN.into_iter().chain(reports) {
            for count in [0, 1, 20, 400] {
                let look = Reveal::of(command, ids(count));
                assert_eq!(look.count, count);
                assert_eq!(Reveal::read(&look.lines()), Some(look));
            }
        }
        for lines in [
            "command contact list\nof C-00001\ncount 2",
            "command contact list\nof 13812341234\ncount 1",
            "command Wang\nof C-00001\ncount 1",
            "command report Wang\nof C-00001\ncount 1",
            "command phone\nof C-00001\ncount 1\nWang",
            "command phone\ncount 0",
            "",
        ] {
            assert_eq!(Reveal::read(lines), None, "{lines}");
        }
    }
}
