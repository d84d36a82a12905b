//! Pictures that stand in a text: `data:image/png;base64,…`.

use crate::domain::base::terms::FileType;

/// A picture with the type that it is said to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataUrl {
    pub file_type: FileType,
    pub bytes: Vec<u8>,
}

/// The types of pictures, as the web calls them.
const TYPES: [(&str, FileType); 3] =
    [("image/png", FileType::Png), ("image/jpeg", FileType::Jpg), ("image/webp", FileType::Webp)];

/// Reads a picture; `None` of another type, or of what is no base64.
pub fn data_url(text: &str) -> Option<DataUrl> {
    let (media_type, content) = text.strip_prefix("data:")?.split_once(";base64,")?;
    let (_, file_type) = TYPES.into_iter().find(|(name, _)| *name == media_type)?;
    Some(DataUrl { file_type, bytes: decoded(content.as_bytes())? })
}

/// What stands in base64 with its padding; `None` where a sign is none of it.
fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let (groups, rest) = text.as_chunks::<4>();
    if !rest.is_empty() {
        return None;
    }
    let mut bytes = Vec::with_capacity(groups.len() * 3);
    for (place, group) in groups.iter().enumerate() {
        let is_last = place + 1 == groups.len();
        let padding = group.iter().rev().take_while(|sign| **sign == b'=').count();
        if padding > 2 || padding > 0 && !is_last {
            return None;
        }
        let mut bits = 0_u32;
        for sign in &group[..4 - padding] {
            bits = bits << 6 | value(*sign)?;
        }
        bits <<= 6 * padding;
        let three = bits.to_be_bytes();
        bytes.extend_from_slice(&three[1..4 - padding]);
    }
    Some(bytes)
}

fn value(sign: u8) -> Option<u32> {
    let value = match sign {
        b'A'..=b'Z' => sign - b'A',
        b'a'..=b'z' => sign - b'a' + 26,
        b'0'..=b'9' => sign - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_read_as_every_browser_writes_it_and_nothing_else_is() {
        for (text, bytes) in [
            ("data:image/png;base64,", Some(&b""[..])),
            ("data:image/png;base64,Zg==", Some(b"f")),
            ("data:image/png;base64,Zm8=", Some(b"fo")),
            ("data:image/jpeg;base64,Zm9v", Some(b"foo")),
            ("data:image/webp;base64,+/8A", Some(b"\xfb\xff\x00")),
            ("data:image/png;base64,Zg=", None),
            ("data:image/png;base64,Zg", None),
            ("data:image/png;base64,Z===", None),
            ("data:image/png;base64,Zg==Zg==", None),
            ("data:image/png;base64,Zm 9v", None),
            ("data:image/png;base64,Zm9\u{e9}", None),
            ("data:image/png,foo", None),
            ("data:image/svg+xml;base64,Zm9v", None),
            ("data:text/html;base64,Zm9v", None),
            ("data:image/png;charset=x;base64,Zm9v", None),
            ("https://desk.example/x.png", None),
        ] {
            let read = data_url(text).map(|url| url.bytes);
            assert_eq!(read.as_deref(), bytes, "{text}");
        }
    }
}
