//! `docket people`: the roster.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::{
    app::{App, desk::OpenDesk, step::Asked},
    commands::{Command, fill::Fill, terms::term},
    domain::{
        base::{
            ids::{PersonId, UnitId},
            nearest::nearest,
            terms::{Role, State},
            text,
        },
        deciding::{
            policy::{Policy, people::Person},
            steps::route,
        },
        history::{
            record::Record,
            refusal::{Refusal, Thing},
            steps::{handover::Handover, route::Route},
        },
    },
    error::{Error, Result, usage::Usage},
    store::{self, find::RecordRef, signature},
    ui::{answer::Answer, paper::Paper},
    words::{Refused, label::Label, said::Said},
};

/// Show or change the roster; changing it takes a team lead
#[derive(Args, Debug)]
pub struct People {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show everybody
    List,
    /// Add somebody
    Add(Entry),
    /// Change somebody; only what is said changes
    Change(Entry),
    /// Take somebody off the roster, who hands over what they hold
    Retire {
        id: PersonId,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// Who gets what they hold
        #[arg(long, value_name = "PERSON")]
        to: Option<PersonId>,
    },
}

#[derive(Args, Debug)]
struct Entry {
    /// Short name, such as zhang
    id: PersonId,
    #[arg(long)]
    name: Option<String>,
    /// Address by which git knows them; may be said several times
    #[arg(long)]
    email: Vec<String>,
    /// agent, engineer, `relationship_manager`, `team_lead`, leader, auditor,
    /// `complaint_decider`, service
    #[arg(long, value_parser = term::<Role>)]
    role: Vec<Role>,
    #[arg(long)]
    unit: Option<UnitId>,
    /// Key that they sign commits with: the line of an OpenSSH .pub file, or openpgp:FINGERPRINT;
    /// may be said several times
    #[arg(long)]
    key: Vec<String>,
}

/// The roster.
#[derive(Debug)]
struct Roster(Vec<Person>);

/// A change that was made.
#[derive(Debug)]
struct Changed(Person);

impl Command for People {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        match self.what {
            What::List => Ok(Box::new(Roster(desk.view()?.policy()?.people.people))),
            What::Add(entry) => add(app, &desk, &entry),
            What::Change(entry) => change(&desk, &entry),
            What::Retire { id, reason, to } => {
                retire(app, &desk, &id, reason.as_ref(), to.as_ref())
            }
        }
    }
}

fn add(app: &App<'_>, desk: &OpenDesk<'_>, entry: &Entry) -> Result<Box<dyn Answer>> {
    let mut fill = Fill::new(app, "people add");
    let name = fill.text(entry.name.as_ref(), "--name", Label::Name)?;
    if entry.email.is_empty() {
        fill.miss("--email", Label::Emails);
    }
    if entry.role.is_empty() {
        fill.miss("--role", Label::Roles);
    }
    fill.done()?;
    let person = Person {
        id: entry.id.clone(),
        name: line("--name", &name)?,
        emails: lines("--email", &entry.email)?,
        roles: entry.role.clone(),
        keys: keys(&entry.key)?,
        unit: entry.unit.clone(),
        active_from: desk.now().date(),
        active_to: None,
        retired_because: None,
    };
    write(desk, "add", &person.id, |policy, _| {
        let mut people = policy.people.people.clone();
        people.push(person.clone());
        distinct(&people)?;
        Ok(people)
    })?;
    Ok(Box::new(Changed(person)))
}

fn change(desk: &OpenDesk<'_>, entry: &Entry) -> Result<Box<dyn Answer>> {
    let name = entry.name.as_deref().map(|name| line("--name", name)).transpose()?;
    let emails = lines("--email", &entry.email)?;
    let own = keys(&entry.key)?;
    let changed = write(desk, "change", &entry.id, |policy, _| {
        let mut people = policy.people.people.clone();
        let person = of(&mut people, &entry.id)?;
        if let Some(name) = &name {
            person.name.clone_from(name);
        }
        if !emails.is_empty() {
            person.emails.clone_from(&emails);
        }
        if !entry.role.is_empty() {
            person.roles.clone_from(&entry.role);
        }
        if !own.is_empty() {
            person.keys.clone_from(&own);
        }
        if entry.unit.is_some() {
            person.unit.clone_from(&entry.unit);
        }
        if people == policy.people.people {
            return Err(Refusal::PersonUnchanged(entry.id.clone()));
        }
        distinct(&people)?;
        keeps_a_lead(&people, &entry.id, desk.now().date())?;
        Ok(people)
    })?;
    Ok(Box::new(Changed(changed)))
}

