//! What two clones know of a customer's person, as one.

use crate::domain::{
    base::terms::{ContactKey, ReachKind},
    history::{
        merge::fields::join_fields,
        person::PersonDetails,
        reach::{Reach, ReachList},
    },
};

/// What two clones know of a person, as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinedPerson {
    pub person: PersonDetails,
    /// Of what this clone learns that both sides said different things.
    pub disputed: Vec<ContactKey>,
}

/// What two clones know of a person, as one, where `base` is what they agreed on last. One that comes of
/// the other takes its place; a base that one side has never seen says nothing of what that side took away.
pub fn joined_persons(
    base: Option<&PersonDetails>,
    ours: &PersonDetails,
    theirs: &PersonDetails,
) -> JoinedPerson {
    let newly_disputed = |person: &PersonDetails| -> Vec<ContactKey> {
        let all = person.disputed.iter();
        let new = all.filter(|(field, values)| ours.disputed.get(field) != Some(values));
        new.map(|(field, _)| field.key()).collect()
    };
    let (theirs_is_later, ours_is_later) = (theirs.comes_of(ours), ours.comes_of(theirs));
    if ours == theirs || ours_is_later && !theirs_is_later || base == Some(theirs) {
        return JoinedPerson { person: ours.clone(), disputed: Vec::new() };
    }
    if theirs_is_later && !ours_is_later {
        return JoinedPerson { disputed: newly_disputed(theirs), person: theirs.clone() };
    }
    let is_seen = |base: &&PersonDetails| [ours, theirs].iter().all(|it| it.may_come_of(base));
    let (is_known, base) = (base.is_some(), base.filter(is_seen));
    // what was removed and what was added look alike
    let is_unclear = is_known && base.is_none();
    let mut person = persons(base, ours, theirs);
    let mut disputed = newly_disputed(&person);
    let lists = ReachList::ALL.iter().filter(|list| {
        is_unclear && ours.reaches(**list) != theirs.reaches(**list)
            || are_disputed(**list, base, [ours, theirs, &person])
    });
    disputed.extend(lists.map(|list| list.key()));
    person.note_changes(theirs.changes.iter().cloned());
    JoinedPerson { person, disputed }
}

/// Whether two sides say of one number that it leads elsewhere than the other says, each let another one
/// take the place of what led to the person, or nothing leads there any more once both were heard, as
/// neither meant.
fn are_disputed(
    list: ReachList,
    base: Option<&PersonDetails>,
    [ours, theirs, joined]: [&PersonDetails; 3],
) -> bool {
    let base = base.map(|base| base.reaches(list)).unwrap_or_default();
    let [ours, theirs, joined] = [ours, theirs, joined].map(|side| side.reaches(list));
    let find = |side: &[Reach], at: &str| Some(side[list.find(side, at)?].clone());
    let mut both = ours.iter().chain(&theirs).map(|it| &it.at);
    let differs = both.any(|at| {
        let was = find(&base, at);
        match (find(&ours, at), find(&theirs, at)) {
            (Some(one), Some(other)) => {
                let kept = was.map(|was| was.kind);
                one.kind != other.kind && ![one.kind, other.kind].map(Some).contains(&kept)
            }
            // one side took away what the other said anew
            (Some(left), None) | (None, Some(left)) => was.is_some_and(|was| was != left),
            (None, None) => false,
        }
    });
    let leading = |side: &[Reach]| -> Vec<String> {
        let leading = side.iter().filter(|it| it.kind != ReachKind::Former);
        leading.map(|it| it.at.clone()).collect()
    };
    let lead = |side: &[Reach], at: &str| {
        list.find(side, at).is_some_and(|place| side[place].kind != ReachKind::Former)
    };
    let has_replaced = |side: &[Reach], other: &[Reach]| {
        leading(&base).iter().any(|at| !lead(side, at))
            && leading(side).iter().any(|at| list.find(other, at).is_none())
    };
    let both_replaced = has_replaced(&ours, &theirs) && has_replaced(&theirs, &ours);
    let none_leads = leading(&joined).is_empty();
    differs
        || both_replaced
        || none_leads && !leading(&ours).is_empty() && !leading(&theirs).is_empty()
}

