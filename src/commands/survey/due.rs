//! `docket survey due`: surveys to send, and answers awaited.

use std::collections::BTreeSet;

use clap::Args;
use serde::{Serialize, Serializer};

use crate::{
    app::{App, samples::SamplePool},
    commands::Command,
    domain::{
        base::{
            ids::RecordId,
            month::Month,
            print::minute,
            terms::{State, SurveyStanding},
            time::Timestamp,
        },
        history::record::Record,
    },
    error::Result,
    ui::{answer::Answer, terminal::Terminal},
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct SurveyDue {}

/// How many months back are looked at.
const MONTHS: usize = 12;

#[derive(Debug)]
struct PendingSurveys {
    now: Timestamp,
    to_send: Vec<(Month, Record)>,
    /// Whose answer is waited for, the next to expire first.
    awaited: Vec<(Timestamp, Record)>,
}

impl Command for SurveyDue {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.view()?;
        let (records, policy) = (desk.records(&view)?, view.policy()?);
        let pool = SamplePool::new(&desk, &view, &records, &policy)?;
        let now = desk.now();

        let mut to_send = Vec::new();
        let mut month = Month::of(now.date());
        for _ in 0..MONTHS {
            month = month.before();
            let sample = pool.sample(month);
            let ids: BTreeSet<_> = sample.unsent().collect();
            let unsent = records.iter().filter(|record| ids.contains(&record.id));
            to_send.extend(unsent.map(|record| (month, record.clone())));
        }
        to_send.sort_by(|(a, of_a), (b, of_b)| (a, &of_a.id).cmp(&(b, &of_b.id)));
        let mut awaited: Vec<_> = records
            .iter()
            .filter_map(|record| Some((awaited_until(record)?, record.clone())))
            .collect();
        awaited.sort_by(|(a, of_a), (b, of_b)| (a, &of_a.id).cmp(&(b, &of_b.id)));
        Ok(Box::new(PendingSurveys { now, to_send, awaited }))
    }
}

fn awaited_until(record: &Record) -> Option<Timestamp> {
    let survey = record.status.survey.as_ref()?;
    survey.until.filter(|_| survey.standing == SurveyStanding::Sent)
}

impl Answer for PendingSurveys {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        if self.to_send.is_empty() && self.awaited.is_empty() {
            return format!("{}\n", words.message(&Message::NoSurveyPending));
        }
        let row = |what: String, until: String, record: &Record| {
            let status = &record.status;
            let (customer, title) = (status.customer.clone(), status.title.clone());
            vec![what, until, record.id.to_string(), customer, title]
        };
        let to_send = self.to_send.iter().map(|(month, record)| {
            let what = match record.status.state {
                State::Closed => format!("{} {month}", words.label(Label::ToAsk)),
                state => words
                    .remarked(&format!("{} {month}", words.label(Label::ToAsk)), words.term(state)),
            };
            row(what, String::new(), record)
        });
        let awaited = self.awaited.iter().map(|(until, record)| {
            let what = if *until < self.now { Label::NoAnswer } else { Label::Awaited };
            row(words.label(what).to_owned(), minute(*until), record)
        });
        let rows: Vec<_> = to_send.chain(awaited).collect();
        let head = [Label::Survey, Label::AnswerUntil, Label::Id, Label::Customer, Label::Title];
        let mut text = terminal.table(&head, &rows);
        let mut months: Vec<Month> = self.to_send.iter().map(|(month, _)| *month).collect();
        months.dedup();
        let over = self.awaited.iter().any(|(until, _)| *until < self.now);
        text += &words.message(&Message::SurveyNext { months, over });
        text
    }

    fn brief(&self) -> Option<String> {
        let to_send = self.to_send.iter().map(|(_, record)| record);
        let all = to_send.chain(self.awaited.iter().map(|(_, record)| record));
        Some(all.map(|record| format!("{}\n", record.id)).collect())
    }
}

impl Serialize for PendingSurveys {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct PendingKeys<'p> {
            now: Timestamp,
            to_send: Vec<UnsentKeys<'p>>,
            awaited: Vec<AwaitedKeys<'p>>,
        }
        #[derive(Serialize)]
        struct UnsentKeys<'p> {
            period: Month,
            id: &'p RecordId,
            customer: &'p str,
            title: &'p str,
            state: State,
        }
        #[derive(Serialize)]
        struct AwaitedKeys<'p> {
            id: &'p RecordId,
            customer: &'p str,
            title: &'p str,
            period: Option<Month>,
            sent_at: Option<Timestamp>,
            until: Timestamp,
            over: bool,
        }
        let to_send = self.to_send.iter().map(|(month, Record { id, status, .. })| UnsentKeys {
            period: *month,
            id,
            customer: &status.customer,
            title: &status.title,
            state: status.state,
        });
        let awaited = self.awaited.iter().map(|(until, Record { id, status, .. })| {
            let survey = status.survey.as_ref();
            AwaitedKeys {
                id,
                customer: &status.customer,
                title: &status.title,
                period: survey.and_then(|survey| survey.period),
                sent_at: survey.and_then(|survey| survey.sent_at),
                until: *until,
                over: *until < self.now,
            }
        });
        let keys =
            PendingKeys { now: self.now, to_send: to_send.collect(), awaited: awaited.collect() };
        keys.serialize(serializer)
    }
}
