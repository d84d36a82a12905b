//! Puts right what the doctor found.

use std::path::Path;

use crate::{
    app::{
        desk::OpenDesk,
        doctor::{Damage, Diagnosis, EditRepair, RepairOutcome, is_file_of_desk},
        step::StepRequest,
        unsent::Unsendable,
    },
    audit::message,
    domain::{
        base::{
            ids::RecordId,
            terms::{Field, Term},
        },
        deciding::steps::amend,
        history::{
            intake::Intake,
            record::Record,
            status::Status,
            steps::{
                Action,
                amend::{Amend, value_of},
            },
        },
    },
    error::{Error, Result},
    store::{
        error::Error as StoreError,
        find::RecordRef,
        git::{
            self, FileChange,
            ids::{BlobId, CommitId},
        },
        layout,
        view::View,
        yaml,
    },
    words::message::Message,
};

impl OpenDesk<'_> {
    /// Mends what can be mended without anybody's decision; edits as was said.
    pub fn mend(
        &self,
        named: &[RecordId],
        edits: EditRepair,
        reason: &str,
    ) -> Result<Vec<Diagnosis>> {
        // first, for by them all else is judged
        let references = self.reference_damage()?.into_iter();
        let mut seen: Vec<_> = references.map(|it| self.mended(it, edits, reason)).collect();
        for damage in self.damages(named)? {
            let damage = match damage {
                // it could not be mended
                Damage::Reference { .. } => continue,
                // repairs above may have gone on from it
                Damage::Unsendable(_) => match self.unsendable()? {
                    Some(unsendable) => Damage::Unsendable(unsendable),
                    None => continue,
                },
                damage => damage,
            };
            seen.push(self.mended(damage, edits, reason));
        }
        Ok(seen)
    }

    fn mended(&self, damage: Damage, edits: EditRepair, reason: &str) -> Diagnosis {
        let outcome = match self.mend_one(&damage, edits, reason) {
            Ok(outcome) => outcome,
            Err(error) => RepairOutcome::Left { why: self.words.error(&error) },
        };
        Diagnosis { damage, outcome }
    }

    fn mend_one(&self, damage: &Damage, edits: EditRepair, reason: &str) -> Result<RepairOutcome> {
        match damage {
            Damage::Merge { .. } => self.mend_merge(),
            Damage::Operation { .. }
            | Damage::Lock { .. }
            | Damage::Policy { .. }
            | Damage::UnknownPeople { .. } => Ok(RepairOutcome::ForPerson),
            Damage::Reference { name } => self.repair_reference(name),
            Damage::StrayPeople { paths } => self.remove_people(paths),
            Damage::Broken { path, .. } => self.mend_file(path),
            Damage::Archive { path, blob } => self.mend_archive(path, blob),
            Damage::Edit { path } => match edits {
                EditRepair::Leave => Ok(RepairOutcome::ForPerson),
                EditRepair::Drop => self.drop_edit(path),
                EditRepair::Keep => self.keep_edit(path, reason),
            },
            Damage::Unsendable(Unsendable { tip, before, .. }) => {
                self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
                let on_notice = |notice| self.notice(&notice);
                let branch = self.store.git().take_back(*tip, *before, &on_notice)?;
                Ok(RepairOutcome::TakenBack { branch })
            }
            Damage::Files { record } => {
                self.keep_in_step(record, None)?;
                Ok(RepairOutcome::Mended)
            }
            Damage::Stray { path } => {
                self.store.remove_stray(Path::new(path))?;
                Ok(RepairOutcome::Mended)
            }
        }
    }

    /// Puts the records and contacts of a merge together by their events, and ends the merge if
    /// nothing else is in conflict.
    fn mend_merge(&self) -> Result<RepairOutcome> {
        let (Some(theirs), git::Head::Branch { tip: Some(ours), .. }) =
            (self.store.git().merging()?, self.store.git().head_branch()?)
        else {
            return Ok(RepairOutcome::ForPerson);
        };
        let merge = self.store.merge(ours, theirs)?;
        let identity = self.identity()?;
        let unmerged = self.store.git().unmerged()?;
        let mut paths = Vec::new();
        for FileChange { path, content } in &merge.files {
            if is_file_of_desk(path)
                && let Some(content) = content
            {
                self.replace(path, content, (ours, theirs))?;
                paths.push(path.clone());
            }
        }
        let theirs_view = self.store.view_of(theirs)?;
        for path in merge.taken.iter().filter(|path| unmerged.contains(path)) {
            if let Some(text) = theirs_view.text(path)? {
                self.replace(path, text.as_bytes(), (ours, theirs))?;
                paths.push(path.clone());
            }
        }
        let expected = |path: &String| {
            merge.taken.contains(path) || merge.files.iter().any(|file| file.path == *path)
        };
        let own: Vec<_> = self
            .store
            .staged_anyway()?
            .into_iter()
            .filter(|path| !expected(path) && !unmerged.contains(path))
            .collect();
        if !own.is_empty() {
            let why = self.words.message(&Message::OtherStagedChanges { paths: own });
            return Ok(RepairOutcome::Left { why });
        }
        if self.store.git().conclude(&paths, &identity, self.signs()?)? {
            return Ok(RepairOutcome::Mended);
        }
        let left = self.store.git().unmerged()?.join(", ");
        Ok(RepairOutcome::Left { why: left })
    }

    /// Puts a merged file in the place of what git left there; what somebody wrote into it besides is
    /// put by.
    fn replace(&self, path: &str, content: &[u8], sides: (CommitId, CommitId)) -> Result<()> {
        let there = self.store.edited(path)?.unwrap_or_default();
        let marked =
            there.starts_with(b"<<<<<<< ") || there.windows(9).any(|part| part == b"\n<<<<<<< ");
        let known = |commit| -> Result<bool> {
            let text = self.store.view_of(commit)?.text(path).ok().flatten();
            Ok(text.is_some_and(|text| text.as_bytes() == there))
        };
        let plain = there.is_empty() || there == content || marked;
        if !plain && !known(sides.0)? && !known(sides.1)? {
            self.store.git().back_up(path, &there)?;
        }
        Ok(self.store.put_file(path, content)?)
    }

    /// A broken file becomes what it was when it was last sound, in a commit of its own.
    pub(super) fn mend_file(&self, path: &str) -> Result<RepairOutcome> {
        self.repair(&message::subject_of_repair(path), |view| {
            let commit = view.commit();
            Ok(commit.map(|commit| self.store.mended(commit, path)).transpose()?.flatten())
        })
    }

    /// The report that a closing kept comes back from git's objects.
    fn mend_archive(&self, path: &str, blob: &str) -> Result<RepairOutcome> {
        self.repair(&message::subject_of_repair(path), |_| {
            let content = self.store.git().blob_named(blob)?;
            Ok(content.map(|content| FileChange { path: path.to_owned(), content: Some(content) }))
        })
    }

    fn repair(
        &self,
        subject: &str,
        find: impl Fn(&View<'_>) -> Result<Option<FileChange>>,
    ) -> Result<RepairOutcome> {
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        let (commit, ()) = self.store.write(&branch, &|notice| self.notice(&notice), |view| {
            let policy = view.policy()?;
            let (actor, _) = self.actor_as(&policy, policy.roles.may(Action::Open))?;
            let Some(file) = find(view)? else {
                return Ok::<_, Error>((None, ()));
            };
            // one that is so already needs no commit
            let held = view.held(&file.path)?.map(|held| held.id);
            if held.is_some() && file.content.as_deref().and_then(BlobId::of) == held {
                return Ok((None, ()));
            }
            let change = self.plain_change(&actor, "repair", subject, vec![file])?;
            Ok((Some(change), ()))
        })?;
        Ok(if commit.is_some() { RepairOutcome::Mended } else { RepairOutcome::ForPerson })
    }

    fn drop_edit(&self, path: &str) -> Result<RepairOutcome> {
        let copy = match self.store.edited(path)? {
            Some(bytes) => self.store.git().back_up(path, &bytes)?.display().to_string(),
            None => String::new(),
        };
        let is_tracked = self.store.view_of_head()?.held(path)?.is_some();
        if is_tracked {
            self.store.git().restore(&[path.to_owned()])?;
        } else {
            self.store.git().forget(path)?;
        }
        Ok(RepairOutcome::Dropped { copy })
    }

    /// What somebody wrote into a record's file becomes an amend, if an amend can say it.
    fn keep_edit(&self, path: &str, reason: &str) -> Result<RepairOutcome> {
        let person = || Ok(RepairOutcome::ForPerson);
        let (Some(id), Some(bytes)) = (layout::record_of(path), self.store.edited(path)?) else {
            return person();
        };
        let edited: std::result::Result<Record, _> = yaml::from_slice(&bytes);
        let edited = match edited {
            Ok(edited) => edited,
            Err(source) => {
                return Err(StoreError::broken(path, source).into());
            }
        };
        let Some(known) = self.store.view_of_head()?.record(&id)? else {
            return person();
        };
        let set = corrections(&known, &edited);
        if set.is_empty() || edited.history != known.history || edited.id != known.id {
            return person();
        }
        self.store.git().restore(&[path.to_owned()])?;
        let wanted = RecordRef::Full(id);
        let amended = self.step::<Amend>(StepRequest::new(&wanted), |context| {
            let reason = context.text("--reason", reason)?;
            Ok(amend::Request { set: set.clone(), event: None, reason }.into())
        });
        if let Err(error) = amended {
            // what was written by hand is theirs
            self.store.put_file(path, &bytes)?;
            return Err(error);
        }
        Ok(RepairOutcome::Mended)
    }
}

/// The fields that an edited record says otherwise, in its status or in what was told.
fn corrections(known: &Record, edited: &Record) -> Vec<(Field, String)> {
    let opened = |intake: &Intake, record: &Record| {
        let first = record.history.first().map(|event| &event.stamp);
        first.map(|stamp| Status::before(intake, &stamp.by, stamp.at))
    };
    let differs = |field: Field, was: &Status, is: &Status| {
        let (was, is) = (value_of(was, field), value_of(is, field));
        (was != is).then_some((field, is))
    };
    Field::ALL
        .iter()
        .filter_map(|field| {
            differs(*field, &known.status, &edited.status).or_else(|| {
                let (was, is) = (opened(&known.intake, known)?, opened(&edited.intake, known)?);
                differs(*field, &was, &is)
            })
        })
        .collect()
}
