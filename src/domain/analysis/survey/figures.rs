//! What came back: who answered, with what grade, and what each answer counts for.

use std::collections::BTreeSet;

use crate::domain::{
    base::{
        month::Month,
        terms::{Party, Satisfaction, SurveyStanding, Term},
        time::Timestamp,
    },
    history::{
        event::Event,
        record::Record,
        status::parts::SurveyStatus,
        steps::{
            Act,
            survey::{Survey, sent_at},
        },
    },
};

/// An answer with what it counts for.
#[derive(Clone, Copy, Debug)]
pub struct Reply<'r> {
    pub record: &'r Record,
    pub event: &'r Event,
    pub answer: &'r Survey,
    pub counts: AnswerKind,
    /// The month whose sample the record was in by then; absent outside any.
    pub period: Option<Month>,
    /// As what the customer was asked; absent where nobody did.
    pub party: Option<Party>,
}

/// What an answer counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// The first answer in time: to the sample, or outside of it where no month is told.
    First,
    /// It came after the time was over, so it counts for nothing.
    Late,
    /// There was an answer already.
    Again,
}

/// How those fared who were asked for a sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standings {
    pub sent: usize,
    pub answered: usize,
    /// No answer in time, marked or not: never a good one.
    pub expired: usize,
    pub awaited: usize,
}

/// Grades, best first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GradeCounts {
    counts: [usize; 5],
}

/// A share of a whole; of nothing there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub part: usize,
    pub whole: usize,
}

/// Every answer that a record has, in the order of its history.
pub fn replies(record: &Record) -> Vec<Reply<'_>> {
    let mut replies: Vec<Reply<'_>> = Vec::new();
    // Most records were never asked about, and need not be gone through.
    if record.status.survey.is_none() && record.status.set_aside.is_empty() {
        return replies;
    }
    let mut before: Option<SurveyStatus> = None;
    let mut asked_as = None;
    // which of the replies is the one that the present survey counts
    let mut first: Option<usize> = None;
    record.walk(|event, status| {
        let survey = status.survey.as_ref();
        let period = survey.and_then(|survey| survey.period);
        match &event.act {
            Act::Survey(answer) => {
                let had = before.as_ref().is_some_and(|survey| survey.satisfaction.is_some());
                let has = survey.is_some_and(|survey| survey.satisfaction.is_some());
                let counts = match (had, has) {
                    (true, _) => AnswerKind::Again,
                    (false, true) => AnswerKind::First,
                    (false, false) => AnswerKind::Late,
                };
                if counts == AnswerKind::First {
                    first = Some(replies.len());
                }
                let earlier = answer.earlier.and_then(|earlier| sent_at(record, earlier));
                let party = earlier.map(|sent| sent.party).or(asked_as);
                replies.push(Reply { record, event, answer, counts, period, party });
            }
            // Who was drawn after an answer to this closing has answered for the sample.
            Act::SurveySend(send) => {
                asked_as = Some(send.party);
                first =
                    first.filter(|_| survey.is_some_and(|survey| survey.satisfaction.is_some()));
                if let Some(reply) = first.and_then(|first| replies.get_mut(first)) {
                    reply.period = reply.period.or(period);
                    reply.party = reply.party.or(asked_as);
                }
            }
            _ => {}
        }
        before.clone_from(&status.survey);
    });
    replies
}

impl Reply<'_> {
    /// The month whose sample the answer counts for, if it counts for one.
    pub fn sample(&self) -> Option<Month> {
        self.period.filter(|_| self.counts == AnswerKind::First)
    }

    /// True for an answer that counts, of somebody whom no sample asked.
    pub fn is_outside(&self) -> bool {
        self.counts == AnswerKind::First && self.period.is_none()
    }
}

impl Standings {
    /// How the records fared that were asked for a month's sample.
    pub fn of<'r>(
        records: impl IntoIterator<Item = &'r Record>,
        month: Month,
        now: Timestamp,
    ) -> Self {
        let mut standings = Self::default();
        for survey in records.into_iter().filter_map(|record| for_sample(record, month)) {
            standings.sent += 1;
            let over = survey.until.is_some_and(|until| until < now);
            match survey.standing {
                SurveyStanding::Answered => standings.answered += 1,
                SurveyStanding::Expired => standings.expired += 1,
                SurveyStanding::Sent if over => standings.expired += 1,
                SurveyStanding::Sent => standings.awaited += 1,
            }
        }
        standings
    }

    /// Answered of sent.
    pub fn response(self) -> Share {
        Share { part: self.answered, whole: self.sent }
    }

    /// Those of two months together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            sent: self.sent + other.sent,
            answered: self.answered + other.answered,
            expired: self.expired + other.expired,
            awaited: self.awaited + other.awaited,
        }
    }
}

