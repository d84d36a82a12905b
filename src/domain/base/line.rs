//! The lines of support (R37).

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Unexpected, Visitor},
};

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
        struct LineVisitor;

        impl Visitor<'_> for LineVisitor {
            type Value = SupportLine;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("1, 2, 3 or supplier")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<SupportLine, E> {
                match number {
                    1 => Ok(SupportLine::First),
                    2 => Ok(SupportLine::Second),
                    3 => Ok(SupportLine::Third),
                    _ => Err(E::invalid_value(Unexpected::Unsigned(number), &self)),
                }
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<SupportLine, E> {
                match u64::try_from(number) {
                    Ok(number) => self.visit_u64(number),
                    Err(_) => Err(E::invalid_value(Unexpected::Signed(number), &self)),
                }
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<SupportLine, E> {
                if word == "supplier" {
                    return Ok(SupportLine::Supplier);
                }
                Err(E::invalid_value(Unexpected::Str(word), &self))
            }
        }

        deserializer.deserialize_any(LineVisitor)
    }
}
