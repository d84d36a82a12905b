//! The file of another system, row by row: read once to see which rows belong together, and again
//! record by record, so that its size does not matter.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead, BufReader, Seek, SeekFrom},
    path::Path,
};

use crate::{
    app::{environment::Environment, input},
    domain::{
        analysis::source::{
            RowFault, SourceReader, SourceRow,
            map::{ColumnMap, Separator},
        },
        base::characters::without_mark,
    },
    error::{Error, IoPlace, Result},
    ui::spreadsheet::unquoted,
};

/// A quote that is not closed within so many bytes is none that belongs to a cell.
const MOST_OF_A_ROW: usize = 128 * 1024;

/// What has longer lines is no log.
const MOST_OF_A_LINE: usize = 16 * 1024 * 1024;

/// An opened file, with its first line read.
pub struct LogFile {
    file: BufReader<File>,
    what: IoPlace,
    separator: char,
    pub head: Vec<String>,
    place: RowPlace,
}

/// Where a row begins.
#[derive(Clone, Copy, Debug, Default)]
pub struct RowPlace {
    offset: u64,
    line: u64,
}

/// Which rows belong together.
#[derive(Debug, Default)]
pub struct LogIndex {
    pub rows: usize,
    /// Each number with its rows, in the order in which they first appear.
    pub numbers: Vec<(String, Vec<RowPlace>)>,
    /// Rows whose number cannot be read.
    pub nameless: Vec<(u64, RowFault)>,
}

impl LogFile {
    /// Opens a file for a map.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn open(environment: &Environment, file: &Path, map: &ColumnMap) -> Result<Self> {
        let (file, what) = input::seekable(environment, file)?;
        let place = RowPlace { offset: 0, line: 1 };
        let file = BufReader::with_capacity(64 * 1024, file);
        let mut log = Self { file, what, separator: ',', head: Vec::new(), place };
        let first = log.line()?.unwrap_or_default();
        log.go_to(place)?;
        log.separator = map.separator.unwrap_or_else(|| separates(&first, map)).character();
        log.head = log.next()?.map(|(_, row)| row.cells).unwrap_or_default();
        Ok(log)
    }

    /// Looks through the file for the rows of each number.
    ///
    /// # Errors
    /// What cannot be read, or is no text in UTF-8.
    pub fn index(&mut self, reader: &SourceReader<'_>) -> Result<LogIndex> {
        let mut index = LogIndex::default();
        let mut places: HashMap<String, usize> = HashMap::new();
        while let Some((place, row)) = self.next()? {
            // files that were put behind one another repeat the first line
            if row.cells == self.head {
                continue;
            }
            index.rows += 1;
            match reader.number(&row) {
                Err(fault) => index.nameless.push((row.line, fault)),
                Ok(number) => {
                    let next = index.numbers.len();
                    let known = *places.entry(number.clone()).or_insert(next);
                    if known == next {
                        index.numbers.push((number, Vec::new()));
                    }
                    index.numbers[known].1.push(place);
                }
            }
        }
        Ok(index)
    }

    /// The rows at these places.
    ///
    /// # Errors
    /// What cannot be read any more.
    pub fn rows(&mut self, places: &[RowPlace]) -> Result<Vec<SourceRow>> {
        let mut rows = Vec::with_capacity(places.len());
        for place in places {
            self.go_to(*place)?;
            rows.extend(self.next()?.map(|(_, row)| row));
        }
        Ok(rows)
    }

    /// The next row that has anything in it.
    fn next(&mut self) -> Result<Option<(RowPlace, SourceRow)>> {
        loop {
            let begins = self.place;
            let Some(first) = self.line()? else { return Ok(None) };
            let after = self.place;
            let mut text = without_mark(&first).to_owned();
            let cells = loop {
                if let Some(cells) = unquoted(&text, self.separator) {
                    break cells;
                }
                let more = if text.len() < MOST_OF_A_ROW { self.line()? } else { None };
                let Some(more) = more else {
                    // a quote that is never closed costs its own line alone
                    self.go_to(after)?;
                    break vec![without_mark(&first).to_owned()];
                };
                text.push('\n');
                text += &more;
            };
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some((begins, SourceRow { line: begins.line, cells })));
            }
        }
    }

    /// The next line without its end, whatever that is.
    fn line(&mut self) -> Result<Option<String>> {
        let Self { file, what, place, .. } = self;
        let unreadable = |source| Error::Io { what: what.clone(), source };
        let mut bytes: Vec<u8> = Vec::new();
        let mut is_ended = false;
        while !is_ended {
            let buffer = file.fill_buf().map_err(unreadable)?;
            if buffer.is_empty() {
                break;
            }
            let end = buffer.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let taken = end.unwrap_or(buffer.len());
            bytes.extend_from_slice(&buffer[..taken]);
            if bytes.len() > MOST_OF_A_LINE {
                let most = u64::try_from(MOST_OF_A_LINE).unwrap_or_default();
                return Err(Error::TooLarge { what: what.clone(), most });
            }
            let is_return = end.is_some_and(|end| buffer[end] == b'\r');
            is_ended = end.is_some();
            let used = taken + usize::from(is_ended);
            file.consume(used);
            place.offset += u64::try_from(used).unwrap_or_default();
            if is_return && file.fill_buf().map_err(unreadable)?.first() == Some(&b'\n') {
                file.consume(1);
                place.offset += 1;
            }
        }
        if !is_ended && bytes.is_empty() {
            return Ok(None);
        }
        place.line += 1;
        let text = String::from_utf8(bytes);
        text.map(Some).map_err(|_| Error::NotUtf8 { what: what.clone() })
    }

    fn go_to(&mut self, place: RowPlace) -> Result<()> {
        let ahead = i64::try_from(place.offset).unwrap_or(i64::MAX)
            - i64::try_from(self.place.offset).unwrap_or(i64::MAX);
        // what is read already need not be read again
        let moved = self.file.seek_relative(ahead);
        let moved = moved.or_else(|_| self.file.seek(SeekFrom::Start(place.offset)).map(drop));
        moved.map_err(|source| Error::Io { what: self.what.clone(), source })?;
        self.place = place;
        Ok(())
    }
}

/// What separates the cells of a first line: that by which it has the columns of the map, or the
/// most of them.
fn separates(first: &str, map: &ColumnMap) -> Separator {
    let has = |separator: &Separator| {
        let cells = unquoted(without_mark(first), separator.character()).unwrap_or_default();
        let columns = map.columns();
        let found =
            columns.iter().filter(|column| cells.iter().any(|cell| cell.trim() == **column));
        (found.count(), cells.len())
    };
    let best = Separator::ALL.into_iter().rev().max_by_key(has);
    best.unwrap_or(Separator::Comma)
}
