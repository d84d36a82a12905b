//! How docket fares beside plain git on the same repository: `cargo bench --bench desk -- 1000 10000`
//!
//! Every figure is the median of ratios, each of two commands run one right after the other, so that a
//! busy machine meets both alike. docket is built as for a release, by the `dist` profile. `ROUNDS=21`
//! may be set. Desks are made once and kept in Cargo's folder for temporary files.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a table is printed, the surroundings say how often, and time is what is measured"
)]

mod generate;
mod people;

use std::{
    cell::Cell,
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

/// Rounds of what takes seconds.
const AUDITS: usize = 3;

/// One row of the table.
struct Row {
    what: &'static str,
    goal: f64,
    ratio: f64,
    /// What the two took, in milliseconds.
    took: (f64, f64),
}

/// A desk that is measured.
struct Desk {
    dir: PathBuf,
    docket: PathBuf,
    rounds: usize,
}

fn main() {
    let sizes: Vec<u32> = env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    let rounds = env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(21);
    let docket = PathBuf::from(env!("CARGO_BIN_EXE_docket"));
    let mut all: Vec<(u32, Vec<Row>)> = Vec::new();
    for records in sizes {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("desk-{records}"));
        generate::desk(&docket, &dir, records);
        let desk = Desk { dir, docket: docket.clone(), rounds };
        let rows = desk.measured();
        println!("\n{records} records\n");
        println!("| what | ratio | goal | docket | git |\n|---|---|---|---|---|");
        for Row { what, goal, ratio, took } in &rows {
            let met = if ratio <= goal { "" } else { " ✗" };
            println!("| {what} | {ratio:.2}{met} | {goal} | {:.1} ms | {:.1} ms |", took.0, took.1);
        }
        all.push((records, rows));
    }
    if let (Some((small, few)), Some((large, many))) = (all.first(), all.last())
        && small < large
    {
        println!("\n{large} beside {small} records\n\n| what | growth |\n|---|---|");
        for (few, many) in few.iter().zip(many) {
            println!("| {} | {:.2} |", few.what, many.took.0 / few.took.0);
        }
    }
}

impl Desk {
    fn measured(&self) -> Vec<Row> {
        let whole = self.say("rev-parse HEAD");
        let blobs = self.blobs();
        let record = self.one("list --quiet --limit 1");
        let path = self.path_of(&record);
        let tail = record.rsplit('-').next().expect("a tail").to_owned();
        Self::run(self.docket("list"));
        let cache = self.dir.join("desk/.git/docket");
        let drop_cache = || {
            for name in ["cache", "cache.stamp"] {
                let _ = fs::remove_file(cache.join(name));
            }
        };
        let nothing = || {};
        let file = self.dir.join("desk").join(&path);
        let edit = || {
            let text = fs::read_to_string(&file).expect("a record");
            fs::write(&file, text + "# one more\n").expect("a record");
        };
        let mut rows = vec![
            self.row(
                "list (first 50 unfinished) ÷ git rev-parse HEAD",
                3.0,
                &nothing,
                &|| self.docket("list"),
                &|| self.git("rev-parse HEAD"),
            ),
            self.row(
                "the board ÷ git rev-parse HEAD",
                5.0,
                &nothing,
                &|| self.docket(""),
                &|| self.git("rev-parse HEAD"),
            ),
            self.row(
                "show by tail ÷ git show HEAD:path",
                1.5,
                &nothing,
                &|| self.docket(&format!("show {tail}")),
                &|| self.git(&format!("show HEAD:{path}")),
            ),
            self.row(
                "search of a word ÷ git grep of it",
                0.1,
                &nothing,
                &|| self.docket("search roller"),
                &|| self.git("grep -l roller HEAD -- records"),
            ),
            self.row(
                "search of two Chinese characters ÷ git grep",
                0.1,
                &nothing,
                &|| self.docket("search 卡纸"),
                &|| self.git("grep -l 卡纸 HEAD -- records"),
            ),
            self.row(
                "report kpi --month ÷ git status",
                1.0,
                &nothing,
                &|| self.docket("report kpi --month 2026-11"),
                &|| self.git("status --porcelain"),
            ),
            self.row(
                "first build of the cache ÷ git cat-file --batch",
                6.0,
                &drop_cache,
                &|| self.docket("list"),
                &|| self.cat_file(&blobs),
            ),
        ];
        Self::run(self.docket("list"));
        rows.extend(self.lookups());
        rows.push(self.audit());
        rows.push(self.refresh());
        rows.push(self.row(
            "verb ÷ (git add + git commit)",
            0.7,
            &nothing,
            &|| self.docket(&format!("update {tail} --note x --quiet")),
            &|| self.commit(&edit, &path, ""),
        ));
        rows.push(self.row(
            "verb ÷ the same with core.fsync=all",
            0.4,
            &nothing,
            &|| self.docket(&format!("update {tail} --note x --quiet")),
            &|| self.commit(&edit, &path, "-c core.fsync=all"),
        ));
        rows.extend(self.openings());
        rows.push(self.sync());
        // the next run finds the desk as this one did
        Self::run(self.git(&format!("reset -q --hard {}", whole.trim())));
        rows
    }

