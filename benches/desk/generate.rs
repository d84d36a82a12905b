//! Desks of any size with believable records in two languages and the whole history of each, made by
//! the same rules as docket's own and written through `git fast-import`.

use std::{
    collections::HashSet,
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use docket::{
    audit::message,
    domain::{
        event::{Event, RULES, Stamp},
        ids::{ContactId, RecordId},
        intake::{Expected, Intake},
        policy::Policy,
        record::Record,
        steps::{
            Act, Scene, accept, ack, again, close, confirm, open, resolve, respond, route,
            update::Update,
        },
        terms::{Callback, Channel, Code, Grade, Kind, Role, Satisfaction, State},
        time::Timestamp,
    },
    store::{At, Store, file, layout, record_file},
};
use ulid::Ulid;

/// Another one is made anew.
const VERSION: &str = "2";
/// The evening up to which the desk has worked.
pub(crate) const NOW: &str = "2026-11-27T17:00:00+08:00";
/// Minutes between two records of a desk that took ten years to a hundred thousand.
const APART: i64 = 52;

const MATTERS: [(&str, &str, &str); 8] = [
    ("Printer on floor {} jams", "The printer jams on every page since this morning", "hardware"),
    ("{} 楼打印机卡纸", "今天早上开始每打一页就卡纸，急用", "hardware"),
    ("No network in room {}", "Nobody in the room can log in, the lamp is red", "network"),
    ("{} 号会议室无法上网", "会议室网络中断，指示灯是红色", "network"),
    (
        "Account for colleague number {}",
        "She starts on Monday and needs mail and the files",
        "account",
    ),
    ("为 {} 号新员工开通账号", "周一入职，需要邮箱和共享文件夹", "account"),
    ("Booking system is slow at counter {}", "Every click takes half a minute", "software"),
    ("{} 号柜台预订系统很慢", "每点一下要等半分钟", "software"),
];
const RESULTS: [(&str, &str); 4] = [
    ("Feed roller replaced, ten pages printed", "worn roller"),
    ("更换进纸轮，连续打印十页正常", "进纸轮磨损"),
    ("Switch port moved, everybody is logged in", "broken port"),
    ("更换交换机端口，全员恢复登录", "端口损坏"),
];

/// A desk under way: its rules, and the stream that git takes in.
struct Maker<'p> {
    policy: &'p Policy,
    out: &'p mut dyn Write,
    serial: u64,
    /// Persons who have called before.
    met: HashSet<u32>,
}

