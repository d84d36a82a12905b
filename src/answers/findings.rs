//! Findings as an answer: for people, for programs, for code hosts.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::{
    arguments::findings::{FailOn, FindingFormat},
    domain::{
        analysis::finding::{
            Detail, Finding, FindingCode, Severity,
            phrase::{DisputedField, Phrase},
        },
        base::{characters::clean_line, ids::RecordId, terms::ContactKey},
        history::contact::ContactField,
    },
    report::markdown,
    store::{git::ids::CommitId, layout},
    ui::{
        answer::{Answer, Json},
        terminal::{Style, Terminal},
    },
    words::{FindingNames, Words, label::Label, message::Message},
};

/// So many notes of one code are shown to people; programs get them all.
const NOTES: usize = 3;
/// And so many warnings.
const WARNINGS: usize = 10;

/// What was found, and in what.
#[derive(Clone, Debug)]
pub struct Findings {
    /// `check` or `audit`.
    pub by: &'static str,
    pub findings: Vec<Finding>,
    /// What was looked at, for people.
    pub seen: Message,
    /// The same for programs.
    pub facts: FindingFacts,
    pub form: FindingFormat,
    pub fail_on: FailOn,
    pub words: Words,
}

/// What was looked at, for programs.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum FindingFacts {
    Check {
        records: usize,
        contacts: usize,
    },
    Audit {
        head: CommitId,
        heads: Vec<AuditedHead>,
        commits: usize,
        /// Whether the head was written to the file of `--record-head`.
        recorded: bool,
    },
    Hook {
        hook: &'static str,
        commits: usize,
    },
}

/// A branch that was audited, with its newest commit.
#[derive(Clone, Debug, Serialize)]
pub struct AuditedHead {
    pub branch: String,
    pub head: CommitId,
}

