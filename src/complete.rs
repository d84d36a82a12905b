//! What the shell offers behind Tab: verbs, flags and values of the command line, and the ids of
//! records and people of the desk.

use std::{
    any::TypeId,
    collections::BTreeSet,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{
    Arg, Command,
    builder::{ArgExt, PossibleValue},
};
use clap_complete::{
    ArgValueCandidates, ArgValueCompleter, CompleteEnv, CompletionCandidate, env::Shells,
};

use crate::{
    domain::{
        analysis::kpi::Kpi,
        base::{
            characters::clean_line,
            permitted::PermittedValue,
            terms::{ContactKey, Field, ReportName, Satisfaction, State, Term},
        },
        history::{refusal::Vocabulary, steps::Action},
    },
    store::{Revision, Store, find::RecordRef, git::variables::GitVariables},
    words::{Lang, Words},
};

/// As many values are offered at most.
const MOST_VALUES: usize = 200;

/// Set by the script of [`script`] when the shell asks.
const VARIABLE: &str = "DOCKET_COMPLETE";

/// An argument that names the record of a step: only those are offered to which it applies.
#[derive(Clone, Copy, Debug)]
pub struct ForStep(pub Action);

impl ArgExt for ForStep {}

/// A record that is offered.
#[derive(Clone, Debug)]
pub struct OfferedRecord {
    pub id: String,
    pub tail: String,
    pub title: String,
}

/// The records to which a step applies; all where none is named.
pub type Offer = Arc<dyn Fn(Option<Action>) -> Vec<OfferedRecord> + Send + Sync>;

/// Where a desk is looked for, and by which variables of git.
pub type DeskPlace<'a> = (&'a Path, &'a GitVariables);

/// For whom values are offered.
#[derive(Clone)]
pub struct Asking {
    /// The shell that asks, as it calls itself.
    pub shell: String,
    /// Where the desk is that the line is about.
    pub directory: PathBuf,
    pub git: GitVariables,
    pub words: Words,
    pub offer: Offer,
}

/// Answers the shell where it is the shell that asks; `false` where a person does.
pub fn answered(
    command: impl Fn() -> Command,
    line: &[OsString],
    directory: &Path,
    asking: impl Fn() -> Asking,
) -> clap::error::Result<bool> {
    let offering = || with_values(command(), &asking());
    CompleteEnv::with_factory(offering).var(VARIABLE).try_complete(line, Some(directory))
}

/// A value of the desk as a shell can put it into the line, where it runs nothing and stays one word;
/// `None` for one that it cannot.
fn as_word(value: &str, shell: &str) -> Option<String> {
    if clean_line(value) != value {
        return None;
    }
    let is_plain = |c: char| c.is_alphanumeric() || !c.is_ascii() || "_-.,:@%+/=".contains(c);
    match shell {
        // bash puts it in as it stands, if behind a quote that was typed
        "bash" if value.contains('\'') => None,
        "bash" => {
            let escaped = |c: char| if is_plain(c) { c.to_string() } else { format!("\\{c}") };
            Some(value.chars().map(escaped).collect())
        }
        "powershell" if !value.chars().all(is_plain) => {
            Some(format!("'{}'", value.replace('\'', "''")))
        }
        _ => Some(value.to_owned()),
    }
}

/// The names of the shells that can ask.
pub fn shells() -> impl Iterator<Item = &'static str> {
    Shells::builtins().names().collect::<Vec<_>>().into_iter()
}

/// What a shell has to run at its start so that it asks `docket` from then on; `None` for an
/// unknown shell.
pub fn script(shell: &str) -> Option<String> {
    let mut script = Vec::new();
    let builtin = Shells::builtins();
    let shell = builtin.completer(shell)?;
    shell.write_registration(VARIABLE, "docket", "docket", "docket", &mut script).ok()?;
    String::from_utf8(script).ok()
}

/// The command line whose arguments know what the desk holds, and what their values are called.
fn with_values(command: Command, asking: &Asking) -> Command {
    command
        .mut_args(|one| argument(one, asking))
        .mut_subcommands(|command| with_values(command, asking))
}

