//! What rows add to what is known of a record: each row is held against those before it and against
//! nothing else, so that a log says the same in one file and in several.

use std::collections::BTreeSet;

use super::{
    RowChange, RowFault, RowLine, RowNote, SourceReader,
    additions::says_other,
    row::{RowPart, ToldEntry, ToldOutcome, ToldPerson},
};
use crate::domain::{
    base::{
        ids::PersonId,
        terms::{PauseReason, Satisfaction, State},
        time::Timestamp,
    },
    history::{
        record::Record,
        status::Clock,
        steps::{
            Act,
            import::{Import, ImportedResolution, goes_on_here, is_solved},
        },
    },
};

/// A record as the log goes on with it.
pub(super) struct Continuation<'a> {
    reader: &'a SourceReader<'a>,
    /// What the desk has of it, each entry with whether a row was recognised as it.
    here: Vec<(Timestamp, &'a Import, bool)>,
    /// The newest that the desk has.
    newest_here: Option<Timestamp>,
    /// The newest that the rows tell.
    newest_told: Option<Timestamp>,
    changed_here: bool,
    pub(super) state: State,
    /// The states that entries were in so far.
    passed: Vec<State>,
    /// The states of a solution that were reached since the work began, or went on.
    solved: Vec<State>,
    /// The newest so far.
    newest: Option<Timestamp>,
    replied: bool,
    pub(super) resolution: Option<ImportedResolution>,
    pub(super) satisfaction: Option<Satisfaction>,
    pub(super) reason: Option<PauseReason>,
    /// The rows of the newest time.
    last: Vec<ToldEntry>,
    pub(super) entries: Vec<(Timestamp, Import)>,
    pub(super) notes: Vec<RowNote>,
    pub(super) left: Vec<(RowLine, RowFault)>,
    /// Rows that say something that is known, and those that say something new.
    repeated: BTreeSet<RowLine>,
    new: BTreeSet<RowLine>,
}

impl<'a> Continuation<'a> {
    /// Begins a record, or goes on with one, with rows that tell of nothing after `newest_told`.
    pub(super) fn of(
        reader: &'a SourceReader<'a>,
        here: Option<&'a Record>,
        newest_told: Option<Timestamp>,
    ) -> Self {
        let status = here.map(|record| &record.status);
        let history = here.map(|record| record.history.as_slice()).unwrap_or_default();
        let imports = history.iter().filter_map(|event| match &event.act {
            Act::Import(import) => Some((event.stamp.at, &**import, false)),
            _ => None,
        });
        let newest = status.and_then(|status| status.times.source_at);
        let pause = status.and_then(|status| status.pause());
        let here: Vec<_> = imports.collect();
        let passed: Vec<State> = here.iter().map(|(_, import, _)| import.state).collect();
        let since = passed.iter().rposition(|state| !is_solved(*state)).map_or(0, |last| last + 1);
        Self {
            reader,
            solved: passed[since..].to_vec(),
            passed,
            here,
            newest_here: newest,
            newest_told,
            changed_here: history.iter().any(|event| goes_on_here(&event.act)),
            state: status.map_or(State::Open, |status| status.state),
            newest,
            replied: status.is_some_and(|status| status.times.responded_at.is_some()),
            resolution: status
                .and_then(|status| Some(ImportedResolution::of(status.resolution.as_ref()?))),
            satisfaction: status.and_then(|status| status.source_satisfaction),
            reason: pause.map(|pause| pause.reason.clone()),
            last: Vec::new(),
            entries: Vec::new(),
            notes: Vec::new(),
            left: Vec::new(),
            repeated: BTreeSet::new(),
            new: BTreeSet::new(),
        }
    }

    /// How many rows say nothing but what is known.
    pub(super) fn repeated(&self) -> usize {
        let is_named = |line: &RowLine| {
            self.left.iter().any(|(late, _)| late == line)
                || self.notes.iter().any(|note| note.what.is_loss() && note.line == *line)
        };
        self.repeated.difference(&self.new).filter(|line| !is_named(line)).count()
    }

    /// Takes what a row says; rows come in the order of time.
    pub(super) fn take(&mut self, told: ToldEntry, received_at: Timestamp) {
        let same = ToldEntry { line: RowLine::default(), ..told.clone() };
        if self.is_here(&told) || self.last.last() == Some(&same) {
            self.repeated.insert(told.line);
            return;
        }
        if self.last.contains(&same) {
            self.note(told.line, RowChange::Again);
            self.repeated.insert(told.line);
            return;
        }
        if self.changed_here {
            self.leave(told.line, RowFault::ChangedHere);
            return;
        }
        if let Some(newest) = self.newest_here.filter(|newest| self.is_late(&told, *newest)) {
            self.leave(told.line, RowFault::Older { newest });
            return;
        }
        if told.at < received_at {
            self.note(told.line, RowChange::BeforeOpening);
        }
        self.last.retain(|other| other.at == told.at);
        self.last.push(same);
        self.new.insert(told.line);
        self.go_on(told);
    }

