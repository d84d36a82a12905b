//! What a person or another tool broke: seen here, put right in `doctor_repair`.

use std::{collections::BTreeMap, convert::Infallible};

use crate::{
    app::{desk::OpenDesk, unsent::Unsendable},
    audit::class::Area,
    domain::{
        analysis::finding::{Detail, phrase::Phrase},
        base::ids::{ContactId, RecordId},
        history::{contact::Contact, merge::circle, record::Record},
    },
    error::Result,
    store::{error::Error as StoreError, git::error::Unfinished, layout, view::View},
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
        if let Some(path) = self.store.git().foreign_lock(&self.desk.branch) {
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
        let (_, customers) = view.customers()?;
        let mut found: Vec<Damage> = left_out
            .into_iter()
            .chain(contacts)
            .chain(customers)
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
}

pub(super) fn is_file_of_desk(path: &str) -> bool {
    layout::record_of(path).is_some()
        || layout::contact_of(path).is_some()
        || layout::customer_of(path).is_some()
}
