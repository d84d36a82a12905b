//! How somebody comes into the roster, changes there and leaves it (R97).

use chrono::NaiveDate;

use crate::domain::{
    base::{
        ids::{PersonId, UnitId},
        permitted::PermittedValue,
        terms::Role,
        text::{TextFault, author_line, folded, tidy, tidy_line},
    },
    deciding::{
        personal::{plain_name, plain_reason},
        policy::{Policy, people::Person},
    },
    history::{
        record::Record,
        refusal::{NeedReason, Refusal, Vocabulary},
        steps::AT_WORK,
    },
};

/// The most characters of a name, an address or a key.
pub const LINE: usize = 200;
/// The most characters of the reason why somebody leaves.
const REASON: usize = 2000;

/// What a team lead asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterChange {
    Add(PersonId, PersonFields),
    /// Only what is said changes.
    Change(PersonId, PersonFields),
    Retire(PersonId, String),
    /// Somebody who left is here again, from today on.
    Rejoin(PersonId),
}

/// What is said of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonFields {
    pub name: Option<String>,
    pub emails: Vec<String>,
    pub roles: Vec<Role>,
    pub keys: Vec<String>,
    pub unit: Option<UnitId>,
}

impl RosterChange {
    /// What was asked for, read back out of somebody's entry before and after it.
    pub fn between(before: Option<&Person>, after: &Person) -> Self {
        let id = after.id.clone();
        let Some(before) = before else { return Self::Add(id, PersonFields::of(after)) };
        if before.retired_because.is_some() && after.retired_because.is_none() {
            return Self::Rejoin(id);
        }
        if before.retired_because != after.retired_because {
            return Self::Retire(id, after.retired_because.clone().unwrap_or_default());
        }
        let (old, mut told) = (PersonFields::of(before), PersonFields::of(after));
        // what was written by hand before is not judged again
        told.name = told.name.filter(|_| before.name != after.name);
        for (same, said) in
            [(old.emails == told.emails, &mut told.emails), (old.keys == told.keys, &mut told.keys)]
        {
            if same {
                said.clear();
            }
        }
        Self::Change(id, told)
    }

    /// Whose entry it is.
    pub fn person(&self) -> &PersonId {
        match self {
            Self::Add(id, _) | Self::Change(id, _) | Self::Retire(id, _) | Self::Rejoin(id) => id,
        }
    }

    /// The word of the command.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Add(..) => "add",
            Self::Change(..) => "change",
            Self::Retire(..) => "retire",
            Self::Rejoin(_) => "rejoin",
        }
    }
}

impl PersonFields {
    fn of(person: &Person) -> Self {
        Self {
            name: Some(person.name.clone()),
            emails: person.emails.clone(),
            roles: person.roles.clone(),
            keys: person.keys.clone(),
            unit: person.unit.clone(),
        }
    }

    fn write_into(&self, person: &mut Person) -> Result<(), Refusal> {
        let line =
            |flag, given: &String| name(given).map_err(|fault| Refusal::Text { flag, fault });
        if let Some(name) = &self.name {
            person.name = line("--name", name)?;
            plain_name(&person.name)?;
        }
        if !self.emails.is_empty() {
            let emails = self.emails.iter().map(|email| line("--email", email));
            person.emails = emails.collect::<Result<_, _>>()?;
        }
        if !self.roles.is_empty() {
            person.roles.clone_from(&self.roles);
        }
        if !self.keys.is_empty() {
            person.keys.clone_from(&self.keys);
        }
        if self.unit.is_some() {
            person.unit.clone_from(&self.unit);
        }
        Ok(())
    }
}

/// Who makes a desk, as its roster begins with them.
pub fn founder(name: String, email: &str, today: NaiveDate) -> Person {
    Person {
        id: founder_id(email),
        name,
        emails: vec![email.to_owned()],
        roles: vec![Role::Agent, Role::TeamLead, Role::RelationshipManager],
        keys: Vec::new(),
        unit: "desk".parse().ok(),
        active_from: today,
        active_to: None,
        retired_because: None,
    }
}

/// The roster after it, and the entry that is new. `records` are those of the desk where somebody
/// leaves.
///
/// # Errors
/// The [`Refusal`] of the rule that stands against it.
pub fn decide(
    request: &RosterChange,
    policy: &Policy,
    records: &[Record],
    today: NaiveDate,
) -> Result<(Vec<Person>, Person), Refusal> {
    let mut people = policy.people.people.clone();
    let id = request.person();
    match request {
        RosterChange::Add(_, told) => {
            for (is_missing, flag) in
                [(told.emails.is_empty(), "--email"), (told.roles.is_empty(), "--role")]
            {
                if is_missing {
                    return Err(Refusal::Needs { flag, why: NeedReason::InRoster });
                }
            }
            let mut person = Person {
                id: id.clone(),
                name: String::new(),
                emails: Vec::new(),
                roles: Vec::new(),
                keys: Vec::new(),
                unit: None,
                active_from: today,
                active_to: None,
                retired_because: None,
            };
            told.write_into(&mut person)?;
            people.push(person);
            distinct(&people)?;
        }
        RosterChange::Change(_, told) => {
            told.write_into(of(&mut people, id)?)?;
            if people == policy.people.people {
                return Err(Refusal::PersonUnchanged(id.clone()));
            }
            distinct(&people)?;
            keeps_a_lead(&people, id, today)?;
        }
        RosterChange::Retire(_, reason) => {
            let person = of(&mut people, id)?;
            if person.retired_because.is_some() {
                return Err(Refusal::Retired(id.clone()));
            }
            let yesterday = today.pred_opt().unwrap_or(today);
            person.active_to = Some(yesterday.max(person.active_from));
            person.retired_because = Some(self::reason(reason)?);
            keeps_a_lead(&people, id, today.succ_opt().unwrap_or(today))?;
            nobody_waits(records, id)?;
            let held = records.iter().filter(|record| holds(record, id));
            let held: Vec<_> = held.map(|record| record.id.to_string()).collect();
            if !held.is_empty() {
                return Err(Refusal::Holds { person: id.clone(), records: held });
            }
        }
        RosterChange::Rejoin(_) => {
            let person = of(&mut people, id)?;
            if person.retired_because.take().is_none() {
                return Err(Refusal::PersonUnchanged(id.clone()));
            }
            person.active_from = today;
            person.active_to = None;
        }
    }
    let person = of(&mut people, id)?.clone();
    if let Some(unit) = &person.unit
        && policy.units.get(unit).is_none()
    {
        return Err(policy.unknown(Vocabulary::Unit, unit.as_str()));
    }
    Ok((people, person))
}

