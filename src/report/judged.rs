//! By which rules a period is judged: those that were in force at its end.

use serde::Serialize;

use crate::domain::{
    analysis::kpi::targets::{Targets, repeat_days},
    base::document::Document,
    deciding::policy::Policy,
};

/// The rules of one commit, and whether they were in force at the end of the period.
#[derive(Clone, Debug)]
pub struct PeriodRules {
    pub policy: Policy,
    pub targets: Option<Targets>,
    /// Commit whose rules they are, as people quote it.
    pub revision: String,
    /// The period ended before the desk had rules, so those of today stand in.
    pub later: bool,
}

/// The versions of the rules that figures hang on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct RulesValues {
    targets: Option<RuleVersion>,
    hours: RuleVersion,
    limits: RuleVersion,
    revision: String,
    later: bool,
}

/// A version of one policy file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct RuleVersion {
    version: u32,
    effective_on: String,
}

impl PeriodRules {
    /// Within so many days the same fault of the same customer is a repeat.
    pub fn repeat_days(&self) -> u32 {
        self.targets.as_ref().map_or_else(repeat_days, |targets| targets.repeat_days)
    }

    pub(super) fn values(&self) -> RulesValues {
        let version = |document: &Document| RuleVersion {
            version: document.version,
            effective_on: document.effective_on.to_string(),
        };
        RulesValues {
            targets: self.targets.as_ref().map(|targets| version(&targets.document)),
            hours: version(&self.policy.calendar.rules().document),
            limits: version(&self.policy.levels.document),
            revision: self.revision.clone(),
            later: self.later,
        }
    }

    /// True for the same rules, in whichever commit they stand.
    pub(super) fn same(&self, other: &Self) -> bool {
        self.targets == other.targets
            && self.policy.levels == other.policy.levels
            && self.policy.calendar.rules() == other.policy.calendar.rules()
    }
}
