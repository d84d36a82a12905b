//! What help and the manual show of a command: its arguments with the lines of the catalogue.

use clap::{Arg, ArgAction, Command};

use super::verbs::{VerbSpec, heeds};
use crate::{
    error::usage::ArgumentName,
    ui::terminal::Terminal,
    words::{
        Words,
        help::{HelpTexts, VerbGroup},
    },
};

/// Columns of a page that is read; help on a wider terminal leaves the rest free.
const WIDEST: u16 = 100;

/// Lines of a screen, on which the short help fits where it can.
const SCREEN: usize = 24;
/// Options that the short help explains, however many lines that takes.
const LEAST_OPTIONS: usize = 4;

/// How much of a page is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HelpLength {
    /// For `-h`: a screen.
    Short,
    /// For `--help` and the manual.
    Whole,
}

/// The help of one command.
#[derive(Debug)]
pub(super) struct HelpPage {
    /// `docket ack`.
    pub(super) name: String,
    pub(super) line: &'static str,
    pub(super) details: &'static [&'static str],
    pub(super) usage: String,
    pub(super) sections: Vec<HelpSection>,
    pub(super) examples: &'static [&'static str],
    /// What stands below.
    foot: Vec<String>,
    length: HelpLength,
    /// A list of commands that names them only.
    is_overview: bool,
}

/// Arguments or commands under one heading.
#[derive(Debug)]
pub(super) struct HelpSection {
    pub(super) heading: &'static str,
    /// What is explained, and the explanation.
    pub(super) entries: Vec<(String, String)>,
}

impl HelpPage {
    /// The page of the last of these commands, each of which is one of the one before it.
    /// `listed` gives the values that a desk's rules have for an argument.
    pub(super) fn of(
        path: &[&Command],
        words: Words,
        length: HelpLength,
        listed: &dyn Fn(&Arg) -> Vec<String>,
    ) -> Self {
        let texts = words.help();
        let names: Vec<&str> = path.iter().map(|command| command.get_name()).collect();
        let own = names[1..].join(" ");
        let (name, command) = (names.join(" "), path[path.len() - 1]);
        let help = texts.command(&own);
        let arguments = ShownArguments { command, name: &own, words, length, listed };
        let mut page = Self {
            line: help.map_or("", |help| help.line),
            details: &[],
            usage: usage(command, &name, texts),
            sections: arguments.sections(),
            examples: &[],
            foot: Vec::new(),
            length,
            is_overview: own.is_empty() && length == HelpLength::Short,
            name,
        };
        if length == HelpLength::Whole {
            page.details = help.map_or(&[], |help| help.details);
            page.examples = help.map_or(&[], |help| help.examples);
        } else {
            page.foot.push(texts.frame.more.replace("{}", &page.name));
        }
        if length == HelpLength::Whole {
            page.sections.push(arguments.general());
        } else {
            page.foot.insert(0, arguments.general_flags());
        }
        if own.is_empty() {
            page.foot.push(texts.frame.board.to_owned());
        }
        page
    }

    /// The page as it is read; the short one explains as many options as fit on a screen.
    pub(super) fn text(&self, terminal: &Terminal) -> String {
        let page = Terminal { width: terminal.width.min(WIDEST), ..*terminal };
        let heading = terminal.words.help().frame.options;
        let own = self.sections.iter().find(|section| section.heading == heading);
        let all = own.map_or(0, |section| section.entries.len());
        if self.length == HelpLength::Whole {
            return self.laid_out(&page, all);
        }
        let mut shown = all;
        loop {
            let text = self.laid_out(&page, shown);
            if text.lines().count() <= SCREEN || shown <= LEAST_OPTIONS {
                return text;
            }
            shown -= 1;
        }
    }

    /// The page with so many of its options explained, and the others named.
    fn laid_out(&self, page: &Terminal, shown: usize) -> String {
        let frame = &page.words.help().frame;
        let mut parts = vec![page.paragraph(self.line)];
        parts.extend(self.details.iter().map(|text| page.paragraph(text)));
        let usage = format!("{}{}{}", frame.usage, page.words.colon(), self.usage);
        parts.push(page.paragraph(&usage));
        let mut overview = String::new();
        for HelpSection { heading, entries } in &self.sections {
            let names = |entries: &[(String, String)]| -> String {
                let names: Vec<_> = entries.iter().map(|(term, _)| bare(term)).collect();
                names.join(frame.comma)
            };
            if self.is_overview {
                let line = format!("{heading}{}{}", page.words.colon(), names(entries));
                overview += &page.paragraph(&line);
            } else if *heading == frame.options && shown < entries.len() {
                let (first, others) = entries.split_at(shown);
                let others = format!("{}{}{}", frame.further, page.words.colon(), names(others));
                let explained = page.heading(heading) + &page.entries(first);
                parts.push(explained + &page.paragraph(&others));
            } else {
                parts.push(page.heading(heading) + &page.entries(entries));
            }
        }
        if !overview.is_empty() {
            parts.push(overview);
        }
        if !self.examples.is_empty() {
            let lines: String = self.examples.iter().map(|line| page.command(line)).collect();
            parts.push(page.heading(frame.examples) + &lines);
        }
        if !self.foot.is_empty() {
            parts.push(self.foot.iter().map(|line| page.paragraph(line)).collect());
        }
        parts.join("\n")
    }
}

