//! What an agreement decided of a record, as the event keeps it (R100).

use serde::{Deserialize, Serialize};

use crate::domain::{
    base::ids::{AgreementId, CalendarId},
    history::status::Clock,
};

/// The version of an agreement by which the limits of a record were decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementTerms {
    pub id: AgreementId,
    pub version: u32,
    /// The agreement's own working hours; absent where those of the desk count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarId>,
    /// The clocks whose limit is the agreement's; the others have the desk's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Clock>,
    /// It had ended by then, and nothing had followed it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub expired: bool,
}
