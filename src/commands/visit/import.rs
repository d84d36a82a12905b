//! `docket visit import`: forms that were filled in on the offline page.

use std::path::{Path, PathBuf};

use clap::Args;

use super::filled::FormEntry;
use crate::{
    answers::{
        batch::{Batch, BatchItem, BatchOutcome},
        step::StepSeries,
    },
    app::{App, desk::OpenDesk, step::RecordedStep},
    arguments::on_behalf::OnBehalfOf,
    commands::Command,
    domain::{
        base::media::{FileFault, VettedFile, data_url::DataUrl, vet},
        history::{
            steps::visit::number_of,
            visit_file::{FilledVisit, MOST_OF_VISIT_FILE, VisitFileFault},
        },
    },
    error::{Error, IoPlace, Result},
    store::{
        attachments::sha256,
        files,
        find::{Purpose, RecordRef},
    },
    ui::answer::Answer,
    words::message::Message,
};

#[derive(Args, Debug)]
pub struct ImportForms {
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[arg(long)]
    reason: Option<String>,
    #[command(flatten)]
    on_behalf: OnBehalfOf,
}

impl Command for ImportForms {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut batch = Batch::default();
        let mut taken_out = 0;
        for path in &self.files {
            let (record, imported) = match read(&desk, path) {
                Ok(form) => {
                    let record = form.record.to_string();
                    (record, self.entered(&desk, path, form))
                }
                Err(why) => (String::new(), Err(why)),
            };
            let outcome = match imported {
                Ok((steps, _)) if steps.is_empty() => BatchOutcome::Already,
                Ok((steps, values)) => {
                    taken_out += values;
                    BatchOutcome::DoneTogether(StepSeries::of(steps))
                }
                Err(why) => BatchOutcome::Refused(why),
            };
            let file = Some(path.display().to_string());
            batch.items.push(BatchItem { line: None, file, record, outcome });
        }
        if taken_out > 0 {
            batch.remarks.push(Message::PersonalTakenOut { values: taken_out });
        }
        Ok(Box::new(batch))
    }
}

impl ImportForms {
    /// The steps of a form that the record has not yet, and how many values of personal data were taken out of
    /// its texts.
    fn entered(
        &self,
        desk: &OpenDesk<'_>,
        path: &Path,
        form: FilledVisit,
    ) -> Result<(Vec<RecordedStep>, usize)> {
        let record = RecordRef::Full(form.record.clone());
        let known = desk.has_record(&record);
        let known =
            known.then(|| desk.record(&desk.view()?, &record, Purpose::Look)).transpose()?;
        if known.is_none_or(|known| number_of(&known.status, &form.visit).is_none()) {
            let (own, given) = (desk.desk.name.clone(), form.desk);
            return Err(Error::VisitFile(if own == given {
                VisitFileFault::NoSuchVisit { record: form.record }
            } else {
                VisitFileFault::OtherDesk { desk: given, own }
            }));
        }
        let picture = |(number, picture): (usize, &DataUrl)| vetted(path, number, picture);
        let photos = form.photos.iter().enumerate().map(picture).collect::<Result<Vec<_>>>()?;
        let drawn = form.signature.drawn().map(|drawn| vetted(path, 0, drawn)).transpose()?;
        let (entry, values) =
            FormEntry::new(desk, form, (drawn, photos), self.reason.as_deref(), &self.on_behalf)?;
        Ok((entry.enter(&record)?, values))
    }
}

/// What the page wrote.
fn read(desk: &OpenDesk<'_>, path: &Path) -> Result<FilledVisit> {
    let most = MOST_OF_VISIT_FILE;
    let what = IoPlace::file(path);
    let read = files::read_plain(&desk.app.environment.directory.join(path), most + 1);
    let bytes = read.map_err(|source| Error::Io { what: what.clone(), source })?;
    let not_kept = |fault| Error::NotKept { file: path.display().to_string(), fault };
    let bytes = bytes.map_err(|shape| not_kept(FileFault::NotAFile(shape)))?;
    if bytes.len() as u64 > most {
        return Err(Error::TooLarge { what, most });
    }
    FilledVisit::read(&bytes, sha256).map_err(Error::VisitFile)
}

/// A picture as it is kept; 0 for the signature.
fn vetted(path: &Path, number: usize, picture: &DataUrl) -> Result<VettedFile> {
    let name = format!("{number}.{}", picture.file_type);
    let file = path.display().to_string();
    vet(&name, picture.bytes.clone()).map_err(|fault| Error::NotKept { file, fault })
}
