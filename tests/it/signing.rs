//! Signatures: commits signed with real keys of OpenSSH, and an audit that knows whose they are.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::desk::{Desk, REQUEST};

/// Makes a key, and gives the line of its public half.
fn key(desk: &Desk, name: &str) -> String {
    let path = desk.home().join(name);
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"])
        .arg(&path)
        .status()
        .unwrap();
    assert!(made.success());
    fs::read_to_string(path.with_extension("pub")).unwrap().trim().to_owned()
}

fn sign_with(desk: &Desk, name: &str) {
    desk.git(["config", "gpg.format", "ssh"]);
    let path = desk.home().join(name);
    desk.git(["config", "user.signingkey", path.to_str().unwrap()]);
}

/// A desk on which zhang has a key and every commit from now on must be signed.
fn strict() -> Desk {
    let desk = Desk::new();
    let own = key(&desk, "zhang");
    let change = ["people", "change", "zhang", "--key", &own];
    desk.at("08:20").by("zhang").run(change).succeeds();
    let rules = desk.read("docket.yaml").replace("signatures: optional", "signatures: required");
    assert!(rules.contains("signatures: required"), "{rules}");
    desk.write("docket.yaml", rules);
    desk.git([
        "commit",
        "-q",
        "--author=zhang <zhang@example.com>",
        "--date=2026-11-23T08:30:00+08:00",
        "-a",
        "-m",
        "signatures from now on",
    ]);
    sign_with(&desk, "zhang");
    desk
}

/// What the audit says of signatures: the commit, and what is there.
fn unsigned(desk: &Desk) -> Vec<(String, String)> {
    let ran = desk.at("12:00").run("audit --json");
    let told: Value = serde_json::from_str(&ran.out()).unwrap_or_else(|_| panic!("{ran}"));
    let findings = told["findings"].as_array().unwrap().iter();
    let of_signatures = findings.filter(|finding| finding["code"] == "H25").map(|finding| {
        let text = |key: &str| finding[key].as_str().unwrap().to_owned();
        (text("commit"), text("found"))
    });
    of_signatures.collect()
}

#[test]
fn a_desk_that_requires_signatures_signs_and_the_audit_finds_the_unsigned_and_the_foreign() {
    let desk = strict();
    let id = desk.at("09:00").by("zhang").run(REQUEST).id();
    desk.at("09:10").by("zhang").run(&format!("ack {id} --reply-by +1h")).succeeds();
    assert_eq!(unsigned(&desk), []);

    // by somebody whose key the roster does not hold
    let own = key(&desk, "chen");
    sign_with(&desk, "chen");
    desk.at("09:20").by("zhang").run(&format!("update {id} --note 'on it'")).succeeds();
    desk.git(["commit", "-q", "-S", "--amend", "--no-edit", "--author=chen <chen@example.com>"]);
    sign_with(&desk, "zhang");
    let foreign = desk.head();
    let found = unsigned(&desk);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, foreign);
    assert!(found[0].1.contains("no key of theirs"), "{found:?}");

    // a key that comes later proves nothing of what was before
    let change = ["people", "change", "chen", "--key", &own];
    desk.at("09:30").by("zhang").run(change).succeeds();
    assert_eq!(unsigned(&desk).len(), 1);
    sign_with(&desk, "chen");
    desk.at("09:40").by("chen").run(&format!("update {id} --note 'done'")).succeeds();
    assert_eq!(unsigned(&desk).len(), 1, "chen's own key, known by then");
    sign_with(&desk, "zhang");
    desk.at("09:50").by("chen").run(&format!("update {id} --note 'more'")).succeeds();
    assert_eq!(unsigned(&desk)[1].0, desk.head(), "another's key");

    desk.git(["commit", "-q", "--amend", "--no-edit", "--no-gpg-sign"]);
    let bare = unsigned(&desk).pop().unwrap();
    assert_eq!(bare, (desk.head(), "none".to_owned()));
}

