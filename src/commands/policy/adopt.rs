//! `docket policy adopt`: a draft of the rules becomes what holds from its day on, or that is taken back before it.

use chrono::NaiveDate;
use clap::Args;
use serde::Serialize;

use super::{WrittenRules, day_of};
use crate::{
    app::{
        App,
        desk::OpenDesk,
        rule_files::{adoptable_file, adopted_file},
    },
    arguments::prompts::Prompts,
    domain::base::moment::Moment,
    error::{Error, Result, usage::Usage},
    store::{git::ids::CommitId, layout},
    ui::{answer::Answer, terminal::Terminal},
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct AdoptPolicy {
    file: Option<String>,
    #[arg(long)]
    withdraw: bool,
    #[arg(long, value_name = "DAY", requires = "withdraw")]
    on: Option<Moment>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// An adoption that was taken back.
#[derive(Debug, Serialize)]
struct WithdrawnRules {
    #[serde(skip)]
    of: &'static str,
    /// Where the adopted file lay.
    path: String,
    day: NaiveDate,
    /// The draft, where it is there again.
    draft: Option<String>,
    commit: Option<String>,
}

impl AdoptPolicy {
    pub fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        if self.reason.is_some() && !self.withdraw {
            return Err(Error::Usage(Usage::AdoptedWithReason { file: self.file }));
        }
        let desk = app.desk()?;
        if self.withdraw {
            return self.take_back(&desk);
        }
        if self.file.is_none() {
            desk.may_change_rules(None)?;
        }
        let mut prompts = Prompts::new(app, "policy adopt");
        let file = prompts.draft(&desk, self.file.as_ref())?;
        prompts.done()?;
        let path = adoptable_file(&file)?;
        let adopted = desk.adopt_rules(path)?;
        Ok(Box::new(WrittenRules::of(&desk, path, adopted)?))
    }

    fn take_back(self, desk: &OpenDesk<'_>) -> Result<Box<dyn Answer>> {
        desk.may_change_rules(self.reason.as_deref())?;
        let mut prompts = Prompts::new(desk.app, "policy adopt");
        let file = prompts.adopted(desk, self.file.as_ref())?;
        let reason = prompts.line(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;
        let (of, called) = adopted_file(&file)?;
        let day = self.on.as_ref().map(|on| day_of(desk, on)).transpose()?.or(called);
        let withdrawn = desk.withdraw_rules((of, day), &reason)?;
        let path = layout::adopted(of, withdrawn.day);
        let draft = layout::draft(of).filter(|_| withdrawn.is_draft_again);
        let (day, commit) = (withdrawn.day, withdrawn.commit.map(CommitId::short));
        Ok(Box::new(WithdrawnRules { of, path, day, draft, commit }))
    }
}

impl Answer for WithdrawnRules {
    fn human(&self, terminal: &Terminal) -> String {
        let message = Message::AdoptionWithdrawn {
            path: self.of,
            day: self.day,
            is_draft_again: self.draft.is_some(),
        };
        format!("{}\n", terminal.words.message(&message))
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.path))
    }
}
