//! Records of every action, as the present rules and earlier ones wrote them once: they read, replay and are spelled
//! today as they were then, and what a closing keeps of them changes with the edition alone.
//! `RENEW=frozen cargo test --test it frozen` writes them anew from the story of the honest desk, with
//! new ids; until 0.1.0 that is a commit of its own that says why, afterwards never. `RENEW=1` leaves
//! them as they are and adds the hashes of an edition that has none yet.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use docket::testing::{
    domain::{
        base::terms::{State, Term},
        deciding::policy::Policy,
        history::{
            event::RULES,
            record::Record,
            steps::{Act, Action, Next, TABLE, Transition},
        },
    },
    report::{self, EDITION},
    store::{self, GitVariables, Store, layout, yaml},
    words::{Lang, Words},
};

use crate::{desk::Desk, forge::story};

/// What `RENEW` has to say for the records themselves to be written anew.
const ALL: &str = "frozen";

#[test]
fn frozen_records_read_replay_and_are_spelled_as_when_they_were_written() {
    for (path, text) in texts() {
        let record: Record = yaml::from_slice(text.as_bytes()).unwrap();
        assert_eq!(path.file_stem().unwrap().to_str().unwrap(), record.id.as_str());
        assert_eq!(record.replay(), record.status, "{}", record.id);
        let spelled = store::record_file(&record).unwrap().content.unwrap();
        assert_eq!(str::from_utf8(&spelled).unwrap(), text, "{}", record.id);
        let own = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let of_own = |rules: u32| format!("rules-{rules}") == own;
        let other = record.history.iter().find(|event| !of_own(event.stamp.rules));
        assert!(other.is_none(), "{} is of other rules than its folder", record.id);
    }
}

#[test]
fn frozen_records_have_every_action() {
    let there: BTreeSet<&str> = records()
        .iter()
        .flat_map(|record| record.history.iter().map(|event| event.act.action().code()))
        .collect();
    let all: BTreeSet<&str> = Action::ALL.iter().map(|action| action.code()).collect();
    assert_eq!(there, all);
}

#[test]
fn what_each_apply_does_to_the_state_is_what_the_table_says() {
    let mut seen = BTreeSet::new();
    for record in all_records() {
        let mut before = None;
        record.walk(|event, status| {
            let action = event.act.action();
            // what was set aside has its effect by the settlement
            let rows = [action].into_iter().chain(kept(record, &event.act)).map(row);
            let from = before.replace(status.state);
            let n = event.stamp.n;
            let fits = rows.into_iter().any(|row| leads(row, from, status.state));
            assert!(fits, "{} {n} {action}: {from:?} -> {}", record.id, status.state);
            seen.insert(action.code());
        });
        assert_eq!(before, Some(record.status.state));
    }
    // what takes a step back has no effect of its own
    assert_eq!(seen.len(), Action::ALL.len() - 1);
}

#[test]
fn a_kept_report_changes_with_the_edition_alone() {
    let file = folder().join("../editions");
    let known = fs::read_to_string(&file).unwrap_or_default();
    let known: BTreeSet<String> = known.lines().map(str::to_owned).collect();
    let of_today = format!("{EDITION} ");
    let is_there = known.iter().any(|line| line.starts_with(&of_today));
    if renewing().is_some_and(|what| what == ALL || !is_there) {
        let mut all = hashes();
        // of an edition that is there, only lines of records that were renewed themselves go
        let stays = |line: &&String| !line.starts_with(&of_today) || names_a_record(line);
        all.extend(known.iter().filter(stays).cloned());
        let lines: String = all.into_iter().map(|line| line + "\n").collect();
        fs::write(file, lines).unwrap();
        return;
    }
    let known: BTreeSet<String> =
        known.into_iter().filter(|line| line.starts_with(&of_today)).collect();
    let now = hashes();
    let differing: Vec<_> = now.symmetric_difference(&known).collect();
    assert!(
        differing.is_empty(),
        "what closings keep is no longer what edition {EDITION} says: raise report::EDITION, then \
         run with RENEW=1, which adds the lines of a new edition to tests/frozen/editions and \
         changes none of one that is there (of an edition that was never released they may be taken \
         out by hand): {differing:#?}"
    );
}

/// The records of the present rules, read.
pub(crate) fn records() -> &'static [Record] {
    static READ: OnceLock<Vec<Record>> = OnceLock::new();
    READ.get_or_init(|| read(|path| path.starts_with(folder())))
}

