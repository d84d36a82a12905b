//! What may stand in a reference of attached files: the files that their record has, as it has them.

use crate::{
    domain::analysis::finding::{Finding, FindingCode, phrase::Phrase},
    store::{
        Store,
        attachments::{FilesFault, record_of},
        error::Result,
        git::ids::CommitId,
    },
};

/// Judges what a push would make of a reference of files, by the records of the branch as they will
/// stand then; `None` where nothing stands against it.
///
/// # Errors
/// A repository that cannot be read.
pub fn judge(
    store: &Store,
    branch: Option<CommitId>,
    reference: &str,
    old: Option<CommitId>,
    new: Option<CommitId>,
) -> Result<Option<Finding>> {
    let finding = Finding::of(FindingCode::FilesForged).path(reference);
    let record = match (record_of(reference), branch) {
        (Some(id), Some(branch)) => store.view_of(branch)?.record(&id)?,
        _ => None,
    };
    let Some(record) = record else {
        return Ok(Some(finding.expected(Phrase::RecordOfFiles)));
    };
    let finding = finding.record(&record.id);
    let Some(new) = new else {
        // what the record still has would be lost
        let is_needed = record.kept_files().next().is_some();
        return Ok(is_needed.then(|| finding.found(Phrase::DeletedBranch)));
    };
    Ok(store.files_that_differ(&record, old, new)?.map(|fault| match fault {
        FilesFault::NotApart => finding.expected(Phrase::ApartCommit).found(&new),
        FilesFault::Other(path) => finding.found(&path),
        FilesFault::Lost(path) => finding.expected(&path),
    }))
}
