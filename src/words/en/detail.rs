//! What findings say that there is or should be, in English.

use crate::{
    domain::{
        analysis::finding::{
            FindingCode,
            phrase::{
                AgreedLimits, ComplaintIrregularity, CountedHours, Phrase, SessionIrregularity,
                VisitIrregularity,
            },
        },
        base::{ids::CustomerId, personal::PersonalKind, print::second, terms::Party},
        history::{customer::AgreementLeftBehind, status::Clock},
    },
    store::{git::header::OddPart, signature::SignatureFault},
    words::{
        counted,
        en::{message, refusal},
        flags_of,
        label::Label,
        message::Message,
        typed_text,
    },
};

/// `a, b and c`.
fn and(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        [..] => words.concat(),
    }
}

/// What stands before the expected and before the found.
pub(super) fn labels(code: FindingCode) -> (&'static str, &'static str) {
    match code {
        FindingCode::LateEntry | FindingCode::KeptByLateEntry => ("happened", "entered"),
        FindingCode::ClockBackwards => ("entered before", "entered after it"),
        FindingCode::Rebased => ("first made", "made again"),
        _ => ("expected", "found"),
    }
}

#[expect(clippy::too_many_lines, reason = "one sentence for each phrase")]
pub(super) fn phrase(phrase: &Phrase) -> String {
    match phrase {
        Phrase::None => "none".to_owned(),
        Phrase::Nobody => "nobody".to_owned(),
        Phrase::NotYet => "not yet".to_owned(),
        Phrase::Promise { number, due } => format!("promise {number} by {}", second(*due)),
        Phrase::NotAfter(most) => format!("not after {}", second(*most)),
        Phrase::InEvent { time, event } => format!("{} in event {event}", second(*time)),
        Phrase::Done(at) => format!("done at {}", second(*at)),
        Phrase::Event(number) => format!("event {number}"),
        Phrase::SmallerNumber => "a number that leaves room for another".to_owned(),
        Phrase::EventsInOrder => "events ordered by n and id".to_owned(),
        Phrase::NoEffect { event, action: Some(action) } => {
            format!("event {event}, {action}, has no effect where it stands")
        }
        Phrase::NoEffect { event, action: None } => {
            format!("event {event} has no effect where it stands")
        }
        Phrase::TwoDueTimes(clock) => format!("two due times of one clock: {}", named(*clock)),
        Phrase::UnknownDue(clock) => format!("unknown: {}", named(*clock)),
        Phrase::NoCriterion => "no criterion".to_owned(),
        Phrase::Missing(gap) => refusal::gap(gap),
        Phrase::Visit { number, what } => {
            let what = match what {
                VisitIrregularity::Broken(prohibition) => {
                    format!("broken: {}", refusal::WORDS.term(*prohibition))
                }
                VisitIrregularity::Unsigned => "nobody of the customer signed".to_owned(),
                VisitIrregularity::Untold => {
                    "its time is over, and nobody says what became of it".to_owned()
                }
                VisitIrregularity::NotHandedIn => {
                    "the form is not handed in, past its time".to_owned()
                }
                VisitIrregularity::NotArchived => {
                    "the form is not archived, past its time".to_owned()
                }
                VisitIrregularity::Late(step) => format!("late: {}", refusal::WORDS.term(*step)),
            };
            format!("visit {number}: {what}")
        }
        Phrase::Session { number, what } => {
            let what = match what {
                SessionIrregularity::NotEnded => {
                    "begun on another day, and nobody says how it ended"
                }
                SessionIrregularity::OtherSoftware => "other software was affected",
            };
            format!("remote session {number}: {what}")
        }
        Phrase::NoSession => {
            "worked on remotely, and no session says who allowed it and what was done".to_owned()
        }
        Phrase::Irregular(what) => match what {
            ComplaintIrregularity::NotifiedLate => {
                "assigned before the relationship manager was notified".to_owned()
            }
            ComplaintIrregularity::DecidedLate => {
                "resolved before its validity was decided".to_owned()
            }
            ComplaintIrregularity::OwnCase => "handled by the person complained about".to_owned(),
            ComplaintIrregularity::NotWithLead => "major, but not with a team lead".to_owned(),
            ComplaintIrregularity::NoReason => "closed as dissatisfied without a reason".to_owned(),
        },
        Phrase::Priority(priority) => format!("priority {priority}"),
        Phrase::InTitle(kind) => {
            let value = match kind {
                PersonalKind::Phone => "a phone number",
                PersonalKind::Email => "an e-mail address",
                PersonalKind::IdCard => "an identity card number",
                PersonalKind::BankCard => "a bank card number",
                PersonalKind::Password => "a password",
            };
            format!("{value} in the title")
        }
        Phrase::AgreementMissing(id) => format!("agreement {id}, which does not exist"),
        Phrase::AgreementEnded { agreement, version, on } => {
            let on = on.map(|day| format!(" on {day}")).unwrap_or_default();
            format!("agreement {agreement}, whose version {version} ended{on}")
        }
        Phrase::AgreedHours(id) => format!("calendar {id}"),
        Phrase::AgreedLimits(agreed) => agreed_limits(agreed),
        Phrase::InForceFrom(day) => format!("in force from {day}"),
        Phrase::Holidays(year) => format!("the holidays of {year}"),
        Phrase::NoLaterDay(day) => format!("{day} or earlier"),
        Phrase::WorkedAnyway(day) => format!("{day} under work, with the hours it has anyway"),
        Phrase::AtMost { place, value } => format!("at most {value}, as {place}"),
        Phrase::AtLeast { place, value } => format!("at least {value}, as {place}"),
        Phrase::NoMoreUrgentThan(level) => {
            format!("{level}, as the priority before it, or less urgent")
        }
        Phrase::Once => "each only once: the first one counts".to_owned(),
        Phrase::NoEarlierDay(day) => format!("{day} or later"),
        Phrase::OneAtLeast => "at least one".to_owned(),
        Phrase::ShortOfMidnight(day) => {
            format!("{day} ends at 23:59, a minute short: write 24:00 for midnight")
        }
        Phrase::ClosedOver(part) => format!(
            "closed while its part {part} was not solved: docket reopen ID --reason TEXT, or \
             docket resolve {part}"
        ),
        Phrase::EndedUnseen { record, state } => {
            let state = refusal::WORDS.term(*state);
            format!(
                "merged into {record}, which was {state} without a word of it; say what becomes \
                 of it: docket amend ID --event NUMBER --note TEXT --reason TEXT"
            )
        }
        Phrase::Crossed { record, other, event, number } => format!(
            "merged into {other}, which another clone merged into this one: docket settle {record} --keep 1 \
             lets {record} hold; docket settle {other} --keep {event}, then docket settle {record} \
             --keep {number}, lets {other} hold"
        ),
        Phrase::GoesOnByItself { record, other } => format!(
            "{other} was to go on in it, and another clone took that back: docket merge {other} --into \
             {record}, or the other way round"
        ),
        Phrase::ImportedTwice { record, other, number, is_open } => {
            let merge = if *is_open {
                format!("docket merge {record} --into {other}")
            } else {
                format!("docket link {record} --to {other} --as related")
            };
            format!("number {number} elsewhere, which another clone imported as {other}: {merge}")
        }
        Phrase::MergedBothWays { contact, other } => message::message(&Message::MergedBothWays {
            contact: contact.clone(),
            other: other.clone(),
        }),
        Phrase::CustomersInCircle { customer, others } => {
            let all = [customer].into_iter().chain(others).map(CustomerId::as_str);
            let all = and(&all.collect::<Vec<_>>());
            let other = others.first().unwrap_or(customer);
            format!(
                "{all} were merged into each other, and {customer} holds: docket customer merge {other} \
                 --into {customer}"
            )
        }
        Phrase::AgreementLeftBehind(AgreementLeftBehind { from, into, agreement, held }) => {
            let command = format!("docket customer change {into} --agreement {agreement}");
            match held {
                None => format!(
                    "{from} has agreement {agreement}, but {into}, into which it is merged, has not: {command}"
                ),
                Some(held) => format!(
                    "{from} had agreement {agreement}; {into}, into which it is merged, keeps {held}, unless \
                     {agreement} is to hold for both: {command}"
                ),
            }
        }
        Phrase::SaidOfMerged(said) => format!(
            "{from} was changed while another clone merged it into {into}; what was said of it is not said of \
             {into}: docket customer change {into} {}",
            flags_of(said),
            from = said.from,
            into = said.into
        ),
        Phrase::NameOfTwo { name, customer, other, holder } => format!(
            "“{name}” is a name of {customer} and of {other}, and stands for {customer}: docket customer \
             merge {other} --into {customer}; if they are two: docket customer change {holder} --remove \
             {}, with --name NEW where that is its name",
            typed_text(name, "NAME")
        ),
        Phrase::Branch(branch) => format!("branch: {branch}"),
        Phrase::WaitsInCircle(other) => {
            format!("waits for {other}, which waits for it: this link does not count")
        }
        Phrase::MergedInCircle => "merged in a circle".to_owned(),
        Phrase::People(count) => counted(*count, "person"),
        Phrase::HasParents => {
            "a commit with a parent, which keeps what was there before".to_owned()
        }
        Phrase::NotOfDocket => "a reference that docket does not send so".to_owned(),
        Phrase::NotAPerson => "not what docket writes of a person".to_owned(),
        Phrase::TooManyReaches => {
            "more numbers or addresses of a person than a command keeps".to_owned()
        }
        Phrase::PersonOfTeam => "a team member in the place of a customer's person".to_owned(),
        Phrase::PersonOvertaken => "written without what is known of the person here".to_owned(),
        Phrase::PersonLost => "somebody who has not been erased is gone".to_owned(),
        Phrase::ErasedPerson => "somebody who has been erased".to_owned(),
        Phrase::UnknownPerson => "not a contact of this desk".to_owned(),
        Phrase::AsInOthers { what, files } => {
            format!("{}; the same in {}", self::phrase(what), counted(*files, "other file"))
        }
        Phrase::ValuesOf(field, count) => {
            let field = refusal::WORDS.label(Label::of_disputed(*field));
            format!("{count} values of {field}, from several clones")
        }
        Phrase::SecondComplaint(first) => {
            format!("a second complaint about the same answer as {first}")
        }
        Phrase::AnswerSetAside(record) => {
            format!("the answer it is about was set aside in {record}")
        }
        Phrase::NothingThere => "nothing there".to_owned(),
        Phrase::FounderAlone { person, from } => {
            format!("only {person}, from {from}, as docket init writes it")
        }
        Phrase::SampleRule { percent, most, party } => {
            let of = match party {
                None => "",
                Some(Party::External) => ", as an external customer",
                Some(Party::Internal) => ", as an internal customer",
            };
            format!("{percent}%, at most {most} per customer{of}")
        }
        Phrase::DrawnRecord => "a record that the sample draws".to_owned(),
        Phrase::Edition => "the edition that made it".to_owned(),
        Phrase::ReportThatCanBeMade => "a report that can be made".to_owned(),
        Phrase::MergeableParents => "parents that can be merged".to_owned(),
        Phrase::TwoParents => "two parents".to_owned(),
        Phrase::Merge => "a merge".to_owned(),
        Phrase::ConflictMarks => "conflict marks".to_owned(),
        Phrase::Teammate => "someone in policy/people.yaml".to_owned(),
        Phrase::SecondEntry => "a second entry of the same name".to_owned(),
        Phrase::LastMatchingLine(line) => format!("{line}, as the last line that matches"),
        Phrase::Grafts => "a grafted history".to_owned(),
        Phrase::SignatureOf(person) => format!("a signature of {person}"),
        Phrase::NoTrailers => "no trailers".to_owned(),
        Phrase::Trailers => "trailers".to_owned(),
        Phrase::SecondBeginning => "a second beginning".to_owned(),
        Phrase::ParentsRules => "the policy of the parent".to_owned(),
        Phrase::SecondInit => "a second init".to_owned(),
        Phrase::CommitterName => "the committer's name".to_owned(),
        Phrase::MoreLines => "more lines".to_owned(),
        Phrase::Events(count) => counted(*count, "event"),
        Phrase::Complaint => "a complaint".to_owned(),
        Phrase::RecordOfFiles => "the id of a record on the desk's branch".to_owned(),
        Phrase::ApartCommit => {
            "one commit without parent, author and message of its own, as docket writes it"
                .to_owned()
        }
        Phrase::DeletedBranch => "a deleted branch".to_owned(),
    }
}

