//! What has to be done by when.

use std::rc::Rc;

use serde::{Serialize, Serializer};

use crate::{
    answers::{
        names::PolicyNames,
        rows::{self, RecordRow},
    },
    app::desk::OpenDesk,
    domain::{
        analysis::{
            clock::explain::ClockStanding,
            duties::{Duty, Task, tasks},
        },
        base::{
            ids::{PersonId, RecordId},
            print::without_year,
            terms::{Role, Term},
            time::Timestamp,
        },
        deciding::items::{ItemDuty, ItemStep},
    },
    error::Result,
    store::{
        selection::{Condition, Selection},
        summary::Summary,
    },
    ui::{
        answer::Answer,
        cell::Cell,
        table::TableHead,
        terminal::{Medium, Terminal},
    },
    words::{Words, clock::sign, label::Label, message::Message},
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
    pub record: Rc<Summary>,
    pub task: Task,
}

impl Agenda {
    /// Everything that has to be done at this desk.
    pub fn of(desk: &OpenDesk<'_>) -> Result<Self> {
        let view = desk.view()?;
        let wanted = Selection::of(Condition::Unfinished);
        let (records, _) = desk.summaries(&view, &wanted)?;
        let (now, policy) = (desk.now(), view.policy()?);
        let asked = |record: Summary| {
            let tasks = tasks(record.status(), now, &policy);
            (Rc::new(record), tasks)
        };
        Ok(Self::over(records.into_iter().map(asked), now, PolicyNames::from(&policy)))
    }

    /// Everything that these records ask for.
    pub fn over(
        records: impl IntoIterator<Item = (Rc<Summary>, Vec<Task>)>,
        now: Timestamp,
        names: PolicyNames,
    ) -> Self {
        let mut items = Vec::new();
        for (record, tasks) in records {
            let found = tasks.into_iter();
            items.extend(found.map(|task| AgendaItem { record: Rc::clone(&record), task }));
        }
        items.sort_by(|one, other| pressing(one).cmp(&pressing(other)));
        Self { items, now, names, nothing: Message::NothingDue, alarm: false }
    }

    /// The tasks that `wanted` takes.
    pub fn pick(&self, wanted: impl Fn(&Task) -> bool) -> Self {
        let items = self.items.iter().filter(|item| wanted(&item.task));
        let (names, nothing) = (self.names.clone(), self.nothing.clone());
        Self { items: items.cloned().collect(), now: self.now, names, nothing, alarm: false }
    }

    /// As people read it.
    fn by_time(&self) -> Vec<&AgendaItem> {
        let mut items: Vec<_> = self.items.iter().collect();
        items.sort_by_key(|item| (item.task.due.is_none(), item.task.due));
        items
    }

    /// As a table for files and programs that read text: everything exact.
    fn table(&self, terminal: &Terminal) -> String {
        let head = [
            Label::Due,
            Label::Standing,
            Label::Duty,
            Label::Id,
            Label::Handler,
            Label::Customer,
            Label::Title,
        ];
        let words = terminal.words;
        let row = |AgendaItem { record, task }: &AgendaItem| {
            let status = record.status();
            let standing = format!("{} {}", sign(task.standing), words.standing(task.standing));
            vec![
                Cell::from(task.due.map(|due| without_year(due, self.now)).unwrap_or_default()),
                Cell::from(standing.trim_start()),
                Cell::from(words.duty(&task.duty, |id| self.names.person(id))),
                Cell::from(record.id().as_str()),
                Cell::from(self.names.handler(status)),
                Cell::from(status.customer.as_str()),
                terminal.titled(&status.title, status.level),
            ]
        };
        terminal.grid(&head, self.by_time().into_iter().map(row).collect(), TableHead::Shown)
    }
}

impl Answer for Agenda {
    fn human(&self, terminal: &Terminal) -> String {
        match terminal.medium {
            _ if self.items.is_empty() => String::new(),
            Medium::Pipe => self.table(terminal),
            Medium::Screen => {
                let row = |AgendaItem { record, task }: &AgendaItem| RecordRow {
                    due: rows::due(task.due, task.standing, self.now, terminal),
                    task: rows::todo(&task.duty, &self.names, terminal),
                    ..RecordRow::of(record, &self.names, terminal)
                };
                let rows = self.by_time().into_iter().map(row).collect();
                rows::shown(rows, Label::Duty, TableHead::Shown, terminal)
                    + &rows::legend(self.items.iter().map(|item| item.task.standing), terminal)
            }
        }
    }

    fn remark(&self, words: Words) -> Option<String> {
        self.items.is_empty().then(|| words.message(&self.nothing))
    }

    fn brief(&self) -> Option<String> {
        Some(self.items.iter().map(|item| format!("{}\n", item.record.id())).collect())
    }

    fn status(&self) -> u8 {
        u8::from(self.alarm && !self.items.is_empty())
    }
}

/// The order of an agenda: what is late goes by urgency, what is to come by its hour.
fn pressing(AgendaItem { record, task }: &AgendaItem) -> impl Ord {
    let late = task.standing == ClockStanding::Late;
    let urgency = if late { record.status().priority } else { None };
    (!late, urgency, task.due.is_none(), task.due, record.id())
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
    Item { number: usize, engineer: &'t PersonId, step: ItemStep },
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
            Duty::CallBack => ("call_back", None),
            Duty::Relay { wanted } => ("relay", Some(DutyDetail::Relay { wanted })),
            Duty::Item(ItemDuty { number, next, person, .. }) => {
                let detail = DutyDetail::Item { number: *number, engineer: person, step: *next };
                (next.family().code(), Some(detail))
            }
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
        let status = self.record.status();
        let keys = AgendaItemKeys {
            id: self.record.id(),
            title: &status.title,
            customer: &status.customer,
            responsible: status.assignee.as_ref(),
            owner: &status.desk_owner,
            task: TaskAnswer::from(&self.task),
        };
        keys.serialize(serializer)
    }
}
