//! Passwords that a sentence tells: whose it is or what was done with it stands between the word and the
//! value, or a name and a stroke do. Most often no value stands there, so that one has a digit or a sign
//! that no word has.

use std::ops::Range;

use super::{HAN, LEAST, Sureness, blanks, is_pin, mere, told};
use crate::domain::base::personal::{Sign, begins_with, is_of_word};

/// What begins whose password it is.
const OF: [&str; 5] = [" for ", " of ", " to ", " für ", " von "];
/// The most words of whom it is, and the most signs of each.
const MOST_WORDS: usize = 4;
const MOST_SIGNS: usize = 30;
/// What says that the value follows.
pub(super) const IS: [(&str, Sureness); 4] = [
    ("is", Sureness::Likely),
    ("was", Sureness::Likely),
    ("lautet", Sureness::Likely),
    ("ist", Sureness::Unlikely),
];
/// What a password is said to be, beside what ends as such words do.
const STATES: [&str; 61] = [
    "wrong",
    "short",
    "shorter",
    "longer",
    "weaker",
    "strong",
    "stronger",
    "simple",
    "simpler",
    "complex",
    "blank",
    "right",
    "correct",
    "valid",
    "secret",
    "public",
    "private",
    "secure",
    "insecure",
    "unsafe",
    "obvious",
    "known",
    "unknown",
    "unique",
    "default",
    "standard",
    "identical",
    "optional",
    "initial",
    "normal",
    "personal",
    "stuck",
    "overdue",
    "clear",
    "plain",
    "plaintext",
    "there",
    "their",
    "theirs",
    "yours",
    "ours",
    "somewhere",
    "nowhere",
    "something",
    "nothing",
    "anything",
    "again",
    "still",
    "already",
    "later",
    "today",
    "tomorrow",
    "yesterday",
    "never",
    "always",
    "ready",
    "fresh",
    "stale",
    "empty",
    "gone",
    "fine",
];
const STATE_ENDS: [&str; 13] =
    ["ed", "ing", "able", "ible", "ly", "less", "ful", "ten", "ken", "len", "ary", "ory", "ent"];

/// What may stand between the word and what was done with it.
const SINCE: [&str; 6] = [" has been", " was", " is", " got", " now", " wurde"];
const SET_TO: [&str; 7] = [
    " changed to ",
    " reset to ",
    " set to ",
    " set back to ",
    " updated to ",
    " auf ",
    " changed into ",
];
const HAN_SINCE: [&str; 6] = ["已经", "已", "被", "现在", "刚", "给"];
const HAN_SET: [&str; 14] = [
    "修改", "更改", "变更", "更换", "更新", "重置", "重設", "重设", "设置", "恢复", "改", "设",
    "設", "换",
];
const HAN_TO: [&str; 7] = ["成了", "为了", "成", "为", "為", "到", "回"];

/// What stands before a name, a stroke and a password.
const LOGINS: [&str; 12] = [
    "login with ",
    "log in with ",
    "logged in with ",
    "logging in with ",
    "sign in with ",
    "signed in with ",
    "login as ",
    "log in as ",
    "login: ",
    "credentials: ",
    "credentials are ",
    "credentials ",
];
const HAN_LOGINS: [&str; 4] = ["登录", "登陆", "账号", "帐号"];
/// What may stand between a Han word and the name.
const BEFORE_NAME: [char; 5] = [':', ' ', '用', '是', '为'];

/// `password for grace is x`
pub(super) fn of_somebody(
    signs: &[Sign],
    place: usize,
    from: usize,
    word: &str,
) -> Option<Range<usize>> {
    let is_number = word == "pin";
    let mut at = from + OF.iter().find(|of| begins_with(&signs[from..], of))?.chars().count();
    for _ in 0..MOST_WORDS {
        let is_of_name = |sign: &&Sign| sign.seen.is_alphanumeric() || "-_.'’".contains(sign.seen);
        at += signs[at..].iter().take(MOST_SIGNS).take_while(is_of_name).count();
        let behind = signs.get(at)?.seen;
        at += 1;
        let gap = blanks(signs, at, 2);
        if matches!(behind, ':' | '=') && is_number {
            return told(signs, at + gap, false, Sureness::Unlikely, true);
        }
        if matches!(behind, ':' | '=') {
            return mere::told(signs, place, at + gap, word);
        }
        if behind != ' ' {
            return None;
        }
        let says =
            |is: &str| begins_with(&signs[at..], is) && begins_with(&signs[at + is.len()..], " ");
        if let Some((is, sure)) = IS.iter().find(|(is, _)| says(is)) {
            return told(signs, at + is.len() + 1, false, *sure, is_number);
        }
    }
    None
}

