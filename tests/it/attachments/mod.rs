//! Files of a record: what is kept and what is not, on one desk.

mod crash;
mod door;
mod keyboard;
mod sync;

use std::{
    fs,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::PathBuf,
};

use crate::desk::{Desk, Ran};

/// What a telephone notes in a picture: that it is to be turned by a quarter, and where it was taken.
const NOTES: &[u8] = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\
\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0GPS 31.2304N 121.4737E";

/// A picture with [`NOTES`], and a text of the camera's owner.
pub(crate) fn photo() -> Vec<u8> {
    let segment = |marker: u8, data: &[u8]| {
        let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], data].concat()
    };
    [
        &b"\xff\xd8"[..],
        &segment(0xe1, NOTES),
        &segment(0xfe, b"taken by Wang Min"),
        &segment(0xe2, b"ICC_PROFILE\0\x01\x01colours of Wang Min"),
        &segment(0xc0, b"\x08\0\x01\0\x01\x01\x01\x11\0"),
        &segment(0xda, b"\x01\x01\0\0\x3f\0"),
        b"picture\xff\xd9",
        b"film of Wang Min",
    ]
    .concat()
}

/// A file beside the desk, to be attached by its path.
pub(crate) fn file(desk: &Desk, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = desk.home().join(name);
    fs::write(&path, content).unwrap();
    path
}

/// Attaches a log with this text.
pub(crate) fn attach_log(desk: &Desk, time: &str, id: &str, text: &str) {
    let path = file(desk, "router.log", text);
    let line = format!("attach {id} {}", path.display());
    desk.at(time).by("chen").run(&line).succeeds();
}

/// The names of what lies under the reference of a record here.
pub(crate) fn held(desk: &Desk, id: &str) -> Vec<String> {
    let listed = desk.git(["for-each-ref", &format!("refs/docket/files/{id}")]);
    if listed.is_empty() {
        return Vec::new();
    }
    let names = desk.git(["ls-tree", "-r", "--name-only", &format!("refs/docket/files/{id}")]);
    names.lines().map(str::to_owned).collect()
}

/// Whether any object of a repository holds these words, also what nothing refers to.
pub(crate) fn is_anywhere(desk: &Desk, repository: &str, words: &str) -> bool {
    let objects = desk.git([
        "-C",
        repository,
        "cat-file",
        "--batch-all-objects",
        "--batch-check=%(objectname)",
    ]);
    let mut objects = objects.lines();
    objects.any(|name| {
        let mut show = desk.at("09:00").shell("git");
        show.args(["-C", repository, "cat-file", "-p", name]);
        let content = show.output().unwrap().stdout;
        content.windows(words.len()).any(|window| window == words.as_bytes())
    })
}

fn attach<'d>(desk: &'d Desk, time: &str, id: &str, files: &[&PathBuf]) -> Ran<'d> {
    let paths: Vec<String> = files.iter().map(|path| format!("'{}'", path.display())).collect();
    desk.at(time).by("chen").run(&format!("attach {id} {}", paths.join(" ")))
}

#[test]
fn a_photo_is_kept_without_the_place_where_it_was_taken_and_comes_back_turned_as_it_was() {
    let desk = Desk::new();
    let id = desk.fault();
    let path = file(&desk, "Wang Min at home.JPG", photo());
    let ran = attach(&desk, "09:05", &id, &[&path]).says("place, time and camera were taken out");
    assert!(!ran.out().contains("Wang"), "{ran}");
    let name = held(&desk, &id).pop().unwrap();
    let told = &desk.record(&id)["status"]["attachments"][0];
    assert_eq!(name, format!("{}.jpg", told["event"].as_str().unwrap()));
    assert!(told["name"].as_str().unwrap().starts_with(&format!("{id}-")), "{told}");

    let get = desk.at("09:06").run(&format!("attachment get {id} -o saved.jpg")).succeeds();
    let saved = fs::read(desk.path("saved.jpg")).unwrap();
    let has = |words: &[u8]| saved.windows(words.len()).any(|window| window == words);
    assert!(has(b"picture") && has(b"\x01\x12\0\x03\0\0\0\x01\0\x06"), "{get}");
    for gone in ["GPS", "121.4737", "Wang Min"] {
        assert!(!has(gone.as_bytes()), "{gone}");
        assert!(!is_anywhere(&desk, ".", gone), "{gone} is in the repository");
    }
    let mode = fs::metadata(desk.path("saved.jpg")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "others may read it");
    fs::remove_file(desk.path("saved.jpg")).unwrap();
    assert_eq!(desk.status(), "");
    desk.is_honest();
}

