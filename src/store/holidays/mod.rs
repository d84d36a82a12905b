//! Years of the working calendar as others publish them: holiday-cn JSON and iCalendar files.

mod event;
mod icalendar;
mod recurrence;

use std::{borrow::Cow, collections::BTreeMap};

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::{
    domain::base::{
        calendar::rules::{CalendarRules, WorkedDay, YearRules},
        characters::BYTE_ORDER_MARK,
        rule_place::RulePlace,
    },
    store::{
        error::{Error, HolidayFault, PolicyFault, Result},
        git::FileChange,
        layout, policy_edit,
        rule_edit::RuleText,
        view::View,
        yaml::{self, YamlError},
    },
};

/// The largest file of holidays, in bytes: a real one has a few thousand.
pub const LARGEST: u64 = 16 << 20;

/// Years by their number.
pub type Years = BTreeMap<i32, YearRules>;

/// What a file of holidays holds.
#[derive(Debug, Default)]
pub struct HolidayFile {
    /// Years that the file tells whole.
    pub years: Years,
    /// Days of other years, such as a Saturday in December that is worked for New Year's Day. A
    /// year of which only these were known would look as if it had no holidays.
    pub strays: Vec<NaiveDate>,
    /// Events that were not taken, by what they are called, each with its line and why.
    pub skipped: Vec<(String, Error)>,
}

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

/// Reads a holiday-cn or iCalendar file, named `name` in errors, in the year `present`.
///
/// # Errors
/// A file of another kind, or one that is cut short.
pub fn read(name: &str, bytes: &[u8], present: i32) -> Result<HolidayFile> {
    let broken = |fault: HolidayFault| {
        let fault = PolicyFault::Holidays(fault);
        Error::policy(name, None, fault)
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        // lines may be folded within a character
        Err(_) => match String::from_utf8(icalendar::unfolded(bytes)) {
            Ok(text) => Cow::Owned(text),
            Err(_) => return Err(broken(HolidayFault::NotUtf8)),
        },
    };
    let text = text.trim_start_matches(BYTE_ORDER_MARK).trim_start();
    if text.get(..15).is_some_and(|begin| begin.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return icalendar::read(name, text, present);
    }
    let file: HolidayCn = serde_json::from_str(text)
        .map_err(|fault| broken(HolidayFault::Unknown { why: fault.to_string() }))?;
    if !(1000..=9999).contains(&file.year) {
        return Err(broken(HolidayFault::NotAYear { given: file.year }));
    }
    let mut published = HolidayFile::default();
    let source = if file.papers.is_empty() { vec![file_name(name)] } else { file.papers };
    let rules = YearRules { source, ..YearRules::default() };
    let year = published.years.entry(file.year).or_insert(rules);
    for Day { name: holiday, date, off } in file.days {
        if date.year() != file.year {
            published.strays.push(date);
        } else if !put(year, date, holiday, off) {
            return Err(broken(HolidayFault::BothOffAndWork { day: date }));
        }
    }
    if year.days_off.is_empty() {
        return Err(broken(HolidayFault::NoDayOff { year: file.year }));
    }
    Ok(published)
}

/// Adds a day; false when the year has it the other way round.
fn put(year: &mut YearRules, date: NaiveDate, name: String, off: bool) -> bool {
    if off {
        year.days_off.entry(date).or_insert(name);
        !year.work.contains_key(&date)
    } else {
        year.work.entry(date).or_insert(WorkedDay::MakeUp(name));
        !year.days_off.contains_key(&date)
    }
}

/// `policy/calendar.yaml` as the calendar that holds, with more years in the place of blank ones and at its
/// end; what is there stays as it is.
///
/// # Errors
/// A file that cannot be read, or in which the years cannot be written so that they are read back.
pub fn with_years(view: &View<'_>, years: &Years) -> Result<FileChange> {
    let path = layout::CALENDAR;
    let text = view
        .text(&view.rules_at(path)?)?
        .ok_or_else(|| Error::NoPolicy { path: path.to_owned() })?;
    let mut rules: CalendarRules = view.required("calendar")?;
    let broken = |source| Error::broken(path, source);
    let mut blocks = Vec::new();
    for (year, dates) in years {
        blocks.push((*year, spelled(*year, dates).map_err(broken)?));
        rules.years.insert(*year, dates.clone());
    }
    let mut section = "years:\n".to_owned();
    for (year, dates) in &rules.years {
        section += &spelled(*year, dates).map_err(broken)?;
    }
    let among = among(&without(&text, years), blocks);
    let section = policy_edit::with_section(&text, "years", &section);
    let texts = among.into_iter().chain([section]);
    let texts = texts.map(|edited| policy_edit::ended_as(&text, edited));
    policy_edit::read_back(path, &rules, &text, texts)
}

