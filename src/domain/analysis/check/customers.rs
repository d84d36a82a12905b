//! What clones said of customers without knowing of each other, until somebody settles it (A34).

use std::collections::BTreeMap;

use crate::domain::{
    analysis::finding::{
        Finding, FindingCode,
        phrase::{DisputedField, Phrase},
    },
    base::ids::CustomerId,
    history::customer::{
        Customer, SharedName, agreements_left_behind, merged_in_circle, said_of_merged,
        shared_names,
    },
};

/// The customers of whom somebody has to say which of several things holds.
pub fn unsettled(customers: &BTreeMap<CustomerId, Customer>) -> Vec<(CustomerId, Phrase)> {
    let disputed = customers.values().flat_map(|customer| {
        let fields = customer.disputed.iter();
        fields.map(|(field, values)| {
            let field = DisputedField::Customer(*field);
            (customer.id.clone(), Phrase::ValuesOf(field, values.len()))
        })
    });
    let circles = merged_in_circle(customers).into_iter().map(|(holds, others)| {
        (holds.clone(), Phrase::CustomersInCircle { customer: holds, others })
    });
    let shared =
        shared_names(customers).into_iter().map(|SharedName { name, meant, other, holder }| {
            (holder.clone(), Phrase::NameOfTwo { name, customer: meant, other, holder })
        });
    disputed.chain(circles).chain(shared).collect()
}

/// The agreements that customers lose by a merge: whoever merges them decides it, and is told so.
pub fn losing_agreements(customers: &BTreeMap<CustomerId, Customer>) -> Vec<(CustomerId, Phrase)> {
    let left = agreements_left_behind(customers).into_iter();
    left.map(|left| (left.into.clone(), Phrase::AgreementLeftBehind(left))).collect()
}

/// What either of two sides has said of customers since `base` that the other one merged away.
pub fn saying_of_merged(
    base: &BTreeMap<CustomerId, Customer>,
    [one, other]: [&BTreeMap<CustomerId, Customer>; 2],
    now: &BTreeMap<CustomerId, Customer>,
) -> Vec<(CustomerId, Phrase)> {
    let said = [said_of_merged(base, [one, other], now), said_of_merged(base, [other, one], now)];
    let said = said.into_iter().flatten();
    said.map(|said| (said.into.clone(), Phrase::SaidOfMerged(said))).collect()
}

/// What is unsettled, as findings.
pub fn clashes(customers: &BTreeMap<CustomerId, Customer>) -> Vec<Finding> {
    let finding = |(id, phrase): (CustomerId, Phrase)| {
        Finding::of(FindingCode::Clash).path(format!("customers/{id}.yaml")).found(phrase)
    };
    unsettled(customers).into_iter().map(finding).collect()
}
