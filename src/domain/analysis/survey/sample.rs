//! Who is asked: the published rule by which a month's sample is drawn.
//!
//! 1. The population are the records that stood closed at the end of the month and were last
//!    closed in it, by the times at which the steps were entered (`recorded_at`), in the desk's
//!    zone: what is entered later can no longer change it, except that a step which was taken back
//!    counts as never made. Records closed by exception and complaints belong to it, for nothing that
//!    the desk decides takes a record out of the sample.
//!    Left out are remarks, cancelled and merged records, and those with nobody to ask: without a
//!    contact, or whose contact was erased when the sample was first sent; who is erased later stays in
//!    it and is not asked. Nobody of the team is a
//!    contact, which commands see to; the rule asks for no names, so that it can be held for ever.
//! 2. The number of a record is made of the first eight hexadecimal digits of the SHA-1 of its id,
//!    one blank and the month: `printf '%s' 'R-261122-7K3QX 2026-11' | sha1sum | cut -c1-8`.
//! 3. A record is drawn when its number is below `sample` per cent of 2^32: number × 100 <
//!    sample × 4294967296.
//! 4. A customer is one under all the names that the desk knows of it when the sample is drawn, and under
//!    every spelling of a name: case, width and blanks make no difference. Of a customer of whom none is drawn, the one with the smallest number is; of one of whom more
//!    than `cap_per_customer` are, only that many with the smallest numbers. The id decides between
//!    equal numbers. A cap of 0 asks nobody.
//! 5. `sample` and `cap_per_customer` are those of the customer's party (R116): of `internal` in
//!    `policy/survey.yaml` for a customer that is internal when the sample is drawn, as far as that says
//!    any, and those of everybody for all others. Once a questionnaire was sent for the month to a party,
//!    the numbers in it are that party's for this month; once one was sent to a customer, the party in
//!    it is the customer's, whatever it becomes. Where policy says nothing of internal users, all are one
//!    party.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::{
    base::{
        ids::{ContactId, RecordId},
        month::Month,
        terms::{Kind, Party, State, Term},
        time::Timestamp,
        zone::Zone,
    },
    deciding::policy::{Policy, survey::SurveyPolicy},
    history::{
        contact::{Contact, ReachedContact, followed, reached},
        customer::CustomerNames,
        record::Record,
        status::Status,
        steps::{
            Act, Action,
            survey_send::{SampleDraw, SampleRule},
        },
    },
};

/// A record that may be asked about, with whose it was at the end of the month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: RecordId,
    /// What is the same for all names of one customer.
    pub customer: String,
    /// As what the customer is drawn.
    pub party: Party,
}

/// What was closed in a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population {
    pub candidates: Vec<Candidate>,
    /// Records about which there is nobody to ask.
    pub left_out: Vec<Candidate>,
}

/// A month's sample, as the rule draws it and as it was frozen.
#[derive(Clone, Debug)]
pub struct Sample {
    pub month: Month,
    pub population: Population,
    /// The numbers of the rule for each party: those that were frozen, else those of the policy.
    rules: BTreeMap<Party, SampleRule>,
    /// Whom the rule draws, by id.
    pub drawn: Vec<RecordId>,
    /// Who was sent a questionnaire for it.
    pub sent: Vec<RecordId>,
    /// Of whom the rule draws, those whose contact has been erased since, who are not asked any more.
    pub lost: Vec<RecordId>,
}

