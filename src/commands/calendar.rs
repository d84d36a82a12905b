//! `docket calendar`: the working days and hours.

use std::{
    collections::BTreeSet,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use chrono::{Datelike, NaiveDate};
use clap::{Args, Subcommand};
use serde::{Serialize, Serializer};

use crate::{
    app::{App, context::hours_called, desk::OpenDesk, period::month_of},
    audit::message,
    commands::Command,
    domain::{
        base::{
            calendar::{
                Calendar,
                rules::{Window, YearRules},
            },
            characters::clean_line,
            ids::CalendarId,
            rule_place::RulePlace,
            terms::Role,
        },
        deciding::policy::Policy,
    },
    error::{Error, IoPlace, Result},
    store::{
        holidays::{self, HolidayFile, Years},
        layout,
    },
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
        #[arg(long, value_name = "CALENDAR")]
        calendar: Option<String>,
    },
    Import {
        #[arg(required_unless_present = "no_holidays", conflicts_with = "no_holidays")]
        file: Option<PathBuf>,
        #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1970..=9999))]
        no_holidays: Option<i32>,
        #[arg(long, value_name = "CALENDAR")]
        calendar: Option<String>,
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

/// What came of a file of holidays.
#[derive(Debug, Serialize)]
struct Loaded {
    years: Vec<i32>,
    /// The days of these years.
    taken: Vec<PublishedDay>,
    /// Days of the file that the calendar has not got: of years that are loaded, or not told whole.
    #[serde(rename = "left_out")]
    left: Vec<NaiveDate>,
    /// Events that were not taken, with why.
    skipped: Vec<SkippedEvent>,
    /// A year that was said to have no holidays, and has some.
    #[serde(skip)]
    kept: Option<(i32, &'static str)>,
}

#[derive(Debug, Serialize)]
struct SkippedEvent {
    name: String,
    reason: String,
}

#[derive(Debug, Serialize)]
struct PublishedDay {
    date: NaiveDate,
    name: String,
    /// A make-up working day, not a day off.
    worked: bool,
}

impl Command for CalendarCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        match self.what {
            CalendarSubcommand::Show { month, calendar } => {
                let policy = desk.view()?.policy()?;
                let first = month_of(month.as_deref(), desk.now().date())?;
                let hours = calendar.map(|given| hours_called(&policy, &given)).transpose()?;
                let own = hours.and_then(|id| policy.agreements.calendars().get(&id));
                Ok(Box::new(CalendarMonth::of(first, own.unwrap_or(&policy.calendar))))
            }
            CalendarSubcommand::Import { file, no_holidays, calendar } => {
                let mut published = match file {
                    Some(file) => read(&desk, &file)?,
                    None => HolidayFile::default(),
                };
                let source = || desk.paper.message(&Message::NoHolidays);
                let year = no_holidays.map(|year| (year, YearRules::without_holidays(source())));
                published.years.extend(year);
                let policy = desk.view()?.policy()?;
                let hours = calendar.map(|given| hours_called(&policy, &given)).transpose()?;
                let (known, path) = match &hours {
                    Some(id) => (own_years(&policy, id), layout::AGREEMENTS),
                    None => (policy.calendar.rules().years.clone(), layout::CALENDAR),
                };
                let has_days =
                    |year: &i32| known.get(year).is_some_and(|year| days(year).next().is_some());
                let kept = no_holidays.filter(has_days).map(|year| (year, path));
                let loaded = match &hours {
                    Some(id) => load_agreed(&desk, &published, id)?,
                    None => load(&desk, &published)?,
                };
                Ok(Box::new(Loaded { kept, ..loaded }))
            }
        }
    }
}

/// The years that working hours of agreements tell themselves.
fn own_years(policy: &Policy, id: &CalendarId) -> Years {
    let hours = policy.agreements.rules().and_then(|rules| rules.calendars.get(id));
    hours.map(|hours| hours.years.clone()).unwrap_or_default()
}

fn read(desk: &OpenDesk<'_>, file: &Path) -> Result<HolidayFile> {
    let path = desk.app.environment.directory.join(file);
    let name = file.display().to_string();
    let failed = |source| Error::Io { what: IoPlace::File(name.clone()), source };
    let mut bytes = Vec::new();
    let opened = fs::File::open(&path).map_err(failed)?;
    opened.take(holidays::LARGEST).read_to_end(&mut bytes).map_err(failed)?;
    Ok(holidays::read(&name, &bytes, desk.now().date().year())?)
}

impl CalendarMonth {
    fn of(first: NaiveDate, calendar: &Calendar) -> Self {
        let days = first.iter_days().take_while(|day| day.month() == first.month());
        let day = |date: NaiveDate| {
            let year = calendar.rules().years.get(&date.year());
            let off = year.and_then(|year| year.days_off.get(&date)).map(String::as_str);
            let worked = year.and_then(|year| year.work.get(&date)?.name());
            let hours = calendar.windows(date).ok().map(<[Window]>::to_vec);
            CalendarDay { date, hours, holiday: worked.or(off).map(str::to_owned) }
        };
        Self { days: days.map(day).collect() }
    }
}

/// Commits the years that are not loaded yet; blank ones are filled.
fn load(desk: &OpenDesk<'_>, published: &HolidayFile) -> Result<Loaded> {
    let branch = desk.store.writing_branch(&desk.desk, desk.app.options.branch.as_deref())?;
    let (_, (new, left)) = desk.store.write(&branch, &|notice| desk.notice(&notice), |view| {
        let policy = view.policy()?;
        let (actor, _) = desk.actor_as(&policy, &[Role::TeamLead])?;
        let (new, left) = parted(published, &policy.calendar.rules().years);
        if new.is_empty() {
            return Ok::<_, Error>((None, (new, left)));
        }
        let files = view.at_once(holidays::with_years(view, &new)?, layout::CALENDAR)?;
        let change = desk.plain_change(&actor, message::POLICY, message::CALENDAR, files)?;
        Ok((Some(change), (new, left)))
    })?;
    Ok(loaded(desk, published, new, left))
}

/// The same for working hours of agreements, as a change of their file.
fn load_agreed(desk: &OpenDesk<'_>, published: &HolidayFile, id: &CalendarId) -> Result<Loaded> {
    desk.may_change_rules(None)?;
    let (new, left) = parted(published, &own_years(&desk.view()?.policy()?, id));
    if !new.is_empty() {
        let (hours, years) = (id.to_string(), new.keys().copied().collect());
        let reason = desk.paper.message(&Message::HolidaysOf { hours, years });
        let place = RulePlace::of("calendars").key(id).key("years");
        desk.change_rules(layout::AGREEMENTS, &reason, |rules| {
            Ok(new.iter().try_fold(rules.clone(), |rules, (year, dates)| {
                holidays::with_year(&rules, &place.clone().key(year), dates)
            })?)
        })?;
    }
    Ok(loaded(desk, published, new, left))
}

/// The years that `known` has not got, and days of the others that it has not got.
fn parted(published: &HolidayFile, known: &Years) -> (Years, Vec<NaiveDate>) {
    let is_loaded = |year: &i32| known.get(year).is_some_and(|year| !year.is_blank());
    let (old, new): (Years, Years) =
        published.years.clone().into_iter().partition(|(year, _)| is_loaded(year));
    let told = old.values().flat_map(days).filter(|day| !has(known, day));
    let mut left: Vec<NaiveDate> = told.map(|day| day.date).collect();
    let dates = known.values().flat_map(|year| year.days_off.keys().chain(year.work.keys()));
    let dates: BTreeSet<_> = dates.collect();
    left.extend(published.strays.iter().filter(|date| !dates.contains(date)));
    (new, left)
}

/// What came of a file of which these years are new.
fn loaded(
    desk: &OpenDesk<'_>,
    published: &HolidayFile,
    new: Years,
    left: Vec<NaiveDate>,
) -> Loaded {
    let taken = new.values().flat_map(days).collect();
    let skipped = published
        .skipped
        .iter()
        .map(|(name, why)| SkippedEvent { name: name.clone(), reason: desk.words.file_fault(why) });
    let (years, skipped) = (new.into_keys().collect(), skipped.collect());
    Loaded { years, taken, left, skipped, kept: None }
}

/// The days of a published year.
fn days(year: &YearRules) -> impl Iterator<Item = PublishedDay> {
    let off = year.days_off.iter().map(|(date, name)| (date, name.as_str(), false));
    let worked = year.work.iter().map(|(date, day)| (date, day.name().unwrap_or_default(), true));
    let mut days: Vec<_> = off.chain(worked).collect();
    days.sort_unstable();
    let day = |(date, name, worked): (&NaiveDate, &str, bool)| PublishedDay {
        date: *date,
        name: name.to_owned(),
        worked,
    };
    days.into_iter().map(day).collect::<Vec<_>>().into_iter()
}

/// Whether these years say the same of a day.
fn has(years: &Years, day: &PublishedDay) -> bool {
    years.get(&day.date.year()).is_some_and(|year| {
        if day.worked {
            year.work.contains_key(&day.date)
        } else {
            year.days_off.contains_key(&day.date)
        }
    })
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

impl Loaded {
    fn is_all_taken(&self) -> bool {
        self.left.is_empty() && self.skipped.is_empty() && self.kept.is_none()
    }
}

impl Answer for Loaded {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let years = self.years.clone();
        let message = match (years.is_empty(), self.kept) {
            (_, Some((year, path))) => Message::HolidaysKept { year, path },
            (true, None) if !self.is_all_taken() => Message::NoYearLoaded,
            (true | false, None) => Message::YearsLoaded { years },
        };
        let mut text = format!("{}\n", words.message(&message));
        for PublishedDay { date, name, worked } in &self.taken {
            let name = if *worked { words.make_up(name) } else { name.clone() };
            text += &format!("  {date}  {}\n", clean_line(&name));
        }
        if !self.left.is_empty() {
            let days = self.left.clone();
            text += &format!("{}\n", words.message(&Message::DaysLeft { days }));
        }
        if !self.skipped.is_empty() {
            text += &format!("{}\n", words.message(&Message::EventsLeft));
        }
        for SkippedEvent { name, reason } in &self.skipped {
            text += &format!("  {}\n", words.remarked(name, reason));
        }
        text
    }

    /// 1 where the file has other days and none was taken, or the year has holidays.
    fn status(&self) -> u8 {
        u8::from(self.years.is_empty() && !self.is_all_taken())
    }
}
