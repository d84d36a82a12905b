//! The signature that a commit bears.

use git2::ErrorCode;

use super::{
    Repository,
    error::{Error, GitTask},
    ids::CommitId,
};

/// A signature with the bytes that it signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCommit {
    pub signature: Vec<u8>,
    pub signed: Vec<u8>,
}

impl Repository {
    /// The signature of a commit; `None` for one without.
    pub fn signed(&self, id: CommitId) -> Result<Option<SignedCommit>, Error> {
        match self.inner.extract_signature(&id.0, None) {
            Ok((signature, signed)) => {
                Ok(Some(SignedCommit { signature: signature.to_vec(), signed: signed.to_vec() }))
            }
            Err(why) if why.code() == ErrorCode::NotFound => Ok(None),
            Err(why) => Err(Error::git(GitTask::ReadSignature(id.to_string()))(why)),
        }
    }
}
