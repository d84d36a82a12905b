//! Days: `2026-11-22`, `12-01`, `tomorrow`, 下周一, `Dec 1`.

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::{Flaw, clock::PartOfDay, scan::Scan};
use crate::domain::base::moment::{NamedDay, NamedWeek, resolve::YEARS};

/// Days named from that of the step, and the part of one that its name says.
const NEAR: [(&str, (i64, Option<PartOfDay>)); 27] = [
    ("the day after tomorrow", (2, None)),
    ("day after tomorrow", (2, None)),
    ("the day before yesterday", (-2, None)),
    ("day before yesterday", (-2, None)),
    ("yesterday", (-1, None)),
    ("today", (0, None)),
    ("tomorrow", (1, None)),
    ("this morning", (0, Some(PartOfDay::Morning))),
    ("this afternoon", (0, Some(PartOfDay::Afternoon))),
    ("this evening", (0, Some(PartOfDay::Evening))),
    ("tonight", (0, Some(PartOfDay::Evening))),
    ("last night", (-1, Some(PartOfDay::Evening))),
    ("大前天", (-3, None)),
    ("前天", (-2, None)),
    ("昨天", (-1, None)),
    ("昨日", (-1, None)),
    ("昨晚", (-1, Some(PartOfDay::Evening))),
    ("今天", (0, None)),
    ("今日", (0, None)),
    ("今早", (0, Some(PartOfDay::Morning))),
    ("今晚", (0, Some(PartOfDay::Evening))),
    ("明天", (1, None)),
    ("明日", (1, None)),
    ("明早", (1, Some(PartOfDay::Morning))),
    ("明晚", (1, Some(PartOfDay::Evening))),
    ("大后天", (3, None)),
    ("后天", (2, None)),
];

