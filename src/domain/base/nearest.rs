//! What somebody may have meant.

/// Up to three of `known` that are nearest to `given`, nearest first; none that are nothing like it.
///
/// Near means few letters inserted, dropped, changed or swapped, or one beginning with the other.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let wanted: Vec<char> = given.to_lowercase().chars().take(64).collect();
    let mut scored: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|word| {
            let candidate: Vec<char> = word.to_lowercase().chars().take(64).collect();
            let distance = distance(&wanted, &candidate);
            let bound = candidate.len().max(wanted.len()).div_ceil(3).max(1);
            let begins = !wanted.is_empty() && candidate.starts_with(&wanted);
            (begins || distance <= bound).then_some((if begins { 0 } else { distance }, word))
        })
        .collect();
    scored.sort_unstable();
    scored.dedup();
    scored.into_iter().take(3).map(|(_, word)| word.to_owned()).collect()
}

/// Optimal string alignment distance: Levenshtein with neighbouring letters swapped as one step.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = above;
        above = row;
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_word_and_nonsense_finds_nothing() {
        let known = ["network", "printer", "account", "software"];
        for (given, first) in [
            ("netwrok", Some("network")),
            ("print", Some("printer")),
            ("acount", Some("account")),
            ("zzz", None),
            ("", None),
        ] {
            let found = nearest(given, known);
            assert_eq!(found.first().map(String::as_str), first, "{given}");
        }
    }
}
