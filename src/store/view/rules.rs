//! The files of rules that hold on a day: the latest of each name whose day has come (R115).

use std::{collections::BTreeMap, rc::Rc};

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use super::{Overlay, View};
use crate::{
    domain::{
        base::{document::Document, time::Timestamp, zone::Zone},
        deciding::rule_days::{RuleDays, RuleSpan, WaitingStage},
    },
    store::{
        error::{Error, Result},
        git::FileChange,
        layout,
        rule_edit::RuleText,
        yaml,
    },
};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// As of when the rules are asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum RulesAsOf {
    Instant(Timestamp),
    Day(NaiveDate),
}

/// A file of rules that does not hold yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingRules {
    /// The file of rules that it is to replace.
    pub of: &'static str,
    /// Where it lies.
    pub path: String,
    /// From when it is to hold; `None` of a draft that does not say it.
    pub day: Option<NaiveDate>,
    pub is_draft: bool,
}

impl WaitingRules {
    pub fn stage(&self) -> WaitingStage {
        match self.day {
            Some(day) if !self.is_draft => WaitingStage::Adopted(day),
            day => WaitingStage::Draft(day),
        }
    }
}

/// What is read of a file of rules to know from when it holds.
#[derive(Deserialize)]
struct Headed {
    document: Option<Value>,
}

impl<'a> View<'a> {
    /// The same desk, with the rules of this instant: those of its day in the desk's zone.
    pub fn at(self, at: Timestamp) -> Self {
        Self { as_of: Some(RulesAsOf::Instant(at)), ..self }
    }

    /// The same files, with the rules of a day as they would be if these drafts were adopted for theirs.
    pub fn on(&self, day: NaiveDate, drafts: &[WaitingRules]) -> Result<View<'a>> {
        let mut overlay: Overlay = self.overlay.clone();
        for WaitingRules { of, path, day, .. } in drafts {
            if let Some(day) = day {
                overlay.insert(layout::adopted(of, *day), self.bytes(path)?);
            }
        }
        let view = View::of(self.snapshot, self.memory).with_files(overlay);
        Ok(Self { as_of: Some(RulesAsOf::Day(day)), ..view })
    }

    /// The same as if these changes were committed.
    pub fn changed(&self, files: &[FileChange]) -> View<'a> {
        let mut overlay: Overlay = self.overlay.clone();
        overlay.extend(files.iter().map(|file| (file.path.clone(), file.content.clone())));
        let view = View::of(self.snapshot, self.memory).with_files(overlay);
        Self { as_of: self.as_of, ..view }
    }

    /// Files of rules that could not be read on a day to come, and why: each adopted one for itself, or
    /// what comes of them together.
    pub fn faults_ahead(&self) -> Result<Vec<(String, Error)>> {
        let (days, today) = (self.rule_days()?, self.rules_day()?);
        let mut faults: Vec<(String, Error)> = Vec::new();
        for day in days.turns().into_iter().filter(|day| *day > today) {
            let found = self.on(day, &[])?.policy_faults().into_iter();
            let known: Vec<String> = faults.iter().map(|(path, _)| path.clone()).collect();
            faults.extend(found.filter(|(path, _)| !known.contains(path)));
        }
        Ok(faults)
    }

    /// The files of rules that cannot be read here, now or on a day to come, and could be read `before`, each
    /// with why.
    pub fn faults_since(&self, before: &View<'_>) -> Result<Vec<(String, Error)>> {
        let faults_of = |view: &View<'_>| -> Result<Vec<(String, Error)>> {
            let mut faults = view.policy_faults();
            faults.extend(view.faults_ahead()?);
            Ok(faults)
        };
        let mut faults = faults_of(self)?;
        if !faults.is_empty() {
            let known = faults_of(before)?;
            faults.retain(|(path, _)| known.iter().all(|(stood, _)| stood != path));
        }
        Ok(faults)
    }

    /// The same of a merge: those that could be read on either side.
    pub fn faults_of_merge(&self, sides: [&View<'_>; 2]) -> Result<Vec<(String, Error)>> {
        let (mut faults, others) = (self.faults_since(sides[0])?, self.faults_since(sides[1])?);
        faults.retain(|(path, _)| others.iter().any(|(other, _)| other == path));
        Ok(faults)
    }
}