impl Findings {
    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.code.severity() == severity).count()
    }

    /// No errors and no warnings.
    fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// The worst first; within one weight as they were found.
    fn sorted(&self) -> Vec<&Finding> {
        let mut sorted: Vec<_> = self.findings.iter().collect();
        sorted.sort_by_key(|finding| std::cmp::Reverse(finding.code.severity()));
        sorted
    }

    fn balance(&self) -> String {
        let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note]
            .map(|severity| self.count(severity));
        let of = self.words.message(&self.seen);
        self.words.message(&Message::Verdict { of, errors, warnings, notes })
    }

    fn text(&self, terminal: &Terminal) -> String {
        let words = self.words;
        let mut text = String::new();
        let sorted = self.sorted();
        for (nth, finding) in sorted.iter().enumerate() {
            let severity = finding.code.severity();
            let most = match severity {
                Severity::Error => usize::MAX,
                Severity::Warning => WARNINGS,
                Severity::Note => NOTES,
            };
            if most < sorted.len() {
                let alike = sorted.iter().filter(|other| other.code == finding.code).count();
                let before = sorted[..nth].iter().filter(|other| other.code == finding.code);
                match before.count() {
                    shown if shown < most => {}
                    shown if shown == most => {
                        text += &format!("    … +{}\n", alike - most);
                        continue;
                    }
                    _ => continue,
                }
            }
            let style = if severity == Severity::Error { Style::Alarm } else { Style::Bold };
            let head = format!("{} {}", words.severity(severity), finding.code.code());
            let place = location(finding, words);
            let what = [place.as_str(), words.finding(finding.code)].join("  ");
            let line = terminal.indented(&format!("{head}  {}", what.trim()), 0);
            text += &line.replacen(&head, &terminal.styled(&head, style), 1);
            let details = self.details(finding);
            if !details.is_empty() {
                text += &terminal.indented(&details, 4);
            }
            let advised = if self.by == "check" { Severity::Warning } else { Severity::Error };
            // said once where one commit has several findings
            let advice = self.advice(finding);
            let is_last = sorted.get(nth + 1).is_none_or(|next| self.advice(next) != advice);
            if severity >= advised && is_last {
                text += &terminal.indented(&advice, 4);
            }
        }
        text + &terminal.indented(&self.balance(), 0)
    }

    /// What is there and what should be.
    fn details(&self, finding: &Finding) -> String {
        let words = self.words;
        let (due, is) = words.detail_labels(finding.code);
        let part = |label: &str, detail: &Option<Detail>| {
            let detail = words.detail(detail.as_ref()?);
            let detail = if detail.is_empty() { "—" } else { &detail };
            Some(format!("{label}{}{}", words.colon(), clean_line(detail)))
        };
        let parts = [part(due, &finding.expected), part(is, &finding.found)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn advice(&self, finding: &Finding) -> String {
        if let Some(Detail::Phrase(phrase)) = &finding.found {
            // these say the commands themselves
            match phrase {
                Phrase::MergedBothWays { contact, .. } => {
                    return format!("docket contact show {contact}");
                }
                Phrase::CustomersInCircle { customer, .. } => {
                    return format!("docket customer show {customer}");
                }
                Phrase::NameOfTwo { holder, .. } => {
                    return format!("docket customer show {holder}");
                }
                Phrase::Crossed { record, .. } | Phrase::GoesOnByItself { record, .. } => {
                    return format!("docket show {record}");
                }
                _ => {}
            }
        }
        if let (Some(customer), Some(Detail::Phrase(Phrase::ValuesOf(..)))) =
            (finding.path.as_deref().and_then(layout::customer_of), &finding.found)
        {
            return self.words.message(&Message::CustomerDisputed { customer });
        }
        let contact = finding.path.as_deref().and_then(layout::contact_of);
        if let (Some(contact), Some(Detail::Phrase(Phrase::ValuesOf(field, _)))) =
            (contact, &finding.found)
        {
            let of = match field {
                DisputedField::Person(field) => vec![field.key()],
                DisputedField::Contact(ContactField::Customer) => vec![ContactKey::Customer],
                DisputedField::Contact(ContactField::MergedInto) | DisputedField::Customer(_) => {
                    Vec::new()
                }
            };
            return self.words.message(&Message::ContactDisputed { contact, of });
        }
        let of_path = || finding.path.as_deref().and_then(layout::record_of);
        let record = finding.record.clone().or_else(of_path);
        let path = finding.path.as_deref().map(clean_line);
        let names = FindingNames {
            commit: finding.commit.as_deref().map(short),
            id: record.as_ref().map(RecordId::as_str),
            path: path.as_deref(),
        };
        self.words.advice(finding.code, &names)
    }

    fn markdown(&self) -> String {
        let words = self.words;
        let head =
            [Label::Severity, Label::FindingCode, Label::Place, Label::Problem, Label::Detail]
                .map(|label| words.label(label));
        let mut text = format!("# docket {}\n\n{}\n", self.by, self.balance());
        if !self.findings.is_empty() {
            text += &format!("\n| {} |\n|---|---|---|---|---|\n", head.join(" | "));
        }
        for finding in self.sorted() {
            let cells = [
                words.severity(finding.code.severity()).to_owned(),
                finding.code.code().to_owned(),
                markdown(&location(finding, words)),
                words.finding(finding.code).to_owned(),
                markdown(&self.details(finding)),
            ];
            text += &format!("| {} |\n", cells.join(" | "));
        }
        text
    }

    /// SARIF 2.1.0.
    fn sarif(&self) -> Value {
        let words = self.words;
        let level = |severity| match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let mut rules: Vec<FindingCode> =
            self.findings.iter().map(|finding| finding.code).collect();
        rules.sort_unstable();
        rules.dedup();
        let rule = |fault: &FindingCode| {
            json!({
                "id": fault.code(),
                "name": format!("{fault:?}"),
                "shortDescription": { "text": words.finding(*fault) },
                "help": { "text": words.advice(*fault, &FindingNames::default()) },
                "defaultConfiguration": { "level": level(fault.severity()) },
            })
        };
        let result = |finding: &&Finding| {
            let subject = [location(finding, words), self.details(finding)].join("  ");
            let message = words.remarked(words.finding(finding.code), subject.trim());
            let path = finding.path.clone().or_else(|| {
                let id = finding.record.as_ref()?;
                Some(layout::record(id))
            });
            let mut location = json!({
                "artifactLocation": { "uri": path.unwrap_or_else(|| "docket.yaml".to_owned()) },
            });
            if let Some(line) = finding.line {
                location["region"] = json!({ "startLine": line });
            }
            json!({
                "ruleId": finding.code.code(),
                "level": level(finding.code.severity()),
                "message": { "text": message },
                "locations": [{ "physicalLocation": location }],
                "partialFingerprints": { "commit": finding.commit },
            })
        };
        let sorted = self.sorted();
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": format!("docket {}", self.by),
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules.iter().map(rule).collect::<Vec<_>>(),
                } },
                "results": sorted.iter().map(result).collect::<Vec<_>>(),
            }],
        })
    }
}

