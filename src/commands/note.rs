//! `docket note`: a work note, and nothing else.

use clap::Args;

use crate::{
    answers::step::on_each,
    app::{App, step::StepRequest},
    arguments::{positionals, prompts::Prompts},
    commands::Command,
    complete::ForStep,
    domain::history::steps::{Action, update::Update},
    error::Result,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Note {
    #[arg(value_name = "[RECORD]... [TEXT]", add = ForStep(Action::Update))]
    words: Vec<String>,
    #[arg(long)]
    internal: bool,
    #[arg(long, value_name = "REPLY")]
    reply: Option<String>,
}

impl Command for Note {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "note");
        let mut note = desk.note_or_reply(self.reply.as_deref())?;
        let records = positionals::with_texts(&desk, "note", self.words, [&mut note])?;
        let records = prompts.records(&desk, Action::Update, &records, StepRequest::new)?;
        let note = prompts.text(note.as_ref(), "--note", Label::Note)?;
        prompts.done()?;

        let internal = self.internal;
        on_each(&records, |record| {
            let update = || Update { internal, ..Update::default() };
            let request = StepRequest::new(record).noted(&note);
            desk.step::<Update>(request, |_| Ok(update().into()))
        })
    }
}
