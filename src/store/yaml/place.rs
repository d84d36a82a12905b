//! The lines on which values stand, however the file is spelled.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    fmt,
};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::domain::base::{
    characters::without_mark,
    rule_place::{RulePlace, RuleStep},
};

/// What is said where a value is found: the library knows the line of a fault, and of nothing else.
const HERE: &str = "the wanted value";

/// The lines, from 1, of values: of its key where one has any. `None` where the file has no such value,
/// or cannot be read so far. The file is read once for all keys, and once for each item of a list.
pub(in crate::store) fn lines_of(text: &str, places: &[RulePlace]) -> Vec<Option<usize>> {
    let found = Found { lines: RefCell::new(vec![None; places.len()]), item: Cell::new(None) };
    let ways = places.iter().enumerate();
    let mut left: Vec<_> = ways.map(|(nth, place)| RuleWay { nth, rest: place.steps() }).collect();
    loop {
        let file = serde_yaml::Deserializer::from_str(without_mark(text));
        let ended = RuleWays { ways: left.clone(), found: &found }.deserialize(file);
        let (Err(fault), Some(nth)) = (ended, found.item.take()) else { break };
        let is_here = fault.to_string().contains(HERE);
        let line = fault.location().filter(|_| is_here).map(|at| at.line());
        let mut lines = found.lines.borrow_mut();
        lines[nth] = line;
        left.retain(|way| way.nth != nth && lines[way.nth].is_none());
    }
    found.lines.into_inner()
}

/// What is left of the way to a place, with its number among all.
#[derive(Clone, Copy)]
struct RuleWay<'p> {
    nth: usize,
    rest: &'p [RuleStep],
}

struct Found {
    lines: RefCell<Vec<Option<usize>>>,
    /// The item of a list that is looked at: its fault ends the reading.
    item: Cell<Option<usize>>,
}

/// Every way that leads through the value here.
struct RuleWays<'p, 'f> {
    ways: Vec<RuleWay<'p>>,
    found: &'f Found,
}

impl<'p, 'f> RuleWays<'p, 'f> {
    fn is_here(&self) -> bool {
        self.ways.iter().any(|way| way.rest.is_empty())
    }

    /// The ways by their next step, as `step` has it.
    fn by<K: Eq + std::hash::Hash>(
        self,
        step: impl Fn(&'p RuleStep) -> Option<K>,
    ) -> (HashMap<K, Vec<RuleWay<'p>>>, &'f Found) {
        let mut by: HashMap<K, Vec<RuleWay<'p>>> = HashMap::new();
        for RuleWay { nth, rest } in self.ways {
            let next = rest.split_first().and_then(|(first, rest)| Some((step(first)?, rest)));
            if let Some((key, rest)) = next {
                by.entry(key).or_default().push(RuleWay { nth, rest });
            }
        }
        (by, self.found)
    }
}

impl<'de> DeserializeSeed<'de> for RuleWays<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if let Some(way) = self.ways.iter().find(|way| way.rest.is_empty()) {
            self.found.item.set(Some(way.nth));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RuleWays<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_here() { HERE } else { "a map or a list" })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        if self.is_here() {
            return Err(A::Error::custom(HERE));
        }
        let (mut by, found) = self.by(|step| match step {
            RuleStep::Key(key) => Some(key.as_str()),
            RuleStep::Nth(_) => None,
        });
        let told = RefCell::new(None);
        loop {
            let ways = match access.next_key_seed(SoughtKey { by: &by, told: &told }) {
                Ok(Some(key)) => by.remove(key.as_str()),
                Ok(None) => return Ok(()),
                Err(fault) => {
                    let Some(key) = told.take() else { return Err(fault) };
                    let line = line_in(&fault.to_string());
                    let ways = by.remove(key.as_str()).unwrap_or_default();
                    let (here, deeper): (Vec<_>, _) =
                        ways.into_iter().partition(|way| way.rest.is_empty());
                    for way in here {
                        found.lines.borrow_mut()[way.nth] = line;
                    }
                    Some(deeper)
                }
            };
            match ways.filter(|ways| !ways.is_empty()) {
                Some(ways) => access.next_value_seed(RuleWays { ways, found })?,
                None => drop(access.next_value::<IgnoredAny>()?),
            }
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        if self.is_here() {
            return Err(A::Error::custom(HERE));
        }
        let (mut by, found) = self.by(|step| match step {
            RuleStep::Nth(nth) => Some(*nth),
            RuleStep::Key(_) => None,
        });
        for nth in 0.. {
            let is_there = match by.remove(&nth) {
                Some(ways) => access.next_element_seed(RuleWays { ways, found })?.is_some(),
                None => access.next_element::<IgnoredAny>()?.is_some(),
            };
            if !is_there {
                break;
            }
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.visit_plain()
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.visit_plain()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.visit_plain()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.visit_plain()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        self.visit_plain()
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_plain()
    }
}

impl RuleWays<'_, '_> {
    /// A value in which nothing else can be.
    fn visit_plain<E: Error>(&self) -> Result<(), E> {
        if self.is_here() { Err(E::custom(HERE)) } else { Ok(()) }
    }
}

/// The line that a fault names: the library tells it in words alone while it reads, and says nothing of
/// the first sign of a file.
fn line_in(fault: &str) -> Option<usize> {
    match fault.rsplit_once(" at line ") {
        Some((_, behind)) => behind.split(' ').next()?.parse().ok(),
        None => Some(1),
    }
}

/// A key of the map; a fault, with its text in `told`, where a wanted place ends with it.
struct SoughtKey<'p, 's> {
    by: &'s HashMap<&'p str, Vec<RuleWay<'p>>>,
    told: &'s RefCell<Option<String>>,
}

impl<'de> DeserializeSeed<'de> for SoughtKey<'_, '_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for SoughtKey<'_, '_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        let ways = self.by.get(key).map(Vec::as_slice).unwrap_or_default();
        if ways.iter().any(|way| way.rest.is_empty()) {
            self.told.replace(Some(key.to_owned()));
            return Err(E::custom(HERE));
        }
        Ok(key.to_owned())
    }

    fn visit_u64<E: Error>(self, key: u64) -> Result<String, E> {
        self.visit_str(&key.to_string())
    }

    fn visit_bool<E: Error>(self, key: bool) -> Result<String, E> {
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
        let (mut places, mut lines) = (Vec::new(), Vec::new());
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
            assert_eq!(lines_of(BLOCK, std::slice::from_ref(&place)), [line], "{place}");
            let windows = format!("\u{feff}{}", BLOCK.replace('\n', "\r\n"));
            assert_eq!(lines_of(&windows, std::slice::from_ref(&place)), [line], "{place}");
            places.push(place);
            lines.push(line);
        }
        assert_eq!(lines_of(BLOCK, &places), lines, "all at once");
        assert_eq!(lines_of("a: 1\n", &[of("a")]), [Some(1)], "the first sign of a file");
        let many = "- {a: 1,\n   b: [{c: 2},\n   {c: 3}]}\n".repeat(3_000);
        let key = |nth: usize| RulePlace::default().nth(nth).key("b").nth(1).key("c");
        let places: Vec<_> = (0..3_000).rev().map(key).collect();
        let wanted: Vec<_> = (0..3_000).rev().map(|nth| Some(3 * nth + 3)).collect();
        assert_eq!(lines_of(&many, &places), wanted);
    }
}
