//! Clones that go on from one record, each by legal steps and with clocks of their own, and meet in
//! every order.

use proptest::prelude::*;

use super::{Clash, apart, records};
use crate::domain::{
    analysis::kpi::tests::{
        Story, accept, ack, amended, at, cancel, close, close_as, confirm, follow_up, give_back,
        promised, reopen, resolve, respond, route, stamp,
    },
    base::{
        ids::EventId,
        terms::{Exception, Field as Amended, State},
    },
    history::{
        event::{Event, Stamp},
        lifecycle,
        record::Record,
        steps::{Act, Action, merge::Merge, settle::Settle, undo::Undo},
    },
};

/// The steps that a clone may try; those that are not legal where it stands it does not make.
fn acts() -> Vec<(String, Act)> {
    let dispute = |until: &str| {
        let story = Story::fault("23 09:00").acked("23 09:10").at_work("23 09:20", "23 09:50");
        story.extended("23 10:00", until).0.history.last().unwrap().act.clone()
    };
    let acts = [
        ("zhang", ack("12-30 09:00").into()),
        ("zhang", route("li", "network").into()),
        ("zhang", route("wu", "systems").into()),
        ("li", accept("12-30 09:50").into()),
        ("li", give_back().into()),
        ("li", respond().into()),
        ("zhang", follow_up().into()),
        ("zhang", promised("12-30 12:00").into()),
        ("li", dispute("12-01 12:00")),
        ("li", dispute("12-02 12:00")),
        ("li", resolve("23 09:00").into()),
        ("zhang", confirm(4).into()),
        ("zhang", confirm(1).into()),
        ("zhang", close().into()),
        ("zhang", close_as(Exception::Withdrawn).into()),
        ("zhang", reopen().into()),
        ("zhang", cancel().into()),
        ("zhang", amended(Amended::Title, "", "another title").into()),
    ];
    acts.map(|(who, act)| (who.to_owned(), act)).to_vec()
}

/// What whoever made the newest step does to take it back, where it can be.
fn taking_back(record: &Record) -> Option<(String, Act)> {
    let step = record.newest_step().filter(|step| step.can_be_undone())?;
    let undo = Undo { event: step.stamp.id.clone() };
    Some((step.stamp.by.to_string(), undo.into()))
}

/// What a clone tries: a step, or to take back the newest, the minute of its own clock, and the chance in the event's id.
type Tries = Vec<(usize, u8, u16)>;

fn tries() -> impl Strategy<Value = Tries> {
    prop::collection::vec((0..acts().len() + 3, 0..60_u8, any::<u16>()), 0..12)
}

/// The record as one clone leaves it.
fn gone_on(start: &Record, clone: char, tries: &Tries) -> Record {
    let acts = acts();
    let mut record = start.clone();
    for (nth, (which, minute, chance)) in tries.iter().enumerate() {
        let Some((who, act)) = acts.get(*which).cloned().or_else(|| taking_back(&record)) else {
            continue;
        };
        let when = at(&format!("23 {:02}:{minute:02}", 10 + nth));
        let id = format!("01K4QB3V9T{chance:08X}{clone}{nth:07}").parse().unwrap();
        let stamp = Stamp { id, ..stamp(record.next_number().unwrap(), when, &who) };
        let event = Event { stamp, act };
        let legal = lifecycle::allows(event.act.action(), record.status.state)
            .and_then(|()| lifecycle::legal(&event, &record.status));
        if legal.is_ok() {
            record = record.with(event);
        }
    }
    record
}

fn start(far: bool) -> Record {
    let story = Story::fault("23 09:00");
    if far { story.acked("23 09:10").at_work("23 09:20", "23 09:50").0 } else { story.0 }
}

fn has(record: &Record, action: Action) -> bool {
    record.history.iter().any(|event| event.act.action() == action)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merging_is_commutative_associative_and_idempotent_and_loses_no_event(
        far: bool, one in tries(), two in tries(), three in tries()
    ) {
        let start = start(far);
        let a = gone_on(&start, 'A', &one);
        let b = gone_on(&start, 'B', &two);
        let c = gone_on(&start, 'C', &three);
        let ab = records(&a, &b).unwrap();
        prop_assert_eq!(&ab, &records(&b, &a).unwrap());
        prop_assert_eq!(&records(&ab, &a).unwrap(), &ab);
        prop_assert_eq!(&records(&a, &a).unwrap(), &a);
        let left = records(&ab, &c).unwrap();
        let right = records(&a, &records(&b, &c).unwrap()).unwrap();
        prop_assert_eq!(&left, &right);
        for event in a.history.iter().chain(&b.history).chain(&c.history) {
            prop_assert_eq!(left.event(&event.stamp.id), Some(event));
        }
        prop_assert_eq!(&left.replay(), &left.status);
    }

    #[test]
    fn what_was_closed_and_by_nobody_reopened_stays_closed(
        far: bool, one in tries(), two in tries()
    ) {
        let start = start(far);
        let a = gone_on(&start, 'A', &one);
        let b = gone_on(&start, 'B', &two);
        let merged = records(&a, &b).unwrap();
        let closed = [&a, &b].iter().any(|side| side.status.state == State::Closed);
        if closed && !has(&merged, Action::Reopen) {
            prop_assert_eq!(merged.status.state, State::Closed);
        }
    }

    #[test]
    fn what_was_taken_back_before_another_clone_knew_of_it_is_as_though_it_had_never_been(
        far: bool, step in 0..acts().len(), chance: u16, two in tries()
    ) {
        let start = start(far);
        let one = gone_on(&start, 'A', &vec![(step, 0, chance), (acts().len(), 1, chance)]);
        let other = gone_on(&start, 'B', &two);
        if one.history.len() != start.history.len() + 2 {
            return Ok(());
        }
        let merged = records(&one, &other).unwrap();
        let mut plain = merged.status.clone();
        plain.withdrawn.retain(|id| other.event(id).is_some());
        plain.times.last_at = other.status.times.last_at;
        prop_assert_eq!(plain, other.status);
    }

    #[test]
    fn what_one_clone_alone_did_is_never_set_aside(far: bool, one in tries()) {
        let start = start(far);
        let a = gone_on(&start, 'A', &one);
        prop_assert!(records(&start, &a).unwrap().status.set_aside.is_empty());
        prop_assert_eq!(records(&start, &a).unwrap(), a);
    }
}

