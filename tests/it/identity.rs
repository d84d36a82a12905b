//! Whoever git would name is who acts: over every documented way to tell git.

use std::{fs, os::unix::fs::PermissionsExt, process::Command};

use crate::desk::Desk;

const OPEN: &str = "open enquiry 'Where are the keys' --channel phone --customer ACME \
    --name 'Ms Wang' --phone 13812341234 --reported 'no keys' --need 'the keys' --quiet";
const ZHANG: &str = "[user]\nname = zhang\nemail = zhang@example.com\n";
const CHEN: &str = "[user]\nname = 陈静\nemail = chen@example.com\n";

/// Files with what they hold, and variables with their value (`-` takes one away); `{home}` and
/// `{desk}` are those of the test. Files of the desk are added to.
struct Way {
    name: &'static str,
    files: &'static [(&'static str, &'static str)],
    variables: &'static [(&'static str, &'static str)],
    /// Whom git names as author, `None` where it refuses.
    author: Option<&'static str>,
}

const fn way(
    name: &'static str,
    files: &'static [(&'static str, &'static str)],
    variables: &'static [(&'static str, &'static str)],
) -> Way {
    Way { name, files, variables, author: Some("chen@example.com") }
}

const fn refused(
    name: &'static str,
    files: &'static [(&'static str, &'static str)],
    variables: &'static [(&'static str, &'static str)],
) -> Way {
    Way { name, files, variables, author: None }
}

