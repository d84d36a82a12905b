//! `remote`: somebody of the team works on the customer's computer, as far as the customer allows and
//! watches it (R63–R66). One step of the procedure, of which the event says what of a session it is.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::{
        ids::{ContactId, EventId, PersonId},
        terms::{Channel, RemoteClient, RemoteScope, RemoteState, RemoteStep, State, Support},
        time::Timestamp,
    },
    history::{
        event::Stamp,
        facts::Facts,
        items,
        refusal::{NeedReason, Refusal},
        status::{
            Status,
            remote::{RemoteConsent, RemoteEntry, RemoteRefusal, RemoteWork},
        },
        steps::{Action, Next, Step, at_work, by_oneself},
    },
};

/// What is done about a remote session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Remote {
    Start(RemoteStart),
    Refused(RemoteDenial),
    End(RemoteEnd),
}

/// The customer lets somebody work on their computer, and watches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoteStart {
    pub consent_by: ContactId,
    pub consent_at: Timestamp,
    pub method: Channel,
    pub scope: BTreeSet<RemoteScope>,
    pub tool: String,
    /// Whether a client may be installed for it (R63).
    pub install: bool,
    pub supervised_by: ContactId,
    /// Why the telephone is not enough (R62).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The customer does not want it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoteDenial {
    pub refused_by: ContactId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The work on the customer's computer is done, and whoever did it says in what state it was left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoteEnd {
    /// The event that began it.
    pub session: EventId,
    pub steps: String,
    pub result: String,
    /// What the matter is, where the record does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How other software was affected; absent where it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_software: Option<String>,
    /// Absent where no data of the customer was touched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<TouchedData>,
    /// Absent where none was installed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<RemoteClient>,
    /// Why the client stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_because: Option<String>,
}

/// What was touched of the customer's data, and who of them allowed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TouchedData {
    pub what: String,
    pub allowed_by: ContactId,
}

impl Remote {
    /// Which step of a session it is.
    pub fn step(&self) -> RemoteStep {
        match self {
            Self::Start(_) => RemoteStep::Start,
            Self::Refused(_) => RemoteStep::Refused,
            Self::End(_) => RemoteStep::End,
        }
    }

    /// The event that began the session; `None` of one that begins or refuses it.
    pub fn begun_by(&self) -> Option<&EventId> {
        match self {
            Self::Start(_) | Self::Refused(_) => None,
            Self::End(end) => Some(&end.session),
        }
    }
}

/// The session that somebody ends: that of the number, counted from 1; without one the only one of theirs
/// that runs, or else the only one.
///
/// # Errors
/// [`Refusal::NoItem`] with the numbers of those that it could be.
pub fn meant<'s>(
    status: &'s Status,
    number: Option<usize>,
    engineer: &PersonId,
) -> Result<&'s RemoteEntry, Refusal> {
    items::meant(&status.sessions, number, |entry| {
        entry.is_running() && entry.engineer == *engineer
    })
}

/// Refuses to end what does not run, or another one's session.
///
/// # Errors
/// [`Refusal::NoItem`], [`Refusal::SessionOver`] and [`Refusal::ItemOfOther`].
pub fn may_end(status: &Status, number: Option<usize>, engineer: &PersonId) -> Result<(), Refusal> {
    meant(status, number, engineer).and_then(|entry| runs_for(status, entry, engineer))
}

fn runs_for(status: &Status, entry: &RemoteEntry, engineer: &PersonId) -> Result<(), Refusal> {
    if !entry.is_running() {
        let mut numbered = status.numbered_sessions();
        let found = numbered.find(|(_, other)| other.event == entry.event);
        let number = found.map(|(number, _)| number).unwrap_or_default();
        return Err(Refusal::SessionOver { number, state: entry.state });
    }
    if entry.engineer != *engineer {
        let (person, engineer) = (engineer.clone(), entry.engineer.clone());
        return Err(Refusal::ItemOfOther { family: Action::Remote, person, engineer });
    }
    Ok(())
}

impl RemoteStart {
    fn fits(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        at_work(status)?;
        by_oneself(stamp)?;
        if self.scope.is_empty() {
            return Err(Refusal::Needs { flag: "--scope", why: NeedReason::Consent });
        }
        if self.consent_at > stamp.at {
            return Err(Refusal::Future(self.consent_at));
        }
        if self.consent_at < status.received_at {
            let received_at = status.received_at;
            return Err(Refusal::BeforeReceived { at: self.consent_at, received_at });
        }
        let own = |entry: &RemoteEntry| entry.is_running() && entry.engineer == *stamp.actor();
        match status.numbered_sessions().find(|(_, entry)| own(entry)) {
            Some((number, entry)) => {
                Err(Refusal::SessionRunning { number, also: entry.gaps(status) })
            }
            None => Ok(()),
        }
    }
}

