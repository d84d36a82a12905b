//! What to do about a refusal, in English.

use super::{WORDS, gap, named};
use crate::{
    domain::{
        base::{
            permitted::PermittedValue,
            personal::PersonalKind,
            print::minute,
            terms::{Kind, Role, State, Term, VisitState},
        },
        deciding::contacts::Addressee,
        history::{
            refusal::{MissingPart, NeedReason, Refusal, Vocabulary},
            roles::{DESK, LEAD, MANAGERS},
            steps::Action,
        },
    },
    error::{MissingField, RefusalDetails},
    store::layout,
    words::{en::next, typed_text},
};

/// The next command, where there is one.
#[expect(clippy::too_many_lines, reason = "one hint for each refusal")]
pub(in crate::words::en) fn hint(refused: &RefusalDetails) -> Option<String> {
    let id = refused.record.as_ref().map_or_else(|| "ID".to_owned(), |it| it.tail().to_lowercase());
    Some(match &refused.why {
        Refusal::State(state) => way_on(*state, refused, &id),
        Refusal::Role { person, may } if !refused.viewer_is(Some(person)) => {
            who(may, refused, "one of")
        }
        Refusal::Role { may, .. } => who(may, refused, "let one of them do it"),
        Refusal::NotResponsible { responsible: None, .. } => {
            who(DESK, refused, "let one of them do it")
        }
        Refusal::CannotTakeOver { may, .. } | Refusal::NoTier { may, .. } => {
            who(may, refused, "one of")
        }
        Refusal::EscalatedToSelf { .. } => "docket people list shows who has which role".to_owned(),
        Refusal::NotResponsible { responsible: Some(person), .. }
            if !refused.can_be_entered() =>
        {
            format!("let {} do it, or the desk routes it: docket route {id} --to PERSON --reason TEXT", named(person, refused))
        }
        Refusal::NotResponsible { responsible: Some(person), .. } => format!(
            "record it for them with --on-behalf-of {person} --method phone, or: docket route {id} --to PERSON --reason TEXT"
        ),
        Refusal::NotOwner { .. } => format!("a team lead can: docket handover {id} --to PERSON --reason TEXT"),
        Refusal::OwnWork(_) => {
            "another team member has to call back: docket people list".to_owned()
        }
        Refusal::ContactMerged { into, .. } => format!("docket contact show {into}"),
        Refusal::CustomerMerged { into, .. } => format!(
            "{into} stands for both; docket customer change {into} --name NAME calls it otherwise"
        ),
        Refusal::NameOfCustomer { customer, .. } => format!("docket customer show {customer}"),
        Refusal::CustomerUnchanged { customer } | Refusal::NotOfCustomer { customer, .. } => {
            format!("docket customer show {customer}")
        }
        Refusal::ContactKnown { contact } => format!(
            "docket contact change {contact} --phone NUMBER adds to it; --namesake TEXT tells another person apart"
        ),
        Refusal::ContactUnchanged { contact } | Refusal::NotOfContact { contact, .. } => {
            format!("docket contact show {contact}")
        }
        Refusal::CustomerItself => "docket customer list".to_owned(),
        Refusal::MergedIntoThis { other, keep } => {
            format!("docket settle {other} --keep {keep} --reason TEXT, then repeat this command")
        }
        Refusal::ContactErased { .. } if refused.action == Some(Action::SurveySend) => {
            let survey = next::survey(&id);
            format!("where somebody else of the customer answers: {survey}")
        }
        Refusal::ContactErased { .. } if refused.turn_without_contact().is_some() => {
            next::hint(refused.turn_without_contact()?, refused.addressee, &id)
        }
        Refusal::ContactErased { .. } if refused.record.is_some() && refused.action.is_none() => {
            format!("docket show {id}")
        }
        Refusal::ContactErased { .. } | Refusal::ContactOfOther { .. } => {
            "docket contact list shows the contacts; a new name makes a new contact".to_owned()
        }
        Refusal::ReasonWithoutWords { .. } => {
            "say in words why it has to be kept: --contains-personal TEXT".to_owned()
        }
        Refusal::HeadLost { path } => format!("keep it as it is: docket policy show {path}"),
        Refusal::RulesMoved { path, day: None } => {
            format!("edit it as it is now: docket policy edit {path} --reason TEXT")
        }
        Refusal::RulesMoved { path, day: Some(day) } => format!(
            "edit it as it is now: docket policy edit {path} --next --on {day} --reason TEXT"
        ),
        Refusal::DraftBehind { path, day, .. } => format!(
            "make your changes in what will hold then, which is shown by: docket policy show {path} --as-of {day}"
        ),
        Refusal::DraftThere { path, .. } => format!(
            "docket policy show {} shows the draft; docket policy edit {path} --drop --reason TEXT drops it",
            layout::draft(path).unwrap_or_default()
        ),
        Refusal::DayPast { path, .. } => format!(
            "name a later day with --on; or put it in force now: docket policy edit {path} --from FILE --reason TEXT"
        ),
        Refusal::DraftOvertaken { path } => format!(
            "take it up again with what holds: docket policy edit {path} --next --reason TEXT; docket policy \
             show {path} shows what holds"
        ),
        Refusal::NoDraft { path } => {
            let path = path.unwrap_or("FILE");
            format!("write one for a day to come: docket policy edit {path} --next --on DAY --reason TEXT")
        }
        Refusal::DraftAdopted { path, days } => match &days[..] {
            [day, _, ..] => {
                format!("take the adoption back: docket policy adopt {path} --withdraw --on {day} --reason TEXT")
            }
            [] | [_] => format!("take the adoption back: docket policy adopt {path} --withdraw --reason TEXT"),
        },
        Refusal::NothingAdopted { .. } => {
            "docket policy show lists what is in force and what waits for its day".to_owned()
        }
        Refusal::AdoptedInForce { path, .. } => {
            format!("put other rules in force now: docket policy edit {path} --reason TEXT")
        }
        Refusal::AdoptedForDays { path, days } => {
            let day = days.first().map(ToString::to_string).unwrap_or_default();
            format!("say which: docket policy adopt {path} --withdraw --on {day} --reason TEXT")
        }
        Refusal::OwnDraft { path, other } => {
            format!("let one of them do it: {other}: docket policy adopt {path}")
        }
        Refusal::PersonInCustomer { .. } => {
            "name the customer alone; its people: docket contact add NAME --customer CUSTOMER".to_owned()
        }
        Refusal::PersonInReason => "say why without names, numbers and addresses".to_owned(),
        Refusal::PersonWaits { records, .. } => {
            let first = records.first().map(ToString::to_string).unwrap_or_default();
            format!("finish them first: docket show {first}")
        }
        Refusal::Unreadable { .. } => "docket doctor".to_owned(),
        Refusal::Staff { .. } => "name a person of the customer; if they share a name with a team member, add --namesake TEXT".to_owned(),
        Refusal::RulesOfLaterDay { file, .. } => format!(
            "a team lead corrects effective_on, or takes the change back until that day: git log -p -- policy/{file}.yaml"
        ),
        Refusal::Inactive(person) => format!(
            "docket people list; a team lead brings back who left: docket people rejoin {person}"
        ),
        Refusal::Unknown { thing, known, .. } if permitted(*thing, known).is_some() => {
            permitted(*thing, known)?
        }
        Refusal::Ambiguous { among, .. } => {
            let first = among.first().map_or("", |one| &one.code);
            format!("write more of the name, or the short name alone: {first}")
        }
        Refusal::OtherSide { .. } => {
            "--received-at TIME says when it came in, if not now".to_owned()
        }
        Refusal::DetectedBefore { .. } => {
            "--occurred-at TIME says when it happened, --occurred-at unknown that nobody knows".to_owned()
        }
        Refusal::Unknown { thing, given, .. } => match thing {
            Vocabulary::Person => "docket people list".to_owned(),
            Vocabulary::Against => "docket people list, policy/units.yaml, or service:TEXT".to_owned(),
            Vocabulary::Unit => "units are in policy/units.yaml".to_owned(),
            Vocabulary::Question if refused.action == Some(Action::Survey) => {
                "the questions are in policy/survey.yaml".to_owned()
            }
            Vocabulary::Category | Vocabulary::Product | Vocabulary::Channel | Vocabulary::Code | Vocabulary::CauseCategory | Vocabulary::Question => {
                "the values are in policy/catalog.yaml".to_owned()
            }
            Vocabulary::Contact => "docket contact list".to_owned(),
            Vocabulary::Customer => {
                format!("docket customer list shows those that are listed; docket customer add ID --name {} lists one", typed_text(given, "NAME"))
            }
            Vocabulary::CustomerName => "docket customer list --unlisted lists the names in records, docket \
                                         customer list the customers that are listed"
                .to_owned(),
            Vocabulary::Agreement => {
                "docket policy show agreements; docket policy edit agreements adds one".to_owned()
            }
            Vocabulary::Hours => "docket policy show agreements".to_owned(),
            Vocabulary::Record => "docket list --all".to_owned(),
            Vocabulary::Event => format!("docket show {id}"),
            Vocabulary::PauseReason | Vocabulary::MajorCriterion => {
                "the values are in policy/levels.yaml".to_owned()
            }
        },
        Refusal::UnreachableChannel { known, .. } => permitted(Vocabulary::Channel, known)?,
        Refusal::PersonalData { kinds, .. } if kinds.contains(&PersonalKind::Password) => "write it without the password".to_owned(),
        Refusal::PersonalData { .. } if refused.action.is_none() => "write it without".to_owned(),
        Refusal::PersonalData { .. } => "--contains-personal TEXT keeps it, or write it without".to_owned(),
        Refusal::Late { .. } => "--late-because TEXT".to_owned(),
        Refusal::BeyondLimit { .. } => "--reason TEXT, or promise an earlier time".to_owned(),
        Refusal::Needs { flag, why: NeedReason::Unit }
            if permitted(Vocabulary::Unit, &refused.units).is_some() =>
        {
            format!("add {flag} UNIT; {}", permitted(Vocabulary::Unit, &refused.units)?)
        }
        Refusal::Needs { flag, .. } => format!("add {flag} …"),
        Refusal::ComplainedOf(_) if refused.record.is_none() => {
            "let a colleague open it; --received-at keeps the time".to_owned()
        }
        Refusal::ComplainedOf(_) => "another team member has to do it: docket people list".to_owned(),
        Refusal::ComesFirst(gaps) => {
            gaps.iter().map(|gap| fills(gap, &id)).collect::<Vec<_>>().join("\n")
        }
        Refusal::MajorToLead(_) => format!(
            "docket route {id} --to PERSON --reason TEXT; {}",
            who(&[Role::TeamLead], refused, "one of")
        ),
        Refusal::NotTheManager(_) if !refused.having(MANAGERS).is_empty() => {
            who(MANAGERS, refused, "one of")
        }
        Refusal::NotTheManager(_) => {
            "nobody is one; a team lead names one: docket people change PERSON --role relationship_manager"
                .to_owned()
        }
        Refusal::TriggerByItself(_) => {
            "docket confirm and docket survey record open those; for your own: --trigger direct".to_owned()
        }
        Refusal::AboutComplaint => {
            "docket escalate ID --to PERSON --reason TEXT --method phone".to_owned()
        }
        Refusal::NotDissatisfied => format!("docket close {id}"),
        Refusal::CodeOfComplaints { known, .. } => permitted(Vocabulary::Code, known)?,
        Refusal::AlreadyRouted { .. } => way_on(State::Routed, refused, &id),
        Refusal::AgainstFinding { .. } => format!(
            "--code substantiated | unsubstantiated, or decide again: docket decide {id} --finding TEXT --validity VALIDITY"
        ),
        Refusal::Incomplete(gaps) => gaps.iter().map(|gap| fills(gap, &id)).collect::<Vec<_>>().join("\n"),
        Refusal::SameTier { tier, .. } => {
            format!("docket escalate {id} --tier {} --to PERSON --reason TEXT --method phone", tier + 1)
        }
        Refusal::TooFewAttempts { .. } => format!("docket confirm {id} --no-answer --method phone"),
        Refusal::WindowOpen { .. } => format!("docket reopen {id} --reason TEXT"),
        Refusal::WindowPassed { .. } => follow(&id),
        Refusal::NotUndone(_) if refused.has_undone() => {
            format!("docket show {id} shows what was undone already")
        }
        Refusal::PromisePassed { action: Action::Accept, .. } => {
            format!("docket respond {id} TEXT")
        }
        Refusal::PromisePassed { action: Action::Ack, .. } => {
            format!("docket explain {id} TEXT, or docket respond {id} TEXT")
        }
        Refusal::PromisePassed { .. } => {
            format!("docket explain {id} TEXT, or docket fulfil {id}")
        }
        Refusal::NotUndone(Action::Open) => format!("docket cancel {id} --mistake TEXT"),
        Refusal::NotUndone(Action::Close) => {
            format!("docket reopen {id} --reason TEXT")
        }
        Refusal::StepOfOther { .. } | Refusal::UndoPassed { .. } | Refusal::NotUndone(_) => {
            format!("docket amend {id} --event NUMBER --note TEXT --reason TEXT records what is right")
        }
        Refusal::AlreadyReplied(_) => {
            format!("docket update {id} --contact NAME --note TEXT")
        }
        Refusal::WantsReply => "open it as a request, fault, enquiry or complaint: docket open KIND TITLE …".to_owned(),
        Refusal::OnlyRemark => format!("docket open KIND --from {id} --name NAME --need TEXT makes a formal record of it"),
        Refusal::NoItem { family: Action::Visit, among, .. } if among.is_empty() => {
            format!("docket visit plan {id} --window TIME..TIME --engineer PERSON --reason TEXT")
        }
        Refusal::VisitAhead { number, state: VisitState::Planned } => {
            format!("docket visit move {id} {number} --window TIME..TIME --agreed-with NAME --reason TEXT")
        }
        Refusal::VisitState { number, state, .. }
        | Refusal::VisitOpen { number, state }
        | Refusal::VisitAhead { number, state } => {
            next::visit(*state, &format!("{id} {number}"))
        }
        Refusal::ItemOfOther { engineer, .. }
            if !refused.can_be_entered() => {
            format!("let {} or the desk do it", named(engineer, refused))
        }
        Refusal::ItemOfOther { engineer, .. } => {
            format!("record it for them with --on-behalf-of {engineer} --method phone")
        }
        Refusal::SessionRunning { number, also } => next::end_session(&id, *number, *also),
        Refusal::SessionOpen { number, engineer, also } => {
            let end = next::end_session(&id, *number, *also);
            if refused.viewer_is(Some(engineer)) {
                end
            } else {
                format!("{end} --on-behalf-of {engineer}")
            }
        }
        Refusal::CategoryKnown { given, .. } => {
            format!("docket update {id} --category {given} --reason TEXT")
        }
        Refusal::NoItem { family: Action::Remote, among, .. } if among.is_empty() => {
            format!("docket remote start {id} --consent NAME --method phone --scope view,control --tool TEXT --supervised-by NAME --reason TEXT")
        }
        Refusal::OtherSignature => format!("docket attachment list {id}"),
        Refusal::SignatureOfVisit { .. } => {
            "have the form of this visit signed on its own page".to_owned()
        }
        Refusal::NamesNobody { .. } => {
            "name whoever of the customer it was; docket contact list".to_owned()
        }
        Refusal::BrokenTwice(prohibition) => {
            format!("say all of it at once: --conduct \"{}: TEXT\"", prohibition.code().to_uppercase())
        }
        Refusal::OwnForm(_) => "docket people list".to_owned(),
        Refusal::WindowPast { .. } => {
            format!("docket visit miss {id} --reason TEXT; if they were told before: --told NAME --told-at TIME")
        }
        Refusal::WindowReversed { .. } => "docket help times".to_owned(),
        Refusal::EngineerAway { record, .. } | Refusal::EngineerConnected { record, .. } => {
            format!("docket show {}", record.tail().to_lowercase())
        }
        Refusal::NoPromise { .. }
        | Refusal::NoEvent(_)
        | Refusal::NoEventCalled { .. }
        | Refusal::NoTextThere { .. }
        | Refusal::RedactedBefore { .. }
        | Refusal::StaleValue { .. } => {
            format!("docket show {id}")
        }
        Refusal::MonthNotOver { .. } | Refusal::NothingAwaited | Refusal::StillAwaited { .. } => {
            "docket survey due lists what is pending".to_owned()
        }
        Refusal::QuestionsChanged { .. } => {
            "changed questions need a higher version in policy/survey.yaml".to_owned()
        }
        Refusal::AlreadyAsked { .. }
        | Refusal::NobodyToAsk
        | Refusal::OtherQuestions { .. }
        | Refusal::OtherSending { .. }
        | Refusal::AnswerKnown
        | Refusal::NothingToSettle
        | Refusal::NoSuchEvent { .. }
        | Refusal::NotOffered { .. }
        | Refusal::AlreadyOwner(_)
        | Refusal::AlreadyLinked
        | Refusal::SameValue(_)
        | Refusal::RelayedBefore { .. }
        | Refusal::VisitMoved { .. }
        | Refusal::FormDiffers { .. }
        | Refusal::VisitOrder { .. }
        | Refusal::SessionOver { .. }
        | Refusal::NoItem { .. }
        | Refusal::SessionOrder { .. } => format!("docket show {id}"),
        Refusal::WaitsFor { record, .. } | Refusal::OpenPart { record, .. } => {
            format!("docket show {record}")
        }
        Refusal::ClosedWhole { record } => {
            format!("docket reopen {record} --reason TEXT, then docket undo {id}")
        }
        Refusal::TakesAlong { .. } if refused.action == Some(Action::Undo) => {
            format!("docket show {id}; once those matters are solved too, docket resolve {id}")
        }
        Refusal::TakesAlong { .. } => format!(
            "if those matters are over too: docket cancel {id} --mistake TEXT --with-merged"
        ),
        Refusal::NotAnAddress { .. } => {
            "--email NAME@HOST, or leave it out".to_owned()
        }
        Refusal::TooManyReaches { contact, .. } => {
            format!("docket contact change {contact} --remove NUMBER takes one away that leads nowhere")
        }
        Refusal::NotAPhone { .. } => {
            "--phone 010-62345678 (an extension: --phone 010-62345678x12), or leave it out".to_owned()
        }
        Refusal::NoAttachment { there: 0, .. } => format!("docket attach {id} FILE adds one"),
        Refusal::NoAttachment { .. } | Refusal::DroppedBefore { .. } => {
            format!("docket attachment list {id}")
        }
        Refusal::AttachedByOther { .. } => who(LEAD, refused, "let one of them do it"),
        Refusal::FileTooLarge { .. } => {
            "make it smaller; a lead sets the limit under attachments in docket.yaml".to_owned()
        }
        Refusal::RecordFull { .. } => format!(
            "docket attachment drop {id} N --reason TEXT; a lead sets the limit under attachments in docket.yaml"
        ),
        Refusal::NumberInName { .. } => {
            "give the number apart from the name: --name NAME --phone NUMBER".to_owned()
        }
        Refusal::NoMessage => "docket open --for PERSON takes a message".to_owned(),
        Refusal::Calendar(_) => "enter the year in policy/calendar.yaml".to_owned(),
        Refusal::LeadOnly(_) => who(&[Role::TeamLead], refused, "let one of them do it"),
        Refusal::Awaited { person, .. } => format!("docket visit list --engineer {person}; docket visit move sends somebody else"),
        Refusal::Holds { person, .. } => format!("docket people retire {person} --reason TEXT --to PERSON hands them over"),
        Refusal::LastLead(_) => "make another person team lead first: docket people change ID --role team_lead".to_owned(),
        Refusal::Nothing if refused.action == Some(Action::Amend) => format!(
            "docket amend {id} --set FIELD=VALUE --reason TEXT, or --event NUMBER --note TEXT --reason TEXT"
        ),
        Refusal::Nothing if refused.action == Some(Action::Visit) => {
            format!("docket visit move {id} --window TIME..TIME --agreed-with NAME --reason TEXT")
        }
        Refusal::Nothing => format!("docket update {id} --note TEXT; docket update --help lists what else"),
        Refusal::Future(_) => "a time that has come, such as now, 09:15 or -20m".to_owned(),
        Refusal::NotInFuture { flag: "--window", .. } => {
            "a time to come, such as --window \"tomorrow 9:00..11:00\"".to_owned()
        }
        Refusal::NotInFuture { flag, .. } if flag.starts_with('-') => {
            format!("a time to come, such as {flag} +1h or {flag} \"tomorrow 10:00\"")
        }
        Refusal::NotInFuture { .. } => {
            "a time to come, such as +1h or \"tomorrow 10:00\"".to_owned()
        }
        Refusal::NotLater { flag, due, .. } => {
            format!("a later time, such as {flag} \"{}\"", minute(due.plus_minutes(60)))
        }
        Refusal::BeforeReceived { .. } | Refusal::DoneAfter { .. } => {
            format!("docket show {id} shows what happened when")
        }
        Refusal::SkippedTier { next, .. } => format!(
            "docket escalate {id} --tier {next} --to PERSON --reason TEXT --method phone"
        ),
        Refusal::LowerTier { reached, .. } => format!(
            "docket escalate {id} --tier {} --to PERSON --reason TEXT --method phone",
            reached + 1
        ),
        Refusal::Retired(_) | Refusal::PersonUnchanged(_) | Refusal::Taken { .. } => {
            "docket people list".to_owned()
        }
        Refusal::NothingToRecompute => format!("docket sla explain {id}"),
        Refusal::SameContact { .. } => "docket contact list".to_owned(),
        Refusal::ContactsOfTwo { .. } => {
            "if it is one person: docket contact change CONTACT --customer CUSTOMER moves one of them"
                .to_owned()
        }
        Refusal::NotARemark | Refusal::Itself | Refusal::FinishedTarget(_) => {
            "docket list --all".to_owned()
        }
        Refusal::OnlyComplaint { .. } => format!("the same without it: docket show {id}"),
        Refusal::NoNumberLeft
        | Refusal::LinkedInCircle { .. }
        | Refusal::OtherCustomer { .. }
        | Refusal::BadValue { .. }
        | Refusal::NoLongerLegal { .. }
        | Refusal::NotWanted { .. }
        | Refusal::NotImported
        | Refusal::ChangedHere
        | Refusal::NumberTwice { .. }
        | Refusal::AlreadyImported { .. }
        | Refusal::Text { .. }
        | Refusal::OnlyWith { .. }
        | Refusal::NotWith { .. }
        | Refusal::NotOnBehalf
        | Refusal::BeyondSource
        | Refusal::Misspelled { .. }
        | Refusal::OtherSubject { .. }
        | Refusal::ComplaintElsewhere => return None,
    })
}

