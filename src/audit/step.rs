//! Whether a commit that claims a step is that step, made by who might make it.

use super::{
    class::{Area, trailer},
    event::{Pair, added, by_role, decided, decided_again, late, named, stands, times},
    judge::{Case, role},
    message,
};
use crate::{
    domain::{
        complaint,
        event::{Event, Stamp},
        finding::{Fault, Finding},
        ids::RecordId,
        policy::{Policy, people::Person},
        record::Record,
        steps::{Act, open},
        terms::Action,
    },
    store::{blob_name, git::diff::Changed, layout, record_file},
};

impl Case<'_> {
    pub(super) fn step(
        &self,
        action: Action,
        policy: &Policy,
        author: &Person,
        findings: &mut Vec<Finding>,
    ) {
        let Some(id) = trailer::<RecordId>(&self.commit.message, "Docket-Record") else {
            return findings.push(
                Finding::of(Fault::MessageForged).expected("Docket-Record: ID").found("none"),
            );
        };
        let Some(pair) = self.pair(&id, findings) else { return };
        let Some(event) = added(&pair, action, findings) else { return };
        let mut about = Vec::new();
        stands(&pair, &event, &mut about);
        self.stamped(&pair, &event, policy, author, &mut about);
        match &pair.old {
            None => decided(&pair.new, &event, None, policy, &mut about),
            Some(old) => decided_again(old, &event, policy, &mut about),
        }
        named(&pair, &event, policy, &mut about);
        let before = pair.old.as_ref().map(|old| old.status.state);
        let expected = message::of_step(&pair.new, &event, before, self.fixed());
        self.message(&expected, author, &mut about);
        let opened = self.opened(&pair, &event, policy, &mut about);
        self.around(&pair.new, &event, opened.as_ref(), &mut about);
        findings.extend(about.into_iter().map(|finding| match finding.record {
            Some(_) => finding,
            None => finding.record(&id),
        }));
    }

    /// Reads a record on both sides.
    fn pair(&self, id: &RecordId, findings: &mut Vec<Finding>) -> Option<Pair> {
        let path = layout::record(id);
        let mut unreadable = |why: &dyn std::fmt::Display| {
            findings.push(Finding::of(Fault::Unreadable).record(id).path(&path).found(&why));
        };
        let old = match self.before.record(id) {
            Ok(old) => old,
            Err(why) => {
                unreadable(&why);
                return None;
            }
        };
        match self.after.record(id) {
            Ok(Some(new)) => {
                self.spelled(&new, findings);
                Some(Pair { old, new })
            }
            Ok(None) => {
                findings.push(Finding::of(Fault::MessageForged).record(id).path(&path));
                None
            }
            Err(why) => {
                unreadable(&why);
                None
            }
        }
    }

    /// Whether the file is as docket writes it.
    fn spelled(&self, record: &Record, findings: &mut Vec<Finding>) {
        let path = layout::record(&record.id);
        let written = record_file(record).ok().and_then(|file| file.content);
        let there = self.after.text(&path).ok().flatten();
        if written.as_deref() != there.as_deref().map(str::as_bytes) {
            findings.push(Finding::of(Fault::Respelled).record(&record.id).path(path));
        }
    }

    /// Who, when and in which role.
    fn stamped(
        &self,
        pair: &Pair,
        event: &Event,
        policy: &Policy,
        author: &Person,
        findings: &mut Vec<Finding>,
    ) {
        let stamp = &event.stamp;
        if stamp.by != author.id {
            findings.push(Finding::of(Fault::AuthorForged).expected(&author.id).found(&stamp.by));
        }
        if stamp.recorded_at.unix() != self.commit.authored_at.unix() {
            findings.push(
                Finding::of(Fault::TimeForged)
                    .expected(&self.commit.authored_at)
                    .found(&stamp.recorded_at),
            );
        }
        if stamp.recorded_at > self.commit.time {
            findings.push(
                Finding::of(Fault::TimeForged)
                    .expected(&self.commit.time)
                    .found(&stamp.recorded_at),
            );
        }
        times(pair, stamp, findings);
        by_role(pair, event, policy, author, findings);
        late(pair, stamp, policy, findings);
        let unknown = |record: &Record| record.status.due.has_unknown();
        if unknown(&pair.new) && !pair.old.as_ref().is_some_and(unknown) {
            findings.push(Finding::of(Fault::DueUnknown));
        }
    }

    /// The complaint that the step opened, if it did.
    fn opened(
        &self,
        pair: &Pair,
        event: &Event,
        policy: &Policy,
        findings: &mut Vec<Finding>,
    ) -> Option<RecordId> {
        let caused = pair.old.as_ref().and_then(|old| complaint::caused_by(old, event));
        let (intake, reference) = match (caused, &event.stamp.opened) {
            (None, None) => return None,
            (Some(intake), Some(reference)) => (intake, reference),
            (Some(_), None) => {
                findings.push(Finding::of(Fault::DecidedOtherwise).expected("a complaint"));
                return None;
            }
            (None, Some(reference)) => {
                findings.push(Finding::of(Fault::DecidedOtherwise).found(&reference.record));
                return None;
            }
        };
        let id = reference.record.clone();
        let made = self.pair(&id, findings)?;
        let intake = open::still_known(intake, policy);
        let opening = made.new.history.first();
        let stamp = opening.map(|opening| Stamp {
            id: opening.stamp.id.clone(),
            n: 1,
            note: None,
            opened: None,
            ..event.stamp.clone()
        });
        let as_due = made.old.is_none()
            && made.new.intake == intake
            && made.new.history.len() == 1
            && made.new.replay() == made.new.status
            && opening.map(|opening| &opening.stamp) == stamp.as_ref()
            && opening.is_some_and(|opening| opening.stamp.id == reference.event);
        if !as_due {
            findings.push(Finding::of(Fault::DecidedOtherwise).record(&id));
        } else if let Some(opening) = opening {
            let old = pair.old.as_ref();
            let owner =
                old.and_then(|old| complaint::owner(&made.new.intake, old, &opening.stamp, policy));
            decided(&made.new, opening, owner, policy, findings);
        }
        Some(id)
    }

    /// Everything else that the commit touches.
    fn around(
        &self,
        record: &Record,
        event: &Event,
        opened: Option<&RecordId>,
        findings: &mut Vec<Finding>,
    ) {
        let kept = match &event.act {
            Act::Close(close) => close.archive.as_ref(),
            _ => None,
        };
        let mut archived = false;
        for (area, changed) in self.watched().filter(|(_, changed)| changed.new.is_some()) {
            match area {
                Area::Policy | Area::Templates => {}
                Area::Records => {
                    let id = layout::record_of(&changed.path);
                    if id.as_ref() != Some(&record.id) && (id.is_none() || id.as_ref() != opened) {
                        findings.push(Finding::of(Fault::Smuggled).path(&changed.path));
                    }
                }
                Area::Contacts => self.contact_of(changed, record, event, findings),
                Area::Archive => {
                    let fits = kept.is_some_and(|kept| {
                        kept.path == changed.path
                            && kept.path == layout::archive(&record.id, event)
                            && changed.old.is_none()
                            && changed.new.is_some_and(|new| new.id.to_string() == kept.blob)
                    });
                    archived |= fits;
                    if !fits {
                        findings.push(Finding::of(Fault::ArchiveForged).path(&changed.path));
                    }
                }
            }
        }
        if let Some(kept) = kept.filter(|_| !archived) {
            let found = self.after.text(&kept.path).ok().flatten();
            let found = found.map_or("none".to_owned(), |text| blob_name(text.as_bytes()));
            findings.push(
                Finding::of(Fault::ArchiveForged)
                    .path(&kept.path)
                    .expected(&kept.blob)
                    .found(&found),
            );
        }
    }

    /// A contact comes with the record that names it, and is only ever completed.
    fn contact_of(
        &self,
        changed: &Changed,
        record: &Record,
        event: &Event,
        findings: &mut Vec<Finding>,
    ) {
        self.contact(&changed.path, findings);
        let names = |text: &str| {
            record_file(record)
                .ok()
                .and_then(|file| file.content)
                .is_some_and(|content| String::from_utf8_lossy(&content).contains(text))
        };
        let id = changed.path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml"));
        if !id.is_some_and(names) {
            findings.push(Finding::of(Fault::Smuggled).path(&changed.path));
        }
        let side = |view: &crate::store::view::View<'_>| {
            id.and_then(|id| view.contact(&id.parse().ok()?).ok()?)
        };
        if let (Some(old), Some(new)) = (side(self.before), side(self.after)) {
            // only who opens a record, or speaks for its customer, has said more of somebody known
            let told = matches!(event.act, Act::Open(_) | Act::Import(_));
            let kept =
                |old: &Option<String>, new: &Option<String>| old == new || told && new.is_some();
            let completed = old.name == new.name
                && old.customer == new.customer
                && old.merged_into == new.merged_into
                && old.namesake == new.namesake
                && kept(&old.phone, &new.phone)
                && kept(&old.email, &new.email)
                && kept(&old.site, &new.site)
                && kept(&old.salutation, &new.salutation);
            if !completed {
                findings.push(Finding::of(Fault::Smuggled).path(&changed.path));
            }
        }
    }

    pub(super) fn import(&self, policy: &Policy, author: &Person, findings: &mut Vec<Finding>) {
        role(policy.roles.may(Action::Import), author, findings);
        let Some(id) = trailer::<RecordId>(&self.commit.message, "Docket-Record") else {
            return findings.push(
                Finding::of(Fault::MessageForged).expected("Docket-Record: ID").found("none"),
            );
        };
        let Some(pair) = self.pair(&id, findings) else { return };
        let record = &pair.new;
        if pair.old.is_some() || record.intake.source.is_none() {
            findings.push(Finding::of(Fault::Planted).record(&id));
        }
        let Some((first, entries)) = record.history.split_first() else { return };
        for entry in entries {
            if entry.act.action() != Action::Import {
                findings
                    .push(Finding::of(Fault::EventMisplaced).record(&id).found(&entry.stamp.id));
            }
        }
        for event in &record.history {
            if event.stamp.by != author.id {
                findings.push(
                    Finding::of(Fault::AuthorForged)
                        .record(&id)
                        .expected(&author.id)
                        .found(&event.stamp.by),
                );
            }
        }
        if record.replay() != record.status || !record.status.set_aside.is_empty() {
            findings.push(Finding::of(Fault::StatusForged).record(&id));
        }
        decided(record, first, None, policy, findings);
        let last = entries.last().unwrap_or(first);
        self.message(&message::of_import(record, last, self.fixed()), author, findings);
        self.around(record, last, None, findings);
    }
}
