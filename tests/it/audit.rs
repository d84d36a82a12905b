//! What an audit looks at, and that it neither cries wolf nor runs what a repository brings.

use std::{fs, io::Write as _};

use serde_json::Value;

use docket::testing::store::layout;

use crate::desk::{Desk, REQUEST};

/// Code, commit and branch of every error and warning; that author and committer are two is true
/// of all commits here.
fn found(desk: &Desk, range: &str) -> Vec<(String, String, String)> {
    let ran = desk.at("2026-11-24 20:00").run(&format!("audit {range} --json"));
    let told: Value = serde_json::from_str(&ran.out()).unwrap_or_else(|_| panic!("{ran}"));
    let findings = told["findings"].as_array().unwrap().iter();
    let grave =
        findings.filter(|finding| finding["severity"] != "note" && finding["code"] != "H30");
    grave
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
            (text("code"), text("commit"), text("branch"))
        })
        .collect()
}

fn codes(desk: &Desk, range: &str) -> Vec<String> {
    found(desk, range).into_iter().map(|(code, ..)| code).collect()
}

/// What the last commit is blamed for; nothing else may be found.
#[track_caller]
fn blamed(desk: &Desk) -> Vec<String> {
    let head = desk.head();
    let found = found(desk, "HEAD");
    assert!(found.iter().all(|(_, commit, _)| *commit == head), "{found:?}, and HEAD is {head}");
    found.into_iter().map(|(code, ..)| code).collect()
}

/// Runs git as somebody of the team, at a time of the first day.
fn git_as(desk: &Desk, who: &str, time: &str, words: &[&str]) {
    let mut git = desk.at(time).by(who).shell("git");
    git.args(words);
    let done = git.output().unwrap();
    assert!(done.status.success(), "{words:?}: {done:?}");
}

fn commit_as(desk: &Desk, who: &str, time: &str, message: &str) {
    desk.git(["add", "-A"]);
    git_as(desk, who, time, &["commit", "-q", "--cleanup=verbatim", "-m", message]);
}

/// Gives git an object as it stands, and gives its name.
fn object(desk: &Desk, kind: &str, bytes: &[u8]) -> String {
    let mut git = desk.at("12:00").shell("git");
    git.args(["hash-object", "-w", "--literally", "--stdin", "-t", kind]);
    git.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut child = git.spawn().unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success());
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// A tree of the top with one entry more.
fn with_entry(desk: &Desk, entry: &str) -> String {
    tree_of(desk, &format!("{}{entry}\0", desk.git(["ls-tree", "-z", "HEAD"])))
}

/// A tree of these entries.
fn tree_of(desk: &Desk, entries: &str) -> String {
    let mut git = desk.at("12:00").shell("git");
    git.args(["mktree", "-z"]);
    git.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut child = git.spawn().unwrap();
    child.stdin.take().unwrap().write_all(entries.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// Commits a tree on top of HEAD as zhang, and goes there without a look at the working tree.
fn commit_tree(desk: &Desk, tree: &str) {
    let text = format!(
        "tree {tree}\nparent {}\nauthor zhang <zhang@example.com> 1795660000 +0800\n\
         committer zhang <zhang@example.com> 1795660000 +0800\n\nby hand\n",
        desk.head()
    );
    let commit = object(desk, "commit", text.as_bytes());
    desk.git(["update-ref", "HEAD", &commit]);
}

/// Replaces the text of the last commit by what is made of it.
fn rewrite(desk: &Desk, change: impl Fn(String) -> Vec<u8>) {
    let text = desk.git(["cat-file", "commit", "HEAD"]);
    let commit = object(desk, "commit", &change(text));
    desk.git(["update-ref", "HEAD", &commit]);
}

/// Makes the last commit again so many seconds later, as its committer's date has it.
fn commit_later(desk: &Desk, by: i64) {
    rewrite(desk, |text| {
        let line = text.lines().find(|line| line.starts_with("committer ")).unwrap();
        let words: Vec<&str> = line.rsplitn(3, ' ').collect();
        let seconds = words[1].parse::<i64>().unwrap() + by;
        text.replace(line, &format!("{} {seconds} {}", words[2], words[0])).into_bytes()
    });
}

fn replace(desk: &Desk, path: &str, from: &str, to: &str) {
    let text = desk.read(path);
    assert!(text.contains(from), "{path} has no {from}");
    desk.write(path, text.replace(from, to));
}

#[test]
fn what_head_holds_is_audited_whatever_branch_it_names() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.git(["branch", "clean"]);
    assert_eq!(found(&desk, ""), []);
    let path = desk.record_path(&id);
    replace(&desk, &path, "nobody can log in", "all is well");
    desk.git(["commit", "-q", "-a", "-m", "tidy"]);
    let forged = desk.head();
    replace(&desk, "docket.yaml", "branch: main", "branch: clean");
    desk.git(["commit", "-q", "-a", "-m", "tidy"]);
    let moved = desk.head();
    let all = found(&desk, "");
    let blamed: Vec<_> = all.iter().filter(|(code, ..)| code == "H01").collect();
    assert_eq!(blamed.len(), 2, "{all:?}");
    for (_, commit, branch) in blamed {
        assert!(*commit == forged || *commit == moved);
        assert_eq!(branch, "main");
    }
    let ran = desk.at("20:00").run("audit --fail-on error");
    assert_eq!(ran.status(), Some(1), "{ran}");
    assert!(ran.out().contains("(main)") && ran.out().contains("of clean and"), "{ran}");

    desk.git(["clone", "-q", "--bare", ".", "../bare.git"]);
    let ran = desk.at("20:00").run("-C ../bare.git audit --fail-on error");
    assert_eq!(ran.status(), Some(1), "{ran}");
    assert!(ran.out().contains("(main)"), "{ran}");
}

#[test]
fn a_head_without_the_branch_of_the_desk_is_audited_all_the_same() {
    let desk = Desk::new();
    desk.fault();
    let head = desk.head();
    desk.git(["init", "-q", "../runner"]);
    let runner = |words: &[&str]| {
        let mut git = desk.at("12:00").shell("git");
        assert!(git.arg("-C").arg("../runner").args(words).output().unwrap().status.success());
    };
    runner(&["fetch", "-q", "../desk", &head]);
    runner(&["checkout", "-q", "--detach", &head]);
    let told = desk.at("20:00").run("-C ../runner audit --json --fail-on error").json();
    assert_eq!(told["head"], head.as_str());
    assert_eq!(told["heads"][0]["branch"], "HEAD");
}

#[test]
fn the_branch_of_a_desk_is_not_changed_by_an_edit_not_even_a_leads() {
    let desk = Desk::new();
    replace(&desk, "docket.yaml", "branch: main", "branch: other");
    commit_as(&desk, "zhang", "10:00", "we moved");
    assert_eq!(blamed(&desk), ["H20"]);
    let ran = desk.at("20:00").run("audit HEAD --fail-on error");
    assert!(ran.out().contains("expected: branch: main · found: branch: other"), "{ran}");
}

#[test]
fn a_tag_does_not_stand_in_for_the_branch_of_its_name() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.git(["tag", "main"]);
    let path = desk.record_path(&id);
    replace(&desk, &path, "nobody can log in", "all is well");
    commit_as(&desk, "chen", "10:00", "tidy");
    for range in ["main", "main~0", "main~1..main", "main^..", "..main"] {
        assert_eq!(codes(&desk, range), ["H04"], "{range}");
    }
}

