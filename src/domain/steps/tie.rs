//! `merge` and `link`: one record belongs to another.

use serde::{Deserialize, Serialize};

use crate::domain::{
    event::Stamp,
    intake::Reference,
    record::Record,
    refusal::Refusal,
    status::{Status, parts::Linked},
    steps::{Scene, Step},
    terms::{Kind, LinkKind, State},
};

/// The matter goes on in another record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    pub into: Reference,
    pub reason: String,
}

/// The record is tied to another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub to: Reference,
    #[serde(rename = "as")]
    pub kind: LinkKind,
}

impl Merge {
    /// Looks at the record it goes into: of the same customer, or a major event, and unfinished.
    ///
    /// # Errors
    /// A [`Refusal`] when the two are not one matter.
    pub fn decide(
        scene: &Scene<'_>,
        target: &Record,
        into: Reference,
        reason: String,
    ) -> Result<Self, Refusal> {
        let own = &scene.record.status;
        if target.id == scene.record.id {
            return Err(Refusal::Itself);
        }
        if !target.status.state.is_unfinished() {
            return Err(Refusal::DeadTarget(target.status.state));
        }
        if own.kind == Kind::Complaint && target.status.kind != Kind::Complaint {
            return Err(Refusal::ComplaintElsewhere);
        }
        // else the person complained of might get it with the other one (R93)
        if let (Some(this), Some(that)) = (&own.complaint, &target.status.complaint)
            && this.against != that.against
        {
            let (own, other) = (this.against.clone(), that.against.clone());
            return Err(Refusal::OtherSubject { own, other });
        }
        if own.customer != target.status.customer && target.status.major.is_none() {
            return Err(Refusal::OtherCustomer {
                own: own.customer.clone(),
                other: target.status.customer.clone(),
            });
        }
        Ok(Self { into, reason })
    }
}

impl Step for Merge {
    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        if status.kind == Kind::Remark { Err(Refusal::OnlyRemark) } else { Ok(()) }
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.end_pause(stamp.at);
        status.state = State::Merged;
        status.merged_into = Some(self.into.clone());
        status.handed_to = None;
    }
}

impl Link {
    /// Refuses a tie of a record to itself.
    ///
    /// # Errors
    /// [`Refusal::Itself`].
    pub fn decide(scene: &Scene<'_>, to: Reference, kind: LinkKind) -> Result<Self, Refusal> {
        if to.record == scene.record.id { Err(Refusal::Itself) } else { Ok(Self { to, kind }) }
    }
}

impl Step for Link {
    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        let tie = Linked { kind: self.kind, to: self.to.clone() };
        if status.links.contains(&tie) { Err(Refusal::AlreadyLinked) } else { Ok(()) }
    }

    fn apply(&self, status: &mut Status, _: &Stamp) {
        status.links.push(Linked { kind: self.kind, to: self.to.clone() });
    }
}
