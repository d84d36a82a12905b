//! Two commits of a desk as one: what each side did, and both together where both did something.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::{
        base::ids::{ContactId, CustomerId, RecordId},
        history::{
            contact::{Contact, ContactField},
            customer::Customer,
            event::RULES,
            merge::{self, Clash, circle, contacts, customers},
            record::Record,
        },
    },
    store::{
        Store,
        error::{Error, Result},
        file,
        git::{
            FileChange,
            ids::{BlobId, CommitId},
            merge::{ForkedPath, MergeSettings, Side},
        },
        layout,
        parse::{parse, read_record},
        record_file,
        rule_edit::RuleText,
        rule_merge::{self, RulesClash},
        view::View,
    },
};

/// What the merge of two commits holds, told as changes of the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskMerge {
    /// Files that are the other side's.
    pub taken: Vec<String>,
    /// Files that neither side has as they are now.
    pub files: Vec<FileChange>,
    /// Files besides records, contacts and customers of which both sides changed one value, or the same
    /// lines.
    pub conflicts: Vec<String>,
    /// Why those of them that are files of rules are left to a person.
    pub clashes: Vec<RulesClash>,
    /// Records that both sides continued.
    pub joined: Vec<RecordId>,
    /// Of these, the ones in which something was set aside or is disputed since.
    pub clashing: Vec<RecordId>,
    /// Records that had to give up their id, as they were called and as they are.
    pub renamed: Vec<(RecordId, RecordId)>,
    /// Contacts of which both sides changed a field.
    pub disputed: Vec<(ContactId, ContactField)>,
    /// Contacts that hold although one side merged them into another one, with that one.
    pub mutual: Vec<(ContactId, String)>,
    /// Files of rules as git alone merges them by their lines, where that gives something else.
    pub by_lines: Vec<FileChange>,
    /// What is in `files` only because both sides merged two into each other, as it would be else: by
    /// its own files alone git cannot know.
    pub crossed: Vec<FileChange>,
}

impl Store {
    /// What merging `theirs` into `ours` gives. Which is which makes no difference to what records
    /// and contacts hold.
    ///
    /// # Errors
    /// [`Error::Unrelated`] without a common commit, [`Error::Unmergeable`] for a record that was
    /// changed by hand, [`Error::Newer`] for what a later docket wrote, or an unreadable file.
    pub fn merge(&self, ours: CommitId, theirs: CommitId) -> Result<DeskMerge> {
        self.merged(ours, theirs, MergeSettings::OfClone)
    }

    /// As [`Self::merge`], of the desk's files alone and by git's own ways of merging: nothing that
    /// a clone's settings name is run.
    pub fn expected_merge(&self, ours: CommitId, theirs: CommitId) -> Result<DeskMerge> {
        self.merged(ours, theirs, MergeSettings::OfGit)
    }

    fn merged(&self, ours: CommitId, theirs: CommitId, ways: MergeSettings) -> Result<DeskMerge> {
        let base = self.repository.merge_base(ours, theirs)?.ok_or(Error::Unrelated)?;
        let mut joint = MergeInProgress {
            ours: &self.view_of(ours)?,
            theirs: &self.view_of(theirs)?,
            records: BTreeMap::new(),
            contacts: BTreeMap::new(),
            customers: Vec::new(),
            merge: DeskMerge::default(),
        };
        let often = self.repository.parted_often(ours, theirs)?;
        let (mut plain, mut rules) = (Vec::new(), Vec::new());
        let places: Option<&[&str]> = match ways {
            MergeSettings::OfClone => None,
            MergeSettings::OfGit => Some(&layout::PLACES),
        };
        for fork in self.repository.forked(base, ours, theirs, places)? {
            let own = layout::record_of(&fork.path).is_some()
                || layout::contact_of(&fork.path).is_some()
                || layout::customer_of(&fork.path).is_some();
            let is_rules = layout::rules_of(&fork.path);
            let others = if is_rules.is_some() { &mut rules } else { &mut plain };
            match fork.side() {
                Side::Alike => {}
                // what met in between may have been taken back on one side since
                _ if often && !own => others.push(fork),
                Side::Ours => {}
                Side::Theirs => joint.merge.taken.push(fork.path),
                Side::Apart if own => joint.both(self, base, &fork)?,
                Side::Apart if joint.waiting_rules(&fork)? => {}
                Side::Apart => others.push(fork),
            }
        }
        if !rules.is_empty() {
            joint.rules(self, (ours, theirs), &rules, often)?;
        }
        if !plain.is_empty() {
            joint.plain(self, (ours, theirs), &plain, ways)?;
        }
        joint.finish()
    }
}

