//! Opening backlog and what came and went give the closing backlog (A33).

use proptest::prelude::*;

use super::{Story, amended, at, cancel, close_as, confirm, merged, policy, reopen, resolve};
use crate::domain::{
    analysis::kpi::{Kpi, KpiWindow, backlog::Balance, count},
    base::{
        terms::{Exception, Field, State},
        time::Timestamp,
    },
};

fn balance(stories: &[Story], from: Timestamp, to: Timestamp) -> Balance {
    let policy = policy();
    let now = at("12-30 12:00");
    let window = KpiWindow { from, to, now, policy: &policy, repeat_days: 30, only: None };
    count(stories.iter().map(|story| &story.0), &window).balance
}

/// A legal step out of the state that the record is in, chosen by a number; none where it stays.
fn step(story: Story, clock: &str, choice: u8) -> Story {
    match (story.0.status.state, choice % 4) {
        (State::Open, 0) => story.desk(clock, cancel()),
        (State::Open, 1) => {
            let (old, new) = (story.0.status.received_at, at("02 08:00"));
            let set = amended(Field::ReceivedAt, &old.to_string(), &new.to_string());
            if old == new { story } else { story.desk(clock, set) }
        }
        (State::Open, _) => story.acked(clock),
        (State::Acknowledged, 0) => story.desk(clock, merged()),
        (State::Acknowledged, 1) => story.desk(clock, close_as(Exception::Withdrawn)),
        (State::Acknowledged, _) => story.desk(clock, resolve(clock)),
        (State::Resolved, 0) => story.desk(clock, close_as(Exception::Other)),
        (State::Resolved, 1) => story.by("chen", clock, confirm(2)),
        (State::Resolved, _) => story.by("chen", clock, confirm(4)),
        (State::Confirmed, _) => story.desk(clock, super::close()),
        (State::Closed, 0..=1) => story.desk(clock, reopen()),
        (
            State::Routed
            | State::InProgress
            | State::Pending
            | State::Closed
            | State::Cancelled
            | State::Merged,
            _,
        ) => story,
    }
}

fn story(first: u8, choices: &[u8]) -> Story {
    let mut story = Story::fault(&format!("{:02} 09:00", 1 + first % 20));
    for (nth, choice) in choices.iter().enumerate() {
        let day = 1 + usize::from(first % 20) + nth * (1 + usize::from(choice % 3));
        let clock = if day <= 30 {
            format!("{day:02} {:02}:00", 10 + nth)
        } else {
            format!("12-{:02} {:02}:00", day - 30, 10 + nth)
        };
        if at(&clock) >= story.0.status.times.last_at && day < 58 {
            story = step(story, &clock, *choice);
        }
    }
    story
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_came_and_went_gives_what_is_left(
        told_of in prop::collection::vec((0_u8..40, prop::collection::vec(0_u8..12, 0..10)), 0..6),
        from in 1_u32..28,
        length in 1_i64..30,
    ) {
        let stories: Vec<_> = told_of.iter().map(|(first, choices)| story(*first, choices)).collect();
        let from = at(&format!("{from:02} 00:00"));
        let to = from.plus_minutes(length * 24 * 60);
        let balance = balance(&stories, from, to);
        prop_assert_eq!(balance.expected(), balance.closing, "{:?}", balance);
    }

    #[test]
    fn received_is_one_number_wherever_it_is_printed(
        told_of in prop::collection::vec((0_u8..40, prop::collection::vec(0_u8..12, 0..10)), 0..6),
        from in 1_u32..28,
        length in 1_i64..30,
    ) {
        let stories: Vec<_> = told_of.iter().map(|(first, choices)| story(*first, choices)).collect();
        let from = at(&format!("{from:02} 00:00"));
        let (to, now, policy) = (from.plus_minutes(length * 24 * 60), at("12-30 12:00"), policy());
        let window = KpiWindow { from, to, now, policy: &policy, repeat_days: 30, only: None };
        let counted = count(stories.iter().map(|story| &story.0), &window);
        let figure = i64::from(counted.figure(Kpi::Received).all);
        prop_assert_eq!(counted.balance.received, figure, "{:?}", counted.balance);
    }

    #[test]
    fn the_closing_of_one_period_is_the_opening_of_the_next(
        told_of in prop::collection::vec((0_u8..40, prop::collection::vec(0_u8..12, 0..10)), 0..6),
        cut in 2_u32..28,
    ) {
        let stories: Vec<_> = told_of.iter().map(|(first, choices)| story(*first, choices)).collect();
        let cut = at(&format!("{cut:02} 00:00"));
        let first = balance(&stories, at("01 00:00"), cut);
        let second = balance(&stories, cut, at("12-20 00:00"));
        prop_assert_eq!(first.closing, second.opening);
    }
}

#[test]
fn a_receipt_moved_into_another_period_is_told_apart() {
    let old = at("23 09:00").to_string();
    let moved = Story::fault("23 09:00")
        .desk("23 10:00", amended(Field::ReceivedAt, &old, &at("20 09:00").to_string()));
    let found = balance(&[moved], at("22 00:00"), at("24 00:00"));
    assert_eq!((found.opening, found.received, found.corrected, found.closing), (0, 0, 1, 1));
}

#[test]
fn ages_are_in_working_days_with_both_sides_of_each_edge() {
    // A working day has 450 minutes; from Monday 09:00 on.
    let ages = |until: &str| balance(&[Story::fault("02 09:00")], at("01 00:00"), at(until)).ages;
    assert_eq!(ages("02 18:00").to_1, 1);
    assert_eq!(ages("03 09:01").to_3, 1);
    assert_eq!(ages("04 18:00").to_3, 1);
    assert_eq!(ages("05 09:01").to_7, 1);
    assert_eq!(ages("10 18:00").to_7, 1);
    assert_eq!(ages("11 09:01").to_30, 1);
    assert_eq!(ages("12-11 18:00").to_30, 1);
    assert_eq!(ages("12-14 09:01").older, 1);
}
