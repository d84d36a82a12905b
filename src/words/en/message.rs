//! Remarks in English.

use crate::{
    domain::{
        analysis::finding::phrase::Phrase,
        base::{
            characters::clean_line,
            print::minute,
            terms::{Channel, ContactKey, Party, Term},
        },
        deciding::contacts::Addressee,
        history::customer::CustomerField,
    },
    store::way_back::WayBack,
    words::{
        Words, counted,
        en::{detail::phrase, next, source},
        message::{DrawnPart, Message, RosterEdit, named_attachments},
        typed, typed_text,
    },
};

fn traffic(commits: usize, records: usize) -> String {
    let commits = counted(commits, "commit");
    if records == 0 { commits } else { format!("{commits} in {}", counted(records, "record")) }
}

const WORDS: Words = Words::of(&super::ENGLISH);

#[expect(clippy::too_many_lines, reason = "one sentence for each remark")]
pub(super) fn message(message: &Message) -> String {
    match message {
        Message::WaitingForLock => "waiting for another docket process …".to_owned(),
        Message::WaitingForSigner { name, process } => format!(
            "waiting for {name} to sign a commit (process {process}), two minutes at most …"
        ),
        Message::PersonalFound { fields, kinds } => {
            let kinds: Vec<_> = kinds.iter().map(|kind| WORDS.term(*kind)).collect();
            let contain = if fields.len() == 1 { "contains" } else { "contain" };
            format!("“{}” {contain} personal data: {}", fields.join("”, “"), kinds.join(", "))
        }
        Message::PersonalListed(line) => {
            let kinds = line.values.iter().map(|(kind, count)| match count {
                1 => WORDS.term(*kind).to_owned(),
                count => format!("{} × {count}", WORDS.term(*kind)),
            });
            let contacts: Vec<String> = line.contacts.iter().map(ToString::to_string).collect();
            let contacts = Some(contacts.join(", ")).filter(|contacts| !contacts.is_empty());
            let names = contacts.map(|contacts| format!("name, number or address of {contacts}"));
            let kept = if line.kept { ", kept with a reason" } else { "" };
            let kinds = kinds.collect::<Vec<_>>().join(", ") + kept;
            let found: Vec<String> =
                [Some(kinds).filter(|it| !it.is_empty()), names].into_iter().flatten().collect();
            let told: String = line.told.iter().map(|value| format!(" “{value}”")).collect();
            let (record, n) = (&line.record, line.n);
            let field = WORDS.text_field(line.step, line.field);
            format!("{record} event {n} {field}: {}{told}", found.join("; "))
        }
        Message::PersonalScanned { records, texts } => format!(
            "{} read; personal data in {}",
            counted(*records, "record"),
            counted(*texts, "text")
        ),
        Message::RedactionAsked { texts } => {
            let lines = texts.iter().map(|text| format!("\n  {}", clean_line(text)));
            let lines: String = lines.collect();
            format!("to be hidden, wherever the record is shown:{lines}\nthis cannot be undone")
        }
        Message::TextHidden { archive } => {
            let archive = archive.as_ref();
            let kept = archive.map_or_else(String::new, |path| format!(" and in {path}"));
            format!(
                "hidden from every answer, report and search; it still stands in the history{kept}: \
                 only a new history without it removes it"
            )
        }
        Message::PersonalTakenOut { values } => {
            format!("personal data taken out of the text: {}", counted(*values, "value"))
        }
        Message::WaitingForGit { path } => format!(
            "waiting for git to release {path}: a git command, an editor or another program may \
             hold it …"
        ),
        Message::WaitingForBranch => {
            "waiting until nobody else is committing here …".to_owned()
        }
        Message::CommittedBefore { commit } => format!("commit {commit} was already made and is kept"),
        Message::AnswerNeeded => "please answer; ? explains, Esc cancels".to_owned(),
        Message::ChoiceNeeded => {
            "please choose: type to filter, move with the arrow keys, take with Enter".to_owned()
        }
        Message::NothingFits => "nothing matches".to_owned(),
        Message::MoreFit { more } => format!("{more} more; type to filter"),
        Message::PossibleContact { contact, parts } => format!(
            "possible match, the same number but for the area code: {contact} {}",
            clean_line(&parts.join(" · "))
        ),
        Message::KnownCaller { parts } => format!("known: {}", clean_line(&parts.join(" · "))),
        Message::KnownCustomer { customer } => format!("known: {}", clean_line(customer)),
        Message::UnknownPhone => "nobody known has this number; who is it?".to_owned(),
        Message::AnotherTry { line } => format!("what you typed, to run again:\n{line}"),
        Message::Recovered { commit, left } => {
            let done = format!("completed an interrupted step: {commit}");
            match left.as_slice() {
                [] => done,
                left => format!(
                    "{done}; changed since and left as they are: {}; \
                     see git status",
                    left.join(", ")
                ),
            }
        }
        Message::LogCutOff { commits } => format!(
            "this clone is shallow: what {} and earlier commits changed is not known; git fetch --unshallow",
            commits.join(", ")
        ),
        Message::Interrupted => {
            "the last step here was interrupted and not recorded: run it again"
                .to_owned()
        }
        Message::CommentsLost { path, comments } => format!(
            "{path}: these comments could not be kept; git show HEAD^:{path} has them: {}",
            comments.join("; ")
        ),
        Message::JournalSetAside { path } => format!(
            "the journal of an interrupted step could not be read and was kept as {path}; \
             see git status"
        ),
        Message::MergeDriverInstalled => {
            "this clone is set up: docket sync fetches, merges and pushes; git pull merges records too"
                .to_owned()
        }
        Message::SyncedAlready { remote } => format!("already up to date with {remote}"),
        Message::SyncReceived { commits, records } => format!("received {}", traffic(*commits, *records)),
        Message::SyncSent { commits, records, remote } => {
            format!("sent {} to {remote}", traffic(*commits, *records))
        }
        Message::FileStripped => {
            "place, time and camera were taken out of the picture; how it is turned stays".to_owned()
        }
        Message::NoVisits => "no visits".to_owned(),
        Message::VisitNext { tail, number, state } => {
            let id = tail.to_lowercase();
            format!("next: {}", next::visit(*state, &format!("{id} {number}")))
        }
        Message::SessionNext { tail, number, also } => {
            format!("next: {}", next::end_session(&tail.to_lowercase(), *number, *also))
        }
        Message::SessionRefused { tail } => format!(
            "next: docket visit plan {} --window TIME..TIME --engineer PERSON --reason TEXT, or help by telephone",
            tail.to_lowercase()
        ),
        Message::BrokenOnVisit { tail, prohibition, engineer } => format!(
            "this breaks {}; to open a complaint: docket open complaint TITLE --trigger misconduct --prohibition {prohibition} --about {} --against {engineer}",
            WORDS.term(*prohibition),
            tail.to_lowercase()
        ),
        Message::SameFile { number } => format!("attachment {number} has the same content"),
        Message::FileDropped => "its hash stays in the history; git gc --prune=now removes what it \
             held from this clone, and after docket sync from the remote and other clones\n\
             not reached: hosts that keep what nothing refers to, mirrors, backups, clones that do \
             not sync, copies that somebody saved"
            .to_owned(),
        Message::ContentKept { others } => {
            let (named, commands, more) = named_attachments(others, WORDS);
            let named = named.iter().map(|(record, number)| format!("attachment {number} of {record}"));
            let mut named: Vec<String> = named.collect();
            let is_one = others.len() == 1;
            named.extend((more > 0).then(|| format!("{more} more")));
            format!(
                "its hash stays in the history, and so does the content, because {} {} the same {}; to drop \
                 {} too:{commands}",
                named.join(", "),
                if is_one { "is" } else { "are" },
                if is_one { "file" } else { "files" },
                if is_one { "that" } else { "those" },
            )
        }
        Message::SavedBefore => "it was there already, with the same content".to_owned(),
        Message::SavedInsideDesk => {
            "saved inside the desk's repository: git add would add it to the history".to_owned()
        }
        Message::ErasureAsked { known, records } => {
            let lines = known.iter().map(|known| format!("\n  {}", clean_line(&known.join(" · "))));
            let lines: String = lines.collect();
            let kept = match records {
                0 => "no record names this person".to_owned(),
                1 => "1 record keeps the id and nothing else".to_owned(),
                records => format!("{records} records keep the id and nothing else"),
            };
            format!("to be erased, in every clone:{lines}\n{kept}; this cannot be undone")
        }
        Message::MaybeKnownAgain { contact } => format!(
            "if {contact} is the person who was erased, they are known again: \
             docket contact erase {contact} --reason TEXT"
        ),
        Message::ContactLost { record, next } => {
            let tail = record.tail().to_lowercase();
            let next = next.as_ref().map_or_else(
                || format!("docket show {tail}"),
                |turn| next::hint(turn, Addressee::Other, &tail),
            );
            format!("{record} is unfinished, and its contact was erased; next: {next}")
        }
        Message::ContactAdded { contact, name, customer } => {
            format!("added contact {contact}: {} ({})", clean_line(name), clean_line(customer))
        }
        Message::ContactUpdated { contact, name } => {
            format!("updated contact {contact}: {}", clean_line(name))
        }
        Message::SharedReach { contact, other, name } => format!(
            "{other} ({}) has a number or address of {contact} too; one person? docket contact merge {contact} --into {other}",
            clean_line(name)
        ),
        Message::LikeNamed { contact, other, name } => format!(
            "{other} ({}) has the name of {contact} but for a title or the spelling; one person? docket contact merge {contact} --into {other}",
            clean_line(name)
        ),
        Message::SharedElsewhere { contact, others, more } => {
            let more = if *more > 0 { format!(" and {more} more") } else { String::new() };
            format!(
                "a number or address of {contact} is known of others as well: {}{more}",
                others.join(", ")
            )
        }
        Message::ContactMoved { contact, before, now } => format!(
            "{contact} belongs to {} now, not to {}; records keep the customer they have",
            clean_line(now),
            clean_line(before)
        ),
        Message::AlikeThere { contact, other, name } => format!(
            "{other} ({}) of that customer has the same name, number or address; one person? docket contact merge {contact} --into {other}",
            clean_line(name)
        ),
        Message::CustomerAdded { customer } => format!("customer {customer} is listed"),
        Message::CustomerListedAlready { customer } => format!(
            "customer {customer} is listed already, and nothing was written: docket customer change \
             {customer} --alias NAME gives it this name as well"
        ),
        Message::CustomerChanged { customer } => format!("customer {customer} is updated"),
        Message::VersionTaken { entry } => {
            format!("of several versions the newest was changed: {}", clean_line(entry))
        }
        Message::CountryChanged { year, has_holidays: false } => format!(
            "the country loads no holidays, and those of {year} are not known, so that no working time of it is counted: docket calendar import FILE.ics loads them, docket calendar import --no-holidays {year} counts without any"
        ),
        Message::CountryChanged { year, has_holidays: true } => format!(
            "the holidays of {year} stay as they are: docket calendar show lists them, docket calendar import FILE.ics loads others"
        ),
        Message::RulesChanged { path, version: Some(version) } => {
            format!("{path} is in force as version {version}")
        }
        Message::RulesChanged { path, version: None } => format!("{path} is in force"),
        Message::RulesDrafted { path, day } => format!(
            "the draft of {path} is kept for {day}; before that day: docket policy adopt {path}"
        ),
        Message::RulesAdopted { path, version, day } => {
            format!("{path} will be in force from {day} as version {version}")
        }
        Message::DraftDropped { path } => format!("the draft of {path} is dropped"),
        Message::AdoptionWithdrawn { path, day, is_draft_again: false } => {
            format!("the adoption of {path} for {day} is withdrawn")
        }
        Message::AdoptionWithdrawn { path, day, is_draft_again: true } => format!(
            "the adoption of {path} for {day} is withdrawn, and its draft is there again: docket policy edit {path} --next"
        ),
        Message::AdoptedAlone => {
            "you adopted your own draft, for nobody else may; the commit says so".to_owned()
        }
        Message::ReplacedOn { path, day } => format!(
            "from {day} on, what was adopted for that day takes the place of {path}: docket policy show"
        ),
        Message::AgreementUnread { path } => format!(
            "{path} cannot be read, so an agreement of this customer may not count, and the desk's limits apply: docket doctor --repair"
        ),
        Message::AgreementGone { customer, agreement } => format!(
            "customer {customer} has agreement {agreement}, which is not in policy/agreements.yaml, so the desk's limits apply: docket policy edit agreements adds it, docket customer change {customer} --agreement none takes it away"
        ),
        Message::AdoptionCame { of, path, day } => {
            format!("{of} was adopted for {day}: docket policy show {path}")
        }
        Message::DraftWaits { of, path, day } => {
            let day = day.map(|day| format!(" for {day}")).unwrap_or_default();
            format!("a draft of {of}{day} is not adopted yet: docket policy show {path}")
        }
        Message::DraftStays { of, path } => format!(
            "the draft of {of} was dropped in one clone and changed in another, so it is still there: docket policy show {path}"
        ),
        Message::AdoptedOvertaken { of, path, day } => format!(
            "from {day} on, {path} takes back what was changed since it was drafted: docket policy edit {of} --next --on {day}"
        ),
        Message::UnsoundRules { path, back: Some(WayBack::Revert(commit)) } => format!(
            "{path} cannot be read since {commit}: docket policy check says why, git revert --no-edit {commit} takes it back"
        ),
        Message::UnsoundRules { path, back: Some(WayBack::Restore { since, from }) } => format!(
            "{path} cannot be read since {since}: docket policy check says why; git restore --source={from} --staged --worktree {path} && git commit -m \"Restore {path}\" takes it back"
        ),
        Message::UnsoundRules { path, back: None } => format!(
            "{path} cannot be read: docket policy check says why, git log -p -- {path} where it came from"
        ),
        Message::RulesDoubtful { path, values } => format!(
            "{path} has {} that may be a slip: docket policy check",
            counted(*values, "value")
        ),
        Message::RulesUnchanged { path } => format!("nothing changed in {path}"),
        Message::DraftKept { file: None, draft } => format!("what you wrote is kept: {draft}"),
        Message::DraftKept { file: Some(file), draft } => format!(
            "what you wrote is kept: docket policy edit {file} --from {draft} --reason TEXT"
        ),
        Message::CustomersMerged { from, into } => {
            format!(
                "{from} is merged into {into}, which cannot be taken back; its records are found under both names"
            )
        }
        Message::RecordsFollow { name, records, customer } => format!(
            "{} under “{}” {} for {customer} now",
            counted(*records, "record"),
            clean_line(name),
            if *records == 1 { "counts" } else { "count" }
        ),
        Message::RecordsLeft { name, records } => {
            let name = clean_line(name);
            format!(
                "{} {} the name “{name}”, which no customer has any more: docket customer change CUSTOMER \
                 --alias {}",
                counted(*records, "record"),
                if *records == 1 { "keeps" } else { "keep" },
                typed_text(&name, "NAME")
            )
        }
        Message::ContactStays { tail, contact, other } => format!(
            "the contact is still {contact} of {}: docket amend {tail} --set contact=NAME --reason TEXT",
            clean_line(other)
        ),
        Message::SiteStays { tail, site } => format!(
            "the site is still {}: docket amend {tail} --set site=TEXT --reason TEXT",
            clean_line(site)
        ),
        Message::LocationStays { tail, location } => format!(
            "the location was assumed and stays {}; docket amend {tail} --event 1 --reason TEXT remarks \
             where it is",
            clean_line(location)
        ),
        Message::CustomerMergeAsked { from, into, records, names, sites, products } => {
            let lists = [("names", names), ("sites", sites), ("products", products)];
            let told = lists.iter().filter(|(_, texts)| !texts.is_empty());
            let told = told.map(|(what, texts)| format!("{what} {}", clean_line(&texts.join(", "))));
            let told: Vec<String> =
                [counted(*records, "record")].into_iter().chain(told).collect();
            format!(
                "of {from} count for {into} from then on: {}; this cannot be taken back",
                told.join("; ")
            )
        }
        Message::CustomerDisputed { customer }
        | Message::CustomersApart { customer, clash: Phrase::ValuesOf(..) } => format!(
            "two clones say different things of customer {customer}: docket customer show {customer}"
        ),
        Message::CustomersApart { clash, .. } => phrase(clash),
        Message::PersonStillKnown { erased, known } => format!(
            "{erased}, who was erased, is the same person as {known}: \
             docket contact erase {known} --reason TEXT"
        ),
        Message::GoneAlong { merged, erased } => format!(
            "{merged} was erased along with {erased}, into whom another clone had merged them; if they are \
             two people, enter {merged} anew: docket contact add"
        ),
        Message::PersonsWithRecords { remote } => format!(
            "{remote} still holds names, which are exchanged with another remote: \
             git push {remote} :refs/docket/people"
        ),
        Message::FileStays { why } => {
            format!("the step is made, but the file is still in this clone; docket sync removes it: {why}")
        }
        Message::NoAttachments => "no attachments".to_owned(),
        Message::AttachmentsVerified { intact, dropped, bad } => {
            format!("{intact} intact, {dropped} dropped, {bad} missing or different")
        }
        Message::SyncFilesSent { records, remote } => {
            format!("sent attachments of {} to {remote}", counted(*records, "record"))
        }
        Message::SyncFilesRefused { records, remote, why } => format!(
            "{remote} did not take the attachments of {}; they stay in this clone, and docket sync \
             sends them once {remote} takes references below refs/docket/files/:\n{why}",
            counted(*records, "record")
        ),
        Message::FilesLost { records, remote } => format!(
            "the attachments of {} are neither here nor at {remote}; docket check names them; \
             a clone that has them sends them again by docket attachment verify ID, then docket sync",
            counted(*records, "record")
        ),
        Message::SyncJoined { records } => {
            format!("merged {} changed on both sides; all events are kept", counted(*records, "record"))
        }
        Message::PersonsLeftOut { remote, files } => format!(
            "left out {} under refs/docket/people at {remote}: not what docket writes of a person",
            counted(*files, "file")
        ),
        Message::PersonsRestored { people, remote } => {
            format!("{remote} had lost the names of {}; they are there again", counted(*people, "person"))
        }
        Message::PersonsErased { people } => {
            format!("took away what this clone knew of {}, erased elsewhere", counted(*people, "person"))
        }
        Message::NamedInTexts { texts: 1 } => {
            "1 text contains the name, a number or an address; after the erasure it cannot be found by \
             the name. The line with which a team lead hides it:"
                .to_owned()
        }
        Message::NamedInTexts { texts } => format!(
            "{texts} texts contain the name, a number or an address; after the erasure they cannot be \
             found by the name. The lines with which a team lead hides them:"
        ),
        Message::FilesOfPerson { records } => {
            let shown: Vec<String> = records.iter().map(ToString::to_string).collect();
            format!(
                "files attached to records of this person stay: {}; docket attachment list ID shows them, \
                 docket attachment drop ID N --reason TEXT removes one",
                shown.join(", ")
            )
        }
        Message::AlikeStays { other, into } => {
            let merge = into.as_ref().map_or_else(String::new, |into| {
                format!("merge them first: docket contact merge {other} --into {into}, or ")
            });
            format!(
                "{other} has the same name or number and stays known; if it is the same person, \
                 {merge}erase them too: docket contact erase {other} --reason TEXT"
            )
        }
        Message::PersonsReceived { people } => {
            format!("received names and numbers of {}", counted(*people, "person"))
        }
        Message::SomeNamesNotHere { people } => {
            format!("the names of {} are not in this clone; docket sync brings them", counted(*people, "person"))
        }
        Message::NamesNotHere => {
            "names are not in this clone, so nobody can be recognised; docket sync brings them".to_owned()
        }
        Message::PersonErased { contact } => format!(
            "erased what this clone knew of {contact}; docket sync takes it from the remote and from \
             every clone that syncs"
        ),
        Message::PersonErasedInBranch { contact, branch, desk } => format!(
            "erased {contact} in {branch}, and what this clone knew of them; where {desk} knows them too, the \
             next sync brings them back: docket contact erase {contact} --branch {desk} --reason TEXT"
        ),
        Message::CustomerNamedSo { contact, listed } => {
            let renamed = listed.as_ref().map(|id| {
                format!("docket customer change {id} --name NAME --remove OLD renames the customer, ")
            });
            format!(
                "the customer of {contact} has the same name, which stays in the branch; {}docket amend RECORD \
                 --set customer=NAME renames it in a record",
                renamed.unwrap_or_default()
            )
        }
        Message::BeyondReach => {
            "not reached: the remote's own copies and backups until its git gc, mirrors, and clones that \
             have not synced since; names in free text stay, and docket privacy scan does not know them any \
             more"
                .to_owned()
        }
        Message::PeopleOfToday => {
            "people are shown as they are known today; --ids shows their ids instead".to_owned()
        }
        Message::CollectGarbage => {
            "git still holds what was taken away until: git gc --prune=now"
                .to_owned()
        }
        Message::PersonsRefused { remote, why } => format!(
            "{remote} has the records, but does not take who the people are (refs/docket/people); nothing \
             is lost: people: {{remote: NAME}} in docket.yaml names another remote for them:\n{why}"
        ),
        Message::HiddenReference { reference } => {
            format!("{reference} is there, but hidden from who fetches (uploadpack.hideRefs there)")
        }
        Message::PersonsObstructed { remote, reference } => format!(
            "{remote} has the records, but cannot take who the people are (refs/docket/people) while \
             {reference} is there, and nothing of this clone is lost; if nobody needs that reference: \
             git push {remote} :{}, then docket sync",
            typed(reference, "REFERENCE")
        ),
        Message::NoPeopleRemote { remote } => format!(
            "this clone has no remote {remote}, so names are not exchanged: git remote add {remote} URL"
        ),
        Message::SyncClash { record } => format!(
            "{record}: steps made in two clones conflict; docket show {record} shows them, \
             docket settle or docket sla recompute resolves them"
        ),
        Message::SyncRenamed { from, to } => format!(
            "two records had the id {from}; the one opened later is now {to}, in every clone"
        ),
        Message::MergedApart { contact } => format!(
            "{contact}: two clones merged it into different contacts; docket contact show {contact} shows \
             them, docket contact merge {contact} --into CONTACT decides"
        ),
        Message::ContactDisputed { contact, of } => {
            let names: Vec<&str> = of.iter().map(|key| WORDS.term(*key)).collect();
            let set: Vec<String> = of.iter().map(|key| format!("--set {}=…", key.code())).collect();
            let set = set.join(" ");
            // of which customer somebody is hides behind no mask
            let reveal = if of[..] == [ContactKey::Customer] { "" } else { " --reveal" };
            format!(
                "{contact}: two clones said different things of the {}; docket contact show \
                 {contact}{reveal} shows them, docket contact change {contact} {set} decides",
                names.join(", ")
            )
        }
        Message::MergedBothWays { contact, other } => format!(
            "{contact} and {other} were merged into each other; docket contact merge {other} --into \
             {contact} lets {contact} hold, docket contact merge {contact} --into {other} lets {other} hold"
        ),
        Message::Unsynced { count, since, remote } => {
            let since = since.as_ref().map(|since| format!(" since {since}")).unwrap_or_default();
            let more = if *count >= 1_000 { " or more" } else { "" };
            format!("not yet on {remote}: {}{more}{since}; docket sync", counted(*count, "step"))
        }
        Message::Healthy => "no damage found".to_owned(),
        Message::Mended => "repaired".to_owned(),
        Message::EditDropped { copy } if copy.is_empty() => "discarded".to_owned(),
        Message::EditDropped { copy } => format!("discarded; a copy is kept as {copy}"),
        Message::TakenBack { branch } => format!(
            "taken back; branch {branch} keeps them: git log -p {branch} shows what to do again by docket"
        ),
        Message::NotMended { why } => format!("not repaired: {why}"),
        Message::OutOfStep => "the status does not match the history".to_owned(),
        Message::HistoryHasMore => "the history contains events that are missing from the file, or differ from it".to_owned(),
        Message::OtherStagedChanges { paths } => format!(
            "other changes of {} are staged; git restore --staged unstages them",
            paths.join(", ")
        ),
        Message::RepairNext => "docket doctor --repair repairs it".to_owned(),
        Message::MoreOnBoard { shown, total } => {
            format!("{shown} of {total}; docket due and docket list --mine show all")
        }
        Message::DeskCreated { dir, person } => format!(
            "created a desk in {dir}; {person} is agent, team lead and relationship manager"
        ),
        Message::NoZoneKnown => {
            "this machine names no time zone, so the desk has UTC: correct timezone in docket.yaml if it is elsewhere, before the first record".to_owned()
        }
        Message::PlaceOtherwise { has_holidays } => {
            let holidays = if *has_holidays {
                ", and take the holidays away: docket policy edit calendar"
            } else {
                ""
            };
            format!(
                "if the desk is elsewhere, say so before the first record: docket policy set docket.timezone ZONE --reason TEXT; likewise docket.locale and docket.country{holidays}"
            )
        }
        Message::DeskPlace { timezone, from, language, country, holidays, year } => {
            let from = from.map(|from| format!(" (from {from})")).unwrap_or_default();
            let years: Vec<_> = holidays.iter().map(ToString::to_string).collect();
            let holidays = if years.is_empty() {
                format!(
                    "no holidays yet, so working time is not counted: docket calendar import \
                     FILE.ics loads them, docket calendar import --no-holidays {year} counts without any"
                )
            } else if holidays.contains(year) {
                format!("holidays of {}", years.join(", "))
            } else {
                format!(
                    "holidays of {}, not yet of {year}, so that no working time of it is counted: docket calendar \
                     import FILE.ics loads them, docket calendar import --no-holidays {year} counts without any",
                    years.join(", ")
                )
            };
            let country = country.as_deref().unwrap_or("unknown");
            format!("time zone {timezone}{from}, language {language}, country {country}: {holidays}")
        }
        Message::DeskExists { dir } => format!("{dir} is already a desk; nothing was changed"),
        Message::GoThere { dir } => format!("go there: cd {dir}"),
        Message::FirstCall => "log the first call: docket call TITLE -c CUSTOMER -n NAME; on a terminal docket call asks for them".to_owned(),
        Message::OthersOpen => "the desk logs the first call".to_owned(),
        Message::StepsInHelp => {
            "docket help lists the commands, docket help procedure who takes which step".to_owned()
        }
        Message::LookOnly { why } => format!("you can look here, but not record anything: {why}"),
        Message::AloneInRoster => {
            "nobody can confirm their own work, so add a colleague: docket people add ID --name NAME --email EMAIL --role agent".to_owned()
        }
        Message::Next { turn, addressee, tail, gaps } => {
            next::answer(turn, *addressee, &tail.to_lowercase(), gaps)
        }
        Message::NextAfterEnd { state, tail, remark, addressee } => {
            next::after_end(*state, &tail.to_lowercase(), *remark, *addressee)
        }
        Message::InsideAnother { dir } => format!(
            "this desk is a repository of its own inside that of {dir}, which does not keep its files"
        ),
        Message::NothingToReach => {
            "the card does not say how to reach the desk: fill in reach: in docket.yaml".to_owned()
        }
        Message::Assumed { kind, channel, need, time, location, symptom } => {
            let parts = [
                kind.map(|kind| format!("kind: {}", WORDS.term(kind))),
                channel.as_ref().map(|channel| format!("channel: {}", WORDS.open_term(Channel::VOCABULARY, channel.code()))),
                need.as_ref().map(|need| format!("need: {}", clean_line(need))),
                time.then(|| "occurred at: unknown".to_owned()),
                location.as_ref().map(|place| format!("location: {}", clean_line(place))),
                symptom.then(|| "symptom: as reported".to_owned()),
            ];
            let parts: Vec<_> = parts.into_iter().flatten().collect();
            format!("not told, so recorded as {}", parts.join("; "))
        }
        Message::NoCategory { tail, categories } => {
            let (tail, categories) = (tail.to_lowercase(), categories.join(", "));
            format!(
                "no category yet, needed to close: docket update {tail} --category CATEGORY\n\
                 categories: {categories}"
            )
        }
        Message::LikelyDuplicate { records, more } => {
            let named = records.iter().map(|(id, title)| format!("{id} “{}”", clean_line(title)));
            let named = named.collect::<Vec<_>>().join(", ");
            let more = if *more > 0 { format!(" and {more} more") } else { String::new() };
            format!("possible duplicate of {named}{more}")
        }
        Message::NewCustomer { customer, near } => {
            let new = format!("new customer {}", clean_line(customer));
            match &near[..] {
                [] => new,
                near => format!(
                    "{new}; did you mean {}? docket customer change CUSTOMER --alias NAME gives a listed \
                     one this name as well",
                    clean_line(&near.join(" or "))
                ),
            }
        }
        Message::CustomerToSettle { customer, fields } => {
            let change = format!("docket customer change {customer}");
            let flags: Vec<_> = fields.iter().map(|field| format!("--{}", field.name())).collect();
            let settle = format!("say what holds: {change} with {}", flags.join(", "));
            if !fields.contains(&CustomerField::Name) {
                return settle;
            }
            format!(
                "{settle}; if these are two customers, {change} --name NAME, {change} --remove OTHER, then \
                 docket customer add ID --name OTHER"
            )
        }
        Message::CustomerNear { customer, near } => format!(
            "did you mean {}? if it is one, docket customer merge {customer} --into CUSTOMER; where that one \
             is not listed, docket customer change {customer} --alias NAME",
            clean_line(&near.join(" or "))
        ),
        Message::NoCustomerListed => "no customer is listed; docket customer list --unlisted shows the names in records".to_owned(),
        Message::MergeAsked { from, into } => {
            format!("to be merged: {}\ninto:         {}", from.join("  "), into.join("  "))
        }
        Message::CustomersUnlisted { first, more } => {
            let more = if *more > 0 { format!(" and {more} more") } else { String::new() };
            format!("customers that are not listed, kept as told: {}{more}; list one: docket customer add ID --from CUSTOMER", first.join(", "))
        }
        Message::NoCustomer { given, near } if near.is_empty() => format!(
            "no customer “{}”; docket customer list --unlisted lists the names in records",
            clean_line(given)
        ),
        Message::NoCustomer { given, near } => format!(
            "no customer “{}”; did you mean {}?",
            clean_line(given),
            clean_line(&near.join(" or "))
        ),
        Message::NewContact { contact, name } => format!("new contact {contact}, {name}"),
        Message::ContactChanged { contact, label, before, now } => format!(
            "the first {} of {contact} is now {}; {} stays known",
            WORDS.label(*label),
            clean_line(now),
            clean_line(before)
        ),
        Message::DueUnknown { tail, hours: Some(hours), .. } => format!(
            "a due time is unknown: add the year to calendars.{hours} in policy/agreements.yaml, then run docket sla recompute {}",
            tail.to_lowercase()
        ),
        Message::DueUnknown { was_tried: true, .. } => {
            "a due time is still unknown: first load its year with docket calendar import FILE, or --no-holidays YEAR".to_owned()
        }
        Message::DueUnknown { tail, was_tried: false, .. } => format!(
            "a due time is unknown: load the year with docket calendar import FILE, or --no-holidays YEAR, then run docket sla recompute {}",
            tail.to_lowercase()
        ),
        Message::ProgressNeverPauses => {
            "progress never pauses a clock; docket hold does".to_owned()
        }
        Message::NothingToTakeOver => "no record was handed over to you".to_owned(),
        Message::NothingToHandOver => "you have no unfinished record to hand over".to_owned(),
        Message::NothingToFollowUp => "no follow-up is due".to_owned(),
        Message::NoSurveyPending => "no survey to send, and no answer awaited".to_owned(),
        Message::LeaveWatch => "q or Ctrl-C to leave".to_owned(),
        Message::MoreLines { count } => format!("… {} more", counted(*count, "line")),
        Message::NothingDue => "nothing is due".to_owned(),
        Message::NoRecordOfContact => "no record names this contact".to_owned(),
        Message::NothingFound | Message::NoContactFound | Message::NoCustomerFound => {
            "nothing found".to_owned()
        }
        Message::MoreRecords { shown, total } => {
            format!("{shown} of {total} shown; --limit 0 shows all")
        }
        Message::MoreOfCustomer { shown, total, customer } => {
            format!("{shown} of {total} shown; docket list --all --customer {customer} shows all")
        }
        Message::ComplaintOpened { complaint } => format!(
            "complaint {complaint} was opened automatically and linked to it; next: docket ack {} --reply-by TIME", complaint.tail().to_lowercase()
        ),
        Message::ComplaintRules => "complaints: the person complained about may neither own nor handle them
  ack only informs the customer; before route: update --verified or --unverified, and update --notified
  route: by the relationship manager; major ones to a team lead, general ones to a group
  resolve: after decide, with --informed, --method, --corrective and --preventive
  cancel: only once the validity is decided
  confirm: the callback, or --not-needed; if dissatisfied: close --dissatisfied --recourse, by the relationship manager
  a dissatisfied callback or a very dissatisfied survey answer opens one automatically; complaints open none".to_owned(),
        Message::LeftOut { path, why } => format!("skipped {path}: {why}"),
        Message::AuditedCommits { commits, heads } => {
            let head = |(head, branch): &(String, Option<String>)| match branch {
                Some(branch) => format!("{head} of {branch}"),
                None => head.clone(),
            };
            let heads: Vec<_> = heads.iter().map(head).collect();
            format!("{} up to {}", counted(*commits, "commit"), heads.join(" and "))
        }
        Message::HookCommits { hook, commits } => {
            format!("{hook}: {}", counted(*commits, "commit"))
        }
        Message::HookStaged { hook, rules: 0, others: 0 } => {
            format!("{hook}: no staged file is a policy file or written by docket alone")
        }
        Message::HookStaged { hook, rules, others: 0 } => {
            format!("{hook}: {}", counted(*rules, "staged policy file"))
        }
        Message::HookStaged { hook, rules, others } => format!(
            "{hook}: {}, {}",
            counted(*rules, "staged policy file"),
            counted(*others, "staged file of docket's own")
        ),
        Message::Checked { records, contacts } => {
            format!("{}, {}", counted(*records, "record"), counted(*contacts, "contact"))
        }
        Message::PolicyChecked { files } => counted(*files, "policy file"),
        Message::Verdict { of, errors, warnings, notes } => {
            let verdict = match (errors + warnings, notes) {
                (0, 0) => "clean",
                (0, _) => "notes only",
                _ => "not clean",
            };
            let [errors, warnings, notes] =
                [(errors, "error"), (warnings, "warning"), (notes, "note")]
                    .map(|(count, what)| counted(*count, what));
            format!("{of}: {verdict}; {errors}, {warnings}, {notes}")
        }
        Message::AssessorSample { month, records, seed, revision } => format!(
            "# Audit sample of {}\n\n{} · seed {seed} · data {revision}\n\nOf the records closed in \
             the month, those with the smallest numbers of `printf '%s' 'ID SEED' | sha1sum | cut -c1-8` \
             were drawn.\n",
            WORDS.month(*month),
            counted(*records, "record")
        ),
        Message::RowLeft { rows, why } => source::rows(rows, "record", "skipped, ", why),
        Message::RowLate { rows, why } => source::rows(rows, "row", "not added, ", why),
        Message::RowNoted { rows, why } => source::rows(rows, "row", "", why),
        Message::RowsRead(counts) => source::read(counts),
        Message::ImportStopped { why } => format!("stopped: {why}; what was imported stays, and the same command goes on from there"),
        Message::Untold { untold } => source::untold(*untold).to_owned(),
        Message::YearsMissing { years } => {
            let years: Vec<String> = years.iter().map(ToString::to_string).collect();
            format!(
                "the calendar has no working days for {}: due times in these years are unknown; \
                 docket calendar import FILE adds a year",
                years.join(", ")
            )
        }
        Message::MapListed { name, system, documented, tried } => {
            source::map_line(name, system, *documented, *tried)
        }
        Message::BoardOf { desk, person: Some(person), now } => format!("{desk} · {person} · {now}"),
        Message::BoardOf { desk, person: None, now } => format!("{desk} · {now}"),
        Message::BoardEmpty => "nothing to do now".to_owned(),
        Message::NoRecordYet => "nothing to do: there is no record yet".to_owned(),
        Message::NothingRecorded => {
            "nothing found: there is no record yet; docket shows how to begin".to_owned()
        }
        Message::AllFinished => "nothing to do: no record is unfinished".to_owned(),
        Message::Unfinished { count } => format!("{count} unfinished; docket list shows them"),
        Message::DemoMade { dir, person, records, commits } => format!(
            "created a sample desk in {dir}, by Shanghai time: {records} records, {commits} commits\n\
             you act as {person} there (set in the git configuration of that repository only)"
        ),
        Message::DemoClock { now } => format!("see it as it was then: export DOCKET_NOW={now}"),
        Message::ToTry { commands, other, switch } => format!(
            "three things to try there:\n  {}\nto go on as {other}:\n  {switch}",
            commands.join("\n  ")
        ),
        Message::RosterChanged { person, change } => match change {
            RosterEdit::Added => format!("added {person} to the roster"),
            RosterEdit::Updated => format!("updated {person} in the roster"),
            RosterEdit::Retired => format!("retired {person} from the roster"),
            RosterEdit::Rejoined => format!("{person} is back in the roster from today"),
        },
        Message::ContactsMerged { from, into } => format!("merged {from} into {into}"),
        Message::YearsLoaded { years } if years.is_empty() => {
            "nothing changed: the calendar already has these days".to_owned()
        }
        Message::YearsLoaded { years } => {
            let years: Vec<_> = years.iter().map(ToString::to_string).collect();
            format!("added to the calendar: {}", years.join(", "))
        }
        Message::HolidaysOf { hours, years } => {
            let years: Vec<_> = years.iter().map(ToString::to_string).collect();
            format!("holidays of {hours}: {}", years.join(", "))
        }
        Message::HolidaysKept { year, path } => format!(
            "nothing changed: the calendar has days off in {year}; take them out of {path} if they are wrong"
        ),
        Message::NoYearLoaded => "nothing changed, although the file has other days".to_owned(),
        Message::EventsLeft => "events that were not taken:".to_owned(),
        Message::DaysLeft { days } => {
            let days: Vec<_> = days.iter().map(ToString::to_string).collect();
            format!(
                "not taken, because their year is loaded already or not complete in the file: {}; \
                 add those that hold to policy/calendar.yaml",
                days.join(", ")
            )
        }
        Message::FindingsAre => {
            "docket check finds in the records what codes with A stand for, docket audit in the history \
             those with H; docket help A31 explains one of them"
                .to_owned()
        }
        Message::NoHolidays => "none, by docket calendar import --no-holidays".to_owned(),
        Message::CalendarMissing { year } => format!(
            "working time of {year} is not counted yet: docket calendar import FILE.ics loads the \
             holidays, docket calendar import --no-holidays {year} counts without any"
        ),
        Message::AskUnit { record, title, responsible } => {
            format!("{record} {title}: progress reported by {responsible} (empty to skip)")
        }
        Message::HookWritten { path } => format!("wrote {path}"),
        Message::HookExists { path } => format!("{path} already calls docket"),
        Message::HookKept { path, line } => {
            format!("{path} was not written by docket and was left alone; add this line to it: {line}")
        }
        Message::LaterAnswer => "kept, but the first answer counts".to_owned(),
        Message::EarlierQuestionnaire => {
            "kept; it answers an earlier questionnaire and does not count for the current one"
                .to_owned()
        }
        Message::LateAnswer { until } => format!(
            "kept, but too late to count: answers were awaited until {}",
            minute(*until)
        ),
        Message::UnaskedAnswer => {
            "no survey was sent for this record, so the answer counts outside the sample".to_owned()
        }
        Message::Line { line } => format!("line {line}: "),
        Message::OfFile { file } => format!("{file}: "),
        Message::AlreadyThere { record } => format!("{record}: already done, nothing changed"),
        Message::ReopenedSince { record, state } => format!(
            "{record} was drawn, but it is {} again; the survey is sent once it is closed",
            WORDS.term(*state)
        ),
        Message::Batch { done: 0, already: 0, refused: 0 } => "nothing changed".to_owned(),
        Message::Batch { done: 0, already, refused: 0 } => {
            format!("nothing changed ({already} already done)")
        }
        Message::Batch { done, already, refused } => {
            format!("{done} done, {already} already done, {refused} refused")
        }
        Message::SampleDrawn { month, parts } => {
            let alone = parts.iter().all(|part| part.party == Party::External);
            let part = |part: &DrawnPart| {
                let DrawnPart { party, closed, candidates, drawn, sample, cap } = part;
                let of = if alone { String::new() } else { format!("{}: ", WORDS.term(*party)) };
                format!(
                    "{of}{drawn} of {candidates} ({closed} closed), {sample}% by hash, \
                     1 to {cap} per customer"
                )
            };
            let parts: Vec<_> = parts.iter().map(part).collect();
            format!("sample of {}: {}", WORDS.month(*month), parts.join("; "))
        }
        Message::SurveyNext { months, over } => {
            let send = |month| format!("next: docket survey send --all --month {month} -o DIR\n");
            let mut text: String = months.iter().map(send).collect();
            if *over {
                text += "next: docket survey expire\n";
            }
            text
        }
        Message::ConsentRefused => "the customer did not agree; the due time stays".to_owned(),
    }
}
