//! That nobody whom the branch has erased is known in this clone.

use std::collections::BTreeSet;

use crate::{
    domain::{base::ids::ContactId, history::contact::ReachedContact},
    store::{
        Store,
        error::Result,
        git::{ids::CommitId, snapshot::Snapshot},
        layout,
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
/// What stands in the file of a contact that was erased, before any parsing.
const ERASED: &str = "erased:";

impl Store {
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
            self.repository.drop_backups()?;
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
