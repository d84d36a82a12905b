//! What every step answers: the record, what happened, what comes next.

use serde::{Serialize, Serializer};

use crate::{
    app::step::RecordedStep,
    domain::{
        analysis::next_step::{NextStep, NextTurn},
        base::{
            characters::clean_line,
            ids::{PersonId, RecordId, UnitId},
            print::{minute, minute_if_any},
            terms::{Kind, State},
        },
        deciding::completeness,
        history::{
            event::Event,
            intake::{DueAt, Expected},
            status::Status,
            steps::{Act, update::Update},
        },
    },
    error::{Error, Result},
    store::find::RecordRef,
    ui::{
        answer::{Answer, ErrorAnswer},
        terminal::{Style, Terminal},
    },
    words::{Lang, Words, file_size, label::Label, message::Message},
};

impl Answer for RecordedStep {
    fn human(&self, terminal: &Terminal) -> String {
        format!("{}{}{}", self.told(terminal), self.next(terminal), self.unknown_due(terminal))
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.record.id))
    }
}

impl RecordedStep {
    /// What was done.
    fn told(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let status = &self.record.status;
        let done = words.did(&self.event.act, self.record.status.kind);
        let id = self.record.id.as_str();
        let title = clean_line(&status.title);
        let customer = clean_line(&status.customer);
        let head = terminal.indented(&format!("{done} {id}  {title} · {customer}"), 0);
        let mut text = head.replacen(id, &terminal.styled(id, Style::Bold), 1);
        for (label, value) in self.details(terminal) {
            text += &terminal.field(words.label(label), &value);
        }
        for said in &self.remarks {
            text += &terminal.indented(&words.message(said), 2);
        }
        text + &self.broken_on_visit(terminal)
    }

    /// What to do about a due time that this step could not compute.
    fn unknown_due(&self, terminal: &Terminal) -> String {
        let status = &self.record.status;
        let is_computed = match &self.event.act {
            Act::Open(_)
            | Act::Hold(_)
            | Act::Extend(_)
            | Act::Resume(_)
            | Act::Reopen(_)
            | Act::Recompute(_) => true,
            Act::Update(update) => update.level.is_some(),
            _ => false,
        };
        if !is_computed || !status.due.has_unknown() || !status.state.is_unfinished() {
            return String::new();
        }
        let was_tried = matches!(self.event.act, Act::Recompute(_));
        let hours = status.agreement.as_ref().and_then(|terms| terms.calendar.clone());
        let tail = self.record.id.tail().to_owned();
        let message = Message::DueUnknown { tail, was_tried, hours };
        terminal.message(&terminal.words.message(&message), Style::Alarm)
    }

    /// What comes next, where the step changed that.
    fn next(&self, terminal: &Terminal) -> String {
        let (status, words) = (&self.record.status, terminal.words);
        match &self.event.act {
            Act::Visit(visit) => return self.next_of_visit(visit, terminal),
            Act::Remote(remote) => return self.next_of_session(remote, terminal),
            _ => {}
        }
        let said_of_complaint =
            matches!(self.event.act, Act::Update(_) | Act::Decide(_)) && status.complaint.is_some();
        let said_of_reply =
            matches!(self.event.act, Act::Respond(_)) && status.state == State::InProgress;
        if self.before == Some(status.state) && !said_of_complaint && !said_of_reply {
            return String::new();
        }
        let tail = self.record.id.tail().to_owned();
        let turn = NextTurn::of(status, &self.event.stamp.by, &self.policy);
        let (state, remark) = (status.state, status.kind == Kind::Remark);
        let addressee = self.addressee;
        let is_closing = turn.as_ref().is_some_and(|turn| turn.step == NextStep::Close);
        let lacking = || completeness::gaps(&self.record, &self.policy);
        let gaps = if is_closing { lacking() } else { Vec::new() };
        let next = words.message(&match turn {
            Some(turn) => Message::Next { turn, addressee, tail, gaps },
            None => Message::NextAfterEnd { state, tail, remark, addressee },
        });
        terminal.message(&next, Style::Dim)
    }

