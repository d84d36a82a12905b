//! Who the customers' persons are, where clones meet: beside the records, with what the branch has
//! erased taken away.

use std::mem;

use crate::{
    app::{desk::OpenDesk, erasure::NamedText, sync::Synced},
    domain::{
        base::{
            ids::{ContactId, RecordId},
            terms::ContactKey,
        },
        history::contact::Contact,
    },
    error::{Error, Result},
    store::{
        Revision,
        git::{
            apart::{ApartAuthor, ApartChange},
            apart_remote::{ApartPush, ApartPushed, SIDE_REFERENCES},
            ids::CommitId,
            remote::PushResult,
        },
        layout,
        persons::{merge::PersonsMerge, without_persons},
        view::View,
    },
    words::message::Message,
};

/// What came of meeting another clone's people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncedPersons {
    /// Persons of whom two clones said different things, and of what.
    pub disputed: Vec<(ContactId, Vec<ContactKey>)>,
    /// Files of the remote that are not what docket writes of a person.
    pub left_out: Vec<String>,
    /// Persons of whom this clone knows more now.
    pub came: usize,
    /// Persons whom the remote had lost.
    pub restored: usize,
    /// Persons who were taken away here, for the branch has erased them.
    pub erased: usize,
    /// The texts in which those are named, of whom nothing is known any more that would find them.
    pub named: Vec<NamedText>,
    /// Unfinished records that lost their contact, who was erased in one clone while another had the
    /// record.
    pub records_without_contact: Vec<RecordId>,
    /// People who were erased in one clone while another merged them into somebody who is still known,
    /// with those.
    pub still_known: Vec<(ContactId, ContactId)>,
    /// People who went along with who was erased in one clone while another merged them into that person,
    /// with that person.
    pub gone_along: Vec<(ContactId, ContactId)>,
    /// The remote that they are exchanged with, where this clone has it.
    pub remote: Option<String>,
    /// Whether the records' remote holds people although they are exchanged with another one.
    pub is_left_on_records_remote: bool,
    /// The remote that people are exchanged with, which this clone has not.
    pub unreachable: Option<String>,
    /// That the remote does not take who they are.
    pub is_refused: bool,
}

impl SyncedPersons {
    /// Adds what a later turn of the same sync brought.
    pub(super) fn absorb(&mut self, merge: PersonsMerge, erased: usize) {
        self.disputed.extend(merge.disputed);
        self.left_out = merge.left_out;
        self.restored += merge.restored;
        self.came += merge.came;
        self.erased += erased;
    }
}

