//! Which records are wanted, and in which order: asked of the records themselves here, of the cache
//! in [`super::cache`].

use std::cmp::Reverse;

use crate::domain::{
    analysis::duties::next_due,
    base::{
        ids::{ContactId, PersonId, RecordId, UnitId},
        terms::{Channel, Kind, Level, SortKey, State},
        text::folded,
        time::Timestamp,
    },
    history::{record::Record, status::Status},
};

/// Records to choose: those for which every condition holds.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    pub conditions: Vec<Condition>,
    /// By path where none is given.
    pub order: Option<SortKey>,
    /// The first of them; all where none is given.
    pub limit: Option<usize>,
}

/// What holds for a record that is wanted.
#[derive(Clone, Debug)]
pub enum Condition {
    Unfinished,
    /// Unfinished; or set aside, disputed or renamed.
    OnBoard,
    /// In one of these states.
    State(Vec<State>),
    Kind(Kind),
    Level(Level),
    Unit(UnitId),
    Assignee(PersonId),
    Owner(PersonId),
    /// Owned by somebody, or assigned to them.
    OwnerOrAssignee(PersonId),
    /// Part of the customer's name, where one is told, or one of these names, folded.
    Customer {
        part: Option<String>,
        names: Vec<String>,
    },
    /// Of one of these contacts.
    Contact(Vec<ContactId>),
    Channel(Channel),
    Category(String),
    /// Under this number at another system, or at the customer.
    Reference(String),
    /// With a file of this hash, which has not been dropped.
    Content(String),
    ReceivedFrom(Timestamp),
    ReceivedTo(Timestamp),
    /// Past the next due time at this instant.
    Overdue(Timestamp),
    /// Unfinished, or something happened to it at this time or later.
    TouchedSince(Timestamp),
}

impl Selection {
    /// All records for which one condition holds.
    pub fn of(condition: Condition) -> Self {
        Self { conditions: vec![condition], ..Self::default() }
    }

    /// Those that also meet another condition.
    pub fn and(mut self, condition: Condition) -> Self {
        self.conditions.push(condition);
        self
    }

    /// The same of unfinished ones alone, whether they are late or not; whether late ones are wanted.
    pub fn late_or_not(mut self) -> (Self, bool) {
        let before = self.conditions.len();
        self.conditions.retain(|condition| !matches!(condition, Condition::Overdue(_)));
        let is_late = self.conditions.len() < before;
        (if self.is_unfinished() { self } else { self.and(Condition::Unfinished) }, is_late)
    }

    /// Whether none but unfinished ones are wanted.
    pub fn is_unfinished(&self) -> bool {
        self.conditions.iter().any(|condition| matches!(condition, Condition::Unfinished))
    }

    /// Whether every condition holds for a record.
    pub fn has(&self, record: &Record) -> bool {
        self.conditions.iter().all(|condition| condition.holds(record))
    }

    /// The records that are wanted, sorted, and how many there are without the limit. `records` stand
    /// in the order of their paths.
    pub fn choose(&self, mut records: Vec<Record>) -> (Vec<Record>, usize) {
        records.retain(|record| self.has(record));
        let total = records.len();
        if let Some(key) = self.order {
            sort(&mut records, key);
        }
        if let Some(limit) = self.limit {
            records.truncate(limit);
        }
        (records, total)
    }
}

impl Condition {
    fn holds(&self, record: &Record) -> bool {
        let status = &record.status;
        match self {
            Self::Unfinished => status.state.is_unfinished(),
            Self::OnBoard => is_on_board(record),
            Self::State(any) => any.contains(&status.state),
            Self::Kind(kind) => status.kind == *kind,
            Self::Level(level) => status.level == Some(*level),
            Self::Unit(unit) => status.unit.as_ref() == Some(unit),
            Self::Assignee(person) => status.assignee.as_ref() == Some(person),
            Self::Owner(person) => status.follower() == Some(person),
            Self::OwnerOrAssignee(person) => status.is_with(person),
            Self::Customer { part, names } => {
                let holds = |part: &String| status.customer.contains(part.as_str());
                part.as_ref().is_some_and(holds) || names.contains(&folded(&status.customer))
            }
            Self::Contact(contacts) => {
                status.contact.as_ref().is_some_and(|contact| contacts.contains(contact))
            }
            Self::Channel(channel) => status.channel == *channel,
            Self::Category(category) => status.category.as_ref() == Some(category),
            Self::Reference(number) => reference(record).is_some_and(|own| own == folded(number)),
            Self::Content(hash) => contents(record).any(|own| own == hash),
            Self::ReceivedFrom(from) => status.received_at >= *from,
            Self::ReceivedTo(to) => status.received_at <= *to,
            Self::Overdue(now) => next_due(status).is_some_and(|due| due < *now),
            Self::TouchedSince(since) => {
                status.state.is_unfinished() || touched(record) >= since.unix()
            }
        }
    }
}

/// The number of a record elsewhere, without the differences of case and width.
pub(super) fn reference(record: &Record) -> Option<String> {
    record.intake.reference.as_deref().map(folded)
}

/// The hashes of the files that a record keeps.
pub(super) fn contents(record: &Record) -> impl Iterator<Item = &String> {
    let kept = record.status.attachments.iter().filter(|entry| entry.dropped_at.is_none());
    kept.map(|entry| &entry.sha256)
}

/// As the cache sorts its rows.
fn sort(records: &mut [Record], key: SortKey) {
    records.sort_by(|one, other| newest_first(one).cmp(&newest_first(other)));
    match key {
        SortKey::Received => {}
        SortKey::Due => records.sort_by_key(|record| due_first(&record.status)),
        SortKey::Updated => records.sort_by_key(|record| Reverse(record.status.times.last_at)),
        SortKey::Priority => {
            records.sort_by_key(|record| record.status.priority.unwrap_or(u8::MAX));
        }
        SortKey::Customer => records.sort_by(|one, other| {
            one.status.customer.as_bytes().cmp(other.status.customer.as_bytes())
        }),
    }
}

fn newest_first(record: &Record) -> Reverse<(Timestamp, &RecordId)> {
    Reverse((record.status.received_at, &record.id))
}

fn due_first(status: &Status) -> (bool, Timestamp) {
    next_due(status).map_or((true, status.received_at), |due| (false, due))
}

/// Whether the board has to look at a record: it is unfinished, or two clones did with it what a
/// person has to settle, or gave its id twice.
pub(super) fn is_on_board(record: &Record) -> bool {
    let status = &record.status;
    status.state.is_unfinished()
        || !status.set_aside.is_empty()
        || !status.disputed.is_empty()
        || record.formerly.is_some()
        || !record.namesakes.is_empty()
}

/// The last second at which anything happened to a record, or was entered.
pub(super) fn touched(record: &Record) -> i64 {
    let entered = record.history.iter().map(|event| event.stamp.recorded_at.unix());
    entered.fold(happened(record), i64::max)
}

/// The last second at which anything happened to a record, whenever that was entered.
pub(super) fn happened(record: &Record) -> i64 {
    let of_events = record
        .history
        .iter()
        .flat_map(|event| [Some(event.stamp.at.unix()), event.act.done_at().map(Timestamp::unix)]);
    let received = record.status.received_at.unix().max(record.intake.received_at.unix());
    of_events.flatten().fold(received, i64::max)
}
