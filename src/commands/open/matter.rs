//! What it is about: what happened, of what kind it is, and what the customer wants.

use crate::{
    app::{App, choices::Choices, context::category as category_of, desk::OpenDesk, input},
    arguments::prompts::Prompts,
    commands::open::Open,
    domain::{
        base::terms::{Kind, Presumed},
        deciding::policy::Policy,
    },
    error::Result,
    words::{Words, label::Label},
};

/// What it is about.
pub(super) struct ToldMatter {
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) reported: String,
    /// What the customer wants, once that is known.
    pub(super) need: Option<String>,
    pub(super) category: Option<String>,
    pub(super) answers: Vec<(String, String)>,
    /// What of all this nobody said.
    pub(super) presumed: Vec<Presumed>,
}

impl Open {
    /// What it is about: a category says of what kind it is, and what else to ask.
    pub(super) fn matter(
        &self,
        app: &App<'_>,
        desk: &OpenDesk<'_>,
        policy: &Policy,
        prompts: &mut Prompts<'_>,
    ) -> Result<ToldMatter> {
        let title = prompts.line(self.title.as_ref(), "--title", Label::Title)?;
        let reported = match (&self.reported, app.options.edit) {
            (None, true) => {
                let written = input::written(&app.environment, "", ".md")?;
                app.ui.typed("--reported", written.trim());
                Some(written)
            }
            (told, _) => told.clone(),
        };
        let mut presumed = Vec::new();
        let is_told =
            self.usual.is_none() || reported.is_some() || !self.is_brief && app.ui.can_ask();
        let reported = if is_told {
            prompts.text_or(reported.as_ref(), "--reported", Label::Reported, &title)?
        } else {
            presumed.push(Presumed::Reported);
            title.clone()
        };
        let wanted = self.category.as_deref().map(|given| category_of(policy, given));
        let wanted = match self.kind {
            Some(Kind::Remark) => wanted,
            // nobody chooses where nobody is asked
            _ if !app.ui.can_ask() => wanted,
            kind => {
                let choices = fitting(desk.categories()?, policy, kind);
                prompts.some_choice(wanted.as_ref(), "--category", Label::Category, choices)?
            }
        };
        let category = wanted.as_deref().and_then(|id| policy.catalog.category(id));
        let kind = self.kind.or_else(|| category?.kind);
        let kind = match &self.usual {
            Some(usual) if kind.is_none() => {
                let told = prompts.usual_term("--kind", Label::Kind, usual.kind)?;
                presumed.extend(told.is_none().then_some(Presumed::Kind));
                told.unwrap_or(usual.kind)
            }
            _ => prompts.term(kind, "--kind", Label::Kind, Kind::Request)?,
        };
        let mut answers = self.answer.clone();
        for question in category.map_or(&[][..], |category| &category.questions) {
            if answers.iter().any(|(key, _)| *key == question.key) {
                continue;
            }
            let what = desk.words.of_policy(&question.en, &question.zh);
            let answer = prompts.answer("--answer", &question.key, what, question.required)?;
            answers.extend(answer.map(|answer| (question.key.clone(), answer)));
        }
        Ok(ToldMatter { kind, title, reported, need: None, category: wanted, answers, presumed })
    }

    /// What customers usually want of such a call, in the desk's words; `None` where it was said.
    pub(super) fn usual_need(
        &self,
        policy: &Policy,
        matter: &ToldMatter,
        words: Words,
    ) -> Option<String> {
        self.usual.as_ref().filter(|_| self.need.is_none())?;
        let category = matter.category.as_deref();
        let of_category = category.and_then(|id| policy.catalog.category(id)?.need.clone());
        of_category.or_else(|| words.usual_need(matter.kind).map(str::to_owned))
    }
}

/// The categories for records of a kind.
fn fitting(mut categories: Choices, policy: &Policy, kind: Option<Kind>) -> Choices {
    let own = |id: &str| policy.catalog.category(id).and_then(|category| category.kind);
    categories.retain(|it| kind.is_none() || own(&it.code).is_none_or(|own| Some(own) == kind));
    categories
}
