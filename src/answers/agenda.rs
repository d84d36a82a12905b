//! What has to be done by when.

use std::rc::Rc;

use serde_json::{Value, json};

use crate::{
    answers::names::PeopleNames,
    app::desk::OpenDesk,
    domain::{
        analysis::{
            clock::explain::ClockStanding,
            day::{Duty, Task, tasks},
        },
        base::{print::without_year, time::Timestamp},
        deciding::policy::Policy,
        history::record::Record,
    },
    error::Result,
    store::selection::{Condition, Selection},
    ui::{answer::Answer, terminal::Terminal},
    words::{label::Label, message::Message},
};

/// Tasks of unfinished records, the most pressing first.
#[derive(Debug)]
pub struct Agenda {
    pub items: Vec<(Rc<Record>, Task)>,
    pub now: Timestamp,
    pub names: PeopleNames,
    /// What is said where there is none.
    pub nothing: Message,
    /// Something found is status 1.
    pub alarm: bool,
}

impl Agenda {
    /// Everything that has to be done at this desk.
    pub fn of(desk: &OpenDesk<'_>) -> Result<Self> {
        let view = desk.view()?;
        let wanted = Selection::of(Condition::Unfinished);
        let (records, _) = desk.chosen(&view, &wanted)?;
        let records: Vec<_> = records.into_iter().map(Rc::new).collect();
        Ok(Self::over(&records, desk.now(), &view.policy()?))
    }

    /// Everything that these records ask for.
    pub fn over(records: &[Rc<Record>], now: Timestamp, policy: &Policy) -> Self {
        let mut items = Vec::new();
        for record in records {
            let found = tasks(record, now, policy).into_iter();
            items.extend(found.map(|task| (Rc::clone(record), task)));
        }
        items.sort_by(|one, other| pressing(one).cmp(&pressing(other)));
        let names = PeopleNames::from(&policy.people);
        Self { items, now, names, nothing: Message::NothingDue, alarm: false }
    }

    /// The tasks that `wanted` takes.
    pub fn pick(&self, wanted: impl Fn(&Record, &Task) -> bool) -> Self {
        let items = self.items.iter().filter(|(record, task)| wanted(record, task));
        self.with(items.cloned().collect())
    }

    /// Only the first so many.
    pub fn first(&self, many: usize) -> Self {
        Self { alarm: self.alarm, ..self.with(self.items.iter().take(many).cloned().collect()) }
    }

    fn with(&self, items: Vec<(Rc<Record>, Task)>) -> Self {
        let (names, nothing) = (self.names.clone(), self.nothing.clone());
        Self { items, now: self.now, names, nothing, alarm: false }
    }

    fn row(&self, record: &Record, task: &Task, terminal: &Terminal) -> Vec<String> {
        let status = &record.status;
        vec![
            task.due.map(|due| without_year(due, self.now)).unwrap_or_default(),
            terminal.words.standing(task.standing).to_owned(),
            terminal.words.duty(&task.what),
            record.id.to_string(),
            self.names.of(status.assignee.as_ref().unwrap_or(&status.desk_owner)).to_owned(),
            status.customer.clone(),
            status.title.clone(),
        ]
    }
}

impl Answer for Agenda {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        if self.items.is_empty() {
            return format!("{}\n", words.message(&self.nothing));
        }
        let head = [
            Label::Due,
            Label::Standing,
            Label::Duty,
            Label::Id,
            Label::Handler,
            Label::Customer,
            Label::Title,
        ];
        let rows: Vec<_> =
            self.items.iter().map(|(record, task)| self.row(record, task, terminal)).collect();
        terminal.table(&head, &rows)
    }

    fn json(&self) -> Value {
        let item = |(record, task): &(Rc<Record>, Task)| {
            let mut value = task_json(task);
            value["id"] = json!(record.id);
            value["title"] = json!(record.status.title);
            value["customer"] = json!(record.status.customer);
            value["responsible"] = json!(record.status.assignee);
            value["owner"] = json!(record.status.desk_owner);
            value
        };
        let items: Vec<_> = self.items.iter().map(item).collect();
        json!({ "format": 1, "now": self.now, "due": items })
    }

    fn brief(&self) -> Option<String> {
        Some(self.items.iter().map(|(record, _)| format!("{}\n", record.id)).collect())
    }

    fn status(&self) -> u8 {
        u8::from(self.alarm && !self.items.is_empty())
    }
}

/// The order of an agenda: what is late goes by urgency, what is to come by its hour.
fn pressing((record, task): &(Rc<Record>, Task)) -> impl Ord {
    let late = task.standing == ClockStanding::Late;
    let urgency = if late { record.status.priority } else { None };
    (!late, urgency, task.due.is_none(), task.due, &record.id)
}

/// A task for programs.
pub fn task_json(task: &Task) -> Value {
    let (what, detail) = match &task.what {
        Duty::Clock(clock) => (clock.code(), json!(null)),
        Duty::Promise { number, .. } => ("promise", json!({ "number": number })),
        Duty::FollowUp => ("follow_up", json!(null)),
        Duty::Contact => ("contact", json!(null)),
        Duty::Relay { wanted } => ("relay", json!({ "wanted": wanted })),
        Duty::Escalate { tier, role } => ("escalate", json!({ "tier": tier, "role": role })),
    };
    json!({
        "what": what,
        "detail": detail,
        "due": task.due,
        "standing": task.standing.code(),
    })
}
