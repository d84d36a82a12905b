//! Whether a commit that keeps a look at whole names and numbers is one that a command makes.

use super::{judge::CommitCase, message};
use crate::domain::{
    analysis::finding::{Finding, FindingCode},
    deciding::policy::people::Person,
};

impl CommitCase<'_> {
    /// A look at whole names and numbers changes nothing and says who looked at what.
    pub(super) fn reveal(&self, author: &Person, findings: &mut Vec<Finding>) {
        let look = message::reveal_of_message(&self.commit.message);
        let ids = look.iter().flat_map(|look| &look.ids);
        let is_there = |id: &String| match (id.parse(), id.parse()) {
            (Ok(record), _) => matches!(self.before.record(&record), Ok(Some(_))),
            (_, Ok(contact)) => matches!(self.before.contact(&contact), Ok(Some(_))),
            _ => false,
        };
        let unknown = ids.filter(|id| !is_there(id));
        findings.extend(unknown.map(|id| Finding::of(FindingCode::MessageForged).found(id)));
        let text =
            look.map_or_else(|| message::REVEAL.to_owned(), |look| message::of_reveal(&look));
        self.plain_message(&text, message::REVEAL, author, findings);
    }
}