/// Commit, record and file.
fn location(finding: &Finding, words: Words) -> String {
    let commit = finding.commit.as_ref().map(|commit| match &finding.branch {
        Some(branch) => words.remarked(short(commit), &clean_line(branch)),
        None => short(commit).to_owned(),
    });
    let record = finding.record.as_ref().map(ToString::to_string);
    // a record's own file needs no telling
    let path = finding
        .path
        .as_ref()
        .filter(|path| record.as_ref().is_none_or(|id| !path.ends_with(&format!("{id}.yaml"))));
    let line = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
    let path = path.map(|path| format!("{}{line}", clean_line(path)));
    commit.into_iter().chain(record).chain(path).collect::<Vec<_>>().join(" ")
}

/// As much of a commit's name as people read.
fn short(commit: &str) -> &str {
    commit.get(..8).unwrap_or(commit)
}

impl Answer for Findings {
    fn human(&self, terminal: &Terminal) -> String {
        match self.form {
            FindingFormat::Text => self.text(terminal),
            FindingFormat::Md => self.markdown(),
            FindingFormat::Json => format!("{:#}\n", self.json()),
            FindingFormat::Sarif => format!("{:#}\n", self.sarif()),
        }
    }

    fn status(&self) -> u8 {
        let limit = match self.fail_on {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Note => Severity::Note,
        };
        u8::from(self.findings.iter().any(|finding| finding.code.severity() >= limit))
    }
}

impl Serialize for Findings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct FindingsKeys<'f> {
            clean: bool,
            errors: usize,
            warnings: usize,
            notes: usize,
            findings: Vec<FindingKeys<'f>>,
            #[serde(flatten)]
            facts: &'f FindingFacts,
        }
        #[derive(Serialize)]
        struct FindingKeys<'f> {
            code: &'static str,
            severity: Severity,
            record: Option<&'f RecordId>,
            path: Option<&'f str>,
            line: Option<usize>,
            commit: Option<&'f str>,
            branch: Option<&'f str>,
            expected: Option<String>,
            found: Option<String>,
            message: &'static str,
            advice: String,
        }
        let words = self.words;
        let exact = |detail: &Detail| match detail {
            Detail::Time(at) => at.to_string(),
            Detail::Value(_) | Detail::Phrase(_) => words.detail(detail),
        };
        let findings = self.sorted().into_iter().map(|finding| FindingKeys {
            code: finding.code.code(),
            severity: finding.code.severity(),
            record: finding.record.as_ref(),
            path: finding.path.as_deref(),
            line: finding.line,
            commit: finding.commit.as_deref(),
            branch: finding.branch.as_deref(),
            expected: finding.expected.as_ref().map(exact),
            found: finding.found.as_ref().map(exact),
            message: words.finding(finding.code),
            advice: self.advice(finding),
        });
        let keys = FindingsKeys {
            clean: self.is_clean(),
            errors: self.count(Severity::Error),
            warnings: self.count(Severity::Warning),
            notes: self.count(Severity::Note),
            findings: findings.collect(),
            facts: &self.facts,
        };
        keys.serialize(serializer)
    }
}
