//! Files of a record, as somebody at a keyboard meets them: where they are saved, which one is meant,
//! and what is said of a file that stays.

use std::{fs, os::unix::fs::PermissionsExt as _};

use super::{attach_log, file};
use crate::{
    desk::{Desk, tail},
    terminal::{DOWN, ENTER, ESCAPE, Typist, UP},
};

fn at_terminal(desk: &Desk, line: &str) -> Typist {
    Typist::at(desk.at("10:30").by("chen").command(line), 80)
}

/// A desk with a record that has two logs and a mail.
fn with_three_files() -> (Desk, String) {
    let desk = Desk::new();
    let id = desk.fault();
    attach_log(&desk, "09:05", &id, "port 7 down\n");
    attach_log(&desk, "09:06", &id, "port 8 down\n");
    let mail = file(&desk, "m.eml", "Subject: help\n\nit is down\n");
    let line = format!("attach {id} {}", mail.display());
    desk.at("09:07").by("chen").run(&line).succeeds();
    (desk, id)
}

/// The name of an attachment.
fn name_of(desk: &Desk, id: &str, number: usize) -> String {
    let told = desk.record(id)["status"]["attachments"][number - 1]["name"].clone();
    told.as_str().unwrap().to_owned()
}

#[test]
fn what_is_saved_takes_the_place_of_no_other_file() {
    let (desk, id) = with_three_files();
    let home = desk.home();
    let get = |words: &str| {
        desk.at("09:10").in_dir(&home).run(&format!("-C ../desk attachment get {id} {words}"))
    };
    let name = name_of(&desk, &id, 1);
    get("1").says(&name);
    let saved = fs::metadata(home.join(&name)).unwrap();
    assert_eq!(saved.permissions().mode() & 0o777, 0o600, "others may read it");
    assert!(get("1").succeeds().err().contains("already, with the same content"));

    fs::write(home.join("mine.log"), "my own notes\n").unwrap();
    let other = get("1 -o mine.log").refuses("mine.log exists and holds something else");
    let line = format!("docket attachment get {} 1 -o mine-2.log", tail(&id));
    assert!(other.err().contains(&line), "{other}");
    assert_eq!(fs::read_to_string(home.join("mine.log")).unwrap(), "my own notes\n");
    get("1 -o mine-2.log").says("mine-2.log");
    assert_eq!(fs::read_to_string(home.join("mine-2.log")).unwrap(), "port 7 down\n");
    let more = get("2 -o mine-2.log").refuses("holds something else");
    assert!(more.err().contains("-o mine-2-2.log"), "{more}");
    // a folder takes it under its own name
    fs::create_dir(home.join("saved")).unwrap();
    get("3 -o saved").says("saved/");
    assert!(home.join("saved").join(name_of(&desk, &id, 3)).is_file());
    assert!(get("1 -o mine.log --lang zh-CN").refuses("已存在").err().contains("mine-3.log"));
}

#[test]
fn nothing_is_saved_in_the_desk_unless_somebody_says_so() {
    let (desk, id) = with_three_files();
    let name = name_of(&desk, &id, 1);
    for (folder, around) in [("", ".."), ("records", "../.."), ("records/2026", "../../..")] {
        let place = desk.path(folder);
        let get = desk.at("09:10").in_dir(&place).run(&format!("attachment get {id} 1"));
        let get = get.refuses("git add would add it to the history");
        let line = format!("docket attachment get {} 1 -o {around}/{name}", tail(&id));
        assert!(get.err().contains(&line), "{get}");
        let saved = desk.path("..").join(&name);
        let told = desk.at("09:10").in_dir(&place).run(line.strip_prefix("docket ").unwrap());
        assert_eq!(told.succeeds().err(), "", "the place is outside of the desk");
        fs::remove_file(saved).unwrap();
    }
    assert_eq!(desk.status(), "");
    let get = desk.at("09:11").run(&format!("attachment get {id} 1 -o here.log")).succeeds();
    assert!(get.err().contains("git add would add it to the history"), "{get}");
    fs::remove_file(desk.path("here.log")).unwrap();
}

