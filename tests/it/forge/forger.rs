//! The steps of an honest history, and commits in their place that only differ in what is forged.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use git2::{ObjectType, Oid, Repository, Tree, build::TreeUpdateBuilder};
use serde_json::Value;

use super::library::Library;

/// A file with its whole content.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) content: Vec<u8>,
}

/// A commit of the honest history that makes a step.
pub(super) struct Step {
    pub(super) commit: String,
    pub(super) parent: String,
    pub(super) action: String,
    /// Id of the event that the message names.
    pub(super) event: String,
    /// The record before and after it.
    pub(super) before: Option<Value>,
    pub(super) after: Value,
    /// The complaint that it opened.
    pub(super) beside: Option<Value>,
    /// The contacts that it made or completed.
    pub(super) contacts: Vec<Value>,
    pub(super) archive: Option<File>,
    pub(super) imports: bool,
    pub(super) author: Signature,
    pub(super) committer: Signature,
}

/// Who made a commit, and when.
#[derive(Clone, Debug)]
pub(super) struct Signature {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) seconds: i64,
    pub(super) offset: String,
}

/// What a forger wants to have there instead of a step.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) record: Value,
    /// The event by whose message it is committed.
    pub(super) event: String,
    pub(super) author: Signature,
    pub(super) committer: Signature,
    /// Files that are written beside the record's.
    pub(super) beside: Vec<File>,
    /// Files that are left out.
    pub(super) gone: Vec<String>,
    /// A report that is kept instead of the one that the record gives.
    pub(super) report: Option<Vec<u8>>,
}

/// The git objects of a desk.
pub(super) struct Forger {
    repository: Repository,
    pub(super) library: Library,
}

impl Signature {
    fn read(line: &str) -> Self {
        let (name, rest) = line.split_once(" <").unwrap();
        let (email, date) = rest.split_once("> ").unwrap();
        let (seconds, offset) = date.split_once(' ').unwrap();
        let seconds = seconds.parse().unwrap();
        Self { name: name.into(), email: email.into(), seconds, offset: offset.into() }
    }

    pub(super) fn line(&self) -> String {
        format!("{} <{}> {} {}", self.name, self.email, self.seconds, self.offset)
    }
}

impl Step {
    /// The step as it is.
    pub(super) fn draft(&self) -> Draft {
        Draft {
            record: self.after.clone(),
            event: self.event.clone(),
            author: self.author.clone(),
            committer: self.committer.clone(),
            beside: Vec::new(),
            gone: Vec::new(),
            report: None,
        }
    }

    /// The place of an event in the record's history.
    pub(super) fn place(&self, event: &str) -> usize {
        let history = self.after["history"].as_array().unwrap();
        history.iter().position(|one| one["id"] == event).unwrap()
    }

    /// What tells this step from another one of its action: the fields that it has.
    pub(super) fn shape(&self) -> String {
        let event = &self.after["history"][self.place(&self.event)];
        let mut paths = Vec::new();
        fields(event, "", &mut paths);
        if self.before.is_none() {
            fields(&self.after["intake"], "", &mut paths);
        }
        format!("{} {} {}", self.action, self.variant(), paths.join(" "))
    }

    /// What an action that ends in several ways ended in.
    pub(super) fn variant(&self) -> &str {
        let event = &self.after["history"][self.place(&self.event)];
        ["outcome", "exception", "step"]
            .iter()
            .find_map(|key| event[*key].as_str())
            .unwrap_or_default()
    }
}

fn fields(value: &Value, path: &str, paths: &mut Vec<String>) {
    if let Value::Object(members) = value {
        for (key, value) in members {
            fields(value, &format!("{path}.{key}"), paths);
        }
    } else {
        paths.push(path.to_owned());
    }
}

impl Forger {
    pub(super) fn at(path: &Path) -> Self {
        Self { repository: Repository::open(path).unwrap(), library: Library::at(path) }
    }

    /// Where the desk lies, for another forger beside this one.
    pub(super) fn path(&self) -> PathBuf {
        self.repository.workdir().unwrap().to_owned()
    }

