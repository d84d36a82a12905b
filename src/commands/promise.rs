//! `docket promise`, `docket kept`, `docket explain`: a time that the customer was promised.

use clap::Args;

use crate::{
    app::{App, step::Asked},
    commands::{Command, fill::Fill},
    domain::{moment::Moment, steps::promise, terms::Action},
    error::{Error, Result, usage::Usage},
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

/// Promise the customer a time
#[derive(Args, Debug)]
#[command(
    after_help = "Example: docket promise 7k3qx \"tomorrow 10:00\" --to \"Ms Wang\" --what \"a call back\""
)]
pub struct Promise {
    /// Record, by its id or a tail of it
    record: RecordRef,
    /// By when
    #[arg(value_name = "T")]
    due: Option<Moment>,
    /// To whom of the customer
    #[arg(long, value_name = "NAME", alias = "with")]
    to: Option<String>,
    /// What was promised
    #[arg(long, value_name = "TEXT")]
    what: Option<String>,
}

/// Say that a promise was kept
#[derive(Args, Debug)]
pub struct Kept {
    /// Record, by its id or a tail of it
    record: RecordRef,
    /// Number of the promise, where several are open
    number: Option<usize>,
    /// Who was told
    #[arg(long, value_name = "NAME", alias = "with")]
    told: Option<String>,
    /// How
    #[arg(long)]
    method: Option<String>,
}

/// Tell the customer why a promise cannot be kept
#[derive(Args, Debug)]
pub struct Explain {
    /// Record, by its id or a tail of it
    record: RecordRef,
    /// Number of the promise where several are open, then what was explained
    #[arg(value_name = "[N] TEXT", num_args = 1..=2, required = true)]
    words: Vec<String>,
}

impl Command for Promise {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut fill = Fill::new(app, "promise");
        let due = fill.time(self.due, "T", Label::Until)?;
        let to = fill.text(self.to.as_ref(), "--to", Label::To)?;
        let what = fill.text(self.what.as_ref(), "--what", Label::What)?;
        fill.done()?;

        let done = desk.step(&Asked::new(&self.record, Action::Promise), |draft| {
            let promised = promise::Promised {
                due: draft.until("T", due)?,
                to: draft.customer_person(&to)?,
                what: draft.text("--what", &what)?,
            };
            Ok(promised.into())
        })?;

        Ok(Box::new(done))
    }
}

impl Command for Kept {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;

        let done = desk.step(&Asked::new(&self.record, Action::Kept), |draft| {
            let told = self.told.as_deref().map(|name| draft.customer_person(name)).transpose()?;
            let method = self.method.as_deref().map(|given| draft.channel(given));
            if let Some(method) = &method {
                draft.refuse(draft.scene().method(method))?;
            }
            let promise = draft.refuse(promise::numbered(&draft.record.status, self.number))?;
            Ok(promise::Kept { promise, told, method }.into())
        })?;

        Ok(Box::new(done))
    }
}

impl Command for Explain {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let number =
            match &self.words[..] {
                [number, _] => Some(number.parse().map_err(|_| {
                    Error::Usage(Usage::NotAnId { given: number.clone(), like: "1" })
                })?),
                _ => None,
            };
        let text = self.words.last().cloned().unwrap_or_default();

        let done = desk.step(&Asked::new(&self.record, Action::Explain), |draft| {
            let promise = draft.refuse(promise::numbered(&draft.record.status, number))?;
            Ok(promise::Explain { promise, text: draft.text("TEXT", &text)? }.into())
        })?;

        Ok(Box::new(done))
    }
}