#[test]
fn somebody_at_a_terminal_picks_the_file_and_says_where_it_goes() {
    let (desk, id) = with_three_files();
    let (first, second) = (name_of(&desk, &id, 1), name_of(&desk, &id, 2));
    let mut typist = at_terminal(&desk, &format!("attachment get {id}"));
    typist.sees("attachment:").sees(&format!("1 {first}")).types(DOWN).types(DOWN);
    typist.sees(&format!("> 2 {second}")).types(ENTER).sees(&format!("save as (../{second}):"));
    let (status, screen) = typist.types(ENTER).end();
    assert_eq!(status, 0, "{screen}");
    assert_eq!(fs::read_to_string(desk.path("..").join(&second)).unwrap(), "port 8 down\n");

    let mut typist = at_terminal(&desk, &format!("attachment drop {id}"));
    typist.sees("attachment:").types("eml").sees("> 3 ").types(ENTER).sees("reason:");
    let (status, screen) = typist.types("wrong mail").types(ENTER).end();
    assert_eq!(status, 0, "{screen}");
    // what is dropped is offered no more
    let mut typist = at_terminal(&desk, &format!("attachment drop {id}"));
    typist.sees(&format!("2 {second}")).types(DOWN).sees(&format!("> 1 {first}")).types(ENTER);
    typist.sees("reason:");
    assert!(!typist.text().contains(".eml"), "{}", typist.text());
    let (status, screen) = typist.types(ESCAPE).end();
    assert!(screen.contains(&format!("attachment drop {id} 1")), "{screen}");
    assert_eq!(status, 2, "{screen}");
    // where nobody can be asked all stays as it was
    let none = desk.at("10:31").by("chen").run(&format!("attachment drop {id} --reason x"));
    none.refuses("give the number of one");
}

#[test]
fn a_record_and_a_file_that_were_left_out_are_asked_for() {
    let desk = Desk::new();
    let id = desk.fault();
    let log = file(&desk, "my log.txt", "link down\n");
    let mut typist = at_terminal(&desk, "attach");
    typist.sees(&tail(&id)).types(ENTER).sees("file to attach:").types("nowhere.log").types(ENTER);
    typist.sees("No such file").types(format!("'{}' {ENTER}", log.display()));
    let (status, screen) = typist.end();
    assert_eq!((status, screen.contains("file attached")), (0, true), "{screen}");
    // below the home directory, as a shell names it
    fs::write(desk.home().join("at home.txt"), "link up\n").unwrap();
    let mut typist = at_terminal(&desk, "attach");
    typist.sees(&tail(&id)).types(ENTER).sees("file to attach:");
    let (status, screen) = typist.types(format!("~/at home.txt{ENTER}")).end();
    assert_eq!((status, screen.contains("file attached")), (0, true), "{screen}");
    // a file is no record
    let mut typist = at_terminal(&desk, &format!("attach '{}'", log.display()));
    let (status, screen) = typist.sees(&tail(&id)).types(ENTER).end();
    assert_eq!((status, screen.contains("the same content")), (0, true), "{screen}");
    assert_eq!(desk.record(&id)["status"]["attachments"].as_array().unwrap().len(), 3);

    let run = |line: &str| desk.at("10:40").by("chen").run(line);
    for name in ["nowhere.JPG", "nowhere.jpeg"] {
        run(&format!("attach {name}")).usage("attach needs record ID");
    }
    run("attach").usage("record ID (RECORD), file to attach (FILE)");
    run(&format!("attach '{}'", log.display())).usage("attach needs record ID");
    run(&format!("attach {id}")).usage("attach needs file to attach");
    run("attach --lang zh-CN").usage("还缺：记录编号、要添加的文件");
}

