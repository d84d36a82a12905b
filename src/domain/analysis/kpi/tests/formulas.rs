use super::{
    Story, accept, ack, at, cases, close, close_as, close_discontent, confirm, expecting,
    follow_up, give_back, no_answer, of_november, policy, promised, reopen, resolve, respond,
    route, settled, solved, told_higher,
};
use crate::domain::{
    analysis::kpi::{Kpi, KpiWindow, count, figure::Spread},
    base::calendar::Calendar,
    base::terms::{Exception, Kind, Validity},
    history::{
        intake::{DueAt, FaultReport, Intake, Occurred},
        steps::visit::{
            TimeWindow, Visit, VisitArrival, VisitCancel, VisitDone, VisitMark, VisitMiss,
            VisitPlan, VisitSigning,
        },
    },
};

fn fault() -> Story {
    Story::fault("23 09:00")
}

fn working() -> Story {
    fault().acked("23 09:10").at_work("23 09:20", "23 09:50")
}

#[test]
fn formal_records_are_the_volume_and_remarks_are_not() {
    let all = [fault(), Story::of(Kind::Enquiry, "24 09:00")];
    assert_eq!(of_november(&all, Kpi::Received), (2, 2));
    assert_eq!(of_november(&[], Kpi::Received), (0, 0));
}

#[test]
fn an_acknowledgement_is_late_only_after_its_minute() {
    for (acked, met) in [("23 09:30", 1), ("23 09:31", 0)] {
        assert_eq!(of_november(&[fault().acked(acked)], Kpi::AckOntime), (met, 1), "{acked}");
    }
    assert_eq!(of_november(&[fault()], Kpi::AckOntime), (0, 1));
}

#[test]
fn a_reply_is_late_only_after_its_minute_and_silence_is_late() {
    for (replied, met) in [("23 10:00", 1), ("23 10:01", 0)] {
        let story = working().unit(replied, respond());
        assert_eq!(of_november(&[story], Kpi::ResponseOntime), (met, 1), "{replied}");
    }
    assert_eq!(of_november(&[working()], Kpi::ResponseOntime), (0, 1));
}

#[test]
fn a_solution_is_held_against_the_due_time_with_and_without_extension() {
    for (done, ontime, original) in
        [("24 09:00", 1, 1), ("24 09:01", 1, 0), ("25 09:00", 1, 0), ("25 09:01", 0, 0)]
    {
        let story = working().extended("23 17:00", "25 09:00").unit(done, resolve(done));
        let all = [story];
        assert_eq!(of_november(&all, Kpi::ResolveOntime), (ontime, 1), "{done}");
        assert_eq!(of_november(&all, Kpi::ResolveOntimeOriginal), (original, 1), "{done}");
    }
}

#[test]
fn a_pause_that_policy_allows_moves_both_due_times() {
    let story = working().paused("23 10:00", "23 12:00").unit("24 11:00", resolve("24 11:00"));
    let all = [story];
    assert_eq!(of_november(&all, Kpi::ResolveOntime), (1, 1));
    assert_eq!(of_november(&all, Kpi::ResolveOntimeOriginal), (1, 1));
    let length = |kpi| cases(&all, kpi, "01 00:00", "12-01 00:00")[0].length.unwrap();
    assert_eq!((length(Kpi::Mttr).elapsed, length(Kpi::Mttr).working), (26 * 60, Some(570)));
    assert_eq!((length(Kpi::MttrNet).elapsed, length(Kpi::MttrNet).working), (24 * 60, Some(450)));
}

#[test]
fn the_customers_own_time_is_held_apart() {
    let story = |done: &str| {
        let story = Story::opened(expecting("23 12:00")).acked("23 09:10");
        story.at_work("23 09:20", "23 09:50").unit(done, resolve(done))
    };
    for (done, met) in [("23 12:00", 1), ("23 12:01", 0)] {
        assert_eq!(of_november(&[story(done)], Kpi::ExpectedOntime), (met, 1), "{done}");
        assert_eq!(of_november(&[story(done)], Kpi::ResolveOntime), (1, 1), "{done}");
    }
    assert_eq!(of_november(&[working()], Kpi::ExpectedOntime), (0, 0));
}

#[test]
fn attainment_takes_every_limit() {
    let good = working().unit("23 09:40", respond()).unit("23 11:00", resolve("23 11:00"));
    let late_reply = working().unit("23 11:00", respond()).unit("23 12:00", resolve("23 12:00"));
    let young = Story::fault("30 23:50");
    assert_eq!(of_november(&[good, late_reply, young], Kpi::SlaAttainment), (1, 2));
}

