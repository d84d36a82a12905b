//! Where in a file of rules a value stands.

use std::fmt;

/// The way to a value: the keys of maps, and the numbers of list items from 0 on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulePlace(Vec<RuleStep>);

/// One step of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleStep {
    Key(String),
    Nth(usize),
}

impl RulePlace {
    /// The value of a key at the top of the file.
    pub fn of(key: &(impl ToString + ?Sized)) -> Self {
        Self::default().key(key)
    }

    /// The value of a key in the map here.
    #[must_use]
    pub fn key(mut self, key: &(impl ToString + ?Sized)) -> Self {
        self.0.push(RuleStep::Key(key.to_string()));
        self
    }

    /// An item of the list here.
    #[must_use]
    pub fn nth(mut self, nth: usize) -> Self {
        self.0.push(RuleStep::Nth(nth));
        self
    }

    /// The same, in a value of which `outer` is the place.
    #[must_use]
    pub fn within(self, outer: &Self) -> Self {
        Self(outer.0.iter().cloned().chain(self.0).collect())
    }

    /// The place that is spelled so, as [`fmt::Display`] spells it.
    pub fn read(spelled: &str) -> Self {
        let pieces = spelled.split(['.', '[']).filter(|piece| !piece.is_empty());
        pieces.fold(Self::default(), |place, piece| {
            match piece.strip_suffix(']').and_then(|nth| nth.parse().ok()) {
                Some(nth) => place.nth(nth),
                None => place.key(piece),
            }
        })
    }

    /// The place to which its first steps lead.
    #[must_use]
    pub fn first(&self, steps: usize) -> Self {
        Self(self.0.iter().take(steps).cloned().collect())
    }

    pub fn steps(&self) -> &[RuleStep] {
        &self.0
    }
}

impl fmt::Display for RulePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, step) in self.0.iter().enumerate() {
            match step {
                RuleStep::Key(key) if nth == 0 => f.write_str(key)?,
                RuleStep::Key(key) => write!(f, ".{key}")?,
                RuleStep::Nth(item) => write!(f, "[{item}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_is_spelled() {
        for spelled in ["at_risk", "categories[0].questions[12].key", "calendars.london.week"] {
            assert_eq!(RulePlace::read(spelled).to_string(), spelled);
        }
        let place = RulePlace::of("units").nth(3).key("lead");
        assert_eq!(RulePlace::read("units[3].lead"), place);
    }
}
