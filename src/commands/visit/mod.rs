//! `docket visit`: somebody goes to the customer's (R68–R70, P2–P6).

mod filled;
mod form;
mod import;
mod list;
mod onsite;
mod planning;

use clap::{Args, Subcommand};

use crate::{
    app::{
        App,
        contacts::{ContactMatch, NamedPerson},
        context::{Proposal, StepContext},
        desk::OpenDesk,
        step::{RecordedStep, StepRequest},
    },
    arguments::{on_behalf::OnBehalfOf, prompts::Prompts, terms::TimeRange},
    commands::Command,
    complete::ForStep,
    domain::{
        base::{
            ids::EventId,
            moment::{Moment, Use},
            terms::VisitStep,
        },
        deciding::steps::visit::Request,
        history::steps::{
            Action,
            visit::{TimeWindow, Visit, VisitNotice, may_take, numbered},
        },
    },
    error::{Error, Result},
    store::find::RecordRef,
    ui::answer::Answer,
};

#[derive(Args, Debug)]
pub struct VisitCommand {
    #[command(subcommand)]
    what: VisitSubcommand,
}

#[derive(Debug, Subcommand)]
enum VisitSubcommand {
    Plan(planning::PlanVisit),
    Move(planning::MoveVisit),
    Depart(onsite::Depart),
    Arrive(onsite::Arrive),
    Done(onsite::FinishWork),
    Sign(form::SignForm),
    HandIn(form::HandInForm),
    Archive(form::ArchiveForm),
    Miss(planning::MissVisit),
    Cancel(planning::CancelVisit),
    Import(import::ImportForms),
    List(list::ListVisits),
}

impl Command for VisitCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        match self.what {
            VisitSubcommand::Plan(plan) => plan.run(app),
            VisitSubcommand::Move(moved) => moved.run(app),
            VisitSubcommand::Depart(depart) => depart.run(app),
            VisitSubcommand::Arrive(arrive) => arrive.run(app),
            VisitSubcommand::Done(done) => done.run(app),
            VisitSubcommand::Sign(sign) => sign.run(app),
            VisitSubcommand::HandIn(hand_in) => hand_in.run(app),
            VisitSubcommand::Archive(archive) => archive.run(app),
            VisitSubcommand::Miss(miss) => miss.run(app),
            VisitSubcommand::Cancel(cancel) => cancel.run(app),
            VisitSubcommand::Import(import) => import.run(app),
            VisitSubcommand::List(list) => list.run(app),
        }
    }
}

// Which visit a step is about, and for whom it is entered; a comment for clap would be help.
#[derive(Args, Debug)]
struct VisitArguments {
    #[arg(add = ForStep(Action::Visit))]
    record: Option<RecordRef>,
    #[arg(value_name = "VISIT")]
    number: Option<usize>,
    #[command(flatten)]
    on_behalf: OnBehalfOf,
}

impl VisitArguments {
    /// The record, picked at a terminal from those whose visits may take the step.
    fn record(
        &self,
        prompts: &mut Prompts<'_>,
        desk: &OpenDesk<'_>,
        step: VisitStep,
    ) -> Result<RecordRef> {
        let request = |record| self.request(record);
        picked(prompts, desk, (self.record.as_ref(), self.number, step), request)
    }

    fn request<'r>(&'r self, record: &'r RecordRef) -> StepRequest<'r> {
        self.on_behalf.request(record)
    }
}

/// The record of a step, picked at a terminal from those whose visits may take it.
fn picked<'r>(
    prompts: &mut Prompts<'_>,
    desk: &OpenDesk<'_>,
    (record, number, step): (Option<&'r RecordRef>, Option<usize>, VisitStep),
    request: impl Fn(&'r RecordRef) -> StepRequest<'r>,
) -> Result<RecordRef> {
    prompts.record_where(desk, Action::Visit, record, request, |status, _| {
        may_take(status, number, step)
    })
}

/// Makes a step of a visit.
fn step(
    desk: &OpenDesk<'_>,
    request: StepRequest<'_>,
    propose: impl Fn(&StepContext<'_>) -> Result<Proposal<Request>>,
) -> Result<RecordedStep> {
    desk.step::<Visit>(request, propose)
}

/// The visit that a step is about, by the event that planned it.
fn planned(context: &StepContext<'_>, number: Option<usize>, step: VisitStep) -> Result<EventId> {
    let found = context.refuse(numbered(&context.record.status, number, step))?;
    Ok(found.event.clone())
}

/// The window that was told, whose end counts from its beginning.
fn window(context: &StepContext<'_>, told: TimeRange) -> Result<TimeWindow> {
    let flag = "--window";
    let from = context.time(flag, told.from, Use::Due)?;
    let (zone, calendar) = (context.desk.zone, Some(&context.policy.calendar));
    let until = told.until.resolve(from, Use::Due, zone, calendar);
    Ok(TimeWindow { from, until: until.map_err(|fault| Error::Time { flag, fault })? })
}

// Whom of the customer we told that the engineer comes late, or not at all; a comment for clap would be
// help.
#[derive(Args, Debug)]
struct ToldCustomer {
    #[arg(long, value_name = "NAME", requires = "told_at")]
    told: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, requires = "told")]
    told_at: Option<Moment>,
}

impl ToldCustomer {
    /// Who it was, as a terminal makes sure of it.
    fn person(
        &self,
        prompts: &Prompts<'_>,
        desk: &OpenDesk<'_>,
        record: &RecordRef,
    ) -> Result<Option<NamedPerson>> {
        prompts.some_person(desk, record, "--told", self.told.as_ref())
    }

    /// That `to` was told.
    fn notice(
        &self,
        context: &StepContext<'_>,
        to: Option<&ContactMatch>,
    ) -> Result<Option<VisitNotice>> {
        let (Some(to), Some(at)) = (to, self.told_at) else { return Ok(None) };
        Ok(Some(VisitNotice { to: to.id(), at: context.time("--told-at", at, Use::Instant)? }))
    }
}