fn retire(
    app: &App<'_>,
    desk: &OpenDesk<'_>,
    id: &PersonId,
    reason: Option<&String>,
    to: Option<&PersonId>,
) -> Result<Box<dyn Answer>> {
    let mut fill = Fill::new(app, "people retire");
    let reason = fill.text(reason, "--reason", Label::Reason)?;
    fill.done()?;
    let reason = text::tidy(&reason, 2000)
        .map_err(|fault| refused(Refusal::Text { flag: "--reason", fault }))?;
    if let Some(to) = to {
        hand_over(desk, id, to, &reason)?;
    }
    let changed = write(desk, "retire", id, |policy, records| {
        let mut people = policy.people.people.clone();
        let yesterday = desk.now().date().pred_opt().unwrap_or(desk.now().date());
        let person = of(&mut people, id)?;
        if person.retired_because.is_some() {
            return Err(Refusal::Retired(id.clone()));
        }
        person.active_to = Some(yesterday.max(person.active_from));
        person.retired_because = Some(reason.clone());
        let tomorrow = desk.now().date().succ_opt();
        keeps_a_lead(&people, id, tomorrow.unwrap_or_default())?;
        let held = records.iter().filter(|record| holds(record, id));
        let held: Vec<_> = held.map(|record| record.id.to_string()).collect();
        if held.is_empty() {
            Ok(people)
        } else {
            Err(Refusal::Holds { person: id.clone(), records: held })
        }
    })?;
    Ok(Box::new(Changed(changed)))
}

/// True when the person follows or is responsible for it, and it was not offered to anybody else.
fn holds(record: &Record, id: &PersonId) -> bool {
    let status = &record.status;
    let owns = status.desk_owner == *id && status.handed_to.is_none();
    status.state.is_unfinished() && (owns || is_responsible(record, id))
}

/// True while the work is still with this person; once it is solved, only its owner has to act.
fn is_responsible(record: &Record, id: &PersonId) -> bool {
    let at_work = matches!(
        record.status.state,
        State::Acknowledged | State::Routed | State::InProgress | State::Pending
    );
    at_work && record.status.assignee.as_ref() == Some(id)
}

/// Offers what the person follows, and routes what they are responsible for, one commit each.
fn hand_over(desk: &OpenDesk<'_>, id: &PersonId, to: &PersonId, reason: &str) -> Result<()> {
    for record in desk.records(&desk.view()?)?.iter().filter(|record| holds(record, id)) {
        let wanted = RecordRef::Full(record.id.clone());
        if record.status.desk_owner == *id && record.status.handed_to.is_none() {
            desk.step::<Handover>(Asked::new(&wanted), |_| {
                Ok(Handover { to: to.clone(), reason: reason.to_owned() }.into())
            })?;
        }
        if is_responsible(record, id) {
            desk.step::<Route>(Asked::new(&wanted), |_| {
                let (unit, method) = (record.status.unit.clone(), None);
                let (to, reason) = (to.clone(), reason.to_owned());
                Ok(route::Request { to, unit, reason, method }.into())
            })?;
        }
    }
    Ok(())
}

/// Commits another roster, as a team lead.
fn write(
    desk: &OpenDesk<'_>,
    verb: &'static str,
    id: &PersonId,
    decide: impl Fn(&Policy, &[Record]) -> std::result::Result<Vec<Person>, Refusal>,
) -> Result<Person> {
    let branch = desk.store.writing_branch(&desk.desk, desk.app.wishes.branch.as_deref())?;
    let (_, person) = desk.store.write(&branch, &|notice| desk.notice(&notice), |view| {
        let policy = view.policy()?;
        let actor = desk.actor(&policy)?;
        if !actor.person.is_active(desk.now().date()) {
            return Err(refused(Refusal::Inactive(actor.person.id)));
        }
        if !actor.person.roles.contains(&Role::TeamLead) {
            let may = vec![Role::TeamLead];
            return Err(refused(Refusal::Role { person: actor.person.id, may }));
        }
        let records = if verb == "retire" { view.records()?.0 } else { Vec::new() };
        let mut people = decide(&policy, &records).map_err(refused)?;
        if let Some(unit) = of(&mut people, id).map_err(refused)?.unit.clone()
            && policy.units.get(&unit).is_none()
        {
            let known = policy.units.units.iter().map(|unit| unit.id.as_str());
            let nearest = nearest(unit.as_str(), known);
            let (thing, given) = (Thing::Unit, unit.to_string());
            return Err(refused(Refusal::Unknown { thing, given, nearest }));
        }
        let file = store::defaults::people_file(view, &people)?;
        let subject = format!("people {verb} {id}");
        let change = desk.plain_change(&actor, "people", &subject, vec![file]);
        let person = of(&mut people, id).map_err(refused)?.clone();
        Ok::<_, Error>((Some(change), person))
    })?;
    Ok(person)
}