impl Sample {
    /// The sample of a month out of all records of customers with these names: by the numbers that were
    /// frozen when it was first sent, else by those of the policy. `today` is when it is drawn where
    /// nothing was sent yet. Contacts that cannot be read count as not erased.
    pub fn of<E>(
        (records, names): (&[Record], &CustomerNames),
        month: Month,
        (policy, today): (&Policy, NaiveDate),
        contact: impl Fn(&ContactId) -> Result<Option<Contact>, E>,
        sha1: impl Fn(&str) -> [u8; 20],
    ) -> Self {
        let sent: Vec<FrozenDraw<'_>> =
            records.iter().filter_map(|record| frozen(record, month)).collect();
        let rule = |party: Party| {
            let frozen = sent.iter().find(|frozen| frozen.party == party);
            frozen.map_or_else(|| policy.survey.rule_for(party), |frozen| frozen.drawn.rule())
        };
        let rules = Party::ALL.iter().map(|party| (*party, rule(*party))).collect();
        // who is erased once a sample is drawn takes no record out of it
        let zone = policy.calendar.zone();
        let drawn_on = sent.iter().map(|frozen| frozen.at.in_zone(zone).date());
        let drawn_on = drawn_on.min().unwrap_or(today);
        let is_gone = |id: &ContactId| {
            let erased = followed(id, &contact).ok().flatten().and_then(|contact| contact.erased);
            erased.is_some_and(|erased| erased.at.in_zone(zone).date() < drawn_on)
        };
        let mut population =
            Population::of((records, names), (month, zone), &policy.survey, is_gone);
        population.keep_parties(&sent);
        let drawn = draw(&population.candidates, month, &rules, sha1);
        let sent = sent.into_iter().map(|frozen| frozen.id).collect();
        let is_lost = |record: &&Record| {
            let whom = record.status.contact.as_ref().map(|id| reached(id, &contact));
            drawn.contains(&record.id) && matches!(whom, Some(Ok(ReachedContact::Erased(_))))
        };
        let lost = records.iter().filter(is_lost).map(|record| record.id.clone()).collect();
        Self { month, population, rules, drawn, sent, lost }
    }

    /// The part of the sample that is about these records: it was drawn among all.
    pub fn among(mut self, wanted: impl Fn(&RecordId) -> bool) -> Self {
        for list in [&mut self.population.candidates, &mut self.population.left_out] {
            list.retain(|candidate| wanted(&candidate.id));
        }
        for ids in [&mut self.drawn, &mut self.sent, &mut self.lost] {
            ids.retain(&wanted);
        }
        self
    }

    /// By what the records of a party are drawn.
    pub fn drawn_by(&self, party: Party) -> SampleDraw {
        let rule = self.rules.get(&party).copied();
        SampleDraw::of(self.month, rule.unwrap_or(SampleRule { sample: 0, cap_per_customer: 0 }))
    }

    /// As what the customer of a record is drawn; `None` of a record about which nobody can be asked.
    pub fn party_of(&self, record: &RecordId) -> Option<Party> {
        let candidates = &self.population.candidates;
        let place = candidates.binary_search_by(|candidate| candidate.id.cmp(record)).ok()?;
        candidates.get(place).map(|candidate| candidate.party)
    }

    /// Whether the rule draws a record by these numbers, as the record of this party.
    pub fn draws(&self, record: &RecordId, by: &SampleDraw, party: Party) -> bool {
        self.party_of(record) == Some(party)
            && self.drawn_by(party) == *by
            && self.drawn.contains(record)
    }

    /// Those of whose records any was closed; the usual one where none was.
    pub fn parties(&self) -> BTreeSet<Party> {
        let Population { candidates, left_out } = &self.population;
        let parties: BTreeSet<_> = candidates.iter().chain(left_out).map(|it| it.party).collect();
        if parties.is_empty() { [Party::USUAL].into() } else { parties }
    }

    /// The part of the sample that is about the records of a party.
    #[must_use]
    pub fn of_party(&self, party: Party) -> Self {
        let Population { candidates, left_out } = &self.population;
        let own = candidates.iter().chain(left_out).filter(|it| it.party == party);
        let own: BTreeSet<_> = own.map(|it| it.id.clone()).collect();
        self.clone().among(|id| own.contains(id))
    }

    /// Who was drawn, is not asked yet and can be.
    pub fn unsent(&self) -> impl Iterator<Item = &RecordId> {
        self.drawn.iter().filter(|id| !self.sent.contains(id) && !self.lost.contains(id))
    }
}

/// How a record came into a month's sample.
struct FrozenDraw<'a> {
    id: RecordId,
    drawn: &'a SampleDraw,
    party: Party,
    at: Timestamp,
}

