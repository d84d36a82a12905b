//! What the cache is asked: which records, which contacts, which words.

use std::collections::BTreeSet;

use rusqlite::{Connection, ToSql, types::Value};

use super::{Cache, Store, View, fill::in_persons, tokens};
use crate::{
    domain::{
        analysis::kpi::EarlierFault,
        base::{
            ids::{ContactId, PersonId, RecordId},
            terms::{SortKey, Term},
            text::folded,
            time::Timestamp,
            zone::Zone,
        },
        history::{reach::reach_key, status::Occupation},
    },
    store::{
        git::ids::BlobId,
        layout,
        selection::{Condition, Selection},
    },
};

/// A record's file, with the record itself where the cache keeps it.
#[derive(Clone, Debug)]
pub struct ChosenFile {
    pub path: String,
    pub blob: BlobId,
    /// As JSON, as much of it as was asked for.
    pub body: Option<String>,
    /// It is spelled as docket spells it.
    pub own: bool,
    /// Another record has the same tail.
    pub has_twin: bool,
}

/// How much of each record is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    Whole,
    /// What lists show of it.
    Summary,
}

/// Files of records that were chosen, in the order of the selection.
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

    fn text(&mut self, condition: &str, value: &str) {
        let times = condition.matches('?').count();
        self.add(condition, std::iter::repeat_n(Value::from(value.to_owned()), times));
    }

    fn time(&mut self, condition: &str, value: Timestamp) {
        self.add(condition, [Value::from(value.unix())]);
    }

    fn any<'a>(&mut self, column: &str, values: impl Iterator<Item = &'a str>) {
        let values: Vec<Value> = values.map(|value| Value::from(value.to_owned())).collect();
        let marks = vec!["?"; values.len()].join(", ");
        self.add(&format!("{column} IN ({marks})"), values);
    }

    fn of(wanted: &Selection) -> Self {
        let mut own = Self::default();
        for condition in &wanted.conditions {
            own.ask(condition);
        }
        own
    }

    /// What [`Selection::has`] asks of a record itself.
    fn ask(&mut self, condition: &Condition) {
        match condition {
            Condition::Unfinished => self.add("unfinished = 1", []),
            Condition::OnBoard => self.add("board", []),
            Condition::State(states) => self.any("state", states.iter().map(|state| state.code())),
            Condition::Kind(kind) => self.text("kind = ?", kind.code()),
            Condition::Level(level) => self.text("level = ?", level.code()),
            Condition::Unit(unit) => self.text("unit = ?", unit.as_str()),
            Condition::Assignee(person) => self.text("assignee = ?", person.as_str()),
            Condition::Owner(person) => self.text("owner = ?", person.as_str()),
            Condition::OwnerOrAssignee(person) => {
                self.text("owner = ? OR assignee = ?", person.as_str());
            }
            Condition::Customer { part, names } => {
                let marks = vec!["?"; names.len()].join(", ");
                let holds = part.as_ref().map_or("", |_| "instr(customer, ?) > 0 OR ");
                let condition = format!("{holds}called IN ({marks})");
                let values = part.iter().chain(names).map(|text| Value::from(text.clone()));
                self.add(&condition, values);
            }
            Condition::Contact(contacts) => {
                self.any("contact", contacts.iter().map(ContactId::as_str));
            }
            Condition::Channel(channel) => self.text("channel = ?", channel.code()),
            Condition::Category(category) => self.text("category = ?", category),
            Condition::Reference(number) => self.text("reference = ?", &folded(number)),
            Condition::Content(hash) => {
                self.text("contents IS NOT NULL AND instr(contents, ?) > 0", hash);
            }
            Condition::ReceivedFrom(from) => self.time("received >= ?", *from),
            Condition::ReceivedTo(to) => self.time("received <= ?", *to),
            Condition::Overdue(now) => self.time("due < ?", *now),
            Condition::TouchedSince(since) => {
                self.time("unfinished = 1 OR touched >= ?", *since);
            }
        }
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

/// As [`SortKey`] sorts the records themselves.
fn order(key: SortKey) -> &'static str {
    match key {
        SortKey::Received => "received DESC, id DESC",
        SortKey::Due => "due IS NULL, coalesce(due, received), received DESC, id DESC",
        SortKey::Updated => "updated DESC, received DESC, id DESC",
        SortKey::Priority => "priority IS NULL, priority, received DESC, id DESC",
        SortKey::Customer => "customer, received DESC, id DESC",
    }
}

