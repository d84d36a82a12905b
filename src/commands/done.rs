//! What every step answers: the record, what happened, what comes next.

use serde_json::{Value, json};

use crate::{
    app::step::Done,
    domain::{intake::DueAt, steps::Act, terms::Kind},
    ui::{
        answer::Answer,
        paper::{Paper, Style, minute},
    },
    words::{label::Label, said::Said},
};

impl Answer for Done {
    fn human(&self, paper: &Paper) -> String {
        let words = paper.words;
        let status = &self.record.status;
        let done = words.done(self.event.act.action());
        let id = paper.styled(self.record.id.as_str(), Style::Bold);
        let title = crate::ui::escape::clean_line(&status.title);
        let customer = crate::ui::escape::clean_line(&status.customer);
        let mut text = format!("{done} {id}  {title} · {customer}\n");
        for (label, value) in self.details(paper) {
            text += &paper.field(words.label(label), &value);
        }
        for said in &self.remarks {
            text += &format!("  {}\n", crate::ui::escape::clean(&words.said(said)));
        }
        if self.before != Some(status.state) {
            let remark = status.kind == Kind::Remark;
            let tail = self.record.id.tail().to_owned();
            let next = words.said(&Said::Next {
                state: status.state,
                tail,
                remark,
            });
            text += &format!("{}\n", paper.styled(&next, Style::Dim));
        }
        text
    }

    fn json(&self) -> Value {
        json!({
            "format": 1,
            "id": self.record.id,
            "title": self.record.status.title,
            "customer": self.record.status.customer,
            "state": self.record.status.state,
            "before": self.before,
            "event": self.event,
            "status": self.record.status,
        })
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.record.id))
    }
}

impl Done {
    /// What the step settled, as fields.
    fn details(&self, paper: &Paper) -> Vec<(Label, String)> {
        let words = paper.words;
        let status = &self.record.status;
        let due = |due: Option<DueAt>| match due {
            Some(DueAt::At(at)) => minute(at),
            Some(DueAt::Unknown) => words.label(Label::Unknown).to_owned(),
            None => String::new(),
        };
        let mut details = match &self.event.act {
            Act::Open(opened) => vec![
                (Label::Kind, words.term(status.kind).to_owned()),
                (Label::Level, paper.level(opened.level)),
                (Label::AckDue, due(opened.due_after.ack)),
                (Label::RespondDue, due(opened.due_after.respond)),
                (Label::ResolveDue, due(opened.due_after.resolve)),
            ],
            Act::Ack(ack) => vec![(Label::ReplyBy, minute(ack.reply_by))],
            Act::Route(route) => vec![
                (Label::Responsible, format!("{} ({})", route.to, route.unit)),
                (Label::Reason, route.reason.clone()),
                (Label::Title, status.title.clone()),
                (Label::Reported, self.record.intake.reported.clone()),
                (Label::Need, status.need.clone().unwrap_or_default()),
                (Label::RespondDue, due(status.due.respond)),
                (Label::ResolveDue, due(status.due.resolve)),
            ],
            Act::Accept(accept) => vec![(Label::RespondBy, minute(accept.respond_by))],
            Act::Pend(_) | Act::Extend(_) | Act::Resume(_) | Act::Recompute(_) => {
                vec![(Label::ResolveDue, due(status.due.resolve))]
            }
            Act::Update(update) if update.level.is_some() => vec![
                (Label::Level, paper.level(status.level)),
                (Label::RespondDue, due(status.due.respond)),
                (Label::ResolveDue, due(status.due.resolve)),
            ],
            Act::Escalate(escalate) => vec![
                (Label::To, escalate.to.to_string()),
                (Label::Reason, escalate.reason.clone()),
                (Label::Title, status.title.clone()),
                (Label::State, words.term(status.state).to_owned()),
                (Label::ResolveDue, due(status.due.resolve)),
            ],
            Act::Resolve(resolve) => vec![(Label::DoneAt, minute(resolve.done_at))],
            Act::Confirm(confirm) => vec![(
                Label::Satisfaction,
                confirm.satisfaction.map_or_else(
                    || words.term(confirm.outcome).to_owned(),
                    |given| format!("{} {}", given.grade(), words.term(given)),
                ),
            )],
            Act::Close(close) => {
                vec![(
                    Label::Archive,
                    close
                        .archive
                        .as_ref()
                        .map(|a| a.path.clone())
                        .unwrap_or_default(),
                )]
            }
            Act::Survey(survey) => {
                let given = survey.satisfaction;
                vec![(
                    Label::Satisfaction,
                    format!("{} {}", given.grade(), words.term(given)),
                )]
            }
            Act::Merge(merge) => vec![(Label::MergedInto, merge.into.record.to_string())],
            Act::Return(_)
            | Act::Respond(_)
            | Act::Update(_)
            | Act::Promise(_)
            | Act::Kept(_)
            | Act::Explain(_)
            | Act::Handover(_)
            | Act::Takeover(_)
            | Act::Reopen(_)
            | Act::Cancel(_)
            | Act::Link(_)
            | Act::Amend(_) => Vec::new(),
        };
        if self.before.is_some_and(|before| before != status.state) {
            details.insert(0, (Label::State, words.term(status.state).to_owned()));
        }
        details.retain(|(_, value)| !value.is_empty());
        details
    }
}

/// Several steps at once, such as handing over all that somebody has.
#[derive(Debug)]
pub struct AllDone(pub Vec<Done>);

impl Answer for AllDone {
    fn human(&self, paper: &Paper) -> String {
        if self.0.is_empty() {
            return format!("{}\n", paper.words.said(&Said::NothingFound));
        }
        self.0.iter().map(|done| done.human(paper)).collect()
    }

    fn json(&self) -> Value {
        Value::Array(self.0.iter().map(Answer::json).collect())
    }

    fn brief(&self) -> Option<String> {
        Some(self.0.iter().filter_map(Answer::brief).collect())
    }
}
