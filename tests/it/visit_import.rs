//! Forms of visits that were filled in offline: what they bring, what is refused, and that nothing is
//! entered twice or by half (R68–R70, P2–P6).

use docket::testing::store::attachments::sha256;
use serde_json::{Value, json};

use crate::{
    attachments::{held, is_anywhere, photo},
    desk::{Desk, Ran},
    visits::{meet, step, two_with, visit, visit_in},
};

/// Two signatures that were drawn, as pictures.
const DRAWN: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAAC4HznGAAAAC0lEQVR4nGNggAAAAAgAAbdYc5UAAAAASUVORK5CYII=";
const DRAWN_AGAIN: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAAAAACcgYFdAAAAC0lEQVR4nGNggAIAAAkAAftSuKkAAAAASUVORK5CYII=";

/// A scan of paper, two points wide.
const PAPER: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\0\0\0\0\x9c\x81\x81]\
    \0\0\0\x0bIDATx\x9cc`\x80\x02\0\0\t\0\x01\xfbR\xb8\xa9\0\0\0\0IEND\xaeB`\x82";

fn png(drawn: &str) -> String {
    format!("data:image/png;base64,{drawn}")
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |three: &[u8]| {
        let bits = (0..3).fold(0_usize, |bits, place| {
            bits << 8 | usize::from(three.get(place).copied().unwrap_or_default())
        });
        let sign = |place: usize| char::from(SIGNS[bits >> (18 - 6 * place) & 63]);
        let signs = (0..4).map(|place| if place <= three.len() { sign(place) } else { '=' });
        signs.collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

/// The visit of a desk as the page is filled in for it.
pub(crate) fn filled(desk: &Desk, id: &str) -> Value {
    let visit = visit(desk, id, 0);
    json!({
        "docket_visit": 1,
        "desk": desk.read("docket.yaml").lines().find_map(|line| line.strip_prefix("name: ")),
        "record": id,
        "visit": visit["event"],
        "departed_at": "2026-11-23T13:30",
        "arrived_at": "2026-11-23T14:20",
        "left_at": "2026-11-23T15:10",
        "work": "changed the power supply",
        "result": "the switch works",
        "parts": "power supply PS-2",
        "left_open": "a spare one is to be bought",
        "conduct": [],
        "devices": "not_used",
        "signature": {"signed": {"by": "Ms Wang", "opinion": 5, "drawn": png(DRAWN)}},
        "photos": [format!("data:image/jpeg;base64,{}", base64(&photo()))],
    })
}

/// The bytes that the page writes of it.
pub(crate) fn file(form: &Value) -> String {
    // the version comes first on the page, whatever the order here
    let mut rest = form.clone();
    let version = rest.as_object_mut().unwrap().remove("docket_visit").unwrap();
    let rest = rest.to_string();
    let told = format!("{{\"docket_visit\":{version},{}", &rest[1..rest.len() - 1]);
    format!("{told},\"sha256\":\"{}\"}}\n", sha256(told.as_bytes()))
}

fn import<'d>(desk: &'d Desk, (time, who): (&str, &str), content: &str) -> Ran<'d> {
    desk.write("../V.json", content);
    desk.at(time).by(who).run("visit import ../V.json")
}

/// Refused as a whole, for this reason.
fn is_refused(ran: &Ran<'_>, why: &str) {
    assert_eq!(ran.status(), Some(1), "{ran}");
    assert!(ran.out().contains(why), "no {why} in {ran}");
}

fn attached(desk: &Desk, id: &str) -> usize {
    desk.record(id)["status"]["attachments"].as_array().map_or(0, Vec::len)
}

