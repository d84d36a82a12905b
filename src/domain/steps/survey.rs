//! `survey record`: a customer answers after closing (R57).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{
    event::Stamp,
    ids::ContactId,
    nearest::nearest,
    policy::survey::Asked,
    record::Record,
    refusal::{Need, Refusal, Thing},
    status::{Status, parts::Surveyed},
    steps::{Act, Scene, Step, sending::Send},
    terms::{Kind, Satisfaction, State, SurveyStanding},
    time::Timestamp,
};

/// The answer, to the question set of one version of `policy/survey.yaml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    pub questions: u32,
    pub satisfaction: Satisfaction,
    pub answered_by: ContactId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    /// Until when an answer was waited for, where it came later than that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_since: Option<Timestamp>,
}

impl Survey {
    /// Notes the version of the question set, as it was sent or as it is asked now, and that the
    /// answer comes too late.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] when a question is answered that was not asked.
    pub fn decide(self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let policy = &scene.policy.survey;
        let (questions, asked): (u32, &[Asked]) = match sent(scene.record) {
            Some(sent) => (sent.questions, &sent.asked),
            None => (policy.document.version, &policy.questions),
        };
        let keys = || asked.iter().map(|asked| asked.key.as_str());
        for key in self.answers.keys() {
            if !keys().any(|known| known == key) {
                return Err(Refusal::Unknown {
                    thing: Thing::Question,
                    given: key.clone(),
                    nearest: nearest(key, keys()),
                });
            }
        }
        let survey = scene.record.status.survey.as_ref();
        let until = survey.and_then(|survey| survey.until);
        let late_since = until.filter(|until| scene.stamp.at > *until);
        Ok(Self { questions, late_since, ..self })
    }

    /// True when somebody said just the same.
    #[must_use]
    pub fn says_as(&self, other: &Self) -> bool {
        self.satisfaction == other.satisfaction
            && self.answered_by == other.answered_by
            && self.comment == other.comment
            && self.answers == other.answers
    }
}

/// What was last sent of a record.
#[must_use]
pub fn sent(record: &Record) -> Option<&Send> {
    record.history.iter().rev().find_map(|event| match &event.act {
        Act::SurveySend(send) => Some(send.as_ref()),
        _ => None,
    })
}

impl Step for Survey {
    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        if status.kind == Kind::Remark {
            return Err(Refusal::OnlyRemark);
        }
        let asked = status.survey.as_ref().is_some_and(|survey| survey.sent_at.is_some());
        if status.state != State::Closed && !asked {
            return Err(Refusal::State(status.state));
        }
        if !self.satisfaction.is_content() && self.comment.is_none() {
            return Err(Refusal::Needs { flag: "--comment", why: Need::LowGrade });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        let survey = status.survey.get_or_insert_with(Surveyed::unasked);
        let late = survey.until.is_some_and(|until| stamp.at > until);
        if survey.satisfaction.is_some() || late {
            return;
        }
        survey.standing = SurveyStanding::Answered;
        survey.expired_at = None;
        survey.at = Some(stamp.at);
        survey.by = Some(self.answered_by.clone());
        survey.satisfaction = Some(self.satisfaction);
    }
}