impl RemoteEnd {
    fn fits(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let (_, entry) = items::made_by(&status.sessions, &self.session)?;
        runs_for(status, entry, stamp.actor())?;
        if stamp.at < entry.at {
            return Err(Refusal::SessionOrder { at: stamp.at, since: entry.at });
        }
        match (entry.may_install(), self.client, &self.kept_because) {
            (true, None, _) => Err(Refusal::Needs { flag: "--client", why: NeedReason::Client }),
            (false, Some(_), _) => {
                Err(Refusal::OnlyWith { flag: "--client", with: "remote start --install yes" })
            }
            (_, Some(RemoteClient::Kept), None) => {
                Err(Refusal::Needs { flag: "--client kept:REASON", why: NeedReason::KeptClient })
            }
            (_, Some(RemoteClient::Removed) | None, Some(_)) => {
                Err(Refusal::OnlyWith { flag: "kept_because", with: "--client kept" })
            }
            (true, Some(RemoteClient::Removed), None)
            | (true, Some(RemoteClient::Kept), Some(_))
            | (false, None, None) => Ok(()),
        }
    }
}

impl Step for Remote {
    // a session is ended on a record that another clone ended meanwhile, too
    const FROM: &'static [State] = EVERY;
    const TO: Next = Next::Same;

    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        match self {
            Self::Start(start) => start.fits(status, stamp),
            Self::Refused(_) => {
                at_work(status)?;
                by_oneself(stamp)
            }
            Self::End(end) => end.fits(status, stamp),
        }
    }

    fn item(&self) -> Option<&EventId> {
        self.begun_by()
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.heard_from_us(stamp.at);
        let entry = |state, consent, refusal| RemoteEntry {
            event: stamp.id.clone(),
            state,
            engineer: stamp.actor().clone(),
            at: stamp.at,
            consent,
            refusal,
            work: None,
        };
        match self {
            Self::Start(start) => {
                let consent = RemoteConsent {
                    by: start.consent_by.clone(),
                    at: start.consent_at,
                    method: start.method.clone(),
                    scope: start.scope.clone(),
                    tool: start.tool.clone(),
                    install: start.install,
                    supervised_by: start.supervised_by.clone(),
                };
                status.support = status.support.max(Some(Support::Remote));
                status.sessions.push(entry(RemoteState::Running, Some(consent), None));
            }
            Self::Refused(denial) => {
                let by = denial.refused_by.clone();
                let refusal = RemoteRefusal { by, reason: denial.reason.clone() };
                status.sessions.push(entry(RemoteState::Refused, None, Some(refusal)));
            }
            Self::End(end) => {
                if end.category.is_some() {
                    status.category.clone_from(&end.category);
                }
                for entry in status.sessions.iter_mut().filter(|it| it.event == end.session) {
                    entry.state = RemoteState::Ended;
                    entry.work = Some(end.work(stamp.at));
                }
            }
        }
    }

    fn facts(&self) -> Facts<'_> {
        let facts = Facts::new().term("step", self.step());
        match self {
            Self::Start(start) => {
                let facts = facts
                    .contact("consent_by", &start.consent_by)
                    .time("consent_at", start.consent_at)
                    .method("method", &start.method);
                let scope = start.scope.iter();
                scope
                    .fold(facts, |facts, scope| facts.term("scope", *scope))
                    .line("tool", &start.tool)
                    .flag("install", start.install)
                    .contact("supervised_by", &start.supervised_by)
                    .some_text("reason", start.reason.as_deref())
            }
            Self::Refused(denial) => facts
                .contact("refused_by", &denial.refused_by)
                .some_text("reason", denial.reason.as_deref()),
            Self::End(end) => {
                let facts = facts
                    .event("session", &end.session)
                    .text("steps", &end.steps)
                    .text("result", &end.result)
                    .some_category("category", end.category.as_deref());
                let facts = match &end.other_software {
                    Some(how) => facts.text("other_software", how),
                    None => facts.flag("other_software", false),
                };
                let facts = match &end.data {
                    Some(data) => {
                        facts.text("data", &data.what).contact("data_allowed_by", &data.allowed_by)
                    }
                    None => facts.flag("data", false),
                };
                facts
                    .some_term("client", end.client)
                    .some_text("kept_because", end.kept_because.as_deref())
            }
        }
    }
}

impl RemoteEnd {
    fn work(&self, at: Timestamp) -> RemoteWork {
        RemoteWork {
            ended_at: at,
            steps: self.steps.clone(),
            result: self.result.clone(),
            other_software: self.other_software.clone(),
            data: self.data.clone(),
            client: self.client,
            kept_because: self.kept_because.clone(),
        }
    }
}