#[test]
fn a_form_that_was_filled_in_offline_becomes_its_steps_and_imported_twice_nothing_more() {
    let (desk, id) = visit_in("planned");
    let form = file(&filled(&desk, &id));
    let before = desk.commits();
    import(&desk, ("17:00", "li"), &form)
        .says("1 done")
        .says("visit form signed")
        .says("hand in by");
    assert_eq!(desk.commits(), before + 6, "four steps and two pictures");
    let told = visit(&desk, &id, 0);
    assert_eq!(told["state"], "signed");
    for (at, time) in [("departed_at", "13:30"), ("arrived_at", "14:20")] {
        assert_eq!(told[at], format!("2026-11-23T{time}:00+08:00"));
    }
    assert_eq!(told["work"]["parts"], "power supply PS-2");
    assert_eq!(told["work"]["left_open"], "a spare one is to be bought");
    assert_eq!(told["work"]["left_at"], "2026-11-23T15:10:00+08:00");
    assert_eq!(told["signature"]["at"], "2026-11-23T15:10:00+08:00");
    assert_eq!(told["signature"]["by"], desk.record(&id)["intake"]["contact"]);
    let record = desk.record(&id);
    let kinds = record["status"]["attachments"].as_array().unwrap().iter();
    let kinds: Vec<_> = kinds.map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["scan", "photo"]);
    assert_eq!(held(&desk, &id).len(), 2);
    assert!(!is_anywhere(&desk, ".", "GPS"), "the place of a photo is kept");
    let signing = record["history"].as_array().unwrap().iter().find(|it| it["step"] == "sign");
    let why = &signing.unwrap()["late_because"];
    assert_eq!(why, "the form was filled in at the customer's, offline");
    desk.is_honest();

    let before = (desk.head(), desk.record(&id));
    import(&desk, ("17:30", "li"), &form).says("already done, nothing changed");
    import(&desk, ("17:30", "li"), &format!("\u{feff}{}\r\n", form.trim_end()))
        .says("already done");
    let told = desk.at("17:31").by("li").run("visit import ../V.json --json").json();
    assert_eq!(
        (&told["already_there"], &told["items"][0]["file"]),
        (&1.into(), &"../V.json".into())
    );
    assert_eq!((desk.head(), desk.record(&id)), before);
    desk.at("17:31").by("li").run("visit import ../V.json --lang zh-CN").says("未作更改");

    // a picture that somebody dropped does not come back
    desk.at("17:32")
        .by("li")
        .run(&format!("attachment drop {id} 2 --reason 'her screen'"))
        .succeeds();
    import(&desk, ("17:33", "li"), &form).says("already done, nothing changed");
    assert_eq!(held(&desk, &id).len(), 1);
}

#[test]
fn a_form_brings_only_what_the_record_has_not_yet_and_is_refused_where_they_differ() {
    let (desk, id) = visit_in("arrived");
    import(&desk, ("17:00", "li"), &file(&filled(&desk, &id))).says("1 done");
    assert_eq!(visit(&desk, &id, 0)["state"], "signed");
    desk.is_honest();
    step(&desk, &id, ("17:01", "li", "visit hand-in ID")).succeeds();
    step(&desk, &id, ("17:02", "chen", "visit archive ID")).succeeds();
    let head = desk.head();
    for (key, other, why) in [
        ("departed_at", json!("2026-11-23T13:31"), "time of departure (“2026-11-23 13:31”)"),
        ("arrived_at", json!("2026-11-23T14:21"), "(“2026-11-23 14:20”)"),
        ("left_at", json!("2026-11-23T15:11"), "time of leaving"),
        ("late_reason", json!("rain"), "reason for being late (“rain”) than the record (none)"),
        ("work", json!("changed the fan"), "“changed the fan”"),
        ("result", json!("it hums"), "result (“it hums”)"),
        ("parts", Value::Null, "parts (none)"),
        ("left_open", Value::Null, "left open (none)"),
        ("conduct", json!([{"prohibition": "P5", "text": "smoked"}]), "P5 smoked"),
        ("devices", json!({"allowed_by": "Ms Wang"}), "customer's devices"),
        ("signature", json!({"refused": {"reason": "nobody there"}}), "signer (none)"),
        (
            "signature",
            json!({"signed": {"by": "Mr Ho", "opinion": 5, "drawn": png(DRAWN)}}),
            "signer (“Mr H**”)",
        ),
        (
            "signature",
            json!({"signed": {"by": "Ms Wang", "opinion": 4, "drawn": png(DRAWN)}}),
            "opinion (“satisfied”)",
        ),
        (
            "signature",
            json!({"signed": {"by": "Ms Wang", "opinion": 5, "comment": "late", "drawn": png(DRAWN)}}),
            "comment (“late”)",
        ),
        (
            "signature",
            json!({"signed": {"by": "Ms Wang", "opinion": 5, "drawn": png(DRAWN_AGAIN)}}),
            "another drawn signature came with the form before",
        ),
    ] {
        let mut form = filled(&desk, &id);
        form[key] = other;
        let ran = import(&desk, ("17:30", "li"), &file(&form));
        is_refused(&ran, why);
    }
    assert_eq!(desk.head(), head);
    let mut form = filled(&desk, &id);
    form["work"] = "changed the fan".into();
    desk.write("../V.json", file(&form));
    let ran = desk.at("17:31").by("li").run("visit import ../V.json --lang zh-CN");
    assert!(ran.out().contains("服务内容（“changed the fan”）与记录"), "{ran}");
}

