//! How findings are printed, and when they fail a script.

use clap::ValueEnum;

/// In which form findings are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FindingFormat {
    #[default]
    Text,
    Json,
    Sarif,
    Md,
}

/// From which severity on the exit status is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Note,
}
