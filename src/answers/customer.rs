//! A customer's page: what is worth knowing before one calls back.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    answers::{contact::all_told, records::RecordList},
    domain::{
        analysis::overview::CustomerOverview,
        base::{
            ids::RecordId,
            print::{minute, minute_if_any},
        },
        history::{
            contact::Contact,
            customer::{Customer, CustomerField},
        },
    },
    ui::{answer::Answer, terminal::Terminal},
    words::{Words, label::Label, message::Message},
};

/// So many persons stand on a page.
const PERSONS: usize = 8;

/// A customer with their records and persons.
#[derive(Debug, Serialize)]
pub struct CustomerPage {
    pub customer: Customer,
    /// Those that were merged into it.
    pub merged: Vec<Customer>,
    pub overview: CustomerOverview,
    /// Masked.
    #[serde(serialize_with = "all_told")]
    pub contacts: Vec<Contact>,
    pub records: RecordList,
}

impl Answer for CustomerPage {
    fn human(&self, terminal: &Terminal) -> String {
        let mut page = master(&self.customer, &self.records, terminal);
        page += &merged_away(&self.merged, terminal);
        page += &standing(&self.overview, terminal);
        if !self.contacts.is_empty() {
            page += "\n";
            page += &persons(&self.contacts, terminal);
        }
        page + "\n" + &self.records.human(terminal)
    }

    fn remark(&self, words: Words) -> Option<String> {
        let customer = &self.customer;
        // who holds of a circle is said by the command that merges
        let disputed = customer.disputed.keys().copied();
        let fields: Vec<_> = disputed.filter(|it| *it != CustomerField::MergedInto).collect();
        if !fields.is_empty() {
            let customer = customer.id.clone();
            return Some(words.message(&Message::CustomerToSettle { customer, fields }));
        }
        let (shown, total) = (self.records.records.len(), self.records.total);
        if (1..total).contains(&shown) {
            let customer = self.customer.id.clone();
            return Some(words.message(&Message::MoreOfCustomer { shown, total, customer }));
        }
        self.records.remark(words)
    }
}

/// What is known of a customer, a line each.
fn master(customer: &Customer, records: &RecordList, terminal: &Terminal) -> String {
    let (words, names) = (terminal.words, &records.names);
    let agreement = customer.agreement.as_ref();
    let agreement = agreement.map(|it| names.agreement(it, records.now.date(), words));
    let listed = |texts: &BTreeSet<String>| {
        words.listed(&texts.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let manager = customer.manager.as_ref().map(|it| names.person(it).to_owned());
    let merged = customer.merged_into.as_ref().map(ToString::to_string);
    let mut page = fields(
        &[
            (Label::Id, customer.id.to_string()),
            (Label::Customer, customer.name.clone()),
            (Label::Aliases, listed(&customer.aliases)),
            (Label::Party, words.term(customer.party).to_owned()),
            (Label::Manager, manager.unwrap_or_default()),
            (Label::Agreement, agreement.unwrap_or_default()),
            (Label::Sites, listed(&customer.sites)),
            (Label::Products, listed(&customer.products)),
            (Label::MergedInto, merged.unwrap_or_default()),
        ],
        terminal,
    );
    for (field, values) in &customer.disputed {
        let told = values.iter().map(|value| if value.is_empty() { "—" } else { value.as_str() });
        let told = told.collect::<Vec<_>>().join(" | ");
        let label = words.label(Label::of_customer_field(*field));
        let line = format!("{label}{}{told}", words.colon());
        page += &terminal.field(words.label(Label::Disputed), &line);
    }
    page
}

/// Those that were merged into a customer, a line each: what they are called, where they are, what they use.
fn merged_away(merged: &[Customer], terminal: &Terminal) -> String {
    let words = terminal.words;
    let line = |customer: &Customer| {
        let names = [&customer.name].into_iter().chain(&customer.aliases);
        let lists =
            [names.collect(), customer.sites.iter().collect(), customer.products.iter().collect()];
        let told = lists.map(|texts: Vec<&String>| {
            words.listed(&texts.into_iter().map(String::as_str).collect::<Vec<_>>())
        });
        let told: Vec<String> = told.into_iter().filter(|texts| !texts.is_empty()).collect();
        format!("{}  {}", customer.id, told.join(" · "))
    };
    let lines: Vec<String> = merged.iter().map(line).collect();
    fields(&[(Label::MergedAway, lines.join("\n"))], terminal)
}

/// How their matters stand and how content they were, a line each.
fn standing(overview: &CustomerOverview, terminal: &Terminal) -> String {
    let words = terminal.words;
    let mood = overview.mood.as_ref();
    let mood = mood.map(|it| words.remarked(words.term(it.mood), it.record.as_str()));
    let complaints: Vec<&str> = overview.complaints.iter().map(RecordId::as_str).collect();
    let remarks = overview.remarks.iter().map(|it| format!("{}  {}", minute(it.at), it.title));
    let quarters = overview.quarters.iter();
    let quarters = quarters.map(|it| {
        words.remarked(&format!("{} {}", it.quarter, it.mean), &format!("× {}", it.grades))
    });
    let grades = overview.grades.iter().map(|it| {
        let grade = format!("{} {}", it.satisfaction.grade(), words.term(it.satisfaction));
        format!("{}  {}", minute(it.at), words.remarked(&grade, it.record.as_str()))
    });
    let lines = |all: Vec<String>| all.join("\n");
    fields(
        &[
            (Label::LastContact, minute_if_any(overview.last_contact_at)),
            (Label::Mood, mood.unwrap_or_default()),
            (Label::AllUnfinished, overview.open.to_string()),
            (Label::OpenComplaints, words.listed(&complaints)),
            (Label::MeanGrades, words.listed(&quarters.collect::<Vec<_>>())),
            (Label::NewestGrades, lines(grades.collect())),
            (Label::Remarks, lines(remarks.collect())),
        ],
        terminal,
    )
}

fn persons(contacts: &[Contact], terminal: &Terminal) -> String {
    let head = [Label::Id, Label::Contact, Label::Phone, Label::Email];
    let row = |contact: &Contact| {
        let reaches = [contact.phone(), contact.email()].map(Option::unwrap_or_default);
        [contact.id.as_str(), contact.name(), reaches[0], reaches[1]].map(str::to_owned).to_vec()
    };
    let mut rows: Vec<_> = contacts.iter().take(PERSONS).map(row).collect();
    if contacts.len() > PERSONS {
        let mut more = vec![format!("… {}", contacts.len() - PERSONS)];
        more.resize(head.len(), String::new());
        rows.push(more);
    }
    terminal.table(&head, &rows)
}

/// Those fields that say something.
fn fields(all: &[(Label, String)], terminal: &Terminal) -> String {
    let told = all.iter().filter(|(_, value)| !value.is_empty());
    told.map(|(label, value)| terminal.field(terminal.words.label(*label), value)).collect()
}
