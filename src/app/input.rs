//! Text that is not on the command line: standard input, and what is written in an editor.

use std::{
    ffi::OsString,
    fs,
    io::{self, BufRead as _, BufReader, Read, Seek as _, Write, stdin},
    os::unix::fs::FileTypeExt,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    app::environment::Environment,
    error::{EditorEnd, Error, IoPlace, Result},
    store::files,
};

/// The most bytes that are read.
const MOST: u64 = 4 * 1024 * 1024;

/// What has no line end within so many bytes is no file of rows.
pub(super) const MOST_WITHOUT_END: u64 = 64 * 1024 * 1024;

/// The arguments with a bare `-` after a flag that takes a value replaced by standard input.
///
/// # Errors
/// A standard input that cannot be read or is no text.
pub fn with_standard_input(
    arguments: Vec<OsString>,
    takes_value: impl Fn(&str) -> bool,
) -> Result<Vec<OsString>> {
    let is_flag = |before: Option<&OsString>| {
        let word = before.and_then(|word| word.to_str()).unwrap_or_default();
        word.starts_with("--") && takes_value(word)
    };
    let mut filled = Vec::with_capacity(arguments.len());
    for word in arguments {
        let word =
            if word == "-" && is_flag(filled.last()) { standard_input()?.into() } else { word };
        filled.push(word);
    }
    Ok(filled)
}

fn standard_input() -> Result<String> {
    let unreadable = |source| Error::Io { what: IoPlace::StandardInput, source };
    let mut bytes = Vec::new();
    stdin().take(MOST).read_to_end(&mut bytes).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|_| Error::NotUtf8 { what: IoPlace::StandardInput })
}

/// Standard input to its end, which docket itself gives.
pub fn everything() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let unreadable = |source| Error::Io { what: IoPlace::StandardInput, source };
    stdin().read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// The text of a file, or of standard input where it is called `-`.
///
/// # Errors
/// A file that cannot be read, is no UTF-8 or is too large.
pub fn text_of(environment: &Environment, file: &Path) -> Result<String> {
    let is_input = file == Path::new("-");
    let what = if is_input { IoPlace::StandardInput } else { IoPlace::file(file) };
    let unreadable = |source| Error::Io { what: what.clone(), source };
    let mut bytes = Vec::new();
    let read = if is_input {
        stdin().take(MOST + 1).read_to_end(&mut bytes)
    } else {
        let path = environment.directory.join(file);
        fs::File::open(path).and_then(|opened| opened.take(MOST + 1).read_to_end(&mut bytes))
    };
    let size = read.map_err(unreadable)?;
    if u64::try_from(size).unwrap_or(u64::MAX) > MOST {
        return Err(Error::TooLarge { what, most: MOST });
    }
    String::from_utf8(bytes).map_err(|_| Error::NotUtf8 { what })
}

/// A file to read back and forth in; `-` and what else comes only once is put by first.
///
/// # Errors
/// What cannot be read.
pub fn seekable(environment: &Environment, file: &Path) -> Result<(fs::File, IoPlace)> {
    let is_input = file == Path::new("-");
    let what = if is_input { IoPlace::StandardInput } else { IoPlace::file(file) };
    let unreadable = |source| Error::Io { what: what.clone(), source };
    if is_input {
        return Ok((spooled(&mut stdin().lock(), &what)?, what));
    }
    let mut opened = fs::File::open(environment.directory.join(file)).map_err(unreadable)?;
    let kind = opened.metadata().map_err(unreadable)?.file_type();
    // a device may have no end
    if kind.is_char_device() || kind.is_block_device() {
        return Err(unreadable(io::ErrorKind::Unsupported.into()));
    }
    if !kind.is_file() && !kind.is_dir() {
        opened = spooled(&mut opened, &what)?;
    }
    Ok((opened, what))
}

/// A copy of what comes only once, which ends before it has filled the disk with one line.
fn spooled(from: &mut dyn Read, what: &IoPlace) -> Result<fs::File> {
    let unreadable = |source| Error::Io { what: what.clone(), source };
    let mut copy = tempfile::tempfile().map_err(unreadable)?;
    let mut from = BufReader::with_capacity(64 * 1024, from);
    let mut without_end = 0;
    loop {
        let buffer = from.fill_buf().map_err(unreadable)?;
        if buffer.is_empty() {
            break;
        }
        let end = buffer.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
        let open = u64::try_from(end.map_or(buffer.len(), |end| buffer.len() - end));
        without_end = open.unwrap_or(u64::MAX) + if end.is_some() { 0 } else { without_end };
        if without_end > MOST_WITHOUT_END {
            return Err(Error::TooLarge { what: what.clone(), most: MOST_WITHOUT_END });
        }
        copy.write_all(buffer).map_err(unreadable)?;
        let used = buffer.len();
        from.consume(used);
    }
    copy.rewind().map_err(unreadable)?;
    Ok(copy)
}

/// What somebody writes in `$EDITOR`, begun with `draft`, in a file of this ending.
///
/// # Errors
/// No editor, one that fails, or a text that is none.
pub fn written(environment: &Environment, draft: &str, ending: &str) -> Result<String> {
    let editor = environment.editor.as_deref().unwrap_or("vi");
    let failed = |source| Error::Io { what: IoPlace::Editor(editor.to_owned()), source };
    let mut file =
        tempfile::Builder::new().prefix("docket-").suffix(ending).tempfile().map_err(failed)?;
    file.write_all(draft.as_bytes()).and_then(|()| file.flush()).map_err(failed)?;
    // As git does it: the setting may hold arguments, so a shell takes it apart.
    let status = Command::new("sh")
        .args(["-c", &format!("{editor} \"$@\""), editor])
        .arg(file.path())
        .status()
        .map_err(failed)?;
    if !status.success() {
        let end = match status.code() {
            // so a shell says it
            Some(126 | 127) => EditorEnd::NotStarted,
            Some(status) => EditorEnd::Status(status),
            None => EditorEnd::Killed,
        };
        return Err(Error::Editor { editor: editor.to_owned(), end });
    }
    fs::read_to_string(file.path()).map_err(failed)
}

/// Keeps a text that somebody wrote as a file of this name, in a folder of its own below `home`.
///
/// # Errors
/// A folder that cannot be written in.
pub fn kept(home: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(home)?;
    let place = tempfile::Builder::new().prefix("draft-").tempdir_in(home)?.keep().join(name);
    files::put(&place, text.as_bytes())?;
    Ok(place)
}
