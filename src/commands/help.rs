//! `docket help TOPIC`: what belongs to no single command, from what the program itself uses.

use clap::{Args, Subcommand};
use serde::{Serialize, Serializer};

use crate::{
    app::App,
    commands::Command,
    domain::{
        analysis::finding::{FindingCode, Severity},
        base::{
            characters::half_width,
            terms::{Kind, Role, State, Term},
        },
        deciding::policy::roles::Roles,
        history::steps::{Action, Next, TABLE, Transition},
    },
    error::{Result, usage::ValueFault},
    ui::{
        answer::Answer,
        terminal::{Medium, Terminal},
    },
    words::{FindingNames, Words, help::TopicText, label::Label, message::Message, read_code},
};

/// Columns of a topic that is read; where there is more room, the rest stays free.
const PAGE: u16 = 80;

#[derive(Args, Debug)]
pub struct Help {
    #[command(subcommand)]
    what: HelpTopic,
}

// The topics; a new one is a line here, one below and its texts in the catalogues.
#[derive(Debug, Subcommand)]
enum HelpTopic {
    Procedure(Procedure),
    Findings(FindingsHelp),
    Times,
    Languages,
    Identity,
}

impl Command for Help {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let texts = app.ui.words().help();
        match self.what {
            HelpTopic::Procedure(procedure) => procedure.run(app),
            HelpTopic::Findings(findings) => findings.run(app),
            HelpTopic::Times => Ok(Box::new(TimeForms::of(texts.times))),
            HelpTopic::Languages => Ok(Box::new(TopicPage::of(&texts.languages))),
            HelpTopic::Identity => Ok(Box::new(TopicPage::of(&texts.identity))),
        }
    }
}

/// What the topics are called.
pub fn topics() -> Vec<String> {
    let topics = HelpTopic::augment_subcommands(clap::Command::default());
    topics.get_subcommands().map(|topic| topic.get_name().to_owned()).collect()
}

/// Whether a word looks like the code of a finding, such as `A31`.
pub fn is_finding(word: &str) -> bool {
    let chars = word.chars().map(half_width);
    let (letters, digits): (String, String) = chars.partition(|c| !c.is_ascii_digit());
    matches!(letters.as_bytes(), [letter] if letter.is_ascii_alphabetic()) && digits.len() == 2
}

#[derive(Args, Debug)]
pub struct Procedure {
    #[arg(long)]
    mermaid: bool,
}

#[derive(Args, Debug)]
pub struct FindingsHelp {
    #[arg(value_name = "FINDING", value_parser = finding)]
    finding: Option<FindingCode>,
}

fn finding(typed: &str) -> std::result::Result<FindingCode, ValueFault> {
    let codes = || FindingCode::ALL.iter().map(|finding| finding.code());
    let code = read_code("", typed, codes());
    let found = FindingCode::ALL.iter().find(|finding| Some(finding.code()) == code.as_deref());
    let known = || codes().map(str::to_owned).collect();
    found.copied().ok_or_else(|| ValueFault::NoneOf { vocabulary: "", known: known() })
}

/// A topic that is told in sentences.
#[derive(Debug, Serialize)]
struct TopicPage {
    intro: &'static str,
    entries: Vec<TopicEntry>,
    notes: &'static [&'static str],
}

#[derive(Debug, Serialize)]
struct TopicEntry {
    term: &'static str,
    meaning: &'static str,
}

impl TopicPage {
    fn of(text: &TopicText) -> Self {
        let entry = |(term, meaning): &(&'static str, &'static str)| TopicEntry { term, meaning };
        let entries = text.entries.iter().map(entry).collect();
        Self { intro: text.intro, entries, notes: text.notes }
    }
}

impl Answer for TopicPage {
    fn human(&self, terminal: &Terminal) -> String {
        let page = page(terminal);
        let entry = |entry: &TopicEntry| (entry.term.to_owned(), entry.meaning.to_owned());
        let entries: Vec<_> = self.entries.iter().map(entry).collect();
        let notes = self.notes.iter().map(|note| page.paragraph(note));
        let parts = [page.paragraph(self.intro), page.entries(&entries)].into_iter().chain(notes);
        parts.collect::<Vec<_>>().join("\n")
    }
}

fn page(terminal: &Terminal) -> Terminal {
    Terminal { width: terminal.width.min(PAGE), ..*terminal }
}

