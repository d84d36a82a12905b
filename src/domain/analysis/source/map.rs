//! How the columns of another system's file become records: the content of a `MAP.yaml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::base::{
    ids::{PersonId, UnitId},
    terms::State,
};

/// The whole map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnMap {
    /// What the other system is called.
    pub system: String,
    /// How its times are written, in the letters of `date` and `strftime`.
    pub time_format: String,
    /// The zone of its times; the desk's own where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// What stands in a cell that says nothing, besides nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub empty: Vec<String>,
    pub record: OpeningColumns,
    pub entry: EventColumns,
    /// Units of the other system, by their ids here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub units: BTreeMap<String, UnitId>,
    /// People of the other system, by their ids here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub people: BTreeMap<String, PersonId>,
}

/// What was told when a record was opened, read from its first row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningColumns {
    /// The other system's number; rows with the same number are one record.
    pub number: ValueSource,
    pub received_at: ValueSource,
    pub kind: ValueSource,
    pub channel: ValueSource,
    pub customer: ValueSource,
    /// The customer's person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<ValueSource>,
    pub title: ValueSource,
    pub reported: ValueSource,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<ValueSource>,
}

/// What each row tells of the record's way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventColumns {
    /// When it was so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<ValueSource>,
    /// The state it was in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ValueSource>,
    /// For files with one row a record: when each state was reached.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub times: BTreeMap<State, ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<ValueSource>,
    /// The first entry in one of these states counts as the first substantive reply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replied_in: Vec<State>,
    /// How and when the matter was solved, read in rows that are resolved or beyond.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<ValueSource>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ValueSource {
    /// Text, with the cells of columns where they stand in braces: `{category}, {location}`.
    Text(String),
    /// Such a text, with what stands for it where all of its cells are empty.
    Or { text: String, otherwise: String },
    /// A column whose cells mean something else here.
    Meaning {
        column: String,
        values: BTreeMap<String, String>,
        /// For cells that are not among the values.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        otherwise: Option<String>,
    },
}

impl ValueSource {
    /// The columns that it reads.
    pub(super) fn columns(&self) -> Vec<&str> {
        match self {
            Self::Meaning { column, .. } => vec![column],
            Self::Text(text) | Self::Or { text, .. } => text
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}'))
                .map(|(column, _)| column)
                .collect(),
        }
    }
}

impl ColumnMap {
    /// Every field of the map.
    pub(super) fn fields(&self) -> impl Iterator<Item = &ValueSource> {
        let map = &self.record;
        let always = [
            &map.number,
            &map.received_at,
            &map.kind,
            &map.channel,
            &map.customer,
            &map.title,
            &map.reported,
        ];
        let entry = &self.entry;
        let perhaps = [
            &map.name,
            &map.need,
            &map.category,
            &map.product,
            &map.impact,
            &map.urgency,
            &entry.at,
            &entry.state,
            &entry.unit,
            &entry.person,
            &entry.done_at,
            &entry.code,
            &entry.result,
            &entry.cause,
        ];
        always.into_iter().chain(perhaps.into_iter().flatten()).chain(entry.times.values())
    }
}
