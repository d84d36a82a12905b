use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Serialize;
use serde_yaml::Value;

use super::{
    Event, Record, fault_text,
    texts::{any_text, any_value, nasty_texts, places},
};
use crate::{
    domain::base::time::Timestamp,
    store::yaml::{MAX_BYTES, from_plain, from_slice, to_text},
};

#[test]
fn every_text_is_read_back_as_it_was_told() {
    for text in nasty_texts() {
        for place in places(&text) {
            let spelled = to_text(&place).unwrap();
            assert_eq!(from_slice::<Value>(spelled.as_bytes()), Ok(place), "{spelled}");
            assert!(spelled.ends_with('\n') && !spelled.contains('\r'), "{spelled:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_value_is_read_back_as_it_was_told(value in any_value()) {
        let spelled = to_text(&value).unwrap();
        prop_assert_eq!(from_slice::<Value>(spelled.as_bytes()), Ok(value), "{}", spelled);
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in any_text()) {
        let _ = from_slice::<Value>(&bytes);
        let _ = from_slice::<Record>(text.as_bytes());
    }
}

#[test]
fn the_spelling_is_for_ever() {
    for (text, spelled) in [
        ("Printer 3 is dead", "k: Printer 3 is dead\n"),
        ("打印机坏了 🖨\u{fe0f}", "k: 打印机坏了 🖨\u{fe0f}\n"),
        ("R-261122-7K3QX", "k: R-261122-7K3QX\n"),
        ("01K8ZQ5T3M9XJ4W2R7V6N0P1QY", "k: 01K8ZQ5T3M9XJ4W2R7V6N0P1QY\n"),
        ("a, b [c] {d} & e", "k: a, b [c] {d} & e\n"),
        ("", "k: ''\n"),
        ("no", "k: 'no'\n"),
        ("it's 5: yes", "k: 'it''s 5: yes'\n"),
        ("2026-11-22", "k: '2026-11-22'\n"),
        ("a\tb", "k: \"a\\tb\"\n"),
        ("a\u{202e}b", "k: \"a\\u202Eb\"\n"),
        ("\u{10ffff}", "k: \"\\U0010FFFF\"\n"),
        ("one\ntwo", "k: |-\n  one\n  two\n"),
        ("one\n\ntwo\n", "k: |\n  one\n\n  two\n"),
        ("one\n\n", "k: |+\n  one\n\n"),
        ("  one\ntwo", "k: |2-\n    one\n  two\n"),
        ("one\n \ntwo", "k: \"one\\n \\ntwo\"\n"),
    ] {
        assert_eq!(to_text(&BTreeMap::from([("k", text)])).unwrap(), spelled);
    }
}

#[test]
fn a_record_is_laid_out_in_struct_order_with_bare_times() {
    let at = "2026-11-22T09:12:00+08:00";
    let note = Some("first\nsecond\n".to_owned());
    let record = Record {
        id: "R-1".to_owned(),
        intake: BTreeMap::from([("title".to_owned(), at.to_owned())]),
        history: vec![
            Event::Open { nr: 1, at: at.parse().unwrap(), note },
            Event::Close { nr: 2, at: at.parse().unwrap() },
        ],
    };

    let text = to_text(&record).unwrap();

    let spelled = "\
id: R-1
intake:
  title: '2026-11-22T09:12:00+08:00'
history:
- action: open
  nr: 1
  at: 2026-11-22T09:12:00+08:00
  note: |
    first
    second
- action: close
  nr: 2
  at: 2026-11-22T09:12:00+08:00
";
    assert_eq!(text, spelled);
    assert_eq!(from_slice(text.as_bytes()), Ok(record));
    assert_eq!(
        serde_json::to_string(&at.parse::<Timestamp>().unwrap()).unwrap(),
        format!("\"{at}\"")
    );
}

#[test]
fn numbers_and_empty_things_are_spelled_for_every_reader() {
    for (value, spelled) in [
        (Value::Null, "null\n"),
        (true.into(), "true\n"),
        (u64::MAX.into(), "18446744073709551615\n"),
        (1.0.into(), "1.0\n"),
        (1e21.into(), "1.0e+21\n"),
        (1.5e-9.into(), "1.5e-9\n"),
        (f64::NEG_INFINITY.into(), "-.inf\n"),
        (f64::NAN.into(), ".nan\n"),
        (Value::Sequence(vec![]), "[]\n"),
        (Value::Mapping(serde_yaml::Mapping::new()), "{}\n"),
        (
            Value::Sequence(vec![Value::Sequence(vec![1.into(), 2.into()]), Value::Null]),
            "- - 1\n  - 2\n- null\n",
        ),
    ] {
        assert_eq!(to_text(&value).unwrap(), spelled);
    }
}

#[test]
fn what_cannot_be_read_back_is_not_written() {
    #[derive(Serialize)]
    enum Tagged {
        One(u8),
        Two { a: u8 },
    }
    let nested = (0..70).fold(Value::Null, |inner, _| Value::Sequence(vec![inner]));

    for (refused, message) in [
        (to_text(&Tagged::One(1)), "cannot be written as YAML: Tagged::One would need a tag"),
        (to_text(&Tagged::Two { a: 1 }), "cannot be written as YAML: Tagged::Two would need a tag"),
        (
            to_text(&BTreeMap::from([(vec![1], 1)])),
            "cannot be written as YAML: a key that is a list or a map",
        ),
        (
            to_text(&BTreeMap::from([("k".repeat(1001), 1)])),
            "cannot be written as YAML: a key of more than 1000 characters",
        ),
        (to_text(&nested), "line 1: nested too deep"),
        (to_text(&"a".repeat(MAX_BYTES)), "4194305 bytes, but at most 4194304 can be read"),
    ] {
        assert_eq!(fault_text(refused.unwrap_err()), message);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_quick_way_reads_what_the_guarded_one_reads(value in any_value()) {
        let spelled = to_text(&value).unwrap();
        if let Some(read) = from_plain::<Value>(spelled.as_bytes()) {
            prop_assert_eq!(read, value, "{}", spelled);
        }
    }

    #[test]
    fn the_quick_way_is_taken_for_nothing_but_our_own_spelling(
        value in any_value(), at in any::<prop::sample::Index>(), put in "[ \\-:'\"#\n\ta1]{0,3}"
    ) {
        let mut spelled = to_text(&value).unwrap();
        let places: Vec<usize> = spelled.char_indices().map(|(place, _)| place).collect();
        if !places.is_empty() {
            spelled.insert_str(places[at.index(places.len())], &put);
        }
        if let Some(read) = from_plain::<Value>(spelled.as_bytes()) {
            prop_assert_eq!(from_slice::<Value>(spelled.as_bytes()), Ok(read), "{}", spelled);
        }
    }
}

#[test]
fn the_quick_way_is_the_one_that_texts_and_records_take() {
    for text in nasty_texts() {
        let spelled = to_text(&BTreeMap::from([("k", &text)])).unwrap();
        let read: Option<BTreeMap<String, String>> = from_plain(spelled.as_bytes());
        assert_eq!(read, Some(BTreeMap::from([("k".to_owned(), text)])), "{spelled}");
    }
}

#[test]
fn what_docket_keeps_is_spelled_for_the_quick_way() {
    let desk = include_str!("../../../../tests/golden/month/records");
    let files = desk.split("# file: ").filter_map(|file| file.split_once('\n'));
    let mut read = 0;
    for (path, text) in files {
        let text = format!("{}\n", text.trim_end_matches('\n'));
        if path.starts_with("records/") {
            let record: Option<crate::domain::history::record::Record> =
                from_plain(text.as_bytes());
            assert!(record.is_some(), "{path}");
            read += 1;
        } else if path.starts_with("contacts/") {
            let contact: Option<crate::domain::history::contact::Contact> =
                from_plain(text.as_bytes());
            assert!(contact.is_some(), "{path}");
        }
    }
    assert!(read > 5);
}
