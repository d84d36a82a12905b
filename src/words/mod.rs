//! Labels and sentences in every language, one catalogue each.

mod catalogue;
pub mod clock;
pub mod damage;
pub mod en;
pub mod fields;
pub mod help;
pub mod kpi;
pub mod label;
mod mending;
pub mod message;
pub mod tried;
pub mod typed;
pub mod zh;

use std::{borrow::Borrow, fmt};

use chrono::Weekday;

use crate::{
    domain::{
        analysis::{
            check::sample::{CheckPoint, ObservedFact},
            finding::{Detail, FindingCode, Severity},
            source::{RowChange, RowFault},
        },
        base::{
            calendar::rules::Window,
            characters,
            limit::Limit,
            moment::MomentError,
            month::Month,
            permitted::PermittedValue,
            personal::PersonalKind,
            print,
            terms::{
                Callback, Channel, Code, Kind, Party, PauseReason, RemoteStep, ReportName, Term,
                VisitState, VisitStep,
            },
        },
        deciding::{
            policy::{Policy, people::People},
            rule_days::WaitingStage,
        },
        history::{
            agreement::AgreementTerms,
            customer::{CustomerField, CustomerList, SaidOfMerged},
            redaction::REDACTED,
            refusal::{Refusal, Vocabulary},
            status::visit::VisitEntry,
            steps::{Act, Action, update::Update},
        },
    },
    error::{Error, MissingField, RefusalDetails, usage::ArgumentName},
    store::{
        self,
        defaults::UnitNames,
        git::{self, error::Unfinished, header::OddPart},
        signature::SignatureFault,
    },
};

use catalogue::Catalogue;
use fields::FieldGroup;
use help::HelpTexts;
use label::Label;
use message::Message;
use typed::TypedWord;

macro_rules! languages {
    ($($(#[$attribute:meta])* $name:ident = $catalogue:path,)+) => {
        /// A language that docket speaks.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum Lang { $($(#[$attribute])* $name,)+ }

        impl Lang {
            /// Every language.
            pub const ALL: [Self; [$(Self::$name,)+].len()] = [$(Self::$name,)+];

            /// All that is said in it.
            fn catalogue(self) -> &'static Catalogue {
                match self { $(Self::$name => &$catalogue,)+ }
            }
        }
    };
}

languages! {
    /// Spoken where no other was asked for.
    #[default]
    En = en::ENGLISH,
    Zh = zh::CHINESE,
}

impl Lang {
    /// The spelling in `docket.yaml` and of `--lang`.
    pub fn code(self) -> &'static str {
        self.catalogue().code
    }

    /// How a code is typed in this language: by its label and by the other words for it.
    fn spelled(self, vocabulary: &str, code: &str) -> impl Iterator<Item = &'static str> {
        let Catalogue { terms, aliases, .. } = self.catalogue();
        let known = terms.iter().chain(aliases.iter());
        known
            .filter(move |(of, word, _)| *of == vocabulary && *word == code)
            .map(|(.., label)| *label)
    }

    /// The language of a tag or locale such as `zh-CN`, `zh_CN.UTF-8`, `en_GB`; `None` for others.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let tag = tag.get(..2)?;
        Self::ALL.into_iter().find(|lang| lang.code()[..2].eq_ignore_ascii_case(tag))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A word of a command as it is typed; what stands for it where a shell, or the command, would read
/// something else.
fn typed<'w>(word: &'w str, placeholder: &'w str) -> &'w str {
    let is_plain = |c: char| c.is_alphanumeric() || "@._+-/".contains(c);
    let reads_so = word.chars().all(is_plain) && !word.starts_with('-') && !word.is_empty();
    if reads_so { word } else { placeholder }
}

/// As [`typed()`], of words with blanks between them: every shell reads them as one in these quotes.
fn typed_text(text: &str, placeholder: &str) -> String {
    let are_plain = text.split(' ').all(|word| typed(word, "") == word && !word.is_empty());
    if are_plain && text.contains(' ') {
        return format!("\"{text}\"");
    }
    typed(text, placeholder).to_owned()
}

