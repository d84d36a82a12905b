//! Texts that some reader of YAML misreads when they are spelled carelessly.

use proptest::{prelude::*, sample::select};
use serde_yaml::Value;

#[rustfmt::skip]
const AMBIGUOUS: &[&str] = &[
    "", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "yes", "Yes", "YES", "no",
    "No", "on", "On", "off", "OFF", "y", "Y", "n", "N", "<<", "=", ".inf", "-.inf", "+.Inf",
    ".nan", ".NaN", "NaN", "inf", "0", "-1", "+1", "007", "0o17", "0x1F", "0b101", "1_000", "_1",
    "1,000", "1e3", "1E3", "1.5e+3", ".5", "5.", "-.5", "12:30:45", "12:30", "190:20:30",
    "190:20:30.15", "2026-11-22", "2026-11-22T09:00:00+08:00", "2026-11-22t09:00:00Z",
    "2026-11-22 09:00:00", "2001-12-14 21:59:43.10 -5", "1e999", "0.1.2", "1-2", "...", "---",
    "--- a", "... a", ".", "..", "-", "- a", "-a", "--", "?", "? a", "?a", ":", ": a", ":a", "a:",
    "a: b", "a:b", "a :b", "http://example.org:80/#a", "a #b", "a#b", "#", "#a", " # a", ",", "[",
    "]", "{", "}", "[a]", "{a: b}", "&a", "*a", "!a", "!!str a", "%a", "@a", "`a", "|", ">", "|-",
    "'", "\"", "''", "'a'", "\"a\"", "it's", "say \"hi\"", "\\", "\\n", "a\\",
    "fix {foo [bar & *baz", "<<<<<<< HEAD", "=======", ">>>>>>> b", " a", "a ", "  ", "a  b",
    "\u{a0}", "\u{3000}a", "a\u{3000}",
];

#[rustfmt::skip]
const ODD: &[&str] = &[
    "\t", "\ta", "a\t", "a\tb", "\t\n", "a\r\nb", "a\rb", "\r", "\u{85}", "a\u{85}b", "\u{2028}",
    "a\u{2029}b", "\u{feff}", "\u{feff}a", "a\u{feff}", "\u{0}", "a\u{7}b", "\u{1b}[31m", "\u{7f}",
    "\u{9f}", "\u{200e}a", "\u{200f}", "a\u{202e}b\u{202c}", "\u{2066}a\u{2069}", "a\u{200b}b",
    "\u{ad}", "\u{fffe}", "\u{ffff}", "\u{fdd0}", "\u{1fffe}", "\u{10ffff}", "\u{fffd}",
    "\u{e000}", "\u{e0041}", "打印机：卡纸 # 了", "是", "א", "مرحبا", "😀", "👨\u{200d}👩\u{200d}👧",
    "❤\u{fe0f}\u{200d}🔥", "a\u{200d}b", "🏴\u{e0067}\u{e007f}", "é", "e\u{301}",
];

#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "\n", "\n\n", "\na", "\n\na\n", "a\n", "a\n\n", "a\n\n\n", "a\nb", "a\nb\n", "a\n\nb",
    "  a\nb", "  a\n b\n", "\ta\nb", "a\n\tb\n", "a\tb\nc", "\n  a\n", " \na", "a\n \nb", "a\n ",
    "a\n \n", "a \nb \n", "# a\n# b", "- a\n- b\n", "a: b\nc: d", "---\na", "a\n---\n", "...\n",
    "%a\n&b\n*c\n", "'\n\"\n", "|\n>\n", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n",
    "a\u{202e}\nb", "a\r\nb\n", "打印机\n坏了\n", "a\n\u{feff}b", "\u{85}\na", "a\u{2028}b\n", " ",
    "  \n  ", "a\n\n\n  b\n\n", "no\n", "1\n2\n", "\n ", "a\u{0}\nb",
];

fn long_texts() -> Vec<String> {
    vec![
        "word ".repeat(5000),
        "打印机坏了，".repeat(2000),
        "line\n".repeat(3000),
        format!("a{}b", " ".repeat(2000)),
        format!("a{}b", "\n".repeat(2000)),
        format!("a{}b\n", "\n".repeat(255)),
        format!("a{}b\n", " ".repeat(256)),
        format!("'{}\u{7}", " ".repeat(1000)),
        format!("a{}\nb", "\t ".repeat(2000)),
        "1".repeat(5000),
    ]
}

pub(super) fn nasty_texts() -> Vec<String> {
    let tables = [AMBIGUOUS, ODD, BLOCKS].concat();
    tables.into_iter().map(str::to_owned).chain(long_texts()).collect()
}

/// The text at every kind of place: alone, as value, as item, as key, deeper.
pub(super) fn places(text: &str) -> Vec<Value> {
    let value = Value::from(text);
    let map =
        |key: &str, value: Value| Value::Mapping([(Value::from(key), value)].into_iter().collect());
    let mut places = vec![
        value.clone(),
        map("k", value.clone()),
        Value::Sequence(vec![value.clone(), value.clone()]),
        map(
            "k",
            Value::Sequence(vec![map("a", value.clone()), Value::Sequence(vec![value.clone()])]),
        ),
        map("a", map("b", map("c", value.clone()))),
    ];
    if text.len() < 500 {
        places.push(map(text, value.clone()));
        places.push(Value::Sequence(vec![map(text, map(text, value))]));
    }
    places
}

pub(super) fn any_text() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        4 => select([AMBIGUOUS, ODD, BLOCKS].concat()).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
        4 => prop::char::range(' ', '~').prop_map(String::from),
        2 => select(vec!["\n", " ", "\t", "  ", "\n\n", ": ", " #", "- "]).prop_map(str::to_owned),
    ];
    prop::collection::vec(fragment, 0..8).prop_map(|parts| parts.concat())
}

pub(super) fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        8 => any_text().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => (-1e300..1e300).prop_map(|number: f64| Value::from(number)),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Sequence),
            prop::collection::btree_map(any_text(), inner, 0..5).prop_map(|map| {
                Value::Mapping(map.into_iter().map(|(key, value)| (key.into(), value)).collect())
            }),
        ]
    })
}
