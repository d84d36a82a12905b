//! Edits of single entries of a list in a policy file: every other line stays as it is.

use std::ops::Range;

use serde::Serialize;
use serde_json::Value;

use crate::store::{
    policy_edit::key_of,
    yaml::{self, YamlError},
};

/// The text with the entries of the list `key` as `after` has them, where they were as `before` has
/// them: of a changed entry the changed keys are spelled anew, and new entries come behind the last.
/// `None` where the list has another shape than a block of entries.
///
/// # Errors
/// Entries that cannot be spelled.
pub(super) fn with_entries<T: Serialize + PartialEq>(
    text: &str,
    key: &str,
    before: &[T],
    after: &[T],
) -> Result<Option<String>, YamlError> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let Some(list) = EntryList::of(&lines, key) else { return Ok(None) };
    if list.entries.len() != before.len() || after.len() < before.len() {
        return Ok(None);
    }
    let mut edited = String::new();
    let mut copied = 0;
    for ((old, new), entry) in before.iter().zip(after).zip(&list.entries) {
        if old != new {
            edited.extend(lines[copied..entry.start].iter().copied());
            edited += &list.changed(&lines[entry.clone()], old, new)?;
            copied = entry.end;
        }
    }
    edited.extend(lines[copied..list.end].iter().copied());
    for new in &after[before.len()..] {
        edited = ended(edited, list.end_of_line);
        edited += &list.spelled(new)?;
    }
    edited.extend(lines[list.end..].iter().copied());
    Ok(Some(edited))
}

/// The text with the entries of the list `key` as `after` has them, where they were as `before` has them:
/// new ones come behind the last, as they stand in `other`, of which `theirs` are the entries. `None`
/// where either list has another shape than a block of entries, or one is gone.
///
/// # Errors
/// As [`with_entries`].
pub(super) fn with_entries_of(
    [text, other]: [&str; 2],
    key: &str,
    before: &[Value],
    theirs: &[Value],
    after: &[Value],
) -> Result<Option<String>, YamlError> {
    let Some((changed, new)) = after.split_at_checked(before.len()) else { return Ok(None) };
    let Some(edited) = with_entries(text, key, before, changed)? else { return Ok(None) };
    let lines: Vec<&str> = edited.split_inclusive('\n').collect();
    let other_lines: Vec<&str> = other.split_inclusive('\n').collect();
    let lists = EntryList::of(&lines, key).zip(EntryList::of(&other_lines, key));
    let Some((list, of_other)) = lists else { return Ok(None) };
    let mut joined: String = lines[..list.end].concat();
    for entry in new {
        let there = theirs.iter().position(|it| it == entry);
        let Some(range) = there.and_then(|nth| of_other.entries.get(nth)) else { return Ok(None) };
        joined = ended(joined, list.end_of_line);
        for line in &other_lines[range.clone()] {
            let line = line.trim_end_matches(['\n', '\r']);
            let indent = (indent(line) + list.depth).saturating_sub(of_other.depth);
            joined +=
                &format!("{:indent$}{}{}", "", line.trim_start_matches(' '), list.end_of_line);
        }
    }
    joined.extend(lines[list.end..].iter().copied());
    Ok(Some(joined))
}

/// Where the entries of a list stand.
struct EntryList {
    /// How far their dashes are indented.
    depth: usize,
    entries: Vec<Range<usize>>,
    /// Behind the last one and its comments.
    end: usize,
    end_of_line: &'static str,
}

/// One key of an entry with all lines of its value, in the lines of the entry.
struct EntryKey<'l> {
    key: &'l str,
    lines: Range<usize>,
}

impl EntryList {
    fn of(lines: &[&str], key: &str) -> Option<Self> {
        let is_list =
            |line: &&str| !line.starts_with(char::is_whitespace) && key_of(line) == Some(key);
        let begin = lines.iter().position(is_list)?;
        let (_, behind) = lines[begin].split_once(':')?;
        let first = (begin + 1..lines.len()).find(|at| !is_aside(lines[*at]))?;
        if !is_aside(behind) || !is_dash(lines[first]) {
            return None;
        }
        let depth = indent(lines[first]);
        let is_entry = |line: &str| indent(line) == depth && is_dash(line);
        let is_over = |line: &str| {
            !is_aside(line) && indent(line) <= depth && !is_entry(line) && !is_closing(line)
        };
        let end = (first..lines.len()).find(|at| is_over(lines[*at])).unwrap_or(lines.len());
        let starts: Vec<usize> = (first..end).filter(|at| is_entry(lines[*at])).collect();
        let ends = starts.iter().skip(1).copied().chain([end]);
        let entries: Vec<_> = starts
            .iter()
            .zip(ends)
            .map(|(start, end)| *start..without_asides(lines, *start..end))
            .collect();
        let mut end = entries.last()?.end;
        // a comment that is indented as its last lines are belongs to the last entry
        while lines.get(end).is_some_and(|line| line.trim_start().starts_with('#'))
            && indent(lines[end]) > depth
        {
            end += 1;
        }
        let end_of_line = if lines[first].ends_with("\r\n") { "\r\n" } else { "\n" };
        Some(Self { depth, entries, end, end_of_line })
    }

