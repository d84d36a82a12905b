//! The working calendar as people write it in `policy/calendar.yaml`.

use std::{collections::BTreeMap, fmt, marker::PhantomData, str::FromStr};

use chrono::{NaiveDate, Weekday};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor},
};

use crate::domain::base::{document::Document, text, time};

/// The weekly pattern and, year by year, the dates that differ from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarRules {
    pub document: Document,
    pub week: Week,
    /// The years that are loaded; a year that is not here is unknown, not free of holidays.
    #[serde(deserialize_with = "distinct_years")]
    pub years: BTreeMap<i32, YearRules>,
}

/// The working windows of each weekday, in local clock time; a day off has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Week {
    pub monday: Vec<Window>,
    pub tuesday: Vec<Window>,
    pub wednesday: Vec<Window>,
    pub thursday: Vec<Window>,
    pub friday: Vec<Window>,
    pub saturday: Vec<Window>,
    pub sunday: Vec<Window>,
}

/// The dates of one year that differ from the weekly pattern, each with the name of its holiday.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearRules {
    /// Where the dates were published, as addresses or titles; empty when nobody published them.
    pub source: Vec<String>,
    /// Days off, whatever their weekday. (`off`, as it was called first, is a switch and no text to
    /// readers of YAML 1.1.)
    #[serde(alias = "off", serialize_with = "write_dates", deserialize_with = "distinct_dates")]
    pub days_off: BTreeMap<NaiveDate, String>,
    /// Days that are worked otherwise than their weekday.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        serialize_with = "write_dates",
        deserialize_with = "distinct_dates"
    )]
    pub work: BTreeMap<NaiveDate, WorkedDay>,
}

impl YearRules {
    /// A year in which the regular week holds, as `source` says.
    pub fn without_holidays(source: String) -> Self {
        Self { source: vec![source], ..Self::default() }
    }
}

/// How a single date is worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkedDay {
    /// A weekend day that is worked in exchange for another one (补班), named after its holiday; it has
    /// the hours of an ordinary working day.
    MakeUp(String),
    /// Only in these hours, as on the morning before a holiday.
    Hours(Vec<Window>),
}

/// A stretch of one day's local clock in which work is done, written `09:00-12:00`.
///
/// Whole minutes; the opening is inside, the closing is not. It may close at `24:00` but never
/// runs past midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    opens: u16,
    closes: u16,
}

/// A text that is not a window of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAWindow(pub String);

impl fmt::Display for NotAWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((opens, closes)) = past_midnight(&self.0) {
            return write!(
                f,
                "“{}” runs past midnight; write {opens}-24:00 on that day and 00:00-{closes} on the next one",
                self.0
            );
        }
        write!(
            f,
            "“{}” is not a window like 09:00-12:00 that opens before it closes, at 24:00 at the latest",
            self.0
        )
    }
}

/// The clock times of hours that end on the next day.
fn past_midnight(text: &str) -> Option<(&str, &str)> {
    let (opens, closes) = text.split_once('-')?;
    let (begin, end) = (minute_of_day(opens)?, minute_of_day(closes)?);
    (0 < end && end < begin && begin < MIDNIGHT).then_some((opens, closes))
}

/// Minutes of a day by the clock.
pub(super) const MIDNIGHT: u16 = 24 * 60;

impl YearRules {
    /// True for a year of which nothing is told, neither its dates nor who published that there are
    /// none: it is unknown, and not free of holidays.
    pub fn is_blank(&self) -> bool {
        self.source.is_empty() && self.days_off.is_empty() && self.work.is_empty()
    }
}

#[cfg(test)]
impl YearRules {
    /// A year that is known to have no holidays.
    pub(in crate::domain) fn plain() -> Self {
        Self { source: vec!["none is observed".to_owned()], ..Self::default() }
    }
}

impl WorkedDay {
    /// What the day is called, where it has a name.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::MakeUp(name) => Some(name),
            Self::Hours(_) => None,
        }
    }
}

impl Serialize for WorkedDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::MakeUp(name) => name.serialize(serializer),
            Self::Hours(windows) => windows.serialize(serializer),
        }
    }
}