/// A merge under way.
struct MergeInProgress<'a> {
    ours: &'a View<'a>,
    theirs: &'a View<'a>,
    /// The records that both sides continued, and those that one of them displaced.
    records: BTreeMap<RecordId, Record>,
    /// The contacts that both sides changed.
    contacts: BTreeMap<ContactId, Contact>,
    /// The customers that both sides changed.
    customers: Vec<Customer>,
    merge: DeskMerge,
}

impl MergeInProgress<'_> {
    fn both(&mut self, store: &Store, base: CommitId, fork: &ForkedPath) -> Result<()> {
        if let Some(id) = layout::record_of(&fork.path) {
            self.merge.joined.push(id.clone());
            return self.load(&id);
        }
        if let Some(id) = layout::contact_of(&fork.path) {
            return self.contact(store, base, &id);
        }
        match layout::customer_of(&fork.path) {
            Some(id) => self.customer(store, base, &id),
            None => Err(Error::NotOurs { path: fork.path.clone() }),
        }
    }

    fn customer(&mut self, store: &Store, base: CommitId, id: &CustomerId) -> Result<()> {
        let (Some(ours), Some(theirs)) = (self.ours.customer(id)?, self.theirs.customer(id)?)
        else {
            // a customer that one side removed and the other changed is still there
            if self.ours.customer(id)?.is_none() {
                self.merge.taken.push(layout::customer(id));
            }
            return Ok(());
        };
        let base = store.view_of(base)?.customer(id)?;
        let merged = customers::customers(base.as_ref(), &ours, &theirs);
        self.customers.push(merged);
        Ok(())
    }

    /// Files of rules are merged value by value; where the sides met in between, git's own merge is asked
    /// first, which knows what was taken back since.
    fn rules(
        &mut self,
        store: &Store,
        (ours, theirs): (CommitId, CommitId),
        forks: &[ForkedPath],
        often: bool,
    ) -> Result<()> {
        let git = &store.repository;
        let met = if often { git.merged_by_git(ours, theirs, MergeSettings::OfGit)? } else { None };
        for fork in forks {
            let by_git = match &met {
                Some(met) => met.content(&fork.path)?,
                None => git.merge_text(fork)?.map(Some),
            };
            let joined = match &by_git {
                Some(_) if met.is_some() => Err(RulesClash::Values),
                _ => Self::rule_file(store, fork)?,
            };
            match (joined, by_git) {
                (Ok(joined), by_git) => {
                    let path = || fork.path.clone();
                    let lines = by_git.filter(|lines| lines.as_ref() != Some(&joined));
                    let lines = lines.map(|content| FileChange { path: path(), content });
                    self.merge.by_lines.extend(lines);
                    self.merged_file(fork, Some(joined));
                }
                (Err(_), Some(content)) if met.is_some() => self.merged_file(fork, content),
                (Err(clash), _) => {
                    self.merge.conflicts.push(fork.path.clone());
                    self.merge.clashes.push(clash);
                }
            }
        }
        Ok(())
    }

    /// A file of rules as both sides have it, or why that is for a person to say.
    fn rule_file(
        store: &Store,
        fork: &ForkedPath,
    ) -> Result<std::result::Result<Vec<u8>, RulesClash>> {
        let unjoined = Ok(Err(RulesClash::Values));
        let [base, Some(ours), Some(theirs)] = fork.held() else { return unjoined };
        let Some(path) = layout::rules_of(&fork.path) else { return unjoined };
        let read = |id: BlobId| store.repository.read_file(id, path);
        let base = base.map(|base| read(base.id)).transpose()?.unwrap_or_default();
        let (ours, theirs) = (read(ours.id)?, read(theirs.id)?);
        // what cannot be read is told where it was written
        rule_merge::of_rules(path, [&base, &ours, &theirs]).or(unjoined)
    }

    /// Takes in what became of a file.
    fn merged_file(&mut self, fork: &ForkedPath, content: Option<Vec<u8>>) {
        let path = fork.path.clone();
        let [_, mine, yours] = fork.held();
        let name = content.as_deref().and_then(BlobId::of);
        if name == mine.map(|held| held.id) {
            return;
        }
        if name == yours.map(|held| held.id) {
            self.merge.taken.push(path);
        } else {
            self.merge.files.push(FileChange { path, content });
        }
    }

    /// Whether it is told what becomes of rules that wait: a draft that one side adopted and the other wrote
    /// on is a draft again, and one that both adopted is adopted once, by the same of the two in every clone.
    fn waiting_rules(&mut self, fork: &ForkedPath) -> Result<bool> {
        let path = &fork.path;
        let sides = [self.ours.text(path)?, self.theirs.text(path)?];
        match sides {
            [None, Some(_)] if layout::draft_of(path).is_some() => {
                self.merge.taken.push(path.clone());
                Ok(true)
            }
            [Some(_), None] => Ok(layout::draft_of(path).is_some()),
            [Some(ours), Some(theirs)] if is_adopted_twice(path, [&ours, &theirs]) => {
                if theirs < ours {
                    self.merge.taken.push(path.clone());
                }
                Ok(true)
            }
            [Some(_) | None, _] => Ok(false),
        }
    }

    /// Everything but records, contacts, customers and rules is merged as git merges it.
    fn plain(
        &mut self,
        store: &Store,
        (ours, theirs): (CommitId, CommitId),
        forks: &[ForkedPath],
        ways: MergeSettings,
    ) -> Result<()> {
        let by_git = store.repository.merged_by_git(ours, theirs, ways)?;
        for fork in forks {
            let content = match &by_git {
                Some(by_git) => by_git.content(&fork.path)?,
                // an older git is asked for nothing but what it has always known
                None => store.repository.merge_text(fork)?.map(Some),
            };
            match content {
                Some(content) => self.merged_file(fork, content),
                None => self.merge.conflicts.push(fork.path.clone()),
            }
        }
        Ok(())
    }

    fn contact(&mut self, store: &Store, base: CommitId, id: &ContactId) -> Result<()> {
        let path = layout::contact(id);
        let side = |view: &View<'_>| view.contact(id).map(|found| found.map(impersonal));
        let (ours, theirs) = (side(self.ours)?, side(self.theirs)?);
        let (Some(ours), Some(theirs)) = (&ours, &theirs) else {
            // a contact that one side removed and the other changed is still there
            if ours.is_none() {
                self.merge.taken.push(path);
            }
            return Ok(());
        };
        let base = side(&store.view_of(base)?)?;
        let merged = one_person(base.as_ref(), ours, theirs)?;
        let is_new = |field, values| ours.disputed.get(&field) != Some(values);
        let new = merged.unsettled().filter(|(field, values)| is_new(*field, *values));
        self.merge.disputed.extend(new.map(|(field, _)| (id.clone(), field)));
        self.contacts.insert(id.clone(), merged);
        Ok(())
    }

    /// Takes in what both sides hold under an id.
    fn load(&mut self, id: &RecordId) -> Result<()> {
        for side in [self.ours, self.theirs] {
            if let Some(record) = side.record(id)? {
                let later = record.history.iter().map(|event| event.stamp.rules).max();
                if let Some(format) = later.filter(|rules| *rules > RULES) {
                    return Err(Error::Newer { path: layout::record(id), format, ours: RULES });
                }
                self.join(record)?;
            }
        }
        Ok(())
    }

    fn join(&mut self, record: Record) -> Result<()> {
        let id = record.id.clone();
        let unmergeable = |clash| Error::Unmergeable { id: id.clone(), clash };
        let Some(there) = self.records.get(&id) else {
            self.records.insert(id, record);
            return Ok(());
        };
        match merge::records(there, &record) {
            Ok(merged) => {
                self.records.insert(id, merged);
                Ok(())
            }
            Err(Clash::SameId) => {
                let (keeps, goes) = merge::apart(there, &record).map_err(unmergeable)?;
                self.records.insert(id.clone(), keeps);
                let to = goes.id.clone();
                if !self.records.contains_key(&to) {
                    self.load(&to)?;
                }
                self.merge.renamed.push((id, to));
                self.join(goes)
            }
            Err(clash) => Err(unmergeable(clash)),
        }
    }

    /// Lets one hold of records, and of contacts, that the two sides merged into each other. One of the
    /// merges is the other side's, so only what that side changed is looked at.
    fn part(&mut self, taken: &BTreeSet<String>) -> Result<()> {
        let leads_on = |path: &&String| -> Result<bool> {
            let text = self.theirs.text_anyway(path)?.unwrap_or_default();
            Ok(text.lines().any(|line| line.trim_start().starts_with("merged_into:")))
        };
        let mut merged = Vec::new();
        for path in taken {
            if leads_on(&path)? {
                merged.push(path.as_str());
            }
        }
        let records: BTreeSet<RecordId> =
            merged.iter().filter_map(|path| layout::record_of(path)).collect();
        for id in self.records.keys().cloned().chain(records).collect::<Vec<_>>() {
            let find = |id: &RecordId| self.record(id, taken);
            let Some(record) = find(&id)? else { continue };
            let Some(holds) = circle::crossed(&record, find)? else { continue };
            if let Some(before) = find(&holds.id)? {
                self.merge.crossed.push(record_file(&before)?);
            }
            self.records.insert(holds.id.clone(), holds);
        }
        let contacts: BTreeSet<ContactId> =
            merged.iter().filter_map(|path| layout::contact_of(path)).collect();
        for id in self.contacts.keys().cloned().chain(contacts).collect::<Vec<_>>() {
            let find = |id: &ContactId| self.person(id, taken);
            let Some(contact) = find(&id)? else { continue };
            let Some(holds) = circle::held(&contact, find)? else { continue };
            if let Some(before) = find(&holds.id)? {
                self.merge.crossed.push(file(layout::contact(&holds.id), &before)?);
            }
            let into = holds.disputed.get(&ContactField::MergedInto).into_iter().flatten();
            let into = into.filter(|into| !into.is_empty()).cloned();
            self.merge.mutual.extend(into.map(|into| (holds.id.clone(), into)));
            self.contacts.insert(holds.id.clone(), holds);
        }
        Ok(())
    }

    /// A record as the merge has it so far.
    fn record(&self, id: &RecordId, taken: &BTreeSet<String>) -> Result<Option<Record>> {
        match self.records.get(id) {
            Some(record) => Ok(Some(record.clone())),
            None if taken.contains(&layout::record(id)) => self.theirs.record(id),
            None => self.ours.record(id),
        }
    }

    /// A contact as the merge has it so far.
    fn person(&self, id: &ContactId, taken: &BTreeSet<String>) -> Result<Option<Contact>> {
        match self.contacts.get(id) {
            Some(contact) => Ok(Some(contact.clone())),
            None if taken.contains(&layout::contact(id)) => self.theirs.contact(id),
            None => self.ours.contact(id),
        }
    }

    fn finish(mut self) -> Result<DeskMerge> {
        let mut taken: BTreeSet<String> = self.merge.taken.drain(..).collect();
        self.part(&taken)?;
        for (id, contact) in &self.contacts {
            let file = file(layout::contact(id), contact)?;
            taken.remove(&file.path);
            self.merge.files.push(file);
        }
        for customer in &self.customers {
            let file = file(layout::customer(&customer.id), customer)?;
            taken.remove(&file.path);
            self.merge.files.push(file);
        }
        for (id, record) in &self.records {
            let (ours, theirs) = (self.ours.record(id)?, self.theirs.record(id)?);
            let file = record_file(record)?;
            taken.remove(&file.path);
            if ours.as_ref() != Some(record) {
                self.merge.files.push(file);
            }
            let marks = |record: &Option<Record>| {
                let status = record.as_ref().map(|record| &record.status);
                status.map_or((0, 0), |status| (status.set_aside.len(), status.disputed.len()))
            };
            let now = (record.status.set_aside.len(), record.status.disputed.len());
            let (one, other) = (marks(&ours), marks(&theirs));
            if now.0 > one.0.max(other.0) || now.1 > one.1.max(other.1) {
                self.merge.clashing.push(id.clone());
            }
        }
        self.merge.taken = taken.into_iter().collect();
        self.merge.mutual.sort();
        self.merge.mutual.dedup();
        self.merge.renamed.sort();
        self.merge.renamed.dedup();
        Ok(self.merge)
    }
}

