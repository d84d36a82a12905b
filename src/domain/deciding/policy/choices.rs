//! The values that a desk's rules permit: the one list that refusals, completion, menus and help are
//! made from, and by which what was typed is read.

use crate::domain::{
    base::{
        ids::AgreementId,
        permitted::{PermittedValue, ValueMatch, meant},
        terms::{Channel, Code, Kind},
    },
    deciding::policy::{
        Policy,
        catalog::{Question, Word},
        people::Person,
    },
    history::refusal::{Refusal, Vocabulary},
};

impl Policy {
    /// The values of a vocabulary; none for what no rule lists.
    pub fn choices(&self, thing: Vocabulary) -> Vec<PermittedValue> {
        let (catalog, levels) = (&self.catalog, &self.levels);
        match thing {
            Vocabulary::Person => {
                self.people.people.iter().filter(|person| is_here(person)).map(person).collect()
            }
            Vocabulary::Unit => {
                let units = self.units.units.iter();
                units.map(|unit| PermittedValue::named(unit.id.as_str(), &unit.name)).collect()
            }
            Vocabulary::Against => {
                [self.choices(Vocabulary::Person), self.choices(Vocabulary::Unit)].concat()
            }
            Vocabulary::Channel => words(&Channel::KNOWN, &catalog.channels),
            Vocabulary::Code => words(&Code::KNOWN, &catalog.codes),
            Vocabulary::CauseCategory => words(&[], &catalog.causes),
            Vocabulary::Category => {
                let categories = catalog.categories.iter();
                categories.map(|one| PermittedValue::new(&one.id, &one.en, &one.zh)).collect()
            }
            Vocabulary::Product => {
                let products = catalog.products.iter();
                products.map(|product| PermittedValue::named(&product.id, &product.name)).collect()
            }
            Vocabulary::PauseReason => {
                let reasons = levels.pause_reasons.iter();
                reasons.map(|one| PermittedValue::new(&one.code, &one.en, &one.zh)).collect()
            }
            Vocabulary::MajorCriterion => {
                let criteria = levels.major_criteria.iter();
                criteria.map(|one| PermittedValue::new(&one.id, &one.en, &one.zh)).collect()
            }
            Vocabulary::Agreement => {
                // of several versions the newest has the name
                let newest = |id: &AgreementId| self.agreements.newest(id);
                let agreements = self.agreements.ids().into_iter().filter_map(newest);
                agreements.map(|one| PermittedValue::named(one.id.as_str(), &one.name)).collect()
            }
            Vocabulary::Hours => {
                let hours = self.agreements.calendars().keys();
                hours.map(|id| PermittedValue::plain(id.as_str())).collect()
            }
            Vocabulary::Question
            | Vocabulary::Contact
            | Vocabulary::Customer
            | Vocabulary::CustomerName
            | Vocabulary::Record
            | Vocabulary::Event => Vec::new(),
        }
    }

    /// How a matter of this kind can end.
    pub fn codes_of(&self, kind: Kind) -> Vec<PermittedValue> {
        let codes = self.choices(Vocabulary::Code).into_iter();
        codes.filter(|one| kind.ends_with(&one.code)).collect()
    }

    /// The ways by which somebody can be told something.
    pub fn methods(&self) -> Vec<PermittedValue> {
        let channels = self.choices(Vocabulary::Channel).into_iter();
        channels.filter(|channel| Channel::new(channel.code.as_str()).reaches_people()).collect()
    }

    /// That a value is none of those that the rules permit.
    pub fn unknown(&self, thing: Vocabulary, given: &str) -> Refusal {
        Refusal::unknown(thing, given, self.choices(thing))
    }

    /// The code of a person or a unit, called by it, by the name or by the beginning of either; who left
    /// the team is called so only where nobody of it is.
    ///
    /// # Errors
    /// [`Refusal::Unknown`], or [`Refusal::Ambiguous`] with those that may be meant.
    pub fn called(&self, thing: Vocabulary, given: &str) -> Result<String, Refusal> {
        let mut found = meant(given, &self.choices(thing));
        if thing == Vocabulary::Person && found == ValueMatch::Nothing {
            let all: Vec<_> = self.people.people.iter().map(person).collect();
            found = meant(given, &all);
            if let (ValueMatch::Nothing, Some(known)) = (&found, self.people.known_as(given)) {
                found = ValueMatch::One(known.id.to_string());
            }
        }
        match found {
            ValueMatch::One(code) => Ok(code),
            ValueMatch::Several(among) => {
                Err(Refusal::Ambiguous { thing, given: given.to_owned(), among })
            }
            ValueMatch::Nothing => Err(self.unknown(thing, given)),
        }
    }
}

/// What questions can be answered.
pub fn asked(questions: &[Question]) -> Vec<PermittedValue> {
    questions.iter().map(|one| PermittedValue::new(&one.key, &one.en, &one.zh)).collect()
}

fn is_here(person: &Person) -> bool {
    person.active_to.is_none()
}

fn person(person: &Person) -> PermittedValue {
    PermittedValue::named(person.id.as_str(), &person.name)
}

fn words(known: &[&str], own: &[Word]) -> Vec<PermittedValue> {
    let own = own.iter().map(|word| PermittedValue::new(&word.code, &word.en, &word.zh));
    known.iter().map(|code| PermittedValue::plain(code)).chain(own).collect()
}
