//! What clocks, their standing and the day's duties are called.

use crate::{
    domain::{
        analysis::{
            clock::{explain::Standing, reading::Shown},
            day::Duty,
        },
        history::status::{Clock, parts::Promised},
    },
    words::{Words, label::Label},
};

impl Words {
    /// What a clock is called.
    #[must_use]
    pub fn clock(self, clock: Shown) -> &'static str {
        self.label(match clock {
            Shown::Limit(Clock::Ack) => Label::AckDue,
            Shown::Limit(Clock::Respond) => Label::RespondDue,
            Shown::Limit(Clock::Commitment) => Label::CommitmentDue,
            Shown::Limit(Clock::Resolve) => Label::ResolveDue,
            Shown::Expected => Label::Expected,
        })
    }

    /// How a clock stands.
    #[must_use]
    pub fn standing(self, standing: Standing) -> &'static str {
        self.label(match standing {
            Standing::Late => Label::Late,
            Standing::AtRisk => Label::AtRisk,
            Standing::Running => Label::Running,
            Standing::Paused => Label::Paused,
            Standing::Unknown => Label::Unknown,
            Standing::Kept => Label::Kept,
            Standing::Breached => Label::Breached,
        })
    }

    /// What has to be done.
    #[must_use]
    pub fn duty(self, what: &Duty) -> String {
        match what {
            Duty::Clock(clock) => self.clock(*clock).to_owned(),
            Duty::Promise { number, what: Promised::Reply } => {
                format!("{number}. {}", self.label(Label::ReplyBy))
            }
            Duty::Promise { number, what: Promised::Other(what) } => format!("{number}. {what}"),
            Duty::FollowUp => self.label(Label::FollowUp).to_owned(),
            Duty::Contact => self.label(Label::TellCustomer).to_owned(),
            Duty::Relay { wanted } => format!("{} → {wanted}", self.label(Label::Relay)),
            Duty::Escalate { tier, role } => {
                format!("{} {tier} → {}", self.label(Label::Escalate), self.term(*role))
            }
        }
    }
}
