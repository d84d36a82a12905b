//! How `respond` is decided: who is told, if nobody is named, is whom the record names.

use crate::domain::{
    base::{
        ids::ContactId,
        terms::{Channel, Role},
    },
    deciding::{
        scene::Scene,
        stamp::noted,
        steps::{Decidable, default_method, recipient},
    },
    history::{
        refusal::{NeedReason, Refusal},
        roles::TEAM,
        steps::respond::Respond,
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who was told; the record's contact if not said.
    pub told: Option<ContactId>,
    /// How; as the matter came in if not said.
    pub method: Option<Channel>,
}

impl Decidable for Respond {
    type Request = Request;

    const MAY: &'static [Role] = TEAM;
    const CAN_BE_TOLD: bool = true;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        noted(scene.stamp, NeedReason::Reply)?;
        let Request { told, method } = request;
        Ok(Self { told: recipient(told, scene)?, method: default_method(method, scene) })
    }

    fn request(&self) -> Self::Request {
        Request { told: Some(self.told.clone()), method: Some(self.method.clone()) }
    }
}
