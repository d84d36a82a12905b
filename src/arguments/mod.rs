//! Arguments that several commands take, how their words are read, and how missing ones are asked
//! for.

pub mod filters;
pub mod findings;
pub mod on_behalf;
pub mod positionals;
pub mod prompts;
pub mod terms;
