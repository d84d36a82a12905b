//! The procedure itself: pure values and rules. No IO, no clock, no environment, no git.

pub mod calendar;
pub mod clock;
pub mod complaint;
pub mod completeness;
pub mod contact;
pub mod day;
pub mod event;
pub mod finding;
pub mod ids;
pub mod intake;
pub mod kpi;
pub mod lifecycle;
pub mod merge;
pub mod moment;
pub mod nearest;
pub mod policy;
pub mod record;
pub mod refusal;
pub mod roles;
pub mod source;
pub mod status;
pub mod steps;
pub mod survey;
pub mod terms;
pub mod text;
pub mod time;
