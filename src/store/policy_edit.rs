//! Edits of policy files by docket: people's comments stay where they can, and what comes of it is read
//! back and compared with what was meant before it is committed.

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    domain::base::characters::without_mark,
    store::{
        error::{Error, PolicyFault, Result},
        git::FileChange,
        yaml,
    },
};

/// The file at `path` as the first of these texts that reads as `wanted`: the best one for people comes
/// first, and the canonical spelling of the whole file, which has no comments, is the last resort.
///
/// # Errors
/// [`PolicyFault::NotReadBack`] where none does.
pub(super) fn read_back<T: DeserializeOwned + Serialize + PartialEq>(
    path: &str,
    wanted: &T,
    original: &str,
    texts: impl IntoIterator<Item = String>,
) -> Result<FileChange> {
    let whole = yaml::to_text(wanted).map_err(|source| Error::broken(path, source))?;
    let reads =
        |text: &String| yaml::from_slice::<T>(text.as_bytes()).is_ok_and(|read| read == *wanted);
    let text = texts.into_iter().chain([ended_as(original, whole)]).find(reads);
    let text = text.ok_or_else(|| Error::policy(path, None, PolicyFault::NotReadBack))?;
    Ok(FileChange { path: path.to_owned(), content: Some(text.into_bytes()) })
}

/// The comments of a text that another one of it lacks, in their order.
pub fn lost_comments(before: &str, after: &str) -> Vec<String> {
    let mut kept: Vec<&str> = after.lines().filter_map(comment).collect();
    let mut lost = Vec::new();
    for comment in before.lines().filter_map(comment) {
        match kept.iter().position(|other| *other == comment) {
            Some(place) => drop(kept.swap_remove(place)),
            None => lost.push(comment.to_owned()),
        }
    }
    lost
}

/// The comment at the end of a line.
pub(super) fn comment(line: &str) -> Option<&str> {
    let mut signs = outside_quotes(line);
    let sign = signs.find(|(_, c, before)| *c == '#' && before.is_whitespace());
    sign.map(|(at, ..)| line[at..].trim_end())
}

/// The characters of a line that stand in no quotes: where, which, and which stands before.
pub(super) fn outside_quotes(line: &str) -> impl Iterator<Item = (usize, char, char)> {
    let (mut quote, mut before, mut is_escaped) = (None, ' ', false);
    line.char_indices().filter_map(move |(at, c)| {
        let last = std::mem::replace(&mut before, c);
        let escapes = quote == Some('"') && c == '\\' && !is_escaped;
        let was_escaped = std::mem::replace(&mut is_escaped, escapes);
        match quote {
            Some(opened) if opened == c && !was_escaped => quote = None,
            Some(_) => {}
            // inside a word they are none
            None if matches!(c, '"' | '\'') && " [{,".contains(last) => quote = Some(c),
            None => return Some((at, c, last)),
        }
        None
    })
}

/// The text with its lines ended as those of `original` are.
pub(super) fn ended_as(original: &str, text: String) -> String {
    if original.contains("\r\n") {
        return text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    text
}

/// The text with another section in the place of the one that its key begins, or at its end where there
/// is none. A section ends with its last line; comments behind it belong to the next.
pub(super) fn with_section(text: &str, key: &str, section: &str) -> String {
    let mut before = String::new();
    let mut old = false;
    let mut rest = String::new();
    for line in text.split_inclusive('\n') {
        let is_key = line.starts_with(|c: char| !c.is_whitespace() && !"#-]}".contains(c));
        let is_aside = line.trim().is_empty() || line.starts_with('#');
        if is_key && key_of(line) == Some(key) && !old && rest.is_empty() {
            old = true;
        } else if old && (is_key || is_aside) {
            rest += line;
            old = !is_key;
        } else if old {
            // what seemed to follow was inside
            rest.clear();
        } else if rest.is_empty() {
            before += line;
        } else {
            rest += line;
        }
    }
    if !before.is_empty() && !before.ends_with('\n') {
        before.push('\n');
    }
    format!("{before}{section}{rest}")
}

/// The key that a line begins with, in quotes or without.
pub(super) fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    Some(without_mark(key).trim_end().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    type Lists = BTreeMap<String, Vec<String>>;

    fn rules(people: &[&str]) -> Lists {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        [("head".to_owned(), list(&["x"])), ("people".to_owned(), list(people))].into()
    }

    #[test]
    fn a_section_is_replaced_wherever_it_stands_and_comments_around_it_stay() {
        let section = "people:\n- li\n";
        for (before, after) in [
            (
                "# top\nhead: [x]\n# who\npeople:\n- wu\n",
                "# top\nhead: [x]\n# who\npeople:\n- li\n",
            ),
            ("people: [wu]\n\n# what\nhead:\n- x\n", "people:\n- li\n\n# what\nhead:\n- x\n"),
            (
                "\"people\": # two\n  - wu\n# in it\n  - chen\nhead: [x]\n",
                "people:\n- li\nhead: [x]\n",
            ),
            ("people: [\n  wu,\n]\nhead: [x]", "people:\n- li\nhead: [x]"),
            ("head: [x]", "head: [x]\npeople:\n- li\n"),
        ] {
            assert_eq!(with_section(before, "people", section), after);
            assert_eq!(yaml::from_slice::<Lists>(after.as_bytes()).unwrap(), rules(&["li"]));
        }
    }

    #[test]
    fn what_does_not_read_as_it_was_meant_is_not_taken() {
        let wanted = rules(&["li"]);
        let lost = "head: [x]\npeople: []\n".to_owned();
        let broken = "head: [x\n".to_owned();
        let good = "people: [li]\nhead: [x]\n".to_owned();
        let text = |texts: &[&String]| {
            let change = read_back("p.yaml", &wanted, "", texts.iter().map(|text| (*text).clone()));
            String::from_utf8(change.unwrap().content.unwrap()).unwrap()
        };
        assert_eq!(text(&[&lost, &broken, &good]), good);
        assert_eq!(
            text(&[&lost]),
            "head:\n- x\npeople:\n- li\n",
            "the whole file, as docket spells it"
        );
    }

    #[test]
    fn a_comment_is_lost_that_no_line_has_any_more() {
        let before = "# top\na: 'x # y' # one\n- don't # two\nb: \"\\\" # z\"\nc: x#y\n# top\n";
        assert_eq!(lost_comments(before, before), Vec::<String>::new());
        assert_eq!(lost_comments(before, "# top\n- z # two\n"), ["# one", "# top"]);
    }
}
