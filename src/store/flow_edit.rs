//! Values that stand with others in one line, in braces or brackets. Each function gives every text that may
//! come of it; which one is meant is seen when they are read back.

use std::ops::Range;

use super::policy_edit::outside_quotes;

/// The texts with one value of this line in another spelling.
pub(super) fn replaced(text: &str, line: usize, spelled: &str) -> Vec<String> {
    let Some((start, line)) = line_at(text, line) else { return Vec::new() };
    let put = |span: Range<usize>| {
        let (from, to) = (start + span.start, start + span.end);
        format!("{}{spelled}{}", &text[..from], &text[to..])
    };
    spans(line).into_iter().map(put).collect()
}

/// The texts with one more entry at the end of braces in this line.
pub(super) fn added(text: &str, line: usize, entry: &str) -> Vec<String> {
    let Some((start, line)) = line_at(text, line) else { return Vec::new() };
    let braces = spans(line).into_iter().filter(|span| line[span.clone()].starts_with('{'));
    let put = |span: Range<usize>| {
        let inside = line[span.start + 1..span.end - 1].trim_end();
        let at = start + span.start + 1 + inside.len();
        let gap = if inside.is_empty() { "" } else { ", " };
        format!("{}{gap}{entry}{}", &text[..at], &text[at..])
    };
    braces.map(put).collect()
}

/// Where a line begins, counted from 1, and what it says.
fn line_at(text: &str, line: usize) -> Option<(usize, &str)> {
    let mut start = 0;
    let mut lines = text.split_inclusive('\n').map(|line| {
        let before = start;
        start += line.len();
        (before, line)
    });
    lines.nth(line.checked_sub(1)?)
}

/// The values of a line that a brace, a bracket or a comma sets apart, and those in braces or brackets as a
/// whole.
fn spans(line: &str) -> Vec<Range<usize>> {
    let (mut spans, mut open, mut start) = (Vec::new(), Vec::new(), 0);
    let told =
        outside_quotes(line).take_while(|(_, c, before)| *c != '#' || !before.is_whitespace());
    for (at, c, before) in told {
        match c {
            '{' | '[' => {
                open.push(at);
                start = at + 1;
            }
            ' ' if before == ':' => start = at,
            ',' | '}' | ']' => {
                spans.extend(trimmed(line, start..at));
                start = at + 1;
                if c != ',' {
                    spans.extend(open.pop().map(|from| from..start));
                }
            }
            _ => {}
        }
    }
    spans
}

/// The span without the blanks at its ends; `None` where nothing else is in it.
fn trimmed(line: &str, span: Range<usize>) -> Option<Range<usize>> {
    let text = &line[span.clone()];
    let start = span.start + text.len() - text.trim_start().len();
    (!text.trim().is_empty()).then(|| start..start + text.trim().len())
}
