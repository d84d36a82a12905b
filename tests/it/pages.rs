//! The pages of `docs/` and the README hold together with the repository: what they name is there,
//! and what code and messages cite is explained.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use crate::chinese::is_picture;

const RULES: &str = "docs/rules.md";

/// What a rule's number begins with.
const LETTERS: [char; 3] = ['P', 'Q', 'R'];

#[test]
fn every_rule_that_is_cited_is_explained_and_no_other() {
    let mut cited = BTreeSet::new();
    for path in files(&["src", "templates", "tests/it", "docs", "README.md"]) {
        if !path.ends_with(RULES) {
            cited.extend(rules(&fs::read_to_string(path).unwrap()));
        }
    }
    assert!(cited.len() > 50, "{cited:?}");
    let page = fs::read_to_string(root().join(RULES)).unwrap();
    let lines = page.lines().filter_map(|line| line.strip_prefix("- **")?.split_once("** "));
    let mut explained = BTreeSet::new();
    for (number, sentence) in lines {
        let [number] = rules(number)[..] else { panic!("“{number}” is no rule's number") };
        assert!(sentence.len() > 10, "{number:?} is not explained");
        assert!(explained.insert(number), "{number:?} is explained twice");
    }
    let missing: Vec<_> = cited.difference(&explained).collect();
    assert!(missing.is_empty(), "cited, but without a line in {RULES}: {missing:?}");
    let left: Vec<_> = explained.difference(&cited).collect();
    assert!(left.is_empty(), "explained in {RULES}, but cited nowhere: {left:?}");
}

/// The rules that a text cites, `R83–R93` as each of them.
fn rules(text: &str) -> Vec<(char, u32)> {
    let mut found = Vec::new();
    // `2026-Q4` and `R-261122-7K3QX` are names of their own
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    for word in text.split(|c: char| !is_part(c) && c != '–') {
        let numbers: Option<Vec<_>> = word.split('–').map(rule).collect();
        match numbers.as_deref() {
            Some([one]) => found.push(*one),
            Some([(letter, from), (_, to)]) => found.extend((*from..=*to).map(|n| (*letter, n))),
            _ => {}
        }
    }
    found
}

fn rule(word: &str) -> Option<(char, u32)> {
    let letter = word.chars().next().filter(|letter| LETTERS.contains(letter))?;
    let number = word.get(1..).filter(|number| (1..=3).contains(&number.len()))?;
    Some((letter, number.parse().ok()?))
}

#[test]
fn every_link_of_a_page_leads_somewhere() {
    let mut seen = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')) {
            let (path, heading) = link.0.split_once('#').unwrap_or((link.0, ""));
            if path.contains("://") {
                continue;
            }
            let target = match path {
                "" => page.clone(),
                path => page.parent().unwrap().join(path),
            };
            assert!(target.exists(), "{}: {path} is not there", page.display());
            if !heading.is_empty() {
                let text = fs::read_to_string(&target).unwrap();
                let known = text.lines().filter(|line| line.starts_with('#')).map(anchor);
                let found = known.into_iter().any(|known| known == heading);
                assert!(found, "{}: {} has no heading {heading}", page.display(), path);
            }
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} links were found");
}

/// How a page is linked to at one of its headings.
fn anchor(heading: &str) -> String {
    let heading = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn every_file_that_a_page_names_is_there() {
    let places = ["src/", "tests/", "docs/", "templates/", "benches/", ".ci/", ".cargo/"];
    let mut seen = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for named in text.split('`').skip(1).step_by(2) {
            let path = named.split("::").next().unwrap_or(named);
            let is_pattern = path.contains(|c: char| "*<>… ".contains(c) || c.is_uppercase());
            let is_of_desk = path.starts_with("templates/en/") || path == "templates/zh-CN/";
            if is_pattern || is_of_desk || !places.iter().any(|place| path.starts_with(place)) {
                continue;
            }
            assert!(root().join(path).exists(), "{}: {path} is not there", page.display());
            seen += 1;
        }
    }
    assert!(seen > 60, "only {seen} names of files were found");
}

#[test]
fn comments_cite_only_documents_that_are_here() {
    let known: BTreeSet<String> = files(&["docs", "templates", "README.md"])
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let mut seen = 0;
    for path in files(&["src", "tests/it", "benches"]) {
        let text = fs::read_to_string(&path).unwrap();
        for comment in text.lines().filter(|line| line.trim_start().starts_with("//")) {
            assert!(!comment.contains('§'), "{}: {comment}", path.display());
            let words = comment.split(|c: char| !c.is_alphanumeric() && !"-_.".contains(c));
            let cited = words.map(|word| word.trim_end_matches('.'));
            let is_document =
                |word: &&str| word.strip_suffix(".md").is_some() && !word.starts_with("R-");
            for cited in cited.filter(is_document) {
                assert!(known.contains(cited), "{}: {cited} is not here", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 3, "only {seen} were found");
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages that people read.
pub(crate) fn pages() -> Vec<PathBuf> {
    let mut pages = files(&["docs", "README.md"]);
    pages.retain(|path| path.extension().is_some_and(|end| end == "md"));
    pages
}

/// All files of texts below these places.
fn files(places: &[&str]) -> Vec<PathBuf> {
    let mut todo: Vec<PathBuf> = places.iter().map(|place| root().join(place)).collect();
    let mut files = Vec::new();
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if !is_picture(&path) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A page is as `told` makes it of itself; `RENEW=1` writes it so. A page may have parts of several
/// tests, so one at a time writes.
pub(crate) fn holds(page: &Path, told: impl FnOnce(&str) -> String) {
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let shown = fs::read_to_string(page).unwrap();
    let told = told(&shown);
    if renewing() {
        fs::write(page, told).unwrap();
        return;
    }
    for (nth, (was, is)) in shown.lines().zip(told.lines()).enumerate() {
        assert_eq!(was, is, "{}, line {}", page.display(), nth + 1);
    }
    assert_eq!(shown.len(), told.len(), "{}", page.display());
}

/// Between two marks a page says what is told.
pub(crate) fn says(page: &str, [begin, end]: [&str; 2], told: &str) {
    holds(&root().join(page), |shown| {
        let (before, rest) = shown.split_once(begin).unwrap();
        let (_, after) = rest.split_once(end).unwrap();
        format!("{before}{begin}{told}{end}{after}")
    });
}

/// A page has this table between the marks of its name.
pub(crate) fn tabulates(page: &str, name: &str, head: &str, rows: impl Iterator<Item = String>) {
    let columns = head.matches('|').count() - 1;
    let table = format!("\n{head}\n|{}\n", "---|".repeat(columns));
    let table = rows.fold(table, |table, row| table + &row + "\n");
    says(page, [&format!("<!-- {name} -->\n"), &format!("\n<!-- end of {name} -->\n")], &table);
}

#[expect(clippy::disallowed_methods, reason = "tests are told from outside to renew")]
pub(crate) fn renewing() -> bool {
    std::env::var_os("RENEW").is_some()
}
