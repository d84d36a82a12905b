//! Remote sessions as templates see them, and 远程排障记录: the record of one session, to be filled in by
//! hand where there is none yet (R63–R66).

use serde::Serialize;

use crate::{
    domain::{
        base::{
            print::minute,
            terms::{Channel, RemoteState, ReportName},
        },
        history::{
            record::Record,
            status::remote::{RemoteConsent, RemoteEntry, RemoteWork},
        },
    },
    error::template::TemplateError,
    report::{
        ReportContent,
        request::{RequestInput, SheetHead, sheet},
        shapes::{RecordValues, SessionValues},
        values::{Notes, Privacy, Sources},
        visits::rows,
    },
    words::Words,
};

#[derive(Serialize)]
struct SessionForm<'a> {
    #[serde(flatten)]
    head: SheetHead<'a>,
    record: RecordValues,
    session: SessionValues,
}

/// The record of the session with this number, counted from 1, or of the last one; `None` where there is
/// none with the number. Without any session it is one to be filled in by hand.
pub fn content(
    case: &RequestInput<'_>,
    number: Option<usize>,
    words: Words,
    privacy: Privacy,
) -> Result<Option<ReportContent>, TemplateError> {
    let RequestInput { policy, contacts, .. } = *case;
    let sources = Sources { policy, words, contacts, privacy, notes: Notes::Shared };
    let record = sheet(case, &sources);
    let session = match number {
        Some(number) => record.sessions.iter().find(|session| session.number == number).cloned(),
        None => Some(record.sessions.last().cloned().unwrap_or_default()),
    };
    let Some(session) = session else { return Ok(None) };
    let rows = rows(&session);
    let values = SessionForm { head: SheetHead::of(case, words), record, session };
    ReportContent::new(ReportName::Remote, &values, rows).map(Some)
}

impl Sources<'_> {
    pub(super) fn sessions(&self, record: &Record) -> Vec<SessionValues> {
        let numbered = record.status.numbered_sessions();
        numbered.map(|(number, entry)| self.session(record, number, entry)).collect()
    }

    fn session(&self, record: &Record, number: usize, entry: &RemoteEntry) -> SessionValues {
        let at = minute(entry.at);
        let is_begun = entry.state != RemoteState::Refused;
        let mut values = SessionValues {
            number,
            form: entry.form_number(&record.id),
            state: self.words.term(entry.state).to_owned(),
            engineer: self.person(Some(entry.engineer.as_str())),
            begun_at: if is_begun { at.clone() } else { String::new() },
            ..SessionValues::default()
        };
        if let Some(refusal) = &entry.refusal {
            values.refused_at = at;
            values.refused_by = self.name_of(refusal.by.as_str());
            values.refused = refusal.reason.clone().unwrap_or_default();
        }
        if let Some(consent) = &entry.consent {
            values = self.allowed(consent, values);
        }
        match &entry.work {
            Some(work) => self.worked_remotely(work, values),
            None => values,
        }
    }

    fn allowed(&self, consent: &RemoteConsent, values: SessionValues) -> SessionValues {
        let scope: Vec<_> = consent.scope.iter().map(|scope| self.words.term(*scope)).collect();
        SessionValues {
            consent_by: self.name_of(consent.by.as_str()),
            consent_at: minute(consent.at),
            method: self.words.open_term(Channel::VOCABULARY, consent.method.code()),
            scope: self.words.listed(&scope),
            tool: consent.tool.clone(),
            install: consent.install,
            supervised_by: self.name_of(consent.supervised_by.as_str()),
            ..values
        }
    }

    fn worked_remotely(&self, work: &RemoteWork, values: SessionValues) -> SessionValues {
        let data = work.data.as_ref();
        let client = work.client.map(|client| self.words.term(client).to_owned());
        SessionValues {
            ended_at: minute(work.ended_at),
            steps: work.steps.clone(),
            result: work.result.clone(),
            other_software: work.other_software.clone().unwrap_or_default(),
            data: data.map(|data| data.what.clone()).unwrap_or_default(),
            data_allowed_by: data
                .map(|data| self.name_of(data.allowed_by.as_str()))
                .unwrap_or_default(),
            client: client.unwrap_or_default(),
            kept_because: work.kept_because.clone().unwrap_or_default(),
            ..values
        }
    }
}
