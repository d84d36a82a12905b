//! Whether a record that was asked for a month's sample was drawn for it (R57).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::NaiveDate;

use crate::{
    domain::{
        analysis::{
            finding::{Fault, Finding},
            survey::sample::Sample,
        },
        base::{ids::RecordId, month::Month},
        deciding::policy::Policy,
        history::steps::survey_send::Drawn,
    },
    store::{self, error::Result, view::View},
};

/// Samples that were drawn again: one for each month and the numbers of its rule, for what a sample
/// is drawn from was entered before the month was over.
#[derive(Debug, Default)]
pub(super) struct Samples(Mutex<HashMap<(Month, u8, u32), Arc<Sample>>>);

impl Samples {
    /// What is wrong with sending a record the questionnaire of a sample, as the desk stood before.
    ///
    /// # Errors
    /// Damage in the history.
    pub(super) fn fault(
        &self,
        drawn: &Drawn,
        record: &RecordId,
        before: &View<'_>,
        (policy, today): (&Policy, NaiveDate),
    ) -> Result<Option<Finding>> {
        let sample = self.sample(drawn, before, (policy, today))?;
        let finding = Finding::of(Fault::DecidedOtherwise).record(record);
        Ok(if sample.drawn_by != *drawn {
            let Drawn { sample, cap_per_customer, .. } = &sample.drawn_by;
            Some(finding.expected(&format!("{sample} %, at most {cap_per_customer} a customer")))
        } else if sample.drawn.contains(record) {
            None
        } else {
            Some(finding.expected(&"a record that the sample draws").found(record))
        })
    }

    fn sample(
        &self,
        drawn: &Drawn,
        before: &View<'_>,
        (policy, today): (&Policy, NaiveDate),
    ) -> Result<Arc<Sample>> {
        let key = (drawn.period, drawn.sample, drawn.cap_per_customer);
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sample) = known().get(&key) {
            return Ok(Arc::clone(sample));
        }
        let (records, _) = before.records()?;
        let contact = |id: &_| before.followed(id).ok().flatten();
        let sample = Sample::of(&records, drawn.period, (policy, today), contact, store::sha1);
        let sample = Arc::new(sample);
        known().insert(key, Arc::clone(&sample));
        Ok(sample)
    }
}