#[test]
fn a_file_that_another_attachment_keeps_is_not_said_to_be_gone() {
    let (desk, id) = with_three_files();
    let other = desk.request();
    attach_log(&desk, "09:20", &other, "port 7 down\n");
    attach_log(&desk, "09:21", &id, "port 7 down\n");
    let drop = |id: &str, number: usize| {
        let line = format!("attachment drop {id} {number} --reason 'wrong file'");
        desk.at("09:30").by("chen").run(&line).succeeds().out()
    };
    let told = drop(&id, 1);
    assert!(!told.contains("git gc"), "{told}");
    for (id, number) in [(&id, 4), (&other, 1)] {
        assert!(told.contains(&format!("attachment {number} of {id}")), "{told}");
        let line = format!("docket attachment drop {} {number} --reason TEXT", tail(id));
        assert!(told.contains(&line), "{told}");
    }
    let told = drop(&id, 4);
    assert!(told.contains(&format!("attachment 1 of {other}")) && !told.contains("git gc"));
    assert!(drop(&other, 1).contains("git gc --prune=now removes"));
}

#[test]
fn a_list_of_files_shows_their_whole_names_on_every_screen() {
    let (desk, id) = with_three_files();
    let drop = format!("attachment drop {id} 2 --reason 'wrong file'");
    desk.at("09:30").by("chen").run(&drop).succeeds();
    for columns in [60, 80, 100, 160] {
        for lang in ["en", "zh-CN"] {
            for verb in ["list", "verify"] {
                let line = format!("attachment {verb} {id} --lang {lang}");
                let mut typist = at_terminal_of(&desk, &line, columns);
                let (_, screen) = typist.end();
                for number in 1..=3 {
                    assert!(screen.contains(&name_of(&desk, &id, number)), "{columns}: {screen}");
                }
                let hash = desk.record(&id)["status"]["attachments"][0]["sha256"].to_string();
                let has_hash = screen.replace('\n', "").contains(hash.trim_matches('"'));
                assert_eq!(has_hash, columns > 150, "{columns}: {screen}");
                assert!(!screen.contains('…'), "{columns}: {screen}");
            }
        }
    }
}

fn at_terminal_of(desk: &Desk, line: &str, columns: u16) -> Typist {
    Typist::at(desk.at("10:30").by("chen").command(line), columns)
}

#[test]
fn the_marked_file_is_the_only_one_that_is_left() {
    let (desk, id) = with_three_files();
    for number in [1, 3] {
        let line = format!("attachment drop {id} {number} --reason 'wrong file'");
        desk.at("09:30").by("chen").run(&line).succeeds();
    }
    let mut typist = at_terminal(&desk, &format!("attachment get {id}"));
    let second = name_of(&desk, &id, 2);
    typist.sees(&format!("> 2 {second}")).types(UP).types(ENTER).sees("save as").types("x.log");
    let (status, screen) = typist.types(ENTER).end();
    assert!(status == 0 && screen.contains("saved inside the desk"), "{screen}");
    assert_eq!(desk.read("x.log"), "port 8 down\n");
    fs::remove_file(desk.path("x.log")).unwrap();
}

#[test]
fn who_names_a_file_where_its_number_stands_is_told_where_the_numbers_are() {
    let (desk, id) = with_three_files();
    let run = |line: &str| desk.at("16:00").by("chen").run(line);
    for verb in ["get", "drop"] {
        let told = run(&format!("attachment {verb} {id} photo.jpg")).usage("photo.jpg");
        assert!(told.err().contains("docket attachment list RECORD"), "{told}");
    }
    let told = run(&format!("attach {id} photo.jpg --name roof")).usage("no option --name");
    assert!(told.err().contains("--note TEXT"), "{told}");
    let told = run(&format!("attach {id} photo.jpg --name roof --lang zh-CN")).usage("--name");
    assert!(told.err().contains("--note 文本"), "{told}");
}
