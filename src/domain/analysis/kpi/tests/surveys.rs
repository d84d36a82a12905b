//! Surveys count by the sample that they were drawn for, as the survey report counts them.

use super::{
    Story, accept, answered, cases, close, confirm, of_november, reopen, resolve, respond, route,
    sent,
};
use crate::domain::{
    analysis::kpi::{Kpi, figure::Figure},
    history::steps::survey_send::{SampleDraw, SurveySend},
};

/// Solved and closed on 23 November.
fn closed() -> Story {
    let story = Story::fault("23 09:00").acked("23 09:10").at_work("23 09:20", "23 09:50");
    story.unit("23 10:00", respond()).closed("23 12:00", "23 13:00")
}

/// Sent for the sample of November.
fn drawn(until: &str) -> SurveySend {
    let period = "2026-11".parse().unwrap();
    let drawn = Some(SampleDraw { period, sample: 20, cap_per_customer: 3 });
    SurveySend { drawn, ..sent(until) }
}

fn of_december(stories: &[Story], kpi: Kpi) -> (u32, u32) {
    let figure = Figure::of(kpi, &cases(stories, kpi, "12-01 00:00", "12-31 00:00"));
    (figure.met, figure.all)
}

#[test]
fn a_sample_counts_in_its_own_month_whenever_it_was_answered() {
    let asked = closed().desk("12-01 09:00", drawn("12-15 09:00"));
    let content = asked.clone().desk("12-02 09:00", answered(4));
    let basically = asked.clone().desk("12-02 09:00", answered(3));
    let angry = asked.clone().desk("12-02 09:00", answered(1)).desk("12-03 09:00", answered(5));
    let all = [asked, content, basically, angry];
    assert_eq!(of_november(&all, Kpi::SurveyResponse), (3, 4));
    assert_eq!(of_november(&all, Kpi::SurveySatisfaction), (2, 3), "the first answer counts");
    assert_eq!(of_november(&all, Kpi::SurveyCsat), (1, 3));
    assert_eq!(of_november(&all, Kpi::SurveyVeryDissatisfied), (1, 3));
    for kpi in [Kpi::SurveyResponse, Kpi::SurveySatisfaction] {
        assert_eq!(of_december(&all, kpi), (0, 0), "{kpi}");
    }
    let week = cases(&all, Kpi::SurveyResponse, "23 00:00", "30 00:00");
    assert!(week.is_empty(), "no sample is drawn for a week");
}

#[test]
fn who_was_never_drawn_counts_outside_of_the_sample_alone() {
    let unasked = closed().desk("24 09:00", answered(1));
    let by_hand = closed().desk("24 09:00", sent("28 09:00")).desk("25 09:00", answered(1));
    for kpi in [Kpi::SurveyResponse, Kpi::SurveySatisfaction, Kpi::SurveyVeryDissatisfied] {
        assert_eq!(of_november(&[unasked.clone(), by_hand.clone()], kpi), (0, 0), "{kpi}");
    }
    let drawn_later = by_hand.desk("12-01 09:00", drawn("12-15 09:00"));
    assert_eq!(of_november(&[drawn_later], Kpi::SurveyVeryDissatisfied), (1, 1));
}

#[test]
fn of_two_answers_in_one_second_the_first_counts_and_no_late_one() {
    let asked = || closed().desk("12-01 09:00", drawn("12-15 09:00"));
    let both = asked().desk("12-02 09:00", answered(2)).desk("12-02 09:00", answered(5));
    assert_eq!(of_november(&[both], Kpi::SurveyCsat), (0, 1));
    let late = asked().desk("12-16 09:00", answered(5));
    assert_eq!(of_november(std::slice::from_ref(&late), Kpi::SurveyCsat), (0, 0));
    assert_eq!(of_november(&[late], Kpi::SurveyResponse), (0, 1));
}

#[test]
fn a_callback_that_sends_back_is_known_by_itself_and_not_by_its_second() {
    // called back, sent back, solved and called back again, all in one minute
    let story = Story::fault("23 09:00").acked("23 09:10").desk("23 09:20", resolve("23 09:20"));
    let story = story.by("chen", "23 09:30", confirm(2)).desk("23 09:30", resolve("23 09:30"));
    let story = story.by("chen", "23 09:30", confirm(4)).desk("23 09:30", close());
    assert_eq!(of_november(&[story], Kpi::CallbackRework), (1, 2));
}

#[test]
fn a_survey_of_one_closing_is_none_of_the_next() {
    let again = closed().desk("12-01 09:00", drawn("12-15 09:00")).desk("12-01 10:00", answered(5));
    let again = again.desk("12-02 09:00", reopen()).desk("12-02 09:10", route("wu", "systems"));
    let again = again.by("wu", "12-02 09:20", accept("12-02 12:00"));
    let again = again.by("wu", "12-02 10:00", resolve("12-02 10:00"));
    let again = again.desk("12-02 11:00", confirm(4)).desk("12-02 11:00", close());
    let again = again.desk("12-02 12:00", answered(1));
    assert_eq!(of_november(std::slice::from_ref(&again), Kpi::SurveyCsat), (1, 1));
    assert_eq!(of_december(&[again], Kpi::SurveyCsat), (0, 0));
}