/// The flags by which a customer is told what was said of one that was merged into it.
fn flags_of(said: &SaidOfMerged) -> String {
    let fields = said.fields.iter().map(|(field, value)| match field {
        // the one that took its place keeps its own
        CustomerField::Name => ("--alias", "NAME", value),
        CustomerField::Party => ("--party", "PARTY", value),
        CustomerField::Manager => ("--manager", "PERSON", value),
        CustomerField::Agreement => ("--agreement", "AGREEMENT", value),
        CustomerField::MergedInto => ("--into", "CUSTOMER", value),
    });
    let lists = said.lists.iter().map(|(list, value)| match list {
        CustomerList::Aliases => ("--alias", "NAME", value),
        CustomerList::Sites => ("--site", "SITE", value),
        CustomerList::Products => ("--product", "PRODUCT", value),
    });
    let told = fields.chain(lists);
    let told = told.map(|(flag, what, value)| format!("{flag} {}", typed_text(value, what)));
    told.collect::<Vec<_>>().join(" ")
}

/// In English: `1 error`, `2 errors`.
pub fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// A number of bytes, as files are told: `312 KB`.
pub fn file_size(bytes: u64) -> String {
    const KB: u64 = 1024;
    const MB: u64 = KB * KB;
    match bytes {
        0..KB => format!("{bytes} B"),
        KB..MB => format!("{} KB", bytes.div_ceil(KB)),
        _ if bytes.is_multiple_of(MB) => format!("{} MB", bytes / MB),
        _ => {
            let tenths = (bytes * 10).div_ceil(MB);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

/// What a finding names, for the advice on it.
#[derive(Clone, Copy, Debug, Default)]
pub struct FindingNames<'a> {
    pub commit: Option<&'a str>,
    pub id: Option<&'a str>,
    pub path: Option<&'a str>,
}

/// What docket says in one language, of customers outside or of users in the house.
#[derive(Clone, Copy)]
pub struct Words {
    catalogue: &'static Catalogue,
    party: Party,
}

impl Words {
    /// What docket says in `lang`.
    pub fn new(lang: Lang) -> Self {
        Self::of(lang.catalogue())
    }

    const fn of(catalogue: &'static Catalogue) -> Self {
        Self { catalogue, party: Party::USUAL }
    }

    /// The same as it is worded about a customer of this party (R116).
    #[must_use]
    pub fn about(self, party: Party) -> Self {
        Self { party, ..self }
    }

    /// Of which party the customer is that is spoken of.
    pub fn party(self) -> Party {
        self.party
    }

    /// The language.
    pub fn lang(self) -> Lang {
        self.catalogue.lang
    }

    /// The word for a term of a closed vocabulary.
    pub fn term<T: Term>(self, term: T) -> &'static str {
        self.find(T::VOCABULARY, term.code()).unwrap_or(term.code())
    }

    /// What stands for a reason in a command that is proposed.
    pub fn reason(self) -> &'static str {
        self.catalogue.reason
    }

    /// What stands in a text in place of personal data: `[phone]`.
    pub fn personal_mark(self, kind: PersonalKind) -> &'static str {
        self.find("personal mark", kind.code()).unwrap_or(kind.code())
    }

    /// What stands in the place of a text that was redacted.
    pub fn redacted_mark(self) -> &'static str {
        self.find("personal mark", "redacted").unwrap_or(REDACTED)
    }

    /// The word for a code of an open vocabulary; the code itself where policy added it.
    pub fn open_term(self, vocabulary: &str, code: &str) -> String {
        self.find(vocabulary, code).map_or_else(|| code.to_owned(), str::to_owned)
    }

    /// How a code is typed in every language.
    pub fn names(vocabulary: &str, code: &str) -> impl Iterator<Item = &'static str> {
        Lang::ALL.into_iter().flat_map(|lang| lang.spelled(vocabulary, code).collect::<Vec<_>>())
    }

    /// What customers usually want with a matter of this kind; `None` where there is nothing usual.
    pub fn usual_need(self, kind: Kind) -> Option<&'static str> {
        self.find("need", kind.code())
    }

    /// What a value of the desk's rules is called.
    pub fn called(self, thing: Vocabulary, choice: &PermittedValue) -> String {
        let known = vocabulary(thing).and_then(|of| self.find(of, &choice.code));
        let own = self.of_policy(&choice.en, &choice.zh);
        match known {
            Some(known) => known.to_owned(),
            None if own.is_empty() => choice.code.clone(),
            None => own.to_owned(),
        }
    }

    /// The same as lists of what is permitted have it, with the code that is typed.
    pub fn choice(self, thing: Vocabulary, choice: &PermittedValue) -> String {
        let (code, label) = (&choice.code, self.called(thing, choice));
        let frame = &self.help().frame;
        let is_name = matches!(thing, Vocabulary::Person | Vocabulary::Unit | Vocabulary::Against);
        if fold(&label) == fold(code) {
            code.clone()
        } else if is_name {
            frame.named_value.replace("{code}", code).replace("{label}", &label)
        } else {
            frame.value.replace("{code}", code).replace("{label}", &label)
        }
    }

    /// What is permitted, in a line; `None` for nothing, or for more than a line is good for.
    pub fn permitted(self, thing: Vocabulary, known: &[PermittedValue]) -> Option<String> {
        let listed: Vec<_> = known.iter().map(|choice| self.choice(thing, choice)).collect();
        let is_good = (1..=MOST_LISTED).contains(&listed.len());
        is_good.then(|| listed.join(self.help().frame.comma))
    }

    /// The values that were nearest; a person or a unit by name too.
    pub fn nearest(
        self,
        thing: Vocabulary,
        nearest: &[String],
        known: &[PermittedValue],
    ) -> Vec<String> {
        let is_named = matches!(thing, Vocabulary::Person | Vocabulary::Unit | Vocabulary::Against);
        let choice = |code: &String| {
            let of = known.iter().find(|choice| is_named && choice.code == *code);
            of.map_or_else(|| code.clone(), |choice| self.choice(thing, choice))
        };
        nearest.iter().map(choice).collect()
    }

    /// What a fresh desk is called.
    pub fn desk_name(self) -> &'static str {
        self.find("desk name", "default").unwrap_or_default()
    }

    /// What the units of a fresh desk are called.
    pub fn unit_names(self) -> UnitNames {
        let name = |unit| self.find("unit name", unit).unwrap_or(unit);
        UnitNames {
            desk: name("desk"),
            network: name("network"),
            systems: name("systems"),
            application: name("application"),
            supplier: name("supplier"),
        }
    }

    /// A step as it is told when done: “acknowledged”.
    pub fn done(self, action: Action) -> &'static str {
        self.find("done", action.code()).unwrap_or(action.code())
    }

    /// What an event did, as it is told in a history: by what an update says, and of what kind the
    /// record is.
    pub fn did(self, act: &Act, kind: Kind) -> &'static str {
        self.find("done", finer(act, kind)).unwrap_or_else(|| self.done(act.action()))
    }

    /// The same as the name of a step, for the cells of a table.
    pub fn step(self, act: &Act, kind: Kind) -> &'static str {
        self.find("action", finer(act, kind)).unwrap_or_else(|| self.term(act.action()))
    }

    /// That a step is refused: “cannot be acknowledged”.
    pub fn cannot(self, action: Action) -> &'static str {
        self.find("cannot", action.code()).unwrap_or(action.code())
    }

    /// The name of a field that a step records: what it is called there, else everywhere.
    pub fn fact(self, step: &str, field: &str) -> String {
        let own = self.find("fact", &format!("{step}.{field}"));
        own.or_else(|| self.find("fact", field)).unwrap_or(field).to_owned()
    }

    /// What a text of a step is called that can be hidden.
    pub fn text_field(self, step: &str, field: &str) -> String {
        match field {
            // all answers to the questions of a category are one text
            "answers" => self.label(Label::Answers).to_owned(),
            "set" => self.label(Label::NewValue).to_owned(),
            field => self.fact(step, field),
        }
    }

    /// Of what a policy says in English and Chinese, the text for this language.
    pub fn of_policy<'a>(self, english: &'a str, chinese: &'a str) -> &'a str {
        (self.catalogue.of_policy)(english, chinese)
    }

    /// A built-in template by its file's name.
    pub fn template(self, file: &str) -> Option<&'static str> {
        self.catalogue.templates.iter().find(|(name, _)| *name == file).map(|(_, text)| *text)
    }

    /// What stands between a label and its text.
    pub fn colon(self) -> &'static str {
        self.catalogue.colon
    }

    /// Where a visit stands; a form that nobody signed is not called signed.
    pub fn visit_state(self, entry: &VisitEntry) -> &'static str {
        if entry.state == VisitState::Signed && entry.is_signature_refused() {
            self.label(Label::NotSigned)
        } else {
            self.term(entry.state)
        }
    }

    /// Words in a row.
    pub fn listed<T: Borrow<str>>(self, words: &[T]) -> String {
        words.join(self.catalogue.comma)
    }

    /// Parts of a sentence, one after the other.
    pub fn joined<T: Borrow<str>>(self, parts: &[T]) -> String {
        parts.join(self.catalogue.semicolon)
    }

    /// Per cent, of tenths: `96.7%`.
    pub fn percent(self, tenths: impl Into<u64>) -> String {
        (self.catalogue.percent)(tenths.into())
    }

    /// A length of time: `3 h 05 min`.
    pub fn length(self, minutes: i64) -> String {
        (self.catalogue.length)(minutes)
    }

    /// A bound of a target: `≥ 90%`.
    pub fn bound(self, sign: &str, number: &str, is_percent: bool) -> String {
        (self.catalogue.bound)(sign, number, is_percent)
    }

    /// The title of a figure in groups.
    pub fn grouped(self, figure: &str, by: &str) -> String {
        (self.catalogue.grouped)(figure, by)
    }

    /// The title of a figure in per cent.
    pub fn in_percent(self, figure: &str) -> String {
        (self.catalogue.in_percent)(figure)
    }

    /// A text with a remark on it, in brackets.
    pub fn remarked(self, text: &str, remark: &str) -> String {
        (self.catalogue.remarked)(text, remark)
    }

    /// The version of an agreement by which limits were decided, by the name that it has today.
    pub fn agreement(self, terms: &AgreementTerms, policy: &Policy) -> String {
        let AgreementTerms { id, version, expired, .. } = terms;
        let known = policy.agreements.version(id, *version);
        let name = known.map_or(id.as_str(), |agreement| &agreement.name);
        self.agreement_version(name, *version, *expired)
    }

    /// The standing of a file of rules that does not hold yet, with the day that it says.
    pub fn waiting_rules(self, stage: WaitingStage) -> String {
        (self.catalogue.waiting_rules)(stage)
    }

    /// A version of an agreement, and whether it had ended.
    pub fn agreement_version(self, name: &str, version: u32, is_expired: bool) -> String {
        (self.catalogue.agreement)(&characters::clean_line(name), version, is_expired)
    }

    /// That a report is about the records of a customer, a unit or both alone; nothing where neither is
    /// named.
    pub fn only(self, customer: Option<&str>, unit: Option<&str>) -> Option<String> {
        let [customer, unit] = [customer, unit].map(|name| name.map(characters::clean_line));
        let is_told = customer.is_some() || unit.is_some();
        is_told.then(|| (self.catalogue.only)(customer.as_deref(), unit.as_deref()))
    }

    /// The values of a group that templates see, each with its meaning.
    pub fn fields(self, group: FieldGroup) -> &'static [(&'static str, &'static str)] {
        (self.catalogue.fields)(group)
    }

    /// What a report is, in a line.
    pub fn report(self, name: ReportName) -> String {
        let line = self.find("report line", name.code()).unwrap_or_default();
        self.pair(self.term(name), line)
    }

    /// A label with its text: `title: printer`.
    pub fn pair(self, label: &str, text: &str) -> String {
        format!("{label}{}{text}", self.catalogue.colon)
    }

    /// A day of the week.
    pub fn weekday(self, day: Weekday) -> &'static str {
        let place = usize::try_from(day.num_days_from_monday()).unwrap_or(0);
        self.catalogue.weekdays[place]
    }

    /// Working hours of a day: `09:00–12:00, 13:30–18:00`.
    pub fn hours(self, windows: &[Window]) -> String {
        let windows = windows.iter().map(|window| window.to_string().replace('-', "–"));
        self.listed(&windows.collect::<Vec<_>>())
    }

    /// That a day is worked in exchange for a holiday.
    pub fn make_up(self, holiday: &str) -> String {
        (self.catalogue.make_up)(holiday)
    }

    /// A month in words: `November 2026`.
    pub fn month(self, month: Month) -> String {
        let (year, number) = month.parts();
        (self.catalogue.month)(year, number)
    }

    /// A limit in words: `1 working day`.
    pub fn limit(self, limit: Limit) -> String {
        let (amount, unit) = limit.parts();
        (self.catalogue.limit)(amount, unit)
    }

    /// The name of a column, a section or a field.
    pub fn label(self, label: Label) -> &'static str {
        (self.catalogue.label)(label)
    }

    /// How people type a word.
    pub fn typed(self, word: TypedWord) -> &'static [&'static str] {
        (self.catalogue.typed)(word)
    }

    /// A remark of the program; names in it that a terminal would obey or hide are escaped.
    pub fn message(self, message: &Message) -> String {
        characters::clean(&(self.catalogue.message)(message))
    }

    /// How much a finding weighs.
    pub fn severity(self, severity: Severity) -> &'static str {
        (self.catalogue.severity)(severity)
    }

    /// What was found to be wrong.
    pub fn finding(self, code: FindingCode) -> &'static str {
        (self.catalogue.finding)(code)
    }

    /// What to do about it, with what the finding names; else with what stands for that.
    pub fn advice(self, code: FindingCode, named: &FindingNames<'_>) -> String {
        let FindingNames { commit, id, path } = *named;
        let mut advice = (self.catalogue.advice)(code).to_owned();
        for (place, named) in [("COMMIT", commit), ("ID", id), ("PATH", path)] {
            let stands = || self.find("placeholder", place).unwrap_or(place);
            advice = advice.replace(place, named.unwrap_or_else(stands));
        }
        advice
    }

    /// What stands before the expected and before the found of a finding.
    pub fn detail_labels(self, code: FindingCode) -> (&'static str, &'static str) {
        (self.catalogue.detail_labels)(code)
    }

    /// What a finding says that there is or should be.
    pub fn detail(self, detail: &Detail) -> String {
        match detail {
            Detail::Value(value) => value.clone(),
            Detail::Time(at) => print::second(*at),
            Detail::Phrase(phrase) => (self.catalogue.phrase)(phrase),
        }
    }

    /// What of a commit is odd.
    pub fn odd_part(self, part: &OddPart) -> String {
        (self.catalogue.odd_part)(part)
    }

    /// Why nobody is known to have signed.
    pub fn signature_fault(self, fault: &SignatureFault) -> String {
        (self.catalogue.signature_fault)(fault)
    }

    /// What an assessor looks at.
    pub fn check_point(self, point: CheckPoint) -> &'static str {
        (self.catalogue.check_point)(point)
    }

    /// What is there to be seen, of a record in a category of this name.
    pub fn observed(self, fact: &ObservedFact, category: &str, people: &People) -> String {
        (self.catalogue.observed)(fact, category, people)
    }

    /// Why a row of another system's file cannot be taken.
    pub fn row_fault(self, fault: &RowFault) -> String {
        (self.catalogue.row_fault)(fault)
    }

    /// What a map of docket's writes where a cell says nothing; `None` where the English words stay.
    pub fn filler(self, english: &str) -> Option<&'static str> {
        (self.catalogue.filler)(english)
    }

    /// What was taken otherwise than it stands in the row.
    pub fn row_noted(self, noted: RowChange) -> &'static str {
        (self.catalogue.row_noted)(noted)
    }

    /// Why something is refused, in a sentence that names the culprit.
    pub fn refused(self, refused: &RefusalDetails) -> String {
        (self.catalogue.refused)(refused)
    }

    /// What a refusal misses.
    fn missing(self, refused: &RefusalDetails) -> Option<Vec<MissingField>> {
        match &refused.why {
            Refusal::Incomplete(gaps) | Refusal::ComesFirst(gaps) => {
                Some((self.catalogue.gaps)(gaps, refused))
            }
            Refusal::Needs { flag, .. } => {
                let field = flag.trim_start_matches('-').to_owned();
                Some(vec![MissingField::of_flag(field, *flag)])
            }
            _ => None,
        }
    }

    /// What ended a command, naming the culprit.
    pub fn error(self, error: &Error) -> String {
        (self.catalogue.error)(error)
    }

    /// The next step after that, where there is one.
    pub fn error_hint(self, error: &Error) -> Option<String> {
        (self.catalogue.error_hint)(error)
    }

    /// The fields that are missing, where that is what ended the command.
    pub fn error_missing(self, error: &Error) -> Option<Vec<MissingField>> {
        match error {
            Error::Missing { fields, .. } => Some(fields.clone()),
            Error::Refused(refused) => self.missing(refused),
            Error::Usage(usage) => match usage.missing() {
                [] => None,
                arguments => Some(arguments.iter().map(|one| self.argument(one)).collect()),
            },
            _ => None,
        }
    }

    /// An argument as a field that is missing.
    fn argument(self, argument: &ArgumentName) -> MissingField {
        let placeholder = argument.placeholder.as_deref().unwrap_or_default();
        let flag = argument.flag.as_deref().unwrap_or(placeholder).to_owned();
        MissingField::of_flag(self.help().placeholder(placeholder).to_owned(), flag)
    }

    /// What went wrong with the repository, naming the culprit.
    pub fn store_error(self, error: &store::error::Error) -> String {
        (self.catalogue.store_error)(error)
    }

    /// The same, where the file is named already.
    pub fn file_fault(self, error: &store::error::Error) -> String {
        (self.catalogue.file_fault)(error)
    }

    /// What went wrong between docket and git.
    pub fn git_error(self, error: &git::error::Error) -> String {
        (self.catalogue.git_error)(error)
    }

    /// What git has begun in a working tree.
    pub fn unfinished(self, what: Unfinished) -> &'static str {
        (self.catalogue.unfinished)(what)
    }

    /// Why a text gives no time.
    pub fn moment_fault(self, fault: &MomentError) -> String {
        (self.catalogue.moment_fault)(fault)
    }

    /// What help says.
    pub fn help(self) -> &'static HelpTexts {
        self.catalogue.help
    }

    /// A code as help and hints list it, with its word where the code is not one of the language.
    pub fn value(self, vocabulary: &str, code: &str) -> String {
        match self.find(vocabulary, code) {
            Some(label) if label.starts_with(code) => label.to_owned(),
            Some(label) => {
                self.help().frame.value.replace("{code}", code).replace("{label}", label)
            }
            None => code.to_owned(),
        }
    }

    fn find(self, vocabulary: &str, code: &str) -> Option<&'static str> {
        let own: &[_] = match self.party {
            Party::External => &[],
            Party::Internal => self.catalogue.internal,
        };
        let mut terms = own.iter().chain(self.catalogue.terms);
        terms.find(|(of, word, _)| *of == vocabulary && *word == code).map(|(.., label)| *label)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({})", self.lang())
    }
}

