//! What help says: a line for each command and each argument, and the frame around them.

use crate::error::usage::ArgumentName;

/// The help of one language.
#[derive(Debug)]
pub struct HelpTexts {
    pub commands: &'static [CommandHelp],
    /// By command and argument, `ack --reply-by`; by the argument alone, `--reason`, where it means
    /// the same everywhere. An argument without a flag is called by its placeholder.
    pub arguments: &'static [(&'static str, &'static str)],
    /// Placeholders of values that are not called as in the commands.
    pub placeholders: &'static [(&'static str, &'static str)],
    /// The forms in which a time can be typed, each with what it means.
    pub times: &'static [(&'static [&'static str], &'static str)],
    /// In which language docket speaks.
    pub languages: TopicText,
    /// Who somebody is for docket.
    pub identity: TopicText,
    pub frame: HelpFrame,
}

/// What is told of a topic.
#[derive(Debug)]
pub struct TopicText {
    pub intro: &'static str,
    /// What is typed or set, with what it means.
    pub entries: &'static [(&'static str, &'static str)],
    /// What is told below, a paragraph each.
    pub notes: &'static [&'static str],
}

/// What help says of one command.
#[derive(Debug)]
pub struct CommandHelp {
    /// The words behind `docket`; none for docket itself.
    pub name: &'static str,
    pub line: &'static str,
    /// What `--help` tells besides, a paragraph each.
    pub details: &'static [&'static str],
    pub examples: &'static [&'static str],
}

/// The words around the lines; `{}` stands for what is filled in.
#[derive(Debug)]
pub struct HelpFrame {
    /// Between the items of a list.
    pub comma: &'static str,
    /// Between what may be typed in place of one another.
    pub between: &'static str,
    pub usage: &'static str,
    pub arguments: &'static str,
    pub options: &'static str,
    pub general: &'static str,
    pub commands: &'static str,
    pub examples: &'static str,
    /// What the pages of the manual belong to.
    pub manual: &'static str,
    /// Sections of the manual that help has no heading for.
    pub name: &'static str,
    pub synopsis: &'static str,
    pub description: &'static str,
    /// Placeholders of the usage line.
    pub any_options: &'static str,
    pub any_command: &'static str,
    /// What follows a line.
    pub default: &'static str,
    pub values: &'static str,
    /// A value with its word, `{code}` and `{label}`.
    pub value: &'static str,
    /// The same for people and units, who are known by name.
    pub named_value: &'static str,
    pub repeatable: &'static str,
    /// Before the options that the short help only names.
    pub further: &'static str,
    /// Where the examples are, below the short help.
    pub more: &'static str,
    /// Below the list of all commands.
    pub board: &'static str,
    /// Which topics there are, below that.
    pub topics: &'static str,
    pub groups: VerbGroups,
}

/// What the groups of verbs are called.
#[derive(Debug)]
pub struct VerbGroups {
    pub procedure: &'static str,
    pub looking: &'static str,
    pub reporting: &'static str,
    pub people: &'static str,
    pub repository: &'static str,
}

/// Verbs that help shows together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerbGroup {
    Procedure,
    Looking,
    Reporting,
    People,
    Repository,
}

impl VerbGroup {
    /// Every group, in the order of help.
    pub const ALL: [Self; 5] =
        [Self::Procedure, Self::Looking, Self::Reporting, Self::People, Self::Repository];
}

impl HelpTexts {
    /// What is said of a command.
    pub fn command(&self, name: &str) -> Option<&'static CommandHelp> {
        self.commands.iter().find(|command| command.name == name)
    }

    /// The line of an argument of a command.
    pub fn argument(&self, command: &str, argument: &str) -> Option<&'static str> {
        let own = format!("{command} {argument}");
        let line = |wanted: &str| self.arguments.iter().find(|(name, _)| *name == wanted);
        line(&own).or_else(|| line(argument)).map(|(_, line)| *line)
    }

    /// What stands for a value: what the commands call it, unless the language has its own.
    pub fn placeholder<'a>(&self, name: &'a str) -> &'a str {
        let own = self.placeholders.iter().find(|(known, _)| *known == name);
        own.map_or(name, |(_, own)| own)
    }

    /// The argument as usage lines and refusals show it: `--into <RECORD>`, `<RECORD>`, `--all`.
    pub fn spelled(&self, argument: &ArgumentName) -> String {
        let value = argument.placeholder.as_deref().map(|name| match self.placeholder(name) {
            // a placeholder of several words says itself which may be left out
            several if several.contains(['[', '<']) => several.to_owned(),
            one => format!("<{one}>"),
        });
        let parts = [argument.flag.clone(), value];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl VerbGroups {
    /// What a group is called.
    pub fn name(&self, group: VerbGroup) -> &'static str {
        match group {
            VerbGroup::Procedure => self.procedure,
            VerbGroup::Looking => self.looking,
            VerbGroup::Reporting => self.reporting,
            VerbGroup::People => self.people,
            VerbGroup::Repository => self.repository,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::base::moment::Moment,
        words::{Lang, Words},
    };

    #[test]
    fn every_form_of_time_that_help_lists_is_read() {
        for lang in Lang::ALL {
            for (forms, _) in Words::new(lang).help().times {
                for form in *forms {
                    let read = Moment::parse(form);
                    assert!(read.is_ok(), "{lang}: {form}: {read:?}");
                }
            }
        }
    }
}
