//! What two clones know of people, as one, without those whom the branch has erased.

use crate::{
    domain::{
        base::{ids::ContactId, terms::ContactKey},
        history::merge::persons::{JoinedPerson, joined_persons},
    },
    store::{
        Store,
        error::Result,
        git::{
            FileChange,
            diff::ChangedPath,
            ids::{BlobId, CommitId},
        },
        layout,
        parse::person_file,
        persons::{
            erased::{PersonStanding, standing},
            person_in,
        },
        view::View,
    },
};

/// What comes of meeting another clone's people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonsMerge {
    /// What changes in this clone.
    pub files: Vec<FileChange>,
    /// Whether this clone is to know what the other side does, to the byte.
    pub equals_theirs: bool,
    /// Files of the other side that are not what docket writes of a person.
    pub left_out: Vec<String>,
    /// Persons of whom both sides said different things, and of what.
    pub disputed: Vec<(ContactId, Vec<ContactKey>)>,
    /// Persons whom the branch knows and the other side had lost.
    pub restored: usize,
    /// The files of persons whom only another branch of this clone knows.
    pub held_back: Vec<String>,
    /// Files of the other side of persons whom the branch has erased, or whom no branch knows and a repair took
    /// away here.
    pub gone_there: Vec<String>,
    /// Persons whom the branch has erased and this clone still knew.
    pub erased: usize,
    /// Persons of whom this clone knows more now.
    pub came: usize,
}

/// What becomes of one file of people where two clones meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum PersonFate {
    /// What either side knows stays.
    #[default]
    Joined,
    /// No person's file: it stays where it is.
    Stranger,
    /// What the other side has is not what docket writes.
    LeftOut,
    /// The branch has erased them.
    Erased,
    /// The other side had lost them.
    Restored,
    /// Only another branch of this clone knows them.
    HeldBack,
    /// No branch knows them, and a repair took them away here.
    Stray,
}

/// What comes of one file of people on both sides.
#[derive(Debug, Default)]
struct PersonMeeting {
    fate: PersonFate,
    /// What this clone is to know.
    content: Option<Vec<u8>>,
    blob: Option<BlobId>,
    is_new: bool,
    disputed: Option<(ContactId, Vec<ContactKey>)>,
}

impl PersonMeeting {
    /// What comes of a file, where `standing` is how the branch knows that person, and `agreed` is what
    /// both sides had last.
    fn of(
        store: &Store,
        change: &ChangedPath,
        standing: PersonStanding,
        agreed: Option<CommitId>,
    ) -> Result<Self> {
        let path = change.in_persons();
        let Some(id) = layout::person_of(path) else {
            return Ok(Self { fate: PersonFate::Stranger, ..Self::default() });
        };
        if standing == PersonStanding::Erased {
            return Ok(Self { fate: PersonFate::Erased, ..Self::default() });
        }
        let agreed = || agreed.map(|agreed| store.repository.snapshot(agreed)).transpose();
        if let (Some(held), None, PersonStanding::Known) = (change.old, change.new, standing) {
            // what is to be sent anew need not be understood here
            let was_there = agreed()?.map(|agreed| agreed.blob_id(path)).transpose()?.flatten();
            let fate = if was_there.is_some() { PersonFate::Restored } else { PersonFate::Joined };
            return Ok(Self { fate, blob: Some(held.id), ..Self::default() });
        }
        let [ours, theirs] = change.persons(store)?;
        let mut met = Self::default();
        if change.new.is_some() && theirs.is_none() {
            met.fate = PersonFate::LeftOut;
        }
        let known_before = ours.clone();
        let due = match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                let base = agreed()?.and_then(|agreed| person_in(&agreed, path));
                let JoinedPerson { person, disputed } =
                    joined_persons(base.as_ref(), &ours, &theirs);
                met.disputed = Some((id, disputed)).filter(|(_, fields)| !fields.is_empty());
                Some(person)
            }
            (Some(ours), None) if standing == PersonStanding::Known => Some(ours),
            // of another branch, or of none
            (Some(ours), None) => {
                let elsewhere = store.repository.branches_with(&layout::contact(&id))?;
                let kept = Some(ours).filter(|_| !elsewhere.is_empty());
                met.fate = if kept.is_some() { PersonFate::HeldBack } else { met.fate };
                kept
            }
            (None, Some(theirs)) if standing == PersonStanding::Unknown && store.is_stray(&id) => {
                let elsewhere = store.repository.branches_with(&layout::contact(&id))?;
                if elsewhere.is_empty() {
                    return Ok(Self { fate: PersonFate::Stray, ..Self::default() });
                }
                Some(theirs)
            }
            (None, theirs) => theirs,
        };
        met.is_new = due.is_some() && due != known_before;
        let written = due.map(|due| person_file(path.to_owned(), &due)).transpose()?;
        met.content = written.and_then(|file| file.content);
        met.blob = met.content.as_deref().and_then(BlobId::of);
        Ok(met)
    }
}

impl Store {
    /// What this clone is to know of people once it has met `theirs`: what either side knows, field by
    /// field, of those whom the branch knows and has not erased. Somebody whom only the other side
    /// knows stays: the branch may not have come yet.
    ///
    /// # Errors
    /// What cannot be read of this clone's own.
    pub fn merged_persons(
        &self,
        view: &View<'_>,
        remote: &str,
        theirs: Option<CommitId>,
    ) -> Result<PersonsMerge> {
        let git = &self.repository;
        let agreed = self.agreed_persons(remote)?;
        let theirs =
            theirs.map_or_else(|| Ok(git.empty_snapshot()), |theirs| git.snapshot(theirs))?;
        let (one, other) = (view.persons()?.tree(), theirs.tree());
        let changed =
            git.changes_of_folder(layout::PERSONS, one.as_deref(), other.as_deref(), usize::MAX)?;
        let tip = view.commit();
        let met = self.in_parallel(&changed, |store, change| {
            let standing = match (tip, layout::person_of(change.in_persons())) {
                (Some(tip), Some(id)) => standing(&store.view_of(tip)?, &id)?,
                _ => PersonStanding::Unknown,
            };
            PersonMeeting::of(store, change, standing, agreed)
        })?;
        let mut merge = PersonsMerge { equals_theirs: true, ..PersonsMerge::default() };
        for (change, met) in changed.iter().zip(met) {
            let path = change.in_persons().to_owned();
            match met.fate {
                PersonFate::Joined => {}
                PersonFate::Stranger | PersonFate::LeftOut => {
                    merge.left_out.extend(change.new.map(|_| path.clone()));
                }
                PersonFate::Erased => {
                    merge.erased += usize::from(change.old.is_some());
                    merge.gone_there.extend(change.new.map(|_| path.clone()));
                }
                PersonFate::Stray => merge.gone_there.push(path.clone()),
                PersonFate::Restored => merge.restored += 1,
                PersonFate::HeldBack => merge.held_back.push(path.clone()),
            }
            let is_ours = met.fate != PersonFate::Stranger;
            merge.equals_theirs &= is_ours && met.blob == change.new.map(|held| held.id);
            merge.came += usize::from(met.is_new);
            merge.disputed.extend(met.disputed);
            if is_ours && met.blob != change.old.map(|held| held.id) {
                merge.files.push(FileChange { path, content: met.content });
            }
        }
        Ok(merge)
    }
}