#[test]
fn several_files_are_one_step_each_and_are_told_everywhere() {
    let desk = Desk::new();
    let id = desk.fault();
    let log = file(&desk, "router.log", "link down\n");
    let mail = file(&desk, "m.eml", "Subject: help\n\nit is down\n");
    let again = file(&desk, "copy.txt", "link down\n");
    let commits = desk.commits();
    attach(&desk, "09:05", &id, &[&log, &mail, &again]).says("attachment 1 has the same content");
    assert_eq!(desk.commits(), commits + 3);
    assert_eq!(held(&desk, &id).len(), 3);
    let record = desk.record(&id);
    let told = &record["status"]["attachments"];
    for (place, kind) in ["log", "mail", "log"].into_iter().enumerate() {
        assert_eq!(told[place]["kind"], kind, "{told}");
        assert_eq!(told[place]["by"], "chen");
        assert_eq!(told[place]["name"], record["history"][place + 1]["name"]);
    }
    let hash = told[0]["sha256"].as_str().unwrap();
    desk.at("09:06").run(&format!("show {id}")).says("2. mail  ").says("SHA-256: ");
    desk.at("09:06").run(&format!("report request {id}")).says("## Attachments").says(hash);
    let zh = format!("report request {id} --lang zh-CN");
    desk.at("09:06").run(&zh).says("## 附件清单").says(hash);
    desk.at("09:06").run(&format!("attachment list {id}")).says("10 B  yes").says(hash);
    desk.at("09:06").run(&format!("attachment verify {id}")).says("3 intact, 0 dropped, 0 missing");
    desk.at("09:06").run(&format!("attachment get {id} 1 -o -")).says("link down\n");
    let none = desk.at("09:06").run(&format!("attachment get {id} -o -"));
    none.refuses("it has 3 attachments; give the number of one").and("docket attachment list");
    desk.is_honest();
}

#[test]
fn what_is_not_kept_is_refused_in_a_sentence_and_nothing_is_written() {
    let desk = Desk::new();
    let id = desk.fault();
    let good = file(&desk, "good.log", "fine\n");
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let half = &photo()[..photo().len() / 2];
    let large = vec![b'x'; 6 * 1024 * 1024];
    let long = format!("{}.txt", "n".repeat(300));
    let turned = "a\u{202e}gpj.exe";
    fs::create_dir(desk.home().join("folder.jpg")).unwrap();
    symlink(&good, desk.home().join("link.log")).unwrap();
    let mut fifo = desk.at("09:00").shell("mkfifo");
    assert!(fifo.arg(desk.home().join("pipe.log")).status().unwrap().success());
    for (name, content, words) in [
        ("photo.jpg", Some(&heic[..]), "called .jpg, but holds HEIC"),
        ("photo.heic", Some(heic), "files called .heic are not permitted; it holds HEIC"),
        ("half.jpg", Some(half), "damaged or incomplete"),
        ("empty.txt", Some(b""), "the file is empty"),
        ("large.txt", Some(&large), "the file has more than 5 MB"),
        ("table.docx", Some(b"PK\x03\x04"), "files called .docx are not permitted; it holds ZIP"),
        ("noname", Some(b"text"), "the name has no ending that says what it is; it holds text"),
        (turned, Some(b"MZ\0\0"), "a\\u{202e}gpj.exe: files called .exe are not permitted"),
        ("colour.log", Some(b"\x1b[31mred"), "text with control characters"),
        ("folder.jpg", None, "a directory, not a file"),
        ("link.log", None, "a symbolic link, not a file"),
        ("pipe.log", None, "a pipe, not a file"),
        ("/dev/zero", None, "a device, not a file"),
    ] {
        let path = desk.home().join(name);
        if let Some(content) = content {
            fs::write(&path, content).unwrap();
        }
        attach(&desk, "09:05", &id, &[&good, &path]).refuses(words);
    }
    let there = desk.home().join("../home/./good.log");
    attach(&desk, "09:06", &id, &[&there]).succeeds();
    let absent = attach(&desk, "09:07", &id, &[&desk.home().join(long)]);
    assert_eq!(absent.status(), Some(3), "{absent}");
    let zh = desk.at("09:08").by("chen").run(&format!("attach {id} /dev/zero --lang zh-CN"));
    zh.refuses("是设备，不是文件");
}

