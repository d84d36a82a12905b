//! `policy/agreements.yaml`: what was agreed with customers beside what the desk promises everybody (R100,
//! R116).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        bounded,
        calendar::{
            Calendar, CalendarError,
            rules::{CalendarRules, Week, YearRules, distinct_years},
        },
        document::Document,
        ids::{AgreementId, CalendarId},
        limit::Limits,
        nearest::nearest,
        rule_place::RulePlace,
        terms::{Kind, Level, Term},
        text::{NAME, TextFault, tidy_visible},
        zone::Zone,
    },
    deciding::policy::levels::ByKind,
    history::customer::Customer,
};

/// The file of agreements as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementRules {
    pub document: Document,
    /// One entry a version.
    pub agreements: Vec<Agreement>,
    /// Working hours that agreements have of their own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub calendars: BTreeMap<CalendarId, AgreedHours>,
}

/// A version of an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    pub id: AgreementId,
    pub name: String,
    #[serde(deserialize_with = "bounded::whole::<_, _, 1, { u32::MAX }>")]
    pub version: u32,
    /// First day on which it holds.
    #[serde(deserialize_with = "bounded::day")]
    pub valid_from: NaiveDate,
    /// Last day on which it holds; for as long as nobody ends it where there is none.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "bounded::some_day"
    )]
    pub valid_to: Option<NaiveDate>,
    /// Where the signed paper is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<String>,
    /// The hours by which its working time counts; the desk's where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarId>,
    /// Limits of a kind in a level; what it does not tell is as the desk promises everybody.
    #[serde(default)]
    pub limits: ByKind,
}

/// Working hours of an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreedHours {
    /// The zone of its clock times; the desk's where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    pub week: Week,
    /// Its holidays; the desk's where there are none.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "distinct_years"
    )]
    pub years: BTreeMap<i32, YearRules>,
}

/// Checked agreements, with their working hours.
#[derive(Clone, Debug, Default)]
pub struct Agreements {
    rules: Option<AgreementRules>,
    calendars: BTreeMap<CalendarId, Calendar>,
}

/// The version of an agreement by which a day is judged.
#[derive(Clone, Copy, Debug)]
pub struct AgreementInForce<'a> {
    pub agreement: &'a Agreement,
    /// It held before that day, and no version has followed it.
    pub is_expired: bool,
}

/// Agreements that contradict themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgreementFault {
    /// A name that nothing may be called.
    Name {
        nth: usize,
        version: u32,
        fault: TextFault,
    },
    /// Its last day is before its first.
    EndsBefore {
        nth: usize,
        version: u32,
        from: NaiveDate,
        to: NaiveDate,
    },
    /// A version that is there twice.
    Twice {
        nth: usize,
        id: AgreementId,
        version: u32,
    },
    /// A version that begins while an earlier one still holds.
    Overlap {
        /// The one that still holds.
        nth: usize,
        earlier: u32,
        until: Option<NaiveDate>,
        later: u32,
        from: NaiveDate,
    },
    UnknownCalendar {
        nth: usize,
        version: u32,
        given: CalendarId,
        nearest: Vec<String>,
    },
    NotAZone {
        calendar: CalendarId,
        given: String,
    },
    /// A version that had begun is there no more.
    Gone {
        id: AgreementId,
        version: u32,
        since: NaiveDate,
    },
    /// A version that had begun promises something else than it did.
    Changed {
        nth: usize,
        id: AgreementId,
        version: u32,
        /// The first version that nobody has.
        next: u32,
        since: NaiveDate,
    },
    /// A version ends on a day that is past, on which it held.
    EndsAfterwards {
        nth: usize,
        id: AgreementId,
        version: u32,
        to: NaiveDate,
        /// The first day on which it can end.
        earliest: NaiveDate,
    },
    Hours {
        calendar: CalendarId,
        fault: CalendarError,
    },
}

