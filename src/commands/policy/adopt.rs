//! `docket policy adopt`: a draft of the rules becomes what holds from its day on.

use clap::Args;

use super::WrittenRules;
use crate::{
    app::{App, rule_files::adoptable_file},
    error::Result,
    ui::answer::Answer,
};

#[derive(Args, Debug)]
pub struct AdoptPolicy {
    file: String,
}

impl AdoptPolicy {
    pub fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let path = adoptable_file(&self.file)?;
        let adopted = desk.adopt_rules(path)?;
        Ok(Box::new(WrittenRules::of(&desk, path, adopted)?))
    }
}
