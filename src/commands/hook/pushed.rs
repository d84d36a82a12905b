//! What a push would move, and whether the audit stands against it.

use super::Hook;
use crate::{
    app::clock::TimeSource,
    audit::{self, Present, Range, people},
    domain::{
        analysis::finding::{Finding, FindingCode, phrase::Phrase},
        base::{terms::FixedClock, zone::Zone},
        deciding::policy::desk::DeskSettings,
    },
    error::Result,
    store::{
        Store, attachments,
        git::{Head, apart_remote::SIDE_REFERENCES, ids::CommitId},
        layout,
    },
    words::{Lang, Words},
};

/// A reference that a push would move.
pub(super) struct PushedReference {
    pub(super) name: String,
    /// Whether it would hold the commit itself, and no tag of it.
    pub(super) is_commit: bool,
    pub(super) old: Option<CommitId>,
    /// `None` where it would be deleted.
    pub(super) new: Option<CommitId>,
}

impl Hook {
    /// What a line of git's says of a push.
    pub(super) fn pushed(self, store: &Store, line: &str) -> Result<PushedReference> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let word = |place: usize| words.get(place).copied();
        let (old, new) = match self {
            Self::Push => (word(3), word(1)),
            Self::Receive | Self::Commit => (word(0), word(1)),
        };
        // all zeros, or a commit that is not in this clone, is none
        let commit = |word: Option<&str>| -> Result<Option<CommitId>> {
            Ok(word.map(|word| store.git().resolve(word)).transpose()?.flatten())
        };
        let name = word(2).unwrap_or_default().to_owned();
        let (old, held) = (commit(old)?, commit(new)?);
        let is_commit = held.is_none_or(|held| Some(held.to_string().as_str()) == new);
        Ok(PushedReference { name, old, new: held, is_commit })
    }
}

/// The tip of the desk's branch as it is after a push; `None` where there is no desk, as with a remote for
/// people alone. Which branch that is, the desk that is there says, not who pushes.
fn tip_after(store: &Store, pushed: &[PushedReference]) -> Result<Option<CommitId>> {
    let here = match store.git().head_branch().ok() {
        Some(Head::Branch { tip, .. }) => tip,
        Some(Head::Detached { commit }) => Some(commit),
        None => None,
    };
    let branch = here.and_then(|tip| store.last_desk(tip)).map(|desk| desk.branch);
    // what is checked out here, or would be, need not be the desk
    let branch = match branch {
        Some(branch) => Some(branch),
        None => store.desk_branch()?,
    };
    let is_own = |moved: &&PushedReference| match &branch {
        Some(branch) => moved.name == format!("refs/heads/{branch}"),
        None => moved.name.starts_with("refs/heads/"),
    };
    Ok(match (pushed.iter().find(is_own), &branch) {
        (Some(moved), _) => moved.new,
        (None, Some(branch)) => store.git().tip(branch)?,
        (None, None) => None,
    })
}

/// Judges the references beside the branch that a push would move: who the people are, and the files of
/// records, by the desk as the push brings it.
pub(super) fn judge_apart(
    store: &Store,
    clock: TimeSource,
    pushed: &[PushedReference],
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let is_apart = |moved: &&PushedReference| moved.name.starts_with(SIDE_REFERENCES);
    if !pushed.iter().any(|moved| is_apart(&moved)) {
        return Ok(());
    }
    let tip = tip_after(store, pushed)?;
    let desk = tip.map(|tip| store.view_of(tip)).transpose()?;
    let settings = tip.and_then(|tip| Some((store.last_desk(tip)?, tip)));
    let clock = match settings {
        Some((settings, tip)) => judging_clock(store, clock, &settings, tip)?,
        None => TimeSource::Wall,
    };
    let now = clock.now(Zone::UTC);
    for moved in pushed.iter().filter(is_apart) {
        let PushedReference { name, old, new, is_commit } = moved;
        let is_file = name.starts_with(attachments::FOLDER);
        if !is_commit || name != layout::PERSONS && !is_file && new.is_some() {
            // what each clone keeps for itself may hold what is to be forgotten
            let finding = Finding::of(FindingCode::PeopleForged).path(name);
            findings.push(finding.found(Phrase::NotOfDocket));
        } else if name == layout::PERSONS {
            findings.extend(people::pushed(store, (*old, *new), desk.as_ref(), now)?);
        } else if is_file {
            findings.extend(audit::files::judge(store, tip, name, *old, *new)?);
        }
    }
    Ok(())
}

/// The clock by which a push is judged: who pushes does not set it.
fn judging_clock(
    store: &Store,
    clock: TimeSource,
    desk: &DeskSettings,
    tip: CommitId,
) -> Result<TimeSource> {
    let began = || -> Result<FixedClock> { Ok(store.clock_of(store.genesis(tip)?)) };
    let is_fixed = clock.is_fixed() && desk.fixed_clock == FixedClock::Allowed;
    Ok(if is_fixed && began()? == FixedClock::Allowed { clock } else { TimeSource::Wall })
}

/// Audits what a push would add to the desk's branch; gives how many commits that are.
pub(super) fn judge(
    store: &Store,
    clock: TimeSource,
    moved: &PushedReference,
    findings: &mut Vec<Finding>,
) -> Result<usize> {
    // a desk that cannot be read is the one that could be, or nobody would stand at the door
    let desk_of = |commit: Option<CommitId>| -> Option<DeskSettings> { store.last_desk(commit?) };
    // What the branch is called is for the desk that is there to say, not for who pushes.
    let (old, new) = (desk_of(moved.old), desk_of(moved.new));
    let Some(desk) = old.or(new) else {
        return Ok(0);
    };
    if moved.name != format!("refs/heads/{}", desk.branch) {
        return Ok(0);
    }
    let Some(tip) = moved.new else {
        let finding = Finding::of(FindingCode::Rewritten);
        findings.push(match moved.old {
            Some(old) => finding.expected(&old.to_string()).found(Phrase::DeletedBranch),
            None => finding,
        });
        return Ok(0);
    };
    if let Some(old) = moved.old
        && !store.git().descends(tip, old)?
    {
        findings.push(
            Finding::of(FindingCode::Rewritten).expected(&old.to_string()).found(&tip.to_string()),
        );
    }
    let zone = Zone::named(&desk.timezone).unwrap_or(Zone::UTC);
    let clock = judging_clock(store, clock, &desk, tip)?;
    let words = Words::new(Lang::from_tag(&desk.locale).unwrap_or_default());
    let present = Present { now: clock.now(zone), wall: TimeSource::Wall.now(zone), words };
    let range = Range { tip, since: moved.old };
    let audit = audit::run(store, &range, present, &|_, _| {})?;
    findings.extend(audit.findings);
    Ok(audit.commits)
}
