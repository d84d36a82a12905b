//! A length of time that policy grants, and the day it ends on.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::base::{
    calendar::{Calendar, MissingYear},
    text,
    time::Timestamp,
};

/// A limit: `30m`, `24h`, `2d` of elapsed time; `30wm`, `4wh`, `1wd` of working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    amount: u32,
    unit: LimitUnit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LimitUnit {
    Minutes,
    Hours,
    Days,
    WorkingMinutes,
    WorkingHours,
    WorkingDays,
}

/// Spellings with the longest first, so that `wd` is not read as `d`.
const UNITS: [(&str, LimitUnit); 6] = [
    ("wm", LimitUnit::WorkingMinutes),
    ("wh", LimitUnit::WorkingHours),
    ("wd", LimitUnit::WorkingDays),
    ("m", LimitUnit::Minutes),
    ("h", LimitUnit::Hours),
    ("d", LimitUnit::Days),
];

/// The greatest amount that is taken for a limit and not for a slip.
const GREATEST: u32 = 100_000;

impl Limit {
    /// So many minutes of elapsed time.
    pub const fn of_minutes(amount: u32) -> Self {
        Self { amount, unit: LimitUnit::Minutes }
    }

    /// So many days of working time.
    pub const fn of_working_days(amount: u32) -> Self {
        Self { amount, unit: LimitUnit::WorkingDays }
    }

    /// When a limit that starts at `start` has run out, written in the desk's zone.
    ///
    /// Elapsed time is counted by the instant, whatever the clocks are changed by meanwhile: 24 hours
    /// from 10:00 end at 09:00 or 11:00 where that happens.
    ///
    /// # Errors
    /// [`MissingYear`] when working time reaches into a year whose calendar is not loaded.
    pub fn due(self, start: Timestamp, calendar: &Calendar) -> Result<Timestamp, MissingYear> {
        let minutes = self.minutes(calendar);
        if self.is_working_time() {
            calendar.add(start, minutes)
        } else {
            Ok(start.plus_minutes(minutes).in_zone(calendar.zone()))
        }
    }

    /// The whole limit in minutes: of elapsed time, or of working time.
    pub fn minutes(self, calendar: &Calendar) -> i64 {
        let amount = i64::from(self.amount);
        match self.unit {
            LimitUnit::Minutes | LimitUnit::WorkingMinutes => amount,
            LimitUnit::Hours | LimitUnit::WorkingHours => amount * 60,
            LimitUnit::Days => amount * 60 * 24,
            LimitUnit::WorkingDays => amount * calendar.working_day_minutes(),
        }
    }

    /// Whether this limit ends after another one, wherever they begin: working time never ends before
    /// as much elapsed time does, and how much later is told by the calendar alone.
    pub fn surely_exceeds(self, other: Self, calendar: &Calendar) -> bool {
        let is_comparable = self.is_working_time() || !other.is_working_time();
        is_comparable && self.minutes(calendar) > other.minutes(calendar)
    }

    /// Amount and unit, as policy has them.
    pub fn parts(self) -> (u32, LimitUnit) {
        (self.amount, self.unit)
    }

    /// True when only working time counts.
    pub fn is_working_time(self) -> bool {
        match self.unit {
            LimitUnit::Minutes | LimitUnit::Hours | LimitUnit::Days => false,
            LimitUnit::WorkingMinutes | LimitUnit::WorkingHours | LimitUnit::WorkingDays => true,
        }
    }
}

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("“{text}” is not a limit like 30m, 24h, 4wh or 1wd");
        let (digits, unit) = UNITS
            .iter()
            .find_map(|(spelled, unit)| Some((text.strip_suffix(spelled)?, *unit)))
            .ok_or_else(bad)?;
        match digits.parse() {
            Ok(amount) if (1..=GREATEST).contains(&amount) => Ok(Self { amount, unit }),
            Ok(_) | Err(_) => Err(bad()),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spelled = UNITS.iter().find(|(_, unit)| *unit == self.unit);
        write!(f, "{}{}", self.amount, spelled.map_or("", |(text, _)| text))
    }
}

impl Serialize for Limit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::parsed(deserializer)
    }
}

/// Limits that run from `received_at`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Until the customer has been told that the matter is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ack: Option<Limit>,
    /// Until the responsible person's first substantive reply (R23, R24).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respond: Option<Limit>,
    /// Until the matter is solved (R25).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolve: Option<Limit>,
}

impl Limits {
    /// True when nothing is limited.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// These limits, and of `others` those that are not among them.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            ack: self.ack.or(others.ack),
            respond: self.respond.or(others.respond),
            resolve: self.resolve.or(others.resolve),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_written_as_it_is_read() {
        for text in ["30m", "24h", "2d", "30wm", "4wh", "1wd"] {
            assert_eq!(text.parse::<Limit>().unwrap().to_string(), text);
        }
        for bad in ["", "m", "0m", "-1h", "1x", "1 h", "1.5h", "999999999h", "wd"] {
            assert!(bad.parse::<Limit>().is_err(), "{bad}");
        }
    }
}
