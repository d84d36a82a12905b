//! What commits tell: their order, what they changed, who made them.

use std::fs;

use super::{
    Store,
    error::Result,
    git::{
        Head,
        diff::{ChangedPath, PathEntry},
        error::{Error as GitError, GitTask},
        ids::CommitId,
    },
    layout,
};
use crate::{
    domain::{base::terms::FixedClock, deciding::policy::desk::DeskSettings},
    store::view::View,
};

/// So many commits back a desk is looked for that can be read.
const DESKS_BACK: usize = 1_000;
/// The file with git's name of the `docket.yaml` by which a fixed clock was last found allowed.
const CLOCK: &str = "clock";

impl Store {
    /// The files of the desk that differ between two commits, and what differs at the top beside
    /// them; `None` stands for no files. Folders beside the desk are not looked into.
    pub fn changes(&self, old: Option<CommitId>, new: CommitId) -> Result<Vec<ChangedPath>> {
        Ok(self.repository.changes(old, new, &layout::PLACES)?)
    }

    /// The commit with which the desk of `tip` begins; `None` beyond the end of a shallow clone,
    /// and where there is no desk.
    pub fn genesis(&self, tip: CommitId) -> Result<Option<CommitId>> {
        if self.repository.is_shallow() {
            return Ok(None);
        }
        let mut from = tip;
        loop {
            let line = self.repository.first_parents(from);
            let first = line.into_iter().rev().find(|commit| self.holds_desk(*commit));
            let Some(first) = first else { return Ok(None) };
            // merged into another project, the desk is the other side
            let others = self.repository.commit_info(first)?.parents.into_iter().skip(1);
            match others.into_iter().find(|parent| self.holds_desk(*parent)) {
                Some(parent) => from = parent,
                None => return Ok(Some(first)),
            }
        }
    }

    /// What a desk said of fixed clocks in the commit with which it begins.
    pub fn clock_of(&self, genesis: Option<CommitId>) -> FixedClock {
        let desk = genesis.and_then(|genesis| self.view_of(genesis).ok()?.desk().ok()?);
        desk.map_or(FixedClock::Allowed, |desk| desk.fixed_clock)
    }

    /// What stands for steps under a fixed clock: what the desk says now, and said when it began,
    /// for by that it is audited.
    pub(super) fn clock_now(&self, view: &View<'_>) -> Result<FixedClock> {
        let desk = view.desk().ok().flatten();
        if desk.is_some_and(|desk| desk.fixed_clock == FixedClock::Forbidden) {
            return Ok(FixedClock::Forbidden);
        }
        let (Some(tip), Some(held)) = (view.commit(), view.held(layout::DESK)?) else {
            return Ok(FixedClock::Allowed);
        };
        // a long history is not walked for each step
        let name = held.id.to_string().into_bytes();
        if self.repository.recall(CLOCK).as_ref() == Some(&name) {
            return Ok(FixedClock::Allowed);
        }
        let began = self.clock_of(self.genesis(tip)?);
        if began == FixedClock::Allowed {
            self.repository.remember(CLOCK, &name);
        }
        Ok(began)
    }

    /// Whether `docket.yaml` lies in a commit, readable or not.
    pub fn holds_desk(&self, commit: CommitId) -> bool {
        let held = self.repository.snapshot(commit).and_then(|files| files.held(layout::DESK));
        // what cannot be read is not taken for another project's
        held.map_or(true, |held| held.is_some())
    }

    /// The branch of this repository on which a desk lies that names it as its own; `None` where there is
    /// none.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn desk_branch(&self) -> Result<Option<String>> {
        let held = self.repository.branches_with(layout::DESK)?.into_iter();
        // those of remotes are called otherwise than by their own names
        for (_, branch) in held.filter(|(called, branch)| called == branch) {
            let tip = self.repository.tip(&branch)?;
            let desk = tip.and_then(|tip| self.last_desk(tip));
            if desk.is_some_and(|desk| desk.branch == branch) {
                return Ok(Some(branch));
            }
        }
        Ok(None)
    }

    /// The newest desk that can be read, from a commit backwards.
    pub fn last_desk(&self, from: CommitId) -> Option<DeskSettings> {
        let line = self.repository.first_parents(from).into_iter().take(DESKS_BACK);
        let mut desks = line.filter_map(|commit| self.view_of(commit).ok()?.desk().ok()?);
        desks.next()
    }

    /// The commit that HEAD names; `None` before the first one.
    pub fn head_commit(&self) -> Result<Option<CommitId>> {
        Ok(match self.repository.head_branch()? {
            Head::Branch { tip, .. } => tip,
            Head::Detached { commit } => Some(commit),
        })
    }

    /// Refuses a clone that lacks what a commit or its parent holds of the desk.
    pub fn complete(&self, commit: CommitId) -> Result<()> {
        let parent = self.repository.commit_info(commit)?.parents.first().copied();
        for changed in self.changes(parent, commit)? {
            let sides = [changed.old, changed.new].into_iter().flatten();
            let missing = |held: PathEntry| !self.repository.has_blob(held.id);
            if layout::is_ours(&changed.path) && sides.into_iter().any(missing) {
                let task = GitTask::ReadFileOf { path: changed.path, commit: commit.short() };
                return Err(GitError::Missing { task }.into());
            }
        }
        Ok(())
    }

    /// Whether commits have other parents here than they say.
    pub fn is_grafted(&self) -> bool {
        let grafts = self.repository.common_dir().join("info/grafts");
        fs::metadata(grafts).is_ok_and(|file| file.len() > 0)
    }
}
