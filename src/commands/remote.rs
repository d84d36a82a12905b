//! `docket remote`: somebody works on the customer's computer, as they allow it (R63–R66).

use clap::{Args, Subcommand};

use crate::{
    app::{
        App,
        context::{Proposal, person_id},
        desk::OpenDesk,
        step::StepRequest,
    },
    arguments::{
        on_behalf::OnBehalfOf,
        prompts::Prompts,
        terms::{
            Scopes, TypedClient, TypedData, client_left, data_touched, remote_scopes, yes_or_no,
        },
    },
    commands::Command,
    complete::ForStep,
    domain::{
        base::{
            moment::{Moment, Use},
            terms::Support,
        },
        history::{
            status::remote::SessionGaps,
            steps::{
                Action,
                remote::{
                    Remote, RemoteDenial, RemoteEnd, RemoteStart, TouchedData, may_end, meant,
                },
                update::goes_further,
            },
        },
    },
    error::Result,
    store::find::{Purpose, RecordRef},
    ui::answer::Answer,
    words::{label::Label, typed::TypedWord},
};

#[derive(Args, Debug)]
pub struct RemoteCommand {
    #[command(subcommand)]
    what: RemoteSubcommand,
}

#[derive(Debug, Subcommand)]
enum RemoteSubcommand {
    Start(StartSession),
    Refused(RefuseSession),
    End(EndSession),
}

#[derive(Args, Debug)]
pub struct StartSession {
    #[arg(add = ForStep(Action::Remote))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "NAME")]
    consent: Option<String>,
    #[arg(long)]
    method: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    consent_at: Option<Moment>,
    #[arg(long, value_parser = remote_scopes)]
    scope: Option<Scopes>,
    #[arg(long, value_name = "TEXT")]
    tool: Option<String>,
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    install: Option<bool>,
    #[arg(long, value_name = "NAME")]
    supervised_by: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Args, Debug)]
pub struct RefuseSession {
    #[arg(add = ForStep(Action::Remote))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Args, Debug)]
pub struct EndSession {
    #[arg(add = ForStep(Action::Remote))]
    record: Option<RecordRef>,
    #[arg(value_name = "SESSION")]
    number: Option<usize>,
    #[arg(long, value_name = "TEXT")]
    steps: Option<String>,
    #[arg(long, value_name = "TEXT")]
    result: Option<String>,
    #[arg(long)]
    category: Option<String>,
    #[arg(long, value_name = "no|TEXT")]
    other_software: Option<String>,
    #[arg(long, value_name = "no|TEXT:NAME", value_parser = data_touched)]
    data: Option<TypedData>,
    #[arg(long, value_name = "removed|kept:REASON", value_parser = client_left)]
    client: Option<TypedClient>,
    #[command(flatten)]
    on_behalf: OnBehalfOf,
}

impl Command for RemoteCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        match self.what {
            RemoteSubcommand::Start(start) => start.run(app),
            RemoteSubcommand::Refused(refused) => refused.run(app),
            RemoteSubcommand::End(end) => end.run(app),
        }
    }
}

impl Command for StartSession {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "remote start");
        let record = prompts.record(&desk, Action::Remote, self.record.as_ref())?;
        let named = prompts.text(self.consent.as_ref(), "--consent", Label::RemoteConsent)?;
        let consent = prompts.person(&desk, &record, "--consent", &named)?;
        let ways = || desk.channels();
        let method = prompts.choice(self.method.as_ref(), "--method", Label::RemoteMethod, ways)?;
        let (flag, label) = ("--scope", Label::RemoteScope);
        let scope = prompts.read(self.scope, (flag, label), Scopes::default(), remote_scopes)?;
        let tool = prompts.line(self.tool.as_ref(), "--tool", Label::RemoteTool)?;
        let install = prompts.yes_or_no(self.install, "--install", Label::RemoteInstall)?;
        let (flag, label) = ("--supervised-by", Label::SupervisedBy);
        let watching = prompts.text_or(self.supervised_by.as_ref(), flag, label, &named)?;
        // whoever allowed it is one person, also where nobody knows them yet
        let other = Some(watching).filter(|watching| *watching != named);
        let other = prompts.some_person(&desk, &record, flag, other.as_ref())?;
        let mut reason = self.reason.clone();
        if app.ui.can_ask() && reason.is_none() {
            let known = desk.record(&desk.view()?, &record, Purpose::Look)?;
            if goes_further(Some(Support::Remote), &known.status) {
                reason = Some(prompts.text(None, "--reason", Label::Reason)?);
            }
        }
        prompts.done()?;

        let done = desk.step::<Remote>(StepRequest::new(&record), |context| {
            let consent = context.customer_person(&consent)?;
            let other = context.some_customer_person(other.as_ref())?;
            let start = RemoteStart {
                consent_by: consent.id(),
                consent_at: match self.consent_at {
                    Some(moment) => context.time("--consent-at", moment, Use::Instant)?,
                    None => context.stamp.at,
                },
                method: context.channel(&method),
                scope: scope.0.clone(),
                tool: context.line("--tool", &tool)?,
                install: install.unwrap_or(false),
                supervised_by: other.as_ref().unwrap_or(&consent).id(),
                reason: context.some_text("--reason", reason.as_ref())?,
            };
            Ok(Proposal::from(Remote::Start(start)).with_contacts([consent]).with_contacts(other))
        })?;

        Ok(Box::new(done))
    }
}

