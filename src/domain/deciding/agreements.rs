//! Which limits a customer's matter gets: those of the agreement with the customer, and the desk's where it
//! has none or does not tell them (R100, R116).

use chrono::NaiveDate;

use crate::domain::{
    base::{
        limit::{Limit, Limits},
        terms::{Kind, Level},
        time::Timestamp,
    },
    deciding::{policy::agreements::AgreementInForce, scene::Scene},
    history::{agreement::AgreementTerms, refusal::Refusal, status::Clock},
};

/// Limits, with what decided them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantedLimits {
    pub limits: Limits,
    /// Absent where the desk's own limits decided.
    pub agreement: Option<AgreementTerms>,
}

/// The limits that a matter of this customer gets in a cell of kind and level, by the agreement of a day.
///
/// # Errors
/// [`Refusal::Unreadable`] where it cannot be told what was agreed with the customer.
pub fn granted(
    customer: &str,
    (kind, level): (Kind, Level),
    day: NaiveDate,
    scene: &Scene<'_>,
) -> Result<GrantedLimits, Refusal> {
    let desk = scene.policy.levels.limits(kind, level);
    let Some(in_force) = in_force(customer, day, scene)? else {
        return Ok(GrantedLimits { limits: desk, agreement: None });
    };
    let AgreementInForce { agreement, is_expired } = in_force;
    let own = agreement.cell(kind, level);
    let terms = AgreementTerms {
        id: agreement.id.clone(),
        version: agreement.version,
        calendar: agreement.calendar.clone(),
        clocks: told(own),
        expired: is_expired,
    };
    Ok(GrantedLimits { limits: own.or(desk), agreement: Some(terms) })
}

/// The day whose agreement decides when a matter is opened: that on which it was received, by which its
/// limits run, however late it is entered.
pub fn day_of_opening(received_at: Timestamp, scene: &Scene<'_>) -> NaiveDate {
    let received_on = received_at.in_zone(scene.policy.calendar.zone()).date();
    if scene.is_under(2) { received_on } else { scene.when().date() }
}

/// The agreement with this customer that holds on a day.
///
/// # Errors
/// [`Refusal::Unreadable`].
pub fn in_force<'s>(
    customer: &str,
    day: NaiveDate,
    scene: &Scene<'s>,
) -> Result<Option<AgreementInForce<'s>>, Refusal> {
    let agreements = &scene.policy.agreements;
    // most desks have none, and need not look for the customer
    if agreements.all().is_empty() {
        return Ok(None);
    }
    let own = scene.lookup.agreement_of(customer)?;
    Ok(own.and_then(|id| agreements.in_force(&id, day)))
}

/// The clocks that have a limit.
pub fn told(limits: Limits) -> Vec<Clock> {
    let clocks: [(Clock, Option<Limit>); 3] = [
        (Clock::Ack, limits.ack),
        (Clock::Respond, limits.respond),
        (Clock::Resolve, limits.resolve),
    ];
    clocks.into_iter().filter(|(_, limit)| limit.is_some()).map(|(clock, _)| clock).collect()
}
