//! Every field of a step forged: of its act, its stamp, what was told, its contacts and its report.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    Forgery, Make,
    edits::{Edit, Seen, edits, see},
    forger::{File, Forger, Step},
    library::Library,
    values::{Kind, PEOPLE, Place, World},
};

/// Members of an event that are not of its act.
const STAMP: &[&str] = &[
    "id",
    "n",
    "at",
    "recorded_at",
    "by",
    "role",
    "told_by",
    "told_via",
    "rules",
    "late_because",
    "note",
    "personal",
    "opened",
];

/// What the records of a desk have in their places, by the name of the place.
#[derive(Default)]
pub(super) struct Known {
    acts: BTreeMap<String, Seen>,
    others: Seen,
}

impl Known {
    pub(super) fn of(steps: &[Step]) -> Self {
        let mut known = Self::default();
        for step in steps {
            see(&step.after["intake"], "intake", &mut known.others);
            for event in step.after["history"].as_array().unwrap() {
                let (stamp, act) = parts(event);
                see(&stamp, "stamp", &mut known.others);
                let action = event["action"].as_str().unwrap().to_owned();
                see(&act, "", known.acts.entry(action).or_default());
            }
            for contact in &step.contacts {
                see(contact, "contact", &mut known.others);
            }
        }
        known
    }
}

/// The stamp and the act of an event.
fn parts(event: &Value) -> (Value, Value) {
    let members = event.as_object().unwrap().clone();
    let (stamp, act): (serde_json::Map<_, _>, _) =
        members.into_iter().partition(|(key, _)| STAMP.contains(&key.as_str()));
    (Value::Object(stamp), Value::Object(act))
}

/// A change of what stands around intake, status and history.
type Envelope = (&'static str, Kind, fn(&mut Value));

/// One step with what its forgeries are made from.
pub(super) struct Source<'a> {
    pub(super) nth: usize,
    pub(super) step: &'a Step,
    pub(super) world: &'a World,
    pub(super) known: &'a Known,
    /// Whether it is the first step of its action, whose stamp is forged too.
    pub(super) first: bool,
}

