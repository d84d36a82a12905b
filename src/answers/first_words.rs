//! What somebody is told first at a desk: what keeps them from recording anything there, or how to begin.

use crate::{
    app::desk::OpenDesk,
    domain::{
        base::terms::Role,
        deciding::policy::{Policy, people::Person},
        history::steps::Action,
    },
    error::Error,
    store::error::Error as StoreError,
    words::{Words, message::Message},
};

/// What is told besides what there is to see, in two lines.
#[derive(Debug)]
pub enum FirstWords {
    /// Why nothing can be recorded from here, and what helps.
    LookOnly(Error),
    /// How to begin at a desk without records.
    Begin([Message; 2]),
}

impl FirstWords {
    /// What is told somebody at a desk; `None` where it is at work.
    pub fn of(desk: &OpenDesk<'_>, policy: &Policy, is_new: bool) -> Option<Self> {
        let person = match desk.actor(policy) {
            Ok(actor) => actor.person,
            // of a roster that cannot be read nobody knows who is in it
            Err(Error::Stranger { .. }) if policy.people.people.is_empty() => return None,
            Err(why) => return Some(Self::LookOnly(why)),
        };
        let branch = desk.store.writing_branch(&desk.desk, None);
        if let Err(why @ (StoreError::OtherBranch { .. } | StoreError::Detached { .. })) = branch {
            return Some(Self::LookOnly(why.into()));
        }
        is_new.then(|| Self::Begin(first_steps(desk, policy, &person)))
    }

    /// The two lines.
    pub fn text(&self, words: Words) -> String {
        let (first, second) = match self {
            Self::LookOnly(why) => {
                let message = Message::LookOnly { why: words.error(why) };
                (words.message(&message), words.error_hint(why).unwrap_or_default())
            }
            Self::Begin([first, second]) => (words.message(first), words.message(second)),
        };
        format!("{first}\n{second}").trim_end().to_owned()
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
