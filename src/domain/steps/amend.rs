//! `amend`: a fact is corrected; the original always stays in `intake`.

use serde::{Deserialize, Serialize};

use crate::domain::{
    clock,
    event::Stamp,
    intake::Expected,
    policy::levels::Grades,
    refusal::Refusal,
    status::{Due, Status},
    steps::{Scene, Step, open},
    terms::{Channel, Field, Grade, Kind, Role, Term},
    time::Timestamp,
};

/// A corrected fact, or a remark on an event that cannot be corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amend {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<Correction>,
    /// Number of the event that is remarked on; the note says what is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<u32>,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<Due>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_after: Option<Due>,
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

/// What somebody wants.
#[derive(Clone, Debug)]
pub struct Wish {
    pub set: Vec<(Field, String)>,
    pub event: Option<u32>,
    pub reason: String,
}

impl Wish {
    /// Notes the old values, and moves the clocks where the facts they hang on change.
    ///
    /// # Errors
    /// A [`Refusal`] when a value does not fit its field, or nothing changes.
    pub fn decide(self, scene: &Scene<'_>) -> Result<Amend, Refusal> {
        let status = &scene.record.status;
        let mut after = status.clone();
        let mut set = Vec::new();
        for (field, new) in self.set {
            let old = value_of(status, field);
            if old == new {
                return Err(Refusal::SameValue(field));
            }
            put(&mut after, field, &new)?;
            set.push(Correction { field, old, new });
        }
        if let Some(number) = self.event
            && !scene
                .record
                .history
                .iter()
                .any(|event| event.stamp.n == number)
        {
            return Err(Refusal::NoEvent(number));
        }
        if set.is_empty() && self.event.is_none() {
            return Err(Refusal::Nothing);
        }
        known(&after, scene)?;
        let moved = moves_clocks(&set).then(|| clocks_after(&after, scene));
        let (priority, due) = moved.unzip();
        Ok(Amend {
            set,
            event: self.event,
            reason: self.reason,
            priority: priority.flatten(),
            due_before: due.map(|_| status.due),
            due_after: due,
        })
    }
}

fn known(after: &Status, scene: &Scene<'_>) -> Result<(), Refusal> {
    let before = &scene.record.status;
    if after.received_at > scene.stamp.at {
        return Err(Refusal::Future(after.received_at));
    }
    if after.channel != before.channel {
        super::known_channel(scene.policy, &after.channel)?;
    }
    if let Some(category) = after
        .category
        .as_ref()
        .filter(|_| after.category != before.category)
    {
        open::known_category(scene.policy, category)?;
    }
    if let Some(product) = after
        .product
        .as_ref()
        .filter(|_| after.product != before.product)
    {
        open::known_product(scene.policy, product)?;
    }
    Ok(())
}

fn moves_clocks(set: &[Correction]) -> bool {
    set.iter().any(|correction| lead_only(correction.field))
}

/// Facts that clocks hang on are corrected by a team lead only.
fn lead_only(field: Field) -> bool {
    match field {
        Field::ReceivedAt | Field::Kind | Field::Impact | Field::Urgency => true,
        Field::Title
        | Field::Need
        | Field::Customer
        | Field::Category
        | Field::Product
        | Field::Channel
        | Field::ExpectedBy => false,
    }
}

/// Priority and due times by the limits in force and the corrected facts, every pause re-applied.
fn clocks_after(after: &Status, scene: &Scene<'_>) -> (Option<u8>, Due) {
    let priority = match (after.impact, after.urgency) {
        (Some(impact), Some(urgency)) => {
            Some(scene.policy.levels.priority(Grades { impact, urgency }))
        }
        (None, _) | (_, None) => after.priority,
    };
    (priority, clock::afresh(after, &scene.policy.calendar))
}

impl Step for Amend {
    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        for Correction { field, old, new } in &self.set {
            if lead_only(*field) && stamp.role != Role::TeamLead {
                return Err(Refusal::LeadOnly(*field));
            }
            let now = value_of(status, *field);
            if now != *old {
                return Err(Refusal::StaleValue { field: *field, now });
            }
            put(&mut status.clone(), *field, new)?;
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, _: &Stamp) {
        for Correction { field, new, .. } in &self.set {
            // `legal` has put the same value into a copy, so this cannot fail.
            let _ = put(status, *field, new);
        }
        if self.priority.is_some() {
            status.priority = self.priority;
        }
        if let (Some(before), Some(after)) = (self.due_before, self.due_after) {
            status.move_due(before, after);
        }
    }
}

/// The present value as it is written; empty where there is none.
#[must_use]
pub fn value_of(status: &Status, field: Field) -> String {
    fn word<T: Term>(term: Option<T>) -> String {
        term.map(Term::code).unwrap_or_default().to_owned()
    }
    match field {
        Field::Title => status.title.clone(),
        Field::Need => status.need.clone().unwrap_or_default(),
        Field::Customer => status.customer.clone(),
        Field::Category => status.category.clone().unwrap_or_default(),
        Field::Product => status.product.clone().unwrap_or_default(),
        Field::Channel => status.channel.to_string(),
        Field::ExpectedBy => match status.expected_by {
            Some(Expected::At(at)) => at.to_string(),
            Some(Expected::Unstated) => "none".to_owned(),
            None => String::new(),
        },
        Field::ReceivedAt => status.received_at.to_string(),
        Field::Kind => word(Some(status.kind)),
        Field::Impact => word(status.impact),
        Field::Urgency => word(status.urgency),
    }
}

fn put(status: &mut Status, field: Field, new: &str) -> Result<(), Refusal> {
    let bad = || Refusal::BadValue {
        field,
        given: new.to_owned(),
    };
    let time = || new.parse::<Timestamp>().map_err(|_| bad());
    let grade = || Grade::from_code(new).map(Some).ok_or_else(bad);
    if new.is_empty() {
        return Err(bad());
    }
    match field {
        Field::Title => new.clone_into(&mut status.title),
        Field::Need => status.need = Some(new.to_owned()),
        Field::Customer => new.clone_into(&mut status.customer),
        Field::Category => status.category = Some(new.to_owned()),
        Field::Product => status.product = Some(new.to_owned()),
        Field::Channel => status.channel = Channel::new(new),
        Field::ExpectedBy if new == "none" => status.expected_by = Some(Expected::Unstated),
        Field::ExpectedBy => status.expected_by = Some(Expected::At(time()?)),
        Field::ReceivedAt => status.received_at = time()?,
        Field::Kind => status.kind = formal_kind(status.kind, new).ok_or_else(bad)?,
        Field::Impact => status.impact = grade()?,
        Field::Urgency => status.urgency = grade()?,
    }
    Ok(())
}

/// Kinds that have facts of their own are neither left nor entered by a correction.
fn formal_kind(old: Kind, new: &str) -> Option<Kind> {
    let plain = |kind: &Kind| {
        matches!(
            kind,
            Kind::Request | Kind::Change | Kind::Enquiry | Kind::Fault
        )
    };
    Kind::from_code(new).filter(|kind| plain(kind) && plain(&old))
}
