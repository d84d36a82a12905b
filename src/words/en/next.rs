//! Next steps in English.

use crate::{
    domain::{
        analysis::next_step::{NextActor, NextStep, NextTurn},
        base::terms::{Role, State, VisitState, VisitStep},
        deciding::{
            contacts::Addressee,
            items::{ItemDuty, ItemStep},
        },
        history::{complaint::ComplaintStep, refusal::MissingPart, status::remote::SessionGaps},
    },
    words::en::refusal::{WORDS, either, hint::fills},
};

/// What an answer says of the next step: `next, by Li Lei: docket accept …`.
pub(super) fn answer(
    turn: &NextTurn,
    addressee: Addressee,
    id: &str,
    gaps: &[MissingPart],
) -> String {
    let by = match &turn.actor {
        NextActor::Viewer => String::new(),
        NextActor::Person { name, .. } => format!(", by {name}"),
        NextActor::Colleague => ", by a colleague".to_owned(),
        NextActor::Desk => ", by the desk".to_owned(),
        NextActor::Role(role) => format!(", by {}", one_of(*role)),
    };
    let also = values(turn.step) + &without_contact(turn.step, addressee, id);
    let command = command(turn.step, addressee, id);
    let before: String = gaps.iter().map(|gap| fills(gap, id) + "; ").collect();
    let then = if gaps.is_empty() { "" } else { "then " };
    format!("next{by}: {before}{then}{command}{also}")
}

/// What an answer says of a record that is over.
pub(super) fn after_end(state: State, id: &str, remark: bool, addressee: Addressee) -> String {
    match state {
        State::Closed if remark => format!("{} makes a formal record of it", formal(id)),
        State::Closed if addressee == Addressee::Contact => format!("next: {}", survey(id)),
        _ => format!("see: docket show {id}"),
    }
}

/// The command for the next step, in the hint of a refusal.
pub(super) fn hint(turn: &NextTurn, addressee: Addressee, id: &str) -> String {
    let step = by(&turn.actor, &command(turn.step, addressee, id));
    let also = match turn.step {
        NextStep::Route => {
            let solved = format!("docket resolve {id} --result TEXT --cause TEXT --code CODE");
            format!("\n{}, if solved at first contact", by(&turn.actor, &solved))
        }
        _ => values(turn.step),
    };
    format!("{step}{also}{}", without_contact(turn.step, addressee, id))
}

/// The command that goes on with a visit.
pub(super) fn visit(state: VisitState, id: &str) -> String {
    match state {
        VisitState::Planned => format!("docket visit depart {id}"),
        VisitState::Departed => format!("docket visit arrive {id}"),
        VisitState::Arrived => format!(
            "docket visit done {id} --work TEXT --result TEXT --conduct clean --devices none"
        ),
        VisitState::Done => format!("docket visit sign {id} --by NAME --opinion 5"),
        VisitState::Signed => format!("docket visit hand-in {id}"),
        VisitState::HandedIn => format!("docket visit archive {id}"),
        VisitState::Archived | VisitState::Missed | VisitState::Cancelled => {
            format!("docket visit list {}", id.split(' ').next().unwrap_or(id))
        }
    }
}

/// What comes next of an item, and whose it is.
pub(super) fn item(duty: &ItemDuty, person: &str) -> String {
    let number = duty.number;
    match duty.next {
        ItemStep::Visit(VisitStep::Done) => format!("visit {number}: say what was done"),
        ItemStep::Visit(VisitStep::Sign) => format!("visit {number}: have it signed"),
        ItemStep::Visit(VisitStep::HandIn) => format!("visit {number}: hand the form in"),
        ItemStep::Visit(VisitStep::Archive) => format!("visit {number}: archive the form"),
        ItemStep::Visit(_) => format!("visit {number} by {person}"),
        ItemStep::Remote(_) => format!("remote session {number} by {person}: end it"),
    }
}

/// The command that ends a remote session, with what else this one has to tell.
pub(super) fn end_session(id: &str, number: usize, also: SessionGaps) -> String {
    let client = if also.client { " --client removed" } else { "" };
    let category = if also.category { " --category CATEGORY" } else { "" };
    format!(
        "docket remote end {id} {number} --steps TEXT --result TEXT --other-software no --data no{client}{category}"
    )
}