    /// Names a row of which something was taken otherwise than it stands there.
    pub(super) fn note(&mut self, line: RowLine, what: RowChange) {
        self.notes.push(RowNote { line, what });
    }

    /// Names a row that came too late, once for each cause.
    fn leave(&mut self, line: RowLine, fault: RowFault) {
        let left = (line, fault);
        if !self.left.contains(&left) {
            self.left.push(left);
        }
    }

    /// Older than what the desk has. Of a row of the very time of the newest, the rows around it tell
    /// whether it comes before or after; where they do not, only what leads on from there is taken,
    /// for in which order two files come must not matter.
    fn is_late(&self, told: &ToldEntry, newest: Timestamp) -> bool {
        if told.at != newest {
            return told.at < newest;
        }
        let is_older = |(_, fault): &(RowLine, RowFault)| matches!(fault, RowFault::Older { .. });
        let begins_before = self.left.iter().any(is_older);
        let began_before = self.here.iter().any(|(at, ..)| *at < newest);
        match (begins_before, began_before) {
            (true, false) => true,
            (false, true) => false,
            _ if self.newest_told > Some(newest) => false,
            _ => rank(told.state) < rank(self.state),
        }
    }

    /// Whether the desk has it already: as it stands there, or told by a row with other people, units,
    /// notes or words for the solution, which is named and changes nothing. What the newest entry left
    /// empty is added to it.
    fn is_here(&mut self, told: &ToldEntry) -> bool {
        let Some(newest) = self.newest_here.filter(|newest| told.at <= *newest) else {
            return false;
        };
        let is_it = |(at, import, _): &(Timestamp, &Import, bool)| {
            *at == told.at && import.state == told.state && import.source_state == told.source_state
        };
        let is_alike = |import: &Import| {
            import.unit == told.unit
                && import.source_unit == told.source_unit
                && import.assignee == told.person.here
                && import.source_person == told.person.there
                && import.work_note == told.note
        };
        let same: Vec<usize> =
            (0..self.here.len()).filter(|place| is_it(&self.here[*place])).collect();
        let free = |place: &usize| !self.here[*place].2;
        let alike = |place: &usize| is_alike(self.here[*place].1);
        // at the newest time another row may say something new
        let is_loose = told.part != RowPart::Whole || told.at < newest;
        let place = (same.iter().find(|place| alike(place) && free(place)))
            .or_else(|| same.iter().find(|place| alike(place)))
            .or_else(|| same.iter().find(|place| is_loose && free(place)));
        let Some(place) = place.copied() else { return false };
        self.here[place].2 = true;
        let import = self.here[place].1;
        if told.part == RowPart::Last && told.at == newest && self.newest == Some(newest) {
            self.fill(told, import);
        } else if told.part != RowPart::Earlier && says_other(told, import) {
            self.note(told.line, RowChange::Otherwise);
        }
        true
    }

    /// Adds what the newest entry left empty and a later row tells; what was told otherwise stays as it
    /// is, and the row is named.
    fn fill(&mut self, told: &ToldEntry, import: &Import) {
        if says_other(told, import) || self.contradicts(told) {
            self.note(told.line, RowChange::Otherwise);
        }
        let Some(addition) = self.addition(told, import) else { return };
        if self.changed_here {
            self.leave(told.line, RowFault::ChangedHere);
        } else {
            self.new.insert(told.line);
            self.push(told.at, addition);
        }
    }

    /// The entry of a row, and before it what the row tells of a time between the one before and its
    /// own.
    fn go_on(&mut self, told: ToldEntry) {
        let reply = told.replied_at.filter(|at| !self.replied && *at <= told.at);
        let enters_anew = told.state != self.state && self.passed.contains(&told.state);
        let is_own = reply == Some(told.at) && !enters_anew && told.outcome.is_none();
        if let Some(given) = reply.filter(|_| !is_own) {
            let at = self.newest.map_or(given, |newest| newest.max(given));
            if at != given {
                self.note(told.line, RowChange::ReplyMoved);
            }
            let source = told.source_state.clone();
            let reason = self.reason.clone().filter(|_| self.state == State::Pending);
            self.push(at, Import { replied: true, reason, ..plain(self.state, source) });
        }
        if told.part != RowPart::Whole && is_solved(self.state) && self.solved.contains(&told.state)
        {
            self.note(told.line, RowChange::ReachedAgain);
            self.push(told.at, plain(State::InProgress, told.source_state.clone()));
        }
        if goes_back(self.state, told.state) {
            self.resolution = None;
        }
        let outcome = told.outcome.as_ref().and_then(|outcome| self.outcome(&told, outcome));
        let mut own = outcome;
        if let (State::Closed, Some(outcome)) = (told.state, &own)
            && outcome.done_at < told.at
            && self.resolution.is_none()
            && self.state.is_unfinished()
        {
            let at = self.newest.map_or(outcome.done_at, |newest| newest.max(outcome.done_at));
            let column = told.outcome.as_ref().and_then(|told| told.done_at.as_ref());
            let source = column.map_or(told.source_state.clone(), |(_, column)| column.clone());
            let replied = self.is_reply(State::Resolved, true);
            let outcome = own.take();
            self.push(at, Import { replied, outcome, ..plain(State::Resolved, source) });
        }
        let solves = own.is_some() && self.resolution.is_none();
        let replied = is_own || self.is_reply(told.state, solves);
        let satisfaction = told.satisfaction.filter(|given| self.satisfaction != Some(*given));
        let import = Import {
            unit: told.unit,
            source_unit: told.source_unit,
            assignee: told.person.here,
            source_person: told.person.there,
            replied,
            reason: told.reason,
            outcome: own,
            satisfaction,
            work_note: told.note,
            ..plain(told.state, told.source_state)
        };
        self.push(told.at, import);
    }

