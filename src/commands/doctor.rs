//! `docket doctor`: finds and mends what a person or another tool broke.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::{
    app::{
        App,
        doctor::{Ailment, Edits, Outcome, Seen},
    },
    commands::Command,
    error::{Error, Field, Result},
    store::find::{Purpose, RecordRef},
    ui::{
        answer::Answer,
        escape::clean_line,
        paper::{Paper, Style},
    },
    words::{label::Label, said::Said, sick::Sick},
};

/// Find what a person or another tool broke, and mend it
///
/// Without --repair it only shows. Every repair is a commit of its own, or ends the merge that git
/// was in. Files that were changed by hand stay, unless --edits says what is to become of them.
#[derive(Args, Debug)]
#[command(after_help = "Examples: docket doctor\n          \
    docket doctor 7k3qx --repair\n          \
    docket doctor --repair --edits keep --reason \"corrected in the editor\"")]
pub struct Doctor {
    /// Records to hold against their whole history, by their ids or tails
    #[arg(value_name = "RECORD")]
    records: Vec<RecordRef>,
    /// Mend what was found
    #[arg(long)]
    repair: bool,
    /// What becomes of files that were changed by hand: keep them as an amend of yours, or drop them
    #[arg(long, value_name = "keep|drop", requires = "repair")]
    edits: Option<Kept>,
    /// Why, for the amend
    #[arg(long, value_name = "TEXT", requires = "edits")]
    reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kept {
    Keep,
    Drop,
}

/// What was found, and what became of it.
#[derive(Debug)]
struct Examined {
    seen: Vec<Seen>,
}

impl Command for Doctor {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.view()?;
        let named = self.records.iter().map(|record| desk.id(&view, record, Purpose::Look));
        let named = named.collect::<Result<Vec<_>>>()?;
        if !self.repair {
            let seen = desk.ailments(&named)?.into_iter().map(|ailment| {
                let outcome = preview(&ailment);
                Seen { ailment, outcome }
            });
            return Ok(Box::new(Examined { seen: seen.collect() }));
        }
        let edits = match self.edits {
            None => Edits::Leave,
            Some(Kept::Drop) => Edits::Drop,
            Some(Kept::Keep) => Edits::Keep,
        };
        let reason = match (edits, &self.reason) {
            (Edits::Keep, None) => {
                let reason = app.ui.words().label(Label::Reason).to_owned();
                let field = Field { field: reason, flag: "--reason".to_owned() };
                return Err(Error::Missing { command: "doctor", fields: vec![field] });
            }
            (_, reason) => reason.clone().unwrap_or_default(),
        };
        Ok(Box::new(Examined { seen: desk.mend(&named, edits, &reason)? }))
    }
}

/// What --repair would do.
fn preview(ailment: &Ailment) -> Outcome {
    match ailment {
        Ailment::Merge { .. }
        | Ailment::Broken { .. }
        | Ailment::Archive { .. }
        | Ailment::Stray { .. } => Outcome::Mendable,
        Ailment::Operation { .. }
        | Ailment::Edit { .. }
        | Ailment::Policy { .. }
        | Ailment::Lock { .. } => Outcome::ForPerson,
    }
}

/// The ailment as the words know it.
fn sick(ailment: &Ailment) -> Sick {
    match ailment {
        Ailment::Merge { .. } => Sick::Merge,
        Ailment::Operation { .. } => Sick::Operation,
        Ailment::Edit { .. } => Sick::Edit,
        Ailment::Policy { .. } => Sick::Policy,
        Ailment::Broken { .. } => Sick::Broken,
        Ailment::Archive { .. } => Sick::Archive,
        Ailment::Lock { .. } => Sick::Lock,
        Ailment::Stray { .. } => Sick::Stray,
    }
}

/// Where it is, or what.
fn place(ailment: &Ailment) -> String {
    match ailment {
        Ailment::Merge { paths } => paths.join(", "),
        Ailment::Operation { what } => (*what).to_owned(),
        Ailment::Edit { path }
        | Ailment::Archive { path, .. }
        | Ailment::Lock { path }
        | Ailment::Stray { path } => path.clone(),
        Ailment::Broken { path, why } | Ailment::Policy { path, why } => {
            let why = why.strip_prefix(&format!("{path}: ")).unwrap_or(why);
            format!("{path}: {why}")
        }
    }
}

fn is_well(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Mended | Outcome::Dropped { .. })
}

impl Answer for Examined {
    fn human(&self, paper: &Paper) -> String {
        let words = paper.words;
        if self.seen.is_empty() {
            return format!("{}\n", words.said(&Said::Healthy));
        }
        let mut text = String::new();
        for Seen { ailment, outcome } in &self.seen {
            let kind = sick(ailment);
            let style = if is_well(outcome) { Style::Bold } else { Style::Alarm };
            let head = paper.styled(words.sick(kind), style);
            text += &format!("{head}  {}\n", clean_line(&place(ailment)));
            let line = match outcome {
                Outcome::Mendable => words.cure(kind).to_owned(),
                Outcome::ForPerson => words.by_hand(kind).to_owned(),
                Outcome::Mended => words.said(&Said::Mended),
                Outcome::Dropped { kept } => words.said(&Said::EditDropped { kept: kept.clone() }),
                Outcome::Left { why } => words.said(&Said::NotMended { why: why.clone() }),
            };
            text += &format!("    {}\n", clean_line(&line));
        }
        if self.seen.iter().any(|seen| seen.outcome == Outcome::Mendable) {
            text += &format!("{}\n", words.said(&Said::RepairNext));
        }
        text
    }

    fn json(&self) -> Value {
        let seen = self.seen.iter().map(|Seen { ailment, outcome }| {
            let (outcome, detail) = match outcome {
                Outcome::Mendable => ("mendable", None),
                Outcome::ForPerson => ("for_person", None),
                Outcome::Mended => ("mended", None),
                Outcome::Dropped { kept } => ("dropped", Some(kept.clone())),
                Outcome::Left { why } => ("left", Some(why.clone())),
            };
            json!({
                "what": sick(ailment).code(),
                "where": place(ailment),
                "outcome": outcome,
                "detail": detail,
            })
        });
        json!({ "format": 1, "found": seen.collect::<Vec<_>>() })
    }

    /// 1 while something is not well.
    fn status(&self) -> u8 {
        u8::from(self.seen.iter().any(|seen| !is_well(&seen.outcome)))
    }
}