#[test]
fn what_is_not_kept_is_refused_with_what_can_be_done() {
    let desk = Desk::new();
    let id = desk.fault();
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    for (name, content, hint) in [
        ("photo.jpg", &heic[..], "save it as jpg or png in a program for pictures"),
        ("film.pdf", b"Rar!\x1a\x07\0", "pack it as zip"),
        ("form.png", b"%PDF-1.7 whole", "ends in .pdf"),
        ("empty.txt", b"", "docket note ID TEXT"),
    ] {
        let path = file(&desk, name, content);
        let ran = attach(&desk, "09:10", &id, &[&path]).refuses(name);
        assert!(ran.err().contains(hint), "{ran}");
    }
    attach_log(&desk, "09:11", &id, "link is down");
    let get = format!("attachment get {id} 1 -o ../not-there/x.log");
    let ran = desk.at("09:12").by("chen").run(&get).refuses("no folder ../not-there");
    assert!(ran.err().contains("mkdir -p ../not-there"), "{ran}");
    desk.at("09:13").by("chen").run(&format!("attachment drop {id} 1 --reason wrong")).succeeds();
    let shown = desk.at("09:14").by("chen").run(&format!("show {id}")).succeeds().out();
    assert!(shown.contains(&format!("file dropped: 1 ({id}-")), "{shown}");
}

#[test]
fn an_archive_is_kept_and_never_unpacked() {
    let desk = Desk::new();
    let id = desk.fault();
    // what unpacks to terabytes is a few bytes here
    let bomb = file(&desk, "bomb.zip", b"PK\x03\x04\x2d\0 a bomb");
    attach(&desk, "09:05", &id, &[&bomb]).succeeds();
    let get = desk.at("09:06").run(&format!("attachment get {id} -o -")).succeeds();
    assert_eq!(get.out().as_bytes(), fs::read(bomb).unwrap());
}

#[test]
fn a_record_takes_no_more_than_the_rules_allow_whatever_of_it_is_new() {
    let desk = Desk::new();
    let id = desk.fault();
    let rules = desk.read("docket.yaml").replace("file: 5\n  record: 25", "file: 1\n  record: 2");
    desk.write("docket.yaml", rules);
    let mut commit = desk.at("09:01").by("zhang").shell("git");
    commit.args(["commit", "-q", "-a", "-m", "Smaller attachments"]);
    assert!(commit.status().unwrap().success());
    let one = file(&desk, "one.txt", vec![b'1'; 1024 * 1024]);
    let more = file(&desk, "more.txt", vec![b'2'; 1024 * 1024 + 1]);
    attach(&desk, "09:05", &id, &[&more]).refuses("the file has more than 1 MB");
    let all = attach(&desk, "09:05", &id, &[&one, &one, &one]);
    all.refuses(
        "the files have 3 MB and its attachments 0 B already; permitted for a record: 2 MB",
    );
    attach(&desk, "09:06", &id, &[&one, &one]).succeeds();
    attach(&desk, "09:07", &id, &[&one]).refuses("its attachments 2 MB already");
    let drop = format!("attachment drop {id} 1 --reason 'twice the same'");
    desk.at("09:08").by("chen").run(&drop).succeeds();
    attach(&desk, "09:09", &id, &[&one]).succeeds();
    desk.is_honest();
}

