//! Where a record stands: derived from intake and history, never edited.

pub mod parts;
pub mod remote;
pub mod visit;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        ids::{ContactId, EventId, PersonId, UnitId},
        limit::Limits,
        line::SupportLine,
        terms::{
            Channel, Exception, Grade, Kind, Level, Mood, PauseReason, Phase, Progress,
            Satisfaction, State, Support, Term,
        },
        time::Timestamp,
    },
    history::{
        agreement::AgreementTerms,
        intake::{DueAt, Expected, Intake, Reference, Source},
        status::{
            parts::{
                Archive, AttachmentEntry, ComplaintDetails, Confirmation, CurrentPause, Escalation,
                MessageToRelay, PromiseTopic, PromisedTime, RecordLink, Resolution, SurveyStatus,
            },
            remote::RemoteEntry,
            visit::VisitEntry,
        },
    },
};

/// What an engineer does for one customer at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occupation {
    /// On the way to a customer's, or there (R70).
    Visit,
    /// On a customer's computer (R64).
    Remote,
}

impl Occupation {
    /// The word for it in the cache.
    pub fn code(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Remote => "remote",
        }
    }
}

/// The second section of a record: what replaying `history` over `intake` gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    pub state: State,
    pub kind: Kind,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
    pub customer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    pub channel: Channel,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    pub received_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_by: Option<Expected>,
    /// Answers to the category's questions (R4).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Grade>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Grade>,
    /// Absent for a remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// 1 is dealt with first, 5 last; absent for a remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// The criterion that makes this a major event (R40).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub major: Option<String>,
    /// Who follows the record to its end (R10).
    pub desk_owner: PersonId,
    /// To whom the ownership is offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_to: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<SupportLine>,
    /// The one responsible person (R34).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<PersonId>,
    /// The other system's word for the responsible person, where this desk has nobody of that name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_assignee: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mood: Option<Mood>,
    /// How it is worked on; by telephone where nothing is told (R62).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<Support>,
    /// What decided the limits, where it was an agreement with the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementTerms>,
    #[serde(default, skip_serializing_if = "Limits::is_none")]
    pub limits: Limits,
    #[serde(default, skip_serializing_if = "DueTimes::is_none")]
    pub due: DueTimes,
    pub times: Times,
    #[serde(default, skip_serializing_if = "Counts::is_none")]
    pub counts: Counts,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<PromisedTime>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<CurrentPause>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalations: Vec<Escalation>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<VisitEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<RemoteEntry>,
    /// What only a complaint has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint: Option<ComplaintDetails>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unanswered: Vec<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Confirmation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exception: Option<Exception>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<Archive>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub survey: Option<SurveyStatus>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<RecordLink>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<Reference>,
    /// The message for a colleague (R16).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageToRelay>,
    /// The system that the record was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What the customer said there of the solution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_satisfaction: Option<Satisfaction>,
    /// Events that were not legal at their place and have no effect.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<EventId>,
    /// Events that whoever entered them took back; they have no effect.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<EventId>,
    /// Clocks that two clones moved without knowing of each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputed: Vec<Clock>,
}

/// A clock of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    Ack,
    Respond,
    Commitment,
    Resolve,
}

impl Clock {
    /// The name for files and programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ack => "ack",
            Self::Respond => "respond",
            Self::Commitment => "commitment",
            Self::Resolve => "resolve",
        }
    }
}

/// When each clock runs out; an absent one does not run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueTimes {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ack: Option<DueAt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respond: Option<DueAt>,
    /// The responsible person's own promise (R36).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<DueAt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolve: Option<DueAt>,
}

/// When the steps happened; the last one of each, unless it says first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    pub opened_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routed_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Timestamp>,
    /// The first substantive reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responded_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_closed_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// When a callback or a reopening last sent it back to work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_back_at: Option<Timestamp>,
    /// When a reopening gave the resolution a new limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restarted_at: Option<Timestamp>,
    /// When the customer last heard from us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacted_at: Option<Timestamp>,
    /// When the desk last asked the unit (R43).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followed_up_at: Option<Timestamp>,
    /// The newest entry that was taken over from another system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_at: Option<Timestamp>,
    /// When the latest event happened.
    pub last_at: Timestamp,
}

/// How often things happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    #[serde(default, skip_serializing_if = "is_zero")]
    pub routes: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub returns: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub reworks: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub reopens: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub extensions: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub follow_ups: u32,
}

