//! 考核指标: the desk's key figures, from the time stamps of its records (R95, R101).
//!
//! Every figure is made of cases: one for each thing that it counts, in the numerator or not. A
//! period runs from its first instant to just before its last. What happened later is not known
//! yet, so the figures of a past period do not change, but for four that look ahead on purpose:
//! the acknowledgement of what came in at the period's end, the answers to what was sent in it
//! (`survey_response`), and reopening within its window (`reopen_rate`, `fcr`). A late entry of an earlier deed counts where the deed belongs.
//!
//! Cancelled and merged records count nowhere but where they were late before: a breach stays.

pub mod backlog;
mod callbacks;
mod clocks;
mod closings;
mod complaints;
mod dispatch;
pub mod figure;
mod followups;
mod intake;
mod lengths;
mod past;
mod resolutions;
mod surveys;
pub mod targets;
#[cfg(test)]
pub(in crate::domain) mod tests;
mod visits;

use std::fmt;

use crate::domain::{
    analysis::{
        kpi::{figure::Length, past::Past},
        record_filter::RecordFilter,
    },
    base::{
        calendar::Calendar,
        ids::{EventId, PersonId},
        month::Month,
        terms::{Term, terms},
        time::Timestamp,
    },
    deciding::policy::Policy,
    history::{event::Event, record::Record},
};

terms! {
    /// A key figure.
    Kpi "kpi" {
        Received = "received",
        LogRate = "log_rate",
        AnswerRate = "answer_rate",
        Completeness = "completeness",
        FirstDispatch = "first_dispatch",
        ReturnRate = "return_rate",
        DispatchAccuracy = "dispatch_accuracy",
        RerouteRate = "reroute_rate",
        AckOntime = "ack_ontime",
        ResponseOntime = "response_ontime",
        CommitmentKept = "commitment_kept",
        PromiseKept = "promise_kept",
        ResolveOntime = "resolve_ontime",
        ResolveOntimeOriginal = "resolve_ontime_original",
        ExpectedOntime = "expected_ontime",
        SlaAttainment = "sla_attainment",
        ResolutionRate = "resolution_rate",
        Fcr = "fcr",
        Flr = "flr",
        CallbackRate = "callback_rate",
        CallbackReached = "callback_reached",
        CallbackRework = "callback_rework",
        ConfirmedClosure = "confirmed_closure",
        Satisfaction = "satisfaction",
        Csat = "csat",
        VeryDissatisfied = "very_dissatisfied",
        SurveySatisfaction = "survey_satisfaction",
        SurveyCsat = "survey_csat",
        SurveyVeryDissatisfied = "survey_very_dissatisfied",
        SurveyResponse = "survey_response",
        ReworkRate = "rework_rate",
        ReopenRate = "reopen_rate",
        RepeatFault = "repeat_fault",
        ComplaintRate = "complaint_rate",
        ComplaintValid = "complaint_valid",
        ComplaintUpheld = "complaint_upheld",
        ComplaintOntime = "complaint_ontime",
        ComplaintSatisfaction = "complaint_satisfaction",
        Mtta = "mtta",
        ResponseTime = "response_time",
        Mttr = "mttr",
        MttrNet = "mttr_net",
        RestoreTime = "restore_time",
        Backlog = "backlog",
        Overdue = "overdue",
        ExtensionRate = "extension_rate",
        ExtensionConsent = "extension_consent",
        FollowupCoverage = "followup_coverage",
        EscalationRate = "escalation_rate",
        FunctionalEscalation = "functional_escalation",
        AppointmentKept = "appointment_kept",
        FormArchive = "form_archive",
        KnowledgeReuse = "knowledge_reuse",
        ReportTimeliness = "report_timeliness",
    }
    /// By what figures are split.
    Split "split" {
        Kind = "kind",
        Level = "level",
        Unit = "unit",
        Person = "person",
        Customer = "customer",
        Channel = "channel",
        /// What sort of cause a fault had.
        Cause = "cause",
    }
}

/// What a figure is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// How many there are.
    Count,
    /// The share of those that are in the numerator.
    Share,
    /// How long it took.
    Time,
    /// Nothing in the records tells it.
    NotMeasured,
}

