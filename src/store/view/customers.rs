//! The customers of a desk, and by which names they are known.

use std::{collections::BTreeMap, rc::Rc};

use super::{UnreadableFile, View};
use crate::{
    domain::{
        base::{
            ids::CustomerId,
            terms::{Party, Term},
        },
        history::customer::{Customer, CustomerNames, NamedCustomer},
    },
    store::{
        error::{Error, Result},
        git::snapshot::TreeFile,
        layout,
        parse::parse_own,
    },
};

/// The file in which the names of customers are noted, after git's name of their folder: to read every
/// file for one name would be slow. The folder alone is the key: where [`Customer::names`] says otherwise, the
/// note takes another name.
const NAMES: &str = "customer-names";

impl View<'_> {
    /// A customer; `None` where none is listed with this id.
    ///
    /// # Errors
    /// A file that cannot be read, is of a later format, or holds another customer.
    pub fn customer(&self, id: &CustomerId) -> Result<Option<Customer>> {
        self.customer_at(&layout::customer(id))
    }

    /// The customer that is called so; `None` where none is listed under that name.
    ///
    /// # Errors
    /// As [`Self::customer`].
    pub fn listed_customer(&self, name: &str) -> Result<Option<Customer>> {
        match self.customer_names()?.listed(name) {
            Some(id) => self.customer(id),
            None => Ok(None),
        }
    }

    fn customer_at(&self, path: &str) -> Result<Option<Customer>> {
        let Some(bytes) = self.bytes(path)? else { return Ok(None) };
        let customer: Customer = parse_own(path, &bytes)?;
        if layout::customer(&customer.id) == path {
            Ok(Some(customer))
        } else {
            Err(Error::Misplaced { path: path.to_owned(), id: customer.id.to_string() })
        }
    }

    /// Every customer that can be read, and the files that cannot.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn customers(&self) -> Result<(BTreeMap<CustomerId, Customer>, Vec<UnreadableFile>)> {
        let (mut customers, mut left_out) = (BTreeMap::new(), Vec::new());
        for TreeFile { path, .. } in self.snapshot.files_under(layout::CUSTOMERS)? {
            match self.customer_at(&path) {
                Ok(customer) => customers.extend(customer.map(|it| (it.id.clone(), it))),
                Err(why) => left_out.push(UnreadableFile { path, why }),
            }
        }
        Ok((customers, left_out))
    }

    /// By which names the desk knows which customer; a file that cannot be read names none.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn customer_names(&self) -> Result<Rc<CustomerNames>> {
        let folder = self.snapshot.folder(layout::CUSTOMERS)?.unwrap_or_default();
        if let Some((_, known)) =
            self.memory.customers.borrow().as_ref().filter(|(of, _)| *of == folder)
        {
            return Ok(Rc::clone(known));
        }
        let names = Rc::new(self.names_of(&folder)?);
        self.memory.customers.replace(Some((folder, Rc::clone(&names))));
        Ok(names)
    }

    fn names_of(&self, folder: &str) -> Result<CustomerNames> {
        if folder.is_empty() {
            return Ok(CustomerNames::default());
        }
        let repository = self.snapshot.repository();
        // who looks at one commit after the other takes nobody's word for what they hold
        if !self.is_one_of_many
            && let Some(noted) = repository.recall(NAMES)
            && let Some(names) = read_names(folder, &noted)
        {
            return Ok(names);
        }
        let names = CustomerNames::of(&self.customers()?.0);
        if !self.is_one_of_many {
            let lines = names.iter().map(|(name, customer)| {
                let NamedCustomer { id, party } = customer;
                format!("{id} {party} {name}\n")
            });
            let note = format!("{folder}\n{}", lines.collect::<String>());
            repository.remember(NAMES, note.as_bytes());
        }
        Ok(names)
    }
}

/// The noted names of this folder; `None` where the note is of another one, or cut off.
fn read_names(folder: &str, note: &[u8]) -> Option<CustomerNames> {
    let (of, lines) = std::str::from_utf8(note).ok()?.split_once('\n')?;
    let is_whole = of == folder && (lines.is_empty() || lines.ends_with('\n'));
    let line = |line: &str| {
        let (id, rest) = line.split_once(' ')?;
        let (party, name) = rest.split_once(' ')?;
        let customer = NamedCustomer { id: id.parse().ok()?, party: Party::from_code(party)? };
        Some((name.to_owned(), customer))
    };
    is_whole.then(|| lines.lines().map(line).collect())?
}
