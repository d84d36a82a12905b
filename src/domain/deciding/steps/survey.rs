//! How `survey` is decided: the questions are those that were sent, or those that are asked now.
use std::collections::BTreeMap;

use crate::domain::{
    base::{
        ids::ContactId,
        permitted::PermittedValue,
        terms::{Role, Satisfaction},
        time::Timestamp,
    },
    deciding::{
        known,
        scene::Scene,
        steps::{Decidable, survey_send},
    },
    history::{
        record::Record,
        refusal::{Refusal, Vocabulary},
        roles::DESK,
        steps::{
            survey::{Survey, sent, sent_at},
            survey_send::SurveySend,
        },
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub satisfaction: Satisfaction,
    pub answered_by: ContactId,
    pub comment: Option<String>,
    pub answers: BTreeMap<String, String>,
    /// When the questionnaire was sent that it answers, where another was sent since.
    pub earlier: Option<Timestamp>,
}

impl Decidable for Survey {
    type Request = Request;

    const MAY: &'static [Role] = DESK;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { satisfaction, answered_by, comment, answers, earlier } = request;
        let policy = &scene.policy.survey;
        let questionnaire = match earlier {
            Some(given) => Some(superseded(scene.record, given)?),
            None => sent(scene.record),
        };
        let (questions, asked) = if let Some(sent) = questionnaire {
            (sent.questions, &*sent.asked)
        } else {
            let customer = &scene.record.status.customer;
            let party = survey_send::party(policy, customer, scene.lookup)?;
            (policy.document.version, policy.questions_for(party))
        };
        for key in answers.keys() {
            let keys = asked.iter().map(|asked| asked.key.as_str());
            let choices = || {
                asked.iter().map(|one| PermittedValue::new(&one.key, &one.en, &one.zh)).collect()
            };
            known::one_of_these(Vocabulary::Question, key, keys, choices)?;
        }
        let survey = scene.record.status.survey.as_ref();
        let until = match earlier {
            Some(_) => questionnaire.map(|sent| sent.until),
            None => survey.and_then(|survey| survey.until),
        };
        let late_since = until.filter(|until| scene.stamp.at > *until);
        Ok(Self { questions, satisfaction, answered_by, comment, answers, late_since, earlier })
    }

    fn request(&self) -> Self::Request {
        Request {
            satisfaction: self.satisfaction,
            answered_by: self.answered_by.clone(),
            comment: self.comment.clone(),
            answers: self.answers.clone(),
            earlier: self.earlier,
        }
    }
}

/// The questionnaire that was sent at this time, and after which another was sent.
fn superseded(record: &Record, given: Timestamp) -> Result<&SurveySend, Refusal> {
    let found = sent_at(record, given).ok_or(Refusal::OtherSending { given })?;
    match sent(record) {
        Some(last) if last == found => Err(Refusal::OtherSending { given }),
        Some(_) | None => Ok(found),
    }
}
