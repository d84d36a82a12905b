//! Files that are attached to records: from the disk to the step, and back from this clone or another.

use std::path::Path;

use crate::{
    app::{
        context::{Proposal, StepContext},
        desk::OpenDesk,
        step::{RecordedStep, StepRequest},
        sync_files::{FileSteps, RemoteSteps},
    },
    domain::{
        base::{
            ids::RecordId,
            media::{FileFault, VettedFile, vet},
            terms::{AttachmentKind, FileStanding},
        },
        deciding::steps::attach::has_room,
        history::{
            record::Record,
            status::parts::AttachmentEntry,
            steps::{
                Act, Action,
                attach::{Attach, name_of, path_of},
                drop::DropFile,
            },
        },
    },
    error::{Error, IoPlace, Result},
    store::{
        attachments::{self, sha256},
        files,
        find::RecordRef,
        git::{FileChange, apart::ApartChange, ids::CommitId},
        selection::{Condition, Selection},
    },
    words::message::Message,
};

/// Minutes after which what was attached anywhere is taken to have been sent: a day.
const SENT_WITHIN: i64 = 24 * 60;

impl OpenDesk<'_> {
    /// The files as they would be kept, all of them before one is.
    ///
    /// # Errors
    /// What stands against keeping one.
    pub fn vetted(
        &self,
        paths: &[impl AsRef<Path>],
        record: &RecordRef,
    ) -> Result<Vec<VettedFile>> {
        let policy = self.view()?.policy()?;
        let most = policy.desk.attachments.most_of_file();
        let vetted = paths.iter().map(|path| self.vetted_file(path.as_ref(), most));
        let vetted = vetted.collect::<Result<Vec<_>>>()?;
        let known = self.ready(Action::Attach, StepRequest::new(record))?;
        let sizes: Vec<u64> = vetted.iter().map(|file| file.bytes.len() as u64).collect();
        let room = has_room(&known.status, policy.desk.attachments, &sizes);
        room.map_err(|why| super::step::refused(&known, Action::Attach, why))?;
        Ok(vetted)
    }

    fn vetted_file(&self, path: &Path, most: u64) -> Result<VettedFile> {
        let what = IoPlace::file(path);
        let not_kept = |fault| Error::NotKept { file: path.display().to_string(), fault };
        let read = files::read_plain(&self.app.environment.directory.join(path), most + 1);
        let bytes = read.map_err(|source| Error::Io { what, source })?;
        let bytes = bytes.map_err(|shape| not_kept(FileFault::NotAFile(shape)))?;
        if bytes.len() as u64 > most {
            return Err(not_kept(FileFault::TooLarge { most }));
        }
        vet(&path.to_string_lossy(), bytes).map_err(not_kept)
    }

    /// Attaches a file: one event, and the file itself beside the branch.
    ///
    /// # Errors
    /// What stands against the step, or keeps it from being written.
    pub fn attach(
        &self,
        record: &RecordRef,
        file: &VettedFile,
        kind: Option<AttachmentKind>,
    ) -> Result<RecordedStep> {
        self.step::<Attach>(StepRequest::new(record), |context| Ok(context.attachment(file, kind)))
    }

    /// Drops a file: one event, and the file itself out of this clone's reference.
    ///
    /// # Errors
    /// What stands against the step, or keeps it from being written.
    pub fn drop_file(
        &self,
        record: &RecordRef,
        propose: impl Fn(&StepContext<'_>) -> Result<DropFile>,
    ) -> Result<RecordedStep> {
        let mut done = self.step::<DropFile>(StepRequest::new(record), |context| {
            Ok(Proposal::from(propose(context)?))
        })?;
        let others = self.same_content(&done)?;
        done.remarks.push(if others.is_empty() {
            Message::FileDropped
        } else {
            Message::ContentKept { others }
        });
        Ok(done)
    }

    /// The attachments of any record that keep what was dropped, for they have the same content.
    fn same_content(&self, done: &RecordedStep) -> Result<Vec<(RecordId, usize)>> {
        let Act::Drop(drop) = &done.event.act else { return Ok(Vec::new()) };
        let mut own = done.record.status.attachments.iter();
        let Some(dropped) = own.find(|entry| entry.event == drop.attachment) else {
            return Ok(Vec::new());
        };
        let same = Selection::of(Condition::Content(dropped.sha256.clone()));
        let (records, _) = self.summaries(&self.view()?, &same)?;
        let kept = records.iter().flat_map(|record| {
            let all = record.status().numbered_attachments();
            let same = all
                .filter(|(_, entry)| entry.sha256 == dropped.sha256 && entry.dropped_at.is_none());
            same.map(|(number, _)| (record.id().clone(), number))
        });
        Ok(kept.collect())
    }

    /// Takes the files out of this clone that a step has ended. The step is made before, so that a file
    /// is never gone without it; what keeps a file here is only told.
    pub(super) fn end_files(&self, done: &mut RecordedStep) {
        let ends = matches!(done.event.act, Act::Drop(_) | Act::Undo(_));
        if !ends || done.record.status.attachments.is_empty() && !attached_once(&done.record) {
            return;
        }
        if let Err(why) = self.keep_in_step(&done.record.id, None) {
            let why = self.words.error(&why);
            done.remarks.push(Message::FileStays { why });
        }
    }

    /// Lets this clone hold of a record's files those that it is to have and that are here, or in a
    /// commit that came from another clone.
    pub(super) fn keep_in_step(&self, id: &RecordId, theirs: Option<CommitId>) -> Result<()> {
        self.store.git().write_apart(&|notice| self.notice(&notice), || -> Result<_> {
            // read under the lock: a file that was attached since must not be taken for one too many
            let view = self.view()?;
            let changes = match view.record(id)? {
                Some(record) => self.store.files_in_step(&view, &record, theirs)?,
                None => Vec::new(),
            };
            Ok((changes, ()))
        })
    }

    /// The records of which this clone has files that they have not, or not so: a crash may leave one
    /// whose event never came, or that was dropped.
    pub(super) fn files_astray(&self) -> Result<Vec<RecordId>> {
        let view = self.view()?;
        let mut astray = Vec::new();
        for (id, _) in self.store.records_with_files()? {
            let Some(record) = view.record(&id)? else { continue };
            let changes = self.store.files_in_step(&view, &record, None)?;
            if changes.iter().any(|change| !change.files.is_empty()) {
                astray.push(id);
            }
        }
        Ok(astray)
    }

    /// The content of an attachment, from another clone where this one does not have it; `None` where
    /// no remote has it either.
    ///
    /// # Errors
    /// A remote that cannot be reached.
    pub fn content(&self, record: &Record, entry: &AttachmentEntry) -> Result<Option<Vec<u8>>> {
        let own = self.store.attached(record, entry)?;
        if own.is_some() {
            return Ok(own);
        }
        let Some(remote) = self.store.git().remote_of(&self.desk.branch, None)? else {
            return Ok(None);
        };
        self.fetch_files(&remote, record, RemoteSteps::MaybeMore)?;
        Ok(self.store.attached(record, entry)?)
    }

    /// Gets what a remote has of a record's files. What it holds is noted as heard of once it is here: else
    /// the next push would take from the remote what a kill kept from coming. [`FileSteps::Missing`], and
    /// nothing noted, where it has files of steps that this clone has not got, unless the remote has no such
    /// steps either.
    pub(super) fn fetch_files(
        &self,
        remote: &str,
        record: &Record,
        steps: RemoteSteps,
    ) -> Result<FileSteps> {
        let mut are_known = true;
        let progress = self.app.ui.progress(remote);
        let on_progress = |line: &str| progress.message(line);
        for id in std::iter::once(&record.id).chain(&record.formerly) {
            let reference = attachments::reference(id);
            let theirs = self.store.git().fetch_apart(remote, &reference, &on_progress)?;
            // what is no commit holds no files, and is sent over
            let git = self.store.git();
            let files = theirs.filter(|theirs| git.snapshot(*theirs).is_ok());
            if files.is_some() {
                self.keep_in_step(&record.id, files)?;
            }
            if *id == record.id {
                let view = self.view()?;
                let known = files.map(|files| self.store.are_files_known(&view, id, files));
                are_known = steps == RemoteSteps::AllHere || known.transpose()?.unwrap_or(true);
                if theirs.is_none() && !self.has_files(id)? {
                    if self.is_heard_of(remote, record) {
                        self.store.note_files_lost(remote, id);
                    }
                } else if are_known {
                    self.store.note_files_sent(remote, id, theirs);
                }
            }
        }
        Ok(if are_known { FileSteps::Here } else { FileSteps::Missing })
    }

    /// Lets the next sync send a record's files again, which the remote may have lost.
    ///
    /// # Errors
    /// What cannot be read of the repository.
    pub fn doubt_files_sent(&self, id: &RecordId) -> Result<()> {
        if let Some(remote) = self.store.git().remote_of(&self.desk.branch, None)?
            && self.has_files(id)?
        {
            self.store.note_files_sent(&remote, id, None);
        }
        Ok(())
    }

    /// Whether a remote once held a record's files: it is known to, or they were attached so long ago that
    /// they must have been sent.
    fn is_heard_of(&self, remote: &str, record: &Record) -> bool {
        let mut kept = record.status.attachments.iter().filter(|it| it.dropped_at.is_none());
        self.store.files_sent(remote).contains_key(&record.id)
            || kept.all(|it| self.now().minutes_since(it.at) > SENT_WITHIN)
    }

    /// Whether this clone has files of a record.
    fn has_files(&self, id: &RecordId) -> Result<bool> {
        Ok(self.store.git().apart_commit(&attachments::reference(id))?.is_some())
    }

    /// How the file of an attachment stands, with its content where it is as it was.
    ///
    /// # Errors
    /// A remote that cannot be reached.
    pub fn verified(&self, record: &Record, entry: &AttachmentEntry) -> Result<FileStanding> {
        if entry.dropped_at.is_some() {
            return Ok(FileStanding::Dropped);
        }
        Ok(match self.content(record, entry)? {
            None => FileStanding::Missing,
            Some(bytes) if is_intact(&bytes, entry) => FileStanding::Intact,
            Some(_) => FileStanding::Differs,
        })
    }
}