/// The flag alone, where a term has one: `-o, --output <FILE>` is `--output`.
fn bare(term: &str) -> &str {
    term.split_whitespace().find(|word| word.starts_with("--")).unwrap_or(term.trim())
}

/// The command line with the lines that the shell shows beside what it offers, and without the flags
/// of every command where one does not heed them.
pub(super) fn described(line: Command, words: Words) -> Command {
    with_lines(line, "", words.help())
}

fn with_lines(command: Command, name: &str, texts: &HelpTexts) -> Command {
    let command = match texts.command(name) {
        Some(help) => command.about(help.line),
        None => command,
    };
    let command = command.mut_args(|one| {
        let key = key(&argument_name(&one));
        let is_hidden = one.is_hide_set() || one.is_global_set() && !heeds(name, &key);
        let one = one.hide(is_hidden && !name.is_empty());
        match texts.argument(name, &key) {
            Some(line) => one.help(line),
            None => one,
        }
    });
    command.mut_subcommands(|next| {
        let name = format!("{name} {}", next.get_name());
        with_lines(next, name.trim_start(), texts)
    })
}

/// The arguments of a command, with what looks for their lines.
struct ShownArguments<'a> {
    command: &'a Command,
    /// The command's name behind `docket`.
    name: &'a str,
    words: Words,
    length: HelpLength,
    listed: &'a dyn Fn(&Arg) -> Vec<String>,
}

impl ShownArguments<'_> {
    /// What is the command's own: arguments, options and commands.
    fn sections(&self) -> Vec<HelpSection> {
        let frame = &self.words.help().frame;
        let shown = self.command.get_arguments().filter(|one| !one.is_hide_set());
        let (by_place, by_flag): (Vec<&Arg>, Vec<&Arg>) =
            shown.filter(|one| !is_general(one)).partition(|one| one.is_positional());
        let mut by_flag = by_flag;
        if self.length == HelpLength::Short {
            // those that are typed most have a letter
            by_flag.sort_by_key(|one| one.get_short().is_none());
        }
        let section = |heading, arguments: Vec<&Arg>| HelpSection {
            heading,
            entries: arguments.into_iter().map(|one| self.entry(one)).collect(),
        };
        let mut sections =
            vec![section(frame.arguments, by_place), section(frame.options, by_flag)];
        sections.extend(self.commands());
        sections.retain(|section| !section.entries.is_empty());
        sections
    }

    /// The options of every command.
    fn general(&self) -> HelpSection {
        HelpSection {
            heading: self.words.help().frame.general,
            entries: self.heeded().map(|one| self.entry(one)).collect(),
        }
    }

    /// The options of every command that this one heeds.
    fn heeded(&self) -> impl Iterator<Item = &Arg> {
        let is_heeded =
            |one: &&Arg| self.name.is_empty() || heeds(self.name, &key(&argument_name(one)));
        self.command.get_arguments().filter(|one| is_general(one)).filter(is_heeded)
    }

    /// The same in a line, without what they mean.
    fn general_flags(&self) -> String {
        let texts = self.words.help();
        let flags: Vec<_> = self.heeded().map(|one| key(&argument_name(one))).collect();
        let flags = flags.join(texts.frame.comma);
        format!("{}{}{flags}", texts.frame.general, self.words.colon())
    }

    /// The commands below this one; those of docket itself in groups.
    fn commands(&self) -> Vec<HelpSection> {
        let texts = self.words.help();
        let shown: Vec<_> =
            self.command.get_subcommands().filter(|command| !command.is_hide_set()).collect();
        let entry = |command: &&Command| {
            let name = format!("{} {}", self.name, command.get_name());
            let line = texts.command(name.trim_start()).map_or("", |help| help.line);
            (command.get_name().to_owned(), line.to_owned())
        };
        if !self.name.is_empty() {
            let entries = shown.iter().map(entry).collect();
            return vec![HelpSection { heading: texts.frame.commands, entries }];
        }
        let of_group = |group: VerbGroup| {
            let inside = shown.iter().filter(|command| {
                VerbSpec::named(command.get_name()).is_some_and(|verb| verb.group == group)
            });
            HelpSection {
                heading: texts.frame.groups.name(group),
                entries: inside.map(entry).collect(),
            }
        };
        VerbGroup::ALL.into_iter().map(of_group).collect()
    }

    fn entry(&self, argument: &Arg) -> (String, String) {
        let texts = self.words.help();
        let name = argument_name(argument);
        let short = argument.get_short().map(|short| format!("-{short}"));
        let spelled = texts.spelled(&name);
        let term = match short {
            _ if argument.is_positional() => spelled,
            Some(short) if argument.get_long().is_some() => format!("{short}, {spelled}"),
            Some(_) => spelled,
            None => format!("    {spelled}"),
        };
        let line = texts.argument(self.name, &key(&name)).unwrap_or_default();
        (term, format!("{line}{}", self.remarks(argument)))
    }

    /// What clap knows of an argument's values.
    fn remarks(&self, argument: &Arg) -> String {
        let frame = &self.words.help().frame;
        let mut remarks = String::new();
        if matches!(argument.get_action(), ArgAction::Append) && !argument.is_positional() {
            remarks += frame.repeatable;
        }
        if !argument.get_action().takes_values() {
            return remarks;
        }
        let values = argument.get_possible_values();
        if !values.is_empty() && !argument.is_hide_possible_values_set() {
            let values = values.iter().map(|value| {
                let vocabulary = value.get_help().map(ToString::to_string).unwrap_or_default();
                self.words.value(&vocabulary, value.get_name())
            });
            let values: Vec<_> = values.collect();
            remarks += &frame.values.replace("{}", &values.join(frame.comma));
        } else if self.length == HelpLength::Whole {
            let values = (self.listed)(argument);
            if !values.is_empty() {
                remarks += &frame.values.replace("{}", &values.join(frame.comma));
            }
        }
        let default = argument.get_default_values();
        if !default.is_empty() && !argument.is_hide_default_value_set() {
            let default: Vec<_> = default.iter().map(|value| value.to_string_lossy()).collect();
            remarks += &frame.default.replace("{}", &default.join(frame.comma));
        }
        remarks
    }
}

