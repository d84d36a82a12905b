//! The records to which a step applies for somebody: what a picker lists and the shell offers.

use crate::{
    app::desk::OpenDesk,
    domain::{
        base::{
            ids::{EventId, PersonId},
            terms::{Role, SortKey, State, Term as _},
        },
        deciding::{policy::people::Person, scene::Scene, stamp::role, steps::ready},
        history::{
            event::{RULES, Stamp},
            lifecycle,
            refusal::Refusal,
            status::Status,
            steps::Action,
        },
    },
    error::Result,
    store::{
        cache::Extent,
        selection::{Condition, Selection},
        summary::Summary,
        view::View,
    },
};

/// So many are looked at, those first to which something happened last.
const MOST_SEEN: usize = 1000;
/// So many are offered.
const MOST_OFFERED: usize = 200;

impl OpenDesk<'_> {
    /// The records to which the acting person can apply a step, whatever it will say; those first to
    /// which something happened last. What cannot be read is left out.
    ///
    /// # Errors
    /// A desk or its rules that cannot be read, or nobody of the roster who acts.
    pub fn open_to(&self, action: Action) -> Result<Vec<Summary>> {
        self.open_where(action, |_, _| Ok(()))
    }

    /// As [`Self::open_to`], of those that a further rule lets the person change.
    ///
    /// # Errors
    /// As [`Self::open_to`].
    pub fn open_where(
        &self,
        action: Action,
        fits: impl Fn(&Status, &PersonId) -> std::result::Result<(), Refusal>,
    ) -> Result<Vec<Summary>> {
        let view = self.view()?;
        let policy = view.policy()?;
        let person = self.actor(&policy)?.person;
        let id = self.app.ids.event(self.now(), "")?;
        let applies = |summary: &Summary| {
            let status = summary.status();
            let step = (action, status.kind);
            let Ok(role) = role(&person, None, None, step, &policy) else { return false };
            let stamp = self.stamp_of(&person, role, &id);
            if lifecycle::ready(action, status, &stamp).is_err() {
                return false;
            }
            let Ok(Some(record)) = view.record(summary.id()) else { return false };
            let (record, stamp, now) = (&record, &stamp, stamp.recorded_at);
            let scene = Scene { record, policy: &policy, stamp, now, lookup: &view };
            ready(action, &scene).is_ok() && fits(&record.status, &person.id).is_ok()
        };
        let seen = self.latest(&view, lifecycle::usual(action))?;
        Ok(seen.into_iter().filter(applies).take(MOST_OFFERED).collect())
    }

    /// The records to which a step applies; all where none is named, or nobody of the roster acts.
    ///
    /// # Errors
    /// A desk that cannot be read.
    pub fn offered(&self, step: Option<Action>) -> Result<Vec<Summary>> {
        match step.map(|action| self.open_to(action)) {
            Some(Ok(open)) => Ok(open),
            Some(Err(_)) | None => self.latest_of_all(),
        }
    }

    /// The unfinished records, and then those that were finished last.
    ///
    /// # Errors
    /// A desk that cannot be read.
    pub fn latest_of_all(&self) -> Result<Vec<Summary>> {
        let is_over = |summary: &Summary| !summary.status().state.is_unfinished();
        let mut latest = self.latest(&self.view()?, State::ALL)?;
        latest.sort_by_key(is_over);
        latest.truncate(MOST_OFFERED);
        Ok(latest)
    }

    /// Records in these states, those first to which something happened last.
    fn latest(&self, view: &View<'_>, states: &[State]) -> Result<Vec<Summary>> {
        let wanted = Selection {
            order: Some(SortKey::Updated),
            limit: Some(MOST_SEEN),
            ..Selection::of(Condition::State(states.to_vec()))
        };
        let Some(chosen) = self.store.choose(view, &wanted, Extent::Summary, &|_, _| {}) else {
            let (records, _) = wanted.choose(view.records()?.0);
            return Ok(records.into_iter().map(Summary::whole).collect());
        };
        Ok(view.summaries(&chosen.files)?.0)
    }

    /// Somebody who acts now.
    fn stamp_of(&self, person: &Person, role: Role, id: &EventId) -> Stamp {
        let at = self.now();
        Stamp {
            id: id.clone(),
            n: u32::MAX,
            at,
            recorded_at: at,
            by: person.id.clone(),
            role,
            told_by: None,
            told_via: None,
            rules: RULES,
            late_because: None,
            note: None,
            personal: None,
            opened: None,
        }
    }
}
