//! What is read off records: clocks, checks, figures, samples, the day, another system's past.

pub mod check;
pub mod clock;
pub mod duties;
pub mod finding;
pub mod kpi;
pub mod next_step;
pub mod overview;
pub mod privacy_scan;
pub mod record_filter;
pub mod source;
pub mod survey;
