//! Refusals in English.

use crate::{
    domain::{
        base::{
            ids::{PersonId, RecordId},
            permitted::PermittedValue,
            print::{clock, minute},
            terms::{Kind, Role, State},
            text::TextFault,
        },
        history::{
            contact::ContactField,
            lifecycle::leads_to,
            refusal::{MissingPart, NeedReason, Refusal, Vocabulary},
            roles::{DESK, MANAGERS},
            steps::Action,
        },
    },
    error::{MissingField, RefusalDetails},
    words::{Words, counted, en::next},
};

pub(super) const WORDS: Words = Words { catalogue: &super::ENGLISH };

/// `R-… cannot be closed: why`, or just why.
pub(super) fn refused(refused: &RefusalDetails) -> String {
    let why = why(&refused.why, refused);
    match (&refused.record, refused.action) {
        (Some(record), Some(action)) => format!("{record} {}: {why}", WORDS.cannot(action)),
        (Some(record), None) => format!("{record}: {why}"),
        (None, _) => why,
    }
}

#[expect(clippy::too_many_lines, reason = "one sentence for each refusal")]
fn why(why: &Refusal, refused: &RefusalDetails) -> String {
    let named = |id: &PersonId| named(id, refused);
    match why {
        Refusal::State(state) => in_state(*state, refused),
        Refusal::Role { person, may } => {
            let roles: Vec<_> = may.iter().map(|role| WORDS.term(*role)).collect();
            format!("{} is not allowed to do this; required role: {}", named(person), either(&roles))
        }
        Refusal::NotResponsible { person, responsible: Some(responsible) } => {
            format!("{} is responsible for it, not {}", named(responsible), named(person))
        }
        Refusal::NotResponsible { person, responsible: None } => {
            format!("nobody is responsible for it yet; until then only the desk may do this, not {}", named(person))
        }
        Refusal::NotOwner { person, owner } => {
            format!("{} owns it, not {}", named(owner), named(person))
        }
        Refusal::OwnWork(person) => {
            format!("{} resolved it and cannot confirm their own work", named(person))
        }
        Refusal::Staff { given, person } => {
            let person = named(person);
            format!(
                "“{given}” is {person}, a team member; a team member cannot answer for the customer"
            )
        }
        Refusal::RulesOfLaterDay { file, from } => format!(
            "policy/{file}.yaml holds only from {from} on (effective_on), and no other rules are in force until then"
        ),
        Refusal::Inactive(person) => format!("{} was not in the team then", named(person)),
        Refusal::Unknown { thing, given, nearest, known } => {
            let nearest = WORDS.nearest(*thing, nearest, known);
            let meant = if nearest.is_empty() {
                String::new()
            } else {
                format!("; did you mean {}?", nearest.join(" or "))
            };
            format!("no {} “{given}”{meant}", self::thing(*thing))
        }
        Refusal::Ambiguous { thing, given, among } => {
            let among: Vec<_> = among.iter().map(|one| WORDS.choice(*thing, one)).collect();
            let among: Vec<_> = among.iter().map(String::as_str).collect();
            format!("“{given}” may be {}", either(&among))
        }
        Refusal::UnreachableChannel { given, .. } => {
            format!("“{given}” is not a way to reach a person")
        }
        Refusal::Future(at) => format!("{} is in the future", minute(*at)),
        Refusal::Late { at, allowed } => {
            let allowed = WORDS.limit(*allowed);
            format!("{} is more than {allowed} ago; a late entry needs a reason", minute(*at))
        }
        Refusal::BeforeReceived { at, received_at } => {
            format!("{} is earlier than the record was received, {}", minute(*at), minute(*received_at))
        }
        Refusal::OtherSide { flag, given, received_at } => format!(
            "{flag}: {} is {} the record was received, {}",
            minute(*given),
            if given < received_at { "before" } else { "after" },
            minute(*received_at)
        ),
        Refusal::NotLater { flag, given, due } => format!(
            "{flag} must be later than the present due time, {}, not {}",
            minute(*due),
            minute(*given)
        ),
        Refusal::EscalatedToSelf { person } => {
            format!("{} cannot escalate to themselves", named(person))
        }
        Refusal::NoTier { person, tier, may } => {
            let roles: Vec<_> = may.iter().map(|role| WORDS.term(*role)).collect();
            format!("{} cannot be informed at tier {tier}; required role: {}", named(person), either(&roles))
        }
        Refusal::CannotTakeOver { person, may } => {
            let roles: Vec<_> = may.iter().map(|role| WORDS.term(*role)).collect();
            format!("{} cannot take it over; required role: {}", named(person), either(&roles))
        }
        Refusal::NotInFuture { flag, given } => {
            format!("{flag} must be in the future, not {}", minute(*given))
        }
        Refusal::DoneAfter { done_at, at } => format!(
            "{} is later than {}; completion, callback and closing must come in this order",
            minute(*done_at),
            minute(*at)
        ),
        Refusal::BeyondLimit { given, due } => format!(
            "{} is later than the response limit ({}) and needs a reason",
            minute(*given),
            minute(*due)
        ),
        Refusal::ComplainedOf(person) => {
            format!("it is a complaint against {}, who may neither own nor handle it", named(person))
        }
        Refusal::ComesFirst(gaps) => {
            let gaps: Vec<_> = gaps.iter().map(comes_first).collect();
            gaps.join("; ")
        }
        Refusal::MajorToLead(person) => {
            format!("major complaints go to a team lead; {} is not one", named(person))
        }
        Refusal::NotTheManager(person) => {
            format!(
                "complaints are reported to the relationship manager; {} is not one",
                named(person)
            )
        }
        Refusal::OnlyComplaint { flag } => format!("{flag} is for complaints only"),
        Refusal::TriggerByItself(trigger) => format!(
            "the trigger “{}” is only for complaints that docket opens automatically",
            WORDS.term(*trigger)
        ),
        Refusal::AboutComplaint => {
            "a complaint about a complaint is not possible: escalate it, or close it as dissatisfied"
                .to_owned()
        }
        Refusal::OtherSubject { own, other } => {
            let (own, other) = (subject(own, refused), subject(other, refused));
            format!("this complaint is against {own}, the other against {other}")
        }
        Refusal::ComplaintElsewhere => {
            "a complaint can only be merged into another complaint".to_owned()
        }
        Refusal::NotDissatisfied => {
            "the customer was not dissatisfied at the callback, so close it without --dissatisfied".to_owned()
        }
        Refusal::AgainstFinding { code, validity } => format!(
            "the complaint was decided as {}; {} contradicts that",
            WORDS.term(*validity),
            WORDS.open_term("code", code)
        ),
        Refusal::CodeOfComplaints { code, kind, .. } => format!(
            "“{}” is for complaints only; the kind is {}",
            WORDS.open_term("code", code),
            WORDS.term(*kind)
        ),
        Refusal::AlreadyRouted { to, at } => {
            format!("it is already routed to {}, since {}, and not accepted yet", named(to), minute(*at))
        }
        Refusal::Needs { flag, why } => format!("{}: {flag} is missing", need(*why)),
        Refusal::Incomplete(gaps) => {
            let gaps: Vec<_> = gaps.iter().map(gap).collect();
            format!("the record is incomplete; missing: {}", gaps.join(", "))
        }
        Refusal::SameTier { tier, to } => format!("it was already escalated to {} at tier {tier}", named(to)),
        Refusal::SkippedTier { tier, next } => format!("tier {tier} would skip tier {next}"),
        Refusal::LowerTier { tier, reached } => {
            format!("tier {tier} is below tier {reached}, which was already reached")
        }
        Refusal::TooFewAttempts { attempts, days, attempts_wanted, days_wanted } => format!(
            "the customer was called {} on {} without an answer; required: {} on {}",
            counted(*attempts as usize, "time"),
            counted(*days as usize, "day"),
            counted(*attempts_wanted as usize, "time"),
            counted(*days_wanted as usize, "day"),
        ),
        Refusal::WindowOpen { until } => {
            format!("the closed record can be reopened until {}", minute(*until))
        }
        Refusal::WindowPassed { closed_at, until } => format!(
            "it was closed {} and could be reopened until {}",
            minute(*closed_at),
            minute(*until)
        ),
        Refusal::AlreadyReplied(at) => format!("the first reply was already given, {}", minute(*at)),
        Refusal::NoPromise { number: None, open } if open.is_empty() => {
            "no promise is open".to_owned()
        }
        Refusal::NoPromise { number: None, open } => {
            format!("several promises are open; give the number of one: {}", numbers(open))
        }
        Refusal::NoPromise { number: Some(number), open } => {
            format!("promise {number} is not open; open: {}", numbers(open))
        }
        Refusal::WantsReply => {
            "the customer wants a reply, so this needs a formal record".to_owned()
        }
        Refusal::OnlyRemark => "it is a remark; remarks are only recorded".to_owned(),
        Refusal::NotARemark => "it is not a remark".to_owned(),
        Refusal::LinkedInCircle { record } => {
            format!("it and {record} would wait for each other, so neither could come first")
        }
        Refusal::WaitsFor { record, state } => {
            format!("it depends on {record}, which is {}", WORDS.term(*state))
        }
        Refusal::OpenPart { record, state } => {
            format!("{record} is a part of it and is {}", WORDS.term(*state))
        }
        Refusal::ClosedWhole { record } => {
            format!("it is a part of {record}, which was closed since")
        }
        Refusal::TakesAlong { records } => format!(
            "{} merged into it and would end unseen: {}",
            if records.len() == 1 { "a record was" } else { "records were" },
            records.join(", ")
        ),
        Refusal::NotReachable { field: ContactField::Email, given } => {
            format!("“{given}” is not an e-mail address")
        }
        Refusal::NotReachable { given, .. } => format!("“{given}” is not a phone number"),
        Refusal::Itself => "it is the same record".to_owned(),
        Refusal::OtherCustomer { own, other } => {
            format!("this record belongs to {own}, the other one to {other}")
        }
        Refusal::FinishedTarget(state) => {
            format!("the target record is {}", WORDS.term(*state))
        }
        Refusal::AlreadyLinked => "the two records are already linked like this".to_owned(),
        Refusal::SameValue(field) => format!("{} already has this value", WORDS.term(*field)),
        Refusal::StaleValue { field, now } => {
            format!("{} is now “{now}”", WORDS.term(*field))
        }
        Refusal::BadValue { field, given } => {
            format!("“{given}” is not a valid value for {}", WORDS.term(*field))
        }
        Refusal::NoEvent(number) => format!("its history has no event {number}"),
        Refusal::NotOffered { to: Some(to) } => format!("it was offered to {}", named(to)),
        Refusal::NotOffered { to: None } => "it was not handed over".to_owned(),
        Refusal::AlreadyOwner(person) => format!("{} already owns it", named(person)),
        Refusal::AlreadyAsked { at: Some(at) } => {
            format!("the customer was already asked or has answered, {}", minute(*at))
        }
        Refusal::AlreadyAsked { at: None } => "the customer was already asked".to_owned(),
        Refusal::NumberInName { given } => {
            format!("“{given}” holds a phone number, by which nobody would be found again")
        }
        Refusal::NobodyToAsk => "it has no contact to ask".to_owned(),
        Refusal::NothingAwaited => "no answer from the customer is awaited".to_owned(),
        Refusal::StillAwaited { until } => {
            format!("an answer is still awaited, until {}", minute(*until))
        }
        Refusal::MonthNotOver { month } => {
            format!("{month} is not over; its sample is drawn at its end")
        }
        Refusal::QuestionsChanged { version, record } => format!(
            "the questions in policy/survey.yaml differ from those sent with {record}, but still \
             have version {version}"
        ),
        Refusal::OtherQuestions { given, asked } => {
            format!("the answer is to version {given} of the questions, not version {asked}")
        }
        Refusal::OtherSending { given } => format!(
            "the answer is to a questionnaire of {}, but none was sent then for this record",
            minute(*given)
        ),
        Refusal::AnswerKnown => "this answer is already recorded".to_owned(),
        Refusal::NotUndone(action) => {
            format!("{} cannot be undone", WORDS.term(*action))
        }
        Refusal::StepOfOther { action, by } => {
            format!("{} entered the last step ({})", named(by), WORDS.term(*action))
        }
        Refusal::UndoPassed { entered, until } => format!(
            "the last step was entered {}; it could be undone until {}",
            minute(*entered),
            minute(*until)
        ),
        Refusal::PromisePassed { action, due } => format!(
            "{} promised {}, and that time has passed",
            WORDS.term(*action),
            minute(*due)
        ),
        Refusal::NoLongerLegal { event } => format!(
            "{event} no longer fits the state of the record: keep a different event and repeat the step"
        ),
        Refusal::MergedIntoThis { other, .. } => {
            format!("{other} was merged into this record in another clone")
        }
        Refusal::NothingToSettle => {
            "there is no conflict: no event was set aside".to_owned()
        }
        Refusal::NoSuchEvent { given, known } => {
            format!("“{given}” does not match exactly one event; in conflict: {}", known.join(", "))
        }
        Refusal::NothingToRecompute => "every due time is known and undisputed".to_owned(),
        Refusal::NoMessage => "no colleague was asked for".to_owned(),
        Refusal::RelayedBefore { at, by } => {
            format!("{} already passed the message on, {}", named(by), minute(*at))
        }
        Refusal::NotWanted { wanted } => {
            format!(
                "the message is for {}; only they or the desk can record that it was passed on",
                named(wanted)
            )
        }
        Refusal::NotImported => "it was not imported".to_owned(),
        Refusal::ChangedHere => {
            "it was changed here after it was imported; later entries of the other system are not added".to_owned()
        }
        Refusal::NumberTwice { number, records } => {
            let records: Vec<&str> = records.iter().map(RecordId::as_str).collect();
            let records = records.join(", ");
            format!("{number} was imported as {records}; docket check names the way out")
        }
        Refusal::AlreadyImported { field } => format!("{field} was already given by an earlier entry"),
        Refusal::Nothing => "nothing to record".to_owned(),
        Refusal::ContactOfOther { contact, own, other } => {
            format!("{contact} belongs to {other}, this record to {own}")
        }
        Refusal::ContactMerged { contact, into } => format!("{contact} was merged into {into}"),
        Refusal::Unreadable { path } => format!("{path} cannot be read"),
        Refusal::OnlyWith { flag, with } => format!("{flag} can only be used with {with}"),
        Refusal::NotWith { flag, other } => format!("{flag} cannot be used with {other}"),
        Refusal::NotOnBehalf => "this step cannot be recorded on behalf of someone else".to_owned(),
        Refusal::BeyondSource => {
            "an imported record holds only what a log of another system can tell".to_owned()
        }
        Refusal::Misspelled { field } => {
            format!("{field} is not written as a command would write it")
        }
        Refusal::Text { flag, fault } => format!("{flag}: {}", text_fault(fault)),
        Refusal::Calendar(missing) => format!("the calendar of {} is not loaded", missing.year),
        Refusal::LeadOnly(field) => {
            format!("{} affects due times; only a team lead may correct it", WORDS.term(*field))
        }
        Refusal::Holds { person, records } => {
            format!("{} still has {}", named(person), records.join(", "))
        }
        Refusal::Taken { given } => format!("“{given}” is already in the roster"),
        Refusal::NoNumberLeft => {
            "the record is damaged: its last event has the highest possible number".to_owned()
        }
        Refusal::PersonUnchanged(person) => {
            format!("nothing to change: {} already has these values", named(person))
        }
        Refusal::Retired(person) => format!("{} is already retired", named(person)),
        Refusal::LastLead(person) => format!("{} is the last team lead", named(person)),
    }
}

