//! What a field of the map gives for a row.

use super::{
    RowFault, SourceReader, SourceRow,
    map::{ValueSource, columns_in},
    times,
};
use crate::domain::base::{
    personal::without_personal,
    terms::Term,
    text::{LINE, TEXT, TextFault, tidy, tidy_line},
    time::Timestamp,
    zone::Zone,
};

/// Fields in which somebody's own words stand.
const IN_WORDS: [&str; 7] = ["customer", "title", "reported", "need", "note", "result", "cause"];

impl SourceReader<'_> {
    /// A time that has come.
    pub(super) fn time(
        &self,
        field: &'static str,
        from: &ValueSource,
        row: &SourceRow,
    ) -> Result<Timestamp, RowFault> {
        let at = self.due_time(field, from, row)?;
        if at > self.now {
            let given = self.line(field, from, row)?;
            return Err(RowFault::Future { field, given });
        }
        Ok(at)
    }

    /// As [`Self::time`], also one that is still to come.
    pub(super) fn due_time(
        &self,
        field: &'static str,
        from: &ValueSource,
        row: &SourceRow,
    ) -> Result<Timestamp, RowFault> {
        let given = self.line(field, from, row)?;
        let zone = self.zone_of(row)?;
        let at = times::read(field, &given, &self.formats, zone, self.map.doubled_hour)?;
        if at.unix() < 0 {
            return Err(RowFault::TooEarly { field, given });
        }
        Ok(at.in_zone(self.policy.calendar.zone()))
    }

    /// A time, where the cells name one.
    pub(super) fn some_time(
        &self,
        field: &'static str,
        from: Option<&ValueSource>,
        row: &SourceRow,
    ) -> Result<Option<Timestamp>, RowFault> {
        let Some(from) = from else { return Ok(None) };
        let told = self.text(field, from, row)?.is_some();
        told.then(|| self.time(field, from, row)).transpose()
    }

    fn zone_of(&self, row: &SourceRow) -> Result<Zone, RowFault> {
        let named = self.map.timezone.as_deref().filter(|name| !columns_in(name).is_empty());
        let Some(pattern) = named else { return Ok(self.zone) };
        let name = self.filled("timezone", pattern, row)?.unwrap_or_default();
        Zone::named(name.trim()).ok_or(RowFault::NotAZone { given: name })
    }

    /// A word of a closed vocabulary.
    pub(super) fn word<T: Term>(field: &'static str, given: &str) -> Result<T, RowFault> {
        T::from_code(given).ok_or_else(|| RowFault::NotAWord {
            field,
            given: given.to_owned(),
            known: T::ALL.iter().map(|term| term.code().to_owned()).collect(),
        })
    }

    /// As [`Self::word`], where the cells give one.
    pub(super) fn some_word<T: Term>(
        &self,
        field: &'static str,
        from: Option<&ValueSource>,
        row: &SourceRow,
    ) -> Result<Option<T>, RowFault> {
        self.some(field, from, row)?.map(|given| Self::word(field, &given)).transpose()
    }

    /// One line that must be there.
    pub(super) fn line(
        &self,
        field: &'static str,
        from: &ValueSource,
        row: &SourceRow,
    ) -> Result<String, RowFault> {
        self.some(field, Some(from), row)?.ok_or(RowFault::Empty { field })
    }

    /// One line, where there is one.
    pub(super) fn some(
        &self,
        field: &'static str,
        from: Option<&ValueSource>,
        row: &SourceRow,
    ) -> Result<Option<String>, RowFault> {
        // what a spreadsheet breaks into lines is one line all the same
        let line = |text: &str| tidy_line(&text.replace(['\r', '\n', '\t'], " "), LINE);
        self.tidied(field, from, row, line)
    }

    /// A text of several lines, where there is one.
    pub(super) fn some_text(
        &self,
        field: &'static str,
        from: Option<&ValueSource>,
        row: &SourceRow,
    ) -> Result<Option<String>, RowFault> {
        self.tidied(field, from, row, |text| tidy(text, TEXT))
    }

    fn tidied(
        &self,
        field: &'static str,
        from: Option<&ValueSource>,
        row: &SourceRow,
        tidy: impl Fn(&str) -> Result<String, TextFault>,
    ) -> Result<Option<String>, RowFault> {
        let Some(from) = from else { return Ok(None) };
        let text = self.text(field, from, row)?;
        let Some(text) = text else { return Ok(None) };
        let text = tidy(&text).map_err(|_| RowFault::BadText { field })?;
        let instead = self.instead.filter(|_| IN_WORDS.contains(&field));
        let without = instead.and_then(|instead| without_personal(&text, instead));
        Ok(Some(without.map_or(text, |(text, _)| text)))
    }

    /// The text that a field gives; `None` where all it reads is empty.
    fn text(
        &self,
        field: &'static str,
        from: &ValueSource,
        row: &SourceRow,
    ) -> Result<Option<String>, RowFault> {
        match from {
            ValueSource::Meaning { column, values, otherwise } => {
                let Some(cell) = self.cell(column, row) else {
                    return Ok(said(otherwise.clone()));
                };
                match values.get(cell).or(otherwise.as_ref()) {
                    Some(meaning) => Ok(said(Some(meaning.clone()))),
                    None => Err(RowFault::NoMeaning {
                        column: column.clone(),
                        given: cell.chars().take(60).collect(),
                    }),
                }
            }
            ValueSource::Or { text, otherwise } => {
                Ok(said(self.filled(field, text, row)?.or_else(|| Some(otherwise.clone()))))
            }
            ValueSource::Text(pattern) => self.filled(field, pattern, row),
        }
    }

    /// A text with its cells; `None` where all of them are empty.
    fn filled(
        &self,
        field: &'static str,
        pattern: &str,
        row: &SourceRow,
    ) -> Result<Option<String>, RowFault> {
        let columns = columns_in(pattern);
        if !columns.is_empty() && columns.iter().all(|column| self.cell(column, row).is_none()) {
            return Ok(None);
        }
        let mut text = String::new();
        let mut parts = pattern.split('{');
        text += parts.next().unwrap_or_default();
        for part in parts {
            let (column, rest) = part.split_once('}').ok_or(RowFault::BadText { field })?;
            text += self.cell(column, row).unwrap_or_default();
            text += rest;
        }
        Ok(Some(text).filter(|text| !text.trim().is_empty()))
    }

    /// The cell as it stands, where a field gives it another meaning.
    pub(super) fn source_word(&self, field: &ValueSource, row: &SourceRow) -> Option<String> {
        let column = field.columns().into_iter().next()?;
        tidy_line(self.cell(column, row)?, LINE).ok()
    }

    /// What stands in a column, unless the map calls it nothing.
    fn cell<'r>(&self, column: &str, row: &'r SourceRow) -> Option<&'r str> {
        let cell = row.cells.get(*self.file(row).columns.get(column)?)?.trim();
        Some(cell).filter(|cell| !cell.is_empty() && !self.map.empty.iter().any(|e| e == cell))
    }
}

/// A meaning that is empty says nothing.
fn said(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}
