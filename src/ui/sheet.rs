//! Comma-separated values that no spreadsheet takes for formulas; the only home of `csv`.

/// Rows as CSV; a field that a spreadsheet could run gets an apostrophe before it.
#[must_use]
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

fn harmless(field: &str) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r', '=', '+', '-', '@']) {
        format!("'{field}")
    } else {
        field.to_owned()
    }
}

/// A row that was read, with the number of its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub line: u64,
    pub cells: Vec<String>,
}

/// The rows of a CSV file, or of several behind one another, that have anything in them, whatever
/// their line ends; the mark of the byte order and the apostrophe that keeps a formula from being run are taken away.
#[must_use]
pub fn rows(text: &str) -> Vec<Row> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\n\u{feff}", "\n");
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    // Text of any shape makes records, for their length is free and the text is UTF-8.
    let mut rows = Vec::new();
    let (mut line, mut counted) = (1, 0);
    for record in reader.records().filter_map(Result::ok) {
        // The reader stands before the end of the last line, and blank ones, when a record begins.
        let told = record.position().map_or(0, csv::Position::byte);
        let begins = usize::try_from(told).unwrap_or(text.len()).min(text.len());
        let rest = &text.as_bytes()[begins..];
        let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = &text.as_bytes()[counted..begins + ends];
        line += passed.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        counted = begins + ends;
        let cells: Vec<String> = record.iter().map(bare).collect();
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(Row { line, cells });
        }
    }
    rows
}

fn bare(field: &str) -> String {
    match field.strip_prefix('\'') {
        Some(rest) if harmless(rest) != rest => rest.to_owned(),
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
    }

    #[test]
    fn what_was_written_is_read_back_with_its_line() {
        let cells = vec!["=1+1".to_owned(), "a,\"b\"\nc".to_owned(), "'tis".to_owned()];
        let text =
            format!("\u{feff}{}\r\n\r\n,,\r\n{}", "x,y,z", csv(std::slice::from_ref(&cells)));
        let read = rows(&text);
        let head = ["x", "y", "z"].map(str::to_owned).to_vec();
        assert_eq!(read, [Row { line: 1, cells: head }, Row { line: 4, cells }]);
    }
}
