//! `policy/survey.yaml`: what customers are asked after closing (R57).

use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{bounded, document::Document, limit::Limit},
    history::steps::survey_send::SurveyQuestion,
};

/// The satisfaction survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyPolicy {
    /// Its version names the question set that answers belong to.
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
}
