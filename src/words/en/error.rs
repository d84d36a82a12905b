//! What ended a command, in English.

use std::io::ErrorKind;

use crate::{
    domain::{
        base::{
            ids::RecordId,
            media::{FileFault, FileRemedy, FileShape, FoundContent},
            terms::{FileType, Term as _},
        },
        history::{
            steps::{Action, TABLE},
            visit_file::{FormField, MOST_PHOTOS, VISIT_FILE, VisitFileFault},
        },
    },
    error::{
        EditorEnd, Error, IoPlace, MissingField,
        template::{Bound, TemplateError},
    },
    store::{self, layout},
    words::{
        en::{
            help::HELP,
            refusal,
            refusal::{WORDS, either},
            repository,
            time::moment_fault,
            usage,
        },
        file_size,
        mending::{Mending, mending},
        typed,
    },
};

/// What went wrong, naming the culprit.
pub(super) fn sentence(error: &Error) -> String {
    match error {
        Error::Refused(refused) => refusal::refused(refused),
        Error::Store(error) | Error::WouldNotHold { why: error, .. } => repository::sentence(error),
        Error::Template(error) => template(error),
        Error::Missing { command, fields } => {
            let fields: Vec<_> = fields
                .iter()
                .map(|it| match &it.flag {
                    Some(flag) => format!("{} ({})", it.field, HELP.placeholder(flag)),
                    None => it.field.clone(),
                })
                .collect();
            format!("{command} needs {}", fields.join(", "))
        }
        Error::Time { flag, fault } => {
            format!("{}: {}", HELP.placeholder(flag), moment_fault(fault))
        }
        Error::Usage(usage) => usage::sentence(usage),
        Error::Stranger { email } => format!("{email} is not in the roster"),
        Error::Namesakes { given, contacts }
        | Error::SeveralContacts { given, contacts, .. }
        | Error::SharedPhone { given, contacts } => {
            let each =
                contacts.iter().map(|(id, name, customer)| format!("{id} {name} ({customer})"));
            let each: Vec<String> = each.collect();
            format!("“{given}” may be several contacts: {}", each.join(", "))
        }
        Error::NotWholeName { given, contact: (id, name, customer) } => {
            format!(
                "“{given}” is not the whole name of a contact; it may be {id} {name} ({customer})"
            )
        }
        Error::NoContact { given, .. } => format!("no contact “{given}”"),
        Error::PersonNotHere { contact } => {
            format!("the name and numbers of {contact} are not in this clone")
        }
        Error::NamesNotHere => {
            "the names and numbers of customers' people are not in this clone".to_owned()
        }
        Error::NoPhone { record } => format!("{record} has no phone number"),
        Error::BadVariable { name, fault } => format!("{name}: {fault}"),
        Error::ClockOutOfRange { name, year } => {
            let (first, last) = (RecordId::YEARS.start(), RecordId::YEARS.end());
            format!("{name}: {year} is outside of {first} to {last}, the years that ids can name")
        }
        Error::NoChance => "the system provides no random numbers".to_owned(),
        Error::GivenUp => "cancelled; nothing was changed".to_owned(),
        Error::Editor { editor, end: EditorEnd::NotStarted } => {
            format!("the editor {editor} cannot be started; nothing was changed")
        }
        Error::Editor { editor, end: EditorEnd::Status(status) } => {
            format!("the editor {editor} ended with status {status}; nothing was changed")
        }
        Error::Editor { editor, end: EditorEnd::Killed } => {
            format!("the editor {editor} was killed; nothing was changed")
        }
        Error::NoneOpen { command } => match states_for(command).as_deref() {
            Some(states) => {
                format!("you can {command} no record now: it has to be {}", either(states))
            }
            None => "there is no record that you can do this to now".to_owned(),
        },
        Error::Io { what, source } => format!("{}: {source}", place(what)),
        Error::TooLarge { what, most } => format!("{}: more than {most} bytes", place(what)),
        Error::NotUtf8 { what } => format!("{}: not UTF-8 text", place(what)),
        Error::NotKept { file, fault } => format!("{file}: {}", file_fault(fault)),
        Error::VisitFile(fault) => visit_file_fault(fault),
        Error::NoContent { name, remote: Some(remote) } => {
            format!("{name} is not in this clone, and {remote} does not have it")
        }
        Error::NoContent { name, remote: None } => {
            format!("{name} is not in this clone, and there is no remote to get it from")
        }
        Error::OtherContent { name } => {
            format!("{name} in this clone is not what was attached: its hash differs")
        }
        Error::InsideDesk { name, .. } => {
            format!("{name} is not saved here: git add would add it to the history of the desk")
        }
        Error::NoFolder { folder, .. } => format!("there is no folder {folder}"),
        Error::PlaceTaken { path, .. } => format!("{path} exists and holds something else"),
        Error::NoHead { what } => {
            format!("{}: holds no name of a commit, as --record-head writes it", place(what))
        }
        Error::NotPrinted { what, source } => {
            format!("committed, but {what} could not be printed: {source}")
        }
    }
}

