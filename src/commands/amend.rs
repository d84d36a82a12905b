//! `docket amend`: corrects a fact; the original stays.

use clap::Args;

use crate::{
    app::{App, draft::Draft, step::Asked},
    commands::{
        Command,
        fill::Fill,
        terms::{key_value, time_or_none},
    },
    domain::{
        complaint,
        intake::Expected,
        moment::{Moment, Use},
        refusal::Refusal,
        steps::amend,
        terms::{Action, Field, Grade, Kind, Term},
    },
    error::{Error, Result, usage::Usage},
    store::find::RecordRef,
    ui::answer::Answer,
    words::{label::Label, read_term},
};

/// Correct a fact, or remark on an event; the original stays
#[derive(Args, Debug)]
#[command(
    after_help = "Example: docket amend 7k3qx --set title=\"Printer on floor 3\" --reason \"wrong floor\""
)]
pub struct Amend {
    /// Record, by its id or a tail of it
    record: RecordRef,
    /// Field and its right value
    #[arg(long, value_name = "FIELD=VALUE", value_parser = key_value)]
    set: Vec<(String, String)>,
    /// Number of an event that --note remarks on
    #[arg(long, value_name = "N", conflicts_with = "set")]
    event: Option<u32>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Command for Amend {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut fill = Fill::new(app, "amend");
        let reason = fill.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        fill.done()?;
        let fields = self
            .set
            .iter()
            .map(|(field, value)| Ok((named(field)?, value.clone())))
            .collect::<Result<Vec<_>>>()?;

        let done = desk.step(&Asked::new(&self.record, Action::Amend), |draft| {
            let mut set = Vec::new();
            for (field, value) in &fields {
                set.push((*field, spelled(draft, *field, value)?));
            }
            let reason = draft.text("--reason", &reason)?;
            let wish = amend::Wish { set, event: self.event, reason };
            Ok(draft.refuse(wish.decide(&draft.scene()))?.into())
        })?;

        Ok(Box::new(done))
    }
}

fn named(field: &str) -> Result<Field> {
    read_term(field).ok_or_else(|| {
        let known = Field::ALL.iter().map(|field| field.code().to_owned()).collect();
        Error::Usage(Usage::NotATerm { flag: "--set", given: field.to_owned(), known })
    })
}

/// The value in the spelling of files.
fn spelled(draft: &Draft<'_>, field: Field, value: &str) -> Result<String> {
    let bad = || Refusal::BadValue { field, given: value.to_owned() };
    match field {
        Field::Need => draft.text("--set", value),
        Field::Title | Field::Customer => draft.line("--set", value),
        Field::Category => Ok(draft.category(value)),
        Field::Product => Ok(draft.product(value)),
        Field::Channel => Ok(draft.channel(value).to_string()),
        Field::ExpectedBy => {
            let moment = draft.refuse(time_or_none(value).map_err(|_| bad()))?;
            Ok(match draft.expected(moment.0)? {
                Expected::At(at) => at.to_string(),
                Expected::Unstated => "none".to_owned(),
            })
        }
        Field::ReceivedAt => {
            let moment = draft.refuse(Moment::parse(value).map_err(|_| bad()))?;
            Ok(draft.time("--set", moment, Use::Instant)?.to_string())
        }
        Field::Kind => Ok(draft.refuse(read_term::<Kind>(value).ok_or_else(bad))?.to_string()),
        Field::Against => draft.refuse(complaint::against(draft.policy, value)),
        Field::Impact | Field::Urgency => {
            Ok(draft.refuse(read_term::<Grade>(value).ok_or_else(bad))?.to_string())
        }
    }
}
