//! Lines of `.gitattributes` that change how git keeps, merges or shows the files of a desk.
//!
//! What a pattern matches is not worked out: it has to be plain that it matches nothing of the
//! desk. `text` alone harms nothing, for with it git does what whoever reads has set; behind the
//! lines of `docket init` it takes back what they give.

use std::{collections::HashSet, iter};

use crate::{
    domain::base::{characters::without_mark, ids::TAIL},
    report,
    store::{defaults, layout},
    words::Lang,
};

/// What git takes for a blank here.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];
/// What begins the definition of an attribute by others.
const DEFINES: &str = "[attr]";
/// What stands for something else in a pattern.
const SPECIAL: [char; 5] = ['*', '?', '[', ']', '\\'];

/// A line with a pattern.
struct AttributeRule<'t> {
    text: &'t str,
    pattern: &'t str,
    words: Vec<&'t str>,
}

/// The lines of `after` that harm the desk whose records' ids begin with `prefix`, and did not do
/// so in `before`.
pub(super) fn harmful<'t>(before: &str, after: &'t str, prefix: &str) -> Vec<&'t str> {
    let names = Names::of(prefix, &layout::PLACES);
    let old: HashSet<&str> = harming(before, &names).into_iter().collect();
    let mut found = harming(after, &names);
    found.retain(|line| !old.contains(line));
    found
}

/// The lines by which `docket init` lets git keep what docket writes, as far as `before` gave what
/// they give and `after` does not.
pub(super) fn lost(before: &str, after: &str, prefix: &str) -> Vec<&'static str> {
    let (before, after) = (lines(before), lines(after));
    let own = lines(defaults::ATTRIBUTES).into_iter();
    let lost = own.filter(|own| {
        let place = own.pattern.trim_start_matches('/').split('/').next().unwrap_or_default();
        let names = Names::of(prefix, &[place]);
        keeps(&before, own, &names) && !keeps(&after, own, &names)
    });
    lost.map(|own| own.text).collect()
}

/// Whether git gives back with the same ends of lines all that a line of init is for. To git the
/// last line that matches is the one that counts.
fn keeps(lines: &[AttributeRule<'_>], own: &AttributeRule<'_>, names: &Names) -> bool {
    // without a change, with the ends that docket writes, some of it by the second alone
    let (mut as_is, mut lf, mut leans) = (false, false, false);
    for line in lines.iter().filter(|line| !line.pattern.starts_with(DEFINES)) {
        let covers = matches!(line.pattern, "*" | "**" | "/**")
            || line.pattern.trim_start_matches('/') == own.pattern.trim_start_matches('/');
        if !covers && !touches(line.pattern, names) {
            continue;
        }
        let last = |name: &str| {
            let is_of =
                |word: &&&str| word.trim_start_matches(['-', '!']).split('=').next() == Some(name);
            line.words.iter().rfind(is_of).copied()
        };
        let eol = last("eol");
        match eol {
            None => {}
            Some("eol=lf") => lf |= covers,
            Some(_) => (lf, as_is) = (false, as_is && !leans),
        }
        match last("text") {
            Some("-text") if covers => (as_is, leans) = (true, false),
            None | Some("-text") => {}
            Some(_) if eol == Some("eol=lf") => leans = true,
            Some(_) => as_is = false,
        }
    }
    as_is || lf
}

fn harming<'t>(text: &'t str, names: &Names) -> Vec<&'t str> {
    let lines = lines(text);
    let defined: HashSet<&str> =
        lines.iter().filter_map(|line| line.pattern.strip_prefix(DEFINES)).collect();
    let harming = lines.iter().filter(|line| {
        !line.pattern.starts_with(DEFINES)
            && line.words.iter().any(|word| harms(word, &defined))
            && touches(line.pattern, names)
    });
    harming.map(|line| line.text).collect()
}

fn lines(text: &str) -> Vec<AttributeRule<'_>> {
    let text = without_mark(text);
    text.split('\n').filter_map(line).collect()
}

fn line(text: &str) -> Option<AttributeRule<'_>> {
    // git reads no further than a zero byte
    let text = text.split('\0').next()?.trim_matches(BLANKS);
    if text.is_empty() || text.starts_with('#') {
        return None;
    }
    let (pattern, rest) = quoted(text).or_else(|| text.split_once(BLANKS)).unwrap_or((text, ""));
    let words = rest.split(BLANKS).filter(|word| !word.is_empty()).collect();
    Some(AttributeRule { text, pattern, words })
}

/// What stands between quotes, and what comes after them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = inner.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    Some((&inner[..end], &inner[end + 1..]))
}

