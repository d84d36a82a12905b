//! Files: those to attach, one of a record's, and the place where one is saved.

use std::path::{Path, PathBuf};

use super::Prompts;
use crate::{
    app::desk::OpenDesk,
    domain::{base::print::minute, history::status::parts::AttachmentEntry},
    error::Result,
    store::find::{Purpose, RecordRef},
    ui::{
        prompt::{Blank, menu::Choice},
        typed::read_path,
    },
    words::{file_size, label::Label},
};

impl Prompts<'_> {
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
            let path = read_path(typed, self.home());
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
        Ok(read_path(&typed, self.home()))
    }

    fn home(&self) -> Option<&Path> {
        self.app.environment.git.home()
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
