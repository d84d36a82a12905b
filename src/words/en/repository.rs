//! What is wrong with the repository, in English.

use crate::{
    domain::{
        base::{ids::ContactId, lang::LANGUAGES, print::minute},
        deciding::policy::{PolicyReference, agreements::AgreementFault, roles::RoleFault},
        history::merge::Clash,
    },
    store::{
        error::{Error, HolidayFault, PolicyFault},
        git::{
            error::{
                Cause, DamagedObject, Edit, Error as GitError, FileTask, GitTask, IndexDamage,
                PathFault, Transfer, Unfinished, UnsupportedFormat,
            },
            lock::Signer,
        },
        layout::{self, OptionalRules},
        rule_merge::RulesClash,
    },
    words::{
        en::{refusal::text_fault, time::calendar_fault, yaml},
        typed,
    },
};

/// The command that goes to the first of these branches.
fn switch_to(branches: &[(String, String)], is_bare: bool) -> String {
    let first = branches.first().map_or("", |(_, own)| own.as_str());
    let first = typed(first, "BRANCH");
    if is_bare {
        format!("git symbolic-ref HEAD refs/heads/{first}")
    } else {
        format!("git switch {first}")
    }
}

/// What is wrong, naming the culprit.
pub(super) fn sentence(error: &Error) -> String {
    match error {
        Error::Git(error) => git(error),
        Error::NotADesk { dir, branch, .. } => {
            let dir = dir.trim_end_matches('/');
            format!("{dir} is a git repository but not a desk: branch {branch} has no docket.yaml")
        }
        Error::Taken { paths } => {
            format!("a desk would take over these existing files: {}", paths.join(", "))
        }
        Error::Broken { path, source } => format!("{path}: {}", yaml::fault(source)),
        Error::Policy { path, line, key, fault } => {
            let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
            format!("{path}{line}: {}{}", within(key.as_ref()), policy(fault))
        }
        Error::NoPolicy { path } => format!("{path} is missing"),
        Error::NotBegun { rules } => not_begun(*rules),
        Error::Newer { path, format, ours } => {
            format!("{path} has format {format}, but this docket only knows format {ours}")
        }
        Error::Misplaced { path, id } => format!("{path} contains {id}"),
        Error::OutOfStep { path } => format!(
            "{path}: the status does not match the history, so the file was changed by hand"
        ),
        Error::NamesInHistory { path } => {
            format!("{path} names a person: this desk keeps people in its history")
        }
        Error::NotAPerson { path } => format!("{path} is not what docket writes of a person"),
        Error::Grown { path, size } => {
            format!("{path} would grow to {size} bytes, more than docket can read back")
        }
        Error::NoRecord { given, .. } if given == "last" => {
            "you have changed no record here yet".to_owned()
        }
        Error::NoRecord { given, .. } => format!("no record {given}"),
        Error::Ambiguous { given, records, numbered } => {
            let tail = format!("the tail of several records: {}", records.join(", "));
            match (&records[..], &numbered[..]) {
                (_, []) => format!("{given} is {tail}"),
                ([], _) => format!(
                    "{given} is the number of several records in other systems: {}",
                    numbered.join(", ")
                ),
                (_, _) => format!(
                    "{given} is the tail of {}, and the number in another system of {}",
                    records.join(", "),
                    numbered.join(", ")
                ),
            }
        }
        Error::Namesakes { given, records } => {
            format!("{given} is the id of {} records: {}", records.len(), records.join(", "))
        }
        Error::ShortTail { given } => format!("{given} is too short to change a record by"),
        Error::NoRevision { given } => format!("no revision {given}"),
        Error::CutOff { at } => {
            format!("how the desk was at {} is not in this shallow clone", minute(*at))
        }
        Error::NotYet { at } => format!("there was no desk here yet at {}", minute(*at)),
        Error::OtherBranch { here, desk } => {
            format!("the current branch is {here}, but the desk uses {desk}")
        }
        Error::Detached { commit, .. } => {
            format!("HEAD is detached at {commit}, but the desk needs a branch")
        }
        Error::FixedClock => {
            "DOCKET_NOW is set, but this desk does not allow a fixed clock".to_owned()
        }
        Error::Keyless { person, .. } => format!(
            "{person} has no key in policy/people.yaml, and this desk requires signed commits"
        ),
        Error::NotOurs { path } => format!("{path} is neither a record nor a contact"),
        Error::Unrelated => {
            "the two histories have no commit in common, so they are two desks".to_owned()
        }
        Error::NoRemote => "this clone has no remote to sync with".to_owned(),
        Error::Outrun { remote, output } => {
            format!("others kept pushing to {remote} first: {}", reason(output))
        }
        Error::Locked { remote, output } => {
            format!("a file at {remote} keeps everybody from pushing: {}", reason(output))
        }
        Error::Conflict { paths, why, .. } => conflict(paths, why),
        Error::NotMergedByLead { merge, email, paths, .. } => not_by_lead(merge, email, paths),
        Error::RulesApart { paths, with } => {
            format!("the rules here and those of {with} do not hold together: {}", paths.join(", "))
        }
        Error::Unmergeable { id, clash } => {
            let why = match clash {
                Clash::SameId => "two clones gave its id to different requests".to_owned(),
                Clash::SameEvent(event) => {
                    format!("event {event} has two versions, so one was changed by hand")
                }
                Clash::Intake => "what was first recorded was changed by hand".to_owned(),
            };
            format!("{id} cannot be merged: {why}")
        }
        Error::TwoPersons { id } => format!("two clones gave {id} to different people"),
        Error::File { path, source } => format!("{path}: {source}"),
    }
}