    /// The lines of an entry with another value.
    fn changed<T: Serialize>(&self, lines: &[&str], old: &T, new: &T) -> Result<String, YamlError> {
        let (old, new) = (yaml::to_text(old)?, yaml::to_text(new)?);
        Ok(self.with_keys(lines, &old, &new).unwrap_or_else(|| self.listed(&new)))
    }

    /// The lines of an entry with the keys that differ spelled anew; `None` where it is no block of keys.
    fn with_keys(&self, lines: &[&str], old: &str, new: &str) -> Option<String> {
        let content = lines.first()?.get(self.depth + 1..)?;
        let column = self.depth + 1 + indent(content);
        let there = keys(lines, column)?;
        let (old, new) = (SpelledKeys::of(old), SpelledKeys::of(new));
        let mut edited = String::new();
        let mut copied = 0;
        for EntryKey { key, lines: its } in &there {
            let wanted = new.value(key);
            if wanted == old.value(key) {
                continue;
            }
            edited.extend(lines[copied..its.start].iter().copied());
            match wanted {
                Some(value) if its.start == 0 => {
                    edited += &lines[0][..column];
                    edited += self.indented(&value, column).trim_start();
                }
                Some(value) => edited += &self.indented(&value, column),
                // the dash stands before it
                None if its.start == 0 => return None,
                None => {}
            }
            copied = its.end;
        }
        edited.extend(lines[copied..].iter().copied());
        for key in new.keys().filter(|key| there.iter().all(|it| it.key != *key)) {
            edited = ended(edited, self.end_of_line);
            edited += &self.indented(&new.value(key)?, column);
        }
        Some(edited)
    }

    fn spelled<T: Serialize>(&self, entry: &T) -> Result<String, YamlError> {
        Ok(self.listed(&yaml::to_text(entry)?))
    }

    /// A value of its own as an entry of the list.
    fn listed(&self, text: &str) -> String {
        let indented = self.indented(text, self.depth + 2);
        format!("{}- {}", " ".repeat(self.depth), indented.trim_start())
    }

    fn indented(&self, text: &str, column: usize) -> String {
        let indent = " ".repeat(column);
        let line = |line: &str| match line {
            "" => self.end_of_line.to_owned(),
            line => format!("{indent}{line}{}", self.end_of_line),
        };
        text.lines().map(line).collect()
    }
}

/// The keys of an entry, the first of which stands behind its dash; `None` where it is no block.
fn keys<'l>(lines: &[&'l str], column: usize) -> Option<Vec<EntryKey<'l>>> {
    let at_column = |nth: usize| {
        let line = lines[nth].get(column..)?;
        let is_here = nth == 0 || indent(lines[nth]) == column;
        let is_key = is_here && !is_aside(line) && !is_dash(line) && !is_closing(line);
        is_key.then_some(line)
    };
    let starts: Vec<_> = (0..lines.len()).filter_map(|nth| Some((nth, at_column(nth)?))).collect();
    if starts.first()?.0 != 0 || starts[0].1.starts_with(['{', '[', '&', '!', '*', '?']) {
        return None;
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([lines.len()]);
    let key = |((start, line), end): (&(usize, &'l str), usize)| {
        let lines = *start..without_asides(lines, *start..end);
        Some(EntryKey { key: key_of(line)?, lines })
    };
    starts.iter().zip(ends).map(key).collect()
}

/// A value as docket spells it, by its keys.
struct SpelledKeys<'t>(Vec<(&'t str, Vec<&'t str>)>);

impl<'t> SpelledKeys<'t> {
    fn of(text: &'t str) -> Self {
        let lines: Vec<_> = text.lines().collect();
        let keys = keys(&lines, 0).unwrap_or_default();
        Self(keys.into_iter().map(|it| (it.key, lines[it.lines].to_vec())).collect())
    }

    fn keys(&self) -> impl Iterator<Item = &'t str> {
        self.0.iter().map(|(key, _)| *key)
    }

    fn value(&self, key: &str) -> Option<String> {
        let (_, lines) = self.0.iter().find(|(own, _)| *own == key)?;
        Some(lines.join("\n"))
    }
}

/// The end of these lines without the blank ones and comments at it.
fn without_asides(lines: &[&str], range: Range<usize>) -> usize {
    let last = range.clone().rev().find(|at| !is_aside(lines[*at]));
    last.map_or(range.end, |last| last + 1)
}