#[test]
fn a_form_that_is_torn_altered_not_complete_or_of_elsewhere_is_refused_and_nothing_is_written() {
    let (desk, id) = visit_in("planned");
    let head = desk.head();
    let whole = file(&filled(&desk, &id));
    let mut wrong: Vec<(String, &str)> = vec![
        (String::new(), "not a file of the offline page"),
        ("record,satisfaction,by\n".to_owned(), "not a file of the offline page"),
        ("{\"docket_visit\":1}".to_owned(), "breaks off"),
        (whole[..whole.len() / 2].to_owned(), "breaks off"),
        (whole[..whole.len() - 3].to_owned(), "breaks off"),
        (whole.replace("the switch works", "the switch burns"), "its checksum differs"),
        (whole.replace("\"opinion\":5", "\"opinion\":1"), "its checksum differs"),
        (format!("{whole}{whole}"), "its checksum differs"),
        ("x".repeat(8 * 1024 * 1024 + 1), "more than 8388608 bytes"),
    ];
    let signed = |by: Value, opinion: Value, drawn: Value| json!({"signed": {"by": by, "opinion": opinion, "drawn": drawn}});
    for (key, value, why) in [
        ("departed_at", Value::Null, "no time of departure"),
        ("arrived_at", Value::Null, "no time of arrival"),
        ("left_at", Value::Null, "no time of leaving"),
        ("work", json!(" \n"), "no work done"),
        ("result", json!(""), "no result"),
        ("conduct", Value::Null, "no answer on the service code"),
        ("devices", Value::Null, "no answer on the customer's devices"),
        ("signature", Value::Null, "no signature, or why nobody signed"),
        ("signature", signed(json!(" "), json!(5), json!(png(DRAWN))), "no signer"),
        ("signature", signed(json!("Ms Wang"), Value::Null, json!(png(DRAWN))), "no opinion"),
        ("signature", signed(json!("Ms Wang"), json!(6), json!(png(DRAWN))), "no opinion"),
        ("signature", signed(json!("Ms Wang"), json!(5), Value::Null), "no drawn signature"),
        ("signature", json!({"refused": {"reason": ""}}), "no reason why nobody signed"),
        ("told", json!("Ms Wang"), "no time at which the customer was told"),
        ("docket_visit", json!(2), "the file has version 2"),
        ("name", json!("../../etc/passwd"), "what the page does not write"),
        ("departed_at", json!("soon"), "what the page does not write"),
        ("departed_at", json!("2026-11-23T13:30:59"), "what the page does not write"),
        ("record", json!("../R"), "what the page does not write"),
        ("conduct", json!([{"prohibition": "Q3", "text": "x"}]), "what the page does not write"),
        ("conduct", json!([{"prohibition": "P3", "text": " "}]), "--conduct"),
        ("photos", json!(["data:image/svg+xml;base64,PHN2Zy8+"]), "photo is no picture"),
        ("photos", json!(["https://x.example/a.png"]), "photo is no picture"),
        ("photos", json!(["data:image/png;base64,PHN2Zy8+"]), "called .png"),
        ("photos", json!([format!("data:image/jpeg;base64,{DRAWN}")]), "holds PNG"),
        ("photos", json!(vec![png(DRAWN); 7]), "7 photos; a form has 6"),
        (
            "signature",
            signed(json!("Ms Wang"), json!(5), json!("data:image/jpeg;base64,Zm9v")),
            "drawn signature is no picture",
        ),
        ("visit", json!("01K4QB3V9T8Z6N5M2R1W0XYABC"), "that is not in this clone"),
        ("work", json!("x".repeat(20_001)), "--work"),
    ] {
        let mut form = filled(&desk, &id);
        form[key] = value;
        wrong.push((file(&form), why));
    }
    let mut form = filled(&desk, &id);
    form["desk"] = "Acme desk".into();
    form["record"] = "R-261123-7K3QX".into();
    wrong.push((file(&form), "the form is of another desk, “Acme desk”"));
    // once more an answer, as a text says it
    wrong.push((
        file(&filled(&desk, &id)).replacen(",\"desk\"", ",\"desk\":\"x\",\"desk\"", 1),
        "checksum",
    ));
    for (content, why) in wrong {
        let ran = import(&desk, ("17:00", "li"), &content);
        assert_ne!(ran.status(), Some(0), "{why}");
        assert!(ran.out().contains(why), "no {why} in {ran}");
        assert!(!ran.out().contains("1 done"), "{ran}");
    }
    assert_eq!((desk.head(), held(&desk, &id).len()), (head, 0));
    assert_eq!(import(&desk, ("17:00", "li"), &whole).status(), Some(0));
    desk.at("17:00").by("li").run("visit import ../V.json --at 13:00").usage("--at");
}

