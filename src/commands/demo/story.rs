//! Reads the story of the sample desk: who did what when, in the words of the command line;
//! the home of `shlex`.

use shlex::{Shlex, try_quote};

use crate::domain::base::time::Timestamp;

const STORY: &str = include_str!("story.txt");

/// A step as somebody of the story types it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StoryStep {
    pub(super) at: Timestamp,
    pub(super) person: String,
    pub(super) words: Vec<String>,
    /// Name of the matter it belongs to.
    pub(super) thread: String,
}

/// Every step of the story in the order of time.
pub(super) fn steps() -> Vec<StoryStep> {
    let mut steps = read(STORY);
    steps.sort_by_key(|step| step.at);
    steps
}

/// A word as it is typed, in quotes where a shell would take it apart.
pub(super) fn typed(word: &str) -> String {
    try_quote(word).map_or_else(|_| word.to_owned(), Into::into)
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
        assert_eq!(steps().len(), lines.count());
        for line in STORY.lines() {
            assert!(shlex::split(line).is_some(), "{line}");
        }
    }
}
