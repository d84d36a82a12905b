//! `docket promise`, `docket fulfil`, `docket explain`: a time that the customer was promised.

use clap::Args;

use crate::{
    app::{App, contacts::ContactMatch, context::Proposal, step::StepRequest},
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        base::moment::Moment,
        history::steps::{self, Action, promise::numbered},
    },
    error::{
        Error, Result,
        usage::{Usage, ValueFault},
    },
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Promise {
    #[arg(add = ForStep(Action::Promise))]
    record: Option<RecordRef>,
    #[arg(value_name = "TIME")]
    due: Option<Moment>,
    #[arg(value_name = "TEXT", conflicts_with = "what")]
    text: Option<String>,
    #[arg(long, value_name = "NAME", alias = "with")]
    to: Option<String>,
    #[arg(long, value_name = "TEXT")]
    what: Option<String>,
}

#[derive(Args, Debug)]
pub struct Fulfil {
    #[arg(add = ForStep(Action::Fulfil))]
    record: Option<RecordRef>,
    number: Option<usize>,
    #[arg(long, value_name = "NAME", aliases = ["told", "with"])]
    informed: Option<String>,
    #[arg(long)]
    method: Option<String>,
}

#[derive(Args, Debug)]
pub struct Explain {
    #[arg(add = ForStep(Action::Explain))]
    record: Option<RecordRef>,
    #[arg(value_name = "[NUMBER] <TEXT>", num_args = 0..=2)]
    words: Vec<String>,
}

impl Command for Promise {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "promise");
        let record = prompts.record(&desk, Action::Promise, self.record.as_ref())?;
        let due = prompts.due(&desk, self.due, "TIME", Label::PromiseDue)?;
        let to = prompts.text(self.to.as_ref(), "--to", Label::PromiseTo)?;
        let to = prompts.person(&desk, &record, "--to", &to)?;
        let what = prompts.text(
            self.what.as_ref().or(self.text.as_ref()),
            "--what",
            Label::PromiseWhat,
        )?;
        prompts.done()?;

        let done = desk.step::<steps::promise::Promise>(StepRequest::new(&record), |context| {
            let to = context.customer_person(&to)?;
            let promise = steps::promise::Promise {
                due: context.until("TIME", due)?,
                to: to.id(),
                what: context.text("--what", &what)?,
            };
            Ok(Proposal::from(promise).with_contacts([to]))
        })?;

        Ok(Box::new(done))
    }
}

impl Command for Fulfil {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "fulfil");
        let record = prompts.record(&desk, Action::Fulfil, self.record.as_ref())?;
        let informed = prompts.some_person(&desk, &record, "--informed", self.informed.as_ref())?;
        prompts.done()?;

        let done = desk.step::<steps::fulfil::Fulfil>(StepRequest::new(&record), |context| {
            let informed = context.some_customer_person(informed.as_ref())?;
            let request = steps::fulfil::Fulfil {
                promise: context.refuse(numbered(&context.record.status, self.number))?,
                told: informed.as_ref().map(ContactMatch::id),
                method: self.method.as_deref().map(|given| context.channel(given)),
            };
            Ok(Proposal::from(request).with_contacts(informed))
        })?;

        Ok(Box::new(done))
    }
}

impl Command for Explain {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "explain");
        let record = prompts.record(&desk, Action::Explain, self.record.as_ref())?;
        let text = prompts.text(self.words.last(), "[NUMBER] <TEXT>", Label::Explanation)?;
        prompts.done()?;
        let number =
            match &self.words[..] {
                [number, _] => Some(number.parse().map_err(|_| {
                    Error::Usage(Usage::value("NUMBER", number, ValueFault::Number))
                })?),
                _ => None,
            };

        let done = desk.step::<steps::explain::Explain>(StepRequest::new(&record), |context| {
            let promise = context.refuse(numbered(&context.record.status, number))?;
            Ok(steps::explain::Explain { promise, text: context.text("TEXT", &text)? }.into())
        })?;

        Ok(Box::new(done))
    }
}
