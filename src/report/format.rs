//! The shapes a report leaves in.

/// A shape; each is one arm where a report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Markdown,
    /// One HTML file.
    Html,
    Json,
    /// The report's table.
    Csv,
}

impl Format {
    /// Every shape, by the name that `--format` takes.
    pub const ALL: [(&'static str, Self); 4] =
        [("md", Self::Markdown), ("html", Self::Html), ("json", Self::Json), ("csv", Self::Csv)];
}
