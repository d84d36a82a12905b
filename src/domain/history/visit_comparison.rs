//! Whether a form that was filled in offline says what the record has already.

use crate::domain::{
    base::{
        ids::{ContactId, EventId},
        print::{minute, minute_if_any},
        terms::{AttachmentKind, FileType, Satisfaction, Term},
        time::Timestamp,
    },
    history::{
        mask::mask_name,
        record::Record,
        refusal::Refusal,
        status::visit::{VisitEntry, VisitSignature, VisitWork},
        steps::{
            Act,
            visit::{Conduct, Visit},
        },
        visit_file::{FilledDevices, FilledSignature, FilledVisit, FormField},
    },
};

/// So many characters of a text are told.
const MOST_TOLD: usize = 80;

/// Where form and record differ.
type Compared = Result<(), Refusal>;

/// Whether a contact of the record is the person who is called so on the form.
pub trait KnowsPersons {
    /// # Errors
    /// [`Refusal::Unreadable`] for a damaged repository.
    fn is_called(&self, contact: &ContactId, name: &str) -> Result<bool, Refusal>;
}

impl FilledVisit {
    /// # Errors
    /// [`Refusal::FormDiffers`] in what the record has of the arrival.
    pub fn agrees_on_arrival(
        &self,
        entry: &VisitEntry,
        (known, arrived): (Timestamp, Timestamp),
        told_at: Option<Timestamp>,
    ) -> Compared {
        same_minute(FormField::ArrivedAt, known, arrived)?;
        // a page that was made after the arrival does not ask for these once more
        if let Some(reason) = self.late_reason.as_deref() {
            same_text(FormField::LateReason, entry.reason.as_deref(), Some(reason))?;
        }
        match told_at {
            Some(at) => same(FormField::ToldAt, &minute_if_any(entry.told_at), &minute(at)),
            None => Ok(()),
        }
    }

    /// # Errors
    /// [`Refusal::FormDiffers`] in what the record has of the work.
    pub fn agrees_on_work(
        &self,
        work: &VisitWork,
        left_at: Timestamp,
        persons: &impl KnowsPersons,
    ) -> Compared {
        same_minute(FormField::LeftAt, work.left_at, left_at)?;
        same(FormField::Work, &work.work, &self.work)?;
        same(FormField::Result, &work.result, &self.result)?;
        same_text(FormField::Parts, work.parts.as_deref(), self.parts.as_deref())?;
        same_text(FormField::LeftOpen, work.left_open.as_deref(), self.left_open.as_deref())?;
        same(FormField::Conduct, &told_conduct(&work.conduct), &told_conduct(&self.conduct))?;
        let allowed_by = match &self.devices {
            FilledDevices::NotUsed => None,
            FilledDevices::AllowedBy(name) => Some(name.as_str()),
        };
        let recorded = work.devices_allowed_by.as_ref();
        same_person(FormField::Devices, (recorded, allowed_by), persons)
    }

    /// # Errors
    /// [`Refusal::FormDiffers`] in what the record has of the customer's word.
    pub fn agrees_on_signature(
        &self,
        known: &VisitSignature,
        persons: &impl KnowsPersons,
    ) -> Compared {
        let (by, opinion, comment, refused) = match &self.signature {
            FilledSignature::Signed { by, opinion, comment, .. } => {
                (Some(by.as_str()), Some(*opinion), comment.as_deref(), None)
            }
            FilledSignature::Refused { reason } => (None, None, None, Some(reason.as_str())),
        };
        same_person(FormField::SignedBy, (known.by.as_ref(), by), persons)?;
        let grade = |opinion: Option<Satisfaction>| opinion.map_or("", Term::code);
        same(FormField::Opinion, grade(known.opinion), grade(opinion))?;
        same_text(FormField::Comment, known.comment.as_deref(), comment)?;
        same_text(FormField::Refused, known.refused.as_deref(), refused)
    }

    /// Refuses another drawn signature than the one that came with the form: that is attached right behind
    /// the signing, where a scan of paper comes later, with a step of its own before it.
    ///
    /// # Errors
    /// [`Refusal::OtherSignature`].
    pub fn agrees_on_drawing(&self, record: &Record, sha256: &str) -> Compared {
        let mut events = record.effective_events();
        // an iterator goes on behind what was found
        events.find(|event| signs(&event.act, &self.visit));
        let Some(next) = events.next() else { return Ok(()) };
        let other = record.status.numbered_attachments().find(|(_, entry)| {
            let is_drawn = (entry.kind, entry.file_type) == (AttachmentKind::Scan, FileType::Png);
            is_drawn && entry.event == next.stamp.id && entry.dropped_at.is_none()
        });
        match other {
            Some((number, entry)) if entry.sha256 != sha256 => {
                Err(Refusal::OtherSignature { attachment: number })
            }
            Some(_) | None => Ok(()),
        }
    }
}

fn signs(act: &Act, visit: &EventId) -> bool {
    matches!(act, Act::Visit(step)
        if matches!(&**step, Visit::Sign(signing) if signing.visit == *visit))
}

/// Refuses another time than the record has, to the minute, as a form has no seconds.
///
/// # Errors
/// [`Refusal::FormDiffers`].
pub fn same_minute(field: FormField, recorded: Timestamp, told: Timestamp) -> Compared {
    same(field, &minute(recorded), &minute(told))
}

/// Refuses somebody else than the record has.
fn same_person(
    field: FormField,
    (recorded, told): (Option<&ContactId>, Option<&str>),
    persons: &impl KnowsPersons,
) -> Compared {
    let is_same = match (recorded, told) {
        (Some(recorded), Some(told)) => persons.is_called(recorded, told)?,
        (recorded, told) => recorded.is_some() == told.is_some(),
    };
    if is_same {
        return Ok(());
    }
    let recorded = recorded.map(ToString::to_string).unwrap_or_default();
    Err(Refusal::FormDiffers { field, recorded, told: told.map(mask_name).unwrap_or_default() })
}

fn same(field: FormField, recorded: &str, told: &str) -> Compared {
    if recorded == told {
        return Ok(());
    }
    let [recorded, told] = [recorded, told].map(|text| text.chars().take(MOST_TOLD).collect());
    Err(Refusal::FormDiffers { field, recorded, told })
}

fn same_text(field: FormField, recorded: Option<&str>, told: Option<&str>) -> Compared {
    same(field, recorded.unwrap_or_default(), told.unwrap_or_default())
}

fn told_conduct(conduct: &[Conduct]) -> String {
    let told = conduct.iter().map(|broken| format!("{} {}", broken.prohibition, broken.text));
    told.collect::<Vec<_>>().join("; ")
}
