//! 服务台卡片: how to reach the desk, when it works and what it promises (R112).

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    domain::{
        base::{
            limit::{Limit, Limits},
            terms::{Channel, Kind, Level, ReportName, Term},
        },
        deciding::policy::{
            Policy,
            agreements::{Agreement, AgreementInForce},
        },
        history::customer::Customer,
    },
    error::template::TemplateError,
    report::{EDITION, ReportContent},
    words::Words,
};

#[derive(Serialize)]
struct CardContext<'a> {
    template: u32,
    organisation: &'a str,
    desk: &'a str,
    revision: &'a str,
    party: &'static str,
    /// Whom the card is for, and by which agreement; empty for everybody.
    customer: &'a str,
    agreement: String,
    /// Its last day; empty where nobody ends it.
    agreement_until: String,
    timezone: String,
    reach: Vec<ContactWay<'a>>,
    hours: Vec<Hours>,
    pledges: Vec<Pledge>,
}

/// A way to the desk.
#[derive(Serialize)]
struct ContactWay<'a> {
    channel: String,
    address: &'a str,
}

/// The windows of a weekday; none on a day off.
#[derive(Serialize)]
struct Hours {
    weekday: &'static str,
    windows: Vec<String>,
}

/// What is promised at a level, or for a kind of its own limits.
#[derive(Serialize)]
struct Pledge {
    of: String,
    ack: String,
    respond: String,
    resolve: String,
}

/// The card, as policy has it: for everybody, or for a customer by the agreement that holds `today`.
pub fn content(
    policy: &Policy,
    revision: &str,
    customer: Option<(&Customer, NaiveDate)>,
    words: Words,
) -> Result<ReportContent, TemplateError> {
    let desk = &policy.desk;
    let in_force = customer.and_then(|(customer, today)| {
        policy.agreements.in_force(customer.agreement.as_ref()?, today)
    });
    let agreement = in_force.map(|it| it.agreement);
    let own = agreement.and_then(|agreement| agreement.calendar.as_ref());
    let own = own.and_then(|id| policy.agreements.calendars().get(id));
    let calendar = own.unwrap_or(&policy.calendar);
    let week = &calendar.rules().week;
    let weekday = |day: chrono::Weekday| Hours {
        weekday: words.weekday(day),
        windows: week.on(day).iter().map(|window| words.hours(&[*window])).collect(),
    };
    let first = chrono::Weekday::Mon;
    let mut hours: Vec<Hours> = Vec::new();
    let mut day = first;
    for _ in 0..7 {
        hours.push(weekday(day));
        day = day.succ();
    }
    let values = CardContext {
        template: EDITION,
        organisation: &desk.organisation,
        desk: &desk.name,
        revision,
        party: words.party().code(),
        customer: customer.map_or("", |(customer, _)| &customer.name),
        agreement: in_force.map_or_else(
            String::new,
            |AgreementInForce { agreement, is_expired }| {
                words.agreement_version(&agreement.name, agreement.version, is_expired)
            },
        ),
        agreement_until: agreement
            .and_then(|agreement| agreement.valid_to)
            .map_or_else(String::new, |day| day.to_string()),
        timezone: calendar.clock_zone().to_string(),
        reach: desk
            .reach
            .iter()
            .map(|(channel, address)| ContactWay {
                channel: words.open_term(Channel::VOCABULARY, channel),
                address,
            })
            .collect(),
        hours,
        pledges: pledges(policy, agreement, words),
    };
    let head = ["of", "ack", "respond", "resolve"].map(str::to_owned).to_vec();
    let row = |pledge: &Pledge| {
        let Pledge { of, ack, respond, resolve } = pledge;
        vec![of.clone(), ack.clone(), respond.clone(), resolve.clone()]
    };
    let rows = [head].into_iter().chain(values.pledges.iter().map(row)).collect();
    ReportContent::new(ReportName::Card, &values, rows)
}

fn pledges(policy: &Policy, agreement: Option<&Agreement>, words: Words) -> Vec<Pledge> {
    let levels = &policy.levels;
    let pledge = |of: String, limits: &Limits| {
        let limit_text =
            |limit: Option<Limit>| limit.map(|limit| words.limit(limit)).unwrap_or_default();
        Pledge {
            of,
            ack: limit_text(limits.ack),
            respond: limit_text(limits.respond),
            resolve: limit_text(limits.resolve),
        }
    };
    let by_level = [
        (Level::Major, &levels.limits.major),
        (Level::Urgent, &levels.limits.urgent),
        (Level::General, &levels.limits.general),
    ];
    let by_level =
        by_level.into_iter().map(|(level, limits)| pledge(words.term(level).to_owned(), limits));
    let kinds = [Kind::Request, Kind::Fault, Kind::Change, Kind::Enquiry, Kind::Complaint];
    let by_kind = kinds.into_iter().flat_map(|kind| {
        [Level::Major, Level::Urgent, Level::General].map(|level| {
            let agreed = agreement.map(|agreement| agreement.cell(kind, level));
            (kind, level, agreed.unwrap_or_default().or(levels.kinds.cell(kind, level)))
        })
    });
    let by_kind = by_kind.filter(|(_, _, limits)| !limits.is_none());
    let by_kind = by_kind.map(|(kind, level, limits)| {
        pledge(words.remarked(words.term(kind), words.term(level)), &limits)
    });
    by_level.chain(by_kind).collect()
}
