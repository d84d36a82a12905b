//! `docket survey record`: a customer's answer.

use std::collections::BTreeMap;

use clap::Args;

use crate::{
    app::{App, step::Asked},
    commands::{
        Command,
        fill::Fill,
        terms::{key_value, satisfaction},
    },
    domain::{
        steps::survey,
        terms::{Action, Satisfaction},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

/// Record a customer's answer
#[derive(Args, Debug)]
pub struct RecordAnswer {
    /// Record, by its id or a tail of it
    record: RecordRef,
    /// 5 very satisfied, 4, 3 basically satisfied, 2, 1 very dissatisfied
    #[arg(long, value_name = "GRADE", value_parser = satisfaction)]
    satisfaction: Option<Satisfaction>,
    /// Who of the customer answered; nobody of the team
    #[arg(long, value_name = "NAME", alias = "with")]
    by: Option<String>,
    /// The customer's words; needed at 2 and below
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
    /// Answer to a question of policy/survey.yaml
    #[arg(long, value_name = "KEY=TEXT", value_parser = key_value)]
    answer: Vec<(String, String)>,
}

impl Command for RecordAnswer {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut fill = Fill::new(app, "survey record");
        let fallback = Satisfaction::BasicallySatisfied;
        let label = Label::Satisfaction;
        let grade = fill.term(self.satisfaction, "--satisfaction", label, fallback)?;
        let by = fill.text(self.by.as_ref(), "--by", Label::Contact)?;
        let comment = self.comment.clone();
        fill.done()?;

        let done = desk.step(&Asked::new(&self.record, Action::Survey), |draft| {
            let mut answers = BTreeMap::new();
            for (key, answer) in &self.answer {
                answers.insert(draft.line("--answer", key)?, draft.text("--answer", answer)?);
            }
            let survey = survey::Survey {
                questions: 0,
                satisfaction: grade,
                answered_by: draft.customer_person(&by)?,
                comment: draft.some_text("--comment", comment.as_ref())?,
                answers,
            };
            Ok(draft.refuse(survey.decide(&draft.scene()))?.into())
        })?;

        Ok(Box::new(done))
    }
}