/// How the record came into a month's sample, where it was sent for it.
fn frozen(record: &Record, month: Month) -> Option<FrozenDraw<'_>> {
    record.history.iter().find_map(|event| match &event.act {
        Act::SurveySend(send) => {
            let drawn = send.drawn.as_ref().filter(|drawn| drawn.period == month)?;
            let (id, party) = (record.id.clone(), send.party);
            Some(FrozenDraw { id, drawn, party, at: event.stamp.recorded_at })
        }
        _ => None,
    })
}

impl Population {
    /// What was closed in a month, whoever asks and in whatever order the records come.
    pub fn of(
        (records, names): (&[Record], &CustomerNames),
        (month, zone): (Month, Zone),
        survey: &SurveyPolicy,
        is_gone: impl Fn(&ContactId) -> bool,
    ) -> Self {
        let mut found = Self::default();
        for record in records {
            let Some(status) = closed_in(record, month, zone) else {
                continue;
            };
            let customer = names.key(&status.customer);
            let party = survey.asked_as(names.party(&status.customer));
            let candidate = Candidate { id: record.id.clone(), customer, party };
            match &status.contact {
                Some(contact) if is_gone(contact) => found.left_out.push(candidate),
                None => found.left_out.push(candidate),
                Some(_) => found.candidates.push(candidate),
            }
        }
        for list in [&mut found.candidates, &mut found.left_out] {
            list.sort_by(|a, b| a.id.cmp(&b.id));
        }
        found
    }

