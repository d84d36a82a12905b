//! How `open` is decided: level, limits and due times of what was told.

use crate::domain::{
    base::{
        limit::Limits,
        terms::{Channel, Kind, Level, Presumed, Role},
        time::Timestamp,
    },
    deciding::{
        agreements::{self, day_of_opening, granted},
        clock, complaint, known,
        policy::{Policy, levels::ImpactUrgency},
        scene::Scene,
        stamp::received_in_time,
        steps::{Decidable, reopen::reopening},
    },
    history::{
        agreement::AgreementTerms,
        intake::{DueAt, Expected, Intake, Source},
        record::Record,
        refusal::{NeedReason, Refusal},
        roles::DESK,
        status::Clock,
        steps::open::Open,
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The criterion that makes it a major event (R40).
    pub major: Option<String>,
}

impl Decidable for Open {
    type Request = Request;

    const MAY: &'static [Role] = DESK;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let (intake, policy) = (&scene.record.intake, scene.policy);
        if intake.received_at > scene.stamp.at {
            return Err(Refusal::Future(intake.received_at));
        }
        let occurred_at = intake.fault.as_ref().and_then(|fault| fault.occurred_at.time());
        if let Some(at) = occurred_at.filter(|at| *at > scene.stamp.at) {
            return Err(Refusal::Future(at));
        }
        not_expected_before(intake.expected_by, intake.received_at, "--expected-by")?;
        let received_at = intake.received_at;
        if let Some(given) = occurred_at.filter(|at| *at > received_at) {
            return Err(Refusal::OtherSide { flag: "--occurred-at", given, received_at });
        }
        let detected_at = intake.fault.as_ref().and_then(|fault| fault.detected_at);
        if let Some(given) = detected_at.filter(|at| *at > received_at) {
            return Err(Refusal::OtherSide { flag: "--detected-at", given, received_at });
        }
        if let (Some(detected_at), Some(occurred_at)) = (detected_at, occurred_at)
            && detected_at < occurred_at
        {
            return Err(Refusal::DetectedBefore { detected_at, occurred_at });
        }
        // what opened by itself was told when the other record was
        if intake.cause.is_none() && intake.source.is_none() {
            received_in_time(intake.received_at, scene)?;
        }
        complaint::legal_intake(intake, &scene.stamp.by)?;
        known_values(intake, policy)?;
        whole(intake)?;
        goes_on(intake, scene)?;
        if intake.kind == Kind::Remark {
            return Ok(Self::default());
        }
        let Request { major } = request;
        let category = intake.category.as_deref().and_then(|id| policy.catalog.category(id));
        let grades = grades(intake, policy);
        let priority = policy.levels.priority(grades);
        let level = if let Some(criterion) = &major {
            known::criterion(policy, criterion)?;
            Level::Major
        } else if let Some(level) = complaint::level(intake).or(intake.level) {
            level
        } else if intake.expedite.is_some() {
            Level::Urgent
        } else {
            let by_priority = policy.levels.level_of(priority);
            let own = category.and_then(|category| category.level);
            own.map_or(by_priority, |own| own.min(by_priority))
        };
        let unit = category.and_then(|category| category.unit.clone());
        let line = unit.as_ref().and_then(|unit| policy.units.get(unit)).map(|unit| unit.line);
        let day = day_of_opening(intake.received_at, scene);
        let granted = granted(&intake.customer, (intake.kind, level), day, scene)?;
        let limits = measured(intake, granted.limits);
        let agreement = granted.agreement.map(|terms| still_told(terms, limits));
        let calendar = policy.agreed_calendar(agreement.as_ref());
        let by_policy = clock::due(limits, intake.received_at, calendar);
        Ok(Self {
            owner: complaint::owner(scene)?,
            impact: Some(grades.impact),
            urgency: Some(grades.urgency),
            priority: Some(policy.levels.priority_in(level, grades)),
            level: Some(level),
            major,
            unit,
            line,
            agreement,
            limits,
            due_after: by_policy.or(intake.source_due.unwrap_or_default()),
        })
    }

    fn request(&self) -> Self::Request {
        Request { major: self.major.clone() }
    }
}

