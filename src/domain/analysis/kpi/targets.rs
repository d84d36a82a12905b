//! `policy/kpi.yaml`: what the key figures are to reach (R95).

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, Visitor},
};

use crate::domain::{
    analysis::kpi::{Formula, Kpi},
    base::{bounded, document::Document, limit::Limit, rule_place::RulePlace},
    deciding::policy::doubt::{Doubt, DoubtReason},
};

/// Targets; a desk without the file has none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    pub document: Document,
    /// Within so many days the same fault of the same customer is a repeat.
    #[serde(default = "repeat_days", deserialize_with = "bounded::whole::<_, _, 1, 3660>")]
    pub repeat_days: u32,
    #[serde(default)]
    pub targets: Vec<Target>,
}

/// What one figure is to reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub kpi: Kpi,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<TargetValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<TargetValue>,
}

/// A bound: per cent or a number; or a length of time, which is held against the mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum TargetValue {
    Number(f64),
    Length(Limit),
}

/// A target that its figure cannot be held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetMisfit {
    pub kpi: Kpi,
    pub place: RulePlace,
    /// The bound that cannot be; `None` where there is no bound.
    pub given: Option<String>,
}

/// Days within which a fault is a repeat, where policy says nothing.
pub fn repeat_days() -> u32 {
    30
}

impl Targets {
    /// The target of a figure.
    pub fn of(&self, kpi: Kpi) -> Option<&Target> {
        self.targets.iter().find(|target| target.kpi == kpi)
    }

    /// The first target that says nothing that its figure could be held against, and where it stands.
    pub fn misfit(&self) -> Option<TargetMisfit> {
        let fits = |target: &Target| {
            let marks = [&target.at_least, &target.at_most];
            let mut given = marks.into_iter().flatten().peekable();
            given.peek().is_some() && given.all(|mark| mark.fits(target.kpi.formula()))
        };
        let mut targets = self.targets.iter().enumerate();
        let (nth, target) = targets.find(|(_, target)| !fits(target))?;
        let place = RulePlace::of("targets").nth(nth);
        let bounds = [("at_least", &target.at_least), ("at_most", &target.at_most)];
        let wrong = bounds.into_iter().find_map(|(key, bound)| {
            let bound = bound.as_ref()?;
            (!bound.fits(target.kpi.formula())).then_some((key, bound))
        });
        let (key, given) = wrong.map_or(("kpi", None), |(key, bound)| (key, Some(bound)));
        let given = given.map(ToString::to_string);
        Some(TargetMisfit { kpi: target.kpi, place: place.key(key), given })
    }

    /// Targets that are told twice, or whose lower bound lies above the upper one.
    pub fn doubts(&self) -> Vec<Doubt> {
        let doubt = |place, given: String, why| Doubt { file: "kpi", place, given, why };
        let mut found = Vec::new();
        for (nth, target) in self.targets.iter().enumerate() {
            let place = RulePlace::of("targets").nth(nth);
            if self.targets[..nth].iter().any(|other| other.kpi == target.kpi) {
                let kpi = target.kpi.to_string();
                found.push(doubt(place.clone().key("kpi"), kpi, DoubtReason::Twice));
            }
            let bounds = (&target.at_least, &target.at_most);
            if let (Some(TargetValue::Number(least)), Some(TargetValue::Number(most))) = bounds
                && least > most
            {
                let (at_least, at_most) = (place.clone().key("at_least"), place.key("at_most"));
                let why = DoubtReason::Exceeds { place: at_most, value: most.to_string() };
                found.push(doubt(at_least, least.to_string(), why));
            }
        }
        found
    }
}

/// A number, or a limit in text.
impl<'de> Deserialize<'de> for TargetValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Mark;

        impl Visitor<'_> for Mark {
            type Value = TargetValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or a limit like 8h")
            }

            #[expect(clippy::cast_precision_loss, reason = "no target is so great")]
            fn visit_u64<E: Error>(self, number: u64) -> Result<TargetValue, E> {
                Ok(TargetValue::Number(number as f64))
            }

            #[expect(clippy::cast_precision_loss, reason = "no target is so great")]
            fn visit_i64<E: Error>(self, number: i64) -> Result<TargetValue, E> {
                Ok(TargetValue::Number(number as f64))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<TargetValue, E> {
                Ok(TargetValue::Number(number))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<TargetValue, E> {
                text.parse().map(TargetValue::Length).map_err(E::custom)
            }
        }

        deserializer.deserialize_any(Mark)
    }
}

impl fmt::Display for TargetValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Length(limit) => limit.fmt(f),
        }
    }
}

impl TargetValue {
    fn fits(&self, measure: Formula) -> bool {
        match self {
            Self::Number(number) => match measure {
                Formula::Share => (0.0..=100.0).contains(number),
                Formula::Count => number.is_finite() && *number >= 0.0,
                Formula::Time | Formula::NotMeasured => false,
            },
            Self::Length(_) => measure == Formula::Time,
        }
    }
}
