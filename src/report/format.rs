//! The shapes a report leaves in.

/// A shape; each is one arm where a report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Markdown,
    Json,
    /// The report's table.
    Csv,
}

impl Format {
    /// Every shape, by the name that `--format` takes.
    pub const ALL: [(&'static str, Self); 3] =
        [("md", Self::Markdown), ("json", Self::Json), ("csv", Self::Csv)];
}
