//! The layout of the canonical spelling: block style, two spaces, lists at the column of their key.

use super::{YamlError, node::Node, scalar};

/// A key longer than this, as spelled, is not recognised as one by readers (YAML 1.2.2, 7.4.2:
/// 1024).
const MAX_KEY: usize = 1000;

/// The whole document, ending in a line feed.
pub(super) fn text(document: &Node) -> Result<String, YamlError> {
    let mut out = String::with_capacity(2048);
    match document {
        Node::Map(entries) if !entries.is_empty() => map(&mut out, entries, 0)?,
        Node::List(items) if !items.is_empty() => list(&mut out, items, 0)?,
        leaf => self::leaf(&mut out, leaf, 0),
    }
    Ok(out)
}

/// Prints the entries at `column`; the first one goes where the cursor stands.
fn map(out: &mut String, entries: &[(Node, Node)], column: usize) -> Result<(), YamlError> {
    for (nth, (key, value)) in entries.iter().enumerate() {
        if nth > 0 {
            pad(out, column);
        }
        self::key(out, key)?;
        out.push(':');
        match value {
            Node::Map(entries) if !entries.is_empty() => {
                out.push('\n');
                pad(out, column + 2);
                map(out, entries, column + 2)?;
            }
            Node::List(items) if !items.is_empty() => {
                out.push('\n');
                pad(out, column);
                list(out, items, column)?;
            }
            leaf => {
                out.push(' ');
                self::leaf(out, leaf, column);
            }
        }
    }
    Ok(())
}

/// Prints the items at `column`; the first one goes where the cursor stands.
fn list(out: &mut String, items: &[Node], column: usize) -> Result<(), YamlError> {
    for (nth, item) in items.iter().enumerate() {
        if nth > 0 {
            pad(out, column);
        }
        out.push_str("- ");
        match item {
            Node::Map(entries) if !entries.is_empty() => map(out, entries, column + 2)?,
            Node::List(items) if !items.is_empty() => list(out, items, column + 2)?,
            leaf => self::leaf(out, leaf, column),
        }
    }
    Ok(())
}

/// Prints what has no children, and its line feed, inside a collection at `column`.
fn leaf(out: &mut String, node: &Node, column: usize) {
    match node {
        Node::Word(word) => out.push_str(word),
        Node::Text(text) => scalar::value(out, text, column + 2),
        Node::List(_) => out.push_str("[]"),
        Node::Map(_) => out.push_str("{}"),
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
}

fn key(out: &mut String, key: &Node) -> Result<(), YamlError> {
    let start = out.len();
    match key {
        Node::Word(word) => out.push_str(word),
        // The number of an event: only YAML 1.1 readers of another sort take it for a word, and never
        // as a key.
        Node::Text(text) if text == "n" => out.push_str(text),
        Node::Text(text) => scalar::one_line(out, text),
        Node::List(_) | Node::Map(_) => {}
    }
    let spelled = &out[start..];
    if spelled.len() > MAX_KEY && spelled.chars().count() > MAX_KEY {
        let message = format!("a key of more than {MAX_KEY} characters");
        return Err(YamlError::Unwritable { message });
    }
    Ok(())
}

fn pad(out: &mut String, column: usize) {
    out.extend(std::iter::repeat_n(' ', column));
}
