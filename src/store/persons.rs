//! Who the customers' persons are: what this clone and a remote agreed on, and that nobody whom the branch
//! has erased is known.

use std::collections::BTreeSet;

use crate::{
    domain::{
        base::ids::{ContactId, EventId},
        history::{
            contact::{Contact, ReachedContact},
            person::PersonDetails,
        },
    },
    store::{
        Store,
        error::Result,
        git::{
            FileChange,
            apart::{ApartAuthor, ApartChange},
            diff::{ChangedPath, PathEntry},
            ids::CommitId,
            snapshot::{FileKind, Snapshot},
        },
        layout,
        parse::{person_file, read_person},
        view::View,
    },
};

/// What a look for erased people finds.
#[derive(Clone, Debug)]
pub struct ErasedLook {
    /// Those whom the branch has erased and this clone still knows.
    pub erased: Vec<ContactId>,
    /// Whether this clone knows nothing any more of somebody whom it knew at the last look.
    is_less: bool,
    /// What was looked at, where it is not what it was.
    new: Option<String>,
}

impl ErasedLook {
    /// Whether nothing has changed since the last look.
    pub fn is_settled(&self) -> bool {
        self.new.is_none()
    }
}

/// The file in which the last look for erased persons notes what it looked at.
const LOOKED_AT: &str = "erased";
/// The file in which is noted with which remote this clone agreed on people.
const AGREED_WITH: &str = "agreed";
/// What stands in the file of a contact that was erased, before any parsing.
const ERASED: &str = "erased:";

impl Store {
    /// What this clone and a remote agreed on last; `None` where that is not known, as with another remote
    /// than the last one.
    pub(super) fn agreed_persons(&self, remote: &str) -> Result<Option<CommitId>> {
        let agreed = self.repository.apart_commit(layout::AGREED_PERSONS)?;
        let noted = self.repository.recall(AGREED_WITH);
        Ok(agreed.filter(|_| noted.as_deref() == Some(remote.as_bytes())))
    }