#[test]
fn a_commit_holds_nothing_that_git_does_not_show() {
    let cases: [(&str, &[u8], &[u8]); 8] = [
        ("two authors", b"committer ", b"author li <li@example.com> 1795399200 +0800\ncommitter "),
        ("a name in another encoding", b"\n\n", b"\nencoding GBK\n\n"),
        ("a line of its own", b"\n\n", b"\nnote nobody sees me\n\n"),
        ("a signature that is none", b"\n\n", b"\ngpgsig nobody sees me\n\n"),
        ("more of a line than git shows", b"\n\n", b"\n nobody sees me\n\n"),
        ("two addresses", b"<chen@example.com> ", b"<chen@example.com> <li@example.com> "),
        ("an end that git does not show", b"\n\nDocket-Action", b"\n\0\n\nDocket-Action"),
        ("bytes that are no text", b"\n\nDocket-Action", b"\n\xff\n\nDocket-Action"),
    ];
    for (what, from, to) in cases {
        let desk = Desk::new();
        desk.fault();
        rewrite(&desk, |text| {
            let at = text.as_bytes().windows(from.len()).position(|bytes| bytes == from).unwrap();
            let (head, tail) = text.as_bytes().split_at(at);
            [head, to, &tail[from.len()..]].concat()
        });
        assert!(blamed(&desk).contains(&"H27".to_owned()), "{what}: {:?}", found(&desk, ""));
    }
}

#[test]
fn a_deep_folder_beside_the_desk_is_nobodys_business() {
    let desk = Desk::new();
    let deep = format!("{}/file", vec!["d"; 200].join("/"));
    desk.write(&deep, "deep\n");
    commit_as(&desk, "zhang", "10:00", "a deep folder");
    desk.at("10:10").by("chen").run(REQUEST).succeeds();
    assert_eq!(found(&desk, ""), []);
    desk.at("20:00").run("doctor").succeeds();
}

#[test]
fn a_deep_folder_among_the_records_is_found_at_its_commit_and_the_rest_is_audited() {
    let desk = Desk::new();
    let id = desk.fault();
    let path = desk.record_path(&id);
    replace(&desk, &path, "nobody can log in", "all is well");
    commit_as(&desk, "chen", "09:50", "tidy");
    let forged = desk.head();
    desk.write(&format!("records/{}/file", vec!["d"; 200].join("/")), "deep\n");
    commit_as(&desk, "zhang", "10:00", "a deep folder");
    let deep = desk.head();
    let all = found(&desk, "");
    let of = |code: &str| all.iter().find(|(other, ..)| other == code).map(|(_, id, _)| id.clone());
    assert_eq!(of("H04"), Some(forged), "{all:?}");
    assert_eq!(of("H07"), Some(deep), "{all:?}");
}

#[test]
fn an_unreadable_desk_is_found_at_its_commit_and_the_rest_is_audited() {
    let desk = Desk::new();
    let honest = desk.read("docket.yaml");
    desk.write("docket.yaml", "format: [\n");
    commit_as(&desk, "zhang", "10:00", "oops");
    assert_eq!(blamed(&desk), ["H07"]);
    assert_eq!(codes(&desk, ""), ["H07"]);
    let broken = desk.head();
    desk.write("docket.yaml", &honest);
    commit_as(&desk, "zhang", "10:10", "repaired");
    let mended = desk.at("2026-11-24 20:00").run("audit");
    assert!(mended.out().contains("note H46") && mended.out().contains(&broken[..7]), "{mended}");
    assert_eq!(found(&desk, ""), []);

    desk.git(["rm", "-q", "docket.yaml"]);
    commit_as(&desk, "zhang", "10:20", "gone");
    let gone = desk.head();
    assert_eq!(codes(&desk, ""), ["H07", "H07"]);
    desk.write("docket.yaml", &honest);
    commit_as(&desk, "zhang", "10:30", "back");
    let range = format!("audit {gone}~1..");
    let mended = desk.at("2026-11-24 20:00").run(&range).out();
    assert!(mended.contains("note H46") && mended.contains(&gone[..7]), "{mended}");
}

#[test]
fn a_desk_that_begins_with_rules_that_nobody_can_read_is_never_clean() {
    let desk = Desk::new();
    let honest = desk.read("policy/levels.yaml");
    desk.git(["checkout", "-q", "--orphan", "anew"]);
    desk.write("policy/levels.yaml", "document: [\n");
    commit_as(&desk, "zhang", "09:00", "begin");
    desk.write("policy/levels.yaml", &honest);
    commit_as(&desk, "zhang", "09:10", "repaired");
    desk.git(["branch", "-q", "-M", "anew", "main"]);
    // nothing is known by which the commit after it could be judged
    let all = found(&desk, "");
    assert!(all.contains(&("H07".to_owned(), desk.head(), String::new())), "{all:?}");
}

#[test]
fn a_damaged_tree_is_found_at_its_commit_and_the_rest_is_audited() {
    let desk = Desk::new();
    let id = desk.fault();
    let honest = desk.head();
    let tree = object(&desk, "tree", b"100644 half");
    let top = desk.git(["ls-tree", "-z", "HEAD"]);
    let records = desk.git(["rev-parse", "HEAD:records"]).trim().to_owned();
    let mut git = desk.at("12:00").shell("git");
    git.args(["mktree", "-z", "--missing"]);
    git.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut child = git.spawn().unwrap();
    child.stdin.take().unwrap().write_all(top.replace(&records, &tree).as_bytes()).unwrap();
    let made = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    commit_tree(&desk, made.trim());
    let damaged = desk.head();
    let all = found(&desk, "");
    assert_eq!(all, [("H07".to_owned(), damaged, String::new())]);
    let ran = desk.at("20:00").run("audit --fail-on error");
    assert!(!ran.out().contains("class=") && !ran.err().contains("class="), "{ran}");
    desk.git(["update-ref", "HEAD", &honest]);
    assert!(desk.record(&id).is_object());
}