/// Makes a desk of `records` records in `dir`, unless there is one.
pub(crate) fn desk(docket: &Path, dir: &Path, records: u32) {
    if fs::read_to_string(dir.join("made")).is_ok_and(|made| made == VERSION) {
        return;
    }
    let _ = fs::remove_dir_all(dir);
    fs::create_dir_all(dir).expect("a directory");
    found(docket, dir);
    let store = Store::discover(&dir.join("desk")).expect("a desk");
    let policy = store.view(&At::Tip, "main").and_then(|view| view.policy()).expect("rules");
    let mut import = git(dir)
        .args(["fast-import", "--quiet", "--date-format=raw"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("git");
    let mut pipe = std::io::BufWriter::new(import.stdin.take().expect("a pipe"));
    let mut maker = Maker { policy: &policy, out: &mut pipe, serial: 0, met: HashSet::new() };
    for nth in 0..records {
        maker.record(nth, records);
    }
    drop(pipe);
    assert!(import.wait().expect("git").success());
    for words in [&["reset", "-q", "--hard"][..], &["status"]] {
        let done = git(dir).args(words).stdout(Stdio::null()).status().expect("git");
        assert!(done.success(), "{words:?}");
    }
    fs::write(dir.join("made"), VERSION).expect("a mark");
}

/// Git at the desk, with nobody's own settings.
pub(crate) fn git(dir: &Path) -> Command {
    let mut git = Command::new("git");
    git.current_dir(dir.join("desk"));
    as_nobody(&mut git, dir);
    git
}

/// Nobody's own settings, and zhang who acts.
#[expect(clippy::disallowed_methods, reason = "what the surroundings say is taken away here")]
pub(crate) fn as_nobody(command: &mut Command, dir: &Path) {
    for (name, _) in std::env::vars() {
        if name.starts_with("GIT_") || name.starts_with("DOCKET_") {
            command.env_remove(name);
        }
    }
    command.env("HOME", dir).env("GIT_CONFIG_NOSYSTEM", "1").env("XDG_CONFIG_HOME", dir);
    command.env("LC_ALL", "C.UTF-8");
}

/// The desk with its team.
fn found(docket: &Path, dir: &Path) {
    let config = "[user]\n\tname = zhang\n\temail = zhang@example.com\n[gc]\n\tauto = 0\n";
    fs::write(dir.join(".gitconfig"), config).expect("settings");
    let run = |words: &[&str]| {
        let mut docket = Command::new(docket);
        as_nobody(&mut docket, dir);
        docket.current_dir(dir).env("DOCKET_NOW", "2016-01-04T08:00:00+08:00");
        let done = docket.args(words).output().expect("docket");
        assert!(done.status.success(), "{words:?}: {done:?}");
    };
    run(&["init", "desk", "--timezone", "Asia/Shanghai"]);
    for (id, role, unit) in [("chen", "agent", "desk"), ("li", "engineer", "network")] {
        let email = format!("{id}@example.com");
        run(&[
            "-C", "desk", "people", "add", id, "--name", id, "--email", &email, "--role", role,
            "--unit", unit,
        ]);
    }
}

impl Maker<'_> {
    /// Opens a record and takes it as far as its age lets expect.
    fn record(&mut self, nth: u32, records: u32) {
        let end: Timestamp = NOW.parse().expect("a time");
        let left = i64::from(records - nth);
        let at = end.plus_minutes(-left * APART - 30);
        let person = nth * 7 % (records / 12 + 3);
        let contact = ContactId::new(u64::from(person) + 1);
        if self.met.insert(person) || nth.is_multiple_of(97) {
            self.contact(&contact, person, at);
        }
        let (title, reported, category) = MATTERS[nth as usize % MATTERS.len()];
        let title = title.replace("{}", &(nth % 613).to_string());
        let intake = Intake {
            kind: if category == "account" { Kind::Request } else { Kind::Fault },
            channel: Channel::new(if nth.is_multiple_of(3) { "email" } else { "hotline" }),
            customer: format!("Customer {}", person % 50),
            contact: Some(contact.clone()),
            title,
            reported: format!("{reported}, {nth}."),
            need: Some("work again by noon".to_owned()),
            category: Some(category.to_owned()),
            impact: Some(if nth.is_multiple_of(11) { Grade::High } else { Grade::Medium }),
            urgency: Some(Grade::Medium),
            expected_by: Some(Expected::Unstated),
            ..Intake::blank(at)
        };
        let stamp = self.stamp(1, at, "zhang", None);
        let act = open::decide(&intake, None, &stamp, self.policy).expect("a lawful opening");
        let id = RecordId::new("R", at.date(), u64::from(nth) * 7919 + 12345);
        let record = Record::open(id, intake, Event { stamp, act: act.into() });
        self.commit(&record, None);
        // what came in the last two days is under way, and a few older ones wait
        let steps =
            if left < 60 || nth % 500 == 7 { usize::try_from(left % 6).unwrap_or(0) } else { 9 };
        self.work(record, &contact, at, steps);
    }

    fn work(&mut self, mut record: Record, contact: &ContactId, from: Timestamp, steps: usize) {
        let phone = Channel::new("hotline");
        let (result, cause) = RESULTS[self.turn() % RESULTS.len()];
        let note = |text: &str| Some(text.to_owned());
        let told = contact.clone();
        let later = |minutes: i64| from.plus_minutes(minutes);
        let deeds: [(&str, i64, Option<String>, Act); 8] = [
            (
                "zhang",
                4,
                None,
                Act::from(ack::Ack {
                    told: told.clone(),
                    method: phone.clone(),
                    reply_by: later(60),
                    read_back: None,
                }),
            ),
            (
                "zhang",
                9,
                None,
                Act::from(route::Route {
                    to: "li".parse().expect("an id"),
                    unit: "network".parse().expect("an id"),
                    line: self
                        .policy
                        .units
                        .get(&"network".parse().expect("an id"))
                        .expect("a unit")
                        .line,
                    reason: "beyond the desk".to_owned(),
                    method: None,
                    due_before: None,
                    due_after: None,
                }),
            ),
            ("li", 14, None, Act::from(accept::Accept { respond_by: later(25), reason: None })),
            (
                "li",
                19,
                note("On my way, I bring a spare part"),
                Act::from(respond::Respond { told: told.clone(), method: phone.clone() }),
            ),
            ("li", 24, note("看过了，指示灯不亮，先换端口再试"), Act::from(Update::default())),
            (
                "li",
                39,
                None,
                Act::from(resolve::Resolve {
                    result: result.to_owned(),
                    cause: cause.to_owned(),
                    code: Code::new("fixed"),
                    done_at: later(37),
                    steps: None,
                    unmet: None,
                    referral: None,
                    told: None,
                    method: None,
                    corrective: None,
                    preventive: None,
                }),
            ),
            (
                "chen",
                44,
                None,
                Act::from(confirm::Confirm {
                    outcome: Callback::Handled,
                    with: Some(told),
                    satisfaction: Satisfaction::from_grade(["4", "5", "4", "3"][self.turn() % 4]),
                    method: phone,
                    comment: None,
                }),
            ),
            ("chen", 46, None, Act::from(close::Close { checked: 1, ..close::Close::default() })),
        ];
        for (who, minutes, note, act) in deeds.into_iter().take(steps) {
            let stamp = self.stamp(record.next_number(), later(minutes), who, note);
            let scene = Scene { record: &record, policy: self.policy, stamp: &stamp };
            let act = again::decided(&act, &scene).expect("a lawful step");
            let before = record.status.state;
            record = record.with(Event { stamp, act });
            assert!(record.status.set_aside.is_empty(), "{record:?}");
            self.commit(&record, Some(before));
        }
    }

    /// Another number for each event.
    fn turn(&self) -> usize {
        usize::try_from(self.serial).unwrap_or(0)
    }

    fn stamp(&mut self, n: u32, at: Timestamp, who: &str, note: Option<String>) -> Stamp {
        self.serial += 1;
        let millis = u64::try_from(at.unix()).expect("a time") * 1000;
        Stamp {
            id: Ulid::from_parts(millis, u128::from(self.serial))
                .to_string()
                .parse()
                .expect("an id"),
            n,
            at,
            recorded_at: at,
            by: who.parse().expect("an id"),
            role: match who {
                "li" => Role::Engineer,
                "chen" => Role::Agent,
                _ => Role::TeamLead,
            },
            told_by: None,
            told_via: None,
            rules: RULES,
            late_because: None,
            note,
            opened: None,
        }
    }

    fn contact(&mut self, id: &ContactId, person: u32, at: Timestamp) {
        let contact = docket::domain::contact::Contact {
            format: 1,
            id: id.clone(),
            name: format!("Person {person}"),
            salutation: None,
            phone: Some(format!("139{person:08}")),
            email: None,
            site: None,
            customer: format!("Customer {}", person % 50),
            namesake: None,
            merged_into: None,
            disputed: std::collections::BTreeMap::new(),
        };
        let file = file(layout::contact(id), &contact).expect("a file");
        let content = file.content.expect("content");
        self.put("zhang", at, "a contact", &file.path, &content);
    }

    fn commit(&mut self, record: &Record, before: Option<State>) {
        let event = record.history.last().expect("an event");
        let message = message::of_step(record, event, before, false);
        let file = record_file(record).expect("a file");
        let content = file.content.expect("content");
        self.put(event.stamp.by.as_str(), event.stamp.at, &message, &file.path, &content);
    }

    fn put(&mut self, who: &str, at: Timestamp, message: &str, path: &str, content: &[u8]) {
        let when = format!("{who} <{who}@example.com> {} +0800", at.unix());
        let head = format!(
            "commit refs/heads/main\nauthor {when}\ncommitter {when}\ndata {}\n{message}\n",
            message.len()
        );
        let from = if self.serial <= 1 { "from refs/heads/main^0\n" } else { "" };
        let file = format!("M 100644 inline {path}\ndata {}\n", content.len());
        let parts = [head.as_bytes(), from.as_bytes(), file.as_bytes(), content, b"\n"];
        for part in parts {
            self.out.write_all(part).expect("git takes it in");
        }
    }
}
