//! `docket route`: makes one person responsible.

use clap::Args;

use crate::{
    answers::step::on_each,
    app::{App, step::StepRequest},
    arguments::{positionals, prompts::Prompts},
    commands::Command,
    complete::ForStep,
    domain::{
        deciding::steps::route::Request,
        history::steps::{self, Action},
    },
    error::Result,
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
        let flags = [&mut self.to, &mut self.reason];
        let records = positionals::with_texts(&desk, "route", self.words, flags)?;
        let records = prompts.records(&desk, Action::Route, &records, StepRequest::new)?;
        let to = prompts.choice(self.to.as_ref(), "--to", Label::RouteTo, || desk.people())?;
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
