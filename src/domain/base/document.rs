//! What every document of the desk says of itself.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::base::bounded;

/// Control of a policy document (R115).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Raised with every change of the rules.
    #[serde(deserialize_with = "bounded::whole::<_, _, 1, { u32::MAX }>")]
    pub version: u32,
    /// First day on which the rules hold.
    #[serde(deserialize_with = "bounded::day")]
    pub effective_on: NaiveDate,
    /// Who read it through.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reviewed_by: String,
    /// Who put it in force.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approved_by: String,
}
