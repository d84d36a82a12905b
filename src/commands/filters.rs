//! The flags by which records are chosen, of a list and of a search.

use std::cell::OnceCell;

use clap::Args;

use crate::{
    app::{context, desk::OpenDesk},
    commands::terms::term,
    domain::{
        base::{
            ids::{PersonId, UnitId},
            moment::{Moment, Use},
            terms::{Channel, Kind, Level, State, Term},
            time::Timestamp,
        },
        deciding::policy::Policy,
    },
    error::{Error, Result, usage::Usage},
    store::cache::Selection,
    words::read_term,
};

/// Which records are meant.
#[derive(Args, Debug)]
pub struct Filters {
    /// State, or `unfinished`; may be said several times
    #[arg(long, value_parser = Scope::read)]
    state: Vec<Scope>,
    #[arg(long, value_parser = term::<Kind>)]
    kind: Option<Kind>,
    #[arg(long, value_parser = term::<Level>)]
    level: Option<Level>,
    #[arg(long)]
    unit: Option<UnitId>,
    /// Responsible person, or `me`
    #[arg(long, value_name = "PERSON")]
    assignee: Option<String>,
    /// Who follows it, or `me`
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// Customer, or part of the name
    #[arg(long)]
    customer: Option<String>,
    #[arg(long)]
    channel: Option<String>,
    #[arg(long)]
    category: Option<String>,
    /// Received at or after
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    from: Option<Moment>,
    /// Received at or before
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    to: Option<Moment>,
    /// Past a due time
    #[arg(long)]
    pub(super) overdue: bool,
    /// I follow it or am responsible for it
    #[arg(long)]
    mine: bool,
    /// Finished ones too
    #[arg(long)]
    all: bool,
}

/// Which states are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    One(State),
    Unfinished,
}

impl Scope {
    fn read(typed: &str) -> std::result::Result<Self, String> {
        if matches!(typed, "unfinished" | "未完成") {
            return Ok(Self::Unfinished);
        }
        read_term(typed).map(Self::One).ok_or_else(|| {
            let known: Vec<_> = State::ALL.iter().map(|state| state.code()).collect();
            format!("one of: unfinished {}", known.join(" "))
        })
    }
}

/// What records are held against.
pub(super) struct ResolvedFilters {
    assignee: Option<PersonId>,
    owner: Option<PersonId>,
    mine: Option<PersonId>,
    channel: Option<Channel>,
    category: Option<String>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    pub(super) now: Timestamp,
}

impl Filters {
    pub(super) fn wanted(&self, desk: &OpenDesk<'_>) -> Result<ResolvedFilters> {
        let view = desk.view()?;
        let read = OnceCell::new();
        // most lists need none of the rules; the board and whatever works by them tell of a slip
        let policy = || -> Result<&Policy> {
            if let Some(policy) = read.get() {
                return Ok(policy);
            }
            let policy = desk.policy_to_look(&view)?;
            Ok(read.get_or_init(|| policy))
        };
        let now = desk.now();
        let me = || desk.actor(policy()?);
        let person = |given: &Option<String>| match given.as_deref() {
            Some("me" | "我") => Ok(Some(me()?.person.id)),
            Some(given) => {
                let bad = || Usage::NotAnId { given: given.to_owned(), like: "zhang" };
                given.parse().map(Some).map_err(|_| Error::Usage(bad()))
            }
            None => Ok(None),
        };
        let time = |flag, given: Option<Moment>, reading| {
            let resolve = |moment: Moment| {
                moment
                    .resolve(now, reading, desk.zone, Some(&policy()?.calendar))
                    .map_err(|fault| Error::Time { flag, fault })
            };
            given.map(resolve).transpose()
        };
        Ok(ResolvedFilters {
            assignee: person(&self.assignee)?,
            owner: person(&self.owner)?,
            mine: if self.mine { Some(me()?.person.id) } else { None },
            channel: match &self.channel {
                Some(given) => Some(context::channel(policy()?, given)),
                None => None,
            },
            category: match &self.category {
                Some(given) => Some(context::category(policy()?, given)),
                None => None,
            },
            from: time("--from", self.from, Use::Start)?,
            to: time("--to", self.to, Use::End)?,
            now,
        })
    }

    /// What is wanted, as the store is asked for it.
    pub(super) fn selection(&self, wanted: &ResolvedFilters, newest: Option<usize>) -> Selection {
        let states = self.state.iter().flat_map(|scope| match scope {
            Scope::One(state) => vec![*state],
            Scope::Unfinished => {
                State::ALL.iter().copied().filter(|state| state.is_unfinished()).collect()
            }
        });
        Selection {
            unfinished: self.state.is_empty() && !self.all,
            states: states.collect(),
            kind: self.kind,
            level: self.level,
            unit: self.unit.clone(),
            assignee: wanted.assignee.clone(),
            owner: wanted.owner.clone(),
            mine: wanted.mine.clone(),
            customer: self.customer.clone(),
            channel: wanted.channel.clone(),
            category: wanted.category.clone(),
            received_from: wanted.from,
            received_to: wanted.to,
            newest,
            ..Selection::default()
        }
    }
}
