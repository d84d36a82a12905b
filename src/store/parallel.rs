//! The same deed for many things, on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};

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

/// So many at most are done in a row with one tool, which remembers what neighbours share.
const ROW: usize = 512;

/// As [`chunks`], with one `tool` for each core.
pub(super) fn chunks_with<T: Sync, R: Send, W>(
    items: &[T],
    here: impl Fn(&[T]) -> R,
    tool: impl Fn() -> W + Sync,
    deed: impl Fn(&W, &[T]) -> R + Sync,
) -> Vec<R> {
    if items.len() <= CHUNK {
        return vec![here(items)];
    }
    let row = (items.len() / (8 * rayon::current_num_threads())).clamp(CHUNK, ROW);
    let rows: Vec<&[T]> = items.chunks(row).collect();
    let next = AtomicUsize::new(0);
    let done = rayon::broadcast(|_| {
        let tool = tool();
        let mine = std::iter::from_fn(|| {
            let at = next.fetch_add(1, Ordering::Relaxed);
            rows.get(at).map(|row| (at, deed(&tool, row)))
        });
        mine.collect::<Vec<_>>()
    });
    let mut done: Vec<(usize, R)> = done.into_iter().flatten().collect();
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, done)| done).collect()
}
