//! What the shell offers behind Tab: verbs, flags and values of the command line, and the ids of
//! records and people of the desk.

use std::{any::TypeId, ffi::OsStr, path::Path, sync::Arc};

use clap::{
    Arg, Command,
    builder::{ArgExt, PossibleValue},
};
use clap_complete::{
    ArgValueCandidates, ArgValueCompleter, CompleteEnv, CompletionCandidate, env::Shells,
};

use crate::{
    domain::history::steps::Action,
    store::{Revision, Store, find::RecordRef, git::variables::GitVariables},
    words::Words,
};

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

/// Answers the shell where it is the shell that asks; `false` where a person does.
pub fn answered(
    command: impl Fn() -> Command,
    words: &[std::ffi::OsString],
    directory: &Path,
    words_of: impl Fn() -> Words,
    offer: &Offer,
) -> clap::error::Result<bool> {
    let offering = || with_values(command(), words_of(), offer);
    CompleteEnv::with_factory(offering).var(VARIABLE).try_complete(words, Some(directory))
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
fn with_values(command: Command, words: Words, offer: &Offer) -> Command {
    command
        .mut_args(|one| argument(one, words, offer))
        .mut_subcommands(|command| with_values(command, words, offer))
}

fn argument(argument: Arg, words: Words, offer: &Offer) -> Arg {
    let is_record = argument.get_value_parser().type_id() == TypeId::of::<RecordRef>();
    let is_person = argument
        .get_value_names()
        .is_some_and(|names| names.iter().any(|name| name.split('|').any(|part| part == "PERSON")));
    let values = argument.get_possible_values();
    let terms: Vec<_> = values.iter().filter_map(|value| term(value, words)).collect();
    if is_record {
        let step = argument.get::<ForStep>().map(|step| step.0);
        let offer = offer.clone();
        argument.add(ArgValueCompleter::new(move |typed: &OsStr| records(typed, &offer(step))))
    } else if is_person {
        argument.add(ArgValueCompleter::new(people))
    } else if !terms.is_empty() {
        argument.add(ArgValueCandidates::new(move || terms.iter().map(candidate).collect()))
    } else {
        argument
    }
}

/// A code and its word, by the vocabulary that its reader names.
fn term(value: &PossibleValue, words: Words) -> Option<(String, String)> {
    let vocabulary = value.get_help()?.to_string();
    let code = value.get_name();
    Some((code.to_owned(), words.open_term(&vocabulary, code)))
}

fn candidate((code, word): &(String, String)) -> CompletionCandidate {
    CompletionCandidate::new(code).help(Some(word.clone().into()))
}

/// Ids that begin with what was typed, or whose tail does, with their titles.
fn records(typed: &OsStr, offered: &[OfferedRecord]) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy().to_lowercase();
    let candidate = |id: &str, record: &OfferedRecord| {
        let begins = id.to_lowercase().starts_with(&typed);
        let title = record.title.clone().into();
        begins.then(|| CompletionCandidate::new(id).help(Some(title)))
    };
    let whole = offered.iter().filter_map(|record| candidate(&record.id, record));
    let by_tail = offered.iter().filter(|_| !typed.is_empty());
    let tails = by_tail.filter_map(|record| candidate(&record.tail, record));
    whole.chain(tails).collect()
}

fn people(typed: &OsStr) -> Vec<CompletionCandidate> {
    let policy = of_desk(|store, branch| store.view(&Revision::Tip, branch)?.policy());
    let people = policy.map(|policy| policy.people.people).unwrap_or_default();
    let ids =
        people.into_iter().filter(|person| person.active_to.is_none()).map(|person| person.id);
    ids.filter(|id| id.as_str().starts_with(&*typed.to_string_lossy()))
        .map(|id| CompletionCandidate::new(id.as_str()))
        .collect()
}

/// What the desk of this directory tells; `None` where there is none, for a shell is no place for
/// complaints.
fn of_desk<T>(
    tell: impl FnOnce(&Store, &str) -> Result<T, crate::store::error::Error>,
) -> Option<T> {
    let store = Store::discover(Path::new("."), &GitVariables::default()).ok()?;
    let desk = store.desk().ok()?;
    tell(&store, &desk.branch).ok()
}
