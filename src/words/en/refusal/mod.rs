//! Refusals in English.

pub(super) mod hint;

pub(super) use self::hint::{gaps, hint};
use crate::{
    domain::{
        base::{
            ids::{PersonId, RecordId},
            personal::PersonalKind,
            phone::PhoneFault,
            print::{clock, minute},
            terms::{Kind, State, Term, VisitState, VisitStep},
            text::TextFault,
        },
        history::{
            lifecycle::leads_to,
            refusal::{MissingPart, NeedReason, Refusal, Vocabulary},
            steps::{Action, visit::from},
        },
    },
    error::RefusalDetails,
    words::{Words, counted, en::error::form_field, file_size},
};

pub(super) const WORDS: Words = Words::of(&super::ENGLISH);

/// `R-… cannot be closed: why`, or just why.
pub(super) fn refused(refused: &RefusalDetails) -> String {
    let why = why(&refused.why, refused);
    match (&refused.record, refused.action) {
        (Some(record), Some(action)) => format!("{record} {}: {why}", WORDS.cannot(action)),
        (Some(record), None) => format!("{record}: {why}"),
        (None, _) => why,
    }
}

/// An answer as it was given.
fn quoted_or_none(given: &str) -> String {
    if given.is_empty() { "none".to_owned() } else { format!("“{given}”") }
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
        Refusal::DetectedBefore { detected_at, occurred_at } => format!(
            "--detected-at: {} is before the fault occurred, {}",
            minute(*detected_at),
            minute(*occurred_at)
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
        Refusal::NoItem { family, number, among } => no_item(*family, *number, among),
        Refusal::ItemOfOther { family, person, engineer } => format!(
            "it is the {} of {}, not of {}",
            item(*family),
            named(engineer),
            named(person)
        ),
        Refusal::VisitState { number, state, step } => format!(
            "visit {number} is {}, and {} is possible only of one that is {}",
            WORDS.term(*state),
            WORDS.term(*step),
            visit_states(*step, " or ")
        ),
        Refusal::VisitOrder { step, at, state, since } => format!(
            "{} at {} lies before {} ({})",
            WORDS.term(*step),
            minute(*at),
            WORDS.term(*state),
            minute(*since)
        ),
        Refusal::OwnForm(person) => {
            format!("{} made the visit and cannot archive its form", named(person))
        }
        Refusal::WindowReversed { from, until } => {
            format!("the window ends {} and begins {}", minute(*until), minute(*from))
        }
        Refusal::WindowPast { until } => {
            format!("the window that the customer was promised ended {}", minute(*until))
        }
        Refusal::VisitMoved { from, until } => {
            format!("the visit was moved meanwhile, to {} until {}", minute(*from), minute(*until))
        }
        Refusal::FormDiffers { field, recorded, told } => format!(
            "the form has another {} ({}) than the record ({})",
            form_field(*field),
            quoted_or_none(told),
            quoted_or_none(recorded)
        ),
        Refusal::OtherSignature => {
            "another drawn signature came with the form before".to_owned()
        }
        Refusal::SignatureOfVisit { number } => {
            format!("the drawn signature is that of visit {number}, to the last point")
        }
        Refusal::NamesNobody { given } => format!("“{given}” is nobody's name"),
        Refusal::BrokenTwice(prohibition) => {
            format!("{} is named more than once", WORDS.term(*prohibition))
        }
        Refusal::VisitAhead { number, state } => {
            format!("visit {number} is still to be made ({})", WORDS.term(*state))
        }
        Refusal::VisitOpen { number, state } => match state {
            VisitState::Signed | VisitState::HandedIn => {
                format!("the form of visit {number} is not archived ({})", WORDS.term(*state))
            }
            _ => format!("the form of visit {number} is not signed ({})", WORDS.term(*state)),
        },
        Refusal::EngineerAway { engineer, record } => {
            format!("{} is still away for a visit of {record}", named(engineer))
        }
        Refusal::SessionOver { number, state } => {
            format!("remote session {number} is not running ({})", WORDS.term(*state))
        }
        Refusal::SessionOrder { at, since } => format!(
            "the end at {} lies before the beginning at {}",
            minute(*at),
            minute(*since)
        ),
        Refusal::SessionRunning { number, .. } => {
            format!("your remote session {number} is still running")
        }
        Refusal::CategoryKnown { known, given } => format!("its category is {known}; another one, {given}, needs its reason"),
        Refusal::SessionOpen { number, .. } => format!("remote session {number} is still running"),
        Refusal::EngineerConnected { engineer, record } => {
            format!("{} is still in a remote session of {record}", named(engineer))
        }
        Refusal::NoAttachment { there: 0, .. } => "it has no attachments".to_owned(),
        Refusal::NoAttachment { number: Some(number), there } => {
            format!("it has no attachment {number}; there are {there}")
        }
        Refusal::NoAttachment { number: None, there } => {
            format!("it has {there} attachments; give the number of one")
        }
        Refusal::AttachedByOther { person, by } => {
            format!("{} attached it, not {}", named(by), named(person))
        }
        Refusal::DroppedBefore { at } => format!("this file was dropped at {}", minute(*at)),
        Refusal::FileTooLarge { size, most } => {
            format!("the file has {}; permitted: {}", file_size(*size), file_size(*most))
        }
        Refusal::RecordFull { size, held, most } => format!(
            "the files have {} and its attachments {} already; permitted for a record: {}",
            file_size(*size), file_size(*held), file_size(*most)
        ),
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
        Refusal::NotAnAddress { given } => {
            format!("“{given}” is not an e-mail address")
        }
        Refusal::TooManyReaches { contact, most } => {
            format!("more than {most} numbers or addresses lead to {contact}")
        }
        Refusal::NotAPhone { given, why: PhoneFault::Shape } => format!(
            "“{given}” is not a phone number: 3 to 20 digits 0 to 9, with + and a country's code 7 to 15"
        ),
        Refusal::NotAPhone { given, why: PhoneFault::Mobile } => {
            format!("“{given}” is not a phone number: a mobile phone of China has 11 digits")
        }
        Refusal::Itself => "it is the same record".to_owned(),
        Refusal::SameContact { contact } => {
            format!("both are the same contact, {contact}")
        }
        Refusal::ContactsOfTwo { goes, into } => format!(
            "the first contact belongs to {goes}, the other one to {into}"
        ),
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
        Refusal::CustomerMerged { customer, into } => {
            format!("customer {customer} was merged into {into}")
        }
        Refusal::NameOfCustomer { given, customer } => {
            format!("“{given}” is a name of customer {customer}")
        }
        Refusal::CustomerItself => "a customer can be merged into another one only".to_owned(),
        Refusal::NotOfCustomer { customer, given } => {
            format!("customer {customer} has no alias, site or product “{given}”")
        }
        Refusal::CustomerUnchanged { customer } => {
            format!("customer {customer} is so already")
        }
        Refusal::ContactKnown { contact } => {
            format!("{contact} of the same customer has this name already")
        }
        Refusal::ContactUnchanged { contact } => format!("{contact} is so already"),
        Refusal::NotOfContact { contact, given } => {
            format!("{contact} has no number or address “{given}”")
        }
        Refusal::ContactErased { contact } => {
            format!("what was known of {contact} has been erased")
        }
        Refusal::HeadLost { path } => format!("{path} would lose its `document`, and with it its version"),
        Refusal::RulesMoved { path, .. } => {
            format!("{path} was changed by somebody else meanwhile")
        }
        Refusal::DraftBehind { path, day, held, given } => format!(
            "{path} will be version {held} on {day}, and your text goes on from version {given}: it would \
             take back what was changed between"
        ),
        Refusal::DraftThere { path, held, given } => format!(
            "a draft of {path} is there already, as version {held}, and your text goes on from version {given}: \
             it would take back what the draft changes"
        ),
        Refusal::DayPast { path, day } => {
            format!("{day} is no day to come, and a draft of {path} is adopted before its day")
        }
        Refusal::DraftOvertaken { path } => format!(
            "{path} was changed since its draft was written: adopting the draft would take that back"
        ),
        Refusal::NoDraft { path: Some(path) } => format!("there is no draft of {path}"),
        Refusal::NoDraft { path: None } => "there is no draft of the rules".to_owned(),
        Refusal::DraftAdopted { path, days } => {
            let days: Vec<_> = days.iter().map(ToString::to_string).collect();
            format!("there is no draft of {path} any more: it was adopted for {}", days.join(", "))
        }
        Refusal::NothingAdopted { path: Some(path) } => {
            format!("{path} is not adopted for a day to come")
        }
        Refusal::NothingAdopted { path: None } => {
            "no file of rules is adopted for a day to come".to_owned()
        }
        Refusal::AdoptedInForce { path, day } => format!(
            "{path} was adopted for {day} and is in force: an adoption is withdrawn before its day"
        ),
        Refusal::AdoptedForDays { path, days } => {
            let days: Vec<_> = days.iter().map(ToString::to_string).collect();
            format!("{path} is adopted for these days: {}", WORDS.listed(&days))
        }
        Refusal::OwnDraft { path, .. } => {
            format!("the draft of {path} is your own, and somebody else of the team may adopt it")
        }
        Refusal::PersonInCustomer { given } => {
            format!("“{given}” contains personal data, and what a customer is called stays in the history")
        }
        Refusal::PersonInReason => {
            "the reason contains personal data, and it stays in the history".to_owned()
        }
        Refusal::ReasonWithoutWords { given } => {
            format!("the reason says nothing in words: “{given}”")
        }
        Refusal::PersonWaits { contact, records } => {
            let named: Vec<String> = records.iter().map(ToString::to_string).collect();
            format!("{contact} has unfinished records: {}", named.join(", "))
        }
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
        Refusal::NoEventCalled { given, known } => {
            format!("“{given}” names no single event; there are {}", known.join(", "))
        }
        Refusal::NoTextThere { event, given, known } if known.is_empty() => {
            format!("event {event} has no text “{given}”, nor any other")
        }
        Refusal::NoTextThere { event, given, known } => {
            format!("event {event} has no text “{given}”; its texts: {}", known.join(", "))
        }
        Refusal::RedactedBefore { event, field } => {
            format!("{field} of event {event} is redacted already")
        }
        Refusal::PersonalData { fields, kinds } => {
            let contain = if fields.len() == 1 { "contains" } else { "contain" };
            let fields = fields.join(", ");
            if kinds.contains(&PersonalKind::Password) {
                return format!("{fields}: {contain} a password, which is never kept");
            }
            let kinds: Vec<_> = kinds.iter().map(|kind| WORDS.term(*kind)).collect();
            format!("{fields}: {contain} personal data ({})", kinds.join(", "))
        }
        Refusal::Calendar(missing) => format!("the calendar of {} is not loaded", missing.year),
        Refusal::LeadOnly(field) => {
            format!("{} affects due times; only a team lead may correct it", WORDS.term(*field))
        }
        Refusal::Awaited { person, records } => format!(
            "{} has a visit to make or a remote session to end: {}",
            named(person),
            records.join(", ")
        ),
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
        Vocabulary::CauseCategory => "category of causes",
        Vocabulary::PauseReason => "reason for a pause",
        Vocabulary::MajorCriterion => "criterion for major incidents",
        Vocabulary::Against => "person or unit",
        Vocabulary::Question => "question",
        Vocabulary::Contact => "contact",
        Vocabulary::Customer | Vocabulary::CustomerName => "customer",
        Vocabulary::Agreement => "agreement",
        Vocabulary::Hours => "calendar of agreements",
        Vocabulary::Record => "record",
        Vocabulary::Event => "event",
    }
}

