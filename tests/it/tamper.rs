//! What people with plain git do to a history, and what the audit says of it.

use serde_json::Value;
use sha1::{Digest, Sha1};

use crate::desk::{Desk, REQUEST};

/// A desk with an honest history that is tampered with, each time from a commit of it.
struct Story {
    desk: Desk,
    /// A fault that went all the way, and one under work.
    closed: String,
    open: String,
    tip: String,
}

impl Story {
    fn new() -> Self {
        let desk = Desk::new();
        let closed = desk.fault_in("closed");
        let survey = format!("survey record {closed} --satisfaction 3 --by 'Ms Wang'");
        desk.at("10:10").by("chen").run(&survey).succeeds();
        let open = desk.fault_in("in_progress");
        desk.at("10:20").by("li").run(&format!("update {open} --note 'on my way'")).succeeds();
        let tip = desk.head();
        Self { desk, closed, open, tip }
    }

    /// The commit of the newest step of this sort on the record.
    fn step(&self, action: &str, id: &str) -> String {
        let grep = format!("^{action} {id}");
        self.git(&["log", "-1", "--format=%H", "--grep", &grep, &self.tip]).trim().to_owned()
    }

    fn git(&self, words: &[&str]) -> String {
        self.desk.git(words.iter().copied())
    }

    fn go(&self, commit: &str) {
        self.git(&["checkout", "-q", "-f", "--detach", commit]);
        self.git(&["clean", "-q", "-f", "-d"]);
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.desk.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.desk.write(path, text.replace(from, to));
    }

    fn open_path(&self) -> String {
        self.desk.record_path(&self.open)
    }

    fn closed_path(&self) -> String {
        self.desk.record_path(&self.closed)
    }

    fn archive(&self) -> String {
        self.git(&["ls-files", "archive"]).trim().to_owned()
    }

    fn contact(&self) -> String {
        self.git(&["ls-files", "contacts"]).lines().next().unwrap().to_owned()
    }

    /// Commits everything as somebody, at the time of the last commit.
    fn commit(&self, who: &str, message: &str) {
        self.git(&["add", "-A"]);
        self.commit_as(&["--allow-empty", "-m", message], who);
    }

    /// Makes the last commit anew with what lies there, and otherwise as it was.
    fn amend(&self) {
        self.git(&["add", "-A"]);
        self.commit_as(&["--amend", "--no-edit", "--allow-empty"], "");
    }

    /// Makes the last commit anew with another message.
    fn reword(&self, from: &str, to: &str) {
        let message = self.git(&["log", "-1", "--format=%B"]);
        assert!(message.contains(from), "{message}");
        self.commit_as(&["--amend", "--allow-empty", "-m", &message.replace(from, to)], "");
    }

    fn commit_as(&self, words: &[&str], who: &str) {
        let date = self.git(&["log", "-1", "--format=%aI"]);
        let mut command = self.desk.at("10:30").shell("git");
        command.args(["commit", "-q", "--cleanup=verbatim"]).args(words);
        command.env("GIT_COMMITTER_DATE", date.trim());
        if !who.is_empty() {
            let name = match who {
                "chen" => "陈静",
                "li" => "李雷",
                other => other,
            };
            command
                .env("GIT_AUTHOR_NAME", name)
                .env("GIT_AUTHOR_EMAIL", format!("{who}@example.com"));
            command.env("GIT_AUTHOR_DATE", date.trim());
        }
        let done = command.output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }

    /// Codes of the errors and warnings between two commits, with the commit of each.
    fn found(&self, range: &str) -> Vec<(String, String)> {
        let ran = self.desk.at("11:00").run(&format!("audit {range} --json"));
        let told: Value = serde_json::from_str(&ran.out()).unwrap_or_else(|_| panic!("{ran}"));
        let findings = told["findings"].as_array().unwrap().iter();
        // author and committer are two on every commit of these desks
        let grave = findings
            .filter(|finding| finding["severity"] != "note" && finding["code"] != "H30")
            .map(|finding| {
                let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
                (text("code"), text("commit"))
            });
        grave.collect()
    }
}

/// The message of a commit that keeps a look at names.
fn look(id: &str, by: &str) -> String {
    format!(
        "reveal phone {id}\n\ncommand phone\nof {id}\ncount 1\n\n\
         Docket-Action: reveal\nDocket-By: {by}\nDocket-At: 2026-11-23T10:20:00+08:00\n\
         Docket-Clock: fixed\n"
    )
}

/// A change that nobody may make: what it is, the code that must be found, and how it is made.
type Deed = (&'static str, &'static str, fn(&Story));