#[test]
fn one_id_for_two_matters_is_told_apart_whichever_is_met_first() {
    let first = Story::fault("23 09:00").0;
    let mut second = Story::fault("23 09:30").0;
    second.history[0].stamp.id = "01K4QB3V9T8Z6N5M2R1W0XY777".parse().unwrap();
    assert_eq!(records(&first, &second), Err(Clash::SameId));
    let (keeps, goes) = apart(&first, &second).unwrap();
    assert_eq!(apart(&second, &first).unwrap(), (keeps.clone(), goes.clone()));
    assert_eq!((&keeps.id, &goes.formerly), (&first.id, &Some(first.id.clone())));
    assert_ne!(goes.id, first.id);
    assert_eq!(goes.id.day(), first.id.day());
    assert!(keeps.namesakes.contains(&goes.id));
    // whoever goes on with it under the first name comes to the same
    let later = second.with(Event {
        stamp: Stamp {
            id: "01K4QB3V9T8Z6N5M2R1W0XY888".parse().unwrap(),
            ..stamp(2, at("23 09:40"), "zhang")
        },
        act: ack("12-30 09:00").into(),
    });
    let (_, again) = apart(&keeps, &later).unwrap();
    assert_eq!(records(&again, &goes).unwrap().id, goes.id);
    assert_eq!(records(&later, &goes).unwrap(), again);
}

#[test]
fn an_event_with_two_contents_and_a_changed_intake_are_never_merged() {
    let story = Story::fault("23 09:00").acked("23 09:10").0;
    let mut forged = story.clone();
    forged.history[1].stamp.note = Some("another".to_owned());
    let event = story.history[1].stamp.id.clone();
    assert_eq!(records(&story, &forged), Err(Clash::SameEvent(event)));
    let mut forged = story.clone();
    forged.intake.title = "another".to_owned();
    assert_eq!(records(&story, &forged), Err(Clash::Intake));
}

fn into_another() -> Act {
    let into = Story::fault("23 09:00").0.reference().unwrap();
    Act::Merge(Box::new(Merge { into, reason: "the same matter".to_owned() }))
}

fn settled(merge: &EventId) -> Act {
    let keep = "01K4QB3V9T8Z6N5M2R1W0XY999".parse().unwrap();
    Settle { keep, settled: vec![merge.clone()], reason: "agreed".to_owned() }.into()
}

fn one_more(record: &Record, minute: u32, who: &str, act: Act) -> Record {
    let when = at("23 10:00").plus_minutes(i64::from(minute));
    let id = format!("01K4QB3V9T8Z6N5M2R1W0{minute:05}").parse().unwrap();
    let stamp = Stamp { id, ..stamp(record.next_number().unwrap(), when, who) };
    record.with(Event { stamp, act })
}

#[test]
fn a_merge_that_was_taken_back_kept_nothing_from_its_effect() {
    let start = Story::fault("23 09:00").acked("23 09:10").0;
    let one = one_more(&start, 1, "zhang", into_another());
    let merge = one.history.last().unwrap().stamp.id.clone();
    let other = one_more(&start, 2, "zhang", route("li", "network").into());
    let met = records(&one, &other).unwrap();
    assert_eq!((met.status.state, met.status.set_aside.len()), (State::Merged, 1));
    assert_eq!(met.merge(), Some(&merge));
    let over = one_more(&met, 3, "zhang", settled(&merge));
    assert_eq!((over.status.state, over.merge()), (State::Routed, None));
    assert!(over.status.set_aside.is_empty() && over.status.merged_into.is_none());
    let mut seen = Vec::new();
    over.walk(|event, _| seen.push(event.act.action()));
    assert_eq!(seen, [Action::Open, Action::Ack, Action::Route, Action::Settle]);
    let again = one_more(&over, 4, "zhang", into_another());
    assert_eq!(again.merge(), Some(&again.history.last().unwrap().stamp.id));
}

#[test]
fn settlements_that_take_back_one_another_s_merges_end_soon() {
    let mut record = Story::fault("23 09:00").acked("23 09:10").0;
    for pair in 0..60 {
        record = one_more(&record, 2 * pair, "zhang", into_another());
        let merge = record.history.last().unwrap().stamp.id.clone();
        record = one_more(&record, 2 * pair + 1, "zhang", settled(&merge));
    }
    assert_eq!(record.replay(), record.status);
    assert_eq!(record.status.state, State::Merged, "so many are nobody's mistake");
}
