//! What is wrong with a file of YAML, in English.

use crate::{
    store::yaml::{
        Candidates, MAX_BLANKS, MAX_BYTES, MAX_VALUES, SyntaxFault, YamlError,
        fault::{GivenValue, WantedValue},
    },
    words::counted,
};

const QUOTE_IT: &str = "quote the text if it is one";

pub(super) fn fault(fault: &YamlError) -> String {
    match fault {
        YamlError::TooLarge { bytes } => {
            format!("{bytes} bytes, but at most {MAX_BYTES} can be read")
        }
        YamlError::Oversized { most } => {
            format!("more than {most} bytes, which is the most that a file of rules may have")
        }
        YamlError::NotUtf8 { line } => format!("line {line}: not UTF-8 text"),
        YamlError::Empty => "nothing but blank lines and comments".to_owned(),
        YamlError::ConflictMarkers { line } => {
            format!("line {line}: conflict marker of an unfinished merge")
        }
        YamlError::Character { line, column, code } => format!(
            "line {line}, column {column}: character U+{code:04X} must be written as an escape"
        ),
        YamlError::Anchor { line } => {
            format!("line {line}: anchors (`&name`) are not supported; {QUOTE_IT}")
        }
        YamlError::Alias { line } => {
            format!("line {line}: aliases (`*name`) are not supported; {QUOTE_IT}")
        }
        YamlError::Tag { line } => {
            format!("line {line}: tags (`!name`) are not supported; {QUOTE_IT}")
        }
        YamlError::Directive { line } => {
            format!("line {line}: directives (`%NAME`) are not supported")
        }
        YamlError::SeveralDocuments { line } => format!("line {line}: a second document begins"),
        YamlError::ComplexKey { line } => {
            format!("line {line}: keys beginning with `?` are not supported; {QUOTE_IT}")
        }
        YamlError::TooDeep { line } => format!("line {line}: nested too deep"),
        YamlError::TooMany { line } => {
            format!("line {line}: more than {MAX_VALUES} values in one file")
        }
        YamlError::TooManyBlanks { line } => {
            format!("line {line}: more than {MAX_BLANKS} blanks or empty lines in a row")
        }
        YamlError::DuplicateKey { line, key } => format!("line {line}: key `{key}` twice"),
        YamlError::Syntax { line, column, fault } => {
            format!("{}{}", place(Some(*line), *column), syntax(*fault))
        }
        YamlError::UnknownKey { line, column, place: within, given, known } => {
            let near = match known {
                Candidates::Nearest(nearest) => format!("; did you mean `{nearest}`?"),
                Candidates::All(known) => format!("; known here: {}", known.join(", ")),
            };
            format!("{}{within}unknown key or word `{given}`{near}", place(*line, *column))
        }
        YamlError::Unfit { line, column, place: within, given, wanted } => {
            format!("{}{within}{}", place(*line, *column), unfit(given, wanted))
        }
        YamlError::MissingKey { line, column, place: within, key } => {
            format!("{}{within}the key `{key}` is missing", place(*line, *column))
        }
        YamlError::Parse { line, column, message } => {
            format!("{}{message}", place(*line, *column))
        }
        YamlError::Unwritable { message } => format!("cannot be written as YAML: {message}"),
    }
}

fn place(line: Option<usize>, column: Option<usize>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!("line {line}, column {column}: "),
        (Some(line), None) => format!("line {line}: "),
        (None, _) => String::new(),
    }
}

fn unfit(given: &GivenValue, wanted: &WantedValue) -> String {
    let what = match wanted {
        WantedValue::Whole { least, most: Some(most) } => {
            format!("a whole number from {least} to {most}")
        }
        WantedValue::Whole { least: i64::MIN, most: None } => "a whole number".to_owned(),
        WantedValue::Whole { least, most: None } => format!("a whole number from {least} on"),
        WantedValue::Number => "a number".to_owned(),
        WantedValue::Switch(_) => "`true` or `false`".to_owned(),
        WantedValue::Text => "text".to_owned(),
        WantedValue::List => "a list: [a, b], or one item a line after `- `".to_owned(),
        WantedValue::Map => "a map: one `key: value` a line".to_owned(),
        WantedValue::Items(items) => format!("a list of {}", counted(*items, "item")),
        WantedValue::Date => "a date like 2026-01-31".to_owned(),
        WantedValue::Other(wanted) => wanted.clone(),
    };
    let meant = match wanted {
        WantedValue::Switch(Some(meant)) => format!("; did you mean `{meant}`?"),
        _ => String::new(),
    };
    match given {
        GivenValue::Scalar(text) => format!("“{text}” is not {what}{meant}"),
        GivenValue::Nothing => format!("nothing is given here, and it takes {what}"),
        GivenValue::List => format!("a list is given here, and it takes {what}"),
        GivenValue::Map => format!("a map is given here, and it takes {what}"),
        GivenValue::Items(1) => format!("1 item is given here, and it takes {what}"),
        GivenValue::Items(items) => format!("{items} items are given here, and it takes {what}"),
    }
}

fn syntax(fault: SyntaxFault) -> String {
    match fault {
        SyntaxFault::TextStart(byte) => {
            format!("a text cannot begin with `{}`", byte.escape_ascii())
        }
        SyntaxFault::ListItem => "a list item cannot begin here".to_owned(),
        SyntaxFault::LoneColon => format!("`:` without a key before it; {QUOTE_IT}"),
        SyntaxFault::StrayLine => "a line that is neither `key: value` nor a list item".to_owned(),
        SyntaxFault::BlockStart => "a block of text begins on the line after `|` or `>`".to_owned(),
        SyntaxFault::TabIndent => "a tab cannot indent".to_owned(),
        SyntaxFault::OpenQuote => "a quotation that is not closed".to_owned(),
        SyntaxFault::CutShort => "the file ends in the middle of a line".to_owned(),
    }
}