/// Whether two texts are one draft that was adopted by two, or by one of them twice.
fn is_adopted_twice(path: &str, [one, other]: [&str; 2]) -> bool {
    let Some((of, _)) = layout::adopted_of(path) else { return false };
    let read = |text: &str| RuleText::read(of, text.as_bytes()).ok();
    let (Some(one), Some(other)) = (read(one), read(other)) else { return false };
    let Some(head) = other.document() else { return false };
    one.with_document(&head).is_ok_and(|told| told.text() == other.text())
}

/// One file of which both sides made something else, from its bytes as it was and as it is on each
/// side; what git's merge driver gives.
///
/// # Errors
/// As [`Store::merge`], and [`Error::Unmergeable`] for two matters under one id.
pub fn of_file(path: &str, sides: &[Vec<u8>; 3]) -> Result<Vec<u8>> {
    let [base, ours, theirs] = sides;
    let written = if let Some(id) = layout::record_of(path) {
        let merged = merge::records(&read_record(path, ours)?, &read_record(path, theirs)?);
        record_file(&merged.map_err(|clash| Error::Unmergeable { id, clash })?)?
    } else if layout::contact_of(path).is_some() {
        // git has an empty file for one that was not there
        let base: Option<Contact> = if base.is_empty() { None } else { Some(parse(path, base)?) };
        let (ours, theirs): (Contact, Contact) = (parse(path, ours)?, parse(path, theirs)?);
        file(path.to_owned(), &one_person(base.as_ref(), &ours, &theirs)?)?
    } else if layout::customer_of(path).is_some() {
        let base: Option<Customer> = if base.is_empty() { None } else { Some(parse(path, base)?) };
        let (ours, theirs): (Customer, Customer) = (parse(path, ours)?, parse(path, theirs)?);
        file(path.to_owned(), &customers::customers(base.as_ref(), &ours, &theirs))?
    } else if let Some(rules) = layout::rules_of(path) {
        let merged = rule_merge::of_rules(rules, sides.each_ref().map(Vec::as_slice))?;
        let (paths, with) = (vec![path.to_owned()], "MERGE_HEAD".to_owned());
        return merged.map_err(|why| Error::Conflict { paths, with, why });
    } else {
        return Err(Error::NotOurs { path: path.to_owned() });
    };
    Ok(written.content.unwrap_or_default())
}

/// What two sides hold of a person, unless each gave the id to another one.
fn one_person(base: Option<&Contact>, ours: &Contact, theirs: &Contact) -> Result<Contact> {
    if base.is_none() && contacts::are_two(ours, theirs) {
        return Err(Error::TwoPersons { id: ours.id.clone() });
    }
    Ok(contacts::contacts(base, ours, theirs))
}

/// The contact as the branch has it.
fn impersonal(contact: Contact) -> Contact {
    Contact { person: None, ..contact }
}