fn need(need: NeedReason) -> &'static str {
    match need {
        NeedReason::LowGrade => "a dissatisfied customer's words must be recorded",
        NeedReason::OutOfScope => "“out of scope” needs a referral for the customer",
        NeedReason::Reason => "a change of level, category or major needs a reason",
        NeedReason::Support => {
            "going further (from telephone to remote, from remote to on site) needs a reason"
        }
        NeedReason::Address => "the record has no site to go to",
        NeedReason::LateVisit => "the engineer comes after the window that was promised",
        NeedReason::Signature => "somebody of the customer signs the form, never the team",
        NeedReason::Consent => "the customer says what somebody may do on their computer",
        NeedReason::Client => "the customer let a client be installed; say what became of it",
        NeedReason::KeptClient => "a client that stays with the customer needs its reason",
        NeedReason::SessionCategory => "what was done remotely is filed under a category",
        NeedReason::RemoteSteps => {
            "it came in over the remote client, and neither a session nor the desk says what was done"
        }
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

fn numbers(open: &[usize]) -> String {
    if open.is_empty() {
        return "none".to_owned();
    }
    open.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The states of a visit from which a step leads on.
fn visit_states(step: VisitStep, between: &str) -> String {
    from(step).iter().map(|state| WORDS.term(*state)).collect::<Vec<_>>().join(between)
}

/// What an item of a family is called.
fn item(family: Action) -> &'static str {
    WORDS.find("item", family.code()).unwrap_or(family.code())
}

fn no_item(family: Action, number: Option<usize>, among: &[usize]) -> String {
    let item = item(family);
    match number {
        _ if among.is_empty() => format!("it has no {item}"),
        Some(number) => format!("it has no {item} {number}; there are: {}", numbers(among)),
        None => format!("it has several {item}s; give the number of one: {}", numbers(among)),
    }
}