#[test]
fn who_has_no_key_in_the_roster_writes_nothing_on_a_desk_that_requires_signatures() {
    let desk = strict();
    let head = desk.head();
    desk.at("09:00").by("chen").run(REQUEST).fails("chen has no key").and(
        "a team lead with a key, such as zhang: docket people change chen --key \"$(cat KEY.pub)\"",
    );
    let chinese = desk.at("09:00").by("chen").run(&format!("--lang zh {REQUEST}"));
    chinese.fails("没有 chen 的密钥").and("docket people change chen --key");
    assert_eq!(desk.head(), head);

    let own = key(&desk, "chen");
    let change = ["people", "change", "chen", "--key", &own];
    desk.at("09:10").by("zhang").run(change).succeeds();
    sign_with(&desk, "chen");
    desk.at("09:20").by("chen").run(REQUEST).succeeds();
    assert_eq!(unsigned(&desk), []);
}

#[test]
fn where_no_lead_has_a_key_it_is_said_what_comes_first() {
    let desk = Desk::new();
    let rules = desk.read("docket.yaml");
    desk.commit("docket.yaml", rules.replace("signatures: optional", "signatures: required"));
    desk.at("09:00").by("zhang").run(REQUEST).fails("zhang has no key").and("signatures: optional");
    desk.commit("docket.yaml", rules);
    let own = key(&desk, "zhang");
    desk.at("09:10").by("zhang").run(["people", "change", "zhang", "--key", &own]).succeeds();
}

#[test]
fn who_cannot_sign_writes_nothing_on_a_desk_that_requires_it() {
    let desk = strict();
    desk.git(["config", "user.signingkey", "/nowhere/key"]);
    let head = desk.head();
    desk.at("09:00").by("zhang").run(REQUEST).fails("sign");
    assert_eq!(desk.head(), head);
    assert_eq!(desk.status(), "");
}

#[test]
fn a_key_that_is_none_is_refused_before_it_stands_in_the_roster() {
    let desk = Desk::new();
    for key in [
        "nonsense",
        "openpgp:1234",
        "cert-authority ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA",
        "ssh-ed25519 none",
    ] {
        let change = ["people", "change", "chen", "--key", key];
        desk.at("09:00").by("zhang").run(change).usage("--key");
    }
    let spaced = "openpgp:1234 5678 9ABC DEF0 1234  5678 9ABC DEF0 1234 5678";
    let change = ["people", "change", "chen", "--key", spaced];
    desk.at("09:00").by("zhang").run(change).succeeds();
    let roster = desk.at("09:10").run("people list --json").json();
    assert_eq!(roster["people"][1]["keys"][0], "openpgp:123456789ABCDEF0123456789ABCDEF012345678");
}

/// Lets git sign by a program of `lines` that notes in a file whose commit it is asked for.
fn sign_by_program(desk: &Desk, lines: &str) {
    let program = desk.home().join("sign");
    let asked = desk.home().join("asked");
    let text = format!(
        "#!/bin/sh\necho \"$WRITER\" >> {}\ncat > /dev/null\n{lines}\n\
         printf '\\n[GNUPG:] SIG_CREATED x\\n' >&2\n\
         printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n'\n",
        asked.display()
    );
    fs::write(&program, text).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    desk.git(["config", "gpg.program", program.to_str().unwrap()]);
    desk.git(["config", "commit.gpgsign", "true"]);
}

/// How often the program was asked, by writer.
fn asked(desk: &Desk) -> BTreeMap<String, usize> {
    let noted = fs::read_to_string(desk.home().join("asked")).unwrap_or_default();
    let mut asked = BTreeMap::new();
    noted.lines().for_each(|writer| *asked.entry(writer.to_owned()).or_default() += 1);
    asked
}