#[test]
fn a_file_is_dropped_by_who_attached_it_or_a_lead_and_its_hash_stays() {
    let desk = Desk::new();
    let id = desk.fault();
    attach_log(&desk, "09:05", &id, "the secret of chen\n");
    attach_log(&desk, "09:06", &id, "another\n");
    let hash = desk.record(&id)["status"]["attachments"][0]["sha256"].clone();
    let drop = |who: &str, number: u32| {
        let line = format!("attachment drop {id} {number} --reason 'shows another customer'");
        desk.at("09:10").by(who).run(&line)
    };
    drop("li", 1).refuses("陈静 (chen) attached it, not 李雷 (li)");
    drop("chen", 3).refuses("it has no attachment 3; there are 2").and("docket attachment list");
    let without = desk.at("09:10").by("chen").run(&format!("attachment drop {id} 1"));
    assert_eq!(without.status(), Some(2), "{without}");
    drop("chen", 1).says("git gc --prune=now").says("backups");
    drop("zhang", 2).succeeds();
    drop("zhang", 2).refuses("this file was dropped at");
    assert_eq!(held(&desk, &id), [""; 0]);
    assert_eq!(desk.record(&id)["status"]["attachments"][0]["sha256"], hash);
    desk.at("09:11").run(["search", "another customer"]).says(&id);
    let get = desk.at("09:11").run(&format!("attachment get {id} 1"));
    get.refuses("this file was dropped at");
    desk.at("09:11").run(&format!("attachment verify {id}")).says("0 intact, 2 dropped, 0 missing");
    desk.at("09:11").run(&format!("report request {id}")).says("(dropped 2026-11-23 09:10)");
    desk.at("09:11").by("zhang").run("undo").refuses("drop attachment cannot be undone");

    assert!(is_anywhere(&desk, ".", "the secret of chen"));
    desk.git(["gc", "-q", "--prune=now"]);
    assert!(!is_anywhere(&desk, ".", "the secret of chen"));
    desk.is_honest();
}

#[test]
fn what_was_attached_by_mistake_is_taken_back_with_its_file() {
    let desk = Desk::new();
    let id = desk.fault();
    attach_log(&desk, "09:05", &id, "kept\n");
    attach_log(&desk, "09:06", &id, "by mistake\n");
    desk.at("09:07").by("chen").run("undo").says("undone");
    assert_eq!(held(&desk, &id).len(), 1);
    desk.git(["gc", "-q", "--prune=now"]);
    assert!(!is_anywhere(&desk, ".", "by mistake"));
    desk.at("09:08").run(&format!("attachment verify {id}")).says("1 intact, 0 dropped, 0 missing");
    desk.is_honest();
}

#[test]
fn a_signed_form_comes_after_the_closing_and_leaves_the_kept_report_alone() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    let form = file(&desk, "form.pdf", "%PDF-1.7\n");
    let line = format!("attach {id} {} --kind scan", form.display());
    desk.at("10:05").by("chen").run(&line).succeeds();
    assert_eq!(desk.record(&id)["status"]["state"], "closed");
    desk.at("10:06").run("check --fail-on warning").succeeds();
    desk.is_honest();
}

#[test]
fn a_file_that_was_changed_or_lost_by_hand_is_found() {
    let desk = Desk::new();
    let id = desk.fault();
    attach_log(&desk, "09:05", &id, "as it was\n");
    let reference = format!("refs/docket/files/{id}");
    let name = held(&desk, &id).pop().unwrap();
    desk.write("forged", "as it never was\n");
    let blob = desk.git(["hash-object", "-w", "forged"]);
    fs::remove_file(desk.path("forged")).unwrap();
    let mut make = desk.at("09:06").shell("sh");
    let tree = format!("printf '100644 blob {}\\t{name}\\n' | git mktree", blob.trim());
    let tree = make.args(["-c", &tree]).output().unwrap().stdout;
    let tree = String::from_utf8(tree).unwrap();
    let commit = desk.git(["commit-tree", "-m", "x", tree.trim()]);
    desk.git(["update-ref", &reference, commit.trim()]);
    let verify = format!("attachment verify {id}");
    let ran = desk.at("09:07").run(&verify);
    assert_eq!((ran.status(), ran.out().contains("different")), (Some(1), true), "{ran}");
    desk.at("09:07").run(&format!("attachment get {id}")).refuses("is not what was attached");
    desk.git(["update-ref", "-d", &reference]);
    let ran = desk.at("09:08").run(&verify);
    assert_eq!((ran.status(), ran.out().contains("missing")), (Some(1), true), "{ran}");
    desk.at("09:08").run(&format!("attachment get {id}")).refuses("there is no remote to get it");
    let check = desk.at("09:08").run("check --lang en");
    let told = format!("warning A50  {id} refs/docket/files/{id}");
    assert!(check.out().contains(&told), "{check}");
    assert!(check.out().contains(&format!("expected: {id}-")), "{check}");
}

/// The SHA-256 of a file, as another program has it.
pub(crate) fn sha256_of(desk: &Desk, path: &std::path::Path) -> String {
    let output = desk.at("09:00").shell("sha256sum").arg(path).output().unwrap();
    let line = String::from_utf8(output.stdout).unwrap();
    line.split(' ').next().unwrap().to_owned()
}
