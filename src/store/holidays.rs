//! Years of the working calendar as others publish them: holiday-cn JSON and iCalendar files.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use serde::Deserialize;

use crate::{
    domain::calendar::rules::YearRules,
    store::{
        error::{Error, Result},
        git::FileChange,
        view::View,
        yaml,
    },
};

/// The calendar of a desk.
const PATH: &str = "policy/calendar.yaml";
/// The most days that one entry of an iCalendar file may span.
const LONGEST: u64 = 366;
/// What the name of a make-up working day says.
const WORKED: [&str; 4] = ["补班", "上班", "(班)", "（班）"];

/// Years by their number.
pub type Years = BTreeMap<i32, YearRules>;

#[derive(Deserialize)]
struct HolidayCn {
    year: i32,
    papers: Vec<String>,
    days: Vec<Day>,
}

#[derive(Deserialize)]
struct Day {
    name: String,
    date: NaiveDate,
    #[serde(rename = "isOffDay")]
    off: bool,
}

/// Reads a holiday-cn or iCalendar file, named `name` in errors.
///
/// # Errors
/// A file that is neither, or a date that is none.
pub fn read(name: &str, bytes: &[u8]) -> Result<Years> {
    let broken = |message: String| Error::Policy { path: name.to_owned(), line: None, message };
    let text = std::str::from_utf8(bytes).map_err(|fault| broken(fault.to_string()))?;
    if text.trim_start().starts_with("BEGIN:VCALENDAR") {
        return icalendar(name, text);
    }
    let file: HolidayCn = serde_json::from_str(text)
        .map_err(|fault| broken(format!("neither holiday-cn JSON nor iCalendar: {fault}")))?;
    let mut years = Years::new();
    years.insert(file.year, YearRules { source: file.papers.clone(), ..YearRules::default() });
    for Day { name, date, off } in file.days {
        put(&mut years, &file.papers, date, name, off);
    }
    Ok(years)
}

fn put(years: &mut Years, source: &[String], date: NaiveDate, name: String, off: bool) {
    let year = years
        .entry(date.year())
        .or_insert_with(|| YearRules { source: source.to_vec(), ..YearRules::default() });
    if off {
        year.off.insert(date, name);
    } else {
        year.work.insert(date, name);
    }
}

/// All-day events: days off, unless their name says that they are worked.
fn icalendar(name: &str, text: &str) -> Result<Years> {
    let mut years = Years::new();
    let source = vec![name.to_owned()];
    let (mut from, mut to, mut summary) = (None, None, String::new());
    for (nth, line) in text.lines().enumerate() {
        let Some((key, value)) = line.trim_end().split_once(':') else {
            continue;
        };
        let date = || {
            NaiveDate::parse_from_str(value.get(..8).unwrap_or(value), "%Y%m%d").map_err(|_| {
                let message = format!("“{value}” is no date like 20260101");
                Error::Policy { path: name.to_owned(), line: Some(nth + 1), message }
            })
        };
        match (key.split(';').next().unwrap_or(key), value) {
            ("BEGIN", "VEVENT") => (from, to, summary) = (None, None, String::new()),
            ("DTSTART", _) => from = Some(date()?),
            ("DTEND", _) => to = Some(date()?),
            ("SUMMARY", _) => value.clone_into(&mut summary),
            ("END", "VEVENT") => {
                let Some(first) = from else { continue };
                let off = !WORKED.iter().any(|word| summary.contains(word));
                let days = to.map_or(1, |end: NaiveDate| (end - first).num_days().max(1));
                for day in 0..u64::try_from(days).unwrap_or(1).min(LONGEST) {
                    if let Some(date) = first.checked_add_days(Days::new(day)) {
                        put(&mut years, &source, date, summary.clone(), off);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(years)
}

/// `policy/calendar.yaml` with more years at its end; what is there stays as it is.
///
/// # Errors
/// A calendar that is missing or cannot be written.
pub fn with_years(view: &View<'_>, years: &Years) -> Result<FileChange> {
    let path = PATH.to_owned();
    let mut text = view.text(PATH)?.ok_or_else(|| Error::NoPolicy { path: path.clone() })?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let broken = |source| Error::Broken { path: path.clone(), source };
    for (year, rules) in years {
        text += &format!("  {year}:\n");
        text += &indented(&yaml::to_text(&rules.source).map_err(broken)?, "source");
        for (key, dates) in [("off", &rules.off), ("work", &rules.work)] {
            if dates.is_empty() && key == "work" {
                continue;
            }
            text += &format!("    {key}:{}\n", if dates.is_empty() { " {}" } else { "" });
            for (date, name) in dates {
                let name = yaml::to_text(name).map_err(broken)?;
                text += &format!("      {date}: {}\n", name.trim_end());
            }
        }
    }
    Ok(FileChange { path, content: Some(text.into_bytes()) })
}

fn indented(list: &str, key: &str) -> String {
    if list.trim() == "[]" {
        return format!("    {key}: []\n");
    }
    let lines: String = list.lines().map(|line| format!("    {line}\n")).collect();
    format!("    {key}:\n{lines}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn holiday_cn_keeps_its_papers_and_tells_days_off_from_make_up_days() {
        let json = r#"{"year": 2027, "papers": ["https://example.org/p"], "days": [
            {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
            {"name": "元旦", "date": "2027-01-03", "isOffDay": false}]}"#;
        let years = read("2027.json", json.as_bytes()).unwrap();
        let year = &years[&2027];
        assert_eq!(year.source, ["https://example.org/p"]);
        assert_eq!(year.off[&day("2027-01-01")], "元旦");
        assert_eq!(year.work[&day("2027-01-03")], "元旦");
    }

    #[test]
    fn an_icalendar_event_spans_its_days_and_a_worked_one_is_a_make_up_day() {
        let ics = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270206\r\n\
            DTEND;VALUE=DATE:20270208\r\nSUMMARY:春节\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n\
            DTSTART;VALUE=DATE:20270220\r\nSUMMARY:春节 补班\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let years = read("cn.ics", ics.as_bytes()).unwrap();
        assert_eq!(years[&2027].off.len(), 2);
        assert_eq!(years[&2027].work.len(), 1);
        assert!(read("cn.ics", b"BEGIN:VCALENDAR\nDTSTART:2027\n").is_err());
        assert!(read("x", b"{").is_err());
    }
}
