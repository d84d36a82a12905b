//! `docket customer`: whom the desk serves (R110, R112, R116).

use std::{cmp::Reverse, collections::BTreeSet};

use clap::{Args, Subcommand};

use crate::{
    answers::{
        customer::CustomerPage,
        customers::{ListedCustomers, PassedName, UnlistedCustomers, WrittenCustomer},
        names::PolicyNames,
        records::RecordList,
    },
    app::{
        App,
        context::{agreement_called, person_called},
        customers::customer_called,
        desk::OpenDesk,
        period::midnight,
        persons::{MOST_NEAR, persons_of},
    },
    arguments::{
        prompts::{Prompts, customers::LikeCustomer},
        terms::term,
    },
    commands::Command,
    domain::{
        analysis::{
            finding::phrase::Phrase,
            overview::{CustomerOverview, looked_back},
        },
        base::{
            ids::{CustomerId, PersonId},
            terms::{Party, SortKey},
            text::{LINE, folded, tidy_visible},
        },
        history::{
            contact::Contact,
            customer::{
                Customer, CustomerField, CustomerList, agreements_left_behind, merged_away,
            },
            event::FORMAT,
            refusal::Refusal,
        },
    },
    error::{Error, Result, usage::Usage},
    store::{
        selection::{Condition, Selection},
        view::View,
    },
    ui::answer::Answer,
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct CustomerCommand {
    #[command(subcommand)]
    what: CustomerSubcommand,
}

#[derive(Debug, Subcommand)]
enum CustomerSubcommand {
    List {
        #[arg(long)]
        unlisted: bool,
    },
    Show {
        customer: Option<String>,
    },
    Add {
        #[arg(value_name = "ID")]
        id: CustomerId,
        #[command(flatten)]
        told: CustomerArgs,
        #[arg(long, value_name = "CUSTOMER")]
        from: Vec<String>,
    },
    Change {
        customer: Option<String>,
        #[command(flatten)]
        told: CustomerArgs,
        #[arg(long, value_name = "TEXT")]
        remove: Vec<String>,
    },
    Merge {
        #[arg(value_name = "CUSTOMER")]
        from: Option<String>,
        #[arg(long, value_name = "CUSTOMER")]
        into: Option<String>,
    },
}

#[derive(Args, Debug)]
struct CustomerArgs {
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    #[arg(long, value_name = "TEXT")]
    alias: Vec<String>,
    #[arg(long, value_parser = term::<Party>())]
    party: Option<Party>,
    #[arg(long, value_name = "PERSON")]
    manager: Option<String>,
    #[arg(long, value_name = "AGREEMENT")]
    agreement: Option<String>,
    #[arg(long)]
    site: Vec<String>,
    #[arg(long)]
    product: Vec<String>,
}

/// What can be said of a customer.
const CHANGES: &[&str] = &[
    "--name",
    "--alias",
    "--party",
    "--manager",
    "--agreement",
    "--site",
    "--product",
    "--remove",
];

/// So many records stand on a customer's page, and all that are unfinished.
const SHOWN: usize = 10;

impl Command for CustomerCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        match self.what {
            CustomerSubcommand::List { unlisted: true } => {
                let unlisted = desk.unlisted_customers(&desk.view()?)?;
                Ok(Box::new(UnlistedCustomers { unlisted }))
            }
            CustomerSubcommand::List { unlisted: false } => {
                let view = desk.view()?;
                let (customers, left_out) = view.customers()?;
                desk.name_left_out(&left_out);
                let known = view.customer_names()?;
                let is_held = |it: &Customer| known.listed(it.id.as_str()) == Some(&it.id);
                let held = customers.into_values().filter(is_held);
                let names = PolicyNames::read_in(&view);
                Ok(Box::new(ListedCustomers { customers: held.collect(), names }))
            }
            CustomerSubcommand::Show { customer } => {
                show(&desk, &named(&desk, "customer show", customer.as_ref())?)
            }
            CustomerSubcommand::Add { id, told, from } => add(&desk, &id, &told, &from),
            CustomerSubcommand::Change { customer, told, remove } => {
                let customer = named(&desk, "customer change", customer.as_ref())?;
                if told.is_silent() && remove.is_empty() {
                    return Err(Error::Usage(Usage::NothingToChange { flags: CHANGES }));
                }
                change(&desk, &customer, &told, &remove)
            }
            CustomerSubcommand::Merge { from, into } => {
                let (from, into) = to_merge(&desk, from.as_ref(), into.as_ref())?;
                merge(&desk, &from, &into)
            }
        }
    }
}

