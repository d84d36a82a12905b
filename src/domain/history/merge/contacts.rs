//! What two clones know of a contact in the branch, as one.

use crate::domain::history::{contact::Contact, merge::fields::join_fields};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        base::ids::ContactId,
        history::{contact::Erasure, person::PersonDetails},
    };

    #[test]
    fn who_is_erased_on_one_side_stays_erased_and_the_first_reason_holds() {
        let id: ContactId = "C-4TZ9M".parse().unwrap();
        let person = PersonDetails::named(1, id.clone(), "Ms Wang".to_owned());
        let contact = Contact::new(1, id, "ACME".to_owned(), person);
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