    /// Whether an entry is the customer's first reply, in a log that tells of replies: one that the
    /// map names, or the solution.
    fn is_reply(&self, state: State, solves: bool) -> bool {
        let tells = self.reader.clocks.contains(&Clock::Respond);
        let replies = self.reader.map.entry.replied_in.contains(&state);
        tells && !self.replied && (solves || replies && !self.passed.contains(&state))
    }

    /// What the row says of the solution that is not known yet. A solution counts from when it was
    /// first told, and what is told of it later are other words for it.
    fn outcome(&mut self, told: &ToldEntry, outcome: &ToldOutcome) -> Option<ImportedResolution> {
        let ToldPerson { here: solved_by, there: source_solver } = outcome.by.clone();
        if let Some(known) = &self.resolution {
            let or_known = |text: &String, known: &String| {
                if text.is_empty() { known.clone() } else { text.clone() }
            };
            let again = ImportedResolution {
                code: outcome.code.clone().or_else(|| known.code.clone()),
                result: or_known(&outcome.result, &known.result),
                cause: or_known(&outcome.cause, &known.cause),
                ..known.clone()
            };
            return Some(again).filter(|again| again != known);
        }
        let done_at = match outcome.done_at {
            Some((done, _)) if done > told.at && told.state == State::Closed => {
                self.note(told.line, RowChange::DoneAfterClosing);
                told.at
            }
            Some((done, _)) if done > told.at => {
                self.note(told.line, RowChange::DoneLater);
                return None;
            }
            Some((done, _)) => done,
            None => told.at,
        };
        let (code, result, cause) =
            (outcome.code.clone(), outcome.result.clone(), outcome.cause.clone());
        Some(ImportedResolution { done_at, solved_by, source_solver, code, result, cause })
    }

    /// Names a row whose reply is later than everything that the log tells.
    pub(super) fn name_reply_to_come(&mut self, line: RowLine) {
        if !self.replied {
            self.note(line, RowChange::ReplyLater);
        }
    }

    fn push(&mut self, at: Timestamp, import: Import) {
        if goes_back(self.state, import.state) {
            self.resolution = None;
        }
        if is_solved(import.state) {
            self.solved.push(import.state);
        } else {
            self.solved.clear();
        }
        self.newest = Some(at);
        self.passed.push(import.state);
        self.state = import.state;
        self.replied |= import.replied;
        self.reason.clone_from(&import.reason);
        if let Some(outcome) = &import.outcome {
            self.resolution = Some(outcome.clone());
        }
        self.satisfaction = import.satisfaction.or(self.satisfaction);
        self.entries.push((at, import));
    }
}

/// An entry that says the state alone.
pub(super) fn plain(state: State, source_state: String) -> Import {
    Import {
        state,
        source_state,
        unit: None,
        line: None,
        source_unit: None,
        assignee: None::<PersonId>,
        source_person: None,
        replied: false,
        reason: None,
        stops_clock: false,
        due_before: None,
        due_after: None,
        outcome: None,
        satisfaction: None,
        work_note: None,
    }
}

/// Whether the matter goes back to work, and its solution is none.
fn goes_back(from: State, to: State) -> bool {
    is_solved(from) && to.is_unfinished() && !is_solved(to)
}

/// How far a state is on the way.
fn rank(state: State) -> u8 {
    match state {
        State::Open => 0,
        State::Acknowledged => 1,
        State::Routed => 2,
        State::InProgress => 3,
        State::Pending => 4,
        State::Resolved => 5,
        State::Confirmed => 6,
        State::Closed => 7,
        State::Cancelled => 8,
        State::Merged => 9,
    }
}
