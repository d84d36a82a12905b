//! Whose records a report is about, as its heading and programs tell it (R56, R110).

use serde::Serialize;

use crate::{
    domain::{analysis::record_filter::RecordFilter, base::ids::UnitId, deciding::policy::Policy},
    words::Words,
};

/// The customer and the unit that a report was asked for.
#[derive(Clone, Debug, Serialize)]
pub struct FilterValues {
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<String>,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<UnitId>,
    /// Both, as the heading says them.
    pub text: String,
}

impl FilterValues {
    /// What is told of a filter; nothing of one that lets everything pass.
    pub fn of(filter: &RecordFilter, policy: &Policy, words: Words) -> Option<Self> {
        let customer = filter.customer.as_ref().map(|customer| customer.name.clone());
        let unit = filter.unit.clone();
        let named = unit.as_ref().map(|unit| policy.units.name_of(unit));
        let text = words.only(customer.as_deref(), named)?;
        Some(Self { customer, unit, text })
    }
}
