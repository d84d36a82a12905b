//! What the cache is asked: which records, which contacts, which words.

use rusqlite::{Connection, ToSql, types::Value};

use super::{Cache, Store, View, fill, tokens};
use crate::{
    domain::{
        analysis::kpi::EarlierFault,
        base::{
            ids::{ContactId, PersonId, UnitId},
            terms::{Channel, Kind, Level, State, Term},
            text::folded,
            time::Timestamp,
            zone::Zone,
        },
        history::{contact::phone_digits, record::Record},
    },
    store::{git::ids::BlobId, layout},
};

/// Which records are wanted; what is not said is not asked.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    pub unfinished: bool,
    /// Any of these; empty for all.
    pub states: Vec<State>,
    pub kind: Option<Kind>,
    pub level: Option<Level>,
    pub unit: Option<UnitId>,
    pub assignee: Option<PersonId>,
    pub owner: Option<PersonId>,
    /// Owns it or is responsible for it.
    pub mine: Option<PersonId>,
    /// Part of the customer's name.
    pub customer: Option<String>,
    pub channel: Option<Channel>,
    pub category: Option<String>,
    pub received_from: Option<Timestamp>,
    pub received_to: Option<Timestamp>,
    /// Unfinished, or something happened to it at this time or later.
    pub touched_since: Option<Timestamp>,
    /// Of any of these persons; empty for all.
    pub contacts: Vec<ContactId>,
    /// Unfinished; or set aside, disputed or renamed.
    pub for_board: bool,
    /// The newest so many; all if not said.
    pub newest: Option<usize>,
}

impl Selection {
    /// Whether a record is wanted: what the cache answers, asked of the record itself.
    pub fn has(&self, record: &Record) -> bool {
        let status = &record.status;
        let unfinished = status.state.is_unfinished();
        let is = |wanted: &Option<PersonId>, own: Option<&PersonId>| {
            wanted.as_ref().is_none_or(|wanted| own == Some(wanted))
        };
        let mine = |me: &PersonId| status.desk_owner == *me || status.assignee.as_ref() == Some(me);
        let of_contacts = |id: &ContactId| self.contacts.contains(id);
        (!self.unfinished || unfinished)
            && (!self.for_board || fill::is_on_board(record))
            && (self.states.is_empty() || self.states.contains(&status.state))
            && (self.contacts.is_empty() || status.contact.as_ref().is_some_and(of_contacts))
            && self.kind.is_none_or(|kind| status.kind == kind)
            && self.level.is_none_or(|level| status.level == Some(level))
            && self.unit.as_ref().is_none_or(|unit| status.unit.as_ref() == Some(unit))
            && is(&self.assignee, status.assignee.as_ref())
            && is(&self.owner, Some(&status.desk_owner))
            && self.mine.as_ref().is_none_or(mine)
            && self.customer.as_ref().is_none_or(|text| status.customer.contains(text.as_str()))
            && self.channel.as_ref().is_none_or(|channel| status.channel == *channel)
            && self.category.as_ref().is_none_or(|c| status.category.as_ref() == Some(c))
            && self.received_from.is_none_or(|from| status.received_at >= from)
            && self.received_to.is_none_or(|to| status.received_at <= to)
            && self
                .touched_since
                .is_none_or(|since| unfinished || fill::touched(record) >= since.unix())
    }
}

/// A record's file, with the record itself where the cache keeps it.
#[derive(Clone, Debug)]
pub struct ChosenFile {
    pub path: String,
    pub blob: BlobId,
    pub body: Option<String>,
    /// It is spelled as docket spells it.
    pub own: bool,
}

/// Files of records that were chosen, in the order of their paths, or newest first.
#[derive(Clone, Debug, Default)]
pub struct ChosenFiles {
    pub files: Vec<ChosenFile>,
    /// How many there are without the limit.
    pub total: usize,
    /// Files that cannot be read.
    pub broken: Vec<String>,
}

/// A record that may fit what was searched for.
#[derive(Clone, Debug)]
pub struct Match {
    pub path: String,
    pub blob: BlobId,
}

