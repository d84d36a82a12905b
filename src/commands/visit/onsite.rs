//! `docket visit depart`, `arrive`, `done`: the way to the customer's, and the work there.

use clap::Args;

use super::{ToldCustomer, VisitArguments, planned, step};
use crate::{
    app::{
        App,
        contacts::ContactMatch,
        context::{Proposal, StepContext},
    },
    arguments::{
        prompts::Prompts,
        terms::{TypedConduct, conduct, conducts},
    },
    commands::Command,
    domain::{
        base::{
            moment::{Moment, Use},
            terms::VisitStep,
        },
        deciding::steps::visit::Request,
        history::steps::visit::{Conduct, Visit, VisitArrival, VisitDone, VisitMark, numbered},
    },
    error::{Error, Result, usage::Usage},
    store::find::Purpose,
    ui::answer::Answer,
    words::{label::Label, typed::TypedWord},
};

#[derive(Args, Debug)]
pub struct Depart {
    #[command(flatten)]
    of: VisitArguments,
}

#[derive(Args, Debug)]
pub struct Arrive {
    #[command(flatten)]
    of: VisitArguments,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    told: ToldCustomer,
}

#[derive(Args, Debug)]
pub struct FinishWork {
    #[command(flatten)]
    of: VisitArguments,
    #[arg(long, value_name = "TEXT")]
    work: Option<String>,
    #[arg(long, value_name = "TEXT")]
    result: Option<String>,
    #[arg(long, value_name = "TEXT")]
    parts: Option<String>,
    #[arg(long, value_name = "TEXT")]
    left_open: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    left: Option<Moment>,
    #[arg(long, value_name = "CONDUCT", value_parser = conduct)]
    conduct: Vec<TypedConduct>,
    #[arg(long, value_name = "NAME")]
    devices: Option<String>,
}

impl Command for Depart {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "visit depart");
        let record = self.of.record(&mut prompts, &desk, VisitStep::Depart)?;
        prompts.done()?;

        let done = step(&desk, self.of.request(&record), |context| {
            let visit = planned(context, self.of.number, VisitStep::Depart)?;
            Ok(Request::Other(Visit::Depart(VisitMark { visit })).into())
        })?;

        Ok(Box::new(done))
    }
}

impl Command for Arrive {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "visit arrive");
        let record = self.of.record(&mut prompts, &desk, VisitStep::Arrive)?;
        let told = self.told.person(&prompts, &desk, &record)?;
        let mut reason = self.reason.clone();
        if app.ui.can_ask() && reason.is_none() {
            let view = desk.view()?;
            let at = desk.told_at(&desk.policy_to_look(&view)?, desk.now())?;
            let known = desk.record(&view, &record, Purpose::Look)?;
            let meant = numbered(&known.status, self.of.number, VisitStep::Arrive);
            if meant.is_ok_and(|visit| visit.is_late(at)) {
                reason = Some(prompts.text(None, "--reason", Label::Reason)?);
            }
        }
        prompts.done()?;

        let done = step(&desk, self.of.request(&record), |context| {
            let told = context.some_customer_person(told.as_ref())?;
            let arrival = VisitArrival {
                visit: planned(context, self.of.number, VisitStep::Arrive)?,
                reason: context.some_text("--reason", reason.as_ref())?,
                told: self.told.notice(context, told.as_ref())?,
            };
            Ok(Proposal::from(Request::Other(Visit::Arrive(arrival))).with_contacts(told))
        })?;

        Ok(Box::new(done))
    }
}

impl Command for FinishWork {
    fn run(mut self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "visit done");
        let record = self.of.record(&mut prompts, &desk, VisitStep::Done)?;
        let work = prompts.text(self.work.as_ref(), "--work", Label::VisitWork)?;
        let result = prompts.text(self.result.as_ref(), "--result", Label::Result)?;
        let given = std::mem::take(&mut self.conduct);
        let given = (!given.is_empty()).then_some(given);
        let conduct =
            prompts.read(given, ("--conduct", Label::VisitConduct), Vec::new(), conducts)?;
        let is_clean = conduct.contains(&TypedConduct::Clean);
        if is_clean && conduct.iter().any(|told| *told != TypedConduct::Clean) {
            let (one, other) = ("--conduct clean", "--conduct P3:TEXT");
            return Err(Error::Usage(Usage::NotBoth { one, other }));
        }
        let devices = prompts.text(self.devices.as_ref(), "--devices", Label::VisitDevices)?;
        let devices = (!TypedWord::is_nothing(&devices)).then_some(devices);
        let allowed = prompts.some_person(&desk, &record, "--devices", devices.as_ref())?;
        prompts.done()?;

        let done = step(&desk, self.of.request(&record), |context| {
            let allowed = context.some_customer_person(allowed.as_ref())?;
            let done = VisitDone {
                visit: planned(context, self.of.number, VisitStep::Done)?,
                work: context.text("--work", &work)?,
                result: context.text("--result", &result)?,
                parts: context.some_text("--parts", self.parts.as_ref())?,
                left_open: context.some_text("--left-open", self.left_open.as_ref())?,
                left_at: match self.left {
                    Some(moment) => context.time("--left", moment, Use::Instant)?,
                    None => context.stamp.at,
                },
                conduct: broken(context, &conduct)?,
                devices_allowed_by: allowed.as_ref().map(ContactMatch::id),
            };
            Ok(Proposal::from(Request::Other(Visit::Done(done))).with_contacts(allowed))
        })?;

        Ok(Box::new(done))
    }
}

fn broken(context: &StepContext<'_>, told: &[TypedConduct]) -> Result<Vec<Conduct>> {
    let broken = told.iter().filter_map(|told| match told {
        TypedConduct::Clean => None,
        TypedConduct::Broken(prohibition, text) => Some((*prohibition, text)),
    });
    let broken = broken.map(|(prohibition, text)| {
        let text = context.text("--conduct", text)?;
        Ok(Conduct { prohibition, text })
    });
    broken.collect()
}
