//! The pages of the manual, one for each command.

use clap::{Arg, Command};
use roff::{Roff, bold, roman};

use super::help::{HelpLength, HelpPage};
use crate::{commands::shell::ManualPage, words::Words};

/// The pages of a command line that is built.
pub(super) fn pages(line: &Command, words: Words) -> Vec<ManualPage> {
    let mut pages = Vec::new();
    add(&[line], words, &mut pages);
    pages
}

fn add(path: &[&Command], words: Words, pages: &mut Vec<ManualPage>) {
    // the manual is of every desk
    let listed = |_: &Arg| Vec::new();
    pages.push(page(&HelpPage::of(path, words, HelpLength::Whole, &listed), words));
    let command = path[path.len() - 1];
    for next in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        add(&[path, &[next]].concat(), words, pages);
    }
}

fn page(help: &HelpPage, words: Words) -> ManualPage {
    let frame = &words.help().frame;
    let name = help.name.replace(' ', "-");
    let release = format!("docket {}", env!("CARGO_PKG_VERSION"));
    let mut roff = Roff::new();
    let section = |roff: &mut Roff, heading: &str| {
        roff.control("SH", [heading.to_uppercase().as_str()]);
    };
    // roff leaves out an empty date, which would put all that follows into its place
    roff.control("TH", [name.as_str(), "1", " ", &release, frame.manual]);
    // commands are neither spread out nor hyphenated
    roff.control("ad", ["l"]);
    roff.control("nh", []);
    section(&mut roff, frame.name);
    roff.text([roman(format!("{name} - {}", help.line))]);
    section(&mut roff, frame.synopsis);
    roff.text([bold(help.usage.as_str())]);
    if !help.details.is_empty() {
        section(&mut roff, frame.description);
        for (nth, text) in help.details.iter().enumerate() {
            if nth > 0 {
                roff.control("PP", []);
            }
            roff.text([roman(*text)]);
        }
    }
    for part in &help.sections {
        section(&mut roff, part.heading);
        for (term, explanation) in &part.entries {
            roff.control("TP", []);
            roff.text([bold(term.trim())]);
            roff.text([roman(explanation.as_str())]);
        }
    }
    if !help.examples.is_empty() {
        section(&mut roff, frame.examples);
        for example in help.examples {
            roff.control("PP", []);
            roff.text([roman(*example)]);
        }
    }
    ManualPage { name: format!("{name}.1"), text: breakable(&roff.render()) }
}

/// The page with a place to break a line behind the characters of Chinese, where roff sees none.
fn breakable(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    for line in page.lines() {
        let mut characters = line.chars().peekable();
        while let Some(c) = characters.next() {
            text.push(c);
            let breaks = characters.peek().is_some_and(|next| !closes(*next));
            if breaks && !line.starts_with('.') && u32::from(c) > 0x2e80 {
                text += "\\:";
            }
        }
        text.push('\n');
    }
    text
}

/// Punctuation that no line begins with.
fn closes(c: char) -> bool {
    matches!(c, '\u{3001}' | '\u{3002}' | '\u{2026}' | '\u{201d}' | '\u{ff01}' | '\u{ff09}')
        || matches!(c, '\u{ff0c}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_chinese_breaks_behind_each_character_but_not_before_punctuation() {
        assert_eq!(breakable("受理。a"), "受\\:理。\\:a\n");
        assert_eq!(breakable(".SH 选项\n--json x"), ".SH 选项\n--json x\n");
    }
}
