//! The arguments of a command as help shows them.

use clap::{Arg, ArgAction, Command};

use super::{HelpLength, HelpSection};
use crate::{
    cli::verbs::{VerbSpec, heeds},
    error::usage::ArgumentName,
    words::{
        Words,
        help::{HelpTexts, VerbGroup},
    },
};

/// The arguments of a command, with what looks for their lines.
pub(super) struct ShownArguments<'a> {
    pub(super) command: &'a Command,
    /// The command's name behind `docket`.
    pub(super) name: &'a str,
    pub(super) words: Words,
    pub(super) length: HelpLength,
    pub(super) listed: &'a dyn Fn(&Arg) -> Vec<String>,
}

impl ShownArguments<'_> {
    /// What is the command's own: arguments, options and commands.
    pub(super) fn sections(&self) -> Vec<HelpSection> {
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
    pub(super) fn general(&self) -> HelpSection {
        HelpSection {
            heading: self.words.help().frame.general,
            entries: self.heeded().map(|one| self.entry(one)).collect(),
        }
    }

    /// The options of every command that this one heeds.
    pub(super) fn heeded(&self) -> impl Iterator<Item = &Arg> {
        let is_heeded =
            |one: &&Arg| self.name.is_empty() || heeds(self.name, &key(&argument_name(one)));
        self.command.get_arguments().filter(|one| is_general(one)).filter(is_heeded)
    }

    /// The same in a line, without what they mean.
    pub(super) fn general_flags(&self) -> String {
        let texts = self.words.help();
        let short = self.heeded().filter(|one| !one.is_hide_short_help_set());
        let flags: Vec<_> = short.map(|one| key(&argument_name(one))).collect();
        let flags = flags.join(texts.frame.comma);
        format!("{}{}{flags}", texts.frame.general, self.words.colon())
    }

    /// The commands below this one; those of docket itself in groups.
    pub(super) fn commands(&self) -> Vec<HelpSection> {
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

    pub(super) fn entry(&self, argument: &Arg) -> (String, String) {
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
    pub(super) fn remarks(&self, argument: &Arg) -> String {
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
pub(super) fn is_general(argument: &Arg) -> bool {
    argument.is_global_set() || matches!(argument.get_id().as_str(), "help" | "version")
}

/// An argument as the catalogue spells it.
pub(in crate::cli) fn argument_name(argument: &Arg) -> ArgumentName {
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
pub(in crate::cli) fn key(name: &ArgumentName) -> String {
    name.flag.clone().or_else(|| name.placeholder.clone()).unwrap_or_default()
}

pub(super) fn usage(command: &Command, name: &str, texts: &HelpTexts) -> String {
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