/// `a, b or c`.
pub(super) fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// `Li Lei (li)`; only the id of whom the roster has not.
fn named(id: &PersonId, refused: &RefusalDetails) -> String {
    refused.name_of(id).map_or_else(|| id.to_string(), |name| format!("{name} ({id})"))
}

/// Whom or what a complaint is against.
fn subject(against: &str, refused: &RefusalDetails) -> String {
    against.parse().map_or_else(|_| against.to_owned(), |person| named(&person, refused))
}

fn in_state(state: State, refused: &RefusalDetails) -> String {
    let at_state = state;
    let state = WORDS.term(state);
    match &refused.last {
        Some((action, person, at))
            if refused.action == Some(*action) && leads_to(*action, at_state) =>
        {
            format!("it is already {state}, by {} at {}", named(person, refused), clock(*at))
        }
        Some((action, person, at)) => {
            let (action, person) = (WORDS.term(*action), named(person, refused));
            format!("it is {state} (last: {action} by {person}, {})", minute(*at))
        }
        None => format!("it is {state}"),
    }
}

fn thing(thing: Vocabulary) -> &'static str {
    match thing {
        Vocabulary::Person => "person",
        Vocabulary::Unit => "unit",
        Vocabulary::Category => "category",
        Vocabulary::Product => "product",
        Vocabulary::Channel => "channel",
        Vocabulary::Code => "resolution code",
        Vocabulary::PauseReason => "reason for a pause",
        Vocabulary::MajorCriterion => "criterion for major incidents",
        Vocabulary::Against => "person or unit",
        Vocabulary::Question => "question",
        Vocabulary::Contact => "contact",
        Vocabulary::Customer => "customer",
        Vocabulary::Record => "record",
        Vocabulary::Event => "event",
    }
}

