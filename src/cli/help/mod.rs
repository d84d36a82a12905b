//! What help and the manual show of a command: its arguments with the lines of the catalogue.

use clap::{Arg, Command};

mod arguments;
mod wanted;

use self::arguments::{ShownArguments, usage};
pub(super) use self::{
    arguments::{argument_name, key},
    wanted::{first, or_version},
};
use super::verbs::{Verb, heeds};
use crate::{
    commands::help::topics,
    ui::terminal::Terminal,
    words::{Words, help::HelpTexts},
};

/// Columns of a page that is read; help on a wider terminal leaves the rest free.
const WIDEST: u16 = 100;

/// Lines of a screen, on which the short help fits where it can.
const SCREEN: usize = 24;
/// Options that the short help explains, however many lines that takes.
const LEAST_OPTIONS: usize = 3;

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
            let topics = topics().join(texts.frame.comma);
            page.foot.push(texts.frame.board.to_owned());
            page.foot.push(texts.frame.topics.replace("{}", &topics));
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
/// of every command where one does not heed them; `help` takes the verbs as well as its topics.
pub(super) fn described(line: Command, words: Words) -> Command {
    let texts = words.help();
    let shown = Verb::ALL.iter().filter(|verb| {
        let own = line.find_subcommand(verb.word);
        verb.word != "help" && own.is_some_and(|own| !own.is_hide_set())
    });
    let about = |word| texts.command(word).map_or("", |help| help.line);
    let verbs: Vec<_> = shown.map(|verb| verb.bare().about(about(verb.word))).collect();
    with_lines(line, "", texts).mut_subcommand("help", |help| help.subcommands(verbs))
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

#[cfg(test)]
mod tests;
