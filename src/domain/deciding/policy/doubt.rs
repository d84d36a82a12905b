//! Values of the rules that can be read and are hardly what was meant.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::{
    base::{
        calendar::Calendar,
        limit::{Limit, Limits},
        rule_place::RulePlace,
        terms::Level,
    },
    deciding::policy::{
        Policy,
        levels::{KindLimits, Levels},
        people::People,
    },
};

/// A value that somebody should look at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The file, without folder and ending: `levels`.
    pub file: &'static str,
    pub place: RulePlace,
    pub given: String,
    pub why: DoubtReason,
}

/// What makes a value odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DoubtReason {
    /// Greater than another value that it should not exceed.
    Exceeds { place: RulePlace, value: String },
    /// Less than another value that it should not fall short of.
    FallsShort { place: RulePlace, value: String },
    /// A level that is more urgent than that of the priority before it.
    MoreUrgent(Level),
    /// It is there once already.
    Twice,
    /// A last day before the first one.
    EndsBefore(NaiveDate),
    /// A person without any.
    NoneOfIt,
    /// A day that is worked in the same hours without it.
    WorkedAnyway,
    /// Hours that end a minute before midnight.
    ShortOfMidnight,
}

impl Doubt {
    fn of(
        file: &'static str,
        place: RulePlace,
        given: &(impl ToString + ?Sized),
        why: DoubtReason,
    ) -> Self {
        Self { file, place, given: given.to_string(), why }
    }
}

impl Policy {
    /// Every value that is hardly what was meant on this day, in the order of the files.
    pub fn doubts(&self, today: NaiveDate) -> Vec<Doubt> {
        let Self { people, units, catalog, levels, calendar, survey, .. } = self;
        let mut found = of_people(people, today);
        let mut twice = |file, list: RulePlace, key, ids: Vec<&str>| {
            let mut known = HashSet::new();
            let again = ids.into_iter().enumerate().filter(|(_, id)| !known.insert(*id));
            found.extend(again.map(|(nth, id)| {
                Doubt::of(file, list.clone().nth(nth).key(key), id, DoubtReason::Twice)
            }));
        };
        let of = |key: &str| RulePlace::of(key);
        twice("units", of("units"), "id", texts(&units.units, |it| it.id.as_str()));
        twice("catalog", of("categories"), "id", texts(&catalog.categories, |it| &it.id));
        for (nth, category) in catalog.categories.iter().enumerate() {
            let questions = of("categories").nth(nth).key("questions");
            twice("catalog", questions, "key", texts(&category.questions, |it| &it.key));
        }
        twice("catalog", of("products"), "id", texts(&catalog.products, |it| &it.id));
        twice("catalog", of("channels"), "code", texts(&catalog.channels, |it| &it.code));
        twice("catalog", of("codes"), "code", texts(&catalog.codes, |it| &it.code));
        twice("catalog", of("causes"), "code", texts(&catalog.causes, |it| &it.code));
        twice("levels", of("major_criteria"), "id", texts(&levels.major_criteria, |it| &it.id));
        twice("levels", of("pause_reasons"), "code", texts(&levels.pause_reasons, |it| &it.code));
        twice("survey", of("questions"), "key", texts(&survey.questions, |it| &it.key));
        let own = survey.internal.as_ref().and_then(|own| own.questions.as_ref());
        let questions = of("internal").key("questions");
        twice(
            "survey",
            questions,
            "key",
            own.map(|own| texts(own, |it| &it.key)).unwrap_or_default(),
        );
        found.extend(of_limits(levels, calendar));
        found.extend(of_priorities(levels));
        found.extend(of_tiers(levels));
        found.extend(of_calendar(calendar));
        found
    }
}

fn texts<T>(items: &[T], text: impl Fn(&T) -> &str) -> Vec<&str> {
    items.iter().map(text).collect()
}