const DEEDS: &[Deed] = &[
    ("status edited by hand", "H04", |s| {
        s.edit(&s.open_path(), "state: in_progress", "state: resolved");
        s.commit("chen", "tidy");
    }),
    ("intake edited by hand", "H04", |s| {
        s.edit(&s.open_path(), "nobody can log in", "one user cannot log in");
        s.commit("chen", "tidy");
    }),
    ("event edited by hand", "H04", |s| {
        s.edit(&s.open_path(), "note: on my way", "note: arrived");
        s.commit("li", "typo");
    }),
    ("closed record edited by hand", "H04", |s| {
        s.edit(&s.closed_path(), "switch replaced", "nothing done");
        s.commit("chen", "typo");
    }),
    ("survey grade raised by hand", "H04", |s| {
        s.edit(
            &s.closed_path(),
            "satisfaction: basically_satisfied",
            "satisfaction: very_satisfied",
        );
        s.commit("chen", "typo");
    }),
    ("contact edited by hand", "H04", |s| {
        s.edit(&s.contact(), "ACME", "Globex");
        s.commit("chen", "new number");
    }),
    ("archive edited by hand", "H04", |s| {
        let path = s.archive();
        let text = s.desk.read(&path);
        s.desk.write(&path, text + "all was well\n");
        s.commit("chen", "clearer");
    }),
    ("archive edited under a step's message", "H05", |s| {
        let path = s.archive();
        let text = s.desk.read(&path);
        s.desk.write(&path, text + "all was well\n");
        s.amend();
    }),
    ("record deleted", "H06", |s| {
        s.git(&["rm", "-q", &s.open_path()]);
        s.commit("zhang", "mistake");
    }),
    ("record deleted under a step's message", "H06", |s| {
        s.git(&["rm", "-q", &s.closed_path()]);
        s.amend();
    }),
    ("contact deleted", "H06", |s| {
        s.git(&["rm", "-q", &s.contact()]);
        s.commit("zhang", "privacy");
    }),
    ("archived report deleted", "H06", |s| {
        s.git(&["rm", "-q", &s.archive()]);
        s.commit("zhang", "space");
    }),
    ("record copied", "H04", |s| {
        let text = s.desk.read(&s.open_path());
        s.desk.write("records/2026/11/R-261123-ZZZZZ.yaml", text);
        s.commit("chen", "copy");
    }),
    ("record renamed", "H06", |s| {
        s.git(&["mv", &s.open_path(), "records/2026/11/R-261123-ZZZZZ.yaml"]);
        s.commit("chen", "rename");
    }),
    ("record planted with its past under an open's message", "H23", |s| {
        let id = "R-261123-ZZZZZ";
        let text = s.desk.read(&s.open_path()).replace(&s.open, id);
        s.desk.write(&s.desk.record_path(id), text);
        let message = s.git(&["log", "-1", "--format=%B", &s.step("open", &s.open)]);
        s.commit("chen", &message.replace(&s.open, id));
    }),
    ("another record's file under its name", "H07", |s| {
        let text = s.desk.read(&s.closed_path());
        s.desk.write(&s.open_path(), text);
        s.amend();
    }),
    ("state skipped", "H12", |s| {
        s.go(&s.step("ack", &s.open));
        s.edit(&s.open_path(), "action: ack", "action: accept");
        let text = s.desk.read(&s.open_path());
        let kept = text
            .lines()
            .filter(|line| !line.starts_with("  told: ") && !line.starts_with("  method: "));
        let kept: String = kept.map(|line| format!("{line}\n")).collect();
        s.desk.write(&s.open_path(), kept);
        s.edit(&s.open_path(), "  reply_by:", "  respond_by:");
        s.reworded_step("ack", "accept");
    }),
    ("earlier event changed under a step", "H09", |s| {
        s.edit(&s.open_path(), "reason: beyond the desk", "reason: no idea");
        s.amend();
    }),
    ("earlier event removed under a step", "H10", |s| {
        s.cut_event(&s.open_path(), "action: route");
        s.amend();
    }),
    ("two events under one step", "H11", |s| {
        s.double_last(&s.open_path());
        s.amend();
    }),
    ("events numbered anew", "H09", |s| {
        s.edit(&s.open_path(), "  n: 2\n", "  n: 3\n");
        s.amend();
    }),
    ("event at a number of its own", "H11", |s| {
        s.edit(&s.open_path(), "  n: 5\n", "  n: 9\n");
        s.amend();
    }),
    ("step without an event", "H11", |s| {
        let parent = s.git(&["show", &format!("HEAD^:{}", s.open_path())]);
        s.desk.write(&s.open_path(), parent);
        s.amend();
    }),
    ("step before the customer came", "H16", |s| {
        s.edit(
            &s.open_path(),
            "  at: 2026-11-23T10:20:00+08:00",
            "  at: 2026-11-23T08:20:00+08:00",
        );
        s.amend();
    }),
    ("step in the future of its entry", "H16", |s| {
        s.edit(
            &s.open_path(),
            "  at: 2026-11-23T10:20:00+08:00",
            "  at: 2026-11-23T12:20:00+08:00",
        );
        s.amend();
    }),
    ("entry moved in time", "H16", |s| {
        s.edit(
            &s.open_path(),
            "recorded_at: 2026-11-23T10:20:00+08:00",
            "recorded_at: 2026-11-23T10:05:00+08:00",
        );
        s.amend();
    }),
    ("commit moved in time", "H16", |s| {
        s.git(&["commit", "-q", "--amend", "--no-edit", "--date=2026-11-23T09:40:00+08:00"]);
    }),
    ("long ago without a reason", "H16", |s| {
        s.go(&s.step("survey", &s.closed));
        s.edit(
            &s.closed_path(),
            "  at: 2026-11-23T10:10:00+08:00",
            "  at: 2026-11-23T10:01:00+08:00",
        );
        s.edit(
            &s.closed_path(),
            "recorded_at: 2026-11-23T10:10:00+08:00",
            "recorded_at: 2026-11-24T18:00:00+08:00",
        );
        s.amend();
    }),
    ("another author in the roster", "H17", |s| {
        s.commit_as(&["--amend", "--no-edit", "--reset-author"], "chen");
    }),
    ("a name of another", "H17", |s| {
        s.git(&["commit", "-q", "--amend", "--no-edit", "--author=Boss <li@example.com>"]);
    }),
    ("event in another's name", "H17", |s| {
        s.edit(
            &s.open_path(),
            "  by: li\n  role: engineer\n  rules: 2\n  note:",
            "  by: wu\n  role: engineer\n  rules: 2\n  note:",
        );
        s.amend();
    }),
    ("a stranger as author", "H01", |s| {
        s.commit_as(&["--amend", "--no-edit", "--reset-author"], "mallory");
    }),
    ("somebody who had left", "H02", |s| {
        s.go("main");
        s.edit(
            "policy/people.yaml",
            "- id: li\n",
            "- id: li\n  active_to: 2026-11-20\n  retired_because: left\n",
        );
        s.commit("zhang", "li left");
        let honest = s.git(&["log", "-1", "--format=%B", &s.tip]);
        let text = s.desk.read(&s.open_path());
        s.desk.write(&s.open_path(), text + "\n");
        s.commit("li", &honest);
    }),
    ("a role that the person has not", "H03", |s| {
        s.edit(
            &s.open_path(),
            "  role: engineer\n  rules: 2\n  note:",
            "  role: team_lead\n  rules: 2\n  note:",
        );
        s.amend();
    }),
    ("another role of the person than the one that permits it", "H03", |s| {
        s.git(&["checkout", "-q", "-f", "-B", "side"]);
        let step = format!("update {} --note 'seen by the lead' --branch side", s.open);
        s.desk.at("10:20").by("zhang").run(&step).succeeds();
        s.edit(
            &s.open_path(),
            "  role: team_lead\n  rules: 2\n  note:",
            "  role: agent\n  rules: 2\n  note:",
        );
        s.reworded_step("as team_lead", "as agent");
    }),
    ("status out of step", "H13", |s| {
        s.edit(&s.open_path(), "  assignee: li", "  assignee: wu");
        s.amend();
    }),
    ("file spelled by hand", "H14", |s| {
        let text = s.desk.read(&s.open_path());
        s.desk.write(&s.open_path(), format!("# mine\n{text}"));
        s.amend();
    }),
    ("state in the trailer wrong", "H15", |s| {
        s.reword("in_progress->in_progress", "routed->in_progress");
    }),
    ("subject wrong", "H15", |s| s.reword(": note", ": first line")),
    ("told by somebody in the trailer alone", "H15", |s| {
        s.reword("Docket-By: li\n", "Docket-By: li\nDocket-Told-By: wu\n");
    }),
    ("trailer missing", "H15", |s| s.reword("Docket-Rules: 2\n", "")),
    ("personal data in the message", "H15", |s| {
        s.reword(": note", ": note for Ms Wang, 13812341234");
    }),
    ("an action that is none", "H04", |s| {
        s.reword("Docket-Action: update", "Docket-Action: polish");
    }),
    ("survey grade raised under its message", "H15", |s| {
        s.go(&s.step("survey", &s.closed));
        s.edit(
            &s.closed_path(),
            "satisfaction: basically_satisfied",
            "satisfaction: very_satisfied",
        );
        s.amend();
    }),
    ("a second record under a step", "H05", |s| {
        s.edit(&s.closed_path(), "switch replaced", "nothing done");
        s.amend();
    }),
    ("policy under a step", "H05", |s| {
        s.edit("policy/people.yaml", "- engineer", "- team_lead");
        s.amend();
    }),
    ("another project's file under a step", "H05", |s| {
        s.desk.write("web/index.html", "<p>\n");
        s.amend();
    }),
    ("another project's file under a change of the roster", "H05", |s| {
        s.edit("policy/people.yaml", "陈静", "Chen Jing");
        s.desk.write("web/index.html", "<p>\n");
        s.commit("zhang", &of_roster("people change chen"));
    }),
    ("a contact under a step that names another", "H05", |s| {
        let contact = s.desk.read(&s.contact());
        let path = s.contact();
        let id = &path[path.len() - 12..path.len() - 5];
        s.desk.write("contacts/Z/Z/C-ZZZZZ.yaml", contact.replace(id, "C-ZZZZZ"));
        s.amend();
    }),
    ("a contact of another customer under a step", "H05", |s| {
        s.edit(&s.contact(), "ACME", "Globex");
        s.amend();
    }),
    ("another report kept by the closing", "H18", |s| {
        s.go(&s.step("close", &s.closed));
        let path = s.archive();
        let text = s.desk.read(&path);
        s.desk.write(&path, text + "all was well\n");
        s.amend();
    }),
    ("no report kept by the closing", "H18", |s| {
        s.go(&s.step("close", &s.closed));
        s.git(&["rm", "-q", &s.archive()]);
        s.amend();
    }),
    ("a report more kept by the closing", "H18", |s| {
        s.go(&s.step("close", &s.closed));
        s.desk.write("archive/2026/11/R-261123-ZZZZZ.AAAAA.md", "# nothing\n");
        s.amend();
    }),
    ("a due time of one's own at the opening", "H19", |s| {
        s.go(&s.step("open", &s.open));
        s.edit(&s.open_path(), "    resolve: 2026-11-2", "    resolve: 2026-12-2");
        s.amend();
    }),
    ("intake changed under a step", "H08", |s| {
        s.edit(&s.open_path(), "reported: nobody can log in", "reported: one cannot log in");
        s.amend();
    }),
    ("a record changed under a look at names", "H05", |s| {
        s.edit(&s.open_path(), "nobody can log in", "all is well");
        s.commit("chen", &look("C-4TZ9M", "chen"));
    }),
    ("another project's file under a look at names", "H05", |s| {
        s.desk.write("web/index.html", "<p>\n");
        s.commit("chen", &look("C-4TZ9M", "chen"));
    }),
    ("a number in what a look at names says", "H15", |s| {
        s.commit("chen", &look("13812341234", "chen"));
    }),
    ("somebody else's look at names", "H15", |s| {
        s.commit("chen", &look("C-4TZ9M", "li"));
    }),
    ("a role granted to oneself", "H20", |s| {
        s.edit("policy/people.yaml", "- agent", "- team_lead");
        s.commit("chen", "roles");
    }),
    ("the roster changed under its message", "H20", |s| {
        s.edit("policy/people.yaml", "- agent", "- team_lead");
        s.commit("chen", "people set chen\n\nDocket-Action: people\nDocket-By: chen\nDocket-At: 2026-11-23T10:20:00+08:00\n");
    }),
    ("a limit changed as if it were the roster", "H05", |s| {
        let text = s.desk.read("policy/levels.yaml");
        s.desk.write("policy/levels.yaml", text.replace("24h", "96h"));
        s.commit("zhang", "people change chen\n\nDocket-Action: people\nDocket-By: zhang\nDocket-At: 2026-11-23T10:20:00+08:00\n");
    }),
    ("a limit changed as if it were the calendar", "H05", |s| {
        let text = s.desk.read("policy/levels.yaml");
        s.desk.write("policy/levels.yaml", text.replace("24h", "96h"));
        s.commit("zhang", "calendar import\n\nDocket-Action: policy\nDocket-By: zhang\nDocket-At: 2026-11-23T10:20:00+08:00\n");
    }),
    ("a change of the roster under words of one's own", "H15", |s| {
        s.edit("policy/people.yaml", "陈静", "Chen Jing");
        s.commit("zhang", "close R-261123-00000\n\nDocket-Action: people\nDocket-By: zhang\nDocket-At: 2026-11-23T10:20:00+08:00\n");
    }),
    ("a remark in the roster beside what a command changes", "H05", |s| {
        s.edit("policy/people.yaml", "陈静", "Chen Jing");
        let text = s.desk.read("policy/people.yaml");
        s.desk.write("policy/people.yaml", text + "# pay Mallory\n");
        s.commit("zhang", "people change chen\n\nDocket-Action: people\nDocket-By: zhang\nDocket-At: 2026-11-23T10:20:00+08:00\n");
    }),
    ("somebody taken off the roster who holds work", "H19", |s| {
        let left = "  active_to: '2026-11-23'\n  retired_because: left\n- id: wu\n";
        s.edit("policy/people.yaml", "- id: wu\n", left);
        s.commit("zhang", &of_roster("people retire li"));
    }),
    ("somebody taken on under a name that no commit can bear", "H19", |s| {
        s.newcomer("eve", "Eve.", "2026-11-23");
    }),
    ("somebody taken on without a role", "H19", |s| {
        s.newcomer("eve", "Eve Li", "2026-11-23");
        s.edit(
            "policy/people.yaml",
            "  - eve@example.com\n  roles:\n  - agent\n",
            "  - eve@example.com\n  roles: []\n",
        );
        s.amend();
    }),
    ("somebody taken on without an address", "H19", |s| {
        s.newcomer("eve", "Eve Li", "2026-11-23");
        s.edit("policy/people.yaml", "  emails:\n  - eve@example.com\n", "  emails: []\n");
        s.amend();
    }),
    ("the last team lead taken off the roster", "H19", |s| {
        let left = "  active_to: '2026-11-23'\n  retired_because: tired\n- id: chen\n";
        s.edit("policy/people.yaml", "- id: chen\n", left);
        s.commit("zhang", &of_roster("people retire zhang"));
    }),
    ("somebody taken off the roster for a time before", "H05", |s| {
        let text = s.desk.read("policy/people.yaml");
        let left = "  active_to: '2026-10-31'\n  retired_because: left\n";
        s.desk.write("policy/people.yaml", text + left);
        s.commit("zhang", &of_roster("people retire wu"));
    }),
    ("somebody put into the roster for a time before", "H05", |s| {
        s.newcomer("sun", "Sun Na", "2026-03-01");
    }),
    ("a name that no command would keep", "H19", |s| {
        s.edit("policy/people.yaml", "name: Wu Gang", "name: \"Wu\\u0007Gang\"");
        s.commit("zhang", &of_roster("people change wu"));
    }),
    ("the last team lead made an agent", "H19", |s| {
        s.edit("policy/people.yaml", "  - team_lead\n", "");
        s.commit("zhang", "people change zhang\n\nDocket-Action: people\nDocket-By: zhang\nDocket-At: 2026-11-23T10:20:00+08:00\n");
    }),
    ("a holiday moved under the message of an import", "H05", |s| {
        s.edit("policy/calendar.yaml", "2026-10-01: ", "2026-10-11: ");
        s.commit("zhang", "calendar import\n\nDocket-Action: policy\nDocket-By: zhang\nDocket-At: 2026-11-23T10:20:00+08:00\n");
    }),
    ("a remark behind the years of an import", "H05", |s| {
        let text = s.desk.read("policy/calendar.yaml");
        let year = "  2027:\n    source: []\n    off:\n      2027-01-01: x\n# pay Mallory\n";
        s.desk.write("policy/calendar.yaml", text + year);
        s.commit("zhang", "calendar import\n\nDocket-Action: policy\nDocket-By: zhang\nDocket-At: 2026-11-23T10:20:00+08:00\n");
    }),
    ("limits made longer by somebody", "H20", |s| {
        let text = s.desk.read("policy/levels.yaml");
        s.desk.write("policy/levels.yaml", text.replace("24h", "96h"));
        s.commit("li", "realistic limits");
    }),
    ("a limit changed under another's name", "H17", |s| {
        let text = s.desk.read("policy/levels.yaml");
        s.desk.write("policy/levels.yaml", text.replace("24h", "96h"));
        s.commit("zhang", "realistic limits");
        s.commit_as(&["--amend", "--no-edit", "--author=李雷 <zhang@example.com>"], "");
    }),
    ("policy that cannot be read", "H07", |s| {
        s.desk.write("policy/levels.yaml", "limits: [\n");
        s.commit("zhang", "broken");
    }),
    ("policy with a key of a newer docket", "H29", |s| {
        s.edit("policy/levels.yaml", "respond:", "respond_by_mail:");
        s.commit("zhang", "newer");
    }),
    ("a second beginning", "H26", |s| {
        s.edit("docket.yaml", "fixed_clock: allowed", "fixed_clock: forbidden");
        s.commit("zhang", "init: a desk with its policy\n\nDocket-Action: init\nDocket-By: zhang\nDocket-At: 2026-11-23T10:20:00+08:00\nDocket-Clock: fixed\n");
    }),
    ("a fixed clock where it is not allowed", "H21", |s| {
        s.go(&format!("{}^", s.tip));
        s.edit("docket.yaml", "fixed_clock: allowed", "fixed_clock: forbidden");
        s.commit("zhang", "no fixed clock");
        s.git(&["cherry-pick", &s.tip]);
    }),
    ("a due time that another policy gives", "H19", |s| {
        s.transplant(
            "policy/levels.yaml",
            "resolve: 24h",
            "resolve: 960h",
            "chen",
            "update OPEN --level urgent --reason 'they said so'",
        );
    }),
    ("a pause that stops the clock for a reason of one's own", "H19", |s| {
        s.transplant(
            "policy/levels.yaml",
            "waiting_supplier",
            "coffee",
            "li",
            "hold OPEN --reason coffee --resume-by 14:00 --evidence 'a cup'",
        );
    }),
    ("work given to somebody who is not in the roster", "H19", |s| {
        s.transplant(
            "policy/people.yaml",
            "id: wu\n",
            "id: ghost\n",
            "chen",
            "route OPEN --to ghost --reason 'he knows it'",
        );
    }),
    ("a colleague for a customer's person in letters that look alike", "H19", |s| {
        s.transplant(
            "policy/people.yaml",
            "name: Wu Gang\n",
            "name: Somebody\n",
            "li",
            "update OPEN --contact 'Wu Gаng (IT)' --note 'told her'",
        );
    }),
    ("a contact changed under the message of a merge of contacts", "H05", |s| {
        s.edit(&s.contact(), "ACME", "Globex");
        s.commit("chen", "contact merge C-00000 into C-11111\n\nDocket-Action: contact\nDocket-By: chen\nDocket-At: 2026-11-23T10:20:00+08:00\nDocket-Clock: fixed\n");
    }),
    ("a step's trailers on a change of the rules", "H15", |s| {
        s.edit("policy/levels.yaml", "24h", "25h");
        s.commit("zhang", "limits\n\ndocket-action : close\nDocket-By: zhang\n");
    }),
    ("trailers of another spelling on an empty commit", "H15", |s| {
        s.commit("chen", "nothing\n\ndocket-action: close\n");
    }),
    ("a record's file that may be run", "H05", |s| {
        s.git(&["update-index", "--chmod=+x", &s.open_path()]);
        s.commit_as(&["--amend", "--no-edit"], "");
    }),
    ("an archived report behind a link", "H04", |s| {
        let path = s.archive();
        std::fs::remove_file(s.desk.path(&path)).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", s.desk.path(&path)).unwrap();
        s.commit("chen", "space");
    }),
    ("a folder of templates changed by a stranger", "H01", |s| {
        s.desk.write("templates/en/kpi.md", "all is well\n");
        s.commit("mallory", "nicer");
    }),
    ("an event named after another time", "H16", |s| {
        let text = s.desk.read(&s.open_path());
        let (_, last) = text.rsplit_once("- id: ").unwrap();
        let id = last[..26].to_owned();
        let other = format!("01AAAAAAAA{}", &id[10..]);
        s.edit(&s.open_path(), &id, &other);
        s.reworded_step(&id, &other);
    }),
    ("a commit of the day after tomorrow", "H16", |s| {
        s.commit("zhang", "an empty one");
        s.edit("policy/levels.yaml", "24h", "25h");
        s.git(&["add", "-A"]);
        let mut git = s.desk.at("10:30").shell("git");
        git.args(["commit", "-q", "-m", "limits"]);
        for name in ["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"] {
            git.env(name, "2026-11-25T10:00:00+08:00");
        }
        git.env("GIT_AUTHOR_NAME", "zhang").env("GIT_AUTHOR_EMAIL", "zhang@example.com");
        assert!(git.output().unwrap().status.success());
    }),
    ("a merge by a stranger", "H01", |s| {
        s.git(&["checkout", "-q", "-f", "-B", "side", "HEAD~1"]);
        s.desk.at("10:30").by("chen").run(&format!("{REQUEST} --branch side")).succeeds();
        s.go(&s.tip);
        s.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    }),
    ("a merge that claims a step", "H15", |s| {
        s.git(&["checkout", "-q", "-f", "-B", "side"]);
        s.desk.at("10:30").by("chen").run(&format!("{REQUEST} --branch side")).succeeds();
        s.go(&s.tip);
        s.git_as(
            "zhang",
            &["merge", "-q", "--no-ff", "-m", "merge\n\nDocket-Action: close", "side"],
        );
    }),
    ("rules that were merged by who may not change them", "H20", |s| {
        s.edit("policy/levels.yaml", "24h", "25h");
        s.commit("zhang", "limits");
        let one = s.desk.head();
        s.go(&s.tip);
        s.edit("policy/levels.yaml", "24h", "26h");
        s.commit("zhang", "limits");
        let two = s.desk.head();
        s.go(&one);
        let mut git = s.desk.at("10:30").shell("git");
        git.args(["merge", "-q", "-s", "ours", "-m", "merge", &two]);
        git.env("GIT_AUTHOR_NAME", "chen").env("GIT_AUTHOR_EMAIL", "chen@example.com");
        assert!(git.output().unwrap().status.success());
    }),
    ("a commit made anew", "H32", |s| {
        s.git(&["commit", "-q", "--amend", "--no-edit"]);
    }),
];

