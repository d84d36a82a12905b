//! `policy/survey.yaml`: what customers are asked after closing (R57).

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::domain::{
    base::{document::Document, limit::Limit},
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
    #[serde(deserialize_with = "per_cent")]
    pub sample: u8,
    /// The most that one customer is asked in a period.
    pub cap_per_customer: u32,
    /// An answer is waited for this long.
    pub expires: Limit,
}

fn per_cent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    match u8::deserialize(deserializer)? {
        share @ 0..=100 => Ok(share),
        more => Err(D::Error::custom(format!("{more} is more than 100 per cent"))),
    }
}