/// Why two sides are not made one.
fn conflict(paths: &[String], why: &RulesClash) -> String {
    let paths = paths.join(", ");
    match why {
        RulesClash::Values => format!("both sides changed the same lines of {paths}"),
        RulesClash::SharedEmail(email) => {
            format!("both sides together give {email} to two people: {paths}")
        }
        RulesClash::NoLead => format!("both sides together leave no team lead: {paths}"),
    }
}

fn not_by_lead(merge: &str, email: &str, paths: &[String]) -> String {
    let paths = paths.join(", ");
    format!("both sides of merge {merge} changed {paths}, but {email} is not a team lead by both")
}

/// The same where the file is named already.
pub(super) fn file_fault(error: &Error) -> String {
    match error {
        Error::Broken { source, .. } => yaml::fault(source),
        Error::Policy { line, key, fault, .. } => {
            let line = line.map(|line| format!("line {line}: ")).unwrap_or_default();
            format!("{line}{}{}", within(key.as_ref()), policy(fault))
        }
        other => sentence(other),
    }
}

/// What is wrong between docket and git.
pub(super) fn git(error: &GitError) -> String {
    match error {
        GitError::NotARepository { dir } => {
            format!("{} is not in a git repository", dir.display())
        }
        GitError::AlreadyARepository { dir } => {
            format!("{} is already a git repository", dir.display())
        }
        GitError::HalfMade { path } => format!(
            "{} is not a repository; an interrupted init may have left it there",
            path.display()
        ),
        GitError::ForeignOwner { dir } => {
            format!("the repository {} belongs to another user", dir.display())
        }
        GitError::NoIdentity { output } => {
            format!("git does not know who you are: {}", reason(output))
        }
        GitError::IdentityNotUtf8 { person } => {
            format!("git names you in another encoding than UTF-8: {person}")
        }
        GitError::BadSetting { key, value } => {
            format!("git's setting {key} is “{value}”, which is neither true nor false")
        }
        GitError::Unsupported(format) => {
            format!("this repository uses {}, which docket cannot read", unsupported(format))
        }
        GitError::BadBranch { branch } => format!("“{branch}” is not a valid name of a branch"),
        GitError::BadPath { path, why } => {
            format!("“{path}” is not a valid path in the repository: {}", path_fault(*why))
        }
        GitError::BadPerson { person, why } => {
            format!("“{person}” cannot be named in a commit: {}", text_fault(why))
        }
        GitError::NotAFile { path } => format!("{path} is not a plain file in the repository"),
        GitError::TooLarge { path, size } => format!("{path} is too large to read ({size} bytes)"),
        GitError::Damaged(object) => format!("the repository is damaged: {}", damaged(object)),
        GitError::HandEdited { path, edit: Edit::Unstaged } => {
            format!("{path} was changed by hand and not committed")
        }
        GitError::HandEdited { path, edit: Edit::Staged } => {
            format!("{path} has staged changes that are not committed")
        }
        GitError::Symlinked { path } => format!("{path} is a symbolic link, or lies under one"),
        GitError::InProgress { what } => format!("{} is in progress", unfinished(*what)),
        GitError::CheckedOutElsewhere { branch, dir } => {
            format!("branch {branch} is checked out in {}", dir.display())
        }
        GitError::NotCheckedOut { branch } => {
            format!("branch {branch} is no longer checked out here")
        }
        GitError::LockTimeout { path } => {
            format!("another docket process is still writing; waited for {}", path.display())
        }
        GitError::SignerTimeout(Signer { name, process }) => {
            format!("{name} is still signing a commit (process {process})")
        }
        GitError::GitLocked { path } => format!("git's own lock exists: {}", path.display()),
        GitError::Contended { branch } => {
            format!("branch {branch} kept moving while docket tried to write to it")
        }
        GitError::Obstructed { reference, by } => {
            format!("{reference} cannot be written while {by} is there")
        }
        GitError::NoSuchRemote { remote, .. } => format!("no remote “{remote}”"),
        GitError::Remote { transfer: Transfer::Fetch, remote, output } => {
            format!("could not fetch from {remote}: {}", reason(output))
        }
        GitError::Remote { transfer: Transfer::Push, remote, output } => {
            format!("could not push to {remote}: {}", reason(output))
        }
        GitError::Refused { task, output } => {
            format!("git could not {}: {}", git_task(task), reason(output))
        }
        GitError::NotSigned { output } => {
            format!("git could not sign the commit: {}", reason(output))
        }
        GitError::NotFlushed { commit, source } => {
            format!("commit {commit} was made, but may not survive a power failure: {source}")
        }
        GitError::Io { task, path, source } => {
            format!("cannot {} {}: {source}", file_task(*task), path.display())
        }
        GitError::Missing { task } => {
            format!("cannot {}: the object is not in this clone", git_task(task))
        }
        GitError::Git { task, source } => {
            let cause = match source {
                Cause::DamagedObject => "the object is damaged; git fsck shows details",
                Cause::Ambiguous => "several names begin like this",
                Cause::Reported(said) => said,
            };
            format!("cannot {}: {cause}", git_task(task))
        }
    }
}

