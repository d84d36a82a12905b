//! A month of the calendar, the period of the survey.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Months, NaiveDate, NaiveTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::base::{
    print, text,
    time::{Timestamp, WallTime},
    zone::Zone,
};

/// A month, written `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: NaiveDate,
}

impl Month {
    /// The month that a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self { first: day.with_day(1).unwrap_or(day) }
    }

    /// Its year, and its number in the year.
    pub fn parts(self) -> (i32, u32) {
        (self.first.year(), self.first.month())
    }

    /// The month before it.
    pub fn before(self) -> Self {
        Self { first: self.first.checked_sub_months(Months::new(1)).unwrap_or(self.first) }
    }

    /// The month after it.
    pub fn after(self) -> Self {
        Self { first: self.first.checked_add_months(Months::new(1)).unwrap_or(self.first) }
    }

    /// Its first instant in a zone.
    pub fn starts(self, zone: Zone) -> Timestamp {
        WallTime::new(self.first.and_time(NaiveTime::MIN), zone).earliest()
    }

    /// The first instant after it.
    pub fn ends(self, zone: Zone) -> Timestamp {
        self.after().starts(zone)
    }

    /// True when the instant lies in it.
    pub fn contains(self, at: Timestamp, zone: Zone) -> bool {
        self.starts(zone) <= at && at < self.ends(zone)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print::month(self.first))
    }
}

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("“{text}” is not a month like 2026-11");
        if text.len() != 7 {
            return Err(bad());
        }
        let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d");
        match first {
            Ok(first) if (2000..2100).contains(&first.year()) => Ok(Self { first }),
            Ok(_) | Err(_) => Err(bad()),
        }
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::parsed(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_as_it_is_read_and_runs_from_midnight_to_midnight() {
        let month: Month = "2026-12".parse().unwrap();
        assert_eq!(month.to_string(), "2026-12");
        assert_eq!(month.after().to_string(), "2027-01");
        assert_eq!(month.before().to_string(), "2026-11");
        let zone = Zone::named("Asia/Shanghai").unwrap();
        assert_eq!(month.starts(zone).to_string(), "2026-12-01T00:00:00+08:00");
        for (at, inside) in [
            ("2026-11-30T23:59:59+08:00", false),
            ("2026-11-30T16:00:00Z", true),
            ("2026-12-31T23:59:59+08:00", true),
            ("2027-01-01T00:00:00+08:00", false),
        ] {
            assert_eq!(month.contains(at.parse().unwrap(), zone), inside, "{at}");
        }
        for bad in ["", "2026", "2026-1", "2026-13", "2026-11-01", "１２３", "1999-12"] {
            assert!(bad.parse::<Month>().is_err(), "{bad}");
        }
    }
}
