//! `docket attachment`: the files of a record.

mod drop;
mod get;
mod list;
mod verify;

use clap::{Args, Subcommand};

use crate::{app::App, commands::Command, error::Result, ui::answer::Answer};

#[derive(Args, Debug)]
pub struct AttachmentCommand {
    #[command(subcommand)]
    what: AttachmentSubcommand,
}

#[derive(Debug, Subcommand)]
enum AttachmentSubcommand {
    List(list::ListFiles),
    Get(get::GetFile),
    Verify(verify::VerifyFiles),
    Drop(drop::DropCommand),
}

impl Command for AttachmentCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        match self.what {
            AttachmentSubcommand::List(list) => list.run(app),
            AttachmentSubcommand::Get(get) => get.run(app),
            AttachmentSubcommand::Verify(verify) => verify.run(app),
            AttachmentSubcommand::Drop(drop) => drop.run(app),
        }
    }
}
