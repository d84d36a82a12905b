//! The quick way in for files that are spelled as [`to_text`](super::to_text) spells them, which is
//! nearly all that are read.
//!
//! It reads no YAML but what `emit` and `scalar` print, gives up at anything else, and is believed
//! only when printing the value again gives the very same bytes: so it cannot read anything otherwise
//! than the guarded door does.

use std::borrow::Cow;

use serde::{
    Deserializer,
    de::{
        IntoDeserializer, Visitor,
        value::{Error, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

/// Nothing is nested deeper in a record.
const DEEPEST: usize = 24;

/// Most maps have no more entries.
const USUAL: usize = 16;

/// A value as it was read.
pub(super) enum Tree<'t> {
    Null,
    Bool(bool),
    Number(i64),
    Text(Cow<'t, str>),
    List(Vec<Tree<'t>>),
    Map(Vec<(Tree<'t>, Tree<'t>)>),
}

/// The document, if it is spelled plainly.
pub(super) fn read(text: &str) -> Option<Tree<'_>> {
    let mut lines = Lines::of(text);
    let tree = collection(&mut lines, 0, 0)?;
    lines.is_at_end().then_some(tree)
}

struct Lines<'t> {
    /// The next line without its line feed.
    line: Option<&'t str>,
    /// What stands behind it.
    rest: &'t str,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let mut lines = Self { line: None, rest: text };
        lines.next();
        lines
    }

    fn is_at_end(&self) -> bool {
        self.line.is_none() && self.rest.is_empty()
    }

    /// The next line; every line has a line feed.
    fn peek(&self) -> Option<&'t str> {
        self.line
    }

    /// Goes on to the line behind the next one.
    fn next(&mut self) {
        let split = self.rest.split_once('\n');
        self.line = split.map(|(line, _)| line);
        self.rest = split.map_or(self.rest, |(_, rest)| rest);
    }
}

/// A map or list whose lines begin at `column`.
fn collection<'t>(lines: &mut Lines<'t>, column: usize, depth: usize) -> Option<Tree<'t>> {
    if depth > DEEPEST {
        return None;
    }
    let first = at_column(lines.peek()?, column)?;
    if first.starts_with("- ") {
        let mut items = Vec::new();
        while let Some(item) = lines.peek().and_then(|line| at_column(line, column)) {
            let Some(item) = item.strip_prefix("- ") else { break };
            lines.next();
            items.push(nested(lines, item, column, depth)?);
        }
        return Some(Tree::List(items));
    }
    let mut entries = Vec::with_capacity(USUAL);
    while let Some(line) = lines.peek().and_then(|line| at_column(line, column)) {
        if line.starts_with("- ") {
            break;
        }
        lines.next();
        entries.push(entry(lines, line, column, depth)?);
    }
    Some(Tree::Map(entries))
}

/// What stands behind a dash at `column`: the first entry of a map, a list in the list, or a leaf.
fn nested<'t>(
    lines: &mut Lines<'t>,
    item: &'t str,
    column: usize,
    depth: usize,
) -> Option<Tree<'t>> {
    if item.starts_with("- ") || depth > DEEPEST {
        return None;
    }
    if key_end(item).is_none() {
        return leaf(lines, item, column);
    }
    let mut entries = Vec::with_capacity(USUAL);
    entries.push(entry(lines, item, column + 2, depth + 1)?);
    while let Some(line) = lines.peek().and_then(|line| at_column(line, column + 2)) {
        if line.starts_with("- ") {
            return None;
        }
        lines.next();
        entries.push(entry(lines, line, column + 2, depth + 1)?);
    }
    Some(Tree::Map(entries))
}

/// One key with its value.
fn entry<'t>(
    lines: &mut Lines<'t>,
    line: &'t str,
    column: usize,
    depth: usize,
) -> Option<(Tree<'t>, Tree<'t>)> {
    let end = key_end(line)?;
    let key = if &line[..end] == "n" { Tree::Text("n".into()) } else { scalar(&line[..end])? };
    let rest = &line[end + 1..];
    if let Some(value) = rest.strip_prefix(' ') {
        return Some((key, leaf(lines, value, column)?));
    }
    let next = lines.peek()?;
    let is_list = at_column(next, column).is_some_and(|line| line.starts_with("- "));
    let column = if is_list { column } else { column + 2 };
    Some((key, collection(lines, column, depth + 1)?))
}