    /// What the step settled, as fields.
    #[expect(clippy::too_many_lines, reason = "the fields of each step")]
    fn details(&self, terminal: &Terminal) -> Vec<(Label, String)> {
        let words = terminal.words;
        let status = &self.record.status;
        let person = |id: &PersonId| self.policy.people.name_of(id).to_owned();
        let unit = |id: &UnitId| self.policy.units.name_of(id).to_owned();
        let due = |due: Option<DueAt>| match due {
            Some(DueAt::At(at)) => minute(at),
            Some(DueAt::Unknown) => words.label(Label::Unknown).to_owned(),
            None => String::new(),
        };
        let agreement = || {
            let terms = status.agreement.as_ref();
            terms.map(|terms| words.agreement(terms, &self.policy)).unwrap_or_default()
        };
        let support = |update: &Update| {
            let mode = status.support.filter(|_| update.support.is_some());
            mode.map(|mode| words.term(mode).to_owned()).unwrap_or_default()
        };
        let mut details = match &self.event.act {
            Act::Open(opened) => vec![
                (Label::Kind, words.term(status.kind).to_owned()),
                (Label::Level, terminal.level(opened.level)),
                (Label::Agreement, agreement()),
                (Label::AckDue, due(opened.due_after.ack)),
                (Label::RespondDue, due(opened.due_after.respond)),
                (Label::ResolveDue, due(opened.due_after.resolve)),
                (Label::Expected, expected(status)),
            ],
            Act::Ack(ack) => vec![(Label::ReplyBy, minute_if_any(ack.reply_by))],
            Act::Route(route) => vec![
                (Label::Responsible, words.remarked(&person(&route.to), &unit(&route.unit))),
                (Label::Reason, route.reason.clone()),
                (Label::Reported, apart(&self.record.intake.reported, &status.title)),
                (Label::Need, apart(status.need.as_deref().unwrap_or_default(), &status.title)),
                (Label::RespondDue, due(status.due.respond)),
                (Label::ResolveDue, due(status.due.resolve)),
            ],
            Act::Accept(accept) => vec![(Label::RespondBy, minute(accept.respond_by))],
            Act::Settle(settle) => {
                vec![
                    (Label::KeepEvent, settle.keep.to_string()),
                    (Label::Reason, settle.reason.clone()),
                ]
            }
            Act::Hold(_) => {
                let stands = status.pause().is_some_and(|pause| pause.stops_clock);
                let clock = if stands { Label::Paused } else { Label::Running };
                vec![
                    (Label::ResolveDue, due(status.due.resolve)),
                    (Label::ResolutionClock, words.label(clock).to_owned()),
                ]
            }
            Act::Extend(_) | Act::Resume(_) | Act::Recompute(_) => {
                vec![(Label::ResolveDue, due(status.due.resolve))]
            }
            Act::Reopen(reopen) => {
                let clock = reopen.clock.map(|clock| words.term(clock).to_owned());
                vec![
                    (Label::ResolveDue, due(status.due.resolve)),
                    (Label::ResolutionClock, clock.unwrap_or_default()),
                ]
            }
            Act::Update(update) if update.level.is_some() => vec![
                (Label::Level, terminal.level(status.level)),
                (Label::Support, support(update)),
                (Label::Agreement, agreement()),
                (Label::RespondDue, due(status.due.respond)),
                (Label::ResolveDue, due(status.due.resolve)),
            ],
            Act::Update(update) => {
                let notified = update.notified.as_ref().map(person);
                vec![
                    (Label::Support, support(update)),
                    (Label::Verified, update.verified.clone().unwrap_or_default()),
                    (Label::Unverified, update.unverified.clone().unwrap_or_default()),
                    (Label::Notified, notified.unwrap_or_default()),
                ]
            }
            Act::Decide(decide) => vec![
                (Label::Validity, words.term(decide.validity).to_owned()),
                (Label::Finding, decide.finding.clone()),
            ],
            Act::Escalate(escalate) => vec![
                (Label::EscalateTo, person(&escalate.to)),
                (Label::Reason, escalate.reason.clone()),
                (Label::Title, status.title.clone()),
                (Label::State, words.term(status.state).to_owned()),
                (Label::ResolveDue, due(status.due.resolve)),
            ],
            Act::Resolve(resolve) => vec![(Label::DoneAt, minute(resolve.done_at))],
            Act::Confirm(confirm) => vec![match confirm.satisfaction {
                Some(given) => {
                    (Label::Satisfaction, format!("{} {}", given.grade(), words.term(given)))
                }
                None => (Label::Callback, words.term(confirm.outcome).to_owned()),
            }],
            Act::Close(close) => {
                vec![(
                    Label::Archive,
                    close.archive.as_ref().map(|a| a.path.clone()).unwrap_or_default(),
                )]
            }
            Act::Survey(survey) => {
                let given = survey.satisfaction;
                vec![(Label::Satisfaction, format!("{} {}", given.grade(), words.term(given)))]
            }
            Act::SurveySend(send) => vec![(Label::AnswerUntil, minute(send.until))],
            Act::SurveyExpire(expire) => vec![(Label::AnswerUntil, minute(expire.until))],
            Act::Undo(undo) => {
                let step = self.record.event(&undo.event);
                let step = step.map(|step| {
                    words.remarked(words.term(step.act.action()), &minute(step.stamp.at))
                });
                vec![(Label::UndoneStep, step.unwrap_or_default())]
            }
            Act::Attach(attach) => vec![
                (Label::FileName, attach.name.clone()),
                (Label::FileSize, file_size(attach.size.into())),
            ],
            Act::Visit(visit) => self.of_visit(visit, terminal),
            Act::Remote(remote) => self.of_session(remote, terminal),
            Act::Merge(merge) => vec![(Label::MergedInto, merge.into.record.to_string())],
            // all that a step records is told by docket show; here is only what it settled
            _ => Vec::new(),
        };
        if self.before.is_some_and(|before| before != status.state) {
            details.insert(0, (Label::State, words.term(status.state).to_owned()));
        }
        details.retain(|(_, value)| !value.is_empty());
        details
    }
}