/// The months for whose samples a record was sent a questionnaire.
pub fn sampled_months(record: &Record) -> BTreeSet<Month> {
    // Most records were never asked about, and need not be gone through.
    let asked = record.status.survey.is_some() || !record.status.set_aside.is_empty();
    let history = if asked { record.history.as_slice() } else { &[] };
    let months = history.iter().filter_map(|event| match &event.act {
        Act::SurveySend(send) => send.drawn.as_ref().map(|drawn| drawn.period),
        _ => None,
    });
    months.collect()
}

/// As what the customer of a record was asked for a month's sample; `None` where nobody was.
pub fn asked_as(record: &Record, month: Month) -> Option<Party> {
    record.history.iter().find_map(|event| match &event.act {
        Act::SurveySend(send) => {
            send.drawn.as_ref().filter(|drawn| drawn.period == month).map(|_| send.party)
        }
        _ => None,
    })
}

/// How a record fared that was asked for a month's sample.
pub fn standing_for(record: &Record, month: Month) -> Option<SurveyStanding> {
    for_sample(record, month).map(|survey| survey.standing)
}

/// The survey as it last stood for a month's sample.
fn for_sample(record: &Record, month: Month) -> Option<SurveyStatus> {
    record.status.survey.as_ref()?;
    let mut last = None;
    record.walk(|_, status| {
        if let Some(survey) = status.survey.as_ref().filter(|s| s.period == Some(month)) {
            last = Some(survey.clone());
        }
    });
    last
}

impl GradeCounts {
    /// Counts one more.
    pub fn add(&mut self, given: Satisfaction) {
        if let Some(place) = Satisfaction::ALL.iter().position(|grade| *grade == given) {
            self.counts[place] += 1;
        }
    }

    /// How many gave a grade, n.
    pub fn total(self) -> usize {
        self.counts.iter().sum()
    }

    /// Each grade with how many gave it, best first.
    pub fn each(self) -> impl Iterator<Item = (Satisfaction, usize)> {
        Satisfaction::ALL.iter().copied().zip(self.counts)
    }

    /// CSAT: satisfied and very satisfied, of all who answered.
    pub fn csat(self) -> Share {
        self.at_least(4)
    }

    /// Basically satisfied and better, of all who answered.
    pub fn content(self) -> Share {
        self.at_least(3)
    }

    /// The mean grade in hundredths; `None` where nobody answered.
    pub fn mean(self) -> Option<usize> {
        let sum: usize = self.each().map(|(grade, n)| usize::from(grade.grade()) * n).sum();
        // Half a hundredth is rounded up.
        (self.total() > 0).then(|| (sum * 200 + self.total()) / (2 * self.total()))
    }

    fn at_least(self, bar: u8) -> Share {
        let part = self.each().filter(|(grade, _)| grade.grade() >= bar).map(|(_, n)| n).sum();
        Share { part, whole: self.total() }
    }
}

impl Share {
    /// In tenths of a per cent, half of one rounded up; `None` of nothing.
    pub fn permille(self) -> Option<u64> {
        let (part, whole) = (self.part as u64, self.whole as u64);
        (whole > 0).then(|| (part * 2000 + whole) / (2 * whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn satisfaction_is_counted_of_answers_alone_and_nothing_has_no_share() {
        let mut grades = GradeCounts::default();
        assert_eq!((grades.mean(), grades.csat().permille()), (None, None));
        for grade in ["5", "4", "4", "3", "2", "1"] {
            grades.add(Satisfaction::from_grade(grade).unwrap());
        }
        assert_eq!(grades.total(), 6);
        assert_eq!(grades.csat(), Share { part: 3, whole: 6 });
        assert_eq!(grades.content(), Share { part: 4, whole: 6 });
        assert_eq!(grades.content().permille(), Some(667));
        assert_eq!(grades.mean(), Some(317));
    }
}
