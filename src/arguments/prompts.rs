//! Fields that were not said: asked for on a terminal, named all at once elsewhere.

use crate::{
    app::{
        App,
        choices::{Choices, of_term},
        desk::OpenDesk,
        step::StepRequest,
    },
    arguments::terms::{MaybeTime, time_or_none, yes_or_no},
    domain::{
        base::{
            moment::Moment,
            terms::{Satisfaction, Term},
            text::{self, TextFault},
        },
        history::{refusal::Refusal, steps::Action},
    },
    error::{Error, MissingField, Result},
    store::{find::RecordRef, summary::Summary},
    ui::prompt::{Blank, Prompt, menu::Choice},
    words::{Words, label::Label, typed::TypedWord},
};

/// Collects what a command cannot do without.
#[derive(Debug)]
pub struct Prompts<'a> {
    app: &'a App<'a>,
    words: Words,
    command: &'static str,
    missing: Vec<MissingField>,
    /// Whether what may be left out is asked for as well.
    asks_all: bool,
}

/// Why an answer is not taken, in a sentence.
type Read<T> = std::result::Result<T, String>;

impl<'a> Prompts<'a> {
    /// For one run of a command.
    pub fn new(app: &'a App<'a>, command: &'static str) -> Self {
        Self { app, words: app.ui.words(), command, missing: Vec::new(), asks_all: true }
    }

    /// Asks for nothing that may be left out.
    pub fn needed_only(self) -> Self {
        Self { asks_all: false, ..self }
    }

    /// The record of a step: picked from those that the step applies to, where none was named. Before
    /// anything else is asked, what stands against the step is told.
    ///
    /// # Errors
    /// What stands against it; [`Error::NoneOpen`] where it applies to no record.
    pub fn record(
        &mut self,
        desk: &OpenDesk<'_>,
        action: Action,
        given: Option<&RecordRef>,
    ) -> Result<RecordRef> {
        self.record_as(desk, action, given, StepRequest::new(&RecordRef::Last))
    }

    /// The records of a step: picked where none was named.
    ///
    /// # Errors
    /// As [`Self::record`].
    pub fn records(
        &mut self,
        desk: &OpenDesk<'_>,
        action: Action,
        given: &[RecordRef],
        request: StepRequest<'_>,
    ) -> Result<Vec<RecordRef>> {
        if given.is_empty() {
            return Ok(vec![self.record_as(desk, action, None, request)?]);
        }
        given.iter().map(|record| self.record_as(desk, action, Some(record), request)).collect()
    }

    /// As [`Self::record`], of a step that is asked for as `request` says.
    ///
    /// # Errors
    /// As [`Self::record`].
    pub fn record_as(
        &mut self,
        desk: &OpenDesk<'_>,
        action: Action,
        given: Option<&RecordRef>,
        request: StepRequest<'_>,
    ) -> Result<RecordRef> {
        let can_ask = self.app.ui.can_ask();
        match given {
            Some(record) if can_ask => {
                desk.ready(action, StepRequest { record, ..request })?;
                Ok(record.clone())
            }
            Some(record) => Ok(record.clone()),
            None if can_ask => self.picked(&self.question_of_record(), &desk.open_to(action)?),
            None => Ok(self.no_record()),
        }
    }

    /// Another record that a step names: picked where none was.
    ///
    /// # Errors
    /// [`Error::NoneOpen`] where there is none.
    pub fn other(
        &mut self,
        desk: &OpenDesk<'_>,
        given: Option<&RecordRef>,
        flag: &'static str,
        label: Label,
    ) -> Result<RecordRef> {
        match given {
            Some(record) => Ok(record.clone()),
            None if self.app.ui.can_ask() => {
                let question = self.question(flag, label, Blank::Asks);
                self.picked(&question, &desk.latest_of_all()?)
            }
            None => {
                self.miss(flag, label);
                Ok(RecordRef::Last)
            }
        }
    }

    /// A record to be looked at: picked from those that are unfinished or were finished last, where none
    /// was named.
    ///
    /// # Errors
    /// [`Error::NoneOpen`] where there is none.
    pub fn any_record(
        &mut self,
        desk: &OpenDesk<'_>,
        given: Option<&RecordRef>,
    ) -> Result<RecordRef> {
        match given {
            Some(record) => Ok(record.clone()),
            None if self.app.ui.can_ask() => {
                self.picked(&self.question_of_record(), &desk.latest_of_all()?)
            }
            None => Ok(self.no_record()),
        }
    }

