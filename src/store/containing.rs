//! What says certain texts in a large folder, without a parse of all that lies there.

use std::collections::{BTreeSet, HashMap};

use super::{
    Store,
    error::Result,
    git::{
        ids::CommitId,
        snapshot::{FileKind, TreeFile},
    },
    layout,
    parse::read_record,
};
use crate::domain::history::record::Record;

impl Store {
    /// The records of a commit that say one of these texts, and perhaps others. What cannot be read is
    /// left out.
    ///
    /// Costs a look at the bytes of every record, on all cores, and a parse of those alone in which
    /// all words of a text stand.
    pub fn records_saying(&self, commit: CommitId, texts: &[&str]) -> Result<Vec<Record>> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let wanted = by_longest_word(texts);
        let mut files = self.view_of(commit)?.snapshot.files_under(layout::RECORDS)?;
        files.retain(|file| matches!(file.kind, FileKind::File | FileKind::Executable));
        let found = self.in_parallel(&files, |store, TreeFile { path, id, .. }| {
            let bytes = store.git().read_file(*id, path).ok();
            let bytes = bytes.filter(|bytes| may_say(bytes, &wanted));
            Ok(bytes.and_then(|bytes| read_record(path, &bytes).ok()))
        })?;
        Ok(found.into_iter().flatten().collect())
    }
}

/// Texts by their longest word, `""` for those that have none.
type Texts<'a> = HashMap<&'a str, Vec<&'a str>>;

fn by_longest_word<'a>(texts: &[&'a str]) -> Texts<'a> {
    let mut wanted = Texts::new();
    for text in BTreeSet::from_iter(texts) {
        let longest = words(text).max_by_key(|word| word.len()).unwrap_or_default();
        wanted.entry(longest).or_default().push(text);
    }
    wanted
}

/// Whether all words of one of the texts stand in a file. YAML leaves a word whole however a text is
/// quoted or broken into lines, unless there is an escape.
fn may_say(bytes: &[u8], wanted: &Texts<'_>) -> bool {
    let Ok(file) = std::str::from_utf8(bytes) else { return false };
    let stands = |word: &str| words(file).any(|other| other == word);
    let mut near = words(file).filter_map(|word| wanted.get(word)).flatten();
    file.contains('\\') || wanted.contains_key("") || near.any(|text| words(text).all(stands))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_say_a_text_is_found_however_it_is_quoted() {
        for (text, yaml, found) in [
            ("Pier 3", "customer: Pier 3\n", true),
            ("Pier 3", "{customer: 'Pier 3'}\n", true),
            ("Pier 3", "customer: Pier\n  3\n", true),
            ("Pier 3", "customer: \"P\\u0069er 3\"\n", true),
            ("Pier 3", "customer: \"Pi\\\n  er 3\"\n", true),
            ("O'Neill & Co", "customer: 'O''Neill & Co'\n", true),
            ("青岛港", "customer: 青岛港\n", true),
            ("&&", "customer: '&&'\n", true),
            ("Pier 3", "customer: Piers 3\n", false),
            ("Pier 3", "customer: Pier 4\n", false),
            ("青岛港", "customer: 青岛\n", false),
        ] {
            let wanted = by_longest_word(&[text]);
            assert_eq!(may_say(yaml.as_bytes(), &wanted), found, "{text} in {yaml}");
        }
    }
}
