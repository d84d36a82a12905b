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
    let case = request::RequestInput { record: closed, policy, contacts: &[], revision: "" };
    let form = complaint::content(&case, words, Privacy::Masked)?;
    let content = match form {
        Some(content) => content,
        None => request::content(&case, words, Privacy::Masked)?,
    };
    Ok(ReportDraft { content, words, own })
}
