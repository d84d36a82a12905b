//! `docket redact`: hides a text that should not have been written.

use clap::Args;

use crate::{
    app::{
        App,
        context::{Proposal, StepContext},
        desk::OpenDesk,
        step::StepRequest,
    },
    arguments::prompts::{Prompts, texts::TextChoice},
    commands::Command,
    complete::ForStep,
    domain::{
        deciding::steps::redact::{Request, meant},
        history::{
            record::Record,
            steps::{self, Action},
        },
    },
    error::{Error, Result},
    store::find::{Purpose, RecordRef},
    ui::answer::Answer,
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct Redact {
    #[arg(add = ForStep(Action::Redact))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "EVENT")]
    event: Option<String>,
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Command for Redact {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "redact");
        let record = prompts.record(&desk, Action::Redact, self.record.as_ref())?;
        let (event, field) = self.text(&desk, &record, &mut prompts)?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;
        if app.ui.can_ask() {
            let named = (event.as_str(), field.as_str(), reason.as_str());
            desk.tried::<steps::redact::Redact>(StepRequest::new(&record), |context| {
                request(context, named)
            })?;
            let record = desk.record(&desk.view()?, &record, Purpose::Show)?;
            app.ui.say(&desk.words.message(&what_goes(&record, &event, &field)?));
            prompts.confirm(Label::HideText)?;
        }

        let done = desk.step::<steps::redact::Redact>(StepRequest::new(&record), |context| {
            request(context, (&event, &field, &reason))
        })?;
        desk.refresh_cache()?;

        Ok(Box::new(done))
    }
}

/// What is asked of the domain.
fn request(
    context: &StepContext<'_>,
    (event, field, reason): (&str, &str, &str),
) -> Result<Proposal<Request>> {
    let reason = context.nameless_reason(reason)?;
    let request = Request { event: event.to_owned(), field: field.to_owned(), reason };
    let archive = context.record.status.archive.as_ref();
    let archive = archive.map(|archive| archive.path.clone());
    Ok(Proposal::from(request).with_remarks([Message::TextHidden { archive }]))
}

/// The texts that are about to be hidden.
fn what_goes(record: &Record, event: &str, field: &str) -> Result<Message> {
    let meant = meant(record, event).map_err(Error::from)?;
    let shown = record.shown_texts().into_iter();
    let own = shown.filter(|it| it.event.stamp.id == meant.stamp.id && it.field == field);
    let texts = own.flat_map(|it| it.texts).map(str::to_owned).collect();
    Ok(Message::RedactionAsked { texts })
}

impl Redact {
    /// The event and the field of a text; on a terminal picked from those that can be hidden.
    fn text(
        &self,
        desk: &OpenDesk<'_>,
        record: &RecordRef,
        prompts: &mut Prompts<'_>,
    ) -> Result<(String, String)> {
        let choices = || -> Result<Vec<TextChoice>> {
            let record = desk.record(&desk.view()?, record, Purpose::Show)?;
            let event = self.event.as_ref().map(|given| meant(&record, given));
            let event = event.transpose().map_err(Error::from)?.map(|it| it.stamp.id.clone());
            let own = record.shown_texts().into_iter().filter(|shown| {
                event.as_ref().is_none_or(|id| *id == shown.event.stamp.id)
                    && self.field.as_ref().is_none_or(|field| field == shown.field)
            });
            Ok(own.map(|shown| TextChoice::of(&record, &shown, desk.words)).collect())
        };
        prompts.text_to_hide((self.event.as_ref(), self.field.as_ref()), choices)
    }
}
