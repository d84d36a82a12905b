//! Who does a step, when, and by which role.

use crate::{
    app::{
        Actor, context,
        desk::OpenDesk,
        step::{StepNote, StepRequest, refused},
    },
    domain::{
        base::{ids::PersonId, moment::Use, terms::Channel, text, time::Timestamp},
        deciding::{
            policy::{Policy, people::Person},
            stamp::{in_time, role},
        },
        history::{
            event::{RULES, Stamp},
            record::Record,
            refusal::{Refusal, Vocabulary},
            steps::Action,
        },
    },
    error::{Error, Result},
    store::view::View,
};

impl OpenDesk<'_> {
    /// What is being done, for ids under a fixed seed: no two of them are alike. It hangs on the steps
    /// before it and not on the bytes of their commits, which another default policy would change.
    pub(super) fn seed_context(
        &self,
        view: &View<'_>,
        action: Action,
        person: &PersonId,
    ) -> Result<String> {
        let mut context = format!("{action}\0{person}");
        let mut next = view.commit().filter(|_| self.app.ids.are_seeded());
        while let Some(id) = next {
            let commit = self.store.git().commit_info(id)?;
            let event = commit.body.lines().find_map(|line| line.strip_prefix("Docket-Event: "));
            if let Some(event) = event {
                context += &format!("\0{event}");
                break;
            }
            context += &format!("\0{}", commit.subject);
            next = commit.parents.first().copied();
        }
        Ok(context)
    }

    /// Who does the step, when and in which role.
    pub(super) fn stamp(
        &self,
        record: &Record,
        policy: &Policy,
        actor: &Actor,
        action: Action,
        request: StepRequest<'_>,
        view: &View<'_>,
    ) -> Result<Stamp> {
        let refused = |why| refused(record, action, why);
        let told_by = request
            .told_by
            .map(|given| context::person_id(policy, given, actor))
            .transpose()
            .map_err(refused)?
            .filter(|person| *person != actor.person.id);
        let told_via = told_by.as_ref().map(|_| match request.told_via {
            Some(given) => context::channel(policy, given),
            None => Channel::new("phone"),
        });
        let reporter = told_by.as_ref().map(|person| on_roster(person, policy)).transpose();
        let reporter = reporter.map_err(refused)?;
        let step = (action, record.status.kind);
        let role = role(&actor.person, reporter, request.role, step, policy).map_err(refused)?;
        let note = match request.note {
            StepNote::Typed => self.note()?,
            StepNote::Text(note) => tidied("--note", Some(&note.to_owned()))?,
            StepNote::Nothing => None,
        };
        let n = record.next_number().ok_or_else(|| refused(Refusal::NoNumberLeft))?;
        let recorded_at = self.now();
        let seed_context = self.seed_context(view, action, &actor.person.id)?;
        let at = request.at.map_or_else(|| self.told_at(policy, recorded_at), Ok)?;
        let late = request.late_because.filter(|_| !in_time(at, recorded_at, policy));
        Ok(Stamp {
            id: self.app.ids.event(recorded_at, &seed_context)?,
            n,
            at,
            recorded_at,
            by: actor.person.id.clone(),
            role,
            told_by,
            told_via,
            rules: RULES,
            late_because: self.late_because()?.or_else(|| late.map(str::to_owned)),
            note,
            personal: None,
            opened: None,
        })
    }

    /// As [`Self::stamp`], for the step that makes the record.
    pub(super) fn opening_stamp(
        &self,
        policy: &Policy,
        actor: &Actor,
        view: &View<'_>,
    ) -> Result<Stamp> {
        let role = policy.roles.role_for(Action::Open, &actor.person)?;
        let recorded_at = self.now();
        let seed_context = self.seed_context(view, Action::Open, &actor.person.id)?;
        Ok(Stamp {
            id: self.app.ids.event(recorded_at, &seed_context)?,
            n: 1,
            at: self.told_at(policy, recorded_at)?,
            recorded_at,
            by: actor.person.id.clone(),
            role,
            told_by: None,
            told_via: None,
            rules: RULES,
            late_because: self.late_because()?,
            note: self.note()?,
            personal: None,
            opened: None,
        })
    }

    /// When the step happened, as `--at` says.
    pub fn told_at(&self, policy: &Policy, now: Timestamp) -> Result<Timestamp> {
        let Some(moment) = self.app.options.at else {
            return Ok(now);
        };
        moment
            .resolve(now, Use::Instant, self.zone, Some(&policy.calendar))
            .map_err(|fault| Error::Time { flag: "--at", fault })
    }

    fn note(&self) -> Result<Option<String>> {
        tidied("--note", self.app.options.note.as_ref())
    }

    fn late_because(&self) -> Result<Option<String>> {
        tidied("--late-because", self.app.options.late_because.as_ref())
    }
}

/// The person of the roster, in the team or not.
fn on_roster<'p>(id: &PersonId, policy: &'p Policy) -> std::result::Result<&'p Person, Refusal> {
    policy.people.get(id).ok_or_else(|| policy.unknown(Vocabulary::Person, id.as_str()))
}

fn tidied(flag: &'static str, given: Option<&String>) -> Result<Option<String>> {
    given
        .map(|given| text::tidy(given, text::TEXT))
        .transpose()
        .map_err(|fault| Error::from(Refusal::Text { flag, fault }))
}
