//! What is wrong with the words of a command line, in English.

use crate::{
    domain::analysis::source::RowFault,
    error::usage::{ArgumentName, BadValue, SyntaxError, Usage, ValueFault},
    words::{
        counted,
        en::{
            help::HELP,
            source,
            time::{duration_fault, moment_fault},
            yaml,
        },
        typed,
    },
};

pub(super) fn sentence(usage: &Usage) -> String {
    match usage {
        Usage::Syntax { command, error } => syntax(command, error),
        Usage::Value(value) => bad_value(value),
        Usage::NotBoth { one, other } => {
            format!("{} cannot be used with {other}", HELP.placeholder(one))
        }
        Usage::NotAZone { given } => super::time::not_a_zone(given),
        Usage::NotACountry { given } => {
            format!("“{given}” is not a country: two capital letters, such as CN or DE")
        }
        Usage::NotQuoted { given, .. } => {
            format!("no record is called “{given}”; a text of several words stands in quotes")
        }
        Usage::NoText { given, .. } => format!("“{given}” is a record, not the text"),
        Usage::NotAnAlias { alias, meaning } => format!(
            "docket.alias.{alias} is “{meaning}”, which does not begin with a command: docket --help lists them"
        ),
        Usage::NotALanguage { place, given } => {
            format!("{place}: “{given}” is not a known language: en or zh-CN")
        }
        Usage::NotARuleFile { given, known } => {
            format!("“{given}” is not called like a policy file: {}", known.join(", "))
        }
        Usage::NoSuchRule { given, part, known, .. } if known.is_empty() => {
            format!("{given}: “{part}” is below a single value, which has no keys")
        }
        Usage::NoSuchRule { given, part, known, .. } if part.is_empty() => {
            format!("{given}: name one value below it: {}", known.join(", "))
        }
        Usage::NoSuchRule { given, part, known, .. } => {
            format!("{given}: there is no “{part}” here: {}", known.join(", "))
        }
        Usage::Roster => "the roster is changed entry by entry".to_owned(),
        Usage::NotAdoptable { path } => {
            format!("{path} has no day of its own: it is changed at once")
        }
        Usage::AdoptedWithReason { .. } => {
            "--reason says why an adoption is withdrawn, and goes with --withdraw only".to_owned()
        }
        Usage::NothingToChange { flags } => {
            format!("nothing to change: say one of {}", flags.join(", "))
        }
        Usage::NotByEdit { key } => {
            format!(
                "`{key}` is not changed by this command: docket writes it, or the desk began with it"
            )
        }
        Usage::NotAPrefix { given } => {
            format!("“{given}” is not a valid prefix: one to eight capitals or digits")
        }
        Usage::NotAnId { given, like } => format!("“{given}” is not an id like {like}"),
        Usage::NeedsTerminal { flag } => {
            format!(
                "{flag} draws on a terminal, and this is none; without it the answer is printed once"
            )
        }
        Usage::NotForTerminal { name } => {
            format!("{name} is no text that a terminal could show")
        }
        Usage::Backwards => "--from is later than --to".to_owned(),
        Usage::NoReply { given, .. } => format!("no canned reply “{given}”"),
        Usage::NoReport { given, .. } => format!("no report “{given}”"),
        Usage::NoKpi { given, .. } => format!("no key figure “{given}”"),
        Usage::Map { file: Some(file), fault } => {
            format!("--map: {file}: {}", source::map_fault(fault))
        }
        Usage::Map { file: None, fault } => format!("--map: {}", source::map_fault(fault)),
        Usage::MapFile { path, fault } => format!("--map: {path}: {}", yaml::fault(fault)),
        Usage::NoMap { given, known } => format!(
            "--map: no file and no built-in map “{given}”; built-in maps: {}",
            known.join(", ")
        ),
        Usage::NotEmpty { dir } => format!("{dir} is not an empty directory"),
        Usage::UnknownColumn { given } => format!("“{given}” is not a known column"),
        Usage::ColumnTwice { column } => format!("column {column} occurs twice"),
        Usage::NoColumn { column } => format!("column {column} is missing"),
        Usage::BadCell { column, given } if given.is_empty() => format!("{column} is empty"),
        Usage::BadCell { column, given } => format!("“{given}” is not a valid {column}"),
        Usage::RowTooLong => source::fault(&RowFault::TooLong),
        Usage::TooManyCells { cells, columns } => {
            format!(
                "{}, but the first line names {}",
                counted(*cells, "cell"),
                counted(*columns, "column")
            )
        }
        Usage::NotAKey { given } => format!(
            "--key takes the line of an OpenSSH .pub file or openpgp:FINGERPRINT, not “{given}”"
        ),
    }
}

