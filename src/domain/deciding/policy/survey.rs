//! `policy/survey.yaml`: what customers are asked after closing (R57), and what users of the own house
//! are asked otherwise (R116).

use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{bounded, document::Document, limit::Limit, terms::Party},
    history::steps::survey_send::{SampleRule, SurveyQuestion},
};

/// The satisfaction survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyPolicy {
    /// Its version names the question sets that answers belong to.
    pub document: Document,
    pub questions: Vec<SurveyQuestion>,
    /// Share of closed records that are asked, in per cent.
    #[serde(deserialize_with = "bounded::whole::<_, _, 0, 100>")]
    pub sample: u8,
    /// The most that one customer is asked in a period.
    #[serde(deserialize_with = "bounded::whole::<_, _, 1, { u32::MAX }>")]
    pub cap_per_customer: u32,
    /// An answer is waited for this long.
    pub expires: Limit,
    /// What holds for users of the own house instead; absent where they are asked as everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub internal: Option<InternalSurvey>,
}

/// What is otherwise for internal users; each as for everybody where it is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InternalSurvey {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions: Option<Vec<SurveyQuestion>>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "bounded::some_whole::<_, _, 0, 100>"
    )]
    pub sample: Option<u8>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "bounded::some_whole::<_, _, 1, { u32::MAX }>"
    )]
    pub cap_per_customer: Option<u32>,
}

impl SurveyPolicy {
    /// As what a customer of this party is asked: as everybody where nothing is said of internal users.
    pub fn asked_as(&self, party: Party) -> Party {
        self.internal.as_ref().map_or(Party::USUAL, |_| party)
    }

    /// What a party is asked besides the grade.
    pub fn questions_for(&self, party: Party) -> &[SurveyQuestion] {
        let own = self.own(party).and_then(|own| own.questions.as_ref());
        own.unwrap_or(&self.questions)
    }

    /// Every question, those for everybody first.
    pub fn every_question(&self) -> impl Iterator<Item = &SurveyQuestion> {
        let own = self.internal.iter().filter_map(|own| own.questions.as_ref());
        self.questions.iter().chain(own.flatten())
    }

    /// The numbers by which a party's sample is drawn.
    pub fn rule_for(&self, party: Party) -> SampleRule {
        let own = self.own(party);
        SampleRule {
            sample: own.and_then(|own| own.sample).unwrap_or(self.sample),
            cap_per_customer: own
                .and_then(|own| own.cap_per_customer)
                .unwrap_or(self.cap_per_customer),
        }
    }

    fn own(&self, party: Party) -> Option<&InternalSurvey> {
        match party {
            Party::External => None,
            Party::Internal => self.internal.as_ref(),
        }
    }
}
