//! The languages that docket speaks, by their codes; the words have a catalogue for each.

/// What `locale` in `docket.yaml` and `--lang` can be.
pub const LANGUAGES: [&str; 2] = ["en", "zh-CN"];