pub(super) fn hint(usage: &Usage) -> Option<String> {
    let meant = |near: &[String], all: &str| match near {
        [] => format!("{all} lists them all"),
        near => format!("did you mean {}? {all} lists them all", near.join(" or ")),
    };
    match usage {
        Usage::Syntax { error, .. } if !meant_by(error).is_empty() => {
            let lines: Vec<_> = meant_by(error).iter().map(|name| what_it_does(name)).collect();
            Some(lines.join("\n"))
        }
        Usage::Syntax { command, .. } if command == "docket report" && !usage.missing().is_empty() => {
            Some("docket report --list lists them all".to_owned())
        }
        usage if usage.is_name_of_attachment() => Some(
            "the desk names attachments itself; --note TEXT says what is to be known of them, --kind what they show"
                .to_owned(),
        ),
        Usage::Syntax { command, error } => Some(match syntax_hint(error) {
            Some(hint) if hint.ends_with('?') => format!("{hint} See {command} --help"),
            Some(hint) => format!("{hint}; see {command} --help"),
            None => format!("see {command} --help"),
        }),
        Usage::Value(value) => value_hint(value),
        Usage::UnknownColumn { .. } | Usage::NoColumn { .. } => Some(
            "the columns are record, satisfaction, by, and optionally questions, sent, comment, \
             answer.KEY"
                .to_owned(),
        ),
        Usage::NoReply { known, .. } if known.is_empty() => {
            Some("canned replies are files templates/replies/NAME.md".to_owned())
        }
        Usage::NoReply { known, .. } => Some(format!("canned replies: {}", known.join(", "))),
        Usage::NoReport { near, .. } => Some(meant(near, "docket report --list")),
        Usage::NoKpi { near, .. } => Some(meant(near, "docket report kpi --format csv")),
        Usage::Map { .. } | Usage::MapFile { .. } => {
            Some("docket import --help names every key; docket import --show-map servicenow is one to start from".to_owned())
        }
        Usage::NotEmpty { .. } => Some("docket demo DIR makes it in another directory".to_owned()),
        Usage::NoSuchRule { meant, .. } if !meant.is_empty() => {
            Some(format!("did you mean {}?", meant.join(" or ")))
        }
        Usage::NoSuchRule { .. } => Some("docket policy show lists the files, docket policy show FILE the keys".to_owned()),
        Usage::Roster => Some("docket people change PERSON, see docket people --help".to_owned()),
        Usage::NotAdoptable { path } => Some(format!("docket policy edit {path}")),
        Usage::AdoptedWithReason { file } => {
            let file = typed(file.as_deref().unwrap_or_default(), "FILE");
            Some(format!("the draft has its reason already; to adopt it: docket policy adopt {file}"))
        }
        Usage::NoMap { .. } => Some("docket import --list-maps".to_owned()),
        Usage::NotForTerminal { .. } => Some("-o FILE saves it".to_owned()),
        Usage::Backwards => {
            Some("the earlier time first: --from 2026-11-01 --to 2026-11-30".to_owned())
        }
        Usage::NotQuoted { verb: verb @ ("ack" | "accept" | "promise"), .. } => {
            Some(format!("docket help times lists the times that can be written; see docket {verb} --help"))
        }
        Usage::NotQuoted { verb, .. } | Usage::NoText { verb, .. } => Some(format!("see docket {verb} --help")),
        Usage::NotBoth { .. }
        | Usage::NotAZone { .. }
        | Usage::NotACountry { .. }
        | Usage::NotALanguage { .. }
        | Usage::NotAnAlias { .. }
        | Usage::NotAPrefix { .. }
        | Usage::NotARuleFile { .. }
        | Usage::NotByEdit { .. }
        | Usage::NothingToChange { .. }
        | Usage::NotAnId { .. }
        | Usage::NeedsTerminal { .. }
        | Usage::ColumnTwice { .. }
        | Usage::BadCell { .. }
        | Usage::TooManyCells { .. }
        | Usage::RowTooLong
        | Usage::NotAKey { .. } => None,
    }
}

