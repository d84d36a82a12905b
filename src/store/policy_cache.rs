//! The policy as it was read last, so that a step need not read seven files of YAML again.
//!
//! It is kept beside git's objects under the names that git gives to the very files it was read
//! from, and is never the truth: whatever is absent, old, foreign or damaged is read from the
//! files.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    str,
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        base::{
            calendar::{Calendar, rules::CalendarRules},
            zone::Zone,
        },
        deciding::{
            policy::{
                Policy,
                agreements::{AgreementRules, Agreements},
                catalog::Catalog,
                desk::DeskSettings,
                levels::Levels,
                major::MajorContacts,
                people::People,
                roles::Roles,
                survey::SurveyPolicy,
                units::Units,
            },
            rule_days::RuleSpan,
        },
    },
    store::{
        git::{error::Error, snapshot::Snapshot},
        layout,
    },
};

/// The file's name in docket's own folder.
const NAME: &str = "policy";

/// What one policy is kept under: this program's version and git's names of its files.
pub(super) struct PolicyKey(String);

#[derive(Serialize, Deserialize)]
struct CachedPolicy {
    desk: DeskSettings,
    people: People,
    units: Units,
    catalog: Catalog,
    levels: Levels,
    calendar: CalendarRules,
    major: MajorContacts,
    survey: SurveyPolicy,
    roles: Roles,
    agreements: Option<AgreementRules>,
}

impl PolicyKey {
    pub(super) fn of(snapshot: &Snapshot<'_>) -> Result<Self, Error> {
        let names = snapshot.names(&[layout::DESK, layout::POLICY])?;
        Ok(Self(format!("{} {}", env!("CARGO_PKG_VERSION"), names.join(" "))))
    }
}

/// The policy kept under `key`, where it holds on the day that `day` tells; most hold on every day.
pub(super) fn load(
    snapshot: &Snapshot<'_>,
    key: &PolicyKey,
    day: &dyn Fn() -> Option<NaiveDate>,
) -> Option<Policy> {
    let bytes = snapshot.repository().recall(NAME)?;
    let body = body_under(key, &bytes, day)?;
    let CachedPolicy {
        desk,
        people,
        units,
        catalog,
        levels,
        calendar,
        major,
        survey,
        roles,
        agreements,
    } = serde_json::from_str(body).ok()?;
    let zone = Zone::named(&desk.timezone)?;
    let calendar = Calendar::new(calendar, zone).ok()?;
    let agreements = match agreements {
        Some(rules) => Agreements::new(rules, &calendar).ok()?,
        None => Agreements::default(),
    };
    Some(Policy {
        desk,
        people,
        units,
        catalog,
        levels,
        calendar,
        major,
        survey,
        roles,
        agreements,
    })
}

/// Whether a policy is kept as for [`load`], which says that its files were sound.
pub(super) fn is_kept(
    snapshot: &Snapshot<'_>,
    key: &PolicyKey,
    day: &dyn Fn() -> Option<NaiveDate>,
) -> bool {
    let bytes = snapshot.repository().recall(NAME);
    bytes.is_some_and(|bytes| body_under(key, &bytes, day).is_some())
}

fn body_under<'b>(
    key: &PolicyKey,
    bytes: &'b [u8],
    day: &dyn Fn() -> Option<NaiveDate>,
) -> Option<&'b str> {
    let (head, kept) = str::from_utf8(bytes).ok()?.split_once('\n')?;
    if head != heading(key, kept) {
        return None;
    }
    let (span, body) = kept.split_once('\n')?;
    let span: RuleSpan = serde_json::from_str(span).ok()?;
    let is_of_every_day = span.from.is_none() && span.until.is_none();
    (is_of_every_day || day().is_some_and(|day| span.has(day))).then_some(body)
}

/// Keeps a policy that was read whole and found sound, with the days on which it holds.
pub(super) fn save(snapshot: &Snapshot<'_>, key: &PolicyKey, span: RuleSpan, policy: &Policy) {
    if let (Ok(span), Ok(body)) = (serde_json::to_string(&span), body(policy)) {
        let kept = format!("{span}\n{body}");
        let text = format!("{}\n{kept}", heading(key, &kept));
        snapshot.repository().remember(NAME, text.as_bytes());
    }
}

fn body(policy: &Policy) -> serde_json::Result<String> {
    let Policy { desk, people, units, catalog, levels, calendar, major, survey, roles, agreements } =
        policy.clone();
    serde_json::to_string(&CachedPolicy {
        desk,
        people,
        units,
        catalog,
        levels,
        calendar: calendar.rules().clone(),
        major,
        survey,
        roles,
        agreements: agreements.rules().cloned(),
    })
}

/// The key with a sum over the body, which a bit that fell over would not give.
fn heading(key: &PolicyKey, body: &str) -> String {
    let mut sum = DefaultHasher::new();
    body.hash(&mut sum);
    format!("{} {:016x}", key.0, sum.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        store::defaults,
        words::{Lang, Words},
    };

    #[test]
    fn a_kept_policy_reads_back_as_the_one_that_was_kept() {
        let desk = DeskSettings {
            reach: [("phone".to_owned(), "110".to_owned())].into(),
            ..DeskSettings::for_tests("服务台", "Asia/Shanghai", "zh-CN")
        };
        let names = Words::new(Lang::default()).unit_names();
        let policy = defaults::policy(&desk, Zone::named("Asia/Shanghai").unwrap(), names).unwrap();
        let first = body(&policy).unwrap();
        let cached: CachedPolicy = serde_json::from_str(&first).unwrap();
        assert_eq!(serde_json::to_string(&cached).unwrap(), first);
        assert_eq!((cached.desk, cached.levels), (policy.desk, policy.levels));
    }
}
