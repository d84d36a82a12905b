//! Going back through the history, also past commits that cannot be read.

use std::collections::{HashMap, HashSet};

use git2::{Oid, Sort};

use super::{
    Repository,
    error::{Error, FileTask, GitTask},
    header,
    ids::CommitId,
    ids::parse_oid,
    read,
};

/// The commits of a range, and where the clone ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Parents before children.
    pub commits: Vec<CommitId>,
    /// Commits whose parents a shallow clone lacks.
    pub cut_at: Vec<CommitId>,
}

impl Repository {
    /// The commits that lead to `tip`, without those that lead to `since`. One that cannot be read
    /// is among them, and nothing is known of what came before it.
    pub fn history(&self, tip: CommitId, since: Option<CommitId>) -> Result<History, Error> {
        let ends = self.shallow_ends()?;
        let commits = match self.walked(tip, since) {
            Ok(commits) => commits,
            Err(_) => self.walked_anyway(tip, since, &ends)?,
        };
        let cut_at = if ends.is_empty() {
            Vec::new()
        } else {
            commits.iter().copied().filter(|commit| ends.contains(commit)).collect()
        };
        Ok(History { commits, cut_at })
    }

    /// The commit and its first parents, newest first, as far as they can be read.
    pub fn first_parents(&self, tip: CommitId) -> Vec<CommitId> {
        if let Ok(line) = self.line(tip) {
            return line;
        }
        let (ends, Ok(odb)) = (self.shallow_ends().unwrap_or_default(), self.odb()) else {
            return vec![tip];
        };
        // by what is stored, for libgit2 reads no commit with a date that cannot be
        std::iter::successors(Some(tip), |commit| {
            let object = read::object(&odb, commit.0).ok().filter(|_| !ends.contains(commit));
            object.and_then(|object| header::parents(object.data()).first().copied().map(CommitId))
        })
        .collect()
    }

    /// As [`Self::first_parents`], where all of them can be read.
    fn line(&self, tip: CommitId) -> Result<Vec<CommitId>, git2::Error> {
        let mut walk = self.inner.revwalk()?;
        walk.simplify_first_parent()?;
        walk.push(tip.0)?;
        walk.map(|id| id.map(CommitId)).collect()
    }

    fn walked(&self, tip: CommitId, since: Option<CommitId>) -> Result<Vec<CommitId>, Error> {
        let failed = || Error::git(GitTask::WalkBack(tip.to_string()));
        let mut walk = self.inner.revwalk().map_err(failed())?;
        walk.set_sorting(Sort::TOPOLOGICAL | Sort::REVERSE).map_err(failed())?;
        walk.push(tip.0).map_err(failed())?;
        if let Some(since) = since {
            walk.hide(since.0).map_err(failed())?;
        }
        walk.map(|id| id.map(CommitId).map_err(failed())).collect()
    }

    /// As [`Self::walked`], by what the stored commits say, and on where one of them is damaged.
    fn walked_anyway(
        &self,
        tip: CommitId,
        since: Option<CommitId>,
        ends: &HashSet<CommitId>,
    ) -> Result<Vec<CommitId>, Error> {
        let odb = self.odb()?;
        let mut known: HashMap<CommitId, Vec<CommitId>> = HashMap::new();
        let mut parents = |commit: CommitId| -> Vec<CommitId> {
            let read = || -> Vec<CommitId> {
                let object = read::object(&odb, commit.0).ok().filter(|_| !ends.contains(&commit));
                let named = object.map(|object| header::parents(object.data()));
                named.unwrap_or_default().into_iter().map(CommitId).collect()
            };
            known.entry(commit).or_insert_with(read).clone()
        };
        let mut seen = HashSet::new();
        let mut hidden: Vec<CommitId> = since.into_iter().collect();
        while let Some(commit) = hidden.pop() {
            if seen.insert(commit) {
                hidden.extend(parents(commit));
            }
        }
        let mut commits = Vec::new();
        // a commit, and whether its parents are there already
        let mut open = vec![(tip, false)];
        while let Some((commit, is_next)) = open.pop() {
            if is_next {
                commits.push(commit);
            } else if seen.insert(commit) {
                open.push((commit, true));
                open.extend(parents(commit).into_iter().rev().map(|parent| (parent, false)));
            }
        }
        Ok(commits)
    }

    /// The commits at which a shallow clone ends, so that what they changed cannot be told.
    pub fn shallow_ends(&self) -> Result<HashSet<CommitId>, Error> {
        if !self.inner.is_shallow() {
            return Ok(HashSet::new());
        }
        let path = self.common.join("shallow");
        let text = std::fs::read_to_string(&path).map_err(Error::io(FileTask::Read, &path))?;
        let ends = text.lines().filter_map(|line| parse_oid(line.trim()));
        Ok(ends.map(|end: Oid| CommitId(end)).collect())
    }
}
