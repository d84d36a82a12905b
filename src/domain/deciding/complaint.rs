//! What is decided of a complaint: whom it may be against, who may handle it, and when one opens by
//! itself (R74–R94).

use crate::domain::{
    base::{
        ids::{ContactId, EventId, PersonId, RecordId},
        terms::{Channel, Form, Kind, Level, Role, Satisfaction, Trigger},
    },
    deciding::{
        policy::Policy,
        scene::Scene,
        steps::{decide_unasked, open},
    },
    history::{
        event::{Event, Stamp},
        intake::{Complaint, Intake, Reference},
        record::Record,
        redaction::REDACTED,
        refusal::{NeedReason, Refusal, Vocabulary},
        status::{parts::ComplaintDetails, visit::VisitEntry},
        steps::{
            Act, Action,
            open::Open,
            survey::{self, Survey},
            visit::Visit,
        },
    },
};

/// What stands before the name of a service that is complained of.
pub const SERVICE: &str = "service:";

/// The channel by which a customer's word on the form of a visit comes in.
const ONSITE: &str = "onsite";

/// Whom or what a complaint is against: somebody or a unit of the roster by id or name, or
/// `service:` with a service's name.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest people and units.
pub fn against(policy: &Policy, given: &str) -> Result<String, Refusal> {
    for prefix in [SERVICE, "service：", "服务:", "服务："] {
        if let Some(name) = given.strip_prefix(prefix).map(str::trim).filter(|it| !it.is_empty()) {
            return Ok(format!("{SERVICE}{name}"));
        }
    }
    let units = &policy.units.units;
    if let Some(person) = policy.people.known_as(given) {
        return Ok(person.id.to_string());
    }
    if let Some(unit) = units.iter().find(|unit| unit.id.as_str() == given || unit.name == given) {
        return Ok(unit.id.to_string());
    }
    policy.called(Vocabulary::Against, given)
}

/// Refuses a complaint whose own facts do not hold together, or that the person complained of
/// would own.
///
/// # Errors
/// The [`Refusal`] of the rule.
pub fn legal_intake(intake: &Intake, by: &PersonId) -> Result<(), Refusal> {
    let Some(complaint) = &intake.complaint else {
        return Ok(());
    };
    // What opens by itself opens whoever entered the customer's answer.
    if intake.cause.is_none() && ComplaintDetails::opened(complaint).is_against(by) {
        return Err(Refusal::ComplainedOf(by.clone()));
    }
    match complaint.trigger {
        Trigger::Misconduct if complaint.prohibition.is_none() => {
            Err(Refusal::Needs { flag: "--prohibition", why: NeedReason::Prohibition })
        }
        Trigger::Callback | Trigger::Survey if intake.cause.is_none() => {
            Err(Refusal::TriggerByItself(complaint.trigger))
        }
        Trigger::Direct
        | Trigger::ToLead
        | Trigger::ToHigher
        | Trigger::Callback
        | Trigger::Survey
        | Trigger::Misconduct => Ok(()),
    }
}

/// The level that a complaint's trigger asks for by itself (R76, R79).
pub fn level(intake: &Intake) -> Option<Level> {
    let complaint = intake.complaint.as_ref()?;
    complaint.trigger.is_major().then_some(Level::Major)
}

/// Refuses anybody but a team lead to handle a major complaint (R85). One against a team lead may
/// go to somebody above them, so that it is not stuck where there is only one.
///
/// # Errors
/// [`Refusal::MajorToLead`], [`Refusal::Role`], or what stands against the person.
pub fn fit_to_handle(scene: &Scene<'_>, person: &PersonId) -> Result<(), Refusal> {
    let status = &scene.record.status;
    let person = scene.active(person)?;
    let Some(complaint) = &status.complaint else {
        return scene.policy.roles.role_for(Action::Accept, person).map(|_| ());
    };
    let against_lead = scene
        .policy
        .people
        .people
        .iter()
        .any(|other| complaint.is_against(&other.id) && other.roles.contains(&Role::TeamLead));
    if against_lead && person.roles.contains(&Role::Leader) {
        return Ok(());
    }
    scene.policy.roles.role_for(Action::Accept, person)?;
    if status.level == Some(Level::Major) && !person.roles.contains(&Role::TeamLead) {
        return Err(Refusal::MajorToLead(person.id.clone()));
    }
    Ok(())
}