/// Whether an attribute changes bytes between history and working tree, takes the merging from
/// docket, or hides files or differences. Of those that the file itself defines nobody needs any
/// for a desk.
fn harms(word: &str, defined: &HashSet<&str>) -> bool {
    if word.starts_with('!') {
        return false;
    }
    let (unset, word) = word.strip_prefix('-').map_or((false, word), |word| (true, word));
    let (name, value) =
        word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
    match name {
        "eol" => value.is_some_and(|value| value != "lf"),
        "filter" | "ident" | "binary" | "export-ignore" | "export-subst" => !unset,
        // without a value git checks nothing out
        "working-tree-encoding" => {
            unset || value.is_none_or(|value| !value.eq_ignore_ascii_case("utf-8"))
        }
        "merge" => unset || value.is_some_and(|value| !matches!(value, "docket" | "text")),
        "diff" => unset,
        name => !unset && defined.contains(name),
    }
}

/// How what belongs to a desk is called, in small letters.
struct Names {
    /// Folders at the top, and the desk's own file.
    places: Vec<String>,
    /// Folders within those; besides them years and months.
    folders: Vec<String>,
    files: Vec<String>,
    /// What the names of records and contacts begin with.
    ids: Vec<String>,
}

impl Names {
    /// What lies at these places.
    fn of(prefix: &str, places: &[&str]) -> Self {
        let named = |path: &str| path.rsplit('/').next().unwrap_or(path).to_lowercase();
        let lies = |path: &str| path.split('/').next().is_some_and(|top| places.contains(&top));
        let rules = defaults::paths().filter(|path| lies(path)).map(named);
        // other projects have pages too, and the questionnaire's is read by docket alone
        let templates =
            report::override_paths().filter(|path| !path.contains(".html") && lies(path));
        let templates = templates.map(|path| named(&path));
        let record = format!("{}-", prefix.to_lowercase());
        let ids = [
            (layout::RECORDS, record.clone()),
            (layout::CONTACTS, "c-".to_owned()),
            (layout::ARCHIVE, record),
        ]
        .into_iter();
        Self {
            places: places.iter().map(|place| (*place).to_owned()).collect(),
            folders: Lang::ALL.map(|lang| lang.code().to_lowercase()).to_vec(),
            files: rules.chain(templates).collect(),
            ids: ids.filter(|(place, _)| lies(place)).map(|(_, id)| id).collect(),
        }
    }

    fn place(&self, part: &str) -> bool {
        self.places.iter().any(|name| may_be(part, name))
    }

    fn folder(&self, part: &str) -> bool {
        let (head, tail) = ends(part);
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let dated = digits(head) && between(part).all(digits) && digits(tail);
        dated || self.place(part) || self.folders.iter().any(|name| may_be(part, name))
    }

    fn file(&self, part: &str) -> bool {
        let (head, tail) = ends(part);
        let begins = |id: &String| id.starts_with(head) || head.starts_with(id.as_str());
        let with_id = self.ids.iter().any(begins)
            && [".yaml", ".md"].iter().any(|end| end.ends_with(tail) || tail.ends_with(end))
            && between(part).all(is_of_id);
        with_id || self.files.iter().any(|name| may_be(part, name))
    }
}

/// Whether a pattern may match a file of a desk, or a folder of it.
fn touches(pattern: &str, names: &Names) -> bool {
    // some systems do not tell case apart
    let pattern = pattern.to_lowercase();
    let parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    match parts[..] {
        [] => false,
        [only] if pattern.starts_with('/') => names.place(only),
        [only] => names.folder(only) || names.file(only),
        [first, ref between @ .., last] => {
            let inside = between.iter().all(|part| names.folder(part));
            names.places.iter().any(|place| place == first)
                || inside && names.place(first) && (names.folder(last) || names.file(last))
        }
    }
}

/// Whether a part of a pattern may match a name.
fn may_be(part: &str, name: &str) -> bool {
    let (head, tail) = ends(part);
    if !part.contains(SPECIAL) {
        return part == name;
    }
    let mut inside = between(part);
    name.starts_with(head) && name.ends_with(tail) && inside.all(|piece| name.contains(piece))
}

/// What stands between the stars of a part of a pattern; nothing where there is more than stars.
fn between(part: &str) -> impl Iterator<Item = &str> {
    let stars = if part.contains(['[', ']', '\\']) { "" } else { part };
    let mut pieces = stars.split(['*', '?']).skip(1).peekable();
    iter::from_fn(move || pieces.next().filter(|_| pieces.peek().is_some()))
}

/// Whether a name of a record, a contact or a kept report may hold this.
fn is_of_id(piece: &str) -> bool {
    let mut inside: Vec<&str> = piece.split('.').skip(1).collect();
    inside.pop();
    piece.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
        && inside.iter().all(|inside| inside.len() == TAIL)
}

