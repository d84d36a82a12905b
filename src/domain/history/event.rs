//! One entry of a record's history.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, MapAccess, Visitor},
};
use serde_json::{Map, Value};

use crate::domain::{
    base::{
        ids::{EventId, PersonId},
        terms::{Channel, Role},
        time::Timestamp,
    },
    history::{intake::Reference, steps::Act},
};

/// Version of replay, actions, fields and decisions that this program writes. An event keeps the
/// meaning of the version that it bears; what came with a later one is asked of those alone:
///
/// 2. Nobody is given what they have been given and not accepted yet; how a complaint ends is no end
///    of another kind.
pub const RULES: u32 = 2;
/// Version of the record format that this program writes.
pub const FORMAT: u32 = 1;

/// Something that happened to a record, exactly as it was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    #[serde(flatten)]
    pub stamp: Stamp,
    #[serde(flatten)]
    pub act: Act,
}

/// Who did it and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stamp {
    pub id: EventId,
    /// 1 + the greatest number that the writer saw in the record.
    pub n: u32,
    /// When it happened.
    pub at: Timestamp,
    /// When it was entered.
    pub recorded_at: Timestamp,
    /// Who entered it: the author of the commit.
    pub by: PersonId,
    /// The role that permitted it.
    pub role: Role,
    /// Whose deed it is, where the desk entered it for somebody without a shell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told_by: Option<PersonId>,
    /// How that person told the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told_via: Option<Channel>,
    pub rules: u32,
    /// Why it was entered late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_because: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Why personal data in its texts is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personal: Option<String>,
    /// The complaint that this event opened in the same commit (R77, R78).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<Reference>,
}

impl Stamp {
    /// Whose deed it is: who told the desk, else who entered it.
    pub fn actor(&self) -> &PersonId {
        self.told_by.as_ref().unwrap_or(&self.by)
    }
}

impl Event {
    /// The order of events in every clone.
    pub fn order(&self) -> (u32, &EventId) {
        (self.stamp.n, &self.stamp.id)
    }
}

/// An event is read entry by entry: who and when into its place, the rest for the step that `action`
/// names. (What serde derives for flattened parts would copy every text twice, and events are most
/// of what is read.)
impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

struct Entries;

/// A short text that need not be copied to be looked at.
#[derive(Deserialize)]
#[serde(transparent)]
struct EventKey<'k>(#[serde(borrow)] Cow<'k, str>);

impl<'de> Visitor<'de> for Entries {
    type Value = Event;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Event, A::Error> {
        let (mut id, mut n, mut at, mut recorded_at) = (None, None, None, None);
        let (mut by, mut role, mut rules, mut action) = (None, None, None, None);
        let (mut told_by, mut told_via, mut late_because) = (None, None, None);
        let (mut note, mut personal, mut opened) = (None, None, None);
        let mut rest = Map::new();
        while let Some(EventKey(key)) = entries.next_key()? {
            match &*key {
                "id" => id = Some(entries.next_value()?),
                "n" => n = Some(entries.next_value()?),
                "at" => at = Some(entries.next_value()?),
                "recorded_at" => recorded_at = Some(entries.next_value()?),
                "by" => by = Some(entries.next_value()?),
                "role" => role = Some(entries.next_value()?),
                "told_by" => told_by = entries.next_value()?,
                "told_via" => told_via = entries.next_value()?,
                "rules" => rules = Some(entries.next_value()?),
                "late_because" => late_because = entries.next_value()?,
                "note" => note = entries.next_value()?,
                "personal" => personal = entries.next_value()?,
                "opened" => opened = entries.next_value()?,
                "action" => action = Some(entries.next_value::<EventKey<'de>>()?.0),
                _ => {
                    let value: Value = entries.next_value()?;
                    rest.insert(key.into_owned(), value);
                }
            }
        }
        let missing = A::Error::missing_field;
        let action = action.ok_or_else(|| missing("action"))?;
        Ok(Event {
            stamp: Stamp {
                id: id.ok_or_else(|| missing("id"))?,
                n: n.ok_or_else(|| missing("n"))?,
                at: at.ok_or_else(|| missing("at"))?,
                recorded_at: recorded_at.ok_or_else(|| missing("recorded_at"))?,
                by: by.ok_or_else(|| missing("by"))?,
                role: role.ok_or_else(|| missing("role"))?,
                told_by,
                told_via,
                rules: rules.ok_or_else(|| missing("rules"))?,
                late_because,
                note,
                personal,
                opened,
            },
            act: Act::from_fields(&action, rest)?,
        })
    }
}
