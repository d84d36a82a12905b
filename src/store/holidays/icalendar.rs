//! Holidays out of an iCalendar file: its all-day events.
//!
//! An event that the reader does not understand is left out and named with its line, because a holiday
//! that is silently missing makes every due time wrong.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::{
    HolidayFile, Years,
    event::{CalendarEvent, CalendarLine, EventYears, plain, replaced},
    file_name, put,
};
use crate::{
    domain::base::{calendar::rules::YearRules, characters::clean_line},
    store::error::{Error, HolidayFault, PolicyFault, Result},
};

/// Only years within so many of the present are read.
const NEAR: i32 = 30;
/// The most days that the events of a file may have together, repetitions included.
const MOST_DAYS: u64 = 100_000;
/// What the name of a make-up working day says.
const WORKED: [&str; 4] = ["补班", "上班", "(班)", "（班）"];

/// Days off, unless their name says that they are worked. An event that repeats without end is read
/// for the years that the others tell, or for `present` and the year after it where all do.
pub(super) fn read(name: &str, text: &str, present: i32) -> Result<HolidayFile> {
    let refused = |line, fault| {
        let fault = PolicyFault::Holidays(fault);
        Error::policy(name, Some(line), fault)
    };
    let CalendarFile { source, events, is_whole } = calendar(text);
    if !is_whole {
        return Err(refused(text.lines().count(), HolidayFault::CutShort));
    }
    let is_told = |event: &&CalendarEvent| !event.is_cancelled && event.fault.is_none();
    // calendars of holidays alone mark all of their days so
    let is_busy = events.iter().filter(is_told).any(|event| !event.is_transparent);
    let near = present - NEAR..=present + NEAR;
    let stands_alone = |event: &&CalendarEvent| event.repeats.is_none() && event.replaces.is_none();
    let single = events.iter().filter(is_told).filter(stands_alone);
    let mut years: BTreeSet<i32> =
        single.filter_map(|event| event.from).map(|d| d.year()).collect();
    years.retain(|year| near.contains(year));
    if years.is_empty() {
        years.extend([present, present + 1]);
    }
    let mut published = HolidayFile::default();
    let mut known = Years::new();
    let replaced = replaced(&events);
    let read = EventYears { years, near };
    let mut all = 0;
    for event in events.iter().filter(|event| !event.is_cancelled) {
        let days = match &event.fault {
            Some(fault) => Err(fault.clone()),
            None if event.is_observance => Err(HolidayFault::Observance),
            None if event.is_transparent && is_busy => Err(HolidayFault::Transparent),
            None => event.days(&read, replaced.get(event.uid.as_str())),
        };
        let mut left = |fault| {
            let summary = clean_line(&event.summary).into_owned();
            published.skipped.push((summary, refused(event.line, fault)));
        };
        let days = match days {
            Ok(days) => days,
            Err(fault) => {
                left(fault);
                continue;
            }
        };
        all += days.count();
        if all > MOST_DAYS {
            return Err(refused(event.line, HolidayFault::TooManyDays { most: MOST_DAYS }));
        }
        let off = !WORKED.iter().any(|word| event.summary.contains(word));
        for day in days.all() {
            let rules =
                || YearRules { source: vec![sourced(&source, name)], ..YearRules::default() };
            let year = known.entry(day.year()).or_insert_with(rules);
            if year.days_off.contains_key(&day) && !off || year.work.contains_key(&day) && off {
                left(HolidayFault::BothOffAndWork { day });
                continue;
            }
            put(year, day, event.summary.clone(), off);
        }
    }
    whole_years(known, &mut published);
    Ok(published)
}

/// Who published the days, as far as the file says: its name for people, and its own.
fn sourced(told: &str, file: &str) -> String {
    let file = file_name(file);
    if told.is_empty() { file } else { format!("{told} ({file})") }
}

/// What a file holds.
struct CalendarFile {
    /// What it is called.
    source: String,
    events: Vec<CalendarEvent>,
    is_whole: bool,
}

fn calendar(text: &str) -> CalendarFile {
    let mut calendar = CalendarFile { source: String::new(), events: Vec::new(), is_whole: false };
    let mut event: Option<CalendarEvent> = None;
    // parts of an event, such as its alarms, have lines of the same names
    let mut inside = 0_usize;
    for line in lines(text) {
        match (line.name.as_str(), line.value.to_ascii_uppercase().as_str(), &mut event) {
            ("BEGIN", "VEVENT", None) => {
                event = Some(CalendarEvent::at(line.number));
            }
            ("END", "VEVENT", Some(_)) => {
                calendar.events.extend(event.take());
                inside = 0;
            }
            ("BEGIN", _, Some(_)) => inside += 1,
            ("END", _, Some(_)) => inside = inside.saturating_sub(1),
            ("END", "VCALENDAR", None) => calendar.is_whole = true,
            ("X-WR-CALNAME", _, None) => {
                calendar.source = clean_line(&plain(&line.value)).into_owned();
            }
            (_, _, Some(event)) if inside == 0 => event.take(line),
            _ => {}
        }
    }
    calendar
}