#[test]
fn either_all_steps_of_a_form_are_made_or_none() {
    for (key, value, who, why) in [
        (
            "departed_at",
            json!("2026-11-23T09:59"),
            "li",
            "departure at 2026-11-23 09:59 lies before planned",
        ),
        ("arrived_at", json!("2026-11-23T13:29"), "li", "lies before on the way"),
        ("left_at", json!("2026-11-23T14:19"), "li", "lies before on site"),
        ("left_at", json!("2026-11-23T17:01"), "li", "17:01"),
        ("arrived_at", json!("2026-11-23T16:01"), "li", "--reason"),
        ("work", json!("x"), "wu", "it is the visit of 李雷 (li)"),
        ("work", json!("x"), "chen", "--on-behalf-of li --method phone"),
        (
            "devices",
            json!({"allowed_by": "陈静"}),
            "li",
            "a team member cannot answer for the customer",
        ),
        (
            "signature",
            json!({"signed": {"by": "李雷", "opinion": 5, "drawn": png(DRAWN)}}),
            "li",
            "a team member cannot answer for the customer",
        ),
        (
            "signature",
            json!({"signed": {"by": "Ms Wang", "opinion": 2, "drawn": png(DRAWN)}}),
            "li",
            "--comment",
        ),
    ] {
        let (desk, id) = visit_in("planned");
        let before = (desk.head(), desk.people());
        let mut form = filled(&desk, &id);
        form[key] = value;
        if key == "arrived_at" {
            form["left_at"] = "2026-11-23T16:30".into();
        }
        let ran = import(&desk, ("17:00", who), &file(&form));
        is_refused(&ran, why);
        assert_eq!((desk.head(), desk.people()), before);
        assert_eq!(held(&desk, &id).len(), 0, "a picture without its step");
    }
    let (desk, id) = visit_in("planned");
    step(&desk, &id, ("16:30", "li", "visit miss ID --reason 'flat tyre'")).succeeds();
    let ran = import(&desk, ("17:00", "li"), &file(&filled(&desk, &id)));
    assert!(ran.out().contains("visit 1 is missed"), "{ran}");
}

#[test]
fn a_form_tells_who_was_told_of_a_delay_what_was_broken_and_that_nobody_signed() {
    let (desk, id) = visit_in("planned");
    let mut form = filled(&desk, &id);
    form["arrived_at"] = "2026-11-23T16:10".into();
    form["left_at"] = "2026-11-23T16:40".into();
    form["late_reason"] = "closed bridge".into();
    form["told"] = "Mr New".into();
    form["told_at"] = "2026-11-23T13:45".into();
    form["conduct"] = json!([{"prohibition": "P3", "text": "took a bottle of wine"}]);
    form["devices"] = json!({"allowed_by": "Mr New"});
    form["signature"] = json!({"refused": {"reason": "call me on 13812341234"}});
    form["photos"] = json!([]);
    let content = file(&form);
    desk.write("../V.json", &content);
    let ran =
        desk.at("17:00").by("chen").run("visit import ../V.json --on-behalf-of li --method email");
    let told = format!("{}{}", ran.out(), ran.err());
    assert!(told.contains("this breaks P3") && told.contains("1 done"), "{ran}");
    assert!(!told.contains("this breaks P4"), "{ran}");
    let entry = visit(&desk, &id, 0);
    assert_eq!(entry["told_at"], "2026-11-23T13:45:00+08:00");
    assert_eq!(entry["signature"]["refused"], "call me on [phone]");
    let new: Vec<_> = desk.people().into_iter().filter(|it| it["name"] == "Mr New").collect();
    assert_eq!(new.len(), 1, "one person, however often the form names them");
    assert_eq!(entry["work"]["devices_allowed_by"], new[0]["id"]);
    assert_eq!(attached(&desk, &id), 0);
    desk.is_honest();
    desk.at("17:01").by("chen").run("visit import ../V.json").says("already done");
    form["told_at"] = "2026-11-23T13:46".into();
    let ran = import(&desk, ("17:02", "li"), &file(&form));
    assert!(ran.out().contains("the customer was told"), "{ran}");
}

#[test]
fn a_customer_who_is_not_content_on_a_form_has_a_complaint_opened() {
    let (desk, id) = visit_in("planned");
    let mut form = filled(&desk, &id);
    let signed = json!({"by": "Ms Wang", "opinion": 1, "comment": "it took three hours", "drawn": png(DRAWN)});
    form["signature"] = json!({"signed": signed});
    import(&desk, ("17:00", "li"), &file(&form)).says("complaint");
    let listed = desk.at("17:01").run("list --kind complaint --json").json();
    assert_eq!(listed["records"].as_array().map(Vec::len), Some(1));
    desk.is_honest();
    import(&desk, ("17:02", "li"), &file(&form)).says("already done");
    let listed = desk.at("17:03").run("list --kind complaint --json").json();
    assert_eq!(listed["records"].as_array().map(Vec::len), Some(1));
}

