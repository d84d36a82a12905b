//! 用户投诉处理表 and 监督投诉记录表: one complaint on a sheet, and every complaint of a period
//! (R82, R92).

use serde::Serialize;

use crate::{
    domain::{
        base::{
            print::{minute, minute_if_any},
            terms::{Callback, Channel, Level, ReportName},
        },
        deciding::complaint::SERVICE,
        history::{
            intake::Complaint,
            record::Record,
            status::{Status, parts::ComplaintDetails},
            steps::Act,
        },
    },
    error::template::TemplateError,
    report::{
        EDITION, ReportContent,
        facts::more,
        register::Period,
        request::{RequestInput, SheetHead, history, sheet},
        shapes::{ComplaintValues, FactValues, RecordValues},
        values::{Notes, Privacy, Sources, solution_code},
    },
    words::{Words, label::Label},
};

#[derive(Serialize)]
struct ComplaintForm<'a> {
    #[serde(flatten)]
    head: SheetHead<'a>,
    record: RecordValues,
    complaint: ComplaintValues,
    /// What was told and stands nowhere else in the form.
    more: Vec<FactValues>,
}

/// The fields of the intake that the template has a place for.
const DISPLAYED: &[&str] = &[
    "kind",
    "title",
    "received_at",
    "channel",
    "contact",
    "customer",
    "form",
    "complainant_role",
    "trigger",
    "prohibition",
    "about",
    "against",
    "reported",
    "remedy",
    "need",
    "cause",
];

#[derive(Serialize)]
struct Register<'a> {
    template: u32,
    organisation: &'a str,
    desk: &'a str,
    period: &'a Period,
    rows: Vec<RegisterRow>,
}

#[derive(Serialize)]
struct RegisterRow {
    record: RecordValues,
    complaint: ComplaintValues,
}

/// The form of a complaint, with personal data shown as `privacy` says; `None` for other records.
pub fn content(
    case: &RequestInput<'_>,
    words: Words,
    privacy: Privacy,
) -> Result<Option<ReportContent>, TemplateError> {
    let RequestInput { record, policy, contacts, .. } = *case;
    let sources = Sources { policy, words, contacts, privacy, notes: Notes::Shared };
    let Some(complaint) = sources.complaint(record) else {
        return Ok(None);
    };
    let record = sheet(case, &sources);
    let mut shown = serde_json::json!(complaint);
    shown["record"] = serde_json::json!(record);
    // a complaint that an answer opened wants what the customer wanted, and is about that record
    shown["need"] = serde_json::json!(complaint.remedy);
    shown["cause"] = serde_json::json!(complaint.about);
    let values = ComplaintForm {
        head: SheetHead::of(case, words),
        more: more(&record, DISPLAYED, &shown),
        record,
        complaint,
    };
    let rows = history(&values.record);
    ReportContent::new(ReportName::ComplaintForm, &values, rows).map(Some)
}

/// Every complaint of a period, whatever became of it.
pub fn register(
    records: &[Record],
    period: &Period,
    sources: &Sources<'_>,
) -> Result<ReportContent, TemplateError> {
    let row = |record: &Record| {
        let complaint = sources.complaint(record)?;
        Some(RegisterRow { record: sources.record(record), complaint })
    };
    let values = Register {
        template: EDITION,
        organisation: &sources.policy.desk.organisation,
        desk: &sources.policy.desk.name,
        period,
        rows: records.iter().filter_map(row).collect(),
    };
    let rows = values.rows.iter().map(RegisterRow::cells);
    let rows = [HEAD.map(str::to_owned).to_vec()].into_iter().chain(rows).collect();
    ReportContent::new(ReportName::ComplaintRegister, &values, rows)
}

const HEAD: [&str; 18] = [
    "id",
    "received_at",
    "customer",
    "contact",
    "name",
    "title",
    "trigger",
    "level",
    "validity",
    "owner",
    "due",
    "closed_at",
    "days",
    "outcome",
    "satisfied",
    "reason",
    "improvement",
    "supervisor",
];

impl RegisterRow {
    fn cells(&self) -> Vec<String> {
        let Self { record, complaint } = self;
        let owner = if record.responsible.is_empty() { &record.owner } else { &record.responsible };
        [
            &record.id,
            &record.received_at,
            &record.customer,
            &record.contact.id,
            &record.contact.name,
            &record.title,
            &complaint.trigger,
            &record.level,
            &complaint.validity,
            owner,
            &record.due.resolve,
            &complaint.closed_at,
            &complaint.days,
            &complaint.outcome,
            &complaint.satisfied,
            &complaint.reason,
            // what people write into it
            &String::new(),
            &String::new(),
        ]
        .map(Clone::clone)
        .to_vec()
    }
}

