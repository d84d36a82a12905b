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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_never_a_formula_and_never_leaves_its_cell() {
        let rows = vec![vec!["=1+1".to_owned(), "a,\"b\"\nc".to_owned(), "@x".to_owned()]];
        assert_eq!(csv(&rows), "'=1+1,\"a,\"\"b\"\"\nc\",'@x\n");
    }
}