/// A customer as it was named, or as somebody picks it.
fn named(desk: &OpenDesk<'_>, command: &'static str, given: Option<&String>) -> Result<String> {
    let mut prompts = Prompts::new(desk.app, command);
    let customer = prompts.listed_customer(desk, given)?;
    prompts.done()?;
    Ok(customer)
}

fn show(desk: &OpenDesk<'_>, name: &str) -> Result<Box<dyn Answer>> {
    let view = desk.view()?;
    let customer = customer_called(&view, name)?;
    let names = view.customer_names()?.spellings(customer.id.as_str());
    let all = Selection::of(Condition::Customer { part: None, names });
    let today = desk.now().date();
    let since = midnight(looked_back(today), desk.zone);
    let (mut records, _) =
        desk.summaries(&view, &all.clone().and(Condition::TouchedSince(since)))?;
    // of a customer who has been silent since, the last that was heard
    let lacking = if records.len() < SHOWN { SHOWN } else { 0 };
    let newest = Selection { order: Some(SortKey::Received), limit: Some(lacking), ..all };
    let (newest, total) = desk.summaries(&view, &newest)?;
    for record in newest {
        if records.iter().all(|known| known.id() != record.id()) {
            records.push(record);
        }
    }
    // what goes on comes first, of that the newest
    records.sort_by_key(|record| {
        let status = record.status();
        (!status.state.is_unfinished(), Reverse(status.received_at))
    });
    let known = records.iter().map(|record| (record.id(), record.status()));
    let overview = CustomerOverview::of(known, today);
    records.truncate(overview.open.max(SHOWN));
    let names = PolicyNames::read_in(&view);
    let records = RecordList { total, ..RecordList::new(records, desk.now(), names) };
    let mut contacts = persons_of(&desk.store, &view, &customer.name, "")?;
    desk.remark_on_nameless(&view, &contacts)?;
    contacts.sort_by(|one, other| one.name().cmp(other.name()));
    let contacts = contacts.into_iter().map(Contact::masked).collect();
    let (customers, _) = view.customers()?;
    let merged = merged_away(&customer.id, &customers).into_iter().cloned().collect();
    Ok(Box::new(CustomerPage { customer, merged, overview, contacts, records }))
}

fn add(
    desk: &OpenDesk<'_>,
    id: &CustomerId,
    told: &CustomerArgs,
    from: &[String],
) -> Result<Box<dyn Answer>> {
    let mut prompts = Prompts::new(desk.app, "customer add");
    // a name that records have is good enough for a name
    let name = told.name.as_ref().or(from.first());
    let name = prompts.line(name, "--name", Label::CustomerName)?;
    prompts.done()?;
    let name = line("--name", &name)?;
    let (known, like) = match prompts.known_by_like_name(desk, &name)? {
        LikeCustomer::Listed(listed) => {
            let customer = customer_called(&desk.view()?, listed.as_str())?;
            let message = Message::CustomerListedAlready { customer: customer.id.clone() };
            return Ok(Box::new(WrittenCustomer::of(customer, message)));
        }
        LikeCustomer::Known(known) => (Some(known), Vec::new()),
        LikeCustomer::New(like) => (None, like),
    };
    let name = known.as_deref().map(|known| line("--name", known)).transpose()?.unwrap_or(name);
    let from: Vec<&String> = from.iter().chain(&known).collect();
    let customer = desk.write_customer(|view| {
        if view.customer(id)?.is_some() {
            let (given, customer) = (id.to_string(), id.clone());
            return Err(Refusal::NameOfCustomer { given, customer }.into());
        }
        let mut customer = Customer::new(FORMAT, id.clone(), name.clone());
        for given in &from {
            for name in desk.names_to_adopt(view, given)? {
                add_name(&mut customer, line("--from", &name)?);
            }
            add_name(&mut customer, line("--from", given)?);
        }
        told.write_into(view, &mut customer)?;
        Ok((None, customer))
    })?;
    let is_own = |known: &String| customer.names().any(|own| folded(own) == folded(known));
    let near: Vec<String> = like.into_iter().filter(|it| !is_own(it)).take(MOST_NEAR).collect();
    if !near.is_empty() {
        let message = Message::CustomerNear { customer: customer.id.clone(), near };
        desk.app.ui.remark(&desk.words.message(&message));
    }
    let message = Message::CustomerAdded { customer: customer.id.clone() };
    Ok(Box::new(WrittenCustomer::of(customer, message)))
}