#[test]
fn a_commitment_is_kept_by_the_reply_and_gone_with_the_person() {
    for (replied, met) in [("23 09:50", 1), ("23 09:51", 0)] {
        let story = working().unit(replied, respond());
        assert_eq!(of_november(&[story], Kpi::CommitmentKept), (met, 1), "{replied}");
    }
    assert_eq!(of_november(&[working()], Kpi::CommitmentKept), (0, 1));
    for (moved, all) in [("23 09:45", 0), ("23 09:55", 1)] {
        let story = working().desk(moved, route("wu", "systems"));
        assert_eq!(of_november(&[story], Kpi::CommitmentKept), (0, all), "{moved}");
    }
}

#[test]
fn a_promise_is_kept_by_its_time_and_explaining_is_not_keeping() {
    use crate::domain::history::steps::{explain::Explain, fulfil::Fulfil};
    let story = fault().desk("23 09:05", promised("23 15:00"));
    let promise = story.0.status.promises[0].event.clone();
    for (done, met) in [("23 15:00", 1), ("23 15:01", 0)] {
        let fulfilled = Fulfil { promise: promise.clone(), told: None, method: None };
        let fulfilled = story.clone().desk(done, fulfilled);
        assert_eq!(of_november(&[fulfilled], Kpi::PromiseKept), (met, 1), "{done}");
    }
    let explained =
        story.clone().desk("23 14:00", Explain { promise, text: "part is late".to_owned() });
    assert_eq!(of_november(&[explained], Kpi::PromiseKept), (0, 1));
    let withdrawn = story.clone().desk("23 14:00", close_as(Exception::Withdrawn));
    assert_eq!(of_november(&[withdrawn], Kpi::PromiseKept), (0, 0));
    let withdrawn_late = story.desk("23 16:00", close_as(Exception::Withdrawn));
    assert_eq!(of_november(&[withdrawn_late], Kpi::PromiseKept), (0, 1));
}

#[test]
fn first_contact_is_the_desk_alone_and_for_good() {
    let once = || fault().acked("23 09:10").desk("23 09:20", resolve("23 09:20"));
    assert_eq!(of_november(&[once()], Kpi::Fcr), (1, 1));
    let routed = working().unit("23 11:00", resolve("23 11:00"));
    assert_eq!(of_november(std::slice::from_ref(&routed), Kpi::Fcr), (0, 1));
    assert_eq!(of_november(&[routed], Kpi::Flr), (0, 1));
    let confirm_by_li = |story: Story, clock: &str, grade| story.by("chen", clock, confirm(grade));
    let back = confirm_by_li(once(), "23 10:00", 2).desk("23 11:00", resolve("23 11:00"));
    assert_eq!(of_november(std::slice::from_ref(&back), Kpi::Fcr), (0, 1));
    assert_eq!(of_november(&[back], Kpi::Flr), (1, 1));
    let closed = || confirm_by_li(once(), "23 10:00", 4).desk("23 10:05", close());
    let again =
        |clock: &str| closed().desk(clock, reopen()).desk("12-10 09:00", resolve("12-10 09:00"));
    assert_eq!(of_november(&[closed()], Kpi::Fcr), (1, 1));
    assert_eq!(of_november(&[again("24 09:00")], Kpi::Fcr), (0, 0), "it is at work again");
    let twice = closed().desk("24 09:00", reopen()).desk("24 09:30", resolve("24 09:30"));
    assert_eq!(of_november(&[twice], Kpi::Fcr), (0, 1), "what was reopened is no first contact");
    let change = Story::of(Kind::Change, "23 09:00").acked("23 09:10");
    let change = change.desk("23 09:20", resolve("23 09:20"));
    assert_eq!(of_november(std::slice::from_ref(&change), Kpi::Fcr), (0, 0));
    assert_eq!(of_november(&[change], Kpi::Flr), (1, 1));
}

#[test]
fn closings_are_called_back_confirmed_and_solved_or_not() {
    let closed = working().closed("23 11:00", "23 12:00");
    let unreachable = working()
        .unit("23 11:00", resolve("23 11:00"))
        .desk("23 12:00", no_answer())
        .desk("25 12:00", close_as(Exception::Unreachable));
    let withdrawn = fault().desk("23 09:05", close_as(Exception::Withdrawn));
    let rejected = working()
        .unit("23 11:00", solved("23 11:00", "rejected"))
        .desk("23 12:00", confirm(3))
        .desk("23 12:00", close());
    let all = [closed, unreachable, withdrawn, rejected];
    assert_eq!(of_november(&all, Kpi::CallbackRate), (2, 4));
    assert_eq!(of_november(&all, Kpi::ConfirmedClosure), (2, 4));
    assert_eq!(of_november(&all, Kpi::ResolutionRate), (2, 4));
    assert_eq!(of_november(&all, Kpi::CallbackReached), (2, 3));
}

