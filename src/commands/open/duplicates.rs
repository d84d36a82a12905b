//! Records that a new one may duplicate.

use std::cmp::Reverse;

use crate::{
    app::desk::OpenDesk,
    domain::{base::text::folded, history::record::Record},
    error::Result,
    words::message::Message,
};

/// A likely duplicate is looked for among the records of so many days.
const RECENT_DAYS: i64 = 7;

/// So many are named.
const MOST: usize = 3;

/// Unfinished records of the last days with the same contact and the same category or title, or of the
/// same customer, under whatever name, with the same title: the likeliest, which are those of the same
/// title and the newest.
pub(super) fn likely_duplicates(desk: &OpenDesk<'_>, new: &Record) -> Result<Option<Message>> {
    let (Some(contact), true) = (&new.status.contact, new.status.state.is_unfinished()) else {
        return Ok(None);
    };
    let view = desk.view()?;
    let (customers, title) = (view.customer_names()?, folded(&new.status.title));
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
        let is_other_title = folded(&status.title) != title;
        let is_alike = if status.contact.as_ref() == Some(contact) {
            same_category || !is_other_title
        } else {
            !is_other_title && customers.are_one(&status.customer, &new.status.customer)
        };
        if status.state.is_unfinished() && is_alike {
            alike.push((is_other_title, Reverse(status.received_at), id, status.title.clone()));
        }
    }
    alike.sort();
    let more = alike.len().saturating_sub(MOST);
    let named = alike.into_iter().take(MOST);
    let records: Vec<_> = named.map(|(_, _, id, title)| (id.to_string(), title)).collect();
    Ok((!records.is_empty()).then_some(Message::LikelyDuplicate { records, more }))
}
