//! `docket merge` and `docket link`: merges or links two records.

use clap::Args;

use crate::{
    app::{App, step::StepRequest},
    arguments::{prompts::Prompts, terms::term},
    commands::Command,
    complete::ForStep,
    domain::{
        base::terms::LinkKind,
        history::steps::{self, Action},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Merge {
    #[arg(add = ForStep(Action::Merge))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "RECORD")]
    into: Option<RecordRef>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Args, Debug)]
pub struct Link {
    #[arg(add = ForStep(Action::Link))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "RECORD")]
    to: Option<RecordRef>,
    #[arg(long = "as", value_name = "LINK", value_parser = term::<LinkKind>())]
    kind: Option<LinkKind>,
}

impl Command for Merge {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "merge");
        let record = prompts.record(&desk, Action::Merge, self.record.as_ref())?;
        let into = prompts.other(&desk, self.into.as_ref(), "--into", Label::MergedInto)?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;

        let done = desk.step::<steps::merge::Merge>(StepRequest::new(&record), |context| {
            let target = desk.other(context.view, &into)?;
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
        let mut prompts = Prompts::new(app, "link");
        let record = prompts.record(&desk, Action::Link, self.record.as_ref())?;
        let to = prompts.other(&desk, self.to.as_ref(), "--to", Label::LinkTo)?;
        let kind = prompts.term(self.kind, "--as", Label::LinkAs, LinkKind::Related)?;
        prompts.done()?;

        let done = desk.step::<steps::link::Link>(StepRequest::new(&record), |context| {
            let other = desk.other(context.view, &to)?;
            let to = context.reference(&other)?;
            Ok(steps::link::Link { to, kind }.into())
        })?;

        Ok(Box::new(done))
    }
}