impl Command for RefuseSession {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "remote refused");
        let record = prompts.record(&desk, Action::Remote, self.record.as_ref())?;
        let by = prompts.text(self.by.as_ref(), "--by", Label::RefusedBy)?;
        let by = prompts.person(&desk, &record, "--by", &by)?;
        prompts.done()?;

        let done = desk.step::<Remote>(StepRequest::new(&record), |context| {
            let by = context.customer_person(&by)?;
            let refused_by = by.id();
            let reason = context.some_text("--reason", self.reason.as_ref())?;
            let denial = Remote::Refused(RemoteDenial { refused_by, reason });
            Ok(Proposal::from(denial).with_contacts([by]))
        })?;

        Ok(Box::new(done))
    }
}

impl EndSession {
    /// What has to be told of this session, too.
    fn gaps(&self, desk: &OpenDesk<'_>, record: &RecordRef) -> Result<SessionGaps> {
        let view = desk.view()?;
        let policy = desk.policy_to_look(&view)?;
        let whose = self.on_behalf.on_behalf_of.as_deref().unwrap_or("me");
        let engineer = person_id(&policy, whose, &desk.actor(&policy)?)?;
        let status = desk.record(&view, record, Purpose::Look)?.status;
        let entry = meant(&status, self.number, &engineer).ok();
        Ok(entry.map(|entry| entry.gaps(&status)).unwrap_or_default())
    }
}

impl Command for EndSession {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "remote end");
        let request = |record| self.on_behalf.request(record);
        let of = self.record.as_ref();
        let record =
            prompts.record_where(&desk, Action::Remote, of, request, |status, actor| {
                may_end(status, self.number, actor)
            })?;
        let steps = prompts.text(self.steps.as_ref(), "--steps", Label::RemoteSteps)?;
        let result = prompts.text(self.result.as_ref(), "--result", Label::Result)?;
        let (flag, label) = ("--other-software", Label::OtherSoftware);
        let other = prompts.text(self.other_software.as_ref(), flag, label)?;
        let other = (!TypedWord::is_nothing(&other)).then_some(other);
        let (flag, label) = ("--data", Label::TouchedData);
        let data = prompts.read(self.data.clone(), (flag, label), TypedData::None, data_touched)?;
        let allowed = match &data {
            TypedData::None => None,
            TypedData::Touched(_, name) => Some(prompts.person(&desk, &record, flag, name)?),
        };
        let asks = self.gaps(&desk, &record)?;
        let mut client = self.client.clone();
        if asks.client {
            let (flag, label) = ("--client", Label::RemoteClient);
            client =
                Some(prompts.read(client, (flag, label), TypedClient::Removed, client_left)?);
        }
        let mut category = self.category.clone();
        if asks.category && category.is_none() {
            let choices = || desk.categories();
            category = Some(prompts.choice(None, "--category", Label::Category, choices)?);
        }
        prompts.done()?;

        let done = desk.step::<Remote>(self.on_behalf.request(&record), |context| {
            let allowed = context.some_customer_person(allowed.as_ref())?;
            let data = match (&data, &allowed) {
                (TypedData::Touched(what, _), Some(allowed)) => {
                    let what = context.text("--data", what)?;
                    Some(TouchedData { what, allowed_by: allowed.id() })
                }
                (TypedData::Touched(..), None) | (TypedData::None, _) => None,
            };
            let status = &context.record.status;
            let session = context.refuse(meant(status, self.number, context.stamp.actor()))?;
            let kept = match &client {
                Some(TypedClient::Kept(reason)) => Some(context.text("--client", reason)?),
                Some(TypedClient::Removed) | None => None,
            };
            let end = RemoteEnd {
                session: session.event.clone(),
                steps: context.text("--steps", &steps)?,
                result: context.text("--result", &result)?,
                category: category.as_deref().map(|given| context.category(given)),
                other_software: context.some_text("--other-software", other.as_ref())?,
                data,
                client: client.as_ref().map(TypedClient::term),
                kept_because: kept,
            };
            Ok(Proposal::from(Remote::End(end)).with_contacts(allowed))
        })?;

        Ok(Box::new(done))
    }
}
