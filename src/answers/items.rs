//! What a step answers that is one of a visit, or of a remote session.

use std::collections::BTreeSet;

use crate::{
    app::step::RecordedStep,
    domain::{
        base::print::minute,
        history::{
            intake::DueAt,
            status::{remote::RemoteEntry, visit::VisitEntry},
            steps::{Act, remote::Remote, visit::Visit},
        },
    },
    ui::terminal::{Style, Terminal},
    words::{label::Label, message::Message},
};

impl RecordedStep {
    /// What a step settled of a visit.
    pub(super) fn of_visit(&self, visit: &Visit, terminal: &Terminal) -> Vec<(Label, String)> {
        let Some((_, entry)) = self.visit(visit) else { return Vec::new() };
        let words = terminal.words;
        let window = format!("{} – {}", minute(entry.window.from), minute(entry.window.until));
        let due = |due: DueAt| match due {
            DueAt::At(at) => minute(at),
            DueAt::Unknown => words.label(Label::Unknown).to_owned(),
        };
        let number = entry.form_number(&self.record.id);
        match visit {
            Visit::Plan(_) => vec![
                (Label::VisitNumber, number),
                (Label::VisitWindow, window),
                (Label::Engineer, self.policy.people.name_of(&entry.engineer).to_owned()),
                (Label::VisitAddress, entry.address.clone()),
                (Label::Need, entry.need.clone()),
            ],
            Visit::Move(_) => vec![
                (Label::VisitWindow, window),
                (Label::Engineer, self.policy.people.name_of(&entry.engineer).to_owned()),
            ],
            Visit::Depart(_) | Visit::Arrive(_) => vec![(Label::VisitWindow, window)],
            Visit::Sign(signing) => {
                vec![(Label::VisitNumber, number), (Label::HandInBy, due(signing.hand_in_due))]
            }
            Visit::HandIn(_) | Visit::Archive(_) => vec![(Label::VisitNumber, number)],
            Visit::Done(_) | Visit::Miss(_) | Visit::Cancel(_) => Vec::new(),
        }
    }

    /// The visit that a step is about, with its number.
    fn visit(&self, visit: &Visit) -> Option<(usize, &VisitEntry)> {
        let planned = visit.planned_by().unwrap_or(&self.event.stamp.id);
        self.record.status.numbered_visits().find(|(_, entry)| entry.event == *planned)
    }

    /// How a visit goes on.
    pub(super) fn next_of_visit(&self, visit: &Visit, terminal: &Terminal) -> String {
        let Some((number, entry)) = self.visit(visit) else { return String::new() };
        let (words, tail) = (terminal.words, self.record.id.tail().to_owned());
        if !entry.is_unarchived() {
            return String::new();
        }
        let next = words.message(&Message::VisitNext { tail, number, state: entry.state });
        terminal.message(&next, Style::Dim)
    }

    /// The prohibitions that a visit broke as far as this step tells, each a reason for a complaint.
    pub(super) fn broken_on_visit(&self, terminal: &Terminal) -> String {
        let Act::Visit(visit) = &self.event.act else { return String::new() };
        let Some((_, entry)) = self.visit(visit) else { return String::new() };
        let broken = match &**visit {
            Visit::Arrive(_) | Visit::Done(_) | Visit::Miss(_) => entry.prohibitions(),
            _ => BTreeSet::new(),
        };
        let told = broken.into_iter().map(|prohibition| {
            let (tail, engineer) = (self.record.id.tail().to_owned(), entry.engineer.clone());
            let broken = Message::BrokenOnVisit { tail, prohibition, engineer };
            terminal.message(&terminal.words.message(&broken), Style::Alarm)
        });
        told.collect()
    }

    /// What a step settled of a remote session.
    pub(super) fn of_session(&self, remote: &Remote, terminal: &Terminal) -> Vec<(Label, String)> {
        let Some((_, entry)) = self.session(remote) else { return Vec::new() };
        let number = (Label::SessionNumber, entry.form_number(&self.record.id));
        let words = terminal.words;
        let scope = entry.consent.iter().flat_map(|consent| &consent.scope);
        let scope: Vec<_> = scope.map(|scope| words.term(*scope)).collect();
        match remote {
            Remote::Start(start) => vec![
                number,
                (Label::RemoteTool, start.tool.clone()),
                (Label::RemoteAllowed, words.listed(&scope)),
            ],
            Remote::End(_) => vec![number],
            Remote::Refused(_) => Vec::new(),
        }
    }

    /// The session that a step is about, with its number.
    fn session(&self, remote: &Remote) -> Option<(usize, &RemoteEntry)> {
        let begun = remote.begun_by().unwrap_or(&self.event.stamp.id);
        self.record.status.numbered_sessions().find(|(_, entry)| entry.event == *begun)
    }

    /// How it goes on after a step of a remote session.
    pub(super) fn next_of_session(&self, remote: &Remote, terminal: &Terminal) -> String {
        let Some((number, entry)) = self.session(remote) else { return String::new() };
        let also = entry.gaps(&self.record.status);
        let tail = self.record.id.tail().to_owned();
        let next = match remote {
            Remote::Start(_) => Message::SessionNext { tail, number, also },
            Remote::Refused(_) => Message::SessionRefused { tail },
            Remote::End(_) => return String::new(),
        };
        terminal.message(&terminal.words.message(&next), Style::Dim)
    }
}
