//! A form that was filled in offline becomes steps: those that the record has not yet, all of them or none.

use chrono::NaiveDateTime;

use crate::{
    app::{
        contacts::{ContactMatch, NamedPerson},
        context::{Proposal, StepContext},
        desk::OpenDesk,
        joint::JointSteps,
        step::{RecordedStep, StepRequest},
    },
    arguments::on_behalf::OnBehalfOf,
    domain::{
        base::{
            ids::ContactId,
            media::VettedFile,
            personal,
            print::minute,
            terms::AttachmentKind,
            text::{TEXT, tidy},
            time::{Timestamp, WallTime},
        },
        deciding::{
            scene::Lookup,
            steps::visit::{Request, SignRequest},
        },
        history::{
            contact::{Contact, followed},
            items::made_by,
            refusal::Refusal,
            status::visit::VisitEntry,
            steps::{
                Action,
                attach::Attach,
                visit::{Visit, VisitArrival, VisitDone, VisitMark, VisitNotice},
            },
            visit_comparison::{KnowsPersons, same_minute},
            visit_file::{FilledDevices, FilledSignature, FilledVisit, FormField},
        },
    },
    error::{Error, RefusalDetails, Result},
    store::{attachments::sha256, find::RecordRef},
    words::label::Label,
};

/// A form as it is entered.
pub(super) struct FormEntry<'a> {
    desk: &'a OpenDesk<'a>,
    /// With texts as they are kept.
    form: FilledVisit,
    drawn: Option<VettedFile>,
    photos: Vec<VettedFile>,
    /// Why the engineer came late, where the form does not say.
    late: Option<String>,
    on_behalf: &'a OnBehalfOf,
}

impl<'a> FormEntry<'a> {
    /// The form without the personal data in its texts, for nobody looks at each; and how many values that
    /// were.
    ///
    /// # Errors
    /// A text that cannot be kept.
    pub(super) fn new(
        desk: &'a OpenDesk<'a>,
        mut form: FilledVisit,
        (drawn, photos): (Option<VettedFile>, Vec<VettedFile>),
        late: Option<&str>,
        on_behalf: &'a OnBehalfOf,
    ) -> Result<(Self, usize)> {
        let mut taken_out = 0;
        let mut late = late.map(str::to_owned);
        let late_text = late.iter_mut().map(|text| ("--reason", text));
        for (flag, text) in texts(&mut form).into_iter().chain(late_text) {
            let kept = tidy(text, TEXT).map_err(|fault| Refusal::Text { flag, fault })?;
            let without = personal::without_personal(&kept, |kind| Some(desk.mark(kind)));
            let (kept, values) = without.unwrap_or((kept, 0));
            (*text, taken_out) = (kept, taken_out + values);
        }
        Ok((Self { desk, form, drawn, photos, late, on_behalf }, taken_out))
    }

    /// Makes the steps that the record has not; none where it has all.
    ///
    /// # Errors
    /// What stands against one of them, or where form and record differ.
    pub(super) fn enter(&self, record: &RecordRef) -> Result<Vec<RecordedStep>> {
        let late = self.desk.desk_words().label(Label::FilledOffline);
        let request = |at: Timestamp| StepRequest {
            at: Some(at),
            late_because: Some(late),
            ..self.on_behalf.request(record)
        };
        self.desk.jointly(record, |joint| {
            let planned = joint.record().event(&self.form.visit).map(|event| event.stamp.at);
            let departed = self.depart(joint, planned.unwrap_or_default(), &request)?;
            let arrived = self.arrive(joint, departed, &request)?;
            let left = self.finish(joint, arrived, &request)?;
            self.sign(joint, (record, left), &request)?;
            let pictures = self.drawn.iter().map(|file| (file, AttachmentKind::Scan));
            let photos = self.photos.iter().map(|file| (file, AttachmentKind::Photo));
            keep(joint, record, pictures.chain(photos))
        })
    }