const WAYS: &[Way] = &[
    way("the repository", &[("{desk}/.git/config", CHEN)], &[]),
    way(
        "the working tree",
        &[
            ("{desk}/.git/config", "[extensions]\nworktreeConfig = true\n"),
            ("{desk}/.git/config.worktree", CHEN),
        ],
        &[],
    ),
    way("the user", &[("{home}/.gitconfig", CHEN)], &[("GIT_CONFIG_GLOBAL", "-")]),
    way(
        "the user, as XDG has it",
        &[("{home}/.gitconfig", ""), ("{home}/.config/git/config", CHEN)],
        &[("GIT_CONFIG_GLOBAL", "-")],
    ),
    way(
        "another folder of XDG",
        &[("{home}/.gitconfig", ""), ("{home}/own/git/config", CHEN)],
        &[("GIT_CONFIG_GLOBAL", "-"), ("XDG_CONFIG_HOME", "{home}/own")],
    ),
    way(
        "the user twice",
        &[("{home}/.gitconfig", CHEN), ("{home}/.config/git/config", ZHANG)],
        &[("GIT_CONFIG_GLOBAL", "-")],
    ),
    way("a file of the user's", &[("{home}/my", CHEN)], &[("GIT_CONFIG_GLOBAL", "{home}/my")]),
    way(
        "a file of the machine's",
        &[("{home}/.gitconfig", ""), ("{home}/all", CHEN)],
        &[("GIT_CONFIG_NOSYSTEM", "-"), ("GIT_CONFIG_SYSTEM", "{home}/all")],
    ),
    way(
        "no file of the machine's",
        &[("{home}/.gitconfig", CHEN), ("{home}/all", "[author]\nemail = zhang@example.com\n")],
        &[("GIT_CONFIG_NOSYSTEM", "yes"), ("GIT_CONFIG_SYSTEM", "{home}/all")],
    ),
    way(
        "an include",
        &[("{home}/.gitconfig", "[include]\npath = mine\n"), ("{home}/mine", CHEN)],
        &[],
    ),
    way(
        "an include by folder",
        &[
            ("{home}/.gitconfig", "[includeIf \"gitdir:desk/\"]\npath = mine\n"),
            ("{home}/mine", CHEN),
        ],
        &[],
    ),
    way(
        "an include by folder in any case",
        &[
            ("{home}/.gitconfig", "[includeIf \"gitdir/i:DESK/\"]\npath = mine\n"),
            ("{home}/mine", CHEN),
        ],
        &[],
    ),
    way(
        "an include by branch",
        &[
            ("{home}/.gitconfig", "[includeIf \"onbranch:ma*\"]\npath = mine\n"),
            ("{home}/mine", CHEN),
        ],
        &[],
    ),
    way(
        "an include by the remote's address",
        &[
            ("{desk}/.git/config", "[remote \"origin\"]\nurl = https://desk.example/it\n"),
            (
                "{home}/.gitconfig",
                "[user]\nname = zhang\nemail = zhang@example.com\n\
                 [includeIf \"hasconfig:remote.*.url:https://desk.example/**\"]\npath = mine\n",
            ),
            ("{home}/mine", CHEN),
        ],
        &[],
    ),
    way(
        "counted settings",
        &[],
        &[
            ("GIT_CONFIG_COUNT", "1"),
            ("GIT_CONFIG_KEY_0", "user.email"),
            ("GIT_CONFIG_VALUE_0", "chen@example.com"),
        ],
    ),
    way(
        "settings of a command line",
        &[],
        &[("GIT_CONFIG_PARAMETERS", "'user.email'='chen@example.com'")],
    ),
    way(
        "an author of its own",
        &[(
            "{home}/.gitconfig",
            "[user]\nname = zhang\nemail = zhang@example.com\n[author]\nname = 陈静\nemail = chen@example.com\n",
        )],
        &[],
    ),
    way(
        "an author's address alone",
        &[(
            "{home}/.gitconfig",
            "[user]\nname = zhang\nemail = zhang@example.com\n[Author]\nEmail = chen@example.com\n",
        )],
        &[],
    ),
    way(
        "a committer of its own",
        &[(
            "{home}/.gitconfig",
            "[user]\nname = 陈静\nemail = chen@example.com\n[committer]\nname = Front Desk Inc.\nemail = machine@example.com\n",
        )],
        &[],
    ),
    way(
        "author and committer in variables",
        &[],
        &[
            ("GIT_AUTHOR_NAME", "陈静"),
            ("GIT_AUTHOR_EMAIL", "chen@example.com"),
            ("GIT_COMMITTER_NAME", "CI"),
            ("GIT_COMMITTER_EMAIL", "ci@example.com"),
        ],
    ),
    way(
        "an address in a variable over one of its own",
        &[("{desk}/.git/config", "[author]\nemail = zhang@example.com\n")],
        &[("GIT_AUTHOR_EMAIL", "chen@example.com")],
    ),
    way(
        "the address of letters",
        &[("{home}/.gitconfig", "[user]\nname = 陈静\n")],
        &[("EMAIL", "chen@example.com")],
    ),
    way(
        "an empty address of its own",
        &[(
            "{home}/.gitconfig",
            "[user]\nname = 陈静\nemail = chen@example.com\n[author]\nemail =\n",
        )],
        &[],
    ),
    way(
        "blanks and signs around",
        &[(
            "{home}/.gitconfig",
            "[user]\nname = \" <Front> Desk; \"\nemail = \" <chen@example.com>, \"\n",
        )],
        &[],
    ),
    way(
        "blanks and signs in variables",
        &[],
        &[
            ("GIT_AUTHOR_EMAIL", "\tchen@example.com "),
            ("GIT_COMMITTER_NAME", "\"O'Neil\", Dr. J. "),
            ("GIT_COMMITTER_EMAIL", "'o.neil@example.com'"),
        ],
    ),
    way(
        "quotes, comments and lines that go on",
        &[(
            "{home}/.gitconfig",
            "[user]\nname = \"Front # \" Desk \\\n  of IT ; not this\nemail = chen@\\\nexample.com # nor this\n",
        )],
        &[],
    ),
    way(
        "a file with the marks of another system",
        &[(
            "{home}/.gitconfig",
            "\u{feff}[user]\r\n\tname = 陈静\r\n\temail = chen@example.com\r\n",
        )],
        &[],
    ),
    way(
        "a strict user with an address",
        &[(
            "{home}/.gitconfig",
            "[user]\nname = 陈静\nemail = chen@example.com\nuseConfigOnly = true\n",
        )],
        &[],
    ),
    refused(
        "a strict user without one",
        &[("{home}/.gitconfig", "[user]\nname = 陈静\nuseConfigOnly = true\n")],
        &[("EMAIL", "chen@example.com")],
    ),
    refused("an empty name in a variable", &[], &[("GIT_AUTHOR_NAME", "")]),
    refused("a name of signs alone", &[], &[("GIT_AUTHOR_NAME", " <;> ")]),
    refused("an empty committer", &[], &[("GIT_COMMITTER_NAME", "")]),
    refused(
        "a name without a value",
        &[("{home}/.gitconfig", "[user]\nname\nemail = chen@example.com\n")],
        &[],
    ),
    refused("a file that cannot be read", &[("{home}/.gitconfig", "[user\nname = 陈静\n")], &[]),
    refused("settings that are not counted", &[], &[("GIT_CONFIG_COUNT", "many")]),
];