#[test]
fn grades_count_from_three_from_four_and_at_one() {
    let graded = |grade| {
        let story = working().unit("23 11:00", resolve("23 11:00"));
        story.desk("23 12:00", confirm(grade))
    };
    let all: Vec<_> = (1..=5).map(graded).collect();
    assert_eq!(of_november(&all, Kpi::Satisfaction), (3, 5));
    assert_eq!(of_november(&all, Kpi::Csat), (2, 5));
    assert_eq!(of_november(&all, Kpi::VeryDissatisfied), (1, 5));
    assert_eq!(of_november(&all, Kpi::CallbackRework), (2, 5));
}

#[test]
fn a_record_is_complete_with_what_is_asked_for_at_the_beginning() {
    let story = |need: Option<&str>| {
        Story::opened(Intake {
            kind: Kind::Fault,
            contact: Some("C-4TZ9M".parse().unwrap()),
            need: need.map(str::to_owned),
            category: Some("network".to_owned()),
            answers: [("scope".to_owned(), "one room".to_owned())].into(),
            ..Intake::blank(at("23 09:00"))
        })
    };
    assert_eq!(of_november(&[story(Some("light"))], Kpi::Completeness), (1, 1));
    assert_eq!(of_november(&[story(Some("light")), story(None)], Kpi::Completeness), (1, 2));
}

#[test]
fn the_backlog_is_what_is_unfinished_and_what_is_past_a_due_time_of_it() {
    let early = || Story::fault("30 17:50");
    let closed = working().closed("23 11:00", "23 12:00");
    let all = [working(), early(), closed];
    assert_eq!(of_november(&all, Kpi::Backlog), (2, 2));
    assert_eq!(of_november(&all, Kpi::Overdue), (2, 2));
    let at_once = early().acked("30 18:00");
    let cases = cases(&[at_once], Kpi::Overdue, "01 00:00", "30 18:30");
    assert!(cases.is_empty(), "{cases:?}");
}

#[test]
fn times_run_from_the_receipt_to_the_reply_and_from_the_fault_to_its_end() {
    let fault = FaultReport {
        occurred_at: Occurred::At(at("23 08:00")),
        detected_at: None,
        source: None,
        location: "floor 3".to_owned(),
        symptom: "dark".to_owned(),
    };
    let intake = Intake { fault: Some(fault), ..expecting("23 12:00") };
    let story = Story::opened(intake).acked("23 09:10").at_work("23 09:20", "23 09:50");
    let all = [story.unit("23 10:30", respond()).unit("23 11:00", resolve("23 11:00"))];
    let took = |kpi| cases(&all, kpi, "01 00:00", "12-01 00:00")[0].length.unwrap().elapsed;
    assert_eq!((took(Kpi::ResponseTime), took(Kpi::RestoreTime)), (90, 180));
}

#[test]
fn dispatches_are_returned_or_not_and_go_to_the_right_unit_or_not() {
    let good = working().unit("23 11:00", resolve("23 11:00"));
    let returned = fault()
        .acked("23 09:10")
        .desk("23 09:20", route("wu", "systems"))
        .by("wu", "23 09:30", give_back())
        .desk("23 09:40", route("li", "network"))
        .unit("23 09:45", accept("23 09:55"))
        .unit("23 11:00", resolve("23 11:00"));
    let all = [good, returned];
    assert_eq!(of_november(&all, Kpi::FirstDispatch), (2, 3));
    assert_eq!(of_november(&all, Kpi::ReturnRate), (1, 3));
    assert_eq!(of_november(&all, Kpi::RerouteRate), (1, 2));
    assert_eq!(of_november(&all, Kpi::DispatchAccuracy), (1, 2));
    assert_eq!(of_november(&all, Kpi::FunctionalEscalation), (2, 2));
    let escalated = working().desk("23 12:00", told_higher());
    assert_eq!(of_november(&[escalated, fault()], Kpi::EscalationRate), (1, 2));
}

#[test]
fn the_same_fault_of_the_same_customer_is_a_repeat_within_the_days() {
    for (second, repeats) in [("12-20 09:00", 1), ("12-25 09:00", 0)] {
        let all = [Story::fault("22 09:00"), Story::fault(second)];
        let found = cases(&all, Kpi::RepeatFault, "12-01 00:00", "12-31 00:00");
        let met = found.iter().filter(|case| case.met).count();
        let known = usize::from(at(second) < at("12-20 12:00"));
        assert_eq!((met, found.len()), (repeats * known, known), "{second}");
    }
}