impl View<'_> {
    /// The day whose rules hold here: of the instant that was told, and not before the commit.
    pub fn rules_day(&self) -> Result<NaiveDate> {
        match self.as_of {
            Some(RulesAsOf::Day(day)) => Ok(day),
            Some(RulesAsOf::Instant(at)) => self.day_of(Some(at)),
            None => self.day_of(None),
        }
    }

    /// The day of an instant in the desk's zone, where that is no earlier one than the commit's: whoever
    /// dates what they do before what it is built on gains no older rules by it.
    fn day_of(&self, at: Option<Timestamp>) -> Result<NaiveDate> {
        let git = self.snapshot.repository();
        let made = self.commit().map(|commit| git.commit_info(commit)).transpose()?;
        let at = made.map(|made| made.time).into_iter().chain(at).max().unwrap_or_default();
        // a desk that cannot be read is told of where it is asked for
        let desk = self.desk().ok().flatten();
        let zone = desk.and_then(|desk| Zone::named(&desk.timezone)).unwrap_or(Zone::UTC);
        Ok(at.in_zone(zone).date())
    }

    /// Whether the rules of another instant are the same.
    pub(in crate::store) fn has_rules_of(&self, at: Timestamp) -> Result<bool> {
        let day = |of: Timestamp| (of.unix() + 60 * i64::from(at.offset_minutes())).div_euclid(DAY);
        // mostly it is another second of the same minute, and nothing need be read to know it
        if let Some(RulesAsOf::Instant(own)) = self.as_of
            && own.unix().abs_diff(at.unix()) < 60
            && day(own) == day(at)
        {
            return Ok(true);
        }
        let days = self.rule_days()?;
        if days.paths().next().is_none() {
            return Ok(true);
        }
        Ok(days.span(self.rules_day()?).has(self.day_of(Some(at))?))
    }

    /// The days of the files of rules that were adopted for one.
    pub fn rule_days(&self) -> Result<Rc<RuleDays>> {
        let is_changed = self.overlay.keys().any(|path| path.starts_with(layout::POLICY));
        if is_changed {
            return self.rule_days_afresh().map(Rc::new);
        }
        let folder = self.snapshot.folder(layout::POLICY)?.unwrap_or_default();
        if let Some((_, known)) =
            self.memory.rule_days.borrow().as_ref().filter(|(of, _)| *of == folder)
        {
            return Ok(Rc::clone(known));
        }
        let days = Rc::new(self.rule_days_afresh()?);
        self.memory.rule_days.replace(Some((folder, Rc::clone(&days))));
        Ok(days)
    }

    fn rule_days_afresh(&self) -> Result<RuleDays> {
        let mut days = RuleDays::default();
        for path in self.paths_under(layout::ADOPTED)? {
            if let Some((of, day)) = layout::adopted_of(&path) {
                days.adopt(of, day);
            }
        }
        days.presents(|path| Some(self.head_of(path)?.effective_on));
        Ok(days)
    }

    /// What lies in a folder and below it.
    pub(super) fn paths_under(&self, folder: &str) -> Result<Vec<String>> {
        let mut paths: BTreeMap<String, bool> = BTreeMap::new();
        for file in self.snapshot.files_under(folder)? {
            paths.insert(file.path, true);
        }
        let inside =
            |path: &&String| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        for path in self.overlay.keys().filter(inside) {
            paths.insert(path.clone(), self.overlay[path].is_some());
        }
        Ok(paths.into_iter().filter(|(_, is_there)| *is_there).map(|(path, _)| path).collect())
    }

    /// Whether a file stands in the place of the commit's.
    pub fn is_changed(&self, path: &str) -> bool {
        self.overlay.contains_key(path)
    }

    /// What a file of rules says of itself; `None` where that cannot be read.
    pub fn head_of(&self, path: &str) -> Option<Document> {
        let headed: Headed = yaml::from_slice(&self.bytes(path).ok()??).ok()?;
        serde_json::from_value(headed.document?).ok()
    }

    /// Where the file of rules lies that holds: `policy/levels.yaml`, or one that was adopted for a day that
    /// has come.
    pub fn rules_at(&self, path: &str) -> Result<String> {
        let days = self.rule_days()?;
        let Some(of) = days.paths().find(|of| *of == path) else { return Ok(path.to_owned()) };
        let adopted = days.in_force(of, self.rules_day()?);
        Ok(adopted.map_or_else(|| path.to_owned(), |day| layout::adopted(of, day)))
    }

    /// Whether there is a file of these rules.
    pub fn has_rules(&self, path: &str) -> Result<bool> {
        Ok(self.held(&self.rules_at(path)?)?.is_some())
    }

    /// The days between which the rules are those of this day.
    pub(in crate::store) fn rule_span(&self) -> Result<RuleSpan> {
        Ok(self.rule_days()?.span(self.rules_day()?))
    }

    /// The adopted files of a name whose day has come: a change of what holds at once takes their place.
    pub fn superseded(&self, path: &'static str) -> Result<Vec<String>> {
        let (days, today) = (self.rule_days()?, self.rules_day()?);
        let past = days.adopted(path).filter(|day| *day <= today);
        Ok(past.map(|day| layout::adopted(path, day)).collect())
    }

    /// Files that were adopted for a day that has not come, the nearest first.
    pub fn adopted_ahead(&self) -> Result<Vec<WaitingRules>> {
        let (days, today) = (self.rule_days()?, self.rules_day()?);
        let mut ahead = Vec::new();
        for of in days.paths() {
            for day in days.adopted(of).filter(|day| *day > today) {
                let path = layout::adopted(of, day);
                ahead.push(WaitingRules { of, path, day: Some(day), is_draft: false });
            }
        }
        ahead.sort_by_key(|waiting| waiting.day);
        Ok(ahead)
    }

    /// The drafts that nobody adopted yet.
    pub fn drafts(&self) -> Result<Vec<WaitingRules>> {
        let paths = self.paths_under(layout::NEXT)?.into_iter();
        let draft = |path: String| {
            let of = layout::draft_of(&path)?;
            let day = self.head_of(&path).map(|head| head.effective_on);
            Some(WaitingRules { of, path, day, is_draft: true })
        };
        Ok(paths.filter_map(draft).collect())
    }

    /// The drafts that can still be adopted for a day after `today` and up to `day`.
    pub fn drafts_by(&self, today: NaiveDate, day: NaiveDate) -> Result<Vec<WaitingRules>> {
        let mut drafts = self.drafts()?;
        drafts.retain(|draft| draft.day.is_some_and(|other| today < other && other <= day));
        Ok(drafts)
    }

    /// What lies among drafts and adopted files and is none.
    pub(in crate::store) fn strange_waiting(&self) -> Result<Vec<String>> {
        let mut strange = self.paths_under(layout::NEXT)?;
        strange.retain(|path| layout::draft_of(path).is_none());
        let mut adopted = self.paths_under(layout::ADOPTED)?;
        adopted.retain(|path| layout::adopted_of(path).is_none());
        strange.extend(adopted);
        Ok(strange)
    }

    /// The highest version of a file of rules, of the one that holds and of all that were adopted.
    pub fn latest_version(&self, path: &'static str) -> Result<u32> {
        let adopted = self.rule_days()?;
        let adopted = adopted.adopted(path).map(|day| layout::adopted(path, day));
        let heads = adopted.chain([path.to_owned()]).filter_map(|path| self.head_of(&path));
        Ok(heads.map(|head| head.version).max().unwrap_or_default())
    }

    /// A draft as its author wrote it; `None` where there is none.
    ///
    /// # Errors
    /// A draft that is no YAML.
    pub fn draft_text(&self, path: &'static str) -> Result<Option<RuleText>> {
        let Some(draft) = layout::draft(path) else { return Ok(None) };
        let Some(bytes) = self.bytes(&draft)? else { return Ok(None) };
        let text = RuleText::read(path, &bytes).map_err(|why| match why {
            Error::Broken { source, .. } => Error::Broken { path: draft, source },
            other => other,
        });
        text.map(Some)
    }

    /// The files that a change of what holds at once leaves: the file in its usual place, without those
    /// adopted files that it takes the place of.
    pub fn at_once(&self, file: FileChange, path: &'static str) -> Result<Vec<FileChange>> {
        let gone = self.superseded(path)?.into_iter();
        let gone = gone.map(|path| FileChange { path, content: None });
        Ok([file].into_iter().chain(gone).collect())
    }
}

