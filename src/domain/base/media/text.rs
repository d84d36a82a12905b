//! Whether bytes are text: in UTF-8, or in the Chinese standard that Windows writes.

use super::FoundContent;

const ESCAPE: u8 = 0x1b;

/// What bytes without a sign of their own are.
pub(super) fn found(bytes: &[u8]) -> FoundContent {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return FoundContent::WideText;
    }
    let is_control = |byte: &u8| byte.is_ascii_control() && !is_layout(*byte);
    match std::str::from_utf8(bytes) {
        Ok(text) if text.chars().all(|c| !c.is_control() || is_layout_char(c)) => {
            return FoundContent::Text;
        }
        Err(_) if !is_gb18030(bytes) => return FoundContent::Unknown,
        Err(_) if !bytes.iter().any(is_control) => return FoundContent::Text,
        Ok(_) | Err(_) => {}
    }
    let of_terminal = |byte: &u8| !is_control(byte) || matches!(*byte, ESCAPE | 8 | 7);
    if bytes.iter().all(of_terminal) { FoundContent::ControlText } else { FoundContent::Unknown }
}

/// Whether bytes are a mail: header lines first, in whatever encoding, and no control but those that
/// lay out a text or switch Japanese ones.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    let is_text =
        bytes.iter().all(|byte| !byte.is_ascii_control() || is_layout(*byte) || *byte == ESCAPE);
    let first = bytes.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let name = first.iter().position(|byte| *byte == b':').map(|end| &first[..end]);
    let is_header = |name: &[u8]| !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    is_text && (first.starts_with(b"From ") || name.is_some_and(is_header))
}

fn is_layout(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c)
}

fn is_layout_char(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_layout)
}

/// Whether bytes are one, two and four of them a character, as GB 18030 has them.
fn is_gb18030(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return true,
            [0..=0x7f, rest @ ..]
            | [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, rest @ ..]
            | [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, rest @ ..] => rest,
            _ => return false,
        };
    }
}
