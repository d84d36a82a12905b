//! Who enters a step, in which role and when: what every step is held to before its own rules.

use chrono::NaiveDate;

use crate::domain::{
    base::{
        terms::{Kind, Role},
        time::Timestamp,
    },
    deciding::{
        facts::in_zone,
        policy::{Policy, people::Person},
        scene::Scene,
        steps::{can_be_told, close},
    },
    history::{
        event::Stamp,
        refusal::{NeedReason, Refusal},
        steps::{Act, Action},
    },
};

/// The role that permits a step: of who acts, or of the desk that enters it for somebody who told
/// it. `wanted` is preferred where the person has it.
///
/// # Errors
/// [`Refusal::Role`], or what stands against who told it.
pub fn role(
    by: &Person,
    told_by: Option<&Person>,
    wanted: Option<Role>,
    (action, kind): (Action, Kind),
    policy: &Policy,
) -> Result<Role, Refusal> {
    let may = policy.roles.may_on(kind, action);
    let Some(told_by) = told_by else {
        let wanted = wanted.filter(|role| may.contains(role) && by.roles.contains(role));
        return wanted.map_or_else(|| by.role_for(may), Ok);
    };
    told_by.role_for(may)?;
    policy.roles.role_for(Action::Ack, by)
}

/// Refuses somebody who is not in the team, whoever enters it and whoever told it.
///
/// # Errors
/// [`Refusal::Unknown`], [`Refusal::Inactive`] or [`Refusal::OnlyWith`].
pub fn in_team(action: Action, scene: &Scene<'_>) -> Result<(), Refusal> {
    who(action, scene).map(drop)
}

/// Who enters a step, and who told it.
type Doers<'s> = (&'s Person, Option<&'s Person>);

fn who<'s>(action: Action, scene: &'s Scene<'_>) -> Result<Doers<'s>, Refusal> {
    let Stamp { by, told_by, told_via, .. } = scene.stamp;
    let by = scene.active(by)?;
    let told_by = told_by.as_ref().map(|person| scene.active(person)).transpose()?;
    if told_by.is_some() && !can_be_told(action) {
        return Err(Refusal::NotOnBehalf);
    }
    if told_by.is_some() != told_via.is_some() || told_by.is_some_and(|person| person.id == by.id) {
        return Err(Refusal::OnlyWith { flag: "--method", with: "--on-behalf-of" });
    }
    Ok((by, told_by))
}

/// Refuses somebody who is not in the team, or another role than the one that permits it, whoever
/// enters it and whoever told it.
///
/// # Errors
/// [`Refusal::Unknown`], [`Refusal::Inactive`], [`Refusal::Role`] or [`Refusal::OnlyWith`].
pub fn permitted(act: &Act, scene: &Scene<'_>) -> Result<(), Refusal> {
    let action = act.action();
    let role = &scene.stamp.role;
    let (by, told_by) = who(action, scene)?;
    let step = (action, scene.record.status.kind);
    let due = self::role(by, told_by, meant_as(act), step, scene.policy)?;
    if *role == due {
        return Ok(());
    }
    Err(Refusal::Role { person: by.id.clone(), may: vec![due] })
}

/// The role in which a step is meant, where somebody has several.
fn meant_as(act: &Act) -> Option<Role> {
    let Act::Close(close) = act else { return None };
    close::meant_as(close.dissatisfied.as_ref())
}

/// Refuses a step while a file of the rules says that it does not hold yet: those before it are not kept
/// beside it.
///
/// # Errors
/// [`Refusal::RulesOfLaterDay`].
pub fn in_force(policy: &Policy, today: NaiveDate) -> Result<(), Refusal> {
    let early = policy.not_yet_in_force(today).next();
    early.map_or(Ok(()), |(file, from)| Err(Refusal::RulesOfLaterDay { file, from }))
}

/// Refuses a step that is told for a time to come, for one before the customer came, or so late
/// that a reason is due.
///
/// # Errors
/// [`Refusal::Future`], [`Refusal::BeforeReceived`] or [`Refusal::Late`].
pub fn timely(scene: &Scene<'_>) -> Result<(), Refusal> {
    let Stamp { at, recorded_at, late_because, .. } = scene.stamp;
    in_zone("at", *at, scene.policy)?;
    in_zone("recorded_at", *recorded_at, scene.policy)?;
    if at > recorded_at {
        return Err(Refusal::Future(*at));
    }
    let received_at = scene.record.status.received_at;
    if scene.when() < received_at && !scene.record.history.is_empty() {
        return Err(Refusal::BeforeReceived { at: *at, received_at });
    }
    if late_because.is_none() && !in_time(*at, *recorded_at, scene.policy) {
        return Err(Refusal::Late { at: *at, allowed: scene.policy.levels.late_entry });
    }
    Ok(())
}

/// Refuses a matter that came in long before it is entered, without the reason why.
///
/// # Errors
/// [`Refusal::Late`].
pub(super) fn received_in_time(received_at: Timestamp, scene: &Scene<'_>) -> Result<(), Refusal> {
    let Stamp { at, recorded_at, late_because, .. } = scene.stamp;
    if late_because.is_none()
        && received_at < *at
        && !in_time(received_at, *recorded_at, scene.policy)
    {
        let allowed = scene.policy.levels.late_entry;
        return Err(Refusal::Late { at: received_at, allowed });
    }
    Ok(())
}

/// True for what was entered soon enough to need no reason.
pub fn in_time(at: Timestamp, recorded_at: Timestamp, policy: &Policy) -> bool {
    let until = policy.levels.late_entry.due(at, &policy.calendar);
    at == recorded_at || until.is_ok_and(|until| until >= recorded_at)
}

/// Refuses a step without the note that it is made for.
///
/// # Errors
/// [`Refusal::Needs`].
pub(super) fn noted(stamp: &Stamp, why: NeedReason) -> Result<(), Refusal> {
    match stamp.note {
        Some(_) => Ok(()),
        None => Err(Refusal::Needs { flag: "--note", why }),
    }
}
