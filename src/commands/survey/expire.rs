//! `docket survey expire`: who has not answered in time.

use clap::Args;

use crate::{
    answers::batch::{Batch, BatchItem, BatchOutcome},
    app::{App, step::StepRequest},
    commands::Command,
    domain::{base::terms::SurveyStanding, history::steps::survey_expire::SurveyExpire},
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
};

#[derive(Args, Debug)]
pub struct Expire {}

impl Command for Expire {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let now = desk.now();
        let mut over = desk.records(&desk.view()?)?;
        over.retain(|record| {
            let waiting = record.status.survey.as_ref();
            waiting.is_some_and(|survey| {
                survey.standing == SurveyStanding::Sent
                    && survey.until.is_some_and(|until| until < now)
            })
        });
        over.sort_by(|a, b| a.id.cmp(&b.id));

        let mut batch = Batch::default();
        for record in over {
            let id = RecordRef::Full(record.id.clone());
            let step = desk.step::<SurveyExpire>(StepRequest::new(&id), |_| Ok(().into()));
            let (record, line) = (record.id.to_string(), None);
            batch.items.push(BatchItem {
                line,
                file: None,
                record,
                outcome: BatchOutcome::of(step),
            });
        }
        Ok(Box::new(batch))
    }
}
