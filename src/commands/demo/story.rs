//! The story of the sample desk: who did what when, in the words of the command line.

use chrono::Datelike as _;
use shlex::Shlex;

use super::days::StoryDays;
use crate::{
    domain::base::{calendar::MissingYear, time::Timestamp, zone::Zone},
    error::{Error, Result},
    store::defaults,
};

const STORY: &str = include_str!("story.txt");
/// When it ends as it is told.
const END: &str = "2026-11-20T16:30:00+08:00";
/// Days around the present one that a holiday can stretch the fortnight or its due times to.
const AROUND: i64 = 40;

/// A step as somebody of the story types it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StoryStep {
    pub(super) at: Timestamp,
    pub(super) person: String,
    pub(super) words: Vec<String>,
    /// Name of the matter it belongs to.
    pub(super) thread: String,
}

/// The steps in the order of time, and when the board is looked at.
#[derive(Debug)]
pub(super) struct DemoStory {
    pub(super) steps: Vec<StoryStep>,
    pub(super) now: Timestamp,
}

impl DemoStory {
    /// The story of November 2026.
    pub(super) fn fixed() -> Self {
        let mut steps = read(STORY);
        steps.sort_by_key(|step| step.at);
        Self { steps, now: END.parse().unwrap_or_default() }
    }

    /// The story of the working days that end `now`. Years of which a fresh calendar does not tell count as
    /// without holidays.
    ///
    /// # Errors
    /// A present of which no calendar tells.
    pub(super) fn until(now: Timestamp) -> Result<Self> {
        let told = Self::fixed();
        let zone = zone();
        let fresh = defaults::chinese_calendar(&[], zone)?;
        let around = [-AROUND, AROUND].map(|days| now.plus_minutes(days * 24 * 60).date().year());
        let mut missing: Vec<i32> =
            around.into_iter().filter(|year| !fresh.is_loaded(*year)).collect();
        missing.dedup();
        let calendar = defaults::chinese_calendar(&missing, zone)?;

        let days = StoryDays::until(now, told.now, &told.steps, &calendar);
        let unknown =
            |missing: MissingYear| Error::Time { flag: "DOCKET_NOW", fault: missing.into() };
        let moved = told.steps.iter().map(|step| days.moved(step).map_err(unknown));
        let mut steps: Vec<StoryStep> = moved.collect::<Result<_>>()?;
        if let Some(founding) = steps.first().cloned() {
            let loads = missing.iter().map(|year| {
                let words = ["calendar", "import", "--no-holidays", &year.to_string()];
                StoryStep { words: words.map(str::to_owned).to_vec(), ..founding.clone() }
            });
            steps.splice(1..1, loads.collect::<Vec<_>>());
        }
        Ok(Self { steps, now })
    }
}

/// Where the story plays.
pub(super) fn zone() -> Zone {
    Zone::named("Asia/Shanghai").unwrap_or(Zone::UTC)
}