/// What a name must begin and end with to fit a part of a pattern.
fn ends(part: &str) -> (&str, &str) {
    let head = part.split(SPECIAL).next().unwrap_or_default();
    match part.rfind(SPECIAL) {
        None => (part, part),
        // a letter by its number
        Some(last) if part[last..].starts_with('\\') => (head, ""),
        Some(last) => (head, &part[last + 1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_may_touch_a_desk_are_told_from_those_of_other_projects() {
        for line in [
            "/records/** text eol=crlf",
            "records/** eol=crlf",
            "RECORDS/** -diff",
            "* eol=crlf",
            "*.yaml filter=lfs",
            "**/*.yaml -diff",
            "policy/people.yaml merge=ours",
            "templates/** working-tree-encoding=UTF-16",
            "* -working-tree-encoding",
            "archive/** binary",
            "R-261122-ZZZZZ.yaml -diff",
            "*D6XVD.yaml -diff",
            "?-?????.yaml -diff",
            "request.md -diff",
            "\"C-4TZ9M.yaml\" ident",
            "\"\\162ecords/**\" -diff",
            "\"R-*.yam\\154\" -diff",
            "/docket.yaml merge=union",
            "[rp]*/** filter=x",
            "[!x]ecords/** -diff",
            "[[:alpha:]]*/** -diff",
            "*/people.* filter=x",
            "**/2026/** merge=ours",
            "*D6X?D* -diff",
            "*.9D2KQ.* -diff",
            "*[.]y* -diff",
            "* export-ignore",
            "rec* export-ignore",
            "/records export-ignore",
            "records/ export-ignore",
            "20[0-9][0-9] export-ignore",
            "*.md mine",
            "*.md another",
        ] {
            let text = format!("\u{feff}{line}\r\n[attr]another mine\n[attr]mine -diff\n");
            assert_eq!(harmful("", &text, "R"), [line], "{line}");
        }
        for line in [
            "* text=auto",
            "* text=auto eol=lf",
            "*.png binary",
            "*.sh text eol=lf",
            "*.bat eol=crlf",
            "/web/** eol=crlf",
            "docs/*.yaml -diff",
            "vendor/** -diff linguist-vendored",
            "**/node_modules/** -diff",
            "records/** merge=docket",
            "*.yaml text",
            "*.md diff=markdown",
            "# /records/** eol=crlf",
            "[attr]mine -diff",
            "web/** mine",
            "package-lock.json -diff merge=ours",
            "CHANGELOG.md merge=union",
            "docker-compose*.yaml -diff",
            "*.min.* -diff",
            "*.generated.* -diff",
            "*_pb2* -diff",
            "*.html eol=crlf",
            "/.github export-ignore",
            "/tests export-ignore",
            "\"web/a b.yaml\" -diff",
        ] {
            let text = format!("[attr]mine -diff\n{line}\n");
            assert_eq!(harmful("", &text, "R"), [""; 0], "{line}");
        }
    }

    #[test]
    fn a_line_that_was_there_before_is_told_again_only_where_it_means_something_else() {
        let before = "* eol=crlf\nrecords/** mine\n";
        assert_eq!(harmful(before, "* eol=crlf\n*.yaml -diff\n", "R"), ["*.yaml -diff"]);
        let defined = format!("{before}[attr]mine -diff\n");
        assert_eq!(harmful(before, &defined, "R"), ["records/** mine"]);
    }

    #[test]
    fn the_lines_of_init_stay_or_others_do_the_same() {
        let own = defaults::ATTRIBUTES;
        let lost = |before, after: &str| lost(before, after, "R");
        for honest in ["* -text\n", "* text=auto eol=lf\n"] {
            assert_eq!(lost(own, honest), [""; 0], "{honest}");
        }
        assert_eq!(lost(own, "* text=auto\n").len(), 5);
        assert_eq!(lost(own, &own.replace("/records/** -text\n", "")), ["/records/** -text"]);
        assert_eq!(lost("", "* text=auto\n"), [""; 0]);
    }

    #[test]
    fn a_line_behind_those_of_init_does_not_take_back_what_they_give() {
        let own = defaults::ATTRIBUTES;
        for (line, taken_back) in [
            ("/records/** text", 1),
            ("records/** !text", 1),
            ("R-* text=auto", 2),
            ("people.yaml text", 1),
            ("/docket.yaml text", 1),
            ("*.yaml text", 5),
            ("* text=auto", 5),
            ("* text", 5),
            ("* !text", 5),
            ("*.yaml text eol=lf\n*.yaml !eol", 5),
            ("* text eol=lf\nrecords/** eol=crlf", 1),
            ("* text eol=lf", 0),
            ("*.yaml text eol=lf", 0),
            ("*.sh text", 0),
            ("/web/** text", 0),
            ("/templates/** text", 0),
            ("request.md text", 0),
            ("* text\n* -text", 0),
            ("[attr]yaml text", 0),
        ] {
            let behind = lost(own, &format!("{own}{line}\n"), "R");
            assert_eq!(behind.len(), taken_back, "{line}: {behind:?}");
            assert_eq!(lost(own, &format!("{line}\n{own}"), "R"), [""; 0], "{line}");
        }
    }
}
