//! Tampering that is generated, not listed: each field of each step of an honest desk is forged in
//! many ways, all else made to fit, and the audit finds each forgery at its commit.

mod choices;
mod edits;
mod forger;
mod imports;
pub mod library;
mod lines;
mod once;
mod rows;
mod steps;
pub(crate) mod story;
mod values;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    thread,
};

use choices::Verdict;
use forger::{Forger, Step};
use library::Found;
use steps::{Known, Source};
use values::{Kind, World};

use crate::desk::Desk;

/// Makes the commit of a forgery; an error where docket could not even read it.
type Make = Box<dyn Fn(&Forger, &Step) -> Result<String, String> + Send + Sync>;

/// One thing that is otherwise than it was.
struct Forgery {
    /// Which step of the story.
    step: usize,
    action: String,
    /// What the action ended in, where it ends in several ways.
    end: String,
    /// Whether it opens a complaint beside its record.
    opens_another: bool,
    field: String,
    kind: Kind,
    label: String,
    make: Make,
}

impl Forgery {
    fn new(nth: usize, step: &Step, field: &str, kind: Kind, label: &str, make: Make) -> Self {
        Self {
            step: nth,
            action: step.action.clone(),
            end: step.variant().to_owned(),
            opens_another: step.beside.is_some(),
            field: field.to_owned(),
            kind,
            label: label.to_owned(),
            make,
        }
    }

    fn name(&self) -> String {
        let Self { action, end, field, kind, label, .. } = self;
        let end = if end.is_empty() { String::new() } else { format!("/{end}") };
        format!("{action}{end} {field} {kind:?} {label}")
    }
}

/// Labels of what is judged without a look at anything else.
const ONCE: &[&str] =
    &["a control character", "an untidy text", "blanks", "empty", "long", "in another zone"];

/// How often the same is forged where steps of one action have different fields.
const OFTEN: usize = 2;

#[test]
fn every_forgery_is_found_at_its_commit_and_no_choice_is() {
    let desk = story::told();
    let forger = Forger::at(&desk.path(""));
    let steps = forger.steps();
    let missing = actions_not_in(&steps);
    assert!(missing.is_empty(), "the story has no {missing:?}");

    let forgeries = forgeries(&forger, &steps, &world(&desk, &steps));
    let honest: BTreeMap<usize, Vec<Found>> = forgeries
        .iter()
        .map(|forgery| forgery.step)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|nth| (nth, honestly(&forger, &steps[nth])))
        .collect();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = forgeries.len().div_ceil(cores);
    let faults: Vec<String> = thread::scope(|scope| {
        let shares = forgeries.chunks(share).map(|share| {
            let (path, steps, honest) = (forger.path(), &steps, &honest);
            scope.spawn(move || judged(&path, share, steps, honest))
        });
        let running: Vec<_> = shares.collect();
        running.into_iter().flat_map(|share| share.join().unwrap()).collect()
    });
    assert!(
        faults.is_empty(),
        "{} of {} forgeries:\n{}",
        faults.len(),
        forgeries.len(),
        faults.join("\n")
    );
}

fn actions_not_in(steps: &[Step]) -> Vec<&'static str> {
    let mut missing = library::actions();
    missing.retain(|action| steps.iter().all(|step| step.action != *action));
    missing
}

/// The forgeries of the first step of each shape; of the first of each action also those that are
/// alike for all of its shapes.
fn forgeries(forger: &Forger, steps: &[Step], world: &World) -> Vec<Forgery> {
    let known = Known::of(steps);
    let (mut shapes, mut actions) = (BTreeSet::new(), BTreeSet::new());
    let mut times = BTreeMap::<String, usize>::new();
    let mut made = Vec::new();
    for (nth, step) in steps.iter().enumerate() {
        if !shapes.insert(step.shape()) {
            continue;
        }
        let first = actions.insert(&step.action);
        made.extend(Source { nth, step, world, known: &known, first }.forgeries());
        if first {
            made.extend(lines::forgeries(nth, step, &forger.text(&step.commit)));
        }
    }
    made.retain(|forgery| {
        let times = times.entry(forgery.name()).or_default();
        *times += 1;
        *times <= if ONCE.contains(&forgery.label.as_str()) { 1 } else { OFTEN }
    });
    made
}

/// Who and what there is on the desk.
fn world(desk: &Desk, steps: &[Step]) -> World {
    let mut world = World::default();
    for contact in desk.people() {
        let text = |key: &str| contact[key].as_str().unwrap().to_owned();
        world.contacts.insert(text("name"), (text("id"), text("customer")));
    }
    for step in steps {
        if step.before.is_none() && !step.imports {
            let text = |path: &str| step.after.pointer(path).unwrap().as_str().unwrap().to_owned();
            world.records.push((text("/id"), text("/status/customer"), text("/history/0/id")));
        }
    }
    assert!(world.contacts.len() >= 5, "{world:?} in {}", desk.path("").display());
    world
}

