//! Points in time as records hold them.

use std::{fmt, str::FromStr};

use chrono::{DateTime, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::base::{print, text, zone::Zone};

/// A point in time with the offset it was told in, to the whole second.
///
/// Two timestamps are equal when they are the same instant, whatever their offsets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<FixedOffset>);

/// What a date and clock time without offset stand for in a zone that may have daylight saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WallTime {
    /// One instant.
    Once(Timestamp),
    /// Two instants, the earlier first: the clock was put back over this time.
    Twice(Timestamp, Timestamp),
    /// No instant: the clock was put forward over this time, and next showed the one given.
    Never(Timestamp),
}

/// A text that is not an RFC 3339 time with offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotATimestamp(pub String);

impl Timestamp {
    /// The same instant without fractions of a second, written in `zone`.
    pub fn in_zone(self, zone: Zone) -> Self {
        Self::written(self.0.with_timezone(&zone.offset(self.unix())))
    }

    /// True where it is written as it is told in `zone`.
    pub fn is_in(self, zone: Zone) -> bool {
        self.in_zone(zone).offset_minutes() == self.offset_minutes()
    }

    /// The timestamp of a Unix time, written in `zone`; `None` beyond chrono's years.
    pub fn from_unix(seconds: i64, zone: Zone) -> Option<Self> {
        DateTime::from_timestamp(seconds, 0)
            .map(|utc| Self::written(utc.with_timezone(&zone.offset(seconds))))
    }

    /// The whole-second timestamp of a date and time with offset.
    pub fn from_datetime(at: DateTime<FixedOffset>) -> Self {
        let whole = TimeDelta::nanoseconds(i64::from(at.timestamp_subsec_nanos()));
        Self::written(at - whole)
    }

    /// The instant with its offset in whole minutes, which is all that RFC 3339 can write: zones
    /// kept odd seconds before they had standard time.
    fn written(at: DateTime<FixedOffset>) -> Self {
        let seconds = at.offset().local_minus_utc();
        FixedOffset::east_opt(seconds - seconds % 60)
            .map_or(Self(at), |offset| Self(at.with_timezone(&offset)))
    }

    /// Seconds since 1970-01-01 UTC.
    pub fn unix(self) -> i64 {
        self.0.timestamp()
    }

    /// Minutes east of UTC of the offset it was told in.
    pub fn offset_minutes(self) -> i32 {
        self.0.offset().local_minus_utc() / 60
    }

    /// The date and clock time as told, without offset.
    pub fn local(self) -> NaiveDateTime {
        self.0.naive_local()
    }

    /// The date as told.
    pub fn date(self) -> NaiveDate {
        self.0.naive_local().date()
    }

    /// This instant moved by `minutes` of elapsed time; stays put beyond chrono's years.
    pub fn plus_minutes(self, minutes: i64) -> Self {
        TimeDelta::try_minutes(minutes)
            .and_then(|by| self.0.checked_add_signed(by))
            .map_or(self, Self)
    }

    /// This instant moved by `seconds` of elapsed time; stays put beyond chrono's years.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        TimeDelta::try_seconds(seconds)
            .and_then(|by| self.0.checked_add_signed(by))
            .map_or(self, Self)
    }

    /// Elapsed seconds from `earlier` to this instant; negative when it is later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.unix() - earlier.unix()
    }

    /// Elapsed whole minutes from `earlier` to this instant; negative when it is later.
    pub fn minutes_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_minutes()
    }
}

impl WallTime {
    /// Looks `local` up in `zone`, to the whole second.
    pub fn new(local: NaiveDateTime, zone: Zone) -> Self {
        let utc = local.and_utc();
        let at = |unix| {
            Timestamp::from_unix(unix, zone)
                .unwrap_or_else(|| Timestamp::from_datetime(utc.fixed_offset()))
        };
        match zone.instants(local) {
            MappedLocalTime::Single(once) => Self::Once(at(once)),
            MappedLocalTime::Ambiguous(first, second) => Self::Twice(at(first), at(second)),
            MappedLocalTime::None => Self::Never(at(zone.skips(local).unwrap_or(utc.timestamp()))),
        }
    }

    /// The first instant at which the clock showed this time, or the next it showed instead.
    pub fn earliest(self) -> Timestamp {
        match self {
            Self::Once(at) | Self::Twice(at, _) | Self::Never(at) => at,
        }
    }

    /// The last instant at which the clock showed this time, or the next it showed instead.
    pub fn latest(self) -> Timestamp {
        match self {
            Self::Once(at) | Self::Twice(_, at) | Self::Never(at) => at,
        }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print::exact(self.0, f)
    }
}

impl FromStr for Timestamp {
    type Err = NotATimestamp;

    fn from_str(text: &str) -> Result<Self, NotATimestamp> {
        if let Some(at) = spelled(text.as_bytes()) {
            return Ok(Self(at));
        }
        DateTime::parse_from_rfc3339(text)
            .map(Self::from_datetime)
            .map_err(|_| NotATimestamp(text.to_owned()))
    }
}

