//! `docket merge` and `docket link`: merges or links two records.

use clap::Args;

use crate::{
    app::{App, context::StepContext, step::StepRequest},
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
        let step = StepRequest::new(&record);
        let merged = |context: &StepContext<'_>, into: &RecordRef, reason: &str| {
            let target = desk.other(context.view, into)?;
            let into = context.reference(&target)?;
            let reason = context.text("--reason", reason)?;
            Ok(steps::merge::Merge { into, reason }.into())
        };
        let (into, label) = (self.into.as_ref(), Label::MergedInto);
        let into = prompts.other(&desk, into, "--into", label, |other| {
            desk.tried::<steps::merge::Merge>(step, |context| merged(context, &other, "-"))
        })?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;

        let done =
            desk.step::<steps::merge::Merge>(step, |context| merged(context, &into, &reason))?;

        Ok(Box::new(done))
    }
}

impl Command for Link {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "link");
        let record = prompts.record(&desk, Action::Link, self.record.as_ref())?;
        let step = StepRequest::new(&record);
        let linked = |context: &StepContext<'_>, to: &RecordRef, kind: LinkKind| {
            let other = desk.other(context.view, to)?;
            let to = context.reference(&other)?;
            Ok(steps::link::Link { to, kind }.into())
        };
        let as_told = self.kind.unwrap_or(LinkKind::Related);
        let to = prompts.other(&desk, self.to.as_ref(), "--to", Label::LinkTo, |other| {
            desk.tried::<steps::link::Link>(step, |context| linked(context, &other, as_told))
        })?;
        let kind = prompts.term(self.kind, "--as", Label::LinkAs, LinkKind::Related)?;
        prompts.done()?;

        let done = desk.step::<steps::link::Link>(step, |context| linked(context, &to, kind))?;

        Ok(Box::new(done))
    }
}
