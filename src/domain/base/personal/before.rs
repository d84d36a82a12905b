//! What words stand before a value.

use super::{Sign, begins_with};

/// Words for a number, whose one only another word before it tells.
pub(super) const NUMBERS: [&str; 6] = ["no", "nr", "num", "nos", "number", "nummer"];
/// What may stand between a word and its value.
const BETWEEN: &str = " :.#-_(号為为是";
/// So many signs of it are looked at, and as many of a word.
const MOST_BETWEEN: usize = 4;
const LONGEST: usize = 12;

/// Whether one of some words, or several of what it names, stands before a place. Han words end
/// anywhere.
pub(super) fn is_behind(signs: &[Sign], end: usize, words: &[&str], han: &[&str]) -> bool {
    let is_between = |sign: &&Sign| BETWEEN.contains(sign.seen);
    let ends_with = |word: &str, end: usize| {
        let start = end.checked_sub(word.chars().count());
        start.is_some_and(|start| begins_with(&signs[start..end], word))
    };
    let mut end = end;
    // of the second word the first one may be: `order no.`
    for _ in 0..2 {
        let before = signs[..end].iter().rev().take(MOST_BETWEEN);
        let between = before.take_while(is_between).count();
        // 型号 ends with what may stand between
        if (0..=between).any(|back| han.iter().any(|word| ends_with(word, end - back))) {
            return true;
        }
        let before = signs[..end - between].iter().rev().map(|sign| sign.seen);
        let word = before.take(LONGEST).take_while(char::is_ascii_alphabetic);
        let word: Vec<char> = word.collect();
        let word: String = word.into_iter().rev().collect();
        if !NUMBERS.contains(&word.as_str()) {
            let one = word.strip_suffix('s').unwrap_or(&word);
            return words.contains(&one) || words.contains(&word.as_str());
        }
        end -= between + word.len();
    }
    false
}
