//! `docket merge` and `docket link`: merges or links two records.

use clap::Args;

use crate::{
    app::{App, step::StepRequest},
    arguments::{prompts::Prompts, terms::term},
    commands::Command,
    domain::{base::terms::LinkKind, history::steps},
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Merge {
    record: RecordRef,
    #[arg(long, value_name = "RECORD")]
    into: RecordRef,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Args, Debug)]
pub struct Link {
    record: RecordRef,
    #[arg(long, value_name = "RECORD")]
    to: RecordRef,
    #[arg(long = "as", value_name = "LINK", value_parser = term::<LinkKind>())]
    kind: LinkKind,
}

impl Command for Merge {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "merge");
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;

        let done = desk.step::<steps::merge::Merge>(StepRequest::new(&self.record), |context| {
            let target = desk.other(context.view, &self.into)?;
            let into = context.reference(&target)?;
            let reason = context.text("--reason", &reason)?;
            Ok(steps::merge::Merge { into, reason }.into())
        })?;

        Ok(Box::new(done))
    }
}

impl Command for Link {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;

        let done = desk.step::<steps::link::Link>(StepRequest::new(&self.record), |context| {
            let other = desk.other(context.view, &self.to)?;
            let to = context.reference(&other)?;
            Ok(steps::link::Link { to, kind: self.kind }.into())
        })?;

        Ok(Box::new(done))
    }
}
