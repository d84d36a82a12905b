//! `survey record`: a customer answers after closing (R57).
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::{
        ids::{ContactId, EventId},
        terms::{Kind, Satisfaction, State, SurveyStanding},
        time::Timestamp,
    },
    history::{
        event::{Event, Stamp},
        facts::Facts,
        record::Record,
        refusal::{NeedReason, Refusal},
        status::{Status, parts::SurveyStatus},
        steps::{Act, Next, Step, survey_send::SurveySend},
    },
};

/// The answer, to the question set of one version of `policy/survey.yaml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    pub questions: u32,
    pub satisfaction: Satisfaction,
    pub answered_by: ContactId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    /// Until when an answer was waited for, where it came later than that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_since: Option<Timestamp>,
    /// When the questionnaire was sent that it answers, where another was sent since; such an
    /// answer is kept and does not count for the present one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<Timestamp>,
}

impl Survey {
    /// True when somebody said just the same.
    pub fn says_as(&self, other: &Self) -> bool {
        self.satisfaction == other.satisfaction
            && self.answered_by == other.answered_by
            && self.comment == other.comment
            && self.answers == other.answers
    }
}

impl Step for Survey {
    const FROM: &'static [State] = EVERY;
    const TO: Next = Next::Same;

    fn ready(status: &Status, _: &Stamp) -> Result<(), Refusal> {
        if status.kind == Kind::Remark {
            return Err(Refusal::OnlyRemark);
        }
        let is_sent = status.survey.as_ref().is_some_and(|survey| survey.sent_at.is_some());
        if status.state != State::Closed && !is_sent {
            return Err(Refusal::State(status.state));
        }
        Ok(())
    }

    fn legal(&self, _: &Status, _: &Stamp) -> Result<(), Refusal> {
        if !self.satisfaction.is_content() && self.comment.is_none() {
            return Err(Refusal::Needs { flag: "--comment", why: NeedReason::LowGrade });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        if self.earlier.is_some() {
            return;
        }
        let survey = status.survey.get_or_insert_with(SurveyStatus::unasked);
        let late = survey.until.is_some_and(|until| stamp.at > until);
        if survey.satisfaction.is_some() || late {
            return;
        }
        survey.standing = SurveyStanding::Answered;
        survey.expired_at = None;
        survey.at = Some(stamp.at);
        survey.by = Some(self.answered_by.clone());
        survey.satisfaction = Some(self.satisfaction);
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .term("satisfaction", self.satisfaction)
            .contact("answered_by", &self.answered_by)
            .version("questions", self.questions)
            .some_known("late_since", self.late_since)
            .some_known("earlier", self.earlier)
            .some_text("comment", self.comment.as_deref())
            .answers(&self.answers)
    }
}

/// What was last sent of a record.
pub fn sent(record: &Record) -> Option<&SurveySend> {
    record.history.iter().rev().find_map(|event| match &event.act {
        Act::SurveySend(send) => Some(send.as_ref()),
        _ => None,
    })
}

/// The questionnaire that was sent at this time.
pub fn sent_at(record: &Record, at: Timestamp) -> Option<&SurveySend> {
    record.history.iter().find_map(|event| match &event.act {
        Act::SurveySend(send) if event.stamp.at == at => Some(send.as_ref()),
        _ => None,
    })
}

/// The closing, by its event, that an answer given now is about; of one closing the first answer counts.
pub fn about<'r>(record: &'r Record, answer: &Survey) -> Option<&'r EventId> {
    let events = record.history.iter();
    let until_sent = events.take_while(|event| {
        let sent = matches!(event.act, Act::SurveySend(_)).then_some(event.stamp.at);
        sent.is_none() || sent != answer.earlier
    });
    until_sent.filter_map(closed).last()
}

/// The answers that are there, each with the closing that it is about.
pub fn answers(record: &Record) -> impl Iterator<Item = (Option<&EventId>, &Survey)> {
    let mut closing = None;
    record.history.iter().filter_map(move |event| {
        closing = closed(event).or(closing);
        match &event.act {
            Act::Survey(answer) if answer.earlier.is_some() => {
                Some((about(record, answer), answer.as_ref()))
            }
            Act::Survey(answer) => Some((closing, answer.as_ref())),
            _ => None,
        }
    })
}

fn closed(event: &Event) -> Option<&EventId> {
    matches!(event.act, Act::Close(_)).then_some(&event.stamp.id)
}