/// The forms in which a time can be typed.
#[derive(Debug, Serialize)]
struct TimeForms {
    times: Vec<TimeForm>,
}

#[derive(Debug, Serialize)]
struct TimeForm {
    /// Examples, each of which can be typed.
    forms: &'static [&'static str],
    meaning: &'static str,
}

impl TimeForms {
    fn of(forms: &[(&'static [&'static str], &'static str)]) -> Self {
        let forms = forms.iter().copied();
        Self { times: forms.map(|(forms, meaning)| TimeForm { forms, meaning }).collect() }
    }
}

impl Answer for TimeForms {
    fn human(&self, terminal: &Terminal) -> String {
        let spelled = |form: &TimeForm| form.forms.join(terminal.words.help().frame.between);
        let entries: Vec<_> =
            self.times.iter().map(|form| (spelled(form), form.meaning.to_owned())).collect();
        page(terminal).entries(&entries)
    }
}

#[derive(Debug, Serialize)]
struct FindingList {
    findings: Vec<ExplainedFinding>,
}

/// A finding with what it means.
#[derive(Debug, Serialize)]
struct ExplainedFinding {
    code: &'static str,
    severity: Severity,
    message: &'static str,
    advice: String,
}

impl Command for FindingsHelp {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let words = app.ui.words();
        let wanted =
            FindingCode::ALL.iter().filter(|code| self.finding.is_none_or(|it| it == **code));
        let findings = wanted.map(|code| ExplainedFinding {
            code: code.code(),
            severity: code.severity(),
            message: words.finding(*code),
            advice: words.advice(*code, &FindingNames::default()),
        });
        Ok(Box::new(FindingList { findings: findings.collect() }))
    }
}

impl Answer for FindingList {
    fn human(&self, terminal: &Terminal) -> String {
        let rows =
            self.findings.iter().map(|ExplainedFinding { code, severity, message, advice }| {
                let severity = terminal.words.severity(*severity);
                let head = terminal.indented(&format!("{code} {severity}  {message}"), 0);
                head + &terminal.indented(advice, 5)
            });
        let intro = terminal.words.message(&Message::FindingsAre);
        let intro = (self.findings.len() > 1).then(|| terminal.indented(&intro, 0) + "\n");
        intro.into_iter().chain(rows).collect()
    }
}

#[derive(Debug)]
struct StepTable {
    mermaid: bool,
    /// Who may do what at this desk, or by default outside of any.
    roles: Roles,
}

impl Command for Procedure {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let of_desk = || app.desk().ok()?.view().ok()?.roles().ok();
        Ok(Box::new(StepTable { mermaid: self.mermaid, roles: of_desk().unwrap_or_default() }))
    }
}

fn from(states: &[State], words: Words) -> String {
    let unfinished = State::ALL.iter().filter(|state| state.is_unfinished()).count();
    if states.len() == State::ALL.len() {
        return words.label(Label::AnyState).to_owned();
    }
    if states.len() == unfinished && states.iter().all(|state| state.is_unfinished()) {
        return words.label(Label::AllUnfinished).to_owned();
    }
    words.listed(&states.iter().map(|state| words.term(*state)).collect::<Vec<_>>())
}

impl Serialize for StepTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct StepTableKeys<'t> {
            steps: Vec<StepTableRow<'t>>,
        }
        #[derive(Serialize)]
        struct StepTableRow<'t> {
            action: Action,
            from: &'static [State],
            /// Absent where the state stays, is as it was told, or as it was before.
            to: Option<&'static [State]>,
            may: &'t [Role],
        }
        let steps = TABLE.iter().map(|row| StepTableRow {
            action: row.action,
            from: row.from,
            to: match row.to {
                Next::Same | Next::AsTold | Next::Back => None,
                Next::To(states) => Some(states),
            },
            may: self.roles.may(row.action),
        });
        StepTableKeys { steps: steps.collect() }.serialize(serializer)
    }
}

impl Answer for StepTable {
    fn human(&self, terminal: &Terminal) -> String {
        if self.mermaid {
            return mermaid();
        }
        let words = terminal.words;
        let steps = TABLE.iter().filter(|row| !matches!(row.to, Next::AsTold));
        let steps = steps.map(|row| ExplainedStep::of(row, &self.roles, words));
        let rules = terminal.indented(&words.message(&Message::ComplaintRules), 0);
        let table = match terminal.medium {
            Medium::Pipe => table(steps, terminal),
            Medium::Screen => pairs_of_lines(steps, terminal),
        };
        format!("{table}\n{rules}")
    }
}

