//! Desks of any size with believable records in two languages and the whole history of each, made by
//! the same rules as docket's own and written through `git fast-import`.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use docket::testing::{
    audit::message,
    domain::{
        base::{
            ids::RecordId,
            terms::{Callback, Channel, Code, Grade, Kind, Role, Satisfaction, State},
            time::Timestamp,
        },
        deciding::{
            policy::Policy,
            scene::Scene,
            steps::{decide, decide_again, objections, open::Request},
        },
        history::{
            event::{Event, RULES, Stamp},
            intake::{Expected, FaultReport, Intake, Occurred},
            record::Record,
            status::Archive,
            steps::{Accept, Ack, Act, Close, Confirm, Open, Resolve, Respond, Route, Update},
        },
    },
    report::{self, kept_report},
    store::{FileChange, GitVariables, Revision, Store, blob_name, layout, record_file},
    words::{Lang, Words},
};
use ulid::Ulid;

use crate::people::{self, Party, People};

/// Another one is made anew.
const VERSION: &str = "6";
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
    people: People,
}

/// A step that is to be made.
struct Deed {
    by: &'static str,
    /// After the record was opened.
    minutes: i64,
    note: Option<&'static str>,
    act: Act,
    /// The number of the person whom it names.
    names: Option<u32>,
}

