//! The procedure itself: pure values and rules. No IO, no clock, no environment, no git.
//!
//! Four floors, each importing only those below it:
//!
//! - [`base`]: words, ids, times, texts, the calendar.
//! - [`history`]: records, their events, and what replay gives. A change of its meaning raises
//!   [`RULES`](history::event::RULES).
//! - [`deciding`]: what policy, people and other records have a say in when a step is made.
//! - [`analysis`]: what is read off records.

pub mod analysis;
pub mod base;
pub mod deciding;
pub mod history;
