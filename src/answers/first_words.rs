//! What somebody is told first at a desk: what keeps them from recording anything there, or how to begin.

use crate::{
    app::desk::OpenDesk,
    domain::{
        base::terms::Role,
        deciding::policy::{Policy, people::Person},
        history::steps::Action,
    },
    error::{Error, Result},
    store::{error::Error as StoreError, selection::Selection, view::View},
    words::{Words, message::Message},
};

/// What is told besides what there is to see, in two lines.
#[derive(Debug)]
pub enum FirstWords {
    /// Nothing: the desk is at work.
    None,
    /// Why nothing can be recorded from here, and what helps.
    LookOnly(Error),
    /// How to begin at a desk without records.
    Begin([Message; 2]),
}

/// Whether nothing was ever recorded at a desk.
///
/// # Errors
/// What keeps its records from being read.
pub fn is_new(desk: &OpenDesk<'_>, view: &View<'_>) -> Result<bool> {
    let any = Selection { limit: Some(1), ..Selection::default() };
    Ok(desk.summaries(view, &any)?.0.is_empty())
}

impl FirstWords {
    pub fn of(desk: &OpenDesk<'_>, policy: &Policy, is_new: bool) -> Self {
        let person = match desk.actor(policy) {
            Ok(actor) => actor.person,
            // of a roster that cannot be read nobody knows who is in it
            Err(Error::Stranger { .. }) if policy.people.people.is_empty() => return Self::None,
            Err(why) => return Self::LookOnly(why),
        };
        let branch = desk.store.writing_branch(&desk.desk, None);
        if let Err(why @ (StoreError::OtherBranch { .. } | StoreError::Detached { .. })) = branch {
            return Self::LookOnly(why.into());
        }
        if is_new { Self::Begin(first_steps(desk, policy, &person)) } else { Self::None }
    }

    /// The two lines.
    pub fn text(&self, words: Words) -> Option<String> {
        let (first, second) = match self {
            Self::None => return None,
            Self::LookOnly(why) => {
                let message = Message::LookOnly { why: words.error(why) };
                (words.message(&message), words.error_hint(why).unwrap_or_default())
            }
            Self::Begin([first, second]) => (words.message(first), words.message(second)),
        };
        Some(format!("{first}\n{second}").trim_end().to_owned())
    }
}

/// What a newcomer does first, as far as they may.
fn first_steps(desk: &OpenDesk<'_>, policy: &Policy, person: &Person) -> [Message; 2] {
    let today = desk.now().date();
    let team = policy.people.people.iter().filter(|one| one.is_active(today)).count();
    let may_open = policy.roles.role_for(Action::Open, person).is_ok();
    let is_lead = person.role_for(&[Role::TeamLead]).is_ok();
    match (may_open, team <= 1 && is_lead) {
        (true, true) => [Message::FirstCall, Message::AloneInRoster],
        (true, false) => [Message::FirstCall, Message::StepsInHelp],
        (false, _) => [Message::OthersOpen, Message::StepsInHelp],
    }
}