#[test]
fn complaints_are_held_against_their_closing() {
    let ended = |closed: &str, grade, validity, code| {
        let done = Story::decided(validity).unit("23 11:00", settled("23 11:00", code));
        let called = done.desk(closed, confirm(grade));
        if grade > 2 {
            called.desk(closed, close())
        } else {
            called.by("qin", closed, close_discontent())
        }
    };
    for (when, met) in [("24 09:00", 1), ("24 09:01", 0)] {
        let all = [ended(when, 4, Validity::Valid, "substantiated")];
        assert_eq!(of_november(&all, Kpi::ComplaintOntime), (met, 1), "{when}");
    }
    let all = [
        ended("24 09:00", 3, Validity::Partly, "substantiated"),
        ended("24 09:00", 2, Validity::Invalid, "unsubstantiated"),
    ];
    assert_eq!(of_november(&all, Kpi::ComplaintSatisfaction), (1, 2));
    assert_eq!(of_november(&all, Kpi::ComplaintUpheld), (1, 2), "valid in part is valid");
    assert_eq!(of_november(&all, Kpi::ComplaintValid), (1, 2));
    let all = [Story::complaint("23 09:00"), fault(), fault()];
    assert_eq!(of_november(&all, Kpi::ComplaintRate), (1, 3));
    assert_eq!(of_november(&all, Kpi::ComplaintOntime), (0, 1));
    assert_eq!(of_november(&all, Kpi::ComplaintUpheld), (0, 0), "nothing was decided");
}

#[test]
fn a_follow_up_is_due_on_each_working_day_that_ends_with_the_unit() {
    let story = || working().desk("24 10:00", follow_up());
    // Routed on Monday, solved on Thursday: due on Tuesday and Wednesday.
    let solved = story().unit("26 10:00", resolve("26 10:00"));
    assert_eq!(of_november(&[solved], Kpi::FollowupCoverage), (1, 2));
    // Friday's routing is not asked for on the weekend.
    let friday = Story::fault("27 09:00").acked("27 09:10").at_work("27 09:20", "27 09:50");
    assert_eq!(of_november(&[friday], Kpi::FollowupCoverage), (0, 1));
}

#[test]
fn a_working_day_that_ends_at_midnight_belongs_to_the_month_that_it_is_the_last_of() {
    let mut policy = policy();
    let mut rules = policy.calendar.rules().clone();
    rules.week.monday = vec!["09:00-24:00".parse().unwrap()];
    policy.calendar = Calendar::new(rules, policy.calendar.zone()).unwrap();
    // the 30th of November is a Monday
    let story = Story::fault("27 09:00").acked("27 09:10").at_work("27 09:20", "27 09:50");
    let story = story.desk("30 20:00", follow_up());
    let counted = |from: &str, to: &str| {
        let window = KpiWindow {
            from: at(from),
            to: at(to),
            now: at("12-31 00:00"),
            policy: &policy,
            repeat_days: 7,
            only: None,
        };
        let figure = count([&story.0], &window).figure(Kpi::FollowupCoverage);
        (figure.met, figure.all)
    };
    assert_eq!(counted("30 00:00", "12-01 00:00"), (1, 1));
    assert_eq!(counted("12-01 00:00", "12-02 00:00"), (0, 1), "Tuesday alone");
}

#[test]
fn extensions_are_counted_among_what_was_solved() {
    let extended = working().extended("23 17:00", "25 09:00").unit("24 10:00", resolve("24 10:00"));
    let plain = working().unit("23 11:00", resolve("23 11:00"));
    let all = [extended, plain];
    assert_eq!(of_november(&all, Kpi::ExtensionRate), (1, 2));
    assert_eq!(of_november(&all, Kpi::ExtensionConsent), (1, 1));
}

/// A step of a visit, of the planning that it names.
type VisitMaker = fn(VisitMark) -> Visit;

/// A visit promised for the 24th from 14:00 to 16:00, with what became of it.
fn visited(steps: &[(&str, VisitMaker)]) -> Story {
    let plan = VisitPlan {
        window: TimeWindow { from: at("24 14:00"), until: at("24 16:00") },
        engineer: "li".parse().unwrap(),
        with: "C-4TZ9M".parse().unwrap(),
        address: "here".to_owned(),
        need: "a look".to_owned(),
        reason: Some("no power".to_owned()),
    };
    let planned = working().unit("23 10:00", Visit::Plan(plan));
    let event = planned.0.status.visits[0].event.clone();
    let take = |story: Story, (time, step): &(&str, VisitMaker)| {
        let act = step(VisitMark { visit: event.clone() });
        if matches!(act, Visit::Archive(_) | Visit::Cancel(_)) {
            story.desk(time, act)
        } else {
            story.unit(time, act)
        }
    };
    steps.iter().fold(planned, take)
}

