//! References beside the branch that name no commit.

use crate::{
    app::{
        desk::OpenDesk,
        doctor::{Damage, RepairOutcome},
    },
    error::Result,
    store::{
        git::{
            apart_remote::FETCHED,
            error::{DamagedObject, Error as GitError},
        },
        layout,
    },
};

impl OpenDesk<'_> {
    pub(super) fn reference_damage(&self) -> Result<Vec<Damage>> {
        let unsound = self.store.git().unsound_side_references()?.into_iter();
        Ok(unsound.map(|name| Damage::Reference { name }).collect())
    }

    /// Refuses a desk with such a reference, which git would take for a fault of the remote.
    ///
    /// # Errors
    /// [`GitError::Damaged`] with the first of them.
    pub(super) fn refuse_unsound_references(&self) -> Result<()> {
        let unsound = self.store.git().unsound_side_references()?.into_iter();
        // what a fetch brings is the remote's
        let own = unsound.filter(|name| !name.starts_with(FETCHED)).map(DamagedObject::Apart);
        own.map(|damaged| Err(GitError::Damaged(damaged).into())).next().unwrap_or(Ok(()))
    }

    pub(super) fn repair_reference(&self, name: &str) -> Result<RepairOutcome> {
        let is_of_people = layout::PEOPLE_REFERENCES.contains(&name);
        let by = is_of_people.then(|| self.apart_author()).transpose()?;
        let on_notice = |notice| self.notice(&notice);
        self.store.git().repair_side_reference(name, by.as_ref(), &on_notice)?;
        Ok(RepairOutcome::Mended)
    }
}
