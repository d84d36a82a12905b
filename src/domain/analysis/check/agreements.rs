//! Agreements that have ended, are not there or were changed, and what was decided by them (R100).

use super::{CheckContext, Page};
use crate::domain::{
    analysis::finding::{
        Finding, FindingCode,
        phrase::{AgreedLimits, CountedHours, Phrase},
    },
    base::{
        ids::{CalendarId, CustomerId},
        limit::Limit,
        terms::Level,
    },
    deciding::policy::agreements::Agreement,
    history::{
        agreement::AgreementTerms, customer::Customer, record::Record, status::Clock, steps::Act,
    },
};

/// Customers who have an agreement of which no version holds today (A55), unless it has not begun yet.
pub fn of_customers<'c>(
    customers: impl IntoIterator<Item = &'c Customer>,
    context: &CheckContext<'_>,
) -> Vec<Finding> {
    let (agreements, today) = (&context.policy.agreements, context.now.date());
    let finding = |id: &CustomerId, found: Phrase| {
        Finding::of(FindingCode::NoAgreement).path(format!("customers/{id}.yaml")).found(found)
    };
    let held = customers.into_iter().filter(|customer| customer.merged_into.is_none());
    let found = held.filter_map(|customer| {
        if let Some(missing) = agreements.missing_of(customer) {
            let missing = Phrase::AgreementMissing(missing.clone());
            return Some(finding(&customer.id, missing));
        }
        let agreement = customer.agreement.as_ref()?;
        let last = agreements.in_force(agreement, today).filter(|last| last.is_expired)?.agreement;
        let (agreement, version) = (last.id.clone(), last.version);
        let ended = Phrase::AgreementEnded { agreement, version, on: last.valid_to };
        Some(finding(&customer.id, ended))
    });
    found.collect()
}

impl Page<'_> {
    /// Limits by an agreement that had ended (A56), and clocks by hours that are no longer known (A57).
    pub(super) fn agreement(&mut self) {
        let status = &self.record.status;
        let Some(terms) = &status.agreement else { return };
        let policy = self.context.policy;
        let hours = policy.agreements.calendars();
        let missing = terms.calendar.clone().filter(|id| !hours.contains_key(id));
        if terms.expired {
            let known = policy.agreements.version(&terms.id, terms.version);
            let on = known.and_then(|agreement| agreement.valid_to);
            let (agreement, version) = (terms.id.clone(), terms.version);
            let ended = Phrase::AgreementEnded { agreement, version, on };
            self.add(Finding::of(FindingCode::AfterAgreement).found(ended));
        }
        if let Some(id) = missing.filter(|_| status.state.is_unfinished()) {
            let finding = Finding::of(FindingCode::NoAgreedHours).path("policy/agreements.yaml");
            self.add(finding.expected(Phrase::AgreedHours(id)));
        }
    }

    /// Limits by a version that promises something else now: who changed it before it began did not know of
    /// the record (A63). A remark on the event that decided them settles it.
    pub(super) fn promised(&mut self) {
        let status = &self.record.status;
        let (Some(terms), Some(level)) = (&status.agreement, status.level) else { return };
        let agreements = &self.context.policy.agreements;
        let Some(now) = agreements.version(&terms.id, terms.version) else { return };
        let Some((promised, held)) = differing(self.record, terms, now, level) else { return };
        let mut deciding =
            self.record.effective_events().filter(|event| decides_limits(&event.act));
        if deciding.next_back().is_some_and(|event| self.record.is_remarked_on(&event.stamp.id)) {
            return;
        }
        let finding = Finding::of(FindingCode::PromisedOtherwise).path("policy/agreements.yaml");
        let finding = finding.expected(Phrase::AgreedLimits(promised));
        self.add(finding.found(Phrase::AgreedLimits(held)));
    }
}

/// What a version promises now of what a record was promised otherwise by it, and what the record has.
fn differing(
    record: &Record,
    terms: &AgreementTerms,
    now: &Agreement,
    level: Level,
) -> Option<(AgreedLimits, AgreedLimits)> {
    let (status, cell) = (&record.status, now.cell(record.status.kind, level));
    let limits = [
        (Clock::Ack, cell.ack, status.limits.ack),
        (Clock::Respond, cell.respond, status.limits.respond),
        (Clock::Resolve, cell.resolve, status.limits.resolve),
    ];
    // of what another system logged only the clocks that the log tells have a limit
    let is_logged = record.intake.source.is_some();
    let limits = limits.into_iter().filter_map(|(clock, now, kept)| {
        let is_agreed = terms.clocks.contains(&clock);
        let kept = kept.filter(|_| is_agreed);
        (now != kept && (is_agreed || !is_logged)).then_some((clock, now, kept))
    });
    let limits: Vec<_> = limits.collect();
    let has_other_hours = terms.calendar != now.calendar;
    if limits.is_empty() && !has_other_hours {
        return None;
    }
    let of = |limits: Vec<(Clock, Option<Limit>)>, hours: &Option<CalendarId>| AgreedLimits {
        agreement: terms.id.clone(),
        version: terms.version,
        limits,
        hours: has_other_hours
            .then(|| hours.clone().map_or(CountedHours::Desk, CountedHours::Agreed)),
    };
    Some((
        of(limits.iter().map(|(clock, now, _)| (*clock, *now)).collect(), &now.calendar),
        of(limits.iter().map(|(clock, _, kept)| (*clock, *kept)).collect(), &terms.calendar),
    ))
}

/// Whether a step gives a record its limits.
fn decides_limits(act: &Act) -> bool {
    match act {
        Act::Open(_) => true,
        Act::Update(update) => update.limits.is_some(),
        Act::Amend(amend) => amend.limits.is_some(),
        _ => false,
    }
}
