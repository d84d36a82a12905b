use std::collections::BTreeSet;

use super::*;
use crate::{cli::command, words::Lang};

/// Every command below `command`, with its name behind docket.
fn all(command: &Command) -> Vec<(String, &Command)> {
    fn add<'a>(name: &str, command: &'a Command, found: &mut Vec<(String, &'a Command)>) {
        found.push((name.trim_start().to_owned(), command));
        for next in command.get_subcommands() {
            add(&format!("{name} {}", next.get_name()), next, found);
        }
    }
    let mut found = Vec::new();
    add("", command, &mut found);
    found
}

#[test]
fn every_language_has_a_line_for_each_command_and_argument_and_none_is_left_over() {
    let line = command();
    for lang in Lang::ALL {
        let texts = Words::new(lang).help();
        let mut commands: BTreeSet<&str> = texts.commands.iter().map(|one| one.name).collect();
        let mut lines: BTreeSet<&str> = texts.arguments.iter().map(|(key, _)| *key).collect();
        let mut names: BTreeSet<&str> = texts.placeholders.iter().map(|(name, _)| *name).collect();
        assert_eq!(commands.len(), texts.commands.len(), "{lang}: a command twice");
        assert_eq!(lines.len(), texts.arguments.len(), "{lang}: an argument twice");
        assert_eq!(names.len(), texts.placeholders.len(), "{lang}: a placeholder twice");
        for (name, command) in all(&line) {
            assert!(texts.command(&name).is_some(), "{lang}: no line for docket {name}");
            commands.remove(name.as_str());
            for argument in command.get_arguments() {
                let called = argument_name(argument);
                let key = key(&called);
                assert!(texts.argument(&name, &key).is_some(), "{lang}: no {name} {key}");
                if !lines.remove(format!("{name} {key}").as_str()) {
                    lines.remove(key.as_str());
                }
                if let Some(placeholder) = &called.placeholder {
                    let shown = texts.placeholder(placeholder);
                    let is_english = shown.bytes().any(|byte| byte.is_ascii_uppercase());
                    assert!(lang == Lang::En || !is_english, "{lang}: {name} {shown}");
                    names.remove(placeholder.as_str());
                }
            }
        }
        assert!(commands.is_empty(), "{lang}: {commands:?}");
        assert!(lines.is_empty(), "{lang}: {lines:?}");
        // what `open` takes in one argument is refused in two
        names.retain(|name| !["TITLE", "NUMBER"].contains(name));
        assert!(names.is_empty(), "{lang}: {names:?}");
    }
}

#[test]
fn what_the_commands_say_of_themselves_is_nothing_that_help_would_not_show() {
    for (name, command) in all(&command()) {
        assert!(command.get_about().is_none(), "docket {name} has a line beside the catalogue");
        assert!(command.get_after_help().is_none(), "docket {name} has examples of its own");
        for argument in command.get_arguments().filter(|one| !is_built_in(one)) {
            assert!(argument.get_help().is_none(), "docket {name}: {argument}");
        }
    }
}

fn is_built_in(argument: &Arg) -> bool {
    matches!(argument.get_id().as_str(), "help" | "version")
}

#[test]
fn every_command_has_examples_that_can_be_typed() {
    let line = command();
    for lang in Lang::ALL {
        for help in Words::new(lang).help().commands {
            let (_, command) = all(&line).into_iter().find(|(name, _)| name == help.name).unwrap();
            let enough = command.is_hide_set() || help.examples.len() >= 2;
            assert!(enough, "{lang}: docket {} has too few examples", help.name);
            for example in help.examples {
                let words = docket_words(example);
                let read = line.clone().try_get_matches_from(&words);
                let shown = read.as_ref().err().map(clap::Error::kind);
                let helped =
                    shown == Some(clap::error::ErrorKind::InvalidSubcommand) && words[1] == "help";
                assert!(read.is_ok() || helped, "{lang}: {example}: {read:?}");
                let about = help
                    .name
                    .split(' ')
                    .all(|name| name.is_empty() || words.iter().any(|word| word == name));
                assert!(about, "{lang}: {example} is no example of docket {}", help.name);
            }
        }
    }
}

/// The words of a line from `docket` to what a shell would take as the end of the command.
fn docket_words(line: &str) -> Vec<String> {
    let begins = line.find("docket ").unwrap();
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in line[begins..].chars() {
        match c {
            '"' => quoted = !quoted,
            ')' | '|' | '>' | ';' if !quoted => break,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn the_commands_are_named_whatever_options_stand_before_them() {
    let line = command();
    for (words, path) in [
        ("docket", "docket"),
        ("docket -C people list", "docket list"),
        ("docket -qC people --lang en people --note add list", "docket people list"),
        ("docket --lang=en survey send x --all", "docket survey send"),
        ("docket people nonsense list", "docket people"),
        ("docket -- list", "docket"),
    ] {
        let words: Vec<std::ffi::OsString> = words.split(' ').map(Into::into).collect();
        let named = crate::cli::syntax::named(&line, &words);
        let named: Vec<_> = named.iter().map(|command| command.get_name()).collect();
        assert_eq!(named.join(" "), path);
    }
}
