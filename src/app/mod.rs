//! What commands work with: clock, identity, the opened desk, and the road from wish to commit.

pub mod attachments;
pub mod choices;
pub mod clock;
mod consequences;
pub mod contact_changes;
pub mod contacts;
pub mod context;
pub mod customers;
pub mod desk;
pub mod doctor;
mod doctor_people;
mod doctor_references;
mod doctor_repair;
pub mod environment;
pub mod erasure;
pub mod import;
pub mod import_context;
pub mod input;
pub mod joint;
pub mod log_file;
pub mod logs;
pub mod machine;
pub mod nameless;
pub mod open_to;
pub mod opening;
pub mod output;
pub mod period;
pub mod period_rules;
pub mod personal;
pub mod persons;
mod replies;
pub mod reveal;
pub mod rule_files;
pub mod samples;
mod stamp;
pub mod step;
pub mod sync;
mod sync_arrivals;
pub mod sync_files;
mod sync_mending;
mod sync_persons;
pub mod unsent;

use std::path::{Path, PathBuf};

use crate::{
    app::{
        clock::{Ids, TimeSource},
        environment::Environment,
    },
    domain::{
        base::{moment::Moment, zone::Zone},
        deciding::policy::people::Person,
    },
    error::Result,
    store::Store,
    ui::Ui,
    words::Lang,
};

/// What was said for every command alike.
#[derive(Clone, Debug, Default)]
pub struct GlobalOptions {
    pub directory: Option<PathBuf>,
    pub lang: Option<Lang>,
    pub at: Option<Moment>,
    pub late_because: Option<String>,
    pub note: Option<String>,
    pub branch: Option<String>,
    pub namesake: Option<String>,
    /// Why personal data in the texts of a step is kept.
    pub contains_personal: Option<String>,
    /// Contacts are shown by their ids alone.
    pub ids: bool,
    /// Long text is written in an editor.
    pub edit: bool,
}

/// A run of docket.
#[derive(Debug)]
pub struct App<'u> {
    pub environment: Environment,
    pub options: GlobalOptions,
    pub clock: TimeSource,
    pub ids: Ids,
    pub ui: &'u Ui,
}

impl App<'_> {
    /// The directory that the command is about.
    pub fn directory(&self) -> PathBuf {
        match &self.options.directory {
            Some(directory) => self.environment.directory.join(directory),
            None => self.environment.directory.clone(),
        }
    }

    /// A directory as it is named from where the user stands.
    pub fn shown(&self, dir: &Path) -> PathBuf {
        self.options.directory.as_ref().map_or_else(|| dir.to_owned(), |base| base.join(dir))
    }

    /// The repository that git means there.
    pub fn store(&self) -> Result<Store> {
        let store = Store::discover(&self.directory(), &self.environment.git)?;
        store.tell_time(self.clock.now(Zone::UTC));
        if self.options.ids {
            store.know_nobody();
        }
        Ok(store)
    }
}

/// Somebody of the roster with the address that named them.
#[derive(Clone, Debug)]
pub struct Actor {
    pub person: Person,
    pub email: String,
}
