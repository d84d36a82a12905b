//! Values in free text that tell of a person or let somebody in: phone numbers, e-mail addresses, ID
//! cards, bank cards and passwords. A value is meant, never the word for one.

mod before;
mod email;
mod number;
mod password;
#[cfg(test)]
mod tests;

use std::{fmt, ops::Range};

use super::{
    characters::{enclosed_digit, is_invisible, unified},
    terms::{Term, terms},
};

terms! {
    /// What sort of value it is.
    PersonalKind "personal" {
        Phone = "phone",
        Email = "email",
        IdCard = "id_card",
        BankCard = "bank_card",
        /// Never kept, whatever the reason.
        Password = "password",
    }
}

/// A value in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalValue {
    pub kind: PersonalKind,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
}

/// A character as it is read, with where it stands in the text.
#[derive(Clone, Copy, Debug)]
struct Sign {
    /// In half width and lower case, a digit of any script as that of ASCII.
    seen: char,
    is_capital: bool,
    start: usize,
    end: usize,
}

/// The fewest digits of a value that is a number.
const LEAST_DIGITS: usize = 9;

/// The most signs on each side of a value that is all of a text.
const MOST_AROUND: usize = 3;

/// The values in a text, in their order; none overlaps another.
///
/// Width, case and what is not seen make no difference. The time is linear in the length of the text.
pub fn personal_values(text: &str) -> Vec<PersonalValue> {
    if !may_hold(text) {
        return Vec::new();
    }
    let signs = signs_of(text);
    let mut found = password::passwords(&signs);
    let mut taken = vec![false; signs.len()];
    for (_, range) in &found {
        taken[range.clone()].fill(true);
    }
    for (kind, range) in email::addresses(&signs).into_iter().chain(number::numbers(&signs)) {
        if !taken[range.clone()].contains(&true) {
            taken[range.clone()].fill(true);
            found.push((kind, range));
        }
    }
    found.sort_by_key(|(_, range)| range.start);
    let value = |(kind, range): (PersonalKind, Range<usize>)| PersonalValue {
        kind,
        range: signs[range.start].start..signs[range.end - 1].end,
    };
    found.into_iter().map(value).collect()
}

fn signs_of(text: &str) -> Vec<Sign> {
    let visible = text.char_indices().filter(|(_, c)| !is_invisible(*c));
    let sign = |(start, c): (usize, char)| {
        let seen = unified(c);
        let end = start + c.len_utf8();
        let is_capital = seen.is_ascii_uppercase();
        Sign { seen: seen.to_ascii_lowercase(), is_capital, start, end }
    };
    let mut signs: Vec<Sign> = visible.map(sign).collect();
    let mut is_behind_digit = false;
    for place in 0..signs.len() {
        let seen = signs[place].seen;
        let is_before_digit = signs.get(place + 1).is_some_and(|next| next.seen.is_ascii_digit());
        // beside an ordinary digit it is the mark of a line or of a note: `①13812345678`
        if let Some(digit) = enclosed_digit(seen).filter(|_| !is_behind_digit && !is_before_digit) {
            signs[place].seen = digit;
        }
        is_behind_digit = seen.is_ascii_digit();
    }
    signs
}

/// The text with each value replaced by what `instead` has for its kind, and how many were; `None`
/// where none was. A value of a kind for which there is nothing stays.
pub fn without_personal(
    text: &str,
    instead: impl Fn(PersonalKind) -> Option<&'static str>,
) -> Option<(String, usize)> {
    let mut kept = String::with_capacity(text.len());
    let (mut copied, mut replaced) = (0, 0);
    for PersonalValue { kind, range } in personal_values(text) {
        let Some(instead) = instead(kind) else { continue };
        kept += &text[copied..range.start];
        kept += instead;
        (copied, replaced) = (range.end, replaced + 1);
    }
    (replaced > 0).then(|| (kept + &text[copied..], replaced))
}

/// Whether a look at the text is worth the while: most have neither a number, nor an address, nor a
/// word for a password.
fn may_hold(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        match unified(c) {
            '@' => return true,
            '0'..='9' => digits += 1,
            other => digits += usize::from(enclosed_digit(other).is_some()),
        }
        if digits >= LEAST_DIGITS {
            return true;
        }
    }
    password::is_spoken_of(text)
}

/// Whether a character is part of a word of letters, digits and what joins them.
fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Whether nothing but these signs stands in the text, save a few that are no part of a word.
fn is_whole(signs: &[Sign], range: &Range<usize>) -> bool {
    let is_bare = |around: &[Sign]| {
        around.len() <= MOST_AROUND && !around.iter().any(|sign| sign.seen.is_alphanumeric())
    };
    is_bare(&signs[..range.start]) && is_bare(&signs[range.end..])
}

/// Whether the signs from a place on begin with a word.
fn begins_with(signs: &[Sign], word: &str) -> bool {
    let mut signs = signs.iter();
    word.chars().all(|c| signs.next().is_some_and(|sign| sign.seen == c))
}