/// The way out of a change of rules that was refused.
fn would_not_hold(path: &str, why: &store::error::Error) -> String {
    match mending(path, why, ["VALUE", "TEXT"]) {
        Some(Mending { command, kept: None }) => {
            format!("nothing was changed; what would mend it: {command}")
        }
        Some(Mending { command, kept: Some(kept) }) => format!(
            "nothing was changed; keep “{kept}” as well, then: {command}; then take “{kept}” away"
        ),
        None if why.is_not_read_back() => {
            format!(
                "nothing was changed; in an editor: docket policy edit {}",
                layout::rule_name(path)
            )
        }
        None => match why.next_version() {
            Some(next) => format!(
                "nothing was changed; write it as an entry of its own, version {next}, that begins \
                 when the one before ends: docket policy edit agreements"
            ),
            None => {
                format!("nothing was changed; what the file says now: docket policy show {path}")
            }
        },
    }
}

/// The next step, where there is one.
#[expect(clippy::too_many_lines, reason = "one hint for each error")]
pub(super) fn hint(error: &Error) -> Option<String> {
    Some(match error {
        Error::Refused(refused) => return refusal::hint(refused),
        Error::Store(error) => return repository::hint(error),
        Error::Editor { end: EditorEnd::NotStarted, .. } => {
            "say which editor there is, for instance: export VISUAL=nano".to_owned()
        }
        Error::WouldNotHold { path, why } => would_not_hold(path, why),
        Error::Missing { command, fields } => missing(command, fields),
        Error::Stranger { email } => {
            let email = typed(email, "EMAIL");
            format!(
                "a team lead adds you: docket people add ID --name NAME --email {email} --role agent"
            )
        }
        Error::NotWholeName { contact: (id, ..), .. } => {
            format!("give the contact's id: docket contact erase {id} --reason TEXT")
        }
        Error::SeveralContacts { command, contacts, .. } => {
            let first = contacts.first().map_or("CONTACT", |(id, ..)| id.as_str());
            let rest = match *command {
                "contact merge" => " --into CONTACT",
                "contact erase" => " --reason TEXT",
                _ => "",
            };
            format!("give the contact's id: docket {command} {first}{rest}")
        }
        Error::SharedPhone { contacts, .. } => {
            let first = contacts.first().map_or("CONTACT", |(id, ..)| id.as_str());
            format!(
                "--caller {first} names one of them, --name NAME somebody else who has the number"
            )
        }
        Error::Namesakes { .. } => {
            "give the contact's id, or --namesake TEXT for a new contact of the same name"
                .to_owned()
        }
        Error::NoContact { nearest, .. } if !nearest.is_empty() => {
            format!("did you mean {}?", nearest.join(", "))
        }
        Error::NoContact { .. } => {
            "give the id, the name, its beginning or the phone; docket contact list shows them all"
                .to_owned()
        }
        Error::NamesNotHere | Error::PersonNotHere { .. } => "docket sync".to_owned(),
        Error::NoPhone { .. } => "docket contact list".to_owned(),
        Error::NoneOpen { .. } => "docket list shows the unfinished records".to_owned(),
        Error::Usage(usage) => return usage::hint(usage),
        Error::Template(TemplateError::Fault { near, .. }) => {
            suggested(near, "docket report NAME --fields")
        }
        Error::Template(TemplateError::Beyond { template, .. }) => {
            format!("simplify {template}, or remove it to use the built-in one")
        }
        Error::NotUtf8 { .. } => "save it as UTF-8 (a spreadsheet calls it CSV UTF-8)".to_owned(),
        Error::NotKept { fault: FileFault::Empty, .. } => {
            "save it again where it comes from, or say what it held: docket note ID TEXT".to_owned()
        }
        Error::NotKept { fault: FileFault::TooLarge { .. }, .. } => {
            "make it smaller; a lead sets the limit under attachments in docket.yaml".to_owned()
        }
        Error::NotKept { fault: FileFault::Damaged { .. }, .. } => {
            "open it, save it again, and attach that".to_owned()
        }
        Error::NotKept { fault: FileFault::NotAFile(_), .. } => {
            "give the path of the file itself".to_owned()
        }
        Error::NotKept {
            fault: FileFault::NotPermitted { found, .. } | FileFault::OtherContent { found, .. },
            ..
        } => match found.remedy() {
            FileRemedy::Rename(kept) => format!("rename it so that it ends in .{kept}"),
            FileRemedy::SavePicture => {
                "save it as jpg or png in a program for pictures; a new name changes nothing"
                    .to_owned()
            }
            FileRemedy::PackAgain => "unpack it, and pack it as zip".to_owned(),
            FileRemedy::SaveOtherwise => permitted_types(),
        },
        Error::VisitFile(fault) => visit_file_hint(fault).to_owned(),
        Error::OtherContent { .. } => "docket attachment verify ID".to_owned(),
        Error::NoFolder { command, .. } => format!("{command}, then repeat this command"),
        Error::InsideDesk { command, .. } | Error::PlaceTaken { command, .. } => command.clone(),
        Error::NoContent { .. } => {
            "in a clone that has it: docket attachment verify ID, then docket sync".to_owned()
        }
        Error::NotPrinted { .. } => {
            "do not run it again: git log shows what was committed".to_owned()
        }
        Error::Time { .. } => "docket help times lists what can be written".to_owned(),
        Error::Io { what: IoPlace::File(_), source } if source.kind() == ErrorKind::NotFound => {
            "a path begins at the current directory, or at /; --help says which files are taken"
                .to_owned()
        }
        Error::ClockOutOfRange { name, .. } => format!("unset {name} goes by the machine's clock"),
        Error::BadVariable { .. }
        | Error::Editor { .. }
        | Error::NoChance
        | Error::GivenUp
        | Error::NoHead { .. }
        | Error::TooLarge { .. }
        | Error::Io { .. } => return None,
    })
}

