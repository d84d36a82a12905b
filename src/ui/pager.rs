//! Long answers are read in a pager.

use std::{
    io::{self, Seek as _, Write as _},
    os::unix::process::CommandExt as _,
    process::Command,
};

/// Takes a pager's name apart as git does, by a shell. Ctrl-C is for the pager alone; what a pager that
/// fails has not read is printed all the same, and the status is the answer's in either case. What is
/// shown is UTF-8 whatever the locale says.
const SCRIPT: &str = r#"trap : INT
export LESSCHARSET="${LESSCHARSET:-utf-8}"
(eval "$1") || cat
exit "$2""#;

/// Becomes the pager, which shows the text and ends with `status`. It reads a file without a name, so
/// that nobody has to wait for it, and nothing is lost where it is left early.
///
/// # Errors
/// No pager could be started: there is no other way to come back.
pub(super) fn page(text: &str, pager: &str, status: u8) -> io::Error {
    match file_of(text) {
        Ok(file) => {
            let mut command = Command::new("sh");
            command.args(["-c", SCRIPT, "sh", pager, &status.to_string()]).stdin(file);
            command.exec()
        }
        Err(error) => error,
    }
}

fn file_of(text: &str) -> io::Result<std::fs::File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(text.as_bytes())?;
    file.rewind()?;
    Ok(file)
}
