//! The line on which a value stands, however the file is spelled.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::domain::base::{
    characters::without_mark,
    rule_place::{RulePlace, RuleStep},
};

/// What is said where the value is found: the library knows the line of a fault, and of nothing else.
const HERE: &str = "the wanted value";

/// The line, from 1, of a value: of its key where it has one. `None` where the file has no such value,
/// or cannot be read so far.
pub(in crate::store) fn line_of(text: &str, place: &RulePlace) -> Option<usize> {
    let file = serde_yaml::Deserializer::from_str(without_mark(text));
    let fault = RuleWay(place.steps()).deserialize(file).err()?;
    let is_here = fault.to_string().contains(HERE);
    fault.location().filter(|_| is_here).map(|at| at.line())
}

/// What is left of the way.
struct RuleWay<'p>(&'p [RuleStep]);

impl<'de> DeserializeSeed<'de> for RuleWay<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RuleWay<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { HERE } else { "a map or a list" })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Some((RuleStep::Key(wanted), rest)) = self.0.split_first() else {
            return Err(A::Error::custom(if self.0.is_empty() { HERE } else { "" }));
        };
        while let Some(is_it) =
            access.next_key_seed(SoughtKey { wanted, is_last: rest.is_empty() })?
        {
            if is_it {
                return access.next_value_seed(RuleWay(rest));
            }
            access.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Some((RuleStep::Nth(wanted), rest)) = self.0.split_first() else {
            return Err(A::Error::custom(if self.0.is_empty() { HERE } else { "" }));
        };
        for _ in 0..*wanted {
            access.next_element::<IgnoredAny>()?;
        }
        access.next_element_seed(RuleWay(rest)).map(drop)
    }
}

/// A key of the map: true for the one that is wanted.
struct SoughtKey<'p> {
    wanted: &'p str,
    is_last: bool,
}

impl<'de> DeserializeSeed<'de> for SoughtKey<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for SoughtKey<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        match (key == self.wanted, self.is_last) {
            (true, true) => Err(E::custom(HERE)),
            (is_it, _) => Ok(is_it),
        }
    }

    fn visit_u64<E: Error>(self, key: u64) -> Result<bool, E> {
        self.visit_str(&key.to_string())
    }

    fn visit_bool<E: Error>(self, key: bool) -> Result<bool, E> {
        self.visit_str(&key.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: &str = "\
# limits:
limits:
  urgent:
    ack: 30h   # ack
  'general': {respond: 1wd,
    resolve: 5wd}
years:
  2026:
    work:
      2026-12-24:
        - 09:00-12:00
people:
- id: li
- id: wu
  lead: [a,
    b]
";

    #[test]
    fn a_value_is_found_on_the_line_of_its_key() {
        let of = |key: &str| RulePlace::of(key);
        for (place, line) in [
            (of("limits"), Some(2)),
            (of("limits").key("urgent"), Some(3)),
            (of("limits").key("urgent").key("ack"), Some(4)),
            (of("limits").key("general").key("respond"), Some(5)),
            (of("limits").key("general").key("resolve"), Some(6)),
            (of("years").key(&2026).key("work").key("2026-12-24"), Some(10)),
            (of("people").nth(1), Some(14)),
            (of("people").nth(1).key("lead").nth(1), Some(16)),
            (of("people").nth(2), None),
            (of("limits").key("general").key("ack"), None),
            (of("limits").nth(0), None),
            (of("people").key("id"), None),
            (of("people").nth(0).key("id").key("x"), None),
        ] {
            assert_eq!(line_of(BLOCK, &place), line, "{place}");
            let windows = format!("\u{feff}{}", BLOCK.replace('\n', "\r\n"));
            assert_eq!(line_of(&windows, &place), line, "{place}");
        }
    }
}
