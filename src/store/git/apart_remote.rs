//! References that are kept apart, in exchange with other clones. Nothing of what came is pointed at,
//! by no tracking reference and no `FETCH_HEAD`: what others took out would be kept alive by them.

use git2::ObjectType;

use super::{
    Repository,
    error::{Error, GitTask, Transfer},
    ids::CommitId,
    read,
};

/// So many references are sent at once: more make a command line too long.
const AT_ONCE: usize = 100;
/// So often a reference is asked for again that another clone replaced meanwhile.
const TURNS: usize = 5;

/// A reference to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApartPush {
    pub reference: String,
    /// What the remote held when this clone last heard of it.
    pub seen: Option<CommitId>,
    pub new: CommitId,
}

/// What became of a reference that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApartPushed {
    Done,
    /// The remote holds another commit than was seen.
    TooLate,
    /// What the remote said against it.
    Refused(String),
}

impl Repository {
    /// The references below a folder of them, each with its commit.
    ///
    /// # Errors
    /// [`Error::Git`] where they cannot be listed.
    pub fn apart_under(&self, folder: &str) -> Result<Vec<(String, CommitId)>, Error> {
        let found = self.inner.references_glob(&format!("{folder}*"));
        let mut all = Vec::new();
        for reference in found.map_err(Error::git(GitTask::ListBranches))?.flatten() {
            if let (Ok(name), Some(id)) = (reference.name(), reference.target()) {
                all.push((name.to_owned(), CommitId(id)));
            }
        }
        all.sort_unstable();
        Ok(all)
    }

    /// Gets the commit that a remote's reference holds, and points at it with nothing; `None` where
    /// the remote has no such reference.
    ///
    /// # Errors
    /// [`Error::Remote`] with what git said.
    pub fn fetch_apart(
        &self,
        remote: &str,
        reference: &str,
        on_progress: &dyn Fn(&str),
    ) -> Result<Option<CommitId>, Error> {
        let failed = |output: String| Error::Remote {
            transfer: Transfer::Fetch,
            remote: remote.to_owned(),
            output,
        };
        let mut words = vec!["fetch", "--progress", "--no-tags", "--no-write-fetch-head"];
        if self.is_partial() {
            words.push("--no-filter");
        }
        words.extend([remote, reference]);
        for _ in 0..TURNS {
            let listed = self.git(&["ls-remote", remote, reference], on_progress)?;
            if !listed.succeeded {
                return Err(failed(listed.blamed()));
            }
            let held = listed.out.lines().find_map(|line| {
                let (id, name) = line.split_once('\t')?;
                (name == reference).then(|| id.parse::<CommitId>().ok())?
            });
            let Some(held) = held else { return Ok(None) };
            if self.has_commit(held) {
                return Ok(Some(held));
            }
            let output = self.git(&words, on_progress)?;
            // gone or replaced between the two questions
            if !output.succeeded && !output.says("couldn't find remote ref") {
                return Err(failed(output.blamed()));
            }
            if self.has_commit(held) {
                return Ok(Some(held));
            }
        }
        Err(Error::Contended { branch: reference.to_owned() })
    }

    /// Sends references, each only over what was seen there, whatever the others meet.
    ///
    /// # Errors
    /// [`Error::Remote`] where the remote was not reached.
    pub fn push_apart(
        &self,
        remote: &str,
        wanted: &[ApartPush],
        on_progress: &dyn Fn(&str),
    ) -> Result<Vec<ApartPushed>, Error> {
        let mut all = Vec::with_capacity(wanted.len());
        for some in wanted.chunks(AT_ONCE) {
            let pushed = self.push_some(remote, some, on_progress)?;
            for (push, result) in some.iter().zip(pushed) {
                // a hook that refuses one refuses all that came with it
                let is_beside = some.len() > 1 && matches!(result, ApartPushed::Refused(_));
                let again = is_beside
                    .then(|| self.push_some(remote, std::slice::from_ref(push), on_progress))
                    .transpose()?;
                all.push(again.and_then(|again| again.into_iter().next()).unwrap_or(result));
            }
        }
        Ok(all)
    }

    fn push_some(
        &self,
        remote: &str,
        wanted: &[ApartPush],
        on_progress: &dyn Fn(&str),
    ) -> Result<Vec<ApartPushed>, Error> {
        let lease = |push: &ApartPush| {
            let seen = push.seen.map(|seen| seen.to_string()).unwrap_or_default();
            format!("--force-with-lease={}:{seen}", push.reference)
        };
        let leases: Vec<String> = wanted.iter().map(lease).collect();
        let of = |push: &ApartPush| format!("{}:{}", push.new, push.reference);
        let specs: Vec<String> = wanted.iter().map(of).collect();
        let mut words = vec!["push", "--progress", "--porcelain", "--no-follow-tags"];
        words.extend(leases.iter().map(String::as_str));
        words.push(remote);
        words.extend(specs.iter().map(String::as_str));
        let output = self.git(&words, on_progress)?;
        let told = |push: &ApartPush| {
            let line = output.out.lines().find(|line| {
                let names = line.split('\t').nth(1).unwrap_or_default();
                names.split_once(':').is_some_and(|(_, there)| there == push.reference)
            })?;
            let summary = line.split('\t').next_back().unwrap_or_default();
            let late = [
                "stale info",
                "cannot lock ref",
                "failed to update ref",
                "incorrect old value",
                "reference already exists",
                "fetch first",
                "non-fast-forward",
            ];
            Some(match line.chars().next() {
                Some('!') if late.iter().any(|sign| summary.contains(sign)) => ApartPushed::TooLate,
                Some('!') => ApartPushed::Refused(output.blamed()),
                _ => ApartPushed::Done,
            })
        };
        wanted
            .iter()
            .map(|push| {
                told(push).ok_or_else(|| Error::Remote {
                    transfer: Transfer::Push,
                    remote: remote.to_owned(),
                    output: output.blamed(),
                })
            })
            .collect()
    }

    /// Whether a commit is here.
    fn has_commit(&self, commit: CommitId) -> bool {
        self.inner.find_commit(commit.0).is_ok()
    }

    /// Whether a commit is one of files that are kept apart, to the letter: with no parent, of nobody
    /// and of no time.
    ///
    /// # Errors
    /// [`Error::Git`] for what cannot be read.
    pub fn is_apart(&self, commit: CommitId) -> Result<bool, Error> {
        let odb = self.odb()?;
        let failed = Error::git(GitTask::ReadCommit(commit.to_string()));
        let object = read::object(&odb, commit.0).map_err(failed)?;
        let text = object.data();
        let tree = text.strip_prefix(b"tree ").and_then(|rest| rest.get(..40));
        let due = tree.map(|tree| {
            let tree = String::from_utf8_lossy(tree);
            super::apart::text_of(&tree).into_bytes()
        });
        Ok(object.kind() == ObjectType::Commit && due.as_deref() == Some(text))
    }
}