/// Refuses what the customer expects before they came with it.
///
/// # Errors
/// [`Refusal::OtherSide`], with the flag.
pub(super) fn not_expected_before(
    expected: Option<Expected>,
    received_at: Timestamp,
    flag: &'static str,
) -> Result<(), Refusal> {
    match expected {
        Some(Expected::At(given)) if given < received_at => {
            Err(Refusal::OtherSide { flag, given, received_at })
        }
        Some(Expected::At(_) | Expected::Unstated) | None => Ok(()),
    }
}

/// Refuses an intake that lacks what its kind cannot do without, or has what only another kind has.
/// What another system or an earlier answer told is taken as it is.
fn whole(intake: &Intake) -> Result<(), Refusal> {
    if let Some(source) = &intake.source {
        return logged(intake, source);
    }
    let only_there = [
        (intake.level.is_some(), "level"),
        (!intake.source_clocks.is_empty(), "source_clocks"),
        (intake.source_due.is_some(), "source_due"),
    ];
    if let Some((_, flag)) = only_there.into_iter().find(|(there, _)| *there) {
        return Err(Refusal::OnlyWith { flag, with: "source" });
    }
    let (kind, told) = (intake.kind, intake.cause.is_none());
    if told {
        which_channel(&intake.channel, intake.channel_text.as_ref(), "--channel-text")?;
    }
    let formal = kind != Kind::Remark;
    for (wanted, there, flag) in [
        (told && formal, intake.contact.is_some(), "--name"),
        (told && formal, intake.need.is_some(), "--need"),
        (told && kind == Kind::Fault, intake.expected_by.is_some(), "--expected-by"),
        (told && kind == Kind::Fault, intake.fault.is_some(), "--occurred-at"),
        (kind == Kind::Complaint, intake.complaint.is_some(), "--against"),
        (kind == Kind::Remark, intake.remark.is_some(), "--explanation"),
    ] {
        if wanted && !there {
            return Err(Refusal::Needs { flag, why: NeedReason::OfKind(kind) });
        }
    }
    let of_fault = |what: &Presumed| matches!(what, Presumed::Location | Presumed::Symptom);
    let of_fault = intake.presumed.iter().any(of_fault);
    for (there, fits, flag, with) in [
        (of_fault, kind == Kind::Fault, "presumed", "--kind fault"),
        (intake.fault.is_some(), kind == Kind::Fault, "--occurred-at", "--kind fault"),
        (intake.complaint.is_some(), kind == Kind::Complaint, "--against", "--kind complaint"),
        (intake.remark.is_some(), kind == Kind::Remark, "--explanation", "--kind remark"),
        (
            intake.wanted.is_some(),
            !matches!(kind, Kind::Remark | Kind::Complaint),
            "--for",
            "--kind request, fault, change, enquiry",
        ),
    ] {
        if there && !fits {
            return Err(Refusal::OnlyWith { flag, with });
        }
    }
    Ok(())
}

/// Refuses the channel `other` without the word which one it was, and that word with any other (R2).
///
/// # Errors
/// [`Refusal::Needs`] or [`Refusal::OnlyWith`], with the flag.
pub fn which_channel(
    channel: &Channel,
    text: Option<&String>,
    flag: &'static str,
) -> Result<(), Refusal> {
    match (channel.is_other(), text) {
        (true, None) => Err(Refusal::Needs { flag, why: NeedReason::OtherChannel }),
        (false, Some(_)) => Err(Refusal::OnlyWith { flag, with: "--channel other" }),
        (true, Some(_)) | (false, None) => Ok(()),
    }
}

/// Refuses what a map of another system's columns cannot give.
fn logged(intake: &Intake, source: &Source) -> Result<(), Refusal> {
    let before = Intake {
        kind: intake.kind,
        channel: intake.channel.clone(),
        customer: intake.customer.clone(),
        contact: intake.contact.clone(),
        title: intake.title.clone(),
        reported: intake.reported.clone(),
        need: intake.need.clone(),
        category: intake.category.clone(),
        product: intake.product.clone(),
        impact: intake.impact,
        urgency: intake.urgency,
        level: intake.level,
        source_clocks: intake.source_clocks.clone(),
        source_due: intake.source_due,
        reference: Some(source.number.clone()),
        source: Some(source.clone()),
        ..Intake::blank(intake.received_at)
    };
    let formal = !matches!(intake.kind, Kind::Complaint | Kind::Remark);
    let once = intake.source_clocks.is_sorted_by(|a, b| a < b);
    if formal && once && before == *intake {
        return Ok(());
    }
    Err(Refusal::BeyondSource)
}