impl StepContext<'_> {
    /// What attaches a file, with the file itself beside the branch.
    pub fn attachment(&self, file: &VettedFile, kind: Option<AttachmentKind>) -> Proposal<Attach> {
        let (file_type, record) = (file.file_type, self.record);
        let hash = sha256(&file.bytes);
        let path = path_of(&self.stamp.id, file_type);
        let files = vec![FileChange { path, content: Some(file.bytes.clone()) }];
        let reference = attachments::reference(&record.id);
        let mut same = record.status.numbered_attachments();
        let same = same.find(|(_, it)| it.sha256 == hash && it.dropped_at.is_none());
        let same = same.map(|(number, _)| Message::SameFile { number });
        let request = Attach {
            kind: kind.unwrap_or(file_type.usual_kind()),
            file_type,
            size: u32::try_from(file.bytes.len()).unwrap_or(u32::MAX),
            sha256: hash,
            name: name_of(&record.id, &self.stamp.id, file_type),
        };
        Proposal::from(request)
            .with_remarks(same)
            .with_remarks(file.is_stripped.then_some(Message::FileStripped))
            .with_apart(vec![ApartChange { reference, files, by: None }])
    }
}

/// Whether a content is what was attached.
pub fn is_intact(bytes: &[u8], entry: &AttachmentEntry) -> bool {
    bytes.len() as u64 == u64::from(entry.size) && sha256(bytes) == entry.sha256
}

/// Whether a record had files that it has no more, by an undoing.
fn attached_once(record: &Record) -> bool {
    record.history.iter().any(|event| matches!(event.act, Act::Attach(_)))
}
