//! `docket accept` and `docket return`: the person it was routed to takes it, or gives it back.

use clap::Args;

use crate::{
    answers::step::on_each,
    app::App,
    arguments::{on_behalf::OnBehalfOf, positionals, prompts::Prompts},
    commands::Command,
    complete::ForStep,
    domain::{
        base::moment::Moment,
        history::steps::{self, Action},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Accept {
    #[arg(value_name = "[RECORD]... [TIME]", add = ForStep(Action::Accept))]
    words: Vec<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    respond_by: Option<Moment>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    on_behalf: OnBehalfOf,
}

#[derive(Args, Debug)]
pub struct Return {
    #[arg(add = ForStep(Action::Return))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    on_behalf: OnBehalfOf,
}

impl Command for Accept {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "accept");
        let mut respond_by = self.respond_by;
        let time = Some(&mut respond_by);
        let records = positionals::with_time(&desk, self.words, "--respond-by", time)?;
        let request = |record| self.on_behalf.request(record);
        let records = prompts.records(&desk, Action::Accept, &records, request)?;
        let respond_by = prompts.due(&desk, respond_by, "--respond-by", Label::RespondBy)?;
        prompts.done()?;

        on_each(&records, |record| {
            desk.step::<steps::accept::Accept>(self.on_behalf.request(record), |context| {
                let accept = steps::accept::Accept {
                    respond_by: context.until("--respond-by", respond_by)?,
                    reason: context.some_text("--reason", self.reason.as_ref())?,
                };
                Ok(accept.into())
            })
        })
    }
}

impl Command for Return {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "return");
        let record = prompts.record_as(&desk, Action::Return, self.record.as_ref(), |record| {
            self.on_behalf.request(record)
        })?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;

        let done =
            desk.step::<steps::r#return::Return>(self.on_behalf.request(&record), |context| {
                Ok(steps::r#return::Return { reason: context.text("--reason", &reason)? }.into())
            })?;

        Ok(Box::new(done))
    }
}
