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

impl Document {
    /// What a command lets a document say of itself that followed `before`: one version on, in force
    /// from `today`, put there by `approver` (R115). Who read it through stays as `told`.
    #[must_use]
    pub fn next(before: Option<&Self>, told: &Self, today: NaiveDate, approver: &str) -> Self {
        Self {
            version: before.map_or(0, |before| before.version).saturating_add(1),
            effective_on: today,
            reviewed_by: told.reviewed_by.clone(),
            approved_by: approver.to_owned(),
        }
    }
}
