//! The verbs, each with the command it means; a new one is a line here.

use clap::{ArgMatches, Args, FromArgMatches};

use crate::{
    app::App,
    commands::{
        Command, accept, ack, amend, attach, attachment, audit, calendar, check, close, confirm,
        contact, customer, decide, demo, doctor, due, escalate, export, extend, followup, handover,
        help, hold, hook, import, init, links, list, log, merge_driver, note, open, people, phone,
        policy, privacy, promise, redact, relay, remote, render_template, report, resolve, respond,
        route, search, settle, shell, show, sla, survey, sync, undo, update, visit,
    },
    error::Result,
    ui::answer::Answer,
    words::help::VerbGroup,
};

/// Commands that make no step although their verb is one of the procedure.
const WITHOUT_STEP: [&str; 5] =
    ["survey due", "attachment list", "attachment get", "attachment verify", "visit list"];

/// Commands of other verbs that make one.
const WITH_STEP: [&str; 2] = ["sla", "sla recompute"];

/// Steps that name a person of the customer's, who may be called as another one is.
const WITH_CONTACT: [&str; 26] = [
    "call",
    "open",
    "remark",
    "ack",
    "respond",
    "update",
    "promise",
    "fulfil",
    "extend",
    "resolve",
    "confirm",
    "close",
    "amend",
    "survey",
    "survey record",
    "visit plan",
    "visit move",
    "visit arrive",
    "visit done",
    "visit sign",
    "visit import",
    "visit miss",
    "visit cancel",
    "remote start",
    "remote refused",
    "remote end",
];

/// Commands that write to the desk's branch without a step.
const WRITERS: [&str; 23] = [
    "policy",
    "policy adopt",
    "policy edit",
    "policy set",
    "people",
    "people add",
    "people change",
    "people retire",
    "people rejoin",
    "contact",
    "contact add",
    "contact change",
    "contact erase",
    "contact merge",
    "customer",
    "customer add",
    "customer change",
    "customer merge",
    "calendar",
    "calendar import",
    "doctor",
    "sync",
    "import",
];

/// Commands that ask for what is missing, besides those of the procedure.
const ASKING: [&str; 22] = [
    "policy",
    "policy adopt",
    "policy edit",
    "policy set",
    "attachment list",
    "attachment get",
    "attachment verify",
    "contact add",
    "contact change",
    "contact erase",
    "customer add",
    "init",
    "people",
    "people add",
    "people change",
    "people retire",
    "people rejoin",
    "show",
    "log",
    "phone",
    "sla explain",
    "report",
];

/// Commands that show the customers' people, besides reports.
const WITH_PEOPLE: [&str; 7] =
    ["", "list", "show", "search", "export", "contact list", "contact show"];

/// Whether a command, by its words behind `docket`, heeds a flag that all of them could take.
pub(super) fn heeds(command: &str, flag: &str) -> bool {
    let verb = command.split(' ').next().unwrap_or_default();
    let is_procedure = VerbSpec::named(verb).is_some_and(|verb| verb.group == VerbGroup::Procedure);
    let makes_step =
        is_procedure && !WITHOUT_STEP.contains(&command) || WITH_STEP.contains(&command);
    match flag {
        // each file tells its own times
        "--at" => makes_step && command != "visit import",
        "--late-because" | "--note" | "--edit" | "--contains-personal" => makes_step,
        "--namesake" => makes_step && WITH_CONTACT.contains(&command) || command == "contact add",
        "--branch" => makes_step || WRITERS.contains(&command),
        "--no-input" => makes_step || ASKING.contains(&command),
        "--ids" => verb == "report" || WITH_PEOPLE.contains(&command),
        "--watch" => matches!(command, "" | "list"),
        _ => true,
    }
}

/// A verb as clap is told of it.
pub(super) struct VerbSpec {
    pub(super) word: &'static str,
    /// Earlier words for it, which scripts may say.
    pub(super) earlier: &'static [&'static str],
    pub(super) group: VerbGroup,
    /// Adds what it takes.
    pub(super) takes: fn(clap::Command) -> clap::Command,
    /// Reads what was said behind it.
    pub(super) read: fn(&mut ArgMatches) -> std::result::Result<Verb, clap::Error>,
}