/// Why a file of the rules that a desk works without says nothing.
fn not_begun(rules: OptionalRules) -> String {
    let path = rules.path();
    match rules {
        OptionalRules::Agreements => {
            format!("nothing is agreed with customers yet: there is no {path}")
        }
        OptionalRules::Kpi => format!("no key figure has a target: there is no {path}"),
        OptionalRules::Roles => format!("there is no {path}: the roles are as docket has them"),
    }
}

/// What to do about it.
#[expect(clippy::too_many_lines, reason = "one hint for each error")]
pub(super) fn hint(error: &Error) -> Option<String> {
    Some(match error {
        Error::Git(GitError::BadPerson { .. }) => {
            "a team lead changes it with docket people change ID --name NAME --email ADDRESS, or, \
             for themselves, by hand in policy/people.yaml"
                .to_owned()
        }
        Error::NotADesk { others, is_bare, .. } if !others.is_empty() => {
            format!(
                "the desk is on {}: {}",
                others.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", "),
                switch_to(others, *is_bare)
            )
        }
        Error::NotADesk { .. } | Error::Git(GitError::NotARepository { .. }) => {
            "docket demo makes a sample desk to try things in, docket init one of your own here\n\
             docket -C DIR works at the desk in another directory"
                .to_owned()
        }
        Error::Taken { .. } => {
            "git mv moves them elsewhere; docket init DIR makes a desk in its own repository"
                .to_owned()
        }
        Error::NoRecord { given, .. } if given.parse::<ContactId>().is_ok() => {
            format!("docket contact show {given} shows the contact and their records")
        }
        Error::NoRecord { nearest, .. } if !nearest.is_empty() => {
            format!("did you mean {}?", nearest.join(", "))
        }
        Error::NoRecord { .. } => "docket list --all shows all records".to_owned(),
        Error::Ambiguous { .. } | Error::ShortTail { .. } => {
            "give at least four characters of the tail, or the whole id".to_owned()
        }
        Error::OtherBranch { here, desk } => {
            let (desk, here) = (typed(desk, "BRANCH"), typed(here, "BRANCH"));
            format!("git switch {desk}, or --branch {here} to write here")
        }
        Error::Detached { desk, .. } => {
            format!("git switch {}", typed(desk.as_deref().unwrap_or_default(), "BRANCH"))
        }
        Error::FixedClock => {
            "unset DOCKET_NOW; --at TIME --late-because REASON records what happened earlier"
                .to_owned()
        }
        Error::Keyless { person, lead: Some(lead) } => format!(
            "a team lead with a key, such as {lead}: docket people change {person} --key \
             \"$(cat KEY.pub)\""
        ),
        Error::Keyless { person, lead: None } => format!(
            "no team lead has a key: commit docket.yaml with signatures: optional until then, and \
             run docket people change {person} --key \"$(cat KEY.pub)\""
        ),
        Error::Git(GitError::Missing { .. }) => {
            "git fetch --refetch --no-filter completes a partial clone; in other clones git fsck \
             shows what is missing"
                .to_owned()
        }
        Error::Git(GitError::NotCheckedOut { branch }) => {
            format!("git switch {}, then run it again", typed(branch, "BRANCH"))
        }
        Error::Git(GitError::HandEdited { path, .. }) => format!(
            "git diff HEAD -- {path} shows the change; git restore --staged --worktree {path} \
             discards it; docket doctor --repair --edits keep makes it an amend of yours"
        ),
        Error::Newer { path, .. } if path == "docket.yaml" => {
            "update docket; until then this desk can only be looked at".to_owned()
        }
        Error::Newer { .. } => "update docket; other records can still be read".to_owned(),
        Error::OutOfStep { path } | Error::Broken { path, .. } | Error::Misplaced { path, .. }
            if path.starts_with("records/") || path.starts_with("contacts/") =>
        {
            format!("docket doctor repairs it; git log -p -- {path} shows what happened")
        }
        Error::Broken { path, .. } if error.is_unknown_key() => {
            format!(
                "if a newer docket wrote it, update this one; if not, correct the line: \
             git log -p -- {path} shows where it came from"
            )
        }
        // a file from files, which git does not know
        Error::Policy { fault, .. } if matches!(**fault, PolicyFault::Holidays(_)) => return None,
        Error::NamesInHistory { .. } => {
            "a desk made before names were kept apart cannot be read; begin a new one with docket init"
                .to_owned()
        }
        Error::NotAPerson { .. } => "docket doctor".to_owned(),
        Error::OutOfStep { path }
        | Error::Broken { path, .. }
        | Error::Misplaced { path, .. }
        | Error::Policy { path, .. } => format!("git log -p -- {path} shows what happened"),
        Error::NoPolicy { path } => {
            format!("git log --diff-filter=D -- {path} shows who removed it")
        }
        Error::NotBegun { rules } => format!("docket policy edit {} begins it", layout::rule_name(rules.path())),
        Error::Namesakes { .. } => "use one of these names".to_owned(),
        Error::NoRemote => "git remote add origin URL, then docket sync".to_owned(),
        Error::Git(GitError::InProgress { what: Unfinished::Merge }) => {
            "docket doctor --repair finishes it; git merge --abort cancels it".to_owned()
        }
        Error::Git(GitError::InProgress { .. }) => "finish or abort it with git first".to_owned(),
        Error::Git(GitError::ForeignOwner { dir }) => {
            format!("if you trust it: git config --global --add safe.directory {}", dir.display())
        }
        Error::Git(GitError::NoIdentity { .. } | GitError::IdentityNotUtf8 { .. }) => {
            "git config --global user.name NAME; git config --global user.email EMAIL".to_owned()
        }
        Error::Git(GitError::BadSetting { key, .. }) => format!("git config {key} true|false"),
        Error::Git(GitError::Unsupported(format)) => return way_out(format),
        Error::Git(GitError::Damaged(DamagedObject::Apart(_))) => {
            "docket doctor --repair keeps what it leads to, or removes it".to_owned()
        }
        Error::Git(GitError::Damaged(_)) => "git fsck shows details".to_owned(),
        Error::Git(GitError::CheckedOutElsewhere { dir, .. }) => {
            format!("run the command in {}", dir.display())
        }
        Error::Git(GitError::GitLocked { path }) => format!(
            "a git command may hold it, such as a commit waiting for its editor, or a program \
             that runs git; if there is none, one was killed: rm {}",
            path.display()
        ),
        Error::Git(GitError::Obstructed { by, .. }) => {
            format!("if nobody needs it: git update-ref -d {}", typed(by, "REFERENCE"))
        }
        Error::Git(GitError::HalfMade { path }) => {
            format!("look into it; if nothing in it is needed: rm -r {}", path.display())
        }
        Error::Git(GitError::SignerTimeout(_)) => "run it again once that is finished".to_owned(),
        Error::Git(GitError::NoSuchRemote { known, .. }) if !known.is_empty() => {
            format!("known remotes: {}", known.join(", "))
        }
        Error::Outrun { .. } => "nothing is lost; run docket sync again".to_owned(),
        Error::Locked { .. } => "nothing is lost; a push that was cut off may have left it: whoever \
                                 looks after the remote removes it while nobody pushes, then docket sync"
            .to_owned(),
        Error::RulesApart { paths, with } => format!(
            "git diff HEAD...{with} -- policy shows theirs; docket policy edit {} makes those here go with \
             them, then docket sync",
            paths.first().map_or("FILE", String::as_str)
        ),
        Error::Conflict { paths, with, .. } if paths.iter().any(|path| layout::is_of_lead(path)) => {
            format!(
                "a team lead does it: git merge {with}, resolve these files, git commit, then docket \
                 sync"
            )
        }
        Error::NotMergedByLead { merge, with, .. } => format!(
            "git reset --keep {merge}^1 goes back to before it, git reflog knows what came since; then a \
             team lead: git merge {with}, resolve these files, git commit, docket sync"
        ),
        Error::Conflict { with, .. } => {
            format!("git merge {with}, resolve these files, git commit, then docket sync")
        }
        Error::Unmergeable { clash: Clash::SameId, .. } => {
            "docket sync gives them different ids, as docket doctor --repair does during a merge"
                .to_owned()
        }
        Error::Unmergeable { id, .. } => {
            format!("docket doctor {id} --repair restores what was first written")
        }
        Error::TwoPersons { .. } => {
            "in the clone that has not been synced, open their records again with docket open"
                .to_owned()
        }
        Error::CutOff { .. } => "git fetch --unshallow".to_owned(),
        Error::Unrelated => "git clone the other one and work there".to_owned(),
        Error::Grown { path, .. } => {
            let contact = layout::person_of_spelled(path)?;
            format!(
                "docket contact change {contact} --remove NUMBER takes one away; --set name=NAME \
                 settles what clones said differently"
            )
        }
        Error::Git(_)
        | Error::NotOurs { .. }
        | Error::NoRevision { .. }
        | Error::NotYet { .. }
        | Error::File { .. } => return None,
    })
}

