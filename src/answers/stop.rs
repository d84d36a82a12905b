//! What ended the reading of a file early, when some of it was taken already.

use serde::{Serialize, Serializer};

use crate::{
    error::Error,
    words::{Words, message::Message},
};

/// Why the rest was not looked at any more.
#[derive(Debug)]
pub struct StopCause(pub Error);

impl StopCause {
    /// The line in which it is told.
    pub fn told(&self, words: Words) -> String {
        let why = words.error(&self.0);
        format!("{}\n", words.message(&Message::ImportStopped { why }))
    }

    /// The status with which the command ends.
    pub fn status(&self) -> u8 {
        self.0.status()
    }
}

impl Serialize for StopCause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.code().serialize(serializer)
    }
}