    /// Whether a remote has lost what this clone and it agreed on, as one that was restored from an earlier
    /// copy: what it lacks was not taken away by anybody.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn has_gone_back(&self, remote: &str, theirs: Option<CommitId>) -> Result<bool> {
        let Some(agreed) = self.agreed_persons(remote)? else { return Ok(false) };
        let time = |commit| self.repository.commit_info(commit).map(|info| info.time);
        match theirs {
            Some(theirs) => Ok(theirs != agreed && time(theirs)? < time(agreed)?),
            None => Ok(true),
        }
    }

    /// Notes what this clone and a remote agree on.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn agree_on_persons(&self, remote: &str, commit: CommitId) -> Result<()> {
        let git = &self.repository;
        if git.recall(AGREED_WITH).as_deref() != Some(remote.as_bytes()) {
            // cut off in between it is no agreement with either remote
            git.remember(AGREED_WITH, b"");
        }
        git.set_apart(layout::AGREED_PERSONS, commit)?;
        git.remember(AGREED_WITH, remote.as_bytes());
        Ok(())
    }

    /// Notes what a remote was seen to have once this clone has taken it in, but for these files, of which
    /// nothing is to be kept here: whoever takes something away from now on has seen it.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn agree_on_seen(&self, remote: &str, theirs: CommitId, but: &[String]) -> Result<()> {
        let seen = if but.is_empty() {
            Some(theirs)
        } else {
            self.repository.apart_without(theirs, but)?
        };
        seen.map_or(Ok(()), |seen| self.agree_on_persons(remote, seen))
    }

    /// Whom the branch has erased and this clone still knows, by what changed since it was looked at last.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn look_for_erased(&self, view: &View<'_>) -> Result<ErasedLook> {
        let folder = view.snapshot.folder(layout::CONTACTS)?.unwrap_or_default();
        let persons = view.persons()?.tree().unwrap_or_default();
        let now = looked_at(&folder, &persons);
        let noted = self.repository.recall(LOOKED_AT).unwrap_or_default();
        if noted == now.as_bytes() || persons.is_empty() && noted.is_empty() {
            return Ok(ErasedLook { erased: Vec::new(), is_less: false, new: None });
        }
        let noted = String::from_utf8(noted).unwrap_or_default();
        let since = noted.trim_end_matches('\n').split_once(' ').unwrap_or_default();
        let (touched, is_less) = match self.touched_since(since, (&folder, &persons)) {
            // others may have been merged into who was erased
            Some((touched, is_less)) if touched.iter().any(|id| says_erased(view, id)) => {
                (everybody(view.persons()?)?, is_less)
            }
            Some(touched) => touched,
            None => (everybody(view.persons()?)?, true),
        };
        Ok(ErasedLook { erased: erased_among(view, touched)?, is_less, new: Some(now) })
    }

    /// Notes that the branch, as this view has it, has erased nobody of a commit of people: a merge has
    /// looked at all of them.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn note_nobody_erased(&self, view: &View<'_>, people: CommitId) -> Result<()> {
        if let (Some(_), Some(commit)) = (self.repository.recall(LOOKED_AT), view.commit()) {
            // whoever was known at an earlier look may be gone, and has to leave the cache
            let afresh = View::of(self.repository.snapshot(commit)?, &self.memory);
            return self.settle_persons(&afresh);
        }
        let folder = view.snapshot.folder(layout::CONTACTS)?.unwrap_or_default();
        let persons = self.repository.snapshot(people)?.tree().unwrap_or_default();
        self.repository.remember(LOOKED_AT, looked_at(&folder, &persons).as_bytes());
        Ok(())
    }

    /// Lets nothing in this clone's cache be of somebody who is gone, and notes what was looked at.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn settle_persons(&self, view: &View<'_>) -> Result<()> {
        let ErasedLook { erased, is_less, new } = self.look_for_erased(view)?;
        if is_less {
            self.refresh_cache(view, &|_, _| {});
            self.repository.free_kept_packs();
            self.repository.drop_fetched()?;
            self.repository.drop_drafts();
        }
        if let Some(now) = new.filter(|_| erased.is_empty()) {
            self.repository.remember(LOOKED_AT, now.as_bytes());
        }
        Ok(())
    }

    /// Whose files, in the branch or beside it, are not what they were in these two folders, and whether
    /// somebody is gone beside it; `None` where git no longer has one of the folders.
    fn touched_since(
        &self,
        then: (&str, &str),
        now: (&str, &str),
    ) -> Option<(Vec<ContactId>, bool)> {
        let changes = |folder, then: &str, now: &str| {
            let named = |name| Some(name).filter(|name: &&str| !name.is_empty());
            let (then, now) = (named(then)?, named(now));
            self.repository.changes_of_folder(folder, Some(then), now, usize::MAX).ok()
        };
        let contacts = changes(layout::CONTACTS, then.0, now.0)?;
        let persons = changes(layout::PERSONS, then.1, now.1)?;
        let is_less = persons.iter().any(|change| change.new.is_none());
        let contacts = contacts.iter().filter_map(|change| layout::contact_of(&change.path));
        let persons = persons.iter().filter_map(|change| layout::person_of(change.in_persons()));
        // somebody may have changed on both sides
        let touched: BTreeSet<ContactId> = contacts.chain(persons).collect();
        Some((touched.into_iter().collect(), is_less))
    }

    /// The files after which this clone knows who these contacts are; those it knew before name the change
    /// that is made.
    ///
    /// # Errors
    /// What cannot be read, and a person of whom more is told than a file holds.
    pub fn with_persons(
        &self,
        contacts: &[Contact],
        by: ApartAuthor,
        change: &EventId,
    ) -> Result<Vec<ApartChange>> {
        let known = self.repository.apart(layout::PERSONS)?;
        let mut files = Vec::new();
        for person in contacts.iter().filter_map(|contact| contact.person.as_ref()) {
            let path = layout::person(&person.id);
            let mut person = person.clone();
            if known.blob_id(&path)?.is_some() {
                person.note_changes([change.clone()]);
            }
            files.push(person_file(path, &person)?);
        }
        let (reference, by) = (layout::PERSONS.to_owned(), Some(by));
        let change = ApartChange { reference, files, by };
        Ok(Some(change).filter(|change| !change.files.is_empty()).into_iter().collect())
    }

    /// Lets contacts be known by their ids alone, as in a clone without names.
    pub fn know_nobody(&self) {
        self.memory.knows_nobody.set(true);
    }

    /// Lets contacts be who a push says, until the push is taken.
    pub fn know_pushed_persons(&self, commit: CommitId) {
        self.memory.pushed_persons.set(Some(commit));
    }

    /// Those whom the branch has erased and of whom something is known all the same.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn erased_and_known(&self, view: &View<'_>) -> Result<Vec<ContactId>> {
        erased_among(view, everybody(view.persons()?)?)
    }
}