    /// Somebody known by a number, and the page of a customer by an alias.
    fn lookups(&self) -> [Row; 2] {
        [
            ("contact show by a number ÷ git rev-parse HEAD", "contact show 13900000001"),
            ("customer show by an alias ÷ git rev-parse HEAD", "customer show Alias-0"),
        ]
        .map(|(what, line)| {
            self.row(what, 10.0, &|| {}, &|| self.docket(line), &|| self.git("rev-parse HEAD"))
        })
    }

    /// Records of somebody known, told by a number or by their customer's alias and their name, beside those
    /// of a contact's id.
    fn openings(&self) -> [Row; 2] {
        let nothing = || {};
        let caller = self.one("contact show 13900000001 --quiet");
        let by_id = || self.opening(&["--caller", &caller]);
        [
            self.row(
                "open by a number ÷ open by a contact id",
                1.1,
                &nothing,
                &|| self.opening(&["--caller", "+86 139 0000 0001"]),
                &by_id,
            ),
            self.row(
                "open by alias and name ÷ open by a contact id",
                1.1,
                &nothing,
                &|| self.opening(&["--customer", "Alias-0", "--name", "Person 1"]),
                &by_id,
            ),
        ]
    }

    fn opening(&self, whose: &[&str]) -> Command {
        let mut open = self.docket(
            "open request Lamp --channel hotline --reported lamp --need light --category supply \
             --expected-by none --quiet",
        );
        open.args(whose);
        open
    }

    /// The whole history; a few rounds say enough of what takes seconds.
    fn audit(&self) -> Row {
        let desk = Self { dir: self.dir.clone(), docket: self.docket.clone(), rounds: AUDITS };
        let nothing = || {};
        desk.row("audit ÷ git log --raw -p", 1.3, &nothing, &|| self.docket("audit"), &|| {
            self.git("log --raw -p")
        })
    }

    /// After a pull of a thousand changed records, or of a tenth of a small desk.
    fn refresh(&self) -> Row {
        let home = self.dir.join("desk/.git/docket");
        let kept = self.dir.join("kept");
        fs::create_dir_all(&kept).expect("a folder");
        let copy = |from: &Path, to: &Path| {
            for name in ["cache", "cache.stamp"] {
                fs::copy(from.join(name), to.join(name)).expect("the cache");
            }
        };
        // a copy has another number, so it is noted by being refreshed once from nothing
        copy(&home, &kept);
        let before = self.say("rev-parse HEAD");
        let listed = self.say("ls-tree -r --name-only HEAD records");
        let names: Vec<&str> = listed.lines().collect();
        let some = names.iter().step_by((names.len() / 1_000).max(1)).take(1_000);
        for name in some {
            let path = self.dir.join("desk").join(name);
            let text = fs::read_to_string(&path).expect("a record");
            fs::write(path, text.replace("work again by noon", "work again by ten"))
                .expect("a record");
        }
        Self::run(self.git("commit -q -a -m changed"));
        let after = self.say("rev-parse HEAD");
        let back = || {
            Self::run(self.git(&format!("update-ref refs/heads/main {}", before.trim())));
            Self::run(self.docket("list"));
            Self::run(self.git(&format!("update-ref refs/heads/main {}", after.trim())));
        };
        let range = format!("diff --stat {} {}", before.trim(), after.trim());
        let row = self.row(
            "refresh after 1,000 changed records ÷ git diff --stat",
            2.0,
            &back,
            &|| self.docket("list"),
            &|| self.git(&range),
        );
        Self::run(self.git(&format!("reset -q --hard {}", before.trim())));
        // what follows finds the cache as a desk at work has it
        Self::run(self.docket("list"));
        row
    }

