//! `docket policy`: the desk's rules (R115).

mod adopt;
mod check;
mod edit;
mod set;
mod show;

use chrono::{Datelike as _, NaiveDate};
use clap::{Args, Subcommand};
use serde::Serialize;

use crate::{
    answers::rules::doubtful,
    app::{App, desk::OpenDesk, rule_files::ChangedRules},
    commands::Command,
    domain::{
        base::{
            document::Document,
            ids::{AgreementId, CustomerId},
            moment::{Moment, Use},
        },
        history::customer::Customer,
    },
    error::{Error, Result},
    store::{git::ids::CommitId, layout},
    ui::{answer::Answer, terminal::Terminal},
    words::{Words, message::Message},
};

#[derive(Args, Debug)]
pub struct PolicyCommand {
    #[command(subcommand)]
    what: PolicySubcommand,
}

#[derive(Debug, Subcommand)]
enum PolicySubcommand {
    Show(show::ShowPolicy),
    Check(check::CheckPolicy),
    Edit(edit::EditPolicy),
    Set(set::SetPolicy),
    Adopt(adopt::AdoptPolicy),
}

/// A file of rules as a command left it.
#[derive(Debug, Serialize)]
struct WrittenRules {
    #[serde(skip)]
    of: &'static str,
    path: String,
    /// Whether it holds already.
    in_force: bool,
    /// Whether anything became otherwise.
    changed: bool,
    document: Option<Document>,
    commit: Option<String>,
    /// How many of its values are hardly what was meant.
    #[serde(rename = "warnings")]
    doubts: usize,
    /// The next day on which an adopted file takes its place.
    #[serde(skip)]
    replaced_on: Option<NaiveDate>,
    /// Customers who have an agreement that is not there, and which.
    #[serde(skip)]
    without_agreement: Vec<(CustomerId, AgreementId)>,
    /// Where the country became another one, whether the holidays of this year are loaded.
    #[serde(skip)]
    holidays: Option<LoadedYear>,
    /// Of several versions of an entry the one that was changed, where nobody said which.
    #[serde(skip)]
    version_taken: Option<String>,
    #[serde(skip)]
    is_alone: bool,
    #[serde(skip)]
    now: RulesStanding,
}

/// A year, and whether its holidays are known.
#[derive(Debug)]
struct LoadedYear {
    year: i32,
    is_loaded: bool,
}

/// What a command made of a file of rules.
#[derive(Debug)]
enum RulesStanding {
    InForce,
    Drafted,
    Adopted,
    /// A draft that is there no more.
    Dropped,
}

impl Command for PolicyCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        match self.what {
            PolicySubcommand::Show(show) => show.run(app),
            PolicySubcommand::Check(check) => check.run(app),
            PolicySubcommand::Edit(edit) => edit.run(app),
            PolicySubcommand::Set(set) => set.run(app),
            PolicySubcommand::Adopt(adopt) => adopt.run(app),
        }
    }
}

/// The day that somebody names.
fn day_of(desk: &OpenDesk<'_>, moment: &Moment) -> Result<NaiveDate> {
    let at = moment.resolve(desk.now(), Use::Due, desk.zone, None);
    Ok(at.map_err(|fault| Error::Time { flag: "--on", fault })?.date())
}

