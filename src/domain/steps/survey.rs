//! `survey record`: a customer answers after closing (R57).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{
    event::Stamp,
    ids::ContactId,
    nearest::nearest,
    refusal::{Need, Refusal, Thing},
    status::{Status, parts::SurveyAnswer},
    steps::{Scene, Step},
    terms::{Kind, Satisfaction},
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
}

impl Survey {
    /// Notes the version of the question set.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] when a question is answered that is not asked.
    pub fn decide(self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let survey = &scene.policy.survey;
        let keys = || survey.questions.iter().map(|asked| asked.key.as_str());
        for key in self.answers.keys() {
            if !keys().any(|known| known == key) {
                return Err(Refusal::Unknown {
                    thing: Thing::Question,
                    given: key.clone(),
                    nearest: nearest(key, keys()),
                });
            }
        }
        Ok(Self { questions: survey.document.version, ..self })
    }
}

impl Step for Survey {
    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        if status.kind == Kind::Remark {
            return Err(Refusal::OnlyRemark);
        }
        if !self.satisfaction.is_content() && self.comment.is_none() {
            return Err(Refusal::Needs { flag: "--comment", why: Need::LowGrade });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.survey.get_or_insert_with(|| SurveyAnswer {
            at: stamp.at,
            by: self.answered_by.clone(),
            satisfaction: self.satisfaction,
        });
    }
}
