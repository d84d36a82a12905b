use serde_yaml::Value;

use super::{Record, fault_text};
use crate::store::yaml::{MAX_BYTES, YamlError, from_slice};

fn fault(text: impl AsRef<[u8]>) -> String {
    fault_text(from_slice::<Value>(text.as_ref()).unwrap_err())
}

fn record_fault(text: &str) -> String {
    fault_text(from_slice::<Record>(text.as_bytes()).unwrap_err())
}

#[test]
fn a_damaged_record_is_named_with_its_line() {
    let whole = "id: R-1\nintake:\n  title: a\n";
    for (damaged, message) in [
        ("", "nothing but blank lines and comments"),
        ("# a\n\n", "nothing but blank lines and comments"),
        ("id: R-1\nint", "line 2, column 1: a line that is neither `key: value` nor a list item"),
        ("id: R-1\nintake:\n  title: 'a", "line 3, column 10: a quotation that is not closed"),
        ("id: R-1\n", "line 1, column 1: the key `intake` is missing"),
        (
            "id: R-1\nintake: 5\n",
            "line 2, column 9: intake: “5” is not a map: one `key: value` a line",
        ),
        (
            "id: R-1\nintake:\n  title: [a]\n",
            "line 3, column 10: intake.title: a list is given here, and it takes text",
        ),
        ("id: R-1\nid: R-2\nintake: {}\n", "line 2: key `id` twice"),
        ("id: R-1\nintake:\n  a: b\n  c: d\n  'a': e\n", "line 5: key `a` twice"),
        ("id: R-1\nintake: {a: b, a: c}\n", "line 2: key `a` twice"),
        (
            "- a\n",
            "line 1, column 1: a list is given here, and it takes a map: one `key: value` a line",
        ),
        (
            "id: R-1\nintak: {}\n",
            "line 2, column 1: unknown key or word `intak`; did you mean `intake`?",
        ),
        ("id: R-1\n\tintake: {}\n", "line 2, column 1: a tab cannot indent"),
    ] {
        assert_eq!(record_fault(damaged), message, "{damaged}");
    }
    let action = format!("{whole}history:\n- action: open\n  nr: 1\n  nr: 2\n");
    assert_eq!(record_fault(&action), "line 7: key `nr` twice");
}

#[test]
fn an_unfinished_merge_is_recognised() {
    for (text, line) in [
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> b\n", 2),
        ("a: |\n  text\n<<<<<<< HEAD\n  ours\n=======\n", 3),
        ("a: |\n  text\n||||||| base\n", 3),
        ("a: b\r\n=======\r\n", 2),
        (">>>>>>> 1234567 (their change)\n", 1),
    ] {
        assert_eq!(
            from_slice::<Value>(text.as_bytes()),
            Err(YamlError::ConflictMarkers { line }),
            "{text}"
        );
    }
    for text in
        ["a: |\n  <<<<<<< HEAD\n  =======\n", "a: ========\n", "a: b =======\n", "<<<<<<<: a\n"]
    {
        assert!(from_slice::<Value>(text.as_bytes()).is_ok(), "{text}");
    }
}

#[test]
fn what_records_never_need_is_refused_with_its_line() {
    for (text, refused) in [
        ("a: &x b\n", YamlError::Anchor { line: 1 }),
        ("a: b\n  c\n&d e: f\n", YamlError::Anchor { line: 3 }),
        ("a: b\nc: *x\n", YamlError::Alias { line: 2 }),
        ("- a\n- [b,\n *c]\n", YamlError::Alias { line: 3 }),
        ("a: |\n  &b\n *c: d\n", YamlError::Alias { line: 3 }),
        ("a: |2\n   b\n  *c\n *d: e\n", YamlError::Alias { line: 4 }),
        ("a: 'b\n\n c' \nd: !!str e\n", YamlError::Tag { line: 4 }),
        ("a: \"b\\\"\" # c\n!d : e\n", YamlError::Tag { line: 2 }),
        ("%YAML 1.1\n---\na: b\n", YamlError::Directive { line: 1 }),
        ("a: b\n---\nc: d\n", YamlError::SeveralDocuments { line: 2 }),
        ("a: b\n...\nc: d\n", YamlError::SeveralDocuments { line: 3 }),
        ("? a\n: b\n", YamlError::ComplexKey { line: 1 }),
        ("a: {? b : c}\n", YamlError::ComplexKey { line: 1 }),
    ] {
        assert_eq!(from_slice::<Value>(text.as_bytes()), Err(refused), "{text}");
    }
}

#[test]
fn what_cannot_be_read_the_same_way_by_all_is_refused_with_its_place() {
    for (text, message) in [
        ("[a]: b\n", "line 1, column 1: a list cannot be a key"),
        ("- {a: b}: c\n", "line 1, column 3: [0]: a map cannot be a key"),
        ("a: b\0\n", "line 1, column 5: character U+0000 must be written as an escape"),
        ("a: b\nc: d\u{85}e\n", "line 2, column 5: character U+0085 must be written as an escape"),
        ("a: 打\u{2028}\n", "line 1, column 5: character U+2028 must be written as an escape"),
        ("a: b\rc: d\n", "line 1, column 5: character U+000D must be written as an escape"),
        ("a: b\r", "line 1, column 5: character U+000D must be written as an escape"),
        ("a: @b\n", "line 1, column 4: a text cannot begin with `@`"),
        ("a: b: c\n", "line 1, column 5: `:` without a key before it; quote the text if it is one"),
    ] {
        assert_eq!(fault(text), message, "{text}");
    }
    assert_eq!(fault(b"a: b\nc: \xff\n"), "line 2: not UTF-8 text");
    assert_eq!(fault(b"\xff\xfea\0"), "line 1: not UTF-8 text");
}