    /// After a record with somebody new, from one clone to the other.
    fn sync(&self) -> Row {
        const PEOPLE: &str = "refs/docket/people";
        let known = self.say(&format!("rev-parse {PEOPLE}"));
        for name in ["hub.git", "other", "plain.git", "plain"] {
            let _ = fs::remove_dir_all(self.dir.join(name));
        }
        let _ = self.git("remote remove origin").status();
        for line in [
            "init -q --bare -b main ../hub.git",
            "init -q --bare ../plain.git",
            "init -q ../plain",
            "remote add origin ../hub.git",
        ] {
            Self::run(self.git(line));
        }
        let both = format!("main +{PEOPLE}:{PEOPLE}");
        let exchange = format!(
            "git push -q ../plain.git {both} && cd ../plain && git fetch -q ../plain.git {both}"
        );
        Self::run(self.docket("sync"));
        Self::run(self.git("clone -q ../hub.git ../other"));
        let sync = format!("{0} sync && cd ../other && {0} sync", self.docket.display());
        Self::run(self.shell(&sync));
        Self::run(self.shell(&exchange));
        let nth = Cell::new(0);
        let open = || {
            nth.set(nth.get() + 1);
            Self::run(self.docket(&format!(
                "open request Lamp --channel hotline --customer ACME --name New{} --reported lamp \
                 --need light --category supply --expected-by none",
                nth.get()
            )));
        };
        let row = self.row(
            "sync of two clones ÷ git push and fetch of branch and people",
            2.0,
            &open,
            &|| self.shell(&sync),
            &|| self.shell(&exchange),
        );
        Self::run(self.git("remote remove origin"));
        Self::run(self.git(&format!("update-ref {PEOPLE} {}", known.trim())));
        row
    }

    /// Two commands in turns; `before` sets the stage for the first one.
    fn row(
        &self,
        what: &'static str,
        goal: f64,
        before: &dyn Fn(),
        ours: &dyn Fn() -> Command,
        theirs: &dyn Fn() -> Command,
    ) -> Row {
        let mut ratios = Vec::new();
        let mut took = (Vec::new(), Vec::new());
        for round in 0..=self.rounds {
            before();
            let (one, other) = (timed(ours()), timed(theirs()));
            // the first one warms up
            if round > 0 {
                ratios.push(one / other);
                took.0.push(one);
                took.1.push(other);
            }
        }
        let took = (median(&mut took.0), median(&mut took.1));
        Row { what, goal, ratio: median(&mut ratios), took }
    }

    fn docket(&self, line: &str) -> Command {
        let mut docket = Command::new(&self.docket);
        generate::as_nobody(&mut docket, &self.dir);
        docket.current_dir(self.dir.join("desk")).env("DOCKET_NOW", generate::NOW);
        docket.args(line.split_whitespace());
        docket
    }

    fn git(&self, line: &str) -> Command {
        let mut git = generate::git(&self.dir);
        git.args(line.split_whitespace());
        git
    }

    fn cat_file(&self, blobs: &Path) -> Command {
        let mut git = self.git("cat-file --batch");
        git.stdin(fs::File::open(blobs).expect("names"));
        git
    }

    /// `git add` and `git commit` as one command of the shell.
    fn commit(&self, edit: &dyn Fn(), path: &str, with: &str) -> Command {
        edit();
        self.shell(&format!("git {with} add {path} && git {with} commit -q -m x"))
    }

    /// Several commands as one.
    fn shell(&self, line: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.current_dir(self.dir.join("desk")).env("DOCKET_NOW", generate::NOW);
        generate::as_nobody(&mut shell, &self.dir);
        shell.arg("-c").arg(line);
        shell
    }

    /// The names of the blobs of all records, one a line, in a file.
    fn blobs(&self) -> PathBuf {
        let listed = self.say("ls-tree -r HEAD records");
        let names: String = listed
            .lines()
            .filter_map(|line| Some(format!("{}\n", line.split_whitespace().nth(2)?)))
            .collect();
        let path = self.dir.join("blobs");
        fs::write(&path, names).expect("names");
        path
    }

    fn path_of(&self, record: &str) -> String {
        let listed = self.say("ls-tree -r --name-only HEAD records");
        let found = listed.lines().find(|path| path.contains(record));
        found.expect("the record's file").to_owned()
    }

    fn one(&self, line: &str) -> String {
        let output = self.docket(line).output().expect("docket");
        String::from_utf8_lossy(&output.stdout).lines().next().expect("an id").to_owned()
    }

    fn say(&self, line: &str) -> String {
        String::from_utf8(self.git(line).output().expect("git").stdout).expect("text")
    }

    fn run(mut command: Command) {
        let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(done.is_ok_and(|status| status.success()), "{command:?}");
    }
}

/// Milliseconds of one run, as a whole process.
fn timed(mut command: Command) -> f64 {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    // what the other one left to be written is not this one's to wait for
    let flushed = Command::new("sync").status();
    assert!(flushed.is_ok_and(|status| status.success()), "sync");
    let started = Instant::now();
    let done = command.status().expect("a program");
    let took = started.elapsed().as_secs_f64() * 1_000.0;
    assert!(done.success(), "{command:?}");
    took
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
