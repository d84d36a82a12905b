//! Who looked at whole names and numbers, when and by which command: in a log of this clone, or as a
//! commit that every clone gets.

use serde::Serialize;

use crate::{
    app::desk::OpenDesk,
    audit::message,
    domain::{
        base::{
            terms::{RevealTrail, Role, Term as _},
            time::Timestamp,
        },
        history::{
            contact::Contact,
            reveal::{Reveal, RevealCommand},
        },
    },
    error::{Error, Result},
    store::view::View,
};

/// The file in docket's own folder, a line for each look.
const LOG: &str = "reveal.log";

/// A line of the log.
#[derive(Debug, Serialize)]
struct RevealNote {
    at: Timestamp,
    /// Id of the person, or git's address where the roster has none.
    who: String,
    #[serde(flatten)]
    reveal: Reveal,
}

/// The ids of those of these contacts whose names are known here.
pub fn known_ids<'c>(
    contacts: impl IntoIterator<Item = &'c Contact>,
) -> impl Iterator<Item = String> {
    let known = contacts.into_iter().filter(|contact| contact.person.is_some());
    known.map(|contact| contact.id.to_string())
}

impl OpenDesk<'_> {
    /// Keeps that personal data is about to be shown whole; what cannot be kept is not shown.
    ///
    /// # Errors
    /// A log or a branch that cannot be written to; where looks are commits, somebody who is not in
    /// the team.
    pub fn note_reveal(
        &self,
        view: &View<'_>,
        command: RevealCommand,
        ids: impl IntoIterator<Item = String>,
    ) -> Result<()> {
        let reveal = Reveal::of(command, ids);
        match self.desk.reveal {
            RevealTrail::Noted => self.log_reveal(view, reveal),
            RevealTrail::Recorded => self.commit_reveal(&reveal),
        }
    }

    /// As [`Self::note_reveal`], of these alone: nothing is noted where nobody is shown.
    ///
    /// # Errors
    /// As [`Self::note_reveal`].
    pub fn note_reveal_of(
        &self,
        view: &View<'_>,
        command: RevealCommand,
        ids: impl IntoIterator<Item = String>,
    ) -> Result<()> {
        let mut ids = ids.into_iter().peekable();
        if ids.peek().is_none() { Ok(()) } else { self.note_reveal(view, command, ids) }
    }

    fn log_reveal(&self, view: &View<'_>, reveal: Reveal) -> Result<()> {
        let email = self.email()?;
        let people = view.policy().map(|policy| policy.people).ok();
        let person = people.and_then(|people| Some(people.by_email(&email)?.id.to_string()));
        let who = person.unwrap_or(email);
        let note = RevealNote { at: self.app.clock.now(self.zone), who, reveal };
        let line = serde_json::to_string(&note).unwrap_or_default();
        self.store.git().append(LOG, &line)?;
        Ok(())
    }

    fn commit_reveal(&self, reveal: &Reveal) -> Result<()> {
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        self.store.write(&branch, &|notice| self.notice(&notice), |view| {
            let policy = view.policy()?;
            let (actor, _) = self.actor_as(&policy, Role::ALL)?;
            let text = message::of_reveal(reveal);
            let change = self.plain_change(&actor, message::REVEAL, &text, Vec::new())?;
            Ok::<_, Error>((Some(change), ()))
        })?;
        Ok(())
    }
}
