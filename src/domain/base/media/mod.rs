//! What a file is by its content, and what is taken out of pictures before they are kept: pure
//! functions over bytes, of which every one may have been made by an enemy. Nothing is unpacked, and
//! no picture is drawn.

pub mod data_url;
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
        let sign = SIGNS.iter().find(|sign| sign.3 == name);
        sign.map_or(FileRemedy::SaveOtherwise, |sign| sign.4)
    }
}

/// What a content begins with, what stands behind so many bytes, what that is, and how it can be
/// attached all the same.
type ContentSign = (&'static [u8], usize, &'static [u8], &'static str, FileRemedy);

/// The first that fits says what a content is.
const SIGNS: [ContentSign; 26] = [
    (b"\xff\xd8\xff", 0, b"", "JPEG", FileRemedy::Rename(FileType::Jpg)),
    (b"\x89PNG\r\n\x1a\n", 0, b"", "PNG", FileRemedy::Rename(FileType::Png)),
    (b"RIFF", 8, b"WEBP", "WebP", FileRemedy::Rename(FileType::Webp)),
    (b"%PDF-", 0, b"", "PDF", FileRemedy::Rename(FileType::Pdf)),
    (b"PK\x03\x04", 0, b"", "ZIP", FileRemedy::Rename(FileType::Zip)),
    (b"PK\x05\x06", 0, b"", "ZIP", FileRemedy::Rename(FileType::Zip)),
    (b"", 4, b"ftypheic", "HEIC", FileRemedy::SavePicture),
    (b"", 4, b"ftypheix", "HEIC", FileRemedy::SavePicture),
    (b"", 4, b"ftypmif1", "HEIF", FileRemedy::SavePicture),
    (b"", 4, b"ftypmsf1", "HEIF", FileRemedy::SavePicture),
    (b"", 4, b"ftypavif", "AVIF", FileRemedy::SavePicture),
    (b"", 4, b"ftyp", "MP4", FileRemedy::SaveOtherwise),
    (b"GIF8", 0, b"", "GIF", FileRemedy::SavePicture),
    (b"BM", 6, b"\0\0\0\0", "BMP", FileRemedy::SavePicture),
    (b"II*\0", 0, b"", "TIFF", FileRemedy::SavePicture),
    (b"MM\0*", 0, b"", "TIFF", FileRemedy::SavePicture),
    (b"Rar!\x1a\x07", 0, b"", "RAR", FileRemedy::PackAgain),
    (b"7z\xbc\xaf\x27\x1c", 0, b"", "7z", FileRemedy::PackAgain),
    (b"\x1f\x8b", 0, b"", "gzip", FileRemedy::PackAgain),
    (b"\xfd7zXZ\0", 0, b"", "xz", FileRemedy::PackAgain),
    (b"BZh", 4, b"1AY&SY", "bzip2", FileRemedy::PackAgain),
    (b"\x28\xb5\x2f\xfd", 0, b"", "Zstandard", FileRemedy::PackAgain),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, b"", "DOC/XLS/MSG", FileRemedy::SaveOtherwise),
    (b"\x7fELF", 0, b"", "ELF", FileRemedy::SaveOtherwise),
    (b"MZ", 0, b"", "EXE", FileRemedy::SaveOtherwise),
    (b"RIFF", 8, b"", "RIFF", FileRemedy::SaveOtherwise),
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
        let own = SIGNS.iter().find(|sign| sign.4 == FileRemedy::Rename(self));
        own.map(|sign| sign.3)
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
    let sign = SIGNS.iter().find(|(head, place, behind, ..)| {
        bytes.starts_with(head) && bytes.get(*place..).is_some_and(|rest| rest.starts_with(behind))
    });
    match (sign, text::found(bytes)) {
        (Some((.., name, FileRemedy::Rename(_))), _) => FoundContent::Named(name),
        // two letters at the head of a text are no sign
        (_, FoundContent::Text) => FoundContent::Text,
        (Some((.., name, _)), _) => FoundContent::Named(name),
        (None, found) => found,
    }
}

/// The big-endian number at `place`.
fn big_u32(bytes: &[u8], place: usize) -> Option<u32> {
    let four = bytes.get(place..place.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

#[cfg(test)]
mod tests;