/// Makes a desk of `records` records in `dir`, unless there is one.
pub(crate) fn desk(docket: &Path, dir: &Path, records: u32) {
    if fs::read_to_string(dir.join("made")).is_ok_and(|made| made == VERSION) {
        return;
    }
    let _ = fs::remove_dir_all(dir);
    fs::create_dir_all(dir).expect("a directory");
    found(docket, dir, records);
    let store = Store::discover(&dir.join("desk"), &GitVariables::default()).expect("a desk");
    let policy = store.view(&Revision::Tip, "main").and_then(|view| view.policy()).expect("rules");
    let mut import = git(dir)
        .args(["fast-import", "--quiet", "--date-format=raw"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("git");
    let mut pipe = std::io::BufWriter::new(import.stdin.take().expect("a pipe"));
    let people = People::default();
    let mut maker = Maker { policy: &policy, out: &mut pipe, serial: 0, people };
    for nth in 0..records {
        maker.record(nth, records);
    }
    maker.apart();
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

/// The desk with its team and its customers, each known by an alias too.
fn found(docket: &Path, dir: &Path, records: u32) {
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
    // the audit is clean only where every due time is known
    for year in 2016..=2023 {
        run(&["-C", "desk", "calendar", "import", "--no-holidays", &year.to_string()]);
    }
    for (id, role, unit) in [("chen", "agent", "desk"), ("li", "engineer", "network")] {
        let email = format!("{id}@example.com");
        run(&[
            "-C", "desk", "people", "add", id, "--name", id, "--email", &email, "--role", role,
            "--unit", unit,
        ]);
    }
    for nth in 0..Party::customers(records) {
        let (id, name) = (format!("c{nth}"), Party::of(nth, records).customer);
        let alias = format!("Alias-{nth}");
        run(&["-C", "desk", "customer", "add", &id, "--name", &name, "--alias", &alias]);
    }
}

impl Maker<'_> {
    /// Opens a record and takes it as far as its age lets expect.
    fn record(&mut self, nth: u32, records: u32) {
        let end: Timestamp = NOW.parse().expect("a time");
        let left = i64::from(records - nth);
        let at = end.plus_minutes(-left * APART - 30);
        let party = Party::of(nth, records);
        let (title, reported, category) = MATTERS[nth as usize % MATTERS.len()];
        let title = title.replace("{}", &(nth % 613).to_string());
        let kind = if category == "account" { Kind::Request } else { Kind::Fault };
        let intake = Intake {
            kind,
            channel: Channel::new(if nth.is_multiple_of(3) { "email" } else { "hotline" }),
            customer: party.customer.clone(),
            contact: Some(people::id(party.caller())),
            title,
            reported: format!("{reported}, {nth}."),
            need: Some("work again by noon".to_owned()),
            category: Some(category.to_owned()),
            impact: Some(if nth.is_multiple_of(11) { Grade::High } else { Grade::Medium }),
            urgency: Some(Grade::Medium),
            expected_by: Some(Expected::Unstated),
            fault: (kind == Kind::Fault).then(|| FaultReport {
                occurred_at: Occurred::At(at.plus_minutes(-15)),
                detected_at: None,
                source: None,
                location: format!("Room {}", nth % 900),
                symptom: reported.to_owned(),
            }),
            ..Intake::blank(at)
        };
        let stamp = self.stamp(1, at, "zhang", None);
        let id = RecordId::new("R", at.date(), u64::from(nth) * 7919 + 12345);
        let told = Record::opened(id, intake, &stamp);
        let caller = self.people.calls(party.caller(), &party.customer);
        let scene = self.scene(&told, &stamp);
        let act = decide::<Open>(Request { major: None }, &scene).expect("a lawful opening");
        let record = told.with(Event { stamp, act });
        self.commit(&record, None, caller);
        // what came in the last two days is under way, and a few older ones wait
        let steps =
            if left < 60 || nth % 500 == 7 { usize::try_from(left % 6).unwrap_or(0) } else { 9 };
        self.work(record, &party, at, steps);
    }

    fn work(&mut self, mut record: Record, party: &Party, from: Timestamp, steps: usize) {
        for deed in self.deeds(party, from).into_iter().take(steps) {
            let Deed { by, minutes, note, act, names } = deed;
            let person = names.and_then(|named| self.people.named(named, &party.customer));
            let at = from.plus_minutes(minutes);
            let stamp = self.stamp(
                record.next_number().expect("a record of a few steps"),
                at,
                by,
                note.map(str::to_owned),
            );
            let scene = self.scene(&record, &stamp);
            let act = decide_again(&act, &scene).expect("a lawful step");
            assert!(objections(&act, &scene).next().is_none(), "{act:?}");
            let mut event = Event { stamp, act };
            let report = self.kept(&record, &mut event);
            let before = record.status.state;
            record = record.with(event);
            assert!(record.status.set_aside.is_empty(), "{record:?}");
            self.commit(&record, Some(before), person.into_iter().chain(report));
        }
    }

    /// What is done for a record, one step after the other.
    fn deeds(&self, party: &Party, from: Timestamp) -> [Deed; 8] {
        let later = |minutes: i64| from.plus_minutes(minutes);
        let phone = Channel::new("hotline");
        let (result, cause) = RESULTS[self.turn() % RESULTS.len()];
        let network = "network".parse().expect("an id");
        let ack = Ack {
            told: people::id(party.caller()),
            method: phone.clone(),
            reply_by: Some(later(60)),
            answered: false,
            read_back: None,
        };
        let route = Route {
            to: "li".parse().expect("an id"),
            line: self.policy.units.get(&network).expect("a unit").line,
            unit: network,
            reason: "beyond the desk".to_owned(),
            method: None,
            due_before: None,
            due_after: None,
        };
        let told = people::id(party.told());
        let respond = Respond { told, method: phone.clone() };
        let resolve = Resolve {
            result: result.to_owned(),
            cause: cause.to_owned(),
            cause_category: None,
            code: Code::new("fixed"),
            done_at: later(37),
            steps: None,
            unmet: None,
            referral: None,
            told: None,
            method: None,
            corrective: None,
            preventive: None,
        };
        let confirm = Confirm {
            outcome: Callback::Handled,
            with: Some(people::id(party.answers())),
            satisfaction: Satisfaction::from_grade(["4", "5", "4", "3"][self.turn() % 4]),
            method: phone,
            comment: None,
        };
        let close = Close { checked: 1, ..Close::default() };
        let deed = |by, minutes, act| Deed { by, minutes, note: None, act, names: None };
        [
            deed("zhang", 4, ack.into()),
            deed("zhang", 9, route.into()),
            deed("li", 14, Accept { respond_by: later(25), reason: None }.into()),
            Deed {
                note: Some("On my way, I bring a spare part"),
                names: Some(party.told()),
                ..deed("li", 19, respond.into())
            },
            Deed {
                note: Some("看过了，指示灯不亮，先换端口再试"),
                ..deed("li", 24, Update::default().into())
            },
            deed("li", 39, resolve.into()),
            Deed { names: Some(party.answers()), ..deed("chen", 44, confirm.into()) },
            deed("chen", 46, close.into()),
        ]
    }

    fn scene<'s>(&'s self, record: &'s Record, stamp: &'s Stamp) -> Scene<'s> {
        let (policy, now) = (self.policy, stamp.recorded_at);
        Scene { record, policy, stamp, now, lookup: &self.people }
    }

    /// The report that a closing keeps; the event names it.
    fn kept(&self, record: &Record, event: &mut Event) -> Option<FileChange> {
        let closed = record.with(event.clone());
        let path = layout::archive(&record.id, event);
        let Act::Close(close) = &mut event.act else { return None };
        let lang = Lang::from_tag(&self.policy.desk.locale).expect("a language");
        let draft =
            kept_report::draft(&closed, self.policy, Words::new(lang), None).expect("values");
        let text = draft.rendered().expect("a report").text;
        close.archive = Some(Archive {
            path: path.clone(),
            blob: blob_name(text.as_bytes()),
            edition: Some(report::EDITION),
        });
        Some(FileChange { path, content: Some(text.into_bytes()) })
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
            personal: None,
            opened: None,
        }
    }

    /// The commit of a record's newest event, with what else it brings.
    /// Who the people are, under a reference of their own.
    fn apart(&mut self) {
        let people = self.people.apart();
        let head = format!(
            "commit {}\ncommitter docket <docket> 0 +0000\ndata 7\npeople\n\n",
            layout::PERSONS
        );
        self.put(head.as_bytes());
        for file in people {
            self.put_file(file);
        }
    }

    fn commit(
        &mut self,
        record: &Record,
        before: Option<State>,
        beside: impl IntoIterator<Item = FileChange>,
    ) {
        let event = record.history.last().expect("an event");
        let message = message::of_step(record, event, before, false);
        let who = event.stamp.by.as_str();
        let when = format!("{who} <{who}@example.com> {} +0800", event.stamp.at.unix());
        self.put(
            format!(
                "commit refs/heads/main\nauthor {when}\ncommitter {when}\ndata {}\n{message}\n",
                message.len()
            )
            .as_bytes(),
        );
        if self.serial <= 1 {
            self.put(b"from refs/heads/main^0\n");
        }
        let own = record_file(record).expect("a file");
        for file in beside.into_iter().chain([own]) {
            self.put_file(file);
        }
    }

    fn put_file(&mut self, FileChange { path, content }: FileChange) {
        let content = content.expect("content");
        self.put(format!("M 100644 inline {path}\ndata {}\n", content.len()).as_bytes());
        self.put(&content);
        self.put(b"\n");
    }

    fn put(&mut self, bytes: &[u8]) {
        self.out.write_all(bytes).expect("git takes it in");
    }
}