/// A file of rules with a year of holidays at a place, in lines of its own.
///
/// # Errors
/// [`PolicyFault::NotReadBack`] where the file is spelled so that it cannot be put there.
pub fn with_year(rules: &RuleText, place: &RulePlace, dates: &YearRules) -> Result<RuleText> {
    let not_read_back = || Error::policy(rules.path(), None, PolicyFault::NotReadBack);
    let wanted = serde_json::to_value(dates).map_err(|_| not_read_back())?;
    rules.with_values(place, &wanted).ok_or_else(not_read_back)
}

/// What a file is called, without where it lies.
fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// The text with blocks of years among those that it has, each before the first later one; `None` where
/// the years are written otherwise than in blocks of their own.
fn among(text: &str, blocks: Vec<(i32, String)>) -> Option<String> {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    if let Some(last) = lines.last_mut().filter(|last| !last.ends_with('\n')) {
        last.push('\n');
    }
    let begin = lines.iter().position(|line| policy_edit::key_of(line) == Some("years"))?;
    if lines[begin].trim_end().ends_with("{}") {
        "years:\n".clone_into(&mut lines[begin]);
    }
    for (year, block) in blocks {
        let is_aside = |line: &String| line.trim().is_empty() || line.trim_start().starts_with('#');
        let place = (begin + 1..lines.len()).find(|at| {
            let line = &lines[*at];
            let is_key = !line.starts_with(char::is_whitespace) && !is_aside(line);
            is_key || year_of(line).is_some_and(|other| other > year)
        });
        let mut place = place.unwrap_or(lines.len());
        // what stands above a block belongs to it
        while place < lines.len() && place > begin + 1 && is_aside(&lines[place - 1]) {
            place -= 1;
        }
        let block = block.split_inclusive('\n').map(str::to_owned);
        lines.splice(place..place, block.collect::<Vec<_>>());
    }
    Some(lines.concat())
}

/// The year that a line begins, as docket writes it.
fn year_of(line: &str) -> Option<i32> {
    let year = line.strip_prefix("  ")?.split('#').next()?.trim_end().strip_suffix(':')?;
    year.parse().ok()
}

/// The text without the blocks of these years, which are blank.
fn without(text: &str, years: &Years) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for line in text.lines() {
        let depth = line.len() - line.trim_start().len();
        if year_of(line).is_some_and(|year| years.contains_key(&year)) {
            inside = true;
        } else if !inside || depth <= 2 {
            inside = false;
            kept += &format!("{line}\n");
        }
    }
    kept
}

