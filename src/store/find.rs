//! Which record somebody means.

use std::{convert::Infallible, str::FromStr};

use crate::{
    domain::{
        ids::{RecordId, read_tail},
        nearest::nearest,
    },
    store::{
        error::{Error, Result},
        layout,
        view::View,
    },
    words::half_width,
};

/// The shortest tail by which a record may be changed.
const SHORTEST: usize = 4;

/// A record as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordRef {
    /// The record that this person touched last in this clone.
    Last,
    Full(RecordId),
    /// The end of an id, in upper case.
    Tail(String),
}

/// What the record is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Look,
    Change,
}

impl FromStr for RecordRef {
    type Err = Infallible;

    fn from_str(typed: &str) -> std::result::Result<Self, Infallible> {
        let upper = half_width(typed.trim());
        let upper = upper.trim_start_matches('#').to_uppercase();
        if upper == "LAST" {
            return Ok(Self::Last);
        }
        Ok(upper.parse().map_or(Self::Tail(upper), Self::Full))
    }
}

impl View<'_> {
    /// The one record with this id or tail. A full id costs one look into the tree, a tail a walk
    /// over the names.
    ///
    /// # Errors
    /// No such record (with the nearest ids), several, or a tail too short to change a record by.
    pub fn find(
        &self,
        wanted: &RecordRef,
        last: Option<&RecordId>,
        purpose: Purpose,
    ) -> Result<RecordId> {
        let tail = match wanted {
            RecordRef::Full(id) => {
                if self.snapshot.blob_id(&layout::record(id))?.is_some() {
                    return Ok(id.clone());
                }
                id.as_str()
            }
            RecordRef::Last => {
                return last.cloned().ok_or_else(|| Error::NoRecord {
                    given: "last".to_owned(),
                    nearest: Vec::new(),
                });
            }
            RecordRef::Tail(tail) => tail,
        };
        let ids = self.record_ids()?;
        let mut found: Vec<&RecordId> = ids.iter().filter(|id| ends_with(id, tail)).collect();
        match found[..] {
            [] => Err(Error::NoRecord { given: tail.to_owned(), nearest: like(tail, &ids) }),
            [_] if purpose == Purpose::Change && tail.chars().count() < SHORTEST => {
                Err(Error::ShortTail { given: tail.to_owned() })
            }
            [id] => Ok(id.clone()),
            _ => {
                found.sort_by(|a, b| b.cmp(a));
                let records = found.into_iter().take(20).map(ToString::to_string).collect();
                Err(Error::Ambiguous { given: tail.to_owned(), records })
            }
        }
    }
}

fn ends_with(id: &RecordId, tail: &str) -> bool {
    !tail.is_empty()
        && (id.as_str().ends_with(tail)
            || read_tail(tail).is_some_and(|read| id.tail().ends_with(&read)))
}

/// The ids whose tails are nearest to what was typed.
fn like(tail: &str, ids: &[RecordId]) -> Vec<String> {
    let typed = tail.rsplit('-').next().unwrap_or(tail);
    let near = nearest(typed, ids.iter().map(RecordId::tail));
    let named = |near: &String| ids.iter().find(|id| id.tail() == near).map(ToString::to_string);
    near.iter().filter_map(named).collect()
}