/// The key of an entry, before what is wrong there.
fn within(key: Option<&String>) -> String {
    key.map(|key| format!("{key}: ")).unwrap_or_default()
}

fn policy(fault: &PolicyFault) -> String {
    match fault {
        PolicyFault::NotAZone { given } => super::time::not_a_zone(given),
        PolicyFault::NotACountry { given } => {
            format!("“{given}” is not a country of two capital letters, such as CN or DE")
        }
        PolicyFault::NotAPrefix { given } => {
            format!("“{given}” is not a valid prefix: one to eight capital letters or digits")
        }
        PolicyFault::NotALocale { given } => {
            format!("“{given}” is not a known language: {}", LANGUAGES.join(" or "))
        }
        PolicyFault::Calendar(fault) => calendar_fault(fault),
        PolicyFault::Agreement(fault) => agreement(fault),
        PolicyFault::Dangling(found) => {
            let what = match found.what {
                PolicyReference::Unit => "unit",
                PolicyReference::Person => "person",
                PolicyReference::MajorCriterion => "criterion of a major incident",
                PolicyReference::Channel => "channel",
                PolicyReference::PersonId => "id",
                PolicyReference::Email => "e-mail address",
            };
            let nearest = match found.nearest.as_slice() {
                [] => String::new(),
                nearest => format!("; did you mean {}?", nearest.join(" or ")),
            };
            if found.is_shared {
                format!("two people have the {what} “{}”{nearest}", found.given)
            } else {
                let file = found.what.file();
                format!("no {what} “{}” in policy/{file}.yaml{nearest}", found.given)
            }
        }
        PolicyFault::Role { action, fault: RoleFault::Nobody } => {
            format!("{action}: nobody is allowed to do it")
        }
        PolicyFault::Role { action, fault: RoleFault::KeptFrom { role, only } } => {
            let only: Vec<_> = only.iter().map(ToString::to_string).collect();
            format!("{action}: not allowed for {role}, only for {}", only.join(", "))
        }
        PolicyFault::Target { kpi, given } => {
            let given = given.as_ref().map(|given| format!(", not {given}"));
            format!(
                "{kpi} takes at_least or at_most{}: 0 to 100 per cent for a share, a number for a \
                 count, a limit like 8h for a time, nothing for a figure that is not measured",
                given.unwrap_or_default()
            )
        }
        PolicyFault::Holidays(fault) => holidays(fault),
        PolicyFault::NotReadBack => {
            "docket cannot write this value there: the file would not be read as it was meant"
                .to_owned()
        }
    }
}

