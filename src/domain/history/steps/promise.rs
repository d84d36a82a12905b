//! `promise`: a time that the customer was promised (R18).
use serde::{Deserialize, Serialize};

use super::UNFINISHED;
use crate::domain::{
    base::{
        ids::{ContactId, EventId},
        terms::State,
        time::Timestamp,
    },
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::{Status, parts},
        steps::{Next, Step},
    },
};

/// A time is promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    pub due: Timestamp,
    pub to: ContactId,
    pub what: String,
}

impl Step for Promise {
    const FROM: &'static [State] = UNFINISHED;
    const TO: Next = Next::Same;

    fn legal(&self, _: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if self.due <= stamp.at {
            return Err(Refusal::NotInFuture { flag: "TIME", given: self.due });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.heard_from_us(stamp.at);
        status.promises.push(parts::PromisedTime {
            event: stamp.id.clone(),
            made_at: stamp.at,
            due: self.due,
            to: self.to.clone(),
            what: parts::PromiseTopic::Other(self.what.clone()),
            kept_at: None,
            explained_at: None,
        });
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().time("due", self.due).recipient("to", &self.to).text("what", &self.what)
    }
}

pub(super) fn any_open(status: &Status) -> Result<(), Refusal> {
    if status.open_promises().next().is_some() { Ok(()) } else { Err(none_open(status, None)) }
}

pub(super) fn still_open(status: &Status, event: &EventId) -> Result<(), Refusal> {
    let place = status.promises.iter().position(|promise| promise.event == *event);
    match place.and_then(|place| status.promises.get(place)) {
        Some(promise) if promise.is_open() => Ok(()),
        Some(_) | None => Err(none_open(status, place.map(|place| place + 1))),
    }
}

fn none_open(status: &Status, number: Option<usize>) -> Refusal {
    Refusal::NoPromise { number, open: status.open_promises().map(|(n, _)| n).collect() }
}

/// The promise with this number, counted from 1; without a number the only one that is open.
///
/// # Errors
/// [`Refusal::NoPromise`] with the open ones.
pub fn numbered(status: &Status, number: Option<usize>) -> Result<EventId, Refusal> {
    let found = if let Some(number) = number {
        number.checked_sub(1).and_then(|place| status.promises.get(place))
    } else {
        let mut open = status.open_promises();
        let first = open.next().map(|(_, promise)| promise);
        first.filter(|_| open.next().is_none())
    };
    found.map(|promise| promise.event.clone()).ok_or_else(|| none_open(status, number))
}
