//! The formulas, each on records made by hand; the story of a record is told step by step.

mod balance;
mod breaches;
mod formulas;
mod periods;
mod surveys;

use crate::{
    domain::{
        analysis::kpi::{CountedCase, Kpi, KpiWindow, count, figure::Figure},
        base::{
            calendar::{
                Calendar,
                rules::{CalendarRules, Week, YearRules},
            },
            document::Document,
            limit::Limits,
            line::SupportLine,
            terms::{
                Callback, Channel, Code, Exception, Field, Form, Kind, Level, Party, PauseReason,
                Role, Satisfaction, Trigger, Validity,
            },
            time::Timestamp,
            zone::Zone,
        },
        deciding::{
            clock::{after_pause, due},
            policy::{Policy, desk::DeskSettings},
        },
        history::{
            event::{Event, RULES, Stamp},
            intake::{Complaint, DueAt, Expected, Intake, Reference},
            record::Record,
            status::{DueTimes, parts::CurrentPause},
            steps::{
                Act, accept, ack, amend, cancel, close, confirm, decide, escalate, extend, hold,
                merge, open, promise, reopen, resolve, respond, resume, r#return, route, survey,
                survey_send, update,
            },
        },
    },
    store::defaults,
    words::{Lang, Words},
};

/// `23 09:00` is a time of November 2026 in Shanghai; `12-01 09:00` of December.
pub(in crate::domain) fn at(clock: &str) -> Timestamp {
    let (day, time) = clock.split_once(' ').unwrap();
    let day = if day.contains('-') { day.to_owned() } else { format!("11-{day}") };
    format!("2026-{day}T{time}:00+08:00").parse().unwrap()
}

pub(in crate::domain) fn policy() -> Policy {
    let desk = DeskSettings::for_tests("desk", "Asia/Shanghai", "en");
    let names = Words::new(Lang::default()).unit_names();
    let mut policy = defaults::policy(&desk, Zone::named("Asia/Shanghai").unwrap(), names).unwrap();
    let day = vec!["09:00-12:00".parse().unwrap(), "13:30-18:00".parse().unwrap()];
    let week = Week {
        monday: day.clone(),
        tuesday: day.clone(),
        wednesday: day.clone(),
        thursday: day.clone(),
        friday: day,
        ..Week::default()
    };
    let document = Document {
        version: 1,
        effective_on: "2026-01-01".parse().unwrap(),
        reviewed_by: String::new(),
        approved_by: String::new(),
    };
    let years = [(2026, YearRules::plain())].into();
    let rules = CalendarRules { document, week, years };
    policy.calendar = Calendar::new(rules, Zone::named("Asia/Shanghai").unwrap()).unwrap();
    policy
}

/// A record on its way: acknowledged within 30 minutes, answered within 1 hour, solved within 24.
#[derive(Clone, Debug)]
pub(in crate::domain) struct Story(pub(in crate::domain) Record);

impl Story {
    pub(in crate::domain) fn of(kind: Kind, received: &str) -> Self {
        Self::opened(Intake {
            kind,
            customer: "ACME".to_owned(),
            category: Some("network".to_owned()),
            ..Intake::blank(at(received))
        })
    }

    pub(in crate::domain) fn fault(received: &str) -> Self {
        Self::of(Kind::Fault, received)
    }

    pub(in crate::domain) fn opened(intake: Intake) -> Self {
        let limits = Limits {
            ack: Some("30m".parse().unwrap()),
            respond: Some("1h".parse().unwrap()),
            resolve: Some("24h".parse().unwrap()),
        };
        let opening = open::Open {
            limits,
            level: Some(Level::General),
            due_after: due(limits, intake.received_at, &policy().calendar),
            ..open::Open::default()
        };
        let stamp = stamp(1, intake.received_at, "zhang");
        let id = "R-261123-7K3QX".parse().unwrap();
        Self(
            Record::opened(id, intake, &stamp)
                .with(Event { stamp: stamp.clone(), act: opening.into() }),
        )
    }

