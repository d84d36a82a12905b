//! A pseudo-terminal with somebody who types at it, and the screen that they see.

use std::{
    fs::File,
    io::{ErrorKind, Read, Write},
    num::NonZero,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::Duration,
};

use nix::pty::{Winsize, openpty};
use vt100::{Parser, Screen};

/// A test that waits longer for something to be printed has failed.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) const LEFT: &str = "\u{1b}[D";
pub(crate) const UP: &str = "\u{1b}[A";
pub(crate) const DOWN: &str = "\u{1b}[B";
pub(crate) const HOME: &str = "\u{1b}[H";
pub(crate) const END: &str = "\u{1b}[F";
pub(crate) const DELETE: &str = "\u{1b}[3~";
pub(crate) const BACK: &str = "\u{7f}";
pub(crate) const ENTER: &str = "\r";
pub(crate) const ESCAPE: &str = "\u{1b}";

/// A letter typed with Ctrl.
pub(crate) fn ctrl(letter: char) -> String {
    char::from_u32(u32::from(letter) & 0x1f).map(String::from).unwrap()
}

/// A text that is pasted.
pub(crate) fn pasted(text: &str) -> String {
    format!("\u{1b}[200~{text}\u{1b}[201~")
}

/// A text without what only a terminal sees.
pub(crate) fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.trim_start_matches(|c: char| !c.is_ascii_alphabetic()));
    first + &rest.map(|part| part.get(1..).unwrap_or_default()).collect::<String>()
}

/// Somebody at a terminal on which a command runs.
pub(crate) struct Typist {
    child: Child,
    keys: File,
    printed: Receiver<Vec<u8>>,
    /// Everything that was printed.
    written: Vec<u8>,
    screen: Parser,
}

impl Typist {
    /// Runs a command on a terminal of so many columns.
    pub(crate) fn at(mut command: Command, columns: u16) -> Self {
        command.env("TERM", "xterm-256color");
        Self::before(command, columns, 24)
    }

    /// Runs a command on a terminal that can do nothing but print.
    pub(crate) fn at_printer(mut command: Command) -> Self {
        command.env("TERM", "dumb");
        Self::before(command, 80, 24)
    }

    /// Runs a command on a terminal of so many columns and lines, of the kind that it is told.
    pub(crate) fn before(mut command: Command, columns: u16, lines: u16) -> Self {
        let size = Winsize { ws_row: lines, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        let pty = openpty(Some(&size), None).unwrap();
        let slave = || Stdio::from(pty.slave.try_clone().unwrap());
        command.stdin(slave()).stdout(slave()).stderr(slave());
        let child = command.spawn().unwrap();
        // who holds the other side would keep it open
        drop(command);
        drop(pty.slave);
        let keys = File::from(pty.master);
        let mut from = keys.try_clone().unwrap();
        let (sender, printed) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            loop {
                match from.read(&mut bytes) {
                    Ok(some) if some > 0 && sender.send(bytes[..some].to_vec()).is_ok() => {}
                    Err(why) if why.kind() == ErrorKind::Interrupted => {}
                    // Linux ends a terminal with an error
                    Ok(_) | Err(_) => break,
                }
            }
        });
        let (lines, columns) = (NonZero::new(lines).unwrap(), NonZero::new(columns).unwrap());
        let screen = Parser::new(lines, columns, 1000);
        Self { child, keys, printed, written: Vec::new(), screen }
    }

    pub(crate) fn types(&mut self, keys: impl AsRef<str>) -> &mut Self {
        self.keys.write_all(keys.as_ref().as_bytes()).unwrap();
        self
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub(crate) fn sees(&mut self, text: &str) -> &mut Self {
        self.shows(text, |screen| screen.contains(text))
    }

    /// Waits until a text is all that stands on its line, if beyond the edge of the screen.
    #[track_caller]
    pub(crate) fn settles_on(&mut self, text: &str) -> &mut Self {
        self.shows(text, |screen| screen.replace('\n', "").ends_with(text))
    }

    #[track_caller]
    fn shows(&mut self, text: &str, is_shown: impl Fn(&str) -> bool) -> &mut Self {
        while !is_shown(&self.text()) {
            if let Err(why) = self.reads() {
                panic!("{why}: no “{text}” on the screen:\n{}", self.text());
            }
        }
        self
    }

    /// Waits until the command ends; gives its status and the screen that it leaves.
    pub(crate) fn end(&mut self) -> (i32, String) {
        let status = self.ends();
        assert!(!self.screen.screen().hide_cursor(), "the cursor is gone");
        let (row, column) = self.screen.screen().cursor_position();
        assert_eq!(column, 0, "the cursor is left within a line: {row}\n{}", self.text());
        (status, self.text())
    }

    /// Waits until the command ends; gives its status and everything that it printed, as it printed it.
    pub(crate) fn printout(&mut self) -> (i32, String) {
        let status = self.ends();
        (status, String::from_utf8_lossy(&self.written).replace("\r\n", "\n"))
    }

    fn ends(&mut self) -> i32 {
        loop {
            match self.reads() {
                Ok(()) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(why) => panic!("{why}: it has not ended:\n{}", self.text()),
            }
        }
        // whoever has let go of the terminal has nothing left to do
        self.child.wait().unwrap().code().unwrap_or(-1)
    }

    /// Takes in what is printed next.
    fn reads(&mut self) -> Result<(), RecvTimeoutError> {
        let bytes = self.printed.recv_timeout(PATIENCE)?;
        self.screen.process(&bytes);
        self.written.extend(bytes);
        Ok(())
    }

    pub(crate) fn screen(&self) -> &Screen {
        self.screen.screen()
    }

    /// What the screen shows, lines that go on beyond its edge as one.
    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }
}

impl Drop for Typist {
    /// A command that a test gave up on does not go on waiting for its keys.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