#[test]
fn what_lies_under_the_name_of_another_object_is_found() {
    for kind in ["blob", "tree", "commit"] {
        let desk = Desk::new();
        let id = desk.fault();
        assert_eq!(found(&desk, ""), []);
        let path = desk.record_path(&id);
        let (name, other) = match kind {
            "blob" => (format!("HEAD:{path}"), desk.read(&path).replace("log in", "log out")),
            "tree" => ("HEAD:records".to_owned(), String::new()),
            _ => ("HEAD".to_owned(), desk.git(["cat-file", "commit", "HEAD"]) + "More\n"),
        };
        let name = desk.git(["rev-parse", &name]).trim().to_owned();
        let other = object(&desk, kind, other.as_bytes());
        let place = |name: &str| desk.path(&format!(".git/objects/{}/{}", &name[..2], &name[2..]));
        fs::remove_file(place(&name)).unwrap();
        fs::copy(place(&other), place(&name)).unwrap();
        let all = found(&desk, "");
        assert!(all.iter().any(|(code, ..)| code == "H07"), "{kind}: {all:?}");
    }
}

#[test]
fn a_commit_that_cannot_be_read_hides_nothing_that_came_after_it() {
    let desk = Desk::new();
    let id = desk.fault();
    let text = desk.git(["cat-file", "commit", "HEAD"]);
    let odd = object(&desk, "commit", text.replace("committer ", "nobody ").as_bytes());
    desk.git(["update-ref", "HEAD", &odd]);
    let path = desk.record_path(&id);
    replace(&desk, &path, "nobody can log in", "all is well");
    desk.git(["add", "-A"]);
    let tree = desk.git(["write-tree"]).trim().to_owned();
    commit_tree(&desk, &tree);
    let after = desk.head();
    let all = found(&desk, "");
    assert!(all.iter().any(|(code, commit, _)| code == "H07" && *commit == odd), "{all:?}");
    assert!(all.iter().any(|(_, commit, _)| *commit == after), "{all:?}");
}

/// Two honest branches of one desk: what chen and li did without knowing of each other.
fn two_branches() -> Desk {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    desk.git(["branch", "side"]);
    desk.at("10:20").by("li").run(&format!("update {id} --note 'found it'")).succeeds();
    desk.git(["switch", "-q", "side"]);
    desk.at("10:21").by("chen").run(&format!("{REQUEST} --branch side")).succeeds();
    desk.git(["switch", "-q", "main"]);
    desk
}

#[test]
fn a_merge_is_dated_and_named_as_a_step_is() {
    let desk = two_branches();
    git_as(&desk, "chen", "10:30", &["merge", "-q", "--no-edit", "side"]);
    assert_eq!(found(&desk, ""), []);
    let text = desk.git(["cat-file", "commit", "HEAD"]);
    let from = text.lines().find(|line| line.starts_with("author ")).unwrap().to_owned();
    for (to, code) in [
        ("author chen <chen@example.com> 3850000000 +0800", "H16"),
        ("author 李雷 <chen@example.com> 1795401000 +0800", "H17"),
        ("author Boss <chen@example.com> 1795401000 +0800", "H34"),
        ("author mallory <mallory@example.com> 1795401000 +0800", "H01"),
    ] {
        rewrite(&desk, |text| text.replace(&from, to).into_bytes());
        assert_eq!(blamed(&desk), [code], "{to}");
        rewrite(&desk, |text| text.replace(to, &from).into_bytes());
    }
    // the page of a host commits, and calls people by the roster's name
    rewrite(&desk, |text| {
        let committer = text.lines().find(|line| line.starts_with("committer ")).unwrap();
        let host = "committer GitHub <noreply@github.com> 1795401000 +0800";
        text.replace(&from, "author 陈静 <chen@example.com> 1795401000 +0800")
            .replace(committer, host)
            .into_bytes()
    });
    assert_eq!(blamed(&desk), [""; 0]);
}

/// Merges the branch `side` as docket would.
fn synced(desk: &Desk, subject: &str, trailers: &str) {
    let message = format!(
        "{subject}\n\nDocket-Action: sync\nDocket-By: chen\nDocket-At: 2026-11-23T10:30:00+08:00\n\
         {trailers}"
    );
    git_as(desk, "chen", "10:30", &["merge", "-q", "-m", &message, "side"]);
}

#[test]
fn a_merge_of_docket_says_what_docket_says_in_the_desks_zone() {
    let desk = two_branches();
    let tip = desk.head();
    synced(&desk, "sync: merge origin/side", "Docket-Clock: fixed\n");
    assert_eq!(blamed(&desk), [""; 0]);
    for offset in ["+0000", "-1130"] {
        rewrite(&desk, |text| text.replacen("+0800\ncomm", &format!("{offset}\ncomm"), 1).into());
        assert_eq!(blamed(&desk), ["H16"], "{offset}");
        desk.git(["reset", "-q", "--hard", &tip]);
        synced(&desk, "sync: merge origin/side", "");
    }
    for (later, code) in [(86_400, "H32"), (-400 * 86_400, "H16")] {
        commit_later(&desk, later);
        assert!(blamed(&desk).contains(&code.to_owned()), "{:?}", found(&desk, ""));
        commit_later(&desk, -later);
    }
    for subject in ["sync: merge origin/side and pay Mallory", "sync: merge", "sync: merge side"] {
        desk.git(["reset", "-q", "--hard", &tip]);
        synced(&desk, subject, "");
        assert_eq!(blamed(&desk), ["H15"], "{subject}");
    }
}

#[test]
fn no_merge_is_made_under_a_fixed_clock_where_none_is_allowed() {
    let desk = two_branches();
    replace(&desk, "docket.yaml", "fixed_clock: allowed", "fixed_clock: forbidden");
    commit_as(&desk, "zhang", "10:25", "no fixed clock");
    let tip = desk.head();
    synced(&desk, "sync: merge origin/side", "");
    assert_eq!(blamed(&desk), [""; 0]);
    desk.git(["reset", "-q", "--hard", &tip]);
    synced(&desk, "sync: merge origin/side", "Docket-Clock: fixed\n");
    assert_eq!(blamed(&desk), ["H21"]);
}

#[test]
fn plain_git_knows_a_lead_by_a_name_of_their_own() {
    let desk = Desk::new();
    replace(&desk, "policy/levels.yaml", "24h", "25h");
    commit_as(&desk, "zhang", "10:00", "limits");
    for name in ["Zhang at home", "张伟", "\u{5f20}\u{4f1f} (lead)"] {
        rewrite(&desk, |text| {
            let author = text.lines().find(|line| line.starts_with("author ")).unwrap();
            text.replacen(
                author,
                &format!("author {name} <{}", &author[author.find('<').unwrap() + 1..]),
                1,
            )
            .into()
        });
        assert_eq!(blamed(&desk), [""; 0], "{name}");
    }
}