#[test]
fn of_several_files_each_stands_for_itself() {
    let (desk, id) = visit_in("planned");
    let whole = file(&filled(&desk, &id));
    desk.write("../a.json", &whole[..99]);
    desk.write("../b.json", &whole);
    let ran = desk.at("17:00").by("li").run("visit import ../a.json ../b.json ../c.json ../b.json");
    // the last of them is not there at all
    assert_eq!(ran.status(), Some(3), "{ran}");
    assert!(ran.out().contains("../a.json: "), "{ran}");
    assert!(ran.out().contains("1 done, 1 already done, 2 refused"), "{ran}");
    assert_eq!(visit(&desk, &id, 0)["state"], "signed");
    let ran = desk.at("17:01").by("li").run("visit import ../a.json ../b.json --json");
    assert_eq!(ran.status(), Some(1));
    let told: Value = serde_json::from_str(&ran.out()).unwrap();
    assert_eq!(told["items"][0]["error"]["code"], "refused", "{told}");
    std::os::unix::fs::symlink(desk.path("../b.json"), desk.path("../link.json")).unwrap();
    let ran = desk.at("17:02").by("li").run("visit import ../link.json");
    assert!(ran.out().contains("a symbolic link"), "{ran}");
}

#[test]
fn one_form_that_two_clones_import_is_there_once() {
    let ([one, other], id) = two_with("planned");
    let form = file(&filled(&one, &id));
    import(&one, ("17:00", "li"), &form).says("1 done");
    step(&other, &id, ("17:01", "chen", "note ID 'the form came by mail'")).succeeds();
    import(&other, ("17:02", "li"), &form).says("1 done");
    meet([&one, &other]);
    for desk in [&one, &other] {
        let record = desk.record(&id);
        assert!(record["status"]["set_aside"].is_null(), "{record}");
        assert_eq!(record["status"]["visits"].as_array().map(Vec::len), Some(1));
        assert_eq!(attached(desk, &id), 2);
        desk.at("19:10").run(&format!("attachment verify {id}")).says("2 intact, 0 dropped");
        assert_eq!(held(desk, &id).len(), 2);
        import(desk, ("19:11", "li"), &form).says("already done");
    }
    assert_eq!(one.head(), other.head());
}

/// What the page of a visit makes of answers; `None` where there is no node to run its script.
fn on_page(page: &std::path::Path, answers: &Value) -> Option<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/visit-form.js");
    let words = [script, page.to_str().unwrap(), &answers.to_string()];
    let made = std::process::Command::new("node").args(words).output().ok()?;
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Some(serde_json::from_slice(&made.stdout).unwrap())
}

fn page(desk: &Desk, id: &str, more: &str) -> String {
    let line = format!("report visit-form {id} --offline {more} -o ../V.html");
    desk.at("13:00").by("li").run(&line).succeeds();
    desk.read("../V.html")
}

/// What is typed on the page, whatever its language.
fn answers() -> Value {
    json!({
        "departed": "2026-11-23T13:30",
        "arrived": "2026-11-23T14:20",
        "left": "2026-11-23T15:10",
        "work": "changed \"the\" power supply\n</script> 好 😀",
        "result": "the switch works",
        "conduct-kept": true,
        "devices-none": true,
        "signed-yes": true,
        "signer": "Ms Wang",
        "opinion-4": true,
        "drawn": [[20, 70], [200, 100], [290, 30]],
        "png": DRAWN,
        "photo": [[4000, 3000]],
    })
}

#[test]
fn the_offline_page_makes_the_file_that_is_imported_in_both_languages() {
    for lang in ["en", "zh-CN"] {
        let (desk, id) = visit_in("planned");
        page(&desk, &id, &format!("--lang {lang}"));
        let Some(made) = on_page(&desk.path("../V.html"), &answers()) else { return };
        assert_eq!(made["fault"], "");
        let form = desk.at("13:01").run("visit list --json").json();
        let form = form["visits"][0]["form"].as_str().unwrap().to_owned();
        assert_eq!(made["name"], format!("{form}.json"));
        let file = made["file"].as_str().unwrap();
        // a photo of the harness is no picture
        let read: Value = serde_json::from_str(file).unwrap();
        assert_eq!(read["photos"].as_array().map(Vec::len), Some(1));
        let photo = read["photos"][0].as_str().unwrap().len();
        assert!((400_000..=819_200).contains(&photo), "{photo} is not scaled to 600 KB");
        import(&desk, ("17:00", "li"), file).finds("called .jpg");

        let mut without = answers();
        without["photo"] = json!([]);
        let made = on_page(&desk.path("../V.html"), &without).unwrap();
        import(&desk, ("17:00", "li"), made["file"].as_str().unwrap()).says("1 done");
        let entry = visit(&desk, &id, 0);
        assert_eq!(entry["work"]["work"], without["work"]);
        assert_eq!(entry["arrived_at"], "2026-11-23T14:20:00+08:00");
        assert_eq!(entry["signature"]["opinion"], "satisfied");
        assert_eq!(attached(&desk, &id), 1);
    }
}