/// Refuses to call somebody notified who does not manage the relation to the customers (R83).
///
/// # Errors
/// [`Refusal::NotTheManager`], or what stands against the person.
pub fn manager(scene: &Scene<'_>, person: &PersonId) -> Result<(), Refusal> {
    if scene.active(person)?.roles.contains(&Role::RelationshipManager) {
        return Ok(());
    }
    Err(Refusal::NotTheManager(person.clone()))
}

/// The complaint that an event of `record` opens by itself, as seen before the event: a dissatisfied
/// callback (R77) or word on the form of a visit, or the first answer of “very dissatisfied” to a survey (R78). A complaint opens
/// none (Q3), nor does a remark.
pub fn caused_intake(record: &Record, event: &Event) -> Option<Intake> {
    let status = &record.status;
    if matches!(status.kind, Kind::Complaint | Kind::Remark) {
        return None;
    }
    let (trigger, form, speaker, words, visit) = match &event.act {
        Act::Confirm(confirm) if confirm.sends_back(status.kind) => {
            (Trigger::Callback, Form::Oral, confirm.with.as_ref(), confirm.comment.as_ref(), None)
        }
        Act::Visit(visit) => match &**visit {
            Visit::Sign(signing) if signing.is_unhappy() => (
                Trigger::Callback,
                Form::Written,
                signing.signed_by.as_ref(),
                signing.comment.as_ref(),
                status.visits.iter().find(|entry| entry.event == signing.visit),
            ),
            _ => return None,
        },
        Act::Survey(answer) if is_worst(answer) && !was_worst(record, answer) => {
            let (by, words) = (Some(&answer.answered_by), answer.comment.as_ref());
            (Trigger::Survey, Form::Written, by, words, None)
        }
        _ => return None,
    };
    let about = record.reference()?;
    let cause = Reference { record: record.id.clone(), event: event.stamp.id.clone() };
    Some(intake(
        record,
        event,
        ComplaintAnswer { trigger, form, speaker, words, visit, about, cause },
    ))
}

/// The complaint that an event opens by itself, in the scene of that event, as it stands once it is
/// open; `None` where the event opens none. `id` and `opening` are the names that it gets.
///
/// # Errors
/// What stands against it, or a record that cannot be read.
pub fn opened_by(
    event: &Event,
    scene: &Scene<'_>,
    (id, opening): (RecordId, EventId),
) -> Result<Option<Record>, Refusal> {
    // what was hidden is not told again
    let seen = scene.record.as_seen(&[], REDACTED);
    let Some(intake) = caused_intake(&seen, event) else {
        return Ok(None);
    };
    let intake = open::still_known(intake, scene.policy);
    // what the record says with a reason, its complaint says with the same
    let reasons = scene.record.history.iter().filter_map(|event| event.stamp.personal.as_ref());
    let personal = event.stamp.personal.as_ref().into_iter().chain(reasons).next().cloned();
    let own = event.stamp.clone();
    let stamp = Stamp { id: opening, n: 1, note: None, personal, opened: None, ..own };
    let record = Record::opened(id, intake, &stamp);
    let scene = Scene { record: &record, stamp: &stamp, ..*scene };
    let act = decide_unasked::<Open>(open::Request { major: None }, &scene)?;
    Ok(Some(record.with(Event { stamp: stamp.clone(), act })))
}

