//! What came in: volume, completeness, repeated faults, escalations.

use std::collections::BTreeMap;

use crate::domain::{
    analysis::kpi::{EarlierFault, Kpi, Tally},
    base::{
        line::SupportLine,
        terms::{Kind, State, Validity},
        time::Timestamp,
    },
    deciding::completeness,
    history::{record::Record, refusal::MissingPart, steps::Act},
};

/// When each customer had which fault before.
#[derive(Debug, Default)]
pub(super) struct EarlierFaults(BTreeMap<Matter, Vec<Timestamp>>);

/// Customer, product and category.
type Matter = (String, Option<String>, String);

impl EarlierFaults {
    pub(super) fn note(&mut self, record: &Record) {
        let status = &record.status;
        if !matches!(status.state, State::Cancelled | State::Merged)
            && let Some(matter) = matter(record)
        {
            self.0.entry(matter).or_default().push(status.received_at);
        }
    }

    pub(super) fn note_earlier(&mut self, fault: &EarlierFault) {
        let matter = (fault.customer.clone(), fault.product.clone(), fault.category.clone());
        self.0.entry(matter).or_default().push(fault.received_at);
    }

    pub(super) fn sort(&mut self) {
        self.0.values_mut().for_each(|times| times.sort_unstable());
    }

    /// True when the customer had the same fault in the days before.
    fn repeats(&self, record: &Record, days: u32) -> bool {
        let at = record.status.received_at;
        let since = at.plus_minutes(-i64::from(days) * 24 * 60);
        let times = matter(record).and_then(|matter| self.0.get(&matter));
        times.is_some_and(|times| times.iter().any(|earlier| (since..at).contains(earlier)))
    }
}

fn matter(record: &Record) -> Option<Matter> {
    let status = &record.status;
    let category = status.category.clone().filter(|_| status.kind == Kind::Fault)?;
    Some((status.customer.clone(), status.product.clone(), category))
}

pub(super) fn count(tally: &mut Tally<'_, '_>, earlier: &EarlierFaults) {
    let past = tally.past;
    let (record, status) = (past.record(), past.status());
    if past.is_void() || !tally.window.has(status.received_at) {
        return;
    }
    tally.add(Kpi::Received, true);
    // of what another system had, its log tells no complaints and no escalations, and what it did
    // not ask for is nobody's omission here
    if record.intake.source.is_some() {
        return repeated(tally, earlier);
    }
    tally.add(Kpi::Completeness, is_complete(record, tally));
    tally.add(Kpi::ComplaintRate, status.kind == Kind::Complaint);
    tally.add(Kpi::ComplaintValid, is_valid(record) == Some(true));
    tally.add(Kpi::EscalationRate, !status.escalations.is_empty());
    let higher = record
        .effective_events()
        .any(|event| matches!(&event.act, Act::Route(route) if route.line != SupportLine::First));
    tally.add(Kpi::FunctionalEscalation, higher);
    repeated(tally, earlier);
}

/// Whether the customer had the fault before; a log without categories does not tell.
fn repeated(tally: &mut Tally<'_, '_>, earlier: &EarlierFaults) {
    let record = tally.past.record();
    let is_told = record.intake.source.is_none() || matter(record).is_some();
    if record.status.kind == Kind::Fault && is_told {
        tally.add(Kpi::RepeatFault, earlier.repeats(record, tally.window.repeat_days));
    }
}

/// Whether a complaint was found valid, if only in part; `None` before it is decided.
pub(super) fn is_valid(record: &Record) -> Option<bool> {
    let decision = record.status.complaint.as_ref()?.decision.as_ref()?;
    Some(match decision.validity {
        Validity::Valid | Validity::Partly => true,
        Validity::Invalid => false,
    })
}

/// By the rules of closing; before the end only by what is to be recorded from the beginning.
fn is_complete(record: &Record, tally: &Tally<'_, '_>) -> bool {
    let ended = !record.status.state.is_unfinished();
    let withdrawn = record.status.exception.is_some();
    completeness::gaps(record, tally.window.policy).iter().all(|gap| match gap {
        MissingPart::Contact
        | MissingPart::Need
        | MissingPart::Category
        | MissingPart::Product
        | MissingPart::Answer(_) => false,
        MissingPart::Promise(_)
        | MissingPart::Message
        | MissingPart::Verified
        | MissingPart::Notified
        | MissingPart::Routed
        | MissingPart::Decision
        | MissingPart::Feedback
        | MissingPart::Resolution
        | MissingPart::Order => !ended || withdrawn,
    })
}
