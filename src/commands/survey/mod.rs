//! `docket survey`: what customers answer after closing.

pub mod record;

use clap::{Args, Subcommand};

use crate::{
    app::App,
    commands::{Command, survey::record::RecordAnswer},
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
    Record(RecordAnswer),
}

impl Command for Survey {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        match self.what {
            What::Record(answer) => answer.run(app),
        }
    }
}
