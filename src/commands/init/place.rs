//! Where a new desk is: its zone, language and country.

use super::Init;
use crate::{
    app::{
        App,
        machine::{MachineZone, country, is_country},
    },
    domain::base::{ids::is_prefix, zone::Zone},
    error::{Error, Result, usage::Usage},
    store::Store,
    ui::prompt::{Blank, Prompt},
    words::{Lang, label::Label, message::Message},
};

/// The flag that tells the zone.
pub(super) const ZONE_FLAG: &str = "--timezone";
/// What stands for no country where it is asked for.
const NO_COUNTRY: &str = "-";

/// Where a desk will be.
#[derive(Debug)]
pub(super) struct TakenPlace {
    pub(super) timezone: String,
    /// What named it; `None` where it was asked for, or nothing did.
    pub(super) timezone_from: Option<&'static str>,
    pub(super) country: Option<String>,
}

impl Init {
    /// Where the desk is, as told, or asked for on a terminal, or else as the machine has it.
    pub(super) fn place(
        &self,
        app: &App<'_>,
        found: Option<&Store>,
        branch: &str,
    ) -> Result<TakenPlace> {
        if !is_prefix(self.prefix()) {
            return Err(Error::Usage(Usage::NotAPrefix { given: self.prefix().to_owned() }));
        }
        if let Some(given) = self.country.as_ref().filter(|given| !is_country(given)) {
            return Err(Error::Usage(Usage::NotACountry { given: given.clone() }));
        }
        let is_there = found.is_some_and(|store| {
            let head = store.git().resolve(branch).ok().flatten();
            head.is_some_and(|head| store.holds_desk(head))
        });
        // there is nothing to ask where nothing will be made
        let asks = app.ui.can_ask() && !is_there;
        if asks && app.options.lang.is_none() {
            let usual = app.ui.words().lang().code();
            let lang = asked(app, ("--lang", Label::Language), usual, Lang::from_tag, |given| {
                Usage::NotALanguage { place: "--lang", given }
            })?;
            app.ui.speak(lang);
        }
        let (timezone, timezone_from) = self.zone(app, asks, is_there)?;
        let zone = Zone::named(&timezone).unwrap_or(Zone::UTC);
        let usual = country(zone, app.environment.locale.as_deref());
        let country = match (&self.country, asks) {
            (Some(given), _) => Some(given.clone()),
            (None, false) => usual,
            (None, true) => {
                let usual = usual.as_deref().unwrap_or(NO_COUNTRY);
                let told = |given: &str| {
                    let given = given.to_ascii_uppercase();
                    (given == NO_COUNTRY || is_country(&given)).then_some(given)
                };
                let told = asked(app, ("--country", Label::Country), usual, told, |given| {
                    Usage::NotACountry { given }
                })?;
                Some(told).filter(|told| told != NO_COUNTRY)
            }
        };
        Ok(TakenPlace { timezone, timezone_from, country })
    }

    /// The time zone with what named it.
    fn zone(
        &self,
        app: &App<'_>,
        asks: bool,
        is_there: bool,
    ) -> Result<(String, Option<&'static str>)> {
        if let Some(given) = &self.timezone {
            return match Zone::named(given) {
                Some(_) => Ok((given.clone(), Some(ZONE_FLAG))),
                None => Err(Error::Usage(Usage::NotAZone { given: given.clone() })),
            };
        }
        let MachineZone { name, from } = MachineZone::of(&app.environment);
        let is_known = Zone::named(&name).is_some();
        if asks {
            let usual = if is_known { &name } else { "UTC" };
            let told = |given: &str| Zone::named(given).map(|zone| zone.to_string());
            let not_one = |given| Usage::NotAZone { given };
            return Ok((asked(app, (ZONE_FLAG, Label::TimeZone), usual, told, not_one)?, None));
        }
        if !is_known {
            let given = match from {
                Some(from) => format!("{from}={name}"),
                None => name,
            };
            return Err(Error::Usage(Usage::NotAZone { given }));
        }
        if from.is_none() && !is_there {
            app.ui.warn(&app.ui.words().message(&Message::NoZoneKnown));
        }
        Ok((name, from))
    }
}

/// Asks for a value until it is one; an empty answer takes the usual.
fn asked<T>(
    app: &App<'_>,
    (flag, label): (&str, Label),
    usual: &str,
    read: impl Fn(&str) -> Option<T>,
    fault: impl Fn(String) -> Usage,
) -> Result<T> {
    loop {
        let words = app.ui.words();
        let help = words.help().argument("init", flag).unwrap_or_default();
        let what = words.label(label);
        let question = Prompt { what, flag, help, blank: Blank::Usual(usual) };
        let told = app.ui.ask(&question)?;
        match read(told.trim()) {
            Some(value) => {
                app.ui.typed(flag, told.trim());
                return Ok(value);
            }
            None => app.ui.warn(&app.ui.words().error(&Error::Usage(fault(told)))),
        }
    }
}