/// Who owns a complaint that opened by itself, where it is against who entered the answer: the desk
/// owner of the record, or else somebody who manages the relation to the customers or leads (R93).
/// Only where the team has nobody else it stays with them, for it must not be lost.
pub fn owner(scene: &Scene<'_>) -> Result<Option<PersonId>, Refusal> {
    let intake = &scene.record.intake;
    let (Some(complaint), Some(cause)) = (&intake.complaint, &intake.cause) else {
        return Ok(None);
    };
    let (opened, by) = (ComplaintDetails::opened(complaint), &scene.stamp.by);
    if !opened.is_against(by) {
        return Ok(None);
    }
    let answered = scene.lookup.record(&cause.record)?;
    let people = &scene.policy.people.people;
    let of_role = |role: Role| {
        people.iter().filter(move |person| person.roles.contains(&role)).map(|person| &person.id)
    };
    let mut wanted = answered
        .iter()
        .map(|record| &record.status.desk_owner)
        .chain(of_role(Role::RelationshipManager))
        .chain(of_role(Role::TeamLead))
        .chain(of_role(Role::Agent));
    let fits = |id: &&PersonId| scene.active(id).is_ok() && !opened.is_against(id);
    Ok(wanted.find(fits).or(Some(by)).cloned())
}

fn is_worst(answer: &Survey) -> bool {
    answer.satisfaction == Satisfaction::VeryDissatisfied
}

/// True when another answer about the same closing opened the complaint already.
fn was_worst(record: &Record, answer: &Survey) -> bool {
    let about = survey::about(record, answer);
    survey::answers(record).any(|(other, known)| is_worst(known) && other == about)
}

/// What the customer said that opens a complaint.
struct ComplaintAnswer<'a> {
    trigger: Trigger,
    form: Form,
    speaker: Option<&'a ContactId>,
    words: Option<&'a String>,
    /// The visit that they speak of.
    visit: Option<&'a VisitEntry>,
    about: Reference,
    cause: Reference,
}

