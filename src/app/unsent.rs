//! What was not sent yet, and every other clone would refuse.

use std::collections::HashSet;

use crate::{
    app::{clock::TimeSource, desk::OpenDesk},
    audit::{self, Present, Range},
    domain::analysis::finding::{Finding, Severity},
    error::Result,
    store::git::ids::CommitId,
    words::Words,
};

/// Commits that only this clone has, from the first one on that the audit does not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsendable {
    pub tip: CommitId,
    pub first: CommitId,
    /// What it was made on.
    pub before: CommitId,
    /// How many there are, with what was made on it since.
    pub commits: usize,
    pub why: String,
}

impl OpenDesk<'_> {
    /// What a hook of the remote would refuse; `None` where nothing is to be sent, or all is well.
    pub(super) fn unsendable(&self) -> Result<Option<Unsendable>> {
        let (git, branch) = (self.store.git(), &self.desk.branch);
        let (Some(sent), Some(tip)) = (git.fetched(branch)?, git.tip(branch)?) else {
            return Ok(None);
        };
        if self.store.is_bare() || sent == tip {
            return Ok(None);
        }
        let wall = TimeSource::Wall.now(self.zone);
        let present = Present { now: self.now(), wall, words: self.words };
        let range = Range { tip, since: Some(sent) };
        let found = audit::run(&self.store, &range, present, &|_, _| ())?.findings;
        let unsent: HashSet<CommitId> = git.history(tip, Some(sent))?.commits.into_iter().collect();
        let line = git.first_parents(tip).into_iter();
        let own: Vec<CommitId> = line.filter(|commit| unsent.contains(commit)).collect();
        for (place, first) in own.iter().enumerate().rev() {
            let (Some(why), Some(before)) = (
                found.iter().find(|finding| stands_against(finding, *first)),
                git.commit_info(*first)?.parents.first().copied(),
            ) else {
                continue;
            };
            let why = told(why, self.words);
            return Ok(Some(Unsendable { tip, first: *first, before, commits: place + 1, why }));
        }
        Ok(None)
    }
}

fn stands_against(finding: &Finding, commit: CommitId) -> bool {
    let is_it = finding.commit.as_ref().is_some_and(|named| *named == commit.to_string());
    is_it && finding.code.severity() == Severity::Error
}

fn told(finding: &Finding, words: Words) -> String {
    format!("{} {}", finding.code.code(), words.finding(finding.code))
}
