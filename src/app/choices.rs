//! What somebody at a terminal may choose from: the words of this desk's policy.

use crate::{
    app::desk::OpenDesk,
    domain::{
        base::terms::{Channel, Code, PauseReason},
        deciding::policy::{Policy, catalog::Word},
    },
    error::Result,
    words::Words,
};

/// Codes with their labels.
pub type Choices = Vec<(String, String)>;

impl OpenDesk<'_> {
    /// Ways a matter can come in.
    pub fn channels(&self) -> Result<Choices> {
        self.choices(|policy, words| {
            let known = labelled(Channel::VOCABULARY, &Channel::KNOWN, words);
            [known, words_of_policy(&policy.catalog.channels, words)].concat()
        })
    }

    /// Ways a matter can end.
    pub fn codes(&self) -> Result<Choices> {
        self.choices(|policy, words| {
            let known = labelled(Code::VOCABULARY, &Code::KNOWN, words);
            [known, words_of_policy(&policy.catalog.codes, words)].concat()
        })
    }

    /// Reasons for a pause.
    pub fn pause_reasons(&self) -> Result<Choices> {
        self.choices(|policy, words| {
            let rules = policy.levels.pause_reasons.iter();
            rules
                .map(|rule| {
                    let known = words.open_term(PauseReason::VOCABULARY, &rule.code);
                    let label = if known == rule.code {
                        words.of_policy(&rule.en, &rule.zh).to_owned()
                    } else {
                        known
                    };
                    (rule.code.clone(), label)
                })
                .collect()
        })
    }

    /// People who are in the team today.
    pub fn people(&self) -> Result<Choices> {
        let today = self.now().date();
        self.choices(|policy, _| {
            let active = policy.people.people.iter().filter(|person| person.is_active(today));
            active.map(|person| (person.id.to_string(), person.name.clone())).collect()
        })
    }

    /// Nothing where nobody can be asked: then nothing needs to be read.
    fn choices(&self, choose: impl Fn(&Policy, Words) -> Choices) -> Result<Choices> {
        if !self.app.ui.can_ask() {
            return Ok(Vec::new());
        }
        Ok(choose(&self.view()?.policy()?, self.words))
    }
}

fn labelled(vocabulary: &str, codes: &[&str], words: Words) -> Choices {
    codes.iter().map(|code| ((*code).to_owned(), words.open_term(vocabulary, code))).collect()
}

fn words_of_policy(added: &[Word], words: Words) -> Choices {
    added
        .iter()
        .map(|word| (word.code.clone(), words.of_policy(&word.en, &word.zh).to_owned()))
        .collect()
}
