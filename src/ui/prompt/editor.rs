//! The editor of lines; the only home of `rustyline`.

use std::{
    borrow::Cow,
    fmt,
    io::{IsTerminal, stdout},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rustyline::{
    Behavior, Cmd, ColorMode, ConditionalEventHandler, Config, Context, Editor, Event,
    EventContext, EventHandler, Helper, KeyCode, KeyEvent, Modifiers,
    completion::Completer,
    config::BellStyle,
    highlight::Highlighter,
    hint::{Hint, Hinter},
    history::MemHistory,
    validate::Validator,
};

use super::menu::Menu;
use crate::domain::base::characters::clean_line;

/// How long a terminal may take to send what belongs to a key, in milliseconds; Esc alone is known
/// by what does not follow.
const KEY_TIME: u16 = 150;

/// What came of asking.
#[derive(Debug)]
pub enum Typed {
    Line(String),
    /// The person left; with what stood in the line.
    Left(String),
}

/// An editor with the history of one run.
pub struct LineEditor {
    editor: Editor<EditorPage, MemHistory>,
    state: EditorState,
}

impl fmt::Debug for LineEditor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LineEditor")
    }
}

impl LineEditor {
    /// An editor on the terminal; `None` where it is gone.
    pub fn new() -> Option<Self> {
        // what is printed elsewhere is an answer, not a question
        let behavior = if stdout().is_terminal() { Behavior::Stdio } else { Behavior::PreferTerm };
        let config = Config::builder()
            .keyseq_timeout(Some(KEY_TIME))
            .bell_style(BellStyle::None)
            .color_mode(ColorMode::Forced)
            .behavior(behavior)
            .build();
        let history = MemHistory::with_config(&config);
        let mut editor = Editor::with_history(config, history).ok()?;
        let state = EditorState::default();
        editor.set_helper(Some(EditorPage(state.clone())));
        for key in KEYS.into_iter().map(Event::from).chain([Event::Any]) {
            let keys = EventHandler::Conditional(Box::new(Keys(state.clone())));
            editor.bind_sequence(key, keys);
        }
        Some(Self { editor, state })
    }

    /// A line of text.
    pub fn line(&mut self, prompt: &str) -> Typed {
        let typed = self.read(prompt, None);
        if let Typed::Line(line) = &typed
            && !line.trim().is_empty()
        {
            // a history without a file always takes it
            let _ = self.editor.add_history_entry(line.as_str());
        }
        typed
    }

    /// The code of what is chosen.
    pub fn choice(&mut self, prompt: &str, menu: Menu) -> Typed {
        let (columns, lines) = self.editor.dimensions().unwrap_or((80, 24));
        let menu = menu.on_page(columns.into(), lines.into()).behind(prompt);
        let typed = self.read(prompt, Some(menu));
        match (typed, self.state.lock().taken.take()) {
            (Typed::Line(_), Some((code, _))) => Typed::Line(code),
            (Typed::Line(filter) | Typed::Left(filter), _) => Typed::Left(filter),
        }
    }

    fn read(&mut self, prompt: &str, menu: Option<Menu>) -> Typed {
        *self.state.lock() = OpenQuestion { menu, ..OpenQuestion::default() };
        match self.editor.readline(prompt) {
            Ok(line) if self.state.lock().left => Typed::Left(line),
            Ok(line) => Typed::Line(line),
            Err(_) => Typed::Left(String::new()),
        }
    }
}

/// What is being asked, and what came of it so far.
#[derive(Debug, Default)]
struct OpenQuestion {
    menu: Option<Menu>,
    /// The code of what was chosen, and what stays on the screen.
    taken: Option<(String, String)>,
    left: bool,
}

/// What the editor's callbacks share.
#[derive(Clone, Debug, Default)]
struct EditorState(Arc<Mutex<OpenQuestion>>);

impl EditorState {
    fn lock(&self) -> MutexGuard<'_, OpenQuestion> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keys that do something of their own.
const KEYS: [KeyEvent; 14] = [
    key(KeyCode::Esc),
    control('C'),
    key(KeyCode::Enter),
    control('J'),
    key(KeyCode::Up),
    control('P'),
    key(KeyCode::BackTab),
    key(KeyCode::Down),
    control('N'),
    key(KeyCode::Tab),
    key(KeyCode::PageUp),
    key(KeyCode::PageDown),
    key(KeyCode::Char('?')),
    key(KeyCode::Char('\u{ff1f}')),
];

const fn key(code: KeyCode) -> KeyEvent {
    KeyEvent(code, Modifiers::NONE)
}

const fn control(letter: char) -> KeyEvent {
    KeyEvent(KeyCode::Char(letter), Modifiers::CTRL)
}

/// What those keys do.
struct Keys(EditorState);

impl ConditionalEventHandler for Keys {
    fn handle(&self, event: &Event, _: u16, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let KeyEvent(code, modifiers) = *event.get(0)?;
        let mut asked = self.0.lock();
        let is_control = modifiers.contains(Modifiers::CTRL);
        if code == KeyCode::Esc || is_control && code == KeyCode::Char('C') {
            // as a line that ends, so that the screen is left as after one
            asked.left = true;
            return Some(Cmd::AcceptLine);
        }
        let OpenQuestion { menu: Some(menu), taken, .. } = &mut *asked else {
            return (code == KeyCode::Tab).then_some(Cmd::Noop);
        };
        match (is_control, code) {
            (_, KeyCode::Enter) | (true, KeyCode::Char('J')) => {
                *taken = menu.taken().map(|choice| (choice.code.clone(), choice.told.clone()));
                if taken.is_some() {
                    return Some(Cmd::AcceptLine);
                }
            }
            (_, KeyCode::Up | KeyCode::BackTab) | (true, KeyCode::Char('P')) => menu.step(-1),
            (_, KeyCode::Down | KeyCode::Tab) | (true, KeyCode::Char('N')) => menu.step(1),
            (_, KeyCode::PageUp) => menu.step(-10),
            (_, KeyCode::PageDown) => menu.step(10),
            (false, KeyCode::Char('?' | '\u{ff1f}')) if context.line().is_empty() => menu.explain(),
            (false, KeyCode::Char(c)) if !menu.has_room_for(context.line(), c) => {
                return Some(Cmd::Noop);
            }
            _ => return None,
        }
        Some(Cmd::Repaint)
    }
}

/// What is seen besides the line.
struct EditorPage(EditorState);

/// The rows of a menu, below the line.
struct Rows(String);

impl Hint for Rows {
    fn display(&self) -> &str {
        &self.0
    }

    fn completion(&self) -> Option<&str> {
        None
    }
}

impl Hinter for EditorPage {
    type Hint = Rows;

    fn hint(&self, line: &str, _: usize, _: &Context<'_>) -> Option<Rows> {
        let mut asked = self.0.lock();
        let menu = asked.menu.as_mut()?;
        menu.narrow(line);
        let rows = menu.rows().into_iter().map(|row| format!("\n{row}"));
        Some(Rows(rows.collect()))
    }
}

impl Highlighter for EditorPage {
    /// What was chosen in the place of what was typed to find it.
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        match &self.0.lock().taken {
            Some((_, told)) => clean_line(told).into_owned().into(),
            None => line.into(),
        }
    }
}

impl Completer for EditorPage {
    type Candidate = String;
}

impl Validator for EditorPage {}
impl Helper for EditorPage {}