/// Those of all rules.
fn all_records() -> &'static [Record] {
    static READ: OnceLock<Vec<Record>> = OnceLock::new();
    READ.get_or_init(|| read(|_| true))
}

fn read(wanted: impl Fn(&Path) -> bool) -> Vec<Record> {
    let texts = texts().iter().filter(|(path, _)| wanted(path));
    texts.map(|(_, text)| yaml::from_slice(text.as_bytes()).unwrap()).collect()
}

/// What a closing would keep of a record under the rules of a new desk whose lists are empty, so
/// that names which a desk gives to its people, units and categories change nothing.
pub(crate) fn kept_report(record: &Record, policy: &Policy, lang: Lang) -> String {
    let draft = report::kept_report::draft(record, policy, Words::new(lang), None).unwrap();
    draft.rendered().unwrap().text
}

/// The rules of a desk.
pub(crate) fn policy_of(desk: &Desk) -> Policy {
    let store = Store::discover(&desk.path(""), &GitVariables::default()).unwrap();
    let view = store.view_of(desk.head().parse().unwrap()).unwrap();
    view.policy().unwrap()
}

/// The files of all rules with their text, those of the present rules written anew first where that is asked for.
fn texts() -> &'static BTreeMap<PathBuf, String> {
    static TEXTS: OnceLock<BTreeMap<PathBuf, String>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let all = folder().parent().unwrap().to_owned();
        if renewing().is_some_and(|what| what == ALL) {
            renew();
        }
        let folders = (1..=RULES).map(|rules| all.join(format!("rules-{rules}")));
        let entries = folders.flat_map(|folder| fs::read_dir(folder).unwrap());
        let paths = entries.map(|entry| entry.unwrap().path());
        paths.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
    })
}

fn renew() {
    let desk = story::told();
    tell_the_rest(&desk);
    let _ = fs::remove_dir_all(folder());
    fs::create_dir_all(folder()).unwrap();
    let listed = desk.git(["ls-files", "records"]);
    for path in listed.lines() {
        let id = layout::record_of(path).unwrap();
        fs::write(folder().join(format!("{id}.yaml")), desk.read(path)).unwrap();
    }
}

