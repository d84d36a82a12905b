//! The shape of a language: all that docket says, to be filled once for each.

use crate::{
    domain::{
        analysis::{
            check::sample::{CheckPoint, ObservedFact},
            finding::{FindingCode, Severity, phrase::Phrase},
            kpi::{Kpi, figure::TargetStanding},
            source::{RowChange, RowFault},
        },
        base::{
            limit::LimitUnit,
            moment::MomentError,
            nearness::{Nearness, RoundedLength},
        },
        deciding::{items::ItemDuty, policy::people::People, rule_days::WaitingStage},
        history::refusal::MissingPart,
    },
    error::{Error, MissingField, RefusalDetails},
    store::{
        self,
        git::{self, error::Unfinished, header::OddPart},
        signature::SignatureFault,
    },
    words::{
        Lang, damage::DamageKind, fields::FieldGroup, help::HelpTexts, label::Label,
        message::Message, typed::TypedWord,
    },
};

/// All that docket says in one language.
pub(super) struct Catalogue {
    pub(super) lang: Lang,
    /// The spelling in `docket.yaml` and of `--lang`, and the folder of its templates.
    pub(super) code: &'static str,
    /// Vocabulary, code, word.
    pub(super) terms: &'static [(&'static str, &'static str, &'static str)],
    /// Vocabulary, code, word where the customer is a department of the house and its people are users.
    pub(super) internal: &'static [(&'static str, &'static str, &'static str)],
    /// Vocabulary, code, another word that people type for it.
    pub(super) aliases: &'static [(&'static str, &'static str, &'static str)],
    /// From Monday on.
    pub(super) weekdays: [&'static str; 7],
    /// What stands for a reason in a command that is proposed.
    pub(super) reason: &'static str,
    /// Between a label and its text.
    pub(super) colon: &'static str,
    /// Between words in a row.
    pub(super) comma: &'static str,
    /// Between parts of a sentence.
    pub(super) semicolon: &'static str,
    /// Built-in templates, each by the name of its file.
    pub(super) templates: &'static [(&'static str, &'static str)],
    /// Which of the English and the Chinese text of a policy is for its readers.
    pub(super) of_policy: for<'a> fn(english: &'a str, chinese: &'a str) -> &'a str,
    pub(super) label: fn(Label) -> &'static str,
    pub(super) limit: fn(u32, LimitUnit) -> String,
    /// A month, by its year and its number.
    pub(super) month: fn(i32, u32) -> String,
    /// How a time lies to the present one.
    pub(super) nearness: fn(&Nearness) -> String,
    /// By how much something is late, in one unit.
    pub(super) late: fn(RoundedLength) -> String,
    /// The same as exactly as people say it.
    pub(super) late_by: fn(RoundedLength) -> String,
    /// A due time before it was moved: when that was done, and to which time.
    pub(super) moved_due: fn(before: &str, at: &str, after: &str) -> String,
    /// That a day is worked in exchange for a holiday.
    pub(super) make_up: fn(holiday: &str) -> String,
    /// The duty to pass a message on to the colleague it is for.
    pub(super) relay: fn(wanted: &str) -> String,
    /// What comes next of an item, and whose it is.
    pub(super) item: fn(&ItemDuty, person: &str) -> String,
    /// The duty to escalate to a role, at a tier.
    pub(super) escalate: fn(tier: u32, role: &str) -> String,
    /// How people type a word, in lower case.
    pub(super) typed: fn(TypedWord) -> &'static [&'static str],
    pub(super) message: fn(&Message) -> String,
    pub(super) refused: fn(&RefusalDetails) -> String,
    /// What is missing, each with the command that supplies it.
    pub(super) gaps: fn(&[MissingPart], &RefusalDetails) -> Vec<MissingField>,
    pub(super) severity: fn(Severity) -> &'static str,
    pub(super) finding: fn(FindingCode) -> &'static str,
    pub(super) advice: fn(FindingCode) -> &'static str,
    /// What stands before the expected and before the found of a finding.
    pub(super) detail_labels: fn(FindingCode) -> (&'static str, &'static str),
    pub(super) phrase: fn(&Phrase) -> String,
    pub(super) odd_part: fn(&OddPart) -> String,
    pub(super) signature_fault: fn(&SignatureFault) -> String,
    pub(super) check_point: fn(CheckPoint) -> &'static str,
    /// What is to be seen of a check point, with the name of the record's category and the roster.
    pub(super) observed: fn(&ObservedFact, &str, &People) -> String,
    pub(super) row_fault: fn(&RowFault) -> String,
    pub(super) row_noted: fn(RowChange) -> &'static str,
    /// What stands in a map of docket's for a cell that says nothing, by its English words.
    pub(super) filler: fn(&str) -> Option<&'static str>,
    /// What a figure is called, and what it counts.
    pub(super) figure: fn(Kpi) -> (&'static str, &'static str),
    pub(super) target: fn(TargetStanding) -> &'static str,
    /// Per cent, of tenths.
    pub(super) percent: fn(u64) -> String,
    /// A length of time in minutes.
    pub(super) length: fn(i64) -> String,
    /// A bound of a target: its sign, its number, and whether that is per cent.
    pub(super) bound: fn(&str, &str, bool) -> String,
    /// The title of a figure in groups: the figure, and by what.
    pub(super) grouped: fn(&str, &str) -> String,
    /// The title of a figure in per cent.
    pub(super) in_percent: fn(&str) -> String,
    /// A text with a remark on it.
    pub(super) remarked: fn(&str, &str) -> String,
    /// The standing of a file of rules: the day for which it was drafted, or adopted.
    pub(super) waiting_rules: fn(WaitingStage) -> String,
    /// The name of an agreement, its version, and whether it had ended.
    pub(super) agreement: fn(&str, u32, bool) -> String,
    /// That a report is about the records of a customer, a unit or both alone.
    pub(super) only: fn(Option<&str>, Option<&str>) -> String,
    /// The values of a group that templates see, each with its meaning.
    pub(super) fields: fn(FieldGroup) -> &'static [(&'static str, &'static str)],
    pub(super) damage: fn(DamageKind) -> DamageText,
    pub(super) error: fn(&Error) -> String,
    pub(super) error_hint: fn(&Error) -> Option<String>,
    pub(super) store_error: fn(&store::error::Error) -> String,
    /// The same where the file is named already.
    pub(super) file_fault: fn(&store::error::Error) -> String,
    pub(super) git_error: fn(&git::error::Error) -> String,
    /// What git has begun in a working tree.
    pub(super) unfinished: fn(Unfinished) -> &'static str,
    pub(super) moment_fault: fn(&MomentError) -> String,
    pub(super) help: &'static HelpTexts,
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
            "remote.md" "request.md" "service.md" "survey.md" "visit-form.html" "visit-form.md"
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