    fn depart<'r>(
        &self,
        joint: &mut JointSteps<'_>,
        planned: Timestamp,
        request: &impl Fn(Timestamp) -> StepRequest<'r>,
    ) -> Result<Timestamp> {
        let told = self.at(self.form.departed_at, planned);
        if let Some(known) = self.entry(joint)?.departed_at {
            agrees(joint, same_minute(FormField::DepartedAt, known, told))?;
            return Ok(known);
        }
        joint.step::<Visit>(request(told), |_| {
            Ok(Request::Other(Visit::Depart(VisitMark { visit: self.form.visit.clone() })).into())
        })?;
        Ok(told)
    }

    fn arrive<'r>(
        &self,
        joint: &mut JointSteps<'_>,
        departed: Timestamp,
        request: &impl Fn(Timestamp) -> StepRequest<'r>,
    ) -> Result<Timestamp> {
        let told = self.at(self.form.arrived_at, departed);
        let notice = self.form.told.as_ref();
        let notice = notice.map(|(name, at)| (name, self.at(*at, Timestamp::default())));
        let entry = self.entry(joint)?;
        if let Some(known) = entry.arrived_at {
            let told_at = notice.map(|(_, at)| at);
            let persons = &PersonsOf(joint);
            let record = joint.record();
            agrees(joint, self.form.agrees_on_arrival(record, (known, told), told_at, persons))?;
            return Ok(known);
        }
        // a page that was made before the window moved did not ask why
        let reason = self.form.late_reason.clone();
        let reason = reason.or_else(|| self.late.clone().filter(|_| entry.is_late(told)));
        let known = joint.contacts().to_vec();
        joint.step::<Visit>(request(told), |context| {
            let person = notice.map(|(name, _)| person(context, &known, name)).transpose()?;
            let told = person.as_ref().zip(notice);
            let arrival = VisitArrival {
                visit: self.form.visit.clone(),
                reason: reason.clone(),
                told: told.map(|(to, (_, at))| VisitNotice { to: to.id(), at }),
            };
            Ok(Proposal::from(Request::Other(Visit::Arrive(arrival))).with_contacts(person))
        })?;
        Ok(told)
    }

    fn finish<'r>(
        &self,
        joint: &mut JointSteps<'_>,
        arrived: Timestamp,
        request: &impl Fn(Timestamp) -> StepRequest<'r>,
    ) -> Result<Timestamp> {
        let form = &self.form;
        let left_at = self.at(form.left_at, arrived);
        let allowed_by = match &form.devices {
            FilledDevices::NotUsed => None,
            FilledDevices::AllowedBy(name) => Some(name),
        };
        if let Some(work) = self.entry(joint)?.work {
            agrees(joint, form.agrees_on_work(&work, left_at, &PersonsOf(joint)))?;
            return Ok(work.done_at.max(work.left_at));
        }
        let known = joint.contacts().to_vec();
        joint.step::<Visit>(request(left_at), |context| {
            let allowed = allowed_by.map(|name| person(context, &known, name)).transpose()?;
            let done = VisitDone {
                visit: form.visit.clone(),
                work: form.work.clone(),
                result: form.result.clone(),
                parts: form.parts.clone(),
                left_open: form.left_open.clone(),
                left_at,
                conduct: form.conduct.clone(),
                devices_allowed_by: allowed.as_ref().map(ContactMatch::id),
            };
            Ok(Proposal::from(Request::Other(Visit::Done(done))).with_contacts(allowed))
        })?;
        Ok(left_at)
    }

    fn sign<'r>(
        &self,
        joint: &mut JointSteps<'_>,
        (record, left): (&RecordRef, Timestamp),
        request: &impl Fn(Timestamp) -> StepRequest<'r>,
    ) -> Result<()> {
        let (by, opinion, comment, refused) = match &self.form.signature {
            FilledSignature::Signed { by, opinion, comment, .. } => {
                (Some(by), Some(*opinion), comment.clone(), None)
            }
            FilledSignature::Refused { reason } => (None, None, None, Some(reason.clone())),
        };
        let hash = self.drawn.as_ref().map(|drawn| sha256(&drawn.bytes));
        if let Some(known) = self.entry(joint)?.signature {
            let persons = &PersonsOf(joint);
            let hash = hash.as_deref();
            return agrees(joint, self.form.agrees_on_signature(&known, hash, persons));
        }
        // the picture is there before whoever signed is bound to it
        let files = self.drawn.iter().map(|file| (file, AttachmentKind::Scan));
        keep(joint, record, files)?;
        let known = joint.contacts().to_vec();
        joint.step::<Visit>(request(left), |context| {
            let by = by.map(|name| person(context, &known, name)).transpose()?;
            let sign = SignRequest {
                visit: self.form.visit.clone(),
                signed_by: by.as_ref().map(ContactMatch::id),
                opinion,
                comment: comment.clone(),
                drawing: hash.clone(),
                refused: refused.clone(),
            };
            Ok(Proposal::from(Request::Sign(sign)).with_contacts(by))
        })
    }

    /// The visit as it stands after the steps before.
    fn entry(&self, joint: &JointSteps<'_>) -> Result<VisitEntry> {
        let status = &joint.record().status;
        let found = made_by(&status.visits, &self.form.visit);
        found.map(|(_, entry)| entry.clone()).map_err(|why| refused(joint, why))
    }

    /// A time on the form, which has no seconds, in the zone of the desk; in the same minute no earlier than
    /// what it follows.
    fn at(&self, told: NaiveDateTime, since: Timestamp) -> Timestamp {
        let at = WallTime::new(told, self.desk.zone).earliest();
        if at < since && minute(at) == minute(since) { since } else { at }
    }
}

