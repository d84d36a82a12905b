//! Whether a file that was mended is what it was when it was last sound.

use super::{class::Area, judge::CommitCase, message};
use crate::{
    domain::{
        analysis::finding::{Finding, FindingCode},
        deciding::policy::people::Person,
        history::record::Record,
    },
    store::{blob_name, git::ids::CommitId, layout, restore::sound_contact},
};

impl CommitCase<'_> {
    /// One file that was broken is what it was when it was last sound, or the report that the
    /// closing kept.
    pub(super) fn repaired(&self, author: &Person, findings: &mut Vec<Finding>) {
        let touched: Vec<_> = self.watched().collect();
        let mut lies_beyond = false;
        let fits = match touched[..] {
            [(Area::Archive, changed)] => {
                let keeps = |record: Record| {
                    let archive = record.status.archive?;
                    (archive.path == changed.path).then_some(archive.blob)
                };
                let record = layout::archived(&changed.path);
                let record = record.and_then(|id| self.before.record(&id).ok()?);
                let new = changed.new.map(|new| new.id.to_string());
                new.is_some() && record.and_then(keeps) == new
            }
            [(Area::Records | Area::Contacts | Area::Customers, changed)] => {
                let parent = self.commit.parents.first().copied();
                let due =
                    parent.and_then(|parent| self.store.mended(parent, &changed.path).ok()?);
                let due = due.and_then(|due| due.content).map(|content| blob_name(&content));
                lies_beyond = self.lies_beyond(&changed.path, due.is_some());
                due.is_some() && due == changed.new.map(|new| new.id.to_string())
            }
            _ => false,
        };
        if !fits && lies_beyond {
            findings.push(Finding::of(FindingCode::CutOff));
        } else if !fits {
            let paths = touched.iter().map(|(_, changed)| &changed.path);
            findings.extend(paths.map(|path| Finding::of(FindingCode::HandMade).path(path)));
        }
        let path = touched.first().map_or("", |(_, changed)| &changed.path);
        self.plain_message(&message::subject_of_repair(path), "repair", author, findings);
    }

    /// Whether what a file was when it was last sound may lie beyond the end of a shallow clone:
    /// where it was there already, or is not known at all. A contact that was sound is what it was.
    fn lies_beyond(&self, path: &str, is_known: bool) -> bool {
        let was_there = |end: &CommitId| {
            let held = self.store.view_of(*end).and_then(|view| view.held(path));
            !matches!(held, Ok(None))
        };
        !self.cut_at.is_empty()
            && sound_contact(self.before, path).is_none()
            && (!is_known || self.cut_at.iter().any(was_there))
    }
}
