//! How each step is decided, in a file of the same name as on the floor below.

pub mod accept;
pub mod ack;
pub mod amend;
pub mod attach;
pub mod cancel;
pub mod close;
pub mod confirm;
pub mod decide;
pub mod drop;
pub mod escalate;
pub mod explain;
pub mod extend;
pub mod fulfil;
mod grading;
pub mod handover;
pub mod hold;
pub mod import;
pub mod link;
pub mod merge;
pub mod open;
pub mod promise;
pub mod recompute;
pub mod redact;
pub mod relay;
pub mod remote;
pub mod reopen;
pub mod resolve;
pub mod respond;
pub mod resume;
pub mod r#return;
pub mod route;
pub mod settle;
pub mod survey;
pub mod survey_expire;
pub mod survey_send;
pub mod takeover;
pub mod undo;
pub mod update;
pub mod visit;

use crate::domain::{
    base::{
        ids::ContactId,
        terms::{Channel, Role},
    },
    deciding::{facts, items, personal, scene::Scene, stamp},
    history::{
        contact::followed,
        event::Event,
        lifecycle,
        refusal::{NeedReason, Refusal},
        steps::{self, Act, Action, NamedStep, Step},
    },
};

/// What writing and auditing need of a step.
pub trait Decidable: Step + NamedStep {
    /// What somebody asks for; what policy decides is not in it.
    type Request: Clone;

    /// Who may do it unless the desk's own table of roles says otherwise (R97), strongest role
    /// first, so that nobody is held to the lesser of two roles they have.
    const MAY: &'static [Role];

    /// Whether the desk may enter it for somebody who told it.
    const CAN_BE_TOLD: bool = false;

