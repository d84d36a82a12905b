//! Personal data in what is about to be written: a person at a terminal says what becomes of it, a
//! script says so with a flag, and what nobody watches over is taken out.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    app::desk::OpenDesk,
    domain::{
        base::{
            personal::PersonalKind,
            terms::Term,
            text::{self, TEXT},
        },
        deciding::{
            personal::{request_without, stamp_without},
            scene::Scene,
            steps::{Decidable, decide},
        },
        history::{event::Stamp, refusal::Refusal, steps::Act},
    },
    error::{Error, Result},
    ui::prompt::{Blank, Prompt, menu::Choice},
    words::{Lang, Words, label::Label, message::Message},
};

/// What was answered so far.
#[derive(Debug, Default)]
pub(super) struct PersonalAnswers {
    /// The kinds that are taken out.
    out: RefCell<BTreeSet<PersonalKind>>,
    /// Why the others are kept.
    reason: RefCell<Option<String>>,
    /// The kinds that were asked about.
    asked: RefCell<BTreeMap<PersonalKind, usize>>,
}

/// So often is asked about one kind.
const MOST_ASKED: usize = 2;

impl OpenDesk<'_> {
    /// What stands in the place of a value, in the desk's language; `None` for what stays.
    pub(super) fn instead(&self) -> impl Fn(PersonalKind) -> Option<&'static str> + use<> {
        let out = self.personal.out.borrow().clone();
        let words = self.desk_words();
        move |kind| out.contains(&kind).then(|| words.personal_mark(kind))
    }

    /// As it stands there where nobody is asked.
    pub fn mark(&self, kind: PersonalKind) -> &'static str {
        self.desk_words().personal_mark(kind)
    }

    /// The words of the desk, for what stays in its records.
    pub fn desk_words(&self) -> Words {
        Words::new(Lang::from_tag(&self.desk.locale).unwrap_or_default())
    }

    /// Why personal data is kept, as was said.
    fn reason_to_keep(&self) -> Result<Option<String>> {
        let answered = self.personal.reason.borrow().clone();
        let told = self.app.options.contains_personal.clone();
        answered
            .or(told)
            .map(|reason| text::tidy(&reason, TEXT))
            .transpose()
            .map_err(|fault| Refusal::Text { flag: "--contains-personal", fault }.into())
    }

    /// Decides a step as was said of the personal data in its texts; gives its stamp with it.
    ///
    /// # Errors
    /// A reason that is no text; inside, the rule that stands against the step.
    pub(super) fn decide_personal<S: Decidable>(
        &self,
        request: S::Request,
        scene: &Scene<'_>,
        remarks: &mut Vec<Message>,
    ) -> Result<std::result::Result<(Stamp, Act), Refusal>> {
        let first = decide::<S>(request.clone(), scene);
        if !matches!(first, Err(Refusal::PersonalData { .. })) {
            return Ok(first.map(|act| (scene.stamp.clone(), act)));
        }
        let instead = self.instead();
        let (mut stamp, noted) = stamp_without(scene.stamp, &instead);
        let (request, told) = match request_without::<S>(request, scene, &instead) {
            Ok(without) => without,
            Err(why) => return Ok(Err(why)),
        };
        if noted + told > 0 {
            remarks.push(Message::PersonalTakenOut { values: noted + told });
        }
        let again = |stamp: &Stamp| decide::<S>(request.clone(), &Scene { stamp, ..*scene });
        let mut act = again(&stamp);
        if matches!(act, Err(Refusal::PersonalData { .. })) {
            stamp.personal = self.reason_to_keep()?;
            if stamp.personal.is_some() {
                act = again(&stamp);
            }
        }
        Ok(act.map(|act| (stamp, act)))
    }

    /// Makes a step, asking a person at a terminal what becomes of personal data that stands in it.
    ///
    /// # Errors
    /// What keeps the step from being made.
    pub(super) fn asking_of_personal<T>(&self, make: impl Fn() -> Result<T>) -> Result<T> {
        loop {
            let outcome = make();
            let Err(Error::Refused(refused)) = &outcome else { return outcome };
            let Refusal::PersonalData { fields, kinds } = &refused.why else { return outcome };
            let asked = self.personal.asked.borrow().clone();
            let is_asked = |kind| asked.get(kind).is_some_and(|times| *times >= MOST_ASKED);
            if !self.app.ui.can_ask() || kinds.iter().any(is_asked) {
                return outcome;
            }
            for kind in kinds {
                *self.personal.asked.borrow_mut().entry(*kind).or_default() += 1;
            }
            let step = refused.action.map_or("intake", Term::code);
            let fields = fields.iter().map(|field| self.words.fact(step, field));
            self.ask_of_personal(fields.collect(), kinds)?;
        }
    }

    fn ask_of_personal(&self, fields: Vec<String>, kinds: &[PersonalKind]) -> Result<()> {
        let (ui, words) = (&self.app.ui, self.words);
        let found = Message::PersonalFound { fields, kinds: kinds.to_vec() };
        ui.say(&words.message(&found));
        let marks: Vec<_> = kinds.iter().map(|kind| self.mark(*kind)).collect();
        let choice = |code: &str, label: Label, note: &str| {
            let label = words.label(label).to_owned();
            let told = label.clone();
            let beside = Some(note.to_owned()).filter(|note| !note.is_empty());
            let beside = beside.into_iter().collect();
            Choice { code: code.to_owned(), label, beside, also: Vec::new(), told }
        };
        let mut choices = vec![choice("take_out", Label::TakeOut, &marks.join(" "))];
        if !kinds.contains(&PersonalKind::Password) {
            choices.push(choice("keep", Label::KeepWithReason, ""));
        }
        choices.push(choice("stop", Label::Stop, ""));
        let help = words.help().argument("", "--contains-personal").unwrap_or_default();
        let what = words.label(Label::PersonalData);
        let question = Prompt { what, flag: "", help, blank: Blank::Asks };
        match ui.choose(&question, choices, None)?.as_str() {
            "take_out" => {
                self.personal.out.borrow_mut().extend(kinds);
            }
            "keep" => {
                let flag = "--contains-personal";
                let what = words.label(Label::PersonalReason);
                let reason = ui.ask(&Prompt { what, flag, help, blank: Blank::Asks })?;
                ui.typed(flag, reason.trim());
                self.personal.reason.replace(Some(reason));
            }
            _ => return Err(Error::GivenUp),
        }
        Ok(())
    }
}