/// What is to be known of a step for which a customer is spoken to, where the contact was erased.
fn without_contact(step: NextStep, addressee: Addressee, id: &str) -> String {
    if addressee == Addressee::Contact || !step.speaks_to_customer() {
        return String::new();
    }
    let other = "; NAME is somebody else of the customer, for the contact was erased";
    let close = format!("docket close {id} --exception other --reason TEXT");
    let lead = by(&NextActor::Role(Role::TeamLead), &close);
    format!("{other}\nwhere there is nobody else, {lead}")
}

/// A command, with who does it where that is not whoever is told.
pub(super) fn by(actor: &NextActor, command: &str) -> String {
    match actor {
        NextActor::Viewer => command.to_owned(),
        NextActor::Person { id, is_entered: true, .. } => {
            format!("{command} --on-behalf-of {id} --method phone")
        }
        NextActor::Person { name, is_entered: false, .. } => format!("{name} does it: {command}"),
        NextActor::Colleague => format!("somebody else of the desk does it: {command}"),
        NextActor::Desk => format!("the desk does it: {command}"),
        NextActor::Role(role) => format!("{} does it: {command}", one_of(*role)),
    }
}

/// The command that makes a formal record of a remark.
pub(super) fn formal(id: &str) -> String {
    format!("docket open KIND --from {id} --name NAME --need TEXT")
}

/// The command that records an answer to the survey.
pub(super) fn survey(id: &str) -> String {
    format!("docket survey record {id} --satisfaction GRADE --by NAME")
}

fn one_of(role: Role) -> String {
    let name = WORDS.term(role);
    match role {
        Role::RelationshipManager => format!("the {name}"),
        Role::Agent | Role::Engineer | Role::Auditor => format!("an {name}"),
        Role::TeamLead | Role::Leader | Role::ComplaintDecider | Role::Service => {
            format!("a {name}")
        }
    }
}

fn command(step: NextStep, addressee: Addressee, id: &str) -> String {
    let told = match addressee {
        Addressee::Contact => "",
        Addressee::Other => " --informed NAME",
    };
    match step {
        NextStep::Acknowledge => format!("docket ack {id} --reply-by TIME{told}"),
        NextStep::Route | NextStep::OfComplaint(ComplaintStep::Route) => {
            format!("docket route {id} --to PERSON --reason TEXT")
        }
        NextStep::Accept => format!("docket accept {id} --respond-by TIME"),
        NextStep::Respond => format!("docket respond {id} --note TEXT{told}"),
        NextStep::Resolve => format!("docket resolve {id} --result TEXT --cause TEXT --code CODE"),
        NextStep::Resume => format!("docket resume {id}"),
        NextStep::CallBack => format!("docket confirm {id} --with NAME --satisfaction GRADE"),
        NextStep::Close => format!("docket close {id}"),
        NextStep::TakeOver => format!("docket takeover {id}"),
        NextStep::OfComplaint(ComplaintStep::Verify) => {
            format!("docket update {id} --verified TEXT")
        }
        NextStep::OfComplaint(ComplaintStep::Notify) => {
            format!("docket update {id} --notified PERSON")
        }
        NextStep::OfComplaint(ComplaintStep::Decide) => {
            format!("docket decide {id} --finding TEXT --validity VALIDITY")
        }
        NextStep::OfComplaint(ComplaintStep::Resolve) => format!(
            "docket resolve {id} --result TEXT --cause TEXT --code CODE --informed NAME \
             --method METHOD --corrective TEXT --preventive TEXT"
        ),
        NextStep::OfComplaint(ComplaintStep::CloseDissatisfied) => {
            format!("docket close {id} --dissatisfied REASON --recourse TEXT")
        }
    }
}

/// What else can be said in a command, behind it.
fn values(step: NextStep) -> String {
    let values = || either(&step.values());
    match step {
        NextStep::OfComplaint(ComplaintStep::Verify) => ", or --unverified REASON".to_owned(),
        NextStep::OfComplaint(ComplaintStep::Decide) => format!("; VALIDITY: {}", values()),
        NextStep::OfComplaint(ComplaintStep::Resolve) => format!("; CODE: {}", values()),
        _ => String::new(),
    }
}