    /// One more step by the desk.
    pub(in crate::domain) fn desk(self, clock: &str, act: impl Into<Act>) -> Self {
        self.by("zhang", clock, act)
    }

    /// One more step by the engineer.
    pub(in crate::domain) fn unit(self, clock: &str, act: impl Into<Act>) -> Self {
        self.by("li", clock, act)
    }

    pub(in crate::domain) fn by(self, who: &str, clock: &str, act: impl Into<Act>) -> Self {
        let stamp = stamp(self.0.next_number().unwrap(), at(clock), who);
        let next = self.0.with(Event { stamp, act: act.into() });
        assert!(next.status.set_aside.is_empty(), "the step at {clock} is not legal");
        Self(next)
    }

    pub(in crate::domain) fn acked(self, clock: &str) -> Self {
        self.desk(clock, ack("12-30 09:00"))
    }

    /// A complaint of 09:00, handed out and decided an hour later.
    pub(in crate::domain) fn decided(validity: Validity) -> Self {
        let update = |verified: bool| update::Update {
            verified: verified.then(|| "the customer says so".to_owned()),
            notified: (!verified).then(|| "qin".parse().unwrap()),
            ..update::Update::default()
        };
        Self::complaint("23 09:00")
            .desk("23 09:10", update(true))
            .desk("23 09:10", update(false))
            .by("qin", "23 09:20", route("li", "network"))
            .unit("23 09:20", accept("23 09:50"))
            .desk("23 10:00", decide::Decide { finding: "heard both".to_owned(), validity })
    }

    /// A complaint that the customer was told of.
    pub(in crate::domain) fn complaint(received: &str) -> Self {
        let complaint = Complaint {
            trigger: Trigger::Direct,
            form: Form::Oral,
            against: "service:network".to_owned(),
            remedy: "an apology".to_owned(),
            about: None,
            complainant_role: None,
            prohibition: None,
        };
        Self::opened(Intake {
            kind: Kind::Complaint,
            customer: "ACME".to_owned(),
            category: Some("network".to_owned()),
            complaint: Some(complaint),
            ..Intake::blank(at(received))
        })
        .acked("23 09:10")
    }

    /// Routed to the engineer and accepted, both at once.
    pub(in crate::domain) fn at_work(self, clock: &str, respond_by: &str) -> Self {
        self.desk(clock, route("li", "network")).unit(clock, accept(respond_by))
    }

    pub(in crate::domain) fn extended(self, clock: &str, until: &str) -> Self {
        let before = self.0.status.due;
        let after = DueTimes { resolve: Some(DueAt::At(at(until))), ..before };
        let (due_before, due_after) = before.moved(after);
        let consent = extend::Consent {
            given: true,
            with: "C-4TZ9M".parse().unwrap(),
            method: Channel::new("phone"),
            evidence: None,
        };
        let plan = "new part".to_owned();
        self.unit(clock, extend::Extend { plan, until: at(until), consent, due_before, due_after })
    }

    pub(in crate::domain) fn paused(self, clock: &str, until: &str) -> Self {
        let hold = hold::Hold {
            reason: PauseReason::new("waiting_customer"),
            resume_by: at(until),
            evidence: "asked".to_owned(),
            stops_clock: true,
            due_before: None,
            due_after: None,
        };
        let waiting = self.unit(clock, hold);
        let before = waiting.0.status.due;
        let pause =
            CurrentPause { until: Some(at(until)), ..waiting.0.status.pause().unwrap().clone() };
        let limit = waiting.0.status.limits.resolve.unwrap();
        let resolve = before.resolve.map(|due| after_pause(due, limit, &pause, &policy().calendar));
        let resume =
            resume::Resume { due_before: before, due_after: DueTimes { resolve, ..before } };
        waiting.unit(until, resume)
    }

