//! Where a customer's person is reached: numbers and addresses, kept as they were told and looked up
//! however they are written.

use crate::domain::{
    base::{
        phone::PhoneNumber,
        terms::{ContactKey, ReachKind},
        text::folded,
    },
    history::person::{ContactEmail, ContactPhone},
};

/// What there are several of that lead to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReachList {
    Phones,
    Emails,
}

/// A number or an address, with where it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    pub at: String,
    pub kind: ReachKind,
}

impl ReachList {
    pub const ALL: &[Self] = &[Self::Phones, Self::Emails];

    /// The list as files spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phones => "phones",
            Self::Emails => "emails",
        }
    }

    /// What people call one of it where they say it anew.
    pub fn key(self) -> ContactKey {
        match self {
            Self::Phones => ContactKey::Phone,
            Self::Emails => ContactKey::Email,
        }
    }

    /// Where among these a number or an address stands, however it is written.
    pub fn find(self, among: &[Reach], at: &str) -> Option<usize> {
        among.iter().position(|known| self.are_one(&known.at, at))
    }

    /// Whether two texts are one number, or one address.
    pub fn are_one(self, one: &str, other: &str) -> bool {
        match self {
            Self::Phones => {
                let numbers = (PhoneNumber::read(one), PhoneNumber::read(other));
                folded(one) == folded(other)
                    || matches!(numbers, (Some(one), Some(other)) if one.is_same(&other))
            }
            Self::Emails => folded(one) == folded(other),
        }
    }

    /// These numbers or addresses, each in one spelling: of a number the one that names its country, where
    /// one does. What was found to lead nowhere in any spelling leads nowhere.
    pub fn each_once(self, among: &[Reach]) -> Vec<Reach> {
        let is_spelled_better = |one: &Reach, other: &Reach| {
            let rank = |it: &Reach| (self == Self::Phones && !names_country(&it.at), it.at.clone());
            one.at != other.at && self.are_one(&one.at, &other.at) && rank(one) < rank(other)
        };
        let is_kept = |it: &&Reach| !among.iter().any(|other| is_spelled_better(other, it));
        let with_kind = |it: &Reach| {
            let same = among.iter().filter(|other| self.are_one(&it.at, &other.at));
            let kind = same.map(|other| other.kind).max().unwrap_or(it.kind);
            Reach { kind, ..it.clone() }
        };
        among.iter().filter(is_kept).map(with_kind).collect()
    }

    /// Where a number or an address leads to, where nobody says.
    pub fn usual_kind(self, at: &str) -> ReachKind {
        match self {
            Self::Phones if PhoneNumber::is_mobile(at) => ReachKind::Mobile,
            Self::Phones | Self::Emails => ReachKind::Work,
        }
    }
}

fn names_country(number: &str) -> bool {
    PhoneNumber::read(number).is_some_and(|number| number.is_international())
}

/// What all spellings of a number, or of an address, have in common: who may be reached by one is looked
/// up by it. `None` of anything else, such as a name.
pub fn reach_key(text: &str) -> Option<String> {
    let address = folded(text);
    if address.contains('@') {
        return Some(address);
    }
    PhoneNumber::read(text)?.tail().map(str::to_owned)
}

impl From<&ContactPhone> for Reach {
    fn from(phone: &ContactPhone) -> Self {
        Self { at: phone.number.clone(), kind: phone.kind }
    }
}

impl From<&ContactEmail> for Reach {
    fn from(email: &ContactEmail) -> Self {
        Self { at: email.address.clone(), kind: email.kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_number_is_one_in_every_width() {
        assert!(ReachList::Phones.are_one("8001", "８００１"));
        assert!(!ReachList::Phones.are_one("8001", "8002"));
    }

    #[test]
    fn all_spellings_of_a_number_or_an_address_have_one_key_and_names_have_none() {
        for (one, other) in [
            ("+86 138 1234 1234", "138-1234-1234"),
            ("010-62345678转8012", "（010）62345678"),
            ("Wang@ACME.example", "ｗａｎｇ@acme.example"),
        ] {
            assert_eq!(reach_key(one), reach_key(other), "{one} and {other}");
            assert!(reach_key(one).is_some(), "{one}");
        }
        for name in ["Ms Wang", "王敏", "Room 12"] {
            assert_eq!(reach_key(name), None, "{name}");
        }
    }
}
