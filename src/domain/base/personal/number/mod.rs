//! Values that are numbers: phones, ID cards and bank cards.

mod shape;
mod surroundings;

use std::ops::Range;

use self::{
    shape::{is_bank_card, is_code, is_id_card, is_landline, is_mobile},
    surroundings::{NumberStart, beginning, is_of_phone, may_end},
};
use super::{LEAST_DIGITS, PersonalKind, Sign, is_whole};

/// The most digits of a value.
const MOST: usize = 19;
/// The digits of a Chinese mobile number.
const MOBILE: usize = 11;
/// The most digits behind a dash that are an extension.
const EXTENSION: usize = 6;

/// How people group the digits of a mobile number.
const OF_MOBILES: [&[usize]; 9] =
    [&[11], USUAL, &[3, 8], &[7, 4], &[4, 3, 4], &[4, 4, 3], &[5, 6], &[3, 3, 5], &[3, 5, 3]];
/// The usual one, which may be joined by a blank and a dash at once, or by colons.
const USUAL: &[usize] = &[3, 4, 4];
const OF_ID_CARDS: [&[usize]; 4] = [&[18], &[6, 8, 4], &[6, 4, 4, 4], &[6, 12]];
const OF_BANK_CARDS: [&[usize]; 7] =
    [&[4, 6, 5], &[4, 6, 4], &[6, 13], &[6, 10], &[6, 11], &[6, 12], &[4, 4, 4, 7]];
/// What stands between the digits of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// Nothing that joins them.
    Apart,
    Blank,
    Dash,
    Bracket,
    /// A line below, or a dot in the middle: it joins a phone only behind a word for one.
    Line,
    /// The comma of an enumeration, which parts figures and does so too.
    Comma,
    /// It joins the usual groups of a mobile number only: else it parts times, addresses and columns.
    Colon,
    /// A dot or a stroke.
    Other,
}

/// Digits without anything between them.
#[derive(Clone, Debug)]
struct Group {
    range: Range<usize>,
    digits: String,
    /// What stands before it and behind the group before.
    gap: Gap,
}

/// Some groups from one on.
struct DigitRun<'g> {
    groups: &'g [Group],
    digits: String,
}

/// Where numbers stand.
pub(super) fn numbers(signs: &[Sign]) -> Vec<(PersonalKind, Range<usize>)> {
    let groups = grouped(signs);
    let mut found = Vec::new();
    let mut nth = 0;
    while nth < groups.len() {
        match number(signs, &groups, nth) {
            Some((kind, range)) => {
                nth += groups[nth..].iter().take_while(|it| it.range.start < range.end).count();
                found.push((kind, range));
            }
            None => nth += 1,
        }
    }
    found
}

fn grouped(signs: &[Sign]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut place = 0;
    while place < signs.len() {
        let length = signs[place..].iter().take_while(|sign| sign.seen.is_ascii_digit()).count();
        if length == 0 {
            place += 1;
            continue;
        }
        let gap = groups.last().map_or(Gap::Apart, |before| gap(&signs[before.range.end..place]));
        let range = place..place + length;
        let digits = signs[range.clone()].iter().map(|sign| sign.seen);
        // longer ones are no number of anybody, and are not copied
        groups.push(Group { digits: digits.take(MOST + 1).collect(), range, gap });
        place += length;
    }
    groups
}

fn gap(between: &[Sign]) -> Gap {
    let is_dash = |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}');
    let is_blank = |c: char| c.is_whitespace() && c != '\n';
    let seen = |nth: usize| between.get(nth).map_or(' ', |sign| sign.seen);
    match (between.len(), seen(0), seen(1), seen(2)) {
        (1, c, ..) if is_blank(c) => Gap::Blank,
        (1, c, ..) if is_dash(c) => Gap::Dash,
        (1, '.' | '/', ..) => Gap::Other,
        (1, '_' | '·' | '•', ..) => Gap::Line,
        (1, '、', ..) => Gap::Comma,
        (1, ':', ..) => Gap::Colon,
        (1 | 2, ')' | '(', ..) | (2, _, '(', _) => Gap::Bracket,
        (2, a, b, _) if is_blank(a) && is_blank(b) => Gap::Blank,
        (2, a, b, _) if is_dash(a) && is_dash(b) => Gap::Dash,
        (3, a, c, b) if is_dash(c) && is_blank(a) && is_blank(b) => Gap::Dash,
        _ => Gap::Apart,
    }
}

