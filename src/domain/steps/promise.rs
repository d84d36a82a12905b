//! `promise`, `kept`, `explain`: a time that the customer was promised (R18).

use serde::{Deserialize, Serialize};

use crate::domain::{
    event::Stamp,
    ids::ContactId,
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
    /// Number of the promise in the record, counted from 1.
    pub promise: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<ContactId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Channel>,
}

/// The customer is told why a promise cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explain {
    /// Number of the promise in the record, counted from 1.
    pub promise: usize,
    pub text: String,
}

impl Step for Promised {
    fn legal(&self, _: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if self.due <= stamp.at {
            return Err(Refusal::NotAhead {
                flag: "T",
                given: self.due,
            });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.times.contacted_at = Some(stamp.at);
        status.promises.push(status::Promise {
            made_at: stamp.at,
            due: self.due,
            to: self.to.clone(),
            what: status::Promised::Other(self.what.clone()),
            kept_at: None,
            explained_at: None,
        });
    }
}

impl Step for Kept {
    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        open_promise(status, self.promise)
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.promises[self.promise - 1].kept_at = Some(stamp.at);
        if self.told.is_some() {
            status.times.contacted_at = Some(stamp.at);
        }
    }
}

impl Step for Explain {
    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        open_promise(status, self.promise)
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.promises[self.promise - 1].explained_at = Some(stamp.at);
        status.times.contacted_at = Some(stamp.at);
    }
}

fn open_promise(status: &Status, number: usize) -> Result<(), Refusal> {
    let open: Vec<usize> = status.open_promises().map(|(number, _)| number).collect();
    if open.contains(&number) {
        Ok(())
    } else {
        Err(Refusal::NoPromise { number, open })
    }
}

/// The promise that is meant where no number is said: the only open one.
///
/// # Errors
/// [`Refusal::NoPromise`] with the open ones when there are none or several.
pub fn only_open(status: &Status) -> Result<usize, Refusal> {
    let open: Vec<usize> = status.open_promises().map(|(number, _)| number).collect();
    match open[..] {
        [number] => Ok(number),
        _ => Err(Refusal::NoPromise { number: 0, open }),
    }
}
