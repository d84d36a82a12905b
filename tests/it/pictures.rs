//! The pictures of the README show what the program draws. `RENEW=1 cargo test --test it pictures`
//! draws them anew, `docs/pictures.sh` the photograph of a report as well.

use std::path::PathBuf;

use vt100::{Cell, Color, Screen};

use crate::{
    pages::{holds, root},
    sample::{SAMPLE, command_at},
    terminal::Typist,
};

/// When the story of the sample desk ends.
const NOW: &str = "2026-11-20 16:30";
/// Pixels of a cell and of the margin around the screen.
const CELL: (f32, u16) = (8.4, 19);
const MARGIN: u16 = 16;
const FONT: &str = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace";
const GROUND: &str = "#0d1117";
const PLAIN: &str = "#c9d1d9";
const DIM: &str = "#8b949e";
/// The eight colours of a terminal, as they are read well on a dark ground.
const COLOURS: [&str; 8] =
    ["#484f58", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#a5d6ff", "#ffffff"];

#[test]
fn the_pictures_of_screens_show_what_the_program_draws() {
    for (name, line) in [("board.svg", ""), ("record.svg", "show vh3gs")] {
        let mut typist = Typist::before(command_at(&SAMPLE, NOW, line), 92, 80);
        assert_eq!(typist.end().0, 0, "docket {line}");
        let typed = format!("docket {line}");
        let picture = drawn(typed.trim_end(), typist.screen());
        holds(&pictures().join(name), |_| picture);
    }
}

#[test]
fn the_photographed_report_is_the_one_that_the_program_prints() {
    let report = SAMPLE.at(NOW).run("report service --month 2026-11 --format html").succeeds();
    holds(&pictures().join("report.html"), |_| report.out());
}

fn pictures() -> PathBuf {
    root().join("docs/pictures")
}

/// A screen as SVG, below the command that was typed.
fn drawn(typed: &str, screen: &Screen) -> String {
    let (rows, columns): (u16, u16) = {
        let (rows, columns) = screen.size();
        (rows.get(), columns.get())
    };
    let typed = Run { column: 0, end: 0, text: format!("$ {typed}"), style: String::new() };
    let mut texts = text(&typed, 0);
    let mut height = 0;
    for row in 0..rows {
        for run in runs(screen, row, columns) {
            texts += &text(&run, row + 1);
            height = (row + 2) * CELL.1 + 2 * MARGIN;
        }
    }
    let width = f32::from(columns) * CELL.0 + 2.0 * f32::from(MARGIN);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height}\" \
         font-family=\"{FONT}\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>\n\
         <g fill=\"{PLAIN}\">\n{texts}</g>\n</svg>\n"
    )
}

/// Signs of one row that look alike, from one column to another.
struct Run {
    column: u16,
    end: u16,
    text: String,
    style: String,
}

/// The runs of a row; wide and narrow signs apart, and what is far apart, so that columns stay where
/// they are in a font of other widths.
fn runs(screen: &Screen, row: u16, columns: u16) -> Vec<Run> {
    let mut runs: Vec<(Run, bool)> = Vec::new();
    let cells = (0..columns).filter_map(|column| Some((column, screen.cell(row, column)?)));
    for (column, cell) in cells.filter(|(_, cell)| cell.has_contents() && cell.contents() != " ") {
        let (style, is_wide) = (style(cell), cell.is_wide());
        let end = column + if is_wide { 2 } else { 1 };
        match runs.last_mut() {
            Some((run, wide))
                if run.style == style
                    && *wide == is_wide
                    && column <= run.end + 1 - u16::from(is_wide) =>
            {
                if column > run.end {
                    run.text.push(' ');
                }
                run.text += cell.contents();
                run.end = end;
            }
            _ => runs.push((Run { column, end, text: cell.contents().to_owned(), style }, is_wide)),
        }
    }
    runs.into_iter().map(|(run, _)| run).collect()
}

fn style(cell: &Cell) -> String {
    let colour = match cell.fgcolor() {
        Color::Default if cell.dim() => DIM.to_owned(),
        Color::Default => PLAIN.to_owned(),
        Color::Idx(number) => COLOURS.get(usize::from(number)).copied().unwrap_or(PLAIN).to_owned(),
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
    };
    let bold = if cell.bold() { " font-weight=\"bold\"" } else { "" };
    format!(" fill=\"{colour}\"{bold}")
}

fn text(Run { column, end, text, style }: &Run, row: u16) -> String {
    let x = f32::from(MARGIN) + f32::from(*column) * CELL.0;
    let y = MARGIN + (row + 1) * CELL.1 - 5;
    let length = match end - column.min(end) {
        0 => String::new(),
        cells => format!(" textLength=\"{:.1}\"", f32::from(cells) * CELL.0),
    };
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<text x=\"{x:.1}\" y=\"{y}\"{length}{style}>{text}</text>\n")
}