fn intake(record: &Record, event: &Event, told: ComplaintAnswer<'_>) -> Intake {
    let status = &record.status;
    let need = status.need.clone().unwrap_or_else(|| status.title.clone());
    // Whoever did the work that the customer is not content with stays off the complaint (R93).
    let resolver = status.resolution.as_ref().and_then(|done| done.by.as_ref());
    let worker = told.visit.map(|visit| &visit.engineer).or(resolver);
    let worker = worker.map(ToString::to_string);
    let unit = status.unit.as_ref().map(ToString::to_string);
    let against = worker.or(unit).unwrap_or_else(|| format!("{SERVICE}{}", status.title));
    Intake {
        kind: Kind::Complaint,
        channel: match told.visit {
            Some(_) => Channel::new(ONSITE),
            None => status.channel.clone(),
        },
        customer: status.customer.clone(),
        contact: told.speaker.or(status.contact.as_ref()).cloned(),
        site: status.site.clone(),
        title: status.title.clone(),
        reported: told.words.unwrap_or(&status.title).clone(),
        need: Some(need.clone()),
        category: status.category.clone(),
        product: status.product.clone(),
        answers: status.answers.clone(),
        complaint: Some(Complaint {
            trigger: told.trigger,
            form: told.form,
            against,
            remedy: need,
            about: Some(told.about),
            complainant_role: None,
            prohibition: None,
        }),
        cause: Some(told.cause),
        ..Intake::blank(event.stamp.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        base::{
            terms::{Callback, Channel, Code, State, Term},
            time::Timestamp,
        },
        history::{
            complaint::not_by_subject,
            steps::{confirm::Confirm, resolve::Resolve},
        },
    };

    fn at(clock: &str) -> Timestamp {
        format!("2026-11-23T{clock}:00+08:00").parse().unwrap()
    }

    fn stamp(n: u32, clock: &str, by: &str) -> Stamp {
        Stamp {
            id: format!("01K9V0000000000000000000{n:02}").parse().unwrap(),
            n,
            at: at(clock),
            recorded_at: at(clock),
            by: by.parse().unwrap(),
            role: Role::Agent,
            told_by: None,
            told_via: None,
            rules: 1,
            late_because: None,
            note: None,
            personal: None,
            opened: None,
        }
    }

    fn opened(kind: Kind, complaint: Option<Complaint>) -> Record {
        let intake = Intake { kind, complaint, ..Intake::blank(at("09:00")) };
        let opening = Event { stamp: stamp(1, "09:00", "chen"), act: Open::default().into() };
        Record::opened("R-261123-7K3QX".parse().unwrap(), intake, &opening.stamp)
            .with(opening.clone())
    }

    fn against(person: &str) -> Complaint {
        Complaint {
            trigger: Trigger::Direct,
            form: Form::Oral,
            against: person.to_owned(),
            remedy: "an excuse".to_owned(),
            about: None,
            complainant_role: None,
            prohibition: None,
        }
    }

    fn callback(outcome: Callback, satisfaction: Option<Satisfaction>) -> Event {
        let confirm = Confirm {
            outcome,
            with: Some("C-4TZ9M".parse().unwrap()),
            satisfaction,
            method: Channel::new("phone"),
            comment: Some("still broken".to_owned()),
        };
        Event { stamp: stamp(5, "11:00", "chen"), act: confirm.into() }
    }

    #[test]
    fn only_a_customer_who_is_not_content_opens_a_complaint_and_never_about_one() {
        let fault = opened(Kind::Fault, None);
        for satisfaction in Satisfaction::ALL {
            let event = callback(Callback::Handled, Some(*satisfaction));
            let opens = caused_intake(&fault, &event).is_some();
            assert_eq!(opens, satisfaction.grade() <= 2, "{satisfaction}");
        }
        let not_handled = callback(Callback::NotHandled, None);
        let intake = caused_intake(&fault, &not_handled).unwrap();
        assert_eq!(intake.reported, "still broken");
        assert_eq!(intake.cause.unwrap().event, not_handled.stamp.id);
        assert!(caused_intake(&fault, &callback(Callback::NoAnswer, None)).is_none());
        for kind in [Kind::Complaint, Kind::Remark] {
            assert!(caused_intake(&opened(kind, None), &not_handled).is_none(), "{kind}");
        }
    }

    #[test]
    fn an_event_of_the_person_complained_of_has_no_effect_even_when_merged_in() {
        let record = opened(Kind::Complaint, Some(against("li")));
        let resolve = Resolve {
            result: "nothing".to_owned(),
            cause: "nothing".to_owned(),
            cause_category: None,
            code: Code::new("unsubstantiated"),
            done_at: at("10:00"),
            steps: None,
            unmet: None,
            referral: None,
            told: None,
            method: None,
            corrective: None,
            preventive: None,
        };
        let event = Event { stamp: stamp(2, "10:00", "li"), act: resolve.into() };
        assert_eq!(
            not_by_subject(&record.status, &event.stamp),
            Err(Refusal::ComplainedOf("li".parse().unwrap()))
        );
        let merged = record.with(event.clone());
        assert_eq!(merged.status.set_aside, [event.stamp.id]);
        assert_eq!(merged.status.state, State::Open);
    }

    #[test]
    fn nobody_opens_a_complaint_about_themselves_nor_one_that_opens_by_itself() {
        let told_by = |trigger, prohibition, by: &str| {
            let complaint = Complaint { trigger, prohibition, ..against("li") };
            let intake = Intake { complaint: Some(complaint), ..Intake::blank(at("09:00")) };
            legal_intake(&intake, &by.parse().unwrap())
        };
        assert!(told_by(Trigger::Direct, None, "chen").is_ok());
        assert!(matches!(told_by(Trigger::Direct, None, "li"), Err(Refusal::ComplainedOf(_))));
        assert!(matches!(
            told_by(Trigger::Misconduct, None, "chen"),
            Err(Refusal::Needs { flag: "--prohibition", .. })
        ));
        for trigger in [Trigger::Callback, Trigger::Survey] {
            let refused = told_by(trigger, None, "chen");
            assert_eq!(refused, Err(Refusal::TriggerByItself(trigger)));
        }
    }
}