fn argument(argument: Arg, asking: &Asking) -> Arg {
    let is_record = argument.get_value_parser().type_id() == TypeId::of::<RecordRef>()
        || argument.get::<ForStep>().is_some();
    let values = argument.get_possible_values();
    let terms: Vec<_> = values.iter().filter_map(|value| term(value, asking.words)).collect();
    if is_record {
        let step = argument.get::<ForStep>().map(|step| step.0);
        let names = argument.get_value_names().unwrap_or_default();
        // behind the records of a step a person may stand
        let has_person = names.iter().any(|name| name.contains("[PERSON]"));
        let people = has_person.then_some(OfferedValues::Rules(Vocabulary::Person));
        let asking = asking.clone();
        argument.add(ArgValueCompleter::new(move |typed: &OsStr| {
            let people = people.as_ref().filter(|_| !typed.is_empty());
            let people = people.map(|people| people.offered(&typed.to_string_lossy(), &asking));
            let mut offered = records(typed, &(asking.offer)(step));
            offered.extend(people.unwrap_or_default());
            offered
        }))
    } else if !terms.is_empty() {
        argument.add(ArgValueCandidates::new(move || terms.iter().map(candidate).collect()))
    } else if let Some(source) = OfferedValues::of(&argument) {
        let asking = asking.clone();
        let offered = move |typed: &OsStr| source.offered(&typed.to_string_lossy(), &asking);
        argument.add(ArgValueCompleter::new(offered))
    } else {
        argument
    }
}

/// Where the values of an argument come from that no parser lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferedValues {
    /// The desk's rules.
    Rules(Vocabulary),
    /// The ways by which the desk's rules let people be told something.
    Methods,
    /// Whom the desk has contacts of.
    Customers,
    /// A vocabulary of docket's own, by its name and its codes.
    Terms(&'static str, Vec<String>),
}

impl OfferedValues {
    /// As the placeholder of the argument tells.
    pub fn of(argument: &Arg) -> Option<Self> {
        let own = argument.get_id().as_str().to_uppercase();
        let named = argument.get_value_names().and_then(|names| names.first());
        let placeholder = named.map_or(own.as_str(), |name| name.as_str());
        Some(match placeholder {
            "PERSON" => Self::Rules(Vocabulary::Person),
            "PERSON|UNIT|service:TEXT" => Self::Rules(Vocabulary::Against),
            "UNIT" => Self::Rules(Vocabulary::Unit),
            "CHANNEL" => Self::Rules(Vocabulary::Channel),
            "METHOD" => Self::Methods,
            "CATEGORY" => Self::Rules(Vocabulary::Category),
            "CAUSE" => Self::Rules(Vocabulary::CauseCategory),
            "PRODUCT" => Self::Rules(Vocabulary::Product),
            "CODE" => Self::Rules(Vocabulary::Code),
            "HOLD_REASON" => Self::Rules(Vocabulary::PauseReason),
            "CRITERION" => Self::Rules(Vocabulary::MajorCriterion),
            "CUSTOMER" => Self::Customers,
            "GRADE" => Self::of_term::<Satisfaction>(""),
            "STATE" => {
                let Self::Terms(of, mut codes) = Self::of_term::<State>("") else { return None };
                codes.insert(0, "unfinished".to_owned());
                Self::Terms(of, codes)
            }
            "REPORT" => Self::of_term::<ReportName>(""),
            "KPI" => Self::Terms("", Kpi::ALL.iter().map(ToString::to_string).collect()),
            "FIELD=VALUE" => Self::of_term::<Field>("="),
            "KEY=VALUE" => Self::of_term::<ContactKey>("="),
            "LANGUAGE" => {
                Self::Terms("", Lang::ALL.iter().map(|lang| lang.code().to_owned()).collect())
            }
            // what is typed as it stands is written in small letters
            other => {
                let is_literal = |part: &&str| part.bytes().all(|byte| byte.is_ascii_lowercase());
                let literals: Vec<_> = other.split('|').filter(is_literal).collect();
                if literals.is_empty() {
                    return None;
                }
                Self::Terms("", literals.into_iter().map(str::to_owned).collect())
            }
        })
    }

    fn of_term<T: Term>(behind: &str) -> Self {
        let codes = T::ALL.iter().map(|term| format!("{}{behind}", term.code()));
        Self::Terms(T::VOCABULARY, codes.collect())
    }