    /// Acknowledged, routed, answered, solved by the engineer at `done`, confirmed and closed.
    pub(in crate::domain) fn closed(self, done: &str, closed: &str) -> Self {
        self.unit(done, resolve(done)).desk(closed, confirm(4)).desk(closed, close())
    }
}

pub(in crate::domain) fn stamp(n: u32, when: Timestamp, who: &str) -> Stamp {
    Stamp {
        id: format!("01K4QB3V9T8Z6N5M2R1W0XY{n:03}").parse().unwrap(),
        n,
        at: when,
        recorded_at: when,
        by: who.parse().unwrap(),
        role: match who {
            "li" => Role::Engineer,
            "qin" => Role::RelationshipManager,
            _ => Role::TeamLead,
        },
        told_by: None,
        told_via: None,
        rules: RULES,
        late_because: None,
        note: Some("note".to_owned()),
        personal: None,
        opened: None,
    }
}

pub(in crate::domain) fn ack(reply_by: &str) -> ack::Ack {
    ack::Ack {
        told: "C-4TZ9M".parse().unwrap(),
        method: Channel::new("phone"),
        reply_by: Some(at(reply_by)),
        answered: false,
        read_back: None,
    }
}

pub(in crate::domain) fn route(to: &str, unit: &str) -> route::Route {
    route::Route {
        to: to.parse().unwrap(),
        unit: unit.parse().unwrap(),
        line: SupportLine::Second,
        reason: "needs a look".to_owned(),
        method: None,
        due_before: None,
        due_after: None,
    }
}

pub(in crate::domain) fn accept(respond_by: &str) -> accept::Accept {
    accept::Accept { respond_by: at(respond_by), reason: None }
}

pub(in crate::domain) fn give_back() -> r#return::Return {
    r#return::Return { reason: "not ours".to_owned() }
}

pub(in crate::domain) fn respond() -> respond::Respond {
    respond::Respond { told: "C-4TZ9M".parse().unwrap(), method: Channel::new("phone") }
}

pub(in crate::domain) fn resolve(done: &str) -> resolve::Resolve {
    solved(done, "fixed")
}

pub(in crate::domain) fn solved(done: &str, code: &str) -> resolve::Resolve {
    resolve::Resolve {
        result: "replaced".to_owned(),
        cause: "worn".to_owned(),
        cause_category: None,
        code: Code::new(code),
        done_at: at(done),
        steps: None,
        unmet: None,
        referral: None,
        told: None,
        method: None,
        corrective: None,
        preventive: None,
    }
}

pub(in crate::domain) fn confirm(grade: u8) -> confirm::Confirm {
    confirm::Confirm {
        outcome: Callback::Handled,
        with: Some("C-4TZ9M".parse().unwrap()),
        satisfaction: Satisfaction::from_grade(&grade.to_string()),
        method: Channel::new("phone"),
        comment: Some("well".to_owned()),
    }
}

pub(in crate::domain) fn no_answer() -> confirm::Confirm {
    let confirm = confirm(5);
    confirm::Confirm { outcome: Callback::NoAnswer, with: None, satisfaction: None, ..confirm }
}

/// The end of a complaint: what was done, told to the customer.
pub(in crate::domain) fn settled(done: &str, code: &str) -> resolve::Resolve {
    resolve::Resolve {
        told: Some("C-4TZ9M".parse().unwrap()),
        method: Some(Channel::new("phone")),
        corrective: Some("apologised".to_owned()),
        preventive: Some("trained".to_owned()),
        ..solved(done, code)
    }
}

/// Closed although the customer is not content.
pub(in crate::domain) fn close_discontent() -> close::Close {
    close::Close {
        dissatisfied: Some("wanted more".to_owned()),
        recourse: Some("the head of the house".to_owned()),
        ..close()
    }
}

pub(in crate::domain) fn close() -> close::Close {
    close::Close { checked: 1, ..close::Close::default() }
}

