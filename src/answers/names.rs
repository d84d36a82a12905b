//! People as they are called on a screen.

use std::{collections::BTreeMap, rc::Rc};

use crate::{
    domain::{base::ids::PersonId, deciding::policy::people::People},
    store::view::View,
};

/// `PeopleNames` of the roster, by ids.
#[derive(Clone, Debug, Default)]
pub struct PeopleNames(Rc<BTreeMap<PersonId, String>>);

impl From<&People> for PeopleNames {
    fn from(people: &People) -> Self {
        let names = people.people.iter().map(|person| (person.id.clone(), person.name.clone()));
        Self(Rc::new(names.collect()))
    }
}

impl PeopleNames {
    /// Those of the desk; none where its rules cannot be read, of which others tell.
    pub fn read_in(view: &View<'_>) -> Self {
        view.policy().map_or_else(|_| Self::default(), |policy| Self::from(&policy.people))
    }

    /// The name, or the id where the roster has none.
    pub fn of<'n>(&'n self, id: &'n PersonId) -> &'n str {
        self.0.get(id).map_or(id.as_str(), String::as_str)
    }
}
