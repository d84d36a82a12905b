//! The questionnaire that a customer gets: Markdown to read, and an HTML form whose CSV is what
//! `survey import` reads.

use serde::Serialize;

use crate::{
    domain::{
        base::{
            print::minute,
            terms::{Satisfaction, Term},
            time::Timestamp,
        },
        deciding::policy::Policy,
        history::{
            event::Event,
            record::Record,
            steps::{Act, survey_send::SurveyQuestion},
        },
    },
    error::template::TemplateError,
    report::{self, EDITION, FORM_STYLE, OutputKind, override_path},
    words::{Lang, Words},
};

/// In which form it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionnaireForm {
    Markdown,
    Html,
}

/// What a questionnaire is made of.
#[derive(Clone, Copy, Debug)]
pub struct QuestionnaireInput<'a> {
    pub record: &'a Record,
    /// The event that sent it.
    pub event: &'a Event,
    pub policy: &'a Policy,
}

#[derive(Serialize)]
struct QuestionnaireContext<'a> {
    template: u32,
    organisation: &'a str,
    desk: &'a str,
    party: &'static str,
    record: String,
    title: &'a str,
    closed_at: String,
    /// When it was sent, as the answer repeats it.
    sent: String,
    /// The same for people.
    sent_at: String,
    until: String,
    version: u32,
    /// How the form looks.
    style: &'static str,
    grades: Vec<GradeChoice>,
    questions: Vec<QuestionText<'a>>,
}

/// A grade that can be chosen.
#[derive(Serialize)]
pub struct GradeChoice {
    grade: u8,
    word: &'static str,
}

#[derive(Serialize)]
struct QuestionText<'a> {
    key: &'a str,
    text: &'a str,
}

impl QuestionnaireForm {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }
}

/// Where a desk may put its own questionnaire.
pub fn override_of(form: QuestionnaireForm, lang: Lang) -> String {
    match form {
        QuestionnaireForm::Markdown => override_path("questionnaire", lang),
        QuestionnaireForm::Html => format!("templates/{}/questionnaire.html", lang.code()),
    }
}

/// The questionnaire: nothing but what the customer told us, and no name.
pub fn render(
    sheet: &QuestionnaireInput<'_>,
    form: QuestionnaireForm,
    words: Words,
    own: Option<&str>,
) -> Result<String, TemplateError> {
    let (asked, version, until) = match &sheet.event.act {
        Act::SurveySend(send) => (&send.asked[..], send.questions, Some(send.until)),
        _ => (&[][..], 0, None),
    };
    let zone = sheet.policy.calendar.zone();
    let local = |at: Timestamp| minute(at.in_zone(zone));
    let closed_at = sheet.record.status.times.closed_at;
    let values = QuestionnaireContext {
        template: EDITION,
        organisation: &sheet.policy.desk.organisation,
        desk: &sheet.policy.desk.name,
        party: words.party().code(),
        record: sheet.record.id.to_string(),
        title: &sheet.record.status.title,
        closed_at: closed_at.map(local).unwrap_or_default(),
        sent: sheet.event.stamp.at.to_string(),
        sent_at: local(sheet.event.stamp.at),
        until: until.map(local).unwrap_or_default(),
        version,
        style: FORM_STYLE,
        grades: grades(words),
        questions: asked.iter().map(|asked| question(asked, words)).collect(),
    };
    let path = override_of(form, words.lang());
    let built_in = report::built_in(&format!("questionnaire.{}", form.ending()), words.lang());
    let writing = match form {
        QuestionnaireForm::Markdown => OutputKind::Markdown,
        QuestionnaireForm::Html => OutputKind::Html,
    };
    report::render(writing, words.lang(), &path, own, built_in, &values)
}

/// The grades from the best to the worst, as a form offers them.
pub(super) fn grades(words: Words) -> Vec<GradeChoice> {
    let choice =
        |grade: &Satisfaction| GradeChoice { grade: grade.grade(), word: words.term(*grade) };
    Satisfaction::ALL.iter().map(choice).collect()
}

fn question(asked: &SurveyQuestion, words: Words) -> QuestionText<'_> {
    QuestionText { key: &asked.key, text: words.of_policy(&asked.en, &asked.zh) }
}