/// A condition with what is put in for its question marks.
#[derive(Default)]
struct Conditions {
    all: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    fn add(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.all.push(format!("({condition})"));
        self.values.extend(values);
    }

    fn text(&mut self, condition: &str, value: Option<&str>) {
        if let Some(value) = value {
            let times = condition.matches('?').count();
            self.add(condition, std::iter::repeat_n(Value::from(value.to_owned()), times));
        }
    }

    fn time(&mut self, condition: &str, value: Option<Timestamp>) {
        if let Some(value) = value {
            self.add(condition, [Value::from(value.unix())]);
        }
    }

    fn any<'a>(&mut self, column: &str, values: impl Iterator<Item = &'a str>) {
        let values: Vec<Value> = values.map(|value| Value::from(value.to_owned())).collect();
        if !values.is_empty() {
            let marks = vec!["?"; values.len()].join(", ");
            self.add(&format!("{column} IN ({marks})"), values);
        }
    }

    fn of(wanted: &Selection) -> Self {
        let mut own = Self::default();
        if wanted.unfinished {
            own.add("unfinished = 1", []);
        }
        if wanted.for_board {
            own.add("board", []);
        }
        own.any("state", wanted.states.iter().map(|state| state.code()));
        own.any("contact", wanted.contacts.iter().map(ContactId::as_str));
        own.text("kind = ?", wanted.kind.map(Term::code));
        own.text("level = ?", wanted.level.map(Term::code));
        own.text("unit = ?", wanted.unit.as_ref().map(UnitId::as_str));
        own.text("assignee = ?", wanted.assignee.as_ref().map(PersonId::as_str));
        own.text("owner = ?", wanted.owner.as_ref().map(PersonId::as_str));
        own.text("owner = ? OR assignee = ?", wanted.mine.as_ref().map(PersonId::as_str));
        own.text("instr(customer, ?) > 0", wanted.customer.as_deref());
        own.text("channel = ?", wanted.channel.as_ref().map(Channel::code));
        own.text("category = ?", wanted.category.as_deref());
        own.time("received >= ?", wanted.received_from);
        own.time("received <= ?", wanted.received_to);
        own.time("unfinished = 1 OR touched >= ?", wanted.touched_since);
        own
    }

    fn clause(&self) -> String {
        if self.all.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", self.all.join(" AND "))
        }
    }

    fn values(&self) -> Vec<&dyn ToSql> {
        self.values.iter().map(|value| value as &dyn ToSql).collect()
    }
}