impl Source<'_> {
    pub(super) fn forgeries(&self) -> Vec<Forgery> {
        let step = self.step;
        let mut made = self.event(&step.event);
        if step.imports {
            let opening = step.after["history"][0]["id"].as_str().unwrap();
            made.extend(self.event(opening));
        }
        if step.before.is_none() {
            let intake = self.edits(&step.after["intake"], "intake", "/intake");
            made.extend(intake.into_iter().map(|edit| self.of_record(&step.event, edit)));
        }
        if self.first {
            made.extend(self.people());
            made.extend(
                [(1, "a minute later"), (1_924_997_400 / 60, "in 2031")]
                    .map(|(minutes, label)| self.moved(minutes, label)),
            );
            made.extend(self.envelope());
        }
        made.extend(step.contacts.iter().flat_map(|contact| self.contact(contact)));
        made.extend(self.closing());
        made.extend(self.beside());
        made
    }

    fn place(&self) -> Place<'_> {
        Place { world: self.world, record: &self.step.after }
    }

    fn edits(&self, value: &Value, path: &str, pointer: &str) -> Vec<Edit> {
        edits(value, path, pointer, &self.place(), &self.known.others, &|_| true)
    }

    fn forgery(&self, field: &str, kind: Kind, label: &str, make: Make) -> Forgery {
        Forgery::new(self.nth, self.step, field, kind, label, make)
    }

    /// The act of an event, and its stamp if it is the first of its action.
    fn event(&self, event: &str) -> Vec<Forgery> {
        let at = self.step.place(event);
        let value = &self.step.after["history"][at];
        let pointer = format!("/history/{at}");
        let (place, none) = (self.place(), Seen::default());
        let action = value["action"].as_str().unwrap();
        let seen = self.known.acts.get(action).unwrap_or(&none);
        let mut all = edits(value, "", &pointer, &place, seen, &|key| !STAMP.contains(&key));
        if self.first {
            let seen = &self.known.others;
            all.extend(edits(value, "stamp", &pointer, &place, seen, &|key| STAMP.contains(&key)));
        }
        all.into_iter().map(|edit| self.of_record(event, edit)).collect()
    }

    /// A step with one value of its record changed.
    fn of_record(&self, event: &str, edit: Edit) -> Forgery {
        let at = self.step.place(event);
        let names_it = event == self.step.event;
        let (field, kind, label) = (edit.field.clone(), edit.kind, edit.label.clone());
        let make = move |forger: &Forger, step: &Step| {
            let mut draft = step.draft();
            edit.make(&mut draft.record);
            if names_it {
                let id = draft.record["history"][at]["id"].as_str();
                draft.event = id.unwrap_or_default().to_owned();
            }
            if edit.field == "archive.path" {
                draft.gone.extend(step.archive.iter().map(|file| file.path.clone()));
            }
            forger.commit(step, &draft)
        };
        self.forgery(&field, kind, &label, Box::new(make))
    }

    /// The whole step by somebody else, the commit with it.
    fn people(&self) -> Vec<Forgery> {
        let own = self.step.author.email.clone();
        let others = PEOPLE.iter().chain(&["ghost"]).filter(|person| {
            matches!(**person, "sun" | "gao" | "lin" | "nina" | "old" | "ghost")
                && !own.starts_with(**person)
        });
        let made = others.map(|person| {
            let (name, role) = match *person {
                "sun" => ("Sun Na", "agent"),
                "gao" => ("Gao Feng", "complaint_decider"),
                "lin" => ("Lin Tao", "leader"),
                "nina" => ("Nina Kraft", "engineer"),
                "old" => ("Old Hand", "agent"),
                _ => ("Ghost", "agent"),
            };
            let make = move |forger: &Forger, step: &Step| {
                let mut draft = step.draft();
                let at = step.place(&step.event);
                let event = &mut draft.record["history"][at];
                event["by"] = json!(person);
                event["role"] = json!(role);
                name.clone_into(&mut draft.author.name);
                draft.author.email = format!("{person}@example.com");
                draft.committer = draft.author.clone();
                forger.commit(step, &draft)
            };
            self.forgery("stamp.by and author", Kind::Valid, person, Box::new(make))
        });
        made.collect()
    }

    /// The whole step at another time, the commit with it.
    fn moved(&self, minutes: i64, label: &'static str) -> Forgery {
        let make = move |forger: &Forger, step: &Step| {
            let mut draft = step.draft();
            let seconds = match minutes {
                1 => step.author.seconds + 60,
                since_1970 => since_1970 * 60,
            };
            let at = step.place(&step.event);
            let event = &mut draft.record["history"][at];
            let then = chrono::DateTime::from_timestamp(seconds, 0).unwrap();
            let zone = chrono::FixedOffset::east_opt(8 * 3600).unwrap();
            let then = then.with_timezone(&zone).to_rfc3339();
            if event["at"] == event["recorded_at"] {
                event["at"] = json!(then);
            }
            event["recorded_at"] = json!(then);
            let id = event["id"].as_str().unwrap();
            draft.event = format!("{}{}", ulid_time(seconds * 1000), &id[10..]);
            event["id"] = json!(draft.event);
            draft.author.seconds = seconds;
            draft.committer.seconds = seconds;
            forger.commit(step, &draft)
        };
        self.forgery("stamp and commit", Kind::Valid, label, Box::new(make))
    }

    /// What stands around intake, status and history.
    fn envelope(&self) -> Vec<Forgery> {
        let changes: [Envelope; 5] = [
            ("format", Kind::Invalid, |record| record["format"] = json!(0)),
            ("format", Kind::Valid, |record| record["format"] = json!(2)),
            ("id", Kind::Valid, |record| record["id"] = json!("R-261124-ZZZZZ")),
            ("formerly", Kind::Added, |record| record["formerly"] = json!("R-261124-ZZZZZ")),
            ("namesakes", Kind::Added, |record| record["namesakes"] = json!(["R-261124-ZZZZZ"])),
        ];
        let made = changes.into_iter().map(|(field, kind, change)| {
            let make = move |forger: &Forger, step: &Step| {
                let mut draft = step.draft();
                change(&mut draft.record);
                forger.commit(step, &draft)
            };
            self.forgery(&format!("record.{field}"), kind, "another", Box::new(make))
        });
        made.collect()
    }

    /// The contact that came with the step.
    fn contact(&self, contact: &Value) -> Vec<Forgery> {
        let mut made = Vec::new();
        for edit in self.edits(contact, "contact", "") {
            let contact = contact.clone();
            let (field, kind, label) = (edit.field.clone(), edit.kind, edit.label.clone());
            let commit = move |forger: &Forger, step: &Step| {
                let mut contact = contact.clone();
                edit.make(&mut contact);
                let mut draft = step.draft();
                draft.beside.push(Library::write_contact(&contact)?);
                forger.commit(step, &draft)
            };
            made.push(self.forgery(&field, kind, &label, Box::new(commit)));
        }
        let named = contact.clone();
        let spelled = move |forger: &Forger, step: &Step| {
            let mut file = Library::write_contact(&named)?;
            file.content.splice(0..0, *b"# mine\n");
            let mut draft = step.draft();
            draft.beside.push(file);
            forger.commit(step, &draft)
        };
        made.push(self.forgery(
            "contact file",
            Kind::Invalid,
            "spelled by hand",
            Box::new(spelled),
        ));
        let named = contact.clone();
        let gone = move |forger: &Forger, step: &Step| {
            let mut draft = step.draft();
            draft.gone.push(Library::write_contact(&named)?.path);
            forger.commit(step, &draft)
        };
        made.push(self.forgery("contact file", Kind::Removed, "removed", Box::new(gone)));
        let named = contact.clone();
        let more = move |forger: &Forger, step: &Step| {
            let mut more = named.clone();
            more["id"] = json!("C-ZZZZZ");
            let mut draft = step.draft();
            draft.beside.push(Library::write_contact(&more)?);
            forger.commit(step, &draft)
        };
        made.push(self.forgery("contact file", Kind::Added, "another one", Box::new(more)));
        let strangers: Vec<_> = self.world.contacts.values().cloned().collect();
        let mentioned = move |forger: &Forger, step: &Step| {
            let own = step.after["status"]["customer"].as_str().unwrap();
            let other = strangers.iter().find(|(_, customer)| customer != own);
            let (id, _) = other.ok_or("nobody else yet")?;
            let mut other = forger.library.contact(&step.parent, id).ok_or("not there yet")?;
            other["customer"] = json!("Globex");
            let mut draft = step.draft();
            draft.record["intake"]["reported"] = json!(format!("ask {id}"));
            draft.beside.push(Library::write_contact(&other)?);
            forger.commit(step, &draft)
        };
        made.push(self.forgery(
            "contact file",
            Kind::Added,
            "one that a text mentions",
            Box::new(mentioned),
        ));
        made
    }

    /// The report that a closing keeps, with its hash.
    fn closing(&self) -> Vec<Forgery> {
        let Some(archive) = &self.step.archive else { return Vec::new() };
        let text = String::from_utf8(archive.content.clone()).unwrap();
        let reports = [
            (Kind::Valid, "a line more", format!("{text}all was well\n")),
            (Kind::Valid, "another word", text.replacen('e', "E", 1)),
            (Kind::Blank, "empty", String::new()),
            (Kind::Huge, "long", text + &"all was well\n".repeat(70_000)),
        ];
        let mut made: Vec<_> = reports
            .into_iter()
            .map(|(kind, label, report)| {
                let make = move |forger: &Forger, step: &Step| {
                    let mut draft = step.draft();
                    draft.report = Some(report.clone().into_bytes());
                    forger.commit(step, &draft)
                };
                self.forgery("archived report", kind, label, Box::new(make))
            })
            .collect();
        let path = archive.path.clone();
        let gone = move |forger: &Forger, step: &Step| {
            let mut draft = step.draft();
            let at = step.place(&step.event);
            draft.record["history"][at].as_object_mut().unwrap().remove("archive");
            draft.gone.push(path.clone());
            forger.commit(step, &draft)
        };
        made.push(self.forgery("archived report", Kind::Removed, "removed", Box::new(gone)));
        let path = archive.path.replace(".md", ".txt");
        let more = move |forger: &Forger, step: &Step| {
            let mut draft = step.draft();
            draft.beside.push(File { path: path.clone(), content: b"more\n".to_vec() });
            forger.commit(step, &draft)
        };
        made.push(self.forgery("archived report", Kind::Added, "another one", Box::new(more)));
        made
    }

    /// The complaint that the step opened.
    fn beside(&self) -> Vec<Forgery> {
        let Some(opened) = &self.step.beside else { return Vec::new() };
        let mut all = self.edits(&opened["intake"], "opened.intake", "/intake");
        all.extend(self.edits(&opened["history"][0], "opened.event", "/history/0"));
        let made = all.into_iter().map(|edit| {
            let (field, kind, label) = (edit.field.clone(), edit.kind, edit.label.clone());
            let make = move |forger: &Forger, step: &Step| {
                let mut opened = step.beside.clone().unwrap();
                edit.make(&mut opened);
                let mut draft = step.draft();
                draft.beside.push(Library::write_beside(&opened)?);
                forger.commit(step, &draft)
            };
            self.forgery(&field, kind, &label, Box::new(make))
        });
        made.chain(self.opened_as()).collect()
    }

    /// The complaint that the step opened, and the step with it, under other names.
    fn opened_as(&self) -> impl Iterator<Item = Forgery> {
        let names = [
            ("/id", "/record", "another day", "R-200101-ABCDE"),
            ("/id", "/record", "another prefix", "QQ-261124-ABCDE"),
            ("/history/0/id", "/event", "another time", "01AAAAAAAAZ6N5M2R1W0XYABCD"),
        ];
        names.into_iter().map(|(own, reference, label, name)| {
            let make = move |forger: &Forger, step: &Step| {
                let mut opened = step.beside.clone().unwrap();
                let mut draft = step.draft();
                draft.gone.push(Library::write_beside(&opened)?.path);
                *opened.pointer_mut(own).unwrap() = json!(name);
                let at = step.place(&step.event);
                let told = &mut draft.record["history"][at]["opened"];
                *told.pointer_mut(reference).unwrap() = json!(name);
                draft.beside.push(Library::write_beside(&opened)?);
                draft.gone.retain(|path| draft.beside.iter().all(|file| file.path != *path));
                forger.commit(step, &draft)
            };
            self.forgery("opened.name", Kind::Valid, label, Box::new(make))
        })
    }
}

/// The ten characters by which an event's id tells its time.
fn ulid_time(milliseconds: i64) -> String {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let digit = |place: u32| {
        let value = (milliseconds >> (5 * place)) & 31;
        char::from(DIGITS[usize::try_from(value).unwrap()])
    };
    (0..10).rev().map(digit).collect()
}
