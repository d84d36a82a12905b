//! `docket sla`: how each due time comes about.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::{
    app::{App, step::Asked},
    commands::Command,
    domain::{
        clock::{
            explain::{Explained, Standing, Stretch, explain},
            reading::Shown,
        },
        intake::DueAt,
        record::Record,
        status::Clock,
        steps::recompute,
        terms::Action,
    },
    error::Result,
    store::find::RecordRef,
    ui::{
        answer::Answer,
        paper::{Paper, Style, minute},
    },
    words::{Words, label::Label},
};

/// Explain the clocks of a record
#[derive(Args, Debug)]
pub struct Sla {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show each due time step by step: start, counted stretches, pauses, limit, used and left
    Explain {
        /// Record, by its id or a tail of it
        record: RecordRef,
    },
    /// Compute due times afresh that are unknown or disputed
    Recompute {
        /// Record, by its id or a tail of it
        record: RecordRef,
    },
}

#[derive(Debug)]
struct Clocks {
    record: Record,
    clocks: Vec<Explained>,
}

impl Command for Sla {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let record = match self.what {
            What::Explain { record } => record,
            What::Recompute { record } => {
                let asked = Asked::new(&record, Action::Recompute);
                let done = desk.step(&asked, |draft| {
                    Ok(recompute::Recompute::decide(&draft.scene()).into())
                })?;
                return Ok(Box::new(done));
            }
        };
        let view = desk.view()?;
        let policy = view.policy()?;
        let record = desk.record(&view, &record)?;
        let clocks = explain(&record, desk.now(), policy.levels.at_risk, &policy.calendar);
        Ok(Box::new(Clocks { record, clocks }))
    }
}

/// `1 h 05 min`, with a minus where it ran over.
fn length(minutes: i64) -> String {
    let sign = if minutes < 0 { "-" } else { "" };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    if hours == 0 { format!("{sign}{rest} min") } else { format!("{sign}{hours} h {rest:02} min") }
}

fn due_text(due: DueAt, words: Words) -> String {
    match due {
        DueAt::At(at) => minute(at),
        DueAt::Unknown => words.label(Label::Unknown).to_owned(),
    }
}

impl Clocks {
    fn clock(paper: &Paper, clock: &Explained) -> String {
        let words = paper.words;
        let reading = &clock.reading;
        let name = words.clock(reading.clock);
        let stands = words.standing(clock.standing);
        let style = if clock.standing == Standing::Late { Style::Alarm } else { Style::Bold };
        let mut text = format!("\n{}\n", paper.styled(&format!("{name} · {stands}"), style));
        if let Some(limit) = clock.limit {
            text += &paper.field(words.label(Label::Limit), &limit.to_string());
        }
        text += &paper.field(words.label(Label::Start), &minute(reading.start));
        for Stretch { from, to, minutes, counts } in &clock.stretches {
            let label = if *counts { Label::Counted } else { Label::Paused };
            let line = format!("{} – {}  {}", minute(*from), minute(*to), length(*minutes));
            text += &paper.field(words.label(label), &line);
        }
        for earlier in &reading.earlier {
            let until = minute(earlier.until);
            let line =
                format!("{} ({} {until})", due_text(earlier.due, words), words.label(Label::Until));
            text += &paper.field(words.label(Label::EarlierDue), &line);
        }
        text += &paper.field(words.label(Label::Due), &due_text(reading.due, words));
        if let Some(at) = reading.stopped_at {
            text += &paper.field(words.label(Label::DoneAt), &minute(at));
        }
        text += &paper.field(words.label(Label::Used), &length(clock.used));
        text += &paper.field(words.label(Label::Left), &length(clock.left()));
        if let Some(at) = reading.breached_at {
            text += &paper.field(words.label(Label::Breached), &minute(at));
        }
        if reading.kept_by_late_entry {
            text += &paper.field(words.label(Label::Warning), words.label(Label::KeptByLateEntry));
        }
        text
    }
}

impl Answer for Clocks {
    fn human(&self, paper: &Paper) -> String {
        let id = paper.styled(self.record.id.as_str(), Style::Bold);
        let title = crate::ui::escape::clean_line(&self.record.status.title);
        let head = format!("{id}  {title}\n");
        head + &self.clocks.iter().map(|clock| Self::clock(paper, clock)).collect::<String>()
    }

    fn json(&self) -> Value {
        let stretch = |stretch: &Stretch| {
            json!({
                "from": stretch.from,
                "to": stretch.to,
                "minutes": stretch.minutes,
                "counts": stretch.counts,
            })
        };
        let clock = |clock: &Explained| {
            let reading = &clock.reading;
            let earlier = reading.earlier.iter().map(
                |target| json!({ "due": target.due, "from": target.from, "until": target.until }),
            );
            json!({
                "clock": code(reading.clock),
                "standing": standing_code(clock.standing),
                "start": reading.start,
                "limit": clock.limit,
                "due": reading.due,
                "stopped_at": reading.stopped_at,
                "breached_at": reading.breached_at,
                "kept_by_late_entry": reading.kept_by_late_entry,
                "earlier": earlier.collect::<Vec<_>>(),
                "stretches": clock.stretches.iter().map(stretch).collect::<Vec<_>>(),
                "whole_minutes": clock.whole,
                "used_minutes": clock.used,
                "left_minutes": clock.left(),
            })
        };
        let clocks: Vec<_> = self.clocks.iter().map(clock).collect();
        json!({ "format": 1, "id": self.record.id, "clocks": clocks })
    }
}

/// The clock's name for programs.
#[must_use]
pub fn code(clock: Shown) -> &'static str {
    match clock {
        Shown::Limit(Clock::Ack) => "ack",
        Shown::Limit(Clock::Respond) => "respond",
        Shown::Limit(Clock::Commitment) => "commitment",
        Shown::Limit(Clock::Resolve) => "resolve",
        Shown::Expected => "expected",
    }
}

/// The standing's name for programs.
#[must_use]
pub fn standing_code(standing: Standing) -> &'static str {
    match standing {
        Standing::Late => "late",
        Standing::AtRisk => "at_risk",
        Standing::Running => "running",
        Standing::Paused => "paused",
        Standing::Unknown => "unknown",
        Standing::Kept => "kept",
        Standing::Breached => "breached",
    }
}
