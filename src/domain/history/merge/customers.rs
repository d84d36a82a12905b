//! What two clones know of a customer, as one.

use std::collections::BTreeSet;

use crate::domain::history::{
    customer::{Customer, CustomerList},
    merge::fields::join_fields,
};

/// A customer field by field: what one side changed is taken; where both changed one field, the first of
/// the values in their order stands and all are kept under `disputed`. Names, sites and products that
/// either side added stay, those that either took away go.
pub fn customers(base: Option<&Customer>, ours: &Customer, theirs: &Customer) -> Customer {
    let mut merged = ours.clone();
    join_fields(&mut merged, base, ours, theirs);
    for list in CustomerList::ALL {
        let of_base = base.map(|base| base.list(*list));
        *merged.list_mut(*list) = both(of_base, ours.list(*list), theirs.list(*list));
    }
    merged
}

fn both(
    base: Option<&BTreeSet<String>>,
    ours: &BTreeSet<String>,
    theirs: &BTreeSet<String>,
) -> BTreeSet<String> {
    let is_gone = |text: &&String| {
        let was_there = base.is_some_and(|base| base.contains(*text));
        was_there && !(ours.contains(*text) && theirs.contains(*text))
    };
    ours.union(theirs).filter(|text| !is_gone(text)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{base::terms::Party, history::customer::CustomerField};

    fn customer() -> Customer {
        let mut customer = Customer::new(1, "acme".parse().unwrap(), "ACME Ltd".to_owned());
        customer.aliases.extend(["acme", "ACME China"].map(str::to_owned));
        customer.sites.insert("Shanghai".to_owned());
        customer
    }

    /// What a clone did to a customer.
    #[derive(Clone, Debug)]
    enum Deed {
        Said(CustomerField, &'static str),
        Added(CustomerList, String),
        TookAway(CustomerList, usize),
    }

    fn done() -> impl Strategy<Value = Vec<Deed>> {
        let said = prop::sample::select(
            &[
                (CustomerField::Name, "ACME Group"),
                (CustomerField::Name, "Acme"),
                (CustomerField::Party, "internal"),
                (CustomerField::Manager, "zhang"),
                (CustomerField::Manager, "li"),
                (CustomerField::Agreement, "gold"),
                (CustomerField::MergedInto, "other"),
            ][..],
        );
        let list = || prop::sample::select(CustomerList::ALL);
        let deed = prop_oneof![
            said.prop_map(|(field, value)| Deed::Said(field, value)),
            (list(), "[a-d]").prop_map(|(list, text)| Deed::Added(list, text)),
            (list(), 0..2_usize).prop_map(|(list, nth)| Deed::TookAway(list, nth)),
        ];
        prop::collection::vec(deed, 0..5)
    }

    fn after(deeds: &[Deed]) -> Customer {
        let mut customer = customer();
        for deed in deeds {
            match deed {
                Deed::Said(field, value) => customer.set(*field, Some(value)),
                Deed::Added(list, text) => drop(customer.list_mut(*list).insert(text.clone())),
                Deed::TookAway(list, nth) => {
                    let gone = customer.list(*list).iter().nth(*nth).cloned();
                    customer.list_mut(*list).retain(|text| Some(text) != gone.as_ref());
                }
            }
        }
        customer
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn customers_merge_alike_whoever_merges_them(one in done(), two in done(), three in done()) {
            let base = customer();
            let [a, b, c] = [after(&one), after(&two), after(&three)];
            let join = |x: &Customer, y: &Customer| customers(Some(&base), x, y);
            prop_assert_eq!(join(&a, &b), join(&b, &a));
            prop_assert_eq!(join(&a, &a), a.clone());
            prop_assert_eq!(join(&a, &base), a.clone());
            prop_assert_eq!(join(&join(&a, &b), &c), join(&a, &join(&b, &c)));
            let merged = join(&a, &b);
            for field in CustomerField::ALL {
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
            for list in CustomerList::ALL {
                for text in merged.list(*list) {
                    prop_assert!(a.list(*list).contains(text) || b.list(*list).contains(text));
                }
            }
        }
    }

    #[test]
    fn two_clones_that_add_one_customer_make_one_of_it() {
        let mut other = customer();
        other.name = "ACME Group".to_owned();
        other.party = Party::Internal;
        other.aliases.insert("ACME G".to_owned());
        let merged = customers(None, &customer(), &other);
        assert_eq!(merged, customers(None, &other, &customer()));
        assert_eq!(merged.disputed.len(), 2, "{merged:?}");
        assert!(merged.aliases.contains("ACME G") && merged.aliases.contains("acme"));
    }
}