#[test]
fn what_docket_writes_beside_records_is_dated_in_the_desks_zone() {
    let desk = Desk::new();
    desk.at("10:00").by("zhang").run("people change li --unit systems").succeeds();
    assert_eq!(blamed(&desk), [""; 0]);
    for (later, code) in [(86_400, "H32"), (-400 * 86_400, "H16")] {
        commit_later(&desk, later);
        assert!(blamed(&desk).contains(&code.to_owned()), "{:?}", found(&desk, ""));
        commit_later(&desk, -later);
    }
    rewrite(&desk, |text| text.replacen("+0800", "+0000", 1).into_bytes());
    assert_eq!(blamed(&desk), ["H16"]);
}

#[test]
fn who_takes_in_what_the_desk_did_changes_nothing_of_it() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    desk.git(["switch", "-q", "-c", "web"]);
    desk.write("web/index.html", "<p>\n");
    commit_as(&desk, "dev", "10:10", "a page");
    desk.git(["switch", "-q", "main"]);
    desk.at("10:20").by("li").run(&format!("update {id} --note 'found it'")).succeeds();
    desk.git(["switch", "-q", "web"]);
    git_as(&desk, "dev", "10:30", &["merge", "-q", "--no-edit", "main"]);
    let merged = desk.head();
    desk.write("web/index.html", "<p>new</p>\n");
    commit_as(&desk, "dev", "10:40", "a better page");
    desk.git(["switch", "-q", "main"]);
    desk.at("10:45").by("li").run(&format!("update {id} --note 'nearly'")).succeeds();
    git_as(&desk, "zhang", "10:50", &["merge", "-q", "--no-edit", "web"]);
    assert_eq!(found(&desk, ""), []);

    // a merge that leaves out what the desk did is another matter
    desk.git(["switch", "-q", "-C", "web", &merged]);
    desk.git(["checkout", "-q", "HEAD^1", "--", "records"]);
    desk.git(["commit", "-q", "--amend", "--no-edit"]);
    assert_eq!(blamed(&desk), ["H22"]);
}

#[test]
fn no_marks_of_a_conflict_stay_in_the_rules() {
    let desk = Desk::new();
    desk.git(["branch", "side"]);
    replace(&desk, "policy/levels.yaml", "resolve: 24h", "resolve: 23h");
    commit_as(&desk, "zhang", "10:00", "shorter");
    desk.git(["switch", "-q", "side"]);
    replace(&desk, "policy/levels.yaml", "resolve: 24h", "resolve: 22h");
    commit_as(&desk, "zhang", "10:01", "shorter still");
    desk.git(["switch", "-q", "main"]);
    let mut merge = desk.at("10:02").by("zhang").shell("git");
    assert!(!merge.args(["merge", "-q", "side"]).output().unwrap().status.success());
    commit_as(&desk, "zhang", "10:03", "merge");
    let left = blamed(&desk);
    assert!(left.contains(&"H22".to_owned()) && left.contains(&"H07".to_owned()), "{left:?}");
    desk.git(["reset", "-q", "--hard", "HEAD~1"]);
    let mut merge = desk.at("10:02").by("zhang").shell("git");
    assert!(!merge.args(["merge", "-q", "side"]).output().unwrap().status.success());
    desk.git(["checkout", "-q", "--theirs", "policy/levels.yaml"]);
    commit_as(&desk, "zhang", "10:03", "merge");
    assert_eq!(blamed(&desk), [""; 0]);
}

#[test]
fn who_has_left_changes_neither_calendar_nor_contacts() {
    let desk = Desk::new();
    desk.fault();
    desk.at("09:10").by("chen").run(&crate::desk::FAULT.replace("Ms Wang", "Ms Wu")).succeeds();
    let paths = desk.git(["ls-files", "contacts"]);
    let ids: Vec<&str> = paths
        .lines()
        .filter_map(|path| Some(path.rsplit('/').next()?.trim_end_matches(".yaml")))
        .collect();
    for line in
        ["people change chen --role team_lead --role agent", "people retire zhang --reason left"]
    {
        desk.at("09:20").by("zhang").run(line).succeeds();
    }
    let json = r#"{"year": 2027, "papers": [], "days": [
        {"name": "x", "date": "2027-01-01", "isOffDay": true}]}"#;
    fs::write(desk.home().join("2027.json"), json).unwrap();
    let merge = format!("contact merge {} --into {}", ids[0], ids[1]);
    for line in ["calendar import ../home/2027.json", &merge] {
        desk.at("2026-11-24 09:00").by("zhang").run(line).refuses("zhang was not");
        desk.at("2026-11-24 09:01").by("chen").run(line).succeeds();
    }
    desk.is_honest();
}

#[test]
fn a_contact_is_merged_neither_into_itself_nor_in_a_circle() {
    let desk = Desk::new();
    desk.fault();
    desk.at("09:10").by("chen").run(&crate::desk::FAULT.replace("Ms Wang", "Ms Wu")).succeeds();
    let paths = desk.git(["ls-files", "contacts"]);
    let ids: Vec<&str> = paths.lines().filter_map(|path| path.get(13..20)).collect();
    let [one, other] = ids[..] else { panic!("{paths}") };
    let forge = |from: &str, into: &str, time: &str| {
        let path = layout::contact(&from.parse().unwrap());
        let text = desk.read(&path);
        desk.write(&path, format!("{text}merged_into: {into}\n"));
        commit_as(
            &desk,
            "陈静",
            time,
            &format!(
                "contact merge {from} into {into}\n\nDocket-Action: contact\nDocket-By: chen\n\
                 Docket-At: 2026-11-23T{time}:00+08:00\nDocket-Clock: fixed\n"
            ),
        );
        rewrite(&desk, |text| text.replace("陈静@", "chen@").into_bytes());
    };
    forge(one, one, "10:00");
    assert_eq!(blamed(&desk), ["H19"]);
    desk.git(["reset", "-q", "--hard", "HEAD~1"]);
    desk.at("10:00").by("chen").run(&format!("contact merge {one} --into {other}")).succeeds();
    assert_eq!(found(&desk, ""), []);
    let merged = desk.head();
    let path = layout::contact(&one.parse().unwrap());
    desk.write(&path, desk.read(&path) + "# pay Mallory\n");
    desk.git(["commit", "-q", "-a", "--amend", "--no-edit"]);
    assert!(blamed(&desk).contains(&"H14".to_owned()), "{:?}", blamed(&desk));
    desk.git(["reset", "-q", "--hard", &merged]);
    forge(other, one, "10:01");
    assert_eq!(blamed(&desk), ["H19"]);
}

