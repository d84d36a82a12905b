//! Which period a thing belongs to, and that a past one does not change.

use super::{Story, cancel, cases, cases_at, close_as, confirm, merged, reopen, resolve, respond};
use crate::domain::{analysis::kpi::Kpi, base::terms::Exception};

fn count(story: &Story, kpi: Kpi, from: &str, to: &str) -> (usize, usize) {
    let found = cases(std::slice::from_ref(story), kpi, from, to);
    (found.iter().filter(|case| case.met).count(), found.len())
}

const NOVEMBER: (&str, &str) = ("01 00:00", "12-01 00:00");
const DECEMBER: (&str, &str) = ("12-01 00:00", "12-31 00:00");

#[test]
fn a_period_has_its_first_instant_and_not_its_last() {
    for (received, november, december) in
        [("01 00:00", 1, 0), ("30 23:59", 1, 0), ("12-01 00:00", 0, 1)]
    {
        let story = Story::fault(received);
        let counted = |period: (&str, &str)| count(&story, Kpi::Received, period.0, period.1).1;
        assert_eq!((counted(NOVEMBER), counted(DECEMBER)), (november, december), "{received}");
    }
}

#[test]
fn a_due_time_at_the_edge_is_late_in_the_period_that_it_begins() {
    // Received at 23:00 of the 29th: the hour ends at midnight, the day at 23:00 of the 30th.
    let story = Story::fault("30 23:00");
    assert_eq!(count(&story, Kpi::ResponseOntime, NOVEMBER.0, NOVEMBER.1), (0, 0));
    assert_eq!(count(&story, Kpi::ResponseOntime, DECEMBER.0, DECEMBER.1), (0, 1));
    let minute_before = Story::fault("30 22:59");
    assert_eq!(count(&minute_before, Kpi::ResponseOntime, NOVEMBER.0, NOVEMBER.1), (0, 1));
    assert_eq!(count(&minute_before, Kpi::ResponseOntime, DECEMBER.0, DECEMBER.1), (0, 0));
}

#[test]
fn an_acknowledgement_belongs_to_the_period_of_the_receipt() {
    let story = Story::fault("30 23:50").acked("12-01 00:10");
    assert_eq!(count(&story, Kpi::AckOntime, NOVEMBER.0, NOVEMBER.1), (1, 1));
    assert_eq!(count(&story, Kpi::AckOntime, DECEMBER.0, DECEMBER.1), (0, 0));
}

#[test]
fn figures_of_a_past_period_do_not_change_by_what_happens_later() {
    let closed = Story::fault("23 09:00")
        .acked("23 09:10")
        .at_work("23 09:20", "23 09:50")
        .unit("23 09:40", respond())
        .closed("23 11:00", "30 12:00");
    let open = Story::fault("30 09:00").acked("30 09:10");
    let later = [
        closed.clone().desk("12-08 09:00", reopen()),
        open.clone().desk("12-02 09:00", cancel()),
        open.clone().desk("12-02 09:00", merged()),
        open.clone().desk("12-02 09:00", close_as(Exception::Withdrawn)),
    ];
    for (before, after) in
        [(&closed, &later[0]), (&open, &later[1]), (&open, &later[2]), (&open, &later[3])]
    {
        for kpi in <Kpi as crate::domain::base::terms::Term>::ALL {
            let figures = |story| count(story, *kpi, NOVEMBER.0, NOVEMBER.1);
            assert_eq!(figures(before), figures(after), "{kpi}");
        }
    }
}

#[test]
fn only_a_reopening_within_its_window_reaches_back() {
    let closed = Story::fault("23 09:00")
        .acked("23 09:10")
        .at_work("23 09:20", "23 09:50")
        .closed("23 11:00", "30 12:00");
    for (reopened, again) in [("12-04 12:00", 1), ("12-07 12:00", 1), ("12-07 12:01", 0)] {
        let story = closed.clone().desk(reopened, reopen());
        assert_eq!(
            count(&story, Kpi::ReopenRate, NOVEMBER.0, NOVEMBER.1),
            (again, 1),
            "{reopened}"
        );
    }
}

/// Sending back and closing each end a solution in the period in which they happen.
#[test]
fn a_solution_ends_where_it_is_sent_back_or_closed() {
    let sent_back = Story::fault("23 09:00")
        .acked("23 09:10")
        .at_work("23 09:20", "23 09:50")
        .unit("27 09:00", resolve("27 09:00"))
        .desk("30 10:00", confirm(2));
    assert_eq!(count(&sent_back, Kpi::ReworkRate, NOVEMBER.0, NOVEMBER.1), (1, 1));
    let closed = Story::fault("23 09:00")
        .acked("23 09:10")
        .at_work("23 09:20", "23 09:50")
        .closed("23 11:00", "12-01 12:00");
    assert_eq!(count(&closed, Kpi::ReworkRate, NOVEMBER.0, NOVEMBER.1), (0, 0));
    assert_eq!(count(&closed, Kpi::ReworkRate, DECEMBER.0, DECEMBER.1), (0, 1));
}

#[test]
fn a_period_that_lasts_knows_what_has_happened_until_now() {
    let story = Story::fault("23 09:00").acked("23 09:10");
    let late = |now: &str| {
        cases_at(std::slice::from_ref(&story), Kpi::ResponseOntime, NOVEMBER.0, NOVEMBER.1, now)
            .len()
    };
    assert_eq!((late("23 10:00"), late("23 10:01")), (0, 1));
}

#[test]
fn a_record_solved_late_was_late_in_both_periods() {
    let story = Story::fault("29 09:00")
        .acked("29 09:10")
        .at_work("29 09:20", "29 09:50")
        .unit("12-02 09:00", resolve("12-02 09:00"));
    assert_eq!(count(&story, Kpi::ResolveOntime, NOVEMBER.0, NOVEMBER.1), (0, 1));
    assert_eq!(count(&story, Kpi::ResolveOntime, DECEMBER.0, DECEMBER.1), (0, 1));
}