/// A step in the words of a page.
struct ExplainedStep {
    command: String,
    before: String,
    after: String,
    roles: String,
    /// Who may take it on a complaint; empty where that is the same.
    roles_on_complaints: String,
}

impl ExplainedStep {
    fn of(row: &Transition, roles: &Roles, words: Words) -> Self {
        let after = match row.to {
            Next::Same | Next::AsTold => words.label(Label::Unchanged).to_owned(),
            Next::Back => words.label(Label::StateRestored).to_owned(),
            Next::To(states) => from(states, words),
        };
        let named = |roles: &[Role]| {
            words.listed(&roles.iter().map(|role| words.term(*role)).collect::<Vec<_>>())
        };
        let (all, stricter) = (roles.may(row.action), roles.may_on(Kind::Complaint, row.action));
        Self {
            command: format!("docket {}", verb(row.action)),
            before: from(row.from, words),
            after,
            roles: named(all),
            roles_on_complaints: if stricter == all { String::new() } else { named(stricter) },
        }
    }
}

/// One line a step, and one more where complaints have a rule of their own.
fn table(steps: impl Iterator<Item = ExplainedStep>, terminal: &Terminal) -> String {
    let complaint = terminal.words.term(Kind::Complaint);
    let head = [Label::Step, Label::StateBefore, Label::StateAfter, Label::AllowedRoles];
    let rows = steps.flat_map(|step| {
        let ExplainedStep { command, before, after, roles, roles_on_complaints } = step;
        let on_complaints = (!roles_on_complaints.is_empty()).then(|| {
            let what = format!("{command} · {complaint}");
            vec![what, before.clone(), after.clone(), roles_on_complaints]
        });
        [Some(vec![command, before, after, roles]), on_complaints].into_iter().flatten()
    });
    terminal.table(&head, &rows.collect::<Vec<_>>())
}

/// The states and below them the roles, each beside the step.
fn pairs_of_lines(steps: impl Iterator<Item = ExplainedStep>, terminal: &Terminal) -> String {
    let words = terminal.words;
    let label = |label| words.label(label);
    let passage = |before: &str, after: &str| format!("{before} → {after}").trim().to_owned();
    let head = passage(label(Label::StateBefore), label(Label::StateAfter));
    let head = format!("{head}\n{}", label(Label::AllowedRoles));
    let steps = steps.map(|step| {
        let mut lines = vec![passage(&step.before, &step.after), step.roles];
        if !step.roles_on_complaints.is_empty() {
            lines.push(words.pair(words.term(Kind::Complaint), &step.roles_on_complaints));
        }
        terminal.field(&step.command, &lines.join("\n"))
    });
    terminal.field(label(Label::Step), &head) + &steps.collect::<String>()
}

/// The words behind `docket` that take a step; files have others for some.
fn verb(action: Action) -> String {
    match action {
        Action::Fulfil => "fulfil".to_owned(),
        Action::Hold => "hold".to_owned(),
        Action::Drop => "attachment drop".to_owned(),
        Action::Recompute => "sla recompute".to_owned(),
        other => other.code().replace('_', " "),
    }
}

/// The steps that change the state, as a diagram; steps that most unfinished states allow are drawn
/// once, from the frame around them.
fn mermaid() -> String {
    let mut text =
        "stateDiagram-v2\n    [*] --> open: open\n    [*] --> closed: remark\n".to_owned();
    let mut from_frame = String::new();
    text += "    state unfinished {\n";
    for row in TABLE {
        let Next::To(targets) = row.to else { continue };
        let wide = row.from.len() >= 5;
        for target in targets {
            let leaves = !target.is_unfinished();
            if wide {
                from_frame += &format!("    unfinished --> {target}: {}\n", verb(row.action));
                continue;
            }
            for source in row.from.iter().filter(|source| *source != target) {
                let line = format!("    {source} --> {target}: {}\n", verb(row.action));
                if leaves || !source.is_unfinished() {
                    from_frame += &line;
                } else {
                    text += &format!("    {line}");
                }
            }
        }
    }
    format!("{text}    }}\n{from_frame}")
}
