//! Answers that several commands give.

pub mod agenda;
pub mod batch;
pub mod contact;
pub mod customer;
pub mod customers;
pub mod findings;
pub mod first_words;
mod items;
pub mod names;
pub mod record;
pub mod records;
pub mod rows;
pub mod rules;
pub mod step;
pub mod stop;
