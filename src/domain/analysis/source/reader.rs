//! A map that fits a file and a desk.

use std::collections::HashMap;

use super::{
    MapFault, RejectedRecord, RowChange, RowFault, RowLine, SourceRecord, SourceRow, Untold,
    continuing::Continuation,
    map::{ColumnMap, ValueSource, columns_in},
    times::{self, ReadyFormat},
};
use crate::domain::{
    base::{
        ids::{PersonId, UnitId},
        nearest::nearest,
        terms::{Grade, Kind, Level, Satisfaction, State, Term},
        time::Timestamp,
        zone::Zone,
    },
    deciding::{personal::Instead, policy::Policy},
    history::{intake::Intake, record::Record, status::Clock, steps::import::is_solved},
};

/// So many rows are one matter; more are those of a column that is no number.
const MOST_ROWS: usize = 2_000;

/// What the desk calls a customer; `None` where it lists none of that name.
pub type CustomerSpelling<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads the rows of files by a map.
pub struct SourceReader<'a> {
    pub(super) map: &'a ColumnMap,
    files: Vec<FileColumns>,
    pub(super) formats: Vec<ReadyFormat<'a>>,
    pub(super) zone: Zone,
    pub(super) policy: &'a Policy,
    pub(super) now: Timestamp,
    /// What stands in texts in place of personal data.
    pub(super) instead: Option<Instead<'a>>,
    /// What the desk calls a customer.
    spelled: Option<CustomerSpelling<'a>>,
    /// The clocks whose end the log tells.
    pub(super) clocks: Vec<Clock>,
}

/// The columns of a file.
#[derive(Default)]
pub(super) struct FileColumns {
    pub(super) columns: HashMap<String, usize>,
    /// How many cells the first line has.
    width: usize,
}

impl<'a> SourceReader<'a> {
    /// A reader for a desk with this policy, which still has to be told of the files.
    ///
    /// # Errors
    /// [`MapFault`] when the map does not fit the desk.
    pub fn new(map: &'a ColumnMap, policy: &'a Policy, now: Timestamp) -> Result<Self, MapFault> {
        if map.record.number.columns().is_empty() {
            return Err(MapFault::NumberOfAll);
        }
        fits_desk(map, policy)?;
        words(map, policy)?;
        let formats = times::ready(map)?;
        let zone = match map.timezone.as_deref().filter(|name| columns_in(name).is_empty()) {
            None => policy.calendar.zone(),
            Some(name) => {
                Zone::named(name).ok_or_else(|| MapFault::NotAZone { given: name.to_owned() })?
            }
        };
        let log = map.entry.at.is_some() && map.entry.state.is_some();
        let half = map.entry.at.is_some() != map.entry.state.is_some();
        if half || log != map.entry.times.is_empty() {
            return Err(MapFault::NoWay);
        }
        let clocks = clocks(map);
        let (files, instead, spelled) = (Vec::new(), None, None);
        Ok(Self { map, files, formats, zone, policy, now, instead, spelled, clocks })
    }

    /// The same, which takes personal data out of the texts that it reads: nobody looks at each.
    pub fn without_personal(self, instead: Instead<'a>) -> Self {
        Self { instead: Some(instead), ..self }
    }

    /// The same, which calls a customer as the desk does, where that knows it.
    pub fn with_customers(self, spelled: CustomerSpelling<'a>) -> Self {
        Self { spelled: Some(spelled), ..self }
    }

    /// A customer as the desk calls it, else as it is told.
    pub(super) fn customer(&self, told: String) -> String {
        self.spelled.and_then(|spelled| spelled(&told)).unwrap_or(told)
    }

    /// Makes the next file known, which begins with `head`.
    ///
    /// # Errors
    /// [`MapFault`] when the map does not fit the file.
    pub fn add_file(&mut self, head: &[String]) -> Result<(), MapFault> {
        let read = self.map.columns();
        let mut columns = HashMap::new();
        for (place, name) in head.iter().enumerate() {
            let is_read = read.contains(&name.trim());
            if columns.insert(name.trim().to_owned(), place).is_some() && is_read {
                return Err(MapFault::ColumnTwice { given: name.trim().to_owned() });
            }
        }
        for column in read {
            if !columns.contains_key(column) {
                let nearest = nearest(column, columns.keys().map(String::as_str));
                return Err(MapFault::NoColumn { given: column.to_owned(), nearest });
            }
        }
        self.files.push(FileColumns { columns, width: head.len() });
        Ok(())
    }