fn number(signs: &[Sign], groups: &[Group], nth: usize) -> Option<(PersonalKind, Range<usize>)> {
    let first = &groups[nth];
    if first.digits.len() > MOST {
        return None;
    }
    let plus = first.range.start.checked_sub(1).filter(|at| signs[*at].seen == '+');
    let begins = beginning(signs, plus.unwrap_or(first.range.start))?;
    let rest = &groups[nth..];
    let is_meant = |range: &Range<usize>| match begins {
        NumberStart::Any => true,
        NumberStart::Card => false,
        NumberStart::Mobile => is_only_mobile(&signs[range.clone()]),
    };
    if let Some(plus) = plus {
        let range = from_bracket(signs, rest, plus)..international(rest, &first.digits)?;
        return Some((PersonalKind::Phone, range)).filter(|(_, range)| is_meant(range));
    }
    if begins == NumberStart::Mobile {
        let range = first.range.start..phone(signs, rest).filter(|end| may_end(signs, *end))?;
        return Some((PersonalKind::Phone, range)).filter(|(_, range)| is_meant(range));
    }
    if first.digits.len() == 1 {
        let before = nth.checked_sub(1).map(|before| &groups[before]);
        let goes_on = before.is_some_and(|it| it.digits.len() == 1 && !first.gap.is_apart());
        return Some(rest).filter(|_| !goes_on).and_then(spelled_out);
    }
    let id_card = shaped(rest, &OF_ID_CARDS, |it, _| it.is_even(rest) && is_id_card(&it.digits))
        .or_else(|| with_x(signs, rest));
    if let Some(end) = id_card.filter(|end| may_end(signs, *end)) {
        return Some((PersonalKind::IdCard, first.range.start..end));
    }
    let bank_card = bank_card(rest).filter(|end| may_end(signs, *end));
    if let Some(end) = bank_card {
        return Some((PersonalKind::BankCard, first.range.start..end));
    }
    let end = phone(signs, rest).filter(|end| may_end(signs, *end))?;
    let range = from_bracket(signs, rest, first.range.start)..end;
    Some((PersonalKind::Phone, range)).filter(|(_, range)| is_meant(range))
}

/// Whether signs are a mobile number and nothing else, with the code of the country or without.
fn is_only_mobile(signs: &[Sign]) -> bool {
    let digits = signs.iter().map(|sign| sign.seen).filter(char::is_ascii_digit);
    let digits: String = digits.take(MOST).collect();
    let own = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86"));
    is_mobile(own.unwrap_or(&digits))
}

/// The start of a number, with the bracket in which its first digits stand.
fn from_bracket(signs: &[Sign], rest: &[Group], start: usize) -> usize {
    let opens = start.checked_sub(1).filter(|at| signs[*at].seen == '(');
    let closes = rest.get(1).is_some_and(|next| next.gap == Gap::Bracket);
    opens.filter(|_| closes).unwrap_or(start)
}

/// The end of the groups of one of these shapes that are a value.
fn shaped(
    rest: &[Group],
    shapes: &[&[usize]],
    is_one: impl Fn(&DigitRun<'_>, &[usize]) -> bool,
) -> Option<usize> {
    let fits = |shape: &&[usize]| {
        let run = Some(shape)
            .filter(|shape| is_shaped(rest, shape))
            .and_then(|it| run(rest, it.len()))?;
        is_one(&run, shape).then(|| run.end())
    };
    shapes.iter().find_map(fits)
}

fn is_shaped(rest: &[Group], shape: &[usize]) -> bool {
    rest.len() >= shape.len()
        && rest.iter().zip(shape).all(|(group, length)| group.digits.len() == *length)
}

/// A number whose digits all stand apart: `1 3 8 0 …`.
fn spelled_out(rest: &[Group]) -> Option<(PersonalKind, Range<usize>)> {
    let gap = rest.get(1).map(|next| next.gap).filter(|gap| !gap.is_apart())?;
    let is_more = |it: &&Group| it.digits.len() == 1 && it.gap == gap;
    let more = rest[1..].iter().take(MOST).take_while(is_more).count();
    let run = run(rest, 1 + more).filter(|run| run.digits.len() >= LEAST_DIGITS)?;
    let kind = match run.digits.as_str() {
        digits if is_id_card(digits) => PersonalKind::IdCard,
        digits if is_bank_card(digits) => PersonalKind::BankCard,
        digits if is_mobile(digits) => PersonalKind::Phone,
        _ => return None,
    };
    Some((kind, rest[0].range.start..run.end()))
}

fn run(rest: &[Group], length: usize) -> Option<DigitRun<'_>> {
    let groups = rest.get(..length)?;
    let is_joined = groups.iter().skip(1).all(|group| !group.gap.is_apart());
    let digits = groups.iter().map(|group| group.digits.as_str()).collect();
    is_joined.then_some(DigitRun { groups, digits })
}

