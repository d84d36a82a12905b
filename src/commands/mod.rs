//! One file per command: its arguments, its action, its answer. None prints; git is
//! touched only where it is the subject: audit, hook, init, log, sync.

pub mod accept;
pub mod ack;
pub mod amend;
pub mod attach;
pub mod attachment;
pub mod audit;
pub mod board;
pub mod calendar;
pub mod check;
pub mod close;
pub mod confirm;
pub mod contact;
pub mod customer;
pub mod decide;
pub mod demo;
pub mod doctor;
pub mod due;
pub mod escalate;
pub mod export;
pub mod extend;
pub mod followup;
pub mod handover;
pub mod help;
pub mod hold;
pub mod hook;
pub mod import;
pub mod init;
pub mod links;
pub mod list;
pub mod log;
pub mod merge_driver;
pub mod note;
pub mod open;
pub mod people;
pub mod phone;
pub mod policy;
pub mod privacy;
pub mod promise;
pub mod redact;
pub mod relay;
pub mod remote;
pub mod render_template;
pub mod report;
pub mod resolve;
pub mod respond;
pub mod route;
pub mod search;
pub mod settle;
pub mod shell;
pub mod show;
pub mod sla;
pub mod survey;
pub mod sync;
pub mod undo;
pub mod update;
pub mod visit;

use crate::{app::App, error::Result, ui::answer::Answer};

/// A command with its arguments.
pub trait Command {
    /// Does it, and says what came of it.
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>>;
}
