//! The `docket` command.

use std::{env, hint, process::ExitCode};

fn main() -> ExitCode {
    keep_memory();
    docket::cli::run(env::args_os())
}

/// glibc gives the end of the heap back as soon as 128 KiB of it are free. Writing one object frees
/// more, and the next one would wait for fresh pages again. It keeps twice the largest block that
/// was ever given back.
fn keep_memory() {
    drop(hint::black_box(Vec::<u8>::with_capacity(1 << 20)));
}
