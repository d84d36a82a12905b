//! `docket close`, `docket reopen`, `docket cancel`.

use clap::Args;

use crate::{
    answers::step::on_each,
    app::{App, contacts::ContactMatch, context::Proposal, step::StepRequest},
    arguments::{prompts::Prompts, terms::term},
    commands::Command,
    complete::ForStep,
    domain::{
        base::terms::Exception,
        deciding::steps::{
            cancel,
            close::{Request, meant_as},
            reopen,
        },
        history::steps::{self, Action},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Close {
    #[arg(value_name = "RECORD", add = ForStep(Action::Close))]
    records: Vec<RecordRef>,
    #[arg(long, value_parser = term::<Exception>())]
    exception: Option<Exception>,
    #[arg(long, value_name = "TEXT", requires = "exception")]
    reason: Option<String>,
    #[arg(long, value_name = "NAME", requires = "exception")]
    with: Option<String>,
    #[arg(long, value_name = "REASON", conflicts_with = "exception")]
    dissatisfied: Option<String>,
    #[arg(long, value_name = "TEXT", conflicts_with = "exception")]
    recourse: Option<String>,
    #[arg(long, requires = "exception")]
    method: Option<String>,
}

#[derive(Args, Debug)]
pub struct Reopen {
    #[arg(add = ForStep(Action::Reopen))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Args, Debug)]
pub struct Cancel {
    #[arg(add = ForStep(Action::Cancel))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "TEXT")]
    mistake: Option<String>,
    #[arg(long)]
    with_merged: bool,
}

impl Command for Close {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "close");
        let role = meant_as(self.dissatisfied.as_ref());
        let request = |record| StepRequest::new(record).meant_as(role);
        let records = prompts.records(&desk, Action::Close, &self.records, request)?;
        prompts.done()?;

        on_each(&records, |record| {
            let asked = Prompts::new(app, "close");
            let with = asked.some_person(&desk, record, "--with", self.with.as_ref())?;
            let step = StepRequest::new(record).meant_as(role);
            desk.step::<steps::close::Close>(step, |context| {
                let with = context.some_customer_person(with.as_ref())?;
                let request = Request {
                    exception: self.exception,
                    reason: context.some_text("--reason", self.reason.as_ref())?,
                    with: with.as_ref().map(ContactMatch::id),
                    method: self.method.as_deref().map(|given| context.channel(given)),
                    dissatisfied: context
                        .some_text("--dissatisfied", self.dissatisfied.as_ref())?,
                    recourse: context.some_text("--recourse", self.recourse.as_ref())?,
                    archive: None,
                };
                Ok(Proposal::from(request).with_contacts(with))
            })
        })
    }
}

impl Command for Reopen {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "reopen");
        let record = prompts.record(&desk, Action::Reopen, self.record.as_ref())?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;

        let done = desk.step::<steps::reopen::Reopen>(StepRequest::new(&record), |context| {
            Ok(reopen::Request { reason: context.text("--reason", &reason)? }.into())
        })?;

        Ok(Box::new(done))
    }
}

impl Command for Cancel {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "cancel");
        let record = prompts.record(&desk, Action::Cancel, self.record.as_ref())?;
        let mistake = prompts.text(self.mistake.as_ref(), "--mistake", Label::Mistake)?;
        prompts.done()?;

        let done = desk.step::<steps::cancel::Cancel>(StepRequest::new(&record), |context| {
            let mistake = context.text("--mistake", &mistake)?;
            Ok(cancel::Request { mistake, with_merged: self.with_merged }.into())
        })?;

        Ok(Box::new(done))
    }
}
