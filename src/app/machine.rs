//! What the machine says of where a desk is: its time zone, and its country.

use std::{fs, path::Path};

use crate::{app::environment::Environment, domain::base::zone::Zone};

/// Where the zone of a machine lies that has no `TZ`.
const LOCALTIME: &str = "/etc/localtime";
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
    /// `TZ` or `/etc/localtime`; `None` where neither names one.
    pub from: Option<&'static str>,
}

impl MachineZone {
    /// The zone of `TZ`, else of `/etc/localtime`, else UTC, as the C library has it.
    pub fn of(environment: &Environment) -> Self {
        let linked = fs::read_link(LOCALTIME).ok();
        Self::told(environment.timezone.as_deref(), linked.as_deref())
    }

    fn told(variable: Option<&str>, linked: Option<&Path>) -> Self {
        let linked = linked.map(Path::to_string_lossy);
        let (name, from) = match (variable, &linked) {
            (Some(variable), _) => (variable.trim_start_matches(':'), Some("TZ")),
            (None, Some(linked)) => (linked.as_ref(), Some(LOCALTIME)),
            (None, None) => ("UTC", None),
        };
        let name = name.rsplit_once("zoneinfo/").map_or(name, |(_, name)| name);
        Self { name: name.to_owned(), from }
    }
}

/// Whether the holidays of China are those of a desk: by its zone, or by the machine's locale where the
/// zone is of no country.
pub fn is_in_china(zone: Zone, locale: Option<&str>) -> bool {
    let name = zone.to_string();
    let is_of_no_country = !name.contains('/') || name.starts_with("Etc/");
    let territory = locale.and_then(|locale| locale.split(['.', '@']).next());
    let is_chinese = territory.is_some_and(|tag| tag.ends_with("_CN") || tag.ends_with("-CN"));
    CHINA.contains(&name.as_str()) || is_of_no_country && is_chinese
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_told_by_the_variable_and_else_by_the_link() {
        for (variable, linked, name, from) in [
            (Some("Europe/Berlin"), Some("/usr/share/zoneinfo/UTC"), "Europe/Berlin", Some("TZ")),
            (Some(":Asia/Tokyo"), None, "Asia/Tokyo", Some("TZ")),
            (Some("/usr/share/zoneinfo/Europe/Rome"), None, "Europe/Rome", Some("TZ")),
            (Some("CET-1CEST"), None, "CET-1CEST", Some("TZ")),
            (None, Some("../usr/share/zoneinfo/Europe/London"), "Europe/London", Some(LOCALTIME)),
            (None, None, "UTC", None),
        ] {
            let told = MachineZone::told(variable, linked.map(Path::new));
            assert_eq!(told, MachineZone { name: name.to_owned(), from });
        }
    }

    #[test]
    fn the_holidays_of_china_are_for_desks_in_china() {
        for (zone, locale, china) in [
            ("Asia/Shanghai", Some("en_US.UTF-8"), true),
            ("PRC", None, true),
            ("Europe/Berlin", Some("zh_CN.UTF-8"), false),
            ("UTC", Some("zh_CN.UTF-8"), true),
            ("Etc/UTC", Some("de_DE.UTF-8"), false),
            ("Asia/Tokyo", None, false),
            ("UTC", Some("C.UTF-8"), false),
        ] {
            assert_eq!(is_in_china(Zone::named(zone).unwrap(), locale), china, "{zone} {locale:?}");
        }
    }
}
