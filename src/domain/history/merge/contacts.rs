//! What two clones know of a customer's person, as one.

use crate::domain::history::{
    contact::Contact,
    merge::fields::join_fields,
    person::PersonDetails,
    reach::{Reach, ReachList},
};

/// Whether two clones gave one id to two persons.
pub fn are_two(ours: &Contact, theirs: &Contact) -> bool {
    ours.customer != theirs.customer
}

/// A contact field by field: what one side changed is taken; where both changed one field, the first
/// of the values in their order stands and all are kept under `disputed`. Who is erased on one side is.
/// Who that is is not looked at.
pub fn contacts(base: Option<&Contact>, ours: &Contact, theirs: &Contact) -> Contact {
    let mut merged = Contact { person: None, ..ours.clone() };
    join_fields(&mut merged, base, ours, theirs);
    merged.erased = ours.erased.iter().chain(&theirs.erased).min().cloned();
    merged
}

/// A person field by field, as [`contacts`]; numbers and addresses that either side added stay, those
/// that either took away go.
pub fn persons(
    base: Option<&PersonDetails>,
    ours: &PersonDetails,
    theirs: &PersonDetails,
) -> PersonDetails {
    let mut merged = ours.clone();
    join_fields(&mut merged, base, ours, theirs);
    for list in ReachList::ALL {
        let [ours, theirs] = [ours, theirs].map(|side| side.reaches(*list));
        let base = base.map(|base| base.reaches(*list));
        merged.set_reaches(*list, all_of(base.as_deref(), ours, theirs));
    }
    merged
}

/// What either side has, but for what the other took away; in the order in which it stands on either.
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
        let is_gone = was(&one.at).is_some() && places.contains(&None);
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
        base::terms::{ReachKind, Term},
        history::{contact::Erasure, person::PersonField},
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
            "5888[0-3]".prop_map(Done::Added),
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
        fn numbers_that_one_clone_added_stay_and_those_that_one_took_away_go(
            one in done(), two in done()
        ) {
            let base = person();
            let (a, b) = (after(&one), after(&two));
            let has = |person: &PersonDetails, number: &str| {
                person.phones.iter().any(|phone| phone.number == number)
            };
            let merged = persons(Some(&base), &a, &b);
            for number in ["13812341234", "58880", "58881", "58882", "58883"] {
                let due = if has(&base, number) {
                    has(&a, number) && has(&b, number)
                } else {
                    has(&a, number) || has(&b, number)
                };
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

    #[test]
    fn who_is_erased_on_one_side_stays_erased_and_the_first_reason_holds() {
        let contact = Contact::new(1, person().id, "ACME".to_owned(), person());
        let erased = |at: &str, reason: &str| Contact {
            erased: Some(Erasure { at: at.parse().unwrap(), reason: reason.to_owned() }),
            person: None,
            ..contact.clone()
        };
        let (one, two) = (
            erased("2026-11-23T10:00:00+08:00", "asked for it"),
            erased("2026-11-23T09:00:00+08:00", "gone"),
        );
        assert_eq!(contacts(Some(&contact), &one, &contact).erased, one.erased);
        assert_eq!(contacts(Some(&contact), &one, &two).erased, two.erased);
        assert_eq!(contacts(Some(&one), &contact, &one).erased, one.erased);
    }
}
