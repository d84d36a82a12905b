//! What stands around digits: words, letters and signs that say whose number it is, or that it is none of
//! a person's.

use super::super::{
    Sign,
    before::{NUMBERS, is_behind},
    begins_with, is_of_word,
};

/// Words that stand before a number of any phone without a blank.
const BEFORE_PHONES: [&str; 17] = [
    "tel",
    "phone",
    "mobile",
    "mob",
    "cell",
    "fax",
    "ph",
    "telephone",
    "telefon",
    "mobil",
    "handy",
    "call",
    "sms",
    "cellphone",
    "wechat",
    "weixin",
    "whatsapp",
];
const HAN_PHONES: [&str; 7] = ["电话", "手机", "微信", "号码", "联系", "致电", "拨打"];
/// Words and letters that stand so before a mobile number. The list is closed, and of single letters it
/// has those for telephone, mobile, phone, home and the two messengers: any two letters before eleven
/// digits are the number of an order, a parcel or a device far more often, and so is one of the others.
const BEFORE_MOBILES: [&str; 12] =
    ["wx", "vx", "wa", "sj", "dh", "shouji", "t", "m", "p", "h", "v", "w"];
/// What has numbers that are nobody's, without the `s` of several.
#[rustfmt::skip]
const THINGS: [&str; 65] = [
    "account", "article", "asset", "batch", "bill", "booking", "bug", "build", "case", "change", "channel",
    "code", "contract", "delivery", "device", "document", "error", "event", "extension", "firm",
    "floor", "id", "imei", "inc", "incident", "invoice", "issue", "item", "job", "key", "level", "license",
    "licence", "line", "lot", "model", "order", "package", "page", "parcel", "part", "po", "policy", "port",
    "problem", "product", "record", "ref", "reference", "request", "room", "row", "serial", "session",
    "shipment", "sn", "step", "task", "ticket", "tracking", "transaction", "vlan", "value", "version",
    "voucher",
];
const HAN_THINGS: [&str; 20] = [
    "单",
    "快递",
    "包裹",
    "发票",
    "编号",
    "序号",
    "料号",
    "型号",
    "批号",
    "工号",
    "列号",
    "端口",
    "房间",
    "代码",
    "错误",
    "版本",
    "资产",
    "合同",
    "流水",
    "会议室",
];
/// Words that stand so before a number with a check digit.
const BEFORE_CARDS: [&str; 4] = ["id", "idcard", "sfz", "card"];
/// One letter more than the longest of these words has: with so many it is none of them.
const LONGEST_BEFORE: usize =
    1 + longest(&[&BEFORE_PHONES, &BEFORE_MOBILES, &BEFORE_CARDS, &NUMBERS]);
/// What is counted, so that the number before it is none of a person's.
const UNITS: [&str; 18] = [
    "byte", "rows", "row", "ms", "us", "ns", "kb", "mb", "gb", "times", "records", "usd", "cny",
    "eur", "rmb", "files", "packets", "requests",
];
const HAN_UNITS: &str = "元块塊次条條个個字％%‰¥$€";

/// What sort of number may begin at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberStart {
    Any,
    /// Behind a word for a card.
    Card,
    /// Behind a word or a letter for a mobile phone.
    Mobile,
}

/// What may begin at a place: nothing within a word, a path, a decimal or an amount, but behind a word
/// for it.
pub(super) fn beginning(signs: &[Sign], start: usize) -> Option<NumberStart> {
    let seen = |back: usize| start.checked_sub(back).map(|at| signs[at].seen);
    let Some(before) = seen(1) else { return Some(NumberStart::Any) };
    let is_word = seen(2).is_some_and(is_of_word);
    match before {
        '$' | '¥' | '€' | '£' | '￥' => None,
        '#' if is_word => behind_word(signs, start - 1),
        // anything may be numbered: `order #4711`
        '#' => (start == 1 || is_of_phone(signs, start - 1)).then_some(NumberStart::Mobile),
        '-' | '.' if !is_word => Some(NumberStart::Any),
        '/' if !seen(2).is_some_and(|c| c == '/' || c.is_ascii_alphabetic()) => {
            Some(NumberStart::Any)
        }
        '.' => behind_word(signs, start - 1),
        // one letter with a dash is the number of something, and with a stroke part of a path
        '-' | '/' => {
            let is_longer = seen(3).is_some_and(is_of_word);
            behind_word(signs, start - 1).filter(|_| is_longer)
        }
        c if is_of_word(c) => behind_word(signs, start),
        _ => Some(NumberStart::Any),
    }
}

const fn longest(lists: &[&[&str]]) -> usize {
    let (mut list, mut word, mut most) = (0, 0, 0);
    while list < lists.len() {
        if word == lists[list].len() {
            (list, word) = (list + 1, 0);
            continue;
        }
        if lists[list][word].len() > most {
            most = lists[list][word].len();
        }
        word += 1;
    }
    most
}

/// What may begin behind the word that ends at a place.
fn behind_word(signs: &[Sign], end: usize) -> Option<NumberStart> {
    let joins = signs[..end].iter().rev().take_while(|sign| sign.seen == '_').count();
    let before = signs[..end - joins].iter().rev();
    let word = before.take_while(|sign| is_of_word(sign.seen)).take(LONGEST_BEFORE);
    let word: Vec<char> = word.map(|sign| sign.seen).collect();
    let is_one =
        |words: &[&str]| words.iter().any(|before| before.chars().rev().eq(word.iter().copied()));
    if word.is_empty() || is_one(&BEFORE_PHONES) {
        Some(NumberStart::Any)
    } else if is_one(&BEFORE_MOBILES) {
        Some(NumberStart::Mobile)
    } else if is_one(&NUMBERS) {
        let is_of_things = is_of_things(signs, end - joins - word.len());
        (!is_of_things).then_some(NumberStart::Mobile)
    } else if is_one(&BEFORE_CARDS) {
        Some(NumberStart::Card)
    } else {
        None
    }
}

/// Whether what stands before a place says that the number there is of something and not of somebody.
fn is_of_things(signs: &[Sign], end: usize) -> bool {
    is_behind(signs, end, &THINGS, &HAN_THINGS)
}

/// Whether a word for a phone stands before a place.
pub(super) fn is_of_phone(signs: &[Sign], end: usize) -> bool {
    is_behind(signs, end, &BEFORE_PHONES, &HAN_PHONES)
}

/// Whether a number may end at a place: not within a word or a decimal, and not before a unit.
pub(super) fn may_end(signs: &[Sign], end: usize) -> bool {
    let seen = |on: usize| signs.get(end + on).map(|sign| sign.seen);
    let Some(next) = seen(0) else { return true };
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match next {
        'x' | 'e' => is_digit(seen(1)) && next == 'x' || begins_with(&signs[end..], "ext"),
        '.' => !is_digit(seen(1)),
        '-' | '_' => !seen(1).is_some_and(is_of_word),
        c if is_of_word(c) || HAN_UNITS.contains(c) => false,
        ' ' => {
            let rest = &signs[end + 1..];
            let unit = |unit: &&str| {
                begins_with(rest, unit)
                    && !rest
                        .get(unit.len())
                        .is_some_and(|next| next.seen.is_ascii_alphabetic() && next.seen != 's')
            };
            !UNITS.iter().any(unit) && !seen(1).is_some_and(|c| HAN_UNITS.contains(c))
        }
        _ => true,
    }
}
