//! What a history is made of and what it gives: the floor that `rules` freezes.

pub mod agreement;
pub mod complaint;
pub mod contact;
pub mod customer;
pub mod event;
pub mod facts;
pub mod intake;
pub mod items;
pub mod lifecycle;
pub mod mask;
pub mod merge;
pub mod person;
pub mod reach;
pub mod record;
pub mod redaction;
pub mod refusal;
pub mod reveal;
pub mod rewriting;
pub mod roles;
pub mod status;
pub mod steps;
pub mod visit_comparison;
pub mod visit_file;