/// A name, a window, or a list of windows.
impl<'de> Deserialize<'de> for WorkedDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Worked;

        impl<'de> Visitor<'de> for Worked {
            type Value = WorkedDay;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a make-up day, or hours like [\"09:00-12:00\"]")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<WorkedDay, E> {
                // a slip in hours is no name
                if is_like_hours(text) {
                    let window = text.parse().map_err(E::custom)?;
                    return Ok(WorkedDay::Hours(vec![window]));
                }
                Ok(WorkedDay::MakeUp(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<WorkedDay, A::Error> {
                let mut windows = Vec::new();
                while let Some(window) = list.next_element()? {
                    windows.push(window);
                }
                if windows.is_empty() {
                    return Err(A::Error::custom("a day without hours belongs to days_off"));
                }
                Ok(WorkedDay::Hours(windows))
            }
        }

        deserializer.deserialize_any(Worked)
    }
}

/// Whether a text is made of what hours are made of, well written or not.
fn is_like_hours(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || c.is_whitespace() || ":.-–—~".contains(c);
    text.starts_with(|first: char| first.is_ascii_digit())
        && (text.contains(':') || text.chars().all(is_part))
}

impl Week {
    /// The windows of one weekday.
    pub fn on(&self, weekday: Weekday) -> &[Window] {
        match weekday {
            Weekday::Mon => &self.monday,
            Weekday::Tue => &self.tuesday,
            Weekday::Wed => &self.wednesday,
            Weekday::Thu => &self.thursday,
            Weekday::Fri => &self.friday,
            Weekday::Sat => &self.saturday,
            Weekday::Sun => &self.sunday,
        }
    }

    /// The weekdays from Monday on, each with its key in the file and its windows.
    pub fn days(&self) -> [(&'static str, &[Window]); 7] {
        [
            ("monday", &self.monday),
            ("tuesday", &self.tuesday),
            ("wednesday", &self.wednesday),
            ("thursday", &self.thursday),
            ("friday", &self.friday),
            ("saturday", &self.saturday),
            ("sunday", &self.sunday),
        ]
    }
}

impl Window {
    /// Minutes after local midnight at which it opens, below 1440.
    pub fn opens(self) -> u16 {
        self.opens
    }

    /// Minutes after local midnight at which it closes, 1440 for `24:00`.
    pub fn closes(self) -> u16 {
        self.closes
    }

    /// Whether it closes at `24:00`.
    pub fn runs_to_midnight(self) -> bool {
        self.closes == MIDNIGHT
    }

    /// Length in minutes by the clock.
    pub fn minutes(self) -> i64 {
        i64::from(self.closes - self.opens)
    }
}

impl FromStr for Window {
    type Err = NotAWindow;

    fn from_str(text: &str) -> Result<Self, NotAWindow> {
        text.split_once('-')
            .and_then(|(opens, closes)| {
                Some(Self { opens: minute_of_day(opens)?, closes: minute_of_day(closes)? })
            })
            .filter(|window| window.opens < window.closes)
            .ok_or_else(|| NotAWindow(text.to_owned()))
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { opens, closes } = self;
        write!(f, "{:02}:{:02}-{:02}:{:02}", opens / 60, opens % 60, closes / 60, closes % 60)
    }
}

impl Serialize for Window {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Window {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::parsed(deserializer)
    }
}

/// Minutes after midnight of `HH:MM`, two digits each, up to `24:00`.
fn minute_of_day(text: &str) -> Option<u16> {
    let two_digits = |part: &str| -> Option<u16> {
        let plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if plain { part.parse().ok() } else { None }
    };
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= MIDNIGHT).then_some(minute)
}

/// A key of a map in the file; written once, or the file is refused.
trait MapKey: Ord + Sized + fmt::Display {
    const WANTED: &str;

    fn from_text(text: &str) -> Option<Self>;
}

impl MapKey for NaiveDate {
    const WANTED: &str = "a date like 2026-01-31";

    fn from_text(text: &str) -> Option<Self> {
        time::date(text.as_bytes())
    }
}

impl MapKey for i32 {
    const WANTED: &str = "a year like 2026";

    fn from_text(text: &str) -> Option<Self> {
        let year = text.parse().ok()?;
        (1000..=9999).contains(&year).then_some(year)
    }
}

/// Reads one key, given as text or as a whole number.
struct KeySeed<K>(PhantomData<K>);

/// Reads a map and refuses a key that is there twice, which serde's own maps would lose.
struct Distinct<K, V>(PhantomData<(K, V)>);

impl<'de, K: MapKey> DeserializeSeed<'de> for KeySeed<K> {
    type Value = K;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<K, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<K: MapKey> Visitor<'_> for KeySeed<K> {
    type Value = K;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(K::WANTED)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<K, E> {
        K::from_text(text).ok_or_else(|| E::custom(format!("“{text}” is not {}", K::WANTED)))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<K, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<K, E> {
        self.visit_str(&number.to_string())
    }
}

impl<'de, K: MapKey, V: Deserialize<'de>> Visitor<'de> for Distinct<K, V> {
    type Value = BTreeMap<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a map whose keys are each {}", K::WANTED)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(key) = access.next_key_seed(KeySeed::<K>(PhantomData))? {
            let value = access.next_value()?;
            if map.contains_key(&key) {
                return Err(A::Error::custom(format!("{key} is written twice")));
            }
            map.insert(key, value);
        }
        Ok(map)
    }
}