    fn question_of_record(&self) -> Prompt<'static> {
        self.question("RECORD", Label::RecordId, Blank::Asks)
    }

    fn no_record(&mut self) -> RecordRef {
        self.miss("RECORD", Label::RecordId);
        RecordRef::Last
    }

    fn picked(&self, question: &Prompt<'_>, records: &[Summary]) -> Result<RecordRef> {
        if records.is_empty() {
            return Err(Error::NoneOpen);
        }
        let choices = records.iter().map(of_record).collect();
        let id = self.chosen(question, choices, None)?;
        let is_meant = |record: &&Summary| record.id().as_str() == id;
        let picked = records.iter().find(is_meant).map(|record| record.id().clone());
        picked.map(RecordRef::Full).ok_or(Error::GivenUp)
    }

    /// Text of one line or several.
    pub fn text(
        &mut self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
    ) -> Result<String> {
        match given {
            Some(given) => Ok(given.clone()),
            None if self.app.ui.can_ask() => self.asked_text(flag, label, Blank::Asks),
            None => {
                self.miss(flag, label);
                Ok(String::new())
            }
        }
    }

    /// Text of one line.
    pub fn line(
        &mut self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
    ) -> Result<String> {
        match given {
            None if self.app.ui.can_ask() => self.asked_line(flag, label, Blank::Asks),
            given => self.text(given, flag, label),
        }
    }

    /// Text; a person who says nothing says the usual one.
    pub fn text_or(
        &mut self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
        usual: &str,
    ) -> Result<String> {
        match given {
            Some(given) => Ok(given.clone()),
            None if self.app.ui.can_ask() => self.asked_text(flag, label, Blank::Usual(usual)),
            None => {
                self.miss(flag, label);
                Ok(String::new())
            }
        }
    }

    /// Text of one line that may be left out.
    pub fn some_line(
        &self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
    ) -> Result<Option<String>> {
        if given.is_some() || !self.asks_all || !self.app.ui.can_ask() {
            return Ok(given.cloned());
        }
        let told = self.asked_line(flag, label, Blank::None)?;
        Ok(Some(told).filter(|told| !told.is_empty() && !TypedWord::None.is_typed(told)))
    }

    fn asked_text(&self, flag: &'static str, label: Label, blank: Blank<'_>) -> Result<String> {
        self.asked_tidy((flag, label), blank, |typed| text::tidy(typed, text::TEXT))
    }

    fn asked_line(&self, flag: &'static str, label: Label, blank: Blank<'_>) -> Result<String> {
        self.asked_tidy((flag, label), blank, |typed| text::tidy_line(typed, text::LINE))
    }

    fn asked_tidy(
        &self,
        (flag, label): (&'static str, Label),
        blank: Blank<'_>,
        tidy: impl Fn(&str) -> std::result::Result<String, TextFault>,
    ) -> Result<String> {
        self.asked(&self.question(flag, label, blank), |typed| {
            let tidied = match tidy(typed) {
                Err(TextFault::Empty) if blank == Blank::None => Ok(String::new()),
                tidied => tidied,
            };
            tidied.map_err(|fault| self.words.error(&Refusal::Text { flag, fault }.into()))
        })
    }

    /// A time.
    pub fn time(
        &mut self,
        given: Option<Moment>,
        flag: &'static str,
        label: Label,
    ) -> Result<Moment> {
        if let Some(given) = given {
            return Ok(given);
        }
        if !self.app.ui.can_ask() {
            self.miss(flag, label);
            return Ok(Moment::Now);
        }
        self.asked(&self.question(flag, label, Blank::Asks), |typed| {
            Moment::parse(typed).map_err(|fault| self.words.moment_fault(&fault))
        })
    }

    /// A time, or none where the person who is asked for names none.
    pub fn time_or_none(&mut self, flag: &'static str, label: Label) -> Result<MaybeTime> {
        if !self.app.ui.can_ask() {
            self.miss(flag, label);
            return Ok(MaybeTime(None));
        }
        let none = self.words.typed(TypedWord::None)[0];
        self.asked(&self.question(flag, label, Blank::Usual(none)), |typed| {
            time_or_none(typed).or_else(|_| {
                let moment = Moment::parse(typed).map(|moment| MaybeTime(Some(moment)));
                moment.map_err(|fault| self.words.moment_fault(&fault))
            })
        })
    }

    /// A word of a closed vocabulary; `fallback` stands in until [`Self::done`] refuses.
    pub fn term<T: Term>(
        &mut self,
        given: Option<T>,
        flag: &'static str,
        label: Label,
        fallback: T,
    ) -> Result<T> {
        if let Some(given) = given {
            return Ok(given);
        }
        let choices = T::ALL.iter().map(|term| of_term(*term, self.words)).collect();
        let code = self.choice(None, flag, label, choices)?;
        Ok(T::from_code(&code).unwrap_or(fallback))
    }

    /// How content a customer is; `fallback` stands in until [`Self::done`] refuses.
    pub fn satisfaction(
        &mut self,
        given: Option<Satisfaction>,
        fallback: Satisfaction,
    ) -> Result<Satisfaction> {
        if let Some(given) = given {
            return Ok(given);
        }
        let choice = |term: &Satisfaction| {
            let grade = term.grade().to_string();
            of_term(*term, self.words).with_sign(&grade)
        };
        let choices = Satisfaction::ALL.iter().map(choice).collect();
        let code = self.choice(None, "--satisfaction", Label::Satisfaction, choices)?;
        Ok(Satisfaction::from_code(&code).unwrap_or(fallback))
    }

    /// One of several choices; gives its code.
    pub fn choice(
        &mut self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
        choices: Choices,
    ) -> Result<String> {
        match given {
            Some(given) => Ok(given.clone()),
            None if self.app.ui.can_ask() => {
                let question = self.question(flag, label, Blank::Asks);
                self.chosen(&question, choices, None)
            }
            None => {
                self.miss(flag, label);
                Ok(String::new())
            }
        }
    }

    /// One of several choices, or none of them.
    pub fn some_choice(
        &self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
        mut choices: Choices,
    ) -> Result<Option<String>> {
        if given.is_some() || choices.is_empty() || !self.asks_all || !self.app.ui.can_ask() {
            return Ok(given.cloned());
        }
        let none = self.words.typed(TypedWord::None)[0];
        choices.insert(0, Choice::new("", none));
        let question = self.question(flag, label, Blank::Asks);
        let code = self.chosen(&question, choices, Some(""))?;
        Ok(Some(code).filter(|code| !code.is_empty()))
    }

    /// Yes or no, or neither.
    pub fn yes_or_no(
        &self,
        given: Option<bool>,
        flag: &'static str,
        label: Label,
    ) -> Result<Option<bool>> {
        if given.is_some() || !self.asks_all || !self.app.ui.can_ask() {
            return Ok(given);
        }
        let said = self.some_choice(None, flag, label, self.both())?;
        Ok(said.and_then(|said| yes_or_no(&said).ok()))
    }

    /// Yes or no; `false` stands in until [`Self::done`] refuses.
    pub fn decision(
        &mut self,
        given: Option<bool>,
        flag: &'static str,
        label: Label,
    ) -> Result<bool> {
        if let Some(given) = given {
            return Ok(given);
        }
        let said = self.choice(None, flag, label, self.both())?;
        Ok(yes_or_no(&said).unwrap_or_default())
    }

    fn both(&self) -> Choices {
        let choice = |(code, label, word)| {
            let names = self.words.typed(word).iter().map(|name| (*name).to_owned());
            Choice::new(code, self.words.label(label)).found_by(names)
        };
        [("yes", Label::Yes, TypedWord::Yes), ("no", Label::No, TypedWord::No)].map(choice).into()
    }

    /// The answer to a question that has no flag of its own but one that is given several times.
    pub fn answer(
        &self,
        flag: &'static str,
        key: &str,
        what: &str,
        is_needed: bool,
    ) -> Result<Option<String>> {
        if !self.app.ui.can_ask() {
            return Ok(None);
        }
        let blank = if is_needed { Blank::Asks } else { Blank::None };
        let question = Prompt { what, blank, flag: "", ..self.question(flag, Label::Need, blank) };
        let answer = self.app.ui.ask(&question)?;
        let answer = Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty());
        if let Some(answer) = &answer {
            self.app.ui.typed(flag, &format!("{key}={answer}"));
        }
        Ok(answer)
    }

    fn question<'q>(&self, flag: &'q str, label: Label, blank: Blank<'q>) -> Prompt<'q> {
        let help = self.words.help().argument(self.command, flag).unwrap_or_default();
        Prompt { what: self.words.label(label), flag, help, blank }
    }

    /// Asks until an answer is one, which is kept for another try.
    fn asked<T>(&self, question: &Prompt<'_>, read: impl Fn(&str) -> Read<T>) -> Result<T> {
        loop {
            let typed = self.app.ui.ask(question)?;
            match read(&typed) {
                Ok(answer) => {
                    self.app.ui.typed(question.flag, typed.trim());
                    return Ok(answer);
                }
                Err(why) => self.app.ui.warn(&why),
            }
        }
    }

    fn chosen(
        &self,
        question: &Prompt<'_>,
        choices: Choices,
        usual: Option<&str>,
    ) -> Result<String> {
        let code = self.app.ui.choose(question, choices, usual)?;
        self.app.ui.typed(question.flag, &code);
        Ok(code)
    }

    /// Names a field as missing.
    pub fn miss(&mut self, flag: &str, label: Label) {
        let field = self.words.label(label).to_owned();
        self.missing.push(MissingField::of_flag(field, flag));
    }

    /// Refuses if anything is missing.
    ///
    /// # Errors
    /// [`Error::Missing`] with all of it.
    pub fn done(self) -> Result<()> {
        if self.missing.is_empty() {
            return Ok(());
        }
        Err(Error::Missing { command: self.command, fields: self.missing })
    }
}

/// A record as it is picked: by its tail, title and customer.
fn of_record(record: &Summary) -> Choice {
    let (id, status) = (record.id(), record.status());
    let tail = id.tail().to_lowercase();
    let told = format!("{tail} {} · {}", status.title, status.customer);
    let beside = vec![status.title.clone(), status.customer.clone()];
    Choice { code: id.to_string(), label: tail, beside, also: Vec::new(), told }
}
