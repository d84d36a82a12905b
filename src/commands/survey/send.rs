//! `docket survey send`: asks customers, by the month's sample or by hand.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    rc::Rc,
};

use clap::Args;
use serde::Serialize;

use crate::{
    answers::batch::{Batch, BatchItem, BatchOutcome},
    app::{
        App,
        desk::OpenDesk,
        output::Readers,
        period::month_of,
        samples::SamplePool,
        step::{RecordedStep, StepRequest},
    },
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        analysis::survey::sample::Sample,
        base::{
            ids::RecordId,
            month::Month,
            terms::{Party, State},
        },
        deciding::{policy::Policy, steps::survey_send},
        history::{
            customer::CustomerNames,
            event::Event,
            record::Record,
            refusal::Refusal,
            steps::{
                Act, Action,
                survey_send::{SampleDraw, SurveySend},
            },
        },
    },
    error::{Error, IoPlace, Result},
    report::{
        override_path,
        questionnaire::{QuestionnaireForm, QuestionnaireInput, override_of, render},
    },
    store::{
        find::{Purpose, RecordRef},
        view::View,
    },
    ui::{answer::Answer, terminal::Terminal},
    words::message::{DrawnPart, Message},
};

#[derive(Args, Debug)]
pub struct Send {
    #[arg(conflicts_with_all = ["all", "month"], add = ForStep(Action::SurveySend))]
    record: Option<RecordRef>,
    #[arg(long, requires = "output")]
    all: bool,
    #[arg(long, value_name = "MONTH|last", requires = "all")]
    month: Option<String>,
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// A questionnaire sent by hand, with its text where it went into no file.
#[derive(Debug, Serialize)]
struct SentQuestionnaire {
    #[serde(flatten)]
    done: RecordedStep,
    files: Vec<String>,
    #[serde(rename = "questionnaire", skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl Command for Send {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        if self.all {
            return self.sample(&desk);
        }
        let mut prompts = Prompts::new(app, "survey send");
        let record = prompts.record(&desk, Action::SurveySend, self.record.as_ref())?;
        prompts.done()?;
        self.by_hand(&desk, &record)
    }
}

impl Send {
    fn by_hand(&self, desk: &OpenDesk<'_>, record: &RecordRef) -> Result<Box<dyn Answer>> {
        let view = desk.view()?;
        let policy = view.policy()?;
        // of a record that is not there the step itself says so
        let id = desk.id(&view, record, Purpose::Change);
        if let Some(found) = id.ok().and_then(|id| view.record(&id).ok().flatten()) {
            let customer = &found.status.customer;
            same_questions(&view, &policy, survey_send::party(&policy.survey, customer, &view)?)?;
        }
        self.make_folder(desk)?;

        let mut done = send(desk, record, None)?;

        let context = SendContext::new(desk, &view)?;
        let (files, text) = if let Some(folder) = &self.output {
            let (files, remark) = context.write(folder, &done.record, &done.event)?;
            done.remarks.extend(remark);
            (files, None)
        } else {
            (
                Vec::new(),
                Some(context.sheet(&done.record, &done.event, QuestionnaireForm::Markdown)?),
            )
        };
        Ok(Box::new(SentQuestionnaire { done, files, text }))
    }

    fn sample(&self, desk: &OpenDesk<'_>) -> Result<Box<dyn Answer>> {
        let now = desk.now();
        let given = self.month.as_deref().unwrap_or("last");
        let month = Month::of(month_of(Some(given), now.date())?);
        if now < month.ends(desk.zone) {
            let why = Refusal::MonthNotOver { month };
            return Err(why.into());
        }
        let view = desk.view()?;
        let (records, policy) = (desk.records(&view)?, view.policy()?);
        let sample = SamplePool::new(desk, &view, &records, &policy)?.sample(month);
        for party in sample.unsent().filter_map(|id| sample.party_of(id)).collect::<BTreeSet<_>>() {
            same_questions(&view, &policy, party)?;
        }
        self.make_folder(desk)?;

        let batch = Batch { remarks: vec![sample_drawn(&sample)], ..Batch::default() };
        let batch = freeze(desk, &records, &sample, batch);

        match &self.output {
            Some(folder) => Ok(Box::new(written(desk, &sample, folder, batch)?)),
            None => Ok(Box::new(batch)),
        }
    }

    /// Makes the folder for the questionnaires, before anything is committed.
    fn make_folder(&self, desk: &OpenDesk<'_>) -> Result<()> {
        let Some(folder) = &self.output else {
            return Ok(());
        };
        fs::create_dir_all(desk.app.environment.directory.join(folder))
            .map_err(|source| Error::Io { what: IoPlace::file(folder), source })
    }
}