/// The most values of which a refusal lists all.
const MOST_LISTED: usize = 20;

/// The name under which the catalogue knows the words of a vocabulary.
pub fn vocabulary(thing: Vocabulary) -> Option<&'static str> {
    match thing {
        Vocabulary::Channel => Some(Channel::VOCABULARY),
        Vocabulary::Code => Some(Code::VOCABULARY),
        Vocabulary::PauseReason => Some(PauseReason::VOCABULARY),
        Vocabulary::Person
        | Vocabulary::Unit
        | Vocabulary::Category
        | Vocabulary::CauseCategory
        | Vocabulary::Product
        | Vocabulary::Against
        | Vocabulary::MajorCriterion
        | Vocabulary::Question
        | Vocabulary::Contact
        | Vocabulary::Customer
        | Vocabulary::CustomerName
        | Vocabulary::Agreement
        | Vocabulary::Hours
        | Vocabulary::Record
        | Vocabulary::Event => None,
    }
}

/// What an event was more exactly than its step says, as the catalogue spells it; empty where it
/// says all.
fn finer(act: &Act, kind: Kind) -> &'static str {
    match act {
        Act::Update(update) => update_topic(update),
        Act::Extend(extend) if !extend.consent.given => "extend.refused",
        Act::Confirm(confirm) if confirm.outcome == Callback::NoAnswer => "confirm.no_answer",
        Act::Open(_) if kind == Kind::Remark => "open.remark",
        Act::Route(_) if kind == Kind::Complaint => "route.complaint",
        Act::Visit(visit) if visit.is_signature_refused() => "visit.unsigned",
        Act::Visit(visit) => visit_step(visit.step()),
        Act::Remote(remote) => remote_step(remote.step()),
        _ => "",
    }
}

