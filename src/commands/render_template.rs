//! `docket render-template`: the separate process in which a desk's own templates are rendered.

use clap::Args;

use crate::{
    app::{App, input},
    commands::Command,
    error::{Error, IoPlace, Result},
    report::bounded,
    ui::answer::{Answer, Text},
};

#[derive(Args, Debug)]
#[command(hide = true)]
pub struct RenderTemplate {}

impl Command for RenderTemplate {
    fn run(self, _: &App<'_>) -> Result<Box<dyn Answer>> {
        let outcome = bounded::perform(&input::everything()?);
        let unreadable = |source| Error::Io { what: IoPlace::StandardInput, source };
        Ok(Box::new(Text { text: outcome.map_err(unreadable)? }))
    }
}
