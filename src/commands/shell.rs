//! `docket completions`, `docket man`: the command line for shells and manual readers.

use std::{fs, path::PathBuf};

use clap::{Args, builder::PossibleValuesParser};
use serde::Serialize;

use crate::{
    app::App,
    commands::Command,
    complete,
    domain::base::characters::clean_line,
    error::{Error, IoPlace, Result},
    store::files,
    ui::{answer::Answer, terminal::Terminal},
};

#[derive(Args, Debug)]
pub struct Completions {
    #[arg(value_parser = PossibleValuesParser::new(complete::shells()))]
    shell: String,
}

#[derive(Debug, Serialize)]
struct Script {
    shell: String,
    #[serde(rename = "script")]
    text: String,
}

impl Command for Completions {
    fn run(self, _: &App<'_>) -> Result<Box<dyn Answer>> {
        let text = complete::script(&self.shell).unwrap_or_default();
        Ok(Box::new(Script { shell: self.shell, text }))
    }
}

impl Answer for Script {
    fn human(&self, _: &Terminal) -> String {
        self.text.clone()
    }
}

#[derive(Args, Debug)]
pub struct Man {
    dir: PathBuf,
}

/// A page of the manual, ready to be written.
#[derive(Debug)]
pub struct ManualPage {
    /// The name of its file.
    pub name: String,
    pub text: String,
}

#[derive(Debug, Serialize)]
struct Pages {
    written: Vec<String>,
}

impl Man {
    /// Writes the pages.
    pub fn write(&self, app: &App<'_>, pages: &[ManualPage]) -> Result<Box<dyn Answer>> {
        let dir = app.directory().join(&self.dir);
        let failed = |source| Error::Io { what: IoPlace::file(&self.dir), source };
        fs::create_dir_all(&dir).map_err(failed)?;
        let mut written = Vec::new();
        for ManualPage { name, text } in pages {
            files::put(&dir.join(name), text.as_bytes()).map_err(failed)?;
            written.push(self.dir.join(name).display().to_string());
        }
        Ok(Box::new(Pages { written }))
    }
}

impl Answer for Pages {
    fn human(&self, _: &Terminal) -> String {
        self.written.iter().map(|path| format!("{}\n", clean_line(path))).collect()
    }
}
