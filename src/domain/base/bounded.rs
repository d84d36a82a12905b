//! Numbers, dates and bounds as rules tell them: what cannot be is refused where it stands, with what
//! can.

use std::{fmt, marker::PhantomData};

use chrono::NaiveDate;
use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected, Visitor},
};

use crate::domain::base::time;

/// Reads a whole number from `LEAST` to `MOST`.
///
/// # Errors
/// Anything else, by a message that names both bounds.
pub(in crate::domain) fn whole<'de, D, T, const LEAST: u32, const MOST: u32>(
    deserializer: D,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<u32>,
{
    deserializer.deserialize_any(WholeNumber::<T, LEAST, MOST>(PhantomData))
}

struct WholeNumber<T, const LEAST: u32, const MOST: u32>(PhantomData<T>);

impl<T: TryFrom<u32>, const LEAST: u32, const MOST: u32> Visitor<'_>
    for WholeNumber<T, LEAST, MOST>
{
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if MOST == u32::MAX {
            write!(f, "a whole number from {LEAST} on")
        } else {
            write!(f, "a whole number from {LEAST} to {MOST}")
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        let bounded = u32::try_from(number).ok().filter(|it| (LEAST..=MOST).contains(it));
        let fits = bounded.and_then(|number| T::try_from(number).ok());
        fits.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        match u64::try_from(number) {
            Ok(number) => self.visit_u64(number),
            Err(_) => Err(E::invalid_value(Unexpected::Signed(number), &self)),
        }
    }
}

/// As [`whole`], where a number may be left out.
///
/// # Errors
/// Anything else that is told.
pub(in crate::domain) fn some_whole<'de, D, T, const LEAST: u32, const MOST: u32>(
    deserializer: D,
) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<u32>,
{
    deserializer.deserialize_option(SomeWhole::<T, LEAST, MOST>(PhantomData))
}

struct SomeWhole<T, const LEAST: u32, const MOST: u32>(PhantomData<T>);

impl<'de, T: TryFrom<u32>, const LEAST: u32, const MOST: u32> Visitor<'de>
    for SomeWhole<T, LEAST, MOST>
{
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        WholeNumber::<T, LEAST, MOST>(PhantomData).expecting(f)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        whole::<_, T, LEAST, MOST>(inner).map(Some)
    }
}

/// Reads a list in which nothing stands twice.
///
/// # Errors
/// One that names something again.
pub(in crate::domain) fn distinct<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + PartialEq,
{
    let list = Vec::<T>::deserialize(deserializer)?;
    let is_again = |(nth, one): (usize, &T)| list[..nth].contains(one);
    if list.iter().enumerate().any(is_again) {
        return Err(D::Error::custom("something stands in this list twice"));
    }
    Ok(list)
}

/// Reads a date like `2026-01-31`.
///
/// # Errors
/// Anything else.
pub(in crate::domain) fn day<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<NaiveDate, D::Error> {
    deserializer.deserialize_any(ToldDay)
}

/// As [`day()`], where a date may be left out.
///
/// # Errors
/// Anything else that is told.
pub(in crate::domain) fn some_day<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<NaiveDate>, D::Error> {
    struct SomeDay;

    impl<'de> Visitor<'de> for SomeDay {
        type Value = Option<NaiveDate>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            ToldDay.expecting(f)
        }

        fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
            day(inner).map(Some)
        }
    }

    deserializer.deserialize_option(SomeDay)
}

struct ToldDay;

impl Visitor<'_> for ToldDay {
    type Value = NaiveDate;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date like 2026-01-31")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<NaiveDate, E> {
        time::date(text.as_bytes()).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct BoundedRules {
        #[serde(deserialize_with = "whole::<_, _, 1, 100>")]
        share: u8,
        #[serde(deserialize_with = "whole::<_, _, 1, { u32::MAX }>")]
        version: u32,
        #[serde(deserialize_with = "day")]
        from: NaiveDate,
        #[serde(default, deserialize_with = "some_day")]
        to: Option<NaiveDate>,
    }

    fn read(share: &str, version: &str, from: &str, to: &str) -> Result<BoundedRules, String> {
        let text =
            format!(r#"{{"share": {share}, "version": {version}, "from": {from}, "to": {to}}}"#);
        serde_json::from_str(&text).map_err(|fault| fault.to_string())
    }

    #[test]
    fn bounds_belong_to_what_can_be() {
        for share in [1, 100] {
            let rules = read(&share.to_string(), "1", r#""2026-01-31""#, "null").unwrap();
            assert_eq!((rules.share, rules.version, rules.to), (share, 1, None));
            assert_eq!(rules.from.to_string(), "2026-01-31");
        }
        let rules = read("5", "4294967295", r#""2026-01-31""#, r#""2026-02-01""#).unwrap();
        assert_eq!(rules.to.unwrap().to_string(), "2026-02-01");
    }

    #[test]
    fn what_cannot_be_is_refused_with_what_can() {
        let day = r#""2026-01-31""#;
        for (rules, said) in [
            (read("0", "1", day, day), "integer `0`, expected a whole number from 1 to 100"),
            (read("175", "1", day, day), "integer `175`, expected a whole number from 1 to 100"),
            (read("-1", "1", day, day), "integer `-1`, expected a whole number from 1 to 100"),
            (read("5", "0", day, day), "integer `0`, expected a whole number from 1 on"),
            (read("5", "1.5", day, day), "floating point `1.5`, expected a whole number from 1 on"),
            (read("5", r#""x""#, day, day), r#"string "x", expected a whole number from 1 on"#),
            (
                read("5", "1", r#""2026-1-1""#, day),
                r#""2026-1-1", expected a date like 2026-01-31"#,
            ),
            (read("5", "1", day, r#""soon""#), r#"string "soon", expected a date like 2026-01-31"#),
            (read("5", "1", "2026", day), "integer `2026`, expected a date like 2026-01-31"),
        ] {
            let fault = rules.unwrap_err();
            assert!(fault.contains(said), "{fault}");
        }
    }
}
