//! How `survey send` is decided: the questions and the time of policy are frozen.

use crate::domain::{
    base::terms::Role,
    deciding::{
        contacts::Addressee,
        policy::survey::SurveyPolicy,
        scene::{Lookup, Scene},
        steps::Decidable,
    },
    history::{
        refusal::Refusal,
        roles::DESK,
        steps::survey_send::{SampleDraw, SurveySend},
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The sample that the record was drawn for; absent when it is sent by hand.
    pub drawn: Option<SampleDraw>,
}

/// Refuses to send questions that differ from those sent before under the same version, to which
/// answers belong.
///
/// # Errors
/// [`Refusal::QuestionsChanged`], or a damaged repository.
pub fn same_questions(survey: &SurveyPolicy, lookup: &dyn Lookup) -> Result<(), Refusal> {
    let version = survey.document.version;
    match lookup.asked_otherwise(version, &survey.questions)? {
        Some(record) => Err(Refusal::QuestionsChanged { version, record: record.to_string() }),
        None => Ok(()),
    }
}

impl Decidable for SurveySend {
    type Request = Request;

    const MAY: &'static [Role] = DESK;

    fn allowed(scene: &Scene<'_>) -> Result<(), Refusal> {
        let status = &scene.record.status;
        let contact = status.contact.clone().ok_or(Refusal::NobodyToAsk)?;
        match Addressee::of(status, scene.lookup)? {
            Addressee::Contact => Ok(()),
            Addressee::Other => Err(Refusal::ContactErased { contact }),
        }
    }

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { drawn } = request;
        if let Some(drawn) = &drawn
            && scene.when() < drawn.period.ends(scene.policy.calendar.zone())
        {
            return Err(Refusal::MonthNotOver { month: drawn.period });
        }
        let survey = &scene.policy.survey;
        same_questions(survey, scene.lookup)?;
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
