//! What templates see of a record: words and times of the reader, nothing to compute.

use crate::{
    domain::{
        base::{
            ids::{ContactId, EventId, PersonId},
            print::{minute, minute_if_any},
            terms::{Channel, Code},
        },
        deciding::policy::Policy,
        history::{
            contact::Contact,
            event::Event,
            intake::{DueAt, Expected, Occurred},
            mask::mask_name,
            record::Record,
            status::{
                Status,
                parts::{PromiseTopic, Resolution},
            },
            steps::Act,
        },
    },
    report::shapes::{
        AnswerValues, AttachmentValues, ContactValues, DueValues, EventValues, FactValues,
        PromiseValues, RecordValues,
    },
    words::{Words, file_size, label::Label},
};

/// The code of a solution in words; nothing where another system's log has none.
pub(super) fn solution_code(done: &Resolution, words: Words) -> String {
    done.code
        .as_ref()
        .map(|code| words.open_term(Code::VOCABULARY, code.code()))
        .unwrap_or_default()
}

/// Whether personal data is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    Masked,
    Revealed,
}

/// Of the steps that solve or end a record, what a report shows beside result and cause.
const OUTCOME: [&str; 6] = ["cause_category", "steps", "unmet", "referral", "reason", "mistake"];

/// Everything that is looked up while values are made.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    pub policy: &'a Policy,
    pub words: Words,
    pub contacts: &'a [Contact],
    pub privacy: Privacy,
    pub notes: Notes,
}

/// Which notes are shown (R99).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notes {
    /// Those for the team only, too.
    All,
    /// Those that a customer may read.
    Shared,
}