/// A desk whose own user is zhang, with the files of a way.
fn desk_with(files: &[(&str, &str)]) -> Desk {
    let desk = Desk::new();
    fs::write(desk.home().join(".gitconfig"), ZHANG).unwrap();
    for (place, content) in files {
        let path = resolved(&desk, place);
        let before = place.starts_with("{desk}").then(|| fs::read_to_string(&path).ok()).flatten();
        fs::create_dir_all(std::path::Path::new(&path).parent().unwrap()).unwrap();
        fs::write(path, before.unwrap_or_default() + content).unwrap();
    }
    desk
}

fn resolved(desk: &Desk, text: &str) -> String {
    let home = desk.home().display().to_string();
    text.replace("{home}", &home)
        .replace("{desk}", desk.path("").to_str().unwrap().trim_end_matches('/'))
}

fn surround(desk: &Desk, variables: &[(&str, &str)], command: &mut Command) {
    for (name, value) in variables {
        match *value {
            "-" => command.env_remove(name),
            value => command.env(name, resolved(desk, value)),
        };
    }
}

/// What `git var` says with these variables, without the date; `None` where it refuses.
fn told(desk: &Desk, variables: &[(&str, &str)], name: &str) -> Option<String> {
    let mut git = desk.at("09:00").shell("git");
    surround(desk, variables, git.args(["var", name]));
    let output = git.output().unwrap();
    let line = String::from_utf8(output.stdout).unwrap();
    output.status.success().then(|| line.rsplit_once("> ").unwrap().0.to_owned() + ">")
}

#[test]
fn author_and_committer_are_whom_git_names_whatever_way_it_was_told() {
    for Way { name, files, variables, author } in WAYS {
        let desk = desk_with(files);
        let [by_git, committer] =
            ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"].map(|it| told(&desk, variables, it));
        let mut docket = desk.at("09:00").command(OPEN);
        surround(&desk, variables, &mut docket);
        let before = desk.read(".git/refs/heads/main");
        let output = docket.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let Some(expected) = author else {
            assert!(by_git.is_none() || committer.is_none(), "{name}: git names {by_git:?}");
            assert_eq!(output.status.code(), Some(3), "{name}: {said}");
            assert_eq!(before, desk.read(".git/refs/heads/main"), "{name}");
            continue;
        };
        assert_eq!(output.status.code(), Some(0), "{name}: {said}");
        assert_ne!(before, desk.read(".git/refs/heads/main"), "{name}");
        let [author, named] =
            ["%ae", "%cn <%ce>"].map(|form| desk.git(["log", "-1", &format!("--format={form}")]));
        assert_eq!(author.trim_end(), *expected, "{name}");
        assert!(by_git.unwrap().ends_with(&format!("<{expected}>")), "{name}");
        assert_eq!(Some(named.trim_end()), committer.as_deref(), "{name}");
        assert_eq!(desk.trailer("Docket-By"), "chen", "{name}");
    }
}

/// A run with these variables, as a command by itself.
fn with(desk: &Desk, variables: &[(&str, &str)], words: &str) -> (Option<i32>, String) {
    let mut docket = desk.at("09:00").command(words);
    surround(desk, variables, &mut docket);
    let output = docket.output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    (output.status.code(), out + &err)
}

