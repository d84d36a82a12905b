//! `survey send`: a customer is asked (R57).
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        month::Month,
        terms::{Kind, Party, State, SurveyStanding},
        time::Timestamp,
    },
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::{Status, parts::SurveyStatus},
        steps::{Next, Step},
    },
};

/// The questionnaire as it went out: its questions are frozen here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveySend {
    /// The sample that the record was drawn for; absent when it was sent by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<SampleDraw>,
    /// As what the customer was asked, and drawn where it was; not told of one outside the house, or
    /// where all are asked alike.
    #[serde(default = "Party::usual", skip_serializing_if = "Party::is_usual")]
    pub party: Party,
    /// Version of the question set.
    pub questions: u32,
    pub asked: Vec<SurveyQuestion>,
    /// An answer counts until here.
    pub until: Timestamp,
}

/// A month's sample with the numbers of its rule for the party of the customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleDraw {
    pub period: Month,
    /// Per cent.
    pub sample: u8,
    pub cap_per_customer: u32,
}

/// A question of the survey, besides the grade.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyQuestion {
    pub key: String,
    pub en: String,
    pub zh: String,
}

/// The numbers of the rule for a party, out of `policy/survey.yaml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleRule {
    /// Per cent.
    pub sample: u8,
    pub cap_per_customer: u32,
}

impl SampleDraw {
    /// What a month's sample is drawn by.
    pub fn of(period: Month, rule: SampleRule) -> Self {
        let SampleRule { sample, cap_per_customer } = rule;
        Self { period, sample, cap_per_customer }
    }

    /// The numbers of the rule.
    pub fn rule(&self) -> SampleRule {
        SampleRule { sample: self.sample, cap_per_customer: self.cap_per_customer }
    }
}

impl SurveySend {
    fn period(&self) -> Option<Month> {
        self.drawn.as_ref().map(|drawn| drawn.period)
    }
}

impl Step for SurveySend {
    const FROM: &'static [State] = &[State::Closed];
    const TO: Next = Next::Same;

    fn ready(status: &Status, _: &Stamp) -> Result<(), Refusal> {
        if status.kind == Kind::Remark {
            return Err(Refusal::OnlyRemark);
        }
        if status.state != State::Closed {
            return Err(Refusal::State(status.state));
        }
        Ok(())
    }

    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        let Some(survey) = &status.survey else {
            return Ok(());
        };
        let again = match self.period() {
            Some(period) => survey.period == Some(period),
            None => survey.is_of(status.times.closed_at),
        };
        if again {
            return Err(Refusal::AlreadyAsked { at: survey.latest() });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        // What the customer answered to this closing before being drawn counts for the sample, so
        // that nobody can keep a record out of it by asking early.
        let closed_at = status.times.closed_at;
        let before = status.survey.take().filter(|survey| survey.is_of(closed_at));
        let answered = before.filter(|survey| survey.satisfaction.is_some());
        let standing = match &answered {
            Some(_) => SurveyStanding::Answered,
            None => SurveyStanding::Sent,
        };
        status.survey = Some(SurveyStatus {
            standing,
            sent_at: Some(stamp.at),
            until: Some(self.until),
            period: self.period(),
            questions: Some(self.questions),
            expired_at: None,
            ..answered.unwrap_or_else(SurveyStatus::unasked)
        });
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .drawn(self.drawn.as_ref())
            .some_term("party", Some(self.party).filter(|party| !party.is_usual()))
            .version("questions", self.questions)
            .time("until", self.until)
            .questions(&self.asked)
    }
}
