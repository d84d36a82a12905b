//! Where drafts of the rules come from, and what was changed since they were written (R115).

use chrono::NaiveDate;

use super::{View, rules::WaitingRules};
use crate::{
    domain::deciding::{policy::people::People, rule_change::DraftOrigin},
    store::{
        error::{Error, Result},
        git::{ids::BlobId, log::CommitInfo},
        layout,
    },
};

impl<'a> View<'a> {
    /// Where a draft comes from.
    ///
    /// # Errors
    /// [`Error::CutOff`] where that lies beyond the end of a shallow clone.
    pub fn draft_origin(&self, path: &'static str) -> Result<DraftOrigin> {
        let Some((changed, then)) = self.drafted(path)? else { return Ok(DraftOrigin::default()) };
        let author = then.required::<People>("people")?.by_email(&changed.author_email).cloned();
        let is_overtaken = self.is_changed_since(&then, path, None)?;
        Ok(DraftOrigin { author, is_overtaken })
    }

    /// Files that were adopted for a day to come, and would take back what was changed since they were
    /// drafted, as two clones make it that know nothing of each other.
    ///
    /// # Errors
    /// As [`Self::draft_origin`].
    pub fn overtaken(&self) -> Result<Vec<WaitingRules>> {
        let git = self.snapshot.repository();
        let mut overtaken = Vec::new();
        for waiting in self.adopted_ahead()? {
            let adopted = self.commit().map(|commit| git.last_change(commit, &waiting.path));
            let adopted = adopted.transpose()?.flatten();
            // what was adopted otherwise is found as such
            let Some([parent]) = adopted.as_ref().map(|it| &it.parents[..]) else { continue };
            let before = View::of(git.snapshot(*parent)?, self.memory);
            let Some((_, then)) = before.drafted(waiting.of)? else { continue };
            if self.is_changed_since(&then, waiting.of, waiting.day)? {
                overtaken.push(waiting);
            }
        }
        Ok(overtaken)
    }

    /// The change that wrote what a draft says, and the desk as it was then: whoever only put it back, by
    /// reverting its adoption, wrote nothing.
    fn drafted(&self, path: &'static str) -> Result<Option<(CommitInfo, View<'a>)>> {
        let git = self.snapshot.repository();
        let draft = self.commit().zip(layout::draft(path));
        let changed = draft.map(|(commit, draft)| git.last_change(commit, &draft)).transpose()?;
        let Some(changed) = changed.flatten() else { return Ok(None) };
        if git.shallow_ends()?.contains(&changed.id) {
            return Err(Error::CutOff { at: changed.time });
        }
        let then = View::of(git.snapshot(changed.id)?, self.memory);
        match self.put_back(path, &changed, &then)? {
            Some(adopted_from) => adopted_from.drafted(path),
            None => Ok(Some((changed, then))),
        }
    }

    /// Where a change took an adoption back and left its draft as that had found it, the desk before the
    /// adoption.
    fn put_back(
        &self,
        path: &'static str,
        changed: &CommitInfo,
        then: &View<'_>,
    ) -> Result<Option<Self>> {
        let git = self.snapshot.repository();
        let ([parent], Some(draft)) = (&changed.parents[..], layout::draft(path)) else {
            return Ok(None);
        };
        let before = View::of(git.snapshot(*parent)?, self.memory);
        for adopted in before.paths_under(layout::ADOPTED)? {
            let is_of_draft = layout::adopted_of(&adopted).is_some_and(|(of, _)| of == path);
            if !is_of_draft || then.held(&adopted)?.is_some() {
                continue;
            }
            let adoption = git.last_change(*parent, &adopted)?;
            let Some([from]) = adoption.as_ref().map(|it| &it.parents[..]) else { continue };
            let from = View::of(git.snapshot(*from)?, self.memory);
            let is_as_found =
                then.held(&draft)?.map(|it| it.id) == from.held(&draft)?.map(|it| it.id);
            if is_as_found && then.held(&draft)?.is_some() {
                return Ok(Some(from));
            }
        }
        Ok(None)
    }

    /// Whether a draft of `then` would take back something: whether the files that it is to replace on its
    /// day are others here. Without a day every adopted one counts.
    fn is_changed_since(
        &self,
        then: &View<'_>,
        path: &'static str,
        day: Option<NaiveDate>,
    ) -> Result<bool> {
        let files = |view: &View<'_>| -> Result<Vec<Option<BlobId>>> {
            let mut paths = view.paths_under(layout::ADOPTED)?;
            let is_earlier = |on: NaiveDate| day.is_none_or(|day| on < day);
            paths.retain(|it| {
                layout::adopted_of(it).is_some_and(|(of, on)| of == path && is_earlier(on))
            });
            paths.push(path.to_owned());
            let held = paths.iter().map(|path| Ok(view.held(path)?.map(|held| held.id)));
            held.collect()
        };
        Ok(files(self)? != files(then)?)
    }
}
