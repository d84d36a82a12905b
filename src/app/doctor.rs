//! What a person or another tool broke, and how it is put right: seen first, then mended.

use std::{collections::BTreeMap, convert::Infallible, path::Path};

use crate::{
    app::{desk::OpenDesk, step::StepRequest, unsent::Unsendable},
    audit::{class::Area, message},
    domain::{
        analysis::finding::{Detail, phrase::Phrase},
        base::{
            ids::{ContactId, RecordId},
            terms::{Field, Term},
        },
        deciding::steps::amend,
        history::{
            contact::Contact,
            intake::Intake,
            merge::circle,
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
        git::{self, FileChange, error::Unfinished, ids::CommitId},
        layout,
        view::View,
        yaml,
    },
    words::message::Message,
};

/// So many of the newest commits are looked at for what a merge lost.
const LOOKED_AT: usize = 500;

/// Something that is not as docket left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// A merge that git began and left in conflict.
    Merge { paths: Vec<String> },
    /// Something else that git is in the midst of.
    Operation { what: Unfinished },
    /// A file that was changed by hand and is not committed.
    Edit { path: String },
    /// Rules that cannot be read.
    Policy { path: String, why: String },
    /// A committed file that cannot be read, or whose status its history does not give.
    Broken { path: String, why: String },
    /// An archived report that is not the one that the closing kept.
    Archive { path: String, blob: String },
    /// A lock of git's, held or left behind.
    Lock { path: String },
    /// A file that an interrupted write left.
    Stray { path: String },
    /// Files in this clone that their record has not, or not so.
    Files { record: RecordId },
    /// A reference beside the branch that names no commit.
    Reference { name: String },
    /// Files under the reference of people that say of nobody whom the branch knows.
    StrayPeople { paths: Vec<String> },
    /// Contacts of whom this clone does not know who they are.
    UnknownPeople { contacts: Vec<ContactId> },
    /// Commits that others would refuse, and nobody else has.
    Unsendable(Unsendable),
}

/// Damage and what became of it.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    pub damage: Damage,
    pub outcome: RepairOutcome,
}

/// What became of damage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepairOutcome {
    /// It can be mended by `--repair`.
    Mendable,
    /// It needs a person: how.
    ForPerson,
    Mended,
    /// The commits are on this branch alone now.
    TakenBack {
        branch: String,
    },
    /// A copy lies here.
    Dropped {
        copy: String,
    },
    /// It could not be mended.
    Left {
        why: String,
    },
}

/// What is to become of files that were changed by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditRepair {
    /// They stay as they are.
    Leave,
    /// Records become amended by who repairs.
    Keep,
    /// They become what HEAD has; a copy is put by.
    Drop,
}

