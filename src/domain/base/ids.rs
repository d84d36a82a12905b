//! Names of things: records, contacts, events, people, units.

use std::{fmt, ops::RangeInclusive, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use crate::domain::base::{print::six_digits, text};

/// Crockford's base-32 digits: no I, L, O, U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Length of the random tail of ids.
pub const TAIL: usize = 5;

/// A text that is not the id it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadId {
    /// What was given.
    pub given: String,
    /// What an id of this sort looks like.
    pub like: &'static str,
}

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not an id like {}", self.given, self.like)
    }
}

impl std::error::Error for BadId {}

/// Whether a byte is one of [`DIGITS`], without a search: ids are most of what is read.
fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase() && !matches!(byte, b'I' | b'L' | b'O' | b'U')
}

/// Five Crockford base-32 characters made of the low 25 bits of `bits`.
pub fn tail_of(bits: u64) -> String {
    (0..TAIL)
        .map(|place| {
            let digit = (bits >> (5 * (TAIL - 1 - place))) & 31;
            char::from(DIGITS[usize::try_from(digit).unwrap_or(0)])
        })
        .collect()
}

/// A tail as a person types it, in Crockford's spelling: upper case, `o` read as 0, `i` and `l` as 1.
///
/// `None` where a character is no base-32 digit even so.
pub fn read_tail(typed: &str) -> Option<String> {
    typed
        .chars()
        .map(|c| {
            let upper = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let digit = u8::try_from(upper).ok()?;
            is_digit(digit).then_some(upper)
        })
        .collect()
}

macro_rules! validated_id {
    ($($(#[$doc:meta])* $name:ident like $like:literal if $check:path;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                if $check(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(BadId { given: text.chars().take(60).collect(), like: $like })
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                text::parsed(deserializer)
            }
        }
    )+};
}

validated_id! {
    /// Id of a record: prefix, day, five random characters.
    RecordId like "R-261122-7K3QX" if is_record_id;
    /// Id of a customer's person.
    ContactId like "C-4TZ9M" if is_contact_id;
    /// Id of an event: a ULID, unique for ever.
    EventId like "01K4QB3V9T8Z6N5M2R1W0XYABC" if is_ulid;
    /// Id of somebody of the team, out of the roster.
    PersonId like "zhang" if is_name;
    /// Id of a customer.
    CustomerId like "acme" if is_file_name;
    /// Id of an agreement with customers.
    AgreementId like "gold" if is_name;
    /// Id of the working hours of an agreement.
    CalendarId like "london" if is_name;
    /// Id of a unit or supplier.
    UnitId like "network" if is_name;
}

impl RecordId {
    /// The id of a record of `date`, with a tail out of the low 25 bits of `bits`.
    pub fn new(prefix: &str, date: NaiveDate, bits: u64) -> Self {
        Self(format!("{prefix}-{}-{}", six_digits(date), tail_of(bits)))
    }

    /// The same prefix and day with another tail, out of the low 25 bits of `bits`.
    pub fn with_tail(&self, bits: u64) -> Self {
        let stem = self.0.rsplit_once('-').map_or("", |(stem, _)| stem);
        Self(format!("{stem}-{}", tail_of(bits)))
    }

    /// The five characters that people use in speech.
    pub fn tail(&self) -> &str {
        self.0.rsplit('-').next().unwrap_or(&self.0)
    }

    /// The years that an id can name, with two digits.
    pub const YEARS: RangeInclusive<i32> = 2000..=2099;

    /// The day in the id.
    pub fn day(&self) -> Option<NaiveDate> {
        date_of(self.0.rsplit('-').nth(1)?)
    }

    /// Year and month of the id, as its folder is named: `2026/11`.
    pub fn month(&self) -> String {
        let day = self.0.rsplit('-').nth(1).unwrap_or("000000");
        format!("20{}/{}", &day[0..2], &day[2..4])
    }
}

impl EventId {
    /// The last characters, by which an item of a record is known on paper.
    pub fn tail(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(TAIL)..).unwrap_or(&self.0)
    }

    /// The second that the id bears; `None` beyond what a clock can say.
    pub fn unix(&self) -> Option<i64> {
        let digit = |byte: u8| DIGITS.iter().position(|digit| *digit == byte);
        let millis =
            self.0.bytes().take(10).try_fold(0_u64, |sum, byte| {
                Some((sum << 5) | u64::try_from(digit(byte)?).ok()?)
            })?;
        i64::try_from(millis / 1000).ok()
    }
}

