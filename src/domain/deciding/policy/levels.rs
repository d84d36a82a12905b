//! `policy/levels.yaml`: what is promised, and when the clock may stand still (R22–R33).

use serde::{Deserialize, Serialize};

use crate::domain::base::{
    bounded,
    document::Document,
    limit::{Limit, Limits},
    terms::{Grade, Kind, Level, PauseReason, ReopenedClock, Role},
};

/// Limits, the priority matrix and the rules around them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Levels {
    pub document: Document,
    pub limits: ByLevel,
    /// Limits of a kind in a level, which take the place of the level's.
    #[serde(default)]
    pub kinds: ByKind,
    pub priority: Matrix,
    /// Level of each priority, from 1 to 5.
    pub level_of_priority: [Level; 5],
    /// Impact and urgency where nobody says.
    pub assumed: DefaultGrades,
    pub major_criteria: Vec<Criterion>,
    /// Reasons for a pause; those with `stops_clock: false` only say what is waited for.
    pub pause_reasons: Vec<Pause>,
    /// A step told later than this needs a reason.
    pub late_entry: Limit,
    /// Whoever made a step may take it back until this long after entering it.
    #[serde(default = "quarter_of_an_hour")]
    pub undo: Limit,
    /// A record may be reopened until this long after closing.
    pub reopen_window: Limit,
    /// What becomes of the resolution clock then.
    #[serde(default = "stopped")]
    pub reopened: ReopenedClock,
    pub unreachable: Unreachable,
    /// Share of a limit, in per cent, from which a clock is at risk (R30).
    #[serde(deserialize_with = "bounded::whole::<_, _, 1, 100>")]
    pub at_risk: u8,
    /// A customer must have heard from us at least this often (R46).
    pub customer_contact: Limit,
    /// When the form of a visit is due (R70).
    #[serde(default)]
    pub visits: FormLimits,
    /// Who is told when how much of a limit is used (R48), lowest tier first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalation: Vec<Tier>,
}

/// How long after the customer signed the form of a visit it is where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormLimits {
    /// At the desk.
    pub hand_in: Limit,
    pub archive: Limit,
}

impl Default for FormLimits {
    fn default() -> Self {
        Self { hand_in: Limit::of_working_days(2), archive: Limit::of_working_days(5) }
    }
}

fn quarter_of_an_hour() -> Limit {
    Limit::of_minutes(15)
}

fn stopped() -> ReopenedClock {
    ReopenedClock::Stopped
}

/// Limits of each level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByLevel {
    pub major: Limits,
    pub urgent: Limits,
    pub general: Limits,
}

/// Limits of kinds, level by level; an absent one leaves the level's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByKind {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<KindLimits>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<KindLimits>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<KindLimits>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enquiry: Option<KindLimits>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint: Option<KindLimits>,
}

/// Limits of one kind in each level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindLimits {
    #[serde(default, skip_serializing_if = "Limits::is_none")]
    pub major: Limits,
    #[serde(default, skip_serializing_if = "Limits::is_none")]
    pub urgent: Limits,
    #[serde(default, skip_serializing_if = "Limits::is_none")]
    pub general: Limits,
}

/// Priority of each impact and urgency (R32).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    pub high: MatrixRow,
    pub medium: MatrixRow,
    pub low: MatrixRow,
}

/// Priority by urgency, for one impact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatrixRow {
    #[serde(deserialize_with = "bounded::whole::<_, _, 1, 5>")]
    pub high: u8,
    #[serde(deserialize_with = "bounded::whole::<_, _, 1, 5>")]
    pub medium: u8,
    #[serde(deserialize_with = "bounded::whole::<_, _, 1, 5>")]
    pub low: u8,
}

/// Impact and urgency that are assumed where nobody says (R33).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefaultGrades {
    pub stops_work: ImpactUrgency,
    pub enquiry: ImpactUrgency,
    pub otherwise: ImpactUrgency,
}

/// An impact with an urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImpactUrgency {
    pub impact: Grade,
    pub urgency: Grade,
}

/// What makes an event a major one (R40).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    pub id: String,
    pub en: String,
    pub zh: String,
}

/// A reason for a pause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    pub code: String,
    pub en: String,
    pub zh: String,
    pub stops_clock: bool,
}

/// Somebody higher who is told from a share of a limit on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    #[serde(deserialize_with = "bounded::whole::<_, _, 1, { u32::MAX }>")]
    pub tier: u32,
    /// Share of the response or resolution limit, in per cent.
    #[serde(deserialize_with = "bounded::whole::<_, _, 1, 1000>")]
    pub at: u16,
    pub role: Role,
}

/// When a customer counts as unreachable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unreachable {
    /// Callbacks without an answer that must have been tried.
    #[serde(deserialize_with = "bounded::whole::<_, _, 1, { u32::MAX }>")]
    pub attempts: u32,
    /// Different days they must have been spread over.
    #[serde(deserialize_with = "bounded::whole::<_, _, 1, { u32::MAX }>")]
    pub days: u32,
}

impl ByKind {
    /// What is there for a kind in a level; nothing for a remark.
    pub fn cell(&self, kind: Kind, level: Level) -> Limits {
        let of_kind = match kind {
            Kind::Request => self.request,
            Kind::Fault => self.fault,
            Kind::Change => self.change,
            Kind::Enquiry => self.enquiry,
            Kind::Complaint => self.complaint,
            Kind::Remark => None,
        }
        .unwrap_or_default();
        match level {
            Level::Major => of_kind.major,
            Level::Urgent => of_kind.urgent,
            Level::General => of_kind.general,
        }
    }
}

impl Levels {
    /// Limits of a record of this kind and level: the kind's in that level where it has one, else the
    /// level's.
    pub fn limits(&self, kind: Kind, level: Level) -> Limits {
        if kind == Kind::Remark {
            return Limits::default();
        }
        let own = self.kinds.cell(kind, level);
        let general = match level {
            Level::Major => self.limits.major,
            Level::Urgent => self.limits.urgent,
            Level::General => self.limits.general,
        };
        own.or(general)
    }

    /// Priority from 1 (first) to 5: that of the matrix, but a major event comes first (R39).
    pub fn priority_in(&self, level: Level, grades: ImpactUrgency) -> u8 {
        match level {
            Level::Major => 1,
            Level::Urgent | Level::General => self.priority(grades),
        }
    }

    /// Priority from 1 (first) to 5 by the matrix.
    pub fn priority(&self, grades: ImpactUrgency) -> u8 {
        let row = match grades.impact {
            Grade::High => &self.priority.high,
            Grade::Medium => &self.priority.medium,
            Grade::Low => &self.priority.low,
        };
        match grades.urgency {
            Grade::High => row.high,
            Grade::Medium => row.medium,
            Grade::Low => row.low,
        }
    }

    /// The level of a priority; beyond 5 the last one.
    pub fn level_of(&self, priority: u8) -> Level {
        let place = usize::from(priority.clamp(1, 5)) - 1;
        self.level_of_priority[place]
    }

    /// The criterion with this id.
    pub fn major_criterion(&self, id: &str) -> Option<&Criterion> {
        self.major_criteria.iter().find(|criterion| criterion.id == id)
    }

    /// The rule for a pause with this reason.
    pub fn pause(&self, reason: &PauseReason) -> Option<&Pause> {
        self.pause_reasons.iter().find(|pause| pause.code == reason.code())
    }
}
