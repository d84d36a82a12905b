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
    arguments::terms::{key_value, term},
    commands::Command,
    domain::{
        base::terms::{Grade, Level, Mood, Phase, Progress},
        history::steps,
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::message::Message,
};

/// Note progress, contacts, follow-ups, or a new level
#[derive(Args, Debug)]
#[command(
    after_help = "Example: docket update 7k3qx --progress implementing --note \"part ordered\""
)]
pub struct Update {
    /// Record, by its id or a tail of it
    record: RecordRef,
    /// How far it has come; never pauses a clock
    #[arg(long, value_parser = term::<Progress>)]
    progress: Option<Progress>,
    /// Phase of the work the note belongs to
    #[arg(long, value_parser = term::<Phase>)]
    phase: Option<Phase>,
    /// What the desk itself tried
    #[arg(long, value_name = "TEXT")]
    first_line: Option<String>,
    /// Whom of the customer we spoke with
    #[arg(long, value_name = "NAME", alias = "with")]
    contact: Option<String>,
    /// How the customer takes it
    #[arg(long, value_parser = term::<Mood>)]
    mood: Option<Mood>,
    /// Whom of the unit the desk asked; needs --note or --progress
    #[arg(long, value_name = "PERSON")]
    follow_up: Option<String>,
    /// Another category; needs --reason
    #[arg(long)]
    category: Option<String>,
    /// Answer to a question of the category
    #[arg(long, value_name = "KEY=TEXT", value_parser = key_value)]
    answer: Vec<(String, String)>,
    /// Impact; needs --reason
    #[arg(long, value_parser = term::<Grade>)]
    impact: Option<Grade>,
    /// Urgency; needs --reason
    #[arg(long, value_parser = term::<Grade>)]
    urgency: Option<Grade>,
    /// Service level; needs --reason
    #[arg(long, value_parser = term::<Level>)]
    level: Option<Level>,
    /// Criterion that makes it a major event; needs --reason
    #[arg(long, value_name = "CRITERION")]
    major: Option<String>,
    /// Why level, category or major change
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Complaint: what shows that it happened as told
    #[arg(long, value_name = "TEXT", conflicts_with = "unverified")]
    verified: Option<String>,
    /// Complaint: why it could not be verified; it is kept all the same
    #[arg(long, value_name = "REASON")]
    unverified: Option<String>,
    /// Complaint: the relationship manager who was told
    #[arg(long, value_name = "PERSON")]
    notified: Option<String>,
    /// The note is for the team only
    #[arg(long)]
    internal: bool,
}

impl Command for Update {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let first_line = self.first_line.clone();

        let done =
            desk.step::<steps::update::Update>(StepRequest::new(&self.record), |context| {
                let contact = context.some_customer_person(self.contact.as_ref())?;
                let update = self.told(context, contact.as_ref(), first_line.as_ref())?;
                let waits = update.progress.filter(|progress| {
                    matches!(progress, Progress::WaitingCustomer | Progress::WaitingSupplier)
                });
                let remark = waits.map(|_| Message::ProgressNeverPauses);
                Ok(Proposal::from(update).naming(contact).remarking(remark))
            })?;

        Ok(Box::new(done))
    }
}

impl Update {
    fn told(
        &self,
        context: &StepContext<'_>,
        contact: Option<&ContactMatch>,
        first_line: Option<&String>,
    ) -> Result<steps::update::Update> {
        let mut answers = BTreeMap::new();
        for (key, answer) in &self.answer {
            answers.insert(context.line("--answer", key)?, context.text("--answer", answer)?);
        }
        let asked = self.follow_up.as_deref();
        let told = self.notified.as_deref();
        Ok(steps::update::Update {
            progress: self.progress,
            phase: self.phase,
            first_line: context.some_text("--first-line", first_line)?,
            contact: contact.map(ContactMatch::id),
            mood: self.mood,
            follow_up: asked.map(|id| context.person(id)).transpose()?,
            category: self.category.as_deref().map(|given| context.category(given)),
            answers,
            impact: self.impact,
            urgency: self.urgency,
            level: self.level,
            major: self.major.clone(),
            reason: context.some_text("--reason", self.reason.as_ref())?,
            verified: context.some_text("--verified", self.verified.as_ref())?,
            unverified: context.some_text("--unverified", self.unverified.as_ref())?,
            notified: told.map(|id| context.person(id)).transpose()?,
            internal: self.internal,
            ..steps::update::Update::default()
        })
    }
}
