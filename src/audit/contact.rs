//! Whether what a commit does to contacts is what a command does: one comes with the step that names
//! it, or two become one.

use super::{class::Area, judge::CommitCase, message};
use crate::{
    domain::{
        analysis::finding::{Finding, FindingCode},
        base::ids::ContactId,
        deciding::{contacts, policy::people::Person},
        history::{
            contact::{Contact, ContactField},
            event::{Event, FORMAT},
            facts::Value,
            record::Record,
            steps::Act,
        },
    },
    store::{
        self,
        git::{diff::ChangedPath, ids::BlobId},
        layout,
        view::View,
    },
};

impl CommitCase<'_> {
    /// A contact comes with the record or the event that names it, and is only ever completed.
    pub(super) fn contact_of(
        &self,
        changed: &ChangedPath,
        record: &Record,
        event: &Event,
        findings: &mut Vec<Finding>,
    ) {
        self.contact(&changed.path, findings);
        let smuggled = || Finding::of(FindingCode::Smuggled).path(&changed.path);
        let Some(id) = layout::contact_of(&changed.path) else {
            return findings.push(smuggled());
        };
        let opens = matches!(event.act, Act::Open(_)) && record.intake.source.is_none();
        let is_first = matches!(event.act, Act::Open(_) | Act::Import(_));
        let imports = is_first && record.intake.source.is_some();
        let intake = is_first.then(|| record.intake.facts()).into_iter().flatten();
        let mut named = event.facts().into_iter().chain(intake);
        if !named.any(|fact| [Value::Contact(&id), Value::Recipient(&id)].contains(&fact.value)) {
            findings.push(smuggled());
        }
        let side = |view: &View<'_>| view.contact(&id).ok()?;
        let Some(new) = side(self.after) else { return };
        if let Err(why) = contacts::spelled(&new) {
            findings.push(self.against(why).path(&changed.path));
        }
        if !is_spelled(&new, &changed.path, changed.new.map(|new| new.id)) {
            findings.push(Finding::of(FindingCode::Respelled).path(&changed.path));
        }
        let old = side(self.before);
        // another system's log has what it has
        if !imports && let Err(why) = contacts::reachable(&new, old.as_ref()) {
            findings.push(self.against(why).path(&changed.path));
        }
        let fits = if let Some(old) = old {
            opens && old.format == new.format && completes(&old, &new)
        } else {
            let reached = Contact { salutation: None, site: None, ..new.clone() };
            let named = Contact { phone: None, email: None, ..reached.clone() };
            new.format == FORMAT
                && new.merged_into.is_none()
                && new.disputed.is_empty()
                && (opens || named == new || imports && reached == new)
                // another system does not tell who is meant apart, and may have any name
                && if imports { new.namesake.is_none() } else { contacts::may_be_new(&new.name) == Ok(true) }
        };
        if !fits {
            findings.push(smuggled());
        }
    }

    /// One contact that leads to another of the same customer, as the subject says, and nothing else.
    pub(super) fn contact_merged(&self, author: &Person, findings: &mut Vec<Finding>) {
        let touched: Vec<_> = self.watched().filter(|(area, _)| *area == Area::Contacts).collect();
        let smuggled = |path: &str| Finding::of(FindingCode::Smuggled).path(path);
        for (_, changed) in &touched {
            if changed.new.is_some() {
                self.contact(&changed.path, findings);
            }
        }
        let contact = |id: ContactId| self.before.contact(&id).ok()?;
        let named = message::contacts_of_subject(&self.commit.subject);
        let meant = named.and_then(|(from, into)| contact(from).zip(contact(into)));
        let mut due = match meant.map(|(from, into)| contacts::merged(&from, &into, self.before)) {
            Some(Ok(due)) => due,
            Some(Err(why)) => {
                let path = touched.first().map_or("contacts", |(_, changed)| &changed.path);
                return findings.push(self.against(why).path(path));
            }
            None => Vec::new(),
        };
        for (_, changed) in &touched {
            let place = due.iter().position(|contact| layout::contact(&contact.id) == changed.path);
            match place.map(|place| due.swap_remove(place)) {
                Some(due) if self.after.contact(&due.id).ok().flatten().as_ref() != Some(&due) => {
                    findings.push(smuggled(&changed.path));
                }
                Some(due) if !is_spelled(&due, &changed.path, changed.new.map(|new| new.id)) => {
                    findings.push(Finding::of(FindingCode::Respelled).path(&changed.path));
                }
                Some(_) => {}
                None => findings.push(smuggled(&changed.path)),
            }
        }
        findings.extend(due.iter().map(|contact| smuggled(&layout::contact(&contact.id))));
        self.plain_message(&self.commit.subject, "contact", author, findings);
    }

    /// Whether a contact's file can be read and bears its own name.
    pub(super) fn contact(&self, path: &str, findings: &mut Vec<Finding>) {
        let id = path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")?.parse().ok());
        let Some(id) = id else {
            return findings.push(Finding::of(FindingCode::Smuggled).path(path));
        };
        match self.after.contact(&id) {
            Ok(Some(contact)) if contact.id == id => {}
            Ok(_) => findings.push(Finding::of(FindingCode::Planted).path(path)),
            Err(why) => findings.push(
                Finding::of(FindingCode::Unreadable)
                    .path(path)
                    .found(&self.words.store_error(&why)),
            ),
        }
    }
}

/// Whether the file holds what docket writes of a contact, and nothing beside it.
pub(super) fn is_spelled(contact: &Contact, path: &str, held: Option<BlobId>) -> bool {
    let spelled = store::file(path.to_owned(), contact).ok().and_then(|file| file.content);
    spelled.as_deref().and_then(BlobId::of) == held
}

/// True where more is known of somebody, and nothing else has changed.
fn completes(old: &Contact, new: &Contact) -> bool {
    let details =
        [ContactField::Phone, ContactField::Email, ContactField::Site, ContactField::Salutation];
    ContactField::ALL.iter().all(|field| {
        let same = old.get(*field) == new.get(*field)
            && old.disputed.get(field) == new.disputed.get(field);
        let settled = new.get(*field).is_some() && !new.disputed.contains_key(field);
        same || details.contains(field) && settled
    })
}
