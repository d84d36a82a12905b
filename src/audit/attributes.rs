//! Lines of `.gitattributes` that change how git keeps, merges or shows the files of a desk.

use std::collections::HashSet;

use crate::store::layout;

/// Names as files of a desk bear them.
const NAMES: [&str; 13] = [
    layout::DESK,
    "calendar.yaml",
    "people.yaml",
    "units.yaml",
    "catalog.yaml",
    "levels.yaml",
    "major_contacts.yaml",
    "survey.yaml",
    "kpi.yaml",
    "roles.yaml",
    "R-261122-7K3QX.yaml",
    "R-261122-7K3QX.9D2KQ.md",
    "kpi.md",
];
/// What the names of contacts begin with.
const CONTACT: &str = "C-";
/// What a definition of an attribute begins with.
const DEFINES: &str = "[attr]";
/// Definitions in terms of others are followed so far.
const NESTED: usize = 4;

/// The lines of `text` that are not in `before` and touch the desk whose records' ids begin with
/// `prefix`.
pub(super) fn harmful(before: &str, text: &str, prefix: &str) -> Vec<String> {
    let old: HashSet<&str> = before.lines().collect();
    let own = harmful_words(text);
    let fresh = text.lines().filter(|line| !old.contains(line));
    let touching = fresh.filter(|line| {
        let Some((pattern, rest)) = split(line) else { return false };
        let harms = rest.split_whitespace().any(|word| harms(word, &own));
        harms && !pattern.starts_with(DEFINES) && touches(&pattern, prefix)
    });
    touching.map(|line| line.trim().to_owned()).collect()
}

/// The attributes of one's own that stand for something harmful.
fn harmful_words(text: &str) -> HashSet<String> {
    let lines = text.lines().filter_map(split);
    let definitions: Vec<_> = lines
        .filter_map(|(pattern, rest)| Some((pattern.strip_prefix(DEFINES)?.to_owned(), rest)))
        .collect();
    let mut own = HashSet::new();
    for _ in 0..NESTED {
        let harmful = definitions.iter().filter(|(_, rest)| {
            let mut words = rest.split_whitespace();
            words.any(|word| harms(word, &own))
        });
        let found: Vec<_> = harmful.map(|(name, _)| name.clone()).collect();
        own.extend(found);
    }
    own
}

/// Pattern and attributes of a line; `None` for an empty one and a comment.
fn split(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    if let Some(quoted) = line.strip_prefix('"') {
        let (pattern, rest) = quoted.split_once('"')?;
        return Some((pattern.replace('\\', ""), rest));
    }
    let (pattern, rest) = line.split_once(char::is_whitespace)?;
    Some((pattern.to_owned(), rest))
}

/// Whether an attribute changes bytes between history and working tree, takes the merging from
/// docket, or hides differences.
fn harms(word: &str, own: &HashSet<String>) -> bool {
    if word.starts_with('!') {
        return false;
    }
    let (unset, word) = word.strip_prefix('-').map_or((false, word), |word| (true, word));
    let (name, value) =
        word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
    match name {
        "eol" => value.is_some_and(|value| value != "lf"),
        "filter" | "ident" | "binary" => !unset,
        "working-tree-encoding" => {
            !unset && value.is_none_or(|value| !value.eq_ignore_ascii_case("utf-8"))
        }
        "merge" => unset || value.is_some_and(|value| !matches!(value, "docket" | "text")),
        "diff" => unset,
        name => !unset && own.contains(name),
    }
}

/// Whether a pattern can match a file of a desk.
fn touches(pattern: &str, prefix: &str) -> bool {
    let parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    let named = |part: &str| {
        let plain = part.split(['*', '?', '[']).next().unwrap_or_default();
        let of_id = |start: &str| plain.starts_with(start) && !plain.is_empty();
        part == "**"
            || of_id(CONTACT)
            || of_id(&format!("{prefix}-"))
            || NAMES.iter().any(|name| matches(part, name))
    };
    match parts[..] {
        [] => false,
        [only] if pattern.starts_with('/') => matches(only, layout::DESK),
        [only] => !pattern.ends_with('/') && named(only),
        [first, .., last] => {
            let ours = |place: &&str| matches(first, place);
            first == "**" && named(last)
                || layout::PLACES.contains(&first)
                || layout::PLACES.iter().any(ours) && named(last)
        }
    }
}

/// A part of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `*`: any number of any characters.
    Many,
    /// `?`, or one of several in brackets: which, makes no difference to what is looked for.
    One,
    Only(char),
}

/// Whether a name without a slash fits a pattern of git's; never slower than both lengths together
/// multiplied.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<Part>, Vec<char>) = (parts(pattern), name.chars().collect());
    let (mut at, mut here) = (0, 0);
    // where the last `*` stands, and how far it reaches
    let mut many: Option<(usize, usize)> = None;
    while here < name.len() {
        match pattern.get(at) {
            Some(Part::Many) => {
                many = Some((at, here));
                at += 1;
            }
            Some(part) if *part == Part::One || *part == Part::Only(name[here]) => {
                (at, here) = (at + 1, here + 1);
            }
            Some(_) | None => {
                let Some((star, reach)) = many else { return false };
                many = Some((star, reach + 1));
                (at, here) = (star + 1, reach + 1);
            }
        }
    }
    pattern[at..].iter().all(|part| *part == Part::Many)
}

fn parts(pattern: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        parts.push(match c {
            '*' => Part::Many,
            '?' => Part::One,
            '[' => {
                // a bracket that comes first is one of the several
                chars.next();
                for c in chars.by_ref() {
                    if c == ']' {
                        break;
                    }
                }
                Part::One
            }
            '\\' => Part::Only(chars.next().unwrap_or(c)),
            c => Part::Only(c),
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_touch_a_desk_are_told_from_those_of_other_projects() {
        for line in [
            "/records/** text eol=crlf",
            "records/** eol=crlf",
            "* eol=crlf",
            "*.yaml filter=lfs",
            "**/*.yaml -diff",
            "policy/people.yaml merge=ours",
            "templates/** working-tree-encoding=UTF-16",
            "archive/** binary",
            "R-261122-ZZZZZ.yaml -diff",
            "\"C-4TZ9M.yaml\" ident",
            "/docket.yaml merge=union",
            "[rp]*/** filter=x",
            "*/people.* filter=x",
            "*.md mine",
        ] {
            let text = format!("[attr]mine -diff\n{line}\n");
            assert_eq!(harmful("", &text, "R"), [line], "{line}");
        }
        for line in [
            "* text=auto",
            "*.png binary",
            "*.sh text eol=lf",
            "*.bat eol=crlf",
            "/web/** eol=crlf",
            "docs/*.yaml -diff",
            "vendor/** -diff linguist-vendored",
            "records/** merge=docket",
            "*.yaml text",
            "# /records/** eol=crlf",
            "[attr]mine -diff",
            "package-lock.json -diff merge=ours",
        ] {
            assert_eq!(harmful("", line, "R"), [""; 0], "{line}");
        }
    }

    #[test]
    fn a_pattern_of_many_stars_is_no_trap() {
        let line = format!("{} eol=crlf", "*?".repeat(5_000));
        assert_eq!(harmful("", &line, "R"), [""; 0]);
        let line = format!("{}.yaml eol=crlf", "*e".repeat(2));
        assert_eq!(harmful("", &line, "R"), [line]);
    }

    #[test]
    fn a_line_that_was_there_before_is_not_told_again() {
        let before = "* eol=crlf\n";
        assert_eq!(harmful(before, "* eol=crlf\n*.yaml -diff\n", "R"), ["*.yaml -diff"]);
    }
}
