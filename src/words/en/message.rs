//! Remarks in English.

use crate::{
    domain::{
        base::{print::minute, terms::State},
        history::complaint::ComplaintStep,
    },
    words::{Words, counted, message::{Message, RosterEdit}},
};

fn traffic(commits: usize, records: usize) -> String {
    let commits = counted(commits, "commit");
    if records == 0 { commits } else { format!("{commits} in {}", counted(records, "record")) }
}

const WORDS: Words = Words { catalogue: &super::ENGLISH };

#[expect(clippy::too_many_lines, reason = "one sentence for each remark")]
pub(super) fn message(message: &Message) -> String {
    match message {
        Message::WaitingForLock => "waiting for another docket process that is writing here …".to_owned(),
        Message::WaitingForSigner { name, process } => format!(
            "waiting for {name}, whose commit is being signed (process {process}); two minutes at most …"
        ),
        Message::WaitingForGit { path } => format!(
            "waiting for git to release {path}: a git command, an editor or another program may \
             hold it …"
        ),
        Message::WaitingForBranch => {
            "waiting for a moment in which nobody else commits here …".to_owned()
        }
        Message::CommittedBefore { commit } => format!("{commit} was committed before, and stands"),
        Message::Recovered { commit, left } => {
            let done = format!("finished what an interrupted docket had left: {commit}");
            match left.as_slice() {
                [] => done,
                left => format!(
                    "{done}; changed by somebody since and left as it is: {}; \
                     see git status",
                    left.join(", ")
                ),
            }
        }
        Message::CutOff => {
            "the last docket step here was interrupted before it was recorded: do it again"
                .to_owned()
        }
        Message::JournalSetAside { path } => format!(
            "the note of an interrupted docket could not be read and is kept as {path}; \
             see git status"
        ),
        Message::GitTaught => {
            "git merges records by docket in this clone from now on, so git pull works too"
                .to_owned()
        }
        Message::SyncedAlready { remote } => format!("this clone and {remote} hold the same"),
        Message::SyncCame { commits, records } => format!("came: {}", traffic(*commits, *records)),
        Message::SyncWent { commits, records, remote } => {
            format!("went to {remote}: {}", traffic(*commits, *records))
        }
        Message::SyncJoined { records } => {
            format!("continued on both sides, with every event of both: {}", counted(*records, "record"))
        }
        Message::SyncClash { record } => format!(
            "{record}: two clones did what does not go together; docket show {record} shows it, \
             docket settle or docket sla recompute ends it"
        ),
        Message::SyncRenamed { from, to } => format!(
            "{from} was given to two matters: the one opened later is {to} now, on every clone"
        ),
        Message::ContactDisputed { contact } => format!(
            "{contact}: two clones changed the same field; docket contact show {contact} --reveal shows \
             it, the next docket open --name {contact} --phone … settles it"
        ),
        Message::Unsynced { count, since, remote } => {
            let since = since.as_ref().map(|since| format!(" since {since}")).unwrap_or_default();
            let more = if *count >= 1_000 { " or more" } else { "" };
            format!("not yet at {remote}: {}{more}{since}; docket sync", counted(*count, "step"))
        }
        Message::Healthy => "nothing is wrong here".to_owned(),
        Message::Mended => "mended".to_owned(),
        Message::EditDropped { kept } if kept.is_empty() => "dropped".to_owned(),
        Message::EditDropped { kept } => format!("dropped; a copy is kept as {kept}"),
        Message::NotMended { why } => format!("not mended: {why}"),
        Message::OutOfStep => "the status does not match the history".to_owned(),
        Message::HistoryHasMore => "its history holds events that it lacks, or says otherwise".to_owned(),
        Message::StagedBesides { paths } => format!(
            "somebody staged other changes of {}; git restore --staged takes them out",
            paths.join(", ")
        ),
        Message::RepairNext => "docket doctor --repair does that".to_owned(),
        Message::MoreOnBoard { shown, total } => {
            format!("{shown} of {total}; docket due and docket list --mine show all")
        }
        Message::DeskMade { dir, person } => format!(
            "made the desk in {dir}; {person} is agent, team lead and relationship manager"
        ),
        Message::DeskThere { dir } => format!("{dir} is a desk already, nothing was changed"),
        Message::AloneInRoster => {
            "alone you cannot confirm your own work: docket people add ID --name NAME --email EMAIL --role agent".to_owned()
        }
        Message::NextOfComplaint { step, tail } => next_of_complaint(*step, tail),
        Message::Next { state, tail, remark } => next(*state, tail, *remark),
        Message::LikelyDuplicate { records } => {
            format!("this may be the same matter as {}", records.join(", "))
        }
        Message::NewContact { contact, name } => format!("new contact {contact}, {name}"),
        Message::DueUnknown { tail } => format!(
            "a due time is unknown: load the year with docket calendar import FILE, then docket sla recompute {}",
            tail.to_lowercase()
        ),
        Message::ProgressNeverPauses => {
            "progress never pauses a clock; docket hold does".to_owned()
        }
        Message::NothingToTakeOver => "no record was handed over to you".to_owned(),
        Message::NothingToHandOver => "you follow no unfinished record".to_owned(),
        Message::NothingToFollowUp => "no unit has to be asked for progress now".to_owned(),
        Message::NoSurveyPending => "no survey is to be sent or awaited".to_owned(),
        Message::NothingDue => "nothing is due".to_owned(),
        Message::NothingFound => "nothing found".to_owned(),
        Message::MoreRecords { shown, total } => {
            format!("{shown} of {total} shown; --limit 0 shows all")
        }
        Message::ComplaintOpened { complaint } => format!(
            "opened complaint {complaint} by itself, linked both ways; next: docket ack {} --reply-by T", complaint.tail().to_lowercase()
        ),
        Message::ComplaintRules => "complaints: the person complained of neither owns them nor acts on them (R93)
  ack only tells the customer; before route: update --verified or --unverified, and update --notified
  route: by the relationship manager; a major one to a team lead, a general one to a group
  resolve: after decide, with --informed, --method, --corrective and --preventive
  cancel: not while the validity is pending
  confirm: the callback, or --not-needed; dissatisfied: close --dissatisfied --recourse, by the relationship manager
  a dissatisfied callback and a very dissatisfied survey answer open one by themselves; a complaint opens none".to_owned(),
        Message::LeftOut { path, why } => format!("left out {path}: {why}"),
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
        Message::Checked { records, contacts } => {
            format!("{}, {}", counted(*records, "record"), counted(*contacts, "contact"))
        }
        Message::Verdict { of, clean, errors, warnings, notes } => {
            let verdict = if *clean { "clean" } else { "not clean" };
            let [errors, warnings, notes] =
                [(errors, "error"), (warnings, "warning"), (notes, "note")]
                    .map(|(count, what)| counted(*count, what));
            format!("{of}: {verdict}; {errors}, {warnings}, {notes}")
        }
        Message::AssessorSample { month, records, seed, revision } => format!(
            "# Audit sample of {month}\n\n{} · seed {seed} · data {revision}\n\nOf the records closed in \
             the month, those with the smallest numbers of `printf '%s' 'ID SEED' | sha1sum | cut -c1-8` \
             were drawn.\n",
            counted(*records, "record")
        ),
        Message::RowLeft { line, number, why } => format!("line {line}, {number}: left out, {why}"),
        Message::RowNoted { line, number, why } => format!("line {line}, {number}: {why}"),
        Message::RowsRead { rows, records, taken, already, left, dry } => {
            let done = if *dry { "can be imported" } else { "imported" };
            format!("{rows} rows of {records} records: {taken} {done}, {already} here already, {left} left out")
        }
        Message::BoardOf { desk, person: Some(person), now } => format!("{desk} · {person} · {now}"),
        Message::BoardOf { desk, person: None, now } => format!("{desk} · {now}"),
        Message::BoardEmpty => "nothing waits, nothing is late".to_owned(),
        Message::Unfinished { count } => format!("{count} unfinished; docket list shows them"),
        Message::DemoMade { dir, person, now, tail, records, commits } => format!(
            "made a sample desk in {dir}: {records} records, {commits} commits\n\
             you are {person} there, by the git settings of that repository alone; go on with:\n  \
             cd {dir}\n  export DOCKET_NOW={now}\n  docket list --all\n  docket show {tail}\n  \
             docket report request {tail} --lang zh-CN\n  git log --stat"
        ),
        Message::RosterChanged { person, change } => match change {
            RosterEdit::Added => format!("added {person} to the roster"),
            RosterEdit::Updated => format!("updated {person} in the roster"),
            RosterEdit::Retired => format!("retired {person} from the roster"),
        },
        Message::ContactsMerged { from, into } => format!("{from} is {into} from now on"),
        Message::YearsLoaded { years } if years.is_empty() => {
            "nothing new: the calendar has these years".to_owned()
        }
        Message::YearsLoaded { years } => {
            let years: Vec<_> = years.iter().map(ToString::to_string).collect();
            format!("the calendar has {} from now on", years.join(", "))
        }
        Message::StrayDays { days } => {
            let days: Vec<_> = days.iter().map(ToString::to_string).collect();
            format!(
                "left out, because they are of other years: {}; where such a year is loaded, \
                 write them into policy/calendar.yaml",
                days.join(", ")
            )
        }
        Message::NextYearMissing { year } => format!(
            "the calendar of {year} is not loaded: docket calendar import FILE"
        ),
        Message::AskUnit { record, title, responsible } => {
            format!("{record} {title}: what does {responsible} say? (empty skips)")
        }
        Message::HookWritten { path } => format!("{path} is written"),
        Message::HookThere { path } => format!("{path} calls docket already"),
        Message::HookKept { path, line } => {
            format!("{path} is somebody's own and stays; add this line to it: {line}")
        }
        Message::LaterAnswer => "kept beside the first answer, which counts".to_owned(),
        Message::EarlierPaper => {
            "kept; it answers an earlier questionnaire and does not count for the present one"
                .to_owned()
        }
        Message::LateAnswer { until } => format!(
            "kept, but too late to count: it was waited for until {}",
            minute(*until)
        ),
        Message::UnaskedAnswer => {
            "nobody asked for this answer, so it counts outside the sample".to_owned()
        }
        Message::Line { line } => format!("line {line}: "),
        Message::AlreadyThere { record } => format!("{record} is there already, nothing changed"),
        Message::ReopenedSince { record, state } => format!(
            "{record} was drawn, but it is {} again and is asked about once it is closed",
            WORDS.term(*state)
        ),
        Message::Batch { done: 0, already, refused: 0 } => {
            format!("nothing changed ({already} there already)")
        }
        Message::Batch { done, already, refused } => {
            format!("{done} done, {already} there already, {refused} refused")
        }
        Message::SampleDrawn { month, closed, candidates, drawn, sample, cap } => format!(
            "sample of {month}: {drawn} of {candidates} ({closed} closed), {sample} % by hash, \
             1 to {cap} of a customer"
        ),
        Message::SurveyNext { months, over } => {
            let send = |month| format!("next: docket survey send --all --month {month} -o DIR\n");
            let mut text: String = months.iter().map(send).collect();
            if *over {
                text += "next: docket survey expire\n";
            }
            text
        }
        Message::ConsentRefused => "the customer refused; the due time stays".to_owned(),
    }
}

