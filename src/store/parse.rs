//! Files of a desk as values: a fault names the file, and a later format is no damage.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    error::{Error, Result},
    file,
    git::FileChange,
    layout,
    rule_edit::entry_key,
    yaml::{self, SyntaxFault, YamlError},
};
use crate::domain::{
    base::rule_place::RulePlace,
    deciding::contacts,
    history::{event::FORMAT, person::PersonDetails, record::Record},
};

/// The text of a file.
///
/// # Errors
/// The first line that is not UTF-8.
pub(super) fn text_of(path: &str, bytes: Vec<u8>) -> Result<String> {
    let broken = |line| Error::broken(path, YamlError::NotUtf8 { line });
    String::from_utf8(bytes).map_err(|fault| {
        let valid = fault.utf8_error().valid_up_to();
        broken(fault.as_bytes()[..valid].split(|byte| *byte == b'\n').count())
    })
}

/// The record of a file that docket wrote, whole and at its own path.
pub(super) fn read_record(path: &str, bytes: &[u8]) -> Result<Record> {
    if !bytes.ends_with(b"\n") {
        let line = bytes.split(|byte| *byte == b'\n').count();
        let source = YamlError::Syntax { line, column: None, fault: SyntaxFault::CutShort };
        return Err(Error::broken(path, source));
    }
    let record: Record = parse_own(path, bytes)?;
    if layout::record(&record.id) == path {
        Ok(record)
    } else {
        Err(Error::Misplaced { path: path.to_owned(), id: record.id.to_string() })
    }
}

/// The most bytes of a file that says who somebody is.
const MOST_OF_PERSON: usize = 64 * 1024;

/// Who a contact is, out of the file at `path` under their reference.
///
/// # Errors
/// [`Error::Newer`]; what docket would not have written: a file elsewhere, of another one, too large, or with
/// texts that no command keeps.
pub(super) fn read_person(path: &str, bytes: &[u8]) -> Result<PersonDetails> {
    let of_people = layout::spelled_person(path);
    if bytes.len() > MOST_OF_PERSON {
        return Err(Error::Grown { path: of_people, size: bytes.len() });
    }
    let person: PersonDetails = parse_own(&of_people, bytes)?;
    if layout::person(&person.id) != path {
        return Err(Error::Misplaced { path: of_people, id: person.id.to_string() });
    }
    if person.format > FORMAT {
        return Err(Error::Newer { path: of_people, format: person.format, ours: FORMAT });
    }
    let is_sound = person.format == FORMAT && contacts::told(&person).is_ok();
    if !is_sound {
        return Err(Error::NotAPerson { path: of_people });
    }
    Ok(person)
}

/// The file of a person, as [`read_person`] reads it.
///
/// # Errors
/// [`Error::Grown`] where more is told of the person than a file holds.
pub(super) fn person_file(path: String, person: &PersonDetails) -> Result<FileChange> {
    let written = file(path, person)?;
    let size = written.content.as_ref().map_or(0, Vec::len);
    if size > MOST_OF_PERSON {
        let path = layout::spelled_person(&written.path);
        return Err(Error::Grown { path, size });
    }
    Ok(written)
}

/// As [`parse`], for a file that docket writes itself.
pub(super) fn parse_own<T: DeserializeOwned + Serialize>(path: &str, bytes: &[u8]) -> Result<T> {
    yaml::from_own(bytes).or_else(|_| parse(path, bytes))
}

/// Reads a file; one of a later format is told apart from a broken one.
pub(super) fn parse<T: DeserializeOwned>(path: &str, bytes: &[u8]) -> Result<T> {
    yaml::from_slice(bytes).map_err(|source| {
        let format = yaml::from_slice::<Formatted>(bytes).map_or(0, |file| file.format);
        if format > FORMAT {
            Error::Newer { path: path.to_owned(), format, ours: FORMAT }
        } else {
            Error::broken(path, source)
        }
    })
}

/// The most bytes of a file of rules.
pub(super) const MOST_OF_RULES: usize = 1024 * 1024;

/// That a file of rules is larger than one may be.
pub(super) fn oversized(path: &str) -> Error {
    Error::broken(path, YamlError::Oversized { most: MOST_OF_RULES })
}

/// As [`parse`], for a file of rules: a fault in an entry of a list calls that by its name.
pub(super) fn parse_rules<T: DeserializeOwned>(path: &str, bytes: &[u8]) -> Result<T> {
    if bytes.len() > MOST_OF_RULES {
        return Err(oversized(path));
    }
    parse(path, bytes).map_err(|why| match (why, yaml::from_slice::<Value>(bytes)) {
        (Error::Broken { path, source }, Ok(tree)) => {
            let key = |place: &str| entry_key(&tree, &RulePlace::read(place));
            Error::broken(path, source.with_place(key))
        }
        (why, _) => why,
    })
}

#[derive(Deserialize)]
struct Formatted {
    #[serde(default)]
    format: u32,
}
