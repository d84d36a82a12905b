//! How `survey send` is decided: the questions and the time of policy are frozen.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{
        refusal::Refusal,
        roles::DESK,
        steps::survey_send::{Drawn, SurveySend},
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The sample that the record was drawn for; absent when it is sent by hand.
    pub drawn: Option<Drawn>,
}

impl Decidable for SurveySend {
    type Request = Request;

    const MAY: &'static [Role] = DESK;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { drawn } = request;
        if scene.record.status.contact.is_none() {
            return Err(Refusal::NobodyToAsk);
        }
        if let Some(drawn) = &drawn
            && scene.when() < drawn.period.ends(scene.policy.calendar.zone())
        {
            return Err(Refusal::MonthNotOver { month: drawn.period });
        }
        let survey = &scene.policy.survey;
        Ok(Self {
            drawn,
            questions: survey.document.version,
            asked: survey.questions.clone(),
            until: survey.expires.due(scene.stamp.at, &scene.policy.calendar)?,
        })
    }

    fn request(&self) -> Self::Request {
        Request { drawn: self.drawn.clone() }
    }
}
