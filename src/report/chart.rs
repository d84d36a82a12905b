//! Charts: drawn by the reader's git host from Mermaid, or as SVG inside a page.

use plotters::{
    chart::ChartBuilder,
    coord::ranged1d::{IntoSegmentedCoord, SegmentValue},
    drawing::{DrawingAreaErrorKind, IntoDrawingArea},
    element::{Circle, Rectangle, Text},
    prelude::SVGBackend,
    series::LineSeries,
    style::{
        Color, IntoFont, RGBColor, ShapeStyle, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};
use serde::{Deserialize, Serialize};

use super::html;
use crate::domain::base::characters::without_controls;

/// What marks the place of a chart in Markdown that becomes a page.
pub(super) const PLACE: &str = "docket-chart";

/// Readable on white and on black.
const INK: RGBColor = RGBColor(120, 120, 120);
const BAR: RGBColor = RGBColor(47, 111, 171);
const SIZE: (u32, u32) = (640, 240);
/// The most points that can be told apart.
const MOST: usize = 60;

/// One row of numbers with its labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    pub kind: ChartKind,
    pub title: String,
    pub points: Vec<ChartPoint>,
}

/// How the numbers are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Shares in per cent, one after the other.
    Line,
    Bar,
    /// How a whole is parted.
    Distribution,
}

/// A number; absent where there was nothing to count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartPoint {
    pub label: String,
    pub value: Option<f64>,
}

impl Chart {
    /// The points that have a number.
    fn known(&self) -> Vec<(&str, f64)> {
        let points = self.points.iter().filter_map(|p| Some((p.label.as_str(), p.value?)));
        points.filter(|(_, value)| value.is_finite()).take(MOST).collect()
    }

    fn is_empty(&self) -> bool {
        self.known().iter().all(|(_, value)| *value <= 0.0)
    }

    /// As a block of Mermaid; nothing where there is nothing to show.
    pub fn mermaid(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        let quoted = |text: &str| format!("\"{}\"", harmless(text));
        let points = self.known();
        let body = match self.kind {
            ChartKind::Distribution => {
                let slice =
                    |(label, value): &(&str, f64)| format!("    {} : {value}\n", quoted(label));
                let slices: String =
                    points.iter().filter(|(_, value)| *value > 0.0).map(slice).collect();
                format!("pie showData\n    title {}\n{slices}", harmless(&self.title))
            }
            ChartKind::Line | ChartKind::Bar => {
                let labels: Vec<_> = points.iter().map(|(label, _)| quoted(label)).collect();
                let values: Vec<_> = points.iter().map(|(_, value)| value.to_string()).collect();
                let word = if self.kind == ChartKind::Line { "line" } else { "bar" };
                format!(
                    "xychart-beta\n    title {}\n    x-axis [{}]\n    y-axis 0 --> {}\n    {word} [{}]\n",
                    quoted(&self.title),
                    labels.join(", "),
                    self.top(),
                    values.join(", "),
                )
            }
        };
        format!("```mermaid\n{body}```\n")
    }

    /// As the block of Markdown in whose place a page has the SVG.
    pub(super) fn place(&self) -> Result<String, serde_json::Error> {
        if self.is_empty() {
            return Ok(String::new());
        }
        Ok(format!("```{PLACE}\n{}\n```\n", serde_json::to_string(self)?))
    }

    /// The end of the axis: a round number that no value exceeds.
    fn top(&self) -> f64 {
        let most = self.known().iter().map(|(_, value)| *value).fold(0.0, f64::max);
        if self.kind == ChartKind::Line && most <= 100.0 {
            return 100.0;
        }
        let mut step = 1.0;
        while step * 10.0 < most {
            step *= 10.0;
        }
        (most / step).ceil().max(1.0) * step
    }

    /// As SVG, with what it shows as text for those who cannot see it.
    pub fn svg(&self) -> Result<String, String> {
        let mut drawn = String::new();
        self.draw(&mut drawn).map_err(|error| error.to_string())?;
        let values: Vec<_> =
            self.known().iter().map(|(label, value)| format!("{label}: {value}")).collect();
        let values = html(&format!("{}: {}", self.title, values.join(", ")));
        let named = format!("<svg role=\"img\" aria-label=\"{values}\"");
        Ok(drawn.replacen("<svg", &named, 1).replace('\n', ""))
    }

