//! A value behind a mere word for a password: `password hunter2`. What follows there is most often a
//! sentence, so that a value is only what can be nothing else.

use std::ops::Range;

use super::{COUNTED, LEAST, MOST, blanks, is_hidden};
use crate::domain::base::personal::{Sign, begins_with};

/// Words for a password that are nothing else.
const WORDS: [&str; 9] =
    ["passphrase", "password", "passwort", "kennwort", "passcode", "passwd", "pwd", "psw", "pw"];
/// Words that may stand between: `set the password to hunter2`.
const BETWEEN: [&str; 4] = ["to ", "as ", "auf ", "used "];
/// Before `password` they say what is to be done with it, and what follows is where: `reset password
/// OA2024`.
#[rustfmt::skip]
const ASKS: [&str; 34] = [
    "reset", "resets", "resetting", "forgot", "forgotten", "forget", "forgets", "change", "changes",
    "changing", "expired", "lost", "unlock", "recover", "request", "requests", "missing", "wrong",
    "incorrect", "invalid", "need", "needs", "no", "any", "without", "ask", "asks", "enter", "wants",
    "update", "sync", "vergessen", "resette", "falsches",
];
/// How names of systems, files and counts begin that have digits: `office365`, `db01`, `sha256`.
#[rustfmt::skip]
const SYSTEMS: [&str; 66] = [
    "office", "o", "m", "windows", "win", "sap", "s", "exchange", "sql", "mssql", "mysql", "oracle",
    "outlook", "server", "srv", "db", "vlan", "kb", "room", "vpn", "wifi", "wlan", "port", "sha", "md",
    "base", "utf", "argon", "pbkdf", "pkcs", "ipv", "line", "floor", "step", "user", "version", "v",
    "rev", "host", "pc", "laptop", "notebook", "printer", "desk", "teams", "app", "oa", "erp", "crm",
    "hr", "sso", "ad", "ldap", "level", "phase", "site", "gate", "sw", "nas", "vm", "node", "dc", "web",
    "tls", "x", "iphone",
];
/// What is counted behind a number: `8-character`.
#[rustfmt::skip]
const COUNTS: [&str; 33] = [
    "day", "month", "year", "week", "hour", "h", "min", "minute", "sec", "second", "char", "character",
    "digit", "letter", "sign", "word", "time", "x", "st", "nd", "rd", "th", "fa", "factor", "attempt",
    "step", "bit", "user", "tage", "zeichen", "am", "pm", "uhr",
];
/// Signs that stand inside passwords and not inside words.
const SIGNS: [char; 6] = ['!', '#', '$', '%', '^', '*'];
/// The fewest and the most digits of a value that has nothing else.
const FEWEST_DIGITS: usize = 6;
const MOST_DIGITS: usize = 12;

/// The value behind a word for a password, which stands at a place.
pub(super) fn told(signs: &[Sign], place: usize, from: usize, word: &str) -> Option<Range<usize>> {
    if !WORDS.contains(&word) {
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
    let is_stop = |sign: &&Sign| matches!(sign.seen, '.' | ',' | ';' | ':' | ')' | '?' | '!');
    let stops = |value: &[Sign]| value.iter().rev().take_while(is_stop).count();
    let bare = from..from + length - stops(&signs[from..from + length]);
    let value = &signs[bare.clone()];
    if value.len() < LEAST || is_hidden(value) || is_of_system(value) {
        return None;
    }
    let text: String = value.iter().map(|sign| sign.seen).collect();
    let asks = asked_before(signs, place);
    let is_one = if text.bytes().all(|b| b.is_ascii_digit()) {
        !asks && is_number(&text, &signs[bare.end..])
    } else {
        is_mixed(value, &text) && (!asks || has_sign(&text))
    };
    is_one.then_some(bare)
}

/// Whether letters and digits, or letters and a sign of passwords, are mixed as in no word, number, path,
/// address or count.
fn is_mixed(value: &[Sign], text: &str) -> bool {
    let has = |test: fn(&u8) -> bool| text.bytes().any(|b| test(&b));
    let digits = has(u8::is_ascii_digit);
    let is_one = has(u8::is_ascii_alphabetic) && (digits || has_sign(text));
    // numbers of orders, devices and records
    let is_code = digits
        && !has_sign(text)
        && value.iter().all(|sign| !sign.seen.is_ascii_alphabetic() || sign.is_capital);
    is_one && !is_code && !is_place(text) && !is_count(text) && !is_hash(text)
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

/// `90-day`, `12characters`, `2nd`
fn is_count(text: &str) -> bool {
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = behind.trim_start_matches('-').split('-').next().unwrap_or_default();
    let is_of = |counted: &str| COUNTS.contains(&counted);
    behind.len() < text.len() && (is_of(counted) || counted.strip_suffix('s').is_some_and(is_of))
}

/// A digest or an id, which is nothing that anybody types.
fn is_hash(text: &str) -> bool {
    let is_of_digest = |b: u8| b.is_ascii_hexdigit() || b == b'-';
    text.len() >= 32 && text.bytes().all(is_of_digest)
}

/// Whether a value is a word at the end of a sentence: `expired!`.
pub(super) fn is_word(value: &[Sign]) -> bool {
    let behind = value.iter().skip_while(|sign| sign.seen.is_ascii_alphabetic());
    behind.into_iter().all(|sign| matches!(sign.seen, '!' | '?'))
}

/// Whether a value is the name of a system, such as `Office365`.
pub(super) fn is_of_system(value: &[Sign]) -> bool {
    let word: String =
        value.iter().map(|sign| sign.seen).take_while(char::is_ascii_alphabetic).collect();
    let rest = &value[word.len()..];
    let is_number = |sign: &Sign| sign.seen.is_ascii_digit() || matches!(sign.seen, '.' | '-');
    let behind = rest.iter().skip_while(|sign| is_number(sign)).count();
    rest.first().is_some_and(is_number) && behind <= 1 && SYSTEMS.contains(&word.as_str())
}

/// Digits that are no day and are followed by nothing that is counted.
fn is_number(text: &str, behind: &[Sign]) -> bool {
    let is_day = text.len() == 8 && (text.starts_with("19") || text.starts_with("20"));
    let gap = blanks(behind, 0, 2);
    let word = behind[gap..].iter().map(|sign| sign.seen).take(MOST);
    let word: String = word.take_while(char::is_ascii_alphabetic).collect();
    let counts = [word.as_str(), word.strip_suffix('s').unwrap_or(&word)];
    let is_counted = counts.iter().any(|word| COUNTS.contains(word))
        || behind.get(gap).is_some_and(|next| COUNTED.contains(next.seen));
    (FEWEST_DIGITS..=MOST_DIGITS).contains(&text.len()) && !is_day && !is_counted
}

/// Whether the word before one for a password asks for something to be done with it.
fn asked_before(signs: &[Sign], place: usize) -> bool {
    let before = signs[..place].iter().rev().skip_while(|sign| !sign.seen.is_alphanumeric());
    let word = before.map(|sign| sign.seen).take(MOST).take_while(char::is_ascii_alphabetic);
    let mut word: Vec<char> = word.collect();
    word.reverse();
    ASKS.contains(&word.into_iter().collect::<String>().as_str())
}
