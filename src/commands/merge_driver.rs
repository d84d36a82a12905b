//! `docket merge-driver`: what git calls for a record or contact that both sides of a merge changed.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::{
    app::App,
    commands::Command,
    error::{Error, IoPlace, Result},
    store::{files, merge},
    ui::{answer::Answer, terminal::Terminal},
};

#[derive(Args, Debug)]
#[command(hide = true)]
pub struct MergeDriver {
    base: PathBuf,
    ours: PathBuf,
    theirs: PathBuf,
    path: String,
}

/// Nothing is to be said: the file is what came of it.
#[derive(Debug, Serialize)]
struct Silent {}

impl Command for MergeDriver {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let place = |path: &Path| app.directory().join(path);
        let read = |path: &Path| {
            let path = place(path);
            files::read(&path).map_err(|source| Error::Io { what: IoPlace::file(&path), source })
        };
        let sides = [read(&self.base)?, read(&self.ours)?, read(&self.theirs)?];
        let merged = merge::of_file(&self.path, &sides)?;
        let ours = place(&self.ours);
        files::put(&ours, &merged)
            .map_err(|source| Error::Io { what: IoPlace::file(&ours), source })?;
        Ok(Box::new(Silent {}))
    }
}

impl Answer for Silent {
    fn human(&self, _: &Terminal) -> String {
        String::new()
    }
}
