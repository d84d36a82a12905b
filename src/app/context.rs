//! What a command sees of a step that it is about to ask for, and how it reads what was typed.

use crate::{
    app::{Actor, contacts::ContactMatch, desk::OpenDesk},
    domain::{
        base::{
            ids::{AgreementId, CalendarId, PersonId, UnitId},
            moment::{Moment, Use},
            terms::{Channel, Code, PauseReason},
            text,
            time::Timestamp,
        },
        deciding::{contact_change::name_line, contacts::Addressee, policy::Policy, scene::Scene},
        history::{
            event::Stamp,
            intake::{Expected, Occurred, Reference},
            record::Record,
            refusal::{Refusal, Vocabulary},
            steps::Action,
        },
    },
    error::{Error, RefusalDetails, Result},
    store::{git::apart::ApartChange, view::View},
    words::{message::Message, read_choice, typed::TypedWord},
};

/// The record as it stands, the rules, and who does what.
#[derive(Clone, Copy, Debug)]
pub struct StepContext<'a> {
    pub desk: &'a OpenDesk<'a>,
    pub view: &'a View<'a>,
    pub policy: &'a Policy,
    pub actor: &'a Actor,
    /// Of one that is to be opened, nothing but its id.
    pub record: &'a Record,
    pub stamp: &'a Stamp,
    pub action: Action,
}

/// What a command asks of a step, with what came up on the way to it.
#[derive(Clone, Debug)]
pub struct Proposal<R> {
    pub request: R,
    /// The customer's persons that it names.
    pub contacts: Vec<ContactMatch>,
    pub remarks: Vec<Message>,
    /// What changes beside the branch.
    pub apart: Vec<ApartChange>,
}

impl<R> From<R> for Proposal<R> {
    fn from(request: R) -> Self {
        Self { request, contacts: Vec::new(), remarks: Vec::new(), apart: Vec::new() }
    }
}

impl<R> Proposal<R> {
    /// With customer's persons that are new, or better known now.
    pub fn with_contacts(mut self, contacts: impl IntoIterator<Item = ContactMatch>) -> Self {
        self.contacts.extend(contacts);
        self
    }

    /// With files that are kept beside the branch.
    pub fn with_apart(self, apart: Vec<ApartChange>) -> Self {
        Self { apart, ..self }
    }

    /// With something that the user should know.
    pub fn with_remarks(mut self, remarks: impl IntoIterator<Item = Message>) -> Self {
        self.remarks.extend(remarks);
        self
    }
}

