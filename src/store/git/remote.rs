//! Other clones, through the git program: its credentials, its ssh, its proxies.

use std::{io::Read, path::Path, process::Stdio, thread, time::Duration};

use git2::Reference;

use super::{
    Repository,
    apart_remote::{ApartPush, ApartPushed},
    error::{Error, FileTask, GitTask, Transfer},
    ids::CommitId,
};

/// Where the branches of remotes lie.
const REMOTE_BRANCHES: &str = "refs/remotes/";
/// Where branches lie, a clone's own first.
const BRANCHES: [&str; 2] = ["refs/heads/", REMOTE_BRANCHES];

/// So often a fetch is tried again that another one stood in the way of.
const FETCHES: u32 = 5;

/// What became of a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PushResult {
    Done,
    /// Somebody pushed first, or holds the branch there; what git said.
    TooLate(String),
}

/// What a run of git said.
pub(super) struct GitOutput {
    pub(super) succeeded: bool,
    pub(super) out: String,
    err: String,
}

impl Repository {
    /// The remote that a branch is exchanged with: the one given, the one that git has noted for the
    /// branch, else the only one, else `origin`. `None` where there is none.
    ///
    /// # Errors
    /// [`Error::NoSuchRemote`] for a given one that is not there.
    pub fn remote_of(&self, branch: &str, given: Option<&str>) -> Result<Option<String>, Error> {
        let names = self.remotes()?;
        if let Some(given) = given {
            return match names.iter().find(|name| *name == given) {
                Some(name) => Ok(Some(name.clone())),
                None => Err(Error::NoSuchRemote { remote: given.to_owned(), known: names }),
            };
        }
        let noted = self.config(&format!("branch.{branch}.remote"))?;
        if let Some(noted) = noted.filter(|noted| names.contains(noted)) {
            return Ok(Some(noted));
        }
        Ok(match names.as_slice() {
            [only] => Some(only.clone()),
            _ => names.into_iter().find(|name| name == "origin"),
        })
    }

    /// The remotes of this clone.
    ///
    /// # Errors
    /// [`Error::Git`] where they cannot be read.
    pub fn remotes(&self) -> Result<Vec<String>, Error> {
        let names = self.inner.remotes().map_err(Error::git(GitTask::ListRemotes))?;
        Ok(names.iter().flatten().flatten().map(str::to_owned).collect())
    }

    /// The branch as it stood at the remote when this clone last heard of it.
    pub fn tracked(&self, remote: &str, branch: &str) -> Result<Option<CommitId>, Error> {
        self.resolve(&tracking(remote, branch))
    }

    /// The branch as it stood at its remote when this clone last heard of it; `None` without one.
    pub fn fetched(&self, branch: &str) -> Result<Option<CommitId>, Error> {
        match self.remote_of(branch, None)? {
            Some(remote) => self.tracked(&remote, branch),
            None => Ok(None),
        }
    }

    /// The branches in whose newest commit a file lies at `path`, those of remotes too where there is
    /// none of their name here: as git calls them, and by their own names.
    pub fn branches_with(&self, path: &str) -> Result<Vec<(String, String)>, Error> {
        let mut found: Vec<(String, String)> = Vec::new();
        for place in BRANCHES {
            for (name, tip) in self.tips_in(place)? {
                let own = match name.split_once('/') {
                    Some((_, own)) if place == REMOTE_BRANCHES => own,
                    _ => &name,
                };
                let is_new = !found.iter().any(|(_, known)| known == own);
                if is_new && self.holds_at(tip, path) {
                    found.push((name.clone(), own.to_owned()));
                }
            }
        }
        Ok(found)
    }

    /// The newest commits of branches, those of remotes too, in which a file lies at `path`.
    pub fn tips_with(&self, path: &str) -> Result<Vec<CommitId>, Error> {
        let mut tips = Vec::new();
        for place in BRANCHES {
            tips.extend(self.tips_in(place)?.into_iter().map(|(_, tip)| tip));
        }
        tips.retain(|tip| self.holds_at(*tip, path));
        Ok(tips)
    }

    /// The branches below a place, without its name, with their newest commits.
    fn tips_in(&self, place: &str) -> Result<Vec<(String, CommitId)>, Error> {
        let references = self.inner.references_glob(&format!("{place}*"));
        let references = references.map_err(Error::git(GitTask::ListBranches))?.flatten();
        let tips = references.filter_map(|reference| {
            let name = reference.name().ok()?.trim_start_matches(place).to_owned();
            Some((name, CommitId(reference.target()?)))
        });
        Ok(tips.collect())
    }