impl Gap {
    /// Whether nothing joins what stands on both sides of it.
    fn is_apart(self) -> bool {
        matches!(self, Self::Apart | Self::Colon)
    }
}

impl DigitRun<'_> {
    fn end(&self) -> usize {
        self.groups.last().map_or(0, |group| group.range.end)
    }

    /// Whether the same stands between all groups but behind a bracket, and no further group of the
    /// kind follows, as in a list of figures.
    fn is_even(&self, rest: &[Group]) -> bool {
        let gaps = || self.groups.iter().skip(1).map(|group| group.gap);
        let Some(last) = gaps().next_back() else { return true };
        let next = rest.get(self.groups.len());
        gaps().enumerate().all(|(nth, gap)| gap == last || nth == 0 && gap == Gap::Bracket)
            && !next.is_some_and(|next| next.gap == last && next.digits.len() == 4)
    }

    /// Whether blanks and dashes stand between groups of the usual shape, at the start of the text or
    /// behind a word for a phone.
    fn is_mixed(&self, signs: &[Sign], shape: &[usize]) -> bool {
        let start = self.groups[0].range.start;
        let mut gaps = self.groups.iter().skip(1).map(|group| group.gap);
        shape == USUAL
            && gaps.all(|gap| matches!(gap, Gap::Blank | Gap::Dash))
            && (start == 0 || is_of_phone(signs, start))
    }
}

/// An ID card whose check digit is an X, which ends the digits before it.
fn with_x(signs: &[Sign], rest: &[Group]) -> Option<usize> {
    [&[17][..], &[6, 8, 3], &[6, 4, 4, 3], &[6, 11]].iter().find_map(|shape| {
        let run = Some(shape)
            .filter(|shape| is_shaped(rest, shape))
            .and_then(|it| run(rest, it.len()))?;
        let is_x = signs.get(run.end()).is_some_and(|sign| sign.seen == 'x');
        (is_x && is_id_card(&format!("{}x", run.digits))).then(|| run.end() + 1)
    })
}

fn bank_card(rest: &[Group]) -> Option<usize> {
    if is_bank_card(&rest[0].digits) {
        return Some(rest[0].range.end);
    }
    let is_next = |it: &&Group| it.digits.len() == 4 && it.gap != Gap::Comma;
    let of_four = usize::from(rest[0].digits.len() == 4);
    let of_four = of_four + rest[1..].iter().take(4 * of_four).take_while(is_next).count();
    for length in [of_four + 1, of_four] {
        let Some(run) = run(rest, length).filter(|_| of_four >= 3) else { continue };
        let last = run.groups.last().map_or(0, |group| group.digits.len());
        let gap = rest[1].gap;
        let is_even = run.groups.iter().skip(1).all(|group| group.gap == gap);
        let is_even = is_even && gap != Gap::Comma;
        if last <= 4 && is_even && is_bank_card(&run.digits) {
            return Some(run.end());
        }
    }
    shaped(rest, &OF_BANK_CARDS, |it, _| it.is_even(rest) && is_bank_card(&it.digits))
}

fn phone(signs: &[Sign], rest: &[Group]) -> Option<usize> {
    let is_named = is_of_phone(signs, rest[0].range.start);
    let is_joined = |it: &&Group| is_named || !matches!(it.gap, Gap::Line | Gap::Comma);
    let joined = rest[1..].iter().take(MOST).take_while(is_joined).count();
    let rest = &rest[..=joined];
    let first = rest[0].digits.as_str();
    let is_one = |run: &DigitRun<'_>, shape: &[usize]| {
        (run.is_even(rest) || run.is_mixed(signs, shape)) && is_mobile(&run.digits)
    };
    if let Some(end) = shaped(rest, &OF_MOBILES, is_one) {
        return Some(end);
    }
    let odd =
        oddly_grouped(rest).filter(|end| is_named || is_whole(signs, &(rest[0].range.start..*end)));
    if let Some(end) = odd.or_else(|| with_colons(signs, rest)) {
        return Some(end);
    }
    // 86 138 1234 5678, 0086-…
    if matches!(first, "86" | "0086") && rest.get(1).is_some_and(|next| !next.gap.is_apart()) {
        let behind = phone(signs, &rest[1..]);
        if behind.is_some() {
            return behind;
        }
    }
    let whole = first.strip_prefix("0086").or_else(|| first.strip_prefix("86"));
    if whole.is_some_and(is_mobile) {
        return Some(rest[0].range.end);
    }
    if let Some(code) = first.strip_prefix("00").filter(|code| is_code(code)) {
        let end = international(rest, code);
        return end.filter(|end| *end > rest[0].range.end);
    }
    landline(rest).or_else(|| of_north_america(rest))
}

