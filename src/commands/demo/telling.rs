//! The story as it is told: of which days, and with which years of the calendar.

use std::{collections::BTreeMap, fs, path::Path};

use chrono::Datelike as _;

use super::{
    Perform,
    days::StoryDays,
    story::{self, StoryStep},
    surroundings,
};
use crate::{
    app::clock::TimeSource,
    domain::base::{calendar::MissingYear, time::Timestamp, zone::Zone},
    error::{Error, IoPlace, Result},
    store::{
        defaults,
        holidays::{self, Years},
    },
};

/// When the story ends, and where.
const END: &str = "2026-11-20T16:30:00+08:00";
const ZONE: &str = "Asia/Shanghai";
/// A year of the calendar for the time before it is published: what is off in each.
const YEAR: &str = include_str!("year.json");
/// Days around the present one that a holiday can stretch the fortnight or its due times to.
const AROUND: i64 = 40;

/// The steps as they are taken, and when the board is looked at.
#[derive(Debug)]
pub(super) struct Telling {
    pub(super) steps: Vec<StoryStep>,
    pub(super) now: Timestamp,
    /// Years that a fresh desk has not got, as they are published.
    pub(super) years: BTreeMap<i32, String>,
}

impl Telling {
    /// The story of November 2026.
    pub(super) fn as_told() -> Self {
        Self { steps: story::steps(), now: end(), years: BTreeMap::new() }
    }

    /// The story of the days that end now.
    ///
    /// # Errors
    /// A present of which no calendar tells.
    pub(super) fn until_now(clock: TimeSource) -> Result<Self> {
        let zone = Zone::named(ZONE).unwrap_or(Zone::UTC);
        let now = clock.now(zone);
        let fresh = defaults::chinese_calendar(Years::new(), zone)?;
        let around = [-AROUND, AROUND].map(|days| now.plus_minutes(days * 24 * 60).date().year());
        let years: BTreeMap<i32, String> = around
            .into_iter()
            .filter(|year| !fresh.is_loaded(*year))
            .map(|year| (year, YEAR.replace("YEAR", &year.to_string())))
            .collect();
        let mut more = Years::new();
        for (year, published) in &years {
            more.extend(holidays::read(&name(*year), published.as_bytes(), *year)?.years);
        }
        let calendar =
            if more.is_empty() { fresh } else { defaults::chinese_calendar(more, zone)? };

        let told = story::steps();
        let days = StoryDays::until(now, end(), &told, &calendar);
        let unknown =
            |missing: MissingYear| Error::Time { flag: "DOCKET_NOW", fault: missing.into() };
        let moved = told.iter().map(|step| days.moved(step).map_err(unknown));
        Ok(Self { steps: moved.collect::<Result<_>>()?, now, years })
    }

    /// Loads the years into the calendar of the desk, in the same way as a published one.
    ///
    /// # Errors
    /// A file that cannot be written beside the repository's own.
    pub(super) fn load_years(
        &self,
        dir: &Path,
        step: &StoryStep,
        perform: Perform<'_>,
    ) -> Result<()> {
        for (year, published) in &self.years {
            let file = dir.join(".git").join(name(*year));
            let failed = |source| Error::Io { what: IoPlace::file(&file), source };
            fs::write(&file, published).map_err(failed)?;
            let words = ["calendar", "import", &file.to_string_lossy()].map(str::to_owned);
            perform(surroundings(dir, &step.person, step.at), &words)?;
            fs::remove_file(&file).map_err(failed)?;
        }
        Ok(())
    }
}

fn name(year: i32) -> String {
    format!("{year}.json")
}