impl OpenDesk<'_> {
    /// Everything that is not as docket left it.
    pub fn damages(&self, named: &[RecordId]) -> Result<Vec<Damage>> {
        let mut found = Vec::new();
        let merging = self.store.git().merging()?.is_some();
        let operation = self.store.git().operation_in_progress();
        if merging {
            found.push(Damage::Merge { paths: self.store.git().unmerged()? });
        } else if let Some(what) = operation {
            found.push(Damage::Operation { what });
        }
        if let Some(path) = self.store.git().foreign_lock() {
            found.push(Damage::Lock { path: path.display().to_string() });
        }
        let references = self.reference_damage()?;
        // before, nothing can be said of people and files
        let are_sound = references.is_empty();
        found.extend(references);
        let view = self.store.view_of_head()?;
        let broken = self.broken(&view)?;
        let lost = self.lost(&view, named)?.into_iter();
        let is_known = |path: &String| {
            let is_it = |damage: &Damage| matches!(damage, Damage::Broken { path: known, .. } if known == path);
            broken.iter().any(is_it)
        };
        let lost: Vec<_> = lost.filter(|path| !is_known(path)).collect();
        found.extend(broken);
        found.extend(lost.into_iter().map(|path| {
            let why = self.words.message(&Message::HistoryHasMore);
            Damage::Broken { path, why }
        }));
        if are_sound {
            found.extend(self.people_damage(&view)?);
        }
        let faults = view.policy_faults().into_iter();
        found.extend(faults.map(|(path, why)| {
            let why = self.words.file_fault(&why);
            Damage::Policy { path, why }
        }));
        if !merging && operation.is_none() {
            let policy = |path: &String| Area::of(path) == Some(Area::Policy);
            let edits = self.store.edits()?.into_iter();
            let edits = edits.filter(|path| !policy(path) && !path.contains("/.docket-"));
            found.extend(edits.map(|path| Damage::Edit { path }));
        }
        let strays = self.store.temporaries().into_iter();
        found.extend(strays.map(|path| Damage::Stray { path: path.display().to_string() }));
        if are_sound {
            let astray = self.files_astray()?.into_iter();
            found.extend(astray.map(|record| Damage::Files { record }));
        }
        if !merging && operation.is_none() {
            found.extend(self.unsendable()?.map(Damage::Unsendable));
        }
        Ok(found)
    }

    /// The files of records of which the history has more than the branch: of the newest commits, and of
    /// those that were named.
    fn lost(&self, view: &View<'_>, named: &[RecordId]) -> Result<Vec<String>> {
        let Some(tip) = view.commit() else { return Ok(Vec::new()) };
        let mut lost = self.store.lost(tip, LOOKED_AT)?;
        for id in named {
            let whole = self.store.whole(tip, id)?;
            if view.record(id).ok().flatten() != whole {
                lost.push(layout::record(id));
            }
        }
        Ok(lost)
    }

    /// Committed files of the desk that are not sound.
    fn broken(&self, view: &View<'_>) -> Result<Vec<Damage>> {
        let (records, left_out) = view.records()?;
        let (people, contacts) = view.contacts()?;
        let mut found: Vec<Damage> = left_out
            .into_iter()
            .chain(contacts)
            .filter(|left| is_file_of_desk(&left.path))
            // what a later docket wrote is sound
            .filter(|left| !matches!(left.why, StoreError::Newer { .. }))
            .map(|left| Damage::Broken { why: self.words.file_fault(&left.why), path: left.path })
            .collect();
        found.extend(self.circles(&records, &people));
        for record in records {
            if record.replay() != record.status {
                let path = layout::record(&record.id);
                let why = self.words.message(&Message::OutOfStep);
                found.push(Damage::Broken { path, why });
            } else if let Some(archive) = &record.status.archive {
                let held = view.held(&archive.path)?.map(|held| held.id.to_string());
                if held.as_ref() != Some(&archive.blob) {
                    let (path, blob) = (archive.path.clone(), archive.blob.clone());
                    found.push(Damage::Archive { path, blob });
                }
            }
        }
        Ok(found)
    }

    /// Records, and contacts, that plain git let two clones merge into each other: those that are to
    /// hold.
    fn circles(&self, records: &[Record], contacts: &[Contact]) -> Vec<Damage> {
        let why = self.words.detail(&Detail::Phrase(Phrase::MergedInCircle));
        let broken = |path: String| Damage::Broken { path, why: why.clone() };
        let by_id: BTreeMap<_, _> = records.iter().map(|record| (&record.id, record)).collect();
        let record = |id: &RecordId| Ok::<_, Infallible>(by_id.get(id).map(|it| Record::clone(it)));
        let people: BTreeMap<_, _> = contacts.iter().map(|it| (&it.id, it)).collect();
        let person =
            |id: &ContactId| Ok::<_, Infallible>(people.get(id).map(|it| Contact::clone(it)));
        let crossed = records.iter().filter_map(|it| {
            let Ok(holds) = circle::crossed(it, record);
            holds.filter(|holds| holds.id == it.id).map(|holds| broken(layout::record(&holds.id)))
        });
        let held = contacts.iter().filter_map(|it| {
            let Ok(holds) = circle::held(it, person);
            holds.filter(|holds| holds.id == it.id).map(|holds| broken(layout::contact(&holds.id)))
        });
        crossed.chain(held).collect()
    }

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

fn is_file_of_desk(path: &str) -> bool {
    layout::record_of(path).is_some() || layout::contact_of(path).is_some()
}
