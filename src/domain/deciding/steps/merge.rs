//! How `merge` is decided: into an unfinished record of the same customer, or of a major event.

use crate::domain::{
    base::terms::{Kind, Role},
    deciding::{scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::DESK, steps::merge::Merge},
};

impl Decidable for Merge {
    type Request = Self;

    const MAY: &'static [Role] = DESK;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let own = &scene.record.status;
        let target = scene.referred(&step.into)?;
        if target.id == scene.record.id {
            return Err(Refusal::Itself);
        }
        if !target.status.state.is_unfinished() {
            return Err(Refusal::FinishedTarget(target.status.state));
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
        let is_one = scene.lookup.are_one_customer(&own.customer, &target.status.customer)?;
        if !is_one && target.status.major.is_none() {
            return Err(Refusal::OtherCustomer {
                own: own.customer.clone(),
                other: target.status.customer.clone(),
            });
        }
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
