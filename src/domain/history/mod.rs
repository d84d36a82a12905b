//! What a history is made of and what it gives: the floor that `rules` freezes.

pub mod facts;
pub mod steps;