impl RuleText {
    /// The files that adopting this draft with such a head leaves.
    ///
    /// # Errors
    /// A draft that is spelled so that its head cannot be put into its place.
    pub fn adopted(&self, document: &Document) -> Result<[FileChange; 2]> {
        let of = self.path();
        let text = self.with_document(document)?.text().to_owned();
        let path = layout::adopted(of, document.effective_on);
        let draft = layout::draft(of).ok_or_else(|| Error::NotOurs { path: of.to_owned() })?;
        Ok([
            FileChange { path, content: Some(text.into_bytes()) },
            FileChange { path: draft, content: None },
        ])
    }

    /// The file that leaves this text as a draft.
    pub fn into_draft(self) -> Result<FileChange> {
        let path = layout::draft(self.path());
        let path = path.ok_or_else(|| Error::NotOurs { path: self.path().to_owned() })?;
        Ok(FileChange { path, ..self.change() })
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::store::{
        Store,
        git::{Change, Identity, variables::GitVariables},
    };

    const LEVELS: &str = "policy/levels.yaml";
    const ADOPTED: &str = "policy/adopted/2026-12-01/levels.yaml";

    fn change(path: &str, at: &str) -> Change {
        let by = || Identity { name: "zhang".to_owned(), email: "zhang@example.com".to_owned() };
        Change {
            apart: Vec::new(),
            files: vec![FileChange { path: path.to_owned(), content: Some(b"x: 1\n".to_vec()) }],
            message: "x".to_owned(),
            author: by(),
            committer: by(),
            at: at.parse().unwrap(),
            done_at: None,
            sign: false,
        }
    }

    #[test]
    fn what_is_dated_after_midnight_is_decided_by_the_rules_of_that_day() {
        let dir = TempDir::new().unwrap();
        let store = Store::create(dir.path(), "main", &GitVariables::default(), None).unwrap();
        let write = |path: &str, at: &str| {
            let mut held = Vec::new();
            let decide = |view: &View<'_>| -> Result<_> {
                held.push(view.rules_at(LEVELS)?);
                Ok((Some(change(path, at)), ()))
            };
            store.write("main", &|_| {}, decide).unwrap();
            held
        };
        store.tell_time("2026-11-30T23:59:59Z".parse().unwrap());
        assert_eq!(write(ADOPTED, "2026-11-30T23:59:59Z"), [LEVELS]);
        assert_eq!(write("x", "2026-11-30T23:59:59Z"), [LEVELS]);
        assert_eq!(write("y", "2026-12-01T00:00:00Z"), [LEVELS, ADOPTED]);
        // and not by older ones where a clock is slow
        store.tell_time("2026-11-30T12:00:00Z".parse().unwrap());
        assert_eq!(write("z", "2026-11-30T12:00:00Z"), [ADOPTED]);
    }
}