#[test]
fn an_alias_of_git_passes_on_what_its_command_line_sets() {
    let desk = desk_with(&[]);
    let alias = format!("alias.desk=!{}", env!("CARGO_BIN_EXE_docket"));
    let mut git = desk.at("09:00").shell("git");
    git.args(["-c", &alias, "-c", "user.name=陈静", "-c", "user.email=chen@example.com", "desk"]);
    let output = git.args(shlex::split(OPEN).unwrap()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(desk.git(["log", "-1", "--format=%ae %cn"]), "chen@example.com 陈静\n");
}

#[test]
fn the_founder_of_a_desk_is_whom_git_names_in_its_folder() {
    let desk = Desk::nowhere();
    let include = "[user]\nname = zhang\nemail = zhang@example.com\n\
        [includeIf \"gitdir:work/\"]\npath = mine\n";
    fs::write(desk.home().join(".gitconfig"), include).unwrap();
    fs::write(desk.home().join("mine"), CHEN).unwrap();
    let work = desk.home().join("work");
    let (status, said) = with(&desk, &[], &format!("init {}", work.display()));
    assert_eq!(status, Some(0), "{said}");
    let of_work = |words: &[&str]| desk.git([&["-C", work.to_str().unwrap()], words].concat());
    assert_eq!(of_work(&["log", "--format=%ae %ce"]), "chen@example.com chen@example.com\n");
    assert!(of_work(&["show", "HEAD:policy/people.yaml"]).contains("chen@example.com"));
}

#[test]
fn the_repository_is_the_one_that_git_means() {
    let desk = desk_with(&[("{desk}/.git/config", CHEN)]);
    let other = Desk::of_zhang();
    let (gitdir, top) = (desk.path(".git"), desk.path(""));
    let (gitdir, top) = (gitdir.to_str().unwrap(), top.to_str().unwrap());
    // both from the folder of another desk, as git would
    let elsewhere = [("GIT_DIR", gitdir), ("GIT_WORK_TREE", top)];
    let mut docket = other.at("09:00").command(OPEN);
    surround(&desk, &elsewhere, &mut docket);
    let output = docket.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(other.commits(), 1);
    assert_eq!(desk.git(["log", "-1", "--format=%ae"]), "chen@example.com\n");
    assert_eq!(desk.status(), "");

    // as a hook has it: named from its own folder, and from that of another command
    let (status, said) = with(&desk, &[("GIT_DIR", ".git")], OPEN);
    assert_eq!(status, Some(0), "{said}");
    let (status, said) =
        with(&desk, &[("GIT_DIR", "../desk/.git"), ("GIT_WORK_TREE", ".")], "list");
    assert!(status == Some(0) && said.contains("keys"), "{said}");
    let bare = desk.home().join("bare");
    desk.git(["clone", "-q", "--bare", ".", bare.to_str().unwrap()]);
    let (status, said) = with(&desk, &[("GIT_DIR", "{home}/bare")], "audit --fail-on error");
    assert_eq!(status, Some(0), "{said}");

    let (status, said) = with(&desk, &[("GIT_DIR", "{home}/none")], "list");
    assert!(status == Some(3) && said.contains("git repository"), "{said}");
    let (status, said) = with(&desk, &[("GIT_COMMON_DIR", "{home}/bare")], "list");
    assert!(status == Some(3) && said.contains("unset GIT_COMMON_DIR"), "{said}");
}

#[test]
fn a_repository_of_another_user_is_trusted_where_git_trusts_it() {
    let desk = desk_with(&[("{desk}/.git/config", CHEN)]);
    let give = |path: &str| std::os::unix::fs::chown(desk.path(path), Some(4321), None);
    // only root can give it away
    if give(".git").and_then(|()| give("")).is_err() {
        return;
    }
    let (status, said) = with(&desk, &[], "list");
    assert!(status == Some(3) && said.contains("belongs to another user"), "{said}");
    assert!(said.contains("safe.directory"), "{said}");
    let counted = [
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "safe.directory"),
        ("GIT_CONFIG_VALUE_0", "{desk}"),
    ];
    for trusted in [&counted[..], &[("GIT_CONFIG_PARAMETERS", "'safe.directory'='*'")]] {
        let (status, said) = with(&desk, trusted, OPEN);
        assert_eq!(status, Some(0), "{said}");
        let (status, said) = with(&desk, trusted, "check --fail-on error");
        assert_eq!(status, Some(0), "{said}");
        let (status, said) = with(&desk, trusted, "audit --fail-on error");
        assert_eq!(status, Some(0), "{said}");
    }
    // what the repository says of itself counts for nothing
    desk.git(["config", "-f", desk.path(".git/config").to_str().unwrap(), "safe.directory", "*"]);
    let (status, said) = with(&desk, &[], "list");
    assert_eq!(status, Some(3), "{said}");
}

