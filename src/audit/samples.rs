//! Whether a record that was asked for a month's sample was drawn for it (R57).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::NaiveDate;

use super::judge::CommitCase;
use crate::{
    domain::{
        analysis::{
            finding::{Finding, FindingCode, phrase::Phrase},
            survey::sample::Sample,
        },
        base::{ids::RecordId, month::Month, terms::Party},
        deciding::policy::Policy,
        history::steps::{Act, survey_send::SampleDraw},
    },
    store::{
        self, Store,
        error::Result,
        git::{diff::ChangedPath, ids::CommitId},
        layout,
        view::View,
    },
};

/// Samples that were drawn again, each with where the desk stood and the day.
type DrawnSamples = HashMap<(CommitId, Month, NaiveDate), Arc<Sample>>;

/// Samples that were drawn again. Records of the month come in later from clones that were offline,
/// so that each is drawn where the desk stood; sendings for it change nothing of what is drawn, and
/// those in a row are held against one.
#[derive(Debug, Default)]
pub(super) struct Samples {
    known: Mutex<DrawnSamples>,
    /// Where the row of sendings that ends with a commit began.
    rows: Mutex<HashMap<(CommitId, Month), CommitId>>,
}

impl Samples {
    /// What is wrong with sending a record the questionnaire of a sample, as the desk stood before.
    pub(super) fn fault(
        &self,
        case: &CommitCase<'_>,
        (drawn, party): (&SampleDraw, Party),
        record: &RecordId,
        by: (&Policy, NaiveDate),
    ) -> Result<Option<Finding>> {
        let [parent] = case.commit.parents[..] else { return Ok(None) };
        let month = drawn.period;
        let first = self.row(case.store, parent, month)?;
        let fits = |sample: &Sample| sample.draws(record, drawn, party);
        let mut sample = self.sample(month, (first, &case.store.view_of(first)?), by)?;
        if first != parent && !fits(&sample) {
            sample = self.sample(month, (parent, case.before), by)?;
        }
        if fits(&sample) {
            return Ok(None);
        }
        let finding = Finding::of(FindingCode::DecidedOtherwise).record(record);
        let due = sample.party_of(record).unwrap_or(Party::USUAL);
        let by = sample.drawn_by(due);
        Ok(Some(if (&by, due) == (drawn, party) {
            finding.expected(Phrase::DrawnRecord).found(record)
        } else {
            let SampleDraw { sample: percent, cap_per_customer: most, .. } = by;
            let party = (due != party || due != Party::USUAL).then_some(due);
            finding.expected(Phrase::SampleRule { percent, most, party })
        }))
    }

    /// The commit on which a row of sendings for a sample began, of which `tip` is the last; `tip`
    /// itself where it is none.
    fn row(&self, store: &Store, tip: CommitId, month: Month) -> Result<CommitId> {
        let rows = || self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let mut first = tip;
        loop {
            if let Some(known) = rows().get(&(first, month)) {
                first = *known;
                break;
            }
            match sent_on(store, first, month)? {
                Some(parent) => first = parent,
                None => break,
            }
        }
        rows().insert((tip, month), first);
        Ok(first)
    }

    fn sample(
        &self,
        month: Month,
        (commit, view): (CommitId, &View<'_>),
        (policy, today): (&Policy, NaiveDate),
    ) -> Result<Arc<Sample>> {
        let key = (commit, month, today);
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sample) = known().get(&key) {
            return Ok(Arc::clone(sample));
        }
        let (records, _) = view.records()?;
        let (contact, names) = (|id: &_| view.contact(id), view.customer_names()?);
        let of = (&records[..], &*names);
        let sample = Sample::of(of, month, (policy, today), contact, store::sha1);
        let sample = Arc::new(sample);
        known().insert(key, Arc::clone(&sample));
        Ok(sample)
    }
}

/// The parent of a commit that did nothing but send one record's questionnaire for this sample.
fn sent_on(store: &Store, commit: CommitId, month: Month) -> Result<Option<CommitId>> {
    let [parent] = store.git().commit_info(commit)?.parents[..] else { return Ok(None) };
    let changes = store.changes(Some(parent), commit)?;
    let [ChangedPath { path, .. }] = &changes[..] else { return Ok(None) };
    let Some(id) = layout::record_of(path) else { return Ok(None) };
    let record = store.view_of(commit)?.record(&id)?;
    let last = record.as_ref().and_then(|record| record.history.last());
    let is_sending = last.is_some_and(|event| match &event.act {
        Act::SurveySend(send) => send.drawn.as_ref().is_some_and(|drawn| drawn.period == month),
        _ => false,
    });
    Ok(is_sending.then_some(parent))
}