fn need(need: NeedReason) -> &'static str {
    match need {
        NeedReason::LowGrade => "a dissatisfied customer's words must be recorded",
        NeedReason::OutOfScope => "“out of scope” needs a referral for the customer",
        NeedReason::Reason => "a change of level, category or major needs a reason",
        NeedReason::FollowUp => "a follow-up needs the unit's answer",
        NeedReason::Withdrawn => "only the customer can withdraw a record",
        NeedReason::Unit => "this person does not belong to a unit",
        NeedReason::Contact => "a customer contact must be named",
        NeedReason::Exception => "an exception needs a reason",
        NeedReason::Right => "a note on an event must say what is right",
        NeedReason::Grade => "an answered callback needs a grade",
        NeedReason::Prohibition => "misconduct needs the prohibition that was broken",
        NeedReason::Feedback => "the customer must be told the result of a complaint",
        NeedReason::Action => "a complaint needs a corrective and a preventive action",
        NeedReason::Recourse => {
            "a dissatisfied customer's reason and further recourse must be recorded"
        }
        NeedReason::NotNeeded => "a complaint without a callback needs a reason",
        NeedReason::Criterion => "a major incident needs its criterion",
        NeedReason::OtherChannel => "the channel “other” needs a word which one it was",
        NeedReason::Reply => "a reply needs its text",
        NeedReason::ReplyTime => "the customer is told when to expect a reply",
        NeedReason::InRoster => "a team member needs an e-mail address and a role",
        NeedReason::OfKind(Kind::Request) => "a request needs it",
        NeedReason::OfKind(Kind::Fault) => "a fault needs it",
        NeedReason::OfKind(Kind::Change) => "a change needs it",
        NeedReason::OfKind(Kind::Enquiry) => "an enquiry needs it",
        NeedReason::OfKind(Kind::Complaint) => "a complaint needs it",
        NeedReason::OfKind(Kind::Remark) => "a remark needs it",
    }
}

