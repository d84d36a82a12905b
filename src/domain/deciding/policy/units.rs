//! `policy/units.yaml`: who works on what, in which line of support (R37).

use serde::{Deserialize, Serialize};

use crate::domain::base::{
    document::Document,
    ids::{PersonId, UnitId},
    line::SupportLine,
};

/// Units of the team and suppliers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Units {
    pub document: Document,
    pub units: Vec<Unit>,
}

/// A unit or a supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub id: UnitId,
    pub name: String,
    pub line: SupportLine,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<PersonId>,
    /// How the unit is reached, for the hand-over note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

impl Units {
    /// The unit with this id.
    pub fn get(&self, id: &UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == *id)
    }

    /// What the unit with this id is called; the id where there is none of it.
    pub fn name_of<'a>(&'a self, id: &'a UnitId) -> &'a str {
        self.get(id).map_or(id.as_str(), |unit| &unit.name)
    }
}