/// What is done about a visit, as the catalogue spells it.
fn visit_step(step: VisitStep) -> &'static str {
    match step {
        VisitStep::Plan => "visit.plan",
        VisitStep::Move => "visit.move",
        VisitStep::Depart => "visit.depart",
        VisitStep::Arrive => "visit.arrive",
        VisitStep::Done => "visit.done",
        VisitStep::Sign => "visit.sign",
        VisitStep::HandIn => "visit.hand_in",
        VisitStep::Archive => "visit.archive",
        VisitStep::Miss => "visit.miss",
        VisitStep::Cancel => "visit.cancel",
    }
}

/// What is done about a remote session, likewise.
fn remote_step(step: RemoteStep) -> &'static str {
    match step {
        RemoteStep::Start => "remote.start",
        RemoteStep::Refused => "remote.refused",
        RemoteStep::End => "remote.end",
    }
}

/// What an update is mainly about, as the catalogue spells it.
fn update_topic(update: &Update) -> &'static str {
    if update.verified.is_some() || update.unverified.is_some() {
        "update.verified"
    } else if update.notified.is_some() {
        "update.notified"
    } else if update.regrades() {
        "update.level"
    } else if update.follow_up.is_some() {
        "update.follow_up"
    } else if update.first_line.is_some() {
        "update.first_line"
    } else if update.contact.is_some() {
        "update.contact"
    } else if update.progress.is_some() {
        "update.progress"
    } else {
        ""
    }
}