/// The end of a mobile number in groups of two digits and more, as of no usual shape: `138 12 34 56 78`.
/// Elsewhere than behind a word for a phone they are figures as likely.
fn oddly_grouped(rest: &[Group]) -> Option<usize> {
    let mut digits = 0;
    let is_within = |group: &&Group| {
        let is_one = digits < MOBILE;
        digits += group.digits.len();
        is_one
    };
    let run = run(rest, rest.iter().take_while(is_within).count())?;
    let is_joined = |group: &Group| matches!(group.gap, Gap::Blank | Gap::Dash);
    let fits = run.groups.iter().all(|group| group.digits.len() > 1)
        && run.groups.iter().skip(1).all(is_joined)
        && run.is_even(rest)
        && is_mobile(&run.digits);
    fits.then(|| run.end())
}

/// The end of a mobile number in its usual groups with colons between: `138:1234:5678`. With a colon
/// before or behind they are an address or columns, but behind a word for a phone.
fn with_colons(signs: &[Sign], rest: &[Group]) -> Option<usize> {
    let groups = rest.get(..USUAL.len()).filter(|_| is_shaped(rest, USUAL))?;
    let (start, end) = (groups[0].range.start, groups[2].range.end);
    let digits: String = groups.iter().map(|group| group.digits.as_str()).collect();
    let is_colon = |at: usize| signs.get(at).is_some_and(|sign| sign.seen == ':');
    let goes_on =
        is_colon(end) || start.checked_sub(1).is_some_and(is_colon) && !is_of_phone(signs, start);
    let fits = groups[1..].iter().all(|group| group.gap == Gap::Colon) && is_mobile(&digits);
    (fits && !goes_on).then_some(end)
}

/// The end of a number with the code of its country, of which `first` are the first digits.
fn international(rest: &[Group], first: &str) -> Option<usize> {
    let code = (1..=3).find_map(|length| first.get(..length).filter(|code| is_code(code)))?;
    let (mut digits, mut end) = (first.len(), rest[0].range.end);
    for group in rest[1..].iter().take_while(|it| !it.gap.is_apart() && it.gap != Gap::Comma) {
        let length = group.digits.len();
        if digits + length > 15 || digits >= 11 && group.gap == Gap::Blank {
            break;
        }
        (digits, end) = (digits + length, group.range.end);
    }
    let fits = match code {
        "1" => digits == 11,
        "86" => (11..=14).contains(&digits),
        _ => (9..=15).contains(&digits),
    };
    fits.then_some(end)
}

/// The end of a landline with its area code, and of an extension behind a dash.
fn landline(rest: &[Group]) -> Option<usize> {
    if !rest[0].digits.starts_with('0') {
        return None;
    }
    let count = (1..=3).find(|count| {
        let Some(run) = run(rest, *count) else { return false };
        let area = if *count == 1 { run.digits.len() } else { rest[0].digits.len() };
        let shape_fits = match run.groups {
            [_] => true,
            [_, local] => matches!(local.digits.len(), 7 | 8),
            [_, one, two] => matches!(one.digits.len(), 3 | 4) && two.digits.len() == 4,
            _ => false,
        };
        shape_fits && is_landline(&run.digits, (*count > 1).then_some(area))
    })?;
    let next = rest.get(count).filter(|next| next.gap == Gap::Dash && count > 1);
    let extension = next.filter(|next| next.digits.len() <= EXTENSION);
    Some(extension.unwrap_or(&rest[count - 1]).range.end)
}

/// `(212) 555-0142`
fn of_north_america(rest: &[Group]) -> Option<usize> {
    let [area, exchange, line] = rest.get(..3)? else { return None };
    let lengths = [area, exchange, line].map(|group| group.digits.len());
    let is_joined = matches!(area.gap, Gap::Apart | Gap::Blank | Gap::Bracket)
        && matches!(exchange.gap, Gap::Dash | Gap::Bracket)
        && line.gap == Gap::Dash;
    let is_high = |group: &Group| group.digits.as_bytes()[0] >= b'2';
    let is_free_of_charge = matches!(area.digits.as_str(), "400" | "800");
    let fits = lengths == [3, 3, 4] && is_joined && is_high(area) && is_high(exchange);
    let fits = fits && !is_free_of_charge;
    fits.then_some(line.range.end)
}