/// The message of a change of the roster by zhang.
fn of_roster(subject: &str) -> String {
    format!(
        "{subject}\n\nDocket-Action: people\nDocket-By: zhang\nDocket-At: 2026-11-23T10:20:00+08:00\n"
    )
}

impl Story {
    /// Makes the last commit anew as a step of another name.
    fn reworded_step(&self, from: &str, to: &str) {
        self.git(&["add", "-A"]);
        let message = self.git(&["log", "-1", "--format=%B"]).replace(from, to);
        self.commit_as(&["--amend", "-m", &message], "");
    }

    /// Runs git as somebody of the team.
    fn git_as(&self, who: &str, words: &[&str]) {
        let mut git = self.desk.at("10:30").shell("git");
        git.args(words);
        git.env("GIT_AUTHOR_NAME", who).env("GIT_AUTHOR_EMAIL", format!("{who}@example.com"));
        let done = git.output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }

    /// Lets docket make a step under other rules, and puts it on top of the honest history as if
    /// its own rules had given it.
    fn transplant(&self, rules: &str, from: &str, to: &str, who: &str, line: &str) {
        let line = line.replace("OPEN", &self.open);
        self.transplant_to(&self.tip, rules, (from, to), (who, &line));
    }

    /// As [`Self::transplant`], on top of another commit.
    fn transplant_to(
        &self,
        tip: &str,
        rules: &str,
        change: (&str, &str),
        (who, line): (&str, &str),
    ) {
        self.git(&["checkout", "-q", "-f", "-B", "side", &self.tip]);
        self.edit(rules, change.0, change.1);
        self.commit("zhang", "other rules");
        self.desk.at("10:30").by(who).run(&format!("{line} --branch side")).succeeds();
        let message = self.git(&["log", "-1", "--format=%B"]);
        let date = self.git(&["log", "-1", "--format=%aI"]);
        let name = self.git(&["log", "-1", "--format=%an"]);
        let made = self.git(&["diff", "--name-only", "HEAD~1", "HEAD"]);
        self.git(&["checkout", "-q", "-f", "--detach", tip]);
        for path in made.lines() {
            self.git(&["checkout", "-q", "side", "--", path]);
        }
        let mut git = self.desk.at("10:30").shell("git");
        git.args(["commit", "-q", "--cleanup=verbatim", "-m", message.trim()]);
        git.env("GIT_AUTHOR_DATE", date.trim()).env("GIT_COMMITTER_DATE", date.trim());
        git.env("GIT_AUTHOR_NAME", name.trim());
        git.env("GIT_AUTHOR_EMAIL", format!("{who}@example.com"));
        assert!(git.output().unwrap().status.success());
    }