fn read(story: &str) -> Vec<StoryStep> {
    let mut steps: Vec<StoryStep> = Vec::new();
    let mut thread = "";
    for line in story.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            thread = name;
        } else if line.starts_with(' ') {
            if let Some(step) = steps.last_mut() {
                step.words.extend(Shlex::new(line));
            }
        } else if let [day, clock, person, told] = line.splitn(4, ' ').collect::<Vec<_>>()[..]
            && let Ok(at) = format!("2026-11-{day}T{clock}:00+08:00").parse()
        {
            steps.push(StoryStep {
                at,
                person: person.to_owned(),
                words: Shlex::new(told).collect(),
                thread: thread.to_owned(),
            });
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::moment::{Moment, Use};

    #[test]
    fn a_line_with_blanks_before_it_goes_on_from_the_line_above() {
        let steps = read("# told\n== vpn\n09 09:02 chen open fault \"no VPN\"\n    --need \"\"\n");
        let words = ["open", "fault", "no VPN", "--need", ""];
        assert_eq!(
            steps,
            [StoryStep {
                at: "2026-11-09T09:02:00+08:00".parse().unwrap(),
                person: "chen".to_owned(),
                words: words.map(str::to_owned).to_vec(),
                thread: "vpn".to_owned(),
            }]
        );
    }

    #[test]
    fn every_line_of_the_story_is_a_step_a_thread_a_remark_or_goes_on() {
        let lines = STORY.lines().filter(|line| {
            let apart = [" ", "#", "== "];
            !line.is_empty() && !apart.iter().any(|mark| line.starts_with(mark))
        });
        assert_eq!(DemoStory::fixed().steps.len(), lines.count());
        for line in STORY.lines() {
            assert!(shlex::split(line).is_some(), "{line}");
        }
    }

    /// The steps of a story that ends so, but for what loads years into its calendar.
    fn until(now: &str) -> Vec<StoryStep> {
        let mut steps = DemoStory::until(now.parse().unwrap()).unwrap().steps;
        steps.retain(|step| step.words[0] != "calendar");
        steps
    }

    /// Each time that a step names, as long as it is a word of its own.
    fn named(step: &StoryStep) -> Vec<(usize, Timestamp)> {
        let read = |word: &String| match Moment::parse(word) {
            Ok(moment @ Moment::On(..)) => moment.resolve(step.at, Use::Due, zone(), None).ok(),
            _ => None,
        };
        let words = step.words.iter().enumerate();
        words.filter_map(|(nth, word)| Some((nth, read(word)?))).collect()
    }

    #[test]
    fn a_story_that_ends_when_it_was_told_to_is_as_it_was_told() {
        let (moved, told) = (DemoStory::until(END.parse().unwrap()).unwrap(), DemoStory::fixed());
        assert_eq!(moved.steps.len(), told.steps.len());
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
            "--consent-at",
            "--window",
        ];
        let (moved, told) = (until("2028-03-01T11:11:00+08:00"), DemoStory::fixed().steps);
        for (moved, told) in moved.iter().zip(&told) {
            for (nth, (is, was)) in moved.words.iter().zip(&told.words).enumerate() {
                let is_flagged = nth > 0 && flags.contains(&told.words[nth - 1].as_str());
                let is_promised = told.words[0] == "promise" && nth == 2;
                assert!(is == was || is_flagged || is_promised, "{was} in {:?}", told.words);
            }
        }
    }

    #[test]
    fn at_any_hour_the_order_is_kept_and_what_lay_ahead_lies_ahead() {
        let DemoStory { steps: told, now: end } = DemoStory::fixed();
        // every 35 h 5 min: each hour of the day, through weekends, holidays and the end of a year
        let first: Timestamp = "2026-09-18T00:00:00+08:00".parse().unwrap();
        let moments = (0..100).map(|nth| first.plus_minutes(nth * 2105));
        let edges = ["2024-02-29T23:59:59+08:00", "2028-02-29T00:00:00+08:00"];
        for now in moments.chain(edges.map(|edge| edge.parse().unwrap())) {
            let moved = until(&now.to_string());
            assert!(moved.iter().all(|step| step.at <= now), "{now}");
            for pair in moved.windows(2) {
                assert!(pair[0].at <= pair[1].at, "{now}: {pair:?}");
            }
            for (moved, told) in moved.iter().zip(&told) {
                for ((_, is), (_, was)) in named(moved).into_iter().zip(named(told)) {
                    assert_eq!(is.cmp(&moved.at), was.cmp(&told.at), "{now}: {moved:?}");
                    assert_eq!(is.cmp(&now), was.cmp(&end), "{now}: {moved:?}");
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
            let steps = until(now);
            let starts = |at: &str| steps.iter().any(|step| step.at.to_string().starts_with(at));
            assert!(steps[0].at.to_string().starts_with(first), "{now}: {}", steps[0].at);
            assert!(starts(last), "{now}");
        }
    }
}
