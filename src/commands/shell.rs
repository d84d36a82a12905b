//! `docket completions`, `docket man`: the command line for shells and manual readers.

use std::{fs, io, path::PathBuf};

use clap::{Args, builder::PossibleValuesParser};
use clap_mangen::Man as Page;
use serde_json::{Value, json};

use crate::{
    app::App,
    commands::Command,
    complete,
    error::{Error, IoPlace, Result},
    store::outside,
    ui::{answer::Answer, terminal::Terminal},
};

/// Print what a shell runs at its start to complete verbs, flags and ids
#[derive(Args, Debug)]
#[command(after_help = "Examples: source <(docket completions bash)\n          \
    docket completions fish > ~/.config/fish/completions/docket.fish")]
pub struct Completions {
    #[arg(value_parser = PossibleValuesParser::new(complete::shells()))]
    shell: String,
}

struct Script {
    shell: String,
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

    fn json(&self) -> Value {
        json!({ "format": 1, "shell": self.shell, "script": self.text })
    }
}

/// Write the manual pages, one for each verb, into a directory
#[derive(Args, Debug)]
#[command(after_help = "Example: docket man ~/.local/share/man/man1")]
pub struct Man {
    dir: PathBuf,
}

struct Pages(Vec<String>);

impl Man {
    /// Writes a page for the program and one for each of its verbs.
    pub fn write(&self, app: &App<'_>, mut command: clap::Command) -> Result<Box<dyn Answer>> {
        command.build();
        let dir = app.directory().join(&self.dir);
        let failed = |source| Error::Io { what: IoPlace::file(&self.dir), source };
        fs::create_dir_all(&dir).map_err(failed)?;
        let mut written = Vec::new();
        let mut put = |page: &Page| -> io::Result<()> {
            let mut text = Vec::new();
            page.render(&mut text)?;
            let name = page.get_filename();
            outside::put(&dir.join(&name), &text)?;
            written.push(self.dir.join(name).display().to_string());
            Ok(())
        };
        let verbs = command.get_subcommands().filter(|verb| !verb.is_hide_set());
        for page in [&command].into_iter().chain(verbs) {
            put(&Page::new(page.clone())).map_err(failed)?;
        }
        Ok(Box::new(Pages(written)))
    }
}

impl Answer for Pages {
    fn human(&self, _: &Terminal) -> String {
        self.0.iter().map(|path| format!("{path}\n")).collect()
    }

    fn json(&self) -> Value {
        json!({ "format": 1, "written": self.0 })
    }
}