impl Sources<'_> {
    /// What only a complaint has; `None` for a record of another kind.
    pub fn complaint(&self, record: &Record) -> Option<ComplaintValues> {
        let (intake, so_far) =
            (record.intake.complaint.as_ref()?, record.status.complaint.as_ref()?);
        let mut values = self.intake(intake, record);
        self.road(so_far, &record.status, &mut values);
        self.answer(so_far, record, &mut values);
        Some(values)
    }

    fn intake(&self, intake: &Complaint, record: &Record) -> ComplaintValues {
        let words = self.words;
        let opener = record.history.first().map(|event| event.stamp.by.as_str());
        let major = &record.status.major;
        ComplaintValues {
            received_by: self.person(opener),
            form: words.term(intake.form).to_owned(),
            trigger: words.term(intake.trigger).to_owned(),
            complainant_role: intake.complainant_role.clone().unwrap_or_default(),
            about: intake.about.as_ref().map(|about| about.record.to_string()).unwrap_or_default(),

            remedy: intake.remedy.clone(),
            prohibition: intake.prohibition.map(|p| words.term(p).to_owned()).unwrap_or_default(),
            severity: words
                .label(match record.status.level {
                    Some(Level::Major) => Label::MajorComplaint,
                    Some(Level::Urgent | Level::General) | None => Label::GeneralComplaint,
                })
                .to_owned(),
            criterion: major.as_deref().map(|id| self.criterion(id)).unwrap_or_default(),
            ..ComplaintValues::default()
        }
    }

    /// How it was checked, handed on and decided.
    fn road(&self, so_far: &ComplaintDetails, status: &Status, values: &mut ComplaintValues) {
        let words = self.words;
        values.against = self.subject(&so_far.against);
        if let Some(check) = &so_far.verification {
            let label = if check.verified { Label::Verified } else { Label::Unverified };
            values.verification = words.pair(words.label(label), &check.text);
            values.verified_at = minute(check.at);
            values.verified_by = self.person(Some(check.by.as_str()));
        }
        if let Some(notified) = &so_far.notified {
            values.notified = self.person(Some(notified.person.as_str()));
            values.notified_at = minute(notified.at);
        }
        values.assigned_at = minute_if_any(status.times.routed_at);
        words.label(Label::Pending).clone_into(&mut values.validity);
        if let Some(decision) = &so_far.decision {
            words.term(decision.validity).clone_into(&mut values.validity);
            values.finding.clone_from(&decision.finding);
            values.decided_by = self.person(Some(decision.by.as_str()));
            values.decided_at = minute(decision.at);
        }
    }

    /// What the customer was told, and what they said to it.
    fn answer(&self, so_far: &ComplaintDetails, record: &Record, values: &mut ComplaintValues) {
        let (status, words) = (&record.status, self.words);
        if let Some(done) = &status.resolution {
            values.corrective = done.corrective.clone().unwrap_or_default();
            values.preventive = done.preventive.clone().unwrap_or_default();
            values.told =
                done.told.as_ref().map(|id| self.name_of(id.as_str())).unwrap_or_default();
            let method = done.method.as_ref();
            values.told_by = method
                .map(|method| words.open_term(Channel::VOCABULARY, method.code()))
                .unwrap_or_default();
            values.told_at = minute_if_any(status.times.resolved_at);
        }
        if let Some(callback) = &so_far.callback {
            values.called_at = minute(callback.at);
            values.called_by = self.person(Some(callback.by.as_str()));
            let grade = match callback.satisfaction {
                Some(given) => words.term(given),
                None => words.term(callback.outcome),
            };
            grade.clone_into(&mut values.callback);
            values.callback_text = callback.text.clone().unwrap_or_default();
            let satisfied = match callback.outcome {
                Callback::Handled | Callback::NotHandled if so_far.is_unhappy() => Label::No,
                Callback::Handled => Label::Yes,
                Callback::NotHandled | Callback::NoAnswer | Callback::NotNeeded => Label::Unknown,
            };
            words.label(satisfied).clone_into(&mut values.satisfied);
        }
        if let Some(ended) = &so_far.dissatisfied {
            values.dissatisfaction.clone_from(&ended.reason);
            values.recourse.clone_from(&ended.recourse);
        }
        values.unanswered = status.unanswered.len();
        self.end(record, values);
    }

    /// How it ended and why so; while it goes on, where it stands.
    fn end(&self, record: &Record, values: &mut ComplaintValues) {
        let (status, words) = (&record.status, self.words);
        values.outcome = match (status.exception, &status.resolution) {
            (Some(exception), _) => words.term(exception).to_owned(),
            (None, Some(done)) if !status.state.is_unfinished() => solution_code(done, words),
            (None, _) => words.term(status.state).to_owned(),
        };
        let ending = record.effective_events().rev().find_map(|event| match &event.act {
            Act::Close(close) => Some((event, close.reason.as_ref())),
            Act::Cancel(cancel) => Some((event, Some(&cancel.mistake))),
            Act::Merge(merge) => Some((event, Some(&merge.reason))),
            _ => None,
        });
        values.reason.clone_from(&values.dissatisfaction);
        if let Some((event, reason)) = ending.filter(|_| !status.state.is_unfinished()) {
            let at = event.stamp.at;
            let days = at.date().signed_duration_since(status.received_at.date()).num_days();
            values.days = days.to_string();
            values.closed_at = minute(at);
            values.closed_by = self.person(Some(event.stamp.actor().as_str()));
            if values.reason.is_empty() {
                values.reason = reason.cloned().unwrap_or_default();
            }
        }
        let check = status.complaint.as_ref().and_then(|so_far| so_far.verification.as_ref());
        if values.reason.is_empty() && check.is_some_and(|check| !check.verified) {
            values.reason.clone_from(&values.verification);
        }
    }

    /// The name of whom or what it is against.
    pub(super) fn subject(&self, against: &str) -> String {
        if let Some(service) = against.strip_prefix(SERVICE) {
            return service.to_owned();
        }
        let people = &self.policy.people.people;
        if let Some(person) = people.iter().find(|person| person.id.as_str() == against) {
            return person.name.clone();
        }
        let units = &self.policy.units.units;
        let unit = units.iter().find(|unit| unit.id.as_str() == against);
        unit.map_or(against, |unit| &unit.name).to_owned()
    }

    pub(super) fn criterion(&self, id: &str) -> String {
        let found = self.policy.levels.major_criterion(id);
        found.map_or(id, |criterion| self.words.of_policy(&criterion.en, &criterion.zh)).to_owned()
    }
}