    /// Puts the beginning of the desk on top of a commit of another project that has this file.
    fn begin_over(&self, path: &str) {
        let start = self.desk.head();
        self.git(&["rm", "-q", "-r", "."]);
        self.desk.write(path, "theirs\n");
        self.git(&["add", "-A"]);
        self.commit_as(&["--amend", "-m", "another project"], "zhang");
        self.git(&["checkout", "-q", &start, "--", "."]);
        self.git(&["commit", "-q", "-C", &start]);
    }

    /// Takes somebody on under the message of the command.
    fn newcomer(&self, id: &str, name: &str, from: &str) {
        let entry = format!(
            "- id: {id}\n  name: {name}\n  emails:\n  - {id}@example.com\n  roles:\n  - agent\n  \
             active_from: '{from}'\n"
        );
        self.desk.write("policy/people.yaml", self.desk.read("policy/people.yaml") + &entry);
        self.commit("zhang", &of_roster(&format!("people add {id}")));
    }

    /// Takes the event with this line out of a file.
    fn cut_event(&self, path: &str, line: &str) {
        let text = self.desk.read(path);
        let (head, history) = text.split_once("history:\n").unwrap();
        let events: Vec<&str> = history.split("- id: ").skip(1).collect();
        let kept = events.iter().filter(|event| !event.contains(line));
        let kept: String = kept.map(|event| format!("- id: {event}")).collect();
        self.desk.write(path, format!("{head}history:\n{kept}"));
    }