fn of<'p>(people: &'p mut [Person], id: &PersonId) -> std::result::Result<&'p mut Person, Refusal> {
    let known: Vec<String> = people.iter().map(|person| person.id.to_string()).collect();
    people.iter_mut().find(|person| person.id == *id).ok_or_else(|| Refusal::Unknown {
        thing: Thing::Person,
        given: id.to_string(),
        nearest: nearest(id.as_str(), known.iter().map(String::as_str)),
    })
}

/// No two people share an id or an address.
fn distinct(people: &[Person]) -> std::result::Result<(), Refusal> {
    let mut seen: Vec<String> = Vec::new();
    for person in people {
        for given in person.emails.iter().map(String::as_str).chain([person.id.as_str()]) {
            let folded = text::folded(given);
            if seen.contains(&folded) {
                return Err(Refusal::Taken { given: given.to_owned() });
            }
            seen.push(folded);
        }
    }
    Ok(())
}

fn keeps_a_lead(
    people: &[Person],
    changed: &PersonId,
    today: NaiveDate,
) -> std::result::Result<(), Refusal> {
    let lead = |person: &Person| person.is_active(today) && person.roles.contains(&Role::TeamLead);
    if people.iter().any(lead) { Ok(()) } else { Err(Refusal::LastLead(changed.clone())) }
}

fn refused(why: Refusal) -> Error {
    Error::Refused(Box::new(Refused::plain(why)))
}

/// Keys as the roster keeps them, without the comment that OpenSSH puts behind them.
fn keys(given: &[String]) -> Result<Vec<String>> {
    let read = |given: &String| {
        let given = line("--key", given)?;
        let key = signature::key(&given);
        key.ok_or_else(|| Error::Usage(Usage::NotAKey { given: given.chars().take(40).collect() }))
    };
    given.iter().map(read).collect()
}

fn line(flag: &'static str, given: &str) -> Result<String> {
    text::tidy_line(given, 200).map_err(|fault| refused(Refusal::Text { flag, fault }))
}

fn lines(flag: &'static str, given: &[String]) -> Result<Vec<String>> {
    given.iter().map(|text| line(flag, text)).collect()
}

impl Answer for Roster {
    fn human(&self, paper: &Paper) -> String {
        let words = paper.words;
        let head =
            [Label::Id, Label::Name, Label::Roles, Label::Unit, Label::Active, Label::Emails];
        let head: Vec<_> = head.iter().map(|label| words.label(*label)).collect();
        let rows: Vec<_> = self
            .0
            .iter()
            .map(|person| {
                let roles: Vec<_> = person.roles.iter().map(|role| words.term(*role)).collect();
                let until = person.active_to.map(|day| day.to_string()).unwrap_or_default();
                vec![
                    person.id.to_string(),
                    person.name.clone(),
                    roles.join(", "),
                    person.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
                    format!("{} – {until}", person.active_from).trim_end().to_owned(),
                    person.emails.join(", "),
                ]
            })
            .collect();
        paper.table(&head, &rows)
    }

    fn json(&self) -> Value {
        json!({ "format": 1, "people": self.0 })
    }
}

impl Answer for Changed {
    fn human(&self, paper: &Paper) -> String {
        format!("{}\n", paper.words.said(&Said::RosterChanged { person: self.0.id.to_string() }))
    }

    fn json(&self) -> Value {
        json!({ "format": 1, "person": self.0 })
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.0.id))
    }
}
