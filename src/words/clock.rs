//! What clocks, their standing and the day's duties are called.

use crate::{
    domain::{
        analysis::{
            clock::{explain::ClockStanding, reading::ClockKind},
            duties::Duty,
        },
        base::ids::PersonId,
        history::status::{Clock, parts::PromiseTopic},
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
            Duty::Relay { wanted } => (self.catalogue.relay)(named(wanted)),
            Duty::Escalate { tier, role } => (self.catalogue.escalate)(*tier, self.term(*role)),
        }
    }
}