/// A year as people write it.
fn spelled(year: i32, rules: &YearRules) -> std::result::Result<String, YamlError> {
    let mut text = format!("  {year}:\n    source:");
    for source in &rules.source {
        text += &format!("\n      - {}", yaml::to_text(source)?.trim_end());
    }
    text += if rules.source.is_empty() { " []\n    days_off:" } else { "\n    days_off:" };
    for (date, name) in &rules.days_off {
        text += &format!("\n      {date}: {}", yaml::to_text(name)?.trim_end());
    }
    text += if rules.days_off.is_empty() { " {}\n" } else { "\n" };
    text += if rules.work.is_empty() { "" } else { "    work:\n" };
    for (date, day) in &rules.work {
        let day = match day {
            WorkedDay::MakeUp(name) => yaml::to_text(name)?.trim_end().to_owned(),
            WorkedDay::Hours(windows) => {
                let windows: Vec<_> = windows.iter().map(|it| format!("\"{it}\"")).collect();
                format!("[{}]", windows.join(", "))
            }
        };
        text += &format!("      {date}: {day}\n");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{
        domain::base::{
            calendar::{Calendar, rules::Week},
            document::Document,
            zone::Zone,
        },
        words::{Lang, Words},
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A working week of 09:00-12:00 and 13:30-18:00 in the years that were published; `None`
    /// where the files are not at hand.
    fn china() -> Option<Calendar> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/holiday-cn");
        let mut years = Years::new();
        for year in [2018, 2021, 2024, 2025, 2026] {
            let bytes = std::fs::read(folder.join(format!("{year}.json"))).ok()?;
            years.extend(read("holiday-cn", &bytes, 2026).unwrap().years);
        }
        let worked = vec!["09:00-12:00".parse().unwrap(), "13:30-18:00".parse().unwrap()];
        let week = Week {
            monday: worked.clone(),
            tuesday: worked.clone(),
            wednesday: worked.clone(),
            thursday: worked.clone(),
            friday: worked,
            ..Week::default()
        };
        let document = Document {
            version: 1,
            effective_on: day("2018-01-01"),
            reviewed_by: String::new(),
            approved_by: String::new(),
        };
        let rules = CalendarRules { document, week, years };
        Some(Calendar::new(rules, Zone::named("Asia/Shanghai").unwrap()).unwrap())
    }

    #[test]
    fn one_working_day_by_the_published_years_from_2018_to_2026() {
        let Some(calendar) = china() else { return };
        for (received, due) in [
            // two Saturdays and Sundays worked before the National Day of 2018
            ("2018-09-28T17:30:00+08:00", "2018-09-29T17:30:00+08:00"),
            ("2018-09-30T17:00:00+08:00", "2018-10-08T17:00:00+08:00"),
            ("2021-05-07T17:00:00+08:00", "2021-05-08T17:00:00+08:00"),
            ("2024-02-02T17:00:00+08:00", "2024-02-04T17:00:00+08:00"),
            ("2024-02-09T18:00:00+08:00", "2024-02-18T18:00:00+08:00"),
            ("2024-02-03T10:00:00+08:00", "2024-02-04T18:00:00+08:00"),
            ("2025-01-24T16:00:00+08:00", "2025-01-26T16:00:00+08:00"),
            ("2025-09-30T12:30:00+08:00", "2025-10-09T12:00:00+08:00"),
            ("2026-02-13T17:00:00+08:00", "2026-02-14T17:00:00+08:00"),
            ("2026-02-14T17:00:00+08:00", "2026-02-24T17:00:00+08:00"),
        ] {
            let due_at = calendar.add_working_days(received.parse().unwrap(), 1).unwrap();
            assert_eq!(due_at.to_string(), due, "received {received}");
            let back = calendar.sub(due_at, calendar.working_day_minutes()).unwrap();
            assert_eq!(calendar.between(back, due_at), Ok(450), "back from {due}");
        }
    }

    #[test]
    fn holiday_cn_keeps_its_papers_and_tells_days_off_from_make_up_days() {
        let json = r#"{"year": 2027, "papers": ["https://example.org/p"], "days": [
            {"name": "元旦", "date": "2026-12-26", "isOffDay": false},
            {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
            {"name": "元旦", "date": "2027-01-03", "isOffDay": false}]}"#;
        let published = read("2027.json", format!("\u{feff}{json}").as_bytes(), 2026).unwrap();
        let year = &published.years[&2027];
        assert_eq!(year.source, ["https://example.org/p"]);
        assert_eq!(year.days_off[&day("2027-01-01")], "元旦");
        assert_eq!(year.work[&day("2027-01-03")], WorkedDay::MakeUp("元旦".to_owned()));
        assert_eq!(published.years.len(), 1, "a day of 2026 does not make 2026 known");
        assert_eq!(published.strays, [day("2026-12-26")]);
    }

    #[test]
    fn a_year_is_written_as_it_is_read() {
        let mut year = YearRules { source: vec!["gov: \"x\"".to_owned()], ..YearRules::default() };
        assert!(put(&mut year, day("2027-01-01"), "New Year: day".to_owned(), true));
        assert!(put(&mut year, day("2027-01-03"), "元旦".to_owned(), false));
        assert!(!put(&mut year, day("2027-01-01"), "x".to_owned(), false));
        year.work.remove(&day("2027-01-01"));
        let hours = vec!["09:00-12:00".parse().unwrap(), "13:00-14:00".parse().unwrap()];
        year.work.insert(day("2027-12-24"), WorkedDay::Hours(hours));
        for year in [year, YearRules::default()] {
            let text = spelled(2027, &year).unwrap();
            let read: BTreeMap<i32, YearRules> = yaml::from_slice(text.as_bytes()).unwrap();
            assert_eq!(read[&2027], year, "{text}");
        }
    }

    #[test]
    fn a_file_that_is_no_calendar_is_refused_with_its_reason() {
        let off = |days: &str| format!(r#"{{"year": 2027, "papers": [], "days": [{days}]}}"#);
        for (text, why) in [
            ("{".to_owned(), "neither holiday-cn JSON nor iCalendar"),
            (off(""), "2027 has no day off"),
            (off("").replace("2027", "27"), "27 is not a year"),
            (
                off(r#"{"name": "a", "date": "2027-01-01", "isOffDay": true},
                    {"name": "b", "date": "2027-01-01", "isOffDay": false}"#),
                "2027-01-01 is both off and work",
            ),
            (off(r#"{"name": "a", "date": "2027-02-30", "isOffDay": true}"#), "holiday-cn"),
        ] {
            let error = Words::new(Lang::default())
                .store_error(&read("x.json", text.as_bytes(), 2026).unwrap_err());
            assert!(error.contains(why), "{text}: {error}");
        }
        assert!(read("x.json", &[0xff, 0xfe], 2026).is_err());
    }
}