fn agreement(fault: &AgreementFault) -> String {
    match fault {
        AgreementFault::Name { version, fault, .. } => {
            format!("the name of version {version}: {}", text_fault(fault))
        }
        AgreementFault::EndsBefore { version, from, to, .. } => {
            format!("version {version} ends on {to}, before it begins; the earliest end is {from}")
        }
        AgreementFault::Twice { id, version, .. } => {
            format!("{id} has version {version} twice; did you mean {}?", version.saturating_add(1))
        }
        AgreementFault::Overlap { earlier, until, later, from, .. } => {
            let until = match until {
                Some(until) => format!("until {until}"),
                None => "without end".to_owned(),
            };
            let last = from.pred_opt().unwrap_or(*from);
            format!(
                "version {earlier} is valid {until}, but version {later} begins on {from}; the latest \
                 end of version {earlier} is {last}"
            )
        }
        AgreementFault::UnknownCalendar { version, given, nearest, .. } => {
            let nearest = match nearest.as_slice() {
                [] => String::new(),
                nearest => format!("; did you mean {}?", nearest.join(" or ")),
            };
            format!("there is no calendar “{given}” for version {version}{nearest}")
        }
        AgreementFault::NotAZone { given, .. } => super::time::not_a_zone(given),
        AgreementFault::Gone { id, version, since } => format!(
            "version {version} of agreement {id} has been valid since {since}, and stays in the file; \
             valid_to ends it"
        ),
        AgreementFault::Changed { id, version, next, since, .. } => format!(
            "version {version} of agreement {id} has been valid since {since}, and what it promises \
             stays; a change is version {next}"
        ),
        AgreementFault::EndsAfterwards { id, version, to, earliest, .. } => format!(
            "version {version} of agreement {id} cannot end on {to} any more, for that day is past and \
             what it promised stays; {earliest} is the first day on which it can end"
        ),
        AgreementFault::Hours { fault, .. } => calendar_fault(fault),
    }
}

