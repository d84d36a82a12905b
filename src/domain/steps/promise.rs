//! `promise`, `kept`, `explain`: a time that the customer was promised (R18).

use serde::{Deserialize, Serialize};

use crate::domain::{
    event::Stamp,
    ids::{ContactId, EventId},
    refusal::Refusal,
    status::{self, Status},
    steps::Step,
    terms::Channel,
    time::Timestamp,
};

/// A time is promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promised {
    pub due: Timestamp,
    pub to: ContactId,
    pub what: String,
}

/// A promise is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The event that made the promise.
    pub promise: EventId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<ContactId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Channel>,
}

/// The customer is told why a promise cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explain {
    /// The event that made the promise.
    pub promise: EventId,
    pub text: String,
}

impl Step for Promised {
    fn legal(&self, _: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if self.due <= stamp.at {
            return Err(Refusal::NotAhead { flag: "T", given: self.due });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.heard(stamp.at);
        status.promises.push(status::parts::Promise {
            event: stamp.id.clone(),
            made_at: stamp.at,
            due: self.due,
            to: self.to.clone(),
            what: status::parts::Promised::Other(self.what.clone()),
            kept_at: None,
            explained_at: None,
        });
    }
}

impl Step for Kept {
    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        still_open(status, &self.promise)
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        for promise in status.promises.iter_mut().filter(|made| made.event == self.promise) {
            promise.kept_at = Some(stamp.at);
        }
        if self.told.is_some() {
            status.heard(stamp.at);
        }
    }
}

impl Step for Explain {
    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        still_open(status, &self.promise)
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        for promise in status.promises.iter_mut().filter(|made| made.event == self.promise) {
            promise.explained_at = Some(stamp.at);
        }
        status.heard(stamp.at);
    }
}

fn still_open(status: &Status, event: &EventId) -> Result<(), Refusal> {
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
