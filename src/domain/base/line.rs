//! The lines of support (R37).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Line of support.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SupportLine {
    First,
    Second,
    Third,
    Supplier,
}

impl fmt::Display for SupportLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::First => "1",
            Self::Second => "2",
            Self::Third => "3",
            Self::Supplier => "supplier",
        })
    }
}

impl Serialize for SupportLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::First => serializer.serialize_u8(1),
            Self::Second => serializer.serialize_u8(2),
            Self::Third => serializer.serialize_u8(3),
            Self::Supplier => serializer.serialize_str("supplier"),
        }
    }
}

impl<'de> Deserialize<'de> for SupportLine {
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