/// Attaches what the record has not, nor gave up.
fn keep<'f>(
    joint: &mut JointSteps<'_>,
    record: &RecordRef,
    files: impl Iterator<Item = (&'f VettedFile, AttachmentKind)>,
) -> Result<()> {
    for (file, kind) in files {
        let hash = sha256(&file.bytes);
        if joint.record().status.attachments.iter().any(|entry| entry.sha256 == hash) {
            continue;
        }
        let request = StepRequest::new(record);
        joint.step::<Attach>(request, |context| Ok(context.attachment(file, Some(kind))))?;
    }
    Ok(())
}

/// Who the contacts of the record are, as far as they are known here; nobody can tell of others.
struct PersonsOf<'j, 'a>(&'j JointSteps<'a>);

impl KnowsPersons for PersonsOf<'_, '_> {
    fn is_called(&self, contact: &ContactId, name: &str) -> std::result::Result<bool, Refusal> {
        let known = followed(contact, |id| Lookup::contact(self.0.view(), id))?;
        let known = known.filter(|known| known.person.is_some());
        Ok(known.is_none_or(|known| {
            known.is_called(name) || known.seems_called(name) || contact.as_str() == name
        }))
    }
}

fn agrees(joint: &JointSteps<'_>, compared: std::result::Result<(), Refusal>) -> Result<()> {
    compared.map_err(|why| refused(joint, why))
}

/// The texts of a form, with the flags that take them elsewhere.
fn texts(form: &mut FilledVisit) -> Vec<(&'static str, &mut String)> {
    let mut texts = vec![("--work", &mut form.work), ("--result", &mut form.result)];
    texts.extend(form.left_open.iter_mut().map(|text| ("--left-open", text)));
    texts.extend(form.parts.iter_mut().map(|text| ("--parts", text)));
    texts.extend(form.late_reason.iter_mut().map(|text| ("--reason", text)));
    texts.extend(form.conduct.iter_mut().map(|broken| ("--conduct", &mut broken.text)));
    match &mut form.signature {
        FilledSignature::Signed { comment, .. } => {
            texts.extend(comment.iter_mut().map(|text| ("--comment", text)));
        }
        FilledSignature::Refused { reason } => texts.push(("--refused", reason)),
    }
    texts
}

/// Somebody of the customer, who may be new by a step before.
fn person(context: &StepContext<'_>, new: &[Contact], name: &String) -> Result<ContactMatch> {
    let told = context.name_line("NAME", name)?;
    match new.iter().find(|contact| contact.is_called(&told)) {
        Some(contact) => Ok(ContactMatch::Known(contact.clone())),
        None => context.customer_person(&NamedPerson::from(name)),
    }
}

fn refused(joint: &JointSteps<'_>, why: Refusal) -> Error {
    Error::Refused(Box::new(RefusalDetails::of(joint.record(), Action::Visit, why)))
}