/// The limits of the clocks whose end is told: of another system's record only what its log tells,
/// and not what that system had its own due times for.
fn measured(intake: &Intake, limits: Limits) -> Limits {
    if intake.source.is_none() {
        return limits;
    }
    let told = intake.source_due.unwrap_or_default();
    let known = |clock, due: Option<DueAt>| intake.source_clocks.contains(&clock) && due.is_none();
    Limits {
        ack: limits.ack.filter(|_| known(Clock::Ack, told.ack)),
        respond: limits.respond.filter(|_| known(Clock::Respond, told.respond)),
        resolve: limits.resolve.filter(|_| known(Clock::Resolve, told.resolve)),
    }
}

/// The terms with those of their clocks that have a limit.
fn still_told(mut terms: AgreementTerms, limits: Limits) -> AgreementTerms {
    let clocks = agreements::told(limits);
    terms.clocks.retain(|clock| clocks.contains(clock));
    terms
}

/// Looks at the records that this one goes on from, and at the colleague it is for.
fn goes_on(intake: &Intake, scene: &Scene<'_>) -> Result<(), Refusal> {
    if let Some(wanted) = &intake.wanted {
        scene.active(wanted)?;
    }
    let first_contact_at = match &intake.from {
        Some(from) => {
            let remark = scene.referred(from)?;
            if remark.intake.kind != Kind::Remark {
                return Err(Refusal::NotARemark);
            }
            Some(remark.intake.received_at)
        }
        None => None,
    };
    if intake.first_contact_at != first_contact_at {
        return Err(Refusal::OnlyWith { flag: "first_contact_at", with: "--from" });
    }
    if let Some(follows) = &intake.follows {
        followable(&scene.referred(follows)?, scene)?;
    }
    let about = intake.complaint.as_ref().and_then(|complaint| complaint.about.as_ref());
    if let Some(about) = about
        && scene.referred(about)?.status.kind == Kind::Complaint
    {
        return Err(Refusal::AboutComplaint);
    }
    Ok(())
}

/// Only a closed record whose reopen window has passed is followed by a new one.
///
/// # Errors
/// [`Refusal::State`], or [`Refusal::WindowOpen`] while it can still be reopened.
pub fn followable(closed: &Record, scene: &Scene<'_>) -> Result<(), Refusal> {
    let status = &closed.status;
    let Some((_, until)) = reopening(status, scene.policy)? else {
        return Err(Refusal::State(status.state));
    };
    if scene.when() <= until && status.kind != Kind::Remark {
        return Err(Refusal::WindowOpen { until });
    }
    Ok(())
}

/// Impact and urgency as told, else as policy assumes (R33).
fn grades(intake: &Intake, policy: &Policy) -> ImpactUrgency {
    let assumed = if intake.stops_work == Some(true) {
        policy.levels.assumed.stops_work
    } else if intake.kind == Kind::Enquiry {
        policy.levels.assumed.enquiry
    } else {
        policy.levels.assumed.otherwise
    };
    ImpactUrgency {
        impact: intake.impact.unwrap_or(assumed.impact),
        urgency: intake.urgency.unwrap_or(assumed.urgency),
    }
}

/// What was taken over from another record, without the values that policy no longer knows: they
/// must not keep a customer's words from being recorded.
pub fn still_known(mut intake: Intake, policy: &Policy) -> Intake {
    if known::channel(policy, &intake.channel).is_err() {
        intake.channel = Channel::new("other");
    }
    if known_values(&intake, policy).is_err() {
        intake.category = None;
        intake.product = None;
        intake.answers.clear();
    }
    if let Some(told) = &mut intake.complaint
        && complaint::against(policy, &told.against).is_err()
    {
        told.against = format!("{}{}", complaint::SERVICE, intake.title);
    }
    intake
}

fn known_values(intake: &Intake, policy: &Policy) -> Result<(), Refusal> {
    if let Some(category) = &intake.category {
        known::category(policy, category)?;
    }
    if let Some(product) = &intake.product {
        known::product(policy, product)?;
    }
    known::questions(policy, intake.category.as_deref(), intake.answers.keys())
}