#[test]
fn the_offline_page_asks_for_every_answer_and_says_no_word_of_what_was_not_asked() {
    let (desk, id) = visit_in("planned");
    page(&desk, &id, "");
    let made = |more: &Value| {
        let mut all = answers();
        for (key, value) in more.as_object().unwrap() {
            // who chooses another answer does not choose the first
            let question = key.split('-').next();
            let is_other = |(known, _): (&String, &mut Value)| known.split('-').next() == question;
            if value == true {
                let known = all.as_object_mut().unwrap();
                known.retain(|key, value| *value != true || !is_other((key, value)));
            }
            all[key] = value.clone();
        }
        all["photo"] = more.get("photo").cloned().unwrap_or_else(|| json!([]));
        on_page(&desk.path("../V.html"), &all)
    };
    let Some(_) = made(&json!({})) else { return };
    for (more, fault) in [
        (json!({"departed": ""}), "when you left for the visit"),
        (json!({"arrived": ""}), "when you arrived"),
        (json!({"arrived": "2026-11-23T13:29"}), "when you arrived"),
        (json!({"arrived": "2026-11-23T16:01", "left": "2026-11-23T17:00"}), "why it was late"),
        (
            json!({"arrived": "2026-11-23T16:01", "late-reason": "rain", "told": "Ms Wang"}),
            "when they were told",
        ),
        (json!({"work": " "}), "what you did"),
        (json!({"result": ""}), "what came of it"),
        (json!({"left": "2026-11-23T14:19"}), "when you left; that is after"),
        (json!({"conduct-kept": false}), "whether the seven prohibitions"),
        (json!({"conduct-broken": true}), "which one was broken"),
        (json!({"conduct-broken": true, "P3": true}), "what happened"),
        (json!({"devices-none": false}), "whether devices of theirs"),
        (json!({"devices-allowed": true}), "who allowed it"),
        (json!({"signed-yes": false}), "sign, or say why"),
        (json!({"signer": ""}), "the name of who signs"),
        (json!({"opinion-4": false}), "choose a grade"),
        (json!({"opinion-2": true}), "what went wrong"),
        (json!({"drawn": []}), "sign in the box"),
        (json!({"signed-no": true}), "why nobody signed"),
    ] {
        let made = made(&more).unwrap();
        assert!(made["fault"].as_str().unwrap().contains(fault), "{more}: {made}");
        assert_eq!(made["file"], "", "{more}");
    }
    // what was typed into a part that is hidden again is not told
    let more = json!({
        "late-reason": "rain", "told": "Mr Ho", "P3": true, "P3-text": "wine", "allowed-by": "Mr Ho",
        "refused": "no", "photo": [[100, 80], [0, 0]],
    });
    let told = made(&more).unwrap();
    assert!(told["photo"].as_str().unwrap().contains("cannot be read"), "{told}");
    let file: Value = serde_json::from_str(told["file"].as_str().unwrap()).unwrap();
    assert_eq!((&file["conduct"], &file["devices"]), (&json!([]), &json!("not_used")));
    assert!(file["late_reason"].is_null() && file["told"].is_null(), "{file}");
    assert!(file["signature"]["refused"].is_null(), "{file}");
    let more = json!({"conduct-broken": true, "P3": true, "P3-text": "wine", "devices-allowed": true,
        "allowed-by": "Mr Ho", "signed-no": true, "refused": "nobody left"});
    let told = made(&more).unwrap();
    let file: Value = serde_json::from_str(told["file"].as_str().unwrap()).unwrap();
    assert_eq!(file["conduct"], json!([{"prohibition": "P3", "text": "wine"}]));
    assert_eq!(file["devices"], json!({"allowed_by": "Mr Ho"}));
    assert_eq!(file["signature"], json!({"refused": {"reason": "nobody left"}}));
    let many = made(&json!({"photo": vec![[10, 10]; 7]})).unwrap();
    assert!(many["photo"].as_str().unwrap().contains("6 photos already"), "{many}");
    let file: Value = serde_json::from_str(many["file"].as_str().unwrap()).unwrap();
    assert_eq!(file["photos"].as_array().map(Vec::len), Some(6));
}

