//! What the machine says of where a desk is: its time zone, and its country.

use std::{fs, path::Path};

use crate::{app::environment::Environment, domain::base::zone::Zone};

/// Where the zone of a machine lies that has no `TZ`.
const LOCALTIME: &str = "/etc/localtime";
/// Where some systems name it besides.
const TIMEZONE: &str = "/etc/timezone";
/// Where a machine has the zones, and which of them is in which country.
const ZONEINFO: &str = "/usr/share/zoneinfo";
const COUNTRIES: &str = "zone.tab";
/// Zones of China, by today's names and by older ones.
const CHINA: [&str; 7] = [
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Chongqing",
    "Asia/Chungking",
    "Asia/Harbin",
    "Asia/Kashgar",
    "PRC",
];

/// The zone of a machine, with what names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineZone {
    /// A zone of the IANA database, or what stands there instead.
    pub name: String,
    /// `TZ`, `/etc/localtime` or `/etc/timezone`; `None` where none of them names one.
    pub from: Option<&'static str>,
}

/// What a machine has of its zone in files.
#[derive(Debug, Default)]
struct ZoneFiles {
    /// Where `/etc/localtime` leads.
    link: Option<String>,
    /// What `/etc/timezone` says.
    named: Option<String>,
    /// The zone whose rules `/etc/localtime` is a copy of.
    copied: Option<String>,
}

impl MachineZone {
    /// The zone of `TZ`, else of the machine's files, else UTC, as the C library has it.
    pub fn of(environment: &Environment) -> Self {
        Self::told(environment.timezone.as_deref(), ZoneFiles::read)
    }

    fn told(variable: Option<&str>, files: impl FnOnce() -> ZoneFiles) -> Self {
        let (name, from) = match variable {
            Some(variable) => (variable.trim_start_matches(':').to_owned(), Some("TZ")),
            None => match files() {
                ZoneFiles { link: Some(link), .. } => (link, Some(LOCALTIME)),
                ZoneFiles { named: Some(named), .. } => (named, Some(TIMEZONE)),
                ZoneFiles { copied: Some(copied), .. } => (copied, Some(LOCALTIME)),
                ZoneFiles { .. } => ("UTC".to_owned(), None),
            },
        };
        let name = name.rsplit_once("zoneinfo/").map_or(name.as_str(), |(_, name)| name);
        Self { name: name.to_owned(), from }
    }
}

impl ZoneFiles {
    fn read() -> Self {
        if let Ok(link) = fs::read_link(LOCALTIME) {
            return Self { link: Some(link.to_string_lossy().into_owned()), ..Self::default() };
        }
        let named = fs::read_to_string(TIMEZONE).ok();
        let named = named.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let copied = if named.is_none() { copied() } else { None };
        Self { named, copied, ..Self::default() }
    }
}

/// The zone whose file is the same as `/etc/localtime`.
fn copied() -> Option<String> {
    let own = fs::read(LOCALTIME).ok()?;
    let table = countries();
    let zones = places(&table).map(|(_, zone)| zone).chain(["UTC"]);
    let same = |zone: &&str| fs::read(Path::new(ZONEINFO).join(zone)).is_ok_and(|its| its == own);
    zones.into_iter().find(same).map(str::to_owned)
}

fn countries() -> String {
    fs::read_to_string(Path::new(ZONEINFO).join(COUNTRIES)).unwrap_or_default()
}

/// Countries with the zones in them, as `zone.tab` has them.
fn places(table: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.nth(1)?))
    })
}

/// The country of a desk, as two letters: that of its zone, or that of the machine's locale where the
/// zone is of no country.
pub fn country(zone: Zone, locale: Option<&str>) -> Option<String> {
    country_by(&countries(), zone, locale)
}

fn country_by(table: &str, zone: Zone, locale: Option<&str>) -> Option<String> {
    let name = zone.to_string();
    if CHINA.contains(&name.as_str()) {
        return Some(IN_CHINA.to_owned());
    }
    if let Some((country, _)) = places(table).find(|(_, zone)| *zone == name) {
        return Some(country.to_owned());
    }
    let is_of_no_country = !name.contains('/') || name.starts_with("Etc/");
    let tag = locale.filter(|_| is_of_no_country)?.split(['.', '@']).next()?;
    let (_, territory) = tag.split_once(['_', '-'])?;
    is_country(territory).then(|| territory.to_owned())
}

/// The country whose holidays docket knows.
pub const IN_CHINA: &str = "CN";

/// Whether a text is written as a country is: two capital letters.
pub fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_told_by_the_variable_and_else_by_the_files() {
        let link = |link: &str| ZoneFiles { link: Some(link.to_owned()), ..ZoneFiles::default() };
        let named = || ZoneFiles { named: Some("Asia/Tokyo".to_owned()), ..ZoneFiles::default() };
        let copied = || ZoneFiles { copied: Some("Asia/Seoul".to_owned()), ..ZoneFiles::default() };
        for (variable, files, name, from) in [
            (Some("Europe/Berlin"), link("/usr/share/zoneinfo/UTC"), "Europe/Berlin", Some("TZ")),
            (Some(":Asia/Tokyo"), ZoneFiles::default(), "Asia/Tokyo", Some("TZ")),
            (Some("/usr/share/zoneinfo/Europe/Rome"), named(), "Europe/Rome", Some("TZ")),
            (Some("CET-1CEST"), named(), "CET-1CEST", Some("TZ")),
            (
                None,
                link("../usr/share/zoneinfo/Europe/London"),
                "Europe/London",
                Some("/etc/localtime"),
            ),
            (None, named(), "Asia/Tokyo", Some("/etc/timezone")),
            (None, copied(), "Asia/Seoul", Some("/etc/localtime")),
            (None, ZoneFiles::default(), "UTC", None),
        ] {
            let told = MachineZone::told(variable, || files);
            assert_eq!(told, MachineZone { name: name.to_owned(), from });
        }
    }

    #[test]
    fn the_country_is_that_of_the_zone_and_else_that_of_the_locale() {
        let table =
            "# code\tplace\tzone\nDE\t+5230+01322\tEurope/Berlin\tmost\nJP\t+3\tAsia/Tokyo\n";
        for (zone, locale, country) in [
            ("Asia/Shanghai", Some("en_US.UTF-8"), Some("CN")),
            ("PRC", None, Some("CN")),
            ("Europe/Berlin", Some("zh_CN.UTF-8"), Some("DE")),
            ("UTC", Some("zh_CN.UTF-8"), Some("CN")),
            ("Etc/UTC", Some("de_DE.UTF-8"), Some("DE")),
            ("Etc/UTC", Some("en-GB"), Some("GB")),
            ("Asia/Tokyo", None, Some("JP")),
            ("Asia/Seoul", Some("zh_CN.UTF-8"), None),
            ("UTC", Some("C.UTF-8"), None),
        ] {
            let told = country_by(table, Zone::named(zone).unwrap(), locale);
            assert_eq!(told.as_deref(), country, "{zone} {locale:?}");
        }
    }
}
