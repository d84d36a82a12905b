//! How each report is made of what the desk holds.

use std::{collections::BTreeSet, rc::Rc};

use crate::{
    app::{
        context::unit_id,
        customers::customer_called,
        desk::OpenDesk,
        period::{Span, last_of, month_of, months_until, period_of, spans},
        period_rules::in_force,
        samples::SamplePool,
    },
    domain::{
        analysis::{
            kpi::{KpiWindow, count_after},
            record_filter::RecordFilter,
        },
        base::{
            moment::{Moment, Use},
            month::Month,
            terms::{Party, ReportName},
            time::Timestamp,
        },
        deciding::policy::Policy,
        history::{contact::Contact, customer::Customer, record::Record},
    },
    error::{Error, Result, usage::Usage},
    report::{
        ReportContent, card, complaint,
        day::{self, DayForm},
        fault_analysis::MonthFaults,
        faults::{self, FaultsInput},
        filter::FilterValues,
        judged::PeriodRules,
        kpi::Figures,
        register::{self, Period},
        service::{self, ServiceInput, TrendPeriod},
        survey::{self, SurveyInput},
        values::{Notes, Privacy, Sources},
    },
    store::{
        git::ids::CommitId,
        selection::{Condition, Selection},
        view::View,
    },
    words::message::Message,
};

use super::{Report, kpi};

/// A report being made: what was asked for, and where it is looked up.
pub(super) struct Making<'a, 'd> {
    pub(super) args: &'a Report,
    pub(super) desk: &'a OpenDesk<'d>,
    pub(super) view: &'a View<'a>,
    pub(super) policy: Policy,
    /// The records that the report is about.
    only: RecordFilter,
    /// Whom a card is for, where it is not for everybody.
    card_of: Option<Customer>,
}

impl<'a, 'd> Making<'a, 'd> {
    pub(super) fn new(
        name: ReportName,
        args: &'a Report,
        desk: &'a OpenDesk<'d>,
        view: &'a View<'a>,
    ) -> Result<Self> {
        let (policy, customer) = (view.policy()?, args.customer.as_deref());
        let mut card_of = None;
        let mut only = RecordFilter::default();
        if name == ReportName::Card {
            card_of = customer.map(|given| customer_called(view, given)).transpose()?;
        } else {
            let unit = args.unit.as_deref().map(|given| unit_id(&policy, given));
            only.unit = unit.transpose()?;
            only.customer =
                customer.map(|given| desk.filtered_customer(view, given)).transpose()?;
        }
        Ok(Self { args, desk, view, policy, only, card_of })
    }

    /// The report, which says in its heading whose records it is about.
    pub(super) fn make(&self, name: ReportName) -> Result<ReportContent> {
        let content = self.content(name)?;
        Ok(content.only(FilterValues::of(&self.only, &self.policy, self.desk.paper)))
    }

    fn content(&self, name: ReportName) -> Result<ReportContent> {
        match name {
            ReportName::Register => self.register(),
            ReportName::Request => self.request(),
            ReportName::ComplaintForm => self.complaint_form(),
            ReportName::VisitForm => self.visit_form(),
            ReportName::Remote => self.session(),
            ReportName::ComplaintRegister => self.complaint_register(),
            ReportName::Daily => self.day(DayForm::Daily),
            ReportName::Handover => self.day(DayForm::Handover),
            ReportName::Survey => self.survey(),
            ReportName::Faults => self.faults(),
            ReportName::Service => self.service(),
            ReportName::Card => self.card(),
            ReportName::Kpi => self.kpi(),
        }
    }

    fn register(&self) -> Result<ReportContent> {
        let (period, records) = self.received()?;
        let contacts = self.contacts_of(&records)?;
        Ok(register::content(&records, &period, &self.sources(&contacts, Notes::Shared))?)
    }

    fn complaint_register(&self) -> Result<ReportContent> {
        let (period, mut records) = self.received()?;
        records.retain(|record| record.status.complaint.is_some());
        let contacts = self.contacts()?;
        Ok(complaint::register(&records, &period, &self.sources(&contacts, Notes::All))?)
    }

    fn day(&self, form: DayForm) -> Result<ReportContent> {
        let records = self.chosen(&Selection::of(Condition::Unfinished))?;
        let contacts = self.contacts_of(&records)?;
        let sources = self.sources(&contacts, Notes::All);
        Ok(day::content(form, &records, self.desk.now(), &self.revision(), &sources)?)
    }

