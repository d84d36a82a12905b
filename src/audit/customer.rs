//! Whether what a commit does to a customer is what a command does: one is listed, told more of, or
//! merged into another.

use super::{class::Area, judge::CommitCase, message};
use crate::{
    domain::{
        analysis::finding::{Finding, FindingCode},
        deciding::{
            customers,
            policy::{Policy, people::Person},
        },
        history::{customer::Customer, event::FORMAT},
    },
    store::{
        self,
        git::{diff::ChangedPath, ids::BlobId},
        layout,
    },
};

impl CommitCase<'_> {
    /// One customer that may become so by this author, as the subject says, and nothing else.
    pub(super) fn customer(&self, policy: &Policy, author: &Person, findings: &mut Vec<Finding>) {
        let touched: Vec<_> = self.watched().filter(|(area, _)| *area == Area::Customers).collect();
        let smuggled = |path: &str| Finding::of(FindingCode::Smuggled).path(path);
        let [(_, changed)] = touched[..] else {
            return findings.extend(touched.iter().map(|(_, changed)| smuggled(&changed.path)));
        };
        let Some(after) = self.customer_at(changed, findings) else { return };
        let Ok(before) = self.before.customer(&after.id) else {
            return findings.push(smuggled(&changed.path));
        };
        self.role(customers::who_may(before.as_ref(), &after, policy), author, findings);
        let names = self.before.customer_names().unwrap_or_default();
        if let Err(why) = customers::may_become(before.as_ref(), &after, &names, policy) {
            findings.push(self.against(why).path(&changed.path));
        }
        let format = before.as_ref().map_or(FORMAT, |before| before.format);
        if after.format != format || !customers::settles(before.as_ref(), &after) {
            findings.push(smuggled(&changed.path));
        }
        let subject = message::subject_of_customer(before.as_ref(), &after);
        self.plain_message(&subject, message::CUSTOMER, author, findings);
    }

    /// The customer that a file holds afterwards, spelled as docket writes it.
    fn customer_at(&self, changed: &ChangedPath, findings: &mut Vec<Finding>) -> Option<Customer> {
        let id = layout::customer_of(&changed.path);
        let (Some(id), Some(held)) = (id, changed.new) else {
            // what is gone is told of elsewhere
            let is_there = changed.new.is_some();
            findings
                .extend(is_there.then(|| Finding::of(FindingCode::Smuggled).path(&changed.path)));
            return None;
        };
        match self.after.customer(&id) {
            Ok(Some(customer)) => {
                if !is_spelled(&customer, &changed.path, held.id) {
                    findings.push(Finding::of(FindingCode::Respelled).path(&changed.path));
                }
                Some(customer)
            }
            Ok(None) => None,
            Err(why) => {
                let finding = Finding::of(FindingCode::Unreadable).path(&changed.path);
                findings.push(finding.found(&self.words.store_error(&why)));
                None
            }
        }
    }
}

fn is_spelled(customer: &Customer, path: &str, held: BlobId) -> bool {
    let spelled = store::file(path.to_owned(), customer).ok().and_then(|file| file.content);
    spelled.as_deref().and_then(BlobId::of) == Some(held)
}