    /// Every step on the way to the newest commit, oldest first.
    pub(super) fn steps(&self) -> Vec<Step> {
        let mut walk = self.repository.revwalk().unwrap();
        walk.push_head().unwrap();
        walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::REVERSE).unwrap();
        walk.filter_map(|id| self.step(id.unwrap())).collect()
    }

    fn step(&self, id: Oid) -> Option<Step> {
        let commit = self.repository.find_commit(id).unwrap();
        let message = commit.message().unwrap().to_owned();
        let trailer = |key: &str| {
            let start = format!("Docket-{key}: ");
            message.lines().find_map(|line| line.strip_prefix(&start)).map(str::to_owned)
        };
        let (record, event) = (trailer("Record")?, trailer("Event")?);
        let parent = commit.parent_id(0).unwrap();
        let (here, before) = (id.to_string(), parent.to_string());
        let header = commit.raw_header().unwrap().to_owned();
        let line = |key: &str| {
            Signature::read(header.lines().find_map(|line| line.strip_prefix(key)).unwrap())
        };
        let changed = self.changed(parent, id);
        let contacts = changed.keys().filter_map(|path| {
            let id = path.strip_prefix("contacts/")?.get(4..)?.strip_suffix(".yaml")?;
            self.library.contact(&here, id)
        });
        let archive = changed.iter().find(|(path, _)| path.starts_with("archive/"));
        Some(Step {
            action: trailer("Action")?,
            before: self.library.record(&before, &record),
            after: self.library.record(&here, &record)?,
            beside: trailer("Opened").and_then(|id| self.library.record(&here, &id)),
            contacts: contacts.collect(),
            archive: archive.map(|(path, blob)| File {
                path: path.clone(),
                content: self.repository.find_blob(*blob).unwrap().content().to_vec(),
            }),
            imports: message.starts_with("import "),
            author: line("author "),
            committer: line("committer "),
            commit: here,
            parent: before,
            event,
        })
    }

    /// The files that a commit wrote.
    fn changed(&self, old: Oid, new: Oid) -> BTreeMap<String, Oid> {
        let (old, new) = (self.tree(old), self.tree(new));
        let diff = self.repository.diff_tree_to_tree(Some(&old), Some(&new), None).unwrap();
        let files = diff.deltas().map(|delta| {
            let file = delta.new_file();
            (file.path().unwrap().to_str().unwrap().to_owned(), file.id())
        });
        files.collect()
    }

    fn tree(&self, commit: Oid) -> Tree<'_> {
        self.repository.find_commit(commit).unwrap().tree().unwrap()
    }

    /// The commit of a draft; an error where docket could not even read it.
    pub(super) fn commit(&self, step: &Step, draft: &Draft) -> Result<String, String> {
        let written = self.library.write(step, draft)?;
        let files: Vec<File> = written.files.into_iter().chain(draft.beside.clone()).collect();
        let tree = self.with_files(&step.commit, &files, &draft.gone)?;
        let lines = [
            format!("tree {tree}"),
            format!("parent {}", step.parent),
            format!("author {}", draft.author.line()),
            format!("committer {}", draft.committer.line()),
            String::new(),
            written.message,
        ];
        Ok(self.raw(lines.join("\n").as_bytes()))
    }

    /// The tree of a commit with these files instead of its own.
    fn with_files(&self, commit: &str, files: &[File], gone: &[String]) -> Result<Oid, String> {
        let tree = self.tree(commit.parse().unwrap());
        let mut update = TreeUpdateBuilder::new();
        for file in files {
            let blob = self.repository.blob(&file.content).unwrap();
            update.upsert(file.path.as_str(), blob, git2::FileMode::Blob);
        }
        for path in gone {
            update.remove(path.as_str());
        }
        update.create_updated(&self.repository, &tree).map_err(|why| why.to_string())
    }

    /// A commit that joins others, so that one walk meets them all.
    pub(super) fn over(&self, commits: &[&str]) -> String {
        let mut lines = vec![format!("tree {}", self.tree(commits[0].parse().unwrap()).id())];
        lines.extend(commits.iter().map(|commit| format!("parent {commit}")));
        for who in ["author", "committer"] {
            lines.push(format!("{who} Nobody <nobody@example.com> 1795500000 +0800"));
        }
        self.raw((lines.join("\n") + "\n\ntogether\n").as_bytes())
    }

    /// The text of a commit object.
    pub(super) fn text(&self, commit: &str) -> String {
        let odb = self.repository.odb().unwrap();
        let object = odb.read(commit.parse().unwrap()).unwrap();
        String::from_utf8(object.data().to_vec()).unwrap()
    }

    /// A commit object of just this text.
    pub(super) fn raw(&self, text: &[u8]) -> String {
        self.repository.odb().unwrap().write(ObjectType::Commit, text).unwrap().to_string()
    }
}