/// What may stand in the fields that were not given.
fn missing(command: &str, fields: &[MissingField]) -> String {
    let one = |field: &MissingField| {
        let values = field.values.join(", ");
        let flag = field.flag.as_deref().filter(|_| !values.is_empty())?;
        Some(format!("{}: {values}\n", HELP.placeholder(flag)))
    };
    let values: String = fields.iter().filter_map(one).collect();
    format!(
        "{values}docket {command} --help explains them; on a terminal docket asks for most of them"
    )
}

/// What a record has to be for a command, where it is one step of the procedure.
fn states_for(command: &str) -> Option<Vec<&'static str>> {
    let is_meant = |action: Action| match action {
        Action::Hold => command == "hold",
        other => command == other.code(),
    };
    let step = TABLE.iter().find(|row| is_meant(row.action))?;
    Some(step.from.iter().map(|state| WORDS.term(*state)).collect())
}

/// The types of files that are kept.
fn permitted_types() -> String {
    let types: Vec<_> = FileType::ALL.iter().map(|it| it.code()).collect();
    format!("permitted: {}; save it as one of them", types.join(", "))
}

/// Why a file is not kept.
fn file_fault(fault: &FileFault) -> String {
    match fault {
        FileFault::Empty => "the file is empty".to_owned(),
        FileFault::TooLarge { most } => format!("the file has more than {}", file_size(*most)),
        FileFault::NotPermitted { ending, found } if ending.is_empty() => {
            format!("the name has no ending that says what it is; it holds {}", content(*found))
        }
        FileFault::NotPermitted { ending, found } => {
            format!("files called .{ending} are not permitted; it holds {}", content(*found))
        }
        FileFault::OtherContent { ending, found } => {
            format!("it is called .{ending}, but holds {}", content(*found))
        }
        FileFault::Damaged { file_type: FileType::Eml } => {
            "it does not begin with header lines as a mail does".to_owned()
        }
        FileFault::Damaged { file_type } => {
            format!("damaged or incomplete: its parts are not those of a whole {file_type} picture")
        }
        FileFault::NotAFile(shape) => match shape {
            FileShape::Directory => "a directory, not a file",
            FileShape::Link => "a symbolic link, not a file",
            FileShape::Pipe => "a pipe, not a file",
            FileShape::Device => "a device, not a file",
            FileShape::Socket => "a socket, not a file",
        }
        .to_owned(),
    }
}