impl Sources<'_> {
    /// The values of a record.
    pub fn record(&self, record: &Record) -> RecordValues {
        let (intake, status, words) = (&record.intake, &record.status, self.words);
        let mut values = RecordValues {
            id: record.id.to_string(),
            kind: words.term(status.kind).to_owned(),
            state: words.term(status.state).to_owned(),
            title: status.title.clone(),
            customer: status.customer.clone(),
            contact: self.contact(status),
            site: text(status.site.as_ref()),
            channel: words.open_term(Channel::VOCABULARY, status.channel.code()),
            received_at: minute(status.received_at),
            reported: intake.reported.clone(),
            need: text(status.need.as_ref()),
            category: self.category(status),
            product: self.product(status),
            level: status.level.map(|l| words.term(l).to_owned()).unwrap_or_default(),
            priority: status.priority.map(|p| p.to_string()).unwrap_or_default(),
            impact: status.impact.map(|g| words.term(g).to_owned()).unwrap_or_default(),
            urgency: status.urgency.map(|g| words.term(g).to_owned()).unwrap_or_default(),
            major: status.major.as_deref().map(|id| self.criterion(id)).unwrap_or_default(),
            expected_by: self.expected(status.expected_by),
            reference: text(intake.reference.as_ref()),
            owner: self.person(status.follower().map(PersonId::as_str)),
            unit: self.unit(status),
            responsible: match (&status.assignee, &status.source_assignee) {
                (None, Some(there)) => there.clone(),
                (assignee, _) => self.person(assignee.as_ref().map(PersonId::as_str)),
            },
            progress: status.progress.map(|p| words.term(p).to_owned()).unwrap_or_default(),
            due: DueValues {
                ack: self.due(status.due.ack),
                respond: self.due(status.due.respond),
                commitment: self.due(status.due.commitment),
                resolve: self.due(status.due.resolve),
            },
            answers: self.answers(status),
            promises: self.promises(status),
            attachments: self.attachments(status),
            support: status.support.map(|it| words.term(it).to_owned()).unwrap_or_default(),
            visits: self.visits(record),
            sessions: self.sessions(record),
            told: self.told_at_intake(record),
            outcome: self.ended(record),
            history: self.history(record),
            waits: self.of_history(record, |act| {
                matches!(act, Act::Hold(_) | Act::Resume(_) | Act::Extend(_))
            }),
            escalations: self.of_history(record, |act| matches!(act, Act::Escalate(_))),
            escalated: status
                .escalations
                .iter()
                .map(|it| it.tier)
                .max()
                .map_or_else(String::new, |tier| tier.to_string()),
            extended: Some(status.counts.extensions)
                .filter(|count| *count > 0)
                .map_or_else(String::new, |count| count.to_string()),
            updated_at: minute(status.times.last_at),
            ..RecordValues::default()
        };
        let mut notes = record.effective_events().rev().map(|event| self.note(event));
        values.latest_note = notes.find(|note| !note.is_empty()).unwrap_or_default();
        self.facts(record, &mut values);
        self.times(status, &mut values);
        self.outcome(record, &mut values);
        values
    }

    fn facts(&self, record: &Record, values: &mut RecordValues) {
        if let Some(fault) = &record.intake.fault {
            values.occurred_at = match fault.occurred_at {
                Occurred::At(at) => minute(at),
                Occurred::Unknown => self.words.label(Label::Unknown).to_owned(),
            };
            values.detected_at = minute_if_any(fault.detected_at);
            let source = fault.source.map(|source| self.words.term(source).to_owned());
            values.source = source.unwrap_or_default();
            values.location.clone_from(&fault.location);
            values.symptom.clone_from(&fault.symptom);
        }
        if let Some(remark) = &record.intake.remark {
            values.soothed.clone_from(&remark.soothed);
        }
    }

    #[expect(clippy::unused_self, reason = "one of the parts that fill the values")]
    fn times(&self, status: &Status, values: &mut RecordValues) {
        let times = &status.times;
        values.acknowledged_at = minute_if_any(times.acknowledged_at);
        values.accepted_at = minute_if_any(times.accepted_at);
        values.responded_at = minute_if_any(times.responded_at);
        values.confirmed_at = minute_if_any(times.confirmed_at);
        values.closed_at = minute_if_any(times.closed_at);
    }

    fn outcome(&self, record: &Record, values: &mut RecordValues) {
        let (status, words) = (&record.status, self.words);
        if let Some(done) = &status.resolution {
            values.result.clone_from(&done.result);
            values.cause.clone_from(&done.cause);
            values.code = solution_code(done, words);
            let category = done.cause_category.as_deref();
            values.cause_category = category.map(|code| self.cause_name(code)).unwrap_or_default();
            values.done_at = minute(done.done_at);
            values.resolver = match (&done.by, &done.source_by) {
                (None, Some(word)) => word.clone(),
                (by, _) => self.person(by.as_ref().map(PersonId::as_str)),
            };
        }
        if let Some(callback) = &status.confirmation {
            values.confirmed_by = self.person(Some(callback.by.as_str()));
            values.confirmed_with = self.name_of(callback.with.as_str());
            values.satisfaction = words.term(callback.satisfaction).into();
            values.comment = text(callback.comment.as_ref());
        }
        if let Some(given) = status.source_satisfaction.filter(|_| status.confirmation.is_none()) {
            values.satisfaction = words.term(given).into();
        }
        let closed =
            record.effective_events().rev().find(|event| matches!(event.act, Act::Close(_)));
        let closed = closed.filter(|_| !status.state.is_unfinished());
        values.closed_by = self.person(closed.map(|event| event.stamp.actor().as_str()));
        if let Some(exception) = status.exception {
            values.exception = words.term(exception).into();
        }
        if let Some(answer) = &status.survey {
            values.survey = match answer.satisfaction {
                Some(satisfaction) => words.term(satisfaction).into(),
                None => words.term(answer.standing).into(),
            };
        }
    }

    /// What the steps that solved and ended the record say besides result and cause.
    fn ended(&self, record: &Record) -> Vec<FactValues> {
        let status = &record.status;
        let last =
            |is: fn(&Act) -> bool| record.effective_events().rev().find(|event| is(&event.act));
        let solved = last(|act| matches!(act, Act::Resolve(_)));
        let ended = last(|act| matches!(act, Act::Close(_) | Act::Cancel(_) | Act::Merge(_)));
        let solved = solved.filter(|_| status.resolution.is_some());
        let ended = ended.filter(|_| !status.state.is_unfinished());
        let events = solved.into_iter().chain(ended);
        let facts = events.flat_map(|event| self.recorded(record, event));
        facts.filter(|fact| OUTCOME.contains(&fact.name.as_str())).collect()
    }

    /// The steps, without those that say nothing the reader may see.
    fn history(&self, record: &Record) -> Vec<EventValues> {
        let events = record.history.iter().filter(|event| self.sees_any(event));
        events.map(|event| self.event(record, event)).collect()
    }

    /// Of the steps that had an effect, those that `wanted` takes.
    fn of_history(&self, record: &Record, wanted: fn(&Act) -> bool) -> Vec<EventValues> {
        let events = record.effective_events().filter(|event| self.sees_any(event));
        let events = events.filter(|event| wanted(&event.act));
        events.map(|event| self.event(record, event)).collect()
    }

    fn event(&self, record: &Record, event: &Event) -> EventValues {
        let facts = self.recorded(record, event);
        EventValues {
            n: event.stamp.n,
            at: minute(event.stamp.at),
            by: self.person(Some(event.stamp.actor().as_str())),
            step: self.words.step(&event.act, record.status.kind).to_owned(),
            action: self.happened(record, event),
            details: self.in_a_line(&facts),
            facts,
            note: self.note(event),
        }
    }

    /// The step as done, with the word for one that has no effect.
    fn happened(&self, record: &Record, event: &Event) -> String {
        let done = self.words.did(&event.act, record.status.kind);
        let is_among = |events: &[EventId]| events.contains(&event.stamp.id);
        let without_effect = [
            (Label::SetAside, is_among(&record.status.set_aside)),
            (Label::Withdrawn, is_among(&record.status.withdrawn)),
        ];
        match without_effect.into_iter().find(|(_, it)| *it) {
            Some((label, _)) => self.words.remarked(done, self.words.label(label)),
            None => done.to_owned(),
        }
    }

    /// Everything that a step recorded besides its note, in a line.
    pub fn details(&self, record: &Record, event: &Event) -> String {
        self.in_a_line(&self.recorded(record, event))
    }

    fn in_a_line(&self, facts: &[FactValues]) -> String {
        let pairs = facts.iter().map(|fact| self.words.pair(&fact.label, &fact.value));
        self.words.joined(&pairs.collect::<Vec<_>>())
    }

    fn contact(&self, status: &Status) -> ContactValues {
        status.contact.as_ref().map(|id| self.contact_called(id)).unwrap_or_default()
    }

    pub(super) fn contact_called(&self, id: &ContactId) -> ContactValues {
        let found = self.contacts.iter().find(|contact| contact.id == *id);
        let Some(person) = found.and_then(|contact| contact.person.as_ref()) else {
            return ContactValues { id: id.to_string(), ..ContactValues::default() };
        };
        let person = match self.privacy {
            Privacy::Revealed => person.clone(),
            Privacy::Masked => person.clone().masked(),
        };
        let (phone, email) = (person.phone().map(str::to_owned), person.email().map(str::to_owned));
        ContactValues {
            id: id.to_string(),
            name: person.name,
            salutation: person.salutation.unwrap_or_default(),
            phone: phone.unwrap_or_default(),
            email: email.unwrap_or_default(),
        }
    }

    /// Name of a customer's person, masked unless revealed; the id where nobody knows it.
    pub(super) fn name_of(&self, id: &str) -> String {
        let found = self.contacts.iter().find(|contact| contact.id.as_str() == id);
        match found.and_then(|contact| contact.person.as_ref()) {
            Some(person) if self.privacy == Privacy::Revealed => person.name.clone(),
            Some(person) => format!("{} {id}", mask_name(&person.name)),
            None => id.to_owned(),
        }
    }

    /// Name of somebody of the team, or the id where the roster has none.
    pub(super) fn person(&self, id: Option<&str>) -> String {
        let Some(id) = id else { return String::new() };
        let found = self.policy.people.people.iter().find(|person| person.id.as_str() == id);
        found.map_or(id, |person| &person.name).to_owned()
    }

    fn unit(&self, status: &Status) -> String {
        let Some(id) = &status.unit else {
            return String::new();
        };
        self.policy.units.name_of(id).to_owned()
    }

    fn category(&self, status: &Status) -> String {
        status.category.as_deref().map(|id| self.category_name(id)).unwrap_or_default()
    }

    fn product(&self, status: &Status) -> String {
        status.product.as_deref().map(|id| self.product_name(id)).unwrap_or_default()
    }

    fn answers(&self, status: &Status) -> Vec<AnswerValues> {
        let answers = status.answers.iter();
        answers
            .map(|(key, answer)| AnswerValues {
                question: self.question(key),
                answer: answer.clone(),
            })
            .collect()
    }

    /// A question of a category or of the survey in the reader's words; its key where policy has
    /// it no more.
    pub(super) fn question(&self, key: &str) -> String {
        let categories = self.policy.catalog.categories.iter();
        let mut questions = categories.flat_map(|category| &category.questions);
        let of_category = questions.find(|question| question.key == key);
        let mut of_survey = self.policy.survey.every_question();
        let of_survey = of_survey.find(|question| question.key == key);
        let found = of_category.map(|question| (&question.en, &question.zh));
        let found = found.or_else(|| of_survey.map(|question| (&question.en, &question.zh)));
        found.map_or(key, |(en, zh)| self.words.of_policy(en, zh)).to_owned()
    }

    fn promises(&self, status: &Status) -> Vec<PromiseValues> {
        let numbered = (1..).zip(&status.promises);
        numbered
            .map(|(number, promise)| PromiseValues {
                number,
                what: match &promise.what {
                    PromiseTopic::Reply => self.words.label(Label::Reply).to_owned(),
                    PromiseTopic::Other(what) => what.clone(),
                },
                due: minute(promise.due),
                kept_at: minute_if_any(promise.kept_at),
                late: promise.kept_at.is_some_and(|at| at > promise.due),
                explained_at: minute_if_any(promise.explained_at),
                standing: String::new(),
            })
            .collect()
    }

    fn attachments(&self, status: &Status) -> Vec<AttachmentValues> {
        let numbered = status.numbered_attachments();
        numbered
            .map(|(number, entry)| AttachmentValues {
                number,
                kind: self.words.term(entry.kind).to_owned(),
                name: entry.name.clone(),
                size: file_size(entry.size.into()),
                sha256: entry.sha256.clone(),
                by: self.person(Some(entry.by.as_str())),
                at: minute(entry.at),
                dropped_at: minute_if_any(entry.dropped_at),
            })
            .collect()
    }

    fn expected(&self, expected: Option<Expected>) -> String {
        match expected {
            Some(Expected::At(at)) => minute(at),
            Some(Expected::Unstated) => self.words.label(Label::NoneStated).to_owned(),
            None => String::new(),
        }
    }

    pub(super) fn due(&self, due: Option<DueAt>) -> String {
        match due {
            Some(DueAt::At(at)) => minute(at),
            Some(DueAt::Unknown) => self.words.label(Label::Unknown).to_owned(),
            None => String::new(),
        }
    }
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}
