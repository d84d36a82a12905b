//! Times in the texts of files, told in the desk's zone.
//!
//! A time is an instant. Whatever offset a record keeps it in, whoever looks sees it as the desk's clock
//! showed it; the file stays as it is, for what happened is not written anew.

use std::borrow::Cow;

use crate::{
    domain::{
        base::{time::Timestamp, zone::Zone},
        history::record::Record,
    },
    store::yaml,
};

/// Bytes of `2026-11-22T09:12:00+08:00`.
const LENGTH: usize = 25;
/// Bytes of it before the `T`.
const DAY: usize = 10;

/// What a text is written in, which tells a time from words that look like one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Notation {
    Yaml,
    Json,
}

/// The text with each time written as it is told in `zone`; borrowed where all are.
pub(super) fn told_in(text: &str, zone: Zone, notation: Notation) -> Cow<'_, str> {
    let mut retold = String::new();
    let mut copied = 0;
    for (at, _) in text.match_indices('T') {
        let Some(from) = at.checked_sub(DAY).filter(|from| *from >= copied) else { continue };
        let Some(time) = text.get(from..from + LENGTH) else { continue };
        let Ok(told) = time.parse::<Timestamp>() else { continue };
        if told.is_in(zone) || !stands_alone(&text[..from], &text[from + LENGTH..], notation) {
            continue;
        }
        retold += &text[copied..from];
        retold += &told.in_zone(zone).to_string();
        copied = from + LENGTH;
    }
    if copied == 0 { Cow::Borrowed(text) } else { Cow::Owned(retold + &text[copied..]) }
}

/// Whether a value is nothing but the time between the two: what people wrote is left as it is, and
/// is quoted, or one line of a block.
fn stands_alone(before: &str, behind: &str, notation: Notation) -> bool {
    match notation {
        Notation::Json => {
            before.ends_with('"') && !before.ends_with("\\\"") && behind.starts_with('"')
        }
        Notation::Yaml => {
            let begins = before.ends_with(": ") || before.ends_with("- ");
            begins && behind.starts_with('\n') && !is_in_block(before)
        }
    }
}

/// Whether the last line of a text is one of a literal block: a line above it that is indented less
/// opens one.
fn is_in_block(text: &str) -> bool {
    let mut lines = text.rsplit('\n');
    let mut column = indent(lines.next().unwrap_or_default());
    for line in lines.filter(|line| !line.trim().is_empty()) {
        if column == 0 {
            return false;
        }
        let here = indent(line);
        if here < column {
            if line.rsplit(' ').next().is_some_and(|end| end.starts_with('|')) {
                return true;
            }
            column = here;
        }
    }
    false
}

/// The column of a line's key behind the dashes of a list, or of the dash before a block.
fn indent(line: &str) -> usize {
    let value = line.trim_start_matches([' ', '-']);
    let column = line.len() - value.len();
    if value.starts_with('|') { column.saturating_sub(2) } else { column }
}

/// The record with each of its times written as it is told in `zone`.
pub fn record_in(record: &Record, zone: Zone) -> Cow<'_, Record> {
    let Ok(text) = yaml::to_text(record) else { return Cow::Borrowed(record) };
    match told_in(&text, zone, Notation::Yaml) {
        Cow::Borrowed(_) => Cow::Borrowed(record),
        Cow::Owned(text) => match yaml::from_own(text.as_bytes()) {
            Ok(retold) => Cow::Owned(retold),
            Err(_) => Cow::Borrowed(record),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> Zone {
        Zone::named("Europe/Berlin").unwrap()
    }

    #[test]
    fn every_time_of_a_file_is_told_by_the_clock_of_its_own_day() {
        let text = "at: 2026-10-25T10:00:00+02:00\nlist:\n- 2026-07-01T00:00:00Z\n\
                    - 2026-06-30T22:00:00+00:00\nlast: 2026-10-25T09:00:00+01:00\n";
        assert_eq!(
            told_in(text, berlin(), Notation::Yaml),
            "at: 2026-10-25T09:00:00+01:00\nlist:\n- 2026-07-01T00:00:00Z\n\
             - 2026-07-01T00:00:00+02:00\nlast: 2026-10-25T09:00:00+01:00\n"
        );
        let json = r#"{"due":{"at":"2026-10-25T10:00:00+02:00"},"unknown":"x"}"#;
        assert_eq!(
            told_in(json, berlin(), Notation::Json),
            r#"{"due":{"at":"2026-10-25T09:00:00+01:00"},"unknown":"x"}"#
        );
    }

    #[test]
    fn what_people_wrote_is_left_as_it_is() {
        let told = "2026-10-25T10:00:00+02:00";
        for yaml in [
            format!("need: '{told}'\n"),
            format!("need: at {told}\n"),
            format!("need: |-\n  two lines\n  call: {told}\n"),
            format!("history:\n- note: |2\n     x\n    call: {told}\n"),
            format!("texts:\n- |-\n  first\n  at: {told}\n"),
            format!("at: {told} or so\n"),
        ] {
            assert_eq!(told_in(&yaml, berlin(), Notation::Yaml), yaml);
        }
        let json = format!(r#"{{"need":"he said \"{told}\"","title":"at {told}"}}"#);
        assert_eq!(told_in(&json, berlin(), Notation::Json), json);
    }

    #[test]
    fn a_file_whose_times_are_all_told_here_is_not_copied() {
        let text = "at: 2026-10-25T09:00:00+01:00\ndue: unknown\n";
        assert!(matches!(told_in(text, berlin(), Notation::Yaml), Cow::Borrowed(_)));
    }
}
