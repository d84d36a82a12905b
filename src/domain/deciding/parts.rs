//! What a record waits for: those it depends on, and those that are a part of it.

use std::collections::BTreeSet;

use crate::domain::{
    base::{
        ids::EventId,
        terms::{LinkKind, State},
    },
    deciding::scene::Scene,
    history::{contact::MOST_MERGES, record::Record, refusal::Refusal, steps::is_unsolved},
};

/// A record that another one waits for, and why.
#[derive(Debug)]
struct Wait {
    /// The event that made the link.
    event: EventId,
    kind: LinkKind,
    on: Record,
}

/// Refuses to go on where something that the record waits for is not solved.
///
/// # Errors
/// [`Refusal::WaitsFor`], [`Refusal::OpenPart`], or a file that cannot be read.
pub fn waits_for_nothing(scene: &Scene<'_>) -> Result<(), Refusal> {
    let waits = waits_of(scene.record, scene)?;
    refuse_unsolved(waits, scene)
}

/// Refuses to go on where a part of the record is not solved.
///
/// # Errors
/// [`Refusal::OpenPart`], or a file that cannot be read.
pub fn are_done(scene: &Scene<'_>) -> Result<(), Refusal> {
    let mut waits = waits_of(scene.record, scene)?;
    waits.retain(|wait| wait.kind == LinkKind::Child);
    refuse_unsolved(waits, scene)
}

/// Refuses to take up a part of a record that was closed since, as though all its parts were solved.
///
/// # Errors
/// [`Refusal::ClosedWhole`], or a file that cannot be read.
pub fn whole_goes_on(scene: &Scene<'_>) -> Result<(), Refusal> {
    for (link, to) in scene.record.links(LinkKind::Child) {
        let Some(whole) = scene.meant(to)? else { continue };
        let whole = followed(whole, scene)?;
        if whole.closing_of_all().is_some_and(|closing| link < closing) {
            return Err(Refusal::ClosedWhole { record: whole.id.to_string() });
        }
    }
    Ok(())
}

/// The records that were merged into this one, if by way of others, in the order of their ids.
///
/// # Errors
/// [`Refusal::Unreadable`].
pub fn merged_into(scene: &Scene<'_>) -> Result<Vec<Record>, Refusal> {
    let mut merged = all_parts(scene.record, scene)?;
    merged.retain(|part| part.status.state == State::Merged);
    merged.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(merged)
}

/// True where `from` waits for `to`, if by way of others; by links alone that were made before an
/// event, where one is named.
///
/// # Errors
/// [`Refusal::Unreadable`].
pub fn leads_to(
    from: &Record,
    to: &Record,
    before: Option<&EventId>,
    scene: &Scene<'_>,
) -> Result<bool, Refusal> {
    let (mut seen, mut rest) = (BTreeSet::from([from.id.clone()]), vec![from.clone()]);
    while let Some(record) = rest.pop() {
        for wait in waits_of(&record, scene)? {
            if before.is_some_and(|before| wait.event >= *before) {
                continue;
            }
            if wait.on.id == to.id {
                return Ok(true);
            }
            if seen.insert(wait.on.id.clone()) {
                rest.push(wait.on);
            }
        }
    }
    Ok(false)
}

/// Of a circle that two clones made, the link that was made last keeps nobody waiting.
fn refuse_unsolved(waits: Vec<Wait>, scene: &Scene<'_>) -> Result<(), Refusal> {
    for wait in waits {
        let state = wait.on.status.state;
        if !is_unsolved(state) || leads_to(&wait.on, scene.record, Some(&wait.event), scene)? {
            continue;
        }
        let record = wait.on.id.to_string();
        return Err(match wait.kind {
            LinkKind::DependsOn => Refusal::WaitsFor { record, state },
            LinkKind::Child | LinkKind::Related => Refusal::OpenPart { record, state },
        });
    }
    Ok(())
}

/// What a record waits for, each followed to the record in which it goes on. It waits for what was
/// merged into it as well.
fn waits_of(record: &Record, scene: &Scene<'_>) -> Result<Vec<Wait>, Refusal> {
    let parts = all_parts(record, scene)?;
    let merged = parts.iter().filter(|part| part.status.state == State::Merged);
    let wholes: Vec<&Record> = std::iter::once(record).chain(merged).collect();
    let mut waits = Vec::new();
    for (event, to) in wholes.iter().flat_map(|whole| whole.links(LinkKind::DependsOn)) {
        let (event, kind) = (event.clone(), LinkKind::DependsOn);
        waits.extend(scene.meant(to)?.map(|on| Wait { event, kind, on }));
    }
    for part in &parts {
        for (event, to) in part.links(LinkKind::Child) {
            if wholes.iter().any(|whole| whole.is_meant_by(to)) {
                let (event, kind) = (event.clone(), LinkKind::Child);
                waits.push(Wait { event, kind, on: part.clone() });
            }
        }
    }
    for wait in &mut waits {
        wait.on = followed(wait.on.clone(), scene)?;
    }
    waits.retain(|wait| wait.on.id != record.id);
    Ok(waits)
}

/// The records that lead to this one, and to those that were merged into it.
fn all_parts(whole: &Record, scene: &Scene<'_>) -> Result<Vec<Record>, Refusal> {
    let (mut seen, mut rest) = (BTreeSet::from([whole.id.clone()]), vec![whole.clone()]);
    let mut all = Vec::new();
    while let Some(whole) = rest.pop() {
        for id in std::iter::once(&whole.id).chain(&whole.formerly) {
            for part in scene.lookup.parts(id)? {
                if !part.wholes().any(|it| whole.is_meant_by(it)) || !seen.insert(part.id.clone()) {
                    continue;
                }
                let into = part.status.merged_into.as_ref();
                let goes_on = into.is_some_and(|into| whole.is_meant_by(into));
                rest.extend(goes_on.then(|| part.clone()));
                all.push(part);
            }
        }
    }
    Ok(all)
}

/// The record in which another one goes on, or itself.
fn followed(mut record: Record, scene: &Scene<'_>) -> Result<Record, Refusal> {
    for _ in 0..MOST_MERGES {
        let Some(into) = &record.status.merged_into else { break };
        match scene.meant(into)? {
            Some(next) => record = next,
            None => break,
        }
    }
    Ok(record)
}