    /// Draws every customer that was asked as what it was asked first.
    fn keep_parties(&mut self, sent: &[FrozenDraw<'_>]) {
        let mut sent: Vec<_> = sent.iter().collect();
        sent.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        let mut kept = BTreeMap::new();
        for frozen in sent {
            let place = self.candidates.binary_search_by(|candidate| candidate.id.cmp(&frozen.id));
            if let Some(candidate) = place.ok().and_then(|place| self.candidates.get(place)) {
                kept.entry(candidate.customer.clone()).or_insert(frozen.party);
            }
        }
        for candidate in self.candidates.iter_mut().chain(&mut self.left_out) {
            candidate.party = kept.get(&candidate.customer).copied().unwrap_or(candidate.party);
        }
    }

    /// How many were closed.
    pub fn closed(&self) -> usize {
        self.candidates.len() + self.left_out.len()
    }
}

/// The status at the end of the month, of a record that was last closed in it and stood closed.
pub fn closed_in(record: &Record, month: Month, zone: Zone) -> Option<Status> {
    let closings = record.history.iter().filter(|event| event.act.action() == Action::Close);
    let last = closings
        .filter(|event| event.stamp.recorded_at < month.ends(zone))
        .max_by_key(|event| event.order())?;
    if !month.contains(last.stamp.recorded_at, zone) {
        return None;
    }
    let mut then = record.clone();
    then.history
        .retain(|event| event.stamp.recorded_at < month.ends(zone) && record.is_lasting(event));
    let status = then.replay();
    (status.state == State::Closed && status.kind != Kind::Remark).then_some(status)
}

/// The records that are asked about, by id; of a party without numbers none.
pub fn draw(
    candidates: &[Candidate],
    month: Month,
    rules: &BTreeMap<Party, SampleRule>,
    sha1: impl Fn(&str) -> [u8; 20],
) -> Vec<RecordId> {
    let mut of_customer: BTreeMap<(Party, &str), Vec<(u32, &RecordId)>> = BTreeMap::new();
    for candidate in candidates {
        let number = number(sha1(&ticket(&candidate.id, month)));
        let customer = (candidate.party, &*candidate.customer);
        of_customer.entry(customer).or_default().push((number, &candidate.id));
    }
    let mut drawn = Vec::new();
    for ((party, _), mut numbered) in of_customer {
        let Some(rule) = rules.get(&party) else { continue };
        let cap = usize::try_from(rule.cap_per_customer).unwrap_or(usize::MAX);
        numbered.sort_unstable();
        let below = numbered.iter().filter(|(number, _)| is_below(*number, rule.sample)).count();
        let chosen = numbered.into_iter().take(below.max(1).min(cap));
        drawn.extend(chosen.map(|(_, id)| id.clone()));
    }
    drawn.sort();
    drawn
}

/// The text whose hash decides about a record.
pub fn ticket(id: &RecordId, month: Month) -> String {
    format!("{id} {month}")
}

/// The number that a hash gives.
fn number(hash: [u8; 20]) -> u32 {
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
}

fn is_below(number: u32, sample: u8) -> bool {
    u64::from(number) * 100 < u64::from(sample) << 32
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;

    fn id(nth: u64) -> RecordId {
        RecordId::new("R", NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(), nth)
    }

    fn month() -> Month {
        "2026-11".parse().unwrap()
    }

    /// Something that hangs on every bit of the text; the rule does not care what.
    fn mixed(text: &str) -> [u8; 20] {
        let mut state = 0xcbf2_9ce4_8422_2325_u64;
        for byte in text.bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            state ^= state >> 29;
        }
        let mut hash = [0; 20];
        hash[..8].copy_from_slice(&state.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
        hash
    }

    fn candidates(customers: &[u8]) -> Vec<Candidate> {
        let numbered = (0..).zip(customers);
        numbered
            .map(|(nth, customer)| Candidate {
                id: id(nth),
                customer: format!("customer {customer}"),
                // of two parties, each customer of one
                party: if customer % 2 == 0 { Party::External } else { Party::Internal },
            })
            .collect()
    }

    fn for_all(sample: u8, cap_per_customer: u32) -> BTreeMap<Party, SampleRule> {
        let rule = SampleRule { sample, cap_per_customer };
        Party::ALL.iter().map(|party| (*party, rule)).collect()
    }

    #[test]
    fn a_share_of_the_numbers_is_below_its_bar() {
        for (number, sample, below) in [
            (0, 0, false),
            (0, 1, true),
            (0x3333_3333, 20, true),
            (0x3333_3334, 20, false),
            (u32::MAX, 99, false),
            (u32::MAX, 100, true),
        ] {
            assert_eq!(is_below(number, sample), below, "{number} at {sample} %");
        }
    }

    #[test]
    fn a_cap_of_nothing_asks_nobody() {
        let rules = for_all(100, 0);
        assert_eq!(draw(&candidates(&[1, 1, 2]), month(), &rules, mixed), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whoever_draws_in_whatever_order_asks_the_same_and_every_customer_within_the_cap(
            customers in proptest::collection::vec(0_u8..6, 0..60),
            sample in 0_u8..=100,
            cap in 1_u32..5,
            turn in 0_usize..60,
        ) {
            let mut rules = for_all(sample, cap);
            let own = SampleRule { sample: 100 - sample, cap_per_customer: cap + 5 };
            rules.insert(Party::Internal, own);
            let mut records = candidates(&customers);
            let drawn = draw(&records, month(), &rules, mixed);

            records.reverse();
            let turn = turn.min(records.len());
            records.rotate_left(turn);
            prop_assert_eq!(&draw(&records, month(), &rules, mixed), &drawn);

            for customer in customers {
                let own = |record: &&Candidate| record.customer == format!("customer {customer}");
                let count =
                    records.iter().filter(own).filter(|record| drawn.contains(&record.id)).count();
                let cap = if customer % 2 == 0 { cap } else { cap + 5 };
                prop_assert!((1..=usize::try_from(cap).unwrap()).contains(&count));
            }
        }

        #[test]
        fn a_record_that_is_drawn_under_a_small_share_is_drawn_under_a_greater_one(
            customers in proptest::collection::vec(0_u8..4, 0..40),
            sample in 0_u8..100,
        ) {
            let records = candidates(&customers);
            let of = |sample| {
                draw(&records, month(), &for_all(sample, 1000), mixed)
            };
            let more = of(sample + 1);
            prop_assert!(of(sample).iter().all(|id| more.contains(id)));
        }
    }
}