/// The note of a look for erased people, by git's names of the two folders.
fn looked_at(contacts: &str, persons: &str) -> String {
    format!("{contacts} {persons}\n")
}

/// Those of these people who are erased and of whom something is known.
fn erased_among(view: &View<'_>, ids: Vec<ContactId>) -> Result<Vec<ContactId>> {
    let persons = view.persons()?;
    let mut erased = Vec::new();
    for id in ids {
        if standing(view, &id)? == PersonStanding::Erased
            && persons.blob_id(&layout::person(&id))?.is_some()
        {
            erased.push(id);
        }
    }
    Ok(erased)
}

/// How a branch knows somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonStanding {
    /// It has nobody with this id.
    Unknown,
    Known,
    /// They were erased, or who is the same.
    Erased,
}

/// How a branch knows somebody.
///
/// # Errors
/// What cannot be read.
pub fn standing(view: &View<'_>, id: &ContactId) -> Result<PersonStanding> {
    let path = layout::contact(id);
    let Some(text) = view.text_anyway(&path)? else { return Ok(PersonStanding::Unknown) };
    // nearly all are neither, and need not be understood
    if ![ERASED, "merged_into:"].iter().any(|word| text.contains(word)) {
        return Ok(PersonStanding::Known);
    }
    Ok(match view.reached(id)? {
        ReachedContact::Known(_) => PersonStanding::Known,
        ReachedContact::Erased(_) => PersonStanding::Erased,
        ReachedContact::Nobody => PersonStanding::Unknown,
    })
}

fn says_erased(view: &View<'_>, id: &ContactId) -> bool {
    view.holds(&layout::contact(id), ERASED)
}

/// Everybody whose file lies there.
fn everybody(persons: Snapshot<'_>) -> Result<Vec<ContactId>> {
    let files = persons.files_under("")?;
    Ok(files.iter().filter_map(|file| layout::person_of(&file.path)).collect())
}

impl ChangedPath {
    /// The path under the reference of people.
    pub(super) fn in_persons(&self) -> &str {
        let path = self.path.strip_prefix(layout::PERSONS).unwrap_or(&self.path);
        path.trim_start_matches('/')
    }

    /// What lies there on each side, if it is what docket writes of a person.
    pub(super) fn persons(&self, store: &Store) -> [Option<PersonDetails>; 2] {
        let path = self.in_persons();
        let read = |held: Option<PathEntry>| {
            let held = held.filter(|held| held.kind == FileKind::File)?;
            read_person(path, &store.repository.read_blob(held.id).ok()?).ok()
        };
        [self.old, self.new].map(read)
    }
}

pub(super) fn person_in(persons: &Snapshot<'_>, path: &str) -> Option<PersonDetails> {
    read_person(path, &persons.read(path).ok()??).ok()
}

/// The changes after which this clone knows nothing of these people.
pub fn without_persons(ids: &[ContactId], by: &ApartAuthor) -> Vec<ApartChange> {
    without_files(&ids.iter().map(layout::person).collect::<Vec<_>>(), by)
}

/// The changes that take files out of all that this clone knows of people.
pub fn without_files(paths: &[String], by: &ApartAuthor) -> Vec<ApartChange> {
    if paths.is_empty() {
        return Vec::new();
    }
    let gone = |path: &String| FileChange { path: path.clone(), content: None };
    let of = |reference: &str| ApartChange {
        reference: reference.to_owned(),
        files: paths.iter().map(gone).collect(),
        // what was agreed on is nobody's word, and older than whatever the remote has
        by: (reference == layout::PERSONS).then(|| by.clone()),
    };
    layout::PEOPLE_REFERENCES.map(of).to_vec()
}
