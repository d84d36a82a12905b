//! Text cut so that a full-text index finds words of any language: Chinese has no blanks between
//! them, so every character and every pair is a piece of its own.

use crate::domain::{
    base::{
        characters::half_width,
        terms::{Prohibition, Term},
    },
    history::{event::Event, facts::Value, record::Record},
};

/// What is searched of a record, each text once: whatever somebody wrote in their own words. Names
/// of people, channels and the like are for the filters.
pub fn texts(record: &Record) -> Vec<String> {
    let mut texts = vec![record.status.title.clone(), record.id.to_string()];
    let events = record.history.iter().flat_map(Event::facts);
    for fact in record.intake.facts().into_iter().chain(events) {
        let text = match fact.value {
            Value::Text(text)
            | Value::Line(text)
            | Value::Imported(text)
            | Value::Against(text)
            | Value::Product(text) => text,
            Value::Answer { answer, .. } => answer,
            Value::Correction(set) => &set.new,
            Value::Term { vocabulary: Prohibition::VOCABULARY, code } => code,
            _ => continue,
        };
        if !text.trim().is_empty() && !texts.iter().any(|known| known == text) {
            texts.push(text.to_owned());
        }
    }
    texts
}

/// A text without the differences of case and width.
pub fn low(text: &str) -> String {
    text.chars().map(half_width).flat_map(char::to_lowercase).collect()
}

/// True for writing without blanks between words.
fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The words of a text and the single characters and pairs of its Chinese, each separated by a
/// blank.
pub fn pieces(text: &str) -> String {
    let text = low(text);
    let mut out = String::with_capacity(text.len() * 3);
    let mut before: Option<char> = None;
    for c in text.chars() {
        if is_dense(c) {
            if let Some(before) = before {
                out.extend([' ', before, c]);
            }
            out.extend([' ', c, ' ']);
            before = Some(c);
        } else {
            before = None;
            out.push(if c.is_alphanumeric() { c } else { ' ' });
        }
    }
    out
}

/// What the index is asked for these words: all of them; `None` where there is nothing to ask.
pub fn query(words: &str) -> Option<String> {
    let mut terms = Vec::new();
    for word in runs(&low(words)) {
        match word {
            Token::Word(word) => terms.push(format!("\"{word}\"*")),
            Token::Dense(word) => {
                let chars: Vec<char> = word.chars().collect();
                match chars[..] {
                    [one] => terms.push(format!("\"{one}\"")),
                    _ => terms
                        .extend(chars.windows(2).map(|pair| format!("\"{}{}\"", pair[0], pair[1]))),
                }
            }
        }
    }
    (!terms.is_empty()).then(|| terms.join(" "))
}

/// A word as it is looked for in a text.
pub enum Token {
    /// Of a writing with blanks; the beginning of a word is enough.
    Word(String),
    /// Of one without; anywhere.
    Dense(String),
}

/// The words of what was asked, folded.
pub fn runs(words: &str) -> Vec<Token> {
    let mut runs: Vec<Token> = Vec::new();
    let mut open = false;
    for c in words.chars() {
        if is_dense(c) {
            match runs.last_mut() {
                Some(Token::Dense(word)) if open => word.push(c),
                _ => runs.push(Token::Dense(c.to_string())),
            }
            open = true;
        } else if c.is_alphanumeric() {
            match runs.last_mut() {
                Some(Token::Word(word)) if open => word.push(c),
                _ => runs.push(Token::Word(c.to_string())),
            }
            open = true;
        } else {
            open = false;
        }
    }
    runs
}

/// Whether every one of these words is in a text; the judge of what the index offers, and of texts
/// without one.
pub fn fits(texts: &[String], words: &[Token]) -> bool {
    let all: Vec<String> = texts.iter().map(|text| low(text)).collect();
    words.iter().all(|word| match word {
        Token::Dense(word) => all.iter().any(|text| text.contains(word.as_str())),
        Token::Word(word) => all.iter().any(|text| begins_a_word(text, word).is_some()),
    })
}

