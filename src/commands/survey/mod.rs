//! `docket survey`: what customers answer after closing.

pub mod batch;
pub mod due;
pub mod expire;
pub mod import;
pub mod record;
pub mod sample;
pub mod send;

use clap::{Args, Subcommand};

use crate::{
    app::App,
    commands::{
        Command,
        survey::{due::Due, expire::Expire, import::Import, record::RecordAnswer, send::Send},
    },
    error::Result,
    ui::answer::Answer,
};

/// Ask customers after closing
#[derive(Args, Debug)]
pub struct Survey {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Due(Due),
    Send(Send),
    Record(RecordAnswer),
    Import(Import),
    Expire(Expire),
}

impl Command for Survey {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        match self.what {
            What::Due(due) => due.run(app),
            What::Send(send) => send.run(app),
            What::Record(answer) => answer.run(app),
            What::Import(import) => import.run(app),
            What::Expire(expire) => expire.run(app),
        }
    }
}