    fn holds_at(&self, commit: CommitId, path: &str) -> bool {
        matches!(self.snapshot(commit).and_then(|files| files.held(path)), Ok(Some(_)))
    }

    /// Gets what the remote's branch has; `None` where the remote has no such branch yet. What it keeps
    /// `apart` comes along, for [`Self::take_fetched`].
    ///
    /// # Errors
    /// [`Error::Remote`] with what git said.
    pub fn fetch(
        &self,
        remote: &str,
        branch: &str,
        apart: &[&str],
        on_progress: &dyn Fn(&str),
    ) -> Result<Option<CommitId>, Error> {
        let wanted = format!("+refs/heads/{branch}:{}", tracking(remote, branch));
        let apart = self.wanted_apart(apart)?;
        // the settings of this clone may name other places for what comes, such as the people's own
        let mut words = vec!["fetch", "--progress", "--no-tags", "--refmap="];
        // a partial clone gets what is new whole, or there would be nothing to put into the files
        if self.is_partial() {
            words.push("--no-filter");
        }
        if !apart.is_empty() {
            // it would name what may have to be forgotten
            words.push("--no-write-fetch-head");
        }
        words.extend([remote, &wanted]);
        words.extend(apart.iter().map(String::as_str));
        let mut output = self.git(&words, on_progress)?;
        for turn in 1..=FETCHES {
            // another git fetches the same branch just now
            let busy = ["cannot lock ref", "unable to update local ref", "Unable to create"];
            if output.succeeded || !busy.iter().any(|sign| output.err.contains(sign)) {
                break;
            }
            thread::sleep(Duration::from_millis(50 << turn));
            output = self.git(&words, on_progress)?;
        }
        if output.succeeded {
            return self.tracked(remote, branch);
        }
        if output.err.contains("couldn't find remote ref") {
            return Ok(None);
        }
        Err(Error::Remote {
            transfer: Transfer::Fetch,
            remote: remote.to_owned(),
            output: output.blamed(),
        })
    }

    /// Sends the branch to the remote, never over what is there, and with it what is kept `apart`; gives
    /// what became of each, the branch first.
    ///
    /// # Errors
    /// [`Error::Remote`] with what git or the remote's hooks said of the branch.
    pub fn push(
        &self,
        remote: &str,
        branch: &str,
        apart: &[ApartPush],
        on_progress: &dyn Fn(&str),
    ) -> Result<(PushResult, Vec<ApartPushed>), Error> {
        let own = format!("refs/heads/{branch}");
        let both = format!("{own}:{own}");
        let mut words = vec!["push", "--progress", "--porcelain", "--no-follow-tags"];
        if self.config(&format!("branch.{branch}.remote"))?.is_none() {
            words.push("--set-upstream");
        }
        words.extend([remote, &both]);
        let beside: Vec<[String; 2]> = apart.iter().map(ApartPush::words).collect();
        words.extend(beside.iter().flatten().map(String::as_str));
        let output = self.git(&words, on_progress)?;
        let of_branch = |line: &&str| line.split('\t').nth(1) == Some(&both);
        let line = output.out.lines().find(of_branch).unwrap_or_default();
        let went = output.succeeded || !line.is_empty() && !line.starts_with('!');
        let pushed = if went {
            PushResult::Done
        } else if is_late(line) || is_late(&output.err) {
            PushResult::TooLate(output.blamed())
        } else {
            let (transfer, remote) = (Transfer::Push, remote.to_owned());
            return Err(Error::Remote { transfer, remote, output: output.blamed() });
        };
        let sent = apart.iter().map(|push| {
            let nothing_said = || ApartPushed::Refused(output.blamed());
            push.outcome(&output).unwrap_or_else(nothing_said)
        });
        Ok((pushed, sent.collect()))
    }

    /// Runs git in this working tree.
    pub(super) fn git(
        &self,
        words: &[&str],
        on_progress: &dyn Fn(&str),
    ) -> Result<GitOutput, Error> {
        self.git_as(words, &[], on_progress)
    }