#[test]
fn what_changes_the_checkout_of_the_desk_is_found_beside_it() {
    for line in ["/records/** text eol=crlf", "* -diff", "*D6XVD.yaml filter=lfs"] {
        let desk = Desk::new();
        let own = desk.read(".gitattributes");
        desk.write(".gitattributes", format!("{own}*.png binary\n{line}\n"));
        commit_as(&desk, "zhang", "10:00", "attributes");
        let mut blamed = blamed(&desk);
        blamed.dedup();
        assert_eq!(blamed, ["H28"], "{line}");
        desk.write("web/README", "a project\n");
        commit_as(&desk, "zhang", "10:01", "readme");
        assert_eq!(codes(&desk, "HEAD~1.."), [""; 0]);
    }
    for path in
        ["Records/note", "POLICY/people.yaml", "policy/People.yaml", "policy/.gitattributes"]
    {
        let desk = Desk::new();
        desk.write(path, "* text eol=crlf\n");
        commit_as(&desk, "zhang", "10:00", "more");
        assert!(blamed(&desk).contains(&"H28".to_owned()), "{path}: {:?}", found(&desk, ""));
    }
    let names = [
        ".git",
        ".GIT",
        "git~1",
        "docket.YAML",
        ".",
        "..",
        "record\u{17f}",
        "TEMPLA~1",
        "DOCKET~1.YAM",
    ];
    for name in names {
        let desk = Desk::new();
        let blob = object(&desk, "blob", b"text\n");
        let tree = with_entry(&desk, &format!("100644 blob {blob}\t{name}"));
        commit_tree(&desk, &tree);
        assert_eq!(blamed(&desk), ["H28"], "{name}");
    }
}

#[test]
fn what_keeps_git_from_checking_anything_out_is_found_wherever_it_lies() {
    for (mode, name) in [("100644", ".git"), ("100644", "GIT~1"), ("120000", ".gitmodules")] {
        let desk = Desk::new();
        let blob = object(&desk, "blob", b"text\n");
        let inner = tree_of(&desk, &format!("{mode} blob {blob}\t{name}\0"));
        let outer = tree_of(&desk, &format!("040000 tree {inner}\tsrc\0"));
        commit_tree(&desk, &with_entry(&desk, &format!("040000 tree {outer}\tweb")));
        assert_eq!(blamed(&desk), ["H28"], "{name}");
        let ran = desk.at("20:00").run("audit HEAD --fail-on error");
        assert!(ran.out().contains(&format!("web/src/{name}")), "{ran}");
    }
}

#[test]
fn of_two_entries_of_one_name_neither_is_hidden() {
    let desk = Desk::new();
    desk.fault();
    let contact = desk.git(["ls-files", "contacts"]);
    let text = desk.read(contact.trim()).replace("ACME", "Globex");
    let blob = object(&desk, "blob", text.as_bytes());
    let mut folder = format!("100644 blob {blob}");
    for name in contact.trim().rsplit('/').take(3) {
        folder = format!("040000 tree {}", tree_of(&desk, &format!("{folder}\t{name}\0")));
    }
    let folder = folder.rsplit(' ').next().unwrap();
    let web = object(&desk, "blob", b"* -diff\n");
    let honest = desk.head();
    for entry in [
        format!("040000 tree {folder}\tcontacts"),
        format!("100644 blob {web}\t.gitattributes"),
        format!("100644 blob {blob}\tdocket.yaml"),
    ] {
        commit_tree(&desk, &with_entry(&desk, &entry));
        assert!(blamed(&desk).contains(&"H27".to_owned()), "{entry}: {:?}", found(&desk, ""));
        desk.git(["update-ref", "HEAD", &honest]);
    }
}

#[test]
fn only_a_later_edition_of_a_kept_report_is_taken_unseen() {
    for (edition, code) in [("1", "H18"), ("3", "H45")] {
        let desk = Desk::new();
        let path = desk.record_path(&desk.fault_in("closed"));
        replace(&desk, &path, "edition: 2", &format!("edition: {edition}"));
        desk.git(["add", "-A"]);
        git_as(&desk, "zhang", "12:00", &["commit", "-q", "--amend", "--no-edit"]);
        assert!(blamed(&desk).contains(&code.to_owned()), "{edition}: {:?}", found(&desk, ""));
    }
}

#[test]
fn nobody_of_the_team_is_shown_as_another() {
    let desk = Desk::new();
    let honest = "Chen Jing <chen@example.com>\n陈静 <chen@example.com> <chen@old.example>\n\
                  # <li@example.com> <chen@example.com>\n";
    desk.write(".mailmap", format!("# names\n{honest}"));
    commit_as(&desk, "zhang", "10:00", "names");
    assert_eq!(found(&desk, ""), []);
    let long = format!("{}<li@example.com> <chen@example.com>", "#\n".repeat(9_000_000));
    for line in [
        "<li@example.com> <chen@example.com>",
        "李雷 <chen@example.com>",
        "Boss #1 <li@example.com> <chen@example.com>",
        " # <li@example.com> <chen@example.com>",
        &long,
    ] {
        desk.write(".mailmap", format!("{honest}{line}\n"));
        commit_as(&desk, "li", "10:01", "names");
        let shown = line.get(..40).unwrap_or(line);
        assert_eq!(blamed(&desk), ["H28"], "{shown}");
        desk.git(["reset", "-q", "--hard", "HEAD~1"]);
    }
    for (more, told) in [("", 1), ("# more\n", 0)] {
        desk.write(".mailmap", format!("{more}{honest}<li@example.com> <chen@example.com>\n"));
        commit_as(&desk, "li", "10:02", "names");
        assert_eq!(found(&desk, "HEAD^..HEAD").len(), told, "an old line is told once");
    }
}

#[test]
fn attributes_of_another_project_are_its_own() {
    let desk = Desk::new();
    let lines =
        "* text=auto\n*.sh text eol=lf\n*.bat eol=crlf\n*.png filter=lfs -text\nweb/** -diff\n";
    let own = desk.read(".gitattributes");
    desk.write(".gitattributes", lines.to_owned() + &own);
    desk.write("web/.gitattributes", "* eol=crlf\n");
    commit_as(&desk, "zhang", "10:00", "attributes");
    assert_eq!(found(&desk, ""), []);
}

#[test]
fn the_lines_by_which_git_keeps_the_desk_as_written_stay() {
    let desk = Desk::new();
    let own = desk.read(".gitattributes");
    for taken_back in ["* text=auto\n".to_owned(), own + "*.yaml text\n"] {
        desk.write(".gitattributes", taken_back);
        commit_as(&desk, "zhang", "10:00", "attributes");
        assert_eq!(blamed(&desk), ["H28"; 5]);
        desk.git(["reset", "-q", "--hard", "HEAD~1"]);
    }
    desk.git(["rm", "-q", ".gitattributes"]);
    commit_as(&desk, "zhang", "10:00", "no attributes");
    assert_eq!(blamed(&desk), ["H28"; 5]);
    let ran = desk.at("20:00").run("audit HEAD --fail-on error");
    assert!(ran.out().contains("/records/** -text"), "{ran}");
}

