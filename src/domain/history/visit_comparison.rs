//! Whether a form that was filled in offline says what the record has already.

use crate::domain::{
    base::{
        ids::{ContactId, EventId},
        print::{minute, minute_if_any},
        terms::{Satisfaction, Term},
        time::Timestamp,
    },
    history::{
        event::Event,
        items::made_by,
        mask::mask_name,
        record::Record,
        refusal::Refusal,
        status::visit::{VisitSignature, VisitWork},
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
        record: &Record,
        (known, arrived): (Timestamp, Timestamp),
        told_at: Option<Timestamp>,
        persons: &impl KnowsPersons,
    ) -> Compared {
        let (_, entry) = made_by(&record.status.visits, &self.visit)?;
        same_minute(FormField::ArrivedAt, known, arrived)?;
        // a page that was made after the arrival does not ask for these once more
        if let Some(reason) = self.late_reason.as_deref() {
            same_text(FormField::LateReason, entry.reason.as_deref(), Some(reason))?;
        }
        if let Some((at, (name, _))) = told_at.zip(self.told.as_ref()) {
            same(FormField::ToldAt, &minute_if_any(entry.told_at), &minute(at))?;
            let told = record.effective_events().find_map(|event| told_by(event, &self.visit));
            same_person(FormField::Told, (told, Some(name)), persons)?;
        }
        Ok(())
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

    /// Where it was drawn, by the hash of the picture: what was signed on paper may be drawn as well.
    ///
    /// # Errors
    /// [`Refusal::FormDiffers`] in what the record has of the customer's word, [`Refusal::OtherSignature`].
    pub fn agrees_on_signature(
        &self,
        known: &VisitSignature,
        drawn: Option<&str>,
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
        same_text(FormField::Refused, known.refused.as_deref(), refused)?;
        match (known.drawing.as_deref(), drawn) {
            (Some(known), Some(drawn)) if known != drawn => Err(Refusal::OtherSignature),
            _ => Ok(()),
        }
    }
}

/// Whom the arrival at a visit says was told that it is late.
fn told_by<'e>(event: &'e Event, visit: &EventId) -> Option<&'e ContactId> {
    let Act::Visit(step) = &event.act else { return None };
    let Visit::Arrive(arrival) = &**step else { return None };
    let told = arrival.told.as_ref().filter(|_| arrival.visit == *visit);
    told.map(|told| &told.to)
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