/// A name or an address as the roster keeps it: one line that git writes into commits as it stands.
pub fn name(given: &str) -> Result<String, TextFault> {
    let line = tidy_line(given, LINE)?;
    author_line(&line)?;
    Ok(line)
}

/// The reason why somebody leaves, as it is kept.
///
/// # Errors
/// [`Refusal::Text`], or [`Refusal::PersonInReason`]: the roster is everybody's, and nothing in it can be
/// hidden.
pub fn reason(given: &str) -> Result<String, Refusal> {
    let reason = tidy(given, REASON).map_err(|fault| Refusal::Text { flag: "--reason", fault })?;
    plain_reason(&reason).map(|()| reason)
}

/// Refuses that somebody leaves who is still to come to a customer's, or works on a customer's computer.
///
/// # Errors
/// [`Refusal::Awaited`] with the records.
pub fn nobody_waits(records: &[Record], id: &PersonId) -> Result<(), Refusal> {
    let waits = |record: &&Record| {
        let mut visits = record.status.visits.iter();
        let mut sessions = record.status.sessions.iter();
        visits.any(|visit| visit.is_ahead() && visit.engineer == *id)
            || sessions.any(|session| session.is_running() && session.engineer == *id)
    };
    let records: Vec<_> = records.iter().filter(waits).map(|it| it.id.to_string()).collect();
    if records.is_empty() { Ok(()) } else { Err(Refusal::Awaited { person: id.clone(), records }) }
}

/// True when the person follows or is responsible for it, and it was not offered to anybody else.
pub fn holds(record: &Record, id: &PersonId) -> bool {
    record.status.state.is_unfinished() && (owns(record, id) || is_responsible(record, id))
}

/// True while the person follows it and has not offered it to anybody else.
pub fn owns(record: &Record, id: &PersonId) -> bool {
    record.status.desk_owner == *id && record.status.handed_to.is_none()
}

/// True while the work is still with this person; once it is solved, only its owner has to act.
pub fn is_responsible(record: &Record, id: &PersonId) -> bool {
    AT_WORK.contains(&record.status.state) && record.status.assignee.as_ref() == Some(id)
}

/// An id out of the address: `wei.zhang@example.com` is `wei.zhang`.
fn founder_id(email: &str) -> PersonId {
    let local = email.split(['@', '+']).next().unwrap_or_default().to_lowercase();
    let letters: String = local
        .chars()
        .filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-'))
        .collect();
    let fallback = || PersonId::first_of_desk();
    letters.parse().unwrap_or_else(|_| fallback())
}

fn of<'p>(people: &'p mut [Person], id: &PersonId) -> Result<&'p mut Person, Refusal> {
    let known = |people: &[Person]| {
        people.iter().map(|one| PermittedValue::named(one.id.as_str(), &one.name)).collect()
    };
    let place = people.iter().position(|person| person.id == *id);
    match place {
        Some(place) => Ok(&mut people[place]),
        None => Err(Refusal::unknown(Vocabulary::Person, id.as_str(), known(people))),
    }
}

/// No two people share an id or an address; somebody's own id may be their address.
fn distinct(people: &[Person]) -> Result<(), Refusal> {
    let mut seen: Vec<(String, usize)> = Vec::new();
    for (nth, person) in people.iter().enumerate() {
        let own_id = folded(person.id.as_str());
        let addresses = person.emails.iter().map(String::as_str);
        for given in [person.id.as_str()].into_iter().chain(addresses) {
            let folded = folded(given);
            let taken =
                seen.iter().any(|(known, of)| *known == folded && (*of != nth || folded != own_id));
            if taken {
                return Err(Refusal::Taken { given: given.to_owned() });
            }
            seen.push((folded, nth));
        }
    }
    Ok(())
}

/// Refuses a roster in which nobody may change it any more.
pub fn keeps_a_lead(
    people: &[Person],
    changed: &PersonId,
    today: NaiveDate,
) -> Result<(), Refusal> {
    if people.iter().any(|person| person.leads(today)) {
        Ok(())
    } else {
        Err(Refusal::LastLead(changed.clone()))
    }
}
