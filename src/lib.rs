//! The service desk of a small IT team over a git repository.
//!
//! Each request, fault or complaint is one YAML file; each step of the procedure is one commit.
//! Layers import only to the left:
//!
//! ```text
//! domain ← store ← error ← words ← report ← audit ← ui ← app, complete ←
//! arguments ← answers ← commands ← cli ← main
//! ```
//!
//! - [`domain`] is the procedure itself: pure values, no IO, no clock, no git.
//! - [`store`] alone knows git, YAML and paths.
//! - [`error`] is all that ends a command, as values with an exit status.
//! - [`words`] says everything, errors too, in every language: one catalogue for each.
//! - [`report`] alone knows templates.
//! - [`audit`] says what a commit must look like, and whether it does.
//! - [`app`] opens a desk and takes the one road from a request to a commit.
//! - [`complete`] tells the shell what may come behind Tab.
//! - [`arguments`] and [`answers`] are what several commands take and give.
//! - [`commands`] has one file per command: its arguments, its action, its answer.

mod answers;
mod app;
mod arguments;
mod audit;
mod cli;
mod commands;
mod complete;
mod domain;
mod error;
mod report;
mod store;
#[doc(hidden)]
pub mod testing;
mod ui;
mod words;

pub use cli::run;
