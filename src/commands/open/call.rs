//! `docket call`: a call in one breath, with the solution where it was settled at once.

use clap::Args;

use super::{Open, UsualCall, asking::OpenDetails, remark};
use crate::{
    answers::step::StepSeries,
    app::{
        App,
        context::{Proposal, StepContext, channel as channel_of},
        desk::OpenDesk,
    },
    arguments::{prompts::Prompts, terms::named},
    commands::Command,
    domain::{
        base::terms::{Channel, Kind},
        deciding::steps::ack::Request,
        history::{
            refusal::Vocabulary,
            steps::{ack::Ack, resolve::Resolve},
        },
    },
    error::{
        Error, Result,
        usage::{Usage, ValueFault},
    },
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Call {
    #[command(flatten)]
    open: Open,
    #[arg(short, long, value_name = "TEXT")]
    solved: Option<String>,
    #[arg(long, value_name = "TEXT", requires = "solved")]
    cause: Option<String>,
    #[arg(long, requires = "solved")]
    code: Option<String>,
}

/// How it was settled in the same call.
struct CallSolution {
    result: String,
    cause: String,
    code: String,
}

impl Command for Call {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut open = self.open.clone();
        open.is_brief = !open.words.is_empty();
        open.usual = Some(UsualCall::of(app, &desk, &self)?);
        open.place_words()?;
        open.inherit(&desk)?;
        let filled = open.details(app, &desk, "call")?;
        let solution = self.solution(app, &desk, &filled)?;

        let (mut opened, mut later) = desk.open_with(
            |context| open.intake(context, &filled),
            |new| {
                let Some(solution) = &solution else { return Ok(()) };
                new.step::<Ack>(|_| Ok(answered().into()))?;
                new.step::<Resolve>(|context| solution.resolved(context))
            },
        )?;
        remark(&desk, &mut opened, &filled)?;

        if later.is_empty() {
            return Ok(Box::new(opened));
        }
        later.insert(0, opened);
        Ok(Box::new(StepSeries::of(later)))
    }
}

impl Call {
    /// How it was settled, where it was.
    fn solution(
        &self,
        app: &App<'_>,
        desk: &OpenDesk<'_>,
        filled: &OpenDetails,
    ) -> Result<Option<CallSolution>> {
        let Some(result) = self.solved.clone() else { return Ok(None) };
        if matches!(filled.matter.kind, Kind::Remark | Kind::Complaint) {
            let other = "--kind remark, complaint";
            return Err(Error::Usage(Usage::NotBoth { one: "--solved", other }));
        }
        let policy = desk.view()?.policy()?;
        let category = filled.matter.category.as_deref().and_then(|id| policy.catalog.category(id));
        let usual = category.and_then(|category| category.cause.clone());
        let mut prompts = Prompts::new(app, "call");
        let cause = match (&self.cause, usual) {
            (None, Some(usual)) if app.ui.can_ask() => {
                prompts.text_or(None, "--cause", Label::Cause, &usual)?
            }
            (told, usual) => {
                prompts.text(told.as_ref().or(usual.as_ref()), "--cause", Label::Cause)?
            }
        };
        prompts.done()?;
        let usual_code = if filled.matter.kind == Kind::Enquiry { "advised" } else { "fixed" };
        let code = self.code.clone().unwrap_or_else(|| usual_code.to_owned());
        Ok(Some(CallSolution { result, cause, code }))
    }
}

impl UsualCall {
    /// What the person set in git's configuration of their own, else what the rules say.
    fn of(app: &App<'_>, desk: &OpenDesk<'_>, call: &Call) -> Result<Self> {
        let policy = desk.view()?.policy()?;
        let rules = &policy.catalog.call;
        let own = app.environment.personal();
        let kind = match own.get("kind") {
            Some(given) => {
                let read = named(given);
                read.map_err(|why| {
                    Error::Usage(Usage::value("git config docket.kind", given, why))
                })?
            }
            None => rules.kind,
        };
        let channel = match own.get("channel").filter(|_| call.open.channel.is_none()) {
            Some(given) => {
                let choices = policy.choices(Vocabulary::Channel);
                let meant = channel_of(&policy, given);
                let known: Vec<_> = choices.into_iter().map(|choice| choice.code).collect();
                if !known.iter().any(|code| code == meant.code()) {
                    let why = ValueFault::NoneOf { vocabulary: Channel::VOCABULARY, known };
                    return Err(Error::Usage(Usage::value(
                        "git config docket.channel",
                        given,
                        why,
                    )));
                }
                given.to_owned()
            }
            None => rules.channel.to_string(),
        };
        Ok(Self { kind, channel, is_settled: call.solved.is_some() })
    }
}

/// The customer has the answer, so nothing is promised.
fn answered() -> Request {
    Request { told: None, method: None, reply_by: None, answered: true, read_back: None }
}

impl CallSolution {
    fn resolved(&self, context: &StepContext<'_>) -> Result<Proposal<Resolve>> {
        let resolve = Resolve {
            result: context.text("--solved", &self.result)?,
            cause: context.text("--cause", &self.cause)?,
            cause_category: None,
            code: context.code(&self.code),
            done_at: context.stamp.at,
            steps: None,
            unmet: None,
            referral: None,
            told: None,
            method: None,
            corrective: None,
            preventive: None,
        };
        Ok(resolve.into())
    }
}