/// What a file holds.
fn content(found: FoundContent) -> &'static str {
    match found {
        FoundContent::Named(name) => name,
        FoundContent::Text => "text",
        FoundContent::WideText => "text in UTF-16 (save it as UTF-8)",
        FoundContent::ControlText => {
            "text with control characters, as those that colour a terminal"
        }
        FoundContent::Unknown => "data of no known kind",
    }
}

fn place(place: &IoPlace) -> String {
    match place {
        IoPlace::File(path) => path.clone(),
        IoPlace::StandardInput => "standard input".to_owned(),
        IoPlace::StandardOutput => "standard output".to_owned(),
        IoPlace::Editor(editor) => format!("editor {editor}"),
    }
}

/// Why a template cannot be rendered.
fn template(error: &TemplateError) -> String {
    match error {
        TemplateError::Fault { template, why, .. } => format!("{template}: {why}"),
        TemplateError::Beyond { template, bound } => match bound {
            Bound::Time { seconds } => {
                format!("{template}: takes more than {seconds} seconds of computing")
            }
            Bound::Memory { mebibytes } => {
                format!(
                    "{template}: needs more than {mebibytes} MiB of memory, or nests too deeply"
                )
            }
            Bound::Output { mebibytes } => format!("{template}: writes more than {mebibytes} MiB"),
        },
    }
}

/// What may have been meant, and what lists them all.
fn suggested(near: &[String], all: &str) -> String {
    match near {
        [] => format!("{all} lists them all"),
        near => format!("did you mean {}? {all} lists them all", near.join(", ")),
    }
}

/// An answer on the form of a visit.
pub(super) fn form_field(field: FormField) -> &'static str {
    match field {
        FormField::DepartedAt => "time of departure",
        FormField::ArrivedAt => "time of arrival",
        FormField::LateReason => "reason for being late",
        FormField::Told => "person who was told",
        FormField::ToldAt => "time at which the customer was told",
        FormField::LeftAt => "time of leaving",
        FormField::Work => "work done",
        FormField::Result => "result",
        FormField::Parts => "parts",
        FormField::LeftOpen => "left open",
        FormField::Conduct => "answer on the service code",
        FormField::Devices => "answer on the customer's devices",
        FormField::Signature => "signature, or why nobody signed",
        FormField::SignedBy => "signer",
        FormField::Opinion => "opinion",
        FormField::Comment => "comment",
        FormField::Refused => "reason why nobody signed",
        FormField::Drawn => "drawn signature",
        FormField::Photo => "photo",
    }
}

fn visit_file_fault(fault: &VisitFileFault) -> String {
    match fault {
        VisitFileFault::NotAForm => "not a file of the offline page of a visit".to_owned(),
        VisitFileFault::Torn => "the file breaks off before its end".to_owned(),
        VisitFileFault::Altered => {
            "the file is not as the page wrote it: its checksum differs".to_owned()
        }
        VisitFileFault::OtherVersion { given } => {
            format!("the file has version {given}, where version {VISIT_FILE} is read")
        }
        VisitFileFault::Unreadable => "the file holds what the page does not write".to_owned(),
        VisitFileFault::Incomplete(field) => {
            format!("the form is not complete: no {}", form_field(*field))
        }
        VisitFileFault::NotAPicture(field) => {
            format!("the {} is no picture that is kept", form_field(*field))
        }
        VisitFileFault::TooManyPhotos { given } => {
            format!("{given} photos; a form has {MOST_PHOTOS} at most")
        }
        VisitFileFault::OtherDesk { desk, own } => {
            format!("the form is of another desk, “{desk}”; this is “{own}”")
        }
        VisitFileFault::NoSuchVisit { record } => {
            format!("the form is of a visit of {record} that is not in this clone")
        }
    }
}

fn visit_file_hint(fault: &VisitFileFault) -> &'static str {
    match fault {
        VisitFileFault::NotAForm | VisitFileFault::Unreadable => {
            "give the file that the button of the page writes"
        }
        VisitFileFault::Torn | VisitFileFault::Altered => {
            "write it once more with the button of the page, and take that file"
        }
        VisitFileFault::OtherVersion { .. } => "import it with a later docket",
        VisitFileFault::Incomplete(_) | VisitFileFault::NotAPicture(_) => {
            "complete the page, and write the file once more"
        }
        VisitFileFault::TooManyPhotos { .. } => {
            "take photos off the page, and write the file once more"
        }
        VisitFileFault::OtherDesk { .. } => "import it there",
        VisitFileFault::NoSuchVisit { .. } => "docket sync gets what another clone planned",
    }
}