pub(in crate::domain) fn close_as(exception: Exception) -> close::Close {
    close::Close {
        exception: Some(exception),
        reason: Some("reason".to_owned()),
        with: Some("C-4TZ9M".parse().unwrap()),
        method: Some(Channel::new("phone")),
        ..close()
    }
}

pub(in crate::domain) fn reopen() -> reopen::Reopen {
    let reason = "again".to_owned();
    reopen::Reopen { reason, clock: None, due_before: None, due_after: None }
}

pub(in crate::domain) fn cancel() -> cancel::Cancel {
    cancel::Cancel { mistake: "a test call".to_owned(), merged: Vec::new() }
}

pub(in crate::domain) fn merged() -> merge::Merge {
    let event = "01K4QB3V9T8Z6N5M2R1W0XY999".parse().unwrap();
    let into = Reference { record: "R-261123-9D2KQ".parse().unwrap(), event };
    merge::Merge { into, reason: "the same".to_owned() }
}

pub(in crate::domain) fn promised(due: &str) -> promise::Promise {
    let to = "C-4TZ9M".parse().unwrap();
    promise::Promise { due: at(due), to, what: "a call".to_owned() }
}

pub(in crate::domain) fn follow_up() -> update::Update {
    update::Update { follow_up: Some("li".parse().unwrap()), ..update::Update::default() }
}

pub(in crate::domain) fn told_higher() -> escalate::Escalate {
    let to = "guo".parse().unwrap();
    escalate::Escalate { tier: 1, to, reason: "late".to_owned(), method: Channel::new("phone") }
}

pub(in crate::domain) fn answered(grade: u8) -> survey::Survey {
    survey::Survey {
        questions: 1,
        satisfaction: Satisfaction::from_grade(&grade.to_string()).unwrap(),
        answered_by: "C-4TZ9M".parse().unwrap(),
        comment: Some("well".to_owned()),
        answers: std::collections::BTreeMap::default(),
        late_since: None,
        earlier: None,
    }
}

/// A survey that is waited for until then.
pub(in crate::domain) fn sent(until: &str) -> survey_send::SurveySend {
    survey_send::SurveySend {
        drawn: None,
        party: Party::External,
        questions: 1,
        asked: Vec::new(),
        until: at(until),
    }
}

pub(in crate::domain) fn amended(field: Field, old: &str, new: &str) -> amend::Amend {
    let set = vec![amend::Correction { field, old: old.to_owned(), new: new.to_owned() }];
    amend::Amend {
        agreement: None,
        set,
        event: None,
        reason: "noted wrongly".to_owned(),
        priority: None,
        level: None,
        limits: None,
        due_before: None,
        due_after: None,
    }
}

pub(in crate::domain) fn expecting(by: &str) -> Intake {
    Intake {
        kind: Kind::Fault,
        expected_by: Some(Expected::At(at(by))),
        ..Intake::blank(at("23 09:00"))
    }
}

/// The cases of a figure from `from` until `to`, long after.
pub(in crate::domain) fn cases(
    stories: &[Story],
    kpi: Kpi,
    from: &str,
    to: &str,
) -> Vec<CountedCase> {
    cases_at(stories, kpi, from, to, "12-20 12:00")
}

pub(in crate::domain) fn cases_at(
    stories: &[Story],
    kpi: Kpi,
    from: &str,
    to: &str,
    now: &str,
) -> Vec<CountedCase> {
    let policy = policy();
    let window = KpiWindow {
        from: at(from),
        to: at(to),
        now: at(now),
        policy: &policy,
        repeat_days: 30,
        only: None,
    };
    let counted = count(stories.iter().map(|story| &story.0), &window);
    counted.of(kpi).cloned().collect()
}

/// Numerator and denominator of November.
pub(in crate::domain) fn of_november(stories: &[Story], kpi: Kpi) -> (u32, u32) {
    let figure = Figure::of(kpi, &cases(stories, kpi, "01 00:00", "12-01 00:00"));
    (figure.met, figure.all)
}