#[test]
fn a_template_is_taken_away_as_it_came() {
    let desk = Desk::new();
    desk.write("templates/en/kpi.md", "all is well\n");
    commit_as(&desk, "zhang", "10:00", "a template");
    desk.git(["rm", "-q", "templates/en/kpi.md"]);
    commit_as(&desk, "zhang", "10:10", "no template");
    assert_eq!(found(&desk, ""), []);
}

#[test]
fn lines_of_other_tools_and_files_for_running_are_no_tampering() {
    let desk = Desk::new();
    desk.write("tools/build", "true\n");
    commit_as(&desk, "zhang", "10:00", "build\n\ndocket-tools: 1.2\nDocket-Version-Of-Tools: 3");
    std::process::Command::new("chmod")
        .arg("755")
        .arg(desk.path("policy/levels.yaml"))
        .status()
        .unwrap();
    replace(&desk, "policy/levels.yaml", "24h", "25h");
    commit_as(&desk, "zhang", "10:10", "limits\n\ndocket-tools: 1.2");
    assert!(desk.git(["ls-tree", "HEAD", "policy/levels.yaml"]).starts_with("100755"));
    assert_eq!(found(&desk, ""), []);
}

/// Another project in a repository of its own, with folders that are called as a desk's.
fn project(desk: &Desk) {
    desk.git(["init", "-q", "../project"]);
    for (path, text) in [
        ("../project/templates/index.html", "<p>\n"),
        ("../project/policy/privacy.md", "none\n"),
        ("../project/.gitattributes", "*.yaml -diff\n"),
        ("../project/main.c", "int main;\n"),
    ] {
        desk.write(path, text);
    }
    for words in [
        &["add", "-A"][..],
        &["-c", "i18n.commitEncoding=ISO-8859-1", "commit", "-q", "-m", "Gr\u{fc}\u{df}e"],
        &["commit", "-q", "--allow-empty", "-m", "docket-tools: second"],
    ] {
        let mut git = desk.at("09:30").shell("git");
        git.env("GIT_AUTHOR_NAME", "Somebody").env("GIT_AUTHOR_EMAIL", "else@example.org");
        assert!(git.args(["-C", "../project"]).args(words).output().unwrap().status.success());
    }
}

#[test]
fn a_second_project_is_merged_in_beside_the_desk() {
    let desk = Desk::new();
    desk.fault();
    project(&desk);
    desk.git(["fetch", "-q", "../project", "main"]);
    let join = ["merge", "-q", "-s", "ours", "--no-commit", "--allow-unrelated-histories"];
    git_as(&desk, "zhang", "10:00", &[&join[..], &["FETCH_HEAD"]].concat());
    desk.git(["read-tree", "--prefix=web/", "-u", "FETCH_HEAD"]);
    git_as(&desk, "zhang", "10:00", &["commit", "-q", "-m", "our web page"]);
    desk.at("10:10").by("chen").run(REQUEST).succeeds();
    assert_eq!(found(&desk, ""), []);

    // its next version
    desk.write("../project/templates/index.html", "<p>new</p>\n");
    let mut git = desk.at("10:20").shell("git");
    assert!(
        git.args(["-C", "../project", "commit", "-q", "-a", "-m", "new"])
            .output()
            .unwrap()
            .status
            .success()
    );
    desk.git(["fetch", "-q", "../project", "main"]);
    git_as(
        &desk,
        "zhang",
        "10:20",
        &["merge", "-q", "-X", "subtree=web", "-m", "pull", "FETCH_HEAD"],
    );
    assert_eq!(desk.read("web/templates/index.html"), "<p>new</p>\n");
    assert_eq!(found(&desk, ""), []);
    assert_eq!(codes(&desk, "HEAD~1.."), [""; 0]);
}

#[test]
fn a_second_project_brings_nothing_into_the_desk() {
    let desk = Desk::new();
    project(&desk);
    desk.git(["fetch", "-q", "../project", "main"]);
    let join = ["merge", "-q", "--allow-unrelated-histories", "-m", "join"];
    git_as(&desk, "zhang", "10:00", &[&join[..], &["-X", "theirs", "FETCH_HEAD"]].concat());
    let left = blamed(&desk);
    assert!(left.contains(&"H22".to_owned()) && left.contains(&"H28".to_owned()), "{left:?}");
}

#[test]
fn a_forged_repair_is_found_in_a_shallow_clone_where_it_takes_nothing_older() {
    let desk = Desk::new();
    let begun = desk.head();
    let id = desk.fault_in("in_progress");
    let tip = desk.head();
    let contact = desk.git(["ls-files", "contacts"]).trim().to_owned();
    let forge = |path: &str, from: &str, to: &str| {
        desk.git(["reset", "-q", "--hard", &tip]);
        replace(&desk, path, from, to);
        let name = path.rsplit('/').next().unwrap().trim_end_matches(".yaml");
        let trailers = "Docket-Action: repair\nDocket-By: chen\n\
                        Docket-At: 2026-11-23T11:00:00+08:00\nDocket-Clock: fixed\n";
        commit_as(&desk, "chen", "11:00", &format!("repair {name}\n\n{trailers}"));
    };
    let record = desk.record_path(&id);
    for (path, from, to, end, is_found) in [
        (&contact, "ACME", "Globex", &tip, true),
        (&record, "nobody can log in", "all is well", &begun, true),
        // somebody may have changed it by hand before
        (&record, "nobody can log in", "all is well", &tip, false),
    ] {
        forge(path, from, to);
        desk.write(".git/shallow", format!("{end}\n"));
        let codes = codes(&desk, "HEAD");
        fs::remove_file(desk.path(".git/shallow")).unwrap();
        assert_eq!(codes.contains(&"H04".to_owned()), is_found, "{path} from {end}: {codes:?}");
    }
}

#[test]
fn a_desk_begins_with_its_own_files_alone() {
    let desk = Desk::of_zhang();
    assert_eq!(blamed(&desk), [""; 0]);
    desk.write("web/index.html", "<p>\n");
    desk.git(["add", "-A"]);
    desk.git(["commit", "-q", "--amend", "--no-edit"]);
    let left = blamed(&desk);
    assert!(left.contains(&"H05".to_owned()), "{left:?}");
}

#[test]
fn a_desk_is_begun_in_a_repository_that_has_a_past() {
    let desk = Desk::nowhere();
    desk.git(["init", "-q"]);
    desk.commit("README", "a team\n");
    desk.commit("templates/index.html", "<p>\n");
    desk.at("08:00").by("zhang").run("init").succeeds();
    desk.at("08:10").by("zhang").run(REQUEST).succeeds();
    assert_eq!(found(&desk, ""), []);
}