/// A term as people type it: its code, its label or another word for it in any language, whatever
/// the case, with blanks or hyphens for underscores, in full width or half.
pub fn read_term<T: Term>(typed: &str) -> Option<T> {
    let code = read_code(T::VOCABULARY, typed, T::ALL.iter().map(|term| term.code()))?;
    T::from_code(&code)
}

/// As [`read_term`], for the codes of an open vocabulary.
pub fn read_code<'a>(
    vocabulary: &str,
    typed: &str,
    known: impl Iterator<Item = &'a str>,
) -> Option<String> {
    let wanted = fold(typed);
    for code in known {
        let mut spelled = Lang::ALL.into_iter().flat_map(|lang| lang.spelled(vocabulary, code));
        if fold(code) == wanted || spelled.any(|spelled| fold(spelled) == wanted) {
            return Some(code.to_owned());
        }
    }
    None
}

/// The code of the one of these values that a word means, by the names that the desk's rules give it
/// and by those of the catalogue, as [`read_code`] reads them.
pub fn read_choice(thing: Vocabulary, typed: &str, choices: &[PermittedValue]) -> Option<String> {
    let own = choices.iter().find(|choice| choice.is(typed)).map(|choice| choice.code.clone());
    let codes = choices.iter().map(|choice| choice.code.as_str());
    own.or_else(|| read_code(vocabulary(thing)?, typed, codes))
}

