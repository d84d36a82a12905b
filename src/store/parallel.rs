//! The same deed for many things, on all cores.

use rayon::prelude::*;

/// So many things are worth a core of their own.
const CHUNK: usize = 64;

/// Does `deed` with a few things at a time, on all cores; what comes of it is in their order. A
/// handful is done `here`, where it is asked for.
pub(super) fn chunks<T: Sync, R: Send>(
    items: &[T],
    here: impl Fn(&[T]) -> R,
    deed: impl Fn(&[T]) -> R + Sync + Send,
) -> Vec<R> {
    if items.len() <= CHUNK {
        return vec![here(items)];
    }
    items.par_chunks(CHUNK).map(deed).collect()
}

/// As [`chunks`], with a `tool` that several chunks in a row are done with.
pub(super) fn chunks_with<T: Sync, R: Send, W>(
    items: &[T],
    here: impl Fn(&[T]) -> R,
    tool: impl Fn() -> W + Sync + Send,
    deed: impl Fn(&W, &[T]) -> R + Sync + Send,
) -> Vec<R> {
    if items.len() <= CHUNK {
        return vec![here(items)];
    }
    items.par_chunks(CHUNK).map_init(tool, |tool, chunk| deed(tool, chunk)).collect()
}
