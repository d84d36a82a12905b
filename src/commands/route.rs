//! `docket route`: makes one person responsible.

use clap::Args;

use crate::{
    answers::step::on_each,
    app::{App, step::StepRequest},
    arguments::{positionals::Positionals, prompts::Prompts},
    commands::Command,
    complete::ForStep,
    domain::{
        deciding::steps::route::Request,
        history::steps::{self, Action},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Route {
    #[arg(value_name = "[RECORD]... [PERSON] [TEXT]", add = ForStep(Action::Route))]
    words: Vec<String>,
    #[arg(long, value_name = "PERSON")]
    to: Option<String>,
    #[arg(long)]
    unit: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[arg(long)]
    method: Option<String>,
}

impl Command for Route {
    fn run(mut self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "route");
        let texts = usize::from(self.to.is_none()) + usize::from(self.reason.is_none());
        let mut positionals =
            Positionals::with_texts(std::mem::take(&mut self.words), texts, "route", |it| {
                desk.has_record(it)
            })?;
        positionals.fill(&mut self.to);
        positionals.fill(&mut self.reason);
        let request = StepRequest::new(&RecordRef::Last);
        let records = prompts.records(&desk, Action::Route, &positionals.records, request)?;
        let to = prompts.choice(self.to.as_ref(), "--to", Label::RouteTo, desk.people()?)?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;

        on_each(&records, |record| {
            desk.step::<steps::route::Route>(StepRequest::new(record), |context| {
                let request = Request {
                    to: context.person(&to)?,
                    unit: self.unit.as_deref().map(|given| context.unit(given)).transpose()?,
                    reason: context.text("--reason", &reason)?,
                    method: self.method.as_deref().map(|given| context.channel(given)),
                };
                Ok(request.into())
            })
        })
    }
}
