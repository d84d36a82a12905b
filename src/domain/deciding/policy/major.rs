//! `policy/major_contacts.yaml`: whom to call when something major happens (R41).

use serde::{Deserialize, Serialize};

use crate::domain::base::{document::Document, ids::UnitId};

/// 重大情况联系表.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MajorContacts {
    pub document: Document,
    pub contacts: Vec<MajorContact>,
}

/// Whom to call for one kind of major event, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MajorContact {
    /// Id of the criterion in `levels.yaml`.
    pub event: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    pub name: String,
    pub phone: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<String>,
}
