//! What one row tells.

use super::{
    RowFault, RowLine, SourceOpening, SourcePerson, SourceReader, SourceRow, map::ValueSource,
};
use crate::domain::{
    base::{
        ids::{PersonId, UnitId},
        terms::{Channel, Code, Kind, PauseReason, Satisfaction, State, Term},
        text::folded,
        time::Timestamp,
    },
    history::{
        intake::{DueAt, Intake, Source},
        status::{Clock, DueTimes},
        steps::import::is_solved,
    },
};

/// What a row says of one moment, before it is held against those before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ToldEntry {
    pub(super) line: RowLine,
    pub(super) at: Timestamp,
    pub(super) state: State,
    pub(super) source_state: String,
    pub(super) unit: Option<UnitId>,
    pub(super) source_unit: Option<String>,
    pub(super) person: ToldPerson,
    pub(super) reason: Option<PauseReason>,
    /// When the customer got a first reply, where the row tells it.
    pub(super) replied_at: Option<Timestamp>,
    pub(super) outcome: Option<ToldOutcome>,
    pub(super) satisfaction: Option<Satisfaction>,
    pub(super) note: Option<String>,
    pub(super) part: RowPart,
}

/// What a row tells besides an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowPart {
    /// Nothing: the whole row is of the entry.
    Whole,
    /// Later entries as well, of which the row's other cells say more than of this one.
    Earlier,
    /// Earlier entries.
    Last,
}

/// Somebody of this desk, or the other system's word for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ToldPerson {
    pub(super) here: Option<PersonId>,
    pub(super) there: Option<String>,
}

/// How it was solved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ToldOutcome {
    /// When, where the row tells it, with what its column is called.
    pub(super) done_at: Option<(Timestamp, String)>,
    pub(super) by: ToldPerson,
    pub(super) code: Option<Code>,
    pub(super) result: String,
    pub(super) cause: String,
}