impl AgreementFault {
    /// Where in the file it stands.
    pub fn places(&self) -> Vec<RulePlace> {
        let entry = |nth: usize| RulePlace::of("agreements").nth(nth);
        match self {
            Self::Name { nth, .. } => vec![entry(*nth).key("name")],
            Self::EndsBefore { nth, .. } | Self::EndsAfterwards { nth, .. } => {
                vec![entry(*nth).key("valid_to")]
            }
            Self::Twice { nth, .. } | Self::Changed { nth, .. } => {
                vec![entry(*nth).key("version")]
            }
            Self::Gone { .. } => vec![RulePlace::of("agreements")],
            Self::Overlap { nth, .. } => vec![entry(*nth).key("valid_to"), entry(*nth)],
            Self::UnknownCalendar { nth, .. } => vec![entry(*nth).key("calendar")],
            Self::NotAZone { calendar, .. } => {
                vec![RulePlace::of("calendars").key(calendar).key("timezone")]
            }
            Self::Hours { calendar, fault } => {
                let hours = RulePlace::of("calendars").key(calendar);
                let places = fault.places().into_iter().map(|place| place.within(&hours));
                places.chain([hours.clone()]).collect()
            }
        }
    }
}

impl Agreement {
    /// What it grants itself to a kind in a level.
    pub fn cell(&self, kind: Kind, level: Level) -> Limits {
        self.limits.cell(kind, level)
    }

    /// Whether it promises the same as another one: the limits, from which day, and the hours by which they
    /// count. Holidays may be corrected.
    fn promises_as(&self, other: &Self, [own, others]: [&AgreementRules; 2]) -> bool {
        let hours = |agreement: &Self, rules: &AgreementRules| {
            let hours = rules.calendars.get(agreement.calendar.as_ref()?)?;
            Some((hours.timezone.clone(), hours.week.clone()))
        };
        let is_same = |kind: Kind, level: Level| self.cell(kind, level) == other.cell(kind, level);
        Kind::ALL.iter().all(|kind| Level::ALL.iter().all(|level| is_same(*kind, *level)))
            && self.valid_from == other.valid_from
            && self.calendar == other.calendar
            && hours(self, own) == hours(other, others)
    }

    fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|to| day <= to)
    }
}

impl Agreements {
    /// Checks `rules`; hours that have no holidays or no zone of their own have those of the desk.
    ///
    /// # Errors
    /// A version that ends before it begins, is there twice or overlaps another one, or hours that are
    /// not there or contradict themselves.
    pub fn new(rules: AgreementRules, desk: &Calendar) -> Result<Self, AgreementFault> {
        let mut calendars = BTreeMap::new();
        for (id, hours) in &rules.calendars {
            calendars.insert(id.clone(), hours.calendar(id, &rules.document, desk)?);
        }
        for (nth, agreement) in rules.agreements.iter().enumerate() {
            check(nth, agreement, &rules)?;
        }
        Ok(Self { rules: Some(rules), calendars })
    }

    /// The rules that were checked; none where the desk has no such file.
    pub fn rules(&self) -> Option<&AgreementRules> {
        self.rules.as_ref()
    }

    /// Every version of every agreement, in the order of the file.
    pub fn all(&self) -> &[Agreement] {
        self.rules.as_ref().map_or(&[], |rules| &rules.agreements)
    }

    /// Hours that agreements have of their own.
    pub fn calendars(&self) -> &BTreeMap<CalendarId, Calendar> {
        &self.calendars
    }

    /// The version of an agreement that begins last; `None` where there is no such agreement.
    pub fn newest(&self, id: &AgreementId) -> Option<&Agreement> {
        let versions = self.all().iter().filter(|agreement| agreement.id == *id);
        versions.max_by_key(|agreement| agreement.valid_from)
    }

