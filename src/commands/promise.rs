//! `docket promise`, `docket fulfil`, `docket explain`: a time that the customer was promised.

use clap::Args;

use crate::{
    app::{App, contacts::ContactMatch, context::Proposal, step::StepRequest},
    arguments::prompts::Prompts,
    commands::Command,
    domain::{
        base::moment::Moment,
        history::steps::{self, promise::numbered},
    },
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
pub struct Fulfil {
    /// Record, by its id or a tail of it
    record: RecordRef,
    /// Number of the promise, where several are open
    number: Option<usize>,
    /// Who was told
    #[arg(long, value_name = "NAME", aliases = ["told", "with"])]
    informed: Option<String>,
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
        let mut fill = Prompts::new(app, "promise");
        let due = fill.time(self.due, "T", Label::PromiseDue)?;
        let to = fill.text(self.to.as_ref(), "--to", Label::PromiseTo)?;
        let what = fill.text(self.what.as_ref(), "--what", Label::PromiseWhat)?;
        fill.done()?;

        let done =
            desk.step::<steps::promise::Promise>(StepRequest::new(&self.record), |context| {
                let to = context.customer_person(&to)?;
                let promise = steps::promise::Promise {
                    due: context.until("T", due)?,
                    to: to.id(),
                    what: context.text("--what", &what)?,
                };
                Ok(Proposal::from(promise).naming([to]))
            })?;

        Ok(Box::new(done))
    }
}

impl Command for Fulfil {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;

        let done = desk.step::<steps::kept::Kept>(StepRequest::new(&self.record), |context| {
            let informed = context.some_customer_person(self.informed.as_ref())?;
            let kept = steps::kept::Kept {
                promise: context.refuse(numbered(&context.record.status, self.number))?,
                told: informed.as_ref().map(ContactMatch::id),
                method: self.method.as_deref().map(|given| context.channel(given)),
            };
            Ok(Proposal::from(kept).naming(informed))
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

        let done =
            desk.step::<steps::explain::Explain>(StepRequest::new(&self.record), |context| {
                let promise = context.refuse(numbered(&context.record.status, number))?;
                Ok(steps::explain::Explain { promise, text: context.text("TEXT", &text)? }.into())
            })?;

        Ok(Box::new(done))
    }
}
