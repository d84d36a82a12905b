//! Records that wait for each other, as links of two clones can make them (A31).

use std::collections::{BTreeMap, BTreeSet};

use super::desk::referred;
use crate::domain::{
    analysis::finding::{Finding, FindingCode, phrase::Phrase},
    base::{
        ids::{EventId, RecordId},
        terms::LinkKind,
    },
    history::record::Record,
};

/// One record waits for another.
struct WaitingLink<'r> {
    /// The event that made the link.
    event: &'r EventId,
    from: &'r Record,
    on: &'r Record,
}

/// The link of each circle that was made last: it keeps nobody waiting.
pub(super) fn in_circles(records: &[Record], by_id: &BTreeMap<&RecordId, &Record>) -> Vec<Finding> {
    let mut waits: BTreeMap<&RecordId, Vec<WaitingLink<'_>>> = BTreeMap::new();
    for record in records {
        for kind in [LinkKind::DependsOn, LinkKind::Child] {
            for (event, to) in record.links(kind) {
                let Some(other) = referred(by_id, to) else { continue };
                let (from, on) =
                    if kind == LinkKind::Child { (other, record) } else { (record, other) };
                waits.entry(&from.id).or_default().push(WaitingLink { event, from, on });
            }
        }
    }
    let closes = |wait: &&WaitingLink<'_>| {
        let is_open = |record: &Record| record.status.state.is_unfinished();
        is_open(wait.from) && is_open(wait.on) && leads_back(wait, &waits)
    };
    let closing = waits.values().flatten().filter(closes);
    let finding = |wait: &WaitingLink<'_>| {
        let phrase = Phrase::WaitsInCircle(wait.on.id.clone());
        Finding::of(FindingCode::Dangling).record(&wait.from.id).found(phrase)
    };
    closing.map(finding).collect()
}

/// Whether what a record waits for waits for it, by links that were made before.
fn leads_back(wait: &WaitingLink<'_>, waits: &BTreeMap<&RecordId, Vec<WaitingLink<'_>>>) -> bool {
    let (mut seen, mut rest) = (BTreeSet::new(), vec![&wait.on.id]);
    while let Some(id) = rest.pop() {
        if *id == wait.from.id {
            return true;
        }
        if seen.insert(id) {
            let next = waits.get(id).into_iter().flatten();
            rest.extend(next.filter(|it| it.event < wait.event).map(|it| &it.on.id));
        }
    }
    false
}
