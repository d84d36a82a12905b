//! What customers were asked, record by record.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    error::Result,
    git::{diff::ChangedPath, ids::CommitId, snapshot::Snapshot},
    layout,
    parse::read_record,
};
use crate::domain::{
    base::ids::RecordId,
    history::steps::{Act, survey_send::SurveyQuestion},
};

/// A file without this holds no questionnaire that was sent.
const SENDING: &[u8] = b"survey_send";

/// A set of questions with the records for which it was sent.
type QuestionSet = (Vec<SurveyQuestion>, BTreeSet<RecordId>);

/// The questions that had been sent by one commit; what another one holds is found by what differs
/// between the two.
#[derive(Debug, Default)]
pub(super) struct Sendings {
    at: Option<CommitId>,
    /// Under each version every set once.
    sent: BTreeMap<u32, Vec<QuestionSet>>,
}

impl Sendings {
    /// Those of the commit that is looked at. What cannot be read is left out.
    pub(super) fn follow(&mut self, snapshot: &Snapshot<'_>) -> Result<()> {
        let Some(commit) = snapshot.commit() else {
            *self = Self::default();
            return Ok(());
        };
        if self.at == Some(commit) {
            return Ok(());
        }
        let repository = snapshot.repository();
        for ChangedPath { path, old, new } in
            repository.changes(self.at, commit, &[layout::RECORDS])?
        {
            let Some(id) = layout::record_of(&path) else { continue };
            if old.is_some() {
                self.forget(&id);
            }
            let bytes = new.and_then(|new| repository.read_file(new.id, &path).ok());
            let record = bytes
                .filter(|bytes| bytes.windows(SENDING.len()).any(|part| part == SENDING))
                .and_then(|bytes| read_record(&path, &bytes).ok());
            for event in record.into_iter().flat_map(|record| record.history) {
                if let Act::SurveySend(send) = event.act {
                    self.note(send.questions, send.asked, id.clone());
                }
            }
        }
        self.at = Some(commit);
        Ok(())
    }

    /// The first record for which other questions than these were sent under a version.
    pub(super) fn asked_otherwise(
        &self,
        version: u32,
        questions: &[SurveyQuestion],
    ) -> Option<RecordId> {
        let sent = self.sent.get(&version).into_iter().flatten();
        let others = sent.filter(|(asked, _)| asked != questions);
        others.filter_map(|(_, records)| records.first()).min().cloned()
    }

    fn note(&mut self, version: u32, asked: Vec<SurveyQuestion>, id: RecordId) {
        let sets = self.sent.entry(version).or_default();
        match sets.iter_mut().find(|(known, _)| *known == asked) {
            Some((_, records)) => {
                records.insert(id);
            }
            None => sets.push((asked, BTreeSet::from([id]))),
        }
    }

    fn forget(&mut self, id: &RecordId) {
        for sets in self.sent.values_mut() {
            sets.retain_mut(|(_, records)| !records.remove(id) || !records.is_empty());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_record_holds_any_more_was_not_asked() {
        let questions = |key: &str| {
            let text = || key.to_owned();
            vec![SurveyQuestion { key: text(), en: text(), zh: text() }]
        };
        let id = |tail: &str| format!("R-261123-{tail}").parse::<RecordId>().unwrap();
        let mut sendings = Sendings::default();
        for (version, key, tail) in
            [(1, "old", "00001"), (1, "new", "00002"), (1, "old", "00003"), (2, "old", "00003")]
        {
            sendings.note(version, questions(key), id(tail));
        }
        let otherwise = |sendings: &Sendings| sendings.asked_otherwise(1, &questions("new"));

        assert_eq!(otherwise(&sendings), Some(id("00001")));
        sendings.forget(&id("00001"));
        assert_eq!(otherwise(&sendings), Some(id("00003")));
        sendings.forget(&id("00003"));
        assert_eq!(otherwise(&sendings), None);
        assert_eq!(sendings.asked_otherwise(1, &questions("old")), Some(id("00002")));
        assert_eq!(sendings.asked_otherwise(2, &questions("new")), None);
    }
}
