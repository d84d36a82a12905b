//! The desk that `docket demo` makes, on the Friday afternoon on which the tests look at it.

use std::{process::Command, sync::LazyLock};

use crate::{desk::Desk, terminal::Typist};

pub(crate) const NOW: &str = "2026-11-20 17:30";

/// The desk, made once; who changes anything of it takes a copy.
pub(crate) static SAMPLE: LazyLock<Desk> = LazyLock::new(|| {
    let desk = Desk::nowhere();
    desk.at("09:00").run("demo . --fixed").succeeds();
    desk.at(NOW).run("list").succeeds();
    desk
});

/// A command on a terminal that knows colours, without a pager.
pub(crate) fn command(desk: &Desk, line: &str) -> Command {
    command_at(desk, NOW, line)
}

pub(crate) fn command_at(desk: &Desk, now: &str, line: &str) -> Command {
    let mut command = desk.at(now).command(line);
    command.env("PAGER", "cat").env("TERM", "xterm");
    command
}

/// Status and output of a command of the sample desk on a terminal of so many columns.
pub(crate) fn printed(line: &str, columns: u16) -> (i32, String) {
    Typist::before(command(&SAMPLE, line), columns, 50).printout()
}