fn choose(
    connection: &Connection,
    wanted: &Selection,
    extent: Extent,
) -> rusqlite::Result<ChosenFiles> {
    let conditions = Conditions::of(wanted);
    let clause = conditions.clause();
    let order = match wanted.order {
        Some(key) => order(key),
        None if clause.is_empty() => "path",
        // the sign keeps the index of paths from being walked for the order alone
        None => "+path",
    };
    let limit = wanted
        .limit
        .map(|limit| format!("LIMIT {}", i64::try_from(limit).unwrap_or(i64::MAX)))
        .unwrap_or_default();
    let body = match extent {
        Extent::Whole => "body",
        Extent::Summary => "summary",
    };
    let twin = "EXISTS (SELECT 1 FROM twin WHERE twin.tail = record.tail)";
    let text = format!(
        "SELECT path, blob, {body}, own, {twin} FROM record {clause} ORDER BY {order} {limit}"
    );
    let mut ask = connection.prepare(&text)?;
    let files = ask
        .query_map(&conditions.values()[..], |row| {
            let (path, blob) = (row.get(0)?, blob(row.get(1)?));
            let (body, own, has_twin) = (row.get(2)?, row.get(3)?, row.get(4)?);
            Ok(ChosenFile { path, blob, body, own, has_twin })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let total = if wanted.limit.is_some_and(|limit| files.len() >= limit) {
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
         ORDER BY bm25(words, 8.0, 1.0), received DESC, record.path DESC",
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
        extent: Extent,
        on_progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Option<ChosenFiles> {
        self.asked(view, on_progress, |connection| choose(connection, wanted, extent))
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

    /// Records that may lead to this one; `None` where the cache cannot say. As with
    /// [`Self::tails`].
    pub(in crate::store) fn likely_parts(
        &self,
        view: &View<'_>,
        whole: &RecordId,
    ) -> Option<Vec<RecordId>> {
        self.named_in(view, "SELECT id FROM part WHERE whole = ?1", whole.as_str())
    }

    /// Records for which an engineer may be at work; `None` where the cache cannot say.
    pub(in crate::store) fn likely_occupied(
        &self,
        view: &View<'_>,
        engineer: &PersonId,
        with: Occupation,
    ) -> Option<Vec<RecordId>> {
        let question = match with {
            Occupation::Visit => {
                "SELECT id FROM occupied WHERE engineer = ?1 AND occupation = 'visit'"
            }
            Occupation::Remote => {
                "SELECT id FROM occupied WHERE engineer = ?1 AND occupation = 'remote'"
            }
        };
        self.named_in(view, question, engineer.as_str())
    }

    /// The records that a question finds by a word, and those that changed since and hold it.
    fn named_in(&self, view: &View<'_>, question: &str, word: &str) -> Option<Vec<RecordId>> {
        let (Cache { connection, .. }, since) = &self.behind(view)?;
        let found: Vec<RecordId> = ids(connection, question, &[&word]).ok()?;
        let changed = since.iter().filter(|change| change.new.is_some());
        let changed = changed.filter(|change| view.holds(&change.path, word));
        let changed = changed.filter_map(|change| layout::record_of(&change.path));
        // whoever asks reads them, and sees which are meant
        let all: BTreeSet<RecordId> = found.into_iter().chain(changed).collect();
        Some(all.into_iter().collect())
    }

    /// Contacts that may be called so, by name, number or address; `None` where the cache cannot say. As
    /// with [`Self::tails`].
    pub fn contacts_named(&self, view: &View<'_>, name: &str) -> Option<Vec<ContactId>> {
        let text = "SELECT id FROM person WHERE name = ?1
                    UNION SELECT id FROM reach WHERE key = ?2";
        self.contacts_by(view, text, &[&folded(name), &reach_key(name)])
    }

    /// Contacts in whose name this stands; `None` where the cache cannot say. As with
    /// [`Self::tails`].
    pub fn contacts_holding(&self, view: &View<'_>, part: &str) -> Option<Vec<ContactId>> {
        let text = "SELECT id FROM person WHERE instr(name, ?1) > 0";
        self.contacts_by(view, text, &[&folded(part)])
    }

    /// Contacts of a customer that is known by these names, folded, in whose own name a part stands; `None`
    /// where the cache cannot say. As with [`Self::tails`].
    pub fn contacts_of(
        &self,
        view: &View<'_>,
        customer: &[String],
        part: &str,
    ) -> Option<Vec<ContactId>> {
        let marks = vec!["?"; customer.len()].join(", ");
        let text = format!(
            "SELECT contact.id FROM contact LEFT JOIN person ON person.id = contact.id
             WHERE called IN ({marks}) AND instr(ifnull(name, ''), ?) > 0"
        );
        let part = folded(part);
        let values = customer.iter().chain([&part]).map(|it| it as &dyn ToSql);
        self.contacts_by(view, &text, &values.collect::<Vec<_>>())
    }

    /// Contacts that lead to others; `None` where the cache cannot say. As with [`Self::tails`].
    pub fn contacts_merged(&self, view: &View<'_>) -> Option<Vec<ContactId>> {
        self.contacts_by(view, "SELECT id FROM contact WHERE merged", &[])
    }

    /// A contact of each customer in whose name this stands; `None` where the cache cannot say. As with
    /// [`Self::tails`].
    pub fn customers_holding(&self, view: &View<'_>, part: &str) -> Option<Vec<ContactId>> {
        let text = "SELECT min(id) FROM contact WHERE instr(called, ?1) > 0 GROUP BY customer";
        self.contacts_by(view, text, &[&folded(part)])
    }

    /// The customers of all contacts as the cache knew them when it was filled last, to suggest one by,
    /// and the contacts that changed since; `None` where it cannot say.
    pub fn customers(&self, view: &View<'_>) -> Option<(BTreeSet<String>, Vec<ContactId>)> {
        let changed = self.contacts_by(view, "SELECT id FROM contact WHERE false", &[])?;
        let (Cache { connection, .. }, _) = &self.behind(view)?;
        let mut query = connection.prepare("SELECT DISTINCT customer FROM contact").ok()?;
        let spelled = query.query_map([], |row| row.get(0)).ok()?;
        Some((spelled.collect::<rusqlite::Result<_>>().ok()?, changed))
    }

    /// What the customers of records are called in them; `None` where the cache cannot say.
    pub fn customers_of_records(&self, view: &View<'_>) -> Option<BTreeSet<String>> {
        let (Cache { connection, .. }, since) = &self.behind(view)?;
        let mut query = connection.prepare("SELECT DISTINCT customer FROM record").ok()?;
        let rows = query.query_map([], |row| row.get::<_, String>(0)).ok()?;
        let mut called = rows.collect::<rusqlite::Result<BTreeSet<String>>>().ok()?;
        for id in since.iter().filter_map(|change| layout::record_of(&change.path)) {
            // one that cannot be read is told of by whoever reads it
            let record = view.record(&id).ok().flatten();
            called.extend(record.map(|record| record.status.customer));
        }
        Some(called)
    }

    fn contacts_by(
        &self,
        view: &View<'_>,
        text: &str,
        values: &[&dyn ToSql],
    ) -> Option<Vec<ContactId>> {
        let (Cache { connection, .. }, since) = &self.behind(view)?;
        let broken: i64 = connection
            .query_row("SELECT count(*) FROM broken WHERE folder = 'contacts'", [], |row| {
                row.get(0)
            })
            .ok()?;
        if broken > 0 {
            return None;
        }
        let mut found: Vec<ContactId> = ids(connection, text, values).ok()?;
        for change in since {
            if layout::record_of(&change.path).is_some() {
                continue;
            }
            // whoever asks reads them, and sees who is called so
            let id = match in_persons(&change.path) {
                // what is no person's file names nobody
                Some(path) => match layout::person_of(path) {
                    Some(id) => id,
                    None => continue,
                },
                None => layout::contact_of(&change.path)?,
            };
            if !found.contains(&id) && change.new.is_some() {
                found.push(id);
            }
        }
        found.sort();
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path, sync::LazyLock};

    use chrono::NaiveDate;
    use proptest::{
        collection::vec,
        option,
        prelude::{Just, ProptestConfig, Strategy, any, prop_assert_eq, prop_oneof, proptest},
        sample::select,
    };

    use super::*;
    use crate::{
        domain::{
            base::{
                ids::RecordId,
                terms::{Level, State},
            },
            history::{intake::DueAt, record::Record},
        },
        store::{cache::fill, layout, yaml},
    };

    /// Minutes and customers so few that many records have the same.
    const CUSTOMERS: [&str; 4] = ["Harbour Hotel", "harbour", "海港酒店", "Éclair"];

    /// Records of every kind of history.
    static SAMPLES: LazyLock<Vec<Record>> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/rules-1");
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let texts = files.filter(|path| path.extension().is_some_and(|ending| ending == "yaml"));
        texts.filter_map(|path| yaml::from_slice(&fs::read(path).unwrap()).ok()).collect()
    });

    fn time(minute: u8) -> Timestamp {
        Timestamp::from_unix(1_800_000_000 + i64::from(minute) * 60, Zone::UTC).unwrap()
    }

    fn states() -> impl Strategy<Value = State> {
        select(State::ALL)
    }

    fn record() -> impl Strategy<Value = Record> {
        let ours = (states(), 0..4_u8, 0..4_u8, 0..4_usize);
        let times = (option::of(0..4_u8), any::<bool>());
        let of = (any::<proptest::sample::Index>(), any::<u32>());
        (of, ours, times, option::of(1..4_u8)).prop_map(
            |((nth, bits), (state, received, changed, customer), (due, done), priority)| {
                let mut record = nth.get(&SAMPLES).clone();
                record.id = RecordId::new("R", time(0).date(), u64::from(bits));
                let status = &mut record.status;
                status.state = state;
                status.received_at = time(received);
                status.times.last_at = time(changed);
                status.customer = CUSTOMERS[customer].to_owned();
                status.due.resolve = due.map(|minute| DueAt::At(time(minute)));
                status.priority = priority;
                if !done {
                    status.resolution = None;
                }
                record
            },
        )
    }

    /// A condition out of what a record itself says, so that it often holds.
    fn condition() -> impl Strategy<Value = Condition> {
        let about = |of: fn(&Record) -> Option<Condition>| {
            any::<proptest::sample::Index>().prop_map(move |nth| {
                let fitting: Vec<_> = SAMPLES.iter().filter_map(of).collect();
                nth.get(&fitting).clone()
            })
        };
        prop_oneof![
            Just(Condition::Unfinished),
            Just(Condition::OnBoard),
            vec(states(), 1..4).prop_map(Condition::State),
            select(Level::ALL).prop_map(Condition::Level),
            select(&["Harbour", "港", "É", "%"][..]).prop_map(|part| Condition::Customer {
                part: Some(part.to_owned()),
                names: Vec::new()
            }),
            about(|record| {
                let names = vec![folded(&record.status.customer)];
                Some(Condition::Customer { part: None, names })
            }),
            about(|record| Some(Condition::Kind(record.status.kind))),
            about(|record| record.status.unit.clone().map(Condition::Unit)),
            about(|record| record.status.assignee.clone().map(Condition::Assignee)),
            about(|record| Some(Condition::Owner(record.status.desk_owner.clone()))),
            about(|record| Some(Condition::OwnerOrAssignee(record.status.desk_owner.clone()))),
            about(|record| record.status.contact.clone().map(|id| Condition::Contact(vec![id]))),
            about(|record| Some(Condition::Channel(record.status.channel.clone()))),
            about(|record| record.status.category.clone().map(Condition::Category)),
            (0..4_u8).prop_map(|minute| Condition::ReceivedFrom(time(minute))),
            (0..4_u8).prop_map(|minute| Condition::ReceivedTo(time(minute))),
            (0..4_u8).prop_map(|minute| Condition::Overdue(time(minute))),
            (0..4_u8).prop_map(|minute| Condition::TouchedSince(time(minute))),
        ]
    }

    #[test]
    fn a_record_has_a_twin_as_long_as_another_ends_alike() {
        let connection = Connection::open_in_memory().unwrap();
        fill::create(&connection).unwrap();
        let add = |date: (i32, u32, u32), bits: u64| {
            let date = NaiveDate::from_ymd_opt(date.0, date.1, date.2).unwrap();
            let record = Record { id: RecordId::new("R", date, bits), ..SAMPLES[0].clone() };
            let (path, blob) = (layout::record(&record.id), BlobId::from_bytes([0; 20]));
            fill::insert(&connection, &path, &record, blob, true, 0).unwrap()
        };
        let twins = || {
            let wanted = Selection::default();
            let files = choose(&connection, &wanted, Extent::Summary).unwrap().files;
            files.iter().map(|file| file.has_twin).collect::<Vec<_>>()
        };
        let first = add((2026, 11, 1), 7);
        add((2026, 11, 2), 8);
        assert_eq!(twins(), [false, false]);
        add((2026, 11, 3), 7);
        assert_eq!(twins(), [true, false, true]);
        connection.execute("DELETE FROM record WHERE row = ?1", [first]).unwrap();
        assert_eq!(twins(), [false, false]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_cache_chooses_what_the_records_themselves_say(
            mut records in vec(record(), 0..30),
            conditions in vec(condition(), 0..3),
            order in option::of(select(SortKey::ALL)),
            limit in option::of(0..10_usize),
        ) {
            records.sort_by_key(|record| layout::record(&record.id));
            records.dedup_by_key(|record| record.id.clone());
            let connection = Connection::open_in_memory().unwrap();
            fill::create(&connection).unwrap();
            for record in &records {
                let path = layout::record(&record.id);
                fill::insert(&connection, &path, record, BlobId::from_bytes([0; 20]), true, 0).unwrap();
            }
            let wanted = Selection { conditions, order, limit };

            let chosen = choose(&connection, &wanted, Extent::Summary).unwrap();
            let (expected, total) = wanted.choose(records);
            let expected: Vec<_> = expected.iter().map(|record| layout::record(&record.id)).collect();
            let files: Vec<_> = chosen.files.into_iter().map(|file| file.path).collect();
            prop_assert_eq!(files, expected);
            prop_assert_eq!(chosen.total, total);
        }
    }
}