/// Whether every command takes it.
fn is_general(argument: &Arg) -> bool {
    argument.is_global_set() || matches!(argument.get_id().as_str(), "help" | "version")
}

/// An argument as the catalogue spells it.
pub(super) fn argument_name(argument: &Arg) -> ArgumentName {
    let long = argument.get_long().map(|long| format!("--{long}"));
    let short = argument.get_short().map(|short| format!("-{short}"));
    let takes_value = argument.get_action().takes_values();
    let names = argument.get_value_names().unwrap_or_default();
    let placeholder = takes_value.then(|| match names {
        [] => argument.get_id().as_str().to_uppercase(),
        names => names.join(" "),
    });
    ArgumentName { flag: long.or(short), placeholder }
}

/// What the catalogue knows an argument by.
pub(super) fn key(name: &ArgumentName) -> String {
    name.flag.clone().or_else(|| name.placeholder.clone()).unwrap_or_default()
}

fn usage(command: &Command, name: &str, texts: &HelpTexts) -> String {
    let mut parts = vec![name.to_owned(), texts.frame.any_options.to_owned()];
    let shown = || command.get_arguments().filter(|one| !one.is_hide_set());
    let required = shown().filter(|one| one.is_required_set() && !one.is_positional());
    parts.extend(required.map(|one| texts.spelled(&argument_name(one))));
    parts.extend(shown().filter(|one| one.is_positional()).map(|one| {
        let spelled = texts.spelled(&argument_name(one));
        let spelled = match spelled.strip_prefix('<').and_then(|name| name.strip_suffix('>')) {
            Some(name) if !one.is_required_set() => format!("[{name}]"),
            _ => spelled,
        };
        let is_list = matches!(one.get_action(), ArgAction::Append) && !spelled.contains(' ');
        spelled + if is_list { "..." } else { "" }
    }));
    if command.has_subcommands() {
        let any = texts.frame.any_command;
        parts.push(if command.is_subcommand_required_set() {
            format!("<{any}>")
        } else {
            format!("[{any}]")
        });
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
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
            let mut names: BTreeSet<&str> =
                texts.placeholders.iter().map(|(name, _)| *name).collect();
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
                let (_, command) =
                    all(&line).into_iter().find(|(name, _)| name == help.name).unwrap();
                let enough = command.is_hide_set() || help.examples.len() >= 2;
                assert!(enough, "{lang}: docket {} has too few examples", help.name);
                for example in help.examples {
                    let words = docket_words(example);
                    let read = line.clone().try_get_matches_from(&words);
                    let shown = read.as_ref().err().map(clap::Error::kind);
                    let helped = shown == Some(clap::error::ErrorKind::InvalidSubcommand)
                        && words[1] == "help";
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
}
