//! docket on a terminal, as a person meets it: a pseudo-terminal of a given size.

use std::{
    fs::File,
    io::{Read as _, Write as _},
    process::{Child, Command},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use nix::pty::{Winsize, openpty};

/// What takes longer is broken.
const PATIENCE: Duration = Duration::from_mins(1);

/// A program that runs on a terminal.
pub(crate) struct OnTerminal {
    child: Child,
    keys: File,
    shown: Receiver<Vec<u8>>,
    /// Everything that it has written.
    written: Vec<u8>,
}

impl OnTerminal {
    /// Starts a program on a terminal with so many columns and lines.
    pub(crate) fn start(mut command: Command, columns: u16, lines: u16) -> Self {
        let size = Winsize { ws_row: lines, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        let pty = openpty(Some(&size), None).unwrap();
        let terminal = || pty.slave.try_clone().unwrap();
        command.stdin(terminal()).stdout(terminal()).stderr(terminal());
        let child = command.spawn().unwrap();
        drop((command, pty.slave));
        let keys = File::from(pty.master);
        let mut reading = keys.try_clone().unwrap();
        let (sender, shown) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // the terminal is gone once nobody has it open
            while let Ok(read @ 1..) = reading.read(&mut bytes) {
                if sender.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { child, keys, shown, written: Vec::new() }
    }

    /// Presses keys.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until this is written behind what was read before.
    #[track_caller]
    pub(crate) fn shows(&mut self, text: &str) {
        let from = self.written.len();
        loop {
            let seen = String::from_utf8_lossy(&self.written[from..]).into_owned();
            if seen.contains(text) {
                return;
            }
            match self.shown.recv_timeout(PATIENCE) {
                Ok(bytes) => self.written.extend(bytes),
                Err(why) => panic!("no “{text}” ({why}) in {seen}"),
            }
        }
    }

    /// Waits for its end: the exit status, and everything that it has written.
    pub(crate) fn ends(mut self) -> (Option<i32>, String) {
        let status = self.child.wait().unwrap().code();
        while let Ok(bytes) = self.shown.recv_timeout(Duration::from_millis(300)) {
            self.written.extend(bytes);
        }
        (status, String::from_utf8_lossy(&self.written).replace("\r\n", "\n"))
    }
}
