//! Comma-separated values that no spreadsheet takes for formulas; the only home of `csv`.

use crate::domain::base::characters::{
    BYTE_ORDER_MARK, escaped, half_width, is_invisible, without_mark,
};

/// Rows as CSV; a field that a spreadsheet could run gets an apostrophe before it.
pub fn csv(rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail.
        let _ = writer.write_record(row.iter().map(|field| harmless(field)));
    }
    writer
        .into_inner()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

/// A field as a spreadsheet and a terminal may have it: no formula, nothing that moves the cursor or
/// turns the line.
fn harmless(field: &str) -> String {
    let shown = escaped(field, |c| (c == '\n').then(|| "\n".into()));
    if runs(&shown) { format!("'{shown}") } else { shown }
}

/// True for what a spreadsheet takes for a formula, as some do behind blanks too.
fn runs(field: &str) -> bool {
    let blank = |c: char| c.is_whitespace() || is_invisible(c);
    let starts = |c: char| matches!(half_width(c), '=' | '+' | '-' | '@');
    field.starts_with(['\t', '\r']) || field.trim_start_matches(blank).starts_with(starts)
}

/// A row that was read, with the number of its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvRow {
    pub line: u64,
    pub cells: Vec<String>,
}

/// The rows of a CSV file, or of several behind one another, that have anything in them, whatever
/// their line ends; the mark of the byte order and the apostrophe that keeps a formula from being run are taken away.
///
/// A quote that is never closed does not swallow what comes after it: its line is a row of one
/// cell, and the next line begins anew.
pub fn rows(text: &str) -> Vec<CsvRow> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut rows = Vec::new();
    let (mut rest, mut before) = (text.as_str(), 0);
    loop {
        let mut read = closed_rows(rest);
        let Some((unclosed, last)) =
            read.last().and_then(|row| Some((unclosed(rest, row)?, row.line)))
        else {
            break rows_from(read, before, rows);
        };
        read.pop();
        rows = rows_from(read, before, rows);
        let (line, after) = unclosed.split_once('\n').unwrap_or((unclosed, ""));
        before += last;
        rows.push(CsvRow { line: before, cells: vec![line.trim_end().to_owned()] });
        rest = after;
    }
}

/// `rows` with more behind them, whose lines are counted on.
fn rows_from(more: Vec<CsvRow>, before: u64, mut rows: Vec<CsvRow>) -> Vec<CsvRow> {
    rows.extend(more.into_iter().map(|row| CsvRow { line: before + row.line, ..row }));
    rows
}

/// The text from the line of `last` on, if a quote that it opens is never closed.
fn unclosed<'t>(text: &'t str, last: &CsvRow) -> Option<&'t str> {
    let line = usize::try_from(last.line).ok()?;
    let begins = match line {
        1 => 0,
        _ => text.match_indices('\n').nth(line.checked_sub(2)?)?.0 + 1,
    };
    let text = &text[begins..];
    // A quote put at the end closes the open one, and is a character or a row of its own elsewhere.
    let with_quote = closed_rows(&format!("{text}\""));
    let without = closed_rows(text);
    let open = text.contains('"') && with_quote.len() == 1 && with_quote == without;
    (open && !ends_with_row(text)).then_some(text)
}

/// Whether a row that is whole ends the text: one more would then be another.
fn ends_with_row(text: &str) -> bool {
    closed_rows(&format!("{text}\nx")).len() > 1
}

fn closed_rows(text: &str) -> Vec<CsvRow> {
    // a mark of the byte order begins a file, also where the one before had no last line end
    let text = without_mark(text);
    let text = text.replace(&format!("\n{BYTE_ORDER_MARK}"), "\n").replace(BYTE_ORDER_MARK, "\n");
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    // Text of any shape makes records, for their length is free and the text is UTF-8.
    let mut rows = Vec::new();
    let (mut line, mut counted) = (1, 0);
    for record in reader.records().filter_map(Result::ok) {
        // The reader stands before the end of the last line, and blank ones, when a record begins.
        let position = record.position().map_or(0, csv::Position::byte);
        let begins = usize::try_from(position).unwrap_or(text.len()).min(text.len());
        let rest = &text.as_bytes()[begins..];
        let ends = rest.iter().take_while(|byte| **byte == b'\n').count();
        let passed = &text.as_bytes()[counted..begins + ends];
        line += passed.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        counted = begins + ends;
        let cells: Vec<String> = record.iter().map(bare).collect();
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(CsvRow { line, cells });
        }
    }
    rows
}