macro_rules! verbs {
    ($($group:ident {
        $($word:literal $(or $earlier:literal)* => $name:ident($command:ty),)+
    })+) => {
        pub(super) enum Verb { $($($name(Box<$command>),)+)+ }

        impl Verb {
            pub(super) const ALL: &[VerbSpec] = &[$($(VerbSpec {
                word: $word,
                earlier: &[$($earlier,)*],
                group: VerbGroup::$group,
                takes: <$command>::augment_args,
                read: |said| {
                    <$command>::from_arg_matches_mut(said).map(Box::new).map(Self::$name)
                },
            },)+)+];

            pub(super) fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
                match self { $($(Self::$name(command) => command.run(app),)+)+ }
            }
        }
    };
}

verbs! {
    Procedure {
        "call" => Call(open::call::Call),
        "open" => Open(open::Open),
        "remark" => Remark(open::RemarkCommand),
        "ack" => Ack(ack::Ack),
        "route" => Route(route::Route),
        "accept" => Accept(accept::Accept),
        "return" => Return(accept::Return),
        "respond" => Respond(respond::Respond),
        "update" => Update(update::Update),
        "note" => Note(note::Note),
        "decide" => Decide(decide::Decide),
        "promise" => Promise(promise::Promise),
        "fulfil" or "kept" => Fulfil(promise::Fulfil),
        "relay" => Relay(relay::Relay),
        "explain" => Explain(promise::Explain),
        "hold" or "pend" => Hold(hold::Hold),
        "resume" => Resume(hold::Resume),
        "extend" => Extend(extend::Extend),
        "escalate" => Escalate(escalate::Escalate),
        "handover" => Handover(handover::Handover),
        "takeover" => Takeover(handover::Takeover),
        "resolve" => Resolve(resolve::Resolve),
        "confirm" => Confirm(confirm::Confirm),
        "close" => Close(close::Close),
        "survey" => Survey(survey::SurveyCommand),
        "reopen" => Reopen(close::Reopen),
        "cancel" => Cancel(close::Cancel),
        "merge" => Merge(links::Merge),
        "link" => Link(links::Link),
        "amend" => Amend(amend::Amend),
        "attach" => Attach(attach::Attach),
        "attachment" => Attachment(attachment::AttachmentCommand),
        "visit" => Visit(visit::VisitCommand),
        "remote" => Remote(remote::RemoteCommand),
        "redact" => Redact(redact::Redact),
        "settle" => Settle(settle::Settle),
        "undo" => Undo(undo::Undo),
        "followup" => Followup(followup::Followup),
    }
    Looking {
        "list" => List(list::List),
        "show" => Show(show::Show),
        "due" => Due(due::Due),
        "search" => Search(search::Search),
        "sla" => Sla(sla::Sla),
        "log" => Log(log::Log),
        "phone" => Phone(phone::Phone),
    }
    Reporting {
        "report" => Report(report::Report),
        "export" => Export(export::Export),
    }
    People {
        "people" => People(people::PeopleCommand),
        "contact" => Contact(contact::ContactCommand),
        "customer" => Customer(customer::CustomerCommand),
        "calendar" => Calendar(calendar::CalendarCommand),
        "policy" => Policy(policy::PolicyCommand),
        "privacy" => Privacy(privacy::PrivacyCommand),
    }
    Repository {
        "check" => Check(check::Check),
        "audit" => Audit(audit::Audit),
        "hook" => Hook(hook::HookCommand),
        "sync" => Sync(sync::SyncCommand),
        "doctor" => Doctor(doctor::Doctor),
        "import" => Import(import::Import),
        "init" => Init(init::Init),
        "demo" => Demo(demo::Demo),
        "help" => Help(help::Help),
        "completions" => Completions(shell::Completions),
        "man" => Man(shell::Man),
        "render-template" => RenderTemplate(render_template::RenderTemplate),
        "merge-driver" => MergeDriver(merge_driver::MergeDriver),
    }
}

impl VerbSpec {
    pub(super) fn named(word: &str) -> Option<&'static Self> {
        Verb::ALL.iter().find(|verb| verb.word == word || verb.earlier.contains(&word))
    }

    /// The verb with nothing that it takes.
    pub(super) fn bare(&self) -> clap::Command {
        clap::Command::new(self.word).aliases(self.earlier)
    }
}