impl Kpi {
    /// What it is made of.
    pub fn formula(self) -> Formula {
        match self {
            Self::Received | Self::Backlog | Self::Overdue => Formula::Count,
            Self::Mtta | Self::ResponseTime | Self::Mttr | Self::MttrNet | Self::RestoreTime => {
                Formula::Time
            }
            Self::LogRate | Self::AnswerRate | Self::KnowledgeReuse | Self::ReportTimeliness => {
                Formula::NotMeasured
            }
            Self::Completeness
            | Self::FirstDispatch
            | Self::ReturnRate
            | Self::DispatchAccuracy
            | Self::RerouteRate
            | Self::AckOntime
            | Self::ResponseOntime
            | Self::CommitmentKept
            | Self::PromiseKept
            | Self::ResolveOntime
            | Self::ResolveOntimeOriginal
            | Self::ExpectedOntime
            | Self::SlaAttainment
            | Self::ResolutionRate
            | Self::Fcr
            | Self::Flr
            | Self::CallbackRate
            | Self::CallbackReached
            | Self::CallbackRework
            | Self::ConfirmedClosure
            | Self::Satisfaction
            | Self::Csat
            | Self::VeryDissatisfied
            | Self::SurveySatisfaction
            | Self::SurveyCsat
            | Self::SurveyVeryDissatisfied
            | Self::SurveyResponse
            | Self::ReworkRate
            | Self::ReopenRate
            | Self::RepeatFault
            | Self::ComplaintRate
            | Self::ComplaintValid
            | Self::ComplaintUpheld
            | Self::ComplaintOntime
            | Self::ComplaintSatisfaction
            | Self::ExtensionRate
            | Self::ExtensionConsent
            | Self::FollowupCoverage
            | Self::EscalationRate
            | Self::FunctionalEscalation
            | Self::AppointmentKept
            | Self::FormArchive => Formula::Share,
        }
    }

    /// True for figures about due times, whose misses are named one by one.
    pub fn is_about_time(self) -> bool {
        matches!(
            self,
            Self::AckOntime
                | Self::ResponseOntime
                | Self::CommitmentKept
                | Self::PromiseKept
                | Self::ResolveOntime
                | Self::ExpectedOntime
                | Self::ComplaintOntime
                | Self::AppointmentKept
                | Self::FormArchive
        )
    }
}

/// The period that figures are of.
#[derive(Clone, Copy, Debug)]
pub struct KpiWindow<'a> {
    /// First instant.
    pub from: Timestamp,
    /// The instant at which it is over; no longer part of it.
    pub to: Timestamp,
    pub now: Timestamp,
    pub policy: &'a Policy,
    /// Within so many days the same fault of the same customer is a repeat.
    pub repeat_days: u32,
    /// Of which records the figures are, as they stood at the end; of all where nothing is told.
    pub only: Option<&'a RecordFilter>,
}

impl KpiWindow<'_> {
    /// True for an instant of the period.
    pub fn has(&self, at: Timestamp) -> bool {
        (self.from..self.to).contains(&at)
    }

    /// True for a month that lies whole in the period.
    fn has_month(&self, month: Month) -> bool {
        let zone = self.calendar().zone();
        self.from <= month.starts(zone) && month.ends(zone) <= self.to
    }

    /// The instant that clocks are read at: the period's end, or now where that is earlier.
    pub fn instant(&self) -> Timestamp {
        self.to.min(self.now)
    }

    /// What happened before this is known.
    fn cut(&self) -> Timestamp {
        self.to.min(self.now.plus_seconds(1))
    }

    fn calendar(&self) -> &Calendar {
        &self.policy.calendar
    }

    /// The working hours by which the clocks of a record count.
    fn calendar_of(&self, record: &Record) -> &Calendar {
        self.policy.calendar_of(&record.status)
    }
}

/// One thing that a figure counts.
#[derive(Clone, Debug)]
pub struct CountedCase {
    pub kpi: Kpi,
    /// Which of the records at hand.
    pub record: usize,
    /// It is in the numerator.
    pub met: bool,
    pub length: Option<Length>,
    /// By when it had to be done; of what was late, the due time that was missed.
    pub due: Option<Timestamp>,
    /// When it was done.
    pub done: Option<Timestamp>,
    /// Whose it is, where that is not the responsible person.
    pub by: Option<PersonId>,
    /// It is in time by a late entry alone.
    pub late_entry: bool,
}