    /// Writes the last event of a file twice, the second time with another id and number.
    fn double_last(&self, path: &str) {
        let text = self.desk.read(path);
        let (_, last) = text.rsplit_once("- id: ").unwrap();
        let (id, rest) = last.split_at(26);
        let other = format!("{}Z{}", &id[..24], &id[25..]);
        let again = format!("- id: {other}{}", rest.replacen("n: 5", "n: 6", 1));
        self.desk.write(path, text.clone() + &again);
    }
}

#[test]
fn every_tampering_is_found_at_its_commit() {
    let story = Story::new();
    assert!(DEEDS.len() >= 40);
    let mut missed = Vec::new();
    for (what, code, deed) in DEEDS {
        story.go(&story.tip);
        deed(&story);
        let head = story.desk.head();
        let found = story.found("HEAD");
        let there = found.iter().any(|(found, commit)| found == code && *commit == head);
        let elsewhere = found.iter().any(|(_, commit)| *commit != head);
        if !there || elsewhere {
            missed.push(format!("{what}: wanted {code} at {head}, found {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn questions_that_changed_under_their_version_are_found_where_they_are_sent() {
    let mut story = Story::new();
    let first = story.desk.fault_in("closed");
    let other = story.desk.fault_in("closed");
    story.tip = story.desk.head();
    let send = |id: &str| format!("survey send {id}");
    story.desk.at("10:25").by("chen").run(&send(&first)).succeeds();
    story.edit("policy/survey.yaml", "fast enough", "quick enough");
    story.commit("zhang", "a better word");
    assert_eq!(story.found("HEAD"), []);
    let head = story.desk.head();
    story
        .desk
        .at("10:30")
        .by("chen")
        .run(&send(&other))
        .refuses("the questions in policy/survey.yaml differ");

    story.go(&story.tip);
    story.git(&["branch", "-q", "-f", "main", &story.tip]);
    let change = ("fast enough", "quick enough");
    story.transplant_to(&head, "policy/survey.yaml", change, ("chen", &send(&other)));
    let forged = story.desk.head();
    assert_eq!(story.found("HEAD"), [("H19".to_owned(), forged)]);
}

#[test]
fn who_holds_work_in_records_that_cannot_be_listed_does_not_leave_unseen() {
    let s = Story::new();
    s.desk.write(&format!("records/{}/x", ["d"; 140].join("/")), "deep\n");
    s.commit("zhang", "deep");
    let left = "  active_to: '2026-11-23'\n  retired_because: left\n- id: wu\n";
    s.edit("policy/people.yaml", "- id: wu\n", left);
    s.commit("zhang", &of_roster("people retire li"));
    let head = s.desk.head();
    let found = s.found("HEAD");
    assert!(found.contains(&("H07".to_owned(), head)), "{found:?}");
}

#[test]
fn an_honest_history_has_no_errors() {
    let story = Story::new();
    assert_eq!(story.found("HEAD"), []);
    story.desk.at("10:40").by("chen").run(REQUEST).succeeds();
    assert_eq!(story.found("HEAD"), []);
}

#[test]
fn every_state_of_the_procedure_is_reached_honestly() {
    let states =
        ["open", "acknowledged", "routed", "pending", "resolved", "cancelled", "merged", "closed"];
    let desk = Desk::new();
    for state in states {
        desk.fault_in(state);
    }
    desk.is_honest();
}

#[test]
fn a_merge_with_a_smuggled_change_is_found_and_an_honest_one_is_not() {
    let story = Story::new();
    let honest = |branch: &str, time: &str, who: &str, line: &str| {
        story.git(&["checkout", "-q", "-f", "-B", branch, &story.tip]);
        let line = format!("{line} --branch {branch}");
        story.desk.at(time).by(who).run(&line).succeeds();
    };
    honest("one", "10:30", "li", &format!("update {} --note 'found it'", story.open));
    honest("two", "10:31", "chen", &REQUEST.replace("Globex", "Initech"));
    story.git(&["checkout", "-q", "-f", "--detach", "one"]);
    story.git_as("chen", &["merge", "-q", "--no-ff", "-m", "merge", "two"]);
    assert_eq!(story.found("HEAD"), []);

    story.edit(&story.closed_path(), "switch replaced", "nothing done");
    story.git(&["commit", "-q", "-a", "--amend", "--no-edit"]);
    let head = story.desk.head();
    assert_eq!(story.found("HEAD"), [("H22".to_owned(), head)]);
}

#[test]
fn another_desk_cannot_be_merged_over_this_one() {
    let s = Story::new();
    s.git(&["checkout", "-q", "-f", "--orphan", "other"]);
    s.edit("policy/people.yaml", "- agent", "- team_lead");
    s.git(&["add", "-A"]);
    s.git_as("zhang", &["commit", "-q", "-m", "init: a desk with its policy"]);
    let other = s.desk.head();
    s.go(&s.tip);
    let merge = ["merge", "-q", "--allow-unrelated-histories", "-X", "theirs", "-m", "merge"];
    s.git_as("zhang", &[&merge[..], &[&other]].concat());
    let found = s.found("HEAD");
    assert!(found.contains(&("H26".to_owned(), other)), "{found:?}");
    assert!(found.contains(&("H22".to_owned(), s.desk.head())), "{found:?}");
}

#[test]
fn a_clock_is_not_fixed_on_a_desk_that_began_with_forbidding_it() {
    let s = Story::new();
    let root = s.git(&["rev-list", "--max-parents=0", "HEAD"]);
    s.go(root.trim());
    s.edit("docket.yaml", "fixed_clock: allowed", "fixed_clock: forbidden");
    s.git(&["commit", "-q", "-a", "--amend", "--no-edit"]);
    s.edit("docket.yaml", "fixed_clock: forbidden", "fixed_clock: allowed");
    s.commit("zhang", "for tests");
    s.git(&["checkout", "-q", "-f", "-B", "side"]);
    s.desk.at("10:30").by("zhang").run(&format!("{REQUEST} --branch side")).succeeds();
    let found = s.found("HEAD");
    assert!(found.contains(&("H21".to_owned(), s.desk.head())), "{found:?}");
}

/// What docket would not have written at the beginning of a desk, and the code that is found.
type Start = (&'static str, &'static str, fn(&Story));

const STARTS: &[Start] = &[
    ("a founder who comes later", "H26", |s| {
        let people = s.desk.read("policy/people.yaml");
        let (head, founder) = people.rsplit_once("active_from: ").unwrap();
        let later = founder.replacen("2026-11-23", "2026-11-30", 1);
        s.desk.write("policy/people.yaml", format!("{head}active_from: {later}"));
    }),
    ("two founders", "H26", |s| {
        let people = s.desk.read("policy/people.yaml");
        let (_, founder) = people.rsplit_once("- id: ").unwrap();
        let other = founder.replace("zhang", "mallory");
        s.desk.write("policy/people.yaml", format!("{people}- id: {other}"));
    }),
    ("a founder with another address", "H26", |s| {
        s.edit("policy/people.yaml", "  roles:\n", "  - boss@example.com\n  roles:\n");
    }),
    ("a founder with a role more", "H26", |s| {
        s.edit("policy/people.yaml", "  - team_lead\n", "  - team_lead\n  - leader\n");
    }),
    ("a founder whose key was there before them", "H26", |s| {
        let key = format!("  keys:\n  - openpgp:{}\n  unit: desk\n", "A".repeat(40));
        s.edit("policy/people.yaml", "  unit: desk\n", &key);
    }),
    ("no lines by which git keeps what docket writes", "H26", |s| {
        s.desk.write(".gitattributes", "/records/** -text\n");
    }),
    ("a link among the rules", "H05", |s| {
        std::fs::remove_file(s.desk.path("policy/kpi.yaml")).unwrap();
        std::os::unix::fs::symlink("levels.yaml", s.desk.path("policy/kpi.yaml")).unwrap();
    }),
    ("rules that may be run", "H05", |s| {
        s.git(&["update-index", "--chmod=+x", "policy/kpi.yaml"]);
        s.git(&["checkout", "-q", "--", "policy/kpi.yaml"]);
    }),
    ("a file more", "H05", |s| s.desk.write("policy/notes.yaml", "all: well\n")),
    ("a template", "H05", |s| s.desk.write("templates/en/kpi.md", "all is well\n")),
    ("another project's template", "H26", |s| s.begin_over("templates/en/request.md")),
    ("another project's roster", "H26", |s| s.begin_over("policy/people.yaml")),
];

#[test]
fn a_desk_begins_as_init_makes_it_and_not_otherwise() {
    let s = Story::new();
    let start = s.git(&["rev-list", "--max-parents=0", "HEAD"]).trim().to_owned();
    let blamed = || {
        let head = s.desk.head();
        let found = s.found("HEAD");
        assert!(found.iter().all(|(_, commit)| *commit == head), "{found:?}");
        found.into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    s.go(&start);
    assert_eq!(blamed(), [""; 0]);
    for (what, code, deed) in STARTS {
        s.go(&start);
        deed(&s);
        s.amend();
        assert!(blamed().contains(&(*code).to_owned()), "{what}: {:?}", blamed());
    }
    s.go(&start);
    s.reword("init: a desk with its policy", "all is well since 2020");
    assert_eq!(blamed(), ["H15"]);
    s.go(&start);
    let mut git = s.desk.at("10:30").shell("git");
    git.args(["commit", "-q", "--amend", "--no-edit", "--date=2031-01-01T08:00:00+08:00"]);
    git.env("GIT_COMMITTER_DATE", "2031-01-01T08:00:00+08:00");
    assert!(git.output().unwrap().status.success());
    assert!(blamed().contains(&"H16".to_owned()), "{:?}", blamed());
}

#[test]
fn a_change_of_the_zone_leaves_what_was_written_before_it_true() {
    let s = Story::new();
    s.edit("docket.yaml", "timezone: Asia/Shanghai", "timezone: Europe/Berlin");
    s.commit("zhang", "we moved");
    s.git(&["checkout", "-q", "-f", "-B", "main"]);
    s.desk.at("10:40").by("chen").run(REQUEST).succeeds();
    assert_eq!(s.found("HEAD"), []);
}

#[test]
fn rules_that_cannot_be_read_are_found_where_they_broke_until_they_are_mended() {
    let s = Story::new();
    let text = s.desk.read("policy/levels.yaml");
    s.desk.write("policy/levels.yaml", "limits: [\n");
    s.commit("zhang", "broken");
    let broken = s.desk.head();
    assert_eq!(s.found("HEAD"), [("H07".to_owned(), broken.clone())]);
    s.desk.write("policy/levels.yaml", text);
    s.commit("zhang", "repaired");
    assert_eq!(s.found("HEAD"), [], "a note is left");
    assert_eq!(s.found(&broken), [("H07".to_owned(), broken.clone())]);
}

#[test]
fn a_date_that_runs_backwards_hides_nothing_from_an_audit_since_a_time() {
    let s = Story::new();
    s.edit(&s.open_path(), "state: in_progress", "state: resolved");
    s.commit("chen", "tidy");
    let forged = s.desk.head();
    s.desk.write("README", "old\n");
    s.git(&["add", "-A"]);
    let mut git = s.desk.at("10:30").shell("git");
    git.args(["commit", "-q", "-m", "readme"]);
    git.env("GIT_COMMITTER_DATE", "2020-01-01T00:00:00Z");
    assert!(git.output().unwrap().status.success());
    let found = s.found("--since 2026-11-23T10:15:00+08:00");
    assert!(found.contains(&("H04".to_owned(), forged)), "{found:?}");
}

#[test]
fn a_history_that_was_pushed_over_is_found_by_the_noted_head() {
    let story = Story::new();
    let desk = &story.desk;
    let noted = desk.home().join("head");
    let with = |flag: &str| {
        let noted = noted.display().to_string();
        ["audit", "--fail-on", "error", flag, &noted].map(str::to_owned)
    };
    let audit = |flag: &str| {
        let words = with(flag);
        desk.at("11:00").run(words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    audit("--record-head").succeeds();
    desk.at("10:40").by("chen").run(REQUEST).succeeds();
    audit("--expect-head").succeeds();
    story.git(&["reset", "-q", "--hard", "HEAD~3"]);
    let ran = audit("--expect-head");
    assert_eq!(ran.status(), Some(1), "{ran}");
    assert!(ran.out().contains("H24"), "{ran}");
}

#[test]
fn author_and_committer_in_one_make_a_clean_audit() {
    let desk = Desk::new();
    let honest = |words: &str| {
        let run = desk.at("10:00").by("chen");
        let own = run.env("GIT_COMMITTER_EMAIL", "chen@example.com");
        own.env("GIT_COMMITTER_NAME", "陈静").run(words).succeeds();
    };
    let since = desk.head();
    honest(REQUEST);
    let audit = format!("audit {since}.. --fail-on warning --json");
    let told = desk.at("11:00").run(&audit).json();
    assert_eq!((&told["errors"], &told["warnings"]), (&0.into(), &0.into()), "{told}");
    assert_eq!(told["commits"], 1);
}

#[test]
fn an_assessors_sample_is_drawn_by_the_published_rule_with_a_check_list_of_each() {
    let desk = Desk::new();
    let ids: Vec<String> = (0..5).map(|_| desk.fault_in("closed")).collect();
    desk.fault_in("resolved");
    let sample = "audit --sample 3 --seed 2026-Q4 --month 2026-11";
    let told = desk.at("2026-12-02 09:00").run(&format!("{sample} --json")).json();
    let drawn = told["drawn"].as_array().unwrap();
    let drawn: Vec<&str> = drawn.iter().map(|record| record["id"].as_str().unwrap()).collect();

    let number = |id: &String| {
        let hash = Sha1::digest(format!("{id} 2026-Q4").as_bytes());
        hash[..4].iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
    };
    let mut due = ids.clone();
    due.sort_by_key(number);
    due.truncate(3);
    due.sort();
    assert_eq!(drawn, due);

    let looks = told["drawn"][0]["looks"].as_array().unwrap();
    let of = |name: &str| {
        let look = looks.iter().find(|look| look["look"] == name).unwrap();
        (look["fact"].as_str().unwrap().to_owned(), look["holds"].clone())
    };
    assert_eq!(of("classified"), ("fault network".to_owned(), Value::Bool(true)));
    assert_eq!(of("solved in time").1, true);
    let (callback, by_another) = of("called back by another");
    assert!(callback.starts_with("chen ") && by_another == true, "{callback}");
    assert_eq!(told["drawn"][0]["commits"], 7);
    let text = desk.at("2026-12-02 09:00").run(sample).out();
    assert!(text.contains(&format!("## {}", due[0])) && text.contains("☐"), "{text}");
    let zh = desk.at("2026-12-02 09:00").run(&format!("{sample} --lang zh-CN")).out();
    assert!(zh.contains("# 2026 年 11 月审核抽样") && zh.contains("回访人非处理人"), "{zh}");
    desk.at("09:00").run("audit --sample 3").usage("--seed");
}