/// People who left before they came, who may do nothing, or whom git cannot know.
fn of_people(people: &People, today: NaiveDate) -> Vec<Doubt> {
    let mut found = Vec::new();
    for (nth, person) in people.people.iter().enumerate() {
        let key = |key: &str| RulePlace::of("people").nth(nth).key(key);
        let mut note = |place, given: &str, why| found.push(Doubt::of("people", place, given, why));
        let from = person.active_from;
        if let Some(to) = person.active_to.filter(|to| *to < from) {
            note(key("active_to"), &to.to_string(), DoubtReason::EndsBefore(from));
        }
        // who has left needs neither
        let has_left = person.active_from <= today && !person.is_active(today);
        if person.roles.is_empty() && !has_left {
            note(key("roles"), "[]", DoubtReason::NoneOfIt);
        }
        if person.emails.is_empty() && !has_left {
            note(key("emails"), "[]", DoubtReason::NoneOfIt);
        }
    }
    found
}

/// A limit with where it stands.
type PlacedLimit = (RulePlace, Limit);
/// The limits of a level, from acknowledgement to solution.
type LevelLimits = [Option<PlacedLimit>; 3];

/// Limits that are longer than that of a later clock, or of a less urgent level.
fn of_limits(levels: &Levels, calendar: &Calendar) -> Vec<Doubt> {
    let by_level = &levels.limits;
    let general =
        table(&RulePlace::of("limits"), by_level.major, by_level.urgent, by_level.general);
    let mut found = Vec::new();
    disorder(&general, &|_| true, calendar, &mut found);
    let kinds = &levels.kinds;
    for (kind, own) in [
        ("request", kinds.request),
        ("fault", kinds.fault),
        ("change", kinds.change),
        ("enquiry", kinds.enquiry),
        ("complaint", kinds.complaint),
    ] {
        let Some(KindLimits { major, urgent, general: lowest }) = own else { continue };
        let place = RulePlace::of("kinds").key(kind);
        let own = table(&place, major, urgent, lowest);
        let mut effective = own.clone();
        for (level, limits) in effective.iter_mut().enumerate() {
            for (clock, limit) in limits.iter_mut().enumerate() {
                *limit = limit.take().or_else(|| general[level][clock].clone());
            }
        }
        let is_own =
            |place: &RulePlace| own.iter().flatten().flatten().any(|(own, _)| own == place);
        disorder(&effective, &is_own, calendar, &mut found);
    }
    found
}

fn table(place: &RulePlace, major: Limits, urgent: Limits, general: Limits) -> [LevelLimits; 3] {
    [("major", major), ("urgent", urgent), ("general", general)].map(|(level, limits)| {
        let level = place.clone().key(level);
        [("ack", limits.ack), ("respond", limits.respond), ("resolve", limits.resolve)]
            .map(|(clock, limit)| limit.map(|limit| (level.clone().key(clock), limit)))
    })
}

/// The pairs of which the first is surely longer than the second, and one `counts`: limits that cannot
/// be compared may stand between them. What follows from two other pairs is left out.
fn disorder(
    levels: &[LevelLimits; 3],
    counts: &dyn Fn(&RulePlace) -> bool,
    calendar: &Calendar,
    found: &mut Vec<Doubt>,
) {
    let within = levels.iter().map(|clocks| clocks.iter().flatten().collect::<Vec<_>>());
    let across = (0..3).map(|clock| levels.iter().filter_map(|it| it[clock].as_ref()).collect());
    for row in within.chain(across) {
        let exceeds = |one: usize, other: usize| row[one].1.surely_exceeds(row[other].1, calendar);
        let pairs =
            (0..row.len()).flat_map(|one| (one + 1..row.len()).map(move |other| (one, other)));
        for (nth, later) in pairs {
            let follows =
                (nth + 1..later).any(|between| exceeds(nth, between) && exceeds(between, later));
            if follows || !exceeds(nth, later) {
                continue;
            }
            let ((first, one), (second, other)) = (row[nth], row[later]);
            if counts(first) {
                let (place, value) = (second.clone(), other.to_string());
                let why = DoubtReason::Exceeds { place, value };
                found.push(Doubt::of("levels", first.clone(), one, why));
            } else if counts(second) {
                let (place, value) = (first.clone(), one.to_string());
                let why = DoubtReason::FallsShort { place, value };
                found.push(Doubt::of("levels", second.clone(), other, why));
            }
        }
    }
}

