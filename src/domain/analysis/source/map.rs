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
    /// How its times are written, in the letters of `date` and `strftime`: one way or several.
    pub time_format: TimeFormats,
    /// The zone of times that name no offset, or a column in braces that names it; the desk's own
    /// where none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// Which of the two is meant where the clock was put back; without it such a time is reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubled_hour: Option<DoubledHour>,
    /// What separates the cells, where the first line does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub separator: Option<Separator>,
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
    /// Products of the other system, by their ids here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub products: BTreeMap<String, String>,
    /// Categories of the other system, by their ids here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, String>,
}

/// One way to write a time, or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TimeFormats {
    One(TimeFormat),
    Several(Vec<TimeFormat>),
}

/// A way to write a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TimeFormat {
    Plain(String),
    /// With a zone of its own.
    Zoned {
        format: String,
        timezone: String,
    },
}

/// Which of two instants a time means that a clock showed twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoubledHour {
    First,
    Second,
}

/// What stands between the cells of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    Comma,
    Semicolon,
    Tab,
    Bar,
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<ValueSource>,
    pub title: ValueSource,
    pub reported: ValueSource,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<ValueSource>,
    /// A category of the desk, by id or name, or by what `categories` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<ValueSource>,
    /// A product of the desk, by id or name, or by what `products` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<ValueSource>,
    /// The due times that the other system had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respond_due: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolve_due: Option<ValueSource>,
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
    /// Who is responsible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<ValueSource>,
    /// Why the work waits, in rows that are pending: a pause reason of the desk's policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ValueSource>,
    /// The first entry in one of these states counts as the first substantive reply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replied_in: Vec<State>,
    /// When the customer got the first substantive reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replied_at: Option<ValueSource>,
    /// How and when the matter was solved, read in rows that are resolved or beyond.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<ValueSource>,
    /// Who solved it; whom else a row names that is resolved, never whom one names that is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solved_by: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<ValueSource>,
    /// What the customer said of it, read in rows that are resolved or beyond.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<ValueSource>,
    /// What was noted, for the team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<ValueSource>,
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

impl Separator {
    /// Every separator, the commonest first.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];

    /// The character.
    pub fn character(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
            Self::Bar => '|',
        }
    }
}

impl TimeFormats {
    pub(super) fn all(&self) -> &[TimeFormat] {
        match self {
            Self::One(format) => std::slice::from_ref(format),
            Self::Several(formats) => formats,
        }
    }
}

impl TimeFormat {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Plain(format) | Self::Zoned { format, .. } => format,
        }
    }

    pub(super) fn zone(&self) -> Option<&str> {
        match self {
            Self::Plain(_) => None,
            Self::Zoned { timezone, .. } => Some(timezone),
        }
    }
}

/// The columns that stand in braces in a text.
pub(super) fn columns_in(text: &str) -> Vec<&str> {
    let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
    parts.map(|(column, _)| column).collect()
}

impl ValueSource {
    /// The columns that it reads.
    pub(super) fn columns(&self) -> Vec<&str> {
        match self {
            Self::Meaning { column, .. } => vec![column],
            Self::Text(text) | Self::Or { text, .. } => columns_in(text),
        }
    }

    /// What it may give whatever stands in the cells.
    pub(super) fn constants(&self) -> Vec<&str> {
        match self {
            Self::Text(text) if text.contains('{') => Vec::new(),
            Self::Text(text) => vec![text],
            Self::Or { otherwise, .. } => vec![otherwise],
            Self::Meaning { values, otherwise, .. } => {
                values.values().chain(otherwise).map(String::as_str).collect()
            }
        }
    }
}

impl ColumnMap {
    /// Every column that the map reads.
    pub fn columns(&self) -> Vec<&str> {
        let zone = self.timezone.as_deref().map(columns_in).unwrap_or_default();
        self.fields().flat_map(ValueSource::columns).chain(zone).collect()
    }

    /// The states that the map gives to rows.
    pub(super) fn states(&self) -> Vec<State> {
        use crate::domain::base::terms::Term as _;

        let told = self.entry.state.iter().flat_map(ValueSource::constants);
        told.filter_map(State::from_code).chain(self.entry.times.keys().copied()).collect()
    }

    /// Every field of the map.
    fn fields(&self) -> impl Iterator<Item = &ValueSource> {
        let (map, entry) = (&self.record, &self.entry);
        let always = [
            &map.number,
            &map.received_at,
            &map.kind,
            &map.channel,
            &map.customer,
            &map.title,
            &map.reported,
        ];
        let perhaps = [
            &map.name,
            &map.phone,
            &map.email,
            &map.need,
            &map.category,
            &map.product,
            &map.impact,
            &map.urgency,
            &map.level,
            &map.respond_due,
            &map.resolve_due,
            &entry.at,
            &entry.state,
            &entry.unit,
            &entry.person,
            &entry.reason,
            &entry.replied_at,
            &entry.done_at,
            &entry.solved_by,
            &entry.code,
            &entry.result,
            &entry.cause,
            &entry.satisfaction,
            &entry.note,
        ];
        always.into_iter().chain(perhaps.into_iter().flatten()).chain(entry.times.values())
    }
}
