//! `docket`: today's board.

use serde_json::{Value, json};

use crate::{
    app::App,
    commands::{
        Command,
        list::{Listed, next_due},
    },
    domain::{ids::PersonId, record::Record, terms::State, time::Timestamp},
    error::Result,
    ui::{
        answer::Answer,
        paper::{Paper, Style, minute},
    },
    words::{label::Label, said::Said},
};

/// What waits for me, what is late, what comes today
#[derive(Debug)]
pub struct Board;

#[derive(Debug)]
struct Today {
    desk: String,
    person: Option<String>,
    now: Timestamp,
    unfinished: usize,
    waits: Listed,
    late: Listed,
    soon: Listed,
    untaken: Listed,
}

impl Command for Board {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.view()?;
        let policy = view.policy()?;
        let me = desk.actor(&policy).ok().map(|actor| actor.person);
        let now = desk.now();
        let mut records = desk.records(&view)?;
        records.retain(|record| record.status.state.is_unfinished());
        records.sort_by_key(|r| (next_due(r).is_none(), next_due(r), r.status.priority));
        let pick = |wanted: &dyn Fn(&Record) -> bool| {
            Listed::new(
                records
                    .iter()
                    .filter(|record| wanted(record))
                    .cloned()
                    .collect(),
                now,
            )
        };
        let id = me.as_ref().map(|person| person.id.clone());
        let is_late = |record: &Record| next_due(record).is_some_and(|due| due < now);
        let today = |record: &Record| next_due(record).is_some_and(|due| due.date() == now.date());
        Ok(Box::new(Today {
            desk: policy.desk.name.clone(),
            person: me.map(|person| person.name),
            now,
            unfinished: records.len(),
            waits: pick(&|record| id.as_ref().is_some_and(|id| waits_for(record, id))),
            late: pick(&is_late),
            soon: pick(&|record| today(record) && !is_late(record)),
            untaken: pick(&|record| matches!(record.status.state, State::Open | State::Routed)),
        }))
    }
}

/// True when the next step is this person's.
fn waits_for(record: &Record, person: &PersonId) -> bool {
    let status = &record.status;
    let responsible = status.assignee.as_ref() == Some(person);
    let owns = status.desk_owner == *person;
    status.handed_to.as_ref() == Some(person)
        || match status.state {
            State::Open | State::Acknowledged | State::Resolved | State::Confirmed => owns,
            State::Routed | State::InProgress | State::Pending => responsible,
            State::Closed | State::Cancelled | State::Merged => false,
        }
}

impl Today {
    fn parts(&self) -> [(Label, &'static str, &Listed); 4] {
        [
            (Label::WaitsForMe, "waits_for_me", &self.waits),
            (Label::Late, "late", &self.late),
            (Label::DueSoon, "due_today", &self.soon),
            (Label::Unacknowledged, "untaken", &self.untaken),
        ]
    }
}

impl Answer for Today {
    fn human(&self, paper: &Paper) -> String {
        let words = paper.words;
        let headline = Said::BoardOf {
            desk: self.desk.clone(),
            person: self.person.clone(),
            now: minute(self.now),
        };
        let mut text = format!("{}\n", paper.styled(&words.said(&headline), Style::Bold));
        let mut quiet = true;
        for (label, _, listed) in self.parts() {
            if listed.is_empty() {
                continue;
            }
            quiet = false;
            let style = if label == Label::Late {
                Style::Alarm
            } else {
                Style::Bold
            };
            let title = format!("{} ({})", words.label(label), listed.len());
            text += &format!("\n{}\n", paper.styled(&title, style));
            text += &listed.human(paper);
        }
        if quiet {
            text += &format!("{}\n", words.said(&Said::BoardEmpty));
        }
        text += &format!(
            "\n{}\n",
            words.said(&Said::Unfinished {
                count: self.unfinished
            })
        );
        text
    }

    fn json(&self) -> Value {
        let mut value = json!({
            "format": 1,
            "desk": self.desk,
            "now": self.now,
            "unfinished": self.unfinished,
        });
        for (_, key, listed) in self.parts() {
            value[key] = listed.json()["records"].take();
        }
        value
    }
}