pub(in crate::domain) fn distinct_years<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<i32, YearRules>, D::Error> {
    deserializer.deserialize_map(Distinct(PhantomData))
}

fn distinct_dates<'de, D: Deserializer<'de>, V: Deserialize<'de>>(
    deserializer: D,
) -> Result<BTreeMap<NaiveDate, V>, D::Error> {
    deserializer.deserialize_map(Distinct(PhantomData))
}

fn write_dates<S: Serializer, V: Serialize>(
    dates: &BTreeMap<NaiveDate, V>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(dates.iter().map(|(date, day)| (date.to_string(), day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: &str = r#"{"monday": ["09:00-12:00", "13:30-18:00"], "tuesday": [],
        "wednesday": [], "thursday": [], "friday": [], "saturday": [], "sunday": []}"#;

    fn read(years: &str) -> Result<CalendarRules, String> {
        let text = format!(
            r#"{{"document": {{"version": 1, "effective_on": "2026-01-01"}},
                "week": {WEEK}, "years": {years}}}"#
        );
        serde_json::from_str(&text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_window_is_two_clock_times_in_order() {
        for (text, minutes) in [("09:00-12:00", 180), ("00:00-24:00", 1440), ("23:59-24:00", 1)] {
            let window: Window = text.parse().unwrap();
            assert_eq!((window.to_string().as_str(), window.minutes()), (text, minutes));
        }
        for text in [
            "",
            "-",
            "09:00",
            "09:00-09:00",
            "18:00-09:00",
            "22:00-06:00",
            "9:00-12:00",
            "09:00-24:01",
            "09:00-12:60",
            "24:00-24:00",
            "09:00 - 12:00",
            "+9:00-12:00",
            "09:00–12:00",
            "09:00-12:00-13:00",
        ] {
            assert_eq!(text.parse::<Window>(), Err(NotAWindow(text.to_owned())));
        }
    }

    #[test]
    fn hours_past_midnight_are_told_as_two_windows() {
        for (text, said) in [
            ("22:00-06:00", "write 22:00-24:00 on that day and 00:00-06:00 on the next one"),
            ("18:00-09:00", "write 18:00-24:00 on that day and 00:00-09:00 on the next one"),
            ("09:00-09:00", "opens before it closes"),
            ("09:00-00:00", "opens before it closes"),
            ("24:00-06:00", "opens before it closes"),
        ] {
            let told = NotAWindow(text.to_owned()).to_string();
            assert!(told.contains(said), "{told}");
        }
    }

    #[test]
    fn rules_survive_being_written_and_read() {
        let years = r#"{"2026": {"source": ["https://example.org"],
            "days_off": {"2026-01-01": "元旦"}, "work": {"2026-01-04": "元旦",
            "2026-12-24": "09:00-12:00", "2026-12-31": ["09:00-12:00", "13:00-14:00"]}},
            "2027": {"source": [], "days_off": {}}}"#;
        let rules = read(years).unwrap();

        let text = serde_json::to_string(&rules).unwrap();

        assert_eq!(serde_json::from_str::<CalendarRules>(&text).unwrap(), rules);
        assert!(text.ends_with(r#""2027":{"source":[],"days_off":{}}}}"#), "{text}");
        assert!(text.contains(r#""2026-12-24":["09:00-12:00"],"2026-12-31":["#), "{text}");
    }

    #[test]
    fn what_would_be_lost_or_guessed_is_refused() {
        for (years, complaint) in [
            (
                r#"{"2026": {"source": [], "off": {"2026-01-01": "a", "2026-01-01": "b"}}}"#,
                "2026-01-01 is written twice",
            ),
            (
                r#"{"2026": {"source": [], "off": {}}, "2026": {"source": [], "off": {}}}"#,
                "2026 is written twice",
            ),
            (
                r#"{"2026": {"source": [], "off": {"2026-1-1": "a"}}}"#,
                "“2026-1-1” is not a date like 2026-01-31",
            ),
            (
                r#"{"2026": {"source": [], "off": {"2026-02-30": "a"}}}"#,
                "“2026-02-30” is not a date like 2026-01-31",
            ),
            (r#"{"26": {"source": [], "off": {}}}"#, "“26” is not a year like 2026"),
            (r#"{"2026": {"source": [], "off": {}, "on": {}}}"#, "unknown field `on`"),
            (r#"{"2026": {"source": []}}"#, "missing field `days_off`"),
            (
                r#"{"2026": {"source": [], "off": {}, "work": {"2026-12-24": "9:00-12:00"}}}"#,
                "“9:00-12:00” is not a window",
            ),
            (
                r#"{"2026": {"source": [], "off": {}, "work": {"2026-12-24": []}}}"#,
                "a day without hours belongs to days_off",
            ),
        ] {
            let error = read(years).unwrap_err();
            assert!(error.contains(complaint), "{years}: {error}");
        }
    }
}
