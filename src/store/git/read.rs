//! Reading stored objects, which an audit holds against their names.

use std::sync::atomic::{AtomicBool, Ordering};

use git2::{Error, ErrorClass, ErrorCode, ObjectType, Odb, OdbObject, Oid};
use sha1::{Digest, Sha1};

/// Whether every object that is read is held against its name. Git itself does so when it fetches
/// and in `git fsck`, and no command but an audit has to.
static VERIFYING: AtomicBool = AtomicBool::new(false);

/// Lets every object that is read from now on be held against its name.
pub(super) fn verify() {
    VERIFYING.store(true, Ordering::Relaxed);
}

/// A stored object. libgit2 could hold it against its name as well, and would look for signs of an
/// attack on SHA-1 again, as git did when the object came in: six times the work.
pub(super) fn object<'o>(odb: &'o Odb<'_>, id: Oid) -> Result<OdbObject<'o>, Error> {
    let object = odb.read(id)?;
    if is_verifying() {
        check_name(id, object.kind(), object.data())?;
    }
    Ok(object)
}

/// Whether objects are held against their names.
pub(super) fn is_verifying() -> bool {
    VERIFYING.load(Ordering::Relaxed)
}

/// Refuses bytes that have another name.
pub(super) fn check_name(id: Oid, kind: ObjectType, bytes: &[u8]) -> Result<(), Error> {
    let mut hash = Sha1::new_with_prefix(format!("{kind} {}\0", bytes.len()));
    hash.update(bytes);
    if hash.finalize().as_slice() == id.as_bytes() {
        return Ok(());
    }
    let message = format!("{id} holds what has another name");
    Err(Error::new(ErrorCode::GenericError, ErrorClass::Odb, message))
}

/// Holds an object against its name, where nothing is taken on trust.
pub(super) fn check(odb: &Odb<'_>, id: Oid) -> Result<(), Error> {
    if is_verifying() { object(odb, id).map(drop) } else { Ok(()) }
}
