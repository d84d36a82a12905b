//! The command line that says what was typed at prompts, so that nothing of it is lost.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use shlex::{split, try_quote};

use crate::{domain::history::refusal::Refusal, error::Error, ui::Ui, words::message::Message};

/// What was typed where a command asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedAnswer {
    /// The flag that says the same; what stands by its place has a placeholder.
    flag: String,
    value: String,
}

impl Ui {
    /// Keeps what was typed until the command has used it.
    pub fn typed(&self, flag: &str, value: &str) {
        if !flag.is_empty() && !value.is_empty() {
            let answer = TypedAnswer { flag: flag.to_owned(), value: value.to_owned() };
            self.answers.borrow_mut().push(answer);
        }
    }

    /// Forgets what was typed last for a flag, or else what it was given on the command line, where that
    /// turned out to say something else.
    pub fn forget(&self, flag: &str) {
        let mut answers = self.answers.borrow_mut();
        match answers.iter().rposition(|answer| answer.flag == flag) {
            Some(place) => drop(answers.remove(place)),
            None => self.left_out.borrow_mut().push(flag.to_owned()),
        }
    }

    /// Forgets what was refused for itself, and would be again.
    pub fn forget_refused(&self, error: &Error) {
        let Error::Refused(refused) = error else { return };
        match &refused.why {
            Refusal::PersonInReason => self.forget("--reason"),
            Refusal::ContactErased { contact } => {
                self.left_out.borrow_mut().push(contact.to_string());
            }
            _ => {}
        }
    }

    /// Gives the command line back with all that was typed at prompts, for another try.
    pub fn give_back(&self, words: &[OsString]) {
        let left_out = self.left_out.borrow();
        let mut answers = self.answers.borrow().clone();
        answers.retain(|answer| !left_out.iter().any(|it| is_same(it, &answer.value)));
        if !answers.is_empty() {
            let line = whole_line(words, &answers, &left_out);
            self.say(&self.words().message(&Message::AnotherTry { line }));
        }
    }
}

/// Flags that are written in one letter as well.
const SHORT: [(&str, &str); 2] = [("--customer", "-c"), ("--name", "-n")];

/// The words as they were typed, with what was typed at prompts in its flags, and without these flags and
/// values.
fn whole_line(words: &[OsString], answers: &[TypedAnswer], left_out: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into()).collect();
    let (flags, texts) = match words.iter().position(|word| word == "--") {
        Some(place) => words.split_at(place),
        None => (&words[..], &[][..]),
    };
    // what was written in an editor is an answer now
    let mut line = vec!["docket".to_owned()];
    let flags = flags.iter().skip(1).filter(|word| *word != "--edit").cloned();
    line.extend(without(flags.collect(), left_out));
    for TypedAnswer { flag, value } in answers {
        match flag.strip_prefix("--") {
            Some(_) if value.starts_with('-') => line.push(format!("{flag}={value}")),
            Some(_) => line.extend([flag.clone(), value.clone()]),
            None => line.push(value.clone()),
        }
    }
    line.extend_from_slice(texts);
    line.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// Words without these flags and what stands behind them, and without these values and the flags before
/// them.
fn without(words: Vec<String>, left_out: &[String]) -> Vec<String> {
    let names_flag = |word: &str| {
        let name = word.split_once('=').map_or(word, |(name, _)| name);
        let long = SHORT.iter().find(|(_, short)| *short == name).map_or(name, |(long, _)| long);
        left_out.iter().any(|it| it == long)
    };
    let mut kept: Vec<String> = Vec::new();
    let mut rest = words.into_iter();
    while let Some(word) = rest.next() {
        let (flag, value) = word.split_once('=').unwrap_or(("", &word));
        if word.starts_with('-') && names_flag(&word) {
            if flag.is_empty() {
                rest.next();
            }
        } else if left_out.iter().any(|it| is_same(it, value)) {
            kept.pop_if(|before| flag.is_empty() && before.starts_with('-'));
        } else {
            kept.push(word);
        }
    }
    kept
}

/// Whether two values are one id, or one word.
fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other.trim())
}

/// A word as it is typed, in quotes where a shell would take it apart.
fn quoted(word: &str) -> String {
    try_quote(word).map_or_else(|_| word.to_owned(), Into::into)
}