/// Who has one of these roles, behind what they are named for.
fn who(roles: &[Role], refused: &RefusalDetails, what: &str) -> String {
    match WORDS.permitted(Vocabulary::Person, &refused.having(roles)) {
        Some(people) => format!("{what}: {people}"),
        None => "docket people list shows who has which role".to_owned(),
    }
}

/// The values that there are, unless they are too many for a line or none is listed.
fn permitted(thing: Vocabulary, known: &[PermittedValue]) -> Option<String> {
    Some(format!("one of: {}", WORDS.permitted(thing, known)?))
}

/// A new record after one that cannot be reopened any more.
fn follow(id: &str) -> String {
    format!("docket open --follows {id} --expected-by TIME")
}

/// The command that leads on from a state.
fn way_on(state: State, refused: &RefusalDetails, id: &str) -> String {
    if let Some(turn) = &refused.turn {
        return next::hint(turn, refused.addressee, id);
    }
    match state {
        State::Closed if refused.kind == Some(Kind::Remark) => {
            next::by(&refused.desk(), &next::formal(id))
        }
        State::Closed
            if refused.action == Some(Action::Close) && refused.addressee == Addressee::Contact =>
        {
            next::by(&refused.desk(), &next::survey(id))
        }
        State::Closed if refused.is_past_reopening => next::by(&refused.desk(), &follow(id)),
        State::Closed => next::by(&refused.desk(), &format!("docket reopen {id} --reason TEXT")),
        _ => format!("docket show {id}"),
    }
}

