//! Files of records that meet those of other clones: sent where they changed here, and never fetched
//! but where both sides changed them.

use std::{collections::BTreeSet, thread};

use crate::{
    app::{desk::OpenDesk, sync::TRIES},
    domain::base::ids::RecordId,
    error::Result,
    store::{
        attachments::{FOLDER, reference},
        error::Error as StoreError,
        git::{
            apart_remote::{ApartPush, ApartPushed},
            ids::CommitId,
        },
        layout,
    },
    words::message::Message,
};

/// Files of records that went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTraffic {
    /// How many records' files were sent.
    pub sent: usize,
    /// The records whose files the remote does not take.
    pub refused: Vec<RecordId>,
}

/// What is known of the steps that a remote has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RemoteSteps {
    /// This clone has all of them.
    AllHere,
    /// There may be others.
    MaybeMore,
}

/// Whether this clone has the steps whose files a remote has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileSteps {
    Here,
    /// The branch is to be asked for them first.
    Missing,
}

impl OpenDesk<'_> {
    /// Sends the files that changed here since the remote was last heard of, once it has the records. A
    /// remote that takes no such references keeps nobody from exchanging records. [`FileSteps::Missing`] where
    /// the remote has files of steps that are not in `sent`; they are pushed over where it has no more steps
    /// than these.
    ///
    /// # Errors
    /// A remote that cannot be reached.
    pub(super) fn sync_files(
        &self,
        remote: &str,
        (sent, steps): (CommitId, RemoteSteps),
        traffic: &mut FileTraffic,
    ) -> Result<FileSteps> {
        self.files_to_step(sent)?;
        let (mut refusal, mut known) = (String::new(), FileSteps::Here);
        self.look_for_lost_files(remote)?;
        let mut left = self.files_to_send(remote)?;
        for id in &left {
            // what a crash left there belongs to no record
            self.keep_in_step(id, None)?;
        }
        for turn in 0..TRIES {
            let pushes = self.pushes(remote, &left)?;
            if pushes.is_empty() {
                break;
            }
            let progress = self.app.ui.progress(remote);
            let on_progress = |line: &str| progress.message(line);
            let told: Vec<ApartPush> = pushes.iter().map(|(_, push)| push.clone()).collect();
            let results = self.store.git().push_apart(remote, &told, &on_progress)?;
            drop(progress);
            left.clear();
            for ((id, push), result) in pushes.into_iter().zip(results) {
                match result {
                    ApartPushed::Done | ApartPushed::UpToDate => {
                        self.store.note_files_sent(remote, &id, Some(push.new));
                        traffic.sent += usize::from(result == ApartPushed::Done);
                    }
                    ApartPushed::TooLate(why) => {
                        if let Some(why) = self.hidden(remote, (&push, &why))? {
                            refusal = why;
                            traffic.refused.push(id);
                            continue;
                        }
                        if let Some(record) = self.view()?.record(&id)?
                            && self.fetch_files(remote, &record, steps)? == FileSteps::Missing
                        {
                            known = FileSteps::Missing;
                            continue;
                        }
                        left.insert(id);
                    }
                    ApartPushed::Refused(why) => {
                        refusal = why;
                        traffic.refused.push(id);
                    }
                }
            }
            if turn + 1 == TRIES && !left.is_empty() {
                let output = left.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
                return Err(StoreError::Outrun { remote: remote.to_owned(), output }.into());
            }
            if !left.is_empty() {
                thread::sleep(Self::pause(turn)?);
            }
        }
        // a file that was attached meanwhile is sent with its record, the next time
        if self.store.git().tip(&self.desk.branch)? != Some(sent) {
            traffic.refused.clear();
        }
        if !traffic.refused.is_empty() {
            let message = Message::SyncFilesRefused {
                records: traffic.refused.len(),
                remote: remote.to_owned(),
                why: refusal,
            };
            self.app.ui.warn(&self.words.message(&message));
        }
        Ok(known)
    }

    /// Asks a remote once a day which files it holds. Of the others it is forgotten that they were sent: it
    /// has lost them, and gets them again; those that are not here either are told of.
    fn look_for_lost_files(&self, remote: &str) -> Result<()> {
        let day = self.now().date();
        if !self.store.has_heard_of_files(remote) || self.store.asked_for_files(remote, day) {
            return Ok(());
        }
        let pattern = format!("{FOLDER}*");
        let progress = self.app.ui.progress(remote);
        let on_progress = |line: &str| progress.message(line);
        let listed = self.store.git().list_apart(remote, &pattern, &on_progress)?;
        drop(progress);
        let here = self.store.records_with_files()?.into_iter().map(|(id, _)| id).collect();
        self.store.keep_files_sent(remote, &listed.into_iter().collect(), &here);
        self.store.note_asked_for_files(remote, day);
        let (view, mut lost) = (self.view()?, 0);
        for id in self.store.files_lost(remote) {
            let record = view.record(&id)?;
            lost += usize::from(record.is_some_and(|it| it.kept_files().next().is_some()));
        }
        if lost > 0 {
            let message = Message::FilesLost { records: lost, remote: remote.to_owned() };
            self.app.ui.warn(&self.words.message(&message));
        }
        Ok(())
    }

    /// The records whose files here are others than the remote is known to hold.
    fn files_to_send(&self, remote: &str) -> Result<BTreeSet<RecordId>> {
        let known = self.store.files_sent(remote);
        let here = self.store.records_with_files()?;
        let changed = here.into_iter().filter(|(id, commit)| known.get(id) != Some(commit));
        Ok(changed.map(|(id, _)| id).collect())
    }

    /// What is to be sent of these records; those that the remote holds so already are left out.
    fn pushes(
        &self,
        remote: &str,
        left: &BTreeSet<RecordId>,
    ) -> Result<Vec<(RecordId, ApartPush)>> {
        let (known, view) = (self.store.files_sent(remote), self.view()?);
        let mut pushes = Vec::new();
        for (id, new) in self.store.records_with_files()? {
            let seen = known.get(&id).copied();
            if !left.contains(&id) || seen == Some(new) {
                continue;
            }
            let Some(record) = view.record(&id)? else { continue };
            let new = self.store.files_to_send(&record, new)?.filter(|new| seen != Some(*new));
            let Some(new) = new else { continue };
            let reference = reference(&id);
            pushes.push((id, ApartPush { reference, seen, new }));
        }
        Ok(pushes)
    }

    /// Takes out of this clone what others dropped since it was last looked after: of the records that
    /// changed, whether docket merged them or git did.
    fn files_to_step(&self, tip: CommitId) -> Result<()> {
        let seen = self.store.files_seen();
        if seen == Some(tip) {
            return Ok(());
        }
        let here = self.store.records_with_files()?;
        let paths = match seen {
            Some(seen) if !here.is_empty() => self.store.changes(Some(seen), tip).ok(),
            Some(_) | None => None,
        };
        let changed: Option<BTreeSet<RecordId>> =
            paths.map(|paths| paths.iter().filter_map(|it| layout::record_of(&it.path)).collect());
        for (id, _) in here {
            if changed.as_ref().is_none_or(|changed| changed.contains(&id)) {
                self.keep_in_step(&id, None)?;
            }
        }
        self.store.note_files_seen(tip);
        Ok(())
    }
}
