//! What keeps git from giving a desk back as it was read: entries beside it that other systems take
//! for the desk's own, attributes, and commits that hold more than git shows.

use std::collections::{HashMap, HashSet, hash_map::Entry};

use super::attributes;
use crate::{
    domain::{
        analysis::finding::{Finding, FindingCode, phrase::Phrase},
        base::characters::is_ignored_by_macs,
        deciding::policy::{Policy, people::People},
    },
    store::{
        Store,
        git::{diff::ChangedPath, header::Oddity, ids::CommitId, snapshot::FileKind},
        layout,
        view::View,
    },
    words::Words,
};

/// By what `git log` and `git blame` show people under other names.
const MAILMAP: &str = ".mailmap";

/// A commit that holds what git does not show as docket reads it. Beside the desk only what no git
/// writes is told.
pub(super) fn oddity(
    store: &Store,
    commit: CommitId,
    is_watched: bool,
    words: Words,
) -> Option<Finding> {
    let found = match store.git().oddity(commit).ok()?? {
        Oddity::Ambiguous(found) => found,
        Oddity::Unusual(found) if is_watched => found,
        Oddity::Unusual(_) => return None,
    };
    Some(Finding::of(FindingCode::NotAsShown).found(&words.odd_part(&found)))
}

/// What a commit adds or changes that changes how the desk's files are checked out, or that they
/// are.
pub(super) fn disturbed(
    store: &Store,
    changed: &[ChangedPath],
    (before, after): (&View<'_>, &View<'_>),
    (policy, words): (Option<&Policy>, Words),
    findings: &mut Vec<Finding>,
) {
    let at = |path: &str| Finding::of(FindingCode::CheckedOutOtherwise).path(path);
    let mut folders = FolderNames::default();
    for ChangedPath { path, old, new } in changed {
        if new.is_none() && path != layout::ATTRIBUTES {
            continue;
        }
        // of two entries of one name git shows the last, and docket reads the first
        let is_text = !path.contains('\u{fffd}');
        if is_text && new.is_some() && after.held(path).ok().flatten() != *new {
            let finding = Finding::of(FindingCode::NotAsShown).path(path);
            findings.push(finding.found(Phrase::SecondEntry));
        }
        if let Some(new) = new.filter(|new| new.kind == FileKind::Other && !layout::is_ours(path)) {
            let refused = store.git().new_names(path, (*old, new), &is_refused);
            findings.extend(refused.iter().map(|path| at(path)));
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        let top = path.split('/').next().unwrap_or_default();
        let kind = new.map_or(FileKind::Other, |new| new.kind);
        if path.split('/').any(|part| is_refused(part, kind)) {
            findings.push(at(path));
        } else if plain(name) == layout::ATTRIBUTES {
            findings.extend(attributed(path, (before, after), words));
        } else if plain(path) == MAILMAP {
            let people = policy.map(|policy| &policy.people);
            match after.text_anyway(path) {
                Ok(text) => {
                    let text = text.unwrap_or_default();
                    let old = before.text_anyway(path).ok().flatten().unwrap_or_default();
                    let old: HashSet<&str> = old.lines().collect();
                    let new = text.lines().filter(|line| !old.contains(line));
                    let renames = |line: &&str| people.is_some_and(|all| renames(line, all));
                    findings.extend(new.filter(renames).map(|line| at(path).found(line)));
                }
                // older gits follow a link, and nobody writes so many lines
                Err(why) => findings.push(at(path).found(&words.store_error(&why))),
            }
        } else if old.is_none()
            && let Some(other) = looks_like(top, path, after, &mut folders)
        {
            findings.push(at(path).expected(&other));
        }
    }
}

/// Whether git checks nothing out where an entry is called so.
fn is_refused(name: &str, kind: FileKind) -> bool {
    matches!(name, "." | "..")
        || match plain(name).as_str() {
            ".git" | "git~1" => true,
            ".gitmodules" => kind == FileKind::Symlink,
            _ => false,
        }
}

/// Attributes at the top of the repository, or among the desk's own files, where none belong.
fn attributed(path: &str, (before, after): (&View<'_>, &View<'_>), words: Words) -> Vec<Finding> {
    let at = |found: &str| Finding::of(FindingCode::CheckedOutOtherwise).path(path).found(found);
    if path.contains('/') {
        return vec![at(layout::ATTRIBUTES)];
    }
    let text = |view: &View<'_>| view.text_anyway(path);
    let after = match text(after) {
        Ok(after) => after.unwrap_or_default(),
        // git does not follow a link here, and nobody writes so many lines
        Err(why) => return vec![at(&words.store_error(&why))],
    };
    let old = text(before).ok().flatten().unwrap_or_default();
    let prefix = before.desk().ok().flatten().map_or_else(|| "R".to_owned(), |desk| desk.prefix);
    let lost = attributes::lost(&old, &after, &prefix).into_iter();
    let lost = lost.map(|line| {
        let wanted = Phrase::LastMatchingLine(line.to_string());
        Finding::of(FindingCode::CheckedOutOtherwise).path(path).expected(wanted)
    });
    let harmful = attributes::harmful(&old, &after, &prefix).into_iter();
    harmful.map(at).chain(lost).collect()
}

/// Whether a line of a mailmap shows commits of somebody of the team as somebody else's of it.
fn renames(line: &str, people: &People) -> bool {
    // to git a # within a line is part of a name
    if line.starts_with('#') {
        return false;
    }
    let Some((name, shown, rest)) = named(line) else { return false };
    let address = named(rest).map_or(shown, |(_, address, _)| address);
    let Some(person) = people.by_email(address) else { return false };
    [people.by_email(shown), people.known_as(name)]
        .into_iter()
        .flatten()
        .any(|other| other.id != person.id)
}

/// Name and address at the beginning of a text, and what comes after them.
fn named(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.split_once('<')?;
    let (address, rest) = rest.split_once('>')?;
    Some((name.trim(), address.trim(), rest))
}

/// The names in folders, by what other systems take them for.
type FolderNames = HashMap<String, HashMap<String, Vec<String>>>;

/// What a new name is the same as where names are not told apart by case; `None` for none.
fn looks_like(
    top: &str,
    path: &str,
    after: &View<'_>,
    folders: &mut FolderNames,
) -> Option<String> {
    if !layout::is_ours(path) {
        let top = plain(top);
        // what Windows calls a name that was too long for DOS
        let short = top.split_once('~').filter(|(head, number)| {
            head.len() == DOS && number.starts_with(|c: char| c.is_ascii_digit())
        });
        let same =
            |place: &&str| top == **place || short.is_some_and(|(head, _)| place.starts_with(head));
        return layout::PLACES.into_iter().find(same).map(str::to_owned);
    }
    // elsewhere names are ids, which are written in one way alone
    if !matches!(top, layout::POLICY | layout::TEMPLATES) {
        return None;
    }
    let mut folder = String::new();
    for part in path.split('/') {
        let names = match folders.entry(folder.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let mut names: HashMap<String, Vec<String>> = HashMap::new();
                for name in after.names_in(&folder).ok()? {
                    names.entry(plain(&name)).or_default().push(name);
                }
                new.insert(names)
            }
        };
        let mut alike = names.get(&plain(part)).into_iter().flatten();
        if let Some(other) = alike.find(|name| *name != part).cloned() {
            return Some(if folder.is_empty() { other } else { format!("{folder}/{other}") });
        }
        folder = if folder.is_empty() { part.to_owned() } else { format!("{folder}/{part}") };
    }
    None
}

/// So many letters of a long name are left before the `~` of a short one.
const DOS: usize = 6;

/// A name as a Mac or Windows takes it: without case, characters that are not seen, and an end of
/// dots and blanks.
fn plain(name: &str) -> String {
    let seen = name.chars().filter(|c| !is_ignored_by_macs(*c)).flat_map(char::to_uppercase);
    let seen: String = seen.flat_map(char::to_lowercase).collect();
    let stream = seen.split(':').next().unwrap_or_default();
    stream.trim_end_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_as_other_systems_take_it() {
        for (name, taken) in [
            ("Records", "records"),
            ("POLICY", "policy"),
            ("record\u{17f}", "records"),
            (".g\u{200c}it", ".git"),
            (".GIT. ", ".git"),
            (".git::$INDEX_ALLOCATION", ".git"),
            ("records-old", "records-old"),
        ] {
            assert_eq!(plain(name), taken);
        }
    }
}
