//! The report that a closing keeps (R55).

use serde_json::Value;

use crate::{
    domain::{deciding::policy::Policy, history::record::Record},
    error::template::TemplateError,
    report::{EDITION, ReportContent, complaint, override_path, request, values::Privacy},
    words::{Lang, Words},
};

/// The report of a closed record before its template is run.
#[derive(Clone, Debug)]
pub struct ReportDraft {
    content: ReportContent,
    words: Words,
    /// The desk's own template.
    pub own: Option<String>,
}

/// The report with what it was rendered from.
#[derive(Clone, Debug)]
pub struct KeptReport {
    values: Value,
    own: Option<String>,
    pub text: String,
}

impl KeptReport {
    /// True where rendering the draft would give the same text.
    pub fn is_of(&self, draft: &ReportDraft) -> bool {
        self.values == draft.content.values && self.own == draft.own
    }
}

impl ReportDraft {
    /// Runs the template.
    pub fn rendered(self) -> Result<KeptReport, TemplateError> {
        let text = self.content.markdown(self.words, self.own.as_deref())?;
        Ok(KeptReport { values: self.content.values, own: self.own, text })
    }
}

/// Whether a kept report is of a later docket, and cannot be made again. No docket that keeps
/// reports had an edition before this one.
pub fn is_later(edition: u32) -> bool {
    edition > EDITION
}

/// Where the desk's own template for a closed record, or one that is to be closed, would lie.
pub fn template(record: &Record, lang: Lang) -> String {
    let complaint = record.status.complaint.is_some();
    override_path(if complaint { "complaint-form" } else { "request" }, lang)
}

/// The report of a record, with its times told in the desk's zone, as far as it hangs on no template;
/// personal data is masked, for contacts are not looked up.
pub fn draft(
    closed: &Record,
    policy: &Policy,
    words: Words,
    own: Option<String>,
) -> Result<ReportDraft, TemplateError> {
    let now = closed.status.times.last_at;
    let case = request::RequestInput { record: closed, policy, contacts: &[], now, revision: "" };
    let form = complaint::content(&case, words, Privacy::Masked)?;
    let content = match form {
        Some(content) => content,
        None => request::content(&case, words, Privacy::Masked)?,
    };
    Ok(ReportDraft { content, words, own })
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;
    use crate::{
        domain::{
            base::{terms::ReportName, zone::Zone},
            deciding::policy::desk::DeskSettings,
        },
        report::fields::fields,
        store::{defaults, yaml},
    };

    #[test]
    fn every_value_of_a_record_that_a_template_sees_is_explained() {
        let desk = DeskSettings {
            reach: [("phone".to_owned(), "110".to_owned())].into(),
            ..DeskSettings::for_tests("Desk", "UTC", "en")
        };
        let words = Words::new(Lang::En);
        let policy = defaults::policy(&desk, Zone::UTC, words.unit_names()).unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/rules-1");
        let mut seen = 0;
        for file in fs::read_dir(folder).unwrap() {
            let record: Record =
                yaml::from_slice(&fs::read(file.unwrap().path()).unwrap()).unwrap();
            let name = match &record.status.complaint {
                Some(_) => ReportName::ComplaintForm,
                None => ReportName::Request,
            };
            let known = fields(name, words);
            let mut used = Vec::new();
            let values = draft(&record, &policy, words, None).unwrap().content.values;
            paths(&values, "", &mut used);
            for path in &used {
                let is_known = known.iter().any(|(name, _)| name == path);
                assert!(is_known, "{name} does not explain {path} of {}", record.id);
            }
            seen += used.len();
        }
        assert!(seen > 1_000, "{seen} values");
    }

    fn paths(value: &Value, name: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                for (key, inner) in map {
                    let dot = if name.is_empty() { "" } else { "." };
                    paths(inner, &format!("{name}{dot}{key}"), found);
                }
            }
            Value::Array(list) => {
                for inner in list {
                    paths(inner, &format!("{name}[]"), found);
                }
            }
            Value::Null => {}
            _ => found.push(name.to_owned()),
        }
    }
}