fn syntax(command: &str, error: &SyntaxError) -> String {
    let list = |arguments: &[ArgumentName]| -> String {
        let spelled: Vec<_> = arguments.iter().map(|one| HELP.spelled(one)).collect();
        spelled.join(", ")
    };
    match error {
        SyntaxError::UnknownCommand { given, .. } => format!("no command “{given}”"),
        SyntaxError::NoCommand { .. } => format!("{command} needs a command"),
        SyntaxError::UnknownOption { given, .. } => format!("no option {given}"),
        SyntaxError::Unheeded { flag } => format!("{command} takes no {flag}"),
        SyntaxError::Unexpected { given } => format!("unexpected argument “{given}”"),
        SyntaxError::TakesNoValue { argument, given } => {
            format!("{} takes no value, not “{given}”", HELP.spelled(argument))
        }
        SyntaxError::Missing { arguments } => {
            let ending = if arguments.len() == 1 { "" } else { "s" };
            format!("missing argument{ending}: {}", list(arguments))
        }
        SyntaxError::NoValue { argument, .. } => {
            format!("{} needs a value", HELP.spelled(argument))
        }
        SyntaxError::Conflict { argument, others } => {
            format!("{} cannot be used with {}", HELP.spelled(argument), list(others))
        }
        SyntaxError::Repeated { argument } => {
            format!("{} can be given only once", HELP.spelled(argument))
        }
        SyntaxError::Value(value) => bad_value(value),
        SyntaxError::NotUtf8 => "an argument is not valid UTF-8".to_owned(),
        SyntaxError::Unreadable => "the command line cannot be read".to_owned(),
    }
}

fn syntax_hint(error: &SyntaxError) -> Option<String> {
    match error {
        SyntaxError::UnknownOption { given, .. }
            if given.starts_with('-') && given[1..].starts_with(|c: char| c.is_ascii_digit()) =>
        {
            Some(
                "a time to come is written +1h, one that has passed behind its option: --at -1h"
                    .to_owned(),
            )
        }
        SyntaxError::UnknownOption { near, known, .. } if near.is_empty() && !known.is_empty() => {
            Some(format!("its options: {}", known.join(", ")))
        }
        SyntaxError::UnknownOption { given, near, .. }
            if near.is_empty() && !given.starts_with("--") =>
        {
            Some("a text that begins with a dash is written --OPTION=-TEXT".to_owned())
        }
        SyntaxError::UnknownCommand { near, known, .. } if near.is_empty() => {
            Some(if known.is_empty() {
                "docket shows today's board, docket call logs a call, docket list finds records, docket \
                 report --list lists the reports"
                    .to_owned()
            } else {
                format!("one of: {}", known.join(", "))
            })
        }
        SyntaxError::UnknownCommand { near, .. } | SyntaxError::UnknownOption { near, .. } => {
            (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")))
        }
        SyntaxError::NoCommand { known } => Some(format!("one of: {}", known.join(", "))),
        SyntaxError::Value(value) => value_hint(value),
        SyntaxError::NoValue { known, .. } if !known.is_empty() => {
            let known: Vec<_> = known.iter().map(|(_, code)| code.clone()).collect();
            Some(format!("one of: {}", known.join(", ")))
        }
        SyntaxError::Unheeded { .. }
        | SyntaxError::Unexpected { .. }
        | SyntaxError::TakesNoValue { .. }
        | SyntaxError::Missing { .. }
        | SyntaxError::NoValue { .. }
        | SyntaxError::Conflict { .. }
        | SyntaxError::Repeated { .. }
        | SyntaxError::NotUtf8
        | SyntaxError::Unreadable => None,
    }
}

/// The commands that are looked for, where that is known.
fn meant_by(error: &SyntaxError) -> &'static [&'static str] {
    match error {
        SyntaxError::UnknownCommand { meant, .. } => meant,
        _ => &[],
    }
}

