//! Who does a step, when, and by which role.

use chrono::NaiveDate;

use crate::{
    app::{
        Actor,
        desk::OpenDesk,
        draft,
        step::{Asked, refused, unopened},
    },
    domain::{
        event::{RULES, Stamp},
        ids::PersonId,
        moment::Use,
        nearest::nearest,
        policy::Policy,
        record::Record,
        refusal::{Refusal, Thing},
        roles,
        steps::known_channel,
        terms::{Action, Channel, Role},
        text,
        time::Timestamp,
    },
    error::{Error, Result},
    store::view::View,
    words::Refused,
};

impl OpenDesk<'_> {
    /// Who does the step, when and in which role.
    ///
    /// # Errors
    /// What stands against the time or the person.
    pub(super) fn stamp(
        &self,
        record: &Record,
        policy: &Policy,
        actor: &Actor,
        asked: &Asked<'_>,
        view: &View<'_>,
    ) -> Result<Stamp> {
        let refused = |why| refused(record, asked.action, why);
        let now = self.now();
        active(actor, now).map_err(refused)?;
        let told_by = asked
            .told_by
            .map(|given| draft::person_id("--told-by", given, actor))
            .transpose()?
            .filter(|person| *person != actor.person.id);
        let may = policy.roles.may_on(record.status.kind, asked.action);
        let role =
            Self::role(policy, actor, may, asked, told_by.as_ref(), now.date()).map_err(refused)?;
        let at = self.told_at(policy, now, Some(record))?;
        let doing = draft::doing(view, asked.action, &actor.person.id);
        let told_via = match (&told_by, asked.told_via) {
            (None, _) => None,
            (Some(_), None) => Some(Channel::new("phone")),
            (Some(_), Some(given)) => {
                Some(reaching(policy, draft::channel(policy, given)).map_err(refused)?)
            }
        };
        Ok(Stamp {
            id: self.app.ids.event(now, &doing)?,
            n: record.next_number(),
            at,
            recorded_at: now,
            by: actor.person.id.clone(),
            role,
            told_by,
            told_via,
            rules: RULES,
            late_because: self.late_because()?,
            note: match asked.note {
                Some(note) => tidied("--note", Some(&note.to_owned()))?,
                None => self.note()?,
            },
            opened: None,
        })
    }

    /// The role that permits the step: of who acts, or of the desk that enters it for another.
    fn role(
        policy: &Policy,
        actor: &Actor,
        may: &[Role],
        asked: &Asked<'_>,
        told_by: Option<&PersonId>,
        today: NaiveDate,
    ) -> std::result::Result<Role, Refusal> {
        let Some(told_by) = told_by else {
            let wanted = asked.role.filter(|role| may.contains(role));
            let wanted = wanted.and_then(|role| actor.person.role_among(&[role]));
            return wanted.map_or_else(|| roles::role_among(may, &actor.person), Ok);
        };
        let known = policy.people.get(told_by).ok_or_else(|| Refusal::Unknown {
            thing: Thing::Person,
            given: told_by.to_string(),
            nearest: nearest(told_by.as_str(), policy.people.people.iter().map(|p| p.id.as_str())),
        })?;
        roles::role_among(may, known)?;
        if !known.is_active(today) {
            return Err(Refusal::Inactive(told_by.clone()));
        }
        policy.roles.role_for(Action::Ack, &actor.person)
    }

    /// When the step happened, as `--at` says: not in the future, not before the customer came, and
    /// with a reason when it is long ago.
    pub(super) fn told_at(
        &self,
        policy: &Policy,
        now: Timestamp,
        record: Option<&Record>,
    ) -> Result<Timestamp> {
        let Some(moment) = self.app.wishes.at else {
            return Ok(now);
        };
        let at = moment
            .resolve(now, Use::Instant, self.zone, Some(&policy.calendar))
            .map_err(|fault| Error::Time { flag: "--at", fault })?;
        let refuse = |why| {
            let record = record.map(|record| record.id.clone());
            Err(Error::Refused(Box::new(Refused { record, ..Refused::plain(why) })))
        };
        if at > now {
            return refuse(Refusal::Future(at));
        }
        if let Some(record) = record.filter(|record| at < record.status.received_at) {
            let received_at = record.status.received_at;
            return refuse(Refusal::BeforeReceived { at, received_at });
        }
        let allowed = policy.levels.late_entry;
        let in_time = allowed.due(at, &policy.calendar).is_ok_and(|until| until >= now);
        if !in_time && self.app.wishes.late_because.is_none() {
            return refuse(Refusal::Late { at, allowed });
        }
        Ok(at)
    }

    pub(super) fn note(&self) -> Result<Option<String>> {
        tidied("--note", self.app.wishes.note.as_ref())
    }

    pub(super) fn late_because(&self) -> Result<Option<String>> {
        tidied("--late-because", self.app.wishes.late_because.as_ref())
    }
}

/// Refuses a channel by which nobody can be told anything.
fn reaching(policy: &Policy, channel: Channel) -> std::result::Result<Channel, Refusal> {
    known_channel(policy, &channel)?;
    if channel.reaches_people() {
        Ok(channel)
    } else {
        Err(Refusal::DeafChannel(channel.to_string()))
    }
}

fn tidied(flag: &'static str, given: Option<&String>) -> Result<Option<String>> {
    given
        .map(|given| text::tidy(given, draft::TEXT))
        .transpose()
        .map_err(|fault| unopened(Refusal::Text { flag, fault }))
}

/// Refuses somebody who is not in the team today.
pub(super) fn active(actor: &Actor, now: Timestamp) -> std::result::Result<(), Refusal> {
    if actor.person.is_active(now.date()) {
        Ok(())
    } else {
        Err(Refusal::Inactive(actor.person.id.clone()))
    }
}