    /// The agreement that a customer has, where it is not there.
    pub fn missing_of<'c>(&self, customer: &'c Customer) -> Option<&'c AgreementId> {
        let own = customer.agreement.as_ref().filter(|_| customer.merged_into.is_none());
        own.filter(|id| self.newest(id).is_none())
    }

    /// A version of an agreement.
    pub fn version(&self, id: &AgreementId, version: u32) -> Option<&Agreement> {
        self.all().iter().find(|it| it.id == *id && it.version == version)
    }

    /// Refuses that a version which had begun by a day is gone, promises something else than `before`, or
    /// ends before that day although it held: records say by which version they were promised what.
    ///
    /// # Errors
    /// [`AgreementFault::Changed`], [`AgreementFault::Gone`], [`AgreementFault::EndsAfterwards`].
    pub fn keeps(&self, before: &Self, day: NaiveDate) -> Result<(), AgreementFault> {
        let mut begun = before.all().iter().filter(|held| held.valid_from <= day);
        if let Some(held) = begun.find(|held| self.version(&held.id, held.version).is_none()) {
            let Agreement { id, version, valid_from, .. } = held.clone();
            return Err(AgreementFault::Gone { id, version, since: valid_from });
        }
        let (Some(own), Some(others)) = (&self.rules, &before.rules) else { return Ok(()) };
        for (nth, agreement) in own.agreements.iter().enumerate() {
            let Agreement { id, version, .. } = agreement;
            let held = before.version(id, *version).filter(|held| held.valid_from <= day);
            let Some(held) = held else { continue };
            if !agreement.promises_as(held, [own, others]) {
                let versions = self.all().iter().chain(before.all()).filter(|it| it.id == *id);
                let last = versions.map(|it| it.version).max().unwrap_or_default();
                return Err(AgreementFault::Changed {
                    nth,
                    id: id.clone(),
                    version: *version,
                    next: last.saturating_add(1),
                    since: held.valid_from,
                });
            }
            let earliest = held.valid_to.map_or(day, |last| last.min(day));
            if let Some(to) = agreement.valid_to.filter(|to| *to < earliest) {
                let (id, version) = (id.clone(), *version);
                return Err(AgreementFault::EndsAfterwards { nth, id, version, to, earliest });
            }
        }
        Ok(())
    }

    /// The ids, each once.
    pub fn ids(&self) -> Vec<&AgreementId> {
        let mut ids: Vec<_> = self.all().iter().map(|agreement| &agreement.id).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// The version that holds on a day, else the last one that held before it; `None` before the first.
    pub fn in_force(&self, id: &AgreementId, day: NaiveDate) -> Option<AgreementInForce<'_>> {
        let begun = self.all().iter().filter(|it| it.id == *id && it.valid_from <= day);
        let agreement = begun.max_by_key(|agreement| agreement.valid_from)?;
        Some(AgreementInForce { agreement, is_expired: !agreement.holds_on(day) })
    }
}

impl AgreedHours {
    fn calendar(
        &self,
        id: &CalendarId,
        document: &Document,
        desk: &Calendar,
    ) -> Result<Calendar, AgreementFault> {
        let zone = match &self.timezone {
            None => desk.zone(),
            Some(given) => Zone::named(given).ok_or_else(|| AgreementFault::NotAZone {
                calendar: id.clone(),
                given: given.clone(),
            })?,
        };
        let years = if self.years.is_empty() { &desk.rules().years } else { &self.years };
        let rules = CalendarRules {
            document: document.clone(),
            week: self.week.clone(),
            years: years.clone(),
        };
        let hours = Calendar::new(rules, zone);
        let fault = |fault| AgreementFault::Hours { calendar: id.clone(), fault };
        Ok(hours.map_err(fault)?.told_in(desk.zone()))
    }
}

/// Refuses a version that cannot hold beside those before it in the file.
fn check(nth: usize, agreement: &Agreement, rules: &AgreementRules) -> Result<(), AgreementFault> {
    let Agreement { id, name, version, valid_from: from, valid_to, calendar, .. } = agreement;
    if let Err(fault) = tidy_visible(name, NAME) {
        return Err(AgreementFault::Name { nth, version: *version, fault });
    }
    if let Some(to) = valid_to.filter(|to| to < from) {
        return Err(AgreementFault::EndsBefore { nth, version: *version, from: *from, to });
    }
    for (before, other) in rules.agreements[..nth].iter().enumerate() {
        if other.id != *id {
            continue;
        }
        if other.version == *version {
            return Err(AgreementFault::Twice { nth, id: id.clone(), version: *version });
        }
        let (first, last) = if other.valid_from <= *from {
            ((before, other), agreement)
        } else {
            ((nth, agreement), other)
        };
        let (nth, first) = first;
        if first.holds_on(last.valid_from) {
            return Err(AgreementFault::Overlap {
                nth,
                earlier: first.version,
                until: first.valid_to,
                later: last.version,
                from: last.valid_from,
            });
        }
    }
    match calendar {
        Some(given) if !rules.calendars.contains_key(given) => {
            let known = rules.calendars.keys().map(CalendarId::as_str);
            let nearest = nearest(given.as_str(), known);
            let (version, given) = (*version, given.clone());
            Err(AgreementFault::UnknownCalendar { nth, version, given, nearest })
        }
        Some(_) | None => Ok(()),
    }
}
