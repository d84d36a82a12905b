//! `docket update`: whatever happens between the steps.

use std::collections::BTreeMap;

use clap::Args;

use crate::{
    app::{
        App,
        contacts::ContactMatch,
        context::{Proposal, StepContext},
        step::StepRequest,
    },
    arguments::prompts::Prompts,
    arguments::terms::{key_value, term},
    commands::Command,
    complete::ForStep,
    domain::{
        base::terms::{Grade, Level, Mood, Phase, Progress, Support},
        history::steps::{self, Action, update::goes_further},
    },
    error::Result,
    store::find::{Purpose, RecordRef},
    ui::answer::Answer,
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct Update {
    #[arg(add = ForStep(Action::Update))]
    record: Option<RecordRef>,
    #[arg(long, value_parser = term::<Progress>())]
    progress: Option<Progress>,
    #[arg(long, value_name = "TEXT")]
    first_line: Option<String>,
    #[arg(long, value_name = "NAME", alias = "with")]
    contact: Option<String>,
    #[arg(long, value_parser = term::<Mood>())]
    mood: Option<Mood>,
    #[arg(long, value_name = "PERSON")]
    follow_up: Option<String>,
    #[arg(long, value_parser = term::<Phase>())]
    phase: Option<Phase>,
    #[arg(long, value_parser = term::<Support>())]
    support: Option<Support>,
    #[arg(long)]
    category: Option<String>,
    #[arg(long, value_name = "KEY=TEXT", value_parser = key_value)]
    answer: Vec<(String, String)>,
    #[arg(long, value_parser = term::<Grade>())]
    impact: Option<Grade>,
    #[arg(long, value_parser = term::<Grade>())]
    urgency: Option<Grade>,
    #[arg(long, value_parser = term::<Level>())]
    level: Option<Level>,
    #[arg(long, value_name = "CRITERION")]
    major: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[arg(long, value_name = "TEXT", conflicts_with = "unverified")]
    verified: Option<String>,
    #[arg(long, value_name = "REASON")]
    unverified: Option<String>,
    #[arg(long, value_name = "PERSON")]
    notified: Option<String>,
    #[arg(long)]
    internal: bool,
}

impl Command for Update {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "update");
        let record = prompts.record(&desk, Action::Update, self.record.as_ref())?;
        let contact = prompts.some_person(&desk, &record, "--contact", self.contact.as_ref())?;
        let reason = match &self.reason {
            None if app.ui.can_ask() && self.support.is_some() => {
                let found = desk.record(&desk.view()?, &record, Purpose::Look)?;
                let is_needed = goes_further(self.support, &found.status);
                let ask = || prompts.text(None, "--reason", Label::Reason);
                is_needed.then(ask).transpose()?
            }
            given => given.clone(),
        };
        prompts.done()?;

        let done = desk.step::<steps::update::Update>(StepRequest::new(&record), |context| {
            let contact = context.some_customer_person(contact.as_ref())?;
            let update = self.request(context, contact.as_ref(), reason.as_ref())?;
            let waits = update.progress.filter(|progress| {
                matches!(progress, Progress::WaitingCustomer | Progress::WaitingSupplier)
            });
            let remark = waits.map(|_| Message::ProgressNeverPauses);
            Ok(Proposal::from(update).with_contacts(contact).with_remarks(remark))
        })?;

        Ok(Box::new(done))
    }
}

impl Update {
    fn request(
        &self,
        context: &StepContext<'_>,
        contact: Option<&ContactMatch>,
        reason: Option<&String>,
    ) -> Result<steps::update::Update> {
        let mut answers = BTreeMap::new();
        for (key, answer) in &self.answer {
            answers.insert(context.line("--answer", key)?, context.text("--answer", answer)?);
        }
        let unit = self.follow_up.as_deref();
        let manager = self.notified.as_deref();
        Ok(steps::update::Update {
            progress: self.progress,
            phase: self.phase,
            first_line: context.some_text("--first-line", self.first_line.as_ref())?,
            contact: contact.map(ContactMatch::id),
            mood: self.mood,
            support: self.support,
            follow_up: unit.map(|id| context.person(id)).transpose()?,
            category: self.category.as_deref().map(|given| context.category(given)),
            answers,
            impact: self.impact,
            urgency: self.urgency,
            level: self.level,
            major: self.major.as_deref().map(|given| context.criterion(given)),
            reason: context.some_text("--reason", reason)?,
            verified: context.some_text("--verified", self.verified.as_ref())?,
            unverified: context.some_text("--unverified", self.unverified.as_ref())?,
            notified: manager.map(|id| context.person(id)).transpose()?,
            internal: self.internal,
            ..steps::update::Update::default()
        })
    }
}