fn arrive(mark: VisitMark) -> Visit {
    Visit::Arrive(VisitArrival {
        visit: mark.visit,
        reason: Some("traffic".to_owned()),
        told: None,
    })
}

fn done(mark: VisitMark) -> Visit {
    Visit::Done(VisitDone {
        visit: mark.visit,
        work: "new cable".to_owned(),
        result: "works".to_owned(),
        parts: None,
        left_open: None,
        left_at: at("24 15:00"),
        conduct: Vec::new(),
        devices_allowed_by: None,
    })
}

fn sign(mark: VisitMark) -> Visit {
    Visit::Sign(VisitSigning {
        visit: mark.visit,
        signed_by: None,
        opinion: None,
        comment: None,
        drawing: None,
        refused: Some("nobody was there".to_owned()),
        hand_in_due: DueAt::At(at("25 15:00")),
        archive_due: DueAt::At(at("26 15:00")),
    })
}

fn miss(mark: VisitMark) -> Visit {
    Visit::Miss(VisitMiss { visit: mark.visit, reason: "ill".to_owned(), told: None })
}

fn no_visit(mark: VisitMark) -> Visit {
    let agreed_with = "C-4TZ9M".parse().unwrap();
    Visit::Cancel(VisitCancel { visit: mark.visit, agreed_with, reason: "works".to_owned() })
}

#[test]
fn an_appointment_is_kept_by_whoever_arrives_within_its_window() {
    let came: fn(&str) -> Vec<(&str, VisitMaker)> =
        |time| vec![("24 13:30", Visit::Depart), (time, arrive)];
    for (way, expected) in [
        (came("24 16:00"), (1, 1)),
        (came("24 16:01"), (0, 1)),
        (vec![], (0, 1)),
        (vec![("24 17:00", miss as VisitMaker)], (0, 1)),
        (vec![("24 10:00", no_visit as VisitMaker)], (0, 0)),
    ] {
        let told: Vec<_> = way.iter().map(|(time, _)| time).collect();
        assert_eq!(of_november(&[visited(&way)], Kpi::AppointmentKept), expected, "{told:?}");
    }
    let planned = visited(&[]);
    let early = cases(&[planned], Kpi::AppointmentKept, "01 00:00", "24 16:00");
    assert!(early.is_empty(), "nobody is late before the window ends: {early:?}");
}

#[test]
fn a_form_is_archived_in_time_or_counts_against_the_share() {
    let way: [(&str, VisitMaker); 5] = [
        ("24 13:30", Visit::Depart),
        ("24 14:20", arrive),
        ("24 15:00", done),
        ("24 15:00", sign),
        ("24 16:30", Visit::HandIn),
    ];
    for (archived, expected) in [("26 15:00", (1, 1)), ("26 15:01", (0, 1))] {
        let way = [&way[..], &[(archived, Visit::Archive)]].concat();
        assert_eq!(of_november(&[visited(&way)], Kpi::FormArchive), expected, "{archived}");
    }
    assert_eq!(of_november(&[visited(&way)], Kpi::FormArchive), (0, 1));
    assert_eq!(of_november(&[visited(&way[..3])], Kpi::FormArchive), (0, 0), "not signed yet");
}

#[test]
fn lengths_have_mean_median_and_ninth_in_ten() {
    let spread = |minutes: &[i64]| Spread::of(minutes.to_vec()).map(|s| (s.mean, s.median, s.p90));
    for (minutes, expected) in [
        (&[][..], None),
        (&[7][..], Some((7, 7, 7))),
        (&[1, 2][..], Some((2, 2, 2))),
        (&[10, 20, 30, 40, 50, 60, 70, 80, 90, 1000][..], Some((145, 55, 90))),
        (&[10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 1000][..], Some((140, 60, 95))),
    ] {
        assert_eq!(spread(minutes), expected, "{minutes:?}");
    }
    let story = fault().desk("23 13:00", ack("30 09:00"));
    let took = cases(&[story], Kpi::Mtta, "01 00:00", "12-01 00:00")[0].length.unwrap();
    assert_eq!((took.elapsed, took.working), (240, Some(180)));
}
