//! The desk's rules as data: who works here, what is offered, what is promised.

pub mod catalog;
pub mod desk;
pub mod levels;
pub mod major;
pub mod people;
pub mod roles;
pub mod survey;
pub mod units;

use crate::domain::{
    base::{
        calendar::Calendar,
        ids::{PersonId, UnitId},
        nearest::nearest,
    },
    deciding::policy::{
        catalog::Catalog, desk::DeskSettings, levels::Levels, major::MajorContacts, people::People,
        roles::Roles, survey::SurveyPolicy, units::Units,
    },
};

/// All rules of a desk, as they stood in one commit.
#[derive(Clone, Debug)]
pub struct Policy {
    pub desk: DeskSettings,
    pub people: People,
    pub units: Units,
    pub catalog: Catalog,
    pub levels: Levels,
    pub calendar: Calendar,
    pub major: MajorContacts,
    pub survey: SurveyPolicy,
    pub roles: Roles,
}

/// A reference in one policy file to something that another does not have, or what two entries of
/// one file share that only one may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DanglingReference {
    /// The file that refers, without folder and ending: `people`.
    pub file: &'static str,
    pub what: PolicyReference,
    /// The value found.
    pub given: String,
    /// It is there twice, and not missing.
    pub is_shared: bool,
    /// The nearest values that exist.
    pub nearest: Vec<String>,
}

/// What an entry of a policy file refers to, or has for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyReference {
    Unit,
    Person,
    MajorCriterion,
    PersonId,
    Email,
}

impl DanglingReference {
    /// What two people of the roster have.
    fn shared(what: PolicyReference, given: &str) -> Self {
        let given = given.to_owned();
        Self { file: "people", what, given, is_shared: true, nearest: Vec::new() }
    }
}

impl Policy {
    /// References that lead nowhere, and what is there twice, in the order of the files.
    pub fn dangling(&self) -> Vec<DanglingReference> {
        let mut found = Vec::new();
        for (nth, person) in self.people.people.iter().enumerate() {
            if self.people.people[..nth].iter().any(|other| other.id == person.id) {
                found
                    .push(DanglingReference::shared(PolicyReference::PersonId, person.id.as_str()));
            }
            if let Some(unit) = &person.unit {
                self.want_unit("people", unit, &mut found);
            }
        }
        found.extend(
            self.people
                .shared_email()
                .map(|email| DanglingReference::shared(PolicyReference::Email, email)),
        );
        for unit in &self.units.units {
            if let Some(lead) = &unit.lead {
                self.want_person("units", lead, &mut found);
            }
        }
        for category in &self.catalog.categories {
            if let Some(unit) = &category.unit {
                self.want_unit("catalog", unit, &mut found);
            }
        }
        for entry in &self.major.contacts {
            if let Some(unit) = &entry.unit {
                self.want_unit("major_contacts", unit, &mut found);
            }
            if self.levels.major_criterion(&entry.event).is_none() {
                let criteria = self.levels.major_criteria.iter().map(|c| c.id.as_str());
                found.push(DanglingReference {
                    file: "major_contacts",
                    what: PolicyReference::MajorCriterion,
                    given: entry.event.clone(),
                    is_shared: false,
                    nearest: nearest(&entry.event, criteria),
                });
            }
        }
        found
    }

    fn want_unit(&self, file: &'static str, unit: &UnitId, found: &mut Vec<DanglingReference>) {
        if self.units.get(unit).is_none() {
            let units = self.units.units.iter().map(|u| u.id.as_str());
            let nearest = nearest(unit.as_str(), units);
            let (what, given) = (PolicyReference::Unit, unit.to_string());
            found.push(DanglingReference { file, what, given, is_shared: false, nearest });
        }
    }

    fn want_person(
        &self,
        file: &'static str,
        person: &PersonId,
        found: &mut Vec<DanglingReference>,
    ) {
        if self.people.get(person).is_none() {
            let people = self.people.people.iter().map(|p| p.id.as_str());
            let nearest = nearest(person.as_str(), people);
            let (what, given) = (PolicyReference::Person, person.to_string());
            found.push(DanglingReference { file, what, given, is_shared: false, nearest });
        }
    }
}
