//! `docket doctor`: finds and repairs damage made by hand or by other tools.

use clap::{Args, ValueEnum};
use serde::{Serialize, Serializer};

use crate::{
    app::{
        App,
        doctor::{Damage, Diagnosis, EditRepair, RepairOutcome},
        unsent::Unsendable,
    },
    commands::Command,
    domain::base::characters::clean_line,
    error::{Error, MissingField, Result},
    store::{
        attachments,
        find::{Purpose, RecordRef},
        known_format, layout,
    },
    ui::{
        answer::Answer,
        terminal::{Style, Terminal},
    },
    words::{Lang, Words, damage::DamageKind, label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct Doctor {
    #[arg(value_name = "RECORD")]
    records: Vec<RecordRef>,
    #[arg(long)]
    repair: bool,
    #[arg(long, value_name = "keep|drop", requires = "repair")]
    edits: Option<EditChoice>,
    #[arg(long, value_name = "TEXT", requires = "edits")]
    reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EditChoice {
    Keep,
    Drop,
}

/// What was found, and what became of it.
#[derive(Debug, Serialize)]
struct Examination {
    #[serde(rename = "found", serialize_with = "diagnoses")]
    seen: Vec<Diagnosis>,
}

/// What was found, as programs read it.
fn diagnoses<S: Serializer>(
    seen: &[Diagnosis],
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct DiagnosisKeys<'d> {
        what: &'static str,
        #[serde(rename = "where")]
        place: String,
        outcome: &'static str,
        detail: Option<&'d str>,
    }
    serializer.collect_seq(seen.iter().map(|Diagnosis { damage, outcome }| {
        let (outcome, detail) = match outcome {
            RepairOutcome::Mendable => ("mendable", None),
            RepairOutcome::ForPerson => ("for_person", None),
            RepairOutcome::Mended => ("mended", None),
            RepairOutcome::Dropped { copy } => ("dropped", Some(copy.as_str())),
            RepairOutcome::TakenBack { branch } => ("taken_back", Some(branch.as_str())),
            RepairOutcome::Left { why } => ("left", Some(why.as_str())),
        };
        let what = kind(damage).code();
        let place = location(damage, Words::new(Lang::default()));
        DiagnosisKeys { what, place, outcome, detail }
    }))
}

impl Command for Doctor {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        known_format(&desk.desk)?;
        let view = desk.view()?;
        let named = self.records.iter().map(|record| desk.id(&view, record, Purpose::Look));
        let named = named.collect::<Result<Vec<_>>>()?;
        if !self.repair {
            let seen = desk.damages(&named)?.into_iter().map(|damage| {
                let outcome = preview(&damage);
                Diagnosis { damage, outcome }
            });
            return Ok(Box::new(Examination { seen: seen.collect() }));
        }
        let edits = match self.edits {
            None => EditRepair::Leave,
            Some(EditChoice::Drop) => EditRepair::Drop,
            Some(EditChoice::Keep) => EditRepair::Keep,
        };
        let reason = match (edits, &self.reason) {
            (EditRepair::Keep, None) => {
                let reason = app.ui.words().label(Label::Reason).to_owned();
                let field = MissingField::of_flag(reason, "--reason");
                return Err(Error::Missing { command: "doctor", fields: vec![field] });
            }
            (_, reason) => reason.clone().unwrap_or_default(),
        };
        Ok(Box::new(Examination { seen: desk.mend(&named, edits, &reason)? }))
    }
}

/// What --repair would do.
fn preview(damage: &Damage) -> RepairOutcome {
    match damage {
        Damage::Merge { .. }
        | Damage::Broken { .. }
        | Damage::Archive { .. }
        | Damage::Unsendable(_)
        | Damage::Files { .. }
        | Damage::Reference { .. }
        | Damage::StrayPeople { .. }
        | Damage::Stray { .. } => RepairOutcome::Mendable,
        Damage::Operation { .. }
        | Damage::Edit { .. }
        | Damage::Policy { .. }
        | Damage::UnknownPeople { .. }
        | Damage::Lock { .. } => RepairOutcome::ForPerson,
    }
}

/// The damage as the words know it.
fn kind(damage: &Damage) -> DamageKind {
    match damage {
        Damage::Merge { .. } => DamageKind::Merge,
        Damage::Operation { .. } => DamageKind::Operation,
        Damage::Edit { path } if layout::contact_of(path).is_some() => DamageKind::ContactEdit,
        Damage::Edit { .. } => DamageKind::Edit,
        Damage::Policy { .. } => DamageKind::Policy,
        Damage::Broken { .. } => DamageKind::Broken,
        Damage::Archive { .. } => DamageKind::Archive,
        Damage::Lock { .. } => DamageKind::Lock,
        Damage::Stray { .. } => DamageKind::Stray,
        Damage::Files { .. } => DamageKind::Files,
        Damage::Reference { .. } => DamageKind::Reference,
        Damage::StrayPeople { .. } => DamageKind::StrayPeople,
        Damage::UnknownPeople { .. } => DamageKind::UnknownPeople,
        Damage::Unsendable(_) => DamageKind::Unsendable,
    }
}

/// Where it is, or what.
fn location(damage: &Damage, words: Words) -> String {
    match damage {
        Damage::Merge { paths } | Damage::StrayPeople { paths } => some_of(paths),
        Damage::UnknownPeople { contacts } => {
            some_of(&contacts.iter().map(ToString::to_string).collect::<Vec<_>>())
        }
        Damage::Operation { what } => words.unfinished(*what).to_owned(),
        Damage::Edit { path }
        | Damage::Archive { path, .. }
        | Damage::Lock { path }
        | Damage::Stray { path } => path.clone(),
        Damage::Files { record } => attachments::reference(record),
        Damage::Reference { name } => name.clone(),
        Damage::Unsendable(Unsendable { first, commits, why, .. }) => {
            let (first, colon) = (first.short(), words.colon());
            let more = if *commits > 1 { format!(" + {}", commits - 1) } else { String::new() };
            format!("{first}{more}{colon}{why}")
        }
        Damage::Broken { path, why } | Damage::Policy { path, why } => {
            format!("{path}{}{why}", words.colon())
        }
    }
}

/// So many of a list are named.
const MOST_NAMED: usize = 10;

/// The first of these, and how many more there are.
fn some_of(all: &[String]) -> String {
    let named = all[..all.len().min(MOST_NAMED)].join(", ");
    match all.len().saturating_sub(MOST_NAMED) {
        0 => named,
        more => format!("{named} + {more}"),
    }
}

fn is_well(outcome: &RepairOutcome) -> bool {
    match outcome {
        RepairOutcome::Mended | RepairOutcome::Dropped { .. } | RepairOutcome::TakenBack { .. } => {
            true
        }
        RepairOutcome::Mendable | RepairOutcome::ForPerson | RepairOutcome::Left { .. } => false,
    }
}

impl Answer for Examination {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        if self.seen.is_empty() {
            return format!("{}\n", words.message(&Message::Healthy));
        }
        let mut text = String::new();
        for Diagnosis { damage, outcome } in &self.seen {
            let kind = kind(damage);
            let style = if is_well(outcome) { Style::Bold } else { Style::Alarm };
            let head = terminal.styled(words.damage(kind), style);
            text += &format!("{head}  {}\n", clean_line(&location(damage, words)));
            let line = match outcome {
                RepairOutcome::Mendable => words.repair(kind).to_owned(),
                RepairOutcome::ForPerson => words.by_hand(kind).to_owned(),
                RepairOutcome::Mended => words.message(&Message::Mended),
                RepairOutcome::Dropped { copy } => {
                    words.message(&Message::EditDropped { copy: copy.clone() })
                }
                RepairOutcome::TakenBack { branch } => {
                    words.message(&Message::TakenBack { branch: branch.clone() })
                }
                RepairOutcome::Left { why } => {
                    words.message(&Message::NotMended { why: why.clone() })
                }
            };
            text += &format!("    {}\n", clean_line(&line));
        }
        if self.seen.iter().any(|seen| seen.outcome == RepairOutcome::Mendable) {
            text += &format!("{}\n", words.message(&Message::RepairNext));
        }
        text
    }

    /// 1 while something is not well.
    fn status(&self) -> u8 {
        u8::from(self.seen.iter().any(|seen| !is_well(&seen.outcome)))
    }
}