/// Years with days in several months; what only reaches over a New Year makes no year known.
fn whole_years(years: Years, published: &mut HolidayFile) {
    for (year, rules) in years {
        let months: BTreeSet<u32> = rules.days_off.keys().map(Datelike::month).collect();
        if months.len() > 1 {
            published.years.insert(year, rules);
        } else {
            published.strays.extend(rules.days_off.into_keys().chain(rules.work.into_keys()));
        }
    }
}

/// The file with its folded lines made whole.
pub(super) fn unfolded(bytes: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, behind)) = rest.split_first() {
        rest = match rest {
            [b'\r', b'\n', b' ' | b'\t', behind @ ..] | [b'\n', b' ' | b'\t', behind @ ..] => {
                behind
            }
            _ => {
                whole.push(*first);
                behind
            }
        };
    }
    whole
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
        let (name, parameters) = head.split_at(head.find(';').unwrap_or(head.len()));
        let (name, parameters) = (name.to_ascii_uppercase(), parameters.to_ascii_uppercase());
        Some(CalendarLine { number, name, parameters, value: value.to_owned() })
    };
    unfolded.into_iter().filter_map(parted).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

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

        let published =
            read("cn.ics", &calendar(&format!("{spring}{worked}{gone}")), 2026).unwrap();

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
        let published = read("cn.ics", &calendar(&over), 2026).unwrap();
        assert_eq!(published.years.keys().copied().collect::<Vec<_>>(), [2027]);
        assert_eq!(published.strays, [day("2028-01-01")]);
    }

    /// What was left out, and why.
    fn left(file: &HolidayFile) -> Vec<String> {
        let words = Words::new(Lang::default());
        let told = |(name, why): &(String, Error)| format!("{name}: {}", words.file_fault(why));
        file.skipped.iter().map(told).collect()
    }

    #[test]
    fn an_event_that_is_not_understood_is_left_out_with_its_line_and_the_others_are_taken() {
        for (lines, why) in [
            ("DTSTART:2027\r\n", "x: line 6: “2027” is not a date"),
            ("DTSTART:20271231T160000Z\r\n", "only events of whole days"),
            ("DTSTART;TZID=Europe/Berlin:20271224T120000\r\n", "only events of whole days"),
            ("DTSTART:20270101\r\nRRULE:FREQ=WEEKLY\r\n", "RRULE:FREQ=WEEKLY is not read"),
            ("DTSTART:20270103\r\nDTEND:20270101\r\n", "an event of -2 days"),
            ("DTSTART:20270101\r\nDTEND:99991231\r\n", "days is not a holiday"),
            ("", "no DTSTART"),
            ("DTSTART:20270101\r\nRRULE:FREQ=YEARLY;BYMONTH=13\r\n", "BYMONTH=13 is not read"),
            ("DTSTART:20200229\r\nRRULE:FREQ=YEARLY\r\n", "no day in the years from 2027 to 2027"),
            ("DTSTART:19600101\r\n", "no day in the years from 1996 to 2056"),
            ("DTSTART:20270101\r\nEXDATE:20270101\r\n", "no day in the years from 1996"),
            ("DTSTART:20270101\r\nRRULE:FREQ=YEARLY\r\nRRULE:FREQ=YEARLY\r\n", "is not read"),
            ("DTSTART:20270101\r\nEXRULE:FREQ=YEARLY\r\n", "EXRULE:FREQ=YEARLY is not read"),
            ("DTSTART:20270501\r\nSUMMARY:补班\r\n", "2027-05-01 is both off and work"),
            ("DTSTART:20270314\r\nTRANSP:TRANSPARENT\r\n", "nobody is busy by it"),
            ("DTSTART:20270314\r\nDESCRIPTION:Observance\\nx\r\n", "an observance"),
        ] {
            let christmas = event("DTSTART:20271225\r\nSUMMARY:Christmas\r\n");
            let odd = event(&format!("SUMMARY:x\r\n{lines}"));
            let file = read("cn.ics", &calendar(&format!("{odd}{christmas}")), 2026).unwrap();
            let left = left(&file);
            assert!(left.len() == 1 && left[0].contains(why), "{lines}: {left:?}");
            assert_eq!(file.years[&2027].days_off.len(), 2, "{lines}");
        }
        let cut = calendar("").replace("END:VCALENDAR", "");
        assert!(text(read("cn.ics", &cut, 2026)).contains("END:VCALENDAR"));
    }

    #[test]
    fn what_other_programs_write_is_read() {
        let days = |events: &str| -> Vec<String> {
            let file = read("/home/li/my.ics", &calendar(events), 2026).unwrap();
            assert_eq!(left(&file), Vec::<String>::new());
            let years = file.years.values().flat_map(|year| year.days_off.keys());
            years.map(ToString::to_string).collect()
        };
        let christmas = "DTSTART;TZID=Europe/Berlin:20271225T000000\r\nDTEND;TZID=Europe/Berlin:\
                         20271227T000000\r\nSUMMARY:Weihnachten\r\n";
        let alarm =
            "BEGIN:VALARM\r\nTRIGGER:-P1D\r\nSUMMARY:ring\r\nDURATION:PT5M\r\nEND:VALARM\r\n";
        let whole = ["2027-05-01", "2027-12-25", "2027-12-26"];
        assert_eq!(days(&event(&format!("{christmas}{alarm}"))), whole);
        let lasting = "DTSTART;VALUE=DATE:20271225\r\nDURATION:P2D\r\nSUMMARY:x\r\n";
        assert_eq!(days(&event(lasting)), whole);
        // of years that single days tell
        let yearly = "DTSTART;VALUE=DATE:20201225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:x\r\n";
        assert_eq!(days(&event(yearly)), ["2027-05-01", "2027-12-25"]);
        let source = read("/home/li/my.ics", &calendar(&event(yearly)), 2026).unwrap();
        assert_eq!(source.years[&2027].source, ["my.ics"]);
    }

    #[test]
    fn an_event_stands_for_a_day_of_another_one_of_its_name() {
        let yearly = event("UID:1\r\nDTSTART:20201225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:x\r\n");
        let read = |other: &str| {
            let other = event(&format!("UID:1\r\nSUMMARY:y\r\n{other}"));
            let file = read("x.ics", &calendar(&format!("{other}{yearly}")), 2026).unwrap();
            let days = file.years.values().flat_map(|year| year.days_off.keys());
            let days = days.chain(&file.strays).map(ToString::to_string);
            (days.collect::<Vec<_>>(), left(&file))
        };
        let moved = "RECURRENCE-ID;VALUE=DATE:20271225\r\nDTSTART:20271227\r\n";
        assert_eq!(read(moved).0, ["2027-05-01", "2027-12-27"]);
        let gone = read(&format!("{moved}STATUS:CANCELLED\r\n"));
        assert_eq!(gone.0, ["2027-05-01"]);
        assert!(gone.1[0].contains("no day in the years from 2027 to 2027"), "{:?}", gone.1);
        for untold in [
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20271225\r\nDTSTART:20271227\r\n",
            "RECURRENCE-ID:20271224T230000Z\r\nDTSTART:20271227\r\n",
        ] {
            let (days, left) = read(untold);
            assert_eq!((days, left.len()), (vec!["2027-05-01".to_owned()], 2), "{left:?}");
            assert!(left.iter().all(|left| left.contains("RECURRENCE-ID")), "{left:?}");
        }
    }

    #[test]
    fn a_file_of_more_days_than_holidays_have_is_refused_soon() {
        let long = event("DTSTART:19000101\r\nDTEND:19010101\r\nRRULE:FREQ=YEARLY\r\n");
        let refused = text(read("x.ics", &calendar(&long.repeat(100_000)), 2026));
        assert!(refused.contains("more than 100000 days"), "{refused}");
        let far = event("DTSTART:00010101\r\nRRULE:FREQ=YEARLY;UNTIL=00020101\r\n");
        let file = read("x.ics", &calendar(&far.repeat(50_000)), 2026).unwrap();
        assert_eq!(file.skipped.len(), 50_000);
    }

    #[test]
    fn days_that_all_come_again_are_those_of_this_year_and_the_next() {
        let yearly = |start: &str| {
            event(&format!("DTSTART:{start}\r\nRRULE:FREQ=YEARLY\r\nTRANSP:TRANSPARENT\r\n"))
        };
        let body = yearly("20101225") + &yearly("20100101");
        let text = format!("BEGIN:VCALENDAR\nX-WR-CALNAME:Ferien\n{body}END:VCALENDAR\n");
        let file = read("x.ics", &text, 2026).unwrap();
        assert_eq!(file.years.keys().copied().collect::<Vec<_>>(), [2026, 2027]);
        assert_eq!(file.years[&2026].source, ["Ferien (x.ics)"]);
    }

    #[test]
    fn a_character_may_be_folded_in_two() {
        let folded = b"SUMMARY:\xe5\r\n \x85\xac\r\nX:1\n\ty\n";
        assert_eq!(unfolded(folded), "SUMMARY:公\r\nX:1y\n".as_bytes());
    }
}