    /// What the desk in a directory has of it; nothing where there is none.
    pub fn choices(&self, place: DeskPlace<'_>) -> Vec<PermittedValue> {
        let policy =
            || of_desk(place, |store, branch| store.view(&Revision::Tip, branch)?.policy());
        match self {
            Self::Rules(thing) => policy().map(|policy| policy.choices(*thing)).unwrap_or_default(),
            Self::Methods => policy().map(|policy| policy.methods()).unwrap_or_default(),
            Self::Customers => {
                let contacts =
                    of_desk(place, |store, branch| store.view(&Revision::Tip, branch)?.contacts());
                let contacts = contacts.map(|(contacts, _)| contacts).unwrap_or_default();
                let customers: BTreeSet<_> =
                    contacts.into_iter().map(|contact| contact.customer).collect();
                customers.iter().map(|customer| PermittedValue::plain(customer)).collect()
            }
            Self::Terms(_, codes) => codes.iter().map(|code| PermittedValue::plain(code)).collect(),
        }
    }

    /// The vocabulary of the desk's rules that it is; records where it is none.
    pub fn vocabulary(&self) -> Vocabulary {
        match self {
            Self::Rules(thing) => *thing,
            Self::Methods => Vocabulary::Channel,
            Self::Customers | Self::Terms(..) => Vocabulary::Record,
        }
    }

    /// What a value of it is called.
    pub fn called(&self, choice: &PermittedValue, words: Words) -> String {
        match self {
            Self::Rules(thing) => words.called(*thing, choice),
            Self::Methods => words.called(Vocabulary::Channel, choice),
            Self::Customers => choice.code.clone(),
            Self::Terms(vocabulary, _) => {
                words.open_term(vocabulary, choice.code.trim_end_matches('='))
            }
        }
    }

    /// The codes and names that begin with what was typed; the names only where the code does not.
    fn offered(&self, typed: &str, asking: &Asking) -> Vec<CompletionCandidate> {
        let typed = typed.replace('\\', "").to_lowercase();
        let begins = |text: &str| text.to_lowercase().starts_with(&typed);
        let choices = self.choices((&asking.directory, &asking.git)).into_iter();
        let offer = |choice: PermittedValue| {
            let label = self.called(&choice, asking.words);
            if begins(&choice.code) {
                Some(candidate(&(as_word(&choice.code, &asking.shell)?, label)))
            } else {
                let label = as_word(&label, &asking.shell).filter(|_| begins(&label))?;
                Some(CompletionCandidate::new(label))
            }
        };
        choices.filter_map(offer).take(MOST_VALUES).collect()
    }
}

/// A code and its word, by the vocabulary that its reader names.
fn term(value: &PossibleValue, words: Words) -> Option<(String, String)> {
    let vocabulary = value.get_help()?.to_string();
    let code = value.get_name();
    Some((code.to_owned(), words.open_term(&vocabulary, code)))
}

fn candidate((code, word): &(String, String)) -> CompletionCandidate {
    CompletionCandidate::new(code).help(Some(clean_line(word).into_owned().into()))
}

/// Ids that begin with what was typed, or whose tail does, with their titles.
fn records(typed: &OsStr, offered: &[OfferedRecord]) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy().to_lowercase();
    let candidate = |id: &str, record: &OfferedRecord| {
        let begins = id.to_lowercase().starts_with(&typed);
        let title = clean_line(&record.title).into_owned().into();
        begins.then(|| CompletionCandidate::new(id).help(Some(title)))
    };
    let whole = offered.iter().filter_map(|record| candidate(&record.id, record));
    let by_tail = offered.iter().filter(|_| !typed.is_empty());
    let tails = by_tail.filter_map(|record| candidate(&record.tail, record));
    whole.chain(tails).collect()
}

/// What the desk of this directory tells; `None` where there is none, for a shell is no place for
/// complaints.
fn of_desk<T>(
    (directory, git): DeskPlace<'_>,
    tell: impl FnOnce(&Store, &str) -> Result<T, crate::store::error::Error>,
) -> Option<T> {
    let store = Store::discover(directory, git).ok()?;
    let desk = store.desk().ok()?;
    tell(&store, &desk.branch).ok()
}