    /// Asks policy and other records whether the step can be made at all, whatever is asked for.
    ///
    /// # Errors
    /// The [`Refusal`] of the rule that stands against it.
    fn allowed(_: &Scene<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    /// Asks policy, other records and the customer's persons, and fills in what they decide.
    ///
    /// # Errors
    /// The [`Refusal`] of the rule that stands against it.
    fn decide(request: Self::Request, scene: &Scene<'_>) -> Result<Self, Refusal>;

    /// What was asked for, read back out of what was recorded.
    fn request(&self) -> Self::Request;
}

macro_rules! define {
    ($($name:ident = $module:ident::$step:ident, $word:literal;)+) => {
        /// Roles that may do a step unless a desk's own table says otherwise; the first one that a
        /// person has is written into the event.
        pub fn may(action: Action) -> &'static [Role] {
            match action { $(Action::$name => <steps::$module::$step as Decidable>::MAY,)+ }
        }

        /// As [`Decidable::CAN_BE_TOLD`].
        pub fn can_be_told(action: Action) -> bool {
            match action {
                $(Action::$name => <steps::$module::$step as Decidable>::CAN_BE_TOLD,)+
            }
        }

        /// As [`Decidable::allowed`].
        fn allowed(action: Action, scene: &Scene<'_>) -> Result<(), Refusal> {
            items::wait(action, &scene.record.status)?;
            match action {
                $(Action::$name => <steps::$module::$step as Decidable>::allowed(scene),)+
            }
        }

        /// What an event would be if the same were asked for now: the act, or the rule that
        /// stands against it.
        ///
        /// # Errors
        /// The [`Refusal`] of the rule.
        pub fn decide_again(act: &Act, scene: &Scene<'_>) -> Result<Act, Refusal> {
            allowed(act.action(), scene)?;
            match act {
                $(Act::$name(step) => Ok(<steps::$module::$step as Decidable>::decide(
                    step.request(),
                    scene,
                )?.into()),)+
            }
        }
    };
}

steps::steps!(define);

/// Refuses a step that cannot be made whatever it says: by who enters it and when, by where the record
/// stands, by policy and by other records.
///
/// # Errors
/// The [`Refusal`] of the first rule that stands against it.
pub fn ready(action: Action, scene: &Scene<'_>) -> Result<(), Refusal> {
    stamp::in_force(scene.policy, scene.now.date())?;
    stamp::in_team(action, scene)?;
    stamp::timely(scene)?;
    lifecycle::ready(action, &scene.record.status, scene.stamp)?;
    allowed(action, scene)
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Who enters it, and for whom.
    Person,
    /// When it happened and was entered.
    Time,
    /// Where the record stands.
    Place,
    /// What was decided, field by field.
    Decision,
}

/// The step that somebody asks for, decided and held to every rule: of who enters it and when, of
/// the step itself, of each of its fields, and of the record as it stands.
///
/// # Errors
/// The [`Refusal`] of the first rule that stands against it.
pub fn decide<S: Decidable>(request: S::Request, scene: &Scene<'_>) -> Result<Act, Refusal> {
    allowed(S::ACTION, scene)?;
    let act: Act = S::decide(request, scene)?.into();
    let objection = objections(&act, scene).next();
    match objection {
        Some((_, why)) => Err(why),
        None => Ok(act),
    }
}

/// As [`decide()`], for what nobody enters as a step of their own: an entry of another system's log,
/// or a complaint that an answer opens.
///
/// # Errors
/// The [`Refusal`] of the first rule that stands against it.
pub fn decide_unasked<S: Decidable>(
    request: S::Request,
    scene: &Scene<'_>,
) -> Result<Act, Refusal> {
    allowed(S::ACTION, scene)?;
    let act: Act = S::decide(request, scene)?.into();
    stamp::in_force(scene.policy, scene.now.date())?;
    hold_facts(&act, scene)?;
    Ok(act)
}

/// The rules that stand against a step, each with what it looks at.
pub fn objections<'s>(
    act: &'s Act,
    scene: &'s Scene<'s>,
) -> impl Iterator<Item = (Ground, Refusal)> + 's {
    type Rule = fn(&Act, &Scene<'_>) -> Result<(), Refusal>;
    let rules: [(Ground, Rule); 5] = [
        (Ground::Decision, |_, scene| stamp::in_force(scene.policy, scene.now.date())),
        (Ground::Person, |act, scene| stamp::permitted(act, scene)),
        (Ground::Time, |_, scene| stamp::timely(scene)),
        (Ground::Place, |act, scene| lifecycle::legal(&event(act, scene), &scene.record.status)),
        (Ground::Decision, hold_facts),
    ];
    rules.into_iter().filter_map(|(ground, rule)| Some((ground, rule(act, scene).err()?)))
}

fn hold_facts(act: &Act, scene: &Scene<'_>) -> Result<(), Refusal> {
    if act.action() == Action::Open {
        facts::hold(scene.record.intake.facts(), scene)?;
    }
    let event = event(act, scene);
    facts::hold(event.facts(), scene)?;
    let is_opening = act.action() == Action::Open;
    let told = is_opening.then(|| scene.record.intake.facts()).into_iter().flatten();
    personal::hold(told.chain(event.facts()), scene.stamp.personal.as_deref())
}

fn event(act: &Act, scene: &Scene<'_>) -> Event {
    Event { stamp: scene.stamp.clone(), act: act.clone() }
}

/// Who is told: whoever was named, else whom the record names.
fn recipient(told: Option<ContactId>, scene: &Scene<'_>) -> Result<ContactId, Refusal> {
    if let Some(told) = told {
        return Ok(told);
    }
    let own = scene.record.status.contact.as_ref();
    let own = own.map(|own| followed(own, |id| scene.lookup.contact(id))).transpose()?.flatten();
    own.map(|contact| contact.id)
        .ok_or(Refusal::Needs { flag: "--informed", why: NeedReason::Contact })
}

/// How somebody is told: as was said, else the way by which the matter came in if it reaches
/// people.
fn default_method(method: Option<Channel>, scene: &Scene<'_>) -> Channel {
    let channel = &scene.record.status.channel;
    method.unwrap_or_else(|| {
        if channel.reaches_people() { channel.clone() } else { Channel::new("phone") }
    })
}