/// What the audit says of an honest step; the forger makes the same commit out of it.
fn honestly(forger: &Forger, step: &Step) -> Vec<Found> {
    let again = forger.commit(step, &step.draft());
    let text = |commit: &str| forger.text(commit);
    let same = again.as_ref().is_ok_and(|again| *again == step.commit);
    let differs = again.as_deref().map(text);
    assert!(same, "{} is made anew as {differs:?}, was {}", step.action, text(&step.commit));
    let mut found = forger.library.audit(&step.parent, &step.commit).unwrap();
    found.retain(|one| one.commit == step.commit);
    found
}

/// What is wrong with what the audit says of forgeries, each in a line.
fn judged(
    path: &Path,
    forgeries: &[Forgery],
    steps: &[Step],
    honest: &BTreeMap<usize, Vec<Found>>,
) -> Vec<String> {
    let forger = Forger::at(path);
    let mut faults = Vec::new();
    for of_step in forgeries.chunk_by(|one, next| one.step == next.step) {
        let step = &steps[of_step[0].step];
        let mut made = Vec::new();
        for forgery in of_step {
            match (forgery.make)(&forger, step) {
                Ok(commit) if commit == step.commit => {}
                Ok(commit) => made.push((forgery, commit)),
                Err(why) => faults.extend(forgery.fault(Some(&why))),
            }
        }
        let judge = Judge { forger: &forger, step, honest: &honest[&of_step[0].step] };
        let (alone, together): (Vec<_>, Vec<_>) =
            made.into_iter().partition(|(forgery, _)| forgery.may_end_the_audit());
        faults.extend(together.chunks(TOGETHER).flat_map(|some| judge.together(some)));
        faults.extend(alone.iter().filter_map(|(forgery, commit)| judge.alone(forgery, commit)));
    }
    faults
}

/// Forgeries of one step that are audited in one run, which reads the rules once; they are
/// siblings, so that none of them stands before another.
const TOGETHER: usize = 100;
/// Of those that are found so, one in so many is also audited by itself.
const SAMPLE: usize = 25;

struct Judge<'a> {
    forger: &'a Forger,
    step: &'a Step,
    /// What is found at the honest commit.
    honest: &'a [Found],
}

impl Judge<'_> {
    fn together(&self, some: &[(&Forgery, String)]) -> Vec<String> {
        let commits: Vec<&str> = some.iter().map(|(_, commit)| commit.as_str()).collect();
        let tip = self.forger.over(&commits);
        let Ok(all) = self.forger.library.audit(&self.step.parent, &tip) else {
            return some
                .iter()
                .filter_map(|(forgery, commit)| self.alone(forgery, commit))
                .collect();
        };
        let mut of: BTreeMap<String, Vec<Found>> = BTreeMap::new();
        for one in all {
            of.entry(one.commit.clone()).or_default().push(one);
        }
        let judged = some.iter().enumerate().filter_map(|(nth, (forgery, commit))| {
            let what = of.get(commit).and_then(|found| self.new_in(found));
            match forgery.fault(what) {
                None if nth % SAMPLE != 0 => None,
                Some(missed) if what.is_none() => Some(missed),
                None | Some(_) => self.alone(forgery, commit),
            }
        });
        judged.collect()
    }

    fn alone(&self, forgery: &Forgery, commit: &str) -> Option<String> {
        match self.forger.library.audit(&self.step.parent, commit) {
            Ok(mut found) => {
                found.retain(|one| one.commit == commit);
                forgery.fault(self.new_in(&found))
            }
            Err(why) => Some(format!("ends the audit: {}: {why}", forgery.name())),
        }
    }

    /// The first thing that is not found at the honest commit too.
    fn new_in<'f>(&self, found: &'f [Found]) -> Option<&'f str> {
        let new = found.iter().find(|one| self.honest.iter().all(|known| known.what != one.what));
        new.map(|one| one.what.as_str())
    }
}

impl Forgery {
    /// What is wrong with what was found of it.
    fn fault(&self, found: Option<&str>) -> Option<String> {
        match (choices::verdict(self), found) {
            (Verdict::Found, None) => Some(format!("missed: {}", self.name())),
            (Verdict::Free, Some(what)) => Some(format!("false alarm: {}: {what}", self.name())),
            (Verdict::Found, Some(_)) | (Verdict::Free, None) | (Verdict::Open, _) => None,
        }
    }

    /// Whether git itself may not be able to read it.
    fn may_end_the_audit(&self) -> bool {
        ["commit.00", "commit.01", "commit.header", "commit.parent"]
            .iter()
            .any(|start| self.field.starts_with(start))
    }
}