fn agreed_limits(agreed: &AgreedLimits) -> String {
    let AgreedLimits { agreement, version, limits, hours } = agreed;
    let limits = limits.iter().map(|(clock, limit)| {
        let limit = limit.map_or("as the desk".to_owned(), |limit| limit.to_string());
        format!("{} {limit}", named(*clock))
    });
    let hours = hours.iter().map(|hours| match hours {
        CountedHours::Agreed(id) => format!("calendar {id}"),
        CountedHours::Desk => "hours of the desk".to_owned(),
    });
    let told: Vec<_> = limits.chain(hours).collect();
    format!("by version {version} of agreement {agreement}: {}", told.join(", "))
}

fn named(clock: Clock) -> &'static str {
    match clock {
        Clock::Ack => "ack",
        Clock::Respond => "respond",
        Clock::Commitment => "commitment",
        Clock::Resolve => "resolve",
    }
}

/// What of a commit is odd.
pub(super) fn odd_part(part: &OddPart) -> String {
    match part {
        OddPart::ZeroByte => "a zero byte, after which git shows nothing".to_owned(),
        OddPart::NoTree => "no tree in the first line".to_owned(),
        OddPart::BadParent => "a parent that is not the name of a commit".to_owned(),
        OddPart::Absent(role) => format!("no {role} in its place"),
        OddPart::Line { key, value } => format!("{key} {value}"),
        OddPart::EmptyFirstLine => "a message that begins with an empty line".to_owned(),
        OddPart::SecondLine(key) => format!("a second line “{key}”"),
        OddPart::NotASignature => "text in the place of a signature".to_owned(),
        OddPart::ExtraLine(key) => format!("a line “{key}”"),
        OddPart::NotUtf8 => "bytes that are not UTF-8".to_owned(),
    }
}

/// Why nobody is known to have signed.
pub(super) fn signature_fault(fault: &SignatureFault) -> String {
    match fault {
        SignatureFault::NoKey => "policy/people.yaml has no key of theirs".to_owned(),
        SignatureFault::OtherKind => "a signature that is neither SSH nor OpenPGP".to_owned(),
        SignatureFault::OtherKey => "signed with another key".to_owned(),
        SignatureFault::Reported(said) => said.clone(),
        SignatureFault::NotRun { program, source } => format!("{program} cannot be run: {source}"),
        SignatureFault::Io(source) => source.to_string(),
    }
}