    /// Runs git in this working tree with variables that say who acts and when.
    pub(super) fn git_as(
        &self,
        words: &[&str],
        identity: &[(&str, String)],
        on_progress: &dyn Fn(&str),
    ) -> Result<GitOutput, Error> {
        // it may set what is kept of the settings
        self.settings.take();
        let mut git = self.git_command();
        git.envs(identity.iter().map(|(name, value)| (*name, value)));
        if let Some(also) = &self.also {
            // a push that is not taken yet: its objects lie apart, and what is made of them too
            git.env("GIT_OBJECT_DIRECTORY", also);
            git.env("GIT_ALTERNATE_OBJECT_DIRECTORIES", self.common.join("objects"));
        }
        // what is said is read, so it must be said in one language
        git.env("LC_ALL", "C");
        // a name with a star in it is that name
        git.env("GIT_LITERAL_PATHSPECS", "1").args(words);
        let run = || -> std::io::Result<GitOutput> {
            let mut child = git.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
            let mut err = Vec::new();
            if let Some(mut pipe) = child.stderr.take() {
                let mut shown = 0;
                let mut bytes = [0; 4096];
                loop {
                    match pipe.read(&mut bytes)? {
                        0 => break,
                        count => err.extend_from_slice(&bytes[..count]),
                    }
                    let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
                    while let Some(end) = err[shown..].iter().position(ends) {
                        on_progress(String::from_utf8_lossy(&err[shown..shown + end]).trim());
                        shown += end + 1;
                    }
                }
            }
            let output = child.wait_with_output()?;
            Ok(GitOutput {
                succeeded: output.status.success(),
                out: String::from_utf8_lossy(&output.stdout).into_owned(),
                err: String::from_utf8_lossy(&err).into_owned(),
            })
        };
        let mut run = run;
        run().map_err(Error::io(FileTask::Run, Path::new("git")))
    }
}

impl GitOutput {
    /// Whether git told of an error in these words.
    pub(super) fn says(&self, words: &str) -> bool {
        self.err.contains(words)
    }

    /// What went wrong, without progress and without git's advice; empty where git is silent.
    pub(super) fn blamed(&self) -> String {
        let noise = [
            "hint:",
            "To ",
            "Enumerating",
            "Counting",
            "Compressing",
            "Writing",
            "Total",
            "Delta",
            "Receiving",
            "Resolving",
            "Unpacking",
            "error: failed to push some refs",
        ];
        let lines = self.err.split(['\n', '\r']).map(str::trim).filter(|line| {
            let text = line.strip_prefix("remote: ").unwrap_or(line);
            !text.is_empty() && !noise.iter().any(|noise| text.starts_with(noise))
        });
        let mut lines: Vec<&str> = lines.collect();
        let refused = |line: &&str| line.starts_with('!');
        let out = self.out.lines().filter(refused).filter_map(|line| line.split('\t').next_back());
        lines.extend(out);
        lines.dedup();
        // a hook of this clone may say its reason there alone
        if lines.is_empty() {
            let out = self.out.lines().filter(|line| !line.starts_with("To ") && *line != "Done");
            lines.extend(out);
        }
        lines.join("\n")
    }
}

/// Whether git says that somebody pushed first, or holds the branch there.
pub(super) fn is_late(said: &str) -> bool {
    let late = [
        "[rejected]",
        "cannot lock ref",
        "failed to update ref",
        "incorrect old value",
        "reference already exists",
    ];
    late.iter().any(|sign| said.contains(sign))
}

fn tracking(remote: &str, branch: &str) -> String {
    format!("refs/remotes/{remote}/{branch}")
}

/// Whether this can be the name of a remote's branch, such as `origin/main`.
pub fn is_remote_branch(name: &str) -> bool {
    name.contains('/') && Reference::is_valid_name(&format!("refs/remotes/{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blamed(out: &str, err: &str) -> String {
        GitOutput { succeeded: false, out: out.to_owned(), err: err.to_owned() }.blamed()
    }

    #[test]
    fn what_git_prints_is_blamed_only_where_it_says_nothing_as_an_error() {
        assert_eq!(blamed("To origin\nnot on a Sunday\nDone\n", ""), "not on a Sunday");
        assert_eq!(blamed("checked\n", "hint: ask\nremote: refused\n"), "remote: refused");
        assert_eq!(blamed("", "hint: ask\n"), "");
    }
}
