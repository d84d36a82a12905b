//! How one comes back from a file of rules that cannot be read.

use crate::store::{
    Store,
    git::{FileChange, ids::CommitId, log::CommitInfo},
    layout,
    view::View,
};

/// So many changes of a file are looked at, from the last one backwards.
const CHANGES_BACK: usize = 100;

/// What makes a file of rules readable again at once; commits as people name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayBack {
    /// Only this commit stands in the way.
    Revert(String),
    /// The file as this commit has it is read again; since when it cannot be.
    Restore { since: String, from: String },
}

impl Store {
    /// The way back from a file of rules that cannot be read in `view`; `None` where its own changes are not
    /// what is wrong, or no version of it that was looked at would do.
    pub fn way_back(&self, view: &View<'_>, path: &str) -> Option<WayBack> {
        let changes = self.repository.changes_of(view.commit()?, path, CHANGES_BACK).ok()?;
        let (last, earlier) = changes.split_first()?;
        let then = self.view_of(last.id).ok()?.on(view.rules_day().ok()?, &[]).ok()?;
        if is_read(&then, path) {
            return None;
        }
        if let Some(back) = self.reverted(view, path, last) {
            return Some(back);
        }
        let mut since = last;
        for change in earlier {
            let content = self.view_of(change.id).ok()?.bytes(path).ok().flatten();
            if let Some(content) = content
                && is_read(&with(view, path, Some(content)), path)
            {
                return Some(WayBack::Restore { since: since.id.short(), from: change.id.short() });
            }
            since = change;
        }
        None
    }

    /// The way back where the file was read before its last change.
    fn reverted(&self, view: &View<'_>, path: &str, last: &CommitInfo) -> Option<WayBack> {
        let [parent] = last.parents[..] else { return None };
        let before = self.view_of(parent).ok()?;
        let content = before.bytes(path).ok()?;
        let is_alone = || self.is_only_change(parent, last.id);
        let is_restored = content.is_some() && is_read(&with(view, path, content), path);
        if is_restored && !is_alone() {
            let (since, from) = (last.id.short(), parent.short());
            return Some(WayBack::Restore { since, from });
        }
        // a file that need not be there, or what goes together with other files
        (is_restored || path != layout::DESK && before.policy_faults().is_empty())
            .then(|| WayBack::Revert(last.id.short()))
    }

    fn is_only_change(&self, parent: CommitId, commit: CommitId) -> bool {
        self.changes(Some(parent), commit).is_ok_and(|changes| changes.len() == 1)
    }
}

fn with<'a>(view: &View<'a>, path: &str, content: Option<Vec<u8>>) -> View<'a> {
    view.changed(&[FileChange { path: path.to_owned(), content }])
}

/// Whether nothing stands against a file of rules.
fn is_read(view: &View<'_>, path: &str) -> bool {
    let is_there = path != layout::DESK || view.bytes(path).is_ok_and(|held| held.is_some());
    is_there && view.policy_faults().iter().all(|(other, _)| other != path)
}