impl SourceReader<'_> {
    /// Everything that a row tells of the record's way.
    pub(super) fn entries(&self, row: &SourceRow) -> Result<Vec<ToldEntry>, RowFault> {
        let map = &self.map.entry;
        let mut entries = Vec::new();
        if let (Some(at), Some(state)) = (&map.at, &map.state) {
            let at = self.time("at", at, row)?;
            let word = self.line("state", state, row)?;
            let source = self.source_word(state, row).unwrap_or_else(|| word.clone());
            let state = Self::word("state", &word)?;
            entries.push(self.entry(row, at, state, source)?);
        }
        for (state, field) in &map.times {
            if let Some(at) = self.some_time("times", Some(field), row)? {
                let source = field.columns().join(", ");
                let entry = self.entry(row, at, *state, source)?;
                entries.push(ToldEntry { part: RowPart::Earlier, note: None, ..entry });
            }
        }
        if !map.times.is_empty() {
            entries.sort_by_key(|entry| entry.at);
            self.add_reply(row, &mut entries)?;
            self.of_the_whole_row(row, &mut entries)?;
        }
        Ok(entries)
    }

    /// The reply is an entry of its own where no state was reached in its minute.
    fn add_reply(&self, row: &SourceRow, entries: &mut Vec<ToldEntry>) -> Result<(), RowFault> {
        for entry in entries.iter_mut() {
            entry.replied_at = None;
        }
        let Some(field) = &self.map.entry.replied_at else { return Ok(()) };
        let Some(at) = self.some_time("replied_at", Some(field), row)? else { return Ok(()) };
        let before = entries.iter().take_while(|entry| entry.at <= at).count();
        if let Some(same) = entries[..before].iter_mut().rfind(|entry| entry.at == at) {
            same.replied_at = Some(at);
            return Ok(());
        }
        let state = before.checked_sub(1).map_or(State::Open, |last| entries[last].state);
        let source = field.columns().join(", ");
        let reply = self.entry(row, at, state, source)?;
        let reply = ToldEntry { part: RowPart::Earlier, note: None, outcome: None, ..reply };
        entries.insert(before, ToldEntry { replied_at: Some(at), ..reply });
        Ok(())
    }

    /// When what a row tells happened, the latest of it; `None` where that cannot be read.
    pub fn moment(&self, row: &SourceRow) -> Option<Timestamp> {
        let map = &self.map.entry;
        let at = |field: &ValueSource| self.some_time("at", Some(field), row).ok().flatten();
        map.at.iter().chain(map.times.values()).filter_map(at).max()
    }

    /// What a row with several times says once belongs to the last of them.
    fn of_the_whole_row(&self, row: &SourceRow, entries: &mut [ToldEntry]) -> Result<(), RowFault> {
        let Some((last, before)) = entries.split_last_mut() else { return Ok(()) };
        for entry in before {
            entry.satisfaction = None;
        }
        last.note = self.some_text("note", self.map.entry.note.as_ref(), row)?;
        last.part = RowPart::Last;
        Ok(())
    }

    fn entry(
        &self,
        row: &SourceRow,
        at: Timestamp,
        state: State,
        source_state: String,
    ) -> Result<ToldEntry, RowFault> {
        let map = &self.map.entry;
        let unit_cell = self.some("unit", map.unit.as_ref(), row)?;
        let unit = unit_cell.as_ref().and_then(|unit| self.map.units.get(unit)).cloned();
        let person = self.person("person", map.person.as_ref(), row)?;
        let solved = is_solved(state);
        let pending = state == State::Pending;
        Ok(ToldEntry {
            line: row.line,
            at,
            state,
            source_state,
            source_unit: unit_cell.filter(|_| unit.is_none()),
            unit,
            reason: if pending { self.reason(row)? } else { None },
            replied_at: self.some_time("replied_at", map.replied_at.as_ref(), row)?,
            outcome: if solved { Some(self.outcome(row, state, &person)?) } else { None },
            satisfaction: if solved { self.satisfaction(row)? } else { None },
            note: self.some_text("note", map.note.as_ref(), row)?,
            person,
            part: RowPart::Whole,
        })
    }

    fn person(
        &self,
        field: &'static str,
        from: Option<&ValueSource>,
        row: &SourceRow,
    ) -> Result<ToldPerson, RowFault> {
        let word = self.some(field, from, row)?;
        let here = word.as_ref().and_then(|word| self.map.people.get(word)).cloned();
        Ok(ToldPerson { there: word.filter(|_| here.is_none()), here })
    }

    fn reason(&self, row: &SourceRow) -> Result<Option<PauseReason>, RowFault> {
        let known = self.policy.levels.pause_reasons.iter().map(|pause| pause.code.as_str());
        let given = self.some("reason", self.map.entry.reason.as_ref(), row)?;
        Ok(one_of("reason", given, known)?.map(PauseReason::new))
    }

    fn satisfaction(&self, row: &SourceRow) -> Result<Option<Satisfaction>, RowFault> {
        let given = self.some("satisfaction", self.map.entry.satisfaction.as_ref(), row)?;
        let Some(given) = given else { return Ok(None) };
        match Satisfaction::from_grade(&given) {
            Some(grade) => Ok(Some(grade)),
            None => Self::word("satisfaction", &given).map(Some),
        }
    }

    fn outcome(
        &self,
        row: &SourceRow,
        state: State,
        person: &ToldPerson,
    ) -> Result<ToldOutcome, RowFault> {
        let map = &self.map.entry;
        let code = self.some("code", map.code.as_ref(), row)?;
        let code = one_of("code", code, self.policy.catalog.codes())?;
        let done_at = self.some_time("done_at", map.done_at.as_ref(), row)?;
        let column = || map.done_at.iter().flat_map(ValueSource::columns).collect::<Vec<_>>();
        let told_solver = self.person("solved_by", map.solved_by.as_ref(), row)?;
        Ok(ToldOutcome {
            done_at: done_at.map(|at| (at, column().join(", "))),
            by: match (map.solved_by.is_some(), state) {
                (true, _) => told_solver,
                // who closes it need not be who solved it
                (false, State::Closed) => ToldPerson::default(),
                (false, _) => person.clone(),
            },
            code: code.map(Code::new),
            result: self.some_text("result", map.result.as_ref(), row)?.unwrap_or_default(),
            cause: self.some_text("cause", map.cause.as_ref(), row)?.unwrap_or_default(),
        })
    }

    /// What was told when the record was opened.
    pub(super) fn opening(&self, number: &str, row: &SourceRow) -> Result<SourceOpening, RowFault> {
        let map = &self.map.record;
        let reported = self.some_text("reported", Some(&map.reported), row)?;
        let channel = Some(self.line("channel", &map.channel, row)?);
        let channel = one_of("channel", channel, self.policy.catalog.channels())?;
        let due = |field, from: &Option<ValueSource>| -> Result<Option<DueAt>, RowFault> {
            let Some(from) = from else { return Ok(None) };
            let told = self.some(field, Some(from), row)?.is_some();
            let at = told.then(|| self.due_time(field, from, row)).transpose()?;
            Ok(at.map(DueAt::At))
        };
        let source_due = DueTimes {
            // where no reply is told, nobody can say whether it came in time
            respond: due("respond_due", &map.respond_due)?
                .filter(|_| self.clocks.contains(&Clock::Respond)),
            resolve: due("resolve_due", &map.resolve_due)?,
            ..DueTimes::default()
        };
        let intake = Intake {
            kind: self.kind(row)?,
            channel: Channel::new(channel.unwrap_or_default()),
            customer: self.customer(self.line("customer", &map.customer, row)?),
            title: self.line("title", &map.title, row)?,
            reported: reported.ok_or(RowFault::Empty { field: "reported" })?,
            need: self.some_text("need", map.need.as_ref(), row)?,
            category: self.category(row)?,
            product: self.product(row)?,
            impact: self.some_word("impact", map.impact.as_ref(), row)?,
            urgency: self.some_word("urgency", map.urgency.as_ref(), row)?,
            level: self.some_word("level", map.level.as_ref(), row)?,
            reference: Some(number.to_owned()),
            source: Some(Source { system: self.map.system.clone(), number: number.to_owned() }),
            source_clocks: self.clocks.clone(),
            source_due: Some(source_due).filter(|due| !due.is_none()),
            ..Intake::blank(self.time("received_at", &map.received_at, row)?)
        };
        let phone = self.some("phone", map.phone.as_ref(), row)?;
        let email = self.some("email", map.email.as_ref(), row)?;
        let name = self.some("name", map.name.as_ref(), row)?;
        let name = name.or_else(|| email.clone()).or_else(|| phone.clone());
        let person = name.map(|name| SourcePerson { name, phone, email });
        Ok(SourceOpening { intake, person })
    }

    fn kind(&self, row: &SourceRow) -> Result<Kind, RowFault> {
        let given = self.line("kind", &self.map.record.kind, row)?;
        let known = Self::kinds();
        match Kind::from_code(&given).filter(|kind| known.contains(&kind.to_string())) {
            Some(kind) => Ok(kind),
            None => Err(RowFault::NotAWord { field: "kind", given, known }),
        }
    }

    fn category(&self, row: &SourceRow) -> Result<Option<String>, RowFault> {
        let categories = self.policy.catalog.categories.iter();
        let names = categories.map(|it| (it.id.as_str(), vec![it.en.as_str(), it.zh.as_str()]));
        let given = self.some("category", self.map.record.category.as_ref(), row)?;
        let given = given.map(|given| self.map.categories.get(&given).cloned().unwrap_or(given));
        called("category", given, &names.collect::<Vec<_>>())
    }

    fn product(&self, row: &SourceRow) -> Result<Option<String>, RowFault> {
        let products = self.policy.catalog.products.iter();
        let names = products.map(|it| (it.id.as_str(), vec![it.name.as_str()]));
        let given = self.some("product", self.map.record.product.as_ref(), row)?;
        let given = given.map(|given| self.map.products.get(&given).cloned().unwrap_or(given));
        called("product", given, &names.collect::<Vec<_>>())
    }
}

/// A word that is one of those the desk has.
fn one_of<'w>(
    field: &'static str,
    given: Option<String>,
    known: impl Iterator<Item = &'w str>,
) -> Result<Option<String>, RowFault> {
    let Some(given) = given else { return Ok(None) };
    let known: Vec<String> = known.map(str::to_owned).collect();
    if known.contains(&given) {
        Ok(Some(given))
    } else {
        Err(RowFault::NotAWord { field, given, known })
    }
}

/// The id of what is called so, by its id or a name.
fn called(
    field: &'static str,
    given: Option<String>,
    known: &[(&str, Vec<&str>)],
) -> Result<Option<String>, RowFault> {
    let Some(given) = given else { return Ok(None) };
    let by_id = known.iter().find(|(id, _)| *id == given);
    let is_named = |names: &[&str]| names.iter().any(|name| folded(name) == folded(&given));
    let found = by_id.or_else(|| known.iter().find(|(_, names)| is_named(names)));
    if let Some((id, _)) = found {
        return Ok(Some((*id).to_owned()));
    }
    let known = known.iter().map(|(id, _)| (*id).to_owned()).collect();
    Err(RowFault::NotAWord { field, given, known })
}