fn holidays(fault: &HolidayFault) -> String {
    match fault {
        HolidayFault::NotUtf8 => "the file is not UTF-8 text".to_owned(),
        HolidayFault::Unknown { why } => format!("neither holiday-cn JSON nor iCalendar: {why}"),
        HolidayFault::NotAYear { given } => format!("{given} is not a year like 2026"),
        HolidayFault::BothOffAndWork { day } => format!("{day} is both off and work"),
        HolidayFault::NoDayOff { year } => format!("{year} has no day off"),
        HolidayFault::Repeats { property } => {
            format!("{property} is not read: each holiday needs an event of its own")
        }
        HolidayFault::Transparent => "nobody is busy by it (TRANSP:TRANSPARENT)".to_owned(),
        HolidayFault::Observance => "an observance, not a public holiday".to_owned(),
        HolidayFault::CutShort => "the file ends before END:VCALENDAR".to_owned(),
        HolidayFault::NoStart => "an event has no DTSTART".to_owned(),
        HolidayFault::NoDay { from, to } => {
            format!("it has no day in the years from {from} to {to}")
        }
        HolidayFault::TooManyDays { most } => {
            format!("the events have more than {most} days together, which no holidays do")
        }
        HolidayFault::EventLength { days } => format!("an event of {days} days is not a holiday"),
        HolidayFault::NotADate { given } => {
            format!("“{given}” is not a date like 20260101; only events of whole days are read")
        }
    }
}

