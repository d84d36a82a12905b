//! What a row says of an entry that the desk has already: the same, more, or something else.

use super::{
    continuing::{Continuation, plain},
    row::{ToldEntry, ToldPerson},
};
use crate::domain::{
    base::terms::State,
    history::steps::import::{Import, ImportedResolution},
};

/// Whether a row names other people, units or notes than the entry does; to name none is nothing
/// else.
pub(super) fn says_other(told: &ToldEntry, import: &Import) -> bool {
    let unit = (&told.unit, &told.source_unit);
    let person = (&told.person.here, &told.person.there);
    unit != (&None, &None)
        && (import.unit.is_some() || import.source_unit.is_some())
        && unit != (&import.unit, &import.source_unit)
        || person != (&None, &None)
            && (import.assignee.is_some() || import.source_person.is_some())
            && person != (&import.assignee, &import.source_person)
        || differ(told.note.as_ref(), import.work_note.as_ref())
}

fn differ<T: PartialEq>(told: Option<&T>, known: Option<&T>) -> bool {
    told.zip(known).is_some_and(|(told, known)| told != known)
}

/// A text, unless it is empty.
fn given(text: &String) -> Option<&String> {
    Some(text).filter(|text| !text.is_empty())
}

impl Continuation<'_> {
    /// Whether a row of the newest entry says other things of the solution, or of what the customer
    /// thinks of it.
    pub(super) fn contradicts(&self, told: &ToldEntry) -> bool {
        let solution = told.outcome.as_ref().zip(self.resolution.as_ref());
        differ(told.satisfaction.as_ref(), self.satisfaction.as_ref())
            || solution.is_some_and(|(told, known)| {
                differ(told.code.as_ref(), known.code.as_ref())
                    || differ(given(&told.result), given(&known.result))
                    || differ(given(&told.cause), given(&known.cause))
            })
    }

    /// An entry of the same time with what the newest one left empty; `None` where it left nothing.
    pub(super) fn addition(&self, told: &ToldEntry, import: &Import) -> Option<Import> {
        let ToldPerson { here, there } = told.person.clone();
        let names_nobody = import.assignee.is_none() && import.source_person.is_none();
        let has_no_unit = import.unit.is_none() && import.source_unit.is_none();
        let addition = Import {
            unit: told.unit.clone().filter(|_| has_no_unit),
            source_unit: told.source_unit.clone().filter(|_| has_no_unit),
            assignee: here.filter(|_| names_nobody),
            source_person: there.filter(|_| names_nobody),
            work_note: told.note.clone().filter(|_| import.work_note.is_none()),
            satisfaction: told.satisfaction.filter(|_| self.satisfaction.is_none()),
            outcome: self.fuller_outcome(told),
            ..plain(told.state, told.source_state.clone())
        };
        if addition == plain(told.state, told.source_state.clone()) {
            return None;
        }
        let reason = self.reason.clone().filter(|_| told.state == State::Pending);
        Some(Import { reason, ..addition })
    }

    /// The solution with the words that it lacks.
    fn fuller_outcome(&self, told: &ToldEntry) -> Option<ImportedResolution> {
        let (told, known) = (told.outcome.as_ref()?, self.resolution.as_ref()?);
        let or = |known: &String, told: &String| given(known).unwrap_or(told).clone();
        let fuller = ImportedResolution {
            code: known.code.clone().or_else(|| told.code.clone()),
            result: or(&known.result, &told.result),
            cause: or(&known.cause, &told.cause),
            ..known.clone()
        };
        Some(fuller).filter(|fuller| fuller != known)
    }
}
