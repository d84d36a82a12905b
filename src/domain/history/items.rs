//! Items of a record, of whatever family: a visit, a remote session. Each is named by the event that made
//! it, and numbered for whoever types.

use crate::domain::{
    base::ids::{EventId, PersonId},
    history::{event::Stamp, refusal::Refusal, steps::Action},
};

/// An item of a record.
pub trait Item {
    /// The step that makes and changes items of its family.
    const FAMILY: Action;

    /// The event that made it.
    fn event(&self) -> &EventId;

    /// Whose item it is.
    fn person(&self) -> &PersonId;
}

/// Each item with its number, counted from 1.
pub fn numbered<I>(items: &[I]) -> impl Iterator<Item = (usize, &I)> {
    (1..).zip(items)
}

/// The item that an event made.
///
/// # Errors
/// [`Refusal::NoItem`] with the numbers of those that there are.
pub fn made_by<'i, I: Item>(items: &'i [I], event: &EventId) -> Result<(usize, &'i I), Refusal> {
    let found = numbered(items).find(|(_, item)| item.event() == event);
    found.ok_or_else(|| no_item::<I>(None, (1..=items.len()).collect()))
}

/// The item that somebody means: that of the number, counted from 1; without one the only one that fits,
/// or else the only one that there is.
///
/// # Errors
/// [`Refusal::NoItem`] with the numbers of those that it could be.
pub fn meant<I: Item>(
    items: &[I],
    number: Option<usize>,
    fits: impl Fn(&I) -> bool,
) -> Result<&I, Refusal> {
    let fitting: Vec<_> = numbered(items).filter(|(_, item)| fits(item)).collect();
    let found = match (number, &fitting[..], items) {
        (Some(number), ..) => number.checked_sub(1).and_then(|place| items.get(place)),
        (None, [(_, item)], _) => Some(*item),
        (None, [], [item]) => Some(item),
        (None, ..) => None,
    };
    found.ok_or_else(|| {
        let all = (1..=items.len()).collect();
        let among = fitting.iter().map(|(number, _)| *number).collect();
        no_item::<I>(number, if fitting.is_empty() { all } else { among })
    })
}

fn no_item<I: Item>(number: Option<usize>, among: Vec<usize>) -> Refusal {
    Refusal::NoItem { family: I::FAMILY, number, among }
}

/// Refuses whoever's item it is not; the desk enters for them what they tell.
///
/// # Errors
/// [`Refusal::ItemOfOther`].
pub fn only_own<I: Item>(item: &I, stamp: &Stamp) -> Result<(), Refusal> {
    if item.person() == stamp.actor() {
        return Ok(());
    }
    let (person, engineer) = (stamp.actor().clone(), item.person().clone());
    Err(Refusal::ItemOfOther { family: I::FAMILY, person, engineer })
}
