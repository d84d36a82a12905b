//! Named points on the road of writing where tests may let the program die.

/// A moment of [`Repository::write`](super::Repository::write), in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CrashPoint {
    ObjectsWritten,
    JournalWritten,
    Flushed,
    IndexLocked,
    ApartMoved,
    ReferenceMoved,
    FileHalfWritten,
    FileWritten,
    IndexPrepared,
    IndexInstalled,
    IndexUnlocked,
    JournalDropped,
}

/// Does nothing.
#[cfg(not(feature = "crash-points"))]
pub(super) const fn at(_point: CrashPoint) {}

/// Aborts the program if `DOCKET_CRASH_AT` names this point.
#[cfg(feature = "crash-points")]
pub(super) fn at(point: CrashPoint) {
    #[expect(clippy::disallowed_methods, reason = "only in builds for crash tests")]
    let wanted = std::env::var("DOCKET_CRASH_AT");
    if wanted.is_ok_and(|wanted| wanted == format!("{point:?}")) {
        std::process::abort();
    }
}