    fn draw(
        &self,
        svg: &mut String,
    ) -> Result<
        (),
        DrawingAreaErrorKind<<SVGBackend<'static> as plotters::prelude::DrawingBackend>::ErrorType>,
    > {
        let points = self.known();
        let area = SVGBackend::with_string(svg, SIZE).into_drawing_area();
        let font = |size: u32| TextStyle::from(("sans-serif", size).into_font()).color(&INK);
        let places = i32::try_from(points.len()).unwrap_or(1).max(1);
        // a range of one segment has no width
        let last = (places - 1).max(1);
        let mut chart = ChartBuilder::on(&area)
            .margin(12)
            .caption(harmless(&self.title), font(15))
            .x_label_area_size(28)
            .y_label_area_size(48)
            .build_cartesian_2d((0..last).into_segmented(), 0.0..self.top() * 1.12)?;
        let named = |at: &SegmentValue<i32>| match at {
            SegmentValue::Exact(n) | SegmentValue::CenterOf(n) => {
                let place = usize::try_from(*n).ok().and_then(|n| points.get(n));
                place.map(|(label, _)| harmless(label)).unwrap_or_default()
            }
            SegmentValue::Last => String::new(),
        };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .x_labels(points.len().min(12))
            .y_labels(5)
            .x_label_formatter(&named)
            .y_label_formatter(&|value| short(*value))
            .x_label_style(font(12))
            .y_label_style(font(12))
            .axis_style(INK)
            .bold_line_style(INK.mix(0.25))
            .light_line_style(INK.mix(0.0))
            .draw()?;
        let filled = ShapeStyle { color: BAR.to_rgba(), filled: true, stroke_width: 2 };
        let points: Vec<_> = (0..places).zip(points.iter().map(|(_, value)| *value)).collect();
        if self.kind == ChartKind::Line {
            let at = points.iter().map(|(n, value)| (SegmentValue::CenterOf(*n), *value));
            chart.draw_series(LineSeries::new(at.clone(), filled))?;
            chart.draw_series(at.map(|at| Circle::new(at, 4, filled)))?;
        } else {
            chart.draw_series(points.iter().map(|(n, value)| {
                let corners =
                    [(SegmentValue::Exact(*n), 0.0), (SegmentValue::Exact(n + 1), *value)];
                let mut bar = Rectangle::new(corners, filled);
                bar.set_margin(0, 0, 14, 14);
                bar
            }))?;
        }
        chart.draw_series(points.iter().map(|(n, value)| {
            let above = (SegmentValue::CenterOf(*n), value + self.top() * 0.02);
            let middle = Pos::new(HPos::Center, VPos::Bottom);
            Text::new(short(*value), above, font(12).pos(middle))
        }))?;
        area.present()
    }
}

/// At most one decimal.
fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Text that neither ends the quotation it stands in nor the block.
fn harmless(text: &str) -> String {
    let marks = |c: char| "\"`#;<>{}[]|&\\".contains(c);
    without_controls(text).replace(marks, " ").chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(kind: ChartKind, points: &[(&str, Option<f64>)]) -> Chart {
        let point = |(label, value): &(&str, Option<f64>)| ChartPoint {
            label: (*label).to_owned(),
            value: *value,
        };
        Chart { kind, title: "on time".to_owned(), points: points.iter().map(point).collect() }
    }

    #[test]
    fn months_without_a_number_are_left_out_and_not_taken_for_zero() {
        let line = chart(ChartKind::Line, &[("2026-10", None), ("2026-11", Some(92.5))]);
        assert_eq!(
            line.mermaid(),
            "```mermaid\nxychart-beta\n    title \"on time\"\n    x-axis [\"2026-11\"]\n    \
             y-axis 0 --> 100\n    line [92.5]\n```\n"
        );
        assert_eq!(chart(ChartKind::Line, &[("2026-10", None)]).mermaid(), "");
    }

    #[test]
    fn a_label_of_a_stranger_stays_inside_its_quotes_and_its_picture() {
        let nasty = "x\"]\n```\n<script>alert(1)</script>";
        let pie = chart(ChartKind::Distribution, &[(nasty, Some(1.0)), ("b", Some(2.0))]);
        let text = pie.mermaid();
        assert_eq!(text.matches("```").count(), 2, "{text}");
        assert_eq!(text.lines().count(), 6, "{text}");
        let svg = pie.svg().unwrap();
        assert!(svg.starts_with("<svg role=\"img\"") && !svg.contains("<script"), "{svg}");
        assert_eq!(pie.place().unwrap().lines().count(), 3);
    }

    #[test]
    fn every_shape_is_drawn_with_its_numbers() {
        for kind in [ChartKind::Line, ChartKind::Bar, ChartKind::Distribution] {
            let one = chart(kind, &[("a", Some(3.0))]).svg().unwrap();
            assert!(!one.contains("width=\"-"), "{kind:?}: {one}");
            let svg = chart(kind, &[("a", Some(3.0)), ("b", Some(14.5))]).svg().unwrap();
            assert!(svg.contains("14.5") && svg.contains("on time"), "{kind:?}: {svg}");
        }
    }
}
