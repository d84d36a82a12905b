//! Records that a new one goes on from, or may be the same as.

use crate::{
    app::{desk::OpenDesk, draft::Draft},
    domain::{
        intake::Reference,
        record::Record,
        refusal::Refusal,
        terms::{Kind, State},
    },
    error::Result,
    words::said::Said,
};

/// A likely duplicate is looked for among the records of so many days.
const RECENT_DAYS: i64 = 7;

/// Unfinished records of the last days with the same contact and the same category or title.
pub(super) fn likely_duplicates(desk: &OpenDesk<'_>, new: &Record) -> Result<Option<Said>> {
    let (Some(contact), true) = (&new.status.contact, new.status.state.is_unfinished()) else {
        return Ok(None);
    };
    let view = desk.view()?;
    let since = desk.now().plus_minutes(-RECENT_DAYS * 24 * 60).date();
    let recent = view.record_ids()?.into_iter();
    let recent = recent.filter(|id| *id != new.id && id.day().is_some_and(|day| day >= since));
    let mut alike = Vec::new();
    for id in recent {
        let Ok(Some(record)) = view.record(&id) else {
            continue;
        };
        let status = &record.status;
        let same_category = status.category.is_some() && status.category == new.status.category;
        let same_matter = same_category || status.title == new.status.title;
        let same_person = status.contact.as_ref() == Some(contact);
        if status.state.is_unfinished() && same_person && same_matter {
            alike.push(id.to_string());
        }
    }
    Ok((!alike.is_empty()).then_some(Said::LikelyDuplicate { records: alike }))
}

/// Only a closed record whose reopen window has passed is followed by a new one.
pub(super) fn followable(draft: &Draft<'_>, closed: &Record) -> std::result::Result<(), Refusal> {
    let Some(closed_at) = closed.status.times.closed_at.filter(|_| is_closed(closed)) else {
        return Err(Refusal::State(closed.status.state));
    };
    let policy = draft.policy;
    let until = policy.levels.reopen_window.due(closed_at, &policy.calendar)?;
    if draft.stamp.at <= until && closed.status.kind != Kind::Remark {
        return Err(Refusal::WindowOpen { until });
    }
    Ok(())
}

fn is_closed(record: &Record) -> bool {
    record.status.state == State::Closed
}

/// The name by which another record is referred to.
pub(super) fn reference(draft: &Draft<'_>, record: &Record) -> Result<Reference> {
    draft.refuse(record.reference().ok_or(Refusal::NoEvent(1)))
}
