//! The desk's rules as data: who works here, what is offered, what is promised.

pub mod agreements;
pub mod catalog;
pub mod choices;
pub mod desk;
pub mod doubt;
pub mod levels;
pub mod major;
pub mod people;
pub mod roles;
pub mod survey;
pub mod units;

use chrono::NaiveDate;

use crate::domain::{
    base::{
        calendar::Calendar,
        document::Document,
        ids::{PersonId, UnitId},
        nearest::nearest,
        rule_place::RulePlace,
    },
    deciding::policy::{
        agreements::Agreements, catalog::Catalog, desk::DeskSettings, levels::Levels,
        major::MajorContacts, people::People, roles::Roles, survey::SurveyPolicy, units::Units,
    },
    history::{agreement::AgreementTerms, status::Status},
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
    pub agreements: Agreements,
}

/// A reference in one policy file to something that another does not have, or what two entries of
/// one file share that only one may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DanglingReference {
    /// The file that refers, without folder and ending: `people`.
    pub file: &'static str,
    /// Where it stands.
    pub place: RulePlace,
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
    Channel,
    PersonId,
    Email,
}

impl PolicyReference {
    /// The file, without folder and ending, that would have it.
    pub fn file(self) -> &'static str {
        match self {
            Self::Unit => "units",
            Self::Person | Self::PersonId | Self::Email => "people",
            Self::MajorCriterion => "levels",
            Self::Channel => "catalog",
        }
    }
}

impl DanglingReference {
    /// What two people of the roster have.
    fn shared(place: RulePlace, what: PolicyReference, given: &str) -> Self {
        let given = given.to_owned();
        Self { file: "people", place, what, given, is_shared: true, nearest: Vec::new() }
    }
}

impl Policy {
    /// The files, without folder and ending, whose rules hold only from a day after `today`, each with
    /// that day.
    pub fn not_yet_in_force(
        &self,
        today: NaiveDate,
    ) -> impl Iterator<Item = (&'static str, NaiveDate)> {
        let documents: [(&'static str, &Document); 7] = [
            ("people", &self.people.document),
            ("units", &self.units.document),
            ("catalog", &self.catalog.document),
            ("levels", &self.levels.document),
            ("calendar", &self.calendar.rules().document),
            ("major_contacts", &self.major.document),
            ("survey", &self.survey.document),
        ];
        let days = documents.map(|(file, document)| (file, document.effective_on));
        let agreed = self.agreements.rules().map(|it| ("agreements", it.document.effective_on));
        days.into_iter().chain(agreed).filter(move |(_, from)| *from > today)
    }

    /// The working hours by which the clocks of a record count.
    pub fn calendar_of(&self, status: &Status) -> &Calendar {
        self.agreed_calendar(status.agreement.as_ref())
    }

    /// The working hours of an agreement, where it has some and they are still known, else the desk's.
    pub fn agreed_calendar(&self, agreement: Option<&AgreementTerms>) -> &Calendar {
        let agreed = agreement.and_then(|terms| terms.calendar.as_ref());
        agreed.and_then(|id| self.agreements.calendars().get(id)).unwrap_or(&self.calendar)
    }

    /// References that lead nowhere, and what is there twice, in the order of the files.
    pub fn dangling(&self) -> Vec<DanglingReference> {
        let mut found = Vec::new();
        for (nth, person) in self.people.people.iter().enumerate() {
            let place = RulePlace::of("people").nth(nth);
            if self.people.people[..nth].iter().any(|other| other.id == person.id) {
                let (place, id) = (place.clone().key("id"), person.id.as_str());
                found.push(DanglingReference::shared(place, PolicyReference::PersonId, id));
            }
            if let Some(unit) = &person.unit {
                found.extend(self.want_unit("people", place.key("unit"), unit));
            }
        }
        let shared = self.people.shared_email();
        found.extend(
            shared.map(|(place, email)| {
                DanglingReference::shared(place, PolicyReference::Email, email)
            }),
        );
        for (nth, unit) in self.units.units.iter().enumerate() {
            if let Some(lead) = &unit.lead {
                let place = RulePlace::of("units").nth(nth).key("lead");
                found.extend(self.want_person("units", place, lead));
            }
        }
        for (nth, category) in self.catalog.categories.iter().enumerate() {
            if let Some(unit) = &category.unit {
                let place = RulePlace::of("categories").nth(nth).key("unit");
                found.extend(self.want_unit("catalog", place, unit));
            }
        }
        let channel = self.catalog.call.channel.code();
        if self.catalog.channels().all(|known| known != channel) {
            found.push(DanglingReference {
                file: "catalog",
                place: RulePlace::of("call").key("channel"),
                what: PolicyReference::Channel,
                given: channel.to_owned(),
                is_shared: false,
                nearest: nearest(channel, self.catalog.channels()),
            });
        }
        for (nth, entry) in self.major.contacts.iter().enumerate() {
            let place = RulePlace::of("contacts").nth(nth);
            if let Some(unit) = &entry.unit {
                let place = place.clone().key("unit");
                found.extend(self.want_unit("major_contacts", place, unit));
            }
            if self.levels.major_criterion(&entry.event).is_none() {
                let criteria = self.levels.major_criteria.iter().map(|c| c.id.as_str());
                found.push(DanglingReference {
                    file: "major_contacts",
                    place: place.key("event"),
                    what: PolicyReference::MajorCriterion,
                    given: entry.event.clone(),
                    is_shared: false,
                    nearest: nearest(&entry.event, criteria),
                });
            }
        }
        found
    }

    fn want_unit(
        &self,
        file: &'static str,
        place: RulePlace,
        unit: &UnitId,
    ) -> Option<DanglingReference> {
        if self.units.get(unit).is_some() {
            return None;
        }
        let nearest = nearest(unit.as_str(), self.units.units.iter().map(|u| u.id.as_str()));
        let (what, given) = (PolicyReference::Unit, unit.to_string());
        Some(DanglingReference { file, place, what, given, is_shared: false, nearest })
    }

    fn want_person(
        &self,
        file: &'static str,
        place: RulePlace,
        person: &PersonId,
    ) -> Option<DanglingReference> {
        if self.people.get(person).is_some() {
            return None;
        }
        let nearest = nearest(person.as_str(), self.people.people.iter().map(|p| p.id.as_str()));
        let (what, given) = (PolicyReference::Person, person.to_string());
        Some(DanglingReference { file, place, what, given, is_shared: false, nearest })
    }
}
