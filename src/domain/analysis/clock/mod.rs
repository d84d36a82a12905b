//! How the clocks of a record stand.

pub mod explain;
pub mod reading;
#[cfg(test)]
mod tests;
