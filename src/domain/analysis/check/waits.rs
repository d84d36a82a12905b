//! Records that wait for each other, or were not waited for, as two clones can make them (A31).

use std::collections::{BTreeMap, BTreeSet};

use super::desk::referred;
use crate::domain::{
    analysis::finding::{Finding, FindingCode, phrase::Phrase},
    base::{
        ids::{EventId, RecordId},
        terms::LinkKind,
    },
    history::{record::Record, steps::is_unsolved},
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

/// The parts that were not solved when the record was closed of which they are parts, and are not yet: two
/// clones may have done the one and the other.
pub(super) fn closed_over(
    records: &[Record],
    by_id: &BTreeMap<&RecordId, &Record>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for part in records.iter().filter(|part| is_unsolved(part.status.state)) {
        for (link, to) in part.links(LinkKind::Child) {
            let Some(whole) = referred(by_id, to) else { continue };
            let Some(closing) = whole.closing_of_all().filter(|closing| link < closing) else {
                continue;
            };
            let mut then = part.clone();
            then.history.retain(|event| event.stamp.id < *closing && part.is_lasting(event));
            if is_unsolved(then.replay().state) {
                let finding = Finding::of(FindingCode::Dangling).record(&whole.id);
                findings.push(finding.found(Phrase::ClosedOver(part.id.clone())));
            }
        }
    }
    findings
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
