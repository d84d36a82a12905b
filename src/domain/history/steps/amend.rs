//! `amend`: a fact is corrected; the original always stays in `intake`.
use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::{
        ids::EventId,
        limit::Limits,
        terms::{Channel, Field, Grade, Kind, Level, Role, State, Term},
        time::Timestamp,
    },
    history::{
        agreement::AgreementTerms,
        event::Stamp,
        facts::Facts,
        intake::Expected,
        refusal::Refusal,
        status::{DueTimes, Status},
        steps::{Next, Step},
    },
};

/// A corrected fact, or a remark on an event that cannot be corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amend {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<Correction>,
    /// The event that is remarked on; the note says what is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EventId>,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementTerms>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<DueTimes>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_after: Option<DueTimes>,
}

/// One field with its old and its new value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    pub field: Field,
    /// Empty where there was none.
    pub old: String,
    pub new: String,
}

impl Step for Amend {
    const FROM: &'static [State] = EVERY;
    const TO: Next = Next::Same;

    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let mut after = status.clone();
        for Correction { field, old, new } in &self.set {
            if lead_only(*field) && stamp.role != Role::TeamLead {
                return Err(Refusal::LeadOnly(*field));
            }
            let now = value_of(&after, *field);
            if now != *old {
                return Err(Refusal::StaleValue { field: *field, now });
            }
            put(&mut after, *field, new)?;
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, _: &Stamp) {
        for Correction { field, new, .. } in &self.set {
            // `legal` has put the same value into a copy, so this cannot fail.
            let _ = put(status, *field, new);
        }
        status.priority = self.priority.or(status.priority);
        status.level = self.level.or(status.level);
        if let Some(limits) = self.limits {
            status.limits = limits;
            status.agreement.clone_from(&self.agreement);
        }
        if let (Some(before), Some(after)) = (self.due_before, self.due_after) {
            status.move_due(before, after);
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .corrections(&self.set)
            .some_event("event", self.event.as_ref())
            .some_term("level", self.level)
            .some_number("priority", self.priority.map(u32::from))
            .some_agreement("agreement", self.agreement.as_ref())
            .limits(self.limits.unwrap_or_default())
            .moved(self.due_before, self.due_after)
            .text("reason", &self.reason)
    }
}

/// Facts that clocks hang on, and who is kept off a complaint, are corrected by a team lead only.
pub fn lead_only(field: Field) -> bool {
    match field {
        Field::ReceivedAt | Field::Kind | Field::Impact | Field::Urgency | Field::Against => true,
        Field::Title
        | Field::Need
        | Field::Customer
        | Field::Contact
        | Field::Site
        | Field::Category
        | Field::Product
        | Field::Channel
        | Field::ChannelText
        | Field::ExpectedBy => false,
    }
}

/// The present value as it is written; empty where there is none.
pub fn value_of(status: &Status, field: Field) -> String {
    fn word<T: Term>(term: Option<T>) -> String {
        term.map(Term::code).unwrap_or_default().to_owned()
    }
    match field {
        Field::Title => status.title.clone(),
        Field::Need => status.need.clone().unwrap_or_default(),
        Field::Customer => status.customer.clone(),
        Field::Contact => status.contact.as_ref().map(ToString::to_string).unwrap_or_default(),
        Field::Site => status.site.clone().unwrap_or_default(),
        Field::Category => status.category.clone().unwrap_or_default(),
        Field::Product => status.product.clone().unwrap_or_default(),
        Field::Channel => status.channel.to_string(),
        Field::ChannelText => status.channel_text.clone().unwrap_or_default(),
        Field::ExpectedBy => match status.expected_by {
            Some(Expected::At(at)) => at.to_string(),
            Some(Expected::Unstated) => "none".to_owned(),
            None => String::new(),
        },
        Field::ReceivedAt => status.received_at.to_string(),
        Field::Kind => word(Some(status.kind)),
        Field::Impact => word(status.impact),
        Field::Urgency => word(status.urgency),
        Field::Against => {
            status.complaint.as_ref().map(|it| it.against.clone()).unwrap_or_default()
        }
    }
}

/// Gives a field a new value.
///
/// # Errors
/// [`Refusal::BadValue`] for what the field cannot hold.
pub fn put(status: &mut Status, field: Field, new: &str) -> Result<(), Refusal> {
    let bad = || Refusal::BadValue { field, given: new.to_owned() };
    let time = || new.parse::<Timestamp>().map_err(|_| bad());
    let grade = || Grade::from_code(new).map(Some).ok_or_else(bad);
    if new.is_empty() {
        return Err(bad());
    }
    match field {
        Field::Title => new.clone_into(&mut status.title),
        Field::Need => status.need = Some(new.to_owned()),
        Field::Customer => new.clone_into(&mut status.customer),
        Field::Contact => status.contact = Some(new.parse().map_err(|_| bad())?),
        Field::Site => status.site = Some(new.to_owned()),
        Field::Category => status.category = Some(new.to_owned()),
        Field::Product => status.product = Some(new.to_owned()),
        Field::Channel => {
            status.channel = Channel::new(new);
            // what another channel was says nothing of this one
            if !status.channel.is_other() {
                status.channel_text = None;
            }
        }
        Field::ChannelText => status.channel_text = Some(new.to_owned()),
        Field::ExpectedBy if new == "none" => status.expected_by = Some(Expected::Unstated),
        Field::ExpectedBy => status.expected_by = Some(Expected::At(time()?)),
        Field::ReceivedAt => status.received_at = time()?,
        Field::Kind => status.kind = formal_kind(status.kind, new).ok_or_else(bad)?,
        Field::Impact => status.impact = grade()?,
        Field::Urgency => status.urgency = grade()?,
        Field::Against => new.clone_into(&mut status.complaint.as_mut().ok_or_else(bad)?.against),
    }
    Ok(())
}

/// Kinds that have facts of their own are neither left nor entered by a correction.
fn formal_kind(old: Kind, new: &str) -> Option<Kind> {
    let plain =
        |kind: &Kind| matches!(kind, Kind::Request | Kind::Change | Kind::Enquiry | Kind::Fault);
    Kind::from_code(new).filter(|kind| plain(kind) && plain(&old))
}
