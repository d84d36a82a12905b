//! Whether two names are one person's, however they are put.

use crate::domain::base::text::{half_width, is_invisible};

/// What stands before or behind a name in Latin letters.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "mister",
    "madam",
    "sir",
    "dr",
    "prof",
    "professor",
    "phd",
    "herr",
    "frau",
    "fräulein",
    "hr",
    "fr",
    "doktor",
    "monsieur",
    "madame",
    "mme",
    "mlle",
];

/// What stands before or behind a name in Chinese, without a blank; longer ones first.
const HAN_TITLES: &[&str] = &[
    "高级工程师",
    "总工程师",
    "工程师",
    "工程師",
    "总经理",
    "總經理",
    "副总裁",
    "副经理",
    "经理",
    "經理",
    "先生",
    "女士",
    "小姐",
    "太太",
    "夫人",
    "老师",
    "老師",
    "医生",
    "醫生",
    "博士",
    "教授",
    "师傅",
    "師傅",
    "主任",
    "主管",
    "总监",
    "總監",
    "总裁",
    "總裁",
    "部长",
    "部長",
    "科长",
    "科長",
    "处长",
    "處長",
    "局长",
    "局長",
    "院长",
    "院長",
    "所长",
    "所長",
    "组长",
    "組長",
    "班长",
    "班長",
    "董事长",
    "董事長",
    "老板",
    "助理",
    "同志",
    "尊敬的",
];

/// Up to so many words of a name may stand in any order.
const REORDERED: usize = 3;

/// True when `given` is the whole name `known`: with any title, in any case and width, in any
/// order of up to three words, with any punctuation and with whatever is not seen.
///
/// A surname with a title is nobody's whole name, and a longer name is another one.
#[must_use]
pub fn is_same_person(known: &str, given: &str) -> bool {
    let given = untitled(words(given)).concat();
    !given.is_empty() && spellings(&untitled(words(known))).contains(&given)
}

/// True for a title such as `Ms` or `Dr.`.
#[must_use]
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

/// The words of a name in small letters, without what is not seen and what is no letter.
fn words(name: &str) -> Vec<String> {
    let seen: String = name
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(half_width)
        .flat_map(char::to_lowercase)
        .collect();
    let parts = seen.split(|c: char| !c.is_alphanumeric() && !is_accent(c));
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The words without titles, where they are more than a surname then.
fn untitled(words: Vec<String>) -> Vec<String> {
    let bare: Vec<String> = words
        .iter()
        .filter(|word| !TITLES.contains(&word.as_str()))
        .map(|word| without_han_titles(word).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    let is_whole = match bare.as_slice() {
        [] => false,
        [one] => one.chars().count() > 1 && one.chars().all(is_han),
        _ => true,
    };
    if is_whole { bare } else { words }
}

fn without_han_titles(mut word: &str) -> &str {
    while let Some(shorter) = HAN_TITLES
        .iter()
        .find_map(|title| word.strip_suffix(title).or_else(|| word.strip_prefix(title)))
    {
        word = shorter;
    }
    word
}

/// The words written as one, in every order where they are few.
fn spellings(words: &[String]) -> Vec<String> {
    if words.len() > REORDERED {
        return vec![words.concat()];
    }
    let Some((first, rest)) = words.split_first() else {
        return vec![String::new()];
    };
    let mut all = Vec::new();
    for nth in 0..words.len() {
        let mut rest = rest.to_vec();
        let mut head = first.clone();
        if nth > 0 {
            std::mem::swap(&mut head, &mut rest[nth - 1]);
        }
        all.extend(spellings(&rest).iter().map(|tail| format!("{head}{tail}")));
    }
    all
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colleague_is_known_through_titles_order_width_and_what_is_not_seen() {
        for (known, given) in [
            ("Zhang Wei", "zhang wei"),
            ("Zhang Wei", "Mr Zhang Wei"),
            ("Zhang Wei", "Mr. Wei Zhang"),
            ("Zhang Wei", "Wei Zhang"),
            ("Zhang Wei", "Zhang, Wei (Dr.)"),
            ("Zhang Wei", "ZHANG\u{202e} Wei\u{200f}"),
            ("Zhang Wei", "Ｗｅｉ　Ｚｈａｎｇ"),
            ("Zhang Wei", "Wei\u{2060}Zhang"),
            ("Zhang Wei", "Zhang Wei 先生"),
            ("Dr. Anna Maria Schmidt", "Frau Schmidt Anna Maria"),
            ("Anna Maria Schmidt", "Herr Anna Schmidt Maria"),
            ("陈静", "陈静女士"),
            ("陈静", "陈静 老师"),
            ("陈静", "高级工程师陈静"),
            ("陈静", "陈\u{202a}静总经理先生"),
            ("陈静工程师", "陈静"),
            ("Li Lei (李雷)", "李雷 Li Lei"),
        ] {
            assert!(is_same_person(known, given), "{known} / {given}");
        }
    }

    #[test]
    fn an_honest_customer_whose_name_only_resembles_one_is_nobody_of_the_team() {
        for (known, given) in [
            ("Zhang Wei", "Mr Zhang"),
            ("Zhang Wei", "Zhang Weiming"),
            ("Zhang Wei", "Zhang Wei Ming"),
            ("zhang", "Mr Zhang"),
            ("li", "Ms Li"),
            ("陈静", "陈女士"),
            ("陈静", "陈静怡"),
            ("陈静", "静陈"),
            ("陈静", "静 陈"),
            ("陈静", "陈经理"),
            ("李", "李先生"),
            ("Anna Schmidt", "Anna Schmidt Meyer"),
            ("An Na Li Wu", "Wu Li Na An"),
            ("Sir", "Dr"),
            ("", ""),
            ("Zhang Wei", "\u{202e}"),
            ("先生", "女士"),
        ] {
            assert!(!is_same_person(known, given), "{known} / {given}");
        }
    }
}