impl PersonId {
    /// What somebody is called whose address makes no id.
    pub fn first_of_desk() -> Self {
        Self("founder".to_owned())
    }
}

impl ContactId {
    /// A contact id with a tail out of the low 25 bits of `bits`.
    pub fn new(bits: u64) -> Self {
        Self(format!("C-{}", tail_of(bits)))
    }

    /// The file of a contact in a folder of many: `4/T/C-4TZ9M.yaml`.
    pub fn file(&self) -> String {
        let mut random = self.0.chars().skip(2);
        let signs = [random.next(), random.next()].map(Option::unwrap_or_default);
        format!("{}/{}/{self}.yaml", signs[0], signs[1])
    }
}

/// True for what may stand before the day of a record's id: one to eight capitals or digits.
pub fn is_prefix(text: &str) -> bool {
    (1..=8).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

fn is_tail(text: &str) -> bool {
    text.len() == TAIL && text.bytes().all(is_digit)
}

fn is_record_id(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let (Some(prefix), Some(day), Some(tail)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    is_prefix(prefix) && is_tail(tail) && is_day(day)
}

fn is_day(day: &str) -> bool {
    day.len() == 6 && day.bytes().all(|b| b.is_ascii_digit()) && date_of(day).is_some()
}

/// The date of six digits.
fn date_of(day: &str) -> Option<NaiveDate> {
    let two = |from: usize| day.get(from..from + 2)?.parse::<u32>().ok();
    NaiveDate::from_ymd_opt(2000 + i32::try_from(two(0)?).ok()?, two(2)?, two(4)?)
}

fn is_contact_id(text: &str) -> bool {
    text.strip_prefix("C-").is_some_and(is_tail)
}

fn is_ulid(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(is_digit) && text.as_bytes()[0] <= b'7'
}

fn is_name(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.'))
        && !matches!(text, "me" | "none" | "null" | "true" | "false" | "yes" | "no" | "on" | "off")
}

/// A name under which every system keeps a file: Windows has devices of these names, whatever follows a dot.
fn is_file_name(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or_default();
    let numbered = ["com", "lpt"].iter().find_map(|port| stem.strip_prefix(port));
    let is_port =
        numbered.is_some_and(|nth| nth.len() == 1 && nth.bytes().all(|b| b.is_ascii_digit()));
    is_name(text) && !is_port && !matches!(stem, "con" | "prn" | "aux" | "nul")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_customer_has_the_name_of_a_device() {
        for text in ["con", "nul", "aux", "prn", "com1", "lpt9", "con.beijing"] {
            assert!(text.parse::<CustomerId>().is_err(), "{text}");
        }
        for text in ["acme", "console", "com", "com10", "lpta", "acme.con"] {
            assert!(text.parse::<CustomerId>().is_ok(), "{text}");
        }
    }

    #[test]
    fn a_record_id_names_its_month_and_tail() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let id = RecordId::new("R", day, 0x0123_4567);
        assert_eq!(id.as_str().parse::<RecordId>(), Ok(id.clone()));
        assert_eq!(id.month(), "2026/11");
        assert_eq!(id.tail().len(), TAIL);
    }

    #[test]
    fn ids_that_could_leave_their_folder_or_confuse_readers_are_refused() {
        for bad in [
            "",
            "R",
            "R-261122",
            "R-261122-7K3Q",
            "R-261122-7K3QI",
            "r-261122-7K3QX",
            "R-261322-7K3QX",
            "../R-261122-7K3QX",
            "R-261122-7K3QX/..",
            "R-261122-7K3Q\n",
        ] {
            assert!(bad.parse::<RecordId>().is_err(), "{bad:?}");
        }
        for bad in ["", "Zhang", "zh/ang", "..", "me", "no", "zhang wei", "张"] {
            assert!(bad.parse::<PersonId>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_digit_is_what_crockford_counts_with() {
        for byte in 0..=u8::MAX {
            assert_eq!(is_digit(byte), DIGITS.contains(&byte), "{byte}");
        }
    }

    #[test]
    fn a_tail_is_read_as_crockford_meant_it() {
        assert_eq!(read_tail("7k3qx").as_deref(), Some("7K3QX"));
        assert_eq!(read_tail("oil01").as_deref(), Some("01101"));
        assert_eq!(read_tail("7k3q!"), None);
    }
}