fn choose(connection: &Connection, wanted: &Selection) -> rusqlite::Result<ChosenFiles> {
    let conditions = Conditions::of(wanted);
    let clause = conditions.clause();
    let order = match wanted.newest {
        Some(_) => "received DESC, id DESC",
        None if clause.is_empty() => "path",
        // the sign keeps the index of paths from being walked for the order alone
        None => "+path",
    };
    let limit = wanted.newest.map(|limit| format!("LIMIT {limit}")).unwrap_or_default();
    let text =
        format!("SELECT path, blob, body, own FROM record {clause} ORDER BY {order} {limit}");
    let mut ask = connection.prepare(&text)?;
    let files = ask
        .query_map(&conditions.values()[..], |row| {
            let (path, blob) = (row.get(0)?, blob(row.get(1)?));
            Ok(ChosenFile { path, blob, body: row.get(2)?, own: row.get(3)? })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let total = if wanted.newest.is_some_and(|limit| files.len() >= limit) {
        let text = format!("SELECT count(*) FROM record {clause}");
        connection.query_row(&text, &conditions.values()[..], |row| row.get::<_, i64>(0))?
    } else {
        i64::try_from(files.len()).unwrap_or(i64::MAX)
    };
    let mut broken = connection.prepare("SELECT path FROM broken WHERE folder = 'records'")?;
    let broken = broken.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(ChosenFiles { files, total: usize::try_from(total).unwrap_or(0), broken })
}

pub(super) fn blob(bytes: [u8; 20]) -> BlobId {
    BlobId::from_bytes(bytes)
}

fn search(
    connection: &Connection,
    words: &str,
    wanted: &Selection,
) -> rusqlite::Result<Vec<Match>> {
    let Some(asked) = tokens::query(words) else { return Ok(Vec::new()) };
    let mut conditions = Conditions::of(wanted);
    conditions.add("words MATCH ?", [Value::from(asked)]);
    let text = format!(
        "SELECT path, blob FROM words JOIN record ON record.row = words.rowid {} \
         ORDER BY bm25(words, 8.0, 1.0), received DESC",
        conditions.clause()
    );
    let mut ask = connection.prepare(&text)?;
    ask.query_map(&conditions.values()[..], |row| {
        Ok(Match { path: row.get(0)?, blob: blob(row.get(1)?) })
    })?
    .collect()
}

fn ids<T: std::str::FromStr>(
    connection: &Connection,
    text: &str,
    values: &[&dyn ToSql],
) -> rusqlite::Result<Vec<T>> {
    let mut ask = connection.prepare(text)?;
    let found = ask.query_map(values, |row| row.get::<_, String>(0))?;
    Ok(found
        .collect::<rusqlite::Result<Vec<_>>>()?
        .iter()
        .filter_map(|id| id.parse().ok())
        .collect())
}

impl Store {
    /// The files of the records that are wanted; `None` where the cache cannot say.
    pub fn choose(
        &self,
        view: &View<'_>,
        wanted: &Selection,
        on_progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Option<ChosenFiles> {
        self.asked(view, on_progress, |connection| choose(connection, wanted))
    }

    /// Faults that came in at this time or later, neither cancelled nor merged; `None` where the
    /// cache cannot say.
    pub fn faults(
        &self,
        view: &View<'_>,
        since: Timestamp,
        zone: Zone,
    ) -> Option<Vec<EarlierFault>> {
        self.asked(view, &|_, _| {}, |connection| {
            let text = "SELECT customer, product, category, received FROM record
                WHERE received >= ?1 AND kind = 'fault' AND category IS NOT NULL
                AND state NOT IN ('cancelled', 'merged')";
            let mut ask = connection.prepare(text)?;
            let found = ask.query_map([since.unix()], |row| {
                let received_at = Timestamp::from_unix(row.get(3)?, zone).unwrap_or_default();
                let (customer, product) = (row.get(0)?, row.get(1)?);
                Ok(EarlierFault { customer, product, category: row.get(2)?, received_at })
            })?;
            found.collect()
        })
    }

    /// The records whose words fit, the best first; `None` where the cache cannot say.
    pub fn search(
        &self,
        view: &View<'_>,
        words: &str,
        wanted: &Selection,
        on_progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Option<Vec<Match>> {
        self.asked(view, on_progress, |connection| search(connection, words, wanted))
    }

    /// Contacts that may be called so, by name or by phone; `None` where the cache cannot say. As
    /// with [`Self::tails`].
    pub fn called(&self, view: &View<'_>, name: &str) -> Option<Vec<ContactId>> {
        let digits = phone_digits(name);
        let digits = if digits.len() < 5 { "-".to_owned() } else { digits };
        let (Cache { connection, .. }, since) = &self.behind(view)?;
        let broken: i64 = connection
            .query_row("SELECT count(*) FROM broken WHERE folder = 'contacts'", [], |row| {
                row.get(0)
            })
            .ok()?;
        if broken > 0 {
            return None;
        }
        let text = "SELECT id FROM contact WHERE name = ?1 OR digits = ?2 ORDER BY path";
        let mut found: Vec<ContactId> = ids(connection, text, &[&folded(name), &digits]).ok()?;
        for change in since {
            if layout::record_of(&change.path).is_some() {
                continue;
            }
            // whoever asks reads them, and sees who is called so
            let id = layout::contact_of(&change.path)?;
            if !found.contains(&id) && change.new.is_some() {
                found.push(id);
            }
        }
        found.sort();
        Some(found)
    }
}
