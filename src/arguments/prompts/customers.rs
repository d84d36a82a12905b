//! Which customer is meant, by whatever name.

use std::collections::BTreeMap;

use super::Prompts;
use crate::{
    app::{
        desk::OpenDesk,
        persons::{customers_named, customers_near},
    },
    domain::{
        base::{ids::CustomerId, permitted::PermittedValue, text::folded},
        history::{
            customer::{Customer, CustomerField, merged_away},
            refusal::{Refusal, Vocabulary},
        },
    },
    error::Result,
    ui::prompt::{Blank, menu::Choice},
    words::{label::Label, message::Message},
};

/// How much of a customer's name is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomerReading {
    Whole,
    /// The beginning of a known one's.
    Begun,
}

/// Who is meant by the name of a customer that is to be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LikeCustomer {
    /// One that is listed already.
    Listed(CustomerId),
    /// One that records or contacts know by this name.
    Known(String),
    /// A new one, with those that are called nearly so.
    New(Vec<String>),
}

impl Prompts<'_> {
    /// The customer as the desk spells them, so that one does not become two. With a new one, those who may
    /// have been meant.
    ///
    /// # Errors
    /// What cannot be read; the beginning of several names where nobody can be asked; a menu that was left.
    pub fn known_customer(
        &self,
        desk: &OpenDesk<'_>,
        given: String,
        reading: CustomerReading,
    ) -> Result<(String, Option<Vec<String>>)> {
        let (view, ui) = (desk.view()?, desk.app.ui);
        let known = |customer: &String| {
            ui.remark(&desk.words.message(&Message::KnownCustomer { customer: customer.clone() }));
        };
        if let Some(id) = view.customer_names()?.listed(&given)
            && let Some(Customer { id, name, disputed, .. }) = view.customer(id)?
        {
            // two clones may have meant two organisations: what was told is kept
            let mut told = disputed.get(&CustomerField::Name).into_iter().flatten();
            if let Some(told) = told.find(|told| folded(told) == folded(&given)) {
                ui.remark(&desk.words.message(&Message::CustomerDisputed { customer: id }));
                return Ok((told.clone(), None));
            }
            if name != given {
                known(&name);
            }
            return Ok((name, None));
        }
        let mut alike = customers_named(&desk.store, &view, &given)?;
        match (&alike[..], reading) {
            ([only], _) if folded(only) == folded(&given) => return Ok((only.clone(), None)),
            ([only], CustomerReading::Begun) => {
                known(only);
                return Ok((only.clone(), None));
            }
            ([_, _, ..], CustomerReading::Begun) if !ui.can_ask() => {
                let among = alike.iter().map(|one| PermittedValue::plain(one)).collect();
                return Err(Refusal::Ambiguous { thing: Vocabulary::Customer, given, among }.into());
            }
            ([], _) if !given.is_empty() => alike = customers_near(&desk.store, &view, &given)?,
            _ => {}
        }
        let can_ask = ui.can_ask() && !alike.is_empty();
        if can_ask {
            let (given, near) = (given.clone(), alike.clone());
            ui.say(&desk.words.message(&Message::NoCustomer { given, near }));
        }
        match if can_ask { self.customer("--customer", &alike)? } else { None } {
            Some(meant) => Ok((meant, None)),
            None => Ok((given, Some(alike))),
        }
    }

    /// Who is meant by the name of a customer that is to be listed: on a terminal one of those that are called
    /// nearly so, where it is one of them.
    ///
    /// # Errors
    /// What cannot be read; a menu that was left.
    pub fn known_by_like_name(&self, desk: &OpenDesk<'_>, name: &str) -> Result<LikeCustomer> {
        let mut like = customers_near(&desk.store, &desk.view()?, name)?;
        like.retain(|known| folded(known) != folded(name));
        let can_ask = self.app.ui.can_ask() && !like.is_empty();
        let known = if can_ask { self.customer("--from", &like)? } else { None };
        let Some(known) = known else { return Ok(LikeCustomer::New(like)) };
        let listed = desk.view()?.customer_names()?.listed(&known).cloned();
        Ok(listed.map_or(LikeCustomer::Known(known), LikeCustomer::Listed))
    }

    /// A customer that is listed: picked from all where none was named.
    ///
    /// # Errors
    /// What cannot be read; a menu that was left.
    pub fn listed_customer(
        &mut self,
        desk: &OpenDesk<'_>,
        given: Option<&String>,
    ) -> Result<String> {
        self.listed_as(desk, given, ("CUSTOMER", Label::Customer), None)
    }

    /// As [`Self::listed_customer`], for what `flag` says, under a label of its own; all but one are offered
    /// where that is named.
    ///
    /// # Errors
    /// As it.
    pub fn listed_as(
        &mut self,
        desk: &OpenDesk<'_>,
        given: Option<&String>,
        (flag, label): (&'static str, Label),
        but: Option<&str>,
    ) -> Result<String> {
        self.needed(given, flag, label, |asked| {
            let view = desk.view()?;
            let (customers, _) = view.customers()?;
            let names = view.customer_names()?;
            let held = customers.into_values().filter(|customer| {
                customer.merged_into.is_none()
                    && but.and_then(|but| names.listed(but)) != Some(&customer.id)
            });
            let choice = |Customer { id, name, aliases, .. }: Customer| Choice {
                code: id.to_string(),
                told: name.clone(),
                label: name,
                beside: vec![id.to_string()],
                also: aliases.into_iter().collect(),
            };
            let question = asked.question(flag, label, Blank::Asks);
            asked.chosen(&question, held.map(choice).collect(), None)
        })
    }

    /// Where of a customer it is: on a terminal picked from the sites that are listed of them, or typed.
    ///
    /// # Errors
    /// What cannot be read; a menu that was left.
    pub fn site(
        &self,
        desk: &OpenDesk<'_>,
        given: Option<&String>,
        customer: &str,
    ) -> Result<Option<String>> {
        let (flag, view) = ("--site", desk.view()?);
        let sites = match view.customer_names()?.listed(customer) {
            Some(id) if given.is_none() => sites_of(id, &view.customers()?.0),
            Some(_) | None => Vec::new(),
        };
        if given.is_some() || sites.is_empty() || !self.asks_optional() {
            return self.some_line(given, flag, Label::Site);
        }
        let labels = [Label::NoneStated, Label::OtherSite].map(|label| self.words.label(label));
        let numbered = sites.iter().map(String::as_str).chain(labels).enumerate();
        let choice = |(nth, told): (usize, &str)| {
            let (code, label) = (nth.to_string(), told.to_owned());
            Choice { code, told: label.clone(), label, beside: Vec::new(), also: Vec::new() }
        };
        let choices = numbered.map(choice).collect();
        let question = self.question(flag, Label::Site, Blank::Asks);
        let usual = sites.len().to_string();
        let chosen: usize =
            self.app.ui.choose(&question, choices, Some(&usual))?.parse().unwrap_or(sites.len());
        if chosen > sites.len() {
            return self.some_line(None, flag, Label::Site);
        }
        let site = sites.into_iter().nth(chosen);
        if let Some(site) = &site {
            self.app.ui.typed(flag, site);
        }
        Ok(site)
    }
}

/// Where of a customer anything is, of those that were merged into it as well; each once.
fn sites_of(id: &CustomerId, customers: &BTreeMap<CustomerId, Customer>) -> Vec<String> {
    let all = customers.get(id).into_iter().chain(merged_away(id, customers));
    let mut sites: Vec<String> = Vec::new();
    for site in all.flat_map(|customer| &customer.sites) {
        if sites.iter().all(|known| folded(known) != folded(site)) {
            sites.push(site.clone());
        }
    }
    sites
}
