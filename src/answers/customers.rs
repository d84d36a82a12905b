//! Customers in a list, and as a command left them.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    answers::names::PolicyNames,
    domain::{base::ids::CustomerId, history::customer::Customer},
    ui::{answer::Answer, terminal::Terminal},
    words::{Words, label::Label, message::Message},
};

/// Customers that are listed.
#[derive(Debug, Serialize)]
pub struct ListedCustomers {
    pub customers: Vec<Customer>,
    #[serde(skip)]
    pub names: PolicyNames,
}

/// Names in records that no listed customer has.
#[derive(Debug, Serialize)]
pub struct UnlistedCustomers {
    pub unlisted: Vec<String>,
}

/// A customer as it was written.
#[derive(Debug, Serialize)]
pub struct WrittenCustomer {
    pub customer: Customer,
    /// The names in records that mean somebody else from now on.
    pub names: Vec<PassedName>,
    #[serde(skip)]
    pub message: Message,
}

/// A name in records that one customer gave up, or another one got.
#[derive(Debug, Serialize)]
pub struct PassedName {
    pub name: String,
    pub records: usize,
    /// For whom they count now; nobody where no customer has the name any more.
    pub customer: Option<CustomerId>,
}

impl WrittenCustomer {
    /// A customer whose names mean whom they meant.
    pub fn of(customer: Customer, message: Message) -> Self {
        Self { customer, names: Vec::new(), message }
    }
}

impl Answer for ListedCustomers {
    fn human(&self, terminal: &Terminal) -> String {
        if self.customers.is_empty() {
            return String::new();
        }
        let words = terminal.words;
        let head = [
            Label::Id,
            Label::Customer,
            Label::Party,
            Label::Manager,
            Label::Agreement,
            Label::Sites,
        ];
        let row = |customer: &Customer| {
            let manager = customer.manager.as_ref().map(|it| self.names.person(it).to_owned());
            let agreement = customer.agreement.as_ref().map(ToString::to_string);
            vec![
                customer.id.to_string(),
                customer.name.clone(),
                words.term(customer.party).to_owned(),
                manager.unwrap_or_default(),
                agreement.unwrap_or_default(),
                listed(words, &customer.sites),
            ]
        };
        let rows: Vec<_> = self.customers.iter().map(row).collect();
        terminal.table(&head, &rows)
    }

    fn brief(&self) -> Option<String> {
        Some(self.customers.iter().map(|customer| format!("{}\n", customer.id)).collect())
    }

    fn remark(&self, words: Words) -> Option<String> {
        self.customers.is_empty().then(|| words.message(&Message::NoCustomerListed))
    }
}

impl Answer for UnlistedCustomers {
    fn human(&self, terminal: &Terminal) -> String {
        let rows: Vec<_> = self.unlisted.iter().map(|name| vec![name.clone()]).collect();
        if rows.is_empty() { String::new() } else { terminal.table(&[Label::Customer], &rows) }
    }

    fn remark(&self, words: Words) -> Option<String> {
        self.unlisted.is_empty().then(|| words.message(&Message::NoCustomerFound))
    }
}

fn listed(words: Words, texts: &BTreeSet<String>) -> String {
    words.listed(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

impl Answer for WrittenCustomer {
    fn human(&self, terminal: &Terminal) -> String {
        format!("{}\n", terminal.words.message(&self.message))
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.customer.id))
    }

    fn remark(&self, words: Words) -> Option<String> {
        let told = self.names.iter().map(|PassedName { name, records, customer }| {
            let (name, records) = (name.clone(), *records);
            words.message(&match customer.clone() {
                Some(customer) => Message::RecordsFollow { name, records, customer },
                None => Message::RecordsLeft { name, records },
            })
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| told.join("\n"))
    }
}
