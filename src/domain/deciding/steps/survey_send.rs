//! How `survey send` is decided: the questions and the time of policy are frozen, and as what the
//! customer is asked.

use crate::domain::{
    base::terms::{Party, Role},
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
    /// The sample that the record was drawn for, and as what its customer was; absent when it is sent
    /// by hand.
    pub drawn: Option<(SampleDraw, Party)>,
}

/// As what the customer who is called so is asked, where no sample says it.
///
/// # Errors
/// A damaged repository.
pub fn party(survey: &SurveyPolicy, customer: &str, lookup: &dyn Lookup) -> Result<Party, Refusal> {
    match survey.internal {
        Some(_) => Ok(survey.asked_as(lookup.party_of(customer)?)),
        None => Ok(Party::USUAL),
    }
}

/// Refuses to send a party questions that differ from those that it was sent before under the same
/// version, to which answers belong.
///
/// # Errors
/// [`Refusal::QuestionsChanged`], or a damaged repository.
pub fn same_questions(
    survey: &SurveyPolicy,
    party: Party,
    lookup: &dyn Lookup,
) -> Result<(), Refusal> {
    let version = survey.document.version;
    match lookup.asked_otherwise((version, party), survey.questions_for(party))? {
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
        if let Some((drawn, _)) = &drawn
            && scene.when() < drawn.period.ends(scene.policy.calendar.zone())
        {
            return Err(Refusal::MonthNotOver { month: drawn.period });
        }
        let survey = &scene.policy.survey;
        let (drawn, party) = match drawn {
            Some((drawn, party)) => (Some(drawn), party),
            None => (None, party(survey, &scene.record.status.customer, scene.lookup)?),
        };
        same_questions(survey, party, scene.lookup)?;
        Ok(Self {
            drawn,
            party,
            questions: survey.document.version,
            asked: survey.questions_for(party).to_vec(),
            until: survey.expires.due(scene.stamp.at, &scene.policy.calendar)?,
        })
    }

    fn request(&self) -> Self::Request {
        Request { drawn: self.drawn.clone().map(|drawn| (drawn, self.party)) }
    }
}
