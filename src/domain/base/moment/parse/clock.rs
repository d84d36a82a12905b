//! Clock times: `09:15`, `5pm`, 下午5点半, and parts of a day.

use chrono::NaiveTime;

use super::{Flaw, either_half, scan::Scan};
use crate::domain::base::moment::{DayPart, Hour};

/// A part of the day, which says what hours in it mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartOfDay {
    /// 凌晨
    Small,
    Morning,
    Noon,
    Afternoon,
    Evening,
}

const PARTS: [(&str, PartOfDay); 20] = [
    ("凌晨", PartOfDay::Small),
    ("清晨", PartOfDay::Morning),
    ("早上", PartOfDay::Morning),
    ("早晨", PartOfDay::Morning),
    ("上午", PartOfDay::Morning),
    ("中午", PartOfDay::Noon),
    ("正午", PartOfDay::Noon),
    ("下午", PartOfDay::Afternoon),
    ("午后", PartOfDay::Afternoon),
    ("傍晚", PartOfDay::Evening),
    ("晚上", PartOfDay::Evening),
    ("晚间", PartOfDay::Evening),
    ("夜里", PartOfDay::Evening),
    ("夜间", PartOfDay::Evening),
    ("noon", PartOfDay::Noon),
    ("midday", PartOfDay::Noon),
    ("morning", PartOfDay::Morning),
    ("afternoon", PartOfDay::Afternoon),
    ("evening", PartOfDay::Evening),
    ("night", PartOfDay::Evening),
];

/// Halves of a day behind a clock time.
const HALVES: [(&str, PartOfDay); 4] = [
    ("a.m.", PartOfDay::Morning),
    ("p.m.", PartOfDay::Evening),
    ("am", PartOfDay::Morning),
    ("pm", PartOfDay::Evening),
];

/// What is said behind a clock time and changes nothing.
const ENDINGS: [&str; 4] = ["之前", "以前", "前", "sharp"];

/// The hour that stands here; none where nothing begins like one.
pub(super) fn hour(scan: &mut Scan<'_>, part: Option<PartOfDay>) -> Result<Option<Hour>, Flaw> {
    let begins = *scan;
    let own = scan.one_of(&PARTS);
    let Some(part) = own.or(part) else {
        return Ok(clock(scan, None)?.map(Hour::At));
    };
    let after = *scan;
    scan.blank();
    match clock(scan, Some(part))? {
        Some(clock) => Ok(Some(Hour::At(clock))),
        None if own.is_some() => {
            *scan = after;
            alone(part).map(Some).ok_or(Flaw::Form(None))
        }
        None => {
            *scan = begins;
            Ok(None)
        }
    }
}

/// A part of the day with no clock time.
pub(super) fn alone(part: PartOfDay) -> Option<Hour> {
    match part {
        PartOfDay::Small => None,
        PartOfDay::Morning => Some(Hour::Part(DayPart::Morning)),
        PartOfDay::Noon => NaiveTime::from_hms_opt(12, 0, 0).map(Hour::At),
        PartOfDay::Afternoon => Some(Hour::Part(DayPart::Afternoon)),
        PartOfDay::Evening => Some(Hour::Part(DayPart::Evening)),
    }
}

/// The clock time that stands here.
fn clock(scan: &mut Scan<'_>, part: Option<PartOfDay>) -> Result<Option<NaiveTime>, Flaw> {
    let begins = *scan;
    if scan.word("midnight") || scan.word("午夜") {
        // the one with which the day begins, or the one with which it ends
        let readings = ["00:00".to_owned(), "23:59".to_owned()];
        return Err(Flaw::Ambiguous { from: begins.left(), to: scan.left(), readings });
    }
    let time = figures(scan)?.or_else(|| {
        *scan = begins;
        spoken(scan)
    });
    let Some(ClockReading { hours, minutes, seconds, is_twelve }) = time else {
        *scan = begins;
        return Ok(None);
    };
    let before = *scan;
    scan.blank();
    let half = scan.one_of(&HALVES);
    if half.is_none() {
        *scan = before;
    }
    if half.is_some() && !(1..=12).contains(&hours) {
        return Err(Flaw::NoSuchClock);
    }
    let hours = match (half, part) {
        (Some(PartOfDay::Morning), _) => hours % 12,
        (Some(_), _) => hours % 12 + 12,
        (None, Some(part)) => in_part(part, hours).ok_or(Flaw::NoSuchClock)?,
        (None, None) if is_twelve && (1..=12).contains(&hours) => {
            return Err(either_half(hours, minutes, (begins, *scan)));
        }
        (None, None) => hours,
    };
    for ending in ENDINGS {
        if scan.word(ending) {
            break;
        }
    }
    let clock = NaiveTime::from_hms_opt(hours, minutes, seconds).ok_or(Flaw::NoSuchClock)?;
    Ok(Some(clock))
}

