//! The sample of a month: as the rule draws it, and as it was frozen.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    app::desk::OpenDesk,
    domain::{
        contact::Contact,
        history::steps::{Act, survey_send::Drawn},
        ids::{ContactId, RecordId},
        policy::Policy,
        record::Record,
        survey::{
            month::Month,
            sample::{Population, Sample, draw},
        },
        time::Timestamp,
    },
    error::Result,
    store::{self, view::View},
};

/// Everything that samples are drawn from, read once.
#[derive(Debug)]
pub struct Pool<'a> {
    pub records: &'a [Record],
    pub policy: &'a Policy,
    contacts: BTreeMap<ContactId, Contact>,
    today: NaiveDate,
}

/// How a record came into a month's sample.
struct Frozen<'a> {
    id: RecordId,
    drawn: &'a Drawn,
    at: Timestamp,
}

impl<'a> Pool<'a> {
    /// The pool of a desk as it stands in `view`.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn new(
        desk: &OpenDesk<'_>,
        view: &View<'_>,
        records: &'a [Record],
        policy: &'a Policy,
    ) -> Result<Self> {
        let (contacts, left_out) = view.contacts()?;
        desk.name_left_out(&left_out);
        let contacts = contacts.into_iter().map(|contact| (contact.id.clone(), contact)).collect();
        Ok(Self { records, policy, contacts, today: desk.now().date() })
    }

    /// The sample of a month.
    #[must_use]
    pub fn sample(&self, month: Month) -> Sample {
        let policy = &self.policy.survey;
        let frozen = self.records.iter().filter_map(|record| frozen(record, month));
        let sent: Vec<Frozen<'_>> = frozen.collect();
        let drawn_by = sent.first().map_or_else(
            || Drawn {
                period: month,
                sample: policy.sample,
                cap_per_customer: policy.cap_per_customer,
            },
            |first| first.drawn.clone(),
        );
        // Who joins the team once a sample is drawn takes no record out of it.
        let drawn_on = sent.iter().map(|frozen| frozen.at.date()).min().unwrap_or(self.today);
        let zone = self.policy.calendar.zone();
        let population =
            Population::of(self.records, month, zone, |id| self.is_staff(id, drawn_on));
        let drawn = draw(&population.candidates, month, drawn_by.rule(), store::sha1);
        let sent = sent.into_iter().map(|frozen| frozen.id).collect();
        Sample { month, population, drawn_by, drawn, sent }
    }

    /// Every contact, with merged ones under their old ids too.
    #[must_use]
    pub fn contacts(&self) -> Vec<Contact> {
        let named = |id: &ContactId| {
            self.contact(id).map(|contact| Contact { id: id.clone(), ..contact.clone() })
        };
        self.contacts.keys().filter_map(named).collect()
    }

    /// The contact, or the one that took its place.
    #[must_use]
    pub fn contact(&self, id: &ContactId) -> Option<&Contact> {
        let mut found = self.contacts.get(id)?;
        // Two clones may have merged two contacts into each other, so the way has an end.
        for _ in 0..self.contacts.len() {
            match found.merged_into.as_ref().and_then(|into| self.contacts.get(into)) {
                Some(next) => found = next,
                None => break,
            }
        }
        Some(found)
    }

    /// True for who was of the team on this day, by name or address.
    fn is_staff(&self, id: &ContactId, on: NaiveDate) -> bool {
        let Some(contact) = self.contact(id) else {
            return false;
        };
        let known = |text: &String| {
            self.policy.people.known_as(text).is_some_and(|person| person.is_active(on))
        };
        contact.namesake.is_none()
            && (known(&contact.name) || contact.email.as_ref().is_some_and(known))
    }
}

/// How the record came into a month's sample, where it was sent for it.
fn frozen(record: &Record, month: Month) -> Option<Frozen<'_>> {
    record.history.iter().find_map(|event| match &event.act {
        Act::SurveySend(send) => {
            let drawn = send.drawn.as_ref().filter(|drawn| drawn.period == month)?;
            Some(Frozen { id: record.id.clone(), drawn, at: event.stamp.recorded_at })
        }
        _ => None,
    })
}