fn unsupported(format: &UnsupportedFormat) -> String {
    match format {
        UnsupportedFormat::Objects(hash) => format!("{hash} objects (extensions.objectFormat)"),
        UnsupportedFormat::References(form) => {
            format!("{form} references (extensions.refStorage)")
        }
        UnsupportedFormat::Extension(extension) => format!("the format extension {extension}"),
        UnsupportedFormat::IndexVersion(version) => format!("version {version} of the index"),
        UnsupportedFormat::SplitIndex => "a split index (core.splitIndex)".to_owned(),
        UnsupportedFormat::SparseIndex => "a sparse index (index.sparse)".to_owned(),
        UnsupportedFormat::IndexExtension(name) => format!("the index extension {name}"),
        UnsupportedFormat::CommonDirectory => "GIT_COMMON_DIR".to_owned(),
        UnsupportedFormat::BranchAlias(branch) => {
            format!("branch {branch} as another name of a branch")
        }
    }
}

fn way_out(format: &UnsupportedFormat) -> Option<String> {
    let command = match format {
        UnsupportedFormat::IndexVersion(_) => "git update-index --index-version 4",
        UnsupportedFormat::SplitIndex => "git update-index --no-split-index",
        UnsupportedFormat::SparseIndex => "git sparse-checkout reapply --no-sparse-index",
        UnsupportedFormat::Objects(_)
        | UnsupportedFormat::References(_)
        | UnsupportedFormat::Extension(_)
        | UnsupportedFormat::IndexExtension(_)
        | UnsupportedFormat::BranchAlias(_) => return None,
        UnsupportedFormat::CommonDirectory => "unset GIT_COMMON_DIR",
    };
    Some(format!("{command} undoes it"))
}

fn path_fault(fault: PathFault) -> &'static str {
    match fault {
        PathFault::Empty => "it is empty",
        PathFault::TooLong => "it is too long",
        PathFault::BadCharacter => "it contains a backslash or a control character",
        PathFault::NotRelative => "it is not relative, or has an empty part",
        PathFault::Dots => "it contains “.” or “..”",
        PathFault::GitFolder => "it leads into git's own folder",
        PathFault::NamedTwice => "the change already names it, or a file above it",
        PathFault::NotUtf8 => "the name of the working tree is not UTF-8",
    }
}

fn damaged(object: &DamagedObject) -> String {
    match object {
        DamagedObject::Named(name) => name.clone(),
        DamagedObject::Hash => "an object cannot be hashed".to_owned(),
        DamagedObject::NoCommit(id) => format!("no commit {id}"),
        DamagedObject::NotATree(id) => format!("{id} is not a tree"),
        DamagedObject::Apart(name) => {
            format!("{name} does not point to a commit in this repository")
        }
        DamagedObject::TreeCutShort(id) => format!("tree {id} is cut short"),
        DamagedObject::FolderTooLarge(path) => format!("{path} contains too much"),
        DamagedObject::FolderTooDeep(path) => format!("{path}/ is nested too deep"),
        DamagedObject::Index(damage) => match damage {
            IndexDamage::Sum => "the index does not match its own checksum".to_owned(),
            IndexDamage::NotAnIndex => "the file index is not an index".to_owned(),
            IndexDamage::Count => "the index counts more entries than it has".to_owned(),
            IndexDamage::Order => "the index is not in order".to_owned(),
            IndexDamage::LongNames => "the names in the index are too long".to_owned(),
            IndexDamage::CutShortAfterEntries => {
                "the index is cut short after its entries".to_owned()
            }
            IndexDamage::CutShortAt { entry } => {
                format!("the index is cut short or broken at entry {entry}")
            }
        },
    }
}

