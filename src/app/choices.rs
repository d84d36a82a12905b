//! What somebody at a terminal may choose from: the words of this desk's policy.

use crate::{
    app::desk::OpenDesk,
    domain::{
        base::{
            permitted::PermittedValue,
            terms::{Kind, Term},
        },
        history::refusal::Vocabulary,
    },
    error::Result,
    store::find::{Purpose, RecordRef},
    ui::prompt::menu::Choice,
    words::{Words, vocabulary},
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
        self.values(Vocabulary::Channel)
    }

    /// Ways in which these matters can end.
    pub fn codes(&self, records: &[RecordRef]) -> Result<Choices> {
        let mut codes = self.values(Vocabulary::Code)?;
        if !codes.is_empty() {
            let view = self.view()?;
            for record in records {
                let kind = self.record(&view, record, Purpose::Change)?.status.kind;
                codes.retain(|one| kind.ends_with(&one.code));
            }
        }
        Ok(codes)
    }

    /// What sorts of causes there are, where all these matters are faults; else none.
    pub fn causes_of_faults(&self, records: &[RecordRef]) -> Result<Choices> {
        let causes = self.values(Vocabulary::CauseCategory)?;
        let view = self.view()?;
        for record in records {
            if self.record(&view, record, Purpose::Change)?.status.kind != Kind::Fault {
                return Ok(Choices::new());
            }
        }
        Ok(causes)
    }

    /// Reasons for a pause.
    pub fn pause_reasons(&self) -> Result<Choices> {
        self.values(Vocabulary::PauseReason)
    }

    /// People who are in the team today.
    pub fn people(&self) -> Result<Choices> {
        self.values(Vocabulary::Person)
    }

    /// What the desk is asked for.
    pub fn categories(&self) -> Result<Choices> {
        self.values(Vocabulary::Category)
    }

    /// The values of a vocabulary.
    pub fn values(&self, thing: Vocabulary) -> Result<Choices> {
        let choices = self.view()?.policy()?.choices(thing).into_iter();
        let choice = |one: PermittedValue| {
            let names = vocabulary(thing).into_iter();
            let names = names.flat_map(|of| Words::names(of, &one.code)).map(str::to_owned);
            let own = [one.en.clone(), one.zh.clone()].into_iter().filter(|own| !own.is_empty());
            Choice::new(&one.code, &self.words.called(thing, &one)).found_by(names.chain(own))
        };
        Ok(choices.map(choice).collect())
    }
}
