//! The program from outside, as its users meet it: every test runs the binary on a real repository.

mod desk;
mod input;
mod layers;
mod looking;
mod procedure;
mod writing;
