//! `docket hold` and `docket resume`: puts work on hold and resumes it.

use clap::Args;

use crate::{
    app::{App, step::StepRequest},
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        base::moment::Moment,
        deciding::steps::hold::Request,
        history::steps::{self, Action},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Hold {
    #[arg(add = ForStep(Action::Hold))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "HOLD_REASON")]
    reason: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    resume_by: Option<Moment>,
    #[arg(long, value_name = "TEXT")]
    evidence: Option<String>,
}

#[derive(Args, Debug)]
pub struct Resume {
    #[arg(add = ForStep(Action::Resume))]
    record: Option<RecordRef>,
}

impl Command for Hold {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "hold");
        let record = prompts.record(&desk, Action::Hold, self.record.as_ref())?;
        let reason = prompts
            .choice(self.reason.as_ref(), "--reason", Label::HoldReason, || desk.pause_reasons())?;
        let resume_by = prompts.due(&desk, self.resume_by, "--resume-by", Label::ResumeBy)?;
        let evidence = prompts.text(self.evidence.as_ref(), "--evidence", Label::Evidence)?;
        prompts.done()?;

        let done = desk.step::<steps::hold::Hold>(StepRequest::new(&record), |context| {
            let request = Request {
                reason: context.pause_reason(&reason),
                resume_by: context.until("--resume-by", resume_by)?,
                evidence: context.text("--evidence", &evidence)?,
            };
            Ok(request.into())
        })?;

        Ok(Box::new(done))
    }
}

impl Command for Resume {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "resume");
        let record = prompts.record(&desk, Action::Resume, self.record.as_ref())?;
        prompts.done()?;

        let done =
            desk.step::<steps::resume::Resume>(StepRequest::new(&record), |_| Ok(().into()))?;

        Ok(Box::new(done))
    }
}
