//! Nothing that was recorded may be missing. A word of its own is put into every text of every
//! frozen record, wherever the record reads and replays as before with it, so that no list of texts
//! is kept by hand; then each word is looked for in all that docket shows.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use docket::testing::{
    audit::message,
    domain::{
        base::{
            ids::ContactId,
            terms::{Channel, Code, Term},
        },
        history::{
            contact::{Contact, PersonDetails, mask_name},
            event::FORMAT,
            facts::{self, Fact, Value as Told},
            record::Record,
            steps::Act,
        },
    },
    store::{self, layout},
    words::{Lang, Words},
};
use serde_json::{Value, json};

use crate::{
    desk::Desk,
    forge::library::PAUSE_REASONS,
    frozen::{self, kept_report, policy_of},
};

/// Texts that are no words of people: codes of the desk's rules, and where a report is kept.
const CODES: &[&str] =
    &["category", "cause_category", "product", "major", "key", "path", "blob", "field"];

/// After everything that the records tell.
const NOW: &str = "2027-03-01 09:00";

/// A word with the place where it was put.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    place: String,
    audience: Audience,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    Everyone,
    Team,
    /// Who reads this language: a question that a survey asked.
    Readers(Lang),
}

/// A record with the words in it.
struct Worded {
    record: Record,
    words: Vec<Word>,
}