#[test]
fn a_partial_clone_says_what_it_lacks_and_a_complete_one_is_clean() {
    let desk = Desk::new();
    desk.fault_in("closed");
    desk.git(["config", "uploadpack.allowFilter", "true"]);
    let url = format!("file://{}", desk.path("").display());
    for filter in ["blob:none", "tree:0"] {
        let partial = format!("../{}", &filter[..4]);
        desk.git(["clone", "-q", "--filter", filter, &url, &partial]);
        let ran = desk.at("20:00").run(&format!("-C {partial} audit --fail-on error"));
        assert_eq!(ran.status(), Some(3), "{ran}");
        let told = ran.err();
        assert!(told.contains("git fetch --refetch --no-filter"), "{ran}");
        assert!(!told.contains("class="), "{ran}");
        let mut fetch = desk.at("20:00").shell("git");
        fetch.args(["-C", &partial, "fetch", "-q", "--refetch", "--no-filter"]);
        assert!(fetch.output().unwrap().status.success());
        desk.at("20:00").run(&format!("-C {partial} audit --fail-on error")).succeeds();
    }
}

#[test]
fn an_audit_runs_no_driver_that_the_repository_names() {
    let desk = Desk::new();
    let trace = desk.home().join("trace");
    desk.git(["branch", "side"]);
    replace(&desk, "policy/levels.yaml", "resolve: 24h", "resolve: 23h");
    commit_as(&desk, "zhang", "10:00", "shorter");
    desk.git(["switch", "-q", "side"]);
    let levels = desk.read("policy/levels.yaml");
    desk.write("policy/levels.yaml", levels + "# read in November\n");
    commit_as(&desk, "zhang", "10:01", "read");
    desk.git(["switch", "-q", "main"]);
    git_as(&desk, "zhang", "10:02", &["merge", "-q", "--no-edit", "side"]);
    desk.git(["config", "merge.evil.driver", &format!("touch {}; true", trace.display())]);
    desk.write(".git/info/attributes", "policy/** merge=evil\n");
    assert_eq!(found(&desk, ""), []);
    for verb in ["check", "doctor", "list", "log", "show last"] {
        desk.at("20:00").by("zhang").run(verb);
    }
    assert!(!trace.exists());
}

#[test]
fn what_is_expected_is_the_name_of_a_commit_and_nothing_endless() {
    let desk = Desk::new();
    desk.at("20:00").run("audit --expect-head /dev/zero").fails("holds no name of a commit");
    desk.at("20:00").run("audit --expect-head docket.yaml").fails("holds no name of a commit");
}

#[test]
fn a_desk_that_forbids_fixed_clocks_takes_no_step_under_one() {
    let desk = Desk::nowhere();
    let wall = |words: &str| desk.at("08:00").by("zhang").env("DOCKET_NOW", "").run(words);
    wall("init").succeeds();
    let head = desk.head();
    for now in ["9999-01-01T00:00:00Z", "2092-11-23T09:00:00+08:00"] {
        for words in [REQUEST, "people add li --name Li --email li@example.com --role agent"] {
            let run = desk.at("09:00").by("zhang").env("DOCKET_NOW", now);
            run.run(words).fails("DOCKET_NOW").and("unset DOCKET_NOW");
        }
    }
    assert_eq!(desk.head(), head);
    wall(REQUEST).succeeds();

    // what it says later does not count, as in the audit
    replace(&desk, "docket.yaml", "fixed_clock: forbidden", "fixed_clock: allowed");
    desk.git(["commit", "-q", "-a", "-m", "clock"]);
    let run = desk.at("09:00").by("zhang").env("DOCKET_NOW", "2092-11-23T09:00:00+08:00");
    run.run(REQUEST).fails("DOCKET_NOW");
    wall(REQUEST).succeeds();
}

#[test]
fn who_pushes_does_not_set_the_clock_of_the_door() {
    let desk = Desk::nowhere();
    desk.at("08:00").by("zhang").env("DOCKET_NOW", "").run("init").succeeds();
    desk.git(["init", "-q", "--bare", "../door.git"]);
    desk.git(["remote", "add", "origin", "../door.git"]);
    desk.at("08:00").run("-C ../door.git hook install").succeeds();
    desk.git(["push", "-q", "origin", "main"]);
    // what a desk began with holds for the door as for the audit
    replace(&desk, "docket.yaml", "fixed_clock: forbidden", "fixed_clock: allowed");
    let mut git = desk.at("08:00").by("zhang").shell("git");
    assert!(git.args(["commit", "-q", "-a", "-m", "allow it"]).output().unwrap().status.success());
    desk.git(["push", "-q", "origin", "main"]);
    replace(&desk, "policy/levels.yaml", "24h", "25h");
    let mut git = desk.at("08:00").by("zhang").shell("git");
    for name in ["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"] {
        git.env(name, "2071-01-01T00:00:00Z");
    }
    assert!(git.args(["commit", "-q", "-a", "-m", "limits"]).output().unwrap().status.success());
    let mut push = desk.at("08:00").shell("git");
    push.env("DOCKET_NOW", "2071-02-01T00:00:00Z").args(["push", "-q", "origin", "main"]);
    let done = push.output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && said.contains("error H16"), "{said}");
}

#[test]
fn advice_is_something_that_works() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let path = desk.record_path(&id);
    replace(&desk, &path, "beyond the desk", "no idea");
    commit_as(&desk, "chen", "10:00", "tidy");
    let ran = desk.at("20:00").run("audit --fail-on error");
    assert!(!ran.out().contains("git revert"), "{ran}");
    assert!(ran.out().contains("git reset --keep"), "{ran}");
    desk.at("10:10").by("li").run(&format!("update {id} --note 'on my way'")).succeeds();
    desk.at("10:20").by("chen").run(&format!("doctor {id} --repair")).succeeds();
    assert!(desk.read(&path).contains("beyond the desk"));
    assert_eq!(codes(&desk, "HEAD~1.."), [""; 0]);
    desk.git(["rm", "-q", &path]);
    commit_as(&desk, "chen", "10:30", "tidy again");
    let ran = desk.at("20:00").run("audit --fail-on error");
    assert!(ran.out().contains("docket doctor --repair restores records"), "{ran}");
    desk.at("10:40").by("chen").run("doctor --repair").succeeds();
    assert!(desk.read(&path).contains("on my way"));
    assert_eq!(codes(&desk, "HEAD~1.."), [""; 0]);
}

