//! `docket people`: the roster.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde::Serialize;

use crate::{
    app::{
        App,
        context::{StepContext, person_called, unit_id},
        desk::OpenDesk,
        step::StepRequest,
    },
    arguments::{prompts::Prompts, terms::term},
    audit::message,
    commands::Command,
    domain::{
        base::{
            ids::{PersonId, UnitId},
            terms::Role,
            text::tidy_line,
        },
        deciding::{
            policy::{people::Person, units::Units},
            roster::{self, PersonFields, RosterChange, holds, is_responsible, owns},
            steps::route,
        },
        history::{
            refusal::{Refusal, Vocabulary},
            steps::{handover::Handover, route::Route},
        },
    },
    error::{Error, Result, usage::Usage},
    store::{self, find::RecordRef, layout, policy_edit::lost_comments, signature},
    ui::{
        answer::Answer,
        cell::Cell,
        terminal::{Medium, Style, Terminal},
    },
    words::{
        label::Label,
        message::{Message, RosterEdit},
    },
};

#[derive(Args, Debug)]
pub struct PeopleCommand {
    #[command(subcommand)]
    what: PeopleSubcommand,
}

#[derive(Debug, Subcommand)]
enum PeopleSubcommand {
    List,
    Add {
        id: Option<PersonId>,
        #[command(flatten)]
        told: PersonArgs,
    },
    Change {
        #[arg(value_name = "PERSON")]
        id: Option<String>,
        #[command(flatten)]
        told: PersonArgs,
    },
    Retire {
        #[arg(value_name = "PERSON")]
        id: Option<String>,
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        #[arg(long, value_name = "PERSON")]
        to: Option<String>,
    },
    Rejoin {
        #[arg(value_name = "PERSON")]
        id: Option<String>,
    },
}

#[derive(Args, Debug)]
struct PersonArgs {
    #[arg(long)]
    name: Option<String>,
    #[arg(long)]
    email: Vec<String>,
    #[arg(long, value_parser = term::<Role>())]
    role: Vec<Role>,
    #[arg(long)]
    unit: Option<String>,
    #[arg(long)]
    key: Vec<String>,
}

/// The roster.
#[derive(Debug, Serialize)]
struct RosterList {
    people: Vec<Person>,
    #[serde(skip)]
    units: Units,
    #[serde(skip)]
    today: NaiveDate,
}

/// A change that was made.
#[derive(Debug, Serialize)]
struct ChangedPerson {
    person: Person,
    #[serde(skip)]
    change: RosterEdit,
}

impl Command for PeopleCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        match self.what {
            PeopleSubcommand::List => {
                let policy = desk.view()?.policy()?;
                let (people, units) = (policy.people.people, policy.units);
                Ok(Box::new(RosterList { people, units, today: desk.now().date() }))
            }
            PeopleSubcommand::Add { id, told } => add(app, &desk, id.as_ref(), &told),
            PeopleSubcommand::Change { id, told } => {
                let fields = told.fields(&desk)?;
                if id.is_none() && fields == PersonFields::default() {
                    return Err(Error::Usage(Usage::NothingToChange { flags: CHANGES }));
                }
                let id = member(&desk, "people change", id.as_ref(), |_| true)?;
                let request = RosterChange::Change(id, fields);
                let (person, change) = (write(&desk, &request)?, RosterEdit::Updated);
                Ok(Box::new(ChangedPerson { person, change }))
            }
            PeopleSubcommand::Retire { id, reason, to } => {
                let to = to.as_deref().map(|to| person_of(&desk, to)).transpose()?;
                retire(app, &desk, id.as_ref(), reason.as_ref(), to.as_ref())
            }
            PeopleSubcommand::Rejoin { id } => {
                let has_left = |person: &Person| person.retired_because.is_some();
                let id = member(&desk, "people rejoin", id.as_ref(), has_left)?;
                let (person, change) =
                    (write(&desk, &RosterChange::Rejoin(id))?, RosterEdit::Rejoined);
                Ok(Box::new(ChangedPerson { person, change }))
            }
        }
    }
}

/// What can be said of somebody.
const CHANGES: &[&str] = &["--name", "--email", "--role", "--unit", "--key"];

/// Who of the roster was named, or is picked from those who are `offered`.
fn member(
    desk: &OpenDesk<'_>,
    command: &'static str,
    given: Option<&String>,
    offered: impl Fn(&Person) -> bool,
) -> Result<PersonId> {
    let mut prompts = Prompts::new(desk.app, command);
    let named = prompts.member(desk, given, offered)?;
    prompts.done()?;
    person_of(desk, &named.ok_or(Error::GivenUp)?)
}