/// What is missing, each with the command that supplies it.
pub(in crate::words::en) fn gaps(
    missing: &[MissingPart],
    refused: &RefusalDetails,
) -> Vec<MissingField> {
    let id = refused.record.as_ref().map_or_else(|| "ID".to_owned(), |it| it.tail().to_lowercase());
    missing
        .iter()
        .map(|missing| MissingField::of_command(gap(missing), fills(missing, &id)))
        .collect()
}

pub(in crate::words) fn fills(gap: &MissingPart, id: &str) -> String {
    match gap {
        MissingPart::Contact => {
            format!("docket open --follows {id} …, because this record has no contact")
        }
        MissingPart::Need => format!("docket amend {id} --set need=TEXT --reason TEXT"),
        MissingPart::Category => format!("docket update {id} --category CATEGORY"),
        MissingPart::Product => format!("docket amend {id} --set product=PRODUCT --reason TEXT"),
        MissingPart::Answer(key) => format!("docket update {id} --answer {key}=TEXT"),
        MissingPart::Message => format!("docket relay {id} --method phone"),
        MissingPart::Promise(number) => {
            format!("docket fulfil {id} {number}, or: docket explain {id} {number} TEXT")
        }
        MissingPart::Verified => {
            format!("docket update {id} --verified TEXT, or --unverified REASON")
        }
        MissingPart::Notified => format!("docket update {id} --notified PERSON"),
        MissingPart::Routed => format!("docket route {id} --to PERSON --reason TEXT"),
        MissingPart::Decision => {
            format!("docket decide {id} --finding TEXT --validity VALIDITY")
        }
        MissingPart::Feedback => format!(
            "docket reopen {id} --reason TEXT, then docket resolve {id} --informed NAME --method METHOD …"
        ),
        MissingPart::Resolution => {
            format!("docket resolve {id} --result TEXT --cause TEXT --code CODE")
        }
        MissingPart::Order => format!("docket reopen {id} --reason TEXT"),
    }
}
