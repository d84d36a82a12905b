//! The same work for many things, on all cores.

use std::{
    iter,
    num::NonZero,
    panic,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// So many things are worth a core of their own.
const CHUNK: usize = 64;

/// So many at most are done in a row with one tool, which remembers what neighbours share.
const ROW: usize = 512;

/// Does `work` with a few things at a time, on all cores; what comes of it is in their order. A
/// handful is done `here`, where it is asked for.
pub(super) fn chunks<T: Sync, R: Send>(
    items: &[T],
    here: impl Fn(&[T]) -> R,
    work: impl Fn(&[T]) -> R + Sync,
) -> Vec<R> {
    if items.len() <= CHUNK {
        return vec![here(items)];
    }
    on_all_cores(items, CHUNK, || (), |(), chunk| work(chunk))
}

/// As [`chunks`], with one `tool` for each core.
pub(super) fn chunks_with<T: Sync, R: Send, W>(
    items: &[T],
    here: impl Fn(&[T]) -> R,
    tool: impl Fn() -> W + Sync,
    work: impl Fn(&W, &[T]) -> R + Sync,
) -> Vec<R> {
    if items.len() <= CHUNK {
        return vec![here(items)];
    }
    let row = (items.len() / (8 * cores())).clamp(CHUNK, ROW);
    on_all_cores(items, row, tool, work)
}

fn on_all_cores<T: Sync, R: Send, W>(
    items: &[T],
    row: usize,
    tool: impl Fn() -> W + Sync,
    work: impl Fn(&W, &[T]) -> R + Sync,
) -> Vec<R> {
    let rows: Vec<&[T]> = items.chunks(row).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let tool = tool();
        let mine = iter::from_fn(|| {
            let at = next.fetch_add(1, Ordering::Relaxed);
            rows.get(at).map(|row| (at, work(&tool, row)))
        });
        mine.collect::<Vec<_>>()
    };
    let mut done = thread::scope(|scope| {
        // a thread that cannot be had leaves its work to the others
        let another = |_| thread::Builder::new().spawn_scoped(scope, work).ok();
        let others: Vec<_> = (1..cores().min(rows.len())).filter_map(another).collect();
        let mut done = work();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, done)| done).collect()
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_of_each_chunk_is_in_the_order_of_the_things() {
        for count in [0, 1, CHUNK, CHUNK + 1, 10 * CHUNK + 7] {
            let items: Vec<usize> = (0..count).collect();
            let done = chunks(&items, <[_]>::to_vec, <[_]>::to_vec);
            assert_eq!(done.concat(), items);
            let same = |(): &(), row: &[_]| row.to_vec();
            let done = chunks_with(&items, <[_]>::to_vec, || (), same);
            assert_eq!(done.concat(), items);
        }
    }
}
