//! What somebody may have meant; the only home of `strsim`.

use strsim::osa_distance;

use super::text::is_without_blanks;

/// Letters of a word that are looked at.
const MOST: usize = 64;
/// So many names are given.
const MOST_NAMES: usize = 5;

/// Up to three of `known` that are nearest to `given`, nearest first; none that are nothing like it.
///
/// Near means few letters inserted, dropped, changed or swapped, or one beginning with the other. Where a
/// character is a word, a name of two of them is near to none that differs in one.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let folded = |word: &str| word.to_lowercase().chars().take(MOST).collect::<String>();
    let wanted = folded(given);
    let length = wanted.chars().count();
    let mut scored: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|word| {
            let candidate = folded(word);
            let distance = slips(&wanted, &candidate);
            let longer = candidate.chars().count().max(length);
            let has_blanks = !word.chars().chain(given.chars()).any(is_without_blanks);
            let bound = if has_blanks { longer.div_ceil(3).max(1) } else { longer / 3 };
            let begins = !wanted.is_empty() && candidate.starts_with(&wanted);
            (begins || distance <= bound).then_some((if begins { 0 } else { distance }, word))
        })
        .collect();
    scored.sort_unstable();
    scored.dedup();
    scored.into_iter().take(3).map(|(_, word)| word.to_owned()).collect()
}

/// How many letters were inserted, dropped, changed or swapped between two words.
pub(super) fn slips(one: &str, other: &str) -> usize {
    osa_distance(one, other)
}

/// The names that are nearest to `given`, or a word of which is.
pub fn nearest_names<'a>(given: &str, names: &[&'a str]) -> Vec<&'a str> {
    let words = names.iter().flat_map(|name| name.split_whitespace().chain([*name]));
    let mut found: Vec<&str> = Vec::new();
    for near in nearest(given, words) {
        let is_near = |name: &&str| *name == near || name.split_whitespace().any(|it| it == near);
        for name in names.iter().copied().filter(is_near) {
            if found.len() < MOST_NAMES && !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_word_and_nonsense_finds_nothing() {
        let words = ["network", "printer", "account", "software"];
        for (given, first) in [
            ("netwrok", Some("network")),
            ("print", Some("printer")),
            ("acount", Some("account")),
            ("zzz", None),
            ("", None),
        ] {
            let found = nearest(given, words);
            assert_eq!(found.first().map(String::as_str), first, "{given}");
        }
    }

    #[test]
    fn a_short_chinese_name_is_near_to_none_but_what_it_begins() {
        let names = ["张伟", "李娜", "王小明", "li", "Harbour Hotel"];
        for (given, first) in [
            ("安娜", None),
            ("张三", None),
            ("李", Some("李娜")),
            ("王晓明", Some("王小明")),
            ("Habour Hotel", Some("Harbour Hotel")),
        ] {
            let found = nearest(given, names);
            assert_eq!(found.first().map(String::as_str), first, "{given}");
        }
    }
}
