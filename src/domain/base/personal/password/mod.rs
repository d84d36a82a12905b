//! Passwords: a word for one, a sign that a value follows, and the value.

mod mere;
mod sentence;

use std::ops::Range;

use self::sentence::{behind_login, is_state};
use super::{PersonalKind, Sign, begins_with, is_of_word};

/// Words for a password, the longer ones first.
const WORDS: [&str; 14] = [
    "passphrase",
    "password",
    "passwort",
    "kennwort",
    "passcode",
    "passwd",
    "pwd",
    "密码",
    "密碼",
    "口令",
    "pass",
    "psw",
    "pin",
    "pw",
];
/// Of these only, what follows a colon may be a sentence.
const HAN: [&str; 3] = ["密码", "密碼", "口令"];
/// What may stand between the word and the sign: `PIN码`, `password (new):`.
const BEHIND_WORD: [&str; 8] = ["码", "碼", "(new)", "(old)", "(新)", "(旧)", "s", "的"];
/// What says that the value follows.
const SIGNS: [&str; 5] = [":", "=", "是", "为", "為"];
/// What somebody writes behind `password:` who tells none.
const NO_VALUES: [&str; 46] = [
    "reset",
    "expired",
    "expires",
    "expiry",
    "forgotten",
    "forgot",
    "wrong",
    "incorrect",
    "invalid",
    "changed",
    "change",
    "unknown",
    "missing",
    "required",
    "none",
    "empty",
    "yes",
    "no",
    "ok",
    "not",
    "is",
    "does",
    "do",
    "cannot",
    "can't",
    "please",
    "failed",
    "rejected",
    "locked",
    "works",
    "problem",
    "issue",
    "n/a",
    "policy",
    "user",
    "the",
    "a",
    "an",
    "hidden",
    "redacted",
    "removed",
    "see",
    "ask",
    "never",
    "todo",
    "unset",
];
/// The fewest characters of a value that follows without a sign, or behind a mere `is`.
const LEAST: usize = 4;
/// The fewest of a mere word behind `is`.
const LEAST_OF_WORD: usize = 5;
/// The most characters that a value has.
const MOST: usize = 128;

/// How sure it is that a value follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sureness {
    /// A sign says so.
    Told,
    /// `is` stands before it: a mere word is one where it ends the sentence and is no state of a password.
    Likely,
    /// A value has a digit, or a sign that no word has.
    Unlikely,
}

/// Whether any word for a password, or for a login, stands in a text.
pub(super) fn is_spoken_of(text: &str) -> bool {
    let has_first = |c: char| {
        matches!(
            c,
            '密' | '口' | '登' | '号' | 'p' | 'P' | 'k' | 'K' | 'l' | 'L' | 'g' | 'G' | '\u{ff21}'
                ..='\u{ff5a}'
        )
    };
    text.contains(has_first)
}

/// Where the values of passwords stand.
pub(super) fn passwords(signs: &[Sign]) -> Vec<(PersonalKind, Range<usize>)> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < signs.len() {
        let value = of_url(signs, place)
            .or_else(|| behind_word(signs, place))
            .or_else(|| behind_login(signs, place));
        place = value.as_ref().map_or(place + 1, |range| range.end);
        found.extend(value.map(|range| (PersonalKind::Password, range)));
    }
    found
}

/// `https://name:value@host`
fn of_url(signs: &[Sign], place: usize) -> Option<Range<usize>> {
    if !begins_with(&signs[place..], "://") {
        return None;
    }
    let is_end = |sign: &Sign| sign.seen.is_whitespace() || matches!(sign.seen, '/' | '@');
    let from = place + 3;
    let end = from + signs[from..].iter().take(MOST).position(is_end)?;
    let colon = from + signs[from..end].iter().position(|sign| sign.seen == ':')?;
    let range = colon + 1..end;
    let is_told = signs[end].seen == '@' && !range.is_empty() && !is_hidden(&signs[range.clone()]);
    is_told.then_some(range)
}

fn behind_word(signs: &[Sign], place: usize) -> Option<Range<usize>> {
    let word = WORDS.iter().find(|word| begins_with(&signs[place..], word))?;
    let is_han = HAN.contains(word);
    let before = place.checked_sub(1).map(|before| signs[before].seen);
    // `db_password=x` is one, `compass: x` is none
    if !is_han && before.is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let mut at = place + word.chars().count();
    for behind in BEHIND_WORD {
        let gap = blanks(signs, at, 1);
        let from = if behind.starts_with('(') { at + gap } else { at };
        if begins_with(&signs[from..], behind) {
            at = from + behind.chars().count();
        }
    }
    let quoted = signs.get(at).is_some_and(|sign| matches!(sign.seen, '"' | '\''));
    at += usize::from(quoted);
    let gap = blanks(signs, at, 3);
    let is_number = *word == "pin";
    for sign in SIGNS {
        if begins_with(&signs[at + gap..], sign) {
            let is_weak = !matches!(sign, ":" | "=");
            let mut from = at + gap + 1;
            // 密码是：x
            if is_weak && signs.get(from).is_some_and(|sign| sign.seen == ':') {
                from += 1;
            }
            from += blanks(signs, from, 3);
            let sure = if is_weak && !is_han { Sureness::Likely } else { Sureness::Told };
            return told(signs, from, sign == "=", sure, is_number);
        }
    }
    if let Some(found) = sentence::set_to(signs, at, word) {
        return Some(found);
    }
    for (is, sure) in sentence::IS {
        let says = begins_with(&signs[at..], " ") && begins_with(&signs[at + 1..], is);
        if !is_han && says {
            let from = at + 1 + is.len();
            let gap = blanks(signs, from, 1);
            let colon = usize::from(begins_with(&signs[from + gap..], ":"));
            let from = from + gap + colon;
            if gap + colon > 0 {
                let from = from + blanks(signs, from, 2);
                let sure = if colon == 0 { sure } else { Sureness::Told };
                return told(signs, from, false, sure, is_number);
            }
        }
    }
    sentence::of_somebody(signs, place, at, word)
        .or_else(|| sentence::pin(signs, at + gap, word))
        .or_else(|| (gap > 0 || is_han).then(|| mere::told(signs, place, at + gap, word)).flatten())
}

