//! What somebody at a terminal may choose from: the words of this desk's policy.

use crate::{
    app::desk::OpenDesk,
    domain::{
        base::terms::{Channel, Code, PauseReason, Term},
        deciding::policy::{Policy, catalog::Word},
    },
    error::Result,
    ui::prompt::menu::Choice,
    words::Words,
};

/// What can be chosen, each with the code that a command line takes.
pub type Choices = Vec<Choice>;

/// A word of a closed vocabulary.
pub fn of_term<T: Term>(term: T, words: Words) -> Choice {
    of_code(T::VOCABULARY, term.code(), words)
}

fn of_code(vocabulary: &str, code: &str, words: Words) -> Choice {
    let names = Words::names(vocabulary, code).map(str::to_owned);
    Choice::new(code, &words.open_term(vocabulary, code)).found_by(names)
}

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
                    let known = of_code(PauseReason::VOCABULARY, &rule.code, words);
                    let is_own = known.label == rule.code;
                    if is_own { of_policy(&rule.code, &rule.en, &rule.zh, words) } else { known }
                })
                .collect()
        })
    }

    /// People who are in the team today.
    pub fn people(&self) -> Result<Choices> {
        let today = self.now().date();
        self.choices(|policy, _| {
            let active = policy.people.people.iter().filter(|person| person.is_active(today));
            active.map(|person| Choice::new(person.id.as_str(), &person.name)).collect()
        })
    }

    /// What the desk is asked for.
    pub fn categories(&self) -> Result<Choices> {
        self.choices(|policy, words| {
            let categories = policy.catalog.categories.iter();
            categories.map(|it| of_policy(&it.id, &it.en, &it.zh, words)).collect()
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
    codes.iter().map(|code| of_code(vocabulary, code, words)).collect()
}

fn words_of_policy(added: &[Word], words: Words) -> Choices {
    added.iter().map(|word| of_policy(&word.code, &word.en, &word.zh, words)).collect()
}

/// A code with what a policy calls it in each language.
fn of_policy(code: &str, english: &str, chinese: &str, words: Words) -> Choice {
    let names = [english, chinese].map(str::to_owned);
    Choice::new(code, words.of_policy(english, chinese)).found_by(names)
}
