//! `docket attachment verify`: whether the files of a record are what was attached.

use clap::Args;
use serde::Serialize;

use crate::{
    app::App,
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        base::{ids::RecordId, terms::FileStanding},
        history::steps::Action,
    },
    error::Result,
    store::find::{Purpose, RecordRef},
    ui::{answer::Answer, cell::Cell, terminal::Terminal},
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct VerifyFiles {
    #[arg(add = ForStep(Action::Drop))]
    record: Option<RecordRef>,
}

/// How the files of a record stand to what it says of them.
#[derive(Debug, Serialize)]
struct VerifiedFiles {
    record: RecordId,
    attachments: Vec<VerifiedFile>,
}

#[derive(Debug, Serialize)]
struct VerifiedFile {
    number: usize,
    name: String,
    sha256: String,
    standing: FileStanding,
}

impl Command for VerifyFiles {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "attachment verify");
        let record = prompts.any_record(&desk, self.record.as_ref())?;
        prompts.done()?;
        let record = desk.record(&desk.view()?, &record, Purpose::Show)?;
        let verified = record.status.numbered_attachments().map(|(number, entry)| {
            let standing = desk.verified(&record, entry)?;
            let (name, sha256) = (entry.name.clone(), entry.sha256.clone());
            Ok(VerifiedFile { number, name, sha256, standing })
        });
        let attachments = verified.collect::<Result<_>>()?;
        desk.doubt_files_sent(&record.id)?;
        Ok(Box::new(VerifiedFiles { record: record.id.clone(), attachments }))
    }
}

impl VerifiedFiles {
    fn count(&self, wanted: &[FileStanding]) -> usize {
        let all = self.attachments.iter();
        all.filter(|file| wanted.contains(&file.standing)).count()
    }

    fn bad(&self) -> usize {
        self.count(&[FileStanding::Missing, FileStanding::Differs])
    }
}

impl Answer for VerifiedFiles {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let row = |file: &VerifiedFile| {
            let standing = words.term(file.standing).to_owned();
            let number = file.number.to_string();
            [number, file.name.clone(), standing, file.sha256.clone()].map(Cell::from).to_vec()
        };
        let rows: Vec<_> = self.attachments.iter().map(row).collect();
        let columns = [Label::Number, Label::FileName, Label::Standing, Label::Hash];
        let table = match &rows[..] {
            [] => String::new(),
            rows => terminal.sheet(&columns, rows, &[Label::Hash]),
        };
        let message = Message::AttachmentsVerified {
            intact: self.count(&[FileStanding::Intact]),
            dropped: self.count(&[FileStanding::Dropped]),
            bad: self.bad(),
        };
        format!("{table}{}\n", words.message(&message))
    }

    fn status(&self) -> u8 {
        u8::from(self.bad() > 0)
    }
}
