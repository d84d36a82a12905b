//! E-mail addresses.

use std::ops::Range;

use super::{PersonalKind, Sign, before::is_behind, is_whole};

/// The most characters of each side of an address.
const MOST: usize = 254;
/// What stands before the `@` of an address that is of a program and not of a person.
const OF_PROGRAMS: [&str; 3] = ["git", "hg", "svn"];
/// How files end whose names have an `@`, such as `logo@2x.png`.
const ENDS_OF_FILES: [&str; 10] =
    ["png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "pdf", "service", "target"];
/// How addresses end that are read also where a blank stands beside the `@`. The list is closed: else
/// `@` is more often a place, a price or a person spoken to.
#[rustfmt::skip]
const ENDS_OF_ADDRESSES: [&str; 28] = [
    "com", "net", "org", "edu", "gov", "info", "biz", "cn", "hk", "tw", "mo", "sg", "jp", "kr", "de", "at",
    "ch", "eu", "uk", "fr", "it", "nl", "es", "be", "us", "ca", "au", "ru",
];
/// What stands before the last label of an address in some countries: `example.com.cn`.
const BEFORE_ENDS: [&str; 8] = ["com", "co", "net", "org", "edu", "gov", "ac", "idv"];
/// Words behind which an address may be written with a blank: `e-mail wong @ example.com`.
const WORDS: [&str; 7] = ["mail", "email", "address", "contact", "ask", "cc", "bcc"];
const HAN_WORDS: [&str; 4] = ["邮箱", "邮件", "联系", "抄送"];
/// Words that stand behind those and name nobody: `mail down @ example.com`.
#[rustfmt::skip]
const NOBODY: [&str; 67] = [
    "a", "about", "access", "account", "accounts", "again", "and", "available", "back", "be", "cert",
    "certificate", "certs", "dns", "domain", "down", "email", "error", "errors", "fail", "failed", "fails",
    "fault", "here", "host", "hosted", "in", "is", "issue", "issues", "login", "logs", "mail", "meet",
    "meeting", "mx", "not", "now", "office", "on", "online", "only", "outage", "page", "portal", "problem",
    "server", "service", "site", "up", "users", "website", "works", "admins", "citrix", "kickoff", "mfa",
    "printer", "printers", "printing", "sharepoint", "sync", "teams", "tenant", "training", "vpn", "wifi",
];

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
    let is_blank = |place: usize| {
        signs.get(place).is_some_and(|sign| sign.seen != '\n' && sign.seen.is_whitespace())
    };
    let is_before = at > from && is_blank(at - 1);
    let is_after = is_blank(at + 1);
    let until = at - usize::from(is_before);
    let begin = at + 1 + usize::from(is_after);
    let before = signs[from..until].iter().rev().take(MOST);
    let own = before.take_while(|sign| is_local(sign.seen)).count();
    let mut start = until - own;
    while start < until && !signs[start].seen.is_alphanumeric() {
        start += 1;
    }
    let behind = signs.get(begin..).unwrap_or_default().iter().take(MOST);
    let mut end = begin + behind.take_while(|sign| is_of_domain(sign.seen)).count();
    while end > begin && !signs[end - 1].seen.is_ascii_alphanumeric() {
        end -= 1;
    }
    let local: String = signs[start..until].iter().map(|sign| sign.seen).collect();
    let domain: String = signs.get(begin..end)?.iter().map(|sign| sign.seen).collect();
    let (host, top) = domain.rsplit_once('.')?;
    let is_top = top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic());
    let is_host = host.split('.').all(|label| !label.is_empty() && !label.starts_with('-'));
    let is_file = ENDS_OF_FILES.contains(&top);
    let is_program = OF_PROGRAMS.contains(&local.as_str());
    let is_one = !local.is_empty() && is_top && is_host && !is_file && !is_program;
    let is_apart = is_before || is_after;
    let is_told = || {
        let is_name = local.contains(|c: char| matches!(c, '.' | '_') || c.is_ascii_digit());
        is_plain_apart(&local, host, top)
            && (is_name
                || is_behind(signs, start, &WORDS, &HAN_WORDS)
                // a capital begins it where it is a title
                || is_whole(signs, &(start..end)) && !signs[start].is_capital)
    };
    (is_one && (!is_apart || is_told())).then_some(start..end)
}

/// Whether an address is one although a blank stands beside its `@`.
fn is_plain_apart(local: &str, host: &str, top: &str) -> bool {
    let is_domain = match host.rsplit_once('.') {
        None => true,
        // of more labels are servers: `down @ db01.example.com`
        Some((name, second)) => BEFORE_ENDS.contains(&second) && !name.contains('.'),
    };
    let has_letter = local.bytes().any(|b| b.is_ascii_alphabetic());
    is_domain && has_letter && ENDS_OF_ADDRESSES.contains(&top) && !NOBODY.contains(&local)
}

fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'')
}

fn is_of_domain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-')
}
