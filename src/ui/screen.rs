//! The whole screen, for an answer that is drawn again and again.

use std::io::{self, Stdin, Write as _, stdin, stdout};

use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};

/// The other screen, without a cursor; and back again.
const ENTER: &str = "\u{1b}[?1049h\u{1b}[?25l";
const LEAVE: &str = "\u{1b}[?25h\u{1b}[?1049l";
/// To the first line; the rest of a line; the rest of the screen.
const TOP: &str = "\u{1b}[H";
const REST_OF_LINE: &str = "\u{1b}[K";
const REST_OF_SCREEN: &str = "\u{1b}[J";
/// A key is waited for so many tenths of a second.
const PATIENCE: u8 = 10;
/// Esc, and Ctrl-C and Ctrl-D, which are keys like others here.
const LEAVING: [u8; 4] = [b'q', 0x1b, 0x03, 0x04];

/// A screen that was taken over; it is given back as it was when this is dropped.
#[derive(Debug)]
pub struct Screen {
    keys: Stdin,
    before: Termios,
}

/// What somebody did at the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Nothing for a second.
    None,
    Leave,
    Other,
}

impl Screen {
    /// Takes the screen over.
    ///
    /// # Errors
    /// What keys come from is no terminal.
    pub fn take() -> io::Result<Self> {
        let keys = stdin();
        let before = tcgetattr(&keys)?;
        let mut modes = before.clone();
        modes.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
        modes.special_codes[SpecialCodeIndex::VMIN] = 0;
        modes.special_codes[SpecialCodeIndex::VTIME] = PATIENCE;
        tcsetattr(&keys, OptionalActions::Flush, &modes)?;
        let screen = Self { keys, before };
        written(ENTER)?;
        Ok(screen)
    }

    /// Shows these lines in the place of what was there.
    ///
    /// # Errors
    /// A terminal that is gone.
    #[expect(clippy::unused_self, reason = "only who has taken the screen draws on it")]
    pub fn draw<'l>(&self, lines: impl IntoIterator<Item = &'l str>) -> io::Result<()> {
        let lines: Vec<_> = lines.into_iter().map(|line| format!("{line}{REST_OF_LINE}")).collect();
        written(&format!("{TOP}{}{REST_OF_SCREEN}", lines.join("\n")))
    }

    /// The next key, if one is pressed within a second.
    ///
    /// # Errors
    /// A terminal that is gone.
    pub fn key(&self) -> io::Result<Key> {
        let mut bytes = [0; 32];
        let read = rustix::io::read(&self.keys, &mut bytes)?;
        Ok(match &bytes[..read] {
            [] => Key::None,
            // arrows and the like begin with Esc as well
            [0x1b, _, ..] => Key::Other,
            keys if keys.iter().any(|key| LEAVING.contains(key)) => Key::Leave,
            _ => Key::Other,
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // whose terminal is gone has no use for it
        let _: io::Result<()> = written(LEAVE);
        let _: Result<(), _> = tcsetattr(&self.keys, OptionalActions::Flush, &self.before);
    }
}

fn written(text: &str) -> io::Result<()> {
    let mut out = stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
