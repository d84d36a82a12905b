//! `--watch`: the board or a list, drawn anew when something changed or became due.

use std::{ffi::OsString, io};

use super::{Cli, perform, ui};
use crate::{
    app::{
        App, GlobalOptions,
        clock::{Ids, TimeSource},
        environment::Environment,
    },
    domain::base::{time::Timestamp, zone::Zone},
    error::{Error, IoPlace, Result, usage::Usage},
    store::git::ids::CommitId,
    ui::{
        Ui,
        answer::AnswerFormat,
        cell::Cell,
        screen::{Key, Screen},
        terminal::Style,
    },
    words::message::Message,
};

const FLAG: &str = "--watch";

/// What a drawing hangs on: the newest commit, the minute, and the size of the screen.
#[derive(PartialEq, Eq)]
struct DrawnState {
    tip: Option<CommitId>,
    minute: i64,
    size: (u16, Option<u16>),
}

/// Shows what these words answer until somebody leaves.
///
/// # Errors
/// What the command itself says the first time, and no terminal to draw on.
pub(super) fn watch(words: &[OsString], environment: &Environment) -> Result<u8> {
    let first = fresh(words, environment)?;
    let is_seen = environment.interactive && environment.stdout_is_terminal;
    if !is_seen || first.shape != AnswerFormat::Human || first.quiet {
        return Err(Error::Usage(Usage::NeedsTerminal { flag: FLAG }));
    }
    let mut text = answered(words, environment, &first)?;
    let mut drawn = moment(words, environment, &first);
    let lost = |source| Error::Io { what: IoPlace::StandardOutput, source };
    let screen = Screen::take().map_err(lost)?;
    draw(&screen, &text, &first).map_err(lost)?;
    loop {
        match screen.key() {
            Ok(Key::Leave) => return Ok(0),
            Ok(Key::None | Key::Other) => {}
            Err(source) if source.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(lost(source)),
        }
        let ui = fresh(words, environment)?;
        let now = moment(words, environment, &ui);
        if now == drawn {
            continue;
        }
        let renewed = answered(words, environment, &ui)?;
        if renewed != text || now.size != drawn.size {
            draw(&screen, &renewed, &ui).map_err(lost)?;
        }
        (text, drawn) = (renewed, now);
    }
}

fn draw(screen: &Screen, text: &str, ui: &Ui) -> io::Result<()> {
    let lines: Vec<&str> = text.lines().collect();
    // the last line tells how to leave
    let room = ui.height.map_or(lines.len(), |height| usize::from(height).saturating_sub(1));
    let shown = lines.len().min(room);
    let mut last = ui.words().message(&Message::LeaveWatch);
    if shown < lines.len() {
        let more = ui.words().message(&Message::MoreLines { count: lines.len() - shown });
        last = format!("{more} · {last}");
    }
    let last = ui.terminal().line(vec![Cell::styled(&last, Style::Dim)]);
    screen.draw(lines[..shown].iter().copied().chain([last.trim_end()]))
}

/// The doors as they are now: a screen may have another size each time.
fn fresh(words: &[OsString], environment: &Environment) -> Result<Ui> {
    Ok(ui::of(&read(words)?, environment))
}

fn read(words: &[OsString]) -> Result<Cli> {
    Cli::read(words).map_err(|fault| super::misspelled(&fault, words))
}

fn answered(words: &[OsString], environment: &Environment, ui: &Ui) -> Result<String> {
    let answer = perform(read(words)?, environment.clone(), ui)?;
    let text = answer.human(&ui.terminal());
    let remark = answer.remark(ui.words()).map(|remark| format!("{remark}\n"));
    Ok(text + &remark.unwrap_or_default())
}

fn moment(words: &[OsString], environment: &Environment, ui: &Ui) -> DrawnState {
    let directory = read(words).ok().and_then(|cli| cli.global.directory);
    let clock = TimeSource::from(environment).unwrap_or(TimeSource::Wall);
    let app = App {
        environment: environment.clone(),
        options: GlobalOptions { directory, ..GlobalOptions::default() },
        clock,
        ids: Ids::from(environment),
        ui,
    };
    let now: Timestamp = clock.now(Zone::UTC);
    DrawnState { tip: app.tip(), minute: now.unix() / 60, size: (ui.width, ui.height) }
}
