//! What customers were asked, record by record.

use std::collections::BTreeMap;

use super::{
    Store,
    error::Result,
    git::{diff::Changed, ids::CommitId},
    layout,
    view::{View, read_record},
};
use crate::domain::{
    base::ids::RecordId,
    history::steps::{
        Act,
        survey_send::{Asked, SurveySend},
    },
};

/// A file without this holds no questionnaire that was sent.
const SENDING: &[u8] = b"survey_send";

/// The questionnaires that had been sent by one commit; what another one holds is found by what
/// differs between the two.
#[derive(Debug, Default)]
pub(in crate::store) struct Sendings {
    at: Option<CommitId>,
    known: BTreeMap<RecordId, Vec<SurveySend>>,
}

impl Sendings {
    /// Those of the commit that is looked at. What cannot be read is left out.
    ///
    /// # Errors
    /// A damaged repository.
    pub(in crate::store) fn follow(&mut self, view: &View<'_>) -> Result<()> {
        let Some(commit) = view.commit() else {
            *self = Self::default();
            return Ok(());
        };
        if self.at == Some(commit) {
            return Ok(());
        }
        let repository = view.snapshot.repository();
        for Changed { path, new, .. } in repository.changes(self.at, commit, &[layout::RECORDS])? {
            let Some(id) = layout::record_of(&path) else { continue };
            self.known.remove(&id);
            let bytes = new.and_then(|new| repository.read_file(new.id, &path).ok());
            let record = bytes
                .filter(|bytes| bytes.windows(SENDING.len()).any(|part| part == SENDING))
                .and_then(|bytes| read_record(&path, &bytes).ok());
            let history = record.into_iter().flat_map(|record| record.history);
            let sent: Vec<_> = history
                .filter_map(|event| match event.act {
                    Act::SurveySend(send) => Some(*send),
                    _ => None,
                })
                .collect();
            if !sent.is_empty() {
                self.known.insert(id, sent);
            }
        }
        self.at = Some(commit);
        Ok(())
    }

    /// Each set of questions that was asked under a version, with the first record for which it was
    /// sent.
    pub(in crate::store) fn questions(&self, version: u32) -> Vec<(RecordId, Vec<Asked>)> {
        let mut asked: Vec<(RecordId, Vec<Asked>)> = Vec::new();
        for (id, sent) in &self.known {
            for send in sent.iter().filter(|send| send.questions == version) {
                if asked.iter().all(|(_, known)| *known != send.asked) {
                    asked.push((id.clone(), send.asked.clone()));
                }
            }
        }
        asked
    }
}

impl Store {
    /// As the view's own, for one of many that are looked at one after the other.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn questions_sent(
        &self,
        view: &View<'_>,
        version: u32,
    ) -> Result<Vec<(RecordId, Vec<Asked>)>> {
        let mut sendings = self.sendings.borrow_mut();
        sendings.follow(view)?;
        Ok(sendings.questions(version))
    }
}
