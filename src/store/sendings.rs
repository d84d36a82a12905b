//! What customers were asked, record by record.

use super::holders::{Held, Holders};
use crate::domain::{
    base::{ids::RecordId, terms::Party},
    history::{
        record::Record,
        steps::{Act, survey_send::SurveyQuestion},
    },
};

/// Questions that were sent, under their version and to which party.
pub(super) type Sending = ((u32, Party), Vec<SurveyQuestion>);

impl Held for Sending {
    const WORDS: &'static [&'static [u8]] = &[b"survey_send"];

    fn of(record: &Record) -> Vec<Self> {
        let sent = record.history.iter().filter_map(|event| match &event.act {
            Act::SurveySend(send) => Some(((send.questions, send.party), send.asked.clone())),
            _ => None,
        });
        sent.collect()
    }
}

impl Holders<Sending> {
    /// The first record for which other questions than these were sent under a version to a party.
    pub(super) fn asked_otherwise(
        &self,
        set: (u32, Party),
        questions: &[SurveyQuestion],
    ) -> Option<RecordId> {
        let others = self.all().filter(|((of, asked), _)| *of == set && asked != questions);
        others.filter_map(|(_, records)| records.first()).min().cloned()
    }
}
