//! `docket visit plan`, `move`, `miss`, `cancel`: what the customer is promised of a visit, and what
//! becomes of the promise.

use clap::Args;

use super::{ToldCustomer, VisitArguments, picked, planned, step, window};
use crate::{
    app::{App, contacts::ContactMatch, context::Proposal, step::StepRequest},
    arguments::{
        prompts::Prompts,
        terms::{TimeRange, time_range},
    },
    commands::Command,
    complete::ForStep,
    domain::{
        base::{
            moment::Moment,
            terms::{Support, VisitStep},
        },
        deciding::steps::visit::{PlanRequest, Request},
        history::steps::{
            Action,
            update::goes_further,
            visit::{Visit, VisitCancel, VisitMiss, VisitMove, numbered},
        },
    },
    error::Result,
    store::find::{Purpose, RecordRef},
    ui::answer::Answer,
    words::label::Label,
};

/// When the engineer comes, as it is asked for.
const WINDOW: (&str, Label) = ("--window", Label::VisitWindow);
/// What stands in for it where nobody can be asked.
const ANY_TIME: TimeRange = TimeRange { from: Moment::Now, until: Moment::Now };

#[derive(Args, Debug)]
pub struct PlanVisit {
    #[arg(add = ForStep(Action::Visit))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "TIME..TIME", value_parser = time_range, allow_hyphen_values = true)]
    window: Option<TimeRange>,
    #[arg(long, value_name = "PERSON")]
    engineer: Option<String>,
    #[arg(long, value_name = "NAME")]
    with: Option<String>,
    #[arg(long, value_name = "TEXT")]
    address: Option<String>,
    #[arg(long, value_name = "TEXT")]
    need: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Args, Debug)]
pub struct MoveVisit {
    #[arg(add = ForStep(Action::Visit))]
    record: Option<RecordRef>,
    #[arg(value_name = "VISIT")]
    number: Option<usize>,
    #[arg(long, value_name = "TIME..TIME", value_parser = time_range, allow_hyphen_values = true)]
    window: Option<TimeRange>,
    #[arg(long, value_name = "PERSON")]
    engineer: Option<String>,
    #[arg(long, value_name = "NAME")]
    agreed_with: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Args, Debug)]
pub struct MissVisit {
    #[command(flatten)]
    of: VisitArguments,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    told: ToldCustomer,
}

#[derive(Args, Debug)]
pub struct CancelVisit {
    #[arg(add = ForStep(Action::Visit))]
    record: Option<RecordRef>,
    #[arg(value_name = "VISIT")]
    number: Option<usize>,
    #[arg(long, value_name = "NAME")]
    agreed_with: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Command for PlanVisit {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "visit plan");
        let record = prompts.record(&desk, Action::Visit, self.record.as_ref())?;
        let told = prompts.read(self.window, WINDOW, ANY_TIME, time_range)?;
        let engineer = prompts.text(self.engineer.as_ref(), "--engineer", Label::Engineer)?;
        let with = prompts.some_person(&desk, &record, "--with", self.with.as_ref())?;
        let (mut address, mut reason) = (self.address.clone(), self.reason.clone());
        if app.ui.can_ask() {
            let known = desk.record(&desk.view()?, &record, Purpose::Look)?;
            if address.is_none() && known.status.site.is_none() {
                address = Some(prompts.text(None, "--address", Label::VisitAddress)?);
            }
            if reason.is_none() && goes_further(Some(Support::Onsite), &known.status) {
                reason = Some(prompts.text(None, "--reason", Label::Reason)?);
            }
        }
        prompts.done()?;

        let done = step(&desk, StepRequest::new(&record), |context| {
            let with = context.some_customer_person(with.as_ref())?;
            let plan = PlanRequest {
                window: window(context, told)?,
                engineer: context.person(&engineer)?,
                with: with.as_ref().map(ContactMatch::id),
                address: context.some_text("--address", address.as_ref())?,
                need: context.some_text("--need", self.need.as_ref())?,
                reason: context.some_text("--reason", reason.as_ref())?,
            };
            Ok(Proposal::from(Request::Plan(plan)).with_contacts(with))
        })?;

        Ok(Box::new(done))
    }
}

impl Command for MoveVisit {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "visit move");
        let of = (self.record.as_ref(), self.number, VisitStep::Move);
        let record = picked(&mut prompts, &desk, of, StepRequest::new)?;
        // another engineer may keep the time that was promised
        let told = match (self.window, &self.engineer) {
            (None, Some(_)) => None,
            (given, _) => Some(prompts.read(given, WINDOW, ANY_TIME, time_range)?),
        };
        let agreed = prompts.text(self.agreed_with.as_ref(), "--agreed-with", Label::AgreedWith)?;
        let agreed = prompts.person(&desk, &record, "--agreed-with", &agreed)?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;

        let done = step(&desk, StepRequest::new(&record), |context| {
            let status = &context.record.status;
            let entry = context.refuse(numbered(status, self.number, VisitStep::Move))?;
            let agreed = context.customer_person(&agreed)?;
            let engineer = self.engineer.as_deref().map(|given| context.person(given));
            let moved = VisitMove {
                visit: entry.event.clone(),
                before: entry.window,
                window: told.map_or(Ok(entry.window), |told| window(context, told))?,
                engineer: engineer.transpose()?,
                agreed_with: agreed.id(),
                reason: context.text("--reason", &reason)?,
            };
            Ok(Proposal::from(Request::Other(Visit::Move(moved))).with_contacts([agreed]))
        })?;

        Ok(Box::new(done))
    }
}

impl Command for MissVisit {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "visit miss");
        let record = self.of.record(&mut prompts, &desk, VisitStep::Miss)?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        let told = self.told.person(&prompts, &desk, &record)?;
        prompts.done()?;

        let done = step(&desk, self.of.request(&record), |context| {
            let told = context.some_customer_person(told.as_ref())?;
            let miss = VisitMiss {
                visit: planned(context, self.of.number, VisitStep::Miss)?,
                reason: context.text("--reason", &reason)?,
                told: self.told.notice(context, told.as_ref())?,
            };
            Ok(Proposal::from(Request::Other(Visit::Miss(miss))).with_contacts(told))
        })?;

        Ok(Box::new(done))
    }
}

impl Command for CancelVisit {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "visit cancel");
        let of = (self.record.as_ref(), self.number, VisitStep::Cancel);
        let record = picked(&mut prompts, &desk, of, StepRequest::new)?;
        let agreed = prompts.text(self.agreed_with.as_ref(), "--agreed-with", Label::AgreedWith)?;
        let agreed = prompts.person(&desk, &record, "--agreed-with", &agreed)?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;

        let done = step(&desk, StepRequest::new(&record), |context| {
            let agreed = context.customer_person(&agreed)?;
            let cancel = VisitCancel {
                visit: planned(context, self.number, VisitStep::Cancel)?,
                agreed_with: agreed.id(),
                reason: context.text("--reason", &reason)?,
            };
            Ok(Proposal::from(Request::Other(Visit::Cancel(cancel))).with_contacts([agreed]))
        })?;

        Ok(Box::new(done))
    }
}
