//! Who changed a path, and when.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, HashSet},
};

use chrono::{DateTime, FixedOffset};
use git2::{Commit, ErrorCode, Odb};

use super::{
    Repository,
    error::{DamagedObject, Error, GitTask},
    ids::CommitId,
    path::check_plain,
    read,
    tree::{RawTree, TreeEntry},
};
use crate::domain::base::time::Timestamp;

/// One commit as its log tells it; text that is not UTF-8 is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitInfo {
    pub id: CommitId,
    pub parents: Vec<CommitId>,
    pub author_name: String,
    pub author_email: String,
    pub committer_name: String,
    pub committer_email: String,
    /// The committer's date; 1970 where git holds none that can be.
    pub time: Timestamp,
    /// The author's date, likewise.
    pub authored_at: Timestamp,
    /// The whole message as it stands.
    pub message: String,
    pub subject: String,
    /// All after the subject, trailers included.
    pub body: String,
}

/// The entries on the way to one path in one commit, as far as a comparison had to follow it.
struct Trail {
    seen: Vec<Option<TreeEntry>>,
}

impl Repository {
    /// What one commit tells of itself.
    ///
    /// # Errors
    /// [`Error::Git`] if there is no such commit.
    pub fn commit_info(&self, id: CommitId) -> Result<CommitInfo, Error> {
        if let Some(known) = self.infos.borrow_mut().get(&id) {
            return Ok(known);
        }
        let failed = || Error::git(GitTask::ReadCommit(id.to_string()));
        read::check(&self.odb()?, id.0).map_err(failed())?;
        let info = info(&self.inner.find_commit(id.0).map_err(failed())?);
        self.infos.borrow_mut().put(id, info.clone(), 1);
        Ok(info)
    }

    /// The newest commit from `tip` backwards, on the side that merges were made on, that was
    /// committed at `at` or before; `None` where all are later.
    pub fn known_at(&self, tip: CommitId, at: Timestamp) -> Result<Option<CommitId>, Error> {
        let failed = || Error::git(GitTask::WalkBack(tip.to_string()));
        let mut commit = self.inner.find_commit(tip.0).map_err(failed())?;
        while commit.time().seconds() > at.unix() {
            match commit.parent(0) {
                Ok(parent) => commit = parent,
                // the first one, or the end of a shallow clone
                Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
                Err(error) => return Err(failed()(error)),
            }
        }
        Ok(Some(CommitId(commit.id())))
    }

    /// The last commit, from the first one on along the side that merges were made on, before one
    /// that is dated `at` or later: no date that runs backwards hides what came before it. `None`
    /// where the very first is, and where what came before cannot be read.
    pub fn before(&self, tip: CommitId, at: Timestamp) -> Result<Option<CommitId>, Error> {
        let failed = || Error::git(GitTask::WalkBack(tip.to_string()));
        let mut commit = self.inner.find_commit(tip.0).map_err(failed())?;
        let mut found = Some(CommitId(commit.id()));
        loop {
            let parent = commit.parent(0).ok();
            if commit.time().seconds() >= at.unix() {
                found = parent.as_ref().map(|parent| CommitId(parent.id()));
            }
            match parent {
                Some(parent) => commit = parent,
                None => return Ok(found),
            }
        }
    }

    /// The commits up to `from` that changed the file or folder at `path`, newest first.
    ///
    /// As with `git log -- path`, a merge that took the path from one side unchanged is followed
    /// on that side only. Beyond the end of a shallow clone nothing is known.
    ///
    /// # Errors
    /// [`Error::BadPath`], or damage in the history.
    pub fn log(&self, from: CommitId, path: &str) -> Result<Vec<CommitInfo>, Error> {
        self.changes_of(from, path, usize::MAX)
    }

    /// The newest of them; `None` where nothing changed the path.
    ///
    /// # Errors
    /// As [`Self::log`].
    pub fn last_change(&self, from: CommitId, path: &str) -> Result<Option<CommitInfo>, Error> {
        Ok(self.changes_of(from, path, 1)?.pop())
    }

