//! Times as another system writes them.

use chrono::{
    Datelike, NaiveDateTime, Timelike,
    format::{Fixed, Item, Numeric, Parsed, StrftimeItems, parse},
};

use super::{
    MapFault, RowFault,
    map::{ColumnMap, DoubledHour, TimeFormat},
};
use crate::domain::base::{
    time::{Timestamp, WallTime},
    zone::Zone,
};

/// The last year that a record can name, a day of offset before what RFC 3339 writes.
const LAST_YEAR: i32 = 9998;

/// A way to write a time, ready to read with.
pub(super) struct ReadyFormat<'a> {
    items: Vec<Item<'a>>,
    /// Whether the text itself tells its offset.
    has_offset: bool,
    /// Whether it counts seconds since 1970, which have no offset to be read.
    is_seconds: bool,
    zone: Option<Zone>,
}

/// What a text says in one format.
enum TimeReading {
    At(Timestamp),
    Twice([Timestamp; 2]),
    Never,
}

/// The formats of the map.
///
/// # Errors
/// [`MapFault::NotAFormat`] or [`MapFault::NotAZone`].
pub(super) fn ready(map: &ColumnMap) -> Result<Vec<ReadyFormat<'_>>, MapFault> {
    map.time_format.all().iter().map(one).collect()
}

fn one(given: &TimeFormat) -> Result<ReadyFormat<'_>, MapFault> {
    let format = given.text();
    let fault = || MapFault::NotAFormat { given: format.to_owned() };
    let items: Vec<Item<'_>> = StrftimeItems::new(format).collect();
    let has = |wanted: fn(&Item<'_>) -> bool| items.iter().any(wanted);
    // the name of a zone is no offset: which one it stands for nobody can say
    let is_bad = |item: &Item<'_>| matches!(item, Item::Error | Item::Fixed(Fixed::TimezoneName));
    if has(is_bad) || !has(|item| matches!(item, Item::Numeric(..) | Item::Fixed(_))) {
        return Err(fault());
    }
    let is_seconds =
        has(|item| matches!(item, Item::Numeric(numeric, _) if *numeric == Numeric::Timestamp));
    let has_offset = has(|item| match item {
        Item::Fixed(fixed) => {
            is_offset(fixed)
                || matches!(fixed, Fixed::RFC2822 | Fixed::RFC3339 | Fixed::Internal(_))
        }
        Item::Numeric(..)
        | Item::Literal(_)
        | Item::OwnedLiteral(_)
        | Item::Space(_)
        | Item::OwnedSpace(_)
        | Item::Error => false,
    });
    let zone = given
        .zone()
        .map(|name| Zone::named(name).ok_or_else(|| MapFault::NotAZone { given: name.to_owned() }));
    let items = items.into_iter().map(lenient).collect();
    Ok(ReadyFormat { items, has_offset, is_seconds, zone: zone.transpose()? })
}

/// An offset is read in every way in which it is written: `Z`, `+02`, `+0200`, `+02:00`.
fn lenient(item: Item<'_>) -> Item<'_> {
    match &item {
        Item::Fixed(fixed) if is_offset(fixed) => StrftimeItems::new("%#z").next().unwrap_or(item),
        _ => item,
    }
}

fn is_offset(fixed: &Fixed) -> bool {
    matches!(
        fixed,
        Fixed::TimezoneOffset
            | Fixed::TimezoneOffsetColon
            | Fixed::TimezoneOffsetColonZ
            | Fixed::TimezoneOffsetDoubleColon
            | Fixed::TimezoneOffsetTripleColon
            | Fixed::TimezoneOffsetZ
    )
}

/// The instant that a text means, by the only format that reads it, or by several that agree.
///
/// # Errors
/// No format reads it, two read it differently, or the clock of the zone showed it twice or never.
pub(super) fn read(
    field: &'static str,
    given: &str,
    formats: &[ReadyFormat<'_>],
    zone: Zone,
    doubled: Option<DoubledHour>,
) -> Result<Timestamp, RowFault> {
    let given = given.to_owned();
    let mut found: Vec<Timestamp> = Vec::new();
    let mut never = false;
    for format in formats {
        match format.read(&given, zone) {
            None => {}
            Some(TimeReading::Never) => never = true,
            Some(TimeReading::At(at)) => found.push(at),
            Some(TimeReading::Twice([first, second])) => match doubled {
                Some(DoubledHour::First) => found.push(first),
                Some(DoubledHour::Second) => found.push(second),
                None => found.extend([first, second]),
            },
        }
    }
    found.sort();
    found.dedup_by_key(|at| at.unix());
    match found[..] {
        [at] => Ok(at),
        [first, second, ..] => Err(RowFault::TwoTimes { field, given, times: [first, second] }),
        [] if never => Err(RowFault::NoSuchTime { field, given }),
        [] => Err(RowFault::NotATime { field, given }),
    }
}

impl ReadyFormat<'_> {
    fn read(&self, given: &str, zone: Zone) -> Option<TimeReading> {
        let mut parsed = Parsed::new();
        parse(&mut parsed, given, self.items.iter()).ok()?;
        // a second 60 is none of any other clock's seconds, and which one was meant nobody can say
        let is_of_a_clock =
            |local: &NaiveDateTime| local.year() <= LAST_YEAR && local.nanosecond() < 1_000_000_000;
        if self.has_offset || self.is_seconds {
            let read = if self.is_seconds {
                parsed.to_naive_datetime_with_offset(0).ok()?.and_utc().into()
            } else {
                parsed.to_datetime().ok()?
            };
            let read = Some(read).filter(|at| is_of_a_clock(&at.naive_local()));
            return read.map(|at| TimeReading::At(Timestamp::from_datetime(at)));
        }
        let local = parsed.to_naive_datetime_with_offset(0).ok().filter(is_of_a_clock)?;
        Some(match WallTime::new(local, self.zone.unwrap_or(zone)) {
            WallTime::Once(at) => TimeReading::At(at),
            WallTime::Twice(first, second) => TimeReading::Twice([first, second]),
            WallTime::Never(_) => TimeReading::Never,
        })
    }
}