fn change(
    desk: &OpenDesk<'_>,
    name: &str,
    told: &CustomerArgs,
    remove: &[String],
) -> Result<Box<dyn Answer>> {
    let before = desk.view()?;
    let customer = desk.write_customer(|view| {
        let before = customer_called(view, name)?;
        let mut after = before.clone();
        // clones merged it in a circle, and it is the one that holds
        if view.customer_names()?.listed(before.id.as_str()) == Some(&before.id) {
            after.merged_into = None;
        }
        if let Some(name) = &told.name {
            let old = std::mem::replace(&mut after.name, line("--name", name)?);
            let disputed = after.disputed.remove(&CustomerField::Name).unwrap_or_default();
            // who knows it by an old name, or by the other clone's, still finds it
            for name in disputed.into_iter().chain([old]) {
                add_name(&mut after, name);
            }
            let new = folded(&after.name);
            after.aliases.retain(|alias| folded(alias) != new);
        }
        // the name that it had as well
        for given in remove {
            take_away(&mut after, given)?;
        }
        told.write_into(view, &mut after)?;
        Ok((Some(before), after))
    })?;
    let message = Message::CustomerChanged { customer: customer.id.clone() };
    let names = passed_names(desk, &before, &customer)?;
    Ok(Box::new(WrittenCustomer { customer, names, message }))
}

/// The names in records of a customer that was changed which mean somebody else than `before`.
fn passed_names(
    desk: &OpenDesk<'_>,
    before: &View<'_>,
    customer: &Customer,
) -> Result<Vec<PassedName>> {
    let now = desk.view()?;
    let (known, names) = (before.customer_names()?, now.customer_names()?);
    let old = before.customer(&customer.id)?;
    let mut passed: Vec<PassedName> = Vec::new();
    for name in old.iter().flat_map(Customer::names).chain(customer.names()) {
        let (was, is) = (known.listed(name), names.listed(name));
        if was == is || passed.iter().any(|it| folded(&it.name) == folded(name)) {
            continue;
        }
        let records = records_called(desk, &now, vec![folded(name)])?;
        if records > 0 {
            passed.push(PassedName { name: name.to_owned(), records, customer: is.cloned() });
        }
    }
    Ok(passed)
}

/// How many records a customer has under these names, folded.
fn records_called(desk: &OpenDesk<'_>, view: &View<'_>, names: Vec<String>) -> Result<usize> {
    let all = Selection::of(Condition::Customer { part: None, names });
    let (_, total) = desk.summaries(view, &Selection { limit: Some(0), ..all })?;
    Ok(total)
}

/// The customers that are to be one; on a terminal it is said what becomes of the first, and asked whether
/// that is meant.
fn to_merge(
    desk: &OpenDesk<'_>,
    from: Option<&String>,
    into: Option<&String>,
) -> Result<(String, String)> {
    let mut prompts = Prompts::new(desk.app, "customer merge");
    let from = prompts.listed_as(desk, from, ("CUSTOMER", Label::CustomerToMerge), None)?;
    let into = prompts.listed_as(desk, into, ("--into", Label::CustomerToKeep), Some(&from))?;
    prompts.done()?;
    if !desk.app.ui.can_ask() {
        return Ok((from, into));
    }
    let view = desk.view()?;
    let (goes, stays) = (customer_called(&view, &from)?, customer_called(&view, &into)?);
    let names = view.customer_names()?.spellings(goes.id.as_str());
    let listed = |texts: &BTreeSet<String>| texts.iter().cloned().collect::<Vec<_>>();
    let asked = Message::CustomerMergeAsked {
        from: goes.id.clone(),
        into: stays.id,
        records: records_called(desk, &view, names)?,
        names: [goes.name].into_iter().chain(goes.aliases).collect(),
        sites: listed(&goes.sites),
        products: listed(&goes.products),
    };
    desk.app.ui.say(&desk.words.message(&asked));
    prompts.confirm(Label::MergeThem)?;
    Ok((from, into))
}

