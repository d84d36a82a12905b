//! The maps that columns are read by: those of docket and one's own.

use serde::Serialize;

use crate::{
    app::App,
    domain::analysis::source::map::ColumnMap,
    error::{Error, IoPlace, Result, usage::Usage},
    store::{
        files,
        maps::{self, BuiltInMap},
        yaml,
    },
    ui::{answer::Answer, terminal::Terminal},
    words::{Words, message::Message},
};

/// A map by the path of its file, else by the name of one of docket's.
///
/// # Errors
/// [`Usage::NoMap`] and [`Usage::MapFile`], or a file that cannot be read.
pub(super) fn read(app: &App<'_>, given: &str, words: Words) -> Result<ColumnMap> {
    let path = app.environment.directory.join(given);
    let what = IoPlace::File(given.to_owned());
    let bytes = match (maps::named(given), path.exists()) {
        (Some(map), false) => spoken(map.text, words).into_bytes(),
        (None, false) if !given.contains(['/', '.']) => return Err(unknown(given)),
        (_, _) => files::read(&path).map_err(|source| Error::Io { what, source })?,
    };
    yaml::from_slice(&bytes).map_err(|fault| {
        Error::Usage(Usage::MapFile { path: given.to_owned(), fault: Box::new(fault) })
    })
}

/// A map of docket's with the desk's words for cells that say nothing.
fn spoken(text: &str, words: Words) -> String {
    let mark = "otherwise: ";
    let line = |line: &str| {
        let filler = line.split_once(mark).and_then(|(before, rest)| {
            let (english, after) = rest.split_at(rest.find('}').unwrap_or(rest.len()));
            Some(format!("{before}{mark}{}{after}\n", words.filler(english)?))
        });
        filler.unwrap_or_else(|| format!("{line}\n"))
    };
    text.lines().map(line).collect()
}

fn unknown(given: &str) -> Error {
    let known = maps::ALL.iter().map(|map| map.name.to_owned()).collect();
    Error::Usage(Usage::NoMap { given: given.to_owned(), known })
}

/// The maps of docket, or the text of one.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum MapAnswer {
    All { maps: Vec<MapLine> },
    One { name: &'static str, text: String },
}

/// One map of docket.
#[derive(Debug, Serialize)]
pub(super) struct MapLine {
    name: &'static str,
    system: &'static str,
    /// Where the columns are documented.
    documented: Option<&'static str>,
    /// Whether it was tried on a log of the system.
    tried: bool,
}

impl MapAnswer {
    pub(super) fn all() -> Self {
        let line = |map: &BuiltInMap| MapLine {
            name: map.name,
            system: map.system,
            documented: map.documented,
            tried: map.tried,
        };
        Self::All { maps: maps::ALL.iter().map(line).collect() }
    }

    pub(super) fn one(given: &str, words: Words) -> Result<Self> {
        let map = maps::named(given).ok_or_else(|| unknown(given))?;
        Ok(Self::One { name: map.name, text: spoken(map.text, words) })
    }
}

impl Answer for MapAnswer {
    fn human(&self, terminal: &Terminal) -> String {
        match self {
            Self::One { text, .. } => text.clone(),
            Self::All { maps } => {
                let line = |map: &MapLine| {
                    let &MapLine { name, system, documented, tried } = map;
                    let listed = Message::MapListed { name, system, documented, tried };
                    terminal.indented(&terminal.words.message(&listed), 0)
                };
                maps.iter().map(line).collect()
            }
        }
    }
}
