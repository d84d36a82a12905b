//! The road for writing, tried beside the real git program.

mod apart;
mod desk;
mod index;
mod object_writer;
mod reading;
mod recovery;
mod refusals;
mod splice;
mod writing;