fn next(state: State, tail: &str, remark: bool) -> String {
    let id = tail.to_lowercase();
    match state {
        State::Open => format!("next: docket ack {id} --reply-by T"),
        State::Acknowledged => format!("next: docket route {id} --to PERSON --reason TEXT"),
        State::Routed => format!("next: docket accept {id} --respond-by T"),
        State::InProgress => {
            format!("next: docket resolve {id} --result TEXT --cause TEXT --code CODE")
        }
        State::Pending => format!("next: docket resume {id}"),
        State::Resolved => format!("next: docket confirm {id} --with NAME --satisfaction 1..5"),
        State::Confirmed => format!("next: docket close {id}"),
        State::Closed if remark => format!("docket open --from {id} would make it formal"),
        State::Closed => format!("next: docket survey record {id} --satisfaction 1..5 --by NAME"),
        State::Cancelled | State::Merged => format!("see: docket show {id}"),
    }
}

/// What comes next where a complaint takes its own road.
fn next_of_complaint(step: ComplaintStep, tail: &str) -> String {
    let id = tail.to_lowercase();
    match step {
        ComplaintStep::Verify => {
            format!("next: docket update {id} --verified TEXT, or --unverified REASON")
        }
        ComplaintStep::Notify => format!("next: docket update {id} --notified PERSON"),
        ComplaintStep::Route => {
            format!(
                "next, by the relationship manager: docket route {id} --to PERSON --reason TEXT"
            )
        }
        ComplaintStep::Decide => format!(
            "next, by a team lead: docket decide {id} --finding TEXT --validity valid|partly|invalid"
        ),
        ComplaintStep::Resolve => format!(
            "next: docket resolve {id} --result TEXT --cause TEXT --code substantiated|unsubstantiated \
             --informed NAME --method M --corrective TEXT --preventive TEXT"
        ),
        ComplaintStep::CloseDissatisfied => format!(
            "next, by the relationship manager: docket close {id} --dissatisfied REASON --recourse TEXT"
        ),
    }
}
