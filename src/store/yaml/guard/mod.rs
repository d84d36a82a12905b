//! Looks a file over before it is parsed: linear in its size, whatever it holds.
//!
//! This follows the scanner of libyaml (under `serde_yaml`) token by token, so that it is never
//! mistaken about what is a quoted text, a block or a comment, and stops at the first thing that
//! records never need or that libyaml is slow at. It may refuse what libyaml would refuse later
//! anyway; it never accepts more.

mod texts;

use super::{SyntaxFault, YamlError};
use crate::domain::base::characters::{BYTE_ORDER_MARK, SEPARATORS, is_plain};

/// Values, keys, dashes, commas and brackets in one file.
pub(super) const MAX_TOKENS: usize = 500_000;
/// Blanks or line breaks in a row inside one text: libyaml clears a buffer of the longest run at
/// every word.
pub(super) const MAX_BLANKS: usize = 256;
const MAX_FLOW_DEPTH: usize = 16;
const MAX_BLOCK_DEPTH: usize = 64;
/// Characters of one line after which libyaml gives up on `key:`.
const MAX_KEY_REACH: usize = 1024;

/// Refuses what must not reach the parser.
pub(super) fn check(text: &str) -> Result<(), YamlError> {
    for (nth, line) in text.split_inclusive('\n').enumerate() {
        check_line(line, nth + 1)?;
    }
    Scanner::new(text).run()
}

fn check_line(text: &str, line: usize) -> Result<(), YamlError> {
    let text = text.strip_suffix("\r\n").or(text.strip_suffix('\n')).unwrap_or(text);
    if is_conflict_marker(text) {
        return Err(YamlError::ConflictMarkers { line });
    }
    if text.bytes().all(|byte| is_plain(byte) || byte == b'\t') {
        return Ok(());
    }
    match text.chars().enumerate().find(|(_, c)| is_foreign(*c)) {
        Some((nth, c)) => Err(YamlError::Character { line, column: nth + 1, code: c.into() }),
        None => Ok(()),
    }
}

/// What git writes around the two sides of a conflict. A block's lines are indented and never look
/// so.
fn is_conflict_marker(line: &str) -> bool {
    line == "======="
        || ["<<<<<<< ", "||||||| ", ">>>>>>> "].iter().any(|mark| line.starts_with(mark))
}

/// Characters that YAML forbids, and line breaks and marks that its versions read differently.
fn is_foreign(c: char) -> bool {
    (c.is_control() && c != '\t')
        || SEPARATORS.contains(&c)
        || matches!(c, BYTE_ORDER_MARK | '\u{fffe}' | '\u{ffff}')
}

