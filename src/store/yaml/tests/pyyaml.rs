//! `PyYAML`, a reader of YAML 1.1, reads what was told. Skipped where it is not installed.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};
use serde_yaml::Value;

use super::texts::{any_value, nasty_texts, places};
use crate::store::yaml::to_text;

#[test]
fn pyyaml_reads_every_text_as_it_was_told() {
    let cases: Vec<_> = nasty_texts()
        .iter()
        .flat_map(|text| places(text))
        .map(|place| (to_text(&place).unwrap(), place))
        .collect();
    match misread_by_pyyaml(&cases) {
        Some(misread) => assert_eq!(misread, ""),
        None => says_skipped(),
    }
}

#[test]
fn pyyaml_reads_any_value_as_it_was_told() {
    let mut runner = TestRunner::deterministic();
    let cases: Vec<_> = (0..400)
        .map(|_| any_value().new_tree(&mut runner).unwrap().current())
        .map(|value| (to_text(&value).unwrap(), value))
        .collect();
    match misread_by_pyyaml(&cases) {
        Some(misread) => assert_eq!(misread, ""),
        None => says_skipped(),
    }
}

/// What `PyYAML`, in Python and by libyaml, does not read as meant; `None` without it.
fn misread_by_pyyaml(cases: &[(String, Value)]) -> Option<String> {
    let script = "
import json, sys, yaml
loaders = [yaml.SafeLoader] + ([yaml.CSafeLoader] if hasattr(yaml, 'CSafeLoader') else [])
for text, meant in json.loads(sys.stdin.buffer.read()):
    for loader in loaders:
        try: read = yaml.load(text, loader)
        except Exception as fault: read = fault
        if type(read) is not type(meant) or read != meant: print(ascii(text), ascii(read), ascii(meant))
";
    let probe = Command::new("python3").args(["-c", "import yaml"]).stderr(Stdio::null()).status();
    if !probe.is_ok_and(|status| status.success()) {
        return None;
    }
    let mut python = Command::new("python3")
        .args(["-X", "utf8", "-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let input = serde_json::to_vec(cases).unwrap();
    python.stdin.take().unwrap().write_all(&input).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    Some(String::from_utf8(output.stdout).unwrap())
}

fn says_skipped() {
    let _ = writeln!(std::io::stderr(), "skipped: no python3 with yaml on this machine");
}
