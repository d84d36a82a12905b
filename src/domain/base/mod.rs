//! Words, ids, times and texts: what everything else is made of.

pub mod bounded;
pub mod calendar;
pub mod characters;
pub mod companies;
pub mod country;
pub mod document;
pub mod ids;
pub mod lang;
pub mod limit;
pub mod line;
pub mod media;
pub mod moment;
pub mod month;
pub mod names;
pub mod nearest;
pub mod nearness;
pub mod permitted;
pub mod personal;
pub mod phone;
pub mod print;
pub mod rule_place;
pub mod terms;
pub mod text;
pub mod time;
pub mod zone;