/// Who of the roster is called so.
fn person_of(desk: &OpenDesk<'_>, given: &str) -> Result<PersonId> {
    Ok(person_called(&desk.view()?.policy()?, given)?)
}

/// The unit that is called so.
fn unit_of(desk: &OpenDesk<'_>, given: &str) -> Result<UnitId> {
    Ok(unit_id(&desk.view()?.policy()?, given)?)
}

fn add(
    app: &App<'_>,
    desk: &OpenDesk<'_>,
    id: Option<&PersonId>,
    entry: &PersonArgs,
) -> Result<Box<dyn Answer>> {
    let mut prompts = Prompts::new(app, "people add");
    let is_asked = id.is_none() || entry.name.is_none();
    if is_asked {
        desk.may_change_rules(None)?;
    }
    let id = prompts.new_person(desk, id)?;
    let name = prompts.line(entry.name.as_ref(), "--name", Label::Name)?;
    let mut fields = entry.fields(desk)?;
    if fields.emails.is_empty() {
        fields.emails.push(prompts.line(None, "--email", Label::Emails)?);
    }
    if fields.roles.is_empty() {
        fields.roles.push(prompts.term(None, "--role", Label::Roles, Role::Agent)?);
    }
    if is_asked {
        let units = desk.values(Vocabulary::Unit)?;
        let unit = prompts.some_choice(entry.unit.as_ref(), "--unit", Label::Unit, units)?;
        fields.unit = unit.map(|unit| unit_of(desk, &unit)).transpose()?;
    }
    prompts.done()?;
    let id = id.ok_or(Error::GivenUp)?;
    let fields = PersonFields { name: Some(name), ..fields };
    Ok(Box::new(ChangedPerson {
        person: write(desk, &RosterChange::Add(id, fields))?,
        change: RosterEdit::Added,
    }))
}

fn retire(
    app: &App<'_>,
    desk: &OpenDesk<'_>,
    id: Option<&String>,
    reason: Option<&String>,
    to: Option<&PersonId>,
) -> Result<Box<dyn Answer>> {
    let mut prompts = Prompts::new(app, "people retire");
    let named = prompts.member(desk, id, |person| person.retired_because.is_none())?;
    let id = named.map(|named| person_of(desk, &named)).transpose()?;
    let reason = prompts.text(reason, "--reason", Label::Reason)?;
    prompts.done()?;
    let id = id.ok_or(Error::GivenUp)?;
    let reason = roster::reason(&reason)?;
    let request = RosterChange::Retire(id.clone(), reason.clone());
    if let Some(to) = to {
        can_leave(desk, &request, to)?;
        hand_over(desk, &id, to, &reason, Committing::Tried)?;
        hand_over(desk, &id, to, &reason, Committing::Made)?;
    }
    Ok(Box::new(ChangedPerson { person: write(desk, &request)?, change: RosterEdit::Retired }))
}

/// Whether steps are committed, or only decided.
#[derive(Clone, Copy, Debug)]
enum Committing {
    Tried,
    Made,
}

/// Refuses before anything is handed over what the roster would refuse afterwards.
fn can_leave(desk: &OpenDesk<'_>, request: &RosterChange, to: &PersonId) -> Result<()> {
    let policy = desk.view()?.policy()?;
    desk.actor_as(&policy, &[Role::TeamLead])?;
    let records = desk.records(&desk.view()?)?;
    let decided = match request.person() {
        id if id == to => Err(Refusal::Inactive(to.clone())),
        id => roster::nobody_waits(&records, id)
            .and_then(|()| roster::decide(request, &policy, &[], desk.now().date()).map(drop)),
    };
    decided.map_err(|why| Error::from(why).with_names(&policy.people))
}

/// Offers what the person follows, and routes what they are responsible for, one commit each.
fn hand_over(
    desk: &OpenDesk<'_>,
    id: &PersonId,
    to: &PersonId,
    reason: &str,
    committing: Committing,
) -> Result<()> {
    for record in desk.records(&desk.view()?)?.iter().filter(|record| holds(record, id)) {
        let wanted = RecordRef::Full(record.id.clone());
        let request = StepRequest::new(&wanted);
        if owns(record, id) {
            let to_owner = |_: &StepContext<'_>| {
                Ok(Handover { to: to.clone(), reason: reason.to_owned() }.into())
            };
            match committing {
                Committing::Tried => desk.tried::<Handover>(request, to_owner)?,
                Committing::Made => desk.step::<Handover>(request, to_owner).map(drop)?,
            }
        }
        if is_responsible(record, id) {
            let to_responsible = |_: &StepContext<'_>| {
                let (unit, method) = (record.status.unit.clone(), None);
                let (to, reason) = (to.clone(), reason.to_owned());
                Ok(route::Request { to, unit, reason, method }.into())
            };
            match committing {
                Committing::Tried => desk.tried::<Route>(request, to_responsible)?,
                Committing::Made => desk.step::<Route>(request, to_responsible).map(drop)?,
            }
        }
    }
    Ok(())
}