/// A path as it is typed after a command; `None` for one with what no terminal shows.
pub fn typed_path(path: &Path) -> Option<String> {
    let path = path.to_str().filter(|path| !path.contains(char::is_control))?;
    let is_flag = path.starts_with('-');
    Some(quoted(&if is_flag { format!("./{path}") } else { path.to_owned() }))
}

/// The path that was typed at a prompt, where one in quotes, as terminals write a file that is dropped
/// on them, means what a shell reads, and so does `~` before one without, the home directory.
pub fn read_path(typed: &str, home: Option<&Path>) -> PathBuf {
    let typed = typed.trim();
    let is_quoted = typed.starts_with(['\'', '"']) || typed.contains('\\');
    let words = is_quoted.then(|| split(typed)).flatten();
    let path = match words.as_deref() {
        Some([path]) => path,
        Some(_) | None => typed,
    };
    let below_home = typed.strip_prefix('~').and(path.strip_prefix('~'));
    let below_home = below_home.filter(|rest| rest.is_empty() || rest.starts_with('/'));
    match below_home.zip(home) {
        Some((rest, home)) => home.join(rest.trim_start_matches('/')),
        None => path.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_at_a_prompt_is_what_a_shell_reads_where_it_is_quoted() {
        for (typed, path) in [
            (" my photo.jpg ", "my photo.jpg"),
            ("'/tmp/my photo.jpg' ", "/tmp/my photo.jpg"),
            ("/tmp/my\\ photo.jpg", "/tmp/my photo.jpg"),
            ("it's.jpg", "it's.jpg"),
            ("'a' 'b'", "'a' 'b'"),
            ("~/my photo.jpg", "/home/li/my photo.jpg"),
            ("~/my\\ photo.jpg", "/home/li/my photo.jpg"),
            ("~//a", "/home/li/a"),
            ("~", "/home/li/"),
            ("'~/a'", "~/a"),
            ("~wu/a", "~wu/a"),
            ("./~/a", "./~/a"),
        ] {
            assert_eq!(read_path(typed, Some(Path::new("/home/li"))), Path::new(path), "{typed}");
        }
        assert_eq!(read_path("~/a", None), Path::new("~/a"));
    }

    #[test]
    fn the_line_reads_as_what_was_typed_and_answered() {
        let answer = |(flag, value): (&str, &str)| TypedAnswer {
            flag: flag.to_owned(),
            value: value.to_owned(),
        };
        for (words, answers, left_out, line) in [
            (
                "/usr/bin/docket ack",
                vec![("RECORD", "R-261122-7K3QX"), ("--reply-by", "+30m")],
                "",
                "docket ack R-261122-7K3QX --reply-by +30m",
            ),
            (
                "docket open --edit",
                vec![("--title", "it's 打印机"), ("--reported", "a\nb")],
                "",
                "docket open --title \"it's 打印机\" --reported 'a\nb'",
            ),
            (
                "docket open fault -- -x",
                vec![("--need", "-none")],
                "",
                "docket open fault '--need=-none' -- -x",
            ),
            (
                "docket respond 7k3qx --informed Bob on",
                vec![("--informed", "C-9K86V"), ("--method", "phone")],
                "--informed",
                "docket respond 7k3qx on --informed C-9K86V --method phone",
            ),
            (
                "docket call -n Bob --customer=ACME title",
                vec![("--caller", "C-9K86V")],
                "--name --customer",
                "docket call title --caller C-9K86V",
            ),
            (
                "docket confirm 7k3qx --with c-9k86v --comment=fine",
                vec![("--satisfaction", "4")],
                "C-9K86V",
                "docket confirm 7k3qx '--comment=fine' --satisfaction 4",
            ),
        ] {
            let words: Vec<OsString> = words.split(' ').map(Into::into).collect();
            let answers: Vec<_> = answers.into_iter().map(answer).collect();
            let left_out: Vec<String> = left_out.split(' ').map(str::to_owned).collect();
            assert_eq!(whole_line(&words, &answers, &left_out), line);
            let read: Vec<String> = split(line).unwrap();
            assert_eq!(read[0], "docket");
        }
    }

    #[test]
    fn a_path_is_typed_so_that_a_shell_reads_it_back() {
        for path in ["desk", "my desk", "it's", "$HOME", "-x", "示例"] {
            let typed = typed_path(Path::new(path)).unwrap();
            let read = split(&typed).unwrap();
            assert_eq!(read, [path.replace("-x", "./-x")], "{typed}");
        }
        assert_eq!(typed_path(Path::new("a\nb")), None);
    }
}