/// Where a text or a flow collection began that may turn out to be a key.
struct KeyCandidate {
    at: usize,
    line: usize,
    column: usize,
    /// Whether it stands where the map around it expects a key.
    expected: bool,
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    line_start: usize,
    flow_depth: usize,
    /// Columns of the open block collections, outermost first.
    indents: Vec<usize>,
    key_allowed: bool,
    key: Option<KeyCandidate>,
    tokens: usize,
    ended: bool,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
            line_start: 0,
            flow_depth: 0,
            indents: Vec::new(),
            key_allowed: true,
            key: None,
            tokens: 0,
            ended: false,
        }
    }

    fn run(&mut self) -> Result<(), YamlError> {
        loop {
            self.skip_to_token();
            self.forget_lost_key()?;
            if self.flow_depth == 0 {
                let column = self.column();
                while self.indents.last().is_some_and(|indent| *indent > column) {
                    self.indents.pop();
                }
            }
            if self.at_end() {
                break;
            }
            self.token()?;
            self.tokens += 1;
            if self.tokens > MAX_TOKENS {
                return Err(YamlError::TooMany { line: self.line });
            }
        }
        if self.tokens == 0 { Err(YamlError::Empty) } else { Ok(()) }
    }

    fn token(&mut self) -> Result<(), YamlError> {
        let line = self.line;
        let in_flow = self.flow_depth > 0;
        if self.column() == 0 && self.peek(0) == b'%' {
            return Err(YamlError::Directive { line });
        }
        if self.at_document_mark() {
            return self.document_mark();
        }
        if self.ended {
            return Err(YamlError::SeveralDocuments { line });
        }
        match self.peek(0) {
            b'[' | b'{' => self.open_flow(),
            b']' | b'}' if in_flow => {
                self.flow_depth -= 1;
                self.key_allowed = false;
                self.at += 1;
                Ok(())
            }
            b',' if in_flow => {
                self.at += 1;
                Ok(())
            }
            b'-' if self.is_blank_or_end(1) => self.dash(),
            b'?' if in_flow || self.is_blank_or_end(1) => Err(YamlError::ComplexKey { line }),
            b':' if in_flow || self.is_blank_or_end(1) => self.colon(),
            b'*' => Err(YamlError::Alias { line }),
            b'&' => Err(YamlError::Anchor { line }),
            b'!' => Err(YamlError::Tag { line }),
            b'|' | b'>' if !in_flow => self.block(),
            quote @ (b'\'' | b'"') => {
                self.begin_text();
                self.quoted(quote)
            }
            byte @ (b'|' | b'>' | b'%' | b'@' | b'`' | b',' | b']' | b'}' | b'\t') => {
                Err(self.fault(SyntaxFault::TextStart(byte)))
            }
            _ => {
                self.begin_text();
                self.bare()
            }
        }
    }

    /// `---` may stand before everything, `...` after everything.
    fn document_mark(&mut self) -> Result<(), YamlError> {
        if self.peek(0) == b'.' {
            self.ended = true;
        } else if self.tokens > 0 {
            return Err(YamlError::SeveralDocuments { line: self.line });
        }
        self.indents.clear();
        self.key = None;
        self.key_allowed = false;
        self.at += 3;
        Ok(())
    }

    fn open_flow(&mut self) -> Result<(), YamlError> {
        self.remember_key();
        self.flow_depth += 1;
        self.at += 1;
        if self.flow_depth > MAX_FLOW_DEPTH {
            return Err(YamlError::TooDeep { line: self.line });
        }
        Ok(())
    }

    fn dash(&mut self) -> Result<(), YamlError> {
        if self.flow_depth > 0 || !self.key_allowed {
            return Err(self.fault(SyntaxFault::ListItem));
        }
        self.open_block(self.column())?;
        self.key = None;
        self.at += 1;
        Ok(())
    }

    fn colon(&mut self) -> Result<(), YamlError> {
        if self.flow_depth == 0 {
            let key = self.key.take().filter(|key| self.reaches(key));
            let Some(key) = key else {
                return Err(self.fault(SyntaxFault::LoneColon));
            };
            self.open_block(key.column)?;
            self.key_allowed = false;
        }
        self.at += 1;
        Ok(())
    }

    fn reaches(&self, key: &KeyCandidate) -> bool {
        key.line == self.line
            && (self.at - key.at <= MAX_KEY_REACH
                || self.text[key.at..self.at].chars().count() <= MAX_KEY_REACH)
    }

    /// A text at the column of its map's keys has to be one: the mark of a line cut off or garbled.
    fn forget_lost_key(&mut self) -> Result<(), YamlError> {
        let Some(key) = self.key.take_if(|key| key.line < self.line || self.at >= self.text.len())
        else {
            return Ok(());
        };
        if key.expected {
            let (line, column) = (key.line, Some(key.column + 1));
            return Err(YamlError::Syntax { line, column, fault: SyntaxFault::StrayLine });
        }
        Ok(())
    }

    fn open_block(&mut self, column: usize) -> Result<(), YamlError> {
        if self.indents.last().is_none_or(|indent| *indent < column) {
            self.indents.push(column);
        }
        if self.indents.len() > MAX_BLOCK_DEPTH {
            return Err(YamlError::TooDeep { line: self.line });
        }
        Ok(())
    }

    fn begin_text(&mut self) {
        self.remember_key();
        if self.flow_depth == 0 {
            self.key_allowed = false;
        }
    }

    fn remember_key(&mut self) {
        if self.flow_depth == 0 && self.key_allowed {
            let column = self.column();
            let expected = self.indents.last() == Some(&column);
            self.key = Some(KeyCandidate { at: self.at, line: self.line, column, expected });
        }
    }

    fn skip_to_token(&mut self) {
        loop {
            let tabs = self.flow_depth > 0 || !self.key_allowed;
            while self.peek(0) == b' ' || (tabs && self.peek(0) == b'\t') {
                self.at += 1;
            }
            if self.peek(0) == b'#' {
                self.skip_line();
            }
            if !self.is_break() {
                return;
            }
            self.newline();
            if self.flow_depth == 0 {
                self.key_allowed = true;
            }
        }
    }

    fn at_document_mark(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        self.column() == 0
            && (rest.starts_with(b"---") || rest.starts_with(b"..."))
            && self.is_blank_or_end(3)
    }

    fn skip_line(&mut self) {
        while !self.at_end() && !self.is_break() {
            self.at += 1;
        }
    }

    fn newline(&mut self) {
        self.at += if self.peek(0) == b'\r' { 2 } else { 1 };
        self.line += 1;
        self.line_start = self.at;
    }

    /// Bytes since the line began: the same as characters wherever an indentation is measured.
    fn column(&self) -> usize {
        self.at - self.line_start
    }

    fn column_in_characters(&self) -> usize {
        let before = &self.text.as_bytes()[self.line_start..self.at];
        1 + before.iter().filter(|byte| (**byte & 0xc0) != 0x80).count()
    }

    /// The byte `ahead` of the cursor, zero after the end: [`check_line`] has refused real ones.
    fn peek(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    fn is_blank(&self) -> bool {
        matches!(self.peek(0), b' ' | b'\t')
    }

    fn is_break(&self) -> bool {
        matches!(self.peek(0), b'\r' | b'\n')
    }

    fn is_blank_or_end(&self, ahead: usize) -> bool {
        matches!(self.peek(ahead), b' ' | b'\t' | b'\r' | b'\n' | 0)
    }

    fn fault(&self, fault: SyntaxFault) -> YamlError {
        let column = Some(self.column_in_characters());
        YamlError::Syntax { line: self.line, column, fault }
    }
}
