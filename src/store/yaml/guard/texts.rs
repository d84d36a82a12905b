//! Where texts end: literal and folded blocks, quoted and bare ones.

use super::{MAX_BLANKS, Scanner};
use crate::store::yaml::{SyntaxFault, YamlError};

impl Scanner<'_> {
    /// A literal or folded block, from its `|` or `>` to the first line that is indented less.
    pub(super) fn block(&mut self) -> Result<(), YamlError> {
        let explicit = self.block_header()?;
        let parent = self.indents.last().copied();
        let mut indent = explicit.map(|by| parent.unwrap_or(0) + by);

        let widest = self.block_breaks(indent)?;
        let column = *indent.get_or_insert(widest.max(parent.map_or(0, |at| at + 1)).max(1));
        while self.column() == column && !self.at_end() {
            self.skip_line();
            if self.at_end() {
                break;
            }
            self.newline();
            self.block_breaks(indent)?;
        }

        self.key = None;
        self.key_allowed = true;
        Ok(())
    }

    /// The rest of the line after `|` or `>`; gives the indentation indicator.
    fn block_header(&mut self) -> Result<Option<usize>, YamlError> {
        let mut explicit = None;
        let mut chomped = false;
        self.at += 1;
        loop {
            match self.peek(0) {
                b'+' | b'-' if !chomped => chomped = true,
                digit @ b'1'..=b'9' if explicit.is_none() => {
                    explicit = Some(usize::from(digit - b'0'));
                }
                _ => break,
            }
            self.at += 1;
        }
        while self.is_blank() {
            self.at += 1;
        }
        if self.peek(0) == b'#' {
            self.skip_line();
        }
        if !self.at_end() {
            if !self.is_break() {
                return Err(self.fault(SyntaxFault::BlockStart));
            }
            self.newline();
        }
        Ok(explicit)
    }

    /// Skips empty lines and the indentation of the next one; gives the widest indentation seen.
    fn block_breaks(&mut self, indent: Option<usize>) -> Result<usize, YamlError> {
        let mut widest = 0;
        for _ in 0..=MAX_BLANKS {
            while indent.is_none_or(|indent| self.column() < indent) && self.peek(0) == b' ' {
                self.at += 1;
            }
            widest = widest.max(self.column());
            let inside = indent.is_none_or(|indent| self.column() < indent);
            if inside && self.peek(0) == b'\t' {
                return Err(self.fault(SyntaxFault::TabIndent));
            }
            if !self.is_break() {
                return Ok(widest);
            }
            self.newline();
        }
        Err(YamlError::TooManyBlanks { line: self.line })
    }

    pub(super) fn quoted(&mut self, quote: u8) -> Result<(), YamlError> {
        let (at, line, line_start) = (self.at, self.line, self.line_start);
        self.at += 1;
        loop {
            if self.at_end() || self.at_document_mark() {
                (self.at, self.line, self.line_start) = (at, line, line_start);
                return Err(self.fault(SyntaxFault::OpenQuote));
            }
            match self.peek(0) {
                byte if byte == quote => {
                    if quote == b'\'' && self.peek(1) == quote {
                        self.at += 2;
                        continue;
                    }
                    self.at += 1;
                    return Ok(());
                }
                b'\\' if quote == b'"' => {
                    self.at += 1;
                    if !self.is_break() && !self.at_end() {
                        self.at += 1;
                    }
                }
                b' ' | b'\t' | b'\r' | b'\n' => {
                    self.text_blanks(None)?;
                }
                _ => self.at += 1,
            }
        }
    }

    /// A text without quotes, which may go on over lines that are indented deeper than its parent.
    pub(super) fn bare(&mut self) -> Result<(), YamlError> {
        let indent = self.indents.last().map_or(0, |at| at + 1);
        let mut broken = false;
        while !self.at_document_mark() && self.peek(0) != b'#' {
            while !self.is_blank_or_end(0) {
                let byte = self.peek(0);
                if byte == b':' && self.is_blank_or_end(1) {
                    break;
                }
                if self.flow_depth > 0 && matches!(byte, b',' | b'[' | b']' | b'{' | b'}') {
                    break;
                }
                broken = false;
                self.at += 1;
            }
            if self.at_end() || !self.is_blank_or_end(0) {
                break;
            }
            broken = self.text_blanks(Some(indent))?;
            if self.flow_depth == 0 && self.column() < indent {
                break;
            }
        }
        if broken {
            self.key_allowed = true;
        }
        Ok(())
    }

    /// Skips blanks and line breaks inside a text; says whether there was a break.
    fn text_blanks(&mut self, indent: Option<usize>) -> Result<bool, YamlError> {
        let (mut blanks, mut breaks) = (0, 0);
        loop {
            if self.is_break() {
                breaks += 1;
                self.newline();
            } else if self.is_blank() {
                let shallow = breaks > 0 && indent.is_some_and(|indent| self.column() < indent);
                if shallow && self.peek(0) == b'\t' {
                    return Err(self.fault(SyntaxFault::TabIndent));
                }
                blanks += usize::from(breaks == 0);
                self.at += 1;
            } else {
                return Ok(breaks > 0);
            }
            if blanks > MAX_BLANKS || breaks > MAX_BLANKS {
                return Err(YamlError::TooManyBlanks { line: self.line });
            }
        }
    }
}
