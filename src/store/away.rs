//! Who is on the way to a customer's, or there.

use super::{Store, holders::Held, view::View};
use crate::domain::{
    base::ids::{PersonId, RecordId},
    deciding::scene::Lookup,
    history::{record::Record, refusal::Refusal},
};

/// A record is held by the engineers whom its visits have under way.
impl Held for PersonId {
    const WORDS: &'static [&'static [u8]] = &[b"departed_at"];

    fn of(record: &Record) -> Vec<Self> {
        record.status.engineers_away().cloned().collect()
    }
}

impl Store {
    /// As [`Lookup::away`], out of the cache where it can say.
    ///
    /// # Errors
    /// As [`Lookup::away`].
    pub fn away(&self, view: &View<'_>, engineer: &PersonId) -> Result<Option<RecordId>, Refusal> {
        let Some(ids) = self.likely_away(view, engineer) else {
            return Lookup::away(view, engineer);
        };
        let read = |id: &RecordId| Lookup::record(view, id).ok().flatten();
        let is_away = |record: &Record| record.status.engineers_away().any(|it| it == engineer);
        Ok(ids.iter().filter_map(read).find(is_away).map(|record| record.id))
    }
}
