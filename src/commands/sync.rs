//! `docket sync`: synchronises this clone with a remote.

use clap::Args;
use serde::{Serialize, Serializer};

use crate::{
    app::{
        App,
        desk::OpenDesk,
        sync::{Synced, Traffic},
        sync_files::FileTraffic,
    },
    commands::{
        Command,
        privacy::{lines_to_hide, redact_command},
    },
    domain::{
        analysis::next_step::NextTurn,
        base::{
            ids::{ContactId, CustomerId, RecordId},
            terms::ContactKey,
        },
        history::contact::ContactField,
    },
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
        let mut synced = Synced::default();
        if let Err(why) = desk.sync(&remote, &mut synced) {
            // whose names are gone cannot be looked for any more, however the rest ended
            let commands: Vec<_> = synced.persons.named.iter().map(redact_command).collect();
            let lines = lines_to_hide(&commands, desk.words).into_iter().map(|(_, line)| line);
            let lines: Vec<_> = lines.collect();
            if !lines.is_empty() {
                app.ui.warn(&lines.join("\n"));
            }
            return Err(why);
        }
        let next = turns(&desk, &synced.persons.records_without_contact)?;
        Ok(Box::new(SyncAnswer { synced, next }))
    }
}

/// What was synchronised, and what the records wait for whose contact was erased.
struct SyncAnswer {
    synced: Synced,
    next: Vec<(RecordId, Option<NextTurn>)>,
}

impl SyncAnswer {
    /// The commands that hide the texts in which erased people are named.
    fn to_hide(&self) -> Vec<String> {
        self.synced.persons.named.iter().map(redact_command).collect()
    }

    /// What came of the people; that some were erased comes last, before the texts that name them.
    fn of_people(&self) -> Vec<Message> {
        let mut messages = Vec::new();
        let persons = &self.synced.persons;
        let disputed = persons.disputed.iter().cloned();
        messages.extend(disputed.map(|(contact, of)| Message::ContactDisputed { contact, of }));
        if let (files @ 1.., Some(remote)) = (persons.left_out.len(), persons.remote.clone()) {
            messages.push(Message::PersonsLeftOut { remote, files });
        }
        if persons.came > 0 {
            messages.push(Message::PersonsReceived { people: persons.came });
        }
        if let (people @ 1.., Some(remote), false) =
            (persons.restored, persons.remote.clone(), persons.is_refused)
        {
            messages.push(Message::PersonsRestored { people, remote });
        }
        let lost = self.next.iter().cloned();
        messages.extend(lost.map(|(record, next)| Message::ContactLost { record, next }));
        let known = persons.still_known.iter().cloned();
        messages.extend(known.map(|(erased, known)| Message::PersonStillKnown { erased, known }));
        let along = persons.gone_along.iter().cloned();
        messages.extend(along.map(|(merged, erased)| Message::GoneAlong { merged, erased }));
        if persons.is_left_on_records_remote {
            messages.push(Message::PersonsWithRecords { remote: self.synced.remote.clone() });
        }
        messages
            .extend(persons.unreachable.clone().map(|remote| Message::NoPeopleRemote { remote }));
        if persons.erased > 0 {
            messages.push(Message::PersonsErased { people: persons.erased });
            messages.push(Message::CollectGarbage);
        }
        messages
    }
}