    /// The newest of them, at most so many.
    ///
    /// # Errors
    /// As [`Self::log`].
    pub fn changes_of(
        &self,
        from: CommitId,
        path: &str,
        most: usize,
    ) -> Result<Vec<CommitInfo>, Error> {
        check_plain(path)?;
        let odb = self.odb()?;
        let parts: Vec<&str> = path.split('/').collect();
        let mut trails: HashMap<CommitId, Trail> = HashMap::new();
        let mut queue = BinaryHeap::new();
        let mut queued = HashSet::new();
        let mut changes = Vec::new();
        let first =
            self.find(from)?.ok_or(Error::Damaged(DamagedObject::NoCommit(from.to_string())))?;
        queue.push((first.time().seconds(), Reverse(0), from));
        queued.insert(from);
        while let Some((_, _, id)) = queue.pop() {
            let Some(commit) = self.find(id)? else {
                continue;
            };
            let mut trail = trails.remove(&id).unwrap_or_else(|| Trail::of(&commit));
            let mut parents = Vec::new();
            let mut unchanged = None;
            for parent_id in commit.parent_ids().map(CommitId) {
                let Some(parent) = self.find(parent_id)? else {
                    continue;
                };
                let other = trails.entry(parent_id).or_insert_with(|| Trail::of(&parent));
                if unchanged.is_none() && trail.ends_like(other, &odb, &parts)? {
                    unchanged = Some(parent_id);
                }
                parents.push((parent_id, parent.time().seconds()));
            }
            if unchanged.is_none() && (!parents.is_empty() || trail.end(&odb, &parts)?.is_some()) {
                changes.push(info(&commit));
                if changes.len() == most {
                    break;
                }
            }
            for (parent, time) in parents {
                let wanted = unchanged.is_none_or(|only| only == parent);
                if wanted && queued.insert(parent) {
                    queue.push((time, Reverse(queued.len()), parent));
                }
            }
        }
        Ok(changes)
    }

    /// The commit, or `None` where a shallow clone ends.
    fn find(&self, id: CommitId) -> Result<Option<Commit<'_>>, Error> {
        match self.inner.find_commit(id.0) {
            Ok(commit) => Ok(Some(commit)),
            Err(error) if error.code() == ErrorCode::NotFound && self.inner.is_shallow() => {
                Ok(None)
            }
            Err(source) => Err(Error::git(GitTask::ReadCommit(id.to_string()))(source)),
        }
    }
}

impl Trail {
    fn of(commit: &Commit<'_>) -> Self {
        Self { seen: vec![Some(TreeEntry::folder(commit.tree_id()))] }
    }

    /// The entry after the first `depth` parts of the path.
    fn at(
        &mut self,
        depth: usize,
        odb: &Odb<'_>,
        parts: &[&str],
    ) -> Result<Option<TreeEntry>, Error> {
        while self.seen.len() <= depth {
            let last = self.seen.last().copied().flatten().filter(|entry| entry.is_folder());
            let next = match (last, parts.get(self.seen.len() - 1)) {
                (Some(folder), Some(part)) => RawTree::read(odb, folder.id)?.find(part)?,
                _ => None,
            };
            self.seen.push(next);
        }
        Ok(self.seen.get(depth).copied().flatten())
    }

    fn end(&mut self, odb: &Odb<'_>, parts: &[&str]) -> Result<Option<TreeEntry>, Error> {
        self.at(parts.len(), odb, parts)
    }

    /// Whether both hold the same at the path; stops at the first equal folder.
    fn ends_like(
        &mut self,
        other: &mut Self,
        odb: &Odb<'_>,
        parts: &[&str],
    ) -> Result<bool, Error> {
        for depth in 0..=parts.len() {
            if self.at(depth, odb, parts)? == other.at(depth, odb, parts)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn info(commit: &Commit<'_>) -> CommitInfo {
    let (author, committer) = (commit.author(), commit.committer());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let message = text(commit.message_bytes());
    let (subject, body) = split_message(&message);
    CommitInfo {
        id: CommitId(commit.id()),
        parents: commit.parent_ids().map(CommitId).collect(),
        author_name: text(author.name_bytes()),
        author_email: text(author.email_bytes()),
        committer_name: text(committer.name_bytes()),
        committer_email: text(committer.email_bytes()),
        time: timestamp(commit.time()),
        authored_at: timestamp(author.when()),
        message: message.clone(),
        subject,
        body,
    }
}

/// The first paragraph on one line, and what follows it.
fn split_message(message: &str) -> (String, String) {
    let message = message.trim_start_matches('\n');
    let (subject, body) = message.split_once("\n\n").unwrap_or((message, ""));
    let subject = subject.trim_end().replace('\n', " ");
    (subject, body.trim_start_matches('\n').to_owned())
}

fn timestamp(time: git2::Time) -> Timestamp {
    let offset = FixedOffset::east_opt(time.offset_minutes().saturating_mul(60));
    let instant = DateTime::from_timestamp(time.seconds(), 0).unwrap_or_default();
    let utc = FixedOffset::east_opt(0);
    match offset.or(utc) {
        Some(offset) => Timestamp::from_datetime(instant.with_timezone(&offset)),
        None => Timestamp::from_datetime(instant.fixed_offset()),
    }
}
