//! Holidays out of an iCalendar file: its all-day events.
//!
//! What the reader does not understand and what would change the days — repetition, times of day —
//! is refused, because a holiday that is silently missing makes every due time wrong.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};

use super::{HolidayFile, Years, put};
use crate::{
    domain::base::calendar::rules::YearRules,
    store::error::{Error, HolidayFault, PolicyFault, Result},
};

/// The most days that one event may span.
const LONGEST: i64 = 366;
/// What the name of a make-up working day says.
const WORKED: [&str; 4] = ["补班", "上班", "(班)", "（班）"];

/// One line with its number, unfolded, parted into name and value.
struct CalendarLine {
    number: usize,
    name: String,
    value: String,
}

#[derive(Default)]
struct CalendarEvent {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    summary: String,
    cancelled: bool,
}

/// Days off, unless their name says that they are worked.
pub(super) fn read(name: &str, text: &str) -> Result<HolidayFile> {
    let refused = |line, fault| {
        let fault = PolicyFault::Holidays(fault);
        Error::policy(name, Some(line), fault)
    };
    let mut years = Years::new();
    let mut event = None;
    let mut ended = false;
    for CalendarLine { number, name: key, value } in lines(text) {
        match (key.as_str(), value.as_str(), &mut event) {
            ("BEGIN", "VEVENT", _) => event = Some(CalendarEvent::default()),
            ("END", "VCALENDAR", None) => ended = true,
            ("END", "VEVENT", Some(_)) => {
                for (day, summary) in event.take().unwrap_or_default().days(number, &refused)? {
                    let off = !WORKED.iter().any(|word| summary.contains(word));
                    let source = vec![name.to_owned()];
                    let rules = YearRules { source, ..YearRules::default() };
                    if !put(years.entry(day.year()).or_insert(rules), day, summary, off) {
                        return Err(refused(number, HolidayFault::BothOffAndWork { day }));
                    }
                }
            }
            ("DTSTART", _, Some(event)) => {
                event.from = Some(date(&value).map_err(|why| refused(number, why))?);
            }
            ("DTEND", _, Some(event)) => {
                event.to = Some(date(&value).map_err(|why| refused(number, why))?);
            }
            ("SUMMARY", _, Some(event)) => event.summary = plain(&value),
            ("STATUS", "CANCELLED", Some(event)) => event.cancelled = true,
            ("RRULE" | "RDATE" | "EXDATE" | "DURATION", _, Some(_)) => {
                return Err(refused(number, HolidayFault::Repeats { property: key }));
            }
            _ => {}
        }
    }
    if !ended {
        return Err(refused(text.lines().count(), HolidayFault::CutShort));
    }
    Ok(whole_years(years))
}

impl CalendarEvent {
    /// Its days with its name; the end is the day after the last.
    fn days(
        self,
        line: usize,
        refused: &dyn Fn(usize, HolidayFault) -> Error,
    ) -> Result<Vec<(NaiveDate, String)>> {
        let first = self.from.ok_or_else(|| refused(line, HolidayFault::NoStart))?;
        let days = self.to.map_or(1, |end| (end - first).num_days());
        if !(1..=LONGEST).contains(&days) {
            return Err(refused(line, HolidayFault::EventLength { days }));
        }
        let days = (0..days.unsigned_abs()).filter(|_| !self.cancelled);
        let date = |day| first.checked_add_days(Days::new(day));
        Ok(days.filter_map(date).map(|day| (day, self.summary.clone())).collect())
    }
}

/// Years with days in several months; what only reaches over a New Year makes no year known.
fn whole_years(years: Years) -> HolidayFile {
    let mut published = HolidayFile::default();
    for (year, rules) in years {
        let months: BTreeSet<u32> = rules.days_off.keys().map(Datelike::month).collect();
        if months.len() > 1 {
            published.years.insert(year, rules);
        } else {
            published.strays.extend(rules.days_off.into_keys().chain(rules.work.into_keys()));
        }
    }
    published
}