fn merge(desk: &OpenDesk<'_>, from: &str, into: &str) -> Result<Box<dyn Answer>> {
    let customer = desk.write_customer(|view| {
        let (goes, into) = (customer_called(view, from)?, customer_called(view, into)?);
        // clones merged them in a circle: the one that holds says so
        let leads = |one: &Customer, to: &Customer| one.merged_into.as_ref() == Some(&to.id);
        let names = view.customer_names()?;
        let holds = |one: &Customer| names.listed(one.id.as_str()) == Some(&one.id);
        let is_circle = leads(&into, &goes) || leads(&goes, &into) && holds(&goes);
        let (before, new) = if is_circle { (into, None) } else { (goes, Some(into.id)) };
        let mut after = before.clone();
        after.merged_into = new;
        after.disputed.remove(&CustomerField::MergedInto);
        Ok((Some(before), after))
    })?;
    let left = agreements_left_behind(&desk.view()?.customers()?.0).into_iter();
    for left in left.filter(|left| left.from == customer.id) {
        let customer = left.into.clone();
        let clash = Phrase::AgreementLeftBehind(left);
        desk.app.ui.remark(&desk.words.message(&Message::CustomersApart { customer, clash }));
    }
    let (from, into) = match &customer.merged_into {
        Some(into) => (customer.id.to_string(), into.clone()),
        None => (from.to_owned(), customer.id.clone()),
    };
    let message = Message::CustomersMerged { from, into };
    Ok(Box::new(WrittenCustomer::of(customer, message)))
}

/// Takes a name, a site or a product away.
fn take_away(customer: &mut Customer, given: &str) -> Result<()> {
    let mut is_gone = false;
    for list in CustomerList::ALL {
        let texts = customer.list_mut(*list);
        let before = texts.len();
        texts.retain(|text| folded(text) != folded(given));
        is_gone |= texts.len() < before;
    }
    if is_gone {
        return Ok(());
    }
    let (customer, given) = (customer.id.clone(), given.to_owned());
    Err(Refusal::NotOfCustomer { customer, given }.into())
}

/// Lets a customer be known by a name, unless it is already.
fn add_name(customer: &mut Customer, name: String) {
    if !customer.names().any(|known| folded(known) == folded(&name)) {
        customer.aliases.insert(name);
    }
}

fn line(flag: &'static str, text: &str) -> Result<String> {
    tidy_visible(text, LINE).map_err(|fault| Error::from(Refusal::Text { flag, fault }))
}

impl CustomerArgs {
    /// Whether nothing is said.
    fn is_silent(&self) -> bool {
        let Self { name, alias, party, manager, agreement, site, product } = self;
        let lists = [alias, site, product];
        let texts = [name, manager, agreement];
        party.is_none()
            && texts.into_iter().all(Option::is_none)
            && lists.into_iter().all(Vec::is_empty)
    }

    /// Lets a customer be what was said, but for the name.
    fn write_into(&self, view: &View<'_>, customer: &mut Customer) -> Result<()> {
        for alias in &self.alias {
            add_name(customer, line("--alias", alias)?);
        }
        for site in &self.site {
            customer.sites.insert(line("--site", site)?);
        }
        for product in &self.product {
            customer.products.insert(line("--product", product)?);
        }
        if let Some(party) = self.party {
            customer.party = party;
            customer.disputed.remove(&CustomerField::Party);
        }
        if let Some(manager) = &self.manager {
            let person: PersonId = person_called(&view.policy()?, manager)?;
            customer.manager = Some(person);
            customer.disputed.remove(&CustomerField::Manager);
        }
        if let Some(agreement) = &self.agreement {
            customer.agreement = agreement_called(&view.policy()?, agreement)?;
            customer.disputed.remove(&CustomerField::Agreement);
        }
        Ok(())
    }
}
