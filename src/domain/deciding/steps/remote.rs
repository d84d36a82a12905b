//! How `remote` is decided: one session at a time for whoever works in it, with its reason where the
//! telephone was thought enough, and nothing ended without its category.

use crate::domain::{
    base::terms::{Channel, RemoteStep, Role, Support},
    deciding::{
        items::{ItemDue, ItemDuty, ItemStep, Items},
        scene::Scene,
        steps::Decidable,
    },
    history::{
        refusal::{NeedReason, Refusal},
        roles::TEAM,
        status::{Occupation, Status},
        steps::{
            Act, Action, at_work,
            remote::{Remote, RemoteEnd, RemoteStart},
            resolve::Resolve,
            update::goes_further,
        },
    },
};

/// The channel by which a matter comes in that is worked on remotely (R2).
const REMOTE_CLIENT: &str = "remote_client";

/// Nothing is solved or ended while a session runs, and each is ended on its day.
impl Items for Remote {
    fn duties(status: &Status) -> Vec<ItemDuty> {
        let running = status.numbered_sessions().filter(|(_, entry)| entry.is_running());
        let duties = running.map(|(number, entry)| ItemDuty {
            number,
            next: ItemStep::Remote(RemoteStep::End),
            person: entry.engineer.clone(),
            due: ItemDue::OnDay(entry.at),
        });
        duties.collect()
    }

    fn wait(action: Action, status: &Status) -> Result<(), Refusal> {
        let (Action::Resolve | Action::Close | Action::Cancel | Action::Merge) = action else {
            return Ok(());
        };
        match status.numbered_sessions().find(|(_, entry)| entry.is_running()) {
            Some((number, entry)) => {
                let (engineer, also) = (entry.engineer.clone(), entry.gaps(status));
                Err(Refusal::SessionOpen { number, engineer, also })
            }
            None => Ok(()),
        }
    }
}

/// Refuses to solve what came in over the remote client without a word of what was done there (R65): of a
/// session, or the steps taken.
///
/// # Errors
/// [`Refusal::Needs`].
pub fn tells_steps(step: &Resolve, scene: &Scene<'_>) -> Result<(), Refusal> {
    let status = &scene.record.status;
    let is_remote = status.channel == Channel::new(REMOTE_CLIENT) && status.complaint.is_none();
    let mut events = scene.record.effective_events();
    let is_told = step.steps.is_some()
        || status.sessions.iter().any(|entry| entry.work.is_some())
        || events.any(|event| matches!(&event.act, Act::Update(it) if it.first_line.is_some()));
    if is_remote && !is_told {
        return Err(Refusal::Needs { flag: "--steps", why: NeedReason::RemoteSteps });
    }
    Ok(())
}

impl Decidable for Remote {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;
    const CAN_BE_TOLD: bool = true;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        match step {
            Self::Start(start) => start.may_begin(scene).map(|()| Self::Start(start)),
            Self::Refused(denial) => Ok(Self::Refused(denial)),
            Self::End(end) => end.filed(&scene.record.status).map(Self::End),
        }
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}

impl RemoteStart {
    fn may_begin(&self, scene: &Scene<'_>) -> Result<(), Refusal> {
        let status = &scene.record.status;
        // where it stands comes first: nobody gives a reason for what is over
        at_work(status)?;
        if goes_further(Some(Support::Remote), status) && self.reason.is_none() {
            return Err(Refusal::Needs { flag: "--reason", why: NeedReason::Support });
        }
        let engineer = scene.stamp.actor();
        match scene.lookup.occupied(engineer, Occupation::Remote)? {
            Some(record) if record != scene.record.id => {
                Err(Refusal::EngineerConnected { engineer: engineer.clone(), record })
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl RemoteEnd {
    /// Under the category of the record, or under the one that it gives the record (R65); another one than
    /// the record's has its reason, which an update tells.
    fn filed(self, status: &Status) -> Result<Self, Refusal> {
        match (&status.category, &self.category) {
            (None, None) => {
                let why = NeedReason::SessionCategory;
                Err(Refusal::Needs { flag: "--category", why })
            }
            (Some(known), Some(given)) if known != given => {
                Err(Refusal::CategoryKnown { known: known.clone(), given: given.clone() })
            }
            (Some(_), _) => Ok(Self { category: None, ..self }),
            (None, Some(_)) => Ok(self),
        }
    }
}
