//! A file of another system, row by row, from any place in it; the only reader of such files.

use std::{
    fs::File,
    io::{BufRead, BufReader, Seek, SeekFrom},
    path::Path,
};

use crate::{
    app::{
        environment::Environment,
        input::{self, MOST_WITHOUT_END},
    },
    domain::{
        analysis::source::map::Separator,
        base::characters::{BYTE_ORDER_MARK, without_mark},
    },
    error::{Error, IoPlace, Result},
    ui::spreadsheet::{RowEnd, RowScan, unquoted},
};

/// A quote that is not closed within so many bytes is none that belongs to a cell.
const MOST_OF_A_ROW: usize = 128 * 1024;

/// A longer line is no row, and is told of by its number.
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowPlace {
    offset: u64,
    /// Its line, counted from 1.
    pub line: u64,
}

/// A row as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    pub place: RowPlace,
    pub cells: Vec<String>,
    /// Its line is longer than a row is, and was not kept.
    pub is_too_long: bool,
}

/// A line without its end.
struct LogLine {
    text: String,
    is_too_long: bool,
}

impl LogFile {
    /// Opens a file that has some of these columns.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn open(
        environment: &Environment,
        file: &Path,
        columns: &[&str],
        separator: Option<Separator>,
    ) -> Result<Self> {
        let (file, what) = input::seekable(environment, file)?;
        let place = RowPlace { offset: 0, line: 1 };
        let file = BufReader::with_capacity(64 * 1024, file);
        let mut log = Self { file, what, separator: ',', head: Vec::new(), place };
        let first = log.line()?.map(|line| line.text).unwrap_or_default();
        log.go_to(place)?;
        log.separator = separator.unwrap_or_else(|| separates(&first, columns)).character();
        log.head = log.next()?.map(|row| row.cells).unwrap_or_default();
        Ok(log)
    }

    /// The row at this place.
    ///
    /// # Errors
    /// What cannot be read any more.
    pub fn row(&mut self, place: RowPlace) -> Result<Option<LogRow>> {
        self.go_to(place)?;
        self.next()
    }

    /// The next row that has anything in it.
    ///
    /// # Errors
    /// What cannot be read, or is no text in UTF-8.
    pub fn next(&mut self) -> Result<Option<LogRow>> {
        loop {
            let place = self.place;
            let Some(first) = self.line()? else { return Ok(None) };
            if first.is_too_long {
                return Ok(Some(LogRow { place, cells: Vec::new(), is_too_long: true }));
            }
            let cells = self.cells(without_mark(&first.text))?;
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(LogRow { place, cells, is_too_long: false }));
            }
        }
    }

    /// The cells of the row that begins with a line, which may go on in the next ones.
    fn cells(&mut self, first: &str) -> Result<Vec<String>> {
        let after = self.place;
        let mut row = RowScan::new(self.separator);
        let mut end = row.line(first);
        let mut length = first.len();
        while end == RowEnd::Open && length < MOST_OF_A_ROW {
            let Some(more) = self.line()?.filter(|more| !more.is_too_long) else { break };
            length += more.text.len() + 1;
            end = row.line(&more.text);
        }
        match end {
            RowEnd::Whole(cells) => Ok(cells),
            // a quote that is never closed costs its own line alone
            RowEnd::Open | RowEnd::Broken => {
                self.go_to(after)?;
                Ok(vec![first.to_owned()])
            }
        }
    }

    /// The next line without its end, whatever that is.
    fn line(&mut self) -> Result<Option<LogLine>> {
        let begins = self.place;
        let Self { file, what, place, .. } = self;
        let unreadable = |source| Error::Io { what: what.clone(), source };
        let mut bytes: Vec<u8> = Vec::new();
        let (mut is_ended, mut is_too_long) = (false, false);
        while !is_ended {
            let buffer = file.fill_buf().map_err(unreadable)?;
            if buffer.is_empty() {
                break;
            }
            let end = buffer.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let taken = end.unwrap_or(buffer.len());
            is_too_long |= bytes.len() + taken > MOST_OF_A_LINE;
            if is_too_long {
                bytes.clear();
            } else {
                bytes.extend_from_slice(&buffer[..taken]);
            }
            let is_return = end.is_some_and(|end| buffer[end] == b'\r');
            is_ended = end.is_some();
            let used = taken + usize::from(is_ended);
            file.consume(used);
            place.offset += u64::try_from(used).unwrap_or_default();
            if place.offset - begins.offset > MOST_WITHOUT_END {
                return Err(Error::TooLarge { what: what.clone(), most: MOST_WITHOUT_END });
            }
            if is_return && file.fill_buf().map_err(unreadable)?.first() == Some(&b'\n') {
                file.consume(1);
                place.offset += 1;
            }
        }
        if !is_ended && bytes.is_empty() && !is_too_long {
            return Ok(None);
        }
        place.line += 1;
        let text = String::from_utf8(bytes);
        let mut text = text.map_err(|_| Error::NotUtf8 { what: what.clone() })?;
        if let Some(end) = self.next_head(&text) {
            let ahead = u64::try_from(end).unwrap_or_default();
            let next = RowPlace { offset: begins.offset + ahead, line: self.place.line };
            self.go_to(next)?;
            text.truncate(end);
        }
        Ok(Some(LogLine { text, is_too_long }))
    }

    /// Where the first line of another file begins, for files put behind one another of which the
    /// first ended without a line end.
    fn next_head(&self, text: &str) -> Option<usize> {
        let first = self.head.first().filter(|first| !first.is_empty())?;
        let mut marks = text.match_indices(BYTE_ORDER_MARK).map(|(at, _)| at);
        marks.find(|at| *at > 0 && without_mark(&text[*at..]).starts_with(first.as_str()))
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

/// What separates the cells of a first line: that by which it has the wanted columns, or the most
/// of them.
fn separates(first: &str, columns: &[&str]) -> Separator {
    let has = |separator: &Separator| {
        let cells = unquoted(without_mark(first), separator.character()).unwrap_or_default();
        let found =
            columns.iter().filter(|column| cells.iter().any(|cell| cell.trim() == **column));
        (found.count(), cells.len())
    };
    let best = Separator::ALL.into_iter().rev().max_by_key(has);
    best.unwrap_or(Separator::Comma)
}
