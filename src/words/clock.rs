//! What clocks, their standing and the day's duties are called.

use crate::{
    domain::{
        analysis::{
            clock::{explain::ClockStanding, reading::ClockKind},
            day::Duty,
        },
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

    /// What has to be done.
    pub fn duty(self, what: &Duty) -> String {
        match what {
            Duty::Clock(clock) => self.clock(*clock).to_owned(),
            Duty::Promise { number, what: PromiseTopic::Reply } => {
                format!("{number}. {}", self.label(Label::ReplyBy))
            }
            Duty::Promise { number, what: PromiseTopic::Other(what) } => {
                format!("{number}. {what}")
            }
            Duty::FollowUp => self.label(Label::FollowUp).to_owned(),
            Duty::Contact => self.label(Label::TellCustomer).to_owned(),
            Duty::Relay { wanted } => format!("{} → {wanted}", self.label(Label::Relay)),
            Duty::Escalate { tier, role } => {
                format!("{} {tier} → {}", self.label(Label::Escalate), self.term(*role))
            }
        }
    }
}