pub(super) fn gap(gap: &MissingPart) -> String {
    match gap {
        MissingPart::Contact => "contact".to_owned(),
        MissingPart::Need => "need".to_owned(),
        MissingPart::Category => "category".to_owned(),
        MissingPart::Product => "product".to_owned(),
        MissingPart::Answer(key) => format!("answer to {key}"),
        MissingPart::Message => "message passed on to the colleague".to_owned(),
        MissingPart::Promise(number) => format!("promise {number} kept or explained"),
        MissingPart::Resolution => "resolution".to_owned(),
        MissingPart::Verified => "verification".to_owned(),
        MissingPart::Notified => "notice to the relationship manager".to_owned(),
        MissingPart::Routed => "responsible person".to_owned(),
        MissingPart::Decision => "finding and validity".to_owned(),
        MissingPart::Feedback => "feedback to the customer".to_owned(),
        MissingPart::Order => "a callback after the work was done".to_owned(),
    }
}

/// What a complaint needs before a step, and by which rule.
fn comes_first(gap: &MissingPart) -> String {
    match gap {
        MissingPart::Verified => "verify it first, or record why it cannot be verified".to_owned(),
        MissingPart::Notified => "notify the relationship manager first".to_owned(),
        MissingPart::Routed => "the relationship manager must assign it first".to_owned(),
        MissingPart::Decision => "its validity must be decided first".to_owned(),
        MissingPart::Contact
        | MissingPart::Need
        | MissingPart::Category
        | MissingPart::Product
        | MissingPart::Answer(_)
        | MissingPart::Promise(_)
        | MissingPart::Message
        | MissingPart::Resolution
        | MissingPart::Feedback
        | MissingPart::Order => format!("{} comes first", self::gap(gap)),
    }
}