    fn survey(&self) -> Result<ReportContent> {
        let (from, to) = self.period()?;
        let records = self.desk.records(self.view)?;
        let wanted = records.iter().filter(|record| self.only.has(&record.status));
        let wanted: BTreeSet<_> = wanted.map(|record| &record.id).collect();
        let pool = SamplePool::new(self.desk, self.view, &records, &self.policy)?;
        let (now, zone) = (self.desk.now(), self.desk.zone);
        // Nothing was closed before the first record came, nor will be after today.
        let oldest = records.iter().map(|record| record.status.received_at).min().unwrap_or(now);
        let mut month = Month::of(from.max(oldest).in_zone(zone).date());
        let mut samples = Vec::new();
        while month.starts(zone) <= now && month.ends(zone).plus_seconds(-1) <= to {
            if month.starts(zone) >= from {
                samples.push(pool.sample(month).among(|id| wanted.contains(id)));
            }
            month = month.after();
        }
        let contacts = pool.contacts();
        let period = &self.period_of(from, to);
        let (records, samples, only) = (&records, &samples, &self.only);
        let input = SurveyInput { records, only, samples, from, to, now, period };
        Ok(survey::content(&input, &self.sources(&contacts, Notes::All))?)
    }

    /// The faults that the figures of the period count as solved, with the months until its end, all
    /// counted by the rules of the period.
    fn faults(&self) -> Result<ReportContent> {
        let (from, to) = self.period()?;
        let whole = Span { label: String::new(), from, to: to.plus_seconds(1) };
        let rules = in_force(self.desk, self.view, [whole.to])?;
        let Some(rules) = rules.first() else { return Err(Error::Usage(Usage::Backwards)) };
        let months = months_until(to.min(self.desk.now()), self.desk.zone);
        let earliest = months.first().map_or(from, |month| month.from.min(from));
        let days = rules.repeat_days();
        let (records, earlier) = kpi::that_matter(self.desk, self.view, earliest, days)?;
        let count = |span: &Span| count_after(&records, &earlier, &self.window(span, rules));
        let counted = &count(&whole);
        let month = |span: &Span| MonthFaults { month: span.label.clone(), counted: count(span) };
        let trend: Vec<_> = months.iter().map(month).collect();
        let contacts = self.contacts_of(counted.records())?;
        let period = &self.period_of(from, to);
        let input = FaultsInput { counted, trend: &trend, repeat_days: days, period };
        Ok(faults::content(&input, &self.sources(&contacts, Notes::Shared))?)
    }

    /// The period beside the five before it, each as long or, for months, as many months, and each
    /// judged by its own rules.
    fn service(&self) -> Result<ReportContent> {
        let (from, to) = self.period()?;
        let spans = spans(from, to.plus_seconds(1), self.desk.zone);
        let rules = in_force(self.desk, self.view, spans.iter().map(|span| span.to))?;
        let periods: Vec<_> = spans.into_iter().zip(rules).collect();
        let earliest = periods.last().map_or(from, |(span, _)| span.from);
        let days = periods.iter().map(|(_, rules)| rules.repeat_days()).max().unwrap_or_default();
        let (records, earlier) = kpi::that_matter(self.desk, self.view, earliest, days)?;
        let trend: Vec<TrendPeriod<'_>> = periods
            .iter()
            .rev()
            .map(|(span, rules)| TrendPeriod {
                label: span.label.clone(),
                counted: count_after(&records, &earlier, &self.window(span, rules)),
                rules: Rc::clone(rules),
            })
            .collect();
        let (Some((span, rules)), Some(present)) = (periods.first(), trend.last()) else {
            return Err(Error::Usage(Usage::Backwards));
        };
        let contacts = self.contacts()?;
        let (window, counted) = (&self.window(span, rules), &present.counted);
        let (names, words) = (&self.policy, self.desk.paper);
        let figures = Figures { counted, window, rules, names, by: None, words };
        let period = &self.period_of(from, to);
        let input = ServiceInput { figures, trend: &trend, period };
        Ok(service::content(&input, &self.sources(&contacts, Notes::Shared))?)
    }

