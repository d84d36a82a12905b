//! The command by which two files of rules go together that do not, the same in every language but for what
//! stands in the place of values.

use crate::{
    domain::deciding::policy::PolicyReference,
    store::error::{Error, PolicyFault},
};

/// What would mend a change of rules that was refused.
pub(super) struct Mending<'e> {
    pub command: String,
    /// What the file that was to change has to keep until the command has been given; `None` where the
    /// command changes that very file.
    pub kept: Option<&'e str>,
}

/// What would mend the change of the file at `path`, where one command does it. `value` and `reason` stand
/// for what is to be told.
pub(super) fn mending<'e>(
    path: &str,
    why: &'e Error,
    [value, reason]: [&str; 2],
) -> Option<Mending<'e>> {
    let Error::Policy { key: Some(key), fault, .. } = why else { return None };
    let PolicyFault::Dangling(found) = &**fault else { return None };
    if matches!(found.what, PolicyReference::PersonId | PolicyReference::Email) {
        return None;
    }
    let value = found.nearest.first().map_or(value, String::as_str);
    let command = match key.split('.').nth(1) {
        Some(person) if found.file == "people" => {
            format!("docket people change {person} --unit {value}")
        }
        _ => format!("docket policy set {}.{key} {value} --reason {reason}", found.file),
    };
    let is_own = path.ends_with(&format!("/{}.yaml", found.file));
    Some(Mending { command, kept: (!is_own).then_some(found.given.as_str()) })
}