/// The colon that ends a key, if the line begins with one.
fn key_end(line: &str) -> Option<usize> {
    let from = match line.as_bytes().first()? {
        quote @ (b'\'' | b'"') => quoted_end(line, *quote)?,
        b'|' | b'[' | b'{' => return None,
        _ => 0,
    };
    let bytes = line.as_bytes();
    let colon = (from..bytes.len())
        .find(|at| bytes[*at] == b':' && bytes.get(*at + 1).is_none_or(|next| *next == b' '))?;
    (from == 0 || colon == from).then_some(colon)
}

/// The place behind the closing quote.
fn quoted_end(line: &str, quote: u8) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote => {
                if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') {
                    at += 2;
                } else {
                    return Some(at + 1);
                }
            }
            _ => at += 1,
        }
    }
    None
}

/// A line's text if it stands exactly at `column`.
fn at_column(line: &str, column: usize) -> Option<&str> {
    let (blank, rest) = line.split_at_checked(column)?;
    let stands = blank.bytes().all(|byte| byte == b' ') && !rest.starts_with(' ');
    (stands && !rest.is_empty()).then_some(rest)
}

/// A value without children; the lines of a block follow.
fn leaf<'t>(lines: &mut Lines<'t>, text: &'t str, column: usize) -> Option<Tree<'t>> {
    match text {
        "[]" => Some(Tree::List(Vec::new())),
        "{}" => Some(Tree::Map(Vec::new())),
        _ => match text.strip_prefix('|') {
            Some(style) => block(lines, style, column + 2),
            None => scalar(text),
        },
    }
}

/// The lines of a literal block at `column`.
fn block<'t>(lines: &mut Lines<'t>, style: &str, column: usize) -> Option<Tree<'t>> {
    let ends = style.strip_prefix('2').unwrap_or(style);
    let mut text = String::new();
    while let Some(line) = lines.peek() {
        let inside = match line.split_at_checked(column) {
            _ if line.is_empty() => "",
            Some((blank, inside)) if blank.bytes().all(|byte| byte == b' ') => inside,
            _ => break,
        };
        lines.next();
        text.push_str(inside);
        text.push('\n');
    }
    match ends {
        "-" => {
            text.pop()?;
        }
        "" | "+" => {}
        _ => return None,
    }
    Some(Tree::Text(text.into()))
}

/// One scalar of one line.
fn scalar(text: &str) -> Option<Tree<'_>> {
    let first = *text.as_bytes().first()?;
    Some(match first {
        b'\'' => {
            let inside = text.strip_prefix('\'')?.strip_suffix('\'')?;
            if quoted_end(text, b'\'')? != text.len() {
                return None;
            }
            Tree::Text(if inside.contains('\'') {
                inside.replace("''", "'").into()
            } else {
                inside.into()
            })
        }
        b'"' => Tree::Text(double_quoted(text)?.into()),
        b'0'..=b'9' | b'-' | b'+' | b'.' => match text.parse() {
            Ok(number) => Tree::Number(number),
            Err(_) if text.parse::<f64>().is_ok() => return None,
            Err(_) => Tree::Text(text.into()),
        },
        _ => match text {
            "null" => Tree::Null,
            "true" => Tree::Bool(true),
            "false" => Tree::Bool(false),
            _ => Tree::Text(text.into()),
        },
    })
}

fn double_quoted(text: &str) -> Option<String> {
    if quoted_end(text, b'"')? != text.len() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.strip_prefix('"')?.strip_suffix('"')?.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let digits = match chars.next()? {
            'n' => {
                out.push('\n');
                continue;
            }
            'r' => {
                out.push('\r');
                continue;
            }
            't' => {
                out.push('\t');
                continue;
            }
            quoted @ ('"' | '\\') => {
                out.push(quoted);
                continue;
            }
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => return None,
        };
        let code: String = chars.by_ref().take(digits).collect();
        out.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
    }
    Some(out)
}

impl<'de> IntoDeserializer<'de, Error> for Tree<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Tree<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Number(value) => match u64::try_from(value) {
                Ok(value) => visitor.visit_u64(value),
                Err(_) => visitor.visit_i64(value),
            },
            Self::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Self::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Self::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Self::Map(entries) => visitor.visit_map(MapDeserializer::new(entries.into_iter())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => text.into_deserializer().deserialize_enum(name, variants, visitor),
            other => other.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