impl CountedCase {
    fn new(kpi: Kpi, record: usize, met: bool) -> Self {
        Self { kpi, record, met, length: None, due: None, done: None, by: None, late_entry: false }
    }
}

/// The cases of a period, with the records as they stood at its end.
#[derive(Debug)]
pub struct PeriodCases<'a> {
    pasts: Vec<Past<'a>>,
    pub cases: Vec<CountedCase>,
    pub balance: backlog::Balance,
    entered_after: Vec<(usize, EventId)>,
}

impl PeriodCases<'_> {
    /// The record of a case as it stood at the end of the period.
    pub fn record(&self, case: &CountedCase) -> &Record {
        self.pasts[case.record].record()
    }

    /// Every record that matters to the period, as it stood at its end; none that was cancelled or
    /// merged by then.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.pasts.iter().filter(|past| !past.is_void()).map(Past::record)
    }

    /// The steps of the period that were entered when it was over, with their records: they change
    /// figures that could be read before.
    pub fn entered_after(&self) -> impl Iterator<Item = (&Record, &Event)> {
        let found = self.entered_after.iter();
        found.filter_map(|(record, event)| {
            let record = self.pasts[*record].record();
            Some((record, record.event(event)?))
        })
    }
}

/// A fault that came in before a period and that one of the period may repeat; never one that was
/// cancelled or merged.
#[derive(Clone, Debug)]
pub struct EarlierFault {
    pub customer: String,
    pub product: Option<String>,
    pub category: String,
    pub received_at: Timestamp,
}

/// Counts what the records tell of a period.
pub fn count<'a>(
    records: impl IntoIterator<Item = &'a Record>,
    window: &KpiWindow<'_>,
) -> PeriodCases<'a> {
    count_after(records, &[], window)
}

/// As [`count`], where faults that nothing else of the period hangs on are not among the records.
pub fn count_after<'a>(
    records: impl IntoIterator<Item = &'a Record>,
    before: &[EarlierFault],
    window: &KpiWindow<'_>,
) -> PeriodCases<'a> {
    let mut earlier = intake::EarlierFaults::default();
    for fault in before {
        earlier.note_earlier(fault);
    }
    let mut pasts = Vec::new();
    for record in records {
        earlier.note(record);
        let past = Past::of(record, window.cut());
        let counts = |past: &Past<'_>| {
            window.only.is_none_or(|only| only.has(&past.record().status))
                && (past.matters(window.from) || surveys::was_asked(record, window))
        };
        pasts.extend(past.filter(counts));
    }
    earlier.sort();
    let mut cases = Vec::new();
    let mut balance = backlog::Balance::default();
    let mut entered_after = Vec::new();
    for (place, past) in pasts.iter_mut().enumerate() {
        let mut tally = Tally { past, place, window, cases: &mut cases };
        intake::count(&mut tally, &earlier);
        clocks::count(&mut tally, &mut balance);
        dispatch::count(&mut tally);
        resolutions::count(&mut tally);
        callbacks::count(&mut tally);
        surveys::count(&mut tally);
        closings::count(&mut tally);
        complaints::count(&mut tally);
        lengths::count(&mut tally);
        followups::count(&mut tally);
        visits::count(&mut tally);
        backlog::count(&mut tally, &mut balance);
        entered_after.extend(past.entered_after(window).map(|event| (place, event)));
        past.forget_steps();
    }
    cases.sort_by_key(|case| case.kpi);
    PeriodCases { pasts, cases, balance, entered_after }
}

/// A record whose cases are being written down.
struct Tally<'s, 'a> {
    past: &'s Past<'a>,
    place: usize,
    window: &'s KpiWindow<'s>,
    cases: &'s mut Vec<CountedCase>,
}

impl Tally<'_, '_> {
    fn add(&mut self, kpi: Kpi, met: bool) {
        self.cases.push(CountedCase::new(kpi, self.place, met));
    }

    fn put(&mut self, case: CountedCase) {
        self.cases.push(CountedCase { record: self.place, ..case });
    }
}