    /// The columns under which the cells of a row stand.
    pub(super) fn file(&self, row: &SourceRow) -> &FileColumns {
        &self.files[row.line.file]
    }

    /// Whether a row tells all that was known of its record when the file was made, so that each is
    /// held against the one before.
    pub fn has_whole_records(&self) -> bool {
        !self.map.entry.times.is_empty()
    }

    /// What the other system is called.
    pub fn system(&self) -> String {
        self.map.system.clone()
    }

    /// The number of a row.
    ///
    /// # Errors
    /// Cells that do not stand under the columns of the first line, or no number.
    pub fn number(&self, row: &SourceRow) -> Result<String, RowFault> {
        self.line("number", &self.map.record.number, row)
    }

    /// What the rows of a number tell that is not in the record that the desk has of it.
    ///
    /// # Errors
    /// A row that cannot be read; then none of them counts.
    pub fn record(
        &self,
        number: &str,
        rows: &[SourceRow],
        here: Option<&Record>,
    ) -> Result<SourceRecord, Box<RejectedRecord>> {
        let lines: Vec<RowLine> = rows.iter().map(|row| row.line).collect();
        self.read(number, rows, here, &lines).map_err(|(line, fault)| {
            Box::new(RejectedRecord { number: number.to_owned(), lines, line, fault })
        })
    }

    fn read(
        &self,
        number: &str,
        rows: &[SourceRow],
        here: Option<&Record>,
        lines: &[RowLine],
    ) -> Result<SourceRecord, (RowLine, RowFault)> {
        if rows.len() > MOST_ROWS {
            return Err((lines[MOST_ROWS], RowFault::TooMany { most: MOST_ROWS }));
        }
        let mut told = Vec::new();
        for row in rows {
            let at_row = |fault| (row.line, fault);
            self.as_wide(row).map_err(at_row)?;
            told.extend(self.entries(row).map_err(at_row)?);
        }
        // entries of one time stay in the order of the file
        told.sort_by_key(|entry| entry.at);
        let opening = if here.is_some() {
            None
        } else {
            let line = told.first().map(|entry| entry.line);
            let first = rows.iter().find(|row| line.is_none_or(|line| row.line == line));
            let first = first.ok_or((RowLine::default(), RowFault::Empty { field: "number" }))?;
            Some(self.opening(number, first).map_err(|fault| (first.line, fault))?)
        };
        let received_at = match (here, &opening) {
            (Some(record), _) => record.intake.received_at,
            (None, Some(opening)) => opening.intake.received_at,
            (None, None) => self.now,
        };
        let mut goes_on = Continuation::of(self, here, told.last().map(|entry| entry.at));
        let to_come = told.last().filter(|last| last.replied_at.is_some_and(|at| at > last.at));
        let to_come = to_come.map(|last| last.line);
        for entry in told {
            goes_on.take(entry, received_at);
        }
        if let Some(line) = to_come {
            goes_on.name_reply_to_come(line);
        }
        if let Some(record) = here.filter(|_| self.has_whole_records()) {
            for row in rows.iter().filter(|row| self.opens_another(number, row, &record.intake)) {
                goes_on.note(row.line, RowChange::Otherwise);
            }
        }
        let repeated = goes_on.repeated();
        let Continuation { entries, notes, left, .. } = goes_on;
        let (number, lines) = (number.to_owned(), lines.to_vec());
        Ok(SourceRecord { number, lines, opening, entries, notes, left, repeated })
    }

    /// True for a row of a number that is here as another matter than the row tells: the other system
    /// has given its number again, or changed what was told.
    fn opens_another(&self, number: &str, row: &SourceRow, here: &Intake) -> bool {
        let told = self.opening(number, row).map(|opening| opening.intake);
        told.is_ok_and(|told| {
            // it may have been listed since
            let customer = self.customer(here.customer.clone());
            let own = (&told.kind, &told.customer, &told.title, told.received_at);
            own != (&here.kind, &customer, &here.title, here.received_at)
        })
    }

    /// Refuses a row whose cells may stand under other columns than they belong to.
    fn as_wide(&self, row: &SourceRow) -> Result<(), RowFault> {
        let (cells, columns) = (row.cells.len(), self.file(row).width);
        if cells == columns { Ok(()) } else { Err(RowFault::Ragged { cells, columns }) }
    }

