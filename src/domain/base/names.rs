//! Whether two names are one person's, however they are put.

use unicode_security::confusable_detection::skeleton;

use crate::domain::base::characters::{RIGHT_TO_LEFT, half_width, is_invisible};

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

/// Ways to write a word so that what looks alike, or differs in case alone, is written alike.
const WAYS: [fn(&str) -> String; 3] = [str::to_lowercase, looks_in_any_case, looks];

/// A name that somebody told, to be held against those that are known.
#[derive(Clone, Debug)]
pub struct NameReadings([Vec<String>; WAYS.len()]);

impl NameReadings {
    /// The name in every way in which it may be read.
    pub fn new(given: &str) -> Self {
        let readings = readings(given);
        Self(WAYS.map(|way| {
            let read = readings.iter().map(|words| words.iter().map(|word| way(word)).collect());
            read.filter(|name: &String| !name.is_empty()).collect()
        }))
    }

    /// True when it is the whole name `known`: with any title, in any case and width, in letters
    /// that look alike, in any order of up to three words, with any punctuation, with a remark in
    /// brackets or behind a dash, and with whatever is not seen.
    ///
    /// A surname with a title is nobody's whole name, and a longer name is another one.
    pub fn is(&self, known: &str) -> bool {
        let mut own = readings(known);
        own.extend(Some(untitled(words(&bracketed(known).1))).filter(|words| is_whole(words)));
        WAYS.iter().zip(&self.0).any(|(way, told)| {
            own.iter().any(|words| {
                let words: Vec<String> = words.iter().map(|word| way(word)).collect();
                let length: usize = words.iter().map(String::len).sum();
                let mut fitting = told.iter().filter(|told| told.len() == length).peekable();
                fitting.peek().is_some() && {
                    let own = spellings(&words);
                    fitting.any(|told| own.contains(told))
                }
            })
        })
    }
}

/// True for a title such as `Ms` or `Dr.`.
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

/// The words of a name, as they stand and without remarks, where a whole name is left then.
fn readings(name: &str) -> Vec<Vec<String>> {
    let reversed = name.contains(RIGHT_TO_LEFT).then(|| name.chars().rev().collect::<String>());
    let mut all = Vec::new();
    for name in [Some(name), reversed.as_deref()].into_iter().flatten() {
        all.push(untitled(words(name)));
        let outside = bracketed(name).0;
        let shorter = [outside.as_str(), before_remark(&outside)];
        for shorter in shorter.iter().filter(|shorter| shorter.len() < name.len()) {
            all.extend(Some(untitled(words(shorter))).filter(|words| is_whole(words)));
        }
    }
    all
}

/// What stands outside of brackets, and what in them.
fn bracketed(name: &str) -> (String, String) {
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_usize);
    for c in name.chars() {
        match half_width(c) {
            '(' | '[' | '{' | '<' | '【' | '〔' | '「' => depth += 1,
            ')' | ']' | '}' | '>' | '】' | '〕' | '」' => depth = depth.saturating_sub(1),
            _ if depth > 0 => inside.push(c),
            _ => outside.push(c),
        }
    }
    (outside, inside)
}

/// A name up to what sets a remark such as a company or a unit apart.
fn before_remark(name: &str) -> &str {
    let marks = [", ", "，", ";", "；", "/", "|", "@", " - ", " – ", " — ", "——"];
    let first = marks.iter().filter_map(|mark| name.find(mark)).min();
    first.map_or(name, |at| &name[..at])
}

/// The words of a name, without what is not seen and what is no letter.
fn words(name: &str) -> Vec<String> {
    let seen: String = name.chars().filter(|c| !is_invisible(*c)).map(half_width).collect();
    let parts = seen.split(|c: char| !c.is_alphanumeric() && !is_part(c));
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// What a word looks like, by the confusables of Unicode (UTS 39), in small letters.
fn looks(word: &str) -> String {
    // most letters of most names look like nothing else
    if word.bytes().all(|b| b.is_ascii_alphabetic() && !matches!(b, b'm' | b'I')) {
        return word.to_ascii_lowercase();
    }
    skeleton(word).flat_map(char::to_lowercase).collect()
}

/// Whether two texts look alike, in any case and width and whatever is not seen.
pub fn look_alike(one: &str, other: &str) -> bool {
    let seen = |text: &str| -> String {
        let seen = text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c));
        seen.map(half_width).collect()
    };
    let look = |text: &str| WAYS.map(|way| way(&seen(text)));
    look(one).iter().zip(look(other)).any(|(one, other)| *one == other)
}

/// As [`looks`], letter by letter as capital or small, whichever looks Latin: `І` and `В` are no
/// `l` and no small capital.
fn looks_in_any_case(word: &str) -> String {
    let letter = |c: char| {
        let small = looks(&c.to_lowercase().to_string());
        if small.is_ascii() { small } else { looks(&looks(c.encode_utf8(&mut [0; 4]))) }
    };
    word.chars().map(letter).collect()
}

/// The words without titles, where they are more than a surname then.
fn untitled(words: Vec<String>) -> Vec<String> {
    let bare: Vec<String> = words
        .iter()
        .filter(|word| !looks_like_title(word))
        .map(|word| without_han_titles(word).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    if is_whole(&bare) { bare } else { words }
}

/// True for more than a surname.
fn is_whole(words: &[String]) -> bool {
    match words {
        [] => false,
        [one] => one.chars().count() > 1 && one.chars().all(is_han),
        _ => true,
    }
}

fn looks_like_title(word: &str) -> bool {
    if word.is_ascii() {
        return TITLES.contains(&word.to_lowercase().as_str());
    }
    let look = looks_in_any_case(word);
    let small = word.to_lowercase();
    TITLES.iter().any(|title| *title == small || look.is_ascii() && looks(title) == look)
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

/// Whether `c` is a part of a word, though no letter: an accent, or a radical of Chinese.
fn is_part(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{2e80}'..='\u{2fdf}')
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
            ("Li Lei (李雷)", "李雷"),
            ("Li Lei (李雷)", "Li Lei"),
            ("Li Na", "Lі Nа"),
            ("Li Na", "LІ NА"),
            ("Li Na", "Ms Nа Lі"),
            ("Li Na", "Мs Nа Lі"),
            ("Bill Gates", "ВILL GАTES"),
            ("Paul Meyer", "PauI Meyer"),
            ("Bob Moss", "B0b Moss"),
            ("Anna Müller", "Anna Mu\u{308}ller"),
            ("王力", "王⼒"),
            ("Li Na", "\u{202e}aN iL"),
            ("Li Na", "Li Na (IT)"),
            ("Li Na", "Na Li【IT】"),
            ("Li Na", "Li Na, IT"),
            ("Li Na", "Li Na - IT"),
            ("Li Na", "Nа, Li (front desk)"),
            ("Li Na", "Li Na @ IT"),
            ("李娜", "李娜（信息部）"),
            ("李娜", "李娜/信息部"),
            ("Вова Орлов", "ВОВА ОРЛОВ"),
            ("Łukasz Ødegård", "ŁUKASZ ØDEGÅRD"),
        ] {
            assert!(NameReadings::new(given).is(known), "{known} / {given}");
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
            ("Zhang Wei", "Zhang (Wei Ming)"),
            ("Anna Schmidt", "Anna (Schmidt & Co)"),
            ("zhang", "zhang (IT)"),
            ("Li Na", "Li, IT"),
            ("Li Na", "Li Nan"),
            ("Li Na", "Ms Wang (Li Na)"),
        ] {
            assert!(!NameReadings::new(given).is(known), "{known} / {given}");
        }
    }
}
