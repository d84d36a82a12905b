//! The satisfaction survey: who is asked, and what came of it (R57).

pub mod figures;
pub mod sample;
