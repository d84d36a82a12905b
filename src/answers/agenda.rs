//! What has to be done by when.

use std::rc::Rc;

use serde::{Serialize, Serializer};

use crate::{
    answers::names::PolicyNames,
    app::desk::OpenDesk,
    domain::{
        analysis::{
            clock::explain::ClockStanding,
            duties::{Duty, Task, tasks},
        },
        base::{
            ids::{PersonId, RecordId},
            print::without_year,
            terms::Role,
            time::Timestamp,
        },
        deciding::policy::Policy,
        history::record::Record,
    },
    error::Result,
    store::selection::{Condition, Selection},
    ui::{answer::Answer, terminal::Terminal},
    words::{label::Label, message::Message},
};

/// Tasks of unfinished records, the most pressing first.
#[derive(Debug, Serialize)]
pub struct Agenda {
    #[serde(rename = "due")]
    pub items: Vec<AgendaItem>,
    pub now: Timestamp,
    #[serde(skip)]
    pub names: PolicyNames,
    /// What is said where there is none.
    #[serde(skip)]
    pub nothing: Message,
    /// Something found is status 1.
    #[serde(skip)]
    pub alarm: bool,
}

/// A task with the record that it is about.
#[derive(Clone, Debug)]
pub struct AgendaItem {
    pub record: Rc<Record>,
    pub task: Task,
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
            items.extend(found.map(|task| AgendaItem { record: Rc::clone(record), task }));
        }
        items.sort_by(|one, other| pressing(one).cmp(&pressing(other)));
        let names = PolicyNames::from(policy);
        Self { items, now, names, nothing: Message::NothingDue, alarm: false }
    }

    /// The tasks that `wanted` takes.
    pub fn pick(&self, wanted: impl Fn(&Record, &Task) -> bool) -> Self {
        let items = self.items.iter().filter(|item| wanted(&item.record, &item.task));
        self.with(items.cloned().collect())
    }

    /// Only the first so many.
    pub fn first(&self, many: usize) -> Self {
        Self { alarm: self.alarm, ..self.with(self.items.iter().take(many).cloned().collect()) }
    }

    fn with(&self, items: Vec<AgendaItem>) -> Self {
        let (names, nothing) = (self.names.clone(), self.nothing.clone());
        Self { items, now: self.now, names, nothing, alarm: false }
    }

    fn row(&self, AgendaItem { record, task }: &AgendaItem, terminal: &Terminal) -> Vec<String> {
        let status = &record.status;
        vec![
            task.due.map(|due| without_year(due, self.now)).unwrap_or_default(),
            terminal.words.standing(task.standing).to_owned(),
            terminal.words.duty(&task.duty, |id| self.names.person(id)),
            record.id.to_string(),
            self.names.handler(status).to_owned(),
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
        let rows: Vec<_> = self.items.iter().map(|item| self.row(item, terminal)).collect();
        terminal.table(&head, &rows)
    }

    fn brief(&self) -> Option<String> {
        Some(self.items.iter().map(|item| format!("{}\n", item.record.id)).collect())
    }

    fn status(&self) -> u8 {
        u8::from(self.alarm && !self.items.is_empty())
    }
}

/// The order of an agenda: what is late goes by urgency, what is to come by its hour.
fn pressing(AgendaItem { record, task }: &AgendaItem) -> impl Ord {
    let late = task.standing == ClockStanding::Late;
    let urgency = if late { record.status.priority } else { None };
    (!late, urgency, task.due.is_none(), task.due, &record.id)
}

/// A task for programs.
#[derive(Debug, Serialize)]
pub struct TaskAnswer<'t> {
    what: &'static str,
    detail: Option<DutyDetail<'t>>,
    due: Option<Timestamp>,
    standing: ClockStanding,
}

/// What has to be known of a duty besides its name.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum DutyDetail<'t> {
    Promise { number: usize },
    Relay { wanted: &'t PersonId },
    Escalate { tier: u32, role: Role },
}

impl<'t> From<&'t Task> for TaskAnswer<'t> {
    fn from(task: &'t Task) -> Self {
        let (what, detail) = match &task.duty {
            Duty::Clock(clock) => (clock.code(), None),
            Duty::Promise { number, .. } => {
                ("promise", Some(DutyDetail::Promise { number: *number }))
            }
            Duty::FollowUp => ("follow_up", None),
            Duty::Contact => ("contact", None),
            Duty::Relay { wanted } => ("relay", Some(DutyDetail::Relay { wanted })),
            Duty::Escalate { tier, role } => {
                ("escalate", Some(DutyDetail::Escalate { tier: *tier, role: *role }))
            }
        };
        Self { what, detail, due: task.due, standing: task.standing }
    }
}

impl Serialize for AgendaItem {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct AgendaItemKeys<'i> {
            id: &'i RecordId,
            title: &'i str,
            customer: &'i str,
            responsible: Option<&'i PersonId>,
            owner: &'i PersonId,
            #[serde(flatten)]
            task: TaskAnswer<'i>,
        }
        let status = &self.record.status;
        let keys = AgendaItemKeys {
            id: &self.record.id,
            title: &status.title,
            customer: &status.customer,
            responsible: status.assignee.as_ref(),
            owner: &status.desk_owner,
            task: TaskAnswer::from(&self.task),
        };
        keys.serialize(serializer)
    }
}
