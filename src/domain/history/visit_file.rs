//! The file that the offline page of a visit writes, and that `visit import` reads. It may have been made by
//! anybody: what it says is held to the rules of the steps that it brings, its pictures to those of
//! attachments.

use chrono::NaiveDateTime;
use serde::{Deserialize, Deserializer};

use crate::domain::{
    base::{
        characters::BYTE_ORDER_MARK,
        ids::{EventId, RecordId},
        media::data_url::{DataUrl, data_url},
        terms::{FileType, Satisfaction},
        text,
    },
    history::steps::visit::Conduct,
};

/// Version of the file.
pub const VISIT_FILE: u32 = 1;
/// The most bytes of a file.
pub const MOST_OF_VISIT_FILE: u64 = 8 * 1024 * 1024;
/// The most photos in one.
pub const MOST_PHOTOS: usize = 6;

/// The most bytes that the page lets a photo have, so that all of them go into a file.
pub const MOST_OF_PHOTO: u64 = 600 * 1024;

/// What every file begins with, and what stands around the hash with which it ends.
const HEAD: &str = "{\"docket_visit\":";
const BEFORE_HASH: &str = ",\"sha256\":\"";
const AFTER_HASH: &str = "\"}";
/// Letters of a SHA-256 in hexadecimal.
const HASH: usize = 64;

/// A visit as the page was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledVisit {
    /// What the desk was called that made the page.
    pub desk: String,
    pub record: RecordId,
    /// The event that planned the visit.
    pub visit: EventId,
    pub departed_at: NaiveDateTime,
    pub arrived_at: NaiveDateTime,
    /// Why it was late.
    pub late_reason: Option<String>,
    /// Whom of the customer we told that the engineer comes late, and when.
    pub told: Option<(String, NaiveDateTime)>,
    pub left_at: NaiveDateTime,
    pub work: String,
    pub result: String,
    pub parts: Option<String>,
    /// What is still to be done.
    pub left_open: Option<String>,
    /// Prohibitions that were broken; empty for none.
    pub conduct: Vec<Conduct>,
    pub devices: FilledDevices,
    pub signature: FilledSignature,
    pub photos: Vec<DataUrl>,
}

/// Whether devices of the customer were used (P6).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilledDevices {
    NotUsed,
    AllowedBy(String),
}

/// Who of the customer signed, or why nobody did (P2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilledSignature {
    Signed { by: String, opinion: Satisfaction, comment: Option<String>, drawn: DataUrl },
    Refused { reason: String },
}

/// What stands against reading a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VisitFileFault {
    /// Nothing that the page writes.
    NotAForm,
    /// It ends before its end.
    Torn,
    /// It is no more what the page wrote.
    Altered,
    /// Another version of docket made the page.
    OtherVersion {
        given: u32,
    },
    /// Its content is none that the page writes.
    Unreadable,
    /// An answer is missing.
    Incomplete(FormField),
    /// What is to be a picture is none.
    NotAPicture(FormField),
    TooManyPhotos {
        given: usize,
    },
    /// The page is of another desk.
    OtherDesk {
        desk: String,
        own: String,
    },
    /// The desk has no such visit.
    NoSuchVisit {
        record: RecordId,
    },
}

/// An answer on the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormField {
    DepartedAt,
    ArrivedAt,
    LateReason,
    Told,
    ToldAt,
    LeftAt,
    Work,
    Result,
    Parts,
    LeftOpen,
    Conduct,
    Devices,
    Signature,
    SignedBy,
    Opinion,
    Comment,
    Refused,
    Drawn,
    Photo,
}

/// A file as it is spelled; what is missing is told by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VisitFileKeys {
    #[serde(rename = "docket_visit")]
    _version: u32,
    desk: String,
    record: RecordId,
    visit: EventId,
    departed_at: Option<FormMinute>,
    arrived_at: Option<FormMinute>,
    late_reason: Option<String>,
    told: Option<String>,
    told_at: Option<FormMinute>,
    left_at: Option<FormMinute>,
    work: Option<String>,
    result: Option<String>,
    parts: Option<String>,
    left_open: Option<String>,
    conduct: Option<Vec<Conduct>>,
    devices: Option<FilledDevices>,
    signature: Option<SignatureKeys>,
    #[serde(default)]
    photos: Vec<String>,
    #[serde(rename = "sha256")]
    _hash: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum SignatureKeys {
    Signed(SignedKeys),
    Refused(RefusedKeys),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedKeys {
    by: Option<String>,
    opinion: Option<u8>,
    comment: Option<String>,
    drawn: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefusedKeys {
    reason: Option<String>,
}

/// Only the version, of a file whose other keys may be unknown.
#[derive(Deserialize)]
struct VersionKey {
    docket_visit: u32,
}

/// A time on the clocks of the desk's zone, to the minute: `2026-11-23T14:20`.
struct FormMinute(NaiveDateTime);

impl<'de> Deserialize<'de> for FormMinute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // what has seconds of its own is no such time any more
        format!("{text}:00").parse().map(Self).map_err(serde::de::Error::custom)
    }
}