/// A command with its line of help.
fn what_it_does(name: &str) -> String {
    if name.is_empty() {
        return "docket shows today's board: what waits, what is late".to_owned();
    }
    let line = HELP.command(name).map_or("", |help| help.line);
    format!("docket {name}: {line}; see docket {name} --help")
}

fn bad_value(value: &BadValue) -> String {
    let BadValue { argument, given, why } = value;
    let place = argument.flag.clone().unwrap_or_else(|| HELP.spelled(argument));
    match why {
        ValueFault::Time(fault) => format!("{place}: {}", moment_fault(fault)),
        ValueFault::Duration(fault) => format!("{place}: {}", duration_fault(fault)),
        ValueFault::Id { like } => format!("{place}: “{given}” is not an id like {like}"),
        ValueFault::Window => {
            format!(
                "{place} takes two times with .. between them, like 14:00..16:00, not “{given}”"
            )
        }
        ValueFault::Conduct => {
            format!(
                "{place} takes clean, or a prohibition with what happened, like \"P5:smoked\", not “{given}”"
            )
        }
        ValueFault::Data => {
            format!(
                "{place} takes no, or what was touched and who allowed it, like \"the mailbox:Ms Wang\", not “{given}”"
            )
        }
        ValueFault::Client => {
            format!(
                "{place} takes removed, or kept with the reason, like \"kept:for next week\", not “{given}”"
            )
        }
        ValueFault::Pair => {
            let form = argument.placeholder.as_deref().unwrap_or("KEY=VALUE");
            format!("{place} takes {form}, not “{given}”")
        }
        ValueFault::Number => format!("{place}: “{given}” is not a whole number"),
        ValueFault::Month => format!("{place}: “{given}” is not a month: write 2026-11 or last"),
        ValueFault::NoneOf { .. } | ValueFault::Other => {
            format!("“{given}” is not a valid value for {place}")
        }
    }
}

fn value_hint(value: &BadValue) -> Option<String> {
    match &value.why {
        ValueFault::NoneOf { known, .. } => Some(format!("one of: {}", known.join(", "))),
        ValueFault::Time(_) => Some("docket help times lists what can be written".to_owned()),
        ValueFault::Month => {
            Some("--month last, or a year and a month: --month 2026-11".to_owned())
        }
        ValueFault::Number if value.argument.placeholder.as_deref() == Some("ATTACHMENT") => {
            Some("its number stands in docket attachment list RECORD".to_owned())
        }
        ValueFault::Id { like } if !like.contains('-') => {
            Some(format!("small letters and digits, such as {like}"))
        }
        ValueFault::Duration(_)
        | ValueFault::Id { .. }
        | ValueFault::Pair
        | ValueFault::Window
        | ValueFault::Conduct
        | ValueFault::Data
        | ValueFault::Client
        | ValueFault::Number
        | ValueFault::Other => None,
    }
}
