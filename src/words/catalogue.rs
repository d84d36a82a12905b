//! The shape of a language: all that docket says, to be filled once for each.

use crate::{
    domain::{
        analysis::{
            finding::{FindingCode, Severity},
            kpi::{Kpi, figure::TargetStanding},
            source::{MapFault, RowChange, RowFault},
        },
        base::{limit::LimitUnit, text::TextFault},
        history::refusal::Gap,
    },
    words::{
        Lang, MissingField, RefusalDetails, damage::DamageKind, label::Label, message::Message,
    },
};

/// All that docket says in one language.
pub(super) struct Catalogue {
    pub(super) lang: Lang,
    /// The spelling in `docket.yaml` and of `--lang`, and the folder of its templates.
    pub(super) code: &'static str,
    /// Vocabulary, code, word.
    pub(super) terms: &'static [(&'static str, &'static str, &'static str)],
    /// From Monday on.
    pub(super) weekdays: [&'static str; 7],
    /// Units of a length of time, in short.
    pub(super) hour_and_minute: [&'static str; 2],
    /// Between a label and its text.
    pub(super) colon: &'static str,
    /// Built-in templates, each by the name of its file.
    pub(super) templates: &'static [(&'static str, &'static str)],
    /// Which of the English and the Chinese text of a policy is for its readers.
    pub(super) of_policy: for<'a> fn(english: &'a str, chinese: &'a str) -> &'a str,
    pub(super) label: fn(Label) -> &'static str,
    pub(super) limit: fn(u32, LimitUnit) -> String,
    pub(super) message: fn(&Message) -> String,
    pub(super) refused: fn(&RefusalDetails) -> String,
    pub(super) hint: fn(&RefusalDetails) -> Option<String>,
    /// What is missing, each with the command that supplies it.
    pub(super) gaps: fn(&[Gap], &RefusalDetails) -> Vec<MissingField>,
    pub(super) text_fault: fn(&TextFault) -> String,
    pub(super) severity: fn(Severity) -> &'static str,
    pub(super) finding: fn(FindingCode) -> &'static str,
    pub(super) advice: fn(FindingCode) -> &'static str,
    pub(super) row_fault: fn(&RowFault) -> String,
    pub(super) row_noted: fn(RowChange) -> &'static str,
    pub(super) map_fault: fn(&MapFault) -> String,
    /// What a figure is called, and what it counts.
    pub(super) figure: fn(Kpi) -> (&'static str, &'static str),
    pub(super) target: fn(TargetStanding) -> &'static str,
    pub(super) damage: fn(DamageKind) -> DamageText,
}

/// What is said of something damaged.
pub(super) struct DamageText {
    pub(super) what: &'static str,
    /// What `--repair` does about it; empty where it does nothing.
    pub(super) repair: &'static str,
    /// What a person does about it.
    pub(super) by_hand: &'static str,
}

/// Every built-in template of the language whose templates lie in the folder.
macro_rules! templates {
    ($folder:literal) => {
        templates!(
            $folder: "card.md" "complaint-form.md" "complaint-register.md" "daily.md" "faults.md"
            "handover.md" "kpi.md" "questionnaire.html" "questionnaire.md" "register.md"
            "request.md" "service.md" "survey.md"
        )
    };
    ($folder:literal: $($name:literal)+) => {
        &[$((
            $name,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/", $folder, "/", $name)),
        ),)+]
    };
}

pub(super) use templates;