/// What is wrong with a text.
pub(super) fn text_fault(fault: &TextFault) -> String {
    match fault {
        TextFault::Empty => "contains no visible characters".to_owned(),
        TextFault::Control { code, line, column } => {
            format!("control character U+{:04X} at line {line}, column {column}", u32::from(*code))
        }
        TextFault::TooLong { chars, max } => {
            format!("{chars} characters; at most {max} are allowed")
        }
        TextFault::SeveralLines => "must be one line".to_owned(),
        TextFault::Dropped { code } => {
            format!("git drops “{code}” at this place, so commits would carry a different name")
        }
    }
}

/// The next command, where there is one.
#[expect(clippy::too_many_lines, reason = "one hint for each refusal")]
pub(super) fn hint(refused: &RefusalDetails) -> Option<String> {
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
        Refusal::MergedIntoThis { other, keep } => {
            format!("docket settle {other} --keep {keep} --reason TEXT, then repeat this command")
        }
        Refusal::ContactOfOther { .. } => "docket contact list shows the contacts; a new name makes a new contact".to_owned(),
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
        Refusal::Unknown { thing, .. } => match thing {
            Vocabulary::Person => "docket people list".to_owned(),
            Vocabulary::Against => "docket people list, policy/units.yaml, or service:TEXT".to_owned(),
            Vocabulary::Unit => "units are in policy/units.yaml".to_owned(),
            Vocabulary::Question if refused.action == Some(Action::Survey) => {
                "the questions are in policy/survey.yaml".to_owned()
            }
            Vocabulary::Category | Vocabulary::Product | Vocabulary::Channel | Vocabulary::Code | Vocabulary::Question => {
                "the values are in policy/catalog.yaml".to_owned()
            }
            Vocabulary::Contact | Vocabulary::Customer => "docket contact list".to_owned(),
            Vocabulary::Record => "docket list --all".to_owned(),
            Vocabulary::Event => format!("docket show {id}"),
            Vocabulary::PauseReason | Vocabulary::MajorCriterion => {
                "the values are in policy/levels.yaml".to_owned()
            }
        },
        Refusal::UnreachableChannel { known, .. } => permitted(Vocabulary::Channel, known)?,
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
        Refusal::NoPromise { .. } | Refusal::NoEvent(_) | Refusal::StaleValue { .. } => {
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
        | Refusal::RelayedBefore { .. } => format!("docket show {id}"),
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
        Refusal::NotReachable { field: ContactField::Email, .. } => {
            "--email NAME@HOST, or leave it out".to_owned()
        }
        Refusal::NotReachable { .. } => {
            "--phone 010-62345678 (an extension: --phone 010-62345678x12), or leave it out and \
             say the rest with --note TEXT"
                .to_owned()
        }
        Refusal::NumberInName { .. } => {
            "give the number apart from the name: --name NAME --phone NUMBER".to_owned()
        }
        Refusal::NoMessage => "docket open --for PERSON takes a message".to_owned(),
        Refusal::Calendar(_) => "enter the year in policy/calendar.yaml".to_owned(),
        Refusal::LeadOnly(_) => who(&[Role::TeamLead], refused, "let one of them do it"),
        Refusal::Holds { person, .. } => format!("docket people retire {person} --reason TEXT --to PERSON hands them over"),
        Refusal::LastLead(_) => "make another person team lead first: docket people change ID --role team_lead".to_owned(),
        Refusal::Nothing if refused.action == Some(Action::Amend) => format!(
            "docket amend {id} --set FIELD=VALUE --reason TEXT, or --event NUMBER --note TEXT --reason TEXT"
        ),
        Refusal::Nothing => format!("docket update {id} --note TEXT; docket update --help lists what else"),
        Refusal::Future(_) => "a time that has come, such as now, 09:15 or -20m".to_owned(),
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
        return next::hint(turn, id);
    }
    match state {
        State::Closed if refused.kind == Some(Kind::Remark) => {
            next::by(&refused.desk(), &next::formal(id))
        }
        State::Closed if refused.action == Some(Action::Close) => {
            next::by(&refused.desk(), &next::survey(id))
        }
        State::Closed if refused.is_past_reopening => next::by(&refused.desk(), &follow(id)),
        State::Closed => next::by(&refused.desk(), &format!("docket reopen {id} --reason TEXT")),
        _ => format!("docket show {id}"),
    }
}

/// What is missing, each with the command that supplies it.
pub(super) fn gaps(missing: &[MissingPart], refused: &RefusalDetails) -> Vec<MissingField> {
    let id = refused.record.as_ref().map_or_else(|| "ID".to_owned(), |it| it.tail().to_lowercase());
    missing
        .iter()
        .map(|missing| MissingField::of_command(gap(missing), fills(missing, &id)))
        .collect()
}

fn fills(gap: &MissingPart, id: &str) -> String {
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

fn numbers(open: &[usize]) -> String {
    if open.is_empty() {
        return "none".to_owned();
    }
    open.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