/// What the story of the desk leaves out: a matter comes in by a channel of its own, an answer is told
/// anew, work that waits is given to somebody else, and somebody answers the questionnaire of an
/// earlier closing, after its time, with a grade that opens a complaint against who enters it, and a
/// customer is served by an agreement.
fn tell_the_rest(desk: &Desk) {
    let run = |time: &str, who: &str, line: &str| {
        story::by(desk, &format!("2026-12-31 {time}"), who, line).succeeds()
    };
    let line = "open enquiry 'A note' --channel other --channel-text 'a note on the door' \
                --customer ACME --name 'Ms Wang' --reported 'call me' --need 'a call' \
                --category advice --expected-by none";
    let id = run("17:29", "chen", line).id();
    run("17:29", "chen", &format!("ack {id} --answered"));
    run("17:30", "chen", &format!("resolve {id} --result 'called' --cause none --code advised"));
    run("17:30", "chen", "call 'No light' -c ACME -n 'Ms Wang'");
    let line = "open fault 'Broken lamp' --channel hotline --customer ACME --name 'Ms Wang' \
                --reported 'it is dark' --need 'light' --category network --expected-by none \
                --answer 'scope=one room' --stops-work no";
    let id = run("17:30", "chen", line).id();
    for (time, who, line) in [
        ("17:31", "chen", "ack ID --reply-by +1h"),
        ("17:31", "chen", "update ID --answer 'scope=every room' --reason 'others called'"),
        ("17:32", "chen", "route ID --to li --reason 'his field'"),
        ("17:33", "li", "accept ID --respond-by +1h"),
        ("17:34", "li", "hold ID --reason waiting_customer --resume-by +2h --evidence 'the key'"),
        ("17:50", "chen", "route ID --to wu --reason 'his after all'"),
        ("17:51", "chen", "update ID --note 'of another record'"),
        ("17:52", "chen", "undo ID"),
    ] {
        run(time, who, &line.replace("ID", &id));
    }
    let line = "open request 'A desk lamp' --channel email --customer Globex --name 'Mr Ray' \
                --reported 'it is dark here' --need 'a lamp' --category account --expected-by none";
    let id = run("18:00", "chen", line).id();
    run("18:01", "chen", &format!("ack {id} --reply-by +1h"));
    for time in ["18:1", "18:2"] {
        for (minute, who, line) in [
            (0, "chen", "resolve ID --result 'brought it' --cause 'no lamp' --code fulfilled"),
            (1, "sun", "confirm ID --with 'Mr Ray' --satisfaction 4"),
            (2, "sun", "close ID"),
            (3, "sun", "survey send ID -o ../out"),
        ] {
            run(&format!("{time}{minute}"), who, &line.replace("ID", &id));
        }
        if time == "18:1" {
            run("18:15", "sun", &format!("reopen {id} --reason 'it broke'"));
        }
    }
    let rows = format!(
        "record,questions,sent,satisfaction,by,comment\n\
         {id},1,2026-12-31T18:13:00+08:00,1,Mr Ray,too dim\n"
    );
    fs::write(desk.home().join("answers.csv"), rows).unwrap();
    story::by(desk, "2027-02-15 09:00", "chen", "survey import ../home/answers.csv").succeeds();
    fs::write(desk.home().join("agreements.yaml"), AGREEMENT).unwrap();
    let survey = desk.read("policy/survey.yaml") + "\ninternal:\n  cap_per_customer: 20\n";
    fs::write(desk.home().join("survey.yaml"), survey).unwrap();
    let lead = |line: &str| story::by(desk, "2027-02-15 09:10", "zhang", line).succeeds();
    for line in [
        "policy edit agreements --from ../home/agreements.yaml --reason 'first contract'",
        "policy edit survey --from ../home/survey.yaml --reason 'users of the house'",
        "customer add globex --from Globex --agreement gold --party internal",
    ] {
        lead(line);
    }
    let line = "open fault 'No picture' --channel hotline --customer Globex --name 'Mr Ray' \
                --reported 'it is dark' --need 'a picture' --category network --expected-by none \
                --answer 'scope=one room' --stops-work no --quiet";
    let opened = lead(line).out();
    let id = opened.trim();
    lead(&format!("update {id} --level urgent --reason 'the shop is dark'"));
    lead(&format!("amend {id} --set kind=request --reason 'no fault after all'"));
    for (minute, who, line) in [
        (1, "chen", "ack ID --reply-by +1h"),
        (2, "chen", "resolve ID --result 'plugged in' --cause 'unplugged' --code fulfilled"),
        (3, "sun", "confirm ID --with 'Mr Ray' --satisfaction 4"),
        (4, "sun", "close ID"),
        (5, "sun", "survey send ID -o ../out"),
    ] {
        let time = format!("2027-02-15 09:1{minute}");
        story::by(desk, &time, who, &line.replace("ID", id)).succeeds();
    }
}

/// What one customer is promised.
const AGREEMENT: &str = "\
document:
  version: 1
  effective_on: 2027-02-15
agreements:
- id: gold
  name: Gold support
  version: 1
  valid_from: 2027-01-01
  limits:
    fault:
      general: {respond: 2h}
";

/// A line for each report that there is to keep: edition, record, language, hash.
fn hashes() -> BTreeSet<String> {
    let mut policy = policy_of(&Desk::of_zhang());
    policy.people.people.clear();
    policy.units.units.clear();
    policy.catalog.categories.clear();
    policy.survey.questions.clear();
    let of = |record: &Record, lang| {
        let hash = store::blob_name(kept_report(record, &policy, lang).as_bytes());
        format!("{EDITION} {} {lang} {hash}", record.id)
    };
    all_records().iter().flat_map(|record| Lang::ALL.map(|lang| of(record, lang))).collect()
}

/// Whether the record of a line is one of the frozen ones.
fn names_a_record(line: &str) -> bool {
    all_records().iter().any(|record| line.split(' ').any(|word| word == record.id.as_str()))
}

/// The step that a settlement lets hold.
fn kept(record: &Record, act: &Act) -> Option<Action> {
    let Act::Settle(settle) = act else { return None };
    Some(record.event(&settle.keep).unwrap().act.action())
}

fn row(action: Action) -> &'static Transition {
    TABLE.iter().find(|row| row.action == action).unwrap()
}

fn leads(row: &Transition, from: Option<State>, to: State) -> bool {
    let begins = match from {
        Some(from) => row.from.contains(&from),
        None => row.from.is_empty(),
    };
    begins
        && match row.to {
            Next::Same => from == Some(to),
            Next::AsTold | Next::Back => true,
            Next::To(states) => states.contains(&to),
        }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/frozen/rules-{RULES}"))
}

#[expect(clippy::disallowed_methods, reason = "tests are told from outside to renew")]
fn renewing() -> Option<OsString> {
    env::var_os("RENEW")
}
