//! Agreements that have ended, or are not there, and what was decided by them (R100).

use super::{CheckContext, Page};
use crate::domain::{
    analysis::finding::{Finding, FindingCode, phrase::Phrase},
    base::ids::CustomerId,
    history::customer::Customer,
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
}
