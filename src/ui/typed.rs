//! The command line that says what was typed at prompts, so that nothing of it is lost.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use shlex::{split, try_quote};

use crate::{ui::Ui, words::message::Message};

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

    /// Forgets what was typed last for a flag, where it turned out to say something else.
    pub fn forget(&self, flag: &str) {
        let mut answers = self.answers.borrow_mut();
        if let Some(place) = answers.iter().rposition(|answer| answer.flag == flag) {
            answers.remove(place);
        }
    }

    /// Gives the command line back with all that was typed at prompts, for another try.
    pub fn give_back(&self, words: &[OsString]) {
        let answers = self.answers.borrow();
        if !answers.is_empty() {
            let line = whole_line(words, &answers);
            self.say(&self.words().message(&Message::AnotherTry { line }));
        }
    }
}

/// The words as they were typed, with what was typed at prompts in its flags.
fn whole_line(words: &[OsString], answers: &[TypedAnswer]) -> String {
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into()).collect();
    let (flags, texts) = match words.iter().position(|word| word == "--") {
        Some(place) => words.split_at(place),
        None => (&words[..], &[][..]),
    };
    // what was written in an editor is an answer now
    let mut line = vec!["docket".to_owned()];
    line.extend(flags.iter().skip(1).filter(|word| *word != "--edit").cloned());
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
/// on them, means what a shell reads.
pub fn read_path(typed: &str) -> PathBuf {
    let typed = typed.trim();
    let is_quoted = typed.starts_with(['\'', '"']) || typed.contains('\\');
    let words = is_quoted.then(|| split(typed)).flatten();
    match words.as_deref() {
        Some([path]) => path.into(),
        Some(_) | None => typed.into(),
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
        ] {
            assert_eq!(read_path(typed), Path::new(path), "{typed}");
        }
    }

    #[test]
    fn the_line_reads_as_what_was_typed_and_answered() {
        let answer = |(flag, value): (&str, &str)| TypedAnswer {
            flag: flag.to_owned(),
            value: value.to_owned(),
        };
        for (words, answers, line) in [
            (
                "/usr/bin/docket ack",
                vec![("RECORD", "R-261122-7K3QX"), ("--reply-by", "+30m")],
                "docket ack R-261122-7K3QX --reply-by +30m",
            ),
            (
                "docket open --edit",
                vec![("--title", "it's 打印机"), ("--reported", "a\nb")],
                "docket open --title \"it's 打印机\" --reported 'a\nb'",
            ),
            (
                "docket open fault -- -x",
                vec![("--need", "-none")],
                "docket open fault '--need=-none' -- -x",
            ),
        ] {
            let words: Vec<OsString> = words.split(' ').map(Into::into).collect();
            let answers: Vec<_> = answers.into_iter().map(answer).collect();
            assert_eq!(whole_line(&words, &answers), line);
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