#[test]
fn size_and_depth_have_limits() {
    let flow = |depth| format!("a: {}{}\n", "[".repeat(depth), "]".repeat(depth));
    let block = |depth: usize| {
        let line = |nth: usize| format!("{}a:\n", " ".repeat(nth));
        (0..depth).map(line).collect::<String>()
    };
    let listed = |depth: usize| {
        let line = |nth: usize| format!("{0}a:\n{0}- b:\n", "  ".repeat(nth));
        (0..depth).map(line).collect::<String>()
    };
    for (text, message) in [
        (flow(17), "line 1: nested too deep"),
        (block(65), "line 65: nested too deep"),
        (listed(64), "line 128: nested too deep"),
        (
            format!("{}{}c: {}", listed(63), "  ".repeat(63), &flow(16)[3..]),
            "line 127: nested too deep",
        ),
        ("- ".repeat(65), "line 1: nested too deep"),
        ("- a\n".repeat(250_001), "line 250001: more than 500000 values in one file"),
        (
            format!("a: 'b{}c'\n", " ".repeat(257)),
            "line 1: more than 256 blanks or empty lines in a row",
        ),
        (" ".repeat(MAX_BYTES + 1), "4194305 bytes, but at most 4194304 can be read"),
    ] {
        assert_eq!(fault(&text), message);
    }
    for text in [flow(16), block(64), listed(40)] {
        assert!(from_slice::<Value>(text.as_bytes()).is_ok(), "{text}");
    }
}

#[test]
fn what_people_write_by_hand_is_not_refused() {
    for text in [
        "title: fix {foo [bar & *baz\n",
        "title: a & b * c ! d % e\n",
        "a: |\n  &b *c !d\n  <<<<<<< HEAD\n  ? e\n  %f\n\n  ---\n  {{{{{{{{{{{{{{{{{{{{\n",
        "a: >-\n   folded\n   &text\n\n   *here\n# comment &a\nb: c # *d\n",
        "a: 'it''s\n  &b\n  *c'\nd: \"e\\\"\n  &f \\\n  *g\"\n",
        "a: plain\n  &more\n  *text\n",
        "\u{feff}a: b\nc: d\n",
        "a: b\r\nc: |\r\n  d\r\n  e\r\n",
        "---\na: b\n...\n",
        "- - a\n  - b\n-\n  - c: d\n    e: [f, {g: h}, 'i']\n",
        "\"quoted key\": a\n'another': b\n",
        "a:\tb\n",
        "a: http://b:80/c#d\nb: 12:30\n",
        "a: []\nb: {}\nc:\nd: ~\n",
        "打印机: 坏了\n? : a\n".split('?').next().unwrap(),
    ] {
        let read = from_slice::<Value>(text.as_bytes());
        assert!(read.is_ok(), "{text}{read:?}");
    }
}

#[test]
fn crlf_files_are_read_as_their_lf_twins() {
    let text = "a: |\n  b\n\n  c\nd: 'e\n  f'\ng:\n- h\n";
    let twin = text.replace('\n', "\r\n");
    assert_eq!(from_slice::<Value>(text.as_bytes()), from_slice::<Value>(twin.as_bytes()));
}

#[test]
fn hostile_files_are_answered_in_linear_time() {
    // a quarter of what is allowed: this is also run without optimisation
    let size = MAX_BYTES / 4;
    let fill = |unit: &str| unit.repeat(size / unit.len());
    let within = |open: &str, unit: &str, close: &str| {
        format!(
            "{open}{}{close}",
            unit.repeat(size.saturating_sub(open.len() + close.len()) / unit.len())
        )
    };
    let bomb = format!("a: &x {}\nb:\n{}", "x".repeat(100_000), "- *x\n".repeat(20_000));
    for text in [
        fill("{a: "),
        fill("["),
        fill("- "),
        fill("? "),
        fill("\""),
        fill("'"),
        fill("\"a\" "),
        fill("a: \n"),
        fill("[a]: b\n"),
        fill("a: b\n"),
        fill("- - - a\n"),
        fill("---\n"),
        fill("a "),
        fill("#\n"),
        bomb,
        within("a: [", "a,", "]"),
        within("a: \"", "b ", "\""),
        within("a: |\n", "  b\n", ""),
        within(&format!("a: 'b{}", " ".repeat(size / 3)), "c ", "'"),
        within(&format!("a: |\n  b{}", "\n".repeat(size / 3)), "  c\n", ""),
        within("a: ", "1", ""),
        within("", "k", ": a"),
        within("", " ", "a: b"),
    ] {
        // a quadratic answer to any of these takes minutes
        let _ = from_slice::<Value>(text.as_bytes());
        let _ = from_slice::<Record>(text.as_bytes());
    }
}

#[test]
fn messages_about_long_texts_are_short() {
    let message = record_fault(&format!("id: R-1\nintake: {}\n", "x".repeat(100_000)));
    assert!(message.starts_with("line 2, column 9: intake: “xxx"), "{message}");
    assert!(message.chars().count() < 400);
}

#[test]
fn a_fault_knows_its_line() {
    let fault = from_slice::<Record>(b"id: a\nid: b\n").unwrap_err();
    assert_eq!(
        (fault.line(), fault),
        (Some(2), YamlError::DuplicateKey { line: 2, key: "id".to_owned() })
    );
    assert_eq!(YamlError::Empty.line(), None);
}
