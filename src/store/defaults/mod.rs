//! The files of a fresh desk: commented defaults that obey the documents.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use crate::{
    domain::{
        base::{
            calendar::{
                Calendar, CalendarError,
                rules::{CalendarRules, YearRules},
            },
            lang::LANGUAGES,
            terms::FixedClock,
            zone::Zone,
        },
        deciding::policy::{
            Policy,
            agreements::Agreements,
            desk::DeskSettings,
            people::{People, Person},
        },
    },
    store::{
        entry_edit,
        error::{Error, PolicyFault, Result},
        git::FileChange,
        layout, policy_edit,
        view::View,
        yaml,
    },
};

/// What a fresh desk is called and where it is.
#[derive(Clone, Debug)]
pub struct DeskOptions {
    pub name: String,
    pub organisation: String,
    pub timezone: String,
    /// The country whose numbers are told without its code, as two letters.
    pub country: Option<String>,
    /// Whether it keeps the holidays of China.
    pub in_china: bool,
    /// `en` or `zh-CN`.
    pub locale: &'static str,
    pub prefix: String,
    pub branch: String,
    pub fixed_clock: FixedClock,
    /// The roster to begin with.
    pub people: Vec<Person>,
    /// First day of the rules, `2026-11-22`.
    pub effective_on: String,
    pub unit_names: UnitNames,
}

/// What the units of a fresh desk are called.
#[derive(Clone, Copy, Debug)]
pub struct UnitNames {
    pub desk: &'static str,
    pub network: &'static str,
    pub systems: &'static str,
    pub application: &'static str,
    pub supplier: &'static str,
}

/// The calendar of a desk in China.
const CHINESE_CALENDAR: &str = include_str!("calendar.yaml");
/// The calendar of a desk elsewhere.
const OTHER_CALENDAR: &str = include_str!("calendar-other.yaml");