    /// What the map leaves unread, so that figures are not measured.
    pub fn untold(&self) -> Vec<Untold> {
        let (entry, states) = (&self.map.entry, self.map.states());
        let solved = states.iter().any(|state| is_solved(*state));
        [
            (!solved, Untold::Solved),
            (solved && entry.code.is_none(), Untold::Code),
            (!self.clocks.contains(&Clock::Respond), Untold::Reply),
            (states.contains(&State::Pending) && entry.reason.is_none(), Untold::Waiting),
        ]
        .into_iter()
        .filter_map(|(is_so, what)| is_so.then_some(what))
        .collect()
    }
}

/// The clocks whose end a log with this map tells.
fn clocks(map: &ColumnMap) -> Vec<Clock> {
    let states = map.states();
    let replies = !map.entry.replied_in.is_empty() || map.entry.replied_at.is_some();
    [
        (states.contains(&State::Acknowledged), Clock::Ack),
        (replies, Clock::Respond),
        (states.iter().any(|state| is_solved(*state)), Clock::Resolve),
    ]
    .into_iter()
    .filter_map(|(is_told, clock)| is_told.then_some(clock))
    .collect()
}

fn fits_desk(map: &ColumnMap, policy: &Policy) -> Result<(), MapFault> {
    let unknown = |given: &str, known: Vec<&str>| MapFault::NotHere {
        given: given.to_owned(),
        nearest: nearest(given, known),
    };
    let is_unknown = |unit: &&UnitId| policy.units.get(unit).is_none();
    if let Some(unit) = map.units.values().find(is_unknown) {
        let units = policy.units.units.iter().map(|unit| unit.id.as_str());
        return Err(unknown(unit.as_str(), units.collect()));
    }
    let is_unknown = |person: &&PersonId| policy.people.get(person).is_none();
    if let Some(person) = map.people.values().find(is_unknown) {
        let people = policy.people.people.iter().map(|person| person.id.as_str());
        return Err(unknown(person.as_str(), people.collect()));
    }
    let catalog = &policy.catalog;
    if let Some(product) = map.products.values().find(|id| catalog.product(id).is_none()) {
        let products = catalog.products.iter().map(|product| product.id.as_str());
        return Err(unknown(product, products.collect()));
    }
    if let Some(category) = map.categories.values().find(|id| catalog.category(id).is_none()) {
        let categories = catalog.categories.iter().map(|category| category.id.as_str());
        return Err(unknown(category, categories.collect()));
    }
    Ok(())
}

/// Refuses a word that the map gives to a field and that the field does not take.
fn words(map: &ColumnMap, policy: &Policy) -> Result<(), MapFault> {
    fn codes<T: Term>() -> Vec<String> {
        T::ALL.iter().map(|term| term.code().to_owned()).collect()
    }
    let owned = |known: Vec<&str>| known.into_iter().map(str::to_owned).collect::<Vec<String>>();
    let grades = Satisfaction::ALL.iter().map(|given| given.grade().to_string());
    let reasons = policy.levels.pause_reasons.iter().map(|pause| pause.code.as_str());
    let (record, entry) = (&map.record, &map.entry);
    let told: [(&str, Option<&ValueSource>, Vec<String>); 9] = [
        ("state", entry.state.as_ref(), codes::<State>()),
        ("kind", Some(&record.kind), SourceReader::kinds()),
        ("impact", record.impact.as_ref(), codes::<Grade>()),
        ("urgency", record.urgency.as_ref(), codes::<Grade>()),
        ("level", record.level.as_ref(), codes::<Level>()),
        ("channel", Some(&record.channel), owned(policy.catalog.channels().collect())),
        ("code", entry.code.as_ref(), owned(policy.catalog.codes().collect())),
        ("reason", entry.reason.as_ref(), owned(reasons.collect())),
        (
            "satisfaction",
            entry.satisfaction.as_ref(),
            codes::<Satisfaction>().into_iter().chain(grades).collect(),
        ),
    ];
    for (field, from, known) in told {
        let given = from.map(ValueSource::constants).unwrap_or_default();
        // a meaning of nothing is that the cell says nothing
        let mut given = given.into_iter().filter(|given| !given.is_empty());
        if let Some(given) = given.find(|given| !known.iter().any(|word| word == given)) {
            return Err(MapFault::NotAWord { field, given: given.to_owned(), known });
        }
    }
    Ok(())
}

impl SourceReader<'_> {
    /// The kinds that a log can tell of: what makes a complaint or a remark is more.
    pub(super) fn kinds() -> Vec<String> {
        let kinds = [Kind::Request, Kind::Fault, Kind::Change, Kind::Enquiry];
        kinds.map(|kind| kind.to_string()).to_vec()
    }
}
