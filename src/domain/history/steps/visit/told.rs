//! What each step of a visit says, field by field.

use super::{Visit, VisitNotice, used_devices};
use crate::domain::history::facts::Facts;

impl Visit {
    pub(super) fn told(&self) -> Facts<'_> {
        let facts = Facts::new().term("step", self.step());
        let facts = facts.some_event("visit", self.planned_by());
        match self {
            Self::Plan(plan) => facts
                .time("window_from", plan.window.from)
                .time("window_until", plan.window.until)
                .person("engineer", &plan.engineer)
                .recipient("with", &plan.with)
                .text("address", &plan.address)
                .text("need", &plan.need)
                .some_text("reason", plan.reason.as_deref()),
            Self::Move(moved) => facts
                .time("window_from", moved.window.from)
                .time("window_until", moved.window.until)
                .some_person("engineer", moved.engineer.as_ref())
                .time("before_from", moved.before.from)
                .time("before_until", moved.before.until)
                .contact("agreed_with", &moved.agreed_with)
                .text("reason", &moved.reason),
            Self::Depart(_) | Self::HandIn(_) | Self::Archive(_) => facts,
            Self::Arrive(arrival) => {
                notice(facts, arrival.told.as_ref()).some_text("reason", arrival.reason.as_deref())
            }
            Self::Done(done) => {
                let facts = facts
                    .time("left_at", done.left_at)
                    .text("work", &done.work)
                    .text("result", &done.result)
                    .some_text("parts", done.parts.as_deref())
                    .some_text("left_open", done.left_open.as_deref())
                    .flag("clean", done.conduct.is_empty());
                done.conduct
                    .iter()
                    .fold(facts, |facts, broken| {
                        facts.term("prohibition", broken.prohibition).text("conduct", &broken.text)
                    })
                    .flag(
                        "devices_used",
                        used_devices(done.devices_allowed_by.as_ref(), &done.conduct),
                    )
                    .some_contact("devices_allowed_by", done.devices_allowed_by.as_ref())
            }
            Self::Sign(signing) => facts
                .some_contact("signed_by", signing.signed_by.as_ref())
                .some_term("opinion", signing.opinion)
                .some_text("comment", signing.comment.as_deref())
                .some_name("drawing", signing.drawing.as_deref())
                .some_text("refused", signing.refused.as_deref())
                .due_at("hand_in_due", signing.hand_in_due)
                .due_at("archive_due", signing.archive_due),
            Self::Miss(miss) => notice(facts, miss.told.as_ref()).text("reason", &miss.reason),
            Self::Cancel(cancel) => {
                facts.contact("agreed_with", &cancel.agreed_with).text("reason", &cancel.reason)
            }
        }
    }
}

fn notice<'a>(facts: Facts<'a>, told: Option<&'a VisitNotice>) -> Facts<'a> {
    match told {
        Some(told) => facts.recipient("told", &told.to).time("told_at", told.at),
        None => facts,
    }
}