/// Where a word begins with `word`.
fn begins_a_word(text: &str, word: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find(word) {
        let at = from + found;
        let before = text[..at].chars().next_back();
        if before.is_none_or(|before| !before.is_alphanumeric() || is_dense(before)) {
            return Some(at);
        }
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// Where a word stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    pub before: String,
    pub found: String,
    pub after: String,
}

/// So many characters are shown on either side.
const AROUND: usize = 30;

/// The first place where one of the words stands, with what is around it.
pub fn passage(texts: &[String], words: &[Token]) -> Option<Passage> {
    // the text that has most of the words, and the earliest of those
    let fitting = |text: &String| {
        words
            .iter()
            .filter(|word| fits(std::slice::from_ref(text), std::slice::from_ref(word)))
            .count()
    };
    let best = texts.iter().rev().max_by_key(|text| fitting(text))?;
    words.iter().find_map(|word| around(best, word))
}

fn around(text: &str, word: &Token) -> Option<Passage> {
    // folding may change how many bytes a character has, so places are counted in characters
    let (chars, low): (Vec<char>, Vec<char>) = (
        text.chars().collect(),
        text.chars().map(|c| low(&c.to_string()).chars().next().unwrap_or(c)).collect(),
    );
    let (wanted, dense): (Vec<char>, bool) = match word {
        Token::Word(word) => (word.chars().collect(), false),
        Token::Dense(word) => (word.chars().collect(), true),
    };
    let begins =
        |at: usize| dense || at == 0 || !low[at - 1].is_alphanumeric() || is_dense(low[at - 1]);
    let at = (0..low.len()).find(|at| low[*at..].starts_with(&wanted) && begins(*at))?;
    let end = at + wanted.len();
    let line_start = chars[..at].iter().rposition(|c| *c == '\n').map_or(0, |nl| nl + 1);
    let line_end = chars[end..].iter().position(|c| *c == '\n').map_or(chars.len(), |nl| end + nl);
    let from = line_start.max(at.saturating_sub(AROUND));
    let to = line_end.min(end + AROUND);
    let piece = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    let mark = |cut: bool| if cut { "…" } else { "" };
    Some(Passage {
        before: format!("{}{}", mark(from > line_start), piece(from, at)),
        found: piece(at, end),
        after: format!("{}{}", piece(end, to), mark(to < line_end)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_cut_into_characters_and_pairs_and_words_are_left_whole() {
        let words: Vec<String> =
            pieces("打印机 HP4015 卡纸").split_whitespace().map(str::to_owned).collect();
        assert_eq!(words, ["打", "打印", "印", "印机", "机", "hp4015", "卡", "卡纸", "纸"]);
        assert_eq!(query("卡纸").as_deref(), Some("\"卡纸\""));
        assert_eq!(query("打印机").as_deref(), Some("\"打印\" \"印机\""));
        assert_eq!(query("Print 卡").as_deref(), Some("\"print\"* \"卡\""));
        assert_eq!(query(" - \" * "), None);
    }

    #[test]
    fn a_word_fits_by_its_beginning_and_chinese_by_any_part() {
        let texts = ["二楼打印机卡纸了".to_owned(), "The PRINTER’s tray".to_owned()];
        for (words, expected) in [
            ("打印", true),
            ("印机卡", true),
            ("机打", false),
            ("print", true),
            ("rinter", false),
            ("tray 卡纸", true),
            ("ｐｒｉｎｔ", true),
            ("tray 复印", false),
        ] {
            assert_eq!(fits(&texts, &runs(&low(words))), expected, "{words}");
        }
    }

    #[test]
    fn a_passage_shows_what_is_around_the_word() {
        let texts = [format!("{} needle {}", "hay ".repeat(20), "straw ".repeat(20))];
        let found = passage(&texts, &runs("need")).unwrap();
        assert_eq!(found.found, "need");
        assert!(found.before.starts_with('…') && found.after.ends_with('…'), "{found:?}");
        assert!(found.after.starts_with("le straw"), "{found:?}");
    }
}
