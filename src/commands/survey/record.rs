//! `docket survey record`: a customer's answer.

use std::collections::BTreeMap;

use clap::Args;

use crate::{
    app::{
        App,
        contacts::NamedPerson,
        context::{Proposal, StepContext},
        desk::OpenDesk,
        step::{RecordedStep, StepRequest},
    },
    arguments::{
        prompts::Prompts,
        terms::{key_value, satisfaction},
    },
    commands::Command,
    complete::ForStep,
    domain::{
        base::{
            terms::{Satisfaction, SurveyStanding},
            time::Timestamp,
        },
        deciding::steps::{Decidable, survey::Request},
        history::{
            record::Record,
            refusal::Refusal,
            steps::{Act, Action, survey, survey_send::SurveySend},
        },
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct RecordAnswer {
    #[arg(add = ForStep(Action::Survey))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "GRADE", value_parser = satisfaction)]
    satisfaction: Option<Satisfaction>,
    #[arg(long, value_name = "NAME", alias = "with")]
    by: Option<String>,
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
    #[arg(long, value_name = "KEY=TEXT", value_parser = key_value)]
    answer: Vec<(String, String)>,
}

/// An answer as it reached the desk.
#[derive(Clone, Debug)]
pub struct SurveyAnswer {
    pub satisfaction: Satisfaction,
    pub by: NamedPerson,
    pub comment: Option<String>,
    pub answers: Vec<(String, String)>,
    pub sending: Option<AnsweredSending>,
}

/// The questionnaire that an answer is written on.
#[derive(Clone, Copy, Debug, Default)]
pub struct AnsweredSending {
    /// Version of its questions.
    pub questions: Option<u32>,
    /// When it was sent.
    pub sent: Option<Timestamp>,
}

impl Command for RecordAnswer {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "survey record");
        let record = prompts.record(&desk, Action::Survey, self.record.as_ref())?;
        let fallback = Satisfaction::BasicallySatisfied;
        let grade = prompts.satisfaction(
            self.satisfaction,
            fallback,
            ("--satisfaction", Label::Satisfaction),
        )?;
        let by = prompts.text(self.by.as_ref(), "--by", Label::AnsweredBy)?;
        let by = prompts.person(&desk, &record, "--by", &by)?;
        prompts.done()?;

        let answer = SurveyAnswer {
            satisfaction: grade,
            by,
            comment: self.comment,
            answers: self.answer,
            sending: None,
        };
        Ok(Box::new(self::record(&desk, &record, &answer)?))
    }
}

/// Records an answer: the one way by which answers come into records.
///
/// What is on paper is recorded once, however often it is read; what is said may be said again.
///
/// # Errors
/// What stands against it; [`Refusal::AnswerKnown`] where the paper was read before.
pub fn record(
    desk: &OpenDesk<'_>,
    record: &RecordRef,
    answer: &SurveyAnswer,
) -> Result<RecordedStep> {
    desk.step::<survey::Survey>(StepRequest::new(record), |context| {
        let by = context.customer_person(&answer.by)?;
        let mut answers = BTreeMap::new();
        for (key, answer) in &answer.answers {
            answers.insert(context.line("--answer", key)?, context.text("--answer", answer)?);
        }
        let request = Request {
            satisfaction: answer.satisfaction,
            answered_by: by.id(),
            comment: context.some_text("--comment", answer.comment.as_ref())?,
            answers,
            earlier: answer.sending.and_then(|sending| earlier(&sending, context.record)),
        };
        let survey = context.refuse(survey::Survey::decide(request.clone(), &context.scene()))?;
        if let Some(sending) = &answer.sending {
            for known in known(sending, context.record) {
                let by = context.view.followed(&known.answered_by)?.map(|contact| contact.id);
                let answered_by = by.unwrap_or_else(|| known.answered_by.clone());
                if survey.says_as(&survey::Survey { answered_by, ..known.clone() }) {
                    return context.refuse(Err(Refusal::AnswerKnown));
                }
            }
            context.refuse(fits(sending, context.record))?;
        }
        Ok(Proposal::from(request).with_contacts([by]).with_remarks(remark(context, &survey)))
    })
}

/// The answers to this questionnaire that are there already.
fn known<'r>(sending: &AnsweredSending, record: &'r Record) -> Vec<&'r survey::Survey> {
    let (mut sent_at, mut known) = (None, Vec::new());
    for event in &record.history {
        match &event.act {
            Act::SurveySend(_) => sent_at = Some(event.stamp.at),
            Act::Survey(answer)
                if sending.sent.is_none_or(|sent| answer.earlier.or(sent_at) == Some(sent)) =>
            {
                known.push(answer.as_ref());
            }
            _ => {}
        }
    }
    known
}

/// What was sent, and when, from the first to the last.
fn sendings(record: &Record) -> impl DoubleEndedIterator<Item = (Timestamp, &SurveySend)> {
    record.history.iter().filter_map(|event| match &event.act {
        Act::SurveySend(send) => Some((event.stamp.at, send.as_ref())),
        _ => None,
    })
}

/// When this questionnaire was sent, where another was sent since.
fn earlier(sending: &AnsweredSending, record: &Record) -> Option<Timestamp> {
    let last = sendings(record).next_back().map(|(at, _)| at);
    sending.sent.filter(|sent| last != Some(*sent))
}

/// Refuses what answers a questionnaire that was never sent for the record.
fn fits(sending: &AnsweredSending, record: &Record) -> std::result::Result<(), Refusal> {
    let sent = match sending.sent {
        Some(given) => {
            let sent = sendings(record).find(|(at, _)| *at == given);
            Some(sent.ok_or(Refusal::OtherSending { given })?)
        }
        None => sendings(record).next_back(),
    };
    match (sending.questions, sent) {
        (Some(given), Some((_, asked))) if asked.questions != given => {
            Err(Refusal::OtherQuestions { given, asked: asked.questions })
        }
        _ => Ok(()),
    }
}

/// Says what the answer counts for.
fn remark(context: &StepContext<'_>, answer: &survey::Survey) -> Option<Message> {
    Some(match &context.record.status.survey {
        _ if answer.earlier.is_some() => Message::EarlierQuestionnaire,
        Some(before) if before.standing == SurveyStanding::Answered => Message::LaterAnswer,
        Some(_) => match answer.late_since {
            Some(until) => Message::LateAnswer { until },
            None => return None,
        },
        None => Message::UnaskedAnswer,
    })
}