/// A clock time as it was told.
struct ClockReading {
    hours: u32,
    minutes: u32,
    seconds: u32,
    /// Said as people say it, which may be of either half of the day.
    is_twelve: bool,
}

/// `9:15`, `09:15:30`, or the hour alone before `am` or `pm`.
fn figures(scan: &mut Scan<'_>) -> Result<Option<ClockReading>, Flaw> {
    let begins = *scan;
    let Some(digits) = scan.digits() else { return Ok(None) };
    let two = |digits: &str| digits.len() == 2;
    let number = |digits: &str| digits.parse::<u32>().map_err(|_| Flaw::Form(None));
    if digits.len() > 2 {
        return Ok(None);
    }
    let hours = number(digits)?;
    if !scan.word(":") {
        let mut behind = *scan;
        behind.blank();
        let is_half = behind.one_of(&HALVES).is_some();
        let is_alone = scan.is_done();
        return match (is_half, is_alone) {
            (true, _) => Ok(Some(ClockReading { hours, minutes: 0, seconds: 0, is_twelve: true })),
            (false, true) if (1..=12).contains(&hours) => {
                Err(either_half(hours, 0, (begins, *scan)))
            }
            (false, _) => Ok(None),
        };
    }
    let Some(minutes) = scan.digits().filter(|digits| two(digits)) else { return Ok(None) };
    let minutes = number(minutes)?;
    let seconds = if scan.word(":") {
        match scan.digits().filter(|digits| two(digits)) {
            Some(seconds) => number(seconds)?,
            None => return Ok(None),
        }
    } else {
        0
    };
    Ok(Some(ClockReading { hours, minutes, seconds, is_twelve: false }))
}

/// 5点半, 17点30分, 九点一刻.
fn spoken(scan: &mut Scan<'_>) -> Option<ClockReading> {
    let hours = scan.small()?;
    if !(scan.word("点钟") || scan.word("点") || scan.word("时")) {
        return None;
    }
    let named = [("半", 30), ("一刻", 15), ("三刻", 45), ("整", 0)];
    let minutes = match scan.one_of(&named) {
        Some(minutes) => minutes,
        None => minutes_behind(scan),
    };
    Some(ClockReading { hours, minutes, seconds: 0, is_twelve: true })
}

/// The minutes behind the hour; none where a date follows it.
fn minutes_behind(scan: &mut Scan<'_>) -> u32 {
    let before = *scan;
    match scan.small() {
        Some(minutes)
            if !["-", "/", "月", "年"].iter().any(|sign| {
                let mut ahead = *scan;
                ahead.word(sign)
            }) =>
        {
            scan.word("分");
            minutes
        }
        Some(_) | None => {
            *scan = before;
            0
        }
    }
}

/// The hour of the day that is called so in this part of it.
fn in_part(part: PartOfDay, hours: u32) -> Option<u32> {
    match (part, hours) {
        (PartOfDay::Small, 12) => Some(0),
        (PartOfDay::Small, 0..=6) | (PartOfDay::Morning, 0..=12) | (PartOfDay::Noon, 11..=14) => {
            Some(hours)
        }
        (PartOfDay::Noon, 1..=2)
        | (PartOfDay::Afternoon, 1..=11)
        | (PartOfDay::Evening, 5..=11) => Some(hours + 12),
        (PartOfDay::Afternoon, 12..=18) | (PartOfDay::Evening, 17..=23) => Some(hours),
        _ => None,
    }
}

/// The clock time that a loose one may stand for, to be shown in a hint: `2:5`, `0915`, `14`.
pub(super) fn meant(text: &str) -> Option<NaiveTime> {
    let (hours, minutes) = match text.split_once(':') {
        Some(parts) => parts,
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => (text, "0"),
    };
    let number = |text: &str| {
        let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if is_digits { text.parse().ok() } else { None }
    };
    NaiveTime::from_hms_opt(number(hours)?, number(minutes)?, 0)
}
