//! What ids and codes of a desk's policy are called on a screen.

use std::rc::Rc;

use chrono::NaiveDate;

use crate::{
    domain::{
        base::{
            characters::clean_line,
            ids::{AgreementId, PersonId, UnitId},
        },
        deciding::policy::{Policy, agreements::AgreementInForce},
        history::status::Status,
    },
    store::view::View,
    words::Words,
};

/// The names that policy gives; ids and codes where it gives none.
#[derive(Clone, Debug, Default)]
pub struct PolicyNames(Option<Rc<Policy>>);

impl From<&Policy> for PolicyNames {
    fn from(policy: &Policy) -> Self {
        Self(Some(Rc::new(policy.clone())))
    }
}

impl PolicyNames {
    /// Those of the desk; none where its rules cannot be read, of which others tell.
    pub fn read_in(view: &View<'_>) -> Self {
        Self(view.policy().ok().map(Rc::new))
    }

    /// The rules themselves, where they can be read.
    pub fn policy(&self) -> Option<&Policy> {
        self.0.as_deref()
    }

    pub fn person<'n>(&'n self, id: &'n PersonId) -> &'n str {
        self.0.as_ref().map_or(id.as_str(), |policy| policy.people.name_of(id))
    }

    /// Who has the matter in hand: whoever is responsible, here or by another system's word, else who
    /// follows it.
    pub fn handler<'n>(&'n self, status: &'n Status) -> &'n str {
        match (&status.assignee, &status.source_assignee) {
            (Some(person), _) => self.person(person),
            (None, Some(there)) => there,
            (None, None) => status.follower().map_or("", |person| self.person(person)),
        }
    }

    pub fn unit<'n>(&'n self, id: &'n UnitId) -> &'n str {
        self.0.as_ref().map_or(id.as_str(), |policy| policy.units.name_of(id))
    }

    /// An agreement with the version that holds on a day; its name alone before it begins.
    pub fn agreement(&self, id: &AgreementId, day: NaiveDate, words: Words) -> String {
        let agreements = self.0.as_ref().map(|policy| &policy.agreements);
        if let Some(held) = agreements.and_then(|agreements| agreements.in_force(id, day)) {
            let AgreementInForce { agreement, is_expired } = held;
            return words.agreement_version(&agreement.name, agreement.version, is_expired);
        }
        let newest = agreements.and_then(|agreements| agreements.newest(id));
        clean_line(newest.map_or(id.as_str(), |agreement| &agreement.name)).into_owned()
    }

    pub fn category<'n>(&'n self, id: &'n str, words: Words) -> &'n str {
        let category = self.0.as_ref().and_then(|policy| policy.catalog.category(id));
        category.map_or(id, |category| words.of_policy(&category.en, &category.zh))
    }
}
