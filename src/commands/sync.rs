//! `docket sync`: synchronises this clone with a remote.

use clap::Args;
use serde::{Serialize, Serializer};

use crate::{
    app::{
        App,
        sync::{Synced, Traffic},
        sync_files::FileTraffic,
    },
    commands::Command,
    domain::base::ids::{ContactId, RecordId},
    error::{Error, Result},
    store::{
        git::{BranchUpdate, Head},
        view::View,
    },
    ui::{answer::Answer, terminal::Terminal},
    words::message::Message,
};

#[derive(Args, Debug)]
pub struct SyncCommand {
    #[arg(long, value_name = "REMOTE")]
    remote: Option<String>,
}

impl Command for SyncCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        begin(app, self.remote.as_deref())?;
        let desk = app.desk()?;
        let remote = desk.remote(self.remote.as_deref())?;
        Ok(Box::new(desk.sync(&remote)?))
    }
}

/// A clone without a commit, as of a remote that was empty then, begins with what is there now.
fn begin(app: &App<'_>, remote: Option<&str>) -> Result<()> {
    let store = app.store()?;
    let Head::Branch { name, tip: None } = store.git().head_branch()? else { return Ok(()) };
    let Some(remote) = store.git().remote_of(&name, remote)? else { return Ok(()) };
    let Some(theirs) = store.git().fetch(&remote, &name, &[], &|_| {})? else { return Ok(()) };
    let forward = |_: &View<'_>| Ok::<_, Error>((Some(BranchUpdate::Forward(theirs)), ()));
    store.write(&name, &|_| {}, forward)?;
    Ok(())
}

impl Answer for Synced {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let nothing = Traffic::default();
        let mut messages = Vec::new();
        let is_quiet = self.files == FileTraffic::default() && self.persons.came == 0;
        if self.came == nothing && self.went == nothing && is_quiet {
            messages.push(Message::SyncedAlready { remote: self.remote.clone() });
        }
        if self.came != nothing {
            let Traffic { commits, records } = self.came;
            messages.push(Message::SyncReceived { commits, records });
        }
        if self.went != nothing {
            let Traffic { commits, records } = self.went;
            let remote = self.remote.clone();
            messages.push(Message::SyncSent { commits, records, remote });
        }
        if self.files.sent > 0 {
            let (records, remote) = (self.files.sent, self.remote.clone());
            messages.push(Message::SyncFilesSent { records, remote });
        }
        let joined = self.merge.joined.len();
        if joined > 0 {
            messages.push(Message::SyncJoined { records: joined });
        }
        messages.extend(
            self.merge.clashing.iter().cloned().map(|record| Message::SyncClash { record }),
        );
        let renamed = self.merge.renamed.iter().cloned();
        messages.extend(renamed.map(|(from, to)| Message::SyncRenamed { from, to }));
        let disputed = self.merge.disputed.iter().cloned();
        messages.extend(disputed.map(|contact| Message::ContactDisputed { contact }));
        let persons = &self.persons;
        let disputed = persons.disputed.iter().cloned();
        messages.extend(disputed.map(|contact| Message::ContactDisputed { contact }));
        if !persons.left_out.is_empty() {
            let (files, remote) = (persons.left_out.len(), persons.remote.clone());
            messages.push(Message::PersonsLeftOut { remote, files });
        }
        if persons.came > 0 {
            messages.push(Message::PersonsReceived { people: persons.came });
        }
        if persons.restored > 0 {
            let (people, remote) = (persons.restored, persons.remote.clone());
            messages.push(Message::PersonsRestored { people, remote });
        }
        if persons.erased > 0 {
            messages.push(Message::PersonsErased { people: persons.erased });
            messages.push(Message::CollectGarbage);
        }
        let lost = persons.records_without_contact.iter().cloned();
        messages.extend(lost.map(|record| Message::ContactLost { record }));
        let known = persons.still_known.iter().cloned();
        messages.extend(known.map(|(erased, known)| Message::PersonStillKnown { erased, known }));
        if persons.is_with_records {
            messages.push(Message::PersonsWithRecords { remote: self.remote.clone() });
        }
        messages
            .extend(persons.unreachable.clone().map(|remote| Message::NoPeopleRemote { remote }));
        let mutual = self.merge.mutual.iter().cloned();
        messages.extend(mutual.map(|(contact, other)| Message::MergedBothWays { contact, other }));
        messages.iter().map(|messages| words.message(messages) + "\n").collect()
    }

    /// That a remote does not take files, or who the people are, is no fault of the records, which it has.
    fn status(&self) -> u8 {
        if self.files.refused.is_empty() && !self.persons.is_refused { 0 } else { 3 }
    }
}

#[derive(Serialize)]
struct FileKeys<'s> {
    sent: usize,
    refused: &'s [RecordId],
}

impl Serialize for Synced {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct SyncKeys<'s> {
            remote: &'s str,
            branch: &'s str,
            came: Traffic,
            went: Traffic,
            joined: &'s [RecordId],
            clashing: &'s [RecordId],
            renamed: Vec<RenamedRecord<'s>>,
            disputed: Vec<&'s ContactId>,
            files: FileKeys<'s>,
            people: PeopleKeys<'s>,
        }
        #[derive(Serialize)]
        struct PeopleKeys<'s> {
            came: usize,
            restored: usize,
            erased: usize,
            left_out: usize,
            records_without_contact: &'s [RecordId],
            still_known: Vec<&'s ContactId>,
            with_records: bool,
            refused: bool,
            no_remote: Option<String>,
        }
        #[derive(Serialize)]
        struct RenamedRecord<'s> {
            from: &'s RecordId,
            to: &'s RecordId,
        }
        let merge = &self.merge;
        let keys = SyncKeys {
            remote: &self.remote,
            branch: &self.branch,
            came: self.came,
            went: self.went,
            joined: &merge.joined,
            clashing: &merge.clashing,
            renamed: merge.renamed.iter().map(|(from, to)| RenamedRecord { from, to }).collect(),
            disputed: merge
                .disputed
                .iter()
                .chain(merge.mutual.iter().map(|(contact, _)| contact))
                .chain(&self.persons.disputed)
                .collect(),
            files: FileKeys { sent: self.files.sent, refused: &self.files.refused },
            people: PeopleKeys {
                came: self.persons.came,
                restored: self.persons.restored,
                erased: self.persons.erased,
                left_out: self.persons.left_out.len(),
                records_without_contact: &self.persons.records_without_contact,
                still_known: self.persons.still_known.iter().map(|(_, known)| known).collect(),
                with_records: self.persons.is_with_records,
                refused: self.persons.is_refused,
                no_remote: self.persons.unreachable.clone(),
            },
        };
        keys.serialize(serializer)
    }
}