/// What git has begun.
pub(super) fn unfinished(what: Unfinished) -> &'static str {
    match what {
        Unfinished::Merge => "a merge",
        Unfinished::Revert => "a revert",
        Unfinished::CherryPick => "a cherry-pick",
        Unfinished::Bisect => "a bisection",
        Unfinished::Rebase => "a rebase",
        Unfinished::Am => "git am",
        Unfinished::RebaseOrAm => "a rebase or git am",
    }
}

fn file_task(task: FileTask) -> &'static str {
    match task {
        FileTask::Read => "read",
        FileTask::Inspect => "look at",
        FileTask::Write => "write",
        FileTask::Create => "create",
        FileTask::Open => "open",
        FileTask::Lock => "lock",
        FileTask::Rename => "rename",
        FileTask::Replace => "replace",
        FileTask::Repair => "repair",
        FileTask::Remove => "remove",
        FileTask::Flush => "flush",
        FileTask::Run => "run",
        FileTask::Draw => "draw random bytes for",
    }
}

fn git_task(task: &GitTask) -> String {
    match task {
        GitTask::LookForRepository(dir) => format!("look for a repository at {dir}"),
        GitTask::OpenRepository(dir) => format!("open the repository {dir}"),
        GitTask::MakeRepository(dir) => format!("make a repository in {dir}"),
        GitTask::OpenObjects => "open git's objects".to_owned(),
        GitTask::ReadObjects(path) => format!("read objects in {path}"),
        GitTask::ReadCommit(id) => format!("read commit {id}"),
        GitTask::ReadTree(id) => format!("read tree {id}"),
        GitTask::ReadFile(path) => format!("read {path}"),
        GitTask::ReadFileOf { path, commit } => format!("read {path} of commit {commit}"),
        GitTask::ReadSignature(id) => format!("read the signature of {id}"),
        GitTask::ReadBranch(branch) => format!("read branch {branch}"),
        GitTask::ReadHead => "read HEAD".to_owned(),
        GitTask::ReadIndex => "read the index".to_owned(),
        GitTask::WriteObject => "write an object".to_owned(),
        GitTask::MoveBranch(branch) => format!("move branch {branch}"),
        GitTask::MergeFile(path) => format!("merge {path}"),
        GitTask::ListRemotes => "list the remotes".to_owned(),
        GitTask::ListBranches => "list the branches".to_owned(),
        GitTask::ReadSettings => "read its settings".to_owned(),
        GitTask::WalkBack(tip) => format!("walk back from {tip}"),
        GitTask::FindBefore { old, new } => format!("look for {old} before {new}"),
        GitTask::FindFork { one, other } => format!("find where {one} and {other} part"),
        GitTask::FindRevision(given) => format!("find {given}"),
        GitTask::ChangeSetting(key) => format!("change {key} in git's settings"),
        GitTask::CompareWorkingTree => "compare the working tree".to_owned(),
        GitTask::CompareJournal => "compare the branch with the journal".to_owned(),
        GitTask::StageFiles => "stage files".to_owned(),
        GitTask::CommitMerge => "commit the merge".to_owned(),
        GitTask::AbortMerge => "abort the merge".to_owned(),
        GitTask::Merge => "merge".to_owned(),
        GitTask::RestoreFiles => "restore files".to_owned(),
        GitTask::TakeBack => "take the commits back".to_owned(),
        GitTask::RemoveFile => "remove a file".to_owned(),
    }
}

/// What git said; it may have been silent.
fn reason(output: &str) -> &str {
    if output.is_empty() { "git gave no reason" } else { output }
}