/// A writer under way, whose commit the program is asked to sign in this name.
fn writer(desk: &Desk, name: &str, words: &str) -> Child {
    let run = desk.at("09:10").by("chen").env("WRITER", name).env("DOCKET_SEED", name);
    run.command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[track_caller]
fn ends_well(child: Child) -> String {
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(ended.status.success(), "{said}");
    said
}

#[test]
fn eight_writers_with_a_slow_token_all_sign_and_nobody_is_asked_more_than_twice() {
    let desk = Desk::new();
    let id = desk.fault();
    sign_by_program(&desk, "sleep 3");
    let before = desk.commits();
    let note = |nth: usize| writer(&desk, &nth.to_string(), &format!("update {id} --note n{nth}"));
    let writers: Vec<_> = (0..8).map(note).collect();
    let said: Vec<_> = writers.into_iter().map(ends_well).collect();

    assert_eq!(desk.commits(), before + 8);
    let asked = asked(&desk);
    assert_eq!(asked.len(), 8, "{asked:?}");
    assert!(asked.values().all(|times| *times <= 2), "{asked:?}");
    let signed = desk.git(["log", "-8", "--format=raw"]);
    assert_eq!(signed.matches("\ngpgsig ").count(), 8, "{signed}");
    assert!(said.iter().any(|said| said.contains("to sign a commit (process ")));
    assert_eq!(desk.status(), "");
}

#[test]
fn while_a_program_signs_for_the_first_time_others_write_at_once() {
    let desk = Desk::new();
    let id = desk.fault();
    let go = desk.home().join("go");
    let wait = format!("while [ ! -e {} ]; do sleep 0.05; done", go.display());
    sign_by_program(&desk, &wait);
    let slow = writer(&desk, "slow", &format!("update {id} --note slow"));
    for _ in 0..3000 {
        if !asked(&desk).is_empty() {
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }

    desk.git(["config", "commit.gpgsign", "false"]);
    desk.at("09:20").by("li").run(&format!("update {id} --note quick")).succeeds();
    fs::write(&go, "").unwrap();
    ends_well(slow);

    assert_eq!(asked(&desk)["slow"], 2, "anew on top of the other step");
    let notes = desk.record(&id)["history"].to_string();
    assert!(notes.contains("quick") && notes.contains("slow"), "{notes}");
    assert_eq!(desk.status(), "");
}

#[test]
fn a_signer_that_was_killed_under_the_lock_is_nobody_to_wait_for() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.write(".git/docket/lock", "4711 somebody\n");
    desk.at("09:20").by("li").run(&format!("update {id} --note x")).succeeds();
    assert_eq!(desk.read(".git/docket/lock"), "");
}

#[test]
fn a_commit_is_signed_where_git_would_sign_whatever_way_it_was_told() {
    const ON: &str = "[commit]\ngpgsign = true\n";
    let remote = "[includeIf \"hasconfig:remote.*.url:https://desk.example/**\"]\npath = sign\n";
    for (name, home, variables) in [
        (
            "counted",
            "",
            &[
                ("GIT_CONFIG_COUNT", "1"),
                ("GIT_CONFIG_KEY_0", "commit.gpgsign"),
                ("GIT_CONFIG_VALUE_0", "on"),
            ][..],
        ),
        ("of a command line", "", &[("GIT_CONFIG_PARAMETERS", "'commit.gpgsign'='1'")]),
        ("a key alone", "[commit]\ngpgsign\n", &[]),
        ("a file of the machine's", "", &[("GIT_CONFIG_SYSTEM", "sign")]),
        ("included by the remote", remote, &[]),
    ] {
        let desk = Desk::new();
        key(&desk, "chen");
        sign_with(&desk, "chen");
        desk.git(["remote", "add", "origin", "https://desk.example/it"]);
        fs::write(desk.home().join("sign"), ON).unwrap();
        let user = "[user]\nname = Front Desk\nemail = chen@example.com\n".to_owned() + home;
        fs::write(desk.home().join(".gitconfig"), user).unwrap();
        let mut docket = desk.at("09:00").by("chen").command(REQUEST);
        for (variable, value) in variables {
            match *variable {
                "GIT_CONFIG_SYSTEM" => {
                    docket.env_remove("GIT_CONFIG_NOSYSTEM").env(variable, desk.home().join(value))
                }
                _ => docket.env(variable, value),
            };
        }
        let output = docket.output().unwrap();
        assert!(output.status.success(), "{name}: {output:?}");
        let commit = desk.git(["cat-file", "commit", "HEAD"]);
        assert!(commit.contains("gpgsig -----BEGIN SSH SIGNATURE"), "{name}: {commit}");
    }
    let desk = Desk::new();
    desk.git(["config", "commit.gpgsign", "maybe"]);
    desk.at("09:00").by("chen").run(REQUEST).fails("commit.gpgsign is “maybe”");
}
