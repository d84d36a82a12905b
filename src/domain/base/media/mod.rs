//! What a file is by its content, and what is taken out of pictures before they are kept: pure
//! functions over bytes, of which every one may have been made by an enemy. Nothing is unpacked, and
//! no picture is drawn.

mod exif;
mod jpeg;
mod png;
mod text;
mod webp;

use crate::domain::base::terms::{FileType, Term};

/// A file that may be kept, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VettedFile {
    pub file_type: FileType,
    pub bytes: Vec<u8>,
    /// Whether something was taken out: where and by whom a picture was made.
    pub is_stripped: bool,
}

/// Why a file is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFault {
    Empty,
    /// More bytes than are kept.
    TooLarge {
        most: u64,
    },
    /// A name that ends as none that is kept.
    NotPermitted {
        ending: String,
        found: FoundContent,
    },
    /// The content is another than the ending of the name says.
    OtherContent {
        ending: String,
        found: FoundContent,
    },
    /// A file that breaks off, or whose parts do not fit together.
    Damaged {
        file_type: FileType,
    },
    /// Something in a directory that is no file.
    NotAFile(FileShape),
}

/// Something in a directory that is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileShape {
    Directory,
    Link,
    Pipe,
    Device,
    Socket,
}

/// What a content turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundContent {
    /// By a name that needs no translation.
    Named(&'static str),
    Text,
    /// Text in two bytes a character.
    WideText,
    /// Text with characters that turn a terminal's colours and more.
    ControlText,
    /// Nothing that is known.
    Unknown,
}

/// How something can be attached whose content is not kept under its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRemedy {
    /// The content is kept under another ending.
    Rename(FileType),
    /// A picture of another type, which a new name does not change.
    SavePicture,
    /// An archive of another type.
    PackAgain,
    SaveOtherwise,
}

impl FoundContent {
    /// What to do with a file that holds it.
    pub fn remedy(self) -> FileRemedy {
        let Self::Named(name) = self else { return FileRemedy::SaveOtherwise };
        if let Some(kept) = FileType::ALL.iter().find(|it| it.sign() == Some(name)) {
            return FileRemedy::Rename(*kept);
        }
        match name {
            "HEIC" | "HEIF" | "AVIF" | "GIF" | "BMP" | "TIFF" => FileRemedy::SavePicture,
            "RAR" | "7z" | "gzip" | "xz" | "bzip2" | "Zstandard" => FileRemedy::PackAgain,
            _ => FileRemedy::SaveOtherwise,
        }
    }
}

/// So many of [`SIGNS`] are of types that are kept.
const KEPT_SIGNS: usize = 6;
/// What a content begins with, what stands behind so many bytes, and what that is.
const SIGNS: [(&[u8], usize, &[u8], &str); 26] = [
    (b"\xff\xd8\xff", 0, b"", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", 0, b"", "PNG"),
    (b"RIFF", 8, b"WEBP", "WebP"),
    (b"%PDF-", 0, b"", "PDF"),
    (b"PK\x03\x04", 0, b"", "ZIP"),
    (b"PK\x05\x06", 0, b"", "ZIP"),
    (b"", 4, b"ftypheic", "HEIC"),
    (b"", 4, b"ftypheix", "HEIC"),
    (b"", 4, b"ftypmif1", "HEIF"),
    (b"", 4, b"ftypmsf1", "HEIF"),
    (b"", 4, b"ftypavif", "AVIF"),
    (b"", 4, b"ftyp", "MP4"),
    (b"GIF8", 0, b"", "GIF"),
    (b"BM", 6, b"\0\0\0\0", "BMP"),
    (b"II*\0", 0, b"", "TIFF"),
    (b"MM\0*", 0, b"", "TIFF"),
    (b"Rar!\x1a\x07", 0, b"", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", 0, b"", "7z"),
    (b"\x1f\x8b", 0, b"", "gzip"),
    (b"\xfd7zXZ\0", 0, b"", "xz"),
    (b"BZh", 4, b"1AY&SY", "bzip2"),
    (b"\x28\xb5\x2f\xfd", 0, b"", "Zstandard"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, b"", "DOC/XLS/MSG"),
    (b"\x7fELF", 0, b"", "ELF"),
    (b"MZ", 0, b"", "EXE"),
    (b"RIFF", 8, b"", "RIFF"),
];

impl FileType {
    /// The type by the ending of a name.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "jpeg" => Some(Self::Jpg),
            ending => Self::from_code(ending),
        }
    }

    /// As [`FoundContent::Named`] calls it; `None` for the kinds of text.
    fn sign(self) -> Option<&'static str> {
        match self {
            Self::Jpg => Some("JPEG"),
            Self::Png => Some("PNG"),
            Self::Webp => Some("WebP"),
            Self::Pdf => Some("PDF"),
            Self::Zip => Some("ZIP"),
            Self::Txt | Self::Log | Self::Csv | Self::Eml => None,
        }
    }
}