impl Status {
    /// The status of a record that was just told, before its first event.
    pub fn before(intake: &Intake, owner: &PersonId, at: Timestamp) -> Self {
        let about = intake.complaint.iter().filter_map(|complaint| complaint.about.as_ref());
        Self {
            state: State::Open,
            kind: intake.kind,
            title: intake.title.clone(),
            need: intake.need.clone(),
            customer: intake.customer.clone(),
            contact: intake.contact.clone(),
            site: intake.site.clone(),
            channel: intake.channel.clone(),
            channel_text: intake.channel_text.clone(),
            category: intake.category.clone(),
            product: intake.product.clone(),
            received_at: intake.received_at,
            expected_by: intake.expected_by,
            answers: intake.answers.clone(),
            impact: intake.impact,
            urgency: intake.urgency,
            level: None,
            priority: None,
            major: None,
            desk_owner: owner.clone(),
            handed_to: None,
            unit: None,
            line: None,
            assignee: None,
            source_assignee: None,
            progress: None,
            phase: None,
            mood: intake.remark.as_ref().and_then(|remark| remark.mood),
            support: None,
            agreement: None,
            limits: Limits::default(),
            due: DueTimes::default(),
            times: Times::from(at),
            counts: Counts::default(),
            promises: Vec::new(),
            pauses: Vec::new(),
            escalations: Vec::new(),
            attachments: Vec::new(),
            visits: Vec::new(),
            sessions: Vec::new(),
            complaint: intake.complaint.as_ref().map(ComplaintDetails::opened),
            resolution: None,
            unanswered: Vec::new(),
            confirmation: None,
            exception: None,
            archive: None,
            survey: None,
            links: about.cloned().map(RecordLink::related).collect(),
            merged_into: None,
            message: intake.wanted.clone().map(|wanted| MessageToRelay { wanted, relayed: None }),
            source: intake.source.clone(),
            source_satisfaction: None,
            set_aside: Vec::new(),
            withdrawn: Vec::new(),
            disputed: Vec::new(),
        }
    }

    /// Where unfinished work goes back to: the responsible person, or the desk if there is none.
    pub fn back_to_work(&self) -> State {
        if self.assignee.is_some() { State::InProgress } else { State::Acknowledged }
    }

    /// Promises neither kept nor explained, with their numbers counted from 1.
    pub fn open_promises(&self) -> impl Iterator<Item = (usize, &PromisedTime)> {
        let numbered = (1..).zip(&self.promises);
        numbered.filter(|(_, promise)| promise.is_open())
    }

    /// The attachments with their numbers counted from 1.
    pub fn numbered_attachments(&self) -> impl Iterator<Item = (usize, &AttachmentEntry)> {
        (1..).zip(&self.attachments)
    }

    /// The visits with their numbers counted from 1.
    pub fn numbered_visits(&self) -> impl Iterator<Item = (usize, &VisitEntry)> {
        (1..).zip(&self.visits)
    }

    /// The remote sessions with their numbers counted from 1.
    pub fn numbered_sessions(&self) -> impl Iterator<Item = (usize, &RemoteEntry)> {
        (1..).zip(&self.sessions)
    }

    /// The engineers who are at work for it at the customer's, or on their computer.
    pub fn occupied(&self) -> impl Iterator<Item = (&PersonId, Occupation)> {
        let away = self.visits.iter().filter(|entry| entry.is_under_way());
        let away = away.map(|entry| (&entry.engineer, Occupation::Visit));
        let connected = self.sessions.iter().filter(|entry| entry.is_running());
        away.chain(connected.map(|entry| (&entry.engineer, Occupation::Remote)))
    }

    /// The pause that lasts.
    pub fn pause(&self) -> Option<&CurrentPause> {
        self.pauses.last().filter(|pause| pause.until.is_none())
    }

    /// Ends a pause that lasts.
    pub(in crate::domain) fn end_pause(&mut self, at: Timestamp) {
        if let Some(pause) = self.pauses.last_mut().filter(|pause| pause.until.is_none()) {
            pause.until = Some(at);
        }
    }

    /// The stretch from the solution, or from the closing of what was never solved, to a reopening at
    /// `at`, as a pause that the resolution clock stood still in.
    pub(in crate::domain) fn at_rest_until(&self, at: Timestamp) -> CurrentPause {
        let solved = self.resolution.as_ref().map(|done| done.done_at);
        let since = solved.or(self.times.closed_at).unwrap_or(at);
        let last = self.pauses.last().and_then(|pause| pause.until);
        CurrentPause {
            reason: PauseReason::new(State::Closed.code()),
            since: last.map_or(since, |last| since.max(last)).min(at),
            resume_by: Some(at),
            until: Some(at),
            stops_clock: true,
        }
    }

