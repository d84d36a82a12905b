//! Comma-separated values that no spreadsheet takes for formulas; the only home of `csv`.

use crate::domain::base::characters::{escaped, half_width, is_invisible};

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
    let starts =
        |c: char| matches!(half_width(c), '=' | '+' | '-' | '@' | '−' | '﹦' | '﹢' | '﹣' | '﹫');
    field.starts_with(['\t', '\r']) || field.trim_start_matches(blank).starts_with(starts)
}

/// The cells of one line; `None` where they do not end with it.
pub fn unquoted(text: &str, separator: char) -> Option<Vec<String>> {
    match RowScan::new(separator).line(text) {
        RowEnd::Whole(cells) => Some(cells),
        RowEnd::Open | RowEnd::Broken => None,
    }
}

/// A row that is read line by line.
#[derive(Debug)]
pub struct RowScan {
    separator: char,
    cells: Vec<String>,
    cell: String,
    place: CellPlace,
}

/// How a row stands at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowEnd {
    Whole(Vec<String>),
    /// A quote is open, and the row goes on in the next line.
    Open,
    /// A cell goes on behind its closing quote, which no line more can mend.
    Broken,
}

/// Where in a cell the next character stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CellPlace {
    Begin,
    Bare,
    Quoted,
    /// Behind a quote that closes the cell, or begins one that stands in it.
    Closed,
    Broken,
}

impl RowScan {
    pub fn new(separator: char) -> Self {
        Self { separator, cells: Vec::new(), cell: String::new(), place: CellPlace::Begin }
    }

    /// Takes the next line of the row, without its end.
    pub fn line(&mut self, text: &str) -> RowEnd {
        if self.place == CellPlace::Quoted {
            self.cell.push('\n');
        }
        for c in text.chars() {
            self.take(c);
            if self.place == CellPlace::Broken {
                return RowEnd::Broken;
            }
        }
        if self.place == CellPlace::Quoted {
            return RowEnd::Open;
        }
        self.close();
        RowEnd::Whole(std::mem::take(&mut self.cells))
    }

    fn take(&mut self, c: char) {
        self.place = match (self.place, c) {
            (CellPlace::Begin, '"') => CellPlace::Quoted,
            (CellPlace::Quoted, '"') => CellPlace::Closed,
            (CellPlace::Begin | CellPlace::Bare | CellPlace::Closed, c) if c == self.separator => {
                self.close();
                CellPlace::Begin
            }
            (CellPlace::Closed, '"') | (CellPlace::Quoted, _) => {
                self.cell.push(c);
                CellPlace::Quoted
            }
            (CellPlace::Begin | CellPlace::Bare, _) => {
                self.cell.push(c);
                CellPlace::Bare
            }
            (CellPlace::Closed | CellPlace::Broken, _) => CellPlace::Broken,
        };
    }

    fn close(&mut self) {
        self.cells.push(bare(&std::mem::take(&mut self.cell)));
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
        for sign in ["−1+1", "﹦1+1", "﹢1", "﹣1", "﹫x"] {
            assert_eq!(csv(&[vec![sign.to_owned()]]), format!("'{sign}\n"));
        }
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
    fn what_was_written_is_read_back() {
        let cells = vec!["=1+1".to_owned(), "a,\"b\"\nc".to_owned(), "'tis".to_owned()];
        let text = csv(std::slice::from_ref(&cells));
        assert_eq!(unquoted(text.trim_end(), ','), Some(cells));
        for (text, read) in [
            ("a,5\" disk", Some(vec!["a", "5\" disk"])),
            ("\"a\"b,c", None),
            ("\"a", None),
            ("a;b", Some(vec!["a;b"])),
        ] {
            let read = read.map(|cells| cells.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(unquoted(text, ','), read, "{text}");
        }
    }

    #[test]
    fn a_row_goes_on_where_its_last_line_stopped() {
        let mut row = RowScan::new(';');
        assert_eq!(row.line("a;\"b"), RowEnd::Open);
        assert_eq!(row.line(""), RowEnd::Open);
        assert_eq!(row.line("c\"\";d"), RowEnd::Open);
        let cells = ["a", "b\n\nc\";d\ne", "f", ""].map(str::to_owned);
        assert_eq!(row.line("e\";f;"), RowEnd::Whole(cells.to_vec()));
        let mut row = RowScan::new(',');
        assert_eq!(row.line("\"a"), RowEnd::Open);
        assert_eq!(row.line("b\"c"), RowEnd::Broken);
    }
}
