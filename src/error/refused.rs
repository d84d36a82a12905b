//! What is told of a refusal, and to whom.

use std::collections::BTreeMap;

use crate::{
    domain::{
        analysis::next_step::{NextActor, NextTurn, next_step},
        base::{ids::PersonId, permitted::PermittedValue, terms::Role},
        deciding::{
            contacts::Addressee,
            policy::{
                Policy,
                people::{People, Person},
            },
            steps::can_be_told,
        },
        history::{record::Record, refusal::Refusal, roles::DESK, status::Status, steps::Action},
    },
    error::RefusalDetails,
};

impl RefusalDetails {
    /// A refusal that is about no record.
    pub fn plain(why: Refusal) -> Self {
        Self {
            record: None,
            action: None,
            why,
            kind: None,
            last: None,
            names: BTreeMap::new(),
            team: Vec::new(),
            units: Vec::new(),
            viewer: None,
            turn: None,
            addressee: Addressee::Contact,
            is_past_reopening: false,
        }
    }

    /// A refusal of a step on a record.
    pub fn of(record: &Record, action: Action, why: Refusal) -> Self {
        let last = record.history.last();
        Self {
            record: Some(record.id.clone()),
            action: Some(action),
            kind: Some(record.status.kind),
            last: last.map(|e| (e.act.action(), e.stamp.actor().clone(), e.stamp.at)),
            turn: next_step(&record.status).map(|step| NextTurn { step, actor: NextActor::Viewer }),
            ..Self::plain(why)
        }
    }

    /// The same, as it is told to somebody.
    pub fn told_to(
        self,
        person: &Person,
        (status, addressee): (&Status, Addressee),
        policy: &Policy,
    ) -> Self {
        let viewer = Some((person.id.clone(), person.roles.clone()));
        let turn = self.turn.and_then(|_| NextTurn::of(status, &person.id, policy));
        Self { viewer, turn, addressee, ..self }
    }

    /// Who does what the desk does, as it is told to whoever is told this.
    pub fn desk(&self) -> NextActor {
        if self.viewer_has(DESK) { NextActor::Viewer } else { NextActor::Desk }
    }

    /// The next step, where it is the one that was refused and the contact of its record was erased.
    pub fn turn_without_contact(&self) -> Option<&NextTurn> {
        let is_it = |turn: &&NextTurn| Some(turn.step.action()) == self.action;
        self.turn.as_ref().filter(is_it).filter(|_| self.addressee == Addressee::Other)
    }

    /// Whether whoever is told it can enter the step for somebody else.
    pub fn can_be_entered(&self) -> bool {
        self.action.is_some_and(can_be_told) && self.viewer_has(DESK)
    }

    /// What a person is called, unless the id says as much.
    pub fn name_of(&self, id: &PersonId) -> Option<&str> {
        let name = self.names.get(id).map(String::as_str);
        name.filter(|name| *name != id.as_str())
    }

    /// Whether whoever is told it has one of these roles; nobody in particular may have any.
    pub fn viewer_has(&self, roles: &[Role]) -> bool {
        let any = |own: &[Role]| own.iter().any(|role| roles.contains(role));
        self.viewer.as_ref().is_none_or(|(_, own)| any(own))
    }

    /// Whether whoever is told it is this person; nobody in particular may be anybody.
    pub fn viewer_is(&self, person: Option<&PersonId>) -> bool {
        self.viewer.as_ref().is_none_or(|(own, _)| Some(own) == person)
    }

    /// Whether the latest event of the record took a step back.
    pub fn has_undone(&self) -> bool {
        self.last.as_ref().is_some_and(|(action, ..)| *action == Action::Undo)
    }

    /// The same, naming the people of a roster.
    pub fn with_names(self, people: &People) -> Self {
        let names = people.people.iter().map(|person| (person.id.clone(), person.name.clone()));
        let team = people.people.iter().filter(|person| person.active_to.is_none());
        let team = team.map(|person| (person.id.clone(), person.roles.clone()));
        Self { names: names.collect(), team: team.collect(), ..self }
    }

    /// Who of the team has one of these roles.
    pub fn having(&self, roles: &[Role]) -> Vec<PermittedValue> {
        let may = self.team.iter().filter(|(_, own)| own.iter().any(|role| roles.contains(role)));
        may.map(|(id, _)| {
            let name = self.names.get(id).map_or(id.as_str(), String::as_str);
            PermittedValue::named(id.as_str(), name)
        })
        .collect()
    }
}