impl OpenDesk<'_> {
    /// The remote that people are exchanged with; `None` where the desk names one that this clone has
    /// not.
    pub(super) fn persons_remote(&self, remote: &str) -> Result<Option<String>> {
        let Some(own) = &self.desk.people.remote else { return Ok(Some(remote.to_owned())) };
        let names = self.store.git().remotes()?;
        Ok(names.into_iter().find(|name| name == own))
    }

    /// Who changes what is kept apart where no step does.
    pub(super) fn apart_author(&self) -> Result<ApartAuthor> {
        Ok(ApartAuthor { email: self.email()?, at: self.now() })
    }

    /// Takes in what another clone knows of people, and gives what it is to get.
    pub(super) fn take_in_persons(
        &self,
        remote: &str,
        theirs: Option<CommitId>,
        synced: &mut Synced,
    ) -> Result<Option<ApartPush>> {
        let git = self.store.git();
        // what is no commit, such as a tag, holds nobody, and is sent over
        let (seen, theirs) = (theirs, theirs.filter(|theirs| git.snapshot(*theirs).is_ok()));
        if self.store.has_gone_back(remote, theirs)? {
            self.store.forget_asked_for_files();
        }
        let ours = git.apart_commit(layout::PERSONS)?;
        let view = self.store.view(&Revision::Tip, &self.desk.branch)?;
        let is_first = match (ours, theirs) {
            (None, Some(theirs)) => self.take_in_first_persons(&view, (remote, theirs), synced)?,
            _ => false,
        };
        let differ = ours != theirs || !self.store.look_for_erased(&view)?.erased.is_empty();
        let held_back = if differ && !is_first {
            self.meet_persons(&view, (remote, theirs), synced)?
        } else {
            Vec::new()
        };
        let ours = self.persons_to_send(theirs, &held_back)?;
        if let Some(ours) = ours.filter(|ours| Some(*ours) == theirs) {
            self.store.agree_on_persons(remote, ours)?;
        }
        let new = ours.filter(|ours| Some(*ours) != theirs);
        Ok(new.map(|new| ApartPush { reference: layout::PERSONS.to_owned(), seen, new }))
    }

    /// Brings what this clone and another one know of people together; gives the files of those whom only
    /// another branch of this clone knows, which are not sent.
    fn meet_persons(
        &self,
        view: &View<'_>,
        (remote, theirs): (&str, Option<CommitId>),
        synced: &mut Synced,
    ) -> Result<Vec<String>> {
        let git = self.store.git();
        let named = self.texts_naming_erased(view)?;
        let (on_notice, by) = (|notice| self.notice(&notice), self.apart_author()?);
        let (mut merge, erased) = git.write_apart(&on_notice, || {
            let view = self.store.view(&Revision::Tip, &self.desk.branch)?;
            let merge = self.store.merged_persons(&view, remote, theirs)?;
            let erased = self.store.look_for_erased(&view)?.erased;
            let (reference, files) = (layout::PERSONS.to_owned(), merge.files.clone());
            let mut changes = vec![ApartChange { reference, files, by: Some(by.clone()) }];
            changes.extend(without_persons(&erased, &by));
            Ok::<_, Error>((changes, (merge, erased)))
        })?;
        if let Some(theirs) = theirs.filter(|_| merge.left_out.is_empty()) {
            let gone = erased.iter().map(layout::person).chain(merge.gone_there.drain(..));
            self.store.agree_on_seen(remote, theirs, &gone.collect::<Vec<_>>())?;
        }
        let held_back = mem::take(&mut merge.held_back);
        let gone = merge.erased.max(erased.len());
        synced.persons.absorb(merge, gone);
        synced.persons.named.extend(named);
        self.store.settle_persons(&self.store.view(&Revision::Tip, &self.desk.branch)?)?;
        // a fetch that was killed may have brought somebody who is erased
        git.free_kept_packs();
        Ok(held_back)
    }

    /// What this clone knows of people, but for these files: the other side's commit where it has the same.
    fn persons_to_send(
        &self,
        theirs: Option<CommitId>,
        held_back: &[String],
    ) -> Result<Option<CommitId>> {
        let git = self.store.git();
        let mut ours = git.apart_commit(layout::PERSONS)?;
        let is_whole = held_back.is_empty();
        if let Some(whole) = ours.filter(|_| !is_whole) {
            ours = git.apart_without(whole, held_back)?;
        }
        let tree = |commit: Option<CommitId>| -> Result<Option<String>> {
            Ok(commit.map(|commit| git.snapshot(commit)).transpose()?.and_then(|it| it.tree()))
        };
        // who else brought them to the same has written the commit of it
        if let Some(theirs) = theirs.filter(|_| ours != theirs)
            && tree(ours)? == tree(Some(theirs))?
            && (!is_whole || self.adopt_persons(ours, theirs)?)
        {
            ours = Some(theirs);
        }
        Ok(ours)
    }

    /// The texts in which somebody is named whom the branch has erased and this clone still knows: once
    /// they are gone, nobody here can look for them.
    fn texts_naming_erased(&self, view: &View<'_>) -> Result<Vec<NamedText>> {
        let mut known = Vec::new();
        for id in self.store.look_for_erased(view)?.erased {
            // what is no person of docket's names nobody
            let Some(person) = view.person(&id).ok().flatten() else { continue };
            let contact = view.contact(&id)?;
            known.extend(contact.map(|contact| Contact { person: Some(person), ..contact }));
        }
        if known.is_empty() { Ok(Vec::new()) } else { self.texts_naming(view, &known) }
    }

    /// Lets a clone that knew nobody have what the other side has, without writing each file anew; false
    /// where not all of it is to be taken.
    fn take_in_first_persons(
        &self,
        view: &View<'_>,
        (remote, theirs): (&str, CommitId),
        synced: &mut Synced,
    ) -> Result<bool> {
        let merge = self.store.merged_persons(view, remote, Some(theirs))?;
        if !merge.equals_theirs || !self.adopt_persons(None, theirs)? {
            return Ok(false);
        }
        synced.persons.absorb(merge, 0);
        self.store.note_nobody_erased(view, theirs)?;
        Ok(true)
    }

    /// Takes the other side's commit as it is, if it says nothing that docket would not, and `ours` is
    /// still what this clone has.
    fn adopt_persons(&self, ours: Option<CommitId>, theirs: CommitId) -> Result<bool> {
        Ok(self.store.is_people_commit(theirs)?
            && self.store.git().replace_apart(layout::PERSONS, ours, theirs)?)
    }

    /// Notes what the remote has now, if nobody came first. A remote that does not take who the
    /// people are keeps nobody from exchanging records.
    pub(super) fn sent_persons(
        &self,
        remote: &str,
        (push, sent): (&ApartPush, ApartPushed),
        synced: &mut Synced,
    ) -> Result<PushResult> {
        match sent {
            ApartPushed::Done | ApartPushed::UpToDate => {
                self.store.agree_on_persons(remote, push.new)?;
            }
            ApartPushed::TooLate(why) => {
                let remote = remote.to_owned();
                let told = if let Some(reference) = self.in_the_way(&remote, push)? {
                    Message::PersonsObstructed { remote, reference }
                } else if let Some(why) = self.hidden(&remote, (push, &why))? {
                    Message::PersonsRefused { remote, why }
                } else {
                    return Ok(PushResult::TooLate(why));
                };
                self.app.ui.warn(&self.words.message(&told));
                synced.persons.is_refused = true;
            }
            ApartPushed::Refused(why) => {
                let refused = Message::PersonsRefused { remote: remote.to_owned(), why };
                self.app.ui.warn(&self.words.message(&refused));
                synced.persons.is_refused = true;
            }
        }
        Ok(PushResult::Done)
    }

    /// That the remote hides what a push came too late for, if it does.
    pub(super) fn hidden(
        &self,
        remote: &str,
        (push, said): (&ApartPush, &str),
    ) -> Result<Option<String>> {
        let progress = self.app.ui.progress(remote);
        let on_progress = |line: &str| progress.message(line);
        let is_hidden = self.store.git().is_hidden(remote, (push, said), &on_progress)?;
        let told = Message::HiddenReference { reference: push.reference.clone() };
        Ok(is_hidden.then(|| self.words.message(&told)))
    }

    /// The reference of a remote beside which git cannot write one that is not there: a name is a file or a
    /// folder.
    fn in_the_way(&self, remote: &str, push: &ApartPush) -> Result<Option<String>> {
        if push.seen.is_some() {
            return Ok(None);
        }
        let progress = self.app.ui.progress(remote);
        let on_progress = |line: &str| progress.message(line);
        let git = self.store.git();
        let folder = SIDE_REFERENCES.trim_end_matches('/');
        let above = git.list_apart(remote, folder, &on_progress)?;
        let above = above.into_iter().filter(|(name, _)| name == folder);
        let below = git.list_apart(remote, &format!("{}/*", push.reference), &on_progress)?;
        Ok(above.chain(below).map(|(name, _)| name).next())
    }
}
