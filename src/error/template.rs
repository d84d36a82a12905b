//! Templates that cannot be rendered.

use serde::{Deserialize, Serialize};

/// A template that cannot be rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateError {
    /// It is wrong, or does not go with the values.
    Fault {
        template: String,
        why: String,
        /// What the template may have meant by the name at the place of the fault, nearest first.
        near: Vec<String>,
    },
    /// It takes or writes more than a template of a desk may.
    Beyond { template: String, bound: Bound },
}

/// The bound that a template went beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Seconds of computing.
    Time { seconds: u64 },
    /// Memory, which includes how deep a template nests.
    Memory { mebibytes: u64 },
    /// Length of the report.
    Output { mebibytes: u64 },
}
