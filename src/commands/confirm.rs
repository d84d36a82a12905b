//! `docket confirm`: the callback.

use clap::Args;

use crate::{
    app::{App, contacts::ContactMatch, context::Proposal, step::StepRequest},
    arguments::{prompts::Prompts, terms::satisfaction},
    commands::Command,
    complete::ForStep,
    domain::{
        base::terms::{Callback, Channel, Satisfaction},
        history::steps::{self, Action},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Confirm {
    #[arg(add = ForStep(Action::Confirm))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "NAME")]
    with: Option<String>,
    #[arg(long, value_name = "GRADE", value_parser = satisfaction)]
    satisfaction: Option<Satisfaction>,
    #[arg(long)]
    method: Option<String>,
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
    #[arg(long, conflicts_with_all = ["with", "satisfaction", "not_handled"])]
    no_answer: bool,
    #[arg(long, value_name = "REASON",
        conflicts_with_all = ["with", "satisfaction", "not_handled", "no_answer", "comment"])]
    not_needed: Option<String>,
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["satisfaction", "comment"])]
    not_handled: Option<String>,
}

impl Command for Confirm {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "confirm");
        let record = prompts.record(&desk, Action::Confirm, self.record.as_ref())?;
        let outcome = if self.no_answer {
            Callback::NoAnswer
        } else if self.not_needed.is_some() {
            Callback::NotNeeded
        } else if self.not_handled.is_some() {
            Callback::NotHandled
        } else {
            Callback::Handled
        };
        let with = match outcome {
            Callback::NoAnswer | Callback::NotNeeded => None,
            Callback::Handled | Callback::NotHandled => {
                Some(prompts.text(self.with.as_ref(), "--with", Label::CallbackWith)?)
            }
        };
        let with = prompts.some_person(&desk, &record, "--with", with.as_ref())?;
        let grade = match outcome {
            Callback::Handled => {
                let fallback = Satisfaction::BasicallySatisfied;
                Some(prompts.satisfaction(
                    self.satisfaction,
                    fallback,
                    ("--satisfaction", Label::Satisfaction),
                )?)
            }
            Callback::NoAnswer | Callback::NotNeeded | Callback::NotHandled => None,
        };
        let low = grade.is_some_and(|grade| !grade.is_content());
        let mut comment = self.not_handled.or(self.not_needed).or(self.comment);
        if low && comment.is_none() && app.ui.can_ask() {
            comment = Some(prompts.text(None, "--comment", Label::Comment)?);
        }
        prompts.done()?;

        let done = desk.step::<steps::confirm::Confirm>(StepRequest::new(&record), |context| {
            let with = context.some_customer_person(with.as_ref())?;
            let method = match &self.method {
                Some(given) => context.channel(given),
                None => Channel::new("phone"),
            };
            let confirm = steps::confirm::Confirm {
                outcome,
                with: with.as_ref().map(ContactMatch::id),
                satisfaction: grade,
                method,
                comment: context.some_text("--comment", comment.as_ref())?,
            };
            Ok(Proposal::from(confirm).with_contacts(with))
        })?;

        Ok(Box::new(done))
    }
}