#[test]
fn what_was_typed_on_the_offline_page_is_there_again_and_what_the_desk_knows_stands_fast() {
    let (desk, id) = visit_in("arrived");
    page(&desk, &id, "");
    let mut first = answers();
    first["kept"] = "null".into();
    first["result"] = "".into();
    first["photo"] = json!([]);
    let Some(made) = on_page(&desk.path("../V.html"), &first) else { return };
    assert!(made["fault"].as_str().unwrap().contains("what came of it"), "{made}");
    let later = json!({"kept": made["kept"], "result": "it works", "png": DRAWN});
    let made = on_page(&desk.path("../V.html"), &later).unwrap();
    assert_eq!(made["fault"], "");
    let hidden = made["hidden"].to_string();
    assert!(hidden.contains("\"late\"") && !hidden.contains("\"done\""), "{hidden}");
    import(&desk, ("17:00", "li"), made["file"].as_str().unwrap()).says("1 done");
    let entry = visit(&desk, &id, 0);
    assert_eq!(entry["departed_at"], "2026-11-23T13:30:00+08:00");
    assert_eq!(entry["work"]["result"], "it works");
    assert_eq!(entry["work"]["work"], first["work"]);
}

#[test]
fn the_offline_page_is_one_file_that_asks_nothing_of_anybody() {
    let desk = Desk::new();
    let nasty = "</title><script>alert(1)</script>\" onload=\"x";
    let open = desk.at("09:00").by("chen").run([
        "open",
        "fault",
        nasty,
        "--channel",
        "hotline",
        "--customer",
        "A\"><b>",
        "--name",
        "Ms Secret",
        "--phone",
        "13812341234",
        "--reported",
        "x",
        "--need",
        "'\"><img y=x>",
        "--category",
        "network",
        "--occurred-at",
        "unknown",
        "--location",
        "x",
        "--symptom",
        nasty,
        "--impact",
        "low",
        "--urgency",
        "low",
        "--expected-by",
        "none",
    ]);
    let id = open.id();
    desk.at("09:01").by("chen").run(&format!("ack {id} --reply-by +1h")).succeeds();
    let plan = "--window 14:00..16:00 --engineer li --address '\"><i>5' --reason 'no power'";
    desk.at("09:02").by("chen").run(&format!("visit plan {id} {plan}")).succeeds();
    for lang in ["en", "zh-CN"] {
        let page = page(&desk, &id, &format!("--lang {lang}"));
        assert!(page.len() <= 300 * 1024, "{}", page.len());
        assert!(page.contains("default-src 'none'"), "{page}");
        assert_eq!(page.matches("<script").count(), 1, "{page}");
        for outside in ["http:", "https:", "src=", "@import", "url(", "<img", "<i>", "onload=\""] {
            assert!(!page.contains(outside), "{outside} in {page}");
        }
        for secret in ["Secret", "13812341234"] {
            assert!(!page.contains(secret), "{secret}");
        }
        let notice = ["no reliable electronic signature", "不是可靠的电子签名"];
        assert!(notice.iter().any(|text| page.contains(text)), "{page}");
        assert!(!page.contains("autofocus") && !page.contains(" checked"), "an answer is proposed");
    }
    assert!(page(&desk, &id, "--reveal").contains("Ms Secret"));
    let line = format!("report visit-form {id} --offline");
    let told = desk.at("13:01").run(&format!("{line} --json")).json();
    assert!(told["page"].as_str().unwrap().starts_with("<!DOCTYPE html>"), "{told}");
    desk.at("13:01").run(&format!("{line} --format html")).usage("--offline");
    desk.at("13:01").run(&format!("report request {id} --offline")).usage("--offline");
    desk.at("13:01")
        .run(&format!("report visit-form {id} 2 --offline"))
        .refuses("it has no visit 2");
    let (desk, id) = visit_in("done");
    desk.at("17:00")
        .run(&format!("report visit-form {id} --offline"))
        .refuses("visit 1 is done")
        .and("docket visit sign");
}

#[test]
fn a_form_made_before_its_window_moved_is_imported_with_the_reason_for_being_late() {
    let (desk, id) = visit_in("planned");
    let form = file(&filled(&desk, &id));
    let earlier =
        "visit move ID --window 13:40..14:10 --agreed-with 'Ms Wang' --reason 'she is in at noon'";
    step(&desk, &id, ("13:20", "chen", earlier)).succeeds();
    desk.write("../V.json", &form);
    let import = |time: &str, more: &str| {
        desk.at(time).by("li").run(&format!("visit import ../V.json {more}")).out()
    };
    let before = desk.head();
    assert!(import("17:00", "").contains("--reason"));
    assert_eq!(desk.head(), before, "refused as a whole");
    assert!(import("17:01", "--reason 'the bridge was closed'").contains("1 done"));
    let told = visit(&desk, &id, 0);
    assert_eq!(told["reason"], "the bridge was closed");
    assert!(import("17:02", "").contains("already done"));
    desk.is_honest();

    // who was in time has nothing to explain
    let (desk, id) = visit_in("planned");
    desk.write("../V.json", file(&filled(&desk, &id)));
    desk.at("17:00").by("li").run("visit import ../V.json --reason rain").says("1 done");
    assert!(visit(&desk, &id, 0)["reason"].is_null());
}