/// `password was reset to x`, `密码改成了x`
pub(super) fn set_to(signs: &[Sign], from: usize, word: &str) -> Option<Range<usize>> {
    let one_of = |words: &[&str], at: usize| {
        let found = words.iter().find(|word| begins_with(&signs[at..], word));
        found.map(|word| word.chars().count())
    };
    let is_han = HAN.contains(&word);
    let (since, set): (&[&str], &[&str]) =
        if is_han { (&HAN_SINCE, &HAN_SET) } else { (&SINCE, &SET_TO) };
    let mut at = from + one_of(since, from).unwrap_or_default();
    at += one_of(set, at)?;
    if is_han {
        at += one_of(&HAN_TO, at)?;
        at += usize::from(begins_with(&signs[at..], ":"));
        at += blanks(signs, at, 2);
    }
    // a mere word may say how, as in `set to expire`
    let sure = if is_han { Sureness::Likely } else { Sureness::Unlikely };
    told(signs, at, false, sure, word == "pin")
}

/// Whether a word says how a password is, or what became of it.
pub(super) fn is_state(word: &str) -> bool {
    let ends_so = || STATE_ENDS.iter().any(|end| word.ends_with(end));
    word.bytes().all(|b| b.is_ascii_alphabetic()) && (STATES.contains(&word) || ends_so())
}

/// `PIN 4711`, which is no year but where it ends the sentence.
pub(super) fn pin(signs: &[Sign], from: usize, word: &str) -> Option<Range<usize>> {
    let digits = signs.get(from..).filter(|_| word == "pin")?;
    let length =
        digits.iter().take(LEAST * 3).take_while(|sign| sign.seen.is_ascii_digit()).count();
    let (value, behind) = digits.split_at(length);
    let is_part = behind.first().is_some_and(|next| is_of_word(next.seen) || next.seen == '-');
    let is_year =
        length == LEAST && matches!(value[0].seen, '1' | '2') && "90".contains(value[1].seen);
    let is_one = is_pin(value) && !is_part && (!is_year || mere::is_last(behind));
    is_one.then_some(from..from + length)
}

/// `login with admin / x`
pub(super) fn behind_login(signs: &[Sign], place: usize) -> Option<Range<usize>> {
    let rest = &signs[place..];
    let begins = |word: &&&str| begins_with(rest, word);
    let mut at = match (LOGINS.iter().find(begins), HAN_LOGINS.iter().find(begins)) {
        (Some(word), _) => place + word.len(),
        (None, Some(word)) => {
            let behind = &rest[word.chars().count()..];
            let between = behind.iter().take(LEAST);
            let between = between.take_while(|sign| BEFORE_NAME.contains(&sign.seen)).count();
            place + word.chars().count() + between
        }
        (None, None) => return None,
    };
    let is_of_name = |sign: &&Sign| is_of_word(sign.seen) || matches!(sign.seen, '.' | '-' | '@');
    let name = signs.get(at..)?.iter().take(MOST_SIGNS).take_while(is_of_name).count();
    at += name;
    let before = blanks(signs, at, 1);
    if name == 0 || !begins_with(&signs[at + before..], "/") {
        return None;
    }
    at += before + 1;
    let after = blanks(signs, at, 1);
    let found = told(signs, at + after, false, Sureness::Unlikely, false)?;
    let value = &signs[found.clone()];
    let has = |test: fn(&Sign) -> bool| value.iter().any(test);
    let is_mixed = has(|sign| sign.is_capital) || has(|sign| !is_of_word(sign.seen));
    // without blanks it may be a domain and a user: corp/user01
    let is_one = value.len() >= LEAST
        && !mere::is_of_system(value)
        && !has(|sign| matches!(sign.seen, '/' | '\\'))
        && (before + after == 2
            || is_mixed && has(|sign| sign.seen.is_ascii_lowercase() && !sign.is_capital));
    is_one.then_some(found)
}