/// Attributes that keep git from changing what docket writes.
pub const ATTRIBUTES: &str = "\
# What docket writes is kept byte for byte.
/docket.yaml -text
/policy/** -text
/records/** -text
/contacts/** -text
/archive/** -text
";

/// The rules of a fresh desk, with comments for each locale: where each file lies, and what it is made of.
const FILES: [(&str, &str); 10] = [
    (layout::DESK, include_str!("desk.yaml")),
    (layout::PEOPLE, include_str!("people.yaml")),
    ("policy/units.yaml", include_str!("units.yaml")),
    ("policy/catalog.yaml", include_str!("catalog.yaml")),
    ("policy/levels.yaml", include_str!("levels.yaml")),
    (layout::CALENDAR, CHINESE_CALENDAR),
    ("policy/major_contacts.yaml", include_str!("major_contacts.yaml")),
    ("policy/survey.yaml", include_str!("survey.yaml")),
    (layout::KPI, include_str!("kpi.yaml")),
    (layout::ROLES, include_str!("roles.yaml")),
];

/// The agreements, which a desk begins without.
const AGREEMENTS: &str = include_str!("agreements.yaml");

/// Where the files of a fresh desk's rules lie.
pub fn paths() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(path, _)| *path)
}

/// Every file of a fresh desk.
pub fn files(options: &DeskOptions) -> Result<Vec<FileChange>> {
    let mut files =
        vec![FileChange { path: layout::ATTRIBUTES.to_owned(), content: Some(ATTRIBUTES.into()) }];
    for (path, text) in FILES {
        let is_other = path == layout::CALENDAR && !options.in_china;
        let mut text = filled(if is_other { OTHER_CALENDAR } else { text }, options)?;
        if path == layout::PEOPLE {
            text += &yaml::to_text(&options.people).map_err(broken)?;
        }
        files.push(FileChange { path: path.to_owned(), content: Some(text.into()) });
    }
    Ok(files)
}

/// What a file of rules is begun with that a desk works without, in force from a day on; `None` of any other
/// file. Agreements are begun with lines to take the `#` from.
///
/// # Errors
/// Defaults that cannot be read.
pub fn begun(
    path: &str,
    desk: &DeskSettings,
    effective_on: NaiveDate,
    unit_names: UnitNames,
) -> Result<Option<String>> {
    let found = FILES.into_iter().chain([(layout::AGREEMENTS, AGREEMENTS)]);
    let mut found = found.filter(|(of, _)| *of == path && layout::OptionalRules::at(of).is_some());
    let options = DeskOptions::of(desk, effective_on.to_string(), unit_names);
    found.next().map(|(_, text)| filled(text, &options)).transpose()
}

/// The years whose holidays a fresh desk knows.
///
/// # Errors
/// Defaults that cannot be read.
pub fn years(options: &DeskOptions) -> Result<Vec<i32>> {
    let calendar = if options.in_china { CHINESE_CALENDAR } else { OTHER_CALENDAR };
    let rules: CalendarRules = read(calendar, options)?;
    Ok(rules.years.into_keys().collect())
}

/// The working calendar of a fresh desk in China, and in it these years `without_holidays`.
///
/// # Errors
/// Defaults that cannot be read.
pub fn chinese_calendar(without_holidays: &[i32], zone: Zone) -> Result<Calendar> {
    let text = CHINESE_CALENDAR.replace("{effective_on}", "2026-01-01");
    let mut rules: CalendarRules = yaml::from_slice(text.as_bytes()).map_err(broken)?;
    let years = without_holidays.iter();
    rules.years.extend(years.map(|year| (*year, YearRules::without_holidays(year.to_string()))));
    checked(rules, zone)
}

fn checked(rules: CalendarRules, zone: Zone) -> Result<Calendar> {
    let fault =
        |fault: CalendarError| Error::policy(layout::CALENDAR, None, PolicyFault::Calendar(fault));
    Calendar::new(rules, zone).map_err(fault)
}

/// `policy/people.yaml` with other people; all lines but those of changed entries stay as they are,
/// where the file has an entry for each.
///
/// # Errors
/// A file that cannot be read, or in which the people cannot be written so that they are read back.
pub fn people_file(view: &View<'_>, people: &[Person]) -> Result<FileChange> {
    people_written(view, people, PeopleEdit::Entries)
}

/// The same as earlier editions of docket wrote it, who spelled all people anew.
///
/// # Errors
/// As [`people_file`].
pub fn people_file_anew(view: &View<'_>, people: &[Person]) -> Result<FileChange> {
    people_written(view, people, PeopleEdit::Section)
}

/// What is written of the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PeopleEdit {
    Entries,
    Section,
}

fn people_written(view: &View<'_>, people: &[Person], edit: PeopleEdit) -> Result<FileChange> {
    let path = layout::PEOPLE;
    let text = view.text(path)?.unwrap_or_default();
    let roster: People = view.required("people")?;
    let entries = match edit {
        PeopleEdit::Entries => entry_edit::with_entries(&text, "people", &roster.people, people),
        PeopleEdit::Section => Ok(None),
    };
    let section = format!("people:\n{}", yaml::to_text(people).map_err(broken)?);
    let section = policy_edit::with_section(&text, "people", &section);
    let section = policy_edit::ended_as(&text, section);
    let wanted = People { people: people.to_vec(), ..roster };
    let texts = entries.map_err(broken)?.into_iter().chain([section]);
    policy_edit::read_back(path, &wanted, &text, texts)
}

/// The rules of a fresh desk without people, to look at records with.
///
/// # Errors
/// Defaults that cannot be read.
pub fn policy(desk: &DeskSettings, zone: Zone, unit_names: UnitNames) -> Result<Policy> {
    let options = DeskOptions::of(desk, "2026-01-01".to_owned(), unit_names);
    let rules: CalendarRules = read(OTHER_CALENDAR, &options)?;
    Ok(Policy {
        desk: desk.clone(),
        people: read(&format!("{}  []\n", include_str!("people.yaml")), &options)?,
        units: read(include_str!("units.yaml"), &options)?,
        catalog: read(include_str!("catalog.yaml"), &options)?,
        levels: read(include_str!("levels.yaml"), &options)?,
        calendar: checked(rules, zone)?,
        major: read(include_str!("major_contacts.yaml"), &options)?,
        survey: read(include_str!("survey.yaml"), &options)?,
        roles: read(include_str!("roles.yaml"), &options)?,
        agreements: Agreements::default(),
    })
}

impl DeskOptions {
    /// Of a desk that is there, without its people.
    fn of(desk: &DeskSettings, effective_on: String, unit_names: UnitNames) -> Self {
        Self {
            name: desk.name.clone(),
            organisation: desk.organisation.clone(),
            timezone: desk.timezone.clone(),
            country: desk.country.clone(),
            in_china: false,
            locale: LANGUAGES.into_iter().find(|code| *code == desk.locale).unwrap_or(LANGUAGES[0]),
            prefix: desk.prefix.clone(),
            branch: desk.branch.clone(),
            fixed_clock: desk.fixed_clock,
            people: Vec::new(),
            effective_on,
            unit_names,
        }
    }
}

fn read<T: DeserializeOwned>(template: &str, options: &DeskOptions) -> Result<T> {
    yaml::from_slice(filled(template, options)?.as_bytes()).map_err(broken)
}

/// The text with the mark at which its document begins, behind the comments at its head.
fn with_start(text: &str) -> String {
    let head: String =
        text.split_inclusive('\n').take_while(|line| line.starts_with('#')).collect();
    format!("{head}---\n{}", &text[head.len()..])
}

fn filled(template: &str, options: &DeskOptions) -> Result<String> {
    let names = &options.unit_names;
    let mut text = with_start(&commented(template, options.locale));
    if options.country.is_none() {
        text = text.replace("country: {country}", "# country: CN");
    }
    for (key, value) in [
        ("name", options.name.as_str()),
        ("country", options.country.as_deref().unwrap_or_default()),
        ("organisation", &options.organisation),
        ("timezone", &options.timezone),
        ("locale", options.locale),
        ("prefix", &options.prefix),
        ("branch", &options.branch),
        ("effective_on", &options.effective_on),
        ("fixed_clock", &options.fixed_clock.to_string()),
        ("desk_name", names.desk),
        ("network_name", names.network),
        ("systems_name", names.systems),
        ("application_name", names.application),
        ("supplier_name", names.supplier),
    ] {
        let marked = format!("{{{key}}}");
        if text.contains(&marked) {
            let scalar = if key == "effective_on" {
                value.to_owned()
            } else {
                yaml::to_text(value).map_err(broken)?.trim_end().to_owned()
            };
            text = text.replace(&marked, &scalar);
        }
    }
    Ok(text)
}

/// The text with the comments for readers of one locale, `#zh-CN …`, without those for others.
fn commented(template: &str, locale: &str) -> String {
    let lines = template.split_inclusive('\n').filter_map(|line| {
        let (indent, content) = line.split_at(line.len() - line.trim_start().len());
        let told = content.strip_prefix('#').and_then(|said| {
            let rest =
                |code: &str| said.strip_prefix(code).filter(|rest| rest.starts_with([' ', '\n']));
            LANGUAGES.into_iter().find_map(|code| Some((code, rest(code)?)))
        });
        match told {
            None => Some(line.to_owned()),
            Some((code, rest)) => (code == locale).then(|| format!("{indent}#{rest}")),
        }
    });
    lines.collect()
}

fn broken(source: yaml::YamlError) -> Error {
    Error::broken("docket.yaml", source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::base::terms::{Kind, Level},
        words::{Lang, Words},
    };

    #[test]
    fn the_defaults_of_a_fresh_desk_obey_the_documents() {
        for (timezone, locale) in [("Asia/Shanghai", "zh-CN"), ("Europe/Berlin", "en")] {
            let desk = DeskSettings::for_tests("desk: \"one\"", timezone, locale);
            let names = Words::new(Lang::default()).unit_names();
            let policy = policy(&desk, Zone::named(timezone).unwrap(), names).unwrap();
            assert_eq!(policy.dangling(), []);
            let limits = |kind, level| policy.levels.limits(kind, level);
            for level in [Level::Major, Level::Urgent] {
                assert_eq!(limits(Kind::Request, level).respond, "1h".parse().ok());
            }
            assert_eq!(limits(Kind::Request, Level::General).respond, "1wd".parse().ok());
            assert_eq!(limits(Kind::Fault, Level::General).resolve, "24h".parse().ok());
            let stopped = policy.levels.priority(policy.levels.assumed.stops_work);
            let enquiry = policy.levels.priority(policy.levels.assumed.enquiry);
            assert_eq!((stopped, enquiry), (1, 5));
        }
    }
}
