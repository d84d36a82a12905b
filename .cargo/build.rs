//! How the program is linked.

use std::{env, io::Write as _};

/// The time zone tables hold 36 000 addresses. A program that may lie anywhere in memory adjusts
/// them all at every start, which is a third of the time that a short command takes.
fn main() -> std::io::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "what cargo tells of the target")]
    let target = |name: &str| env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    let mut cargo = std::io::stdout();
    writeln!(cargo, "cargo::rerun-if-changed=.cargo/build.rs")?;
    if target("OS") == "linux" && target("ENV") == "gnu" {
        writeln!(cargo, "cargo::rustc-link-arg-bin=docket=-no-pie")?;
    }
    Ok(())
}
