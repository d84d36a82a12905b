//! The files of another system that are imported together: read once to see which rows belong
//! together, and again record by record, so that their size does not matter.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use crate::{
    app::{
        environment::Environment,
        log_file::{LogFile, LogRow, RowPlace},
    },
    domain::{
        analysis::source::{RowFault, RowLine, SourceReader, SourceRow, map::ColumnMap},
        base::time::Timestamp,
    },
    error::Result,
};

/// The opened files.
pub struct Logs {
    files: Vec<LogFile>,
}

/// Where a row is, and when what it tells happened.
#[derive(Clone, Copy, Debug)]
pub struct LogPlace {
    file: usize,
    place: RowPlace,
    moment: Option<i64>,
}

/// Which rows belong together.
#[derive(Debug, Default)]
pub struct LogIndex {
    pub rows: usize,
    /// Each number with its rows, in the order in which they first appear. Rows of one time are in
    /// the order in which they came about, as far as the files tell it.
    pub numbers: Vec<(String, Vec<LogPlace>)>,
    /// Rows whose number cannot be read.
    pub nameless: Vec<(RowLine, RowFault)>,
}

/// How a file runs, and over which time.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    /// How often the next row of a number is later, less how often it is earlier.
    of_numbers: i64,
    /// The same of all rows.
    of_all: i64,
    first: Option<i64>,
    last: Option<i64>,
}

impl Logs {
    /// Opens files for a map.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn open(environment: &Environment, files: &[PathBuf], map: &ColumnMap) -> Result<Self> {
        let columns = map.columns();
        let open = |file: &PathBuf| LogFile::open(environment, file, &columns, map.separator);
        Ok(Self { files: files.iter().map(open).collect::<Result<_>>()? })
    }

    /// The first line of each file.
    pub fn heads(&self) -> impl Iterator<Item = &[String]> {
        self.files.iter().map(|file| file.head.as_slice())
    }

    /// Looks through the files for the rows of each number.
    ///
    /// # Errors
    /// What cannot be read, or is no text in UTF-8.
    pub fn index(&mut self, reader: &SourceReader<'_>) -> Result<LogIndex> {
        let mut index = LogIndex::default();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut runs = vec![Run::default(); self.files.len()];
        for (file, log) in self.files.iter_mut().enumerate() {
            let mut before = None;
            while let Some(LogRow { place, cells, is_too_long }) = log.next()? {
                // files that were put behind one another repeat the first line
                if cells == log.head {
                    continue;
                }
                index.rows += 1;
                let row = SourceRow { line: RowLine { file, line: place.line }, cells };
                let number = if is_too_long { Err(RowFault::TooLong) } else { reader.number(&row) };
                let number = match number {
                    Ok(number) => number,
                    Err(fault) => {
                        index.nameless.push((row.line, fault));
                        continue;
                    }
                };
                let next = index.numbers.len();
                let known = *numbers.entry(number.clone()).or_insert(next);
                if known == next {
                    index.numbers.push((number, Vec::new()));
                }
                let moment = reader.moment(&row).map(Timestamp::unix);
                let places = &mut index.numbers[known].1;
                let of_number = places.last().filter(|last| last.file == file);
                let of_number = of_number.and_then(|last| last.moment);
                runs[file].goes_on(of_number, before, moment);
                before = moment.or(before);
                places.push(LogPlace { file, place, moment });
            }
        }
        for (_, places) in &mut index.numbers {
            if reader.has_whole_records() {
                places.sort_by_key(|row| (row.moment, runs[row.file].span()));
            } else {
                in_order(places, &runs);
            }
        }
        Ok(index)
    }

    /// The rows at these places.
    ///
    /// # Errors
    /// What cannot be read any more.
    pub fn rows(&mut self, places: &[LogPlace]) -> Result<Vec<SourceRow>> {
        let mut rows = Vec::with_capacity(places.len());
        for LogPlace { file, place, .. } in places {
            let line = RowLine { file: *file, line: place.line };
            let row = self.files[*file].row(*place)?;
            rows.extend(row.map(|row| SourceRow { line, cells: row.cells }));
        }
        Ok(rows)
    }
}

impl Run {
    fn goes_on(&mut self, of_number: Option<i64>, before: Option<i64>, moment: Option<i64>) {
        let Some(moment) = moment else { return };
        self.of_numbers += of_number.map_or(0, |before| (moment - before).signum());
        self.of_all += before.map_or(0, |before| (moment - before).signum());
        self.first = Some(self.first.map_or(moment, |first| first.min(moment)));
        self.last = Some(self.last.map_or(moment, |last| last.max(moment)));
    }

    /// The newest rows come first.
    fn is_newest_first(&self) -> bool {
        self.of_numbers < 0 || self.of_numbers == 0 && self.of_all < 0
    }

    fn span(&self) -> (Option<i64>, Option<i64>) {
        (self.first, self.last)
    }
}

/// Brings the rows of a number into the order of the files' times, each file from its oldest end.
fn in_order(places: &mut Vec<LogPlace>, runs: &[Run]) {
    let mut parts: Vec<Vec<LogPlace>> =
        places.chunk_by(|a, b| a.file == b.file).map(<[LogPlace]>::to_vec).collect();
    for part in &mut parts {
        if part.first().is_some_and(|row| runs[row.file].is_newest_first()) {
            part.reverse();
        }
    }
    parts.sort_by_key(|part| {
        let moments = || part.iter().map(|row| row.moment);
        let span = part.first().map(|row| runs[row.file].span());
        (moments().min(), moments().max(), span)
    });
    *places = parts.concat();
}

/// What a file is called in answers.
pub fn called(file: &Path) -> String {
    file.display().to_string()
}