/// Sends to everybody drawn who was not sent to before.
fn freeze(desk: &OpenDesk<'_>, records: &[Record], sample: &Sample, mut batch: Batch) -> Batch {
    let mut ids: Vec<&RecordId> = sample.sent.iter().chain(sample.unsent()).collect();
    ids.sort();
    for id in ids {
        let found = records.iter().find(|record| record.id == *id);
        let state = found.map(|record| record.status.state);
        let outcome = match state {
            _ if sample.sent.contains(id) => BatchOutcome::Already,
            Some(state) if state != State::Closed => BatchOutcome::NotClosed(state),
            Some(_) | None => {
                let wanted = RecordRef::Full(id.clone());
                let party = sample.party_of(id).unwrap_or(Party::USUAL);
                let drawn = (sample.drawn_by(party), party);
                BatchOutcome::of(send(desk, &wanted, Some(&drawn)))
            }
        };
        batch.items.push(BatchItem { line: None, file: None, record: id.to_string(), outcome });
    }
    batch
}

/// Writes the questionnaires of everybody who was sent to for the sample.
fn written(desk: &OpenDesk<'_>, sample: &Sample, folder: &Path, mut batch: Batch) -> Result<Batch> {
    let view = desk.view()?;
    let context = SendContext::new(desk, &view)?;
    let mut told = None;
    for item in &batch.items {
        let Ok(id) = item.record.parse() else { continue };
        let Some(record) = view.record(&id)? else { continue };
        if let Some(event) = sent_for(&record, sample.month) {
            let (files, remark) = context.write(folder, &record, event)?;
            batch.files.extend(files);
            told = told.or(remark);
        }
    }
    batch.remarks.extend(told);
    Ok(batch)
}

fn sent_for(record: &Record, month: Month) -> Option<&Event> {
    record.history.iter().find(|event| match &event.act {
        Act::SurveySend(send) => send.drawn.as_ref().is_some_and(|drawn| drawn.period == month),
        _ => false,
    })
}

fn send(
    desk: &OpenDesk<'_>,
    record: &RecordRef,
    drawn: Option<&(SampleDraw, Party)>,
) -> Result<RecordedStep> {
    let drawn = || survey_send::Request { drawn: drawn.cloned() };
    desk.step::<SurveySend>(StepRequest::new(record), |_| Ok(drawn().into()))
}

/// Refuses to send a party other questions of the same version before anything is written.
fn same_questions(view: &View<'_>, policy: &Policy, party: Party) -> Result<()> {
    survey_send::same_questions(&policy.survey, party, view).map_err(Error::from)
}

fn sample_drawn(sample: &Sample) -> Message {
    let part = |party: Party| {
        let (of_party, by) = (sample.of_party(party), sample.drawn_by(party));
        DrawnPart {
            party,
            closed: of_party.population.closed(),
            candidates: of_party.population.candidates.len(),
            drawn: of_party.drawn.len(),
            sample: by.sample,
            cap: by.cap_per_customer,
        }
    };
    Message::SampleDrawn {
        month: sample.month,
        parts: sample.parties().into_iter().map(part).collect(),
    }
}

/// Where questionnaires are written, with what they are written with.
struct SendContext<'a> {
    desk: &'a OpenDesk<'a>,
    policy: Policy,
    names: Rc<CustomerNames>,
    markdown: Option<String>,
    html: Option<String>,
}

impl<'a> SendContext<'a> {
    fn new(desk: &'a OpenDesk<'a>, view: &View<'_>) -> Result<Self> {
        let lang = desk.paper.lang();
        Ok(Self {
            desk,
            policy: view.policy()?,
            names: view.customer_names()?,
            markdown: view.text(&override_path("questionnaire", lang))?,
            html: view.text(&override_of(QuestionnaireForm::Html, lang))?,
        })
    }

    fn sheet(&self, record: &Record, event: &Event, form: QuestionnaireForm) -> Result<String> {
        let own = match form {
            QuestionnaireForm::Markdown => &self.markdown,
            QuestionnaireForm::Html => &self.html,
        };
        let sheet = QuestionnaireInput { record, event, policy: &self.policy };
        let words = self.desk.paper.about(self.names.party(&record.status.customer));
        Ok(render(&sheet, form, words, own.as_deref())?)
    }

    /// Writes a questionnaire in each form; gives the files, and what is to be told of their place.
    fn write(
        &self,
        folder: &Path,
        record: &Record,
        event: &Event,
    ) -> Result<(Vec<String>, Option<Message>)> {
        let (mut files, mut remark) = (Vec::new(), None);
        for form in [QuestionnaireForm::Markdown, QuestionnaireForm::Html] {
            let name = folder.join(format!("{}.{}", record.id, form.ending()));
            let sheet = self.sheet(record, event, form)?;
            remark = self.desk.write_output(&name, sheet.as_bytes(), Readers::Owner)?.remark;
            files.push(name.display().to_string());
        }
        Ok((files, remark))
    }
}

impl Answer for SentQuestionnaire {
    fn human(&self, terminal: &Terminal) -> String {
        let mut text = self.done.human(terminal);
        text.extend(self.files.iter().map(|file| format!("{file}\n")));
        if let Some(sheet) = &self.text {
            text += &format!("\n{sheet}");
        }
        text
    }

    fn brief(&self) -> Option<String> {
        self.done.brief()
    }
}
