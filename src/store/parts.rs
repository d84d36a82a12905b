//! Which records lead to another one: as children of it, or merged into it.

use super::{Store, holders::Held, view::View};
use crate::domain::{
    base::ids::RecordId,
    deciding::scene::Lookup,
    history::{record::Record, refusal::Refusal},
};

/// A record is held by those that lead to it.
impl Held for RecordId {
    const WORDS: &'static [&'static [u8]] = &[b"child", b"merged_into"];

    fn of(record: &Record) -> Vec<Self> {
        record.wholes().map(|whole| whole.record.clone()).collect()
    }
}

impl Store {
    /// As [`Lookup::parts`], out of the cache where it can say.
    ///
    /// # Errors
    /// As [`Lookup::parts`].
    pub fn parts(&self, view: &View<'_>, whole: &RecordId) -> Result<Vec<Record>, Refusal> {
        let Some(ids) = self.likely_parts(view, whole) else {
            return Lookup::parts(view, whole);
        };
        let read = |id: &RecordId| Lookup::record(view, id).ok().flatten();
        let leads = |record: &Record| record.wholes().any(|it| it.record == *whole);
        Ok(ids.iter().filter_map(read).filter(leads).collect())
    }
}
