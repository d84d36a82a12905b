//! `docket extend`: a later time with a plan and the customer's consent.

use clap::Args;

use crate::{
    app::{App, context::Proposal, step::StepRequest},
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        base::moment::Moment,
        deciding::steps::extend::Request,
        history::steps::{self, Action},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct Extend {
    #[arg(add = ForStep(Action::Extend))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "TEXT")]
    plan: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<Moment>,
    #[arg(long, value_name = "NAME", alias = "with", conflicts_with = "refused")]
    consent: Option<String>,
    #[arg(long, value_name = "NAME")]
    refused: Option<String>,
    #[arg(long)]
    method: Option<String>,
    #[arg(long, value_name = "TEXT")]
    evidence: Option<String>,
}

impl Command for Extend {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "extend");
        let record = prompts.record(&desk, Action::Extend, self.record.as_ref())?;
        let plan = prompts.text(self.plan.as_ref(), "--plan", Label::Plan)?;
        let until = prompts.due(&desk, self.until, "--until", Label::ExtendUntil)?;
        let given = self.refused.is_none();
        let flag = self.refused.as_ref().or(self.consent.as_ref());
        let customer = prompts.text(flag, "--consent", Label::ConsentBy)?;
        let flag = if given { "--consent" } else { "--refused" };
        let customer = prompts.person(&desk, &record, flag, &customer)?;
        let ways = || desk.channels();
        let method =
            prompts.choice(self.method.as_ref(), "--method", Label::ConsentMethod, ways)?;
        prompts.done()?;

        let done = desk.step::<steps::extend::Extend>(StepRequest::new(&record), |context| {
            let with = context.customer_person(&customer)?;
            let request = Request {
                plan: context.text("--plan", &plan)?,
                until: context.until("--until", until)?,
                consent: steps::extend::Consent {
                    given,
                    with: with.id(),
                    method: context.channel(&method),
                    evidence: context.some_text("--evidence", self.evidence.as_ref())?,
                },
            };
            let refused = (!given).then_some(Message::ConsentRefused);
            Ok(Proposal::from(request).with_contacts([with]).with_remarks(refused))
        })?;

        Ok(Box::new(done))
    }
}
