//! The documentation says what the program does. `RENEW=1 cargo test --test it docs` writes its
//! tables anew.

use std::{fs, path::Path};

use crate::desk::Desk;

const BEGIN: &str = "<!-- findings -->\n";
const END: &str = "<!-- end of findings -->\n";

#[test]
fn the_page_on_auditing_names_every_finding() {
    let told = Desk::nowhere().at("09:00").run("help findings --json").json();
    let mut table = "\n| code | severity | finding |\n|---|---|---|\n".to_owned();
    for finding in told["findings"].as_array().unwrap() {
        let text = |key: &str| finding[key].as_str().unwrap();
        table += &format!("| {} | {} | {} |\n", text("code"), text("severity"), text("message"));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/auditing.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    if renewing() {
        fs::write(path, format!("{before}{BEGIN}{table}\n{END}{after}")).unwrap();
        return;
    }
    assert_eq!(shown.trim(), table.trim());
}

#[test]
fn the_page_on_times_lists_every_form_in_both_languages() {
    let mut table = String::new();
    for (lang, head) in
        [("en", "| write | it means |\n|---|---|\n"), ("zh-CN", "\n| 写法 | 含义 |\n|---|---|\n")]
    {
        table += head;
        let told =
            Desk::nowhere().at("09:00").run(&format!("help times --json --lang {lang}")).json();
        for row in told["times"].as_array().unwrap() {
            let forms = row["forms"].as_array().unwrap().iter();
            let forms: Vec<_> = forms.map(|form| format!("`{}`", form.as_str().unwrap())).collect();
            table += &format!("| {} | {} |\n", forms.join(" "), row["meaning"].as_str().unwrap());
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/times.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once("<!-- times -->\n").unwrap();
    let (shown, after) = rest.split_once("<!-- end of times -->\n").unwrap();
    if renewing() {
        let page = format!("{before}<!-- times -->\n\n{table}\n<!-- end of times -->\n{after}");
        fs::write(path, page).unwrap();
        return;
    }
    assert_eq!(shown.trim(), table.trim());
}

#[test]
fn every_finding_speaks_both_languages_and_has_a_code_of_its_own() {
    let desk = Desk::nowhere();
    let mut codes = Vec::new();
    for lang in ["en", "zh-CN"] {
        let told = desk.at("09:00").run(&format!("help findings --json --lang {lang}")).json();
        for finding in told["findings"].as_array().unwrap() {
            for key in ["message", "advice"] {
                let text = finding[key].as_str().unwrap();
                assert!(!text.is_empty(), "{finding}");
                let chinese = !text.is_ascii();
                assert!(lang == "en" || key == "advice" || chinese, "{finding}");
            }
            if lang == "en" {
                codes.push(finding["code"].as_str().unwrap().to_owned());
            }
        }
    }
    let all = codes.len();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), all);
}

#[expect(clippy::disallowed_methods, reason = "tests are told from outside to renew")]
pub fn renewing() -> bool {
    std::env::var_os("RENEW").is_some()
}
