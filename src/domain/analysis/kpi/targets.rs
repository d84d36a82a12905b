//! `policy/kpi.yaml`: what the key figures are to reach (R95).

use serde::{Deserialize, Serialize};

use crate::domain::{
    analysis::kpi::{Formula, Kpi},
    base::{document::Document, limit::Limit},
};

/// Targets; a desk without the file has none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    pub document: Document,
    /// Within so many days the same fault of the same customer is a repeat.
    #[serde(default = "repeat_days")]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TargetValue {
    Number(f64),
    Length(Limit),
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

    /// The first figure whose target says nothing that it could be held against.
    pub fn misfit(&self) -> Option<Kpi> {
        let fits = |target: &Target| {
            let marks = [&target.at_least, &target.at_most];
            let mut given = marks.into_iter().flatten().peekable();
            given.peek().is_some() && given.all(|mark| mark.fits(target.kpi.formula()))
        };
        self.targets.iter().find(|target| !fits(target)).map(|target| target.kpi)
    }
}

impl TargetValue {
    fn fits(&self, measure: Formula) -> bool {
        match self {
            Self::Number(number) => {
                number.is_finite() && matches!(measure, Formula::Count | Formula::Share)
            }
            Self::Length(_) => measure == Formula::Time,
        }
    }
}
