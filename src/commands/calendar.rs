//! `docket calendar`: the working days and hours.

use std::{fs, io::Read as _, path::PathBuf};

use chrono::{Datelike, NaiveDate};
use clap::{Args, Subcommand};
use serde::{Serialize, Serializer};

use crate::{
    app::{App, desk::OpenDesk, period::month_of},
    audit::message,
    commands::Command,
    domain::base::{
        calendar::{Calendar, rules::Window},
        terms::Role,
    },
    error::{Error, IoPlace, Result},
    store::holidays::{self, HolidayFile},
    ui::{answer::Answer, terminal::Terminal},
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct CalendarCommand {
    #[command(subcommand)]
    what: CalendarSubcommand,
}

#[derive(Debug, Subcommand)]
enum CalendarSubcommand {
    Show {
        #[arg(long, value_name = "MONTH|last")]
        month: Option<String>,
    },
    Import {
        file: PathBuf,
    },
}

#[derive(Debug, Serialize)]
struct CalendarMonth {
    days: Vec<CalendarDay>,
}

/// A day with its working hours; none of them where its year is not loaded.
#[derive(Debug)]
struct CalendarDay {
    date: NaiveDate,
    hours: Option<Vec<Window>>,
    /// The holiday on it, or for which it is worked.
    holiday: Option<String>,
}

#[derive(Debug, Serialize)]
struct Loaded {
    years: Vec<i32>,
    #[serde(rename = "left_out")]
    strays: Vec<NaiveDate>,
}

impl Command for CalendarCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        match self.what {
            CalendarSubcommand::Show { month } => {
                let policy = desk.view()?.policy()?;
                let first = month_of(month.as_deref(), desk.now().date())?;
                Ok(Box::new(CalendarMonth::of(first, &policy.calendar)))
            }
            CalendarSubcommand::Import { file } => {
                let path = app.environment.directory.join(&file);
                let name = path.display().to_string();
                let failed = |source| Error::Io { what: IoPlace::File(name.clone()), source };
                let mut bytes = Vec::new();
                let opened = fs::File::open(&path).map_err(failed)?;
                opened.take(holidays::LARGEST).read_to_end(&mut bytes).map_err(failed)?;
                Ok(Box::new(load(&desk, holidays::read(&name, &bytes)?)?))
            }
        }
    }
}

impl CalendarMonth {
    fn of(first: NaiveDate, calendar: &Calendar) -> Self {
        let days = first.iter_days().take_while(|day| day.month() == first.month());
        let day = |date: NaiveDate| {
            let year = calendar.rules().years.get(&date.year());
            let holiday = year.and_then(|year| year.off.get(&date).or(year.work.get(&date)));
            let hours = calendar.windows(date).ok().map(<[Window]>::to_vec);
            CalendarDay { date, hours, holiday: holiday.cloned() }
        };
        Self { days: days.map(day).collect() }
    }
}

/// Commits the years that are not loaded yet.
fn load(desk: &OpenDesk<'_>, published: HolidayFile) -> Result<Loaded> {
    let branch = desk.store.writing_branch(&desk.desk, desk.app.options.branch.as_deref())?;
    let (_, years) = desk.store.write(&branch, &|notice| desk.notice(&notice), |view| {
        let policy = view.policy()?;
        let (actor, _) = desk.actor_as(&policy, &[Role::TeamLead])?;
        let mut new = published.years.clone();
        new.retain(|year, _| !policy.calendar.is_loaded(*year));
        let loaded: Vec<i32> = new.keys().copied().collect();
        if loaded.is_empty() {
            return Ok((None, loaded));
        }
        let files = vec![holidays::with_years(view, &new)?];
        let change = desk.plain_change(&actor, "policy", message::CALENDAR, files)?;
        Ok::<_, Error>((Some(change), loaded))
    })?;
    Ok(Loaded { years, strays: published.strays })
}

impl Serialize for CalendarDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct CalendarDayKeys<'d> {
            date: NaiveDate,
            known: bool,
            windows: Option<Vec<String>>,
            holiday: Option<&'d str>,
        }
        let windows = |hours: &Vec<Window>| hours.iter().map(ToString::to_string).collect();
        let keys = CalendarDayKeys {
            date: self.date,
            known: self.hours.is_some(),
            windows: self.hours.as_ref().map(windows),
            holiday: self.holiday.as_deref(),
        };
        keys.serialize(serializer)
    }
}

impl Answer for CalendarMonth {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let rows: Vec<_> = self
            .days
            .iter()
            .map(|CalendarDay { date, hours, holiday }| {
                let holiday = holiday.as_deref().unwrap_or_default();
                let hours = match hours.as_deref() {
                    Some([]) if holiday.is_empty() => words.label(Label::DayOff).to_owned(),
                    Some([]) => words.remarked(words.label(Label::DayOff), holiday),
                    Some(hours) if holiday.is_empty() => words.hours(hours),
                    Some(hours) => words.remarked(&words.hours(hours), &words.make_up(holiday)),
                    None => words.label(Label::Unknown).to_owned(),
                };
                vec![date.to_string(), words.weekday(date.weekday()).to_owned(), hours]
            })
            .collect();
        let head = [Label::Date, Label::Weekday, Label::WorkingHours];
        terminal.table(&head, &rows)
    }
}

impl Answer for Loaded {
    fn human(&self, terminal: &Terminal) -> String {
        let mut text = format!(
            "{}\n",
            terminal.words.message(&Message::YearsLoaded { years: self.years.clone() })
        );
        if !self.strays.is_empty() {
            let days = self.strays.clone();
            text += &format!("{}\n", terminal.words.message(&Message::StrayDays { days }));
        }
        text
    }
}
