//! Lengths of time: `2h`, `in 30 min`, `1h30m`, 两个半小时后, 一个工作日.

use super::{Flaw, moment_away, scan::Scan};
use crate::domain::base::moment::{Direction, Moment, TimeSpan};

const DAY: i64 = 24 * 60;

/// What is counted, in minutes; the longest spelling of each first.
const UNITS: [(&str, SpanUnit); 33] = [
    ("working days", SpanUnit::WorkingDays),
    ("working day", SpanUnit::WorkingDays),
    ("business days", SpanUnit::WorkingDays),
    ("business day", SpanUnit::WorkingDays),
    ("workdays", SpanUnit::WorkingDays),
    ("workday", SpanUnit::WorkingDays),
    ("wd", SpanUnit::WorkingDays),
    ("工作日", SpanUnit::WorkingDays),
    ("weeks", SpanUnit::Minutes(7 * DAY)),
    ("week", SpanUnit::Minutes(7 * DAY)),
    ("w", SpanUnit::Minutes(7 * DAY)),
    ("星期", SpanUnit::Minutes(7 * DAY)),
    ("礼拜", SpanUnit::Minutes(7 * DAY)),
    ("周", SpanUnit::Minutes(7 * DAY)),
    ("days", SpanUnit::Minutes(DAY)),
    ("day", SpanUnit::Minutes(DAY)),
    ("d", SpanUnit::Minutes(DAY)),
    ("天", SpanUnit::Minutes(DAY)),
    ("hours", SpanUnit::Minutes(60)),
    ("hour", SpanUnit::Minutes(60)),
    ("hrs", SpanUnit::Minutes(60)),
    ("hr", SpanUnit::Minutes(60)),
    ("h", SpanUnit::Minutes(60)),
    ("小时", SpanUnit::Minutes(60)),
    ("钟头", SpanUnit::Minutes(60)),
    ("刻钟", SpanUnit::Minutes(15)),
    ("minutes", SpanUnit::Minutes(1)),
    ("minute", SpanUnit::Minutes(1)),
    ("mins", SpanUnit::Minutes(1)),
    ("min", SpanUnit::Minutes(1)),
    ("m", SpanUnit::Minutes(1)),
    ("分钟", SpanUnit::Minutes(1)),
    ("分", SpanUnit::Minutes(1)),
];

/// What says on which side of the step a length lies.
const DIRECTIONS: [(&str, Direction); 12] = [
    ("ago", Direction::Back),
    ("之前", Direction::Back),
    ("以前", Direction::Back),
    ("前", Direction::Back),
    ("later", Direction::Ahead),
    ("from now", Direction::Ahead),
    ("之后", Direction::Ahead),
    ("以后", Direction::Ahead),
    ("后", Direction::Ahead),
    ("之内", Direction::Ahead),
    ("以内", Direction::Ahead),
    ("内", Direction::Ahead),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SpanUnit {
    Minutes(i64),
    WorkingDays,
}

/// A length and the word for its direction; `None` where the text begins with none.
pub(super) fn away(text: &str) -> Result<Option<Moment>, Flaw> {
    let (told, body) = match text.strip_prefix("in ") {
        Some(body) => (Some(Direction::Ahead), body),
        None => (None, text),
    };
    let mut scan = Scan::new(body);
    let Some(length) = length(&mut scan) else {
        let is_number = told.is_some() && scan.count().is_some() && scan.is_done();
        return if is_number { Err(Flaw::NoUnit) } else { Ok(None) };
    };
    let before = scan;
    scan.blank();
    let direction = match (told, scan.one_of(&DIRECTIONS)) {
        (None, Some(direction)) => direction,
        (Some(told), None) => {
            scan = before;
            told
        }
        (None, None) if before.is_done() => Direction::Unsaid,
        (Some(_), Some(_)) | (None, None) => return Ok(None),
    };
    moment_away(length, direction, scan).map(Some)
}

/// A length of time, its greatest unit first; what stands here is left where it begins with none.
pub(super) fn length(scan: &mut Scan<'_>) -> Option<TimeSpan> {
    let before = *scan;
    let mut total = 0;
    let mut least = None;
    loop {
        let here = *scan;
        if least.is_some() {
            scan.blank();
        }
        match (term(scan), least) {
            (Some((twice, SpanUnit::WorkingDays)), None) if twice % 2 == 0 => {
                return Some(TimeSpan::WorkingDays(twice / 2));
            }
            (Some((twice, SpanUnit::Minutes(unit))), _)
                if least.is_none_or(|least| unit < least) && (twice % 2 == 0 || unit == 60) =>
            {
                total += twice * unit / 2;
                least = Some(unit);
            }
            _ => {
                *scan = here;
                break;
            }
        }
    }
    let Some(least) = least else {
        *scan = before;
        return None;
    };
    let is_in_days = least % DAY == 0 && total % DAY == 0;
    Some(if is_in_days { TimeSpan::Days(total / DAY) } else { TimeSpan::Minutes(total) })
}

/// Twice the number of a unit, and the unit: 两个半小时 are five halves of an hour.
fn term(scan: &mut Scan<'_>) -> Option<(i64, SpanUnit)> {
    if scan.word("半") {
        scan.word("个");
        return Some((1, scan.one_of(&UNITS)?));
    }
    if ["half an ", "half a "].into_iter().any(|half| scan.word(half)) {
        return Some((1, scan.one_of(&UNITS)?));
    }
    let is_one = ["an ", "a "].into_iter().any(|one| scan.word(one));
    let count = if is_one { 1 } else { scan.count()? };
    let is_half = scan.word(".5");
    scan.blank();
    let is_measured = scan.word("个");
    let is_half = is_half || is_measured && scan.word("半");
    let unit = scan.one_of(&UNITS)?;
    Some((count * 2 + i64::from(is_half), unit))
}

/// As elapsed minutes; none for working days, which only a calendar measures.
pub(super) fn minutes(length: TimeSpan) -> Option<i64> {
    match length {
        TimeSpan::Minutes(minutes) => Some(minutes),
        TimeSpan::Days(days) => Some(days * DAY),
        TimeSpan::WorkingDays(_) => None,
    }
}
