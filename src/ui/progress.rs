//! How far a long command is, on a terminal; the only home of `indicatif`.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar that shows itself once the work takes long, and goes when it is dropped.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    /// What takes long.
    what: String,
}

impl Progress {
    pub(super) fn new(what: &str, seen: bool) -> Self {
        let target = if seen {
            ProgressDrawTarget::stderr_with_hz(10)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} {eta}") {
            bar.set_style(style.progress_chars("=> "));
        }
        Self { bar, what: what.to_owned() }
    }

    /// So many of so many are done.
    pub fn show(&self, done: usize, all: usize) {
        if self.bar.elapsed() >= PATIENCE {
            // a message that is set is drawn at once
            if self.bar.message().is_empty() {
                self.bar.set_message(self.what.clone());
            }
            self.bar.set_length(u64::try_from(all).unwrap_or(u64::MAX));
            self.bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        }
    }
}

impl Progress {
    /// What is being waited for, in words.
    pub fn message(&self, text: &str) {
        if self.bar.elapsed() >= PATIENCE && !text.is_empty() {
            if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg}") {
                self.bar.set_style(style);
            }
            self.bar.set_message(text.to_owned());
            self.bar.tick();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