/// Commits another roster, as a team lead; gives the entry that is new.
fn write(desk: &OpenDesk<'_>, request: &RosterChange) -> Result<Person> {
    let branch = desk.store.writing_branch(&desk.desk, desk.app.options.branch.as_deref())?;
    let (_, (person, lost)) =
        desk.store.write(&branch, &|notice| desk.notice(&notice), |view| {
            let policy = view.policy()?;
            let (actor, _) = desk.actor_as(&policy, &[Role::TeamLead])?;
            let today = desk.now().date();
            let leaves = matches!(request, RosterChange::Retire(..));
            let records = if leaves { view.records()?.0 } else { Vec::new() };
            let decided = roster::decide(request, &policy, &records, today);
            let (people, person) =
                decided.map_err(|why| Error::from(why).with_names(&policy.people))?;
            let file = store::defaults::people_file(view, &people)?;
            let before = view.text(&file.path)?.unwrap_or_default();
            let after = String::from_utf8_lossy(file.content.as_deref().unwrap_or_default());
            let lost = lost_comments(&before, &after);
            let subject = message::subject_of_roster(request);
            let change = desk.plain_change(&actor, "people", &subject, vec![file])?;
            Ok::<_, Error>((Some(change), (person, lost)))
        })?;
    if !lost.is_empty() {
        let path = layout::PEOPLE;
        desk.app.ui.warn(&desk.words.message(&Message::CommentsLost { path, comments: lost }));
    }
    Ok(person)
}

impl PersonArgs {
    fn fields(&self, desk: &OpenDesk<'_>) -> Result<PersonFields> {
        Ok(PersonFields {
            name: self.name.clone(),
            emails: self.email.clone(),
            roles: self.role.clone(),
            keys: keys(&self.key)?,
            unit: self.unit.as_deref().map(|unit| unit_of(desk, unit)).transpose()?,
        })
    }
}

/// Keys as the roster keeps them, without the comment that OpenSSH puts behind them.
fn keys(given: &[String]) -> Result<Vec<String>> {
    let read = |given: &String| {
        let line = tidy_line(given, roster::LINE);
        let line = line.map_err(|fault| Error::from(Refusal::Text { flag: "--key", fault }))?;
        let key = signature::key(&line);
        key.ok_or_else(|| Error::Usage(Usage::NotAKey { given: line.chars().take(40).collect() }))
    };
    given.iter().map(read).collect()
}

impl RosterList {
    /// The unit by its name, in a file with its id.
    fn unit(&self, person: &Person, terminal: &Terminal) -> String {
        let Some(id) = &person.unit else { return String::new() };
        match terminal.medium {
            Medium::Screen => self.units.name_of(id).to_owned(),
            Medium::Pipe => terminal.words.remarked(self.units.name_of(id), id.as_str()),
        }
    }

    /// From when to when in the team; on a screen only what is to come, and who left or will leave.
    fn active(&self, person: &Person, terminal: &Terminal) -> String {
        let is_there = terminal.medium == Medium::Screen && person.active_from <= self.today;
        let from = if is_there { String::new() } else { person.active_from.to_string() };
        match person.active_to {
            Some(until) => format!("{from} – {until}").trim_start().to_owned(),
            None if from.is_empty() => from,
            None => format!("{from} –"),
        }
    }
}

impl Answer for RosterList {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let head =
            [Label::Id, Label::Name, Label::Emails, Label::Active, Label::Roles, Label::Unit];
        let row = |person: &Person| {
            let roles: Vec<_> = person.roles.iter().map(|role| words.term(*role)).collect();
            vec![
                Cell::styled(person.id.as_str(), Style::Bold),
                Cell::from(person.name.as_str()),
                Cell::from(words.listed(&person.emails)),
                Cell::from(self.active(person, terminal)),
                Cell::from(words.listed(&roles)),
                Cell::from(self.unit(person, terminal)),
            ]
        };
        let rows: Vec<_> = self.people.iter().map(row).collect();
        terminal.sheet(&head, &rows, &[Label::Unit])
    }
}

impl Answer for ChangedPerson {
    fn human(&self, terminal: &Terminal) -> String {
        format!(
            "{}\n",
            terminal.words.message(&Message::RosterChanged {
                person: self.person.id.to_string(),
                change: self.change
            })
        )
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.person.id))
    }
}
