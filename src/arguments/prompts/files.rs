//! Files: those to attach, one of a record's, and the place where one is saved.

use std::path::{Path, PathBuf};

use super::Prompts;
use crate::{
    app::desk::OpenDesk,
    domain::{
        base::print::minute,
        history::{refusal::Refusal, status::parts::AttachmentEntry},
    },
    error::Result,
    store::{
        find::{Purpose, RecordRef},
        layout,
        view::rules::WaitingRules,
    },
    ui::{
        prompt::{Blank, menu::Choice},
        typed::read_path,
    },
    words::{file_size, label::Label},
};

impl Prompts<'_> {
    /// A file of the rules that a command changes: picked from all where none was named.
    ///
    /// # Errors
    /// A menu that was left.
    pub fn rule_file(&mut self, given: Option<&String>) -> Result<String> {
        let flag = "FILE";
        self.needed(given, flag, Label::RuleFile, |asked| {
            let files = layout::RULES.into_iter().filter(|path| *path != layout::PEOPLE);
            let choices = files.map(|path| Choice::new(path, path)).collect();
            asked.chosen(&asked.question(flag, Label::RuleFile, Blank::Asks), choices, None)
        })
    }

    /// A draft of the rules that is adopted: picked from those that are there where none was named.
    ///
    /// # Errors
    /// [`Refusal::NoDraft`] where there is none; a menu that was left.
    pub fn draft(&mut self, desk: &OpenDesk<'_>, given: Option<&String>) -> Result<String> {
        self.waiting(given, || Ok(desk.view()?.drafts()?), Refusal::NoDraft { path: None })
    }

    /// A file of rules that was adopted for a day to come, in the same way.
    ///
    /// # Errors
    /// [`Refusal::NothingAdopted`] where there is none; a menu that was left.
    pub fn adopted(&mut self, desk: &OpenDesk<'_>, given: Option<&String>) -> Result<String> {
        let none = Refusal::NothingAdopted { path: None };
        self.waiting(given, || Ok(desk.view()?.adopted_ahead()?), none)
    }

    fn waiting(
        &mut self,
        given: Option<&String>,
        files: impl FnOnce() -> Result<Vec<WaitingRules>>,
        none: Refusal,
    ) -> Result<String> {
        if let Some(given) = given {
            return Ok(given.clone());
        }
        let files = files()?;
        if files.is_empty() {
            return Err(none.into());
        }
        // the same name may be adopted for several days
        let choice = |it: &WaitingRules| {
            let code = if it.is_draft { it.of } else { &it.path };
            let day = it.day.map(|day| day.to_string());
            Choice { beside: day.into_iter().collect(), ..Choice::new(code, it.of) }
        };
        let choices: Vec<_> = files.iter().map(choice).collect();
        let (flag, label) = ("FILE", Label::RuleFile);
        if !self.app.ui.can_ask() {
            self.miss_one_of(flag, label, &choices);
            return Ok(String::new());
        }
        let only = choices.first().filter(|_| choices.len() == 1).map(|only| only.code.clone());
        self.chosen(&self.question(flag, label, Blank::Asks), choices, only.as_deref())
    }

    /// Files; where none was named one is asked for until `fits` takes it.
    ///
    /// # Errors
    /// A question that was left.
    pub fn files(
        &mut self,
        given: Vec<PathBuf>,
        fits: impl Fn(&Path) -> Result<()>,
    ) -> Result<Vec<PathBuf>> {
        let flag = "FILE";
        if !given.is_empty() {
            return Ok(given);
        }
        if !self.app.ui.can_ask() {
            self.miss(flag, Label::FileToAttach);
            return Ok(given);
        }
        let question = self.question(flag, Label::FileToAttach, Blank::Asks);
        let file = self.asked(&question, |typed| {
            let path = read_path(typed);
            fits(&path).map(|()| path).map_err(|why| self.words.error(&why))
        })?;
        // the command to be repeated names the file as it is called, not as it was dragged in or quoted
        self.app.ui.forget(flag);
        self.app.ui.typed(flag, &file.to_string_lossy());
        Ok(vec![file])
    }

    /// Which of a record's attachments is meant, by its number: picked from those that are kept, where
    /// there are several and somebody can be asked.
    ///
    /// # Errors
    /// What cannot be read; a menu that was left.
    pub fn attachment(
        &self,
        desk: &OpenDesk<'_>,
        record: &RecordRef,
        given: Option<usize>,
    ) -> Result<Option<usize>> {
        if given.is_some() || !self.app.ui.can_ask() {
            return Ok(given);
        }
        let record = desk.record(&desk.view()?, record, Purpose::Show)?;
        let status = &record.status;
        let kept = status.numbered_attachments().filter(|(_, entry)| entry.dropped_at.is_none());
        let choices: Vec<Choice> =
            kept.map(|(number, entry)| self.of_attachment(number, entry)).collect();
        if status.attachments.len() < 2 || choices.is_empty() {
            return Ok(None);
        }
        let only = choices.first().filter(|_| choices.len() == 1).map(|only| only.code.clone());
        let question = self.question("ATTACHMENT", Label::Attachment, Blank::Asks);
        Ok(self.chosen(&question, choices, only.as_deref())?.parse().ok())
    }

    /// Where something is saved; `usual` where nothing is answered.
    ///
    /// # Errors
    /// A question that was left.
    pub fn place(&self, usual: &Path) -> Result<PathBuf> {
        let usual = usual.to_string_lossy();
        let typed = self.asked_line("--output", Label::SaveAs, Blank::Usual(&usual))?;
        Ok(read_path(&typed))
    }

    /// An attachment as it is picked: by its number, name and kind.
    fn of_attachment(&self, number: usize, entry: &AttachmentEntry) -> Choice {
        let beside = [
            self.words.term(entry.kind).to_owned(),
            file_size(entry.size.into()),
            minute(entry.at),
        ];
        let choice = Choice {
            code: number.to_string(),
            label: entry.name.clone(),
            beside: beside.into(),
            also: Vec::new(),
            told: entry.name.clone(),
        };
        choice.with_sign(&number.to_string())
    }
}
