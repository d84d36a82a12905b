//! How `amend` is decided: the old values are noted, and the clocks move with the facts they hang on.

use crate::domain::{
    base::{
        ids::EventId,
        terms::{Field, Level, Role},
    },
    deciding::{
        agreements::in_force,
        complaint, known,
        scene::Scene,
        stamp::noted,
        steps::{
            Decidable,
            grading::graded,
            open::{not_expected_before, which_channel},
        },
    },
    history::{
        refusal::{NeedReason, Refusal, Vocabulary},
        roles::TEAM,
        status::Status,
        steps::{
            amend::{Amend, Correction, lead_only, put, value_of},
            responsible_or_desk,
        },
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub set: Vec<(Field, String)>,
    /// The event that the note remarks on.
    pub event: Option<EventId>,
    pub reason: String,
}

impl Decidable for Amend {
    type Request = Request;

    const MAY: &'static [Role] = TEAM;

    fn allowed(scene: &Scene<'_>) -> Result<(), Refusal> {
        responsible_or_desk(&scene.record.status, scene.stamp)
    }

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let status = &scene.record.status;
        let mut after = status.clone();
        let mut set = Vec::new();
        for (field, new) in request.set {
            let old = value_of(&after, field);
            if old == new {
                return Err(Refusal::SameValue(field));
            }
            put(&mut after, field, &new)?;
            spelled(&after, field, &new, scene)?;
            set.push(Correction { field, old, new });
        }
        let event = request.event;
        if let Some(event) = &event {
            remarked(event, scene)?;
        }
        if event.is_some() && !set.is_empty() {
            return Err(Refusal::NotWith { flag: "--event", other: "--set" });
        }
        if set.is_empty() && event.is_none() {
            return Err(Refusal::Nothing);
        }
        known_values(&after, scene)?;
        let graded = match what_moves(&set, &after, scene)? {
            None => None,
            Some(ClockCause::Facts) => Some(graded(&after, None, scene)?),
            Some(ClockCause::Agreement(level)) => Some(graded(&after, Some(level), scene)?),
        };
        let due = graded.as_ref().map(|graded| status.due.moved(graded.due));
        Ok(Self {
            set,
            event,
            reason: request.reason,
            priority: graded.as_ref().map(|graded| graded.priority),
            level: graded.as_ref().map(|graded| graded.level),
            limits: graded.as_ref().map(|graded| graded.limits),
            agreement: graded.and_then(|graded| graded.agreement),
            due_before: due.map(|(before, _)| before),
            due_after: due.map(|(_, after)| after),
        })
    }

    fn request(&self) -> Self::Request {
        Request {
            set: self.set.iter().map(|set| (set.field, set.new.clone())).collect(),
            event: self.event.clone(),
            reason: self.reason.clone(),
        }
    }
}

/// An event is remarked on by a note that says what is right.
fn remarked(event: &EventId, scene: &Scene<'_>) -> Result<(), Refusal> {
    noted(scene.stamp, NeedReason::Right)?;
    let there = scene.record.event(event).is_some();
    if there {
        Ok(())
    } else {
        Err(Refusal::unknown(Vocabulary::Event, event.as_str(), Vec::new()))
    }
}

/// Refuses a value that files spell otherwise.
fn spelled(after: &Status, field: Field, new: &str, scene: &Scene<'_>) -> Result<(), Refusal> {
    let own = match field {
        Field::Against => complaint::against(scene.policy, new)?,
        _ => value_of(after, field),
    };
    if own == new { Ok(()) } else { Err(Refusal::BadValue { field, given: new.to_owned() }) }
}

fn known_values(after: &Status, scene: &Scene<'_>) -> Result<(), Refusal> {
    let before = &scene.record.status;
    if after.received_at > scene.stamp.at {
        return Err(Refusal::Future(after.received_at));
    }
    if after.received_at > before.times.opened_at {
        let (done_at, at) = (after.received_at, before.times.opened_at);
        return Err(Refusal::DoneAfter { done_at, at });
    }
    if (after.expected_by, after.received_at) != (before.expected_by, before.received_at) {
        let flag = "--set expected_by";
        not_expected_before(after.expected_by, after.received_at, flag)?;
    }
    if after.channel != before.channel {
        known::channel(scene.policy, &after.channel)?;
    }
    if (&after.channel, &after.channel_text) != (&before.channel, &before.channel_text) {
        which_channel(&after.channel, after.channel_text.as_ref(), "--set channel_text")?;
    }
    if let Some(category) = after.category.as_ref().filter(|_| after.category != before.category) {
        known::category(scene.policy, category)?;
    }
    if let Some(product) = after.product.as_ref().filter(|_| after.product != before.product) {
        known::product(scene.policy, product)?;
    }
    Ok(())
}

/// What lets corrections move the clocks.
enum ClockCause {
    /// Facts that the level hangs on.
    Facts,
    /// Another agreement, with the level as it is.
    Agreement(Level),
}

/// Whether the corrections move clocks: facts do, and a customer who has another agreement.
///
/// # Errors
/// [`Refusal::LeadOnly`] for such a customer, or [`Refusal::Unreadable`].
fn what_moves(
    set: &[Correction],
    after: &Status,
    scene: &Scene<'_>,
) -> Result<Option<ClockCause>, Refusal> {
    if set.iter().any(|it| it.field != Field::Against && lead_only(it.field)) {
        return Ok(Some(ClockCause::Facts));
    }
    let before = &scene.record.status;
    let Some(level) = before.level.filter(|_| after.customer != before.customer) else {
        return Ok(None);
    };
    let now = in_force(&after.customer, scene.when().date(), scene)?.map(|it| &it.agreement.id);
    if now == before.agreement.as_ref().map(|terms| &terms.id) {
        return Ok(None);
    }
    if scene.stamp.role == Role::TeamLead {
        Ok(Some(ClockCause::Agreement(level)))
    } else {
        Err(Refusal::LeadOnly(Field::Customer))
    }
}