    /// From when the resolution limit runs: from the reopening, where policy gives a new one, else from
    /// when the matter came in.
    pub fn resolution_runs_from(&self) -> Timestamp {
        self.times.restarted_at.unwrap_or(self.received_at)
    }

    /// Notes a substantive reply to the customer; the first one stops the response clock.
    pub(in crate::domain) fn replied(&mut self, at: Timestamp) {
        self.times.responded_at.get_or_insert(at);
        for promise in &mut self.promises {
            if promise.what == PromiseTopic::Reply && promise.is_open() {
                promise.kept_at = Some(at.max(promise.made_at));
            }
        }
    }

    /// Who follows the matter for the desk; nobody while it stands as another system has it, for
    /// whoever took it over only wrote it down.
    pub fn follower(&self) -> Option<&PersonId> {
        let newest_there = self.times.source_at.unwrap_or(self.times.opened_at);
        let is_as_imported = self.source.is_some() && self.times.last_at <= newest_there;
        (!is_as_imported).then_some(&self.desk_owner)
    }

    /// Whether this person follows the matter or has it in hand.
    pub fn is_with(&self, person: &PersonId) -> bool {
        self.follower() == Some(person) || self.assignee.as_ref() == Some(person)
    }

    /// Moves the clocks that `after` names. One that does not stand where the writer saw it stays
    /// as it is and becomes disputed.
    pub(in crate::domain) fn move_due(&mut self, before: DueTimes, after: DueTimes) {
        let clocks = [
            (Clock::Ack, before.ack, after.ack, &mut self.due.ack),
            (Clock::Respond, before.respond, after.respond, &mut self.due.respond),
            (Clock::Commitment, before.commitment, after.commitment, &mut self.due.commitment),
            (Clock::Resolve, before.resolve, after.resolve, &mut self.due.resolve),
        ];
        for (clock, seen, wanted, now) in clocks {
            if wanted.is_none() || wanted == *now {
                continue;
            }
            if seen == *now {
                *now = wanted;
            } else if !self.disputed.contains(&clock) {
                self.disputed.push(clock);
            }
        }
    }

    /// Notes that the customer heard from us.
    pub(in crate::domain) fn heard_from_us(&mut self, at: Timestamp) {
        self.times.contacted_at = self.times.contacted_at.max(Some(at));
    }

    /// Sends the matter back to work.
    pub(in crate::domain) fn send_back(&mut self, at: Timestamp) {
        self.state = self.back_to_work();
        self.times.sent_back_at = self.times.sent_back_at.max(Some(at));
        self.resolution = None;
        self.confirmation = None;
        if let Some(complaint) = &mut self.complaint {
            complaint.callback = None;
            complaint.dissatisfied = None;
        }
    }
}

impl Times {
    fn from(at: Timestamp) -> Self {
        Self {
            opened_at: at,
            acknowledged_at: None,
            routed_at: None,
            accepted_at: None,
            responded_at: None,
            resolved_at: None,
            confirmed_at: None,
            first_closed_at: None,
            closed_at: None,
            sent_back_at: None,
            restarted_at: None,
            contacted_at: None,
            followed_up_at: None,
            source_at: None,
            last_at: at,
        }
    }
}

impl DueTimes {
    /// The clocks that differ, as they are here and as they are in `after`.
    pub fn moved(self, after: Self) -> (Self, Self) {
        let (mut from, mut to) = (self, after);
        for (old, new) in [
            (&mut from.ack, &mut to.ack),
            (&mut from.respond, &mut to.respond),
            (&mut from.commitment, &mut to.commitment),
            (&mut from.resolve, &mut to.resolve),
        ] {
            if old == new {
                (*old, *new) = (None, None);
            }
        }
        (from, to)
    }

    /// Each of these, or where it is absent that of `other`.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            ack: self.ack.or(other.ack),
            respond: self.respond.or(other.respond),
            commitment: self.commitment.or(other.commitment),
            resolve: self.resolve.or(other.resolve),
        }
    }

    /// True when a due time could not be told for want of a calendar.
    pub fn has_unknown(&self) -> bool {
        [self.ack, self.respond, self.commitment, self.resolve].contains(&Some(DueAt::Unknown))
    }

    /// True when no clock runs.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl Counts {
    /// True when nothing has been counted yet.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}
