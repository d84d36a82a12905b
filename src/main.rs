//! The `docket` command.

use std::{env, process::ExitCode};

use mimalloc::MiMalloc;

/// An audit drops folders of a megabyte between thousands of small values, over which the
/// allocator of glibc spends a sixth of its time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    docket::run(env::args_os())
}