/// The value from a place on, if what stands there is one.
fn told(
    signs: &[Sign],
    from: usize,
    is_assigned: bool,
    sure: Sureness,
    is_number: bool,
) -> Option<Range<usize>> {
    let rest = signs.get(from..)?;
    let quote = rest.first().map(|sign| sign.seen).filter(|c| "\"'“‘「`".contains(*c));
    let from = from + usize::from(quote.is_some());
    let rest = &signs[from..];
    let is_end = |sign: &&Sign| !sign.seen.is_ascii_graphic() || "\"'`".contains(sign.seen);
    let ends = |sign: &&Sign| is_end(sign) || is_assigned && matches!(sign.seen, '&' | ';');
    let mut length = rest.iter().take(MOST).take_while(|sign| !ends(sign)).count();
    let is_stop = |sign: &Sign| matches!(sign.seen, '.' | ',' | ';' | ')');
    while length > 0 && is_stop(&rest[length - 1]) && !is_only_signs(&rest[..length]) {
        length -= 1;
    }
    let value = &rest[..length];
    if value.is_empty() || is_hidden(value) || is_number && !is_pin(value) {
        return None;
    }
    let word: String = value.iter().map(|sign| sign.seen).collect();
    let is_word = word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'\'' || b == b'/');
    let goes_on = goes_on(&rest[length..]);
    // 重置密码：OA系统
    let is_name = value.iter().all(|sign| sign.is_capital) && length > 1;
    let is_prose =
        is_word && quote.is_none() && (goes_on || is_name || NO_VALUES.contains(&word.as_str()));
    let is_odd = || {
        let has = |test: fn(&char) -> bool| word.chars().any(|c| test(&c));
        has(char::is_ascii_digit) && length >= LEAST || has(|c| "!@#$%^&*_".contains(*c))
    };
    let ends_sentence = || is_word && length >= LEAST_OF_WORD && mere::is_last(&rest[length..]);
    let is_sure = match sure {
        Sureness::Told => true,
        Sureness::Likely => {
            !is_state(word.trim_end_matches(['!', '?'])) && (is_odd() || ends_sentence())
        }
        Sureness::Unlikely => is_odd(),
    };
    if !is_assigned && is_prose || quote.is_none() && !is_sure {
        return None;
    }
    Some(from..from + length)
}

/// Whether a value is written so that nobody learns it: `***`, `<password>`, `$SECRET`, `[…]`.
fn is_hidden(value: &[Sign]) -> bool {
    let first = value[0].seen;
    let is_one = value.len() > 2 && value.iter().all(|sign| sign.seen == first);
    let is_placeholder = matches!(first, '<' | '{' | '[' | '%') || first == '$' && value.len() > 1;
    is_one && matches!(first, '*' | 'x' | '.' | '-' | '_' | '?' | '#') || is_placeholder
}

/// Whether a word follows behind a blank, or a count of something: `last 3 attempts`.
fn goes_on(behind: &[Sign]) -> bool {
    let is_word = |at: usize| {
        let blank = behind.get(at).is_some_and(|gap| gap.seen == ' ');
        let next = behind.get(at + 1).map(|next| next.seen);
        blank && next.is_some_and(|c| c.is_ascii_lowercase() || !c.is_ascii())
    };
    let counted = behind.iter().skip(1).take(LEAST);
    let counted = counted.take_while(|sign| sign.seen.is_ascii_digit()).count();
    is_word(0) || counted > 0 && is_word(1 + counted) && behind[0].seen == ' '
}

fn is_only_signs(value: &[Sign]) -> bool {
    value.iter().all(|sign| !is_of_word(sign.seen))
}

fn is_pin(value: &[Sign]) -> bool {
    (LEAST..=8).contains(&value.len()) && value.iter().all(|sign| sign.seen.is_ascii_digit())
}

/// How many blanks stand at a place, as far as they are looked at.
fn blanks(signs: &[Sign], from: usize, most: usize) -> usize {
    let rest = signs.get(from..).unwrap_or_default();
    rest.iter().take(most).take_while(|sign| sign.seen.is_whitespace()).count()
}