/// The lines of the file; one that begins with white space goes on with the line before.
fn lines(text: &str) -> Vec<CalendarLine> {
    let mut unfolded: Vec<(usize, String)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        match (line.strip_prefix([' ', '\t']), unfolded.last_mut()) {
            (Some(rest), Some((_, last))) => last.push_str(rest),
            _ => unfolded.push((number, line.trim_end().to_owned())),
        }
    }
    let parted = |(number, line): (usize, String)| {
        let mut quoted = false;
        let colon = line.find(|c| {
            quoted ^= c == '"';
            c == ':' && !quoted
        })?;
        let (head, value) = (&line[..colon], &line[colon + 1..]);
        let name = head.split(';').next().unwrap_or(head).to_ascii_uppercase();
        Some(CalendarLine { number, name, value: value.to_owned() })
    };
    unfolded.into_iter().filter_map(parted).collect()
}

fn date(value: &str) -> std::result::Result<NaiveDate, HolidayFault> {
    let digits = value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit());
    NaiveDate::parse_from_str(value, "%Y%m%d")
        .ok()
        .filter(|_| digits)
        .ok_or_else(|| HolidayFault::NotADate { given: value.to_owned() })
}

/// A text with its escapes undone, on one line.
fn plain(value: &str) -> String {
    let mut text = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') | None => text.push(' '),
                Some(escaped) => text.push(escaped),
            },
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    fn text(read: Result<HolidayFile>) -> String {
        Words::new(Lang::default()).store_error(&read.unwrap_err())
    }

    fn calendar(events: &str) -> String {
        let may = "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270501\r\nSUMMARY:劳动节\r\nEND:VEVENT\r\n";
        format!("BEGIN:VCALENDAR\r\n{may}{events}END:VCALENDAR\r\n")
    }

    fn event(lines: &str) -> String {
        format!("BEGIN:VEVENT\r\n{lines}END:VEVENT\r\n")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_event_spans_its_days_and_a_worked_one_is_a_make_up_day() {
        let spring = event(
            "DTSTART;VALUE=DATE:20270206\r\nDTEND;VALUE=DATE:20270208\r\n\
             SUMMARY;LANGUAGE=\"zh:CN\":春节\\, 假\r\n 期\r\n",
        );
        let worked = event("DTSTART:20270220\r\nSUMMARY:春节 补班\r\n");
        let gone = event("DTSTART:20270301\r\nSUMMARY:x\r\nSTATUS:CANCELLED\r\n");

        let published = read("cn.ics", &calendar(&format!("{spring}{worked}{gone}"))).unwrap();

        let year = &published.years[&2027];
        assert_eq!(
            year.days_off.keys().copied().collect::<Vec<_>>(),
            [day("2027-02-06"), day("2027-02-07"), day("2027-05-01")]
        );
        assert_eq!(year.days_off[&day("2027-02-07")], "春节, 假期");
        assert_eq!(year.work.keys().copied().collect::<Vec<_>>(), [day("2027-02-20")]);
        assert_eq!(year.source, ["cn.ics"]);
    }

    #[test]
    fn an_event_that_reaches_over_new_year_makes_no_year_known() {
        let over = event("DTSTART:20271231\r\nDTEND:20280102\r\nSUMMARY:元旦\r\n");
        let published = read("cn.ics", &calendar(&over)).unwrap();
        assert_eq!(published.years.keys().copied().collect::<Vec<_>>(), [2027]);
        assert_eq!(published.strays, [day("2028-01-01")]);
    }

    #[test]
    fn what_would_be_a_wrong_day_is_refused_with_its_line() {
        for (lines, why) in [
            ("DTSTART:2027\r\n", "line 7: “2027” is not a date"),
            ("DTSTART:20271231T160000Z\r\n", "only events of whole days"),
            ("DTSTART:20270101\r\nRRULE:FREQ=YEARLY\r\n", "line 8: RRULE is not read"),
            ("DTSTART:20270103\r\nDTEND:20270101\r\n", "an event of -2 days"),
            ("DTSTART:20270101\r\nDTEND:99991231\r\n", "days is not a holiday"),
            ("SUMMARY:x\r\n", "no DTSTART"),
            ("DTSTART:20270501\r\nSUMMARY:补班\r\n", "2027-05-01 is both off and work"),
        ] {
            let error = text(read("cn.ics", &calendar(&event(lines))));
            assert!(error.contains(why), "{lines}: {error}");
        }
        let cut = calendar("").replace("END:VCALENDAR", "");
        assert!(text(read("cn.ics", &cut)).contains("END:VCALENDAR"));
    }
}
