//! Calendar files that telephones and mail programs read (RFC 5545).

use crate::domain::base::{characters::escaped, print::utc_digits, time::Timestamp};

/// The most bytes of a line without its end.
const LINE: usize = 75;

/// Something that lasts from one time to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    /// By which a calendar knows it again when it was moved.
    pub uid: String,
    /// When it was last changed.
    pub changed_at: Timestamp,
    pub from: Timestamp,
    pub until: Timestamp,
    pub summary: String,
    pub location: String,
}

/// The events as one file.
pub fn calendar(events: &[CalendarEntry]) -> String {
    let mut file = String::new();
    let mut put = |name: &str, value: &str| {
        file += &folded(&format!("{name}:{value}"));
        file += "\r\n";
    };
    put("BEGIN", "VCALENDAR");
    put("VERSION", "2.0");
    put("PRODID", "-//docket//visits//EN");
    for event in events {
        put("BEGIN", "VEVENT");
        put("UID", &text(&event.uid));
        put("DTSTAMP", &utc_digits(event.changed_at));
        put("DTSTART", &utc_digits(event.from));
        put("DTEND", &utc_digits(event.until));
        put("SUMMARY", &text(&event.summary));
        put("LOCATION", &text(&event.location));
        put("END", "VEVENT");
    }
    put("END", "VCALENDAR");
    file
}

/// A text as a value: nothing in it ends the value or the line, or moves the cursor of a terminal.
fn text(told: &str) -> String {
    let seen = escaped(told, |c| (c == '\n').then(|| "\n".into()));
    let mut value = String::with_capacity(seen.len());
    for c in seen.chars() {
        match c {
            '\\' | ';' | ',' => value.extend(['\\', c]),
            '\n' => value += "\\n",
            _ => value.push(c),
        }
    }
    value
}

/// A line that goes on behind a blank in the next one before it is too long, between characters.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + line.len() / LINE * 3);
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LINE {
            folded += "\r\n ";
            length = 1;
        }
        folded.push(c);
        length += c.len_utf8();
    }
    folded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_event_is_spelled_as_calendars_read_it() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let event = CalendarEntry {
            uid: "01K4QB3V9T8Z6N5M2R1W0XYABC".to_owned(),
            changed_at: at("2026-11-23T09:00:00+08:00"),
            from: at("2026-11-23T00:30:00+08:00"),
            until: at("2026-11-23T16:00:05-05:00"),
            summary: "Harbour; C:\\x, \"y\"\nEND:VEVENT\u{1b}[31m".to_owned(),
            location: "海港路 5 号".to_owned(),
        };
        let told = calendar(&[event]);
        assert_eq!(
            told,
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//docket//visits//EN\r\nBEGIN:VEVENT\r\n\
             UID:01K4QB3V9T8Z6N5M2R1W0XYABC\r\nDTSTAMP:20261123T010000Z\r\n\
             DTSTART:20261122T163000Z\r\nDTEND:20261123T210005Z\r\n\
             SUMMARY:Harbour\\; C:\\\\x\\, \"y\"\\nEND:VEVENT\\\\u{1b}[31m\r\n\
             LOCATION:海港路 5 号\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_line_is_folded_at_75_bytes_and_unfolds_to_itself(line in "[a-z ,é海😀]{0,200}") {
            let told = folded(&line);
            prop_assert!(told.split("\r\n").all(|part| part.len() <= LINE), "{told:?}");
            let rest = told.split("\r\n").skip(1);
            prop_assert!(rest.clone().all(|part| part.starts_with(' ')), "{told:?}");
            prop_assert_eq!(told.replace("\r\n ", ""), line.clone());
            // no line is folded before it has to be
            let lines = line.len().saturating_sub(LINE - 3).div_ceil(LINE - 4);
            prop_assert!(rest.count() <= lines, "{told:?}");
        }
    }
}
