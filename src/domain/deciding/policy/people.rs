//! `policy/people.yaml`: the roster (R97).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        bounded,
        document::Document,
        ids::{PersonId, UnitId},
        names::NameReadings,
        rule_place::RulePlace,
        terms::Role,
        text::folded,
    },
    history::refusal::Refusal,
};

/// The roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    pub document: Document,
    pub people: Vec<Person>,
}

/// Somebody of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    /// Addresses by which git knows this person; the first one is written into commits.
    pub emails: Vec<String>,
    pub roles: Vec<Role>,
    /// Keys that this person signs commits with: a line of `OpenSSH`, or `openpgp:` and a
    /// fingerprint.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    #[serde(deserialize_with = "bounded::day")]
    pub active_from: NaiveDate,
    /// Last day in the team; absent while the person is here.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "bounded::some_day"
    )]
    pub active_to: Option<NaiveDate>,
    /// Why the person left the roster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired_because: Option<String>,
}

impl People {
    /// The person with this id, active or not.
    pub fn get(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == *id)
    }

    /// What the person with this id is called; the id where the roster has nobody of it.
    pub fn name_of<'a>(&'a self, id: &'a PersonId) -> &'a str {
        self.get(id).map_or(id.as_str(), |person| &person.name)
    }

    /// The person whom git knows by `email`.
    pub fn by_email(&self, email: &str) -> Option<&Person> {
        self.people
            .iter()
            .find(|person| person.emails.iter().any(|own| own.eq_ignore_ascii_case(email)))
    }

    /// Somebody of the team whose name, id or address this is, whatever its case, width, blanks and
    /// characters that are not seen; the name also as [`NameReadings::is`] knows it again.
    pub fn known_as(&self, name: &str) -> Option<&Person> {
        let (wanted, told) = (folded(name), NameReadings::new(name));
        self.people.iter().find(|person| {
            folded(&person.name) == wanted
                || told.is(&person.name)
                || person.id.as_str() == wanted
                || person.emails.iter().any(|own| folded(own) == wanted)
        })
    }
}

impl People {
    /// Whether git knows by `email` somebody who leads the team on a day.
    pub fn is_lead(&self, email: &str, on: NaiveDate) -> bool {
        self.by_email(email).is_some_and(|person| person.leads(on))
    }

    /// Whether somebody who is to stay may change the roster.
    pub fn is_led(&self) -> bool {
        let stays =
            |person: &Person| person.active_to.is_none() && person.roles.contains(&Role::TeamLead);
        self.people.iter().any(stays)
    }

    /// An address that two people have, so that nobody knows who acts by it, and where it stands.
    pub fn shared_email(&self) -> Option<(RulePlace, &str)> {
        self.people.iter().enumerate().find_map(|(nth, person)| {
            let others = &self.people[..nth];
            let is_shared = |(_, email): &(usize, &String)| {
                let same = |own: &String| folded(own) == folded(email);
                others.iter().any(|other| other.emails.iter().any(same))
            };
            let (item, email) = person.emails.iter().enumerate().find(is_shared)?;
            Some((RulePlace::of("people").nth(nth).key("emails").nth(item), email.as_str()))
        })
    }
}

impl Person {
    /// True from the first to the last day in the team. Who left on the day on which they came has
    /// had none.
    pub fn is_active(&self, on: NaiveDate) -> bool {
        let is_gone = self.retired_because.is_some() && self.active_to == Some(self.active_from);
        self.active_from <= on && self.active_to.is_none_or(|last| on <= last) && !is_gone
    }

    /// True while the person is in the team and leads it.
    pub fn leads(&self, on: NaiveDate) -> bool {
        self.is_active(on) && self.roles.contains(&Role::TeamLead)
    }

    /// The first of `may` that this person has.
    ///
    /// # Errors
    /// [`Refusal::Role`] when the person has none of them.
    pub fn role_for(&self, may: &[Role]) -> Result<Role, Refusal> {
        let person = || self.id.clone();
        self.role_among(may).ok_or_else(|| Refusal::Role { person: person(), may: may.to_vec() })
    }

    /// The first of `wanted` that this person has.
    pub fn role_among(&self, wanted: &[Role]) -> Option<Role> {
        wanted.iter().copied().find(|role| self.roles.contains(role))
    }
}
