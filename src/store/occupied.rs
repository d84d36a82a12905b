//! Who is at work at a customer's, or on their computer.

use super::{Store, holders::Held, view::View};
use crate::domain::{
    base::ids::{PersonId, RecordId},
    deciding::scene::Lookup,
    history::{record::Record, refusal::Refusal, status::Occupation},
};

/// A record is held by the engineers whom its visits and remote sessions occupy.
impl Held for (PersonId, Occupation) {
    const WORDS: &'static [&'static [u8]] = &[b"departed_at", b"supervised_by"];

    fn of(record: &Record) -> Vec<Self> {
        record.status.occupied().map(|(engineer, with)| (engineer.clone(), with)).collect()
    }
}

impl Store {
    /// As [`Lookup::occupied`], out of the cache where it can say.
    ///
    /// # Errors
    /// As [`Lookup::occupied`].
    pub fn occupied(
        &self,
        view: &View<'_>,
        engineer: &PersonId,
        with: Occupation,
    ) -> Result<Option<RecordId>, Refusal> {
        let Some(ids) = self.likely_occupied(view, engineer, with) else {
            return Lookup::occupied(view, engineer, with);
        };
        let read = |id: &RecordId| Lookup::record(view, id).ok().flatten();
        let is_occupied =
            |record: &Record| record.status.occupied().any(|it| it == (engineer, with));
        Ok(ids.iter().filter_map(read).find(is_occupied).map(|record| record.id))
    }
}
