//! What users see, through the binary.

mod demo;
mod readme;
