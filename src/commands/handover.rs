//! `docket handover` and `docket takeover`: another person follows the record to its end.

use clap::Args;

use crate::{
    answers::step::StepSeries,
    app::{
        App,
        desk::OpenDesk,
        step::{RecordedStep, StepRequest},
    },
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::history::{
        record::Record,
        steps::{self, Action},
    },
    error::Result,
    store::{
        find::RecordRef,
        selection::{Condition, Selection},
    },
    ui::answer::Answer,
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct Handover {
    #[arg(conflicts_with = "mine", add = ForStep(Action::Handover))]
    record: Option<RecordRef>,
    #[arg(long)]
    mine: bool,
    #[arg(long, value_name = "PERSON")]
    to: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Args, Debug)]
pub struct Takeover {
    #[arg(value_name = "RECORD", conflicts_with = "all", add = ForStep(Action::Takeover))]
    records: Vec<RecordRef>,
    #[arg(long)]
    all: bool,
}

impl Command for Handover {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "handover");
        let action = Action::Handover;
        let record = if self.mine {
            None
        } else {
            Some(prompts.record(&desk, action, self.record.as_ref())?)
        };
        let to = prompts.choice(self.to.as_ref(), "--to", Label::HandoverTo, || desk.people())?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;

        let one = |record: &RecordRef| -> Result<RecordedStep> {
            desk.step::<steps::handover::Handover>(StepRequest::new(record), |context| {
                let handover = steps::handover::Handover {
                    to: context.person(&to)?,
                    reason: context.text("--reason", &reason)?,
                };
                Ok(handover.into())
            })
        };
        if let Some(record) = &record {
            return Ok(Box::new(one(record)?));
        }
        let actor = desk.actor(&desk.view()?.policy()?)?.person.id;
        let mine = unfinished(&desk, |record| record.status.desk_owner == actor)?;
        Ok(Box::new(StepSeries::each(&mine, Message::NothingToHandOver, one)))
    }
}

impl Command for Takeover {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;

        let one = |record: &RecordRef| -> Result<RecordedStep> {
            desk.step::<steps::takeover::Takeover>(StepRequest::new(record), |_| Ok(().into()))
        };
        let records = if self.all {
            let actor = desk.actor(&desk.view()?.policy()?)?.person.id;
            unfinished(&desk, |record| record.status.handed_to.as_ref() == Some(&actor))?
        } else if self.records.is_empty() {
            let mut prompts = Prompts::new(app, "takeover");
            let record = prompts.record(&desk, Action::Takeover, None)?;
            prompts.done()?;
            vec![record]
        } else {
            self.records
        };
        match &records[..] {
            [only] => Ok(Box::new(one(only)?)),
            records => Ok(Box::new(StepSeries::each(records, Message::NothingToTakeOver, one))),
        }
    }
}

fn unfinished(desk: &OpenDesk<'_>, wanted: impl Fn(&Record) -> bool) -> Result<Vec<RecordRef>> {
    let selection = Selection::of(Condition::Unfinished);
    let (records, _) = desk.chosen(&desk.view()?, &selection)?;
    let records = records.into_iter().filter(wanted);
    Ok(records.map(|record| RecordRef::Full(record.id)).collect())
}