/// Priorities that come after those of a lesser impact or urgency, and levels that do.
fn of_priorities(levels: &Levels) -> Vec<Doubt> {
    let matrix = &levels.priority;
    let rows = [("high", &matrix.high), ("medium", &matrix.medium), ("low", &matrix.low)];
    let cells = rows.map(|(impact, row)| {
        [("high", row.high), ("medium", row.medium), ("low", row.low)].map(|(urgency, priority)| {
            (RulePlace::of("priority").key(impact).key(urgency), priority)
        })
    });
    let mut found = Vec::new();
    let mut compare = |before: &(RulePlace, u8), after: &(RulePlace, u8)| {
        if before.1 > after.1 {
            let why = DoubtReason::Exceeds { place: after.0.clone(), value: after.1.to_string() };
            found.push(Doubt::of("levels", before.0.clone(), &before.1, why));
        }
    };
    for [high, medium, low] in &cells {
        compare(high, medium);
        compare(medium, low);
    }
    for rows in cells.windows(2) {
        let [upper, lower] = rows else { continue };
        upper.iter().zip(lower).for_each(|(before, after)| compare(before, after));
    }
    for (nth, pair) in levels.level_of_priority.windows(2).enumerate() {
        if let [before, after] = pair
            && after < before
        {
            let place = RulePlace::of("level_of_priority").nth(nth + 1);
            found.push(Doubt::of("levels", place, after, DoubtReason::MoreUrgent(*before)));
        }
    }
    found
}

/// Tiers that do not come one after the other, and more days than attempts.
fn of_tiers(levels: &Levels) -> Vec<Doubt> {
    let mut found = Vec::new();
    let mut note = |place, given: u32, (than, value): (RulePlace, u32), falls_short: bool| {
        let value = value.to_string();
        let why = if falls_short {
            DoubtReason::FallsShort { place: than, value }
        } else {
            DoubtReason::Exceeds { place: than, value }
        };
        found.push(Doubt::of("levels", place, &given, why));
    };
    let unreachable = levels.unreachable;
    if unreachable.days > unreachable.attempts {
        let key = |key: &str| RulePlace::of("unreachable").key(key);
        note(key("days"), unreachable.days, (key("attempts"), unreachable.attempts), false);
    }
    for (nth, pair) in levels.escalation.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let key = |nth: usize, key: &str| RulePlace::of("escalation").nth(nth).key(key);
        if after.tier <= before.tier {
            let least = (key(nth, "tier"), before.tier);
            note(key(nth + 1, "tier"), after.tier, least, true);
        }
        if after.at < before.at {
            let least = (key(nth, "at"), u32::from(before.at));
            note(key(nth + 1, "at"), u32::from(after.at), least, true);
        }
    }
    found
}

/// Days that are worked anyway, and hours that end a minute before midnight.
fn of_calendar(calendar: &Calendar) -> Vec<Doubt> {
    let worked = calendar.worked_anyway().into_iter();
    let worked = worked.map(|date| (date.to_string(), DoubtReason::WorkedAnyway));
    let short = calendar.short_of_midnight().into_iter();
    let short = short.map(|day| (day, DoubtReason::ShortOfMidnight));
    let doubt = |(day, why): (String, DoubtReason)| {
        Doubt::of("calendar", Calendar::place_of(&day), &day, why)
    };
    worked.chain(short).map(doubt).collect()
}