#[test]
fn a_scan_that_was_handed_in_later_is_not_taken_for_the_drawn_signature() {
    let (desk, id) = visit_in("done");
    let sign = "visit sign ID --by 'Ms Wang' --opinion 5";
    step(&desk, &id, ("15:12", "li", sign)).succeeds();
    desk.write("../paper.png", PAPER);
    step(&desk, &id, ("16:40", "li", "visit hand-in ID --file ../paper.png")).succeeds();
    let entry = visit(&desk, &id, 0);
    let mut form = filled(&desk, &id);
    for key in ["parts", "left_open"] {
        form[key] = entry["work"][key].clone();
    }
    form["photos"] = json!([]);
    import(&desk, ("17:00", "li"), &file(&form)).says("1 done");
    assert_eq!(attached(&desk, &id), 2);
    import(&desk, ("17:01", "li"), &file(&form)).says("already done");
    assert_eq!(attached(&desk, &id), 2);
    desk.is_honest();
}

#[test]
fn two_drawn_signatures_of_one_visit_do_not_go_together_and_none_serves_two_visits() {
    let ([one, other], id) = two_with("planned");
    let mut form = filled(&one, &id);
    form["photos"] = json!([]);
    let mut again = form.clone();
    again["signature"]["signed"]["drawn"] = png(DRAWN_AGAIN).into();
    import(&one, ("17:00", "li"), &file(&form)).says("1 done");
    import(&other, ("17:01", "li"), &file(&again)).says("1 done");
    meet([&one, &other]);
    let record = one.record(&id);
    assert_eq!(record["status"]["set_aside"].as_array().map(Vec::len), Some(1), "{record}");
    let drawn = visit(&one, &id, 0)["signature"]["drawing"].clone();
    let kept = record["status"]["attachments"].as_array().unwrap();
    assert!(kept.iter().any(|file| file["sha256"] == drawn), "{record}");
    is_refused(
        &import(&one, ("19:10", "li"), &file(&again)),
        "another drawn signature came with the form before",
    );

    let plan = "visit plan ID --window 20:00..21:00 --engineer li --address here";
    step(&one, &id, ("19:30", "chen", plan)).succeeds();
    let mut second = form.clone();
    second["visit"] = visit(&one, &id, 1)["event"].clone();
    for (key, time) in [("departed_at", "19:40"), ("arrived_at", "20:00"), ("left_at", "20:30")] {
        second[key] = format!("2026-11-23T{time}").into();
    }
    let before = one.head();
    is_refused(&import(&one, ("21:00", "li"), &file(&second)), "signature is that of visit 1");
    assert_eq!(one.head(), before, "refused as a whole");
}

#[test]
fn a_form_names_each_prohibition_once_and_whom_the_record_says_was_told() {
    let (desk, id) = visit_in("planned");
    let mut form = filled(&desk, &id);
    form["conduct"] = json!([
        {"prohibition": "P3", "text": "took wine"},
        {"prohibition": "P3", "text": "and cigarettes"},
    ]);
    is_refused(&import(&desk, ("17:00", "li"), &file(&form)), "named more than once");
    form["conduct"] = json!([]);
    form["arrived_at"] = "2026-11-23T16:01".into();
    form["left_at"] = "2026-11-23T16:30".into();
    form["late_reason"] = "rain".into();
    (form["told"], form["told_at"]) = ("Ms Wang".into(), "2026-11-23T13:50".into());
    import(&desk, ("17:01", "li"), &file(&form)).says("1 done");
    import(&desk, ("17:02", "li"), &file(&form)).says("already done");
    form["told"] = "Mr Other".into();
    is_refused(&import(&desk, ("17:03", "li"), &file(&form)), "another person who was told");
    for nobody in ["nobody", "?", "没人", "客户"] {
        let (desk, id) = visit_in("planned");
        let mut form = filled(&desk, &id);
        form["signature"]["signed"]["by"] = nobody.into();
        is_refused(&import(&desk, ("17:00", "li"), &file(&form)), "nobody's name");
    }
}