/// A person field by field, as a contact is; numbers and addresses that either side added stay, those
/// that either took away go, unless the other one says anew where they lead.
fn persons(
    base: Option<&PersonDetails>,
    ours: &PersonDetails,
    theirs: &PersonDetails,
) -> PersonDetails {
    let mut merged = ours.clone();
    join_fields(&mut merged, base, ours, theirs);
    for list in ReachList::ALL {
        let [ours, theirs] = [ours, theirs].map(|side| side.reaches(*list));
        let base = base.map(|base| base.reaches(*list));
        let all = all_of(base.as_deref(), ours, theirs);
        merged.set_reaches(*list, list.each_once(&all));
    }
    merged
}

/// What either side has, but for what the other took away and nobody said anew; in the order in which it
/// stands on either.
fn all_of(base: Option<&[Reach]>, ours: Vec<Reach>, theirs: Vec<Reach>) -> Vec<Reach> {
    if base == Some(&theirs[..]) || ours == theirs {
        return ours;
    }
    if base == Some(&ours[..]) {
        return theirs;
    }
    let find = |side: &[Reach], at: &str| side.iter().position(|one| one.at == at);
    let was = |at: &str| base.and_then(|base| Some(&base[find(base, at)?]));
    let mut all: Vec<(usize, Reach)> = Vec::new();
    for one in ours.iter().chain(&theirs) {
        let places = [find(&ours, &one.at), find(&theirs, &one.at)];
        let is_gone = was(&one.at) == Some(one) && places.contains(&None);
        if is_gone || all.iter().any(|(_, known)| known.at == one.at) {
            continue;
        }
        let kinds = places.into_iter().zip([&ours, &theirs]);
        let kinds = kinds.filter_map(|(place, side)| Some(side[place?].kind));
        let kept = was(&one.at).map(|was| was.kind);
        // whoever changed it knows better, and best of all who found that it leads nowhere
        let changed = kinds.clone().filter(|kind| Some(*kind) != kept).max();
        let kind = changed.or(kept).unwrap_or(one.kind);
        let place = places.into_iter().flatten().min().unwrap_or_default();
        all.push((place, Reach { at: one.at.clone(), kind }));
    }
    all.sort_by(|(one, a), (other, b)| one.cmp(other).then_with(|| a.at.cmp(&b.at)));
    all.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        base::terms::Term,
        history::person::{ContactPhone, PersonField},
    };

    fn person() -> PersonDetails {
        let mut person = PersonDetails::named(1, "C-4TZ9M".parse().unwrap(), "Ms Wang".to_owned());
        person.told_phone("13812341234");
        person.told_email("wang@acme.example");
        person
    }

    /// What a clone did to a person.
    #[derive(Clone, Debug)]
    enum Done {
        FieldValue(PersonField, Option<String>),
        Added(String),
        TookAway(usize),
        Turned(usize, ReachKind),
    }

    fn done() -> impl Strategy<Value = Vec<Done>> {
        let field = prop::sample::select(PersonField::ALL);
        let kind = prop::sample::select(ReachKind::ALL);
        let deed = prop_oneof![
            (field, prop::option::of("[a-c]"))
                .prop_map(|(field, value)| Done::FieldValue(field, value)),
            "5888[- ]?[0-3]".prop_map(Done::Added),
            (0..3_usize).prop_map(Done::TookAway),
            (0..3_usize, kind).prop_map(|(nth, kind)| Done::Turned(nth, kind)),
        ];
        prop::collection::vec(deed, 0..4)
    }

    fn after(deeds: &[Done]) -> PersonDetails {
        let mut person = person();
        for deed in deeds {
            match deed {
                Done::FieldValue(field, value) => person.set(*field, value.as_deref()),
                Done::Added(number) => drop(person.told_phone(number)),
                Done::TookAway(nth) if *nth < person.phones.len() => {
                    person.phones.remove(*nth);
                }
                Done::Turned(nth, kind) if *nth < person.phones.len() => {
                    person.phones[*nth].kind = *kind;
                }
                Done::TookAway(_) | Done::Turned(..) => {}
            }
        }
        person
    }

    /// The same, whatever the order of the numbers.
    fn sorted(mut person: PersonDetails) -> PersonDetails {
        person.phones.sort();
        person.emails.sort();
        person
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn persons_merge_alike_whoever_merges_them(one in done(), two in done(), three in done()) {
            let base = person();
            let [a, b, c] = [after(&one), after(&two), after(&three)];
            let join = |x: &PersonDetails, y: &PersonDetails| persons(Some(&base), x, y);
            prop_assert_eq!(join(&a, &b), join(&b, &a));
            prop_assert_eq!(join(&a, &a), a.clone());
            prop_assert_eq!(join(&a, &base), a.clone());
            prop_assert_eq!(sorted(join(&join(&a, &b), &c)), sorted(join(&a, &join(&b, &c))));
            let merged = join(&a, &b);
            for field in PersonField::ALL {
                for side in [&a, &b] {
                    let value = side.get(*field);
                    let kept = merged.get(*field) == value
                        || value == base.get(*field)
                        || merged.disputed.get(field).is_some_and(|all| {
                            all.contains(value.unwrap_or_default())
                        });
                    prop_assert!(kept, "{:?} of {:?} is lost in {:?}", field, side, merged);
                }
            }
        }

        #[test]
        fn numbers_that_one_clone_told_anew_stay_and_those_that_one_took_away_go(
            one in done(), two in done()
        ) {
            let base = person();
            let (a, b) = (after(&one), after(&two));
            let one = |phone: &ContactPhone, number: &str| {
                ReachList::Phones.are_one(&phone.number, number)
            };
            let has = |person: &PersonDetails, number: &str| {
                person.phones.iter().filter(|phone| one(phone, number)).count()
            };
            let merged = persons(Some(&base), &a, &b);
            for number in ["13812341234", "58880", "58881", "58882", "58883"] {
                let is_new = |side: &PersonDetails| {
                    let told = side.phones.iter().find(|phone| one(phone, number));
                    told.is_some_and(|told| !base.phones.contains(told))
                };
                let is_left = has(&a, number) > 0 && has(&b, number) > 0;
                let due = usize::from(is_left || is_new(&a) || is_new(&b));
                prop_assert_eq!(has(&merged, number), due, "{} of {:?} and {:?}", number, a, b);
            }
        }

        #[test]
        fn a_number_that_one_clone_found_to_lead_nowhere_is_not_called_in_the_other(
            one in done(), two in done()
        ) {
            let base = person();
            let (a, b) = (after(&one), after(&two));
            let merged = persons(Some(&base), &a, &b);
            let former = |person: &PersonDetails| {
                let all = person.reaches(ReachList::Phones).into_iter();
                all.filter(|it| it.kind == ReachKind::Former).map(|it| it.at).collect::<Vec<_>>()
            };
            let ended = former(&a).into_iter().chain(former(&b));
            for number in ended.filter(|ended| !former(&base).contains(ended)) {
                prop_assert_ne!(merged.phone(), Some(number.as_str()), "of {:?} and {:?}", a, b);
            }
        }
    }

    /// Somebody says something else of a person.
    fn changed<T>(
        person: &PersonDetails,
        nth: usize,
        change: impl FnOnce(&mut PersonDetails) -> T,
    ) -> PersonDetails {
        let mut person = person.clone();
        change(&mut person);
        person.note_changes([format!("01K4QB3V9T8Z6N5M2R1W0X{nth:04}").parse().unwrap()]);
        person
    }

    /// What happens to clones that exchange what they know of a person over a remote.
    #[derive(Clone, Debug)]
    enum Happens {
        Told(usize),
        Synced(usize),
        /// The remote is as it was then.
        WentBack(prop::sample::Index),
    }

    fn happenings() -> impl Strategy<Value = Vec<Happens>> {
        let one = prop_oneof![
            3 => (0..3_usize).prop_map(Happens::Told),
            5 => (0..3_usize).prop_map(Happens::Synced),
            1 => any::<prop::sample::Index>().prop_map(Happens::WentBack),
        ];
        prop::collection::vec(one, 0..30)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_number_that_a_clone_knows_is_lost_however_often_a_remote_goes_back(
            all in happenings()
        ) {
            let first = person();
            let mut remote = vec![first.clone()];
            let mut clones: Vec<_> = (0..3).map(|_| (first.clone(), first.clone())).collect();
            let last = (0..2).flat_map(|_| (0..3).map(Happens::Synced));
            let mut told = Vec::new();
            for happens in all.into_iter().chain(last) {
                match happens {
                    Happens::Told(nth) => {
                        let (known, _) = &mut clones[nth];
                        let number = format!("5888{:04}", told.len());
                        *known = changed(known, told.len(), |it| it.told_phone(&number));
                        told.push(number);
                    }
                    Happens::Synced(nth) => {
                        let (known, agreed) = &mut clones[nth];
                        let theirs = remote.last().unwrap().clone();
                        let joined = joined_persons(Some(agreed), known, &theirs).person;
                        remote.push(joined.clone());
                        (*known, *agreed) = (joined.clone(), joined);
                    }
                    Happens::WentBack(to) => remote.push(to.get(&remote).clone()),
                }
            }
            for (known, _) in &clones {
                for number in &told {
                    let has = known.phones.iter().any(|phone| phone.number == *number);
                    prop_assert!(has, "{} is lost in {:?}", number, known);
                }
            }
            prop_assert_eq!(&clones[0].0, &clones[2].0);
        }
    }

    #[test]
    fn a_number_that_is_told_anew_stays_whatever_another_clone_did_to_the_same_before() {
        let told =
            |person: &PersonDetails, nth| changed(person, nth, |it| it.told_phone("13900000001"));
        let base = person();
        let ours = changed(&told(&base, 1), 2, |it| it.phones.remove(0));
        let theirs = told(&base, 3);
        let joined = joined_persons(Some(&base), &ours, &theirs).person;
        assert!(joined.phones.iter().any(|phone| phone.number == "13900000001"), "{joined:?}");
    }

    #[test]
    fn two_numbers_that_were_each_to_stand_alone_are_disputed_and_two_that_were_added_are_not() {
        let base = person();
        let alone = |nth: usize, number: &str| {
            changed(&base, nth, |it| {
                it.phones[0].kind = ReachKind::Former;
                it.told_phone(number)
            })
        };
        let as_well = |nth, number: &str| changed(&base, nth, |it| it.told_phone(number));
        let (one, other) = ("13900000001", "13900000002");
        for (ours, theirs, due) in [
            (alone(1, one), alone(2, other), vec![ContactKey::Phone]),
            (alone(1, one), alone(2, one), Vec::new()),
            (as_well(1, one), as_well(2, other), Vec::new()),
            (alone(1, one), as_well(2, other), Vec::new()),
        ] {
            for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
                let joined = joined_persons(Some(&base), ours, theirs);
                assert_eq!(joined.disputed, due, "{ours:?} and {theirs:?}");
            }
        }
    }

    #[test]
    fn a_number_that_was_removed_stays_away_however_many_changes_came_after() {
        let base = changed(&person(), 0, |it| it.told_phone("13900000001"));
        let removed = changed(&base, 1, |it| it.phones.remove(0));
        let many = (2..300).fold(removed, |person, nth| {
            changed(&person, nth, |it| it.set(PersonField::Namesake, Some(&format!("floor {nth}"))))
        });
        let known = |joined: JoinedPerson| (joined.person, joined.disputed);
        // whoever changed it, where the remote is as it was, and whoever hears of it
        assert_eq!(known(joined_persons(Some(&base), &many, &base)), (many.clone(), Vec::new()));
        let heard = known(joined_persons(Some(&base), &base, &many));
        assert_eq!((heard.0.phones, heard.1), (many.phones, Vec::new()));
    }
}