const WEEKDAYS: [(&str, Weekday); 18] = [
    ("monday", Weekday::Mon),
    ("mon", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("tues", Weekday::Tue),
    ("tue", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("weds", Weekday::Wed),
    ("wed", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("thurs", Weekday::Thu),
    ("thur", Weekday::Thu),
    ("thu", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("fri", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sat", Weekday::Sat),
    ("sunday", Weekday::Sun),
    ("sun", Weekday::Sun),
];

/// Which day of the week stands behind 周.
const CHINESE_WEEKDAYS: [(&str, Weekday); 8] = [
    ("一", Weekday::Mon),
    ("二", Weekday::Tue),
    ("三", Weekday::Wed),
    ("四", Weekday::Thu),
    ("五", Weekday::Fri),
    ("六", Weekday::Sat),
    ("日", Weekday::Sun),
    ("天", Weekday::Sun),
];

const WEEKS: [(&str, NamedWeek); 3] =
    [("this ", NamedWeek::This), ("next ", NamedWeek::Next), ("last ", NamedWeek::Last)];

const CHINESE_WEEKS: [(&str, i64); 10] = [
    ("下下个", 2),
    ("下下", 2),
    ("下个", 1),
    ("下", 1),
    ("上上", -2),
    ("上个", -1),
    ("上", -1),
    ("这个", 0),
    ("本", 0),
    ("这", 0),
];

const MONTHS: [(&str, u32); 24] = [
    ("january", 1),
    ("jan", 1),
    ("february", 2),
    ("feb", 2),
    ("march", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("may", 5),
    ("june", 6),
    ("jun", 6),
    ("july", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("october", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];

/// The day that stands here, and the part of it that its name says; none where nothing begins like
/// one.
pub(super) fn day(scan: &mut Scan<'_>) -> Result<Option<(NamedDay, Option<PartOfDay>)>, Flaw> {
    let begins = *scan;
    if let Some((days, part)) = scan.one_of(&NEAR) {
        return Ok(Some((NamedDay::Near(days), part)));
    }
    let whole = |day: Option<NamedDay>| day.map(|day| (day, None));
    for read in [in_week, in_chinese_week] {
        if let Some(day) = read(scan) {
            return Ok(whole(Some(day)));
        }
        *scan = begins;
    }
    for read in [numeric, in_chinese, month_first, day_first] {
        if let Some(day) = read(scan)? {
            return Ok(whole(Some(day)));
        }
        *scan = begins;
    }
    Ok(None)
}

/// `monday`, `next friday`.
fn in_week(scan: &mut Scan<'_>) -> Option<NamedDay> {
    let week = scan.one_of(&WEEKS).unwrap_or(NamedWeek::Unsaid);
    scan.one_of(&WEEKDAYS).map(|weekday| NamedDay::Of(weekday, week))
}

/// 周一, 下周五, 本星期天.
fn in_chinese_week(scan: &mut Scan<'_>) -> Option<NamedDay> {
    let week = scan.one_of(&CHINESE_WEEKS).map_or(NamedWeek::Unsaid, NamedWeek::Counted);
    let is_week = scan.word("周") || scan.word("星期") || scan.word("礼拜");
    let weekday = is_week.then(|| scan.one_of(&CHINESE_WEEKDAYS)).flatten()?;
    Some(NamedDay::Of(weekday, week))
}

/// `2026-11-22`, `2026/12/1`, `12-01`, `25/12`.
fn numeric(scan: &mut Scan<'_>) -> Result<Option<NamedDay>, Flaw> {
    let begins = *scan;
    let Some(first) = scan.digits() else { return Ok(None) };
    let Some(sign) = ["-", "/", "."].into_iter().find(|sign| scan.word(sign)) else {
        return Ok(None);
    };
    let Some(second) = scan.digits().filter(|digits| digits.len() <= 2) else {
        return Ok(None);
    };
    let third = if scan.word(sign) { Some(scan.digits()) } else { None };
    let found = match (first.len(), third, sign) {
        (4, Some(Some(third)), _) if third.len() <= 2 => date(first, second, third)?,
        (1..=2, None, "-") => of_year(first, second)?,
        (1..=2, None, "/") => either(first, second, None, (begins, *scan))?,
        (1..=2, Some(Some(year)), "/") if year.len() == 4 => {
            either(first, second, Some(year), (begins, *scan))?
        }
        _ => return Ok(None),
    };
    // the hour of RFC 3339 follows without a blank
    let mut behind = *scan;
    if behind.word("t") && behind.digits().is_some() {
        scan.word("t");
    }
    Ok(Some(found))
}

/// Month and day, or day and month: the one that there is, of the two.
fn either(
    first: &str,
    second: &str,
    year: Option<&str>,
    (from, to): (Scan<'_>, Scan<'_>),
) -> Result<NamedDay, Flaw> {
    let read = |month: &str, day: &str| match year {
        Some(year) => date(year, month, day),
        None => of_year(month, day),
    };
    match (read(first, second), read(second, first)) {
        (Ok(one), Ok(other)) if one != other => {
            let spelled = |month: &str, day: &str| {
                let year = year.map(|year| format!("{year}-")).unwrap_or_default();
                format!("{year}{month:0>2}-{day:0>2}")
            };
            let readings = [spelled(first, second), spelled(second, first)];
            Err(Flaw::Ambiguous { from: from.left(), to: to.left(), readings })
        }
        (Ok(one), _) | (Err(_), Ok(one)) => Ok(one),
        (Err(flaw), Err(_)) => Err(flaw),
    }
}

/// 12月1日, 2026年12月1号.
fn in_chinese(scan: &mut Scan<'_>) -> Result<Option<NamedDay>, Flaw> {
    let Some(mut first) = scan.small() else { return Ok(None) };
    let year = if scan.word("年") {
        let year = first;
        let Some(month) = scan.small() else { return Ok(None) };
        first = month;
        Some(year)
    } else {
        None
    };
    if !scan.word("月") {
        return Ok(None);
    }
    let Some(day) = scan.small() else { return Ok(None) };
    if !(scan.word("日") || scan.word("号")) {
        return Ok(None);
    }
    named(year, first, day).map(Some)
}

/// `Dec 1`, `December 1 2026`.
fn month_first(scan: &mut Scan<'_>) -> Result<Option<NamedDay>, Flaw> {
    let Some(month) = scan.one_of(&MONTHS) else { return Ok(None) };
    scan.word(".");
    scan.blank();
    let Some(day) = day_of_month(scan) else { return Ok(None) };
    let year = year_behind(scan);
    named(year, month, day).map(Some)
}

/// `1 Dec`, `1st December 2026`.
fn day_first(scan: &mut Scan<'_>) -> Result<Option<NamedDay>, Flaw> {
    let Some(day) = day_of_month(scan) else { return Ok(None) };
    scan.blank();
    let Some(month) = scan.one_of(&MONTHS) else { return Ok(None) };
    let year = year_behind(scan);
    named(year, month, day).map(Some)
}

fn day_of_month(scan: &mut Scan<'_>) -> Option<u32> {
    let digits = scan.digits().filter(|digits| digits.len() <= 2)?;
    let _ordinal = ["st", "nd", "rd", "th"].into_iter().any(|ending| scan.word(ending));
    digits.parse().ok()
}

/// The year behind a day and a month, which is no clock time.
fn year_behind(scan: &mut Scan<'_>) -> Option<u32> {
    let before = *scan;
    scan.word(",");
    scan.blank();
    let year = scan.digits().filter(|digits| digits.len() == 4).and_then(|year| year.parse().ok());
    if year.is_none() {
        *scan = before;
    }
    year
}

fn named(year: Option<u32>, month: u32, day: u32) -> Result<NamedDay, Flaw> {
    match year {
        Some(year) => date(&year.to_string(), &month.to_string(), &day.to_string()),
        None => of_year(&month.to_string(), &day.to_string()),
    }
}

fn of_year(month: &str, day: &str) -> Result<NamedDay, Flaw> {
    // a leap year, so that every day of any year is one
    match date("2024", month, day)? {
        NamedDay::Date(date) => Ok(NamedDay::OfYear { month: date.month(), day: date.day() }),
        other => Ok(other),
    }
}

fn date(year: &str, month: &str, day: &str) -> Result<NamedDay, Flaw> {
    let number = |digits: &str| digits.parse::<u32>().ok();
    let date = || {
        let year = i32::try_from(number(year)?).ok()?;
        NaiveDate::from_ymd_opt(year, number(month)?, number(day)?)
    };
    let date = date().filter(|date| YEARS.contains(&date.year()));
    date.map(NamedDay::Date).ok_or(Flaw::NoSuchDate)
}
