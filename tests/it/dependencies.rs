//! The program is made of what `.cargo/deny.toml` allows.
//!
//! cargo-deny judges by the same file and by the list of all published advisories, which is on the
//! network. What needs neither is judged here.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

/// A package as `Cargo.lock` pins it, for every platform.
struct Locked {
    name: String,
    version: String,
    source: Option<String>,
}

#[test]
fn every_licence_is_an_allowed_one() {
    let rules = rules();
    let allowed = quoted(list(&rules, "licenses", "allow"));
    let tree = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["tree", "--locked", "--offline", "--all-features", "--edges", "all"])
        .args(["--prefix", "none", "--no-dedupe", "--format", "{p}|{l}"])
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));

    let told = String::from_utf8(tree.stdout).unwrap();
    let packages: BTreeMap<_, _> = told.lines().filter_map(|line| line.split_once('|')).collect();
    assert!(packages.len() > 80, "only {} packages", packages.len());
    for (package, licence) in packages {
        assert!(permits(licence, &allowed), "{package} is under “{licence}”, not {allowed:?}");
    }
}

#[test]
fn of_two_licences_either_or_both_have_to_be_allowed() {
    let allowed = ["MIT", "Zlib"].map(str::to_owned);
    for (licence, permitted) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("", false),
        ("GPL-3.0 OR MIT", true),
        ("MIT/Apache-2.0", true),
        ("MIT AND Zlib", true),
        ("MIT AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND Zlib", true),
        ("(GPL-3.0 OR MIT) AND Apache-2.0", false),
        ("GPL-3.0 OR MIT AND Zlib", true),
        ("Apache-2.0 WITH LLVM-exception OR Zlib", true),
    ] {
        assert_eq!(permits(licence, &allowed), permitted, "{licence}");
    }
}

#[test]
fn nothing_is_locked_that_is_banned() {
    let rules = rules();
    let banned: Vec<String> = list(&rules, "bans", "deny")
        .lines()
        .filter_map(|line| quoted(line.split_once("crate =")?.1).into_iter().next())
        .collect();
    assert!(banned.iter().any(|ban| ban == "openssl-sys"), "{banned:?}");
    assert!(banned.iter().any(|ban| ban.starts_with("git2:<")), "{banned:?}");

    for package in locked() {
        for ban in &banned {
            let (name, below) = ban.split_once(":<").unwrap_or((ban, "18446744073709551615"));
            assert!(
                package.name != name || numbers(&package.version) >= numbers(below),
                "{} {} is banned as {ban}",
                package.name,
                package.version
            );
        }
    }
}

#[test]
fn every_package_is_locked_in_one_version_and_comes_from_the_registry() {
    let packages = locked();
    let mut versions: BTreeMap<&str, &str> = BTreeMap::new();
    for Locked { name, version, source } in &packages {
        if let Some(other) = versions.insert(name, version) {
            panic!("{name} is locked as {other} and as {version}");
        }
        match source {
            Some(source) => assert!(source.starts_with("registry+"), "{name} is from {source}"),
            None => assert_eq!(name, "docket"),
        }
    }
    assert!(versions.len() > 80, "only {} packages", versions.len());
}

/// Whether a licence expression can be met by allowed licences alone; `/` is the old `OR`.
fn permits(licence: &str, allowed: &[String]) -> bool {
    let spaced = licence.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    either(&mut words.as_slice(), allowed)
}

fn either(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut met = both(words, allowed);
    while take(words, "OR") {
        met |= both(words, allowed);
    }
    met
}

fn both(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut met = one(words, allowed);
    while take(words, "AND") {
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut &[&str], allowed: &[String]) -> bool {
    if take(words, "(") {
        let met = either(words, allowed);
        return take(words, ")") && met;
    }
    let Some((name, rest)) = words.split_first() else { return false };
    *words = rest;
    if take(words, "WITH") {
        *words = words.get(1..).unwrap_or_default();
        return false;
    }
    allowed.iter().any(|allowed| allowed == name)
}

fn take(words: &mut &[&str], word: &str) -> bool {
    let found = words.first() == Some(&word);
    if found {
        *words = &words[1..];
    }
    found
}

fn numbers(version: &str) -> Vec<u64> {
    version.split(['.', '+', '-']).map_while(|number| number.parse().ok()).collect()
}

fn rules() -> String {
    read(".cargo/deny.toml")
}

/// The list under a key of a section.
fn list<'t>(rules: &'t str, section: &str, key: &str) -> &'t str {
    let (_, section) = rules.split_once(&format!("\n[{section}]\n")).unwrap();
    let (_, list) = section.split_once(&format!("\n{key} = [\n")).unwrap();
    list.split_once("\n]").unwrap().0
}

fn quoted(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn locked() -> Vec<Locked> {
    let field = |package: &str, key: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(&format!("{key} = ")))?;
        Some(line.trim_matches('"').to_owned())
    };
    read("Cargo.lock")
        .split("[[package]]\n")
        .skip(1)
        .map(|package| Locked {
            name: field(package, "name").unwrap(),
            version: field(package, "version").unwrap(),
            source: field(package, "source"),
        })
        .collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}
