//! `docket resolve`: records the result.

use clap::Args;

use crate::{
    answers::step::on_each,
    app::{
        App,
        choices::Choices,
        contacts::ContactMatch,
        context::{Proposal, StepContext},
        desk::OpenDesk,
    },
    arguments::{on_behalf::OnBehalfOf, positionals, prompts::Prompts},
    commands::Command,
    complete::ForStep,
    domain::{
        base::{
            moment::{Moment, Use},
            time::Timestamp,
        },
        history::steps::{self, Action},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Resolve {
    #[arg(value_name = "[RECORD]... [TEXT]", add = ForStep(Action::Resolve))]
    positional: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    result: Option<String>,
    #[arg(long, value_name = "TEXT")]
    cause: Option<String>,
    #[arg(long, value_name = "CAUSE")]
    cause_category: Option<String>,
    #[arg(long)]
    code: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    done_at: Option<Moment>,
    #[arg(long, value_name = "TEXT")]
    steps: Option<String>,
    #[arg(long, value_name = "TEXT")]
    unmet: Option<String>,
    #[arg(long, value_name = "TEXT")]
    referral: Option<String>,
    #[arg(long, value_name = "NAME", aliases = ["told", "with"])]
    informed: Option<String>,
    #[arg(long, value_name = "TEXT")]
    corrective: Option<String>,
    #[arg(long, value_name = "TEXT")]
    preventive: Option<String>,
    #[command(flatten)]
    on_behalf: OnBehalfOf,
}

/// What was said, read from standard input where it was `-`.
struct ResolveTexts {
    result: String,
    cause: String,
    cause_category: Option<String>,
    code: String,
    steps: Option<String>,
}

impl Command for Resolve {
    fn run(mut self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "resolve");
        let words = std::mem::take(&mut self.positional);
        let records = positionals::with_texts(&desk, "resolve", words, [&mut self.result])?;
        let request = |record| self.on_behalf.request(record);
        let records = prompts.records(&desk, Action::Resolve, &records, request)?;
        let words = ResolveTexts {
            result: prompts.text(self.result.as_ref(), "--result", Label::Result)?,
            cause: prompts.text(self.cause.as_ref(), "--cause", Label::Cause)?,
            cause_category: self.asked_cause(&desk, &records, &prompts)?,
            code: prompts
                .choice(self.code.as_ref(), "--code", Label::Code, || desk.codes(&records))?,
            steps: self.steps.clone(),
        };
        prompts.done()?;

        on_each(&records, |record| {
            let asked = Prompts::new(app, "resolve");
            let informed =
                asked.some_person(&desk, record, "--informed", self.informed.as_ref())?;
            desk.step::<steps::resolve::Resolve>(self.on_behalf.request(record), |context| {
                let informed = context.some_customer_person(informed.as_ref())?;
                let resolve = self.resolved(context, informed.as_ref(), &words)?;
                Ok(Proposal::from(resolve).with_contacts(informed))
            })
        })
    }
}

impl Resolve {
    fn resolved(
        &self,
        context: &StepContext<'_>,
        informed: Option<&ContactMatch>,
        words: &ResolveTexts,
    ) -> Result<steps::resolve::Resolve> {
        Ok(steps::resolve::Resolve {
            result: context.text("--result", &words.result)?,
            cause: context.text("--cause", &words.cause)?,
            cause_category: words
                .cause_category
                .as_deref()
                .map(|given| context.cause_category(given)),
            code: context.code(&words.code),
            done_at: self.done_at(context)?,
            steps: context.some_text("--steps", words.steps.as_ref())?,
            unmet: context.some_text("--unmet", self.unmet.as_ref())?,
            referral: context.some_text("--referral", self.referral.as_ref())?,
            told: informed.map(ContactMatch::id),
            method: informed
                .and(self.on_behalf.method.as_deref())
                .map(|given| context.channel(given)),
            corrective: context.some_text("--corrective", self.corrective.as_ref())?,
            preventive: context.some_text("--preventive", self.preventive.as_ref())?,
        })
    }

    /// Whether something was left to be asked for.
    fn asks_how(&self) -> bool {
        self.result.is_none() || self.cause.is_none() || self.code.is_none()
    }

    /// Whoever is asked how faults were solved is asked for it too.
    fn asked_cause(
        &self,
        desk: &OpenDesk<'_>,
        records: &[RecordRef],
        prompts: &Prompts<'_>,
    ) -> Result<Option<String>> {
        let given = self.cause_category.as_ref();
        let choices = match given {
            None if self.asks_how() && prompts.asks_optional() => desk.causes_of_faults(records)?,
            None | Some(_) => Choices::new(),
        };
        prompts.some_choice(given, "--cause-category", Label::CauseCategory, choices)
    }

    fn done_at(&self, context: &StepContext<'_>) -> Result<Timestamp> {
        match self.done_at {
            Some(moment) => context.time("--done-at", moment, Use::Instant),
            None => Ok(context.stamp.at),
        }
    }
}
