//! What was late stays late, whatever happens to the record.

use super::{Story, amended, cancel, close_as, merged, of_november, reopen, resolve, respond};
use crate::domain::{
    analysis::kpi::Kpi,
    base::terms::{Exception, Field},
};

/// Acknowledged, answered and solved too late, or not yet.
fn late() -> Story {
    Story::fault("23 09:00").acked("23 09:40").at_work("23 09:50", "23 09:55")
}

#[test]
fn nothing_that_happens_later_takes_a_breach_away() {
    let replied = || late().unit("23 11:00", respond());
    let solved = || replied().unit("24 10:00", resolve("24 10:00"));
    let ends: Vec<(&str, Story)> = vec![
        ("as it is", replied()),
        ("closed", replied().closed("24 10:00", "24 11:00")),
        (
            "extended",
            replied().extended("24 10:00", "26 09:00").unit("25 09:00", resolve("25 09:00")),
        ),
        ("reopened", replied().closed("24 10:00", "24 11:00").desk("24 12:00", reopen())),
        ("cancelled", replied().desk("24 10:00", cancel())),
        ("merged", solved().desk("24 12:00", merged())),
        ("amended", solved().desk("25 09:00", amended(Field::Title, "", "Switch down"))),
    ];
    for (what, story) in ends {
        let all = [story];
        for kpi in [Kpi::AckOntime, Kpi::ResponseOntime, Kpi::ResolveOntime, Kpi::SlaAttainment] {
            assert_eq!(of_november(&all, kpi), (0, 1), "{kpi} when {what}");
        }
        assert_eq!(of_november(&all, Kpi::CommitmentKept), (0, 1), "when {what}");
    }
}

#[test]
fn what_was_in_time_until_it_was_cancelled_or_merged_counts_nowhere() {
    let good = || Story::fault("23 09:00").acked("23 09:10").at_work("23 09:20", "23 09:55");
    for story in [
        good().unit("23 09:40", respond()).desk("23 09:50", cancel()),
        good().unit("23 09:40", respond()).desk("23 09:50", merged()),
    ] {
        let all = [story];
        for kpi in [Kpi::Received, Kpi::AckOntime, Kpi::ResponseOntime, Kpi::ResolveOntime] {
            assert_eq!(of_november(&all, kpi), (0, 0), "{kpi}");
        }
    }
}

#[test]
fn what_the_customer_withdrew_in_time_is_neither_kept_nor_late() {
    let story = Story::fault("23 09:00").desk("23 09:10", close_as(Exception::Withdrawn));
    assert_eq!(of_november(std::slice::from_ref(&story), Kpi::AckOntime), (0, 0));
    assert_eq!(of_november(&[story], Kpi::ResolveOntime), (0, 0));
}