fn ended(mut text: String, end_of_line: &str) -> String {
    if !text.ends_with('\n') {
        text += end_of_line;
    }
    text
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn is_aside(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn is_dash(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    line.strip_prefix('-')
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r', '\n']))
}

/// The end of a list or map in brackets, which need not be indented.
fn is_closing(line: &str) -> bool {
    line.trim_start().starts_with([']', '}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deciding::policy::people::{People, Person};

    const HEAD: &str = "# who\ndocument:\n  version: 1\n  effective_on: 2026-01-01\n";

    fn people(text: &str) -> Vec<Person> {
        yaml::from_slice::<People>(text.as_bytes()).unwrap().people
    }

    /// The text with another name for li, and with wu behind the others.
    fn edited(text: &str) -> Option<String> {
        let before = people(text);
        let mut after = before.clone();
        after.iter_mut().filter(|it| it.id.as_str() == "li").for_each(|li| {
            li.name = "Li Lei".to_owned();
            li.unit = Some("desk".parse().unwrap());
        });
        let mut wu = before[0].clone();
        wu.id = "wu".parse().unwrap();
        wu.name = "Wu".to_owned();
        wu.emails = vec!["wu@example.com".to_owned()];
        after.push(wu);
        let edited = with_entries(text, "people", &before, &after).unwrap()?;
        assert_eq!(people(&edited), after, "{edited}");
        Some(edited)
    }

    #[test]
    fn all_but_the_changed_keys_stays_byte_for_byte() {
        let list = "people: # by desk\n\
            # the founder\n- id: ann\n  name: \"Ann\"   # as in the phone book\n  emails: [ann@example.com]\n\
            \x20 roles: [team_lead]\n  active_from: 2026-01-01\n\n# engineers\n- id: li # away in May\n\
            \x20 name: Li\n  # both read\n  emails:\n  - li@example.com\n  - l@example.com # old\n\
            \x20 roles:\n    - engineer\n  active_from: 2026-01-01\n  # until they move\n\n# end\n";
        let wanted = list
            .replace("name: Li\n", "name: Li Lei\n")
            .replace("  # until", "  unit: desk\n  # until")
            .replace(
                "move\n",
                "move\n- id: wu\n  name: Wu\n  emails:\n  - wu@example.com\n  roles:\n  \
                 - team_lead\n  active_from: '2026-01-01'\n",
            );
        let text = format!("{HEAD}{list}");
        assert_eq!(edited(&text).unwrap(), format!("{HEAD}{wanted}"));
        let other = text.replace('\n', "\r\n");
        assert_eq!(edited(&other).unwrap(), format!("{HEAD}{wanted}").replace('\n', "\r\n"));
        // the list may come first, and the file end without a line end
        let first = format!("{list}{HEAD}");
        assert_eq!(edited(&first).unwrap(), format!("{wanted}{HEAD}"));
        let open = text.trim_end_matches("  # until they move\n\n# end\n").trim_end();
        assert!(edited(open).unwrap().ends_with("unit: desk\n- id: wu\n  name: Wu\n  emails:\n  - wu@example.com\n  roles:\n  - team_lead\n  active_from: '2026-01-01'\n"));
    }

    #[test]
    fn entries_in_braces_or_behind_a_lone_dash_are_spelled_anew_and_no_others() {
        let ann = "  - {id: ann, name: Ann, emails: [ann@example.com], # founder\n     roles: [team_lead], \
            active_from: 2026-01-01}\n  # engineers\n";
        let flow = "  - {id: li, name: Li, emails: [li@example.com], roles: [engineer],\n     \
            active_from: 2026-01-01}\n";
        let lone = "  -\n    id: li\n    name: Li\n    emails: [li@example.com]\n    roles: [engineer]\n    \
            active_from: 2026-01-01\n";
        for li in [flow, lone] {
            let text = format!("{HEAD}people:\n{ann}{li}");
            let edited = edited(&text).unwrap();
            let li = "  - id: li\n    name: Li Lei\n    emails:\n    - li@example.com\n    roles:\n    \
                - engineer\n    unit: desk\n";
            assert!(edited.starts_with(&format!("{HEAD}people:\n{ann}{li}")), "{edited}");
        }
    }

    #[test]
    fn another_shape_than_a_block_of_entries_is_left_to_others() {
        let list = "people: [{id: li, name: Li, emails: [li@example.com], roles: [engineer], \
            active_from: 2026-01-01}]\n";
        assert_eq!(edited(&format!("{HEAD}{list}")), None);
        let before = people(&format!("{HEAD}{list}"));
        let block = format!("{HEAD}people:\n{}", yaml::to_text(&before).unwrap());
        assert_eq!(with_entries(&block, "people", &before, &[]).unwrap(), None, "one is gone");
        let lists = with_entries(&block, "others", &before, &before).unwrap();
        assert_eq!(lists, None, "there is no such list");
    }

    #[test]
    fn a_key_that_is_gone_takes_its_lines_with_it_alone() {
        let list = "people:\n- id: li\n  name: Li\n  emails:\n  - li@example.com\n  # left\n  \
            active_to: 2026-02-01\n  roles: [engineer]\n  active_from: 2026-01-01\n";
        let text = format!("{HEAD}{list}");
        let before = people(&text);
        let mut after = before.clone();
        after[0].active_to = None;
        let edited = with_entries(&text, "people", &before, &after).unwrap().unwrap();
        assert_eq!(edited, text.replace("  active_to: 2026-02-01\n", ""));
    }
}