    fn card(&self) -> Result<ReportContent> {
        if self.policy.desk.reach.is_empty() {
            self.desk.app.ui.remark(&self.desk.words.message(&Message::NothingToReach));
        }
        let customer = self.card_of.as_ref().map(|customer| (customer, self.desk.now().date()));
        let party = self.card_of.as_ref().map_or(Party::USUAL, |customer| customer.party);
        let words = self.desk.paper.about(party);
        Ok(card::content(&self.policy, &self.revision(), customer, words)?)
    }

    fn kpi(&self) -> Result<ReportContent> {
        let (from, to) = self.period()?;
        let period = &self.period_of(from, to);
        kpi::content(self.desk, self.view, &self.query(from, to, period))
    }

    /// What figures of the period are asked for.
    pub(super) fn query<'p>(
        &'p self,
        from: Timestamp,
        to: Timestamp,
        period: &'p Period,
    ) -> kpi::KpiQuery<'p> {
        kpi::KpiQuery { from, to: to.plus_seconds(1), by: self.args.by, only: &self.only, period }
    }

    /// What a report of a period says of it.
    pub(super) fn period_of(&self, from: Timestamp, to: Timestamp) -> Period {
        period_of(self.desk, self.view, from, to)
    }

    /// First and last second of the period: this month unless something else was said.
    pub(super) fn period(&self) -> Result<(Timestamp, Timestamp)> {
        let (now, zone) = (self.desk.now(), self.desk.zone);
        let time = |flag, moment: Moment, reading| {
            moment
                .resolve(now, reading, zone, Some(&self.policy.calendar))
                .map_err(|fault| Error::Time { flag, fault })
        };
        let Report { month, from, to, .. } = self.args;
        let first = month_of(month.as_deref(), now.date())?;
        let from = time("--from", from.unwrap_or(first.into()), Use::Start)?;
        let to = time("--to", to.unwrap_or(last_of(first).into()), Use::End)?;
        if from > to {
            return Err(Error::Usage(Usage::Backwards));
        }
        Ok((from.in_zone(zone), to.in_zone(zone)))
    }

    /// A period that is judged by these rules.
    fn window<'r>(&'r self, span: &Span, rules: &'r PeriodRules) -> KpiWindow<'r> {
        let Span { from, to, .. } = *span;
        let (now, policy, only) = (self.desk.now(), &rules.policy, Some(&self.only));
        KpiWindow { from, to, now, policy, repeat_days: rules.repeat_days(), only }
    }

    /// Of these records those that the report is about.
    fn chosen(&self, wanted: &Selection) -> Result<Vec<Record>> {
        let (mut records, _) = self.desk.chosen(self.view, wanted)?;
        records.retain(|record| self.only.has(&record.status));
        Ok(records)
    }

    /// The period, and the records that came in during it, oldest first.
    fn received(&self) -> Result<(Period, Vec<Record>)> {
        let (from, to) = self.period()?;
        let wanted = Selection::of(Condition::ReceivedFrom(from)).and(Condition::ReceivedTo(to));
        let mut records = self.chosen(&wanted)?;
        records.sort_by_key(|record| (record.status.received_at, record.id.clone()));
        Ok((self.period_of(from, to), records))
    }

    /// Every contact of the desk; those that cannot be read are named on the way.
    fn contacts(&self) -> Result<Vec<Contact>> {
        let (contacts, left_out) = self.view.contacts()?;
        self.desk.name_left_out(&left_out);
        Ok(contacts)
    }

    /// The contacts that these records are about.
    fn contacts_of<'r>(
        &self,
        records: impl IntoIterator<Item = &'r Record>,
    ) -> Result<Vec<Contact>> {
        let ids = records.into_iter().filter_map(|record| record.status.contact.clone());
        let mut contacts = Vec::new();
        for id in ids.collect::<BTreeSet<_>>() {
            let contact = self.view.followed(&id)?;
            contacts.extend(contact.map(|contact| Contact { id, ..contact }));
        }
        Ok(contacts)
    }

    fn sources<'r>(&'r self, contacts: &'r [Contact], notes: Notes) -> Sources<'r> {
        let (words, privacy) = (self.desk.paper, self.privacy());
        Sources { policy: &self.policy, words, contacts, privacy, notes }
    }

    pub(super) fn privacy(&self) -> Privacy {
        if self.args.reveal { Privacy::Revealed } else { Privacy::Masked }
    }

    pub(super) fn revision(&self) -> String {
        self.view.commit().map(CommitId::short).unwrap_or_default()
    }
}