impl FilledSignature {
    /// The signature as it was drawn.
    pub fn drawn(&self) -> Option<&DataUrl> {
        match self {
            Self::Signed { drawn, .. } => Some(drawn),
            Self::Refused { .. } => None,
        }
    }
}

impl FilledVisit {
    /// Reads a file, of which `sha256` gives the hash in hexadecimal.
    ///
    /// # Errors
    /// What stands against it.
    pub fn read(file: &[u8], sha256: impl Fn(&[u8]) -> String) -> Result<Self, VisitFileFault> {
        let text = std::str::from_utf8(file).map_err(|_| VisitFileFault::NotAForm)?;
        // an editor may put a mark before it and a line break behind it
        let text = text.trim_start_matches(BYTE_ORDER_MARK).trim();
        if !text.starts_with(HEAD) {
            return Err(VisitFileFault::NotAForm);
        }
        let (told, hash) = parts(text).ok_or(VisitFileFault::Torn)?;
        if sha256(told.as_bytes()) != hash {
            return Err(VisitFileFault::Altered);
        }
        let version: VersionKey =
            serde_json::from_str(text).map_err(|_| VisitFileFault::Unreadable)?;
        if version.docket_visit != VISIT_FILE {
            return Err(VisitFileFault::OtherVersion { given: version.docket_visit });
        }
        let keys: VisitFileKeys =
            serde_json::from_str(text).map_err(|_| VisitFileFault::Unreadable)?;
        keys.whole()
    }
}

/// What stands before the hash at the end, and the hash; `None` where there is none.
fn parts(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_suffix(AFTER_HASH)?;
    let (rest, hash) = rest.split_at_checked(rest.len().checked_sub(HASH)?)?;
    Some((rest.strip_suffix(BEFORE_HASH)?, hash))
}

impl VisitFileKeys {
    fn whole(self) -> Result<FilledVisit, VisitFileFault> {
        if self.photos.len() > MOST_PHOTOS {
            return Err(VisitFileFault::TooManyPhotos { given: self.photos.len() });
        }
        let told = match (self.told.and_then(some), self.told_at) {
            (Some(name), Some(at)) => Some((name, at.0)),
            (Some(_), None) => return Err(VisitFileFault::Incomplete(FormField::ToldAt)),
            (None, _) => None,
        };
        let signature = needed(self.signature, FormField::Signature)?;
        let photos = self.photos.iter().map(|url| picture(url, FormField::Photo));
        Ok(FilledVisit {
            desk: self.desk,
            record: self.record,
            visit: self.visit,
            departed_at: needed(self.departed_at, FormField::DepartedAt)?.0,
            arrived_at: needed(self.arrived_at, FormField::ArrivedAt)?.0,
            late_reason: self.late_reason.and_then(some),
            told,
            left_at: needed(self.left_at, FormField::LeftAt)?.0,
            work: needed(self.work.and_then(some), FormField::Work)?,
            result: needed(self.result.and_then(some), FormField::Result)?,
            parts: self.parts.and_then(some),
            left_open: self.left_open.and_then(some),
            conduct: needed(self.conduct, FormField::Conduct)?,
            devices: needed(self.devices, FormField::Devices)?,
            signature: signature.whole()?,
            photos: photos.collect::<Result<_, _>>()?,
        })
    }
}

impl SignatureKeys {
    fn whole(self) -> Result<FilledSignature, VisitFileFault> {
        Ok(match self {
            Self::Signed(signed) => {
                let by = needed(signed.by.and_then(some), FormField::SignedBy)?;
                let opinion = signed.opinion.and_then(Satisfaction::of_grade);
                let drawn = needed(signed.drawn, FormField::Drawn)?;
                let drawn = picture(&drawn, FormField::Drawn)?;
                if drawn.file_type != FileType::Png {
                    return Err(VisitFileFault::NotAPicture(FormField::Drawn));
                }
                FilledSignature::Signed {
                    by,
                    opinion: needed(opinion, FormField::Opinion)?,
                    comment: signed.comment.and_then(some),
                    drawn,
                }
            }
            Self::Refused(refused) => FilledSignature::Refused {
                reason: needed(refused.reason.and_then(some), FormField::Refused)?,
            },
        })
    }
}

fn needed<T>(given: Option<T>, field: FormField) -> Result<T, VisitFileFault> {
    given.ok_or(VisitFileFault::Incomplete(field))
}

/// A text in which there is something to be seen.
fn some(text: String) -> Option<String> {
    (text::tidy(&text, usize::MAX) != Err(text::TextFault::Empty)).then_some(text)
}

fn picture(url: &str, field: FormField) -> Result<DataUrl, VisitFileFault> {
    data_url(url).ok_or(VisitFileFault::NotAPicture(field))
}
