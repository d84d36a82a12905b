//! `policy/units.yaml`: who works on what, in which line of support (R37).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::domain::{
    ids::{PersonId, UnitId},
    policy::Document,
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
    pub line: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<PersonId>,
    /// How the unit is reached, for the hand-over note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// Line of support.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    First,
    Second,
    Third,
    Supplier,
}

impl Units {
    /// The unit with this id.
    #[must_use]
    pub fn get(&self, id: &UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == *id)
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::First => "1",
            Self::Second => "2",
            Self::Third => "3",
            Self::Supplier => "supplier",
        })
    }
}

impl Serialize for Line {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::First => serializer.serialize_u8(1),
            Self::Second => serializer.serialize_u8(2),
            Self::Third => serializer.serialize_u8(3),
            Self::Supplier => serializer.serialize_str("supplier"),
        }
    }
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Spelled {
            Number(u8),
            Word(String),
        }
        match Spelled::deserialize(deserializer)? {
            Spelled::Number(1) => Ok(Self::First),
            Spelled::Number(2) => Ok(Self::Second),
            Spelled::Number(3) => Ok(Self::Third),
            Spelled::Word(word) if word == "supplier" => Ok(Self::Supplier),
            Spelled::Number(_) | Spelled::Word(_) => {
                Err(D::Error::custom("a line of support is 1, 2, 3 or supplier"))
            }
        }
    }
}
