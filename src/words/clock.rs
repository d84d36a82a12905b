//! What clocks, their standing and the day's duties are called.

use crate::{
    domain::{
        analysis::{
            clock::{explain::ClockStanding, reading::ClockKind},
            duties::Duty,
            next_step::NextStep,
        },
        base::{
            ids::PersonId,
            nearness::{Nearness, RoundedLength},
            time::Timestamp,
        },
        history::{
            complaint::ComplaintStep,
            status::{Clock, parts::PromiseTopic},
        },
    },
    words::{Words, label::Label},
};

impl Words {
    /// What a clock is called.
    pub fn clock(self, clock: ClockKind) -> &'static str {
        self.label(match clock {
            ClockKind::Limit(Clock::Ack) => Label::AckDue,
            ClockKind::Limit(Clock::Respond) => Label::RespondDue,
            ClockKind::Limit(Clock::Commitment) => Label::CommitmentDue,
            ClockKind::Limit(Clock::Resolve) => Label::ResolveDue,
            ClockKind::Expected => Label::Expected,
        })
    }

    /// How a clock stands.
    pub fn standing(self, standing: ClockStanding) -> &'static str {
        self.label(match standing {
            ClockStanding::Late => Label::Late,
            ClockStanding::AtRisk => Label::AtRisk,
            ClockStanding::Running => Label::Running,
            ClockStanding::Paused => Label::Paused,
            ClockStanding::Unknown => Label::Unknown,
            ClockStanding::Kept => Label::Kept,
            ClockStanding::Explained => Label::ExplainedNotKept,
            ClockStanding::Breached => Label::Breached,
        })
    }

    /// A due time before it was moved: when that was done, and to which time.
    pub fn moved_due(self, before: &str, at: &str, after: &str) -> String {
        (self.catalogue.moved_due)(before, at, after)
    }

    /// What has to be done; `named` tells what a person is called.
    pub fn duty<'n>(self, what: &'n Duty, named: impl Fn(&'n PersonId) -> &'n str) -> String {
        match what {
            Duty::Clock(clock) => self
                .label(match clock {
                    ClockKind::Limit(Clock::Ack) => Label::Acknowledge,
                    ClockKind::Limit(Clock::Respond) => Label::Respond,
                    ClockKind::Limit(Clock::Commitment) => Label::KeepCommitment,
                    ClockKind::Limit(Clock::Resolve) => Label::Resolve,
                    ClockKind::Expected => Label::MeetExpectation,
                })
                .to_owned(),
            Duty::Promise { number, what: PromiseTopic::Reply } => {
                format!("{number}. {}", self.label(Label::Reply))
            }
            Duty::Promise { number, what: PromiseTopic::Other(what) } => {
                format!("{number}. {what}")
            }
            Duty::FollowUp => self.label(Label::FollowUp).to_owned(),
            Duty::Contact => self.label(Label::TellCustomer).to_owned(),
            Duty::CallBack => self.next_step(NextStep::CallBack).to_owned(),
            Duty::Relay { wanted } => (self.catalogue.relay)(named(wanted)),
            Duty::Item(item) => (self.catalogue.item)(item, named(&item.person)),
            Duty::Escalate { tier, role } => (self.catalogue.escalate)(*tier, self.term(*role)),
        }
    }

    /// What has to be done, in a word or two; what was promised comes in the words of the promise.
    pub fn todo<'n>(self, what: &'n Duty, named: impl Fn(&'n PersonId) -> &'n str) -> String {
        match what {
            Duty::Promise { what: PromiseTopic::Reply, .. } => {
                self.label(Label::ReplyAsPromised).to_owned()
            }
            Duty::Promise { what: PromiseTopic::Other(what), .. } => {
                self.pair(self.label(Label::KeepPromise), what)
            }
            Duty::Escalate { role, .. } => self.pair(self.label(Label::Escalate), self.term(*role)),
            Duty::Clock(_)
            | Duty::FollowUp
            | Duty::Contact
            | Duty::CallBack
            | Duty::Item(_)
            | Duty::Relay { .. } => self.duty(what, named),
        }
    }

    /// The next step, as an order.
    pub fn next_step(self, step: NextStep) -> &'static str {
        let code = match step {
            NextStep::Acknowledge => "acknowledge",
            NextStep::Route => "route",
            NextStep::Accept => "accept",
            NextStep::Respond => "respond",
            NextStep::Resolve | NextStep::OfComplaint(ComplaintStep::Resolve) => "resolve",
            NextStep::Resume => "resume",
            NextStep::CallBack => "call_back",
            NextStep::Close => "close",
            NextStep::TakeOver => "take_over",
            NextStep::OfComplaint(ComplaintStep::Verify) => "verify",
            NextStep::OfComplaint(ComplaintStep::Notify) => "notify",
            NextStep::OfComplaint(ComplaintStep::Route) => "assign",
            NextStep::OfComplaint(ComplaintStep::Decide) => "decide",
            NextStep::OfComplaint(ComplaintStep::CloseDissatisfied) => "close_dissatisfied",
        };
        self.find("next step", code).unwrap_or(code)
    }

    /// How a time lies to the present one: `in 30 min`, `tomorrow 09:00`.
    pub fn nearness(self, at: Timestamp, now: Timestamp) -> String {
        (self.catalogue.nearness)(&Nearness::of(at, now))
    }

    /// By how much something is late, in one unit: `2 d late`.
    pub fn late(self, due: Timestamp, now: Timestamp) -> String {
        (self.catalogue.late)(RoundedLength::between(due, now))
    }

    /// The same as exactly as people say it: `late by 3 d 6 h`.
    pub fn late_by(self, due: Timestamp, until: Timestamp) -> String {
        (self.catalogue.late_by)(RoundedLength::between(due, until))
    }
}

/// The sign of a standing, which needs no colour; none while nothing presses.
pub fn sign(standing: ClockStanding) -> &'static str {
    match standing {
        ClockStanding::Late | ClockStanding::Breached => "✗",
        ClockStanding::AtRisk => "!",
        ClockStanding::Kept => "✓",
        ClockStanding::Explained => "✎",
        ClockStanding::Running | ClockStanding::Paused | ClockStanding::Unknown => "",
    }
}