#[test]
fn every_word_is_shown_and_the_teams_own_leave_it_in_no_report() {
    let (desk, all) = told();
    let mut faults = Vec::new();
    for worded in &all {
        let id = &worded.record.id;
        for lang in Lang::ALL {
            let run = |line: &str| {
                desk.at(NOW).by("chen").run(&format!("{line} {id} --lang {lang}")).succeeds().out()
            };
            let shown = run("show");
            faults.extend(
                worded
                    .missing(&shown, Reader::Team(lang))
                    .map(|word| format!("show {lang}: no {word}")),
            );
            let mut reports = vec!["report request"];
            if worded.record.intake.complaint.is_some() {
                reports.push("report complaint-form");
            }
            for report in reports {
                let out = run(report);
                faults.extend(worded.faults(&out, &format!("{report} {lang}"), lang));
            }
            let report = run("report request");
            faults.extend(worded.lost_terms(&shown, &report, lang));
            faults.extend(worded.lost_facts(&shown, Reader::Team(lang)));
            faults.extend(worded.lost_facts(&report, Reader::Everyone(lang)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_word_of_everyones_is_in_the_report_that_a_closing_keeps() {
    let (desk, all) = told();
    let policy = policy_of(&desk);
    let mut faults = Vec::new();
    for worded in &all {
        for lang in Lang::ALL {
            let kept = kept_report(&worded.record, &policy, lang);
            faults.extend(worded.faults(&kept, &format!("kept {lang}"), lang));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_word_is_found_by_search() {
    let (desk, all) = told();
    let finds = |words: &str, id: &str| {
        let found = desk.at(NOW).by("chen").run(&format!("search {words} --limit 0"));
        found.out().contains(id)
    };
    let mut faults = Vec::new();
    for Worded { record, words } in &all {
        // a question is the desk's own text
        let words = words.iter().filter(|word| !matches!(word.audience, Audience::Readers(_)));
        let words: Vec<&Word> = words.collect();
        let together: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        if !finds(&together.join(" "), record.id.as_str()) {
            let lost = words.iter().filter(|word| !finds(&word.text, record.id.as_str()));
            faults.extend(lost.map(|word| format!("{} not found: {word}", record.id)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_word_is_in_a_commit_message() {
    for Worded { record, words } in worded() {
        for event in &record.history {
            let messages = [
                message::of_step(&record, event, None, true),
                message::of_import(&record, None, event, true),
            ];
            for word in &words {
                let told = messages.iter().find(|message| message.contains(&word.text));
                assert!(told.is_none(), "{} {word} in {told:?}", record.id);
            }
        }
    }
}

#[test]
fn contacts_are_masked_in_all_that_shows_a_record() {
    let (desk, all) = told();
    for Worded { record, words } in &all {
        let people = contacts(record);
        let lines = ["show ID", "show ID --json", "report request ID", "search WORD"];
        let form = record.intake.complaint.as_ref().map(|_| "report complaint-form ID");
        for line in lines.into_iter().chain(form) {
            let word = &words[0].text;
            let line = line.replace("ID", record.id.as_str()).replace("WORD", word);
            let out = desk.at(NOW).by("chen").run(&line).succeeds().out();
            // Markdown needs them before asterisks
            let out = out.replace('\\', "");
            for contact in &people {
                for hidden in [Some(contact.name()), contact.phone(), contact.email()] {
                    assert!(!out.contains(hidden.unwrap()), "{hidden:?} in {line}: {out}");
                }
            }
            let own = record.intake.contact.as_ref();
            let own = own.and_then(|id| people.iter().find(|contact| contact.id == *id));
            if let Some(contact) = own.filter(|_| line.starts_with("report")) {
                assert!(out.contains(&mask_name(contact.name())), "{line}: {out}");
            }
        }
    }
}

/// Who looks, and in which language.
#[derive(Clone, Copy)]
enum Reader {
    Team(Lang),
    Everyone(Lang),
}

impl Word {
    fn is_for(&self, reader: Reader) -> bool {
        match (self.audience, reader) {
            (Audience::Everyone, _) | (Audience::Team, Reader::Team(_)) => true,
            (Audience::Team, Reader::Everyone(_)) => false,
            (Audience::Readers(own), Reader::Team(lang) | Reader::Everyone(lang)) => own == lang,
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.text, self.place)
    }
}

impl Worded {
    fn missing(&self, text: &str, reader: Reader) -> impl Iterator<Item = String> {
        let wanted = self.words.iter().filter(move |word| word.is_for(reader));
        let missing = wanted.filter(move |word| !text.contains(&word.text));
        missing.map(|word| format!("{} {word}", self.record.id)).collect::<Vec<_>>().into_iter()
    }

    /// What is wrong with a report that leaves the team.
    fn faults(&self, text: &str, what: &str, lang: Lang) -> Vec<String> {
        let missing = self.missing(text, Reader::Everyone(lang));
        let missing = missing.map(|word| format!("{what}: no {word}"));
        let own = self.words.iter().filter(|word| word.audience == Audience::Team);
        let told = own.filter(|word| text.contains(&word.text));
        let told = told.map(|word| format!("{what}: tells {} {word}", self.record.id));
        missing.chain(told).collect()
    }

    /// Facts of steps that are not on the line of their step, by what they are called; and whether
    /// work has stopped, whose “no” may stand in any other word.
    fn lost_facts(&self, text: &str, reader: Reader) -> Vec<String> {
        let (Reader::Team(lang) | Reader::Everyone(lang)) = reader;
        let words = Words::new(lang);
        // what a step recorded stands below it
        let steps = text.replace("\n       ", "  ");
        let has = |parts: &[String]| {
            steps.lines().any(|line| parts.iter().all(|part| line.contains(part.as_str())))
        };
        let stoppage = words.fact("intake", "stops_work");
        let stoppage =
            self.record.intake.stops_work.map(|_| stoppage).filter(|name| !text.contains(name));
        let of_steps = self.record.history.iter().filter_map(|event| {
            let action = event.act.action();
            let for_team = matches!(reader, Reader::Team(_));
            let facts = event.facts().into_iter();
            // paths, hashes and versions are for who looks into the desk
            let inner = |fact: &Fact<'_>| matches!(fact.value, Told::Name(_) | Told::Version(_));
            let theirs =
                |fact: &Fact<'_>| fact.audience == facts::Audience::Everyone && !inner(fact);
            let facts = facts.filter(|fact| for_team || theirs(fact));
            let named = facts.filter(|fact| !["note", "answers", "set"].contains(&fact.name));
            let parts: Vec<String> =
                named.map(|fact| words.fact(action.code(), fact.name)).collect();
            let kind = self.record.status.kind;
            let called = [words.did(&event.act, kind), words.step(&event.act, kind)];
            let is_there = called.iter().any(|it| has(&[&parts[..], &[(*it).to_owned()]].concat()));
            (!is_there).then(|| format!("{action} {called:?} {parts:?}"))
        });
        let lost = stoppage.into_iter().chain(of_steps);
        lost.map(|what| format!("{} {lang}: no {what}", self.record.id)).collect()
    }

    /// What the team thinks of the customer and of the work is shown to it alone.
    fn lost_terms(&self, shown: &str, report: &str, lang: Lang) -> Vec<String> {
        let words = Words::new(lang);
        let updates = self.record.history.iter().filter_map(|event| match &event.act {
            Act::Update(update) => Some(update),
            _ => None,
        });
        let updates = updates.flat_map(|update| {
            let mood = update.mood.map(|mood| ("update", "mood", words.term(mood)));
            let phase = update.phase.map(|phase| ("update", "phase", words.term(phase)));
            mood.into_iter().chain(phase)
        });
        let remark = self.record.intake.remark.as_ref().and_then(|remark| remark.mood);
        let remark = remark.map(|mood| ("intake", "mood", words.term(mood)));
        updates
            .chain(remark)
            .filter(|(of, name, term)| {
                let told = [words.fact(of, name), (*term).to_owned()];
                let is_in = |text: &str| {
                    text.lines().any(|line| told.iter().all(|part| line.contains(part)))
                };
                !is_in(shown) || is_in(report)
            })
            .map(|(of, name, term)| format!("{} {of} {name} {term} {lang}", self.record.id))
            .collect()
    }
}

/// A desk that has the records with the words in them, and their contacts.
fn told() -> (Desk, Vec<Worded>) {
    let desk = Desk::new();
    let all = worded();
    for Worded { record, .. } in &all {
        let people = contacts(record);
        desk.know(people.iter().filter_map(|contact| contact.person.as_ref()));
        let people = people.iter();
        let people = people.map(|contact| store::file(layout::contact(&contact.id), contact));
        for file in people.chain([store::record_file(record)]) {
            let file = file.unwrap();
            desk.write(&file.path, file.content.unwrap());
        }
    }
    desk.git(["add", "."]);
    desk.git(["commit", "-q", "-m", "records full of words"]);
    (desk, all)
}

fn worded() -> Vec<Worded> {
    let mut number = 0;
    let all: Vec<Worded> =
        frozen::records().iter().map(|record| with_words(record, &mut number)).collect();
    let kinds: BTreeSet<&str> = all.iter().map(|one| one.record.intake.kind.code()).collect();
    assert!(kinds.is_superset(&["request", "fault", "complaint", "remark"].into()), "{kinds:?}");
    let own = all.iter().flat_map(|one| &one.words);
    assert!(own.filter(|word| word.audience == Audience::Team).count() > 0, "no note of the team");
    all
}

/// The record with a word in each text; equal texts that hang on each other, as what is corrected
/// does on what was told, keep being equal.
fn with_words(record: &Record, number: &mut u32) -> Worded {
    let mut value = json!(record);
    let mut texts = BTreeMap::<String, String>::new();
    let mut words = Vec::new();
    let mut places = Vec::new();
    leaves(&value, String::new(), &mut places);
    places.retain(|place| !place.starts_with("/status"));
    // what was told comes before what corrects it
    places.sort_by_key(|place| !place.starts_with("/intake"));
    for place in places {
        let field = place.rsplit('/').next().unwrap();
        let old = value.pointer(&place).unwrap().as_str().unwrap().to_owned();
        let of_a_file = is_of_a_file(&value, &place);
        if CODES.contains(&field) || of_a_file || is_of_open_vocabulary(&old) {
            continue;
        }
        let word = format!("wort{number:04}");
        let new = format!("{word} lies here");
        if put(&mut value, &place, &new, record) {
            *number += 1;
            texts.insert(old, new);
            // a text that was redacted is nobody's to find
            if !is_redacted(record, &place) {
                let audience = audience(&value, &place);
                words.push(Word { text: word, place, audience });
            }
        } else if !texts.get(&old).is_some_and(|new| put(&mut value, &place, new, record)) {
            *value.pointer_mut(&place).unwrap() = old.into();
        }
    }
    let mut record: Record = serde_json::from_value(value).unwrap();
    record.status = record.replay();
    Worded { record, words }
}

fn is_redacted(record: &Record, place: &str) -> bool {
    record.redactions().any(|redact| {
        let at = record.history.iter().position(|event| event.stamp.id == redact.event);
        at.is_some_and(|at| place == format!("/history/{at}/{}", redact.field))
    })
}

/// What docket calls a file that is kept, and its checksum: nobody wrote them.
fn is_of_a_file(record: &Value, place: &str) -> bool {
    let (of, field) = place.rsplit_once('/').unwrap();
    let action = record.pointer(of).unwrap().get("action");
    action.is_some_and(|action| action == "attach") && ["name", "sha256"].contains(&field)
}

/// A code that policy may add to reads as any text does; the audit judges it.
fn is_of_open_vocabulary(word: &str) -> bool {
    [&Channel::KNOWN[..], &Code::KNOWN, &PAUSE_REASONS].iter().any(|known| known.contains(&word))
}

/// Every text with its place.
fn leaves(value: &Value, place: String, all: &mut Vec<String>) {
    match value {
        Value::String(_) => all.push(place),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, one)| leaves(one, format!("{place}/{n}"), all));
        }
        Value::Object(map) => {
            map.iter().for_each(|(key, one)| leaves(one, format!("{place}/{key}"), all));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Puts a text where it may stand: the record reads, and replays to where it stood.
fn put(value: &mut Value, place: &str, text: &str, was: &Record) -> bool {
    *value.pointer_mut(place).unwrap() = text.into();
    let Ok(record) = serde_json::from_value::<Record>(value.clone()) else { return false };
    let status = record.replay();
    status.state == was.status.state && status.set_aside == was.status.set_aside
}

fn audience(record: &Value, place: &str) -> Audience {
    let (of, field) = place.rsplit_once('/').unwrap();
    let internal = &record.pointer(of).unwrap()["internal"];
    match field {
        "note" if internal == true => Audience::Team,
        "work_note" => Audience::Team,
        "en" => Audience::Readers(Lang::En),
        "zh" => Audience::Readers(Lang::Zh),
        _ => Audience::Everyone,
    }
}

/// The people of customers whom a record names.
fn contacts(record: &Record) -> Vec<Contact> {
    let (value, mut places) = (json!(record), Vec::new());
    leaves(&value, String::new(), &mut places);
    let texts = places.iter().map(|place| value.pointer(place).unwrap().as_str().unwrap());
    let ids: BTreeSet<&str> = texts.filter(|text| text.starts_with("C-")).collect();
    let contact = |id: &str| {
        let (id, name) = (id.parse::<ContactId>().unwrap(), id.replace('-', ""));
        let called = format!("Versteckt{name} Geheim{name}");
        let mut personal = PersonDetails::named(FORMAT, id.clone(), called);
        personal.told_phone(&format!("138{:08}", store::hash(id.as_str().as_bytes())[0]));
        personal.told_email(&format!("geheim{name}@acme.example"));
        Contact::new(FORMAT, id, "ACME".to_owned(), personal)
    };
    ids.into_iter().map(contact).collect()
}
