//! How many instructions the hot paths take, counted by callgrind: `benches/counts.sh`
//!
//! A count is the same however busy the machine is, so that a change of a few in a hundred shows.
//! Each is a whole process of the program as built for a release (`--profile dist`), on the generated
//! desk of a thousand records.

use std::{fs, process};

use gungraun::{
    BinaryBenchmarkConfig, Callgrind, Command, binary_benchmark, binary_benchmark_group, main,
};

const TMP: &str = env!("CARGO_TARGET_TMPDIR");
/// The evening up to which the desk has worked, as in `benches/desk/generate.rs`.
const NOW: &str = "2026-11-27T17:00:00+08:00";

fn place() -> String {
    format!("{TMP}/desk-1000")
}

/// Git at the desk.
fn git(line: &str) -> String {
    let mut git = process::Command::new("git");
    git.current_dir(place() + "/desk").env("HOME", place()).env("GIT_CONFIG_NOSYSTEM", "1");
    let output = git.args(line.split_whitespace()).output().expect("git");
    assert!(output.status.success(), "git {line}");
    String::from_utf8(output.stdout).expect("text")
}

/// The id of the newest record.
fn newest() -> String {
    let listed = git("ls-tree -r --name-only HEAD records");
    let path = listed.lines().last().expect("a record");
    path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")).expect("an id").to_owned()
}

fn docket(line: &str) -> Command {
    let id = newest();
    let tail = id.rsplit('-').next().expect("a tail");
    let line = line.replace("ID", &id).replace("TAIL", tail);
    let mut docket = Command::new(format!("{TMP}/../dist/docket"));
    docket.args(line.split_whitespace()).current_dir(place() + "/desk");
    docket.env("HOME", place()).env("GIT_CONFIG_NOSYSTEM", "1").env("LC_ALL", "C.UTF-8");
    docket.env("PATH", std::env::var("PATH").unwrap_or_default()).env("DOCKET_NOW", NOW);
    docket.build()
}

/// Brings the cache up to date, so that no count has that in it.
fn warm() {
    let mut list = process::Command::new(format!("{TMP}/../dist/docket"));
    list.current_dir(place() + "/desk").env("HOME", place()).env("GIT_CONFIG_NOSYSTEM", "1");
    let output = list.env("DOCKET_NOW", NOW).arg("list").output().expect("docket");
    assert!(output.status.success(), "{output:?}");
    fs::write(place() + "/before", git("rev-parse HEAD")).expect("a note");
}

/// The desk finds itself as it was.
fn undo() {
    let before = fs::read_to_string(place() + "/before").expect("a note");
    git(&format!("reset --quiet --hard {}", before.trim()));
}

#[binary_benchmark(setup = warm())]
#[bench::start("--version")]
#[bench::list("list")]
#[bench::board("")]
#[bench::due("due")]
#[bench::show_by_tail("show TAIL")]
#[bench::show_by_id("show ID")]
#[bench::search("search roller")]
#[bench::kpi("report kpi --month 2026-11")]
fn looking(line: &str) -> Command {
    docket(line)
}

#[binary_benchmark(setup = warm(), teardown = undo())]
#[bench::update("update TAIL --note x --quiet")]
fn writing(line: &str) -> Command {
    docket(line)
}

binary_benchmark_group!(name = hot, benchmarks = [looking, writing]);

main!(
    config = BinaryBenchmarkConfig::default().tool(Callgrind::with_args(["--cache-sim=no"])),
    binary_benchmark_groups = hot
);