impl WrittenRules {
    fn of(desk: &OpenDesk<'_>, path: &'static str, changed: Option<ChangedRules>) -> Result<Self> {
        let view = desk.view()?;
        let today = desk.now().date();
        let place = changed.as_ref().and_then(|changed| changed.place.clone());
        let in_force = place.is_none();
        let place = place.unwrap_or_else(|| path.to_owned());
        let document = changed.as_ref().and_then(|changed| changed.document.clone());
        let day = document.as_ref().map_or(today, |document| document.effective_on.max(today));
        let drafts: Vec<_> = view.drafts()?.into_iter().filter(|it| it.path == place).collect();
        let (mut doubts, mut without_agreement, mut holidays) = (0, Vec::new(), None);
        if changed.is_some() {
            let then = view.on(day, &drafts)?;
            let (held, policy) = (then.rules_at(path)?, then.policy_afresh()?);
            if path == layout::AGREEMENTS {
                let (customers, _) = view.customers()?;
                let missing = |customer: &Customer| {
                    let agreement = policy.agreements.missing_of(customer)?;
                    Some((customer.id.clone(), agreement.clone()))
                };
                without_agreement = customers.values().filter_map(missing).collect();
            }
            if policy.desk.country != desk.desk.country {
                let is_loaded = policy.calendar.is_loaded(today.year());
                holidays = Some(LoadedYear { year: today.year(), is_loaded });
            }
            let found = doubtful(&then, &policy, day).into_iter();
            doubts = found.filter(|doubt| doubt.path.as_ref() == Some(&held)).count();
        }
        let now = if in_force {
            RulesStanding::InForce
        } else if drafts.is_empty() {
            RulesStanding::Adopted
        } else {
            RulesStanding::Drafted
        };
        let ahead = view.adopted_ahead()?.into_iter().find(|ahead| ahead.of == path);
        Ok(Self {
            of: path,
            path: place,
            in_force,
            changed: changed.is_some(),
            document,
            is_alone: changed.as_ref().is_some_and(|changed| changed.is_alone),
            commit: changed.map(|changed| changed.commit.short()),
            doubts,
            replaced_on: ahead.and_then(|ahead| ahead.day).filter(|_| in_force),
            without_agreement,
            holidays,
            version_taken: None,
            now,
        })
    }

    /// Of a draft that is there no more.
    fn dropped(of: &'static str, commit: Option<CommitId>) -> Self {
        Self {
            of,
            path: layout::draft(of).unwrap_or_else(|| of.to_owned()),
            in_force: false,
            changed: commit.is_some(),
            document: None,
            commit: commit.map(CommitId::short),
            doubts: 0,
            replaced_on: None,
            without_agreement: Vec::new(),
            holidays: None,
            version_taken: None,
            is_alone: false,
            now: RulesStanding::Dropped,
        }
    }
}

impl Answer for WrittenRules {
    fn human(&self, terminal: &Terminal) -> String {
        let path = self.of;
        let message = match (&self.now, &self.document) {
            _ if !self.changed => Message::RulesUnchanged { path },
            (RulesStanding::Dropped, _) => Message::DraftDropped { path },
            (RulesStanding::Drafted, Some(head)) => {
                Message::RulesDrafted { path, day: head.effective_on }
            }
            (RulesStanding::Adopted, Some(head)) => {
                Message::RulesAdopted { path, version: head.version, day: head.effective_on }
            }
            (_, head) => {
                let version = head.as_ref().map(|head| head.version);
                Message::RulesChanged { path, version }
            }
        };
        format!("{}\n", terminal.words.message(&message))
    }

    fn remark(&self, words: Words) -> Option<String> {
        let path = self.of;
        let doubtful = Message::RulesDoubtful { path, values: self.doubts };
        let doubtful = (self.doubts > 0).then_some(doubtful);
        let alone = self.is_alone.then_some(Message::AdoptedAlone);
        let replaced = self.replaced_on.filter(|_| self.changed);
        let replaced = replaced.map(|day| Message::ReplacedOn { path, day });
        let missing = self.without_agreement.iter().map(|(customer, agreement)| {
            let (customer, agreement) = (customer.clone(), agreement.clone());
            Message::AgreementGone { customer, agreement }
        });
        let holidays = self
            .holidays
            .as_ref()
            .map(|it| Message::CountryChanged { year: it.year, has_holidays: it.is_loaded });
        let entry = self.version_taken.clone().filter(|_| self.changed);
        let taken = entry.map(|entry| Message::VersionTaken { entry });
        let told: Vec<_> = [taken, doubtful, alone, replaced, holidays]
            .into_iter()
            .flatten()
            .chain(missing)
            .collect();
        let told: Vec<_> = told.iter().map(|message| words.message(message)).collect();
        (!told.is_empty()).then(|| told.join("\n"))
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.path))
    }
}
