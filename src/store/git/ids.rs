//! Names of git objects, told apart by what they name.

use std::{fmt, str::FromStr};

use git2::Oid;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// The name of a commit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId(pub(super) Oid);

/// The name of a file's content: equal names are equal bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId(pub(super) Oid);

impl CommitId {
    /// The first ten hexadecimal digits, for people.
    pub fn short(self) -> String {
        self.0.to_string().chars().take(10).collect()
    }
}

/// A text that is not 40 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAnId(pub String);

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not the full name of a git object", self.0)
    }
}

macro_rules! named_by_hex {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                parse_oid(text).map(Self).ok_or_else(|| NotAnId(text.to_owned()))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    };
}

named_by_hex!(CommitId);
named_by_hex!(BlobId);

impl BlobId {
    /// The name that git gives to these bytes, without storing them; `None` if libgit2 cannot hash.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Oid::hash_object(git2::ObjectType::Blob, bytes).ok().map(Self)
    }

    /// The name with these twenty bytes.
    pub fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(Oid::from_bytes(&bytes).unwrap_or(Oid::ZERO_SHA1))
    }

    /// The name's twenty bytes.
    pub fn bytes(self) -> [u8; 20] {
        let mut bytes = [0; 20];
        bytes.copy_from_slice(self.0.as_bytes());
        bytes
    }
}

/// Reads a full object name; libgit2 alone would also take a shortened one.
pub(super) fn parse_oid(text: &str) -> Option<Oid> {
    (text.len() == 40).then(|| Oid::from_str(text).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_full_names_are_ids() {
        let full = "ce013625030ba8dba906f756967f9e9ca394464a";
        assert_eq!(BlobId::of(b"hello\n").unwrap().to_string(), full);
        assert_eq!(full.parse::<CommitId>().unwrap().short(), "ce01362503");
        for text in ["", "ce01", "zz013625030ba8dba906f756967f9e9ca394464a", &full[1..]] {
            assert!(text.parse::<CommitId>().is_err(), "{text}");
        }
    }
}