/// A text of the record; nothing where the title, which stands above it, says the same.
fn apart(text: &str, title: &str) -> String {
    if text.trim() == title.trim() { String::new() } else { text.to_owned() }
}

/// The time that the customer named; empty where they named none.
fn expected(status: &Status) -> String {
    match status.expected_by {
        Some(Expected::At(at)) => minute(at),
        Some(Expected::Unstated) | None => String::new(),
    }
}

/// Several steps at once, such as handing over all that somebody has; each is done on its own.
#[derive(Debug)]
pub struct StepSeries {
    done: Vec<RecordedStep>,
    /// What ended the series before its end.
    ended: Option<Error>,
    /// What is said where there was nothing to do.
    nothing: Option<Message>,
}

/// One step on each of these records: the answer of the one, or that of several.
///
/// # Errors
/// What stands against the only one.
pub fn on_each(
    records: &[RecordRef],
    step: impl Fn(&RecordRef) -> Result<RecordedStep>,
) -> Result<Box<dyn Answer>> {
    match records {
        [record] => Ok(Box::new(step(record)?)),
        several => Ok(Box::new(StepSeries::each(several, None, step))),
    }
}

impl StepSeries {
    /// Steps that were made together.
    pub fn of(done: Vec<RecordedStep>) -> Self {
        Self { done, ended: None, nothing: None }
    }

    /// The steps that were made.
    pub fn done(&self) -> &[RecordedStep] {
        &self.done
    }

    /// Takes one step after the other until one is refused; those before it stay done.
    pub fn each(
        records: &[RecordRef],
        nothing: impl Into<Option<Message>>,
        step: impl Fn(&RecordRef) -> Result<RecordedStep>,
    ) -> Self {
        Self::until_refused(records.iter().map(step), nothing)
    }

    /// As [`Self::each`], for steps that are no step on each of some records.
    pub fn until_refused(
        steps: impl Iterator<Item = Result<RecordedStep>>,
        nothing: impl Into<Option<Message>>,
    ) -> Self {
        let nothing = nothing.into();
        let mut done = Vec::new();
        for step in steps {
            match step {
                Ok(one) => done.push(one),
                Err(error) => {
                    return Self { done, ended: Some(error), nothing };
                }
            }
        }
        Self { done, ended: None, nothing }
    }
}

impl Answer for StepSeries {
    fn human(&self, terminal: &Terminal) -> String {
        let mut text = String::new();
        for (place, done) in self.done.iter().enumerate() {
            text += &done.told(terminal);
            // a further step on the same record says it
            let goes_on = self.done.get(place + 1).is_some_and(|it| it.record.id == done.record.id);
            text += &if goes_on { String::new() } else { done.next(terminal) };
            text += &done.unknown_due(terminal);
        }
        if let Some(nothing) =
            self.nothing.as_ref().filter(|_| self.done.is_empty() && self.ended.is_none())
        {
            text += &format!("{}\n", terminal.words.message(nothing));
        }
        text
    }

    fn brief(&self) -> Option<String> {
        let mut ids: Vec<String> = self.done.iter().filter_map(Answer::brief).collect();
        ids.dedup();
        Some(ids.concat())
    }

    fn ended(&self) -> Option<&Error> {
        self.ended.as_ref()
    }

    fn status(&self) -> u8 {
        self.ended.as_ref().map_or(0, Error::status)
    }
}

impl Serialize for RecordedStep {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct StepKeys<'s> {
            id: &'s RecordId,
            title: &'s str,
            customer: &'s str,
            state: State,
            before: Option<State>,
            event: &'s Event,
            status: &'s Status,
            /// The complaint that opened by itself.
            complaint: Option<&'s RecordId>,
        }
        let status = &self.record.status;
        let keys = StepKeys {
            id: &self.record.id,
            title: &status.title,
            customer: &status.customer,
            state: status.state,
            before: self.before,
            event: &self.event,
            status,
            complaint: self.complaint.as_ref().map(|complaint| &complaint.id),
        };
        keys.serialize(serializer)
    }
}

impl Serialize for StepSeries {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct StepSeriesKeys<'s> {
            done: &'s [RecordedStep],
            error: Option<ErrorAnswer>,
        }
        let words = Words::new(Lang::default());
        let error = self.ended.as_ref().map(|error| ErrorAnswer::of(error, words));
        StepSeriesKeys { done: &self.done, error }.serialize(serializer)
    }
}
