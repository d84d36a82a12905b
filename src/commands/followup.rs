//! `docket followup`: walks today's follow-up list.

use clap::Args;

use crate::{
    answers::{
        agenda::{Agenda, AgendaItem},
        names::PolicyNames,
        step::StepSeries,
    },
    app::{
        App,
        desk::OpenDesk,
        step::{RecordedStep, StepRequest},
    },
    commands::Command,
    domain::{
        analysis::duties::{Duty, Task},
        history::steps::update::Update,
    },
    error::{Error, Result},
    store::{find::RecordRef, summary::Summary},
    ui::{
        answer::Answer,
        prompt::{Blank, Prompt},
    },
    words::message::Message,
};

#[derive(Args, Debug)]
pub struct Followup {}

impl Command for Followup {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut agenda = Agenda::of(&desk)?.pick(|task: &Task| task.duty == Duty::FollowUp);
        agenda.nothing = Message::NothingToFollowUp;
        if !app.ui.can_ask() {
            return Ok(Box::new(agenda));
        }
        let mut on_progress = Vec::new();
        for AgendaItem { record, .. } in &agenda.items {
            match ask(&desk, record, &agenda.names) {
                Ok(Some(answer)) => {
                    on_progress.push((RecordRef::Full(record.id().clone()), answer));
                }
                Ok(None) => {}
                // Who leaves the list keeps what was heard so far.
                Err(Error::GivenUp) => break,
                Err(error) => return Err(error),
            }
        }
        let records: Vec<RecordRef> =
            on_progress.iter().map(|(record, _)| record.clone()).collect();
        let answer = |record: &RecordRef| {
            let found = on_progress.iter().find(|(of, _)| of == record);
            found.map(|(_, answer)| answer.clone()).unwrap_or_default()
        };
        Ok(Box::new(StepSeries::each(&records, Message::NothingToFollowUp, |record| {
            follow_up(&desk, record, &answer(record))
        })))
    }
}

/// What the responsible person says; nothing said skips the record.
fn ask(desk: &OpenDesk<'_>, record: &Summary, names: &PolicyNames) -> Result<Option<String>> {
    let status = record.status();
    let responsible = status.assignee.as_ref().unwrap_or(&status.desk_owner);
    let question = desk.words.message(&Message::AskUnit {
        record: record.id().to_string(),
        title: status.title.clone(),
        responsible: names.person(responsible).to_owned(),
    });
    let help = desk.words.help().argument("followup", "--note").unwrap_or_default();
    let question = Prompt { what: &question, flag: "", help, blank: Blank::None };
    let answer = desk.app.ui.ask(&question)?;
    Ok(Some(answer).filter(|answer| !answer.trim().is_empty()))
}

fn follow_up(desk: &OpenDesk<'_>, record: &RecordRef, on_progress: &str) -> Result<RecordedStep> {
    desk.step::<Update>(StepRequest::new(record).noted(on_progress), |context| {
        let status = &context.record.status;
        let responsible = status.assignee.as_ref().unwrap_or(&status.desk_owner);
        Ok(Update { follow_up: Some(responsible.clone()), ..Update::default() }.into())
    })
}
