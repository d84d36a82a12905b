//! The classes of commits, and what each may touch.

use std::str::FromStr;

use super::message;
use crate::{
    domain::{base::terms::Term, history::steps::Action},
    store::layout,
};

/// What a path of the desk belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    Records,
    Contacts,
    Customers,
    Archive,
    /// `policy/` and the desk's own file.
    Policy,
    /// What takes the place of the built-in templates.
    Templates,
}

/// What sort of commit it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The desk begins.
    Genesis,
    /// One step on one record.
    Step(Action),
    /// A record taken over from another system.
    Import,
    /// A change of the rules by a command.
    Policy,
    /// A change of the roster by a command.
    People,
    /// Two entries of one person become one.
    Contact,
    /// A customer is listed, changed or merged.
    Customer,
    /// Somebody looked at whole names and numbers.
    Reveal,
    /// A broken file becomes what it was when it was last sound.
    Repair,
    /// A change of the rules with plain git.
    Plain,
}

impl Area {
    /// `None` for what is not watched.
    pub fn of(path: &str) -> Option<Self> {
        match path.split_once('/').map_or(path, |(top, _)| top) {
            layout::RECORDS => Some(Self::Records),
            layout::CONTACTS => Some(Self::Contacts),
            layout::CUSTOMERS => Some(Self::Customers),
            layout::ARCHIVE => Some(Self::Archive),
            layout::POLICY | layout::DESK => Some(Self::Policy),
            layout::TEMPLATES => Some(Self::Templates),
            _ => None,
        }
    }
}

impl Class {
    /// The class that the trailer `Docket-Action` claims; a commit without one is plain.
    pub fn claimed(action: Option<&str>) -> Result<Self, String> {
        let Some(action) = action else {
            return Ok(Self::Plain);
        };
        Ok(match action {
            "init" => Self::Genesis,
            message::POLICY => Self::Policy,
            "people" => Self::People,
            "contact" => Self::Contact,
            message::CUSTOMER => Self::Customer,
            "repair" => Self::Repair,
            message::REVEAL => Self::Reveal,
            "import" => Self::Import,
            step => {
                let action = Action::ALL.iter().find(|action| action.code() == step);
                Self::Step(*action.ok_or_else(|| step.to_owned())?)
            }
        })
    }

    /// What such a commit may touch.
    pub fn areas(self) -> &'static [Area] {
        match self {
            Self::Genesis | Self::Policy | Self::People => &[Area::Policy],
            Self::Plain => &[Area::Policy, Area::Templates],
            Self::Contact => &[Area::Contacts],
            Self::Customer => &[Area::Customers],
            Self::Reveal => &[],
            Self::Repair => &[Area::Records, Area::Contacts, Area::Customers, Area::Archive],
            Self::Step(Action::Close) => &[Area::Records, Area::Contacts, Area::Archive],
            Self::Import | Self::Step(_) => &[Area::Records, Area::Contacts],
        }
    }

    /// Whether such a commit may touch what is not the desk's.
    pub fn may_touch_beside(self, path: &str) -> bool {
        match self {
            Self::Plain => true,
            Self::Genesis => path == layout::ATTRIBUTES,
            Self::Step(_)
            | Self::Import
            | Self::Policy
            | Self::People
            | Self::Contact
            | Self::Customer
            | Self::Reveal
            | Self::Repair => false,
        }
    }
}

/// What docket's trailers are called, after `Docket-`.
const TRAILERS: [&str; 12] = [
    "action",
    "record",
    "event",
    "by",
    "told-by",
    "at",
    "state",
    "rules",
    "late",
    "opened",
    "opened-event",
    "clock",
];

/// Whether a message has a line that git's tools, or people, would read as one of docket's
/// trailers, however it is spelled. Lines of other tools, such as `docket-tools: …`, are none.
pub fn claims(message: &str) -> bool {
    message.lines().any(|line| {
        let line = line.trim_start().to_ascii_lowercase();
        let rest = line.strip_prefix("docket-").and_then(|rest| rest.split_once(':'));
        rest.is_some_and(|(key, _)| TRAILERS.contains(&key.trim()))
    })
}

/// The value of a trailer; `None` where there is none, or where it says nothing readable.
pub fn trailer<T: FromStr>(message: &str, key: &str) -> Option<T> {
    let last = message.trim_end().rsplit("\n\n").next()?;
    let mut lines = last.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
    lines.next_back()?.trim().parse().ok()
}