/// Judges a file by its name, of which only the ending counts, and by its content; takes out of
/// pictures all that says where, when and by whom they were made. How a picture is to be turned stays.
///
/// # Errors
/// What stands against keeping it.
pub fn vet(name: &str, bytes: Vec<u8>) -> Result<VettedFile, FileFault> {
    if bytes.is_empty() {
        return Err(FileFault::Empty);
    }
    let ending = ending(name);
    let Some(file_type) = FileType::of_ending(&ending) else {
        return Err(FileFault::NotPermitted { ending, found: found(&bytes) });
    };
    let fits = match (file_type, file_type.sign()) {
        (_, Some(sign)) => found(&bytes) == FoundContent::Named(sign),
        (FileType::Eml, None) => text::is_mail(&bytes),
        (_, None) => found(&bytes) == FoundContent::Text,
    };
    if !fits {
        return Err(match found(&bytes) {
            FoundContent::Text => match file_type {
                FileType::Eml => FileFault::Damaged { file_type },
                _ => FileFault::OtherContent { ending, found: FoundContent::Text },
            },
            found => FileFault::OtherContent { ending, found },
        });
    }
    let damaged = FileFault::Damaged { file_type };
    let stripped = match file_type {
        FileType::Jpg => jpeg::stripped(&bytes).ok_or(damaged)?,
        FileType::Png => png::stripped(&bytes).ok_or(damaged)?,
        FileType::Webp => webp::stripped(&bytes).ok_or(damaged)?,
        FileType::Pdf
        | FileType::Txt
        | FileType::Log
        | FileType::Csv
        | FileType::Eml
        | FileType::Zip => return Ok(VettedFile { file_type, bytes, is_stripped: false }),
    };
    let is_stripped = stripped != bytes;
    Ok(VettedFile { file_type, bytes: stripped, is_stripped })
}

/// What stands behind the last point of a name, in small letters; empty where there is no point.
fn ending(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or_default();
    let ending = last.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.chars().take(12).collect::<String>().to_lowercase()
}

fn found(bytes: &[u8]) -> FoundContent {
    let begins = |(head, place, behind, _): &&(&[u8], usize, &[u8], &str)| {
        bytes.starts_with(head) && bytes.get(*place..).is_some_and(|rest| rest.starts_with(behind))
    };
    let sign = SIGNS.iter().position(|sign| begins(&sign));
    let name = sign.map(|place| FoundContent::Named(SIGNS[place].3));
    match (sign, text::found(bytes)) {
        // two letters at the head of a text are no sign
        (Some(KEPT_SIGNS..) | None, FoundContent::Text) => FoundContent::Text,
        (_, found) => name.unwrap_or(found),
    }
}

/// The big-endian number at `place`.
fn big_u32(bytes: &[u8], place: usize) -> Option<u32> {
    let four = bytes.get(place..place.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

#[cfg(test)]
mod tests;
