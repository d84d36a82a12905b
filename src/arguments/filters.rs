//! The flags by which records are chosen, of a list and of a search.

use std::cell::OnceCell;

use clap::Args;

use crate::{
    app::{context, customers::CustomersMeant, desk::OpenDesk, persons::customers_near},
    arguments::terms::{none_of, term},
    domain::{
        base::{
            ids::{PersonId, UnitId},
            moment::{Moment, Use},
            terms::{Channel, Kind, Level, State, Term},
            time::Timestamp,
        },
        deciding::{known, policy::Policy},
    },
    error::{
        Error, Result,
        usage::{Usage, ValueFault},
    },
    store::selection::{Condition, Selection},
    words::{message::Message, read_term, typed::TypedWord},
};

#[derive(Args, Debug)]
pub struct Filters {
    #[arg(long, value_parser = States::read)]
    state: Vec<States>,
    #[arg(long, value_parser = term::<Kind>())]
    kind: Option<Kind>,
    #[arg(long, value_parser = term::<Level>())]
    level: Option<Level>,
    #[arg(long)]
    unit: Option<String>,
    #[arg(long, value_name = "PERSON")]
    assignee: Option<String>,
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    #[arg(long)]
    customer: Option<String>,
    #[arg(long)]
    channel: Option<String>,
    #[arg(long)]
    category: Option<String>,
    #[arg(long = "ref", value_name = "NUMBER", allow_hyphen_values = true)]
    reference: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<Moment>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<Moment>,
    #[arg(long)]
    overdue: bool,
    #[arg(long)]
    mine: bool,
    #[arg(long)]
    all: bool,
}

/// Which records are meant where no state is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Unfinished,
    Everything,
}

/// States that one word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum States {
    One(State),
    Unfinished,
}

impl States {
    fn all(self) -> Vec<State> {
        match self {
            Self::One(state) => vec![state],
            Self::Unfinished => {
                State::ALL.iter().copied().filter(|state| state.is_unfinished()).collect()
            }
        }
    }

    fn read(typed: &str) -> std::result::Result<Self, ValueFault> {
        if TypedWord::Unfinished.is_typed(typed) {
            return Ok(Self::Unfinished);
        }
        read_term(typed).map(Self::One).ok_or_else(|| {
            let codes = State::ALL.iter().map(|state| state.code());
            none_of(State::VOCABULARY, ["unfinished"].into_iter().chain(codes))
        })
    }
}

/// What records are held against.
pub struct ResolvedFilters {
    assignee: Option<PersonId>,
    owner: Option<PersonId>,
    mine: Option<PersonId>,
    unit: Option<UnitId>,
    channel: Option<Channel>,
    category: Option<String>,
    /// The customers who are called so, or begin so.
    customers: CustomersMeant,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    pub now: Timestamp,
}

impl Filters {
    pub fn wanted(&self, desk: &OpenDesk<'_>) -> Result<ResolvedFilters> {
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
        let person = |given: &Option<String>| -> Result<Option<PersonId>> {
            match given.as_deref() {
                Some(given) if TypedWord::Me.is_typed(given) => Ok(Some(me()?.person.id)),
                Some(given) => Ok(Some(context::person_called(policy()?, given)?)),
                None => Ok(None),
            }
        };
        let time = |flag, given: Option<Moment>, reading| {
            let resolve = |moment: Moment| {
                moment
                    .resolve(now, reading, desk.zone, Some(&policy()?.calendar))
                    .map_err(|fault| Error::Time { flag, fault })
            };
            given.map(resolve).transpose()
        };
        let from = time("--from", self.from, Use::Start)?;
        let to = time("--to", self.to, Use::End)?;
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(Error::Usage(Usage::Backwards));
        }
        Ok(ResolvedFilters {
            assignee: person(&self.assignee)?,
            owner: person(&self.owner)?,
            mine: if self.mine { Some(me()?.person.id) } else { None },
            unit: match &self.unit {
                Some(given) => Some(context::unit_id(policy()?, given)?),
                None => None,
            },
            channel: match &self.channel {
                Some(given) => Some(known_channel(policy()?, given)?),
                None => None,
            },
            category: match &self.category {
                Some(given) => {
                    let category = context::category(policy()?, given);
                    known::category(policy()?, &category)?;
                    Some(category)
                }
                None => None,
            },
            customers: match &self.customer {
                Some(given) => desk.customers_meant(&view, given)?,
                None => CustomersMeant::default(),
            },
            from,
            to,
            now,
        })
    }

    /// Tells that nobody is called as the customer that was named, and which are near.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn tell_near(&self, desk: &OpenDesk<'_>, wanted: &ResolvedFilters) -> Result<()> {
        let Some(given) = self.customer.as_ref().filter(|_| wanted.customers.are_none()) else {
            return Ok(());
        };
        let near = customers_near(&desk.store, &desk.view()?, given)?;
        let message = Message::NoCustomer { given: given.clone(), near };
        desk.app.ui.remark(&desk.words.message(&message));
        Ok(())
    }

    /// What is wanted, as the store is asked for it; finished ones are left out unless asked for, or
    /// in `scope`.
    pub fn selection(&self, wanted: &ResolvedFilters, scope: Scope) -> Selection {
        // who names a record, or states, wants them as they are
        let is_open = self.state.is_empty() && self.reference.is_none();
        let unfinished = scope == Scope::Unfinished && is_open && !self.all;
        let states: Vec<State> = self.state.iter().flat_map(|states| states.all()).collect();
        let conditions = [
            unfinished.then_some(Condition::Unfinished),
            (!states.is_empty()).then_some(Condition::State(states)),
            self.kind.map(Condition::Kind),
            self.level.map(Condition::Level),
            wanted.unit.clone().map(Condition::Unit),
            wanted.assignee.clone().map(Condition::Assignee),
            wanted.owner.clone().map(Condition::Owner),
            wanted.mine.clone().map(Condition::OwnerOrAssignee),
            self.customer.clone().map(|part| wanted.customers.condition(part)),
            wanted.channel.clone().map(Condition::Channel),
            wanted.category.clone().map(Condition::Category),
            self.reference.clone().map(Condition::Reference),
            wanted.from.map(Condition::ReceivedFrom),
            wanted.to.map(Condition::ReceivedTo),
            self.overdue.then_some(Condition::Overdue(wanted.now)),
        ];
        Selection { conditions: conditions.into_iter().flatten().collect(), ..Selection::default() }
    }
}

/// A channel that is there: a slip would find nothing, as if nothing had come that way.
fn known_channel(policy: &Policy, given: &str) -> Result<Channel> {
    let channel = context::channel(policy, given);
    match known::channel(policy, &channel) {
        Ok(()) => Ok(channel),
        Err(why) => Err(why.into()),
    }
}
