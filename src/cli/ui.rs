//! How a run speaks: language, shape, style and size of what it writes.

use std::ffi::OsString;

use super::{Cli, When, verbs::Verb};
use crate::{
    app::{desk, environment::Environment},
    ui::{Color, Ui, answer::AnswerFormat, terminal::Medium},
    words::Lang,
};

/// What shows long answers where the surroundings name nothing; it ends by itself where they fit.
const PAGER: &str = "less -FRX";

pub(super) fn of(cli: &Cli, environment: &Environment) -> Ui {
    let global = &cli.global;
    let own = match &cli.verb {
        Some(Verb::List(list)) => list.shape(),
        _ => None,
    };
    let shape = match own {
        // JSON is what every command prints with --json
        None | Some(AnswerFormat::Csv) if global.json => AnswerFormat::Json,
        own => own.unwrap_or_default(),
    };
    let color = match global.color {
        When::Auto => Color::Auto,
        When::Always => Color::Always,
        When::Never => Color::Never,
    };
    let styled = |terminal: bool| match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !environment.no_color && !environment.dumb,
    };
    let spoken = environment.spoken().ok().flatten();
    let mut ui = Ui::new(shape, global.lang.or(spoken).unwrap_or_default());
    ui.quiet = global.quiet;
    ui.styled = styled(environment.stdout_is_terminal) && shape == AnswerFormat::Human;
    ui.styled_errors = styled(environment.stderr_is_terminal);
    ui.interactive = environment.interactive && !global.no_input && shape == AnswerFormat::Human;
    ui.dumb = environment.dumb;
    fit(&mut ui, environment);
    ui
}

/// For words that are no command: what can be told from the words alone.
pub(super) fn of_words(words: &[OsString], environment: &Environment) -> Ui {
    let format = if in_json(words) { AnswerFormat::Json } else { AnswerFormat::Human };
    let mut ui = Ui::new(format, language(words, environment));
    let styled = |terminal: bool| match values_of("--color", "=", words).last() {
        Some("always") => true,
        Some("never") => false,
        Some(_) | None => terminal && !environment.no_color && !environment.dumb,
    };
    ui.styled = styled(environment.stdout_is_terminal) && format == AnswerFormat::Human;
    ui.styled_errors = styled(environment.stderr_is_terminal);
    fit(&mut ui, environment);
    ui
}

/// The language that words ask for, or else the person's, or the desk's.
pub(super) fn language(words: &[OsString], environment: &Environment) -> Lang {
    let flag = values_of("--lang", "=", words).find_map(Lang::from_tag);
    let spoken = || environment.spoken().ok().flatten();
    let of_desk = || {
        let directory = values_of("-C", "", words).next().unwrap_or_default();
        desk::language(&environment.directory.join(directory), &environment.git)
    };
    flag.or_else(spoken).or_else(of_desk).unwrap_or_default()
}

/// The values of a flag among words that may not make sense otherwise.
pub(super) fn values_of<'a>(
    flag: &str,
    between: &str,
    words: &'a [OsString],
) -> impl Iterator<Item = &'a str> {
    let words: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
    let value = |place: usize| match words[place].strip_prefix(flag)?.strip_prefix(between) {
        Some(value) if !value.is_empty() => Some(value),
        Some(_) | None => words.get(place + 1).copied(),
    };
    (0..words.len()).filter_map(value).collect::<Vec<_>>().into_iter()
}

/// What answers are written on: its size, whether somebody looks on, and what shows more than that holds.
fn fit(ui: &mut Ui, environment: &Environment) {
    let is_screen = environment.stdout_is_terminal;
    let size = is_screen.then(terminal_size::terminal_size).flatten();
    ui.medium = if is_screen { Medium::Screen } else { Medium::Pipe };
    // wide where there is no terminal, so that nothing is cut in a pipe
    let columns = size.map_or(if is_screen { 80 } else { 400 }, |(columns, _)| columns.0);
    ui.width = environment.columns.unwrap_or(columns).max(40);
    ui.height = size.map(|(_, lines)| lines.0);
    let pager = environment.pager.as_deref().unwrap_or(PAGER);
    let is_wanted = !environment.dumb && !["", "cat"].contains(&pager.trim());
    ui.pager = is_wanted.then(|| pager.to_owned());
}

/// True where the words ask for an answer in JSON, although they may not make sense otherwise.
fn in_json(arguments: &[OsString]) -> bool {
    let mut words = arguments.iter().take_while(|word| *word != "--");
    words.any(|word| word == "--json" || word == "--jsonl")
}
