//! `docket help procedure`: the table of steps, as the program itself uses it.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::{
    app::App,
    commands::Command,
    domain::{
        analysis::finding::FindingCode,
        base::terms::{Kind, State, Term},
        deciding::policy::roles::Roles,
        history::steps::{Action, Next, TABLE, Transition},
    },
    error::Result,
    ui::{answer::Answer, terminal::Terminal},
    words::{Words, label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct Help {
    #[command(subcommand)]
    what: HelpTopic,
}

#[derive(Debug, Subcommand)]
enum HelpTopic {
    Procedure(Procedure),
    Findings(FindingsHelp),
}

impl Command for Help {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        match self.what {
            HelpTopic::Procedure(procedure) => procedure.run(app),
            HelpTopic::Findings(findings) => findings.run(app),
        }
    }
}

#[derive(Args, Debug)]
pub struct Procedure {
    #[arg(long)]
    mermaid: bool,
}

#[derive(Args, Debug)]
pub struct FindingsHelp {}

#[derive(Debug)]
struct FindingList(Words);

impl Command for FindingsHelp {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        Ok(Box::new(FindingList(app.ui.words())))
    }
}

impl Answer for FindingList {
    fn human(&self, _: &Terminal) -> String {
        let words = self.0;
        let rows = FindingCode::ALL.iter().map(|fault| {
            let severity = words.severity(fault.severity());
            format!(
                "{} {severity}  {}\n     {}\n",
                fault.code(),
                words.finding(*fault),
                words.advice(*fault)
            )
        });
        rows.collect()
    }

    fn json(&self) -> Value {
        let words = self.0;
        let fault = |fault: &FindingCode| {
            json!({
                "code": fault.code(),
                "severity": fault.severity(),
                "message": words.finding(*fault),
                "advice": words.advice(*fault),
            })
        };
        json!({ "format": 1, "findings": FindingCode::ALL.iter().map(fault).collect::<Vec<_>>() })
    }
}

#[derive(Debug)]
struct Steps {
    mermaid: bool,
    /// Who may do what at this desk, or by default outside of any.
    roles: Roles,
}

impl Command for Procedure {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let of_desk = || app.desk().ok()?.view().ok()?.roles().ok();
        Ok(Box::new(Steps { mermaid: self.mermaid, roles: of_desk().unwrap_or_default() }))
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

impl Answer for Steps {
    fn human(&self, terminal: &Terminal) -> String {
        if self.mermaid {
            return mermaid();
        }
        let words = terminal.words;
        let rows: Vec<_> = TABLE
            .iter()
            .filter(|row| !matches!(row.to, Next::AsTold))
            .map(|row| {
                let to = match row.to {
                    Next::Same | Next::AsTold => words.label(Label::Unchanged).to_owned(),
                    Next::To(states) => from(states, words),
                };
                let may: Vec<_> =
                    self.roles.may(row.action).iter().map(|r| words.term(*r)).collect();
                vec![
                    format!("docket {}", verb(row.action)),
                    from(row.from, words),
                    to,
                    words.listed(&may),
                ]
            })
            .collect();
        let stricter = TABLE.iter().filter(|row| {
            self.roles.may_on(Kind::Complaint, row.action) != self.roles.may(row.action)
        });
        let stricter = stricter.map(|row| {
            let may = self.roles.may_on(Kind::Complaint, row.action);
            let may: Vec<_> = may.iter().map(|role| words.term(*role)).collect();
            let what = format!("docket {} · {}", verb(row.action), words.term(Kind::Complaint));
            vec![what, from(row.from, words), String::new(), words.listed(&may)]
        });
        let rows: Vec<_> = rows.into_iter().chain(stricter).collect();
        let head = [Label::Step, Label::StateBefore, Label::StateAfter, Label::AllowedRoles];
        format!("{}\n{}\n", terminal.table(&head, &rows), words.message(&Message::ComplaintRules))
    }

    fn json(&self) -> Value {
        let step = |row: &Transition| {
            let to = match row.to {
                Next::Same | Next::AsTold => json!(null),
                Next::To(states) => json!(states),
            };
            json!({ "action": row.action, "from": row.from, "to": to, "may": self.roles.may(row.action) })
        };
        json!({ "format": 1, "steps": TABLE.iter().map(step).collect::<Vec<_>>() })
    }
}

/// The words behind `docket` that take a step; files have others for some.
fn verb(action: Action) -> String {
    match action {
        Action::Kept => "fulfil".to_owned(),
        Action::Pend => "hold".to_owned(),
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