/// What each of these records waits for, as it is told to whoever works here.
fn turns(desk: &OpenDesk<'_>, records: &[RecordId]) -> Result<Vec<(RecordId, Option<NextTurn>)>> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let (view, policy) = (desk.view()?, desk.view()?.policy()?);
    let viewer = desk.actor(&policy).map(|actor| actor.person.id);
    let turn = |id: &RecordId| {
        let record = view.record(id).ok().flatten()?;
        NextTurn::of(&record.status, viewer.as_ref().ok()?, &policy)
    };
    Ok(records.iter().map(|id| (id.clone(), turn(id))).collect())
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

impl Answer for SyncAnswer {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let synced = &self.synced;
        let nothing = Traffic::default();
        let mut messages = Vec::new();
        let is_quiet = synced.files == FileTraffic::default() && synced.persons.came == 0;
        if synced.came == nothing && synced.went == nothing && is_quiet {
            messages.push(Message::SyncedAlready { remote: synced.remote.clone() });
        }
        if synced.came != nothing {
            let Traffic { commits, records } = synced.came;
            messages.push(Message::SyncReceived { commits, records });
        }
        if synced.went != nothing {
            let Traffic { commits, records } = synced.went;
            let remote = synced.remote.clone();
            messages.push(Message::SyncSent { commits, records, remote });
        }
        if synced.files.sent > 0 {
            let (records, remote) = (synced.files.sent, synced.remote.clone());
            messages.push(Message::SyncFilesSent { records, remote });
        }
        let joined = synced.merge.joined.len();
        if joined > 0 {
            messages.push(Message::SyncJoined { records: joined });
        }
        messages.extend(
            synced.merge.clashing.iter().cloned().map(|record| Message::SyncClash { record }),
        );
        let renamed = synced.merge.renamed.iter().cloned();
        messages.extend(renamed.map(|(from, to)| Message::SyncRenamed { from, to }));
        let apart = synced.merge.disputed.iter().cloned();
        messages.extend(apart.map(|(contact, field)| match field {
            ContactField::Customer => {
                Message::ContactDisputed { contact, of: vec![ContactKey::Customer] }
            }
            ContactField::MergedInto => Message::MergedApart { contact },
        }));
        let customers = synced.customers.iter().cloned();
        messages
            .extend(customers.map(|(customer, clash)| Message::CustomersApart { customer, clash }));
        let mutual = synced.merge.mutual.iter().cloned();
        messages.extend(mutual.map(|(contact, other)| Message::MergedBothWays { contact, other }));
        messages.extend(synced.adopted.iter().filter_map(|it| {
            Some(Message::AdoptionCame { of: it.of, path: it.path.clone(), day: it.day? })
        }));
        messages.extend(
            synced.kept_drafts.iter().cloned().map(|(of, path)| Message::DraftStays { of, path }),
        );
        messages.extend(synced.overtaken.iter().filter_map(|it| {
            let (of, path) = (it.of, it.path.clone());
            Some(Message::AdoptedOvertaken { of, path, day: it.day? })
        }));
        messages.extend(self.of_people());
        let told = messages.iter().map(|told| terminal.message(&words.message(told), None));
        let to_hide = lines_to_hide(&self.to_hide(), words).into_iter();
        told.chain(to_hide.map(|(indent, line)| terminal.indented(&line, indent))).collect()
    }

    /// That a remote does not take files, or who the people are, is no fault of the records, which it has.
    fn status(&self) -> u8 {
        if self.synced.files.refused.is_empty() && !self.synced.persons.is_refused { 0 } else { 3 }
    }
}

#[derive(Serialize)]
struct FileKeys<'s> {
    sent: usize,
    refused: &'s [RecordId],
}

impl Serialize for SyncAnswer {
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
            disputed_customers: Vec<&'s CustomerId>,
            adopted: Vec<&'s str>,
            kept_drafts: Vec<&'s str>,
            overtaken: Vec<&'s str>,
            files: FileKeys<'s>,
            people: PeopleKeys<'s>,
        }
        #[derive(Serialize)]
        struct PeopleKeys<'s> {
            came: usize,
            restored: usize,
            erased: usize,
            left_out: usize,
            to_hide: Vec<String>,
            records_without_contact: &'s [RecordId],
            still_known: Vec<&'s ContactId>,
            gone_along: Vec<&'s ContactId>,
            left_on_records_remote: bool,
            refused: bool,
            no_remote: Option<String>,
        }
        #[derive(Serialize)]
        struct RenamedRecord<'s> {
            from: &'s RecordId,
            to: &'s RecordId,
        }
        let synced = &self.synced;
        let merge = &synced.merge;
        let keys = SyncKeys {
            remote: &synced.remote,
            branch: &synced.branch,
            came: synced.came,
            went: synced.went,
            joined: &merge.joined,
            clashing: &merge.clashing,
            renamed: merge.renamed.iter().map(|(from, to)| RenamedRecord { from, to }).collect(),
            disputed: merge
                .disputed
                .iter()
                .map(|(contact, _)| contact)
                .chain(merge.mutual.iter().map(|(contact, _)| contact))
                .chain(synced.persons.disputed.iter().map(|(contact, _)| contact))
                .collect(),
            disputed_customers: synced.customers.iter().map(|(customer, _)| customer).collect(),
            adopted: synced.adopted.iter().map(|it| it.path.as_str()).collect(),
            kept_drafts: synced.kept_drafts.iter().map(|(_, path)| path.as_str()).collect(),
            overtaken: synced.overtaken.iter().map(|it| it.path.as_str()).collect(),
            files: FileKeys { sent: synced.files.sent, refused: &synced.files.refused },
            people: PeopleKeys {
                came: synced.persons.came,
                restored: synced.persons.restored,
                erased: synced.persons.erased,
                left_out: synced.persons.left_out.len(),
                to_hide: self.to_hide(),
                records_without_contact: &synced.persons.records_without_contact,
                still_known: synced.persons.still_known.iter().map(|(_, known)| known).collect(),
                gone_along: synced.persons.gone_along.iter().map(|(merged, _)| merged).collect(),
                left_on_records_remote: synced.persons.is_left_on_records_remote,
                refused: synced.persons.is_refused,
                no_remote: synced.persons.unreachable.clone(),
            },
        };
        keys.serialize(serializer)
    }
}