/// A time spelled as docket spells it, `2026-11-22T09:12:00+08:00`; everything else is for chrono.
fn spelled(text: &[u8]) -> Option<DateTime<FixedOffset>> {
    let (day, time) = text.split_at_checked(10)?;
    let &[b'T', _, _, b':', _, _, b':', _, _, sign, _, _, b':', _, _] = time else {
        return None;
    };
    let two = |from: usize| number(&time[from..from + 2]);
    let east = i32::try_from(two(10)? * 3600 + two(13)? * 60).ok()?;
    let offset = match sign {
        _ if two(13)? > 59 => return None,
        b'+' => FixedOffset::east_opt(east),
        b'-' => FixedOffset::west_opt(east),
        _ => None,
    };
    date(day)?.and_hms_opt(two(1)?, two(4)?, two(7)?)?.and_local_timezone(offset?).single()
}

/// A date in its one spelling, `2026-11-22`.
pub(super) fn date(text: &[u8]) -> Option<NaiveDate> {
    let &[_, _, _, _, b'-', _, _, b'-', _, _] = text else {
        return None;
    };
    let year = i32::try_from(number(&text[..4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&text[5..7])?, number(&text[8..])?)
}

fn number(digits: &[u8]) -> Option<u32> {
    digits
        .iter()
        .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
}

impl fmt::Display for NotATimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a time like 2026-11-22T09:12:00+08:00", self.0)
    }
}

impl std::error::Error for NotATimestamp {}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The name lets the record's printer tell a time from a text that looks like one.
        serializer.serialize_newtype_struct("Timestamp", &self.to_string())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::parsed(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_timestamp_keeps_the_offset_it_was_told_in_and_drops_fractions() {
        assert_eq!(at("2026-11-22T09:12:00.987+08:00").to_string(), "2026-11-22T09:12:00+08:00");
        assert_eq!(at("2026-11-22T01:12:00Z").to_string(), "2026-11-22T01:12:00+00:00");
    }

    #[test]
    fn a_time_of_our_own_spelling_is_read_and_written_as_chrono_does_it() {
        for text in [
            "2026-11-22T09:12:00+08:00",
            "0000-01-01T00:00:00-23:59",
            "9999-12-31T23:59:59+23:59",
            "2024-02-29T12:00:00-00:30",
            "2026-02-30T00:00:00+00:00",
            "2026-11-22T24:00:00+00:00",
            "2026-11-22T09:12:60+08:00",
            "2026-11-22T09:12:00+24:00",
            "2026-11-22T09:12:00+08:60",
            "2026-11-22T09:12:00~08:00",
            "2026-11-22t09:12:00+08:00",
            "2026-11-2xT09:12:00+08:00",
        ] {
            let chrono = DateTime::parse_from_rfc3339(text).ok().map(Timestamp::from_datetime);
            let ours = text.parse::<Timestamp>().ok();
            assert_eq!(ours, chrono, "{text}");
            let written = |at: Timestamp| at.0.format("%Y-%m-%dT%H:%M:%S%:z").to_string();
            assert_eq!(ours.map(|at| at.to_string()), chrono.map(written), "{text}");
        }
    }

    #[test]
    fn equal_instants_are_equal_whatever_their_offset() {
        assert_eq!(at("2026-11-22T09:12:00+08:00"), at("2026-11-22T01:12:00Z"));
        assert_eq!(at("2026-11-22T10:12:00+08:00").minutes_since(at("2026-11-22T01:12:00Z")), 60);
    }

    #[test]
    fn what_is_not_rfc_3339_is_refused() {
        for text in ["", "2026-11-22", "2026-11-22 09:12", "2026-02-30T00:00:00Z", "now"] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_offset_with_seconds_is_written_in_whole_minutes_and_the_instant_kept() {
        let long_ago = at("1900-12-31T00:00:00Z").in_zone(Zone::named("Asia/Shanghai").unwrap());
        assert_eq!(long_ago.to_string(), "1900-12-31T08:05:00+08:05");
        assert_eq!(long_ago, at("1900-12-31T00:00:00Z"));
    }

    #[test]
    fn a_wall_time_is_looked_up_with_daylight_saving() {
        let wall = |date: (i32, u32, u32), hour, zone| {
            let date = NaiveDate::from_ymd_opt(date.0, date.1, date.2).unwrap();
            WallTime::new(date.and_hms_opt(hour, 30, 0).unwrap(), zone)
        };

        assert_eq!(
            wall((2026, 3, 29), 2, Zone::named("Europe/Berlin").unwrap()),
            WallTime::Never(at("2026-03-29T03:00:00+02:00")),
        );
        assert_eq!(
            wall((2026, 10, 25), 2, Zone::named("Europe/Berlin").unwrap()),
            WallTime::Twice(at("2026-10-25T02:30:00+02:00"), at("2026-10-25T02:30:00+01:00")),
        );
        assert_eq!(
            wall((2026, 10, 25), 2, Zone::named("Asia/Shanghai").unwrap()),
            WallTime::Once(at("2026-10-25T02:30:00+08:00")),
        );
    }
}
