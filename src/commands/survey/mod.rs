//! `docket survey`: what customers answer after closing.

pub mod due;
pub mod expire;
pub mod import;
pub mod record;
pub mod send;

use clap::{Args, Subcommand};

use crate::{
    app::App,
    commands::{
        Command,
        survey::{
            due::SurveyDue, expire::Expire, import::ImportAnswers, record::RecordAnswer, send::Send,
        },
    },
    error::Result,
    ui::answer::Answer,
};

#[derive(Args, Debug)]
pub struct SurveyCommand {
    #[command(subcommand)]
    what: SurveySubcommand,
}

#[derive(Debug, Subcommand)]
enum SurveySubcommand {
    Due(SurveyDue),
    Send(Send),
    Record(RecordAnswer),
    Import(ImportAnswers),
    Expire(Expire),
}

impl Command for SurveyCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        match self.what {
            SurveySubcommand::Due(due) => due.run(app),
            SurveySubcommand::Send(send) => send.run(app),
            SurveySubcommand::Record(answer) => answer.run(app),
            SurveySubcommand::Import(import) => import.run(app),
            SurveySubcommand::Expire(expire) => expire.run(app),
        }
    }
}