fn end() -> Timestamp {
    END.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::moment::{Moment, Use};

    fn until(now: &str) -> Telling {
        Telling::until_now(TimeSource::Fixed(now.parse().unwrap())).unwrap()
    }

    /// Each time that a step names, as long as it is a word of its own.
    fn named(step: &StoryStep) -> Vec<(usize, Timestamp)> {
        let zone = Zone::named(ZONE).unwrap();
        let read = |word: &String| match Moment::parse(word) {
            Ok(moment @ Moment::On(..)) => moment.resolve(step.at, Use::Due, zone, None).ok(),
            _ => None,
        };
        let words = step.words.iter().enumerate();
        words.filter_map(|(nth, word)| Some((nth, read(word)?))).collect()
    }

    #[test]
    fn a_story_that_ends_when_it_was_told_to_is_as_it_was_told() {
        let (moved, told) = (until(END), Telling::as_told());
        assert_eq!(moved.years, BTreeMap::new());
        for (moved, told) in moved.steps.iter().zip(&told.steps) {
            assert_eq!((moved.at, named(moved)), (told.at, named(told)));
            assert_eq!(moved.words.len(), told.words.len());
        }
    }

    #[test]
    fn only_times_that_follow_a_flag_for_times_or_a_promise_move() {
        let flags = [
            "--at",
            "--done-at",
            "--expected-by",
            "--occurred-at",
            "--received-at",
            "--reply-by",
            "--respond-by",
            "--resume-by",
            "--until",
        ];
        let (moved, told) = (until("2028-03-01T11:11:00+08:00"), Telling::as_told());
        for (moved, told) in moved.steps.iter().zip(&told.steps) {
            for (nth, (is, was)) in moved.words.iter().zip(&told.words).enumerate() {
                let is_flagged = nth > 0 && flags.contains(&told.words[nth - 1].as_str());
                let is_promised = told.words[0] == "promise" && nth == 2;
                assert!(is == was || is_flagged || is_promised, "{was} in {:?}", told.words);
            }
        }
    }

    #[test]
    fn at_any_hour_the_order_is_kept_and_what_lay_ahead_lies_ahead() {
        let told = story::steps();
        // every 35 h 5 min: each hour of the day, through weekends, holidays and the end of a year
        let first: Timestamp = "2026-09-18T00:00:00+08:00".parse().unwrap();
        let moments = (0..100).map(|nth| first.plus_minutes(nth * 2105));
        let edges = ["2024-02-29T23:59:59+08:00", "2028-02-29T00:00:00+08:00"];
        for now in moments.chain(edges.map(|edge| edge.parse().unwrap())) {
            let moved = until(&now.to_string());
            assert!(moved.steps.iter().all(|step| step.at <= now), "{now}");
            for pair in moved.steps.windows(2) {
                assert!(pair[0].at <= pair[1].at, "{now}: {pair:?}");
            }
            for (moved, told) in moved.steps.iter().zip(&told) {
                for ((_, is), (_, was)) in named(moved).into_iter().zip(named(told)) {
                    assert_eq!(is.cmp(&moved.at), was.cmp(&told.at), "{now}: {moved:?}");
                    assert_eq!(is.cmp(&now), was.cmp(&end()), "{now}: {moved:?}");
                }
            }
        }
    }

    #[test]
    fn earlier_days_are_working_days_and_keep_their_clock_times() {
        for (now, first, last) in [
            // a Tuesday at noon; the night before, which is still Monday's
            ("2026-06-09T12:00:00+08:00", "2026-05-27T08:30", "2026-06-09T04:32"),
            ("2026-06-09T07:27:00+08:00", "2026-05-26T08:30", "2026-06-08T23:59"),
            // in a holiday, after which a Saturday is worked
            ("2026-10-04T12:00:00+08:00", "2026-09-18T08:30", "2026-10-04T04:32"),
            ("2026-10-10T12:00:00+08:00", "2026-09-21T08:30", "2026-10-10T04:32"),
            // in a year that is not published
            ("2028-01-03T12:00:00+08:00", "2027-12-21T08:30", "2028-01-03T04:32"),
        ] {
            let steps = until(now).steps;
            let starts = |at: &str| steps.iter().any(|step| step.at.to_string().starts_with(at));
            assert!(steps[0].at.to_string().starts_with(first), "{now}: {}", steps[0].at);
            assert!(starts(last), "{now}");
        }
    }
}
