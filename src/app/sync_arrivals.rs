//! What a sync brought that a person has to hear of, and did not stand so before.

use std::collections::BTreeSet;

use crate::{
    app::{desk::OpenDesk, sync::Synced},
    domain::{
        analysis::{
            check::customers::{losing_agreements, saying_of_merged, unsettled},
            finding::phrase::Phrase,
        },
        base::ids::{ContactId, CustomerId, RecordId},
        history::{
            contact::{ReachedContact, still_known},
            record::Record,
        },
    },
    error::{Error, Result},
    store::{
        error::Error as StoreError,
        git::{diff::ChangedPath, ids::CommitId},
        layout,
        persons::erased::{PersonStanding, standing},
        selection::{Condition, Selection},
        view::{View, rules::WaitingRules},
    },
};

impl OpenDesk<'_> {
    /// Notes what is otherwise at the tip of a branch than it was before another clone's commit was taken in.
    pub(super) fn tell_arrivals(
        &self,
        (before, theirs, tip): (CommitId, CommitId, CommitId),
        synced: &mut Synced,
    ) -> Result<()> {
        let changes = self.store.changes(Some(before), tip)?;
        let of_merged = self.said_of_merged(&changes, (before, theirs, tip))?;
        let now = self.store.view_of(tip)?;
        add_new(&mut synced.kept_drafts, now.drafts_kept_since(before)?);
        let before = self.store.view_of(before)?;
        let lost = self.unfinished_without_contact(&before, &now)?;
        add_new(&mut synced.persons.records_without_contact, lost);
        add_new(&mut synced.persons.still_known, known_though_erased(&changes, &now)?);
        add_new(&mut synced.persons.gone_along, gone_along(&changes, [&before, &now])?);
        add_new(&mut synced.customers, unsettled_customers(&changes, [&before, &now])?);
        add_new(&mut synced.customers, of_merged);
        let (before, now) = (before.at(self.now()), now.at(self.now()));
        let (known, adopted) = (before.adopted_ahead()?, now.adopted_ahead()?);
        let new = adopted.into_iter().filter(|it| !known.contains(it)).collect();
        add_new(&mut synced.adopted, new);
        add_new(&mut synced.overtaken, newly_overtaken([&before, &now])?);
        Ok(())
    }

    /// What was said here of customers that were merged away there, or there of those merged away here.
    fn said_of_merged(
        &self,
        changes: &[ChangedPath],
        (ours, theirs, tip): (CommitId, CommitId, CommitId),
    ) -> Result<Vec<(CustomerId, Phrase)>> {
        if !changes.iter().any(|change| layout::customer_of(&change.path).is_some()) {
            return Ok(Vec::new());
        }
        let Some(base) = self.store.git().merge_base(ours, theirs)? else { return Ok(Vec::new()) };
        let customers_at = |commit| Ok::<_, Error>(self.store.view_of(commit)?.customers()?.0);
        let sides = [&customers_at(ours)?, &customers_at(theirs)?];
        Ok(saying_of_merged(&customers_at(base)?, sides, &customers_at(tip)?))
    }

    /// The unfinished records whose contact is erased: what came erased whom a record of this clone names, or
    /// brought a record of who is erased here.
    fn unfinished_without_contact(
        &self,
        before: &View<'_>,
        now: &View<'_>,
    ) -> Result<Vec<RecordId>> {
        let unfinished = Selection::of(Condition::Unfinished);
        let (records, _) = self.summaries(now, &unfinished)?;
        let mut lost = Vec::new();
        for record in records {
            let (id, contact) = (record.id(), record.status().contact.as_ref());
            if contact.is_some_and(|contact| is_erased(now, contact)) && !was_lost(before, id) {
                lost.push(id.clone());
            }
        }
        Ok(lost)
    }
}

/// The erased people who lead to somebody who is not: one clone erased whom another one merged.
fn known_though_erased(
    changes: &[ChangedPath],
    now: &View<'_>,
) -> Result<Vec<(ContactId, ContactId)>> {
    let mut known = Vec::new();
    for change in changes {
        let Some(id) = layout::contact_of(&change.path) else { continue };
        let Ok(Some(contact)) = now.contact(&id) else { continue };
        known.extend(still_known(&contact, |id| now.contact(id))?.map(|end| (id, end.id)));
    }
    Ok(known)
}

/// The people who lead to somebody erased and were not erased with them: one clone erased whom another one
/// merged them into.
fn gone_along(
    changes: &[ChangedPath],
    [before, now]: [&View<'_>; 2],
) -> Result<Vec<(ContactId, ContactId)>> {
    if !changes.iter().any(|change| layout::contact_of(&change.path).is_some()) {
        return Ok(Vec::new());
    }
    let mut gone = Vec::new();
    for contact in now.contacts()?.0 {
        if contact.merged_into.is_none() || contact.erased.is_some() {
            continue;
        }
        if let ReachedContact::Erased(end) = now.reached(&contact.id)?
            && !is_erased(before, &contact.id)
        {
            gone.push((contact.id, end.id));
        }
    }
    Ok(gone)
}

/// What clones said of customers that does not go together, or gets lost together; of several fields of one
/// customer the first, for its page shows them all.
fn unsettled_customers(
    changes: &[ChangedPath],
    [before, now]: [&View<'_>; 2],
) -> Result<Vec<(CustomerId, Phrase)>> {
    if !changes.iter().any(|change| layout::customer_of(&change.path).is_some()) {
        return Ok(Vec::new());
    }
    let of = |view: &View<'_>| -> Result<Vec<(CustomerId, Phrase)>> {
        let (customers, _) = view.customers()?;
        Ok([unsettled(&customers), losing_agreements(&customers)].concat())
    };
    let known = of(before)?;
    let mut new = of(now)?;
    let mut disputed = BTreeSet::new();
    new.retain(|clash| !known.contains(clash));
    new.retain(|(customer, clash)| {
        !matches!(clash, Phrase::ValuesOf(..)) || disputed.insert(customer.clone())
    });
    Ok(new)
}

/// Adopted rules that would take back what was changed since they were drafted. A shallow clone may not know.
fn newly_overtaken([before, now]: [&View<'_>; 2]) -> Result<Vec<WaitingRules>> {
    let overtaken = |view: &View<'_>| match view.overtaken() {
        Err(StoreError::CutOff { .. }) => Ok(Vec::new()),
        overtaken => overtaken,
    };
    let mut new = overtaken(now)?;
    if !new.is_empty() {
        let known = overtaken(before)?;
        new.retain(|it| !known.contains(it));
    }
    Ok(new)
}

/// Adds what is not there yet.
pub(super) fn add_new<T: PartialEq>(all: &mut Vec<T>, new: Vec<T>) {
    for one in new {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}

/// Whether a contact is erased; a file that cannot be read says nothing of that.
fn is_erased(view: &View<'_>, contact: &ContactId) -> bool {
    standing(view, contact).is_ok_and(|standing| standing == PersonStanding::Erased)
}

/// Whether a record was unfinished without a contact.
fn was_lost(view: &View<'_>, id: &RecordId) -> bool {
    let Ok(Some(Record { status, .. })) = view.record(id) else { return false };
    status.state.is_unfinished() && status.contact.is_some_and(|it| is_erased(view, &it))
}
