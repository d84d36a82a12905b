//! The `docket` command.

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    docket::cli::run(env::args_os())
}
