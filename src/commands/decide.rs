//! `docket decide`: whether a complaint is valid.

use clap::Args;

use crate::{
    app::{App, step::StepRequest},
    arguments::{prompts::Prompts, terms::term},
    commands::Command,
    complete::ForStep,
    domain::{
        base::terms::Validity,
        history::steps::{self, Action},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Decide {
    #[arg(add = ForStep(Action::Decide))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "TEXT")]
    finding: Option<String>,
    #[arg(long, value_parser = term::<Validity>())]
    validity: Option<Validity>,
}

impl Command for Decide {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "decide");
        let record = prompts.record(&desk, Action::Decide, self.record.as_ref())?;
        let finding = prompts.text(self.finding.as_ref(), "--finding", Label::Finding)?;
        let validity =
            prompts.term(self.validity, "--validity", Label::Validity, Validity::Partly)?;
        prompts.done()?;

        let done = desk.step::<steps::decide::Decide>(StepRequest::new(&record), |context| {
            Ok(steps::decide::Decide { finding: context.text("--finding", &finding)?, validity }
                .into())
        })?;

        Ok(Box::new(done))
    }
}
