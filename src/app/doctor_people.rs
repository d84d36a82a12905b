//! What is wrong with who the customers' persons are, beside the branch.

use crate::{
    app::{
        desk::OpenDesk,
        doctor::{Damage, RepairOutcome},
    },
    domain::{analysis::check::people::unknown, base::ids::ContactId},
    error::{Error, Result},
    store::{error::Error as StoreError, layout, persons::without_files, view::View},
};

impl OpenDesk<'_> {
    /// Files that say of nobody whom the branch knows, and contacts of whom nothing is known.
    pub(super) fn people_damage(&self, view: &View<'_>) -> Result<Vec<Damage>> {
        let mut strays = Vec::new();
        // what a later docket wrote is sound
        let is_newer = |id: &ContactId| matches!(view.person(id), Err(StoreError::Newer { .. }));
        for reference in layout::PEOPLE_REFERENCES {
            for file in self.store.git().apart(reference)?.files_under("")? {
                let id = layout::person_of(&file.path);
                let erased = id.as_ref().map(|id| {
                    let known = view.contact(id)?;
                    known.map(|contact| view.is_erased(&contact)).transpose()
                });
                // a contact that cannot be read is damage of its own
                let erased = erased.and_then(|erased| erased.unwrap_or(Some(false)));
                let path = id.as_ref().map(layout::contact);
                let is_known = match (erased, path) {
                    (None, Some(path)) => !self.store.git().branches_with(&path)?.is_empty(),
                    (erased, _) => erased == Some(false),
                };
                let is_sound = || {
                    id.is_some_and(|id| matches!(view.person(&id), Ok(Some(_))) || is_newer(&id))
                };
                let is_of_ours = reference == layout::PERSONS;
                if !is_known || is_of_ours && !is_sound() {
                    strays.push(file.path);
                }
            }
        }
        strays.sort();
        strays.dedup();
        let (contacts, _) = view.contacts()?;
        let unknown = unknown(&contacts).into_iter().map(|it| it.id.clone());
        let unknown: Vec<_> = unknown.filter(|id| !is_newer(id)).collect();
        // a clone that never knew anybody, an auditor's for instance, has lost nothing
        let once = layout::PEOPLE_REFERENCES.iter();
        let once = once.map(|name| self.store.git().apart_commit(name));
        let knew = once.collect::<std::result::Result<Vec<_>, _>>()?.iter().any(Option::is_some);
        let is_alone = self.store.git().remotes()?.is_empty();
        let unknown = if knew || is_alone { unknown } else { Vec::new() };
        let strays = Some(strays).filter(|paths| !paths.is_empty());
        let unknown = Some(unknown).filter(|contacts| !contacts.is_empty());
        let strays = strays.map(|paths| Damage::StrayPeople { paths });
        let unknown = unknown.map(|contacts| Damage::UnknownPeople { contacts });
        Ok(strays.into_iter().chain(unknown).collect())
    }

    /// Takes files away that say of nobody whom the branch knows; the next sync takes them from the remote.
    pub(super) fn remove_people(&self, paths: &[String]) -> Result<RepairOutcome> {
        let by = self.apart_author()?;
        let changes = || Ok::<_, Error>((without_files(paths, &by), ()));
        self.store.git().write_apart(&|notice| self.notice(&notice), changes)?;
        self.store.note_strays(paths);
        Ok(RepairOutcome::Mended)
    }
}