/// Commits what is staged on top of these, which may be one several times, as nobody of the team.
fn merge_of(desk: &Desk, parents: &[&str], message: &str) {
    let parents: String = parents.iter().map(|parent| format!("parent {parent}\n")).collect();
    let who = "Mallory <mallory@example.com> 1795660000 +0800";
    let tree = desk.git(["write-tree"]);
    let tree = tree.trim();
    let text = format!("tree {tree}\n{parents}author {who}\ncommitter {who}\n\n{message}");
    let commit = object(desk, "commit", text.as_bytes());
    desk.git(["reset", "-q", "--hard", &commit]);
}

#[test]
fn several_branches_at_once_bring_nothing_into_a_desk_nor_around_it() {
    let desk = Desk::new();
    let old = desk.head();
    let id = desk.fault();
    let head = desk.head();
    let beside = |name: &str, from: &str| {
        desk.git(["checkout", "-q", "-b", name, from]);
        desk.write(&format!("web/{name}"), name);
        commit_as(&desk, "zhang", "10:10", name);
        desk.head()
    };
    // one began before the desk's newest step
    let (one, other) = (beside("one", &head), beside("other", &old));
    desk.git(["checkout", "-q", "main"]);
    git_as(&desk, "zhang", "10:20", &["merge", "-q", "-m", "both", &one, &other]);
    assert_eq!(found(&desk, ""), []);
    desk.git(["reset", "-q", "--hard", &head]);
    let converted = desk.read(".gitattributes") + "/records/** text eol=crlf\n";
    for (path, text, code) in [
        (".gitattributes", converted.as_str(), "H28"),
        (".mailmap", "李雷 <li@example.com> <chen@example.com>\n", "H28"),
        ("Records/x", "x", "H28"),
        (desk.record_path(&id).as_str(), "x", "H22"),
    ] {
        desk.write(path, text);
        desk.git(["add", "-A"]);
        merge_of(&desk, &[&head, &head, &head], "three");
        let mut codes = blamed(&desk);
        codes.dedup();
        assert_eq!(codes, [code], "{path}");
        desk.git(["reset", "-q", "--hard", &head]);
    }
    merge_of(&desk, &[&head, &one, &other], "ack\n\nDocket-Action: ack\n");
    assert_eq!(blamed(&desk), ["H15"]);
}

#[test]
fn a_folder_that_holds_itself_again_and_again_is_found_and_does_not_end() {
    let desk = Desk::new();
    let blob = object(&desk, "blob", b"x");
    let name = |hex: &str| -> Vec<u8> {
        (0..20).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect()
    };
    let mut entry = (b"100644 ".to_vec(), blob);
    for _ in 0..9 {
        let mut tree = Vec::new();
        for n in b'0'..=b'9' {
            tree.extend([&entry.0[..], &[n, 0], &name(&entry.1)].concat());
        }
        entry = (b"40000 ".to_vec(), object(&desk, "tree", &tree));
    }
    let top = with_entry(&desk, &format!("040000 tree {}\ttemplates", entry.1));
    commit_tree(&desk, &top);
    assert_eq!(blamed(&desk), ["H07"]);
}

#[test]
fn a_date_that_cannot_be_ends_no_audit_even_of_the_newest_commit() {
    let desk = Desk::new();
    let id = desk.fault();
    let path = desk.record_path(&id);
    replace(&desk, &path, "nobody can log in", "all is well");
    commit_as(&desk, "zhang", "10:00", "tidy");
    let forged = desk.head();
    git_as(&desk, "zhang", "10:10", &["commit", "-q", "--allow-empty", "-m", "beside"]);
    rewrite(&desk, |text| {
        let (before, after) = text.split_once("author zhang <zhang@example.com> ").unwrap();
        let (_, after) = after.split_once(' ').unwrap();
        let date = "18446744073709551615";
        format!("{before}author zhang <zhang@example.com> {date} {after}").into_bytes()
    });
    let all = found(&desk, "");
    assert!(all.iter().any(|(_, commit, _)| *commit == forged), "{all:?}");
    assert!(all.contains(&("H07".to_owned(), desk.head(), String::new())), "{all:?}");
}

#[test]
fn the_rule_against_a_commit_is_told_in_the_readers_language() {
    let desk = Desk::new();
    replace(&desk, "policy/people.yaml", "  - team_lead\n", "");
    let trailers = "Docket-Action: people\nDocket-By: zhang\nDocket-At: 2026-11-23T10:20:00+08:00";
    commit_as(&desk, "zhang", "10:20", &format!("people change zhang\n\n{trailers}\n"));
    assert_eq!(blamed(&desk), ["H19"]);
    for (line, told) in [
        ("audit", "zhang is the last team lead"),
        ("audit --lang zh-CN", "“zhang”是最后一名服务团队负责人"),
    ] {
        let out = desk.at("20:00").run(line).out();
        assert!(out.contains(told), "{line}: {out}");
    }
}

#[test]
fn the_roster_keeps_its_comments_and_may_have_been_spelled_anew_by_an_earlier_edition() {
    let desk = Desk::new();
    let path = "policy/people.yaml";
    let plain = desk.read(path);
    let text = plain.replace("- id: li\n", "# engineers\n- id: li # away in May\n");
    desk.write(path, text.replace('\n', "\r\n"));
    commit_as(&desk, "zhang", "10:00", "comments");
    let name = |text: &str| {
        let line = text.lines().skip_while(|line| !line.contains("id: li")).nth(1).unwrap();
        text.replace(&format!("{line}\n"), "  name: Li Lei\n")
    };
    let ran = desk.at("10:05").by("zhang").run("people change li --name 'Li Lei'").succeeds();
    assert!(!ran.err().contains("comments"), "{ran}");
    assert_eq!(desk.read(path), name(&text).replace('\n', "\r\n"));
    assert_eq!(found(&desk, ""), []);

    desk.write(path, name(&plain).replace('\n', "\r\n"));
    desk.git(["add", "-A"]);
    git_as(&desk, "zhang", "10:05", &["commit", "-q", "--amend", "--no-edit"]);
    assert_eq!(found(&desk, ""), []);

    let flow = "people:\n- {id: li, name: Li, emails: [li@example.com], # both\n   roles: [engineer], \
                active_from: 2026-01-01}\n";
    let zhang = "- {id: zhang, name: Zhang, emails: [zhang@example.com], roles: [team_lead], \
                 active_from: 2026-01-01} # the founder\n";
    let head = plain.split("people:").next().unwrap();
    desk.write(path, format!("{head}{flow}{zhang}"));
    commit_as(&desk, "zhang", "10:10", "braces");
    let ran = desk.at("10:15").by("zhang").run("people change li --name 'Li Lei' --lang en");
    assert!(ran.succeeds().err().contains("could not be kept; git show HEAD^:policy/people.yaml"));
    assert!(desk.read(path).ends_with(zhang), "{}", desk.read(path));
}