#[test]
fn nothing_that_a_repository_names_is_run_to_look_or_to_learn_who_acts() {
    let trap = |key: &str| format!("{key} = touch {{home}}/sprung\n");
    let hostile = [
        "[core]\n".to_owned() + &["fsmonitor", "pager", "editor", "sshCommand"].map(trap).concat(),
        "[alias]\n".to_owned()
            + &["config", "var", "rev-parse"]
                .map(|it| format!("{it} = !touch {{home}}/sprung\n"))
                .concat(),
        "[credential]\n".to_owned() + &trap("helper"),
        "[diff]\n".to_owned() + &trap("external"),
        "[filter \"f\"]\n".to_owned() + &trap("clean") + &trap("smudge") + &trap("process"),
        "[merge \"docket\"]\n".to_owned() + &trap("driver"),
        "[gpg]\n".to_owned() + &trap("program"),
        "[include]\npath = more\n".to_owned(),
    ];
    let desk =
        desk_with(&[("{desk}/.git/config", CHEN), ("{desk}/.gitattributes", "* filter=f\n")]);
    let before = desk.read(".git/config");
    desk.write(".git/config", before + &resolved(&desk, &hostile.concat()));
    for look in
        ["", "list", "search keys", "check", "doctor", "audit", "people list", "list --mine", "due"]
    {
        let (status, said) = with(&desk, &[], look);
        assert!(matches!(status, Some(0 | 1)), "{look}: {said}");
    }
    let (status, said) = with(&desk, &[], OPEN);
    assert_eq!(status, Some(0), "{said}");
    assert!(!desk.home().join("sprung").exists());
}

#[test]
fn what_a_shared_repository_gets_is_shared_and_what_another_gets_is_not() {
    let modes = |shared: Option<&str>| {
        let desk = desk_with(&[("{desk}/.git/config", CHEN)]);
        // what is there already is whose it was
        fs::remove_dir_all(desk.path(".git/docket")).unwrap();
        desk.git(["gc", "-q", "--prune=now"]);
        if let Some(shared) = shared {
            desk.git(["config", "core.sharedRepository", shared]);
        }
        let (status, said) = with(&desk, &[], OPEN);
        assert_eq!(status, Some(0), "{said}");
        let (status, said) = with(&desk, &[], "list");
        assert_eq!(status, Some(0), "{said}");
        let commit = desk.head();
        let object = format!(".git/objects/{}", &commit[..2]);
        let mode = |path: &str| fs::metadata(desk.path(path)).unwrap().permissions().mode() & 0o777;
        [
            ".git/refs/heads/main",
            ".git/index",
            &object,
            &format!("{object}/{}", &commit[2..]),
            ".git/docket",
            ".git/docket/lock",
            ".git/docket/cache",
            "docket.yaml",
        ]
        .map(mode)
    };
    // what git itself makes of the setting, beside what is docket's own
    let [reference, index, folder, object, home, lock, cache, file] = modes(Some("group"));
    for (name, mode) in [("reference", reference), ("index", index)] {
        assert_eq!(mode & 0o660, 0o660, "{name}: {mode:o}");
    }
    assert_eq!((folder & 0o770, object & 0o440), (0o770, 0o440));
    assert_eq!((home, lock, cache), (0o770, 0o660, 0o660));
    assert_eq!(file & 0o020, 0, "a file of the working tree is nobody else's");
    let [.., home, lock, cache, _] = modes(Some("0640"));
    assert_eq!((home, lock, cache), (0o750, 0o640, 0o640));
    let [.., home, lock, cache, _] = modes(None);
    assert_eq!((home, lock, cache), (0o700, 0o600, 0o600));
}

#[test]
fn where_this_git_has_the_settings_of_the_machine_is_asked_once() {
    let desk = desk_with(&[("{desk}/.git/config", CHEN)]);
    let own = [("GIT_CONFIG_NOSYSTEM", "-")];
    for _ in 0..2 {
        let (status, said) = with(&desk, &own, OPEN);
        assert_eq!(status, Some(0), "{said}");
        assert_eq!(desk.trailer("Docket-By"), "chen");
    }
    let mut git = desk.at("09:00").shell("git");
    surround(&desk, &own, git.args(["var", "GIT_CONFIG_SYSTEM"]));
    let told = String::from_utf8(git.output().unwrap().stdout).unwrap();
    let noted = desk.read(".git/docket/machine");
    assert_eq!(noted.lines().nth(1), Some(told.trim_end()), "{noted}");
}
