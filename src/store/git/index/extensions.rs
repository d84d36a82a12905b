//! What git keeps behind the entries, brought in step with changed entries.
//!
//! Each of these only spares git work, so what cannot follow is left out, as git itself leaves out
//! what it does not know.

use std::borrow::Cow;

use super::raw::{Extension, RawIndex, read_varint};

/// Cached trees nested deeper than this are given up.
const DEEPEST: usize = 256;
/// What an untracked cache says of the exclude files: two times nine numbers, one more number and
/// two names of objects.
const EXCLUDES: usize = 2 * 36 + 4 + 2 * 20;

/// Appends the extensions of `index` that still hold after the entries at `paths` have changed, or,
/// when `is_shifted`, have come or gone.
pub(super) fn follow<'i>(
    index: &'i RawIndex,
    paths: &[&[u8]],
    is_shifted: bool,
    pieces: &mut Vec<Cow<'i, [u8]>>,
) {
    for Extension { signature, data } in &index.extensions {
        let data = &index.bytes[data.clone()];
        let content = match signature {
            b"TREE" => without_trees(data, paths).map(Cow::Owned),
            // files that are not tracked, by folder: new entries make it wrong
            b"UNTR" if is_shifted => emptied(data).map(Cow::Owned),
            // files that a watcher saw changed, by place; it sees our own writing as well
            b"FSMN" if is_shifted => None,
            // and how conflicts were resolved, by path
            b"UNTR" | b"FSMN" | b"REUC" => Some(Cow::Borrowed(data)),
            // where the entries end (EOIE, IEOT), and what nobody knows
            _ => None,
        };
        let size = content.as_ref().and_then(|content| u32::try_from(content.len()).ok());
        if let (Some(content), Some(size)) = (content, size) {
            let head = [*signature, size.to_be_bytes()];
            pieces.extend([Cow::Owned(head.concat()), content]);
        }
    }
}

/// The cached trees, without the names of those that hold one of `paths`; `None` if they cannot be
/// read.
fn without_trees(data: &[u8], paths: &[&[u8]]) -> Option<Vec<u8>> {
    let mut content = Vec::with_capacity(data.len());
    let mut rest = data;
    tree(&mut rest, paths, 0, &mut content)?;
    rest.is_empty().then_some(content)
}

/// Copies one tree, `name NUL entries SP subtrees LF id`, and those below it. A tree of −1 entries
/// has no id: git makes it anew.
fn tree(rest: &mut &[u8], paths: &[&[u8]], depth: usize, kept: &mut Vec<u8>) -> Option<()> {
    let name = upto(rest, 0)?;
    let inside: Vec<&[u8]> = match depth {
        0 => paths.to_vec(),
        DEEPEST.. => return None,
        _ => paths.iter().filter_map(|path| path.strip_prefix(name)?.strip_prefix(b"/")).collect(),
    };
    let entries = upto(rest, b' ')?;
    let subtrees = upto(rest, b'\n')?;
    let id = if entries.starts_with(b"-") { &[] } else { rest.split_off(..20)? };
    let (entries, id): (&[u8], &[u8]) =
        if inside.is_empty() { (entries, id) } else { (b"-1", &[]) };
    for part in [name, b"\0", entries, b" ", subtrees, b"\n", id] {
        kept.extend_from_slice(part);
    }
    let subtrees: usize = std::str::from_utf8(subtrees).ok()?.parse().ok()?;
    for _ in 0..subtrees {
        tree(rest, &inside, depth + 1, kept)?;
    }
    Some(())
}

/// Takes the bytes up to `end` off `rest`, and `end` with them.
fn upto<'b>(rest: &mut &'b [u8], end: u8) -> Option<&'b [u8]> {
    let length = rest.iter().position(|byte| *byte == end)?;
    let (taken, after) = rest.split_at(length);
    *rest = &after[1..];
    Some(taken)
}

/// An untracked cache that knows no folder yet but stays switched on.
fn emptied(data: &[u8]) -> Option<Vec<u8>> {
    let (identity, start) = read_varint(data, 0)?;
    let name = start.checked_add(identity)?.checked_add(EXCLUDES)?;
    let length = data.get(name..)?.iter().position(|byte| *byte == 0)?;
    let mut content = data[..=name + length].to_vec();
    content.push(0);
    Some(content)
}
