//! How `ack` is decided: who is told, if nobody is named, is whom the record names.

use crate::domain::{
    base::{
        ids::ContactId,
        terms::{Channel, Role},
        time::Timestamp,
    },
    deciding::{
        scene::Scene,
        steps::{Decidable, default_method, recipient},
    },
    history::{intake::ReadBack, refusal::Refusal, roles::DESK, steps::ack::Ack},
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who was told; the record's contact if not said.
    pub told: Option<ContactId>,
    /// How; as the matter came in if not said.
    pub method: Option<Channel>,
    /// By when they hear from us; `None` where the matter was answered on the spot.
    pub reply_by: Option<Timestamp>,
    pub answered: bool,
    pub read_back: Option<ReadBack>,
}

impl Decidable for Ack {
    type Request = Request;

    const MAY: &'static [Role] = DESK;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { told, method, reply_by, answered, read_back } = request;
        let (told, method) = (recipient(told, scene)?, default_method(method, scene));
        Ok(Self { told, method, reply_by, answered, read_back })
    }

    fn request(&self) -> Self::Request {
        Request {
            told: Some(self.told.clone()),
            method: Some(self.method.clone()),
            reply_by: self.reply_by,
            answered: self.answered,
            read_back: self.read_back.clone(),
        }
    }
}