/// The cells of one row, whose lines are joined by line feeds; `None` while a quote is open. A cell
/// that goes on behind its closing quote is as open as one that has none.
pub fn unquoted(text: &str, separator: char) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut rest = text.chars().peekable();
    loop {
        let mut cell = String::new();
        let mut next = rest.next();
        if next == Some('"') {
            loop {
                match rest.next()? {
                    '"' if rest.peek() == Some(&'"') => cell.extend(rest.next()),
                    '"' => break,
                    other => cell.push(other),
                }
            }
            next = rest.next();
            if next.is_some_and(|next| next != separator) {
                return None;
            }
        } else {
            while let Some(other) = next.filter(|other| *other != separator) {
                cell.push(other);
                next = rest.next();
            }
        }
        cells.push(bare(&cell));
        if next.is_none() {
            return Some(cells);
        }
    }
}

fn bare(field: &str) -> String {
    match field.strip_prefix('\'') {
        Some(rest) if runs(rest) => rest.to_owned(),
        Some(_) | None => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_never_a_formula_and_never_leaves_its_cell() {
        let rows = vec![vec!["=1+1".to_owned(), "a,\"b\"\nc".to_owned(), "@x".to_owned()]];
        assert_eq!(csv(&rows), "'=1+1,\"a,\"\"b\"\"\nc\",'@x\n");
        assert_eq!(csv(&[vec!["＝1".to_owned(), "－2".to_owned()]]), "'＝1,'－2\n");
        let blanks = [" =1+1", "\u{3000}＝1", "\u{200b}=1", "\n@x"].map(str::to_owned);
        assert_eq!(csv(&[blanks[..2].to_vec()]), "' =1+1,'\u{3000}＝1\n");
        assert_eq!(csv(&[blanks[2..].to_vec()]), "\\u{200b}=1,\"'\n@x\"\n");
    }

    #[test]
    fn a_field_moves_no_cursor_and_turns_no_line() {
        let nasty = "a\u{202e}b\u{1b}[2Jc\u{fff9}".to_owned();
        let wanted = "a\\u{202e}b\\u{1b}[2Jc\\u{fff9},می\u{200c}خواهم\n";
        assert_eq!(csv(&[vec![nasty, "می\u{200c}خواهم".to_owned()]]), wanted);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_own_line_alone() {
        let text = "a,b\r\n0,\"x\ny\"\r\n1,\"fine\r\n2,ok\r\n\r\n3,so\n4,no\n";
        let lines: Vec<_> = rows(text).into_iter().map(|row| (row.line, row.cells.len())).collect();
        assert_eq!(lines, [(1, 2), (2, 2), (4, 1), (5, 2), (7, 2), (8, 2)]);
        assert_eq!(rows("a\n\"b\nc").len(), 3);
        assert_eq!(rows("a\n\"b\"").last().unwrap().cells, ["b"]);
        assert_eq!(rows("a,5\" disk").last().unwrap().cells, ["a", "5\" disk"]);
    }

    #[test]
    fn what_was_written_is_read_back_with_its_line() {
        let cells = vec!["=1+1".to_owned(), "a,\"b\"\nc".to_owned(), "'tis".to_owned()];
        let text =
            format!("\u{feff}{}\r\n\r\n,,\r\n{}", "x,y,z", csv(std::slice::from_ref(&cells)));
        let read = rows(&text);
        let head = ["x", "y", "z"].map(str::to_owned).to_vec();
        assert_eq!(read, [CsvRow { line: 1, cells: head }, CsvRow { line: 4, cells }]);
    }
}
