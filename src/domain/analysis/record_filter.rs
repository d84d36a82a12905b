//! Whose records a report is about (R56, R110).

use std::rc::Rc;

use crate::domain::{
    base::ids::UnitId,
    history::{customer::CustomerNames, status::Status},
};

/// The records of one customer, of one unit or of both; all of them where neither is named.
#[derive(Clone, Debug, Default)]
pub struct RecordFilter {
    pub customer: Option<FilteredCustomer>,
    pub unit: Option<UnitId>,
}

/// A customer under all its names.
#[derive(Clone, Debug)]
pub struct FilteredCustomer {
    /// What people call it.
    pub name: String,
    key: String,
    names: Rc<CustomerNames>,
}

impl FilteredCustomer {
    /// The customer that is called so, in a desk that knows these names.
    pub fn new(name: String, names: Rc<CustomerNames>) -> Self {
        Self { key: names.key(&name), name, names }
    }

    /// Whether a name is one of it.
    pub fn is_called(&self, name: &str) -> bool {
        self.names.key(name) == self.key
    }
}

impl RecordFilter {
    /// Whether a record that stands so is wanted.
    pub fn has(&self, status: &Status) -> bool {
        let is_of = |customer: &FilteredCustomer| customer.is_called(&status.customer);
        self.customer.as_ref().is_none_or(is_of)
            && self.unit.as_ref().is_none_or(|unit| status.unit.as_ref() == Some(unit))
    }
}
