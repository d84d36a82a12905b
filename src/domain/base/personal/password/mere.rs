//! A value behind a mere word for a password: `password hunter2`. What follows there is most often a
//! sentence, so that a value is only what can be nothing else and ends it: with a word behind it, it is
//! the name of a system or part of a phrase.

use std::ops::Range;

use super::{HAN, LEAST, MOST, WORDS, blanks, is_hidden};
use crate::domain::base::personal::{Sign, before::is_behind, begins_with};

/// Words for a password that are words for something else as well: nothing is told by them alone.
const AMBIGUOUS: [&str; 2] = ["pass", "pin"];
/// Words that may stand between: `set the password to hunter2`.
const BETWEEN: [&str; 4] = ["to ", "as ", "auf ", "used "];
/// Before `password` they say what is to be done with it, and what follows is where: `reset password
/// Portal7`.
const ASKS: [&str; 12] = [
    "reset",
    "resetting",
    "forgot",
    "forgotten",
    "forget",
    "change",
    "changing",
    "expired",
    "lost",
    "unlock",
    "wrong",
    "vergessen",
];
const HAN_ASKS: [&str; 6] = ["重置", "忘记", "修改", "更改", "找回", "更新"];
/// How the best known names of systems begin that end with digits: `office365`.
const SYSTEMS: [&str; 10] =
    ["office", "windows", "win", "exchange", "outlook", "sap", "server", "vpn", "wifi", "teams"];
/// What a desk has for passwords, with a year or a version behind it: `password policy2025`.
const FOR_PASSWORDS: [&str; 11] = [
    "policy",
    "policies",
    "rule",
    "rules",
    "guideline",
    "guidelines",
    "list",
    "audit",
    "expiry",
    "expiration",
    "rollout",
];
/// Signs that stand inside passwords and not inside words.
const SIGNS: [char; 6] = ['!', '#', '$', '%', '^', '*'];
/// What may follow a value.
const ENDS: &str = "\n.,;!?()[]{}<>\"'`“”‘’「」『』《》【】、。…";
/// The fewest and the most digits of a value that has nothing else.
const FEWEST_DIGITS: usize = 6;
const MOST_DIGITS: usize = 12;
/// The most digits before a word that are a count of it: `12characters`.
const MOST_COUNTED: usize = 3;

/// The value behind a word for a password, which stands at a place.
pub(super) fn told(signs: &[Sign], place: usize, from: usize, word: &str) -> Option<Range<usize>> {
    if !WORDS.contains(&word) || AMBIGUOUS.contains(&word) {
        return None;
    }
    let between = BETWEEN.iter().find(|between| begins_with(&signs[from..], between));
    let from = from + between.map_or(0, |between| between.len());
    let from = from + blanks(signs, from, 2);
    let rest = signs.get(from..)?;
    let is_quote = |sign: &Sign| "\"'“‘「`".contains(sign.seen);
    let from = from + usize::from(rest.first().is_some_and(is_quote));
    let is_end = |sign: &&Sign| !sign.seen.is_ascii_graphic() || "\"'`".contains(sign.seen);
    let length = signs[from..].iter().take(MOST).take_while(|sign| !is_end(sign)).count();
    let is_stop = |sign: &&Sign| matches!(sign.seen, '.' | ',' | ';' | ':' | ')' | ']' | '?' | '!');
    let stops = signs[from..from + length].iter().rev().take_while(is_stop).count();
    let bare = from..from + length - stops;
    let (value, behind) = (&signs[bare.clone()], &signs[bare.end..]);
    if value.len() < LEAST || is_hidden(value) || is_of_system(value) || !is_last(behind) {
        return None;
    }
    let text: String = value.iter().map(|sign| sign.seen).collect();
    let asks = between.is_none() && is_behind(signs, place, &ASKS, &HAN_ASKS);
    let is_one = if text.bytes().all(|b| b.is_ascii_digit()) {
        !asks && is_number(&text)
    } else {
        let has_sign = has_sign(&text) || behind.first().is_some_and(|it| SIGNS.contains(&it.seen));
        let may_be_code = HAN.contains(&word);
        is_mixed(&text) && (may_be_code || !is_code(value)) && (!asks || has_sign)
    };
    is_one.then_some(bare)
}

/// Whether nothing follows but what ends a part of a sentence.
pub(super) fn is_last(behind: &[Sign]) -> bool {
    let is_blank = |sign: &&Sign| sign.seen != '\n' && sign.seen.is_whitespace();
    let gap = behind.iter().take(MOST).take_while(is_blank).count();
    behind.get(gap).is_none_or(|next| ENDS.contains(next.seen))
}

/// Whether letters and digits, or letters and a sign of passwords, are mixed as in no word, path, address,
/// count or digest.
fn is_mixed(text: &str) -> bool {
    let has = |test: fn(&u8) -> bool| text.bytes().any(|b| test(&b));
    let is_one = has(u8::is_ascii_alphabetic) && (has(u8::is_ascii_digit) || has_sign(text));
    is_one && !is_place(text) && !is_count(text) && !is_hash(text)
}

/// The number of an order, a device or a record: capitals and digits.
fn is_code(value: &[Sign]) -> bool {
    let is_of_code = |sign: &Sign| {
        !SIGNS.contains(&sign.seen) && (sign.is_capital || !sign.seen.is_ascii_alphabetic())
    };
    value.iter().all(is_of_code)
}

fn has_sign(text: &str) -> bool {
    let inside = text.get(1..text.len() - 1).unwrap_or_default();
    inside.contains(SIGNS)
}

/// Paths, addresses, names of files and hosts, and versions such as `802.1x`.
fn is_place(text: &str) -> bool {
    let last = text.rsplit_once('.').map(|(_, last)| last);
    text.contains(['/', '\\', '<', '(', '['])
        || text.starts_with(['@', '-', '#'])
        || last.is_some_and(|last| last.bytes().all(|b| b.is_ascii_alphabetic()))
        || text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('.')
}

/// `90-day`, `12characters`
fn is_count(text: &str) -> bool {
    let counted = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - counted.len();
    let is_of_word = |b: u8| b.is_ascii_alphabetic() || b == b'-';
    (1..=MOST_COUNTED).contains(&digits) && counted.bytes().all(is_of_word)
}

/// A digest or an id, which is nothing that anybody types.
fn is_hash(text: &str) -> bool {
    let is_of_digest = |b: u8| b.is_ascii_hexdigit() || b == b'-';
    text.len() >= 32 && text.bytes().all(is_of_digest)
}

/// Whether a value is the name of a system, such as `Office365`, or of something about passwords.
pub(super) fn is_of_system(value: &[Sign]) -> bool {
    let text: String = value.iter().map(|sign| sign.seen).collect();
    let is_behind_name = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    let name = text.trim_end_matches(is_behind_name);
    SYSTEMS.contains(&name) || FOR_PASSWORDS.contains(&name)
}

/// Digits that are no day.
fn is_number(text: &str) -> bool {
    let is_day = text.len() == 8 && (text.starts_with("19") || text.starts_with("20"));
    (FEWEST_DIGITS..=MOST_DIGITS).contains(&text.len()) && !is_day
}