impl<'a> StepContext<'a> {
    /// What the domain looks at.
    pub fn scene(&self) -> Scene<'a> {
        Scene {
            record: self.record,
            policy: self.policy,
            stamp: self.stamp,
            now: self.stamp.recorded_at,
            lookup: self.view,
        }
    }

    /// Turns a rule that stands against the step into the command's error.
    ///
    /// # Errors
    /// [`Error::Refused`].
    pub fn refuse<T>(&self, judged: std::result::Result<T, Refusal>) -> Result<T> {
        judged.map_err(|why| {
            let refused =
                RefusalDetails::of(self.record, self.action, why).with_names(&self.policy.people);
            let status = &self.record.status;
            let about = (status, Addressee::of(status, self.view).unwrap_or_default());
            let refused = refused.told_to(&self.actor.person, about, self.policy);
            let units = self.policy.choices(Vocabulary::Unit);
            let refused = RefusalDetails { units, ..refused };
            Error::Refused(Box::new(if self.record.history.is_empty() {
                RefusalDetails { record: None, last: None, ..refused }
            } else {
                refused
            }))
        })
    }

    /// A time, counted from the step's own.
    ///
    /// # Errors
    /// [`Error::Time`].
    pub fn time(&self, flag: &'static str, moment: Moment, reading: Use) -> Result<Timestamp> {
        moment
            .resolve(self.stamp.at, reading, self.desk.zone, Some(&self.policy.calendar))
            .map_err(|fault| Error::Time { flag, fault })
    }

    /// A time by which something is to happen; a date alone includes its day.
    ///
    /// # Errors
    /// [`Error::Time`].
    pub fn until(&self, flag: &'static str, moment: Moment) -> Result<Timestamp> {
        self.time(flag, moment, Use::Due)
    }

    /// When the customer expects a solution.
    ///
    /// # Errors
    /// [`Error::Time`].
    pub fn expected(&self, told: Option<Moment>) -> Result<Expected> {
        match told {
            Some(moment) => Ok(Expected::At(self.until("--expected-by", moment)?)),
            None => Ok(Expected::Unstated),
        }
    }

    /// When a fault happened.
    ///
    /// # Errors
    /// [`Error::Time`].
    pub fn occurred(&self, told: Option<Moment>) -> Result<Occurred> {
        match told {
            Some(moment) => Ok(Occurred::At(self.time("--occurred-at", moment, Use::Instant)?)),
            None => Ok(Occurred::Unknown),
        }
    }

    /// Text of several lines, tidied.
    pub fn text(&self, flag: &'static str, given: &str) -> Result<String> {
        self.refuse(text::tidy(given, text::TEXT).map_err(|fault| Refusal::Text { flag, fault }))
    }

    /// Text of one line, tidied.
    pub fn line(&self, flag: &'static str, given: &str) -> Result<String> {
        self.refuse(
            text::tidy_line(given, text::LINE).map_err(|fault| Refusal::Text { flag, fault }),
        )
    }

    /// As [`Self::line`], of what is said of a person.
    pub fn visible_line(&self, flag: &'static str, given: &str, most: usize) -> Result<String> {
        let seen = text::tidy_visible(given, most);
        self.refuse(seen.map_err(|fault| Refusal::Text { flag, fault }))
    }

    /// A person's name, as [`name_line`] has it.
    pub fn name_line(&self, flag: &'static str, given: &str) -> Result<String> {
        self.refuse(name_line(flag, given, self.policy))
    }

    /// As [`Self::text`], where there is one.
    pub fn some_text(&self, flag: &'static str, given: Option<&String>) -> Result<Option<String>> {
        given.map(|given| self.text(flag, given)).transpose()
    }

    /// A person of the roster.
    pub fn person(&self, given: &str) -> Result<PersonId> {
        self.refuse(person_id(self.policy, given, self.actor))
    }

    /// A unit of the rules.
    pub fn unit(&self, given: &str) -> Result<UnitId> {
        self.refuse(unit_id(self.policy, given))
    }

    /// A channel by its code or a label in any language; policy is asked by the step.
    pub fn channel(&self, given: &str) -> Channel {
        channel(self.policy, given)
    }

    /// The name by which another record is referred to.
    pub fn reference(&self, record: &Record) -> Result<Reference> {
        self.refuse(record.reference().ok_or(Refusal::NoEvent(1)))
    }

    /// A resolution code by its code or label.
    pub fn code(&self, given: &str) -> Code {
        Code::new(code_of(self.policy, Vocabulary::Code, given))
    }

    /// A reason for a pause by its code or label.
    pub fn pause_reason(&self, given: &str) -> PauseReason {
        PauseReason::new(code_of(self.policy, Vocabulary::PauseReason, given))
    }

    /// A category by its id or label.
    pub fn category(&self, given: &str) -> String {
        category(self.policy, given)
    }

    /// A category of causes by its code or label.
    pub fn cause_category(&self, given: &str) -> String {
        code_of(self.policy, Vocabulary::CauseCategory, given)
    }

    /// A product by its id or name.
    pub fn product(&self, given: &str) -> String {
        code_of(self.policy, Vocabulary::Product, given)
    }

    /// A criterion of major events by its id or label.
    pub fn criterion(&self, given: &str) -> String {
        code_of(self.policy, Vocabulary::MajorCriterion, given)
    }
}

/// A person of the roster by id, name or the beginning of either; or `me`.
pub fn person_id(
    policy: &Policy,
    given: &str,
    actor: &Actor,
) -> std::result::Result<PersonId, Refusal> {
    if TypedWord::Me.is_typed(given) {
        return Ok(actor.person.id.clone());
    }
    person_called(policy, given)
}

/// A person of the roster by id, name or the beginning of either.
pub fn person_called(policy: &Policy, given: &str) -> std::result::Result<PersonId, Refusal> {
    let id = policy.called(Vocabulary::Person, given)?;
    id.parse().map_err(|_| policy.unknown(Vocabulary::Person, given))
}

/// Working hours of agreements by their id or its beginning.
pub fn hours_called(policy: &Policy, given: &str) -> std::result::Result<CalendarId, Refusal> {
    let id = policy.called(Vocabulary::Hours, given)?;
    id.parse().map_err(|_| policy.unknown(Vocabulary::Hours, given))
}

/// An agreement of the rules by id, name or the beginning of either; `None` for `none`.
pub fn agreement_called(
    policy: &Policy,
    given: &str,
) -> std::result::Result<Option<AgreementId>, Refusal> {
    if given == "none" {
        return Ok(None);
    }
    let id = policy.called(Vocabulary::Agreement, given)?;
    id.parse().map(Some).map_err(|_| policy.unknown(Vocabulary::Agreement, given))
}

/// A unit of the rules by id, name or the beginning of either.
pub fn unit_id(policy: &Policy, given: &str) -> std::result::Result<UnitId, Refusal> {
    let id = policy.called(Vocabulary::Unit, given)?;
    id.parse().map_err(|_| policy.unknown(Vocabulary::Unit, given))
}

/// A channel by its code or a label in any language.
pub fn channel(policy: &Policy, given: &str) -> Channel {
    Channel::new(code_of(policy, Vocabulary::Channel, given))
}

/// A category by its id or label.
pub fn category(policy: &Policy, given: &str) -> String {
    code_of(policy, Vocabulary::Category, given)
}

/// The code that is meant by a code or a label in any language; what was given where there is none,
/// for the step to refuse.
fn code_of(policy: &Policy, thing: Vocabulary, given: &str) -> String {
    let choices = policy.choices(thing);
    read_choice(thing, given, &choices).unwrap_or_else(|| given.to_owned())
}
