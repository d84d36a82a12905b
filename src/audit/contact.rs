//! Whether a commit that makes two contacts one is what the command makes.

use super::{class::Area, judge::Case, message};
use crate::{
    domain::{
        contact::Contact,
        finding::{Fault, Finding},
        policy::people::Person,
    },
    store::{layout, view::View},
};

impl Case<'_> {
    /// One contact that leads to another of the same customer, and nothing else.
    pub(super) fn contact_merged(&self, author: &Person, findings: &mut Vec<Finding>) {
        let contacts: Vec<_> = self.watched().filter(|(area, _)| *area == Area::Contacts).collect();
        for (_, changed) in &contacts {
            if changed.new.is_some() {
                self.contact(&changed.path, findings);
            }
        }
        let smuggled = |path: &str| Finding::of(Fault::Smuggled).path(path);
        let [(_, changed)] = contacts[..] else {
            return findings.extend(contacts.iter().map(|(_, changed)| smuggled(&changed.path)));
        };
        let id = layout::contact_of(&changed.path);
        let side = |view: &View<'_>| view.contact(id.as_ref()?).ok()?;
        let (Some(old), Some(new)) = (side(self.before), side(self.after)) else {
            return findings.push(smuggled(&changed.path));
        };
        let into = new.merged_into.as_ref();
        let target = into.and_then(|into| self.before.contact(into).ok()?);
        let merged = Contact { merged_into: new.merged_into.clone(), ..old.clone() };
        match target {
            Some(target)
                if target.customer == old.customer
                    && merged == new
                    && self.stays_apart(&old, &target) =>
            {
                let subject = format!("contact merge {} into {}", new.id, target.id);
                self.message(
                    &message::of_desk(
                        &subject,
                        "contact",
                        author.id.as_str(),
                        self.commit.authored_at,
                        self.fixed(),
                    ),
                    author,
                    findings,
                );
            }
            Some(_) | None => findings.push(smuggled(&changed.path)),
        }
    }

    /// Whether each of two contacts is where its own way ends, as the command follows it.
    fn stays_apart(&self, goes: &Contact, into: &Contact) -> bool {
        let is_end = |contact: &Contact| {
            let end = || self.before.followed(&contact.id).ok().flatten();
            // two clones may have merged two into each other: their way ends nowhere
            contact.merged_into.is_none() || end().is_none_or(|end| end.merged_into.is_some())
        };
        into.id != goes.id && is_end(goes) && is_end(into)
    }

    /// Whether a contact's file can be read and bears its own name.
    pub(super) fn contact(&self, path: &str, findings: &mut Vec<Finding>) {
        let id = path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")?.parse().ok());
        let Some(id) = id else {
            return findings.push(Finding::of(Fault::Smuggled).path(path));
        };
        match self.after.contact(&id) {
            Ok(Some(contact)) if contact.id == id => {}
            Ok(_) => findings.push(Finding::of(Fault::Planted).path(path)),
            Err(why) => findings.push(Finding::of(Fault::Unreadable).path(path).found(&why)),
        }
    }
}
