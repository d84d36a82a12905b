//! Who looked at whole names and numbers, when and by which command: noted in this clone, never what was
//! seen.

use serde::Serialize;

use crate::{app::desk::OpenDesk, domain::base::time::Timestamp, error::Result, store::view::View};

/// The file in docket's own folder, a line for each look.
const LOG: &str = "reveal.log";
/// So many records and contacts are named; of a list of more their number says enough.
const NAMED: usize = 20;

/// One look.
#[derive(Debug, Serialize)]
struct RevealNote<'r> {
    at: Timestamp,
    /// Id of the person, or git's address where the roster has none.
    who: String,
    command: &'static str,
    /// Ids of the records and contacts that were looked at.
    ids: &'r [String],
    /// How many they are.
    count: usize,
}

impl OpenDesk<'_> {
    /// Notes that personal data is about to be shown whole; what cannot be noted is not shown.
    ///
    /// # Errors
    /// A log that cannot be written to.
    pub fn note_reveal(
        &self,
        view: &View<'_>,
        command: &'static str,
        ids: impl IntoIterator<Item = String>,
    ) -> Result<()> {
        let ids: Vec<String> = ids.into_iter().collect();
        let email = self.email()?;
        let people = view.policy().map(|policy| policy.people).ok();
        let person = people.and_then(|people| Some(people.by_email(&email)?.id.to_string()));
        let named = ids.get(..NAMED).unwrap_or(&ids);
        let at = self.app.clock.now(self.zone);
        let who = person.unwrap_or(email);
        let note = RevealNote { at, who, command, ids: named, count: ids.len() };
        let line = serde_json::to_string(&note).unwrap_or_default();
        self.store.git().append(LOG, &line)?;
        Ok(())
    }
}
