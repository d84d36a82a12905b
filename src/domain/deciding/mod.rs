//! What is decided when a step is made: by policy, by who acts, by other records and by the
//! customer's persons. The audit decides every event again by the same code.

pub mod agreements;
pub mod clock;
pub mod complaint;
pub mod completeness;
pub mod contact_change;
pub mod contact_merge;
pub mod contacts;
pub mod customers;
pub mod facts;
pub mod items;
pub mod known;
pub mod parts;
pub mod personal;
pub mod policy;
pub mod roster;
pub mod rule_change;
pub mod rule_days;
pub mod scene;
pub mod stamp;
pub mod steps;
