//! The program from outside, as its users meet it: every test runs the binary on a real repository.

#![expect(clippy::unwrap_used, reason = "what a test cannot do without ends it")]

mod audit;
mod cache;
mod check;
mod checkouts;
mod chinese;
mod circles;
mod clones;
mod complaint;
mod crash;
mod demo;
mod dependencies;
mod desk;
mod docs;
mod doctor;
mod figures;
mod forge;
mod frozen;
mod golden;
mod help;
mod hook;
mod identity;
mod import;
mod import_log;
mod input;
mod json;
mod kpi;
mod layers;
mod looking;
mod named;
mod pages;
mod paper;
mod procedure;
mod readme;
mod recorded;
mod relay;
mod shell;
mod signing;
mod survey;
mod sync;
mod tamper;
mod templates;
mod time;
mod writing;
mod zones;
