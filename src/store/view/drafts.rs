//! Where drafts of the rules come from, and what was changed since they were written (R115).

use chrono::NaiveDate;

use super::{View, rules::WaitingRules};
use crate::{
    domain::{
        base::document::Document,
        deciding::{policy::people::People, rule_change::DraftOrigin},
    },
    store::{
        error::{Error, Result},
        git::{
            FileChange,
            ids::{BlobId, CommitId},
            log::CommitInfo,
        },
        layout,
        rule_edit::RuleText,
        rule_merge::of_rules,
    },
};

impl<'a> View<'a> {
    /// What a draft for a day is written from: the rules that will hold on that day, or the draft that is
    /// there, with what was changed since in the rules that it is to replace.
    ///
    /// # Errors
    /// A file that is no YAML.
    pub fn draft_base(&self, path: &'static str, day: NaiveDate) -> Result<RuleText> {
        let held = self.on(day, &[])?.rule_text(path)?;
        let Some(draft) = self.draft_text(path)? else { return Ok(held) };
        let then = match self.drafted(path) {
            Ok(Some((_, then))) => then,
            Ok(None) | Err(Error::CutOff { .. }) => return Ok(draft),
            Err(why) => return Err(why),
        };
        // what it was for as it was written last
        let written = then.draft_text(path)?;
        let Some(document) = written.and_then(|draft| draft.document()) else {
            return Ok(draft);
        };
        let before = then.on(document.effective_on, &[])?.rule_text(path)?;
        if before.text() == held.text() {
            return Ok(draft);
        }
        let sides = [&before, &draft, &held].map(|file| file.text().as_bytes());
        match of_rules(path, sides)? {
            // where one value was changed on both sides the draft says what is meant
            Err(_) => Ok(draft),
            Ok(joined) => RuleText::read(path, &joined)?.with_document(&document),
        }
    }

    /// Whether a draft for this day that says this would be no other than what is there: the same draft, or
    /// none and the rules that will hold.
    ///
    /// # Errors
    /// As [`Self::draft_base`].
    pub fn is_drafted(&self, edited: &RuleText, day: NaiveDate) -> Result<bool> {
        let path = edited.path();
        let Some(draft) = self.draft_text(path)? else {
            return Ok(self.draft_base(path, day)?.text() == edited.text());
        };
        let next = self.latest_version(path)?.saturating_add(1);
        let is_headed = |head: Document| (head.effective_on, head.version) == (day, next);
        Ok(draft.text() == edited.text() && draft.document().is_some_and(is_headed))
    }

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
        let mut overtaken = Vec::new();
        for waiting in self.adopted_ahead()? {
            // what was adopted otherwise is found as such
            let Some(before) = self.before_adoption(&waiting.path)? else { continue };
            let Some((_, then)) = before.drafted(waiting.of)? else { continue };
            if self.is_changed_since(&then, waiting.of, waiting.day)? {
                overtaken.push(waiting);
            }
        }
        Ok(overtaken)
    }

    /// The files that taking back an adoption for a day leaves: the draft is there again, where there is no
    /// newer one.
    ///
    /// # Errors
    /// As [`Self::draft_origin`].
    pub fn withdrawn(&self, path: &'static str, day: NaiveDate) -> Result<Vec<FileChange>> {
        let adopted = layout::adopted(path, day);
        let draft = layout::draft(path).ok_or_else(|| Error::NotOurs { path: path.to_owned() })?;
        let mut files = Vec::new();
        if self.held(&draft)?.is_none() {
            let before = self.before_adoption(&adopted)?;
            let found = before.map(|before| before.bytes(&draft)).transpose()?.flatten();
            files.extend(found.map(|text| FileChange { path: draft, content: Some(text) }));
        }
        files.push(FileChange { path: adopted, content: None });
        Ok(files)
    }

    /// The files whose drafts are here, although a clone that was taken in since `before`, or took in what
    /// came since, had dropped them: it did not know how they were written last. With where they lie.
    ///
    /// # Errors
    /// History that cannot be read.
    pub fn drafts_kept_since(&self, before: CommitId) -> Result<Vec<(&'static str, String)>> {
        let git = self.snapshot.repository();
        let (Some(tip), drafts) = (self.commit(), self.drafts()?) else { return Ok(Vec::new()) };
        if drafts.is_empty() {
            return Ok(Vec::new());
        }
        let mut sides = Vec::new();
        for commit in git.history(tip, Some(before))?.commits {
            let parents = git.commit_info(commit)?.parents;
            if parents.len() > 1 {
                sides.extend(parents);
            }
        }
        let mut kept = Vec::new();
        for WaitingRules { of, path, .. } in drafts {
            let Some(written) = git.last_change(tip, &path)? else { continue };
            for side in &sides {
                let Some(drop) = self.drop_of((of, &path), *side)? else { continue };
                if !git.descends(written.id, drop)? {
                    kept.push((of, path));
                    break;
                }
            }
        }
        Ok(kept)
    }

    /// The change that took a draft away, where `side` has none; not where that adopted it.
    fn drop_of(
        &self,
        (of, path): (&'static str, &str),
        side: CommitId,
    ) -> Result<Option<CommitId>> {
        let git = self.snapshot.repository();
        if git.snapshot(side)?.held(path)?.is_some() {
            return Ok(None);
        }
        let Some(drop) = git.last_change(side, path)? else { return Ok(None) };
        let changes = git.changes(drop.parents.first().copied(), drop.id, &[layout::POLICY])?;
        let is_adopted = changes.iter().any(|change| {
            change.new.is_some() && layout::adopted_of(&change.path).is_some_and(|(it, _)| it == of)
        });
        Ok((!is_adopted).then_some(drop.id))
    }

    /// The desk before a file was adopted; `None` where no single commit did it.
    fn before_adoption(&self, adopted: &str) -> Result<Option<View<'a>>> {
        let git = self.snapshot.repository();
        let adoption = self.commit().map(|commit| git.last_change(commit, adopted));
        let Some(adoption) = adoption.transpose()?.flatten() else { return Ok(None) };
        if git.shallow_ends()?.contains(&adoption.id) {
            return Err(Error::CutOff { at: adoption.time });
        }
        let [parent] = adoption.parents[..] else { return Ok(None) };
        Ok(Some(View::of(git.snapshot(parent)?, self.memory)))
    }

    /// The change that wrote what a draft says, and the desk as it was then: whoever only put it back, by
    /// taking its adoption back, wrote nothing.
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
            let Some(from) = before.before_adoption(&adopted)? else { continue };
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
