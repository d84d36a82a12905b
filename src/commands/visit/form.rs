//! `docket visit sign`, `hand-in`, `archive`: the form of a visit.

use std::path::PathBuf;

use clap::Args;

use super::{VisitArguments, picked, planned, step};
use crate::{
    answers::step::StepSeries,
    app::{
        App,
        contacts::ContactMatch,
        context::{Proposal, StepContext},
        desk::OpenDesk,
        step::StepRequest,
    },
    arguments::{prompts::Prompts, terms::satisfaction},
    commands::Command,
    complete::ForStep,
    domain::{
        base::{
            media::VettedFile,
            terms::{AttachmentKind, Satisfaction, VisitStep},
        },
        deciding::steps::visit::{Request, SignRequest},
        history::steps::{
            Action,
            attach::Attach,
            visit::{Visit, VisitMark},
        },
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct SignForm {
    #[command(flatten)]
    of: VisitArguments,
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    #[arg(long, value_name = "GRADE", value_parser = satisfaction)]
    opinion: Option<Satisfaction>,
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
    #[arg(long, value_name = "REASON", conflicts_with_all = ["by", "opinion", "comment"])]
    refused: Option<String>,
    #[arg(long)]
    file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct HandInForm {
    #[command(flatten)]
    of: VisitArguments,
    #[arg(long)]
    file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct ArchiveForm {
    #[arg(add = ForStep(Action::Visit))]
    record: Option<RecordRef>,
    #[arg(value_name = "VISIT")]
    number: Option<usize>,
}

impl Command for SignForm {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "visit sign");
        let record = self.of.record(&mut prompts, &desk, VisitStep::Sign)?;
        let (mut by, mut opinion, mut comment) = (None, None, self.comment.clone());
        if self.refused.is_none() {
            // nobody is proposed: whoever signs is named (P2)
            let name = prompts.text(self.by.as_ref(), "--by", Label::SignedBy)?;
            by = Some(prompts.person(&desk, &record, "--by", &name)?);
            let usual = Satisfaction::BasicallySatisfied;
            let given = prompts.satisfaction(self.opinion, usual, ("--opinion", Label::Opinion))?;
            opinion = Some(given);
            if !given.is_content() && comment.is_none() && app.ui.can_ask() {
                comment = Some(prompts.text(None, "--comment", Label::Comment)?);
            }
        }
        prompts.done()?;
        let scan = vetted(&desk, self.file.as_ref(), &record)?;

        step_with_scan(&desk, self.of.request(&record), scan.as_ref(), |context| {
            let by = context.some_customer_person(by.as_ref())?;
            let sign = SignRequest {
                visit: planned(context, self.of.number, VisitStep::Sign)?,
                signed_by: by.as_ref().map(ContactMatch::id),
                opinion,
                comment: context.some_text("--comment", comment.as_ref())?,
                drawing: None,
                refused: context.some_text("--refused", self.refused.as_ref())?,
            };
            Ok(Proposal::from(Request::Sign(sign)).with_contacts(by))
        })
    }
}

impl Command for HandInForm {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "visit hand-in");
        let record = self.of.record(&mut prompts, &desk, VisitStep::HandIn)?;
        prompts.done()?;
        let scan = vetted(&desk, self.file.as_ref(), &record)?;

        step_with_scan(&desk, self.of.request(&record), scan.as_ref(), |context| {
            let visit = planned(context, self.of.number, VisitStep::HandIn)?;
            Ok(Request::Other(Visit::HandIn(VisitMark { visit })).into())
        })
    }
}

impl Command for ArchiveForm {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "visit archive");
        let of = (self.record.as_ref(), self.number, VisitStep::Archive);
        let record = picked(&mut prompts, &desk, of, StepRequest::new)?;
        prompts.done()?;

        let done = step(&desk, StepRequest::new(&record), |context| {
            let visit = planned(context, self.number, VisitStep::Archive)?;
            Ok(Request::Other(Visit::Archive(VisitMark { visit })).into())
        })?;

        Ok(Box::new(done))
    }
}

/// The scan of a form as it would be kept, before the step is made that it belongs to.
fn vetted(
    desk: &OpenDesk<'_>,
    file: Option<&PathBuf>,
    record: &RecordRef,
) -> Result<Option<VettedFile>> {
    let vetted = file.map(|file| desk.vetted(&[file], record)).transpose()?;
    Ok(vetted.and_then(|files| files.into_iter().next()))
}

/// Makes the step, and attaches the scan with it: both or neither.
fn step_with_scan(
    desk: &OpenDesk<'_>,
    request: StepRequest<'_>,
    scan: Option<&VettedFile>,
    propose: impl Fn(&StepContext<'_>) -> Result<Proposal<Request>>,
) -> Result<Box<dyn Answer>> {
    let Some(scan) = scan else { return Ok(Box::new(step(desk, request, propose)?)) };
    let kind = Some(AttachmentKind::Scan);
    let done = desk.jointly(request.record, |joint| {
        joint.step::<Visit>(request, &propose)?;
        let scanned = StepRequest::new(request.record);
        joint.step::<Attach>(scanned, |context| Ok(context.attachment(scan, kind)))
    })?;
    Ok(Box::new(StepSeries::of(done)))
}