/// Half width, lower case, blanks and hyphens as underscores.
pub fn fold(typed: &str) -> String {
    half_width(typed.trim())
        .chars()
        .map(|c| match c {
            ' ' | '-' => '_',
            other => other,
        })
        .collect::<String>()
        .to_lowercase()
}

/// Full-width ASCII as ASCII, ideographic blanks as blanks.
pub fn half_width(typed: &str) -> String {
    typed.chars().map(characters::half_width).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::analysis::kpi::Kpi;
    use crate::domain::base::lang::LANGUAGES;
    use crate::domain::base::terms::{
        AttachmentKind, Callback, Channel, Code, Exception, Field, FileStanding, FileType, Form,
        Grade, Kind, Level, LinkKind, Mood, Phase, Progress, Prohibition, ReportName, Role,
        Satisfaction, SortKey, State, SurveyStanding, Trigger, Validity,
    };

    #[test]
    fn every_language_has_its_catalogue() {
        assert_eq!(Lang::ALL.map(Lang::code), LANGUAGES);
    }

    fn every_word_of<T: Term>() {
        for lang in Lang::ALL {
            for term in T::ALL {
                let word = Words::new(lang).find(T::VOCABULARY, term.code());
                assert!(word.is_some(), "{lang}: no word for {} {}", T::VOCABULARY, term.code());
            }
        }
        for term in T::ALL {
            for lang in Lang::ALL {
                let label = Words::new(lang).term(*term);
                assert_eq!(read_term::<T>(label), Some(*term), "{label}");
            }
        }
    }

    #[test]
    fn no_word_is_missing_in_any_language_and_each_label_is_read_back() {
        every_word_of::<Kind>();
        every_word_of::<State>();
        every_word_of::<FileStanding>();
        every_word_of::<Party>();
        every_word_of::<FileType>();
        every_word_of::<AttachmentKind>();
        every_word_of::<Action>();
        every_word_of::<Role>();
        every_word_of::<Grade>();
        every_word_of::<Level>();
        every_word_of::<Progress>();
        every_word_of::<Phase>();
        every_word_of::<Mood>();
        every_word_of::<Trigger>();
        every_word_of::<Validity>();
        every_word_of::<Prohibition>();
        every_word_of::<Form>();
        every_word_of::<LinkKind>();
        every_word_of::<Exception>();
        every_word_of::<Callback>();
        every_word_of::<Satisfaction>();
        every_word_of::<Field>();
        every_word_of::<ReportName>();
        every_word_of::<SortKey>();
        every_word_of::<SurveyStanding>();
    }

    #[test]
    fn the_open_vocabularies_have_their_words_too() {
        for lang in Lang::ALL {
            for (vocabulary, codes) in
                [(Channel::VOCABULARY, &Channel::KNOWN[..]), (Code::VOCABULARY, &Code::KNOWN)]
            {
                for code in codes {
                    let word = Words::new(lang).find(vocabulary, code);
                    assert!(word.is_some(), "{lang}: no word for {vocabulary} {code}");
                }
            }
            for action in Action::ALL {
                for vocabulary in ["done", "cannot"] {
                    let word = Words::new(lang).find(vocabulary, action.code());
                    assert!(word.is_some(), "{lang}: no word for {vocabulary} {action}");
                }
            }
        }
    }

    #[test]
    fn chinese_words_are_chinese_and_no_term_is_listed_twice() {
        let is_chinese = |text: &str| text.chars().any(|c| u32::from(c) > 0x2e80);
        for (vocabulary, code, label) in zh::TERMS {
            assert!(is_chinese(label), "{vocabulary} {code}: {label}");
        }
        let words = Words::new(Lang::Zh);
        for label in Label::ALL {
            assert!(is_chinese(words.label(*label)), "{label:?}: {}", words.label(*label));
        }
        for kpi in Kpi::ALL {
            assert!(is_chinese(words.kpi(*kpi)), "{kpi}: {}", words.kpi(*kpi));
            assert!(is_chinese(words.formula(*kpi)), "{kpi}: {}", words.formula(*kpi));
        }
        for lang in Lang::ALL {
            let words = Words::new(lang);
            assert_eq!(words.lang(), lang);
            let terms = words.catalogue.terms.iter();
            let mut seen: Vec<_> = terms.clone().map(|(of, code, _)| (of, code)).collect();
            seen.sort_unstable();
            let before = seen.len();
            seen.dedup();
            assert_eq!(seen.len(), before);
            let of_house = words.about(Party::Internal);
            for (vocabulary, code, label) in words.catalogue.internal {
                let usual = words.find(vocabulary, code);
                assert!(usual.is_some_and(|usual| usual != *label), "{lang}: {vocabulary} {code}");
                assert_eq!(of_house.find(vocabulary, code), Some(*label));
            }
            for (vocabulary, code, alias) in words.catalogue.aliases {
                let mut of_it = terms.clone().filter(|(of, ..)| of == vocabulary);
                assert!(of_it.clone().any(|(_, known, _)| known == code), "{alias}: {code}");
                assert!(of_it.all(|(.., label)| label != alias), "{alias} is a label");
            }
            for label in Label::ALL {
                assert!(!words.label(*label).is_empty());
            }
        }
    }

    #[test]
    fn words_are_understood_in_both_languages_and_widths() {
        assert_eq!(read_term::<Kind>("故障"), Some(Kind::Fault));
        assert_eq!(read_term::<Kind>(" FAULT "), Some(Kind::Fault));
        assert_eq!(read_term::<Kind>("ｆａｕｌｔ"), Some(Kind::Fault));
        assert_eq!(read_term::<Progress>("plan-proposed"), Some(Progress::PlanProposed));
        assert_eq!(read_term::<Satisfaction>("满意"), Some(Satisfaction::Satisfied));
        assert_eq!(read_term::<Kind>("nonsense"), None);
        assert_eq!(read_term::<Kind>("事件"), Some(Kind::Fault));
        assert_eq!(read_term::<ReportName>("考核指标"), Some(ReportName::Kpi));
        let channel = read_code("channel", "热线", Channel::KNOWN.iter().copied());
        assert_eq!(channel.as_deref(), Some("hotline"));
    }
}
