//! The questionnaire that a customer gets: Markdown to read, and an HTML form whose CSV is what
//! `survey import` reads.

use serde::Serialize;

use crate::{
    domain::{
        base::{
            terms::{Satisfaction, Term},
            time::Timestamp,
        },
        deciding::policy::Policy,
        history::{
            event::Event,
            record::Record,
            steps::{Act, survey_send::Asked},
        },
    },
    report::{self, EDITION, Error, Writing, override_path},
    words::{Lang, Words},
};

/// In which form it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Markdown,
    Html,
}

/// What a questionnaire is made of.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    pub record: &'a Record,
    /// The event that sent it.
    pub event: &'a Event,
    pub policy: &'a Policy,
}

#[derive(Serialize)]
struct Values<'a> {
    template: u32,
    organisation: &'a str,
    desk: &'a str,
    record: String,
    title: &'a str,
    closed_at: String,
    /// When it was sent, as the answer repeats it.
    sent: String,
    until: String,
    version: u32,
    grades: Vec<GradeValues>,
    questions: Vec<QuestionValues<'a>>,
}

#[derive(Serialize)]
struct GradeValues {
    grade: u8,
    word: &'static str,
}

#[derive(Serialize)]
struct QuestionValues<'a> {
    key: &'a str,
    text: &'a str,
}

impl Form {
    /// The ending of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }
}

/// Where a desk may put its own questionnaire.
#[must_use]
pub fn override_of(form: Form, lang: Lang) -> String {
    match form {
        Form::Markdown => override_path("questionnaire", lang),
        Form::Html => format!("templates/{}/questionnaire.html", lang.code()),
    }
}

/// The questionnaire: nothing but what the customer told us, and no name.
///
/// # Errors
/// A template that cannot be rendered.
pub fn render(
    sheet: &Sheet<'_>,
    form: Form,
    words: Words,
    own: Option<&str>,
) -> Result<String, Error> {
    let (asked, version, until) = match &sheet.event.act {
        Act::SurveySend(send) => (&send.asked[..], send.questions, Some(send.until)),
        _ => (&[][..], 0, None),
    };
    let zone = sheet.policy.calendar.zone();
    let minute = |at: Timestamp| at.in_zone(zone).local().format("%Y-%m-%d %H:%M").to_string();
    let closed_at = sheet.record.status.times.closed_at;
    let values = Values {
        template: EDITION,
        organisation: &sheet.policy.desk.organisation,
        desk: &sheet.policy.desk.name,
        record: sheet.record.id.to_string(),
        title: &sheet.record.status.title,
        closed_at: closed_at.map(minute).unwrap_or_default(),
        sent: sheet.event.stamp.at.to_string(),
        until: until.map(minute).unwrap_or_default(),
        version,
        grades: Satisfaction::ALL
            .iter()
            .map(|grade| GradeValues { grade: grade.grade(), word: words.term(*grade) })
            .collect(),
        questions: asked.iter().map(|asked| question(asked, words.lang)).collect(),
    };
    let path = override_of(form, words.lang);
    let built_in = match (form, words.lang) {
        (Form::Markdown, Lang::En) => include_str!("../../templates/en/questionnaire.md"),
        (Form::Markdown, Lang::Zh) => include_str!("../../templates/zh-CN/questionnaire.md"),
        (Form::Html, Lang::En) => include_str!("../../templates/en/questionnaire.html"),
        (Form::Html, Lang::Zh) => include_str!("../../templates/zh-CN/questionnaire.html"),
    };
    let writing = match form {
        Form::Markdown => Writing::Markdown,
        Form::Html => Writing::Html,
    };
    report::render(writing, words.lang, &path, own, built_in, &values)
}

fn question(asked: &Asked, lang: Lang) -> QuestionValues<'_> {
    let text = match lang {
        Lang::En => &asked.en,
        Lang::Zh => &asked.zh,
    };
    QuestionValues { key: &asked.key, text }
}
