//! E-mail addresses.

use std::ops::Range;

use super::{PersonalKind, Sign};

/// The most characters of each side of an address.
const MOST: usize = 254;
/// What stands before the `@` of an address that is of a program and not of a person.
const OF_PROGRAMS: [&str; 3] = ["git", "hg", "svn"];
/// How files end whose names have an `@`, such as `logo@2x.png`.
const ENDS_OF_FILES: [&str; 10] =
    ["png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "pdf", "service", "target"];

/// Where addresses stand.
pub(super) fn addresses(signs: &[Sign]) -> Vec<(PersonalKind, Range<usize>)> {
    let mut found: Vec<(PersonalKind, Range<usize>)> = Vec::new();
    for at in (0..signs.len()).filter(|place| signs[*place].seen == '@') {
        let from = found.last().map_or(0, |(_, range)| range.end);
        if let Some(range) = address(signs, at, from) {
            found.push((PersonalKind::Email, range));
        }
    }
    found
}

fn address(signs: &[Sign], at: usize, from: usize) -> Option<Range<usize>> {
    let before = signs[from..at].iter().rev().take(MOST);
    let own = before.take_while(|sign| is_local(sign.seen)).count();
    let mut start = at - own;
    while start < at && !signs[start].seen.is_alphanumeric() {
        start += 1;
    }
    let behind = signs[at + 1..].iter().take(MOST);
    let mut end = at + 1 + behind.take_while(|sign| is_of_domain(sign.seen)).count();
    while end > at + 1 && !signs[end - 1].seen.is_ascii_alphanumeric() {
        end -= 1;
    }
    let local: String = signs[start..at].iter().map(|sign| sign.seen).collect();
    let domain: String = signs[at + 1..end].iter().map(|sign| sign.seen).collect();
    let (host, top) = domain.rsplit_once('.')?;
    let is_top = top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic());
    let is_host = host.split('.').all(|label| !label.is_empty() && !label.starts_with('-'));
    let is_file = ENDS_OF_FILES.contains(&top);
    let is_program = OF_PROGRAMS.contains(&local.as_str());
    (!local.is_empty() && is_top && is_host && !is_file && !is_program).then_some(start..end)
}

fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'')
}

fn is_of_domain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-')
}
